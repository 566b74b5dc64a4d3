/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classification and case mapping as functions, and the searches in the
 * tables of characters beyond 255.
 */
#include <ctype.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>
#include "xlocale_private.h"

static const _RuneEntry *
find(const _RuneRange *r, __ct_rune_t c)
{
	int lo = 0, hi = r->__nranges - 1, mid;

	while (lo <= hi) {
		mid = (lo + hi) / 2;
		if (c < r->__ranges[mid].__min)
			hi = mid - 1;
		else if (c > r->__ranges[mid].__max)
			lo = mid + 1;
		else
			return (&r->__ranges[mid]);
	}
	return (NULL);
}

static unsigned long
type_of(const _RuneLocale *rl, __ct_rune_t c)
{
	const _RuneEntry *e;

	if (c < 0)
		return (0);
	if (c < _CACHED_RUNES)
		return (rl->__runetype[c]);
	e = find(&rl->__runetype_ext, c);
	if (e == NULL)
		return (0);
	return (e->__types != NULL ? e->__types[c - e->__min] :
	    (unsigned int)e->__map);
}

static __ct_rune_t
map_of(const _RuneRange *ext, const __ct_rune_t *direct, __ct_rune_t c)
{
	const _RuneEntry *e;

	if (c < 0)
		return (c);
	if (c < _CACHED_RUNES)
		return (direct[c]);
	e = find(ext, c);
	return (e != NULL ? e->__map + (c - e->__min) : c);
}

unsigned long
___runetype(__ct_rune_t c)
{
	return (type_of(_CurrentRuneLocale, c));
}

__ct_rune_t
___tolower(__ct_rune_t c)
{
	const _RuneLocale *rl = _CurrentRuneLocale;

	return (map_of(&rl->__maplower_ext, rl->__maplower, c));
}

__ct_rune_t
___toupper(__ct_rune_t c)
{
	const _RuneLocale *rl = _CurrentRuneLocale;

	return (map_of(&rl->__mapupper_ext, rl->__mapupper, c));
}

static const _RuneLocale *
runes(locale_t l)
{
	int limit;

	return (__runes_for_locale(l, &limit));
}

unsigned long
___runetype_l(__ct_rune_t c, locale_t l)
{
	return (type_of(runes(l), c));
}

__ct_rune_t
___tolower_l(__ct_rune_t c, locale_t l)
{
	const _RuneLocale *rl = runes(l);

	return (map_of(&rl->__maplower_ext, rl->__maplower, c));
}

__ct_rune_t
___toupper_l(__ct_rune_t c, locale_t l)
{
	const _RuneLocale *rl = runes(l);

	return (map_of(&rl->__mapupper_ext, rl->__mapupper, c));
}

/* Bytes: only those that are characters by themselves. */
static int
byte_type(int c, unsigned long mask, locale_t l)
{
	int limit;
	const _RuneLocale *rl = __runes_for_locale(l, &limit);

	return (c < 0 || c >= limit ? 0 : (int)(rl->__runetype[c] & mask));
}

static int
byte_map(int c, int upper, locale_t l)
{
	int limit;
	const _RuneLocale *rl = __runes_for_locale(l, &limit);

	if (c < 0 || c >= limit)
		return (c);
	return (upper ? rl->__mapupper[c] : rl->__maplower[c]);
}

