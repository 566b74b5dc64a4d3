/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Atomic operations on integers of one machine word and less.
 *
 * Every read-modify-write operation here is a full barrier, as x86 makes it.
 * The _acq_/_rel_ forms exist so that callers can say what they mean.
 *
 *	set, clear, add, subtract	*p |= v, *p &= ~v, *p += v, *p -= v
 *	fetchadd, swap			return the old value
 *	readandclear			swap with 0
 *	cmpset(p, old, new)		nonzero if *p was old and is now new
 *	fcmpset(p, &old, new)		same; on failure old becomes *p
 *	load_acq, store_rel		ordered load and store
 */
#ifndef _CPU_ATOMIC_H_
#define _CPU_ATOMIC_H_

#include <machine/stdint.h>

#define ATOMIC_DEFINE_(NAME, TYPE)					\
static __inline __attribute__((__always_inline__, __unused__)) void	\
atomic_set_##NAME(volatile TYPE *p, TYPE v)				\
{									\
	__atomic_fetch_or(p, v, __ATOMIC_SEQ_CST);			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) void	\
atomic_clear_##NAME(volatile TYPE *p, TYPE v)				\
{									\
	__atomic_fetch_and(p, (TYPE)~v, __ATOMIC_SEQ_CST);		\
}									\
static __inline __attribute__((__always_inline__, __unused__)) void	\
atomic_add_##NAME(volatile TYPE *p, TYPE v)				\
{									\
	__atomic_fetch_add(p, v, __ATOMIC_SEQ_CST);			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) void	\
atomic_subtract_##NAME(volatile TYPE *p, TYPE v)			\
{									\
	__atomic_fetch_sub(p, v, __ATOMIC_SEQ_CST);			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) TYPE	\
