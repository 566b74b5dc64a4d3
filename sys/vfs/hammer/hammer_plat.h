/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: what the core needs of its surroundings.
 *
 * The core (everything but hammer_kern.c, hammer_vfsops.c, hammer_vnops.c,
 * hammer_vnio.c and hammer_ioctl.c) also runs in user programs: hammer(8)
 * for its offline directives, newfs_hammer(8), and the tests that cut the
 * power at every write.  There one thread runs it, so locks only count.
 */
#ifndef _VFS_HAMMER_PLAT_H_
#define _VFS_HAMMER_PLAT_H_

#ifdef _KERNEL

#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <sys/libkern.h>

MALLOC_DECLARE(M_HAMMER);

typedef struct lock	hammer_lock_t;

#define hammer_malloc(n)	kmalloc((n), M_HAMMER, M_WAITOK)
#define hammer_zalloc(n)	kmalloc((n), M_HAMMER, M_WAITOK | M_ZERO)
#define hammer_free(p)		kfree((p), M_HAMMER)
#define hammer_lock_init(l, n)	lockinit((l), (n), 0, LK_CANRECURSE)
#define hammer_lock_uninit(l)	lockuninit(l)
#define hammer_lock_ex(l)	((void)lockmgr((l), LK_EXCLUSIVE))
#define hammer_lock_sh(l)	((void)lockmgr((l), LK_SHARED))
#define hammer_unlock(l)	((void)lockmgr((l), LK_RELEASE))
#define hammer_printf(...)	kprintf(__VA_ARGS__)
#define hammer_snprintf(...)	ksnprintf(__VA_ARGS__)
#define HAMMER_ASSERT(e)	KKASSERT(e)

#else

#include <sys/types.h>
#include <sys/queue.h>
#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef struct hammer_lock {
	int	hl_shared;
	int	hl_excl;
} hammer_lock_t;

void	*hammer_malloc(size_t n);
void	*hammer_zalloc(size_t n);
#define hammer_free(p)		free(p)
void	hammer_lock_init(hammer_lock_t *l, const char *name);
void	hammer_lock_uninit(hammer_lock_t *l);
void	hammer_lock_ex(hammer_lock_t *l);
void	hammer_lock_sh(hammer_lock_t *l);
void	hammer_unlock(hammer_lock_t *l);
void	hammer_printf(const char *fmt, ...)
	    __attribute__((__format__(__printf__, 1, 2)));
#define hammer_snprintf(...)	snprintf(__VA_ARGS__)
#define HAMMER_ASSERT(e)	assert(e)

#ifndef MIN
#define MIN(a, b)		((a) < (b) ? (a) : (b))
#define MAX(a, b)		((a) > (b) ? (a) : (b))
#endif
#ifndef UF_NOHISTORY
#define UF_NOHISTORY		0x00000040
#define SF_NOHISTORY		0x00400000
#endif
#ifndef UF_NODUMP
#define UF_NODUMP		0x00000001
#endif

#endif /* !_KERNEL */

struct hammer_mount;
struct hammer_volume;

/*
 * Areas for I/O, of up to 64 KiB, which come and go all the time; the same
 * len must be given back.
 */
void	*hammer_ioalloc(int len);
void	hammer_iofree(void *p, int len);

/*
 * Devices.  Offsets are bytes of the device, multiples of its sector size
 * as are lengths.  An asynchronous write owns buf, a hammer_ioalloc(len) area,
 * from the call on and calls done(arg, error) when it is over, perhaps
 * before it returns.
 */
int	hammer_dev_read(struct hammer_volume *vol, off_t off, void *buf,
	    int len);
int	hammer_dev_write(struct hammer_volume *vol, off_t off,
	    const void *buf, int len);
void	hammer_dev_write_async(struct hammer_volume *vol, off_t off,
	    void *buf, int len, void (*done)(void *arg, int error),
	    void *arg);
/* All writes that are done are on the medium on return. */
int	hammer_dev_flush(struct hammer_volume *vol);
void	hammer_dev_close(struct hammer_volume *vol);
/* Whoever runs flush cycles in the background should run one now. */
void	hammer_flusher_kick(struct hammer_mount *hmp);
/* Counting writes in progress: from any context. */
void	hammer_io_enter(struct hammer_mount *hmp);
void	hammer_io_leave(struct hammer_mount *hmp, int error);
/* Until none is in progress; the first error since the last call. */
int	hammer_io_drain(struct hammer_mount *hmp);
/* Until none of those begun before the call is in progress. */
void	hammer_io_settle(struct hammer_mount *hmp);
uint64_t hammer_time_us(void);		/* since 1970 */

#endif /* !_VFS_HAMMER_PLAT_H_ */
