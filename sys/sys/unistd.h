/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Constants of <unistd.h> that the kernel knows too.
 */
#ifndef _SYS_UNISTD_H_
#define _SYS_UNISTD_H_

#include <sys/cdefs.h>

/*
 * Options of POSIX: -1 not there, 0 ask sysconf(), otherwise the version.
 */
#define _POSIX_ADVISORY_INFO		(-1)
#define _POSIX_ASYNCHRONOUS_IO		0
#define _POSIX_BARRIERS			200112
#define _POSIX_CHOWN_RESTRICTED		1
#define _POSIX_CLOCK_SELECTION		(-1)
#define _POSIX_CPUTIME			200112
#define _POSIX_FSYNC			200112
#define _POSIX_IPV6			0
#define _POSIX_JOB_CONTROL		1
#define _POSIX_MAPPED_FILES		200112
#define _POSIX_MEMLOCK			(-1)
#define _POSIX_MEMLOCK_RANGE		200112
#define _POSIX_MEMORY_PROTECTION	200112
#define _POSIX_MESSAGE_PASSING		200112
#define _POSIX_MONOTONIC_CLOCK		200112
#define _POSIX_NO_TRUNC			1
#define _POSIX_PRIORITIZED_IO		(-1)
#define _POSIX_PRIORITY_SCHEDULING	200112
#define _POSIX_RAW_SOCKETS		200112
#define _POSIX_REALTIME_SIGNALS		200112
#define _POSIX_SEMAPHORES		200112
#define _POSIX_SHARED_MEMORY_OBJECTS	200112
#define _POSIX_SPIN_LOCKS		200112
#define _POSIX_SPORADIC_SERVER		(-1)
#define _POSIX_SYNCHRONIZED_IO		(-1)
#define _POSIX_THREAD_CPUTIME		200112
#define _POSIX_TIMEOUTS			200112
#define _POSIX_TIMERS			200112
#define _POSIX_TYPED_MEMORY_OBJECTS	(-1)
#ifndef _POSIX_VDISABLE
#define _POSIX_VDISABLE	0xff
#endif
#define _POSIX_VERSION	200112L
#define _XOPEN_SHM	1
#define _XOPEN_STREAMS	(-1)

/* access() */
#define F_OK		0
#define X_OK		0x01
#define W_OK		0x02
#define R_OK		0x04

/* lseek() */
#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif
#if __BSD_VISIBLE
#define SEEK_DATA	3	/* start of the next data */
#define SEEK_HOLE	4	/* start of the next hole */
#define L_SET		SEEK_SET
#define L_INCR		SEEK_CUR
#define L_XTND		SEEK_END
#endif

/* pathconf() */
#define _PC_LINK_MAX			1
#define _PC_MAX_CANON			2
#define _PC_MAX_INPUT			3
#define _PC_NAME_MAX			4
#define _PC_PATH_MAX			5
#define _PC_PIPE_BUF			6
#define _PC_CHOWN_RESTRICTED		7
#define _PC_NO_TRUNC			8
#define _PC_VDISABLE			9
#define _PC_ASYNC_IO			53
#define _PC_PRIO_IO			54
#define _PC_SYNC_IO			55
#define _PC_ALLOC_SIZE_MIN		10
#define _PC_FILESIZEBITS		12
#define _PC_REC_INCR_XFER_SIZE		14
#define _PC_REC_MAX_XFER_SIZE		15
#define _PC_REC_MIN_XFER_SIZE		16
#define _PC_REC_XFER_ALIGN		17
#define _PC_SYMLINK_MAX			18
#define _PC_2_SYMLINKS			22
#define _PC_TIMESTAMP_RESOLUTION	23
#define _PC_ACL_EXTENDED		59
#define _PC_ACL_PATH_MAX		60
#define _PC_CAP_PRESENT			61
#define _PC_INF_PRESENT			62
#define _PC_MAC_PRESENT			63
#define _PC_MIN_HOLE_SIZE		21

#if __BSD_VISIBLE
/* rfork() */
#define RFNAMEG		0x00000001
#define RFENVG		0x00000002
#define RFFDG		0x00000004	/* copy the descriptor table */
#define RFNOTEG		0x00000008
#define RFPROC		0x00000010	/* a new process */
#define RFMEM		0x00000020	/* shares memory */
#define RFNOWAIT	0x00000040	/* child of the reaper */
#define RFCNAMEG	0x00000400
#define RFCENVG		0x00000800
#define RFCFDG		0x00001000	/* an empty descriptor table */
#define RFTHREAD	0x00002000	/* dies with its peers */
#define RFSIGSHARE	0x00004000	/* shares signal actions */
#define RFLINUXTHPN	0x00010000	/* SIGUSR1 on exit */
#define RFPGLOCK	0x40000000	/* kernel only */
#define RFPPWAIT	(-0x7fffffff - 1) /* parent waits, kernel only */
#define RFKERNELONLY	(RFPGLOCK | RFPPWAIT)

/* extexit() */
#define EXTEXIT_SIMPLE	0x00000000	/* store nothing */
#define EXTEXIT_SETINT	0x00000001	/* store the status at the address */
#define EXTEXIT_PROC	0x00000000	/* the process */
#define EXTEXIT_LWP	0x00010000	/* the calling thread */
#define EXTEXIT_ACTION(how)	((how) & 0x0000ffff)
#define EXTEXIT_WHO(how)	((how) & 0xffff0000)
#endif

#endif /* !_SYS_UNISTD_H_ */
