/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scanf(3) for char formats: vfscanf.h does the work.
 */
#include <ctype.h>
#include <inttypes.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"

#define	CHAR		char
#define	CHAR_IS_WIDE	0

struct in {
	FILE		*fp;
	locale_t	locale;
	size_t		nread;
};

static int
in_get(struct in *in)
{
	int c = __sgetbyte(in->fp);

	if (c != EOF)
		in->nread++;
	return (c);
}

static void
in_unget(struct in *in, int c)
{
	__sungetc(c, in->fp);
	in->nread--;
}

static bool
is_space(int c, locale_t l)
{
	return (isspace_l((unsigned char)c, l) != 0);
}

#include "vfscanf.h"

int
__vfscanf(FILE *fp, locale_t l, const char *fmt, va_list ap)
{
	struct in in = { .fp = fp, .locale = l };

	return (scan(&in, fmt, ap));
}
