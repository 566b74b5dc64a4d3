/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cal, ncal - display a calendar
 *
 * usage: cal [-hjy] [-A number] [-B number] [[month] year]
 *        ncal [-ehJjpwy] [-A number] [-B number] [-s country] [[month] year]
 *
 * Dates are Julian up to September 2, 1752 and Gregorian from September 14
 * on, as in Britain; ncal -s chooses another country's change.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define ROWS	8		/* lines of a month: title, days or weeks */
#define LINE	40

/* The last Julian date before the change. */
struct change {
	const char *code;
	int	y, m, d;
};

static const struct change changes[] = {
	{ "AT", 1583, 10, 5 }, { "AU", 1752, 9, 2 }, { "BE", 1582, 12, 14 },
	{ "BG", 1916, 3, 18 }, { "CA", 1752, 9, 2 }, { "CH", 1655, 2, 28 },
	{ "CN", 1911, 12, 18 }, { "CZ", 1584, 1, 6 }, { "DE", 1700, 2, 18 },
	{ "DK", 1700, 2, 18 }, { "ES", 1582, 10, 4 }, { "FI", 1753, 2, 17 },
	{ "FR", 1582, 12, 9 }, { "GB", 1752, 9, 2 }, { "GR", 1924, 3, 9 },
	{ "HU", 1587, 10, 21 }, { "IS", 1700, 11, 16 }, { "IT", 1582, 10, 4 },
	{ "JP", 1918, 12, 18 }, { "LU", 1582, 12, 14 }, { "LV", 1918, 2, 1 },
	{ "NL", 1582, 12, 14 }, { "NO", 1700, 2, 18 }, { "PL", 1582, 10, 4 },
	{ "PT", 1582, 10, 4 }, { "RO", 1919, 3, 31 }, { "RU", 1918, 1, 31 },
	{ "SE", 1753, 2, 17 }, { "TR", 1926, 12, 18 }, { "US", 1752, 9, 2 },
};

struct month_text {
	char	line[ROWS][LINE];
	int	width;
};

static struct change change = { "US", 1752, 9, 2 };
static int by_columns, day_of_year, week_numbers, highlight, today_y,
    today_m, today_d;

static int
leap(int y, int julian)
{
	return (julian ? y % 4 == 0 :
	    (y % 4 == 0 && y % 100 != 0) || y % 400 == 0);
}

/* Days since the first day of year 1 of the Julian calendar. */
static long
julian_days(int y, int m, int d)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
	    273, 304, 334 };

	return ((y - 1) * 365L + (y - 1) / 4 + before[m - 1] +
	    (m > 2 && leap(y, 1)) + d - 1);
}

static long
gregorian_days(int y, int m, int d)
{
	static const int before[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
	    273, 304, 334 };

	/* The Gregorian calendar's first day would be two days later. */
	return ((y - 1) * 365L + (y - 1) / 4 - (y - 1) / 100 + (y - 1) / 400 +
	    before[m - 1] + (m > 2 && leap(y, 0)) + d - 1 + 2);
}

static int
is_julian(int y, int m, int d)
{
	return (y != change.y ? y < change.y : m != change.m ? m < change.m :
	    d <= change.d);
}

static long
day_number(int y, int m, int d)
{
	return (is_julian(y, m, d) ? julian_days(y, m, d) :
	    gregorian_days(y, m, d));
}

static int
days_in_month(int y, int m)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };

	if (m == 2 && leap(y, is_julian(y, 2, 29)))
		return (29);
	return (days[m - 1]);
}

/* Whether the change left the date out. */
static int
skipped(int y, int m, int d)
{
	long last = julian_days(change.y, change.m, change.d);

	return (!is_julian(y, m, d) && gregorian_days(y, m, d) <= last);
}

/* Of the first day of Julian year 1, a Saturday; 0 is Sunday. */
static int
weekday(long days)
{
	return ((int)((days + 6) % 7));
}

static void
easter(int y, int orthodox, int *m, int *d)
{
	int a, b, c, e, f, g, h, i, k, l, n;
	long days;

	if (!orthodox && !is_julian(y, 3, 31)) {
		a = y % 19, b = y / 100, c = y % 100;
		e = b / 4, f = b % 4, g = (8 * b + 13) / 25;
		h = (19 * a + b - e - g + 15) % 30;
		i = c / 4, k = c % 4;
		l = (32 + 2 * f + 2 * i - h - k) % 7;
		n = (a + 11 * h + 22 * l) / 451;
		*m = (h + l - 7 * n + 114) / 31;
		*d = (h + l - 7 * n + 114) % 31 + 1;
		return;
	}
	a = (19 * (y % 19) + 15) % 30;
	b = (2 * (y % 4) + 4 * (y % 7) - a + 34) % 7;
	*m = (a + b + 114) / 31;
	*d = (a + b + 114) % 31 + 1;
	/* A Julian date: as it is called in the calendar of that year. */
	days = julian_days(y, *m, *d);
	if (is_julian(y, *m, *d))
		return;
	for (*m = 3; *m <= 6; (*m)++) {
		for (*d = 1; *d <= days_in_month(y, *m); (*d)++) {
			if (gregorian_days(y, *m, *d) == days)
				return;
		}
	}
}

