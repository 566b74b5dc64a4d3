/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Classification and conversion of single-byte characters.
 */
#ifndef _CTYPE_H_
#define _CTYPE_H_

#include <sys/cdefs.h>
#include <_ctype.h>

__BEGIN_DECLS
int	isalnum(int);
int	isalpha(int);
int	iscntrl(int);
int	isdigit(int);
int	isgraph(int);
int	islower(int);
int	isprint(int);
int	ispunct(int);
int	isspace(int);
int	isupper(int);
int	isxdigit(int);
int	tolower(int);
int	toupper(int);
#if __ISO_C_VISIBLE >= 1999 || __POSIX_VISIBLE
int	isblank(int);
#endif
#if __XSI_VISIBLE || __BSD_VISIBLE
int	isascii(int);
int	toascii(int);
#endif
#if __BSD_VISIBLE
int	digittoint(int);
int	ishexnumber(int);
int	isideogram(int);
int	isnumber(int);
int	isphonogram(int);
int	isrune(int);
int	isspecial(int);
#endif
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_ctype.h>
#endif
__END_DECLS

#ifndef __cplusplus
#define isalnum(c)	__sbistype((c), _CTYPE_A | _CTYPE_D)
#define isalpha(c)	__sbistype((c), _CTYPE_A)
#define iscntrl(c)	__sbistype((c), _CTYPE_C)
#define isdigit(c)	__isctype((c), _CTYPE_D)
#define isgraph(c)	__sbistype((c), _CTYPE_G)
#define islower(c)	__sbistype((c), _CTYPE_L)
#define isprint(c)	__sbistype((c), _CTYPE_R)
#define ispunct(c)	__sbistype((c), _CTYPE_P)
#define isspace(c)	__sbistype((c), _CTYPE_S)
#define isupper(c)	__sbistype((c), _CTYPE_U)
#define isxdigit(c)	__isctype((c), _CTYPE_X)
#define tolower(c)	__sbtolower(c)
#define toupper(c)	__sbtoupper(c)
#if __ISO_C_VISIBLE >= 1999 || __POSIX_VISIBLE
#define isblank(c)	__sbistype((c), _CTYPE_B)
#endif
#if __XSI_VISIBLE || __BSD_VISIBLE
#define isascii(c)	(((c) & ~0x7f) == 0)
#define toascii(c)	((c) & 0x7f)
#endif
#if __BSD_VISIBLE
#define digittoint(c)	__sbmaskrune((c), 0xff)
#define ishexnumber(c)	__sbistype((c), _CTYPE_X)
#define isideogram(c)	__sbistype((c), _CTYPE_I)
#define isnumber(c)	__sbistype((c), _CTYPE_D | _CTYPE_N)
#define isphonogram(c)	__sbistype((c), _CTYPE_Q)
#define isrune(c)	__sbistype((c), 0xffffff00UL)
#define isspecial(c)	__sbistype((c), _CTYPE_T)
#endif
#endif

#endif /* !_CTYPE_H_ */
