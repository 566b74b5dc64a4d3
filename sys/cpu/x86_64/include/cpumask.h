/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of CPUs, 256 bits.  The macros take lvalues of type cpumask_t, not
 * pointers to them; the ATOMIC_ ones may race with each other on any CPU.
 */
#ifndef _CPU_CPUMASK_H_
#define _CPU_CPUMASK_H_

#include <machine/stdint.h>

#define CPUMASK_ELEMENTS	4

typedef struct __cpumask_t {
	__uint64_t	ary[CPUMASK_ELEMENTS];
} __cpumask_t;

#if defined(_KERNEL) || defined(_KERNEL_STRUCTURES) || defined(__BSD_VISIBLE)

#define CPUMASK_SIMPLE(cpu)	((__uint64_t)1 << (cpu))
#define CPUMASK_ADDR(mask, cpu)	(&(mask).ary[((cpu) >> 6) & 3])

/* Static initialisers. */
#define CPUMASK_INITIALIZER_ALLONES	{ .ary = { ~0UL, ~0UL, ~0UL, ~0UL } }
#define CPUMASK_INITIALIZER_ONLYONE	{ .ary = { 1, 0, 0, 0 } }

/* Index of lowest and highest member; the mask must not be empty. */
#define BSFCPUMASK(val)							\
	((val).ary[0] ? __builtin_ctzl((val).ary[0]) :			\
	 (val).ary[1] ? 64 + __builtin_ctzl((val).ary[1]) :		\
	 (val).ary[2] ? 128 + __builtin_ctzl((val).ary[2]) :		\
	 192 + __builtin_ctzl((val).ary[3]))
#define BSRCPUMASK(val)							\
	((val).ary[3] ? 255 - __builtin_clzl((val).ary[3]) :		\
	 (val).ary[2] ? 191 - __builtin_clzl((val).ary[2]) :		\
	 (val).ary[1] ? 127 - __builtin_clzl((val).ary[1]) :		\
	 63 - __builtin_clzl((val).ary[0]))

#define CPUMASK_CMPMASKEQ(a, b)						\
	((a).ary[0] == (b).ary[0] && (a).ary[1] == (b).ary[1] &&	\
	 (a).ary[2] == (b).ary[2] && (a).ary[3] == (b).ary[3])
#define CPUMASK_CMPMASKNEQ(a, b)	(!CPUMASK_CMPMASKEQ(a, b))
#define CPUMASK_ISUP(val)		(!CPUMASK_TESTZERO(val))
#define CPUMASK_TESTZERO(val)						\
	(((val).ary[0] | (val).ary[1] | (val).ary[2] | (val).ary[3]) == 0)
#define CPUMASK_TESTNZERO(val)	(!CPUMASK_TESTZERO(val))
#define CPUMASK_TESTBIT(val, i)						\
	(((val).ary[((i) >> 6) & 3] & CPUMASK_SIMPLE((i) & 63)) != 0)
#define CPUMASK_TESTMASK(a, b)						\
	((((a).ary[0] & (b).ary[0]) | ((a).ary[1] & (b).ary[1]) |	\
	  ((a).ary[2] & (b).ary[2]) | ((a).ary[3] & (b).ary[3])) != 0)
#define CPUMASK_LOWMASK(val)	((val).ary[0])

#define CPUMASK_ASSZERO(mask)	do {					\
	(mask).ary[0] = 0; (mask).ary[1] = 0;				\
	(mask).ary[2] = 0; (mask).ary[3] = 0;				\
} while (0)
#define CPUMASK_ASSALLONES(mask) do {					\
	(mask).ary[0] = ~0UL; (mask).ary[1] = ~0UL;			\
	(mask).ary[2] = ~0UL; (mask).ary[3] = ~0UL;			\
} while (0)
#define CPUMASK_ASSBIT(mask, i)	do {					\
	CPUMASK_ASSZERO(mask);						\
	(mask).ary[((i) >> 6) & 3] = CPUMASK_SIMPLE((i) & 63);		\
} while (0)
/* All CPUs below i. */
#define CPUMASK_ASSBMASK(mask, i) do {					\
	int _bm;							\
	for (_bm = 0; _bm < CPUMASK_ELEMENTS; ++_bm) {			\
		if ((i) >= (_bm + 1) * 64)				\
			(mask).ary[_bm] = ~0UL;				\
		else if ((i) > _bm * 64)				\
			(mask).ary[_bm] = CPUMASK_SIMPLE((i) & 63) - 1;	\
		else							\
			(mask).ary[_bm] = 0;				\
	}								\
} while (0)
/* All CPUs from i up. */
#define CPUMASK_ASSNBMASK(mask, i) do {					\
	CPUMASK_ASSBMASK(mask, i);					\
	CPUMASK_INVMASK(mask);						\
} while (0)

