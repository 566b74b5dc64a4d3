/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System parameters, among them the version of the whole interface.
 */
#ifndef _SYS_PARAM_H_
#define _SYS_PARAM_H_

#include <sys/cdefs.h>
#include <sys/_null.h>

/* Dates of the systems this one descends from in its interfaces. */
#define BSD		0x30b52
#define BSD4_3		1
#define BSD4_4		1

/*
 * The interface: what kern.osreldate and AT_OSRELDATE report.
 */
#undef __DragonFly_version
#define __DragonFly_version	500901

#include <sys/types.h>
#include <sys/syslimits.h>
#include <sys/errno.h>
#ifndef _KERNEL
#include <sys/time.h>
#include <sys/resource.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/rtprio.h>
#include <sys/signal.h>
#include <limits.h>
#endif
#include <machine/param.h>

#define MAXCOMLEN	16	/* longest command name */
#define MAXINTERP	32	/* longest interpreter name in a script */
#define MAXLOGNAME	33	/* login name, NUL included */
#define MAXUPRC		CHILD_MAX
#define NCARGS		ARG_MAX
#define NGROUPS		NGROUPS_MAX
#define NOFILE		OPEN_MAX
#define NOGROUP		65535
#define MAXHOSTNAMELEN	256	/* NUL included */
#define SPECNAMELEN	63	/* device name */
#define MAXPATHLEN	PATH_MAX
#define MAXSYMLINKS	32	/* in one lookup */

/* Flags of tsleep(9) and wakeup(9). */
#define PCATCH		0x00000100	/* signals end the sleep */
#define PUSRFLAG1	0x00000200	/* the caller's own */
#define PINTERLOCKED	0x00000400	/* tsleep_interlock() was done */
#define PWAKEUP_CPUMASK	0x00003fff
#define PWAKEUP_MYCPU	0x00004000	/* wake up on this CPU only */
#define PWAKEUP_ONE	0x00008000	/* wake up one */
#define PDOMAIN_MASK	0xffff0000	/* separate name spaces of idents */
#define PDOMAIN_UMTX	0x00010000
#define PDOMAIN_XLOCK	0x00020000
#define PDOMAIN_FBSD0	0x01000000
#define PDOMAIN_FBSDINC	0x00010000
#define PWAKEUP_ENCODE(domain, cpu)	((domain) | (cpu))
#define PWAKEUP_DECODE(domain)		((domain) & PWAKEUP_CPUMASK)

#define NZERO		0	/* default nice value */
#ifndef NBBY
#define NBBY		8	/* bits in a byte */
#endif
#define NBPW		sizeof(int)
#define CMASK		022	/* default umask */
#define NODEV		(dev_t)(-1)

/* cpu_mi_feature */
#define CPU_MI_BZERONT	0x00000001
#define CPU_MI_MONITOR	0x00000010

#define MAXBSIZE	65536	/* largest filesystem block */
#define NBUFCALCSIZE	16384	/* buffer size assumed when sizing caches */
#define MAXFRAG		8

/* Fixed point: load averages and %CPU. */
#define FSHIFT		11
#define FSCALE		(1 << FSHIFT)

/* Bit maps in arrays of bytes. */
#define setbit(a, i)	(((unsigned char *)(a))[(i) / NBBY] |= 1 << ((i) % NBBY))
#define clrbit(a, i)	(((unsigned char *)(a))[(i) / NBBY] &= ~(1 << ((i) % NBBY)))
#define isset(a, i)	\
	(((const unsigned char *)(a))[(i) / NBBY] & (1 << ((i) % NBBY)))
#define isclr(a, i)	(isset(a, i) == 0)

#ifndef howmany
#define howmany(x, y)	(((x) + ((y) - 1)) / (y))
#endif
#define nitems(x)	(sizeof(x) / sizeof((x)[0]))
#define rounddown(x, y)	(((x) / (y)) * (y))
#define rounddown2(x, y) ((x) & ~((__typeof__(x))(y) - 1))	/* y: 2^n */
#define roundup(x, y)	((((x) + ((y) - 1)) / (y)) * (y))
#define roundup2(x, y)	(((x) + ((y) - 1)) & ~((__typeof__(x))(y) - 1))
#define powerof2(x)	((((x) - 1) & (x)) == 0)

#ifndef MIN
#define MIN(a, b)	(((a) < (b)) ? (a) : (b))
#define MAX(a, b)	(((a) > (b)) ? (a) : (b))
#endif

/* Network buffers. */
#define MJUMPAGESIZE	PAGE_SIZE
#define MJUM9BYTES	(9 * 1024)
#define MJUM16BYTES	(16 * 1024)
#define MSIZE		512
#define MCLSHIFT	11
#define MCLBYTES	(1 << MCLSHIFT)
#define MCLOFSET	(MCLBYTES - 1)

/* Small kernel allocations: buckets of powers of two. */
#define MINBUCKET	4
#define MAXALLOCSAVE	(2 * PAGE_SIZE)

/* Disk blocks. */
#define btodb(bytes)	((bytes) >> DEV_BSHIFT)
#define dbtob(db)	((off_t)(db) << DEV_BSHIFT)
#define dbtoc(db)	((db) >> (PAGE_SHIFT - DEV_BSHIFT))
#define ctodb(pages)	((pages) << (PAGE_SHIFT - DEV_BSHIFT))

#endif /* !_SYS_PARAM_H_ */