atomic_fetchadd_##NAME(volatile TYPE *p, TYPE v)			\
{									\
	return (__atomic_fetch_add(p, v, __ATOMIC_SEQ_CST));		\
}									\
static __inline __attribute__((__always_inline__, __unused__)) TYPE	\
atomic_swap_##NAME(volatile TYPE *p, TYPE v)				\
{									\
	return (__atomic_exchange_n(p, v, __ATOMIC_SEQ_CST));		\
}									\
static __inline __attribute__((__always_inline__, __unused__)) TYPE	\
atomic_readandclear_##NAME(volatile TYPE *p)				\
{									\
	return (__atomic_exchange_n(p, (TYPE)0, __ATOMIC_SEQ_CST));	\
}									\
static __inline __attribute__((__always_inline__, __unused__)) int	\
atomic_cmpset_##NAME(volatile TYPE *p, TYPE o, TYPE n)			\
{									\
	return (__atomic_compare_exchange_n(p, &o, n, 0,		\
	    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) int	\
atomic_fcmpset_##NAME(volatile TYPE *p, TYPE *o, TYPE n)		\
{									\
	return (__atomic_compare_exchange_n(p, o, n, 0,			\
	    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) TYPE	\
atomic_load_acq_##NAME(volatile TYPE *p)				\
{									\
	return (__atomic_load_n(p, __ATOMIC_ACQUIRE));			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) void	\
atomic_store_rel_##NAME(volatile TYPE *p, TYPE v)			\
{									\
	__atomic_store_n(p, v, __ATOMIC_RELEASE);			\
}									\
static __inline __attribute__((__always_inline__, __unused__)) int	\
atomic_cmpset_acq_##NAME(volatile TYPE *p, TYPE o, TYPE n)		\
{									\
	return (atomic_cmpset_##NAME(p, o, n));				\
}									\
static __inline __attribute__((__always_inline__, __unused__)) int	\
atomic_cmpset_rel_##NAME(volatile TYPE *p, TYPE o, TYPE n)		\
{									\
	return (atomic_cmpset_##NAME(p, o, n));				\
}									\
static __inline __attribute__((__always_inline__, __unused__)) int	\
atomic_testandset_##NAME(volatile TYPE *p, unsigned int b)		\
{									\
	TYPE m = (TYPE)1 << (b & (sizeof(TYPE) * 8 - 1));		\
	return ((__atomic_fetch_or(p, m, __ATOMIC_SEQ_CST) & m) != 0);	\
}									\
static __inline __attribute__((__always_inline__, __unused__)) int	\
atomic_testandclear_##NAME(volatile TYPE *p, unsigned int b)		\
{									\
	TYPE m = (TYPE)1 << (b & (sizeof(TYPE) * 8 - 1));		\
	return ((__atomic_fetch_and(p, (TYPE)~m, __ATOMIC_SEQ_CST) &	\
	    m) != 0);							\
}

ATOMIC_DEFINE_(char, unsigned char)
ATOMIC_DEFINE_(short, unsigned short)
ATOMIC_DEFINE_(int, unsigned int)
ATOMIC_DEFINE_(long, unsigned long)
ATOMIC_DEFINE_(8, __uint8_t)
ATOMIC_DEFINE_(16, __uint16_t)
ATOMIC_DEFINE_(32, __uint32_t)
ATOMIC_DEFINE_(64, __uint64_t)

#undef ATOMIC_DEFINE_

/* Pointers: any pointer variable by address, values of any pointer type. */
#define atomic_cmpset_ptr(p, o, n)					\
	atomic_cmpset_long((volatile unsigned long *)(p),		\
	    (unsigned long)(o), (unsigned long)(n))
#define atomic_fcmpset_ptr(p, o, n)					\
	atomic_fcmpset_long((volatile unsigned long *)(p),		\
	    (unsigned long *)(o), (unsigned long)(n))
#define atomic_cmpset_acq_ptr(p, o, n)	atomic_cmpset_ptr(p, o, n)
#define atomic_cmpset_rel_ptr(p, o, n)	atomic_cmpset_ptr(p, o, n)
#define atomic_swap_ptr(p, v)						\
	((void *)atomic_swap_long((volatile unsigned long *)(p),	\
	    (unsigned long)(v)))
#define atomic_load_acq_ptr(p)						\
	((void *)atomic_load_acq_long((volatile unsigned long *)(p)))
#define atomic_store_rel_ptr(p, v)					\
	atomic_store_rel_long((volatile unsigned long *)(p),		\
	    (unsigned long)(v))
#define atomic_readandclear_ptr(p)					\
	((void *)atomic_readandclear_long((volatile unsigned long *)(p)))

/*
 * Increment, decrement and tests on a counter.  The _nonlocked forms are
 * single instructions, atomic against interrupts of the own CPU only.
 */
static __inline __attribute__((__always_inline__, __unused__)) void
atomic_add_int_nonlocked(volatile unsigned int *p, unsigned int v)
{
	__asm__ __volatile__("addl %1,%0" : "+m" (*p) : "ir" (v));
}

static __inline __attribute__((__always_inline__, __unused__)) void
atomic_subtract_int_nonlocked(volatile unsigned int *p, unsigned int v)
{
	__asm__ __volatile__("subl %1,%0" : "+m" (*p) : "ir" (v));
}

static __inline __attribute__((__always_inline__, __unused__)) void
atomic_set_int_nonlocked(volatile unsigned int *p, unsigned int v)
{
	__asm__ __volatile__("orl %1,%0" : "+m" (*p) : "ir" (v));
}

static __inline __attribute__((__always_inline__, __unused__)) void
atomic_clear_int_nonlocked(volatile unsigned int *p, unsigned int v)
{
	__asm__ __volatile__("andl %1,%0" : "+m" (*p) : "ir" (~v));
}

static __inline __attribute__((__always_inline__, __unused__)) void
atomic_add_long_nonlocked(volatile unsigned long *p, unsigned long v)
{
	__asm__ __volatile__("addq %1,%0" : "+m" (*p) : "er" (v));
}

#endif /* !_CPU_ATOMIC_H_ */