#define CPUMASK_ANDBIT(mask, i)	do {					\
	__uint64_t _ab = (mask).ary[((i) >> 6) & 3] &			\
			 CPUMASK_SIMPLE((i) & 63);			\
	CPUMASK_ASSZERO(mask);						\
	(mask).ary[((i) >> 6) & 3] = _ab;				\
} while (0)
#define CPUMASK_NANDBIT(mask, i) \
	((mask).ary[((i) >> 6) & 3] &= ~CPUMASK_SIMPLE((i) & 63))
#define CPUMASK_ORBIT(mask, i) \
	((mask).ary[((i) >> 6) & 3] |= CPUMASK_SIMPLE((i) & 63))
#define CPUMASK_ANDMASK(mask, val) do {					\
	(mask).ary[0] &= (val).ary[0]; (mask).ary[1] &= (val).ary[1];	\
	(mask).ary[2] &= (val).ary[2]; (mask).ary[3] &= (val).ary[3];	\
} while (0)
#define CPUMASK_NANDMASK(mask, val) do {				\
	(mask).ary[0] &= ~(val).ary[0]; (mask).ary[1] &= ~(val).ary[1];	\
	(mask).ary[2] &= ~(val).ary[2]; (mask).ary[3] &= ~(val).ary[3];	\
} while (0)
#define CPUMASK_ORMASK(mask, val) do {					\
	(mask).ary[0] |= (val).ary[0]; (mask).ary[1] |= (val).ary[1];	\
	(mask).ary[2] |= (val).ary[2]; (mask).ary[3] |= (val).ary[3];	\
} while (0)
#define CPUMASK_XORMASK(mask, val) do {					\
	(mask).ary[0] ^= (val).ary[0]; (mask).ary[1] ^= (val).ary[1];	\
	(mask).ary[2] ^= (val).ary[2]; (mask).ary[3] ^= (val).ary[3];	\
} while (0)
#define CPUMASK_INVMASK(mask)	do {					\
	(mask).ary[0] = ~(mask).ary[0]; (mask).ary[1] = ~(mask).ary[1];	\
	(mask).ary[2] = ~(mask).ary[2]; (mask).ary[3] = ~(mask).ary[3];	\
} while (0)

#endif

#ifdef _KERNEL

typedef __cpumask_t	cpumask_t;

#define ATOMIC_CPUMASK_ORBIT(mask, i)					\
	__atomic_fetch_or(CPUMASK_ADDR(mask, i),			\
	    CPUMASK_SIMPLE((i) & 63), __ATOMIC_SEQ_CST)
#define ATOMIC_CPUMASK_NANDBIT(mask, i)					\
	__atomic_fetch_and(CPUMASK_ADDR(mask, i),			\
	    ~CPUMASK_SIMPLE((i) & 63), __ATOMIC_SEQ_CST)
/* True if the bit was clear before. */
#define ATOMIC_CPUMASK_TESTANDSET(mask, i)				\
	(((__atomic_fetch_or(CPUMASK_ADDR(mask, i),			\
	    CPUMASK_SIMPLE((i) & 63), __ATOMIC_SEQ_CST) >>		\
	    ((i) & 63)) & 1) == 0)
/* True if the bit was set before. */
#define ATOMIC_CPUMASK_TESTANDCLR(mask, i)				\
	(((__atomic_fetch_and(CPUMASK_ADDR(mask, i),			\
	    ~CPUMASK_SIMPLE((i) & 63), __ATOMIC_SEQ_CST) >>		\
	    ((i) & 63)) & 1) != 0)
#define ATOMIC_CPUMASK_ORMASK(mask, val) do {				\
	int _om;							\
	for (_om = 0; _om < CPUMASK_ELEMENTS; ++_om)			\
		if ((val).ary[_om])					\
			__atomic_fetch_or(&(mask).ary[_om],		\
			    (val).ary[_om], __ATOMIC_SEQ_CST);		\
} while (0)
#define ATOMIC_CPUMASK_NANDMASK(mask, val) do {				\
	int _nm;							\
	for (_nm = 0; _nm < CPUMASK_ELEMENTS; ++_nm)			\
		if ((val).ary[_nm])					\
			__atomic_fetch_and(&(mask).ary[_nm],		\
			    ~(val).ary[_nm], __ATOMIC_SEQ_CST);		\
} while (0)
#define ATOMIC_CPUMASK_COPY(mask, val) do {				\
	int _cm;							\
	for (_cm = 0; _cm < CPUMASK_ELEMENTS; ++_cm)			\
		__atomic_store_n(&(mask).ary[_cm], (val).ary[_cm],	\
		    __ATOMIC_SEQ_CST);					\
} while (0)

#endif /* _KERNEL */
#endif /* !_CPU_CPUMASK_H_ */
