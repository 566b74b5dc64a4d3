/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sort - sort or merge lines
 *
 * usage: sort [-bcCdfghimMnrsuVz] [-k field1[,field2]] [-o output]
 *            [-t char] [file ...]
 *
 * Lines are read into memory and sorted by a merge sort, which is stable;
 * unless -s is given equal lines are ordered by their bytes at last.
 */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define K_BLANKS	0x01	/* skip leading blanks */
#define K_DICT		0x02
#define K_FOLD		0x04
#define K_PRINT		0x08
#define K_NUMERIC	0x10
#define K_GENERAL	0x20
#define K_HUMAN		0x40
#define K_MONTH		0x80
#define K_REVERSE	0x100
#define K_VERSION	0x200

struct key {
	int	field, ch;		/* start, from 1 */
	int	end_field, end_ch;	/* 0: to the end of the line */
	int	end_blanks;
	int	flags;
};

struct line {
	char	*text;
	size_t	len;
};

static struct key *keys;
static int nkeys, global, separator = -1, unique, stable, delimiter = '\n';
static struct line *lines;
static size_t nlines, room;

static int
flag_of(int c)
{
	switch (c) {
	case 'b': return (K_BLANKS);
	case 'd': return (K_DICT);
	case 'f': return (K_FOLD);
	case 'g': return (K_GENERAL);
	case 'h': return (K_HUMAN);
	case 'i': return (K_PRINT);
	case 'M': return (K_MONTH);
	case 'n': return (K_NUMERIC);
	case 'r': return (K_REVERSE);
	case 'V': return (K_VERSION);
	default: return (0);
	}
}

static void
add_key(const char *text)
{
	struct key k = { 0, 1, 0, 0, 0, 0 };
	char *p;

	k.field = (int)strtol(text, &p, 10);
	if (k.field < 1)
		errx(2, "-k %s: bad field", text);
	if (*p == '.')
		k.ch = (int)strtol(p + 1, &p, 10);
	for (; flag_of(*p) != 0; p++)
		k.flags |= flag_of(*p);
	if (*p == ',') {
		k.end_field = (int)strtol(p + 1, &p, 10);
		if (*p == '.')
			k.end_ch = (int)strtol(p + 1, &p, 10);
		for (; flag_of(*p) != 0; p++) {
			if (*p == 'b')
				k.end_blanks = 1;
			else
				k.flags |= flag_of(*p);
		}
	}
	if (*p != '\0' || k.ch < 1)
		errx(2, "-k %s: bad field", text);
	keys = reallocarray(keys, (size_t)nkeys + 1, sizeof(*keys));
	if (keys == NULL)
		err(2, NULL);
	keys[nkeys++] = k;
}

static const char *
skip_field(const char *p, const char *end)
{
	if (separator >= 0) {
		while (p < end && *p != separator)
			p++;
		return (p);
	}
	while (p < end && isblank((unsigned char)*p))
		p++;
	while (p < end && !isblank((unsigned char)*p))
		p++;
	return (p);
}

/* Where a key begins and ends in a line. */
static void
key_range(const struct key *k, const struct line *l, const char **from,
    const char **to)
{
	const char *p = l->text, *end = l->text + l->len;
	int i;

	for (i = 1; i < k->field && p < end; i++) {
		p = skip_field(p, end);
		if (separator >= 0 && p < end)
			p++;
	}
	if (k->flags & K_BLANKS) {
		while (p < end && isblank((unsigned char)*p))
			p++;
	}
	p += k->ch - 1 < end - p ? k->ch - 1 : end - p;
	*from = p;
	*to = end;
	if (k->end_field == 0)
		return;
	p = l->text;
	for (i = 1; i < k->end_field && p < end; i++) {
		p = skip_field(p, end);
		if (separator >= 0 && p < end)
			p++;
	}
	if (k->end_ch == 0) {
		p = skip_field(p, end);
	} else {
		if (k->end_blanks) {
			while (p < end && isblank((unsigned char)*p))
				p++;
		}
		p += k->end_ch < end - p ? k->end_ch : end - p;
	}
	*to = p > *from ? p : *from;
}

