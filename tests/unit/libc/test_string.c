/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory and string functions against the host's, on all small lengths,
 * alignments and overlaps.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "tap.h"

void	*df_memcpy(void *, const void *, size_t);
void	*df_memmove(void *, const void *, size_t);
void	*df_memset(void *, int, size_t);
void	*df_memchr(const void *, int, size_t);
int	df_memcmp(const void *, const void *, size_t);
void	*df_memmem(const void *, size_t, const void *, size_t);
size_t	df_strlen(const char *);
char	*df_strstr(const char *, const char *);
char	*df_strchr(const char *, int);
char	*df_strrchr(const char *, int);
size_t	df_strspn(const char *, const char *);
size_t	df_strcspn(const char *, const char *);
size_t	df_strlcpy(char *, const char *, size_t);
size_t	df_strlcat(char *, const char *, size_t);
int	df_strcmp(const char *, const char *);
int	df_strncasecmp(const char *, const char *, size_t);
char	*df_strsep(char **, const char *);
int	df_timingsafe_memcmp(const void *, const void *, size_t);

#define	N	5000

static void
fill(unsigned char *p, size_t n)
{
	while (n-- > 0)
		*p++ = (unsigned char)tap_random();
}

static void
test_copies(void)
{
	static unsigned char a[N], b[N], src[N];
	size_t n, from, to;
	int i, good = 1;

	for (i = 0; i < 20000; i++) {
		n = tap_random() % (i % 10 == 0 ? 2200 : 200);
		from = tap_random() % (N / 2 - 100);
		to = from + tap_random() % 300;
		if (to + n > N || from + n > N)
			continue;
		if (i % 2) {
			size_t t = from;

			from = to;
			to = t;
		}
		fill(a, N);
		memcpy(b, a, N);
		df_memmove(a + to, a + from, n);
		memmove(b + to, b + from, n);
		good &= memcmp(a, b, N) == 0;
		if (i % 4 == 0) {
			fill(src, N);
			df_memcpy(a + to, src + from, n);
			memcpy(b + to, src + from, n);
			good &= memcmp(a, b, N) == 0;
			df_memset(a + from, i, n);
			memset(b + from, i, n);
			good &= memcmp(a, b, N) == 0;
		}
	}
	tap(good, "copies_and_fills");
}

static int
sign(int v)
{
	return (v > 0) - (v < 0);
}

static void
test_searches(void)
{
	char *hay, *needle;
	size_t h, n, i, j;
	int good = 1, cmp = 1;

	for (i = 0; i < 20000; i++) {
		/* Exact allocations: the sanitizer sees reads beyond. */
		h = tap_random() % 90;
		n = tap_random() % 8;
		hay = malloc(h + 1);
		needle = malloc(n + 1);
		for (j = 0; j < h; j++)
			hay[j] = 'a' + tap_random() % 2;
		for (j = 0; j < n; j++)
			needle[j] = 'a' + tap_random() % 2;
		hay[h] = needle[n] = '\0';
		good &= df_strlen(hay) == h;
		good &= df_strstr(hay, needle) == strstr(hay, needle);
		good &= df_memmem(hay, h, needle, n) ==
		    memmem(hay, h, needle, n);
		good &= df_strchr(hay, 'b') == strchr(hay, 'b');
		good &= df_strrchr(hay, 'a') == strrchr(hay, 'a');
		good &= df_memchr(hay, 'b', h) == memchr(hay, 'b', h);
		good &= df_strspn(hay, needle) == strspn(hay, needle);
		good &= df_strcspn(hay, needle) == strcspn(hay, needle);
		cmp &= sign(df_strcmp(hay, needle)) ==
		    sign(strcmp(hay, needle));
		j = h < n ? h : n;
		cmp &= sign(df_memcmp(hay, needle, j)) ==
		    sign(memcmp(hay, needle, j));
		cmp &= sign(df_timingsafe_memcmp(hay, needle, j)) ==
		    sign(memcmp(hay, needle, j));
		free(hay);
		free(needle);
	}
	tap(good, "searches_like_host");
	tap(cmp, "comparisons_like_host");
}

int
main(void)
{
	char buf[8], text[] = "a,,b", *p = text;

	test_copies();
	test_searches();
	tap(df_strlcpy(buf, "0123456789", sizeof(buf)) == 10 &&
	    strcmp(buf, "0123456") == 0, "strlcpy_truncates");
	strcpy(buf, "abc");
	tap(df_strlcat(buf, "defgh", sizeof(buf)) == 8 &&
	    strcmp(buf, "abcdefg") == 0, "strlcat_truncates");
	tap(df_strncasecmp("HELLO", "help", 3) == 0, "strncasecmp");
	tap(strcmp(df_strsep(&p, ","), "a") == 0 &&
	    *df_strsep(&p, ",") == '\0' && strcmp(df_strsep(&p, ","), "b") ==
	    0 && p == NULL, "strsep_keeps_empty_fields");
	return (tap_end());
}
