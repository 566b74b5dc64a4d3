/* SPDX-License-Identifier: BSD-2-Clause */
/* The one operation that fma() needs. */
static inline int
a_clz_64(uint64_t x)
{
	return (__builtin_clzll(x));
}