static int
compare_numbers(const char *a, const char *ae, const char *b, const char *be,
    int flags)
{
	static const char units[] = "KMGTPEZY";
	char ta[64], tb[64], *ea, *eb, *u;
	long double x, y;

	snprintf(ta, sizeof(ta), "%.*s", (int)(ae - a), a);
	snprintf(tb, sizeof(tb), "%.*s", (int)(be - b), b);
	if ((flags & K_GENERAL) == 0) {
		ta[strspn(ta, " \t-0123456789.KMGTPEZYk")] = '\0';
		tb[strspn(tb, " \t-0123456789.KMGTPEZYk")] = '\0';
	}
	x = strtold(ta, &ea);
	y = strtold(tb, &eb);
	if (flags & K_HUMAN) {
		if (*ea != '\0' && (u = strchr(units, toupper(*ea))) != NULL)
			for (; u >= units; u--)
				x *= 1024;
		if (*eb != '\0' && (u = strchr(units, toupper(*eb))) != NULL)
			for (; u >= units; u--)
				y *= 1024;
	}
	return ((x > y) - (x < y));
}

static int
month(const char *p, const char *end)
{
	static const char names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
	int i;

	while (p < end && isblank((unsigned char)*p))
		p++;
	for (i = 0; i < 12 && end - p >= 3; i++) {
		if (strncasecmp(p, names + i * 3, 3) == 0)
			return (i + 1);
	}
	return (0);
}

static int
compare_versions(const char *a, const char *ae, const char *b, const char *be)
{
	while (a < ae && b < be) {
		if (isdigit((unsigned char)*a) && isdigit((unsigned char)*b)) {
			unsigned long long x = 0, y = 0;

			for (; a < ae && isdigit((unsigned char)*a); a++)
				x = x * 10 + (unsigned)(*a - '0');
			for (; b < be && isdigit((unsigned char)*b); b++)
				y = y * 10 + (unsigned)(*b - '0');
			if (x != y)
				return (x < y ? -1 : 1);
			continue;
		}
		if (*a != *b)
			return ((unsigned char)*a - (unsigned char)*b);
		a++;
		b++;
	}
	return ((a < ae) - (b < be));
}

static int
ignored(int c, int flags)
{
	return (((flags & K_DICT) && !isalnum(c) && !isblank(c)) ||
	    ((flags & K_PRINT) && !isprint(c)));
}

static int
compare_text(const char *a, const char *ae, const char *b, const char *be,
    int flags)
{
	int ca, cb;

	for (;;) {
		while (a < ae && ignored((unsigned char)*a, flags))
			a++;
		while (b < be && ignored((unsigned char)*b, flags))
			b++;
		if (a == ae || b == be)
			return ((a < ae) - (b < be));
		ca = (unsigned char)*a++;
		cb = (unsigned char)*b++;
		if (flags & K_FOLD) {
			ca = toupper(ca);
			cb = toupper(cb);
		}
		if (ca != cb)
			return (ca - cb);
	}
}

static int
compare_key(const struct key *k, const struct line *a, const struct line *b)
{
	const char *af, *at, *bf, *bt;
	int flags = k->flags != 0 ? k->flags : global, rc;

	key_range(k, a, &af, &at);
	key_range(k, b, &bf, &bt);
	if (flags & (K_NUMERIC | K_GENERAL | K_HUMAN))
		rc = compare_numbers(af, at, bf, bt, flags);
	else if (flags & K_MONTH)
		rc = month(af, at) - month(bf, bt);
	else if (flags & K_VERSION)
		rc = compare_versions(af, at, bf, bt);
	else
		rc = compare_text(af, at, bf, bt, flags);
	return (flags & K_REVERSE ? -rc : rc);
}

static int
compare_keys(const struct line *a, const struct line *b)
{
	int i, rc = 0;

	for (i = 0; i < nkeys && rc == 0; i++)
		rc = compare_key(&keys[i], a, b);
	return (rc);
}

