/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page sizes, table shifts and the names of this CPU.
 */
#ifndef _CPU_PARAM_H_
#define _CPU_PARAM_H_

#include <machine/alignbytes.h>

#define MACHINE		"x86_64"
#define MACHINE_ARCH	"x86_64"

/* Most CPUs, and words of a mask of them. */
#define SMP_MAXCPU	256
#define MAXCPU		SMP_MAXCPU

#define _ALIGNBYTES	__ALIGNBYTES
#define ALIGNBYTES	__ALIGNBYTES
#define _ALIGN(p)	__ALIGN(p)
#define ALIGN(p)	__ALIGN(p)
/* Whether a pointer suits the type; every address works on this CPU. */
#define ALIGNED_POINTER(p, t)	1

/* Pages of 4 KB, and entries in the four levels of tables. */
#define PAGE_SHIFT	12
#define PAGE_SIZE	(1 << PAGE_SHIFT)
#define PAGE_MASK	(PAGE_SIZE - 1)
#define NPTEPGSHIFT	9
#define NPTEPG		512
#define NPDEPGSHIFT	9
#define NPDEPG		512
#define PDRSHIFT	21
#define NBPDR		(1 << PDRSHIFT)
#define PDRMASK		(NBPDR - 1)
#define NPDPEPGSHIFT	9
#define NPDPEPG		512
#define PDPSHIFT	30
#define NBPDP		(1 << PDPSHIFT)
#define PDPMASK		(NBPDP - 1)
#define NPML4EPGSHIFT	9
#define NPML4EPG	512
#define PML4SHIFT	39
#define NBPML4		(1UL << PML4SHIFT)
#define NPML4		NBPML4
#define PML4MASK	(NBPML4 - 1)
#define PML4_SIGNMASK	0xffff800000000000UL

/* Segments: what one page of page table entries maps. */
#define SEG_SHIFT	21
#define SEG_SIZE	(1L << SEG_SHIFT)
#define SEG_MASK	(SEG_SIZE - 1)

/* Disk blocks. */
#define DEV_BSHIFT	9
#define DEV_BSIZE	(1 << DEV_BSHIFT)
#define DEV_BMASK	(DEV_BSIZE - 1)

#define BLKDEV_IOSIZE	4096
#define DFLTPHYS	65536
#define MAXPHYS		131072
#define MAXDUMPPGS	32

#define IOPAGES		2	/* pages of I/O permission bits */
#define UPAGES		4	/* pages of a kernel stack */
#define LWKT_THREAD_STACK	(UPAGES * PAGE_SIZE)

#define CACHE_LINE_SHIFT	6
#define CACHE_LINE_SIZE		(1 << CACHE_LINE_SHIFT)

#define VM_SWZONE_SIZE_MAX	0x4000000000L
#define VM_BCACHE_SIZE_MAX	0x0

/* Between bytes and pages, segments, disk blocks. */
#define x86_64_round_pdr(x)	(((unsigned long)(x) + PDRMASK) & ~(unsigned long)PDRMASK)
#define x86_64_trunc_pdr(x)	((unsigned long)(x) & ~(unsigned long)PDRMASK)
#define x86_64_btop(x)		((unsigned long)(x) >> PAGE_SHIFT)
#define x86_64_ptob(x)		((unsigned long)(x) << PAGE_SHIFT)
#define trunc_page(x)		((unsigned long)(x) & ~(unsigned long)PAGE_MASK)
#define round_page(x)		(((unsigned long)(x) + PAGE_MASK) & ~(unsigned long)PAGE_MASK)
#define atop(x)			((unsigned long)(x) >> PAGE_SHIFT)
#define ptoa(x)			((unsigned long)(x) << PAGE_SHIFT)
#define round_page64(x)		round_page(x)
#define trunc_page64(x)		trunc_page(x)
#define btoc(x)			atop((unsigned long)(x) + PAGE_MASK)
#define ctob(x)			ptoa(x)
#define pgtok(x)		((unsigned long)(x) * (PAGE_SIZE / 1024))

#endif /* !_CPU_PARAM_H_ */
