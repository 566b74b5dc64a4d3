/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 8-bit character sets: iconv against the host's, and the character types of
 * locales that have them.
 */
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <stdlib.h>
#include "tap.h"

iconv_t	df_iconv_open(const char *, const char *);
size_t	df_iconv(iconv_t, char **, size_t *, char **, size_t *);
int	df_iconv_close(iconv_t);
const char *df___charset_name(size_t);
char	*df_setlocale(int, const char *);
unsigned long df___maskrune(int, unsigned long);
int	df_tolower(int), df_toupper(int);
int	df_isalpha(int);
const char *df_nl_langinfo(int);
size_t	df_mbrtowc(int *, const char *, size_t, void *);

#define	DF_LC_ALL	0
#define	DF_LC_CTYPE	2
#define	DF_CODESET	0

typedef size_t	convert_fn(iconv_t, char **, size_t *, char **, size_t *);

/* The UTF-8 of a byte; the length, or -1. */
static int
one(convert_fn *fn, iconv_t cd, int byte, char out[8])
{
	char in = (char)byte, *p = &in, *q = out;
	size_t n = 1, room = 8;

	if (fn(cd, &p, &n, &q, &room) == (size_t)-1)
		return (-1);
	return ((int)(8 - room));
}

static void
against_the_host(void)
{
	iconv_t ours, back, host;
	char a[8], b[8], r[8], *p, *q;
	size_t i, n, room, compared = 0;
	const char *name;
	int byte, la, lb, good = 1, round = 1;

	for (i = 0; (name = df___charset_name(i)) != NULL; i++) {
		ours = df_iconv_open("UTF-8", name);
		back = df_iconv_open(name, "UTF-8");
		/*
		 * The host composes characters of two sets, and has older
		 * versions of those of the Macintosh.
		 */
		host = strcmp(name, "CP1255") == 0 ||
		    strcmp(name, "CP1258") == 0 ||
		    strncmp(name, "MAC", 3) == 0 ? (iconv_t)-1 :
		    iconv_open("UTF-8", name);
		for (byte = 0; byte < 256; byte++) {
			la = one(df_iconv, ours, byte, a);
			if (la > 0) {
				p = a, q = r, n = (size_t)la, room = 8;
				round &= df_iconv(back, &p, &n, &q, &room) ==
				    0 && room == 7 && (unsigned char)r[0] ==
				    byte;
			}
			if (host == (iconv_t)-1)
				continue;
			lb = one(iconv, host, byte, b);
			/* Hosts differ in what has no character at all. */
			if (la < 0 || lb < 0)
				continue;
			compared++;
			if (la != lb || memcmp(a, b, (size_t)la) != 0) {
				printf("# %s %#x\n", name, byte);
				good = 0;
			}
		}
		df_iconv_close(ours);
		df_iconv_close(back);
		if (host != (iconv_t)-1)
			iconv_close(host);
	}
	tap(good && compared > 8000, "sets agree with the host's");
	tap(round, "characters come back as the same byte");
}

static void
locales(void)
{
	char state[128] = { 0 };
	int wc = 0;

	tap(df_setlocale(DF_LC_ALL, "ru_RU.KOI8-R") != NULL &&
	    strcmp(df_nl_langinfo(DF_CODESET), "KOI8-R") == 0,
	    "an 8-bit locale");
	tap(df_isalpha(0xc1) && !df_isalpha(0x80) &&
	    df_toupper(0xc1) == 0xe1 && df_tolower(0xe1) == 0xc1,
	    "letters of KOI8-R");
	tap(df_mbrtowc(&wc, "\xc1", 1, state) == 1 && wc == 0xc1,
	    "a wide character is the byte");
	df_setlocale(DF_LC_ALL, "tr_TR.ISO8859-9");
	tap(df_toupper(0xfe) == 0xde && df_toupper(0xff) == 0xff,
	    "letters without a partner stay");
	tap(df_setlocale(DF_LC_ALL, "de_DE.NONSENSE") == NULL,
	    "an unknown set");
	tap(df_setlocale(DF_LC_ALL, "de_DE.ISO8859-15@euro") != NULL,
	    "a modifier");
	df_setlocale(DF_LC_ALL, "C");
	tap(!df_isalpha(0xc1), "back in C");
}

int
main(void)
{
	against_the_host();
	locales();
	return (tap_end());
}
