/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Single instructions of the processor as C functions, and the barriers.
 */
#ifndef _CPU_CPUFUNC_H_
#define _CPU_CPUFUNC_H_

#include <machine/stdint.h>

#define CPUFUNC	static __inline __attribute__((__always_inline__, __unused__))

/* Barriers. */
#define cpu_ccfence()	__asm__ __volatile__("" : : : "memory")

CPUFUNC void cpu_mfence(void)
{
	__asm__ __volatile__("mfence" : : : "memory");
}

/* x86 keeps loads in order and stores in order; only the compiler need be told. */
CPUFUNC void cpu_lfence(void)
{
	__asm__ __volatile__("" : : : "memory");
}

CPUFUNC void cpu_sfence(void)
{
	__asm__ __volatile__("" : : : "memory");
}

CPUFUNC void cpu_pause(void)
{
	__asm__ __volatile__("pause" : : : "memory");
}

CPUFUNC void cpu_disable_intr(void)
{
	__asm__ __volatile__("cli" : : : "memory");
}

CPUFUNC void cpu_enable_intr(void)
{
	__asm__ __volatile__("sti" : : : "memory");
}

CPUFUNC unsigned long read_rflags(void)
{
	unsigned long f;

	__asm__ __volatile__("pushfq; popq %0" : "=r" (f));
	return (f);
}

CPUFUNC void write_rflags(unsigned long f)
{
	__asm__ __volatile__("pushq %0; popfq" : : "r" (f) : "memory", "cc");
}

/* Disable interrupts, and later put the flag back as it was. */
CPUFUNC unsigned long intr_disable(void)
{
	unsigned long f = read_rflags();

	cpu_disable_intr();
	return (f);
}

CPUFUNC void intr_restore(unsigned long f)
{
	write_rflags(f);
}

CPUFUNC void breakpoint(void)
{
	__asm__ __volatile__("int $3");
}

CPUFUNC void halt(void)
{
	__asm__ __volatile__("hlt" : : : "memory");
}

CPUFUNC void do_cpuid(unsigned int ax, unsigned int *p)
{
	__asm__ __volatile__("cpuid"
	    : "=a" (p[0]), "=b" (p[1]), "=c" (p[2]), "=d" (p[3])
	    : "0" (ax), "2" (0));
}

CPUFUNC void cpuid_count(unsigned int ax, unsigned int cx, unsigned int *p)
{
	__asm__ __volatile__("cpuid"
	    : "=a" (p[0]), "=b" (p[1]), "=c" (p[2]), "=d" (p[3])
	    : "0" (ax), "2" (cx));
}

CPUFUNC __uint64_t rdtsc(void)
{
	__uint32_t lo, hi;

	__asm__ __volatile__("rdtsc" : "=a" (lo), "=d" (hi));
	return (lo | ((__uint64_t)hi << 32));
}

/* Not before earlier loads have completed. */
CPUFUNC __uint64_t rdtsc_ordered(void)
{
	__uint32_t lo, hi;

	__asm__ __volatile__("lfence; rdtsc" : "=a" (lo), "=d" (hi) : :
	    "memory");
	return (lo | ((__uint64_t)hi << 32));
}

CPUFUNC __uint64_t rdmsr(unsigned int msr)
{
	__uint32_t lo, hi;

	__asm__ __volatile__("rdmsr" : "=a" (lo), "=d" (hi) : "c" (msr));
	return (lo | ((__uint64_t)hi << 32));
}

CPUFUNC void wrmsr(unsigned int msr, __uint64_t v)
{
	__asm__ __volatile__("wrmsr" : : "a" ((__uint32_t)v),
	    "d" ((__uint32_t)(v >> 32)), "c" (msr) : "memory");
}

CPUFUNC __uint64_t rxcr(unsigned int reg)
{
	__uint32_t lo, hi;

	__asm__ __volatile__("xgetbv" : "=a" (lo), "=d" (hi) : "c" (reg));
	return (lo | ((__uint64_t)hi << 32));
}

CPUFUNC void load_xcr(unsigned int reg, __uint64_t v)
{
	__asm__ __volatile__("xsetbv" : : "a" ((__uint32_t)v),
	    "d" ((__uint32_t)(v >> 32)), "c" (reg));
}

