/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sizes for people and back.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <libutil.h>

static int	tests, failures;

static void
check(const char *name, int64_t v, size_t len, int flags, const char *want)
{
	char buf[32];

	humanize_number(buf, len, v, "", HN_AUTOSCALE, flags);
	tests++;
	if (strcmp(buf, want) != 0) {
		failures++;
		printf("# got '%s' wanted '%s'\n", buf, want);
	}
	printf("%s %d - %s\n", strcmp(buf, want) == 0 ? "ok" : "not ok", tests,
	    name);
}

static void
expands(const char *s, int want_error, int64_t want)
{
	int64_t v = -1;
	int error = expand_number(s, &v) == 0 ? 0 : errno, good;

	good = error == want_error && (error != 0 || v == want);
	failures += !good;
	printf("%s %d - expand_%s\n", good ? "ok" : "not ok", ++tests, s);
}

int
main(void)
{
	int ls = HN_B | HN_NOSPACE | HN_DECIMAL;

	check("zero", 0, 5, ls, "0B");
	check("bytes", 999, 5, ls, "999B");
	check("just_below_a_unit", 1023, 5, ls, "1.0K");
	check("one_and_a_half", 1536, 5, ls, "1.5K");
	check("two_digits", 10 * 1024, 5, ls, "10K");
	check("rounds_up", 9 * 1024 + 1000, 5, ls, "10K");
	check("mega", 5LL << 20, 5, ls, "5.0M");
	check("largest", INT64_MAX, 5, ls, "8.0E");
	check("thousands", 1500000, 5, ls | HN_DIVISOR_1000, "1.5M");
	check("negative", -2048, 6, ls, "-2.0K");
	check("space", 2048, 6, HN_DECIMAL, "2.0 K");
	check("fits_unscaled", 2048, 7, HN_DECIMAL, "2048");
	expands("10", 0, 10);
	expands("4k", 0, 4096);
	expands("1G", 0, 1LL << 30);
	expands("0x10", 0, 16);
	expands("8e", ERANGE, 0);
	expands("3x", EINVAL, 0);
	expands("", EINVAL, 0);
	printf("1..%d\n", tests);
	return (failures != 0);
}
