/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inline functions of <_ctype.h> and <xlocale/_ctype.h> as functions,
 * for programs compiled against headers that call them.
 */
#include <stddef.h>
#include <locale.h>
#include <xlocale.h>

#define	CACHED		256
#define	CLASS_WIDTH	0xe0000000UL
#define	CLASS_PRINT	0x00040000UL
#define	WIDTH_SHIFT	30

extern int	__mb_sb_limit;
unsigned long	___runetype(int);
unsigned long	___runetype_l(int, locale_t);
int		___tolower(int);
int		___toupper(int);

int	__maskrune(int, unsigned long);
int	__sbmaskrune(int, unsigned long);
int	__istype(int, unsigned long);
int	__sbistype(int, unsigned long);
int	__isctype(int, unsigned long);
int	__toupper(int);
int	__sbtoupper(int);
int	__tolower(int);
int	__sbtolower(int);
int	__wcwidth(int);
int	__maskrune_l(int, unsigned long, locale_t);
int	__sbmaskrune_l(int, unsigned long, locale_t);
int	__istype_l(int, unsigned long, locale_t);
int	__sbistype_l(int, unsigned long, locale_t);
int	__wcwidth_l(int, locale_t);

int
__maskrune(int c, unsigned long mask)
{
	return ((int)(___runetype(c) & mask));
}

int
__sbmaskrune(int c, unsigned long mask)
{
	return (c < 0 || c >= __mb_sb_limit ? 0 : __maskrune(c, mask));
}

int
__istype(int c, unsigned long mask)
{
	return (__maskrune(c, mask) != 0);
}

int
__sbistype(int c, unsigned long mask)
{
	return (__sbmaskrune(c, mask) != 0);
}

/* By the C locale's table. */
int
__isctype(int c, unsigned long mask)
{
	return (c < 0 || c >= 128 ? 0 : (___runetype_l(c, NULL) & mask) != 0);
}

int
__toupper(int c)
{
	return (___toupper(c));
}

int
__sbtoupper(int c)
{
	return (c < 0 || c >= __mb_sb_limit ? c : ___toupper(c));
}

int
__tolower(int c)
{
	return (___tolower(c));
}

int
__sbtolower(int c)
{
	return (c < 0 || c >= __mb_sb_limit ? c : ___tolower(c));
}

static int
width(int c, unsigned long type)
{
	if (c == 0)
		return (0);
	if ((type & CLASS_WIDTH) != 0)
		return ((int)((type & CLASS_WIDTH) >> WIDTH_SHIFT));
	return ((type & CLASS_PRINT) != 0 ? 1 : -1);
}

int
__wcwidth(int c)
{
	return (width(c, ___runetype(c)));
}

int
__maskrune_l(int c, unsigned long mask, locale_t l)
{
	return ((int)(___runetype_l(c, l) & mask));
}

int
__sbmaskrune_l(int c, unsigned long mask, locale_t l)
{
	return (c < 0 || c >= CACHED ? 0 : __maskrune_l(c, mask, l));
}

int
__istype_l(int c, unsigned long mask, locale_t l)
{
	return (__maskrune_l(c, mask, l) != 0);
}

int
__sbistype_l(int c, unsigned long mask, locale_t l)
{
	return (__sbmaskrune_l(c, mask, l) != 0);
}

int
__wcwidth_l(int c, locale_t l)
{
	return (width(c, ___runetype_l(c, l)));
}