static int
compare(const struct line *a, const struct line *b)
{
	int rc = compare_keys(a, b);

	if (rc == 0 && !stable && !unique) {
		rc = compare_text(a->text, a->text + a->len, b->text,
		    b->text + b->len, 0);
		if (global & K_REVERSE)
			rc = -rc;
	}
	return (rc);
}

static void
merge_sort(struct line *l, size_t n, struct line *scratch)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	merge_sort(l, half, scratch);
	merge_sort(l + half, n - half, scratch);
	memcpy(scratch, l, half * sizeof(*l));
	while (i < half && j < n) {
		if (compare(&scratch[i], &l[j]) <= 0)
			l[k++] = scratch[i++];
		else
			l[k++] = l[j++];
	}
	memcpy(l + k, scratch + i, (half - i) * sizeof(*l));
}

static void
read_lines(FILE *f, const char *name)
{
	char *text = NULL;
	size_t cap = 0;
	ssize_t len;

	while ((len = getdelim(&text, &cap, delimiter, f)) > 0) {
		if (text[len - 1] == delimiter)
			text[--len] = '\0';
		if (nlines == room) {
			room = room * 2 + 1024;
			lines = reallocarray(lines, room, sizeof(*lines));
			if (lines == NULL)
				err(2, NULL);
		}
		lines[nlines].text = text;
		lines[nlines++].len = (size_t)len;
		text = NULL;
		cap = 0;
	}
	if (ferror(f))
		err(2, "%s", name);
	free(text);
}

static int
check_order(int quiet)
{
	size_t i;
	int rc;

	for (i = 1; i < nlines; i++) {
		rc = compare(&lines[i - 1], &lines[i]);
		if (rc > 0 || (unique && rc == 0)) {
			if (!quiet)
				warnx("disorder: %s", lines[i].text);
			return (1);
		}
	}
	return (0);
}

int
main(int argc, char **argv)
{
	const char *output = NULL;
	struct line *scratch;
	int c, check = 0;
	size_t i;
	FILE *f, *out = stdout;

	while ((c = getopt(argc, argv, "bcCdfghik:mMno:rsS:t:T:uVz")) != -1) {
		switch (c) {
		case 'C':
		case 'c':
			check = c;
			break;
		case 'k':
			add_key(optarg);
			break;
		case 'm':
		case 'S':
		case 'T':
			break;
		case 'o':
			output = optarg;
			break;
		case 's':
			stable = 1;
			break;
		case 't':
			separator = strcmp(optarg, "\\0") == 0 ? 0 : *optarg;
			break;
		case 'u':
			unique = 1;
			break;
		case 'z':
			delimiter = '\0';
			break;
		default:
			if (flag_of(c) == 0) {
				fprintf(stderr, "usage: sort [-bcCdfghiMnrsuVz] "
				    "[-k field1[,field2]] [-o output] [-t char] "
				    "[file ...]\n");
				return (2);
			}
			global |= flag_of(c);
		}
	}
	if (nkeys == 0) {
		add_key("1");
		keys[0].flags = global;
	}
	argv += optind;
	if (*argv == NULL)
		read_lines(stdin, "stdin");
	for (; *argv != NULL; argv++) {
		f = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");
		if (f == NULL)
			err(2, "%s", *argv);
		read_lines(f, *argv);
		if (f != stdin)
			fclose(f);
	}
	if (check != 0)
		return (check_order(check == 'C'));
	scratch = calloc(nlines / 2 + 1, sizeof(*scratch));
	if (scratch == NULL)
		err(2, NULL);
	merge_sort(lines, nlines, scratch);
	if (output != NULL && (out = fopen(output, "w")) == NULL)
		err(2, "%s", output);
	for (i = 0; i < nlines; i++) {
		if (unique && i > 0 &&
		    compare_keys(&lines[i - 1], &lines[i]) == 0)
			continue;
		fwrite(lines[i].text, 1, lines[i].len, out);
		putc(delimiter, out);
	}
	if (fflush(out) != 0)
		err(2, "%s", output != NULL ? output : "stdout");
	return (0);
}
