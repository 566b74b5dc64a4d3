/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tr - translate, squeeze or delete characters
 *
 * usage: tr [-Ccsu] string1 string2
 *        tr [-Cc] -d string1
 *        tr [-Cc] -s string1
 *        tr [-Cc] -ds string1 string2
 *
 * Works on bytes.  Strings may hold ranges, escapes, [:class:], [=x=] and
 * [x*n].
 */
#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wctype.h>

struct set {
	unsigned char	*bytes;
	size_t		 n, cap;
	size_t		 fill_at;	/* where [x*] grows; n + 1: nowhere */
	int		 fill;
};

static void
add(struct set *s, int c, size_t times)
{
	while (times-- > 0) {
		if (s->n == s->cap) {
			s->cap = s->cap * 2 + 256;
			s->bytes = realloc(s->bytes, s->cap);
			if (s->bytes == NULL)
				err(1, NULL);
		}
		s->bytes[s->n++] = (unsigned char)c;
	}
}

static int
one(const char **p)
{
	static const char names[] = "abfnrtv", codes[] = "\a\b\f\n\r\t\v";
	const char *at;
	int c = (unsigned char)*(*p)++, i;

	if (c != '\\' || **p == '\0')
		return (c);
	if (**p >= '0' && **p <= '7') {
		for (c = i = 0; i < 3 && **p >= '0' && **p <= '7'; i++)
			c = c * 8 + *(*p)++ - '0';
		return (c & 0xff);
	}
	at = strchr(names, **p);
	c = (unsigned char)*(*p)++;
	return (at != NULL ? codes[at - names] : c);
}

static int
bracket(struct set *s, const char **p)
{
	const char *q = *p + 1, *end;
	char name[32];
	wctype_t type;
	int c;
	unsigned long n;
	char *stop;

	if (*q == ':' && (end = strstr(q + 1, ":]")) != NULL &&
	    end - q - 1 < (long)sizeof(name)) {
		memcpy(name, q + 1, (size_t)(end - q - 1));
		name[end - q - 1] = '\0';
		type = wctype(name);
		if (type == 0)
			errx(1, "unknown class %s", name);
		for (c = 0; c < 256; c++) {
			if (iswctype((wint_t)c, type))
				add(s, c, 1);
		}
		*p = end + 2;
		return (1);
	}
	if (*q == '=' && q[1] != '\0' && q[2] == '=' && q[3] == ']') {
		add(s, (unsigned char)q[1], 1);
		*p = q + 4;
		return (1);
	}
	end = q;
	if (*q != '\0') {
		c = one(&end);
		if (*end == '*') {
			n = strtoul(end + 1, &stop, end[1] == '0' ? 8 : 10);
			if (*stop == ']') {
				if (n == 0) {
					s->fill = c;
					s->fill_at = s->n;
				} else {
					add(s, c, n);
				}
				*p = stop + 1;
				return (1);
			}
		}
	}
	return (0);
}

static void
expand(struct set *s, const char *p)
{
	int from, to;

	s->fill = -1;
	while (*p != '\0') {
		if (*p == '[' && bracket(s, &p))
			continue;
		from = one(&p);
		if (*p == '-' && p[1] != '\0') {
			p++;
			to = one(&p);
			if (to < from)
				errx(1, "range \"%c-%c\" is out of order", from, to);
			for (; from <= to; from++)
				add(s, from, 1);
		} else {
			add(s, from, 1);
		}
	}
}

static void
complement(struct set *s)
{
	unsigned char in[256] = { 0 };
	size_t i;
	int c;

	for (i = 0; i < s->n; i++)
		in[s->bytes[i]] = 1;
	s->n = 0;
	for (c = 0; c < 256; c++) {
		if (!in[c])
			add(s, c, 1);
	}
}

int
main(int argc, char **argv)
{
	unsigned char map[256], delete[256] = { 0 }, squeeze[256] = { 0 };
	struct set one_set = { 0 }, two_set = { 0 };
	int c, f_c = 0, f_d = 0, f_s = 0, last = -1;
	size_t i, want;

	while ((c = getopt(argc, argv, "Ccdsu")) != -1) {
		switch (c) {
		case 'C':
		case 'c':
			f_c = 1;
			break;
		case 'd':
			f_d = 1;
			break;
		case 's':
			f_s = 1;
			break;
		case 'u':
			setvbuf(stdout, NULL, _IONBF, 0);
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	argc -= optind;
	if (argc < 1 || argc > 2 || (f_d && argc != 1 + f_s) ||
	    (!f_d && !f_s && argc != 2))
		goto usage;
	expand(&one_set, argv[0]);
	if (f_c)
		complement(&one_set);
	for (i = 0; i < 256; i++)
		map[i] = (unsigned char)i;
	if (argc == 2) {
		expand(&two_set, argv[1]);
		want = one_set.n > two_set.n ? one_set.n - two_set.n : 0;
		if (two_set.fill >= 0 && want > 0) {
			size_t tail = two_set.n - two_set.fill_at;

			add(&two_set, two_set.fill, want);
			memmove(two_set.bytes + two_set.fill_at + want,
			    two_set.bytes + two_set.fill_at, tail);
			memset(two_set.bytes + two_set.fill_at, two_set.fill,
			    want);
		} else if (want > 0 && two_set.n > 0) {
			add(&two_set, two_set.bytes[two_set.n - 1], want);
		}
		if (two_set.n == 0 && !f_d)
			errx(1, "empty string2");
	}
	if (f_d) {
		for (i = 0; i < one_set.n; i++)
			delete[one_set.bytes[i]] = 1;
		for (i = 0; i < two_set.n; i++)
			squeeze[two_set.bytes[i]] = 1;
	} else {
		for (i = 0; argc == 2 && i < one_set.n; i++)
			map[one_set.bytes[i]] = two_set.bytes[i];
		for (i = 0; f_s && i < (argc == 2 ? two_set.n : one_set.n); i++)
			squeeze[argc == 2 ? two_set.bytes[i] :
			    one_set.bytes[i]] = 1;
	}
	while ((c = getchar()) != EOF) {
		if (delete[c])
			continue;
		c = map[c];
		if (c == last && squeeze[c])
			continue;
		last = c;
		putchar(c);
	}
	if (ferror(stdin) || fflush(stdout) != 0)
		err(1, NULL);
	return (0);
usage:
	fprintf(stderr, "usage: tr [-Ccsu] string1 string2\n"
	    "       tr [-Ccu] -d string1\n       tr [-Ccu] -s string1\n"
	    "       tr [-Ccu] -ds string1 string2\n");
	return (1);
}
