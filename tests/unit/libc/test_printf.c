/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * printf, scanf and strtod against the host's, on fixed and random values.
 */
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "tap.h"

int	df_snprintf(char *, size_t, const char *, ...);
int	df_sscanf(const char *, const char *, ...);
double	df_strtod(const char *, char **);
float	df_strtof(const char *, char **);
long double df_strtold(const char *, char **);
char	*df_setlocale(int, const char *);

static char	ours[20000], theirs[20000];

#define	SAME(...)							\
	(df_snprintf(ours, sizeof(ours), __VA_ARGS__) ==		\
	    snprintf(theirs, sizeof(theirs), __VA_ARGS__) &&		\
	    strcmp(ours, theirs) == 0 ? 1 :				\
	    (printf("# ours '%s' theirs '%s'\n", ours, theirs), 0))

static double
random_double(void)
{
	uint64_t u = tap_random();
	double d;

	memcpy(&d, &u, sizeof(d));
	return (isfinite(d) ? d : 0.5);
}

static long double
random_ldouble(void)
{
	struct {
		uint64_t m;
		uint16_t se;
	} u = { tap_random() | 1UL << 63, (uint16_t)tap_random() };
	long double v = 0;

	if ((u.se & 0x7fff) == 0x7fff || (u.se & 0x7fff) == 0)
		u.se = 0x3fff;
	memcpy(&v, &u, 10);
	return (v);
}

static void
test_integers(void)
{
	static const char *const fmts[] = {
		"%d", "%5d", "%-8d|", "%08d", "%+d", "% d", "%.5d", "%8.3d",
		"%u", "%x", "%#x", "%X", "%o", "%#o", "%-#10x|", "%+.0d",
		"%hd", "%hhd", "%hu", "%hhx"
	};
	static const char *const lfmts[] = {
		"%ld", "%lu", "%lx", "%#lo", "%20ld", "%-20ld|", "%020ld",
		"%.20ld", "%zu", "%jd", "%td", "%lld"
	};
	int good = 1, i, j;

	for (i = 0; i < 2000; i++) {
		long v = (long)tap_random() >> tap_random() % 64;

		for (j = 0; j < (int)(sizeof(fmts) / sizeof(*fmts)); j++)
			good &= SAME(fmts[j], (int)v);
		for (j = 0; j < (int)(sizeof(lfmts) / sizeof(*lfmts)); j++)
			good &= SAME(lfmts[j], v);
	}
	tap(good, "integers_like_host");
}

static void
test_floats(void)
{
	static const char conv[] = "eEfFgG", flags[] = "-+ #0";
	char fmt[32], lfmt[32];
	int good = 1, i, n, j;
	long double ld;
	double d;

	for (i = 0; i < 30000; i++) {
		d = random_double();
		ld = random_ldouble();
		n = 0;
		fmt[n++] = '%';
		for (j = 0; j < 5; j++) {
			if (tap_random() % 3 == 0)
				fmt[n++] = flags[j];
		}
		n += sprintf(fmt + n, "%d.%d", (int)(tap_random() % 40),
		    (int)(tap_random() % 30));
		strcpy(lfmt, fmt);
		j = conv[tap_random() % 6];
		sprintf(fmt + n, "%c", j);
		sprintf(lfmt + n, "L%c", j);
		good &= SAME(fmt, d);
		d = (double)(long)tap_random() / 1000;
		good &= SAME(fmt, d);
		good &= SAME(lfmt, ld);
	}
	tap(good, "floating_point_like_host");
	good = SAME("%.1100f", 4.9e-324) & SAME("%.800e", 1.7e308) &
	    SAME("%f %e %g", INFINITY, -INFINITY, NAN) &
	    SAME("%.0f %.0f %.0f", 0.5, 1.5, 2.5) & SAME("%#.0f", 1.0) &
	    SAME("%a %a %.3a %A", 1.0, 0.1, 0.1, -3.5) &
	    SAME("%.16500Lf", 3.6e-4951L);
	tap(good, "floating_point_limits");
}

