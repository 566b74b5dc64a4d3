/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * date - show or set the date and time
 *
 * usage: date [-jnRu] [-r seconds | file] [-v [+|-]val[ymwdHMS]] ... [+format]
 *        date [-jnu] [[[[[cc]yy]mm]dd]HH]MM[.ss]
 *        date [-jnu] -f input_format new_date [+format]
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/time.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static void
usage(void)
{
	fprintf(stderr, "usage: date [-jnRu] [-r seconds | file] "
	    "[-v [+|-]val[ymwdHMS]] ... [+format]\n"
	    "       date [-jnu] [[[[[cc]yy]mm]dd]HH]MM[.ss]\n"
	    "       date [-jnu] -f input_format new_date [+format]\n");
	exit(1);
}

static int
two(const char *p)
{
	return ((p[0] - '0') * 10 + p[1] - '0');
}

/* Replaces the trailing fields of tm by what the argument gives. */
static void
parse_canonical(char *text, struct tm *tm)
{
	char *dot = strchr(text, '.');
	size_t len;

	tm->tm_sec = 0;
	if (dot != NULL) {
		*dot++ = '\0';
		if (strlen(dot) != 2 || strspn(dot, "0123456789") != 2)
			errx(1, "illegal time format");
		tm->tm_sec = two(dot);
	}
	len = strlen(text);
	if (len % 2 != 0 || len < 2 || len > 12 ||
	    strspn(text, "0123456789") != len)
		errx(1, "illegal time format");
	if (len == 12) {
		tm->tm_year = two(text) * 100 + two(text + 2) - 1900;
		text += 4;
		len -= 4;
	} else if (len == 10) {
		tm->tm_year = two(text) + (two(text) < 69 ? 100 : 0);
		text += 2;
		len -= 2;
	}
	if (len >= 8) {
		tm->tm_mon = two(text) - 1;
		text += 2;
	}
	if (len >= 6) {
		tm->tm_mday = two(text);
		text += 2;
	}
	if (len >= 4) {
		tm->tm_hour = two(text);
		text += 2;
	}
	tm->tm_min = two(text);
	if (tm->tm_mon > 11 || tm->tm_mday > 31 || tm->tm_hour > 23 ||
	    tm->tm_min > 59 || tm->tm_sec > 60)
		errx(1, "illegal time format");
	tm->tm_isdst = -1;
}

/*
 * -v: "+1d" and "-1d" move the date, "1d" sets a field.  A day that a month
 * does not have is its last.
 */
static time_t
adjust(time_t t, const char *text)
{
	int sign = *text == '+' ? 1 : *text == '-' ? -1 : 0, want;
	struct tm tm;
	char *end;
	long n;

	n = strtol(text + (sign != 0), &end, 10);
	if (end == text + (sign != 0) || *end == '\0' || end[1] != '\0')
		errx(1, "%s: cannot apply date adjustment", text);
	localtime_r(&t, &tm);
	tm.tm_isdst = -1;
	want = tm.tm_mday;
	switch (*end) {
	case 'y':
		tm.tm_year = sign ? tm.tm_year + sign * (int)n :
		    n >= 1900 ? (int)n - 1900 : (int)n + (n < 69 ? 100 : 0);
		break;
	case 'm':
		tm.tm_mon = sign ? tm.tm_mon + sign * (int)n : (int)n - 1;
		break;
	case 'w':
		tm.tm_mday += sign ? 7 * sign * (int)n :
		    (int)n - tm.tm_wday;
		break;
	case 'd':
		tm.tm_mday = sign ? tm.tm_mday + sign * (int)n : (int)n;
		break;
	case 'H':
		tm.tm_hour = sign ? tm.tm_hour + sign * (int)n : (int)n;
		break;
	case 'M':
		tm.tm_min = sign ? tm.tm_min + sign * (int)n : (int)n;
		break;
	case 'S':
		tm.tm_sec = sign ? tm.tm_sec + sign * (int)n : (int)n;
		break;
	default:
		errx(1, "%s: cannot apply date adjustment", text);
	}
	t = mktime(&tm);
	if ((*end == 'y' || *end == 'm') && tm.tm_mday != want) {
		tm.tm_mday = 0;		/* the last of the month before */
		tm.tm_isdst = -1;
		t = mktime(&tm);
	}
	return (t);
}

int
main(int argc, char **argv)
{
	const char *format = "%a %b %e %H:%M:%S %Z %Y", *input = NULL;
	const char *moves[16];
	int c, dry = 0, set = 0, nmoves = 0, i;
	struct timeval tv = { 0, 0 };
	struct stat st;
	char buf[1024], *end;
	struct tm tm;
	time_t t = time(NULL);

	while ((c = getopt(argc, argv, "f:jnRr:uv:")) != -1) {
		switch (c) {
		case 'f':
			input = optarg;
			break;
		case 'j':
			dry = 1;
			break;
		case 'n':
			break;
		case 'R':
			format = "%a, %d %b %Y %T %z";
			break;
		case 'r':
			t = strtoll(optarg, &end, 0);
			if (*end != '\0') {
				if (stat(optarg, &st) < 0)
					err(1, "%s", optarg);
				t = st.st_mtime;
			}
			break;
		case 'u':
			setenv("TZ", "UTC0", 1);
			break;
		case 'v':
			if (nmoves == 16)
				errx(1, "too many adjustments");
			moves[nmoves++] = optarg;
			break;
		default:
			usage();
		}
	}
	argv += optind;
	tzset();
	if (*argv != NULL && **argv != '+') {
		localtime_r(&t, &tm);
		if (input != NULL) {
			tm.tm_isdst = -1;
			end = strptime(*argv, input, &tm);
			if (end == NULL || *end != '\0')
				errx(1, "%s does not match the format %s",
				    *argv, input);
		} else {
			parse_canonical(*argv, &tm);
		}
		t = mktime(&tm);
		if (t == -1)
			errx(1, "nonexistent time");
		set = !dry;
		argv++;
	}
	for (i = 0; i < nmoves; i++)
		t = adjust(t, moves[i]);
	if (*argv != NULL && **argv == '+') {
		format = *argv + 1;
		argv++;
	}
	if (*argv != NULL)
		usage();
	if (set) {
		tv.tv_sec = t;
		if (settimeofday(&tv, NULL) < 0)
			err(1, "settimeofday");
	}
	localtime_r(&t, &tm);
	if (*format != '\0' && strftime(buf, sizeof(buf), format, &tm) == 0)
		errx(1, "output is too long");
	if (*format == '\0')
		buf[0] = '\0';
	puts(buf);
	return (0);
}
