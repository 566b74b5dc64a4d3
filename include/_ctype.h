/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Character classification by table, shared by <ctype.h> and <wctype.h>.
 */
#ifndef __CTYPE_H_
#define __CTYPE_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

/* Types of a character; below them lies the value of a digit. */
#define _CTYPE_A	0x00000100UL	/* alpha */
#define _CTYPE_C	0x00000200UL	/* control */
#define _CTYPE_D	0x00000400UL	/* digit */
#define _CTYPE_G	0x00000800UL	/* graph */
#define _CTYPE_L	0x00001000UL	/* lower */
#define _CTYPE_P	0x00002000UL	/* punct */
#define _CTYPE_S	0x00004000UL	/* space */
#define _CTYPE_U	0x00008000UL	/* upper */
#define _CTYPE_X	0x00010000UL	/* xdigit */
#define _CTYPE_B	0x00020000UL	/* blank */
#define _CTYPE_R	0x00040000UL	/* print */
#define _CTYPE_I	0x00080000UL	/* ideogram */
#define _CTYPE_T	0x00100000UL	/* special */
#define _CTYPE_Q	0x00200000UL	/* phonogram */
#define _CTYPE_N	0x00400000UL	/* number */
#define _CTYPE_SW0	0x20000000UL	/* display width 0 */
#define _CTYPE_SW1	0x40000000UL	/* 1 */
#define _CTYPE_SW2	0x80000000UL	/* 2 */
#define _CTYPE_SW3	0xc0000000UL	/* 3 */
#define _CTYPE_SWM	0xe0000000UL	/* mask of these */
#define _CTYPE_SWS	30		/* shift of these */

__BEGIN_DECLS
unsigned long	___runetype(__ct_rune_t) __pure;
__ct_rune_t	___tolower(__ct_rune_t) __pure;
__ct_rune_t	___toupper(__ct_rune_t) __pure;
extern int	__mb_sb_limit;
__END_DECLS

#include <runetype.h>

static __inline int
__maskrune(__ct_rune_t _c, unsigned long _f)
{
	return ((int)(((_c < 0 || _c >= _CACHED_RUNES) ? ___runetype(_c) :
	    _CurrentRuneLocale->__runetype[_c]) & _f));
}

static __inline int
__sbmaskrune(__ct_rune_t _c, unsigned long _f)
{
	return ((_c < 0 || _c >= __mb_sb_limit) ? 0 :
	    (int)(_CurrentRuneLocale->__runetype[_c] & _f));
}

static __inline int
__istype(__ct_rune_t _c, unsigned long _f)
{
	return (__maskrune(_c, _f) != 0);
}

static __inline int
__sbistype(__ct_rune_t _c, unsigned long _f)
{
	return (__sbmaskrune(_c, _f) != 0);
}

/* Classes whose members are the same in every locale. */
static __inline int
__isctype(__ct_rune_t _c, unsigned long _f)
{
	return ((_c < 0 || _c >= 128) ? 0 :
	    (_DefaultRuneLocale.__runetype[_c] & _f) != 0);
}

static __inline __ct_rune_t
__toupper(__ct_rune_t _c)
{
	return ((_c < 0 || _c >= _CACHED_RUNES) ? ___toupper(_c) :
	    _CurrentRuneLocale->__mapupper[_c]);
}

static __inline __ct_rune_t
__sbtoupper(__ct_rune_t _c)
{
	return ((_c < 0 || _c >= __mb_sb_limit) ? _c :
	    _CurrentRuneLocale->__mapupper[_c]);
}

static __inline __ct_rune_t
__tolower(__ct_rune_t _c)
{
	return ((_c < 0 || _c >= _CACHED_RUNES) ? ___tolower(_c) :
	    _CurrentRuneLocale->__maplower[_c]);
}

static __inline __ct_rune_t
__sbtolower(__ct_rune_t _c)
{
	return ((_c < 0 || _c >= __mb_sb_limit) ? _c :
	    _CurrentRuneLocale->__maplower[_c]);
}

/* Columns of a character, -1 if it does not print. */
static __inline int
__wcwidth(__ct_rune_t _c)
{
	unsigned int _x;

	if (_c == 0)
		return (0);
	_x = (unsigned int)__maskrune(_c, _CTYPE_SWM | _CTYPE_R);
	if ((_x & _CTYPE_SWM) != 0)
		return ((int)((_x & _CTYPE_SWM) >> _CTYPE_SWS));
	return ((_x & _CTYPE_R) != 0 ? 1 : -1);
}

#endif /* !__CTYPE_H_ */
