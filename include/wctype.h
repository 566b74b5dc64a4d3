/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classification and conversion of wide characters.
 */
#ifndef _WCTYPE_H_
#define _WCTYPE_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>
#include <_ctype.h>

#ifndef _WCTRANS_T_DECLARED
#define _WCTRANS_T_DECLARED
typedef int		wctrans_t;
#endif
#ifndef _WCTYPE_T_DECLARED
#define _WCTYPE_T_DECLARED
typedef __wctype_t	wctype_t;
#endif
#ifndef _WINT_T_DECLARED
#define _WINT_T_DECLARED
typedef __wint_t	wint_t;
#endif

#ifndef WEOF
#define WEOF	((wint_t)-1)
#endif

__BEGIN_DECLS
int	iswalnum(wint_t);
int	iswalpha(wint_t);
int	iswblank(wint_t);
int	iswcntrl(wint_t);
int	iswctype(wint_t, wctype_t);
int	iswdigit(wint_t);
int	iswgraph(wint_t);
int	iswlower(wint_t);
int	iswprint(wint_t);
int	iswpunct(wint_t);
int	iswspace(wint_t);
int	iswupper(wint_t);
int	iswxdigit(wint_t);
wint_t	towctrans(wint_t, wctrans_t);
wint_t	towlower(wint_t);
wint_t	towupper(wint_t);
wctrans_t wctrans(const char *);
wctype_t wctype(const char *);
#if __BSD_VISIBLE
int	iswascii(wint_t);
int	iswhexnumber(wint_t);
int	iswideogram(wint_t);
int	iswnumber(wint_t);
int	iswphonogram(wint_t);
int	iswrune(wint_t);
int	iswspecial(wint_t);
wint_t	nextwctype(wint_t, wctype_t);
#endif
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#define _XLOCALE_WCTYPES	1
#include <xlocale/_ctype.h>
#endif
__END_DECLS

#ifndef __cplusplus
#define iswalnum(wc)	__istype((wc), _CTYPE_A | _CTYPE_D)
#define iswalpha(wc)	__istype((wc), _CTYPE_A)
#define iswblank(wc)	__istype((wc), _CTYPE_B)
#define iswcntrl(wc)	__istype((wc), _CTYPE_C)
#define iswctype(wc, t)	__istype((wc), (t))
#define iswdigit(wc)	__isctype((wc), _CTYPE_D)
#define iswgraph(wc)	__istype((wc), _CTYPE_G)
#define iswlower(wc)	__istype((wc), _CTYPE_L)
#define iswprint(wc)	__istype((wc), _CTYPE_R)
#define iswpunct(wc)	__istype((wc), _CTYPE_P)
#define iswspace(wc)	__istype((wc), _CTYPE_S)
#define iswupper(wc)	__istype((wc), _CTYPE_U)
#define iswxdigit(wc)	__isctype((wc), _CTYPE_X)
#define towlower(wc)	__tolower(wc)
#define towupper(wc)	__toupper(wc)
#if __BSD_VISIBLE
#define iswascii(wc)	(((wc) & ~0x7f) == 0)
#define iswhexnumber(wc) __istype((wc), _CTYPE_X)
#define iswideogram(wc)	__istype((wc), _CTYPE_I)
#define iswnumber(wc)	__istype((wc), _CTYPE_D | _CTYPE_N)
#define iswphonogram(wc) __istype((wc), _CTYPE_Q)
#define iswrune(wc)	__istype((wc), 0xffffff00UL)
#define iswspecial(wc)	__istype((wc), _CTYPE_T)
#endif
#endif

#endif /* !_WCTYPE_H_ */
