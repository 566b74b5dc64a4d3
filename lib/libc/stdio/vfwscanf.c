/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scanf(3) for wide formats: vfscanf.h does the work.
 */
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "local.h"

#define	CHAR		wchar_t
#define	CHAR_IS_WIDE	1

struct in {
	FILE		*fp;
	locale_t	locale;
	size_t		nread;
};

static int
in_get(struct in *in)
{
	wint_t c = __fgetwc(in->fp, in->locale);

	if (c != WEOF)
		in->nread++;
	return (c);
}

static void
in_unget(struct in *in, int c)
{
	__ungetwc(c, in->fp, in->locale);
	in->nread--;
}

static bool
is_space(int c, locale_t l)
{
	return (iswspace_l(c, l) != 0);
}

#include "vfscanf.h"

int
__vfwscanf(FILE *fp, locale_t l, const wchar_t *fmt, va_list ap)
{
	struct in in = { .fp = fp, .locale = l };

	ORIENT(fp, 1);
	return (scan(&in, fmt, ap));
}