/* The ISO week: that of its Thursday, the first has January 4. */
static int
week_of(int y, long days)
{
	long thursday = days - (weekday(days) + 6) % 7 + 3, start;

	start = day_number(y, 1, 4);
	if (thursday < day_number(y, 1, 1))
		start = day_number(y - 1, 1, 4);
	else if (thursday >= day_number(y + 1, 1, 1))
		start = day_number(y + 1, 1, 4);
	start = start - (weekday(start) + 6) % 7 + 3;
	return ((int)((thursday - start) / 7) + 1);
}

static void
put_day(char *at, int y, int m, int d, int width)
{
	int n = day_of_year ? (int)(day_number(y, m, d) -
	    day_number(y, 1, 1)) + 1 : d;
	char text[16];

	snprintf(text, sizeof(text), "%*d", width, n);
	/* A set eighth bit stands for "highlighted" until it is printed. */
	if (highlight && y == today_y && m == today_m && d == today_d) {
		for (n = 0; text[n] != '\0'; n++) {
			if (text[n] != ' ')
				text[n] |= (char)0x80;
		}
	}
	memcpy(at, text, (size_t)width);
}

static void
make_month(int y, int m, int with_year, struct month_text *t)
{
	int w = day_of_year ? 3 : 2, d, wd, col, row, last, i;
	int start = by_columns ? 1 : 0;		/* ncal's weeks: Monday */
	long days;
	char title[LINE];

	t->width = by_columns ? 3 + 6 * (w + 1) : 7 * (w + 1) - 1;
	for (i = 0; i < ROWS; i++) {
		memset(t->line[i], ' ', (size_t)t->width + 1);
		t->line[i][t->width] = '\0';
	}
	snprintf(title, sizeof(title), with_year ? "%s %d" : "%s",
	    nl_langinfo(MON_1 + m - 1), y);
	i = by_columns ? 4 : (t->width - (int)strlen(title)) / 2;
	memcpy(t->line[0] + i, title, strlen(title));
	for (i = 0; i < 7; i++) {
		const char *name = nl_langinfo(ABDAY_1 + (i + start) % 7);

		if (by_columns)
			memcpy(t->line[1 + i], name, 2);
		else
			memcpy(t->line[1] + i * (w + 1) + w - 2, name, 2);
	}
	col = 0;
	last = -1;
	for (d = 1; d <= days_in_month(y, m); d++) {
		if (skipped(y, m, d))
			continue;
		days = day_number(y, m, d);
		wd = (weekday(days) - start + 7) % 7;
		if (wd == 0 && last >= 0)
			col++;
		last = wd;
		if (by_columns) {
			row = 1 + wd;
			put_day(t->line[row] + 3 + col * (w + 1), y, m, d, w);
		} else
			put_day(t->line[2 + col] + wd * (w + 1), y, m, d, w);
	}
}

static void
put_line(const char *s)
{
	size_t n = strlen(s), i;

	while (n > 0 && s[n - 1] == ' ')
		n--;
	for (i = 0; i < n; i++) {
		if ((s[i] & 0x80) != 0)
			printf("\033[7m%c\033[27m", s[i] & 0x7f);
		else
			putchar(s[i]);
	}
	putchar('\n');
}

/* The numbers of the weeks that begin the columns of the month. */
static void
week_line(int y, int m, char *out, int width)
{
	int d, w = day_of_year ? 3 : 2, col = 0, last = -1, wd;
	char text[16];

	memset(out, ' ', (size_t)width);
	out[width] = '\0';
	for (d = 1; d <= days_in_month(y, m); d++) {
		if (skipped(y, m, d))
			continue;
		wd = (weekday(day_number(y, m, d)) + 6) % 7;
		if (wd == 0 && last >= 0)
			col++;
		if (wd == 0 || last < 0) {
			snprintf(text, sizeof(text), "%*d", w,
			    week_of(y, day_number(y, m, d)));
			memcpy(out + 3 + col * (w + 1), text, (size_t)w);
		}
		last = wd;
	}
}

