/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Locales: each category is "C", or a name with the codeset UTF-8 or an 8-bit
 * one ("de_DE.ISO8859-15").  All that differs between them is how bytes and
 * characters relate (LC_CTYPE); names are remembered and reported as they were
 * asked for.  In 8-bit locales a wide character is the byte.
 */
#ifndef _XLOCALE_PRIVATE_H_
#define	_XLOCALE_PRIVATE_H_

#include <locale.h>
#include <runetype.h>
#include <stdbool.h>
#include <wchar.h>
#include <xlocale.h>
#include "charset.h"

#define	LOCALE_NAME_MAX	32

struct _xlocale {
	char		name[_LC_LAST][LOCALE_NAME_MAX];
	bool		utf8;		/* of LC_CTYPE */
	const struct charset *charset;	/* likewise; NULL: C or UTF-8 */
	const _RuneLocale *runes;	/* NULL: of C */
	bool		fixed;		/* not to be freed */
};

extern struct _xlocale	__global_locale;
extern struct _xlocale	__c_locale;
extern const _RuneLocale __utf8_runes;

/* The types of the characters of a locale. */
#define	RUNES(l)	((l)->runes != NULL ? (l)->runes : &_DefaultRuneLocale)

/* The locale meant by an argument of the _l functions. */
static inline struct _xlocale *
__locale_real(locale_t l)
{
	if (l == LC_GLOBAL_LOCALE)
		return (&__global_locale);
	return (l != NULL ? l : &__c_locale);
}

#define	IS_UTF8(l)	(__locale_real(l)->utf8)

/* What an mbstate_t holds: an incomplete UTF-8 character. */
struct mbpartial {
	unsigned int	ch;		/* bits so far */
	unsigned int	lower;		/* smallest value of this length */
	int		want;		/* bytes missing */
	unsigned int	unit;		/* second UTF-16 unit, of uchar.h */
};
_Static_assert(sizeof(struct mbpartial) <= sizeof(mbstate_t), "mbstate_t");

#endif
