/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First and last set bit, numbered from 1; 0 if there is none.
 */
#include <strings.h>

#undef ffs
#undef ffsl
#undef ffsll
#undef fls
#undef flsl
#undef flsll

int
ffs(int v)
{
	return (v == 0 ? 0 : __builtin_ctz((unsigned int)v) + 1);
}

int
ffsl(long v)
{
	return (v == 0 ? 0 : __builtin_ctzl((unsigned long)v) + 1);
}

int
ffsll(long long v)
{
	return (v == 0 ? 0 : __builtin_ctzll((unsigned long long)v) + 1);
}

int
fls(int v)
{
	return (v == 0 ? 0 : 32 - __builtin_clz((unsigned int)v));
}

int
flsl(long v)
{
	return (v == 0 ? 0 : 64 - __builtin_clzl((unsigned long)v));
}

int
flsll(long long v)
{
	return (v == 0 ? 0 : 64 - __builtin_clzll((unsigned long long)v));
}
