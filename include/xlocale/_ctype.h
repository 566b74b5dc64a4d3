/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * <ctype.h> and <wctype.h> with a locale.  Each part is guarded by itself:
 * the file is included for either.
 */
#include <sys/cdefs.h>
#include <_ctype.h>

#ifndef _LOCALE_T_DEFINED
#define _LOCALE_T_DEFINED
typedef struct _xlocale	*locale_t;
#endif

#ifndef _XLOCALE_RUNE_FUNCTIONS
#define _XLOCALE_RUNE_FUNCTIONS
__BEGIN_DECLS
unsigned long	___runetype_l(__ct_rune_t, locale_t) __pure;
__ct_rune_t	___tolower_l(__ct_rune_t, locale_t) __pure;
__ct_rune_t	___toupper_l(__ct_rune_t, locale_t) __pure;
const _RuneLocale *__runes_for_locale(locale_t, int *);
__END_DECLS

static __inline int
__maskrune_l(__ct_rune_t _c, unsigned long _f, locale_t _l)
{
	int _limit;
	const _RuneLocale *_runes = __runes_for_locale(_l, &_limit);

	return ((int)(((_c < 0 || _c >= _CACHED_RUNES) ?
	    ___runetype_l(_c, _l) : _runes->__runetype[_c]) & _f));
}

static __inline int
__sbmaskrune_l(__ct_rune_t _c, unsigned long _f, locale_t _l)
{
	int _limit;
	const _RuneLocale *_runes = __runes_for_locale(_l, &_limit);

	return ((_c < 0 || _c >= _limit) ? 0 :
	    (int)(_runes->__runetype[_c] & _f));
}

static __inline int
__istype_l(__ct_rune_t _c, unsigned long _f, locale_t _l)
{
	return (__maskrune_l(_c, _f, _l) != 0);
}

static __inline int
__sbistype_l(__ct_rune_t _c, unsigned long _f, locale_t _l)
{
	return (__sbmaskrune_l(_c, _f, _l) != 0);
}
#endif

#ifndef _XLOCALE_CTYPES_DECLARED
#define _XLOCALE_CTYPES_DECLARED
__BEGIN_DECLS
int	isalnum_l(int, locale_t);
int	isalpha_l(int, locale_t);
int	isblank_l(int, locale_t);
int	iscntrl_l(int, locale_t);
int	isdigit_l(int, locale_t);
int	isgraph_l(int, locale_t);
int	islower_l(int, locale_t);
int	isprint_l(int, locale_t);
int	ispunct_l(int, locale_t);
int	isspace_l(int, locale_t);
int	isupper_l(int, locale_t);
int	isxdigit_l(int, locale_t);
int	tolower_l(int, locale_t);
int	toupper_l(int, locale_t);
#if __BSD_VISIBLE
int	digittoint_l(int, locale_t);
int	ishexnumber_l(int, locale_t);
int	isideogram_l(int, locale_t);
int	isnumber_l(int, locale_t);
int	isphonogram_l(int, locale_t);
int	isrune_l(int, locale_t);
int	isspecial_l(int, locale_t);
#endif
__END_DECLS
#endif

#if defined(_XLOCALE_WCTYPES) && !defined(_XLOCALE_WCTYPES_DECLARED)
#define _XLOCALE_WCTYPES_DECLARED
__BEGIN_DECLS
int	iswalnum_l(wint_t, locale_t);
int	iswalpha_l(wint_t, locale_t);
int	iswblank_l(wint_t, locale_t);
int	iswcntrl_l(wint_t, locale_t);
int	iswctype_l(wint_t, wctype_t, locale_t);
int	iswdigit_l(wint_t, locale_t);
int	iswgraph_l(wint_t, locale_t);
int	iswlower_l(wint_t, locale_t);
int	iswprint_l(wint_t, locale_t);
int	iswpunct_l(wint_t, locale_t);
int	iswspace_l(wint_t, locale_t);
int	iswupper_l(wint_t, locale_t);
int	iswxdigit_l(wint_t, locale_t);
wint_t	towctrans_l(wint_t, wctrans_t, locale_t);
wint_t	towlower_l(wint_t, locale_t);
wint_t	towupper_l(wint_t, locale_t);
wctrans_t wctrans_l(const char *, locale_t);
wctype_t wctype_l(const char *, locale_t);
#if __BSD_VISIBLE
int	iswhexnumber_l(wint_t, locale_t);
int	iswideogram_l(wint_t, locale_t);
int	iswnumber_l(wint_t, locale_t);
int	iswphonogram_l(wint_t, locale_t);
int	iswrune_l(wint_t, locale_t);
int	iswspecial_l(wint_t, locale_t);
wint_t	nextwctype_l(wint_t, wctype_t, locale_t);
#endif
__END_DECLS
#endif