#define	CLASS(name, mask)						\
int									\
(is##name)(int c)							\
{									\
	return (byte_type(c, (mask), uselocale(NULL)));			\
}									\
									\
int									\
(is##name##_l)(int c, locale_t l)					\
{									\
	return (byte_type(c, (mask), l));				\
}									\
									\
int									\
(isw##name)(wint_t c)							\
{									\
	return ((___runetype(c) & (mask)) != 0);			\
}									\
									\
int									\
(isw##name##_l)(wint_t c, locale_t l)					\
{									\
	return ((___runetype_l(c, l) & (mask)) != 0);			\
}

CLASS(alnum, _CTYPE_A | _CTYPE_D)
CLASS(alpha, _CTYPE_A)
CLASS(blank, _CTYPE_B)
CLASS(cntrl, _CTYPE_C)
CLASS(digit, _CTYPE_D)
CLASS(graph, _CTYPE_G)
CLASS(hexnumber, _CTYPE_X)
CLASS(ideogram, _CTYPE_I)
CLASS(lower, _CTYPE_L)
CLASS(number, _CTYPE_D | _CTYPE_N)
CLASS(phonogram, _CTYPE_Q)
CLASS(print, _CTYPE_R)
CLASS(punct, _CTYPE_P)
CLASS(rune, 0xffffff00UL)
CLASS(space, _CTYPE_S)
CLASS(special, _CTYPE_T)
CLASS(upper, _CTYPE_U)
CLASS(xdigit, _CTYPE_X)

int
(isascii)(int c)
{
	return ((c & ~0x7f) == 0);
}

int
(iswascii)(wint_t c)
{
	return ((c & ~0x7f) == 0);
}

int
(toascii)(int c)
{
	return (c & 0x7f);
}

int
(digittoint)(int c)
{
	return (byte_type(c, 0xff, uselocale(NULL)));
}

int
(digittoint_l)(int c, locale_t l)
{
	return (byte_type(c, 0xff, l));
}

int
(tolower)(int c)
{
	return (byte_map(c, 0, uselocale(NULL)));
}

int
(tolower_l)(int c, locale_t l)
{
	return (byte_map(c, 0, l));
}

int
(toupper)(int c)
{
	return (byte_map(c, 1, uselocale(NULL)));
}

int
(toupper_l)(int c, locale_t l)
{
	return (byte_map(c, 1, l));
}

wint_t
(towlower)(wint_t c)
{
	return (___tolower(c));
}

wint_t
(towlower_l)(wint_t c, locale_t l)
{
	return (___tolower_l(c, l));
}

wint_t
(towupper)(wint_t c)
{
	return (___toupper(c));
}

wint_t
(towupper_l)(wint_t c, locale_t l)
{
	return (___toupper_l(c, l));
}

static const struct {
	const char	*name;
	unsigned long	mask;
} classes[] = {
	{ "alnum", _CTYPE_A | _CTYPE_D }, { "alpha", _CTYPE_A },
	{ "blank", _CTYPE_B }, { "cntrl", _CTYPE_C }, { "digit", _CTYPE_D },
	{ "graph", _CTYPE_G }, { "lower", _CTYPE_L }, { "print", _CTYPE_R },
	{ "punct", _CTYPE_P }, { "space", _CTYPE_S }, { "upper", _CTYPE_U },
	{ "xdigit", _CTYPE_X }, { "ideogram", _CTYPE_I },
	{ "special", _CTYPE_T }, { "phonogram", _CTYPE_Q },
	{ "number", _CTYPE_N }, { "rune", 0xffffff00UL }
};

wctype_t
wctype_l(const char *name, locale_t l)
{
	size_t i;

	for (i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strcmp(name, classes[i].name) == 0)
			return (classes[i].mask);
	}
	return (0);
}

wctype_t
wctype(const char *name)
{
	return (wctype_l(name, NULL));
}

int
(iswctype)(wint_t c, wctype_t type)
{
	return ((___runetype(c) & type) != 0);
}

int
(iswctype_l)(wint_t c, wctype_t type, locale_t l)
{
	return ((___runetype_l(c, l) & type) != 0);
}

/* The next character of the class behind c, or -1. */
wint_t
nextwctype_l(wint_t c, wctype_t type, locale_t l)
{
	for (c++; c <= 0x10ffff; c++) {
		if ((___runetype_l(c, l) & type) != 0)
			return (c);
	}
	return (-1);
}

wint_t
nextwctype(wint_t c, wctype_t type)
{
	return (nextwctype_l(c, type, uselocale(NULL)));
}

#define	TRANS_LOWER	1
#define	TRANS_UPPER	2

wctrans_t
wctrans_l(const char *name, locale_t l)
{
	return (strcmp(name, "tolower") == 0 ? TRANS_LOWER :
	    strcmp(name, "toupper") == 0 ? TRANS_UPPER : 0);
}

wctrans_t
wctrans(const char *name)
{
	return (wctrans_l(name, NULL));
}

wint_t
towctrans_l(wint_t c, wctrans_t t, locale_t l)
{
	return (t == TRANS_LOWER ? ___tolower_l(c, l) : t == TRANS_UPPER ?
	    ___toupper_l(c, l) : c);
}

wint_t
towctrans(wint_t c, wctrans_t t)
{
	return (towctrans_l(c, t, uselocale(NULL)));
}

int
(wcwidth_l)(wchar_t wc, locale_t l)
{
	unsigned long t;

	if (wc == 0)
		return (0);
	t = ___runetype_l(wc, l);
	if ((t & _CTYPE_SWM) != 0)
		return ((int)((t & _CTYPE_SWM) >> _CTYPE_SWS));
	return ((t & _CTYPE_R) != 0 ? 1 : -1);
}

int
(wcwidth)(wchar_t wc)
{
	return (wcwidth_l(wc, uselocale(NULL)));
}

int
wcswidth_l(const wchar_t *s, size_t n, locale_t l)
{
	int total = 0, w;

	for (; n > 0 && *s != L'\0'; s++, n--) {
		w = wcwidth_l(*s, l);
		if (w < 0)
			return (-1);
		total += w;
	}
	return (total);
}

int
wcswidth(const wchar_t *s, size_t n)
{
	return (wcswidth_l(s, n, uselocale(NULL)));
}