/* Months from y/m on, side by side. */
static void
print_months(int y, int m, int count, int with_year)
{
	struct month_text t[4];
	int across = day_of_year ? 2 : by_columns && !with_year ? 4 : 3;
	int i, row, n, ys[4], ms[4];
	char line[LINE * 5];

	while (count > 0) {
		n = count < across ? count : across;
		for (i = 0; i < n; i++) {
			make_month(y, m, with_year, &t[i]);
			ys[i] = y;
			ms[i] = m;
			if (++m > 12) {
				m = 1;
				y++;
			}
		}
		for (row = 0; row < ROWS + week_numbers; row++) {
			line[0] = '\0';
			for (i = 0; i < n; i++) {
				char weeks[LINE];

				if (row == ROWS)
					week_line(ys[i], ms[i], weeks,
					    t[i].width);
				/* The days' names stand once a row. */
				snprintf(line + strlen(line), sizeof(line) -
				    strlen(line), "%s%s",
				    i == 0 ? "" : by_columns ? " " : "  ",
				    (row == ROWS ? weeks : t[i].line[row]) +
				    (by_columns && i > 0 ? 2 : 0));
			}
			put_line(line);
		}
		count -= n;
	}
}

static int
month_number(const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);
	int i;

	if (*end == '\0' && end != text) {
		if (n < 1 || n > 12)
			errx(1, "%s is neither a month number (1..12) nor a "
			    "name", text);
		return ((int)n);
	}
	for (i = 0; i < 12; i++) {
		if (strcasecmp(text, nl_langinfo(MON_1 + i)) == 0 ||
		    strcasecmp(text, nl_langinfo(ABMON_1 + i)) == 0)
			return (i + 1);
	}
	errx(1, "%s is neither a month number (1..12) nor a name", text);
}

static int
number(const char *text, int min, int max, const char *what)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < min || n > max)
		errx(1, "%s `%s' not in range %d..%d", what, text, min, max);
	return ((int)n);
}

static void
set_country(const char *code)
{
	size_t i;

	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		if (strcasecmp(code, changes[i].code) == 0) {
			change = changes[i];
			return;
		}
	}
	errx(1, "%s: invalid country code", code);
}

static void
list_countries(void)
{
	size_t i;

	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		printf("%c%s %04d-%02d-%02d\n",
		    strcmp(changes[i].code, change.code) == 0 ? '*' : ' ',
		    changes[i].code, changes[i].y, changes[i].m,
		    changes[i].d);
}

static void
usage(void)
{
	fprintf(stderr, "usage: cal [-hjy] [-A number] [-B number] "
	    "[[month] year]\n       ncal [-ehJjopwy] [-A number] "
	    "[-B number] [-s country] [[month] year]\n");
	exit(1);
}

int
main(int argc, char **argv)
{
	int c, whole_year = 0, show_easter = 0, before = 0, after = 0, y, m,
	    d;
	time_t now = time(NULL);
	struct tm tm;

	setlocale(LC_ALL, "");
	localtime_r(&now, &tm);
	y = today_y = tm.tm_year + 1900;
	m = today_m = tm.tm_mon + 1;
	today_d = tm.tm_mday;
	highlight = isatty(STDOUT_FILENO);
	by_columns = strcmp(getprogname(), "ncal") == 0;
	while ((c = getopt(argc, argv, by_columns ? "A:B:ehJjops:wy" :
	    "A:B:hjy")) != -1) {
		switch (c) {
		case 'A': after = number(optarg, 0, 1200, "count"); break;
		case 'B': before = number(optarg, 0, 1200, "count"); break;
		case 'e': show_easter = 1; break;
		case 'h': highlight = 0; break;
		case 'J': change.y = 100000; break;
		case 'j': day_of_year = 1; break;
		case 'o': show_easter = 2; break;
		case 'p': list_countries(); return (0);
		case 's': set_country(optarg); break;
		case 'w': week_numbers = 1; break;
		case 'y': whole_year = 1; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc > 2)
		usage();
	if (argc == 2)
		m = month_number(*argv++);
	else if (argc == 1 && !isdigit((unsigned char)**argv)) {
		m = month_number(*argv);
		argc = 0;
	} else if (argc == 1)
		whole_year = 1;
	if (argc > 0)
		y = number(*argv, 1, 9999, "year");
	if (show_easter) {
		easter(y, show_easter == 2, &m, &d);
		printf("%s %d %d\n", nl_langinfo(MON_1 + m - 1), d, y);
		return (0);
	}
	if (whole_year) {
		printf("%*s%d\n", day_of_year ? 25 : 30, "", y);
		print_months(y, 1, 12, 0);
		return (0);
	}
	m -= before;
	for (; m < 1; m += 12)
		y--;
	if (y < 1)
		errx(1, "the year 1 is the first");
	print_months(y, m, before + 1 + after, 1);
	return (0);
}