#define CPUFUNC_REG_(NAME)						\
CPUFUNC unsigned long r##NAME(void)					\
{									\
	unsigned long v;						\
									\
	__asm__ __volatile__("movq %%" #NAME ",%0" : "=r" (v));		\
	return (v);							\
}									\
CPUFUNC void load_##NAME(unsigned long v)				\
{									\
	__asm__ __volatile__("movq %0,%%" #NAME : : "r" (v) : "memory"); \
}
CPUFUNC_REG_(cr0)
CPUFUNC_REG_(cr2)
CPUFUNC_REG_(cr3)
CPUFUNC_REG_(cr4)
CPUFUNC_REG_(dr0)
CPUFUNC_REG_(dr1)
CPUFUNC_REG_(dr2)
CPUFUNC_REG_(dr3)
CPUFUNC_REG_(dr6)
CPUFUNC_REG_(dr7)
#undef CPUFUNC_REG_

/* Forget the translation of one page; of everything not global. */
CPUFUNC void cpu_invlpg(const volatile void *va)
{
	__asm__ __volatile__("invlpg %0" : :
	    "m" (*(const volatile char *)va) : "memory");
}

CPUFUNC void cpu_invltlb(void)
{
	load_cr3(rcr3());
}

CPUFUNC void wbinvd(void)
{
	__asm__ __volatile__("wbinvd" : : : "memory");
}

CPUFUNC void clflush(const volatile void *p)
{
	__asm__ __volatile__("clflush %0" : : "m" (*(const volatile char *)p));
}

/* I/O ports. */
CPUFUNC unsigned char inb(unsigned int port)
{
	unsigned char v;

	__asm__ __volatile__("inb %w1,%0" : "=a" (v) : "Nd" (port));
	return (v);
}

CPUFUNC unsigned short inw(unsigned int port)
{
	unsigned short v;

	__asm__ __volatile__("inw %w1,%0" : "=a" (v) : "Nd" (port));
	return (v);
}

CPUFUNC unsigned int inl(unsigned int port)
{
	unsigned int v;

	__asm__ __volatile__("inl %w1,%0" : "=a" (v) : "Nd" (port));
	return (v);
}

CPUFUNC void outb(unsigned int port, unsigned char v)
{
	__asm__ __volatile__("outb %0,%w1" : : "a" (v), "Nd" (port));
}

CPUFUNC void outw(unsigned int port, unsigned short v)
{
	__asm__ __volatile__("outw %0,%w1" : : "a" (v), "Nd" (port));
}

CPUFUNC void outl(unsigned int port, unsigned int v)
{
	__asm__ __volatile__("outl %0,%w1" : : "a" (v), "Nd" (port));
}

#define CPUFUNC_STR_(SUF)						\
CPUFUNC void ins##SUF(unsigned int port, void *p, unsigned long n)	\
{									\
	__asm__ __volatile__("rep; ins" #SUF : "+D" (p), "+c" (n) :	\
	    "d" (port) : "memory");					\
}									\
CPUFUNC void outs##SUF(unsigned int port, const void *p, unsigned long n) \
{									\
	__asm__ __volatile__("rep; outs" #SUF : "+S" (p), "+c" (n) :	\
	    "d" (port) : "memory");					\
}
CPUFUNC_STR_(b)
CPUFUNC_STR_(w)
CPUFUNC_STR_(l)
#undef CPUFUNC_STR_

/* Index of the lowest or highest bit set; undefined for 0. */
CPUFUNC int bsfl(unsigned int v)
{
	return (__builtin_ctz(v));
}

CPUFUNC int bsrl(unsigned int v)
{
	return (31 - __builtin_clz(v));
}

CPUFUNC long bsfq(unsigned long v)
{
	return (__builtin_ctzl(v));
}

CPUFUNC long bsrq(unsigned long v)
{
	return (63 - __builtin_clzl(v));
}

CPUFUNC void lgdt(const void *rd)
{
	__asm__ __volatile__("lgdt (%0)" : : "r" (rd) : "memory");
}

CPUFUNC void lidt(const void *rd)
{
	__asm__ __volatile__("lidt (%0)" : : "r" (rd) : "memory");
}

CPUFUNC void ltr(unsigned short sel)
{
	__asm__ __volatile__("ltr %0" : : "r" (sel) : "memory");
}

CPUFUNC void lldt(unsigned short sel)
{
	__asm__ __volatile__("lldt %0" : : "r" (sel));
}

CPUFUNC void cpu_monitor(const volatile void *p)
{
	__asm__ __volatile__("monitor" : : "a" (p), "c" (0), "d" (0));
}

CPUFUNC void cpu_mwait(unsigned int hint, unsigned int ext)
{
	__asm__ __volatile__("mwait" : : "a" (hint), "c" (ext) : "memory");
}

CPUFUNC void cpu_prefetch(const volatile void *p)
{
	__builtin_prefetch((const void *)p);
}

#undef CPUFUNC
#endif /* !_CPU_CPUFUNC_H_ */