static void
test_strings(void)
{
	int good;

	good = SAME("%s|%10s|%-10s|%.3s|%.0s", "abcde", "x", "y", "abcdef",
	    "zz") & SAME("%c%5c%-5c|", 'a', 'b', 'c') & SAME("%%") &
	    SAME("%2$s %1$s %2$s", "a", "b") &
	    SAME("%2$*1$d|%3$.*1$f", 7, 42, 2.5) & SAME("%p", (void *)4096) &
	    SAME("%ls", L"wide");
	tap(good, "strings_and_positions");
	tap(df_snprintf(ours, 4, "%s", "abcdef") == 6 &&
	    strcmp(ours, "abc") == 0, "snprintf_truncates");
	df_setlocale(0, "C.UTF-8");
	df_snprintf(ours, sizeof(ours), "%ls|%.4ls", L"\u00e9\u20ac",
	    L"\u00e9\u20ac");
	tap(strcmp(ours, "\xc3\xa9\xe2\x82\xac|\xc3\xa9") == 0,
	    "wide_strings_in_utf8");
	df_setlocale(0, "C");
}

static void
test_strtod(void)
{
	char s[1400], *e1, *e2;
	int good = 1, i;
	double d;

	for (i = 0; i < 20000; i++) {
		long double v = i % 2 ? random_ldouble() : random_double();

		snprintf(s, sizeof(s), "%.*Le", (int)(tap_random() % 45), v);
		good &= df_strtod(s, &e1) == strtod(s, &e2) && e1 == e2;
		good &= df_strtof(s, NULL) == strtof(s, NULL);
		good &= df_strtold(s, NULL) == strtold(s, NULL);
	}
	tap(good, "strtod_like_host");
	for (good = 1, i = 0; i < 500; i++) {
		d = fabs(random_double());
		snprintf(s, sizeof(s), "%.1200Lg",
		    ((long double)d + nextafter(d, 2 * d)) / 2);
		good &= df_strtod(s, NULL) == strtod(s, NULL);
	}
	tap(good, "strtod_halfway_cases");
	for (good = 1, i = 0; i < 2000; i++) {
		snprintf(s, sizeof(s), "%.*a", (int)(tap_random() % 16),
		    random_double());
		good &= df_strtod(s, NULL) == strtod(s, NULL);
	}
	tap(good, "strtod_hexadecimal");
	good = df_strtod("1e", &e1) == 1 && *e1 == 'e';
	good &= df_strtod("0x", &e1) == 0 && *e1 == 'x';
	good &= df_strtod("  -infinityx", &e1) == -INFINITY && *e1 == 'x';
	good &= isnan(df_strtod("nan(12)", &e1)) && *e1 == '\0';
	good &= df_strtod(".", &e1) == 0 && *e1 == '.';
	tap(good, "strtod_odd_forms");
}

static void
test_scanf(void)
{
	int a = 0, b = 0, n = 0;
	unsigned int u = 0;
	char s[32], *m = NULL;
	double d = 0;

	tap(df_sscanf("12 34abc 3.5", "%d%d%s%lf", &a, &b, s, &d) == 4 &&
	    a == 12 && b == 34 && strcmp(s, "abc") == 0 && d == 3.5,
	    "scanf_basic");
	tap(df_sscanf("0x1f 077", "%i%i", &a, &b) == 2 && a == 31 && b == 63,
	    "scanf_bases");
	tap(df_sscanf("abc]d", "%[a-c]%n", s, &n) == 1 && n == 3,
	    "scanf_set");
	tap(df_sscanf("", "%d", &a) == EOF && df_sscanf("x", "%d", &a) == 0,
	    "scanf_failures");
	tap(df_sscanf("1.5e+x", "%lf", &d) == 0, "scanf_incomplete_number");
	tap(df_sscanf("word", "%ms", &m) == 1 && strcmp(m, "word") == 0,
	    "scanf_allocates");
	free(m);
	tap(df_sscanf("ff", "%2x", &u) == 1 && u == 255, "scanf_width");
}

int
main(void)
{
	test_integers();
	test_floats();
	test_strings();
	test_strtod();
	test_scanf();
	return (tap_end());
}
