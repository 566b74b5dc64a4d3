/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages shared between the kernel and processes: of a thread (lpmap), of a
 * process (upmap) and of the whole system (kpmap).  Programs map the first
 * bytes of /dev/lpmap, /dev/upmap and /dev/kpmap.
 *
 * Each page begins with a table of what it holds: for each item its type,
 * which also tells its length, and its offset from the start of the page.
 * The table ends with a type of 0.  A reader looks items up and never uses
 * the structures below as such.
 */
#ifndef _SYS_UPMAP_H_
#define _SYS_UPMAP_H_

#include <sys/types.h>
#include <sys/_timespec.h>

#define UPMAP_MAXPROCTITLE	1024
#define LPMAP_MAXTHREADTITLE	1024
#define LPMAP_MAPSIZE	65536
#define UPMAP_MAPSIZE	65536
#define KPMAP_MAPSIZE	65536
#define LPMAP_VERSION	1
#define UPMAP_VERSION	1
#define KPMAP_VERSION	1
#define UKPTYPE_VERSION	513

typedef uint64_t	forkid_t;

typedef struct ukpheader {
	uint16_t	type;		/* *TYPE_* */
	uint16_t	offset;		/* bytes */
} ukpheader_t;

/* Length of an item, a part of its type. */
#define UKPLEN_MASK	0x0f00
#define UKPLEN_1	0x0000
#define UKPLEN_2	0x0100
#define UKPLEN_4	0x0200
#define UKPLEN_8	0x0300
#define UKPLEN_16	0x0400
#define UKPLEN_32	0x0500
#define UKPLEN_64	0x0600
#define UKPLEN_128	0x0700
#define UKPLEN_256	0x0800
#define UKPLEN_512	0x0900
#define UKPLEN_1024	0x0a00
#define UKPLEN_TS	0x0500


/* Of a thread. */
#define LPTYPE_RESERVEDINT0	0x4210
#define LPTYPE_RESERVEDINT1	0x4211
#define LPTYPE_BLOCKALLSIGS	0x4212
#define LPTYPE_THREAD_TITLE	0x4a13
#define LPTYPE_THREAD_TID	0x4214

/* Of a process. */
#define UPTYPE_RUNTICKS		0x0210
#define UPTYPE_FORKID		0x0311
#define UPTYPE_PID		0x0212
#define UPTYPE_PROC_TITLE	0x0a13
#define UPTYPE_INVFORK		0x0214

/* Of the system, read only. */
#define KPTYPE_UPTICKS		0x8200
#define KPTYPE_TS_UPTIME	0x8501
#define KPTYPE_TS_REALTIME	0x8502
#define KPTYPE_TSC_FREQ		0x8303
#define KPTYPE_TICK_FREQ	0x8304
#define KPTYPE_FAST_GTOD	0x8205

struct sys_lpmap {
	ukpheader_t header[64];
	uint32_t version;
	uint32_t tid;
	uint32_t reserved02;
	uint32_t blockallsigs;		/* count of 31 bits, bit 31: one is held */
	char	thread_title[LPMAP_MAXTHREADTITLE];
};

struct sys_upmap {
	ukpheader_t header[64];
	uint32_t version;
	uint32_t runticks;		/* scheduler ticks while running */
	forkid_t forkid;		/* unique for each fork */
	uint32_t invfork;		/* between vfork and exec */
	pid_t	pid;
	uint32_t reserved[16];
	char	proc_title[UPMAP_MAXPROCTITLE];
};

/* ts_*: the one at index (upticks & 1) is valid. */
struct sys_kpmap {
	ukpheader_t header[64];
	int32_t	version;
	int32_t	upticks;		/* changes with each update */
	struct timespec ts_uptime[2];
	struct timespec ts_realtime[2];
	int64_t	tsc_freq;
	int32_t	tick_freq;
	int32_t	fast_gtod;		/* reading the clock from here is allowed */
};

#ifdef _KERNEL

#include <vm/vm_map.h>

struct cdev;

extern struct sys_kpmap *kpmap;		/* NULL early in the boot */

/* Once a clock tick, on CPU 0: publish the time. */
void	kpmap_tick(void);
/*
 * Is dev one of the three devices?  Then *fnp and *argp are what a mapping of
 * it is made of, and *errorp says whether it is allowed (EPERM, ENOMEM).
 */
bool	upmap_device(struct cdev *dev, vm_prot_t prot, vm_uksmap_fn *fnp,
	    void **argp, int *errorp);

#endif /* _KERNEL */

#endif /* !_SYS_UPMAP_H_ */
