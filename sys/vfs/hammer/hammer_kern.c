/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: the core's surroundings in the kernel: devices and time (see
 * hammer_plat.h), and the thread that runs flush cycles.
 */
#include "hammer_maint.h"
#include "hammer_vnode.h"
#include <sys/buf.h>
#include <sys/buf2.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/kthread.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/time.h>
#include <sys/vnode.h>

MALLOC_DEFINE(M_HAMMER, "hammer", "HAMMER file systems");

#define IO_MAX		512	/* writes in progress, for their memory */

uint64_t
hammer_time_us(void)
{
	struct timespec ts;

	vfs_timestamp(&ts);
	return ((uint64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000);
}

/*
 * Areas of 16 and 64 KiB are kept: unmapping one disturbs every CPU.
 */
#define POOL_MAX	512

static struct iopool {
	struct spinlock	ip_spin;
	void		*ip_free[POOL_MAX];	/* (s) */
	int		ip_n;			/* (s) */
} iopool[2] = {
	{ .ip_spin = SPINLOCK_INITIALIZER(iopool[0].ip_spin, "hmmrio") },
	{ .ip_spin = SPINLOCK_INITIALIZER(iopool[1].ip_spin, "hmmrio") },
};

void *
hammer_ioalloc(int len)
{
	struct iopool *ip = &iopool[len > HAMMER_BUFSIZE];
	void *p = NULL;

	spin_lock(&ip->ip_spin);
	if (ip->ip_n > 0)
		p = ip->ip_free[--ip->ip_n];
	spin_unlock(&ip->ip_spin);
	if (p == NULL)
		p = kmalloc(len > HAMMER_BUFSIZE ? HAMMER_XBUFSIZE :
		    HAMMER_BUFSIZE, M_HAMMER, M_WAITOK);
	return (p);
}

void
hammer_iofree(void *p, int len)
{
	struct iopool *ip = &iopool[len > HAMMER_BUFSIZE];

	spin_lock(&ip->ip_spin);
	if (ip->ip_n < POOL_MAX) {
		ip->ip_free[ip->ip_n++] = p;
		p = NULL;
	}
	spin_unlock(&ip->ip_spin);
	if (p != NULL)
		kfree(p, M_HAMMER);
}

static struct buf *
dev_buf(buf_cmd_t cmd, off_t off, void *data, int len)
{
	struct buf *bp = getpbuf(NULL);

	bp->b_cmd = cmd;
	bp->b_data = data;
	bp->b_bcount = len;
	bp->b_bufsize = len;
	bp->b_bio1.bio_offset = off;
	return (bp);
}

static int
buf_result(struct buf *bp)
{
	if (bp->b_flags & B_ERROR)
		return (bp->b_error ? bp->b_error : EIO);
	return (bp->b_resid != 0 ? EIO : 0);
}

static int
dev_sync(struct hammer_volume *vol, buf_cmd_t cmd, off_t off, void *data,
    int len)
{
	struct hammer_kdev *kd = vol->v_dev;
	struct buf *bp = dev_buf(cmd, off, data, len);
	int error;

	bp->b_bio1.bio_done = biodone_sync;
	bp->b_bio1.bio_flags = BIO_SYNC;
	dev_dstrategy(kd->kd_dev, &bp->b_bio1);
	error = biowait(&bp->b_bio1, "hmmrio");
	if (error == 0 && cmd != BUF_CMD_FLUSH)
		error = buf_result(bp);
	relpbuf(bp, NULL);
	return (error);
}

int
hammer_dev_read(struct hammer_volume *vol, off_t off, void *buf, int len)
{
	return (dev_sync(vol, BUF_CMD_READ, off, buf, len));
}

int
hammer_dev_write(struct hammer_volume *vol, off_t off, const void *buf,
    int len)
{
	return (dev_sync(vol, BUF_CMD_WRITE, off, __DECONST(void *, buf),
	    len));
}

int
hammer_dev_flush(struct hammer_volume *vol)
{
	int error = dev_sync(vol, BUF_CMD_FLUSH, 0, NULL, 0);

	/* A device without a cache has nothing to flush. */
	return (error == EOPNOTSUPP || error == ENODEV ? 0 : error);
}

static void
async_done(struct bio *bio)
{
	struct buf *bp = bio->bio_buf;
	void (*done)(void *, int) = bio->bio_caller_info1.ptr;
	void *arg = bio->bio_caller_info2.ptr;
	int error = buf_result(bp);

	hammer_iofree(bp->b_data, bp->b_bufsize);
	relpbuf(bp, NULL);
	done(arg, error);
}

void
hammer_dev_write_async(struct hammer_volume *vol, off_t off, void *buf,
    int len, void (*done)(void *arg, int error), void *arg)
{
	struct hammer_kdev *kd = vol->v_dev;
	struct buf *bp = dev_buf(BUF_CMD_WRITE, off, buf, len);

	bp->b_bio1.bio_done = async_done;
	bp->b_bio1.bio_caller_info1.ptr = done;
	bp->b_bio1.bio_caller_info2.ptr = arg;
	BUF_KERNPROC(bp);
	dev_dstrategy(kd->kd_dev, &bp->b_bio1);
}

void
hammer_dev_close(struct hammer_volume *vol)
{
	struct hammer_kdev *kd = vol->v_dev;

	if (kd == NULL)
		return;
	vn_lock(kd->kd_devvp, LK_EXCLUSIVE | LK_RETRY);
	VOP_CLOSE(kd->kd_devvp, kd->kd_mode, NULL);
	vn_unlock(kd->kd_devvp);
	vrele(kd->kd_devvp);
	kfree(kd, M_HAMMER);
	vol->v_dev = NULL;
}

/*
 * Writes in progress.
 */
static void
io_wait(struct hammer_mount *hmp, int most)
{
	while (hmp->io_running > most) {
		tsleep_interlock(&hmp->io_running, 0);
		if (hmp->io_running > most)
			tsleep(&hmp->io_running, PINTERLOCKED, "hmmrwr", 0);
	}
}

/* Nobody begins another write while a cycle waits for the last one. */
void
hammer_io_enter(struct hammer_mount *hmp)
{
	io_wait(hmp, IO_MAX);
	while (hmp->io_waiting) {
		tsleep_interlock(&hmp->io_waiting, 0);
		if (hmp->io_waiting)
			tsleep(&hmp->io_waiting, PINTERLOCKED, "hmmrdr", 0);
	}
	atomic_add_int((u_int *)&hmp->io_running, 1);
}

void
hammer_io_leave(struct hammer_mount *hmp, int error)
{
	if (error)
		hmp->io_error = error;
	atomic_add_int((u_int *)&hmp->io_running, -1);
	wakeup(&hmp->io_running);
}

int
hammer_io_drain(struct hammer_mount *hmp)
{
	int error;

	hmp->io_waiting = 1;
	io_wait(hmp, 0);
	hmp->io_waiting = 0;
	wakeup(&hmp->io_waiting);
	error = hmp->io_error;
	hmp->io_error = 0;
	return (error);
}

void
hammer_io_settle(struct hammer_mount *hmp)
{
	io_wait(hmp, 0);
}

/*
 * The flusher: a cycle every few seconds while anything is dirty.
 */
static void
flusher_thread(void *arg)
{
	struct hammer_mount *hmp = arg;
	struct hammer_kmount *hk = hmp->hm_plat;

	while (hk->hk_stop == 0) {
		tsleep_interlock(hk, 0);
		if (hk->hk_stop == 0 && hk->hk_kick == 0)
			tsleep(hk, PINTERLOCKED, "hmmrfl", hz * 5);
		hk->hk_kick = 0;
		if (hk->hk_stop == 0 && hmp->hm_error == 0)
			hammer_flush_cycle(hmp);
	}
	hk->hk_stop = 2;
	wakeup(&hk->hk_stop);
}

void
hammer_flusher_kick(struct hammer_mount *hmp)
{
	struct hammer_kmount *hk = hmp->hm_plat;

	if (hk->hk_kick == 0) {
		hk->hk_kick = 1;
		wakeup(hk);
	}
}

void
hammer_flusher_start(struct hammer_mount *hmp)
{
	struct hammer_kmount *hk = hmp->hm_plat;
	struct thread *td;

	if (hk->hk_running)
		return;
	hk->hk_stop = 0;
	hk->hk_running = 1;
	kthread_create(flusher_thread, hmp, &td, "hammer-flush");
}

void
hammer_flusher_stop(struct hammer_mount *hmp)
{
	struct hammer_kmount *hk = hmp->hm_plat;

	if (!hk->hk_running)
		return;
	hk->hk_stop = 1;
	wakeup(hk);
	while (hk->hk_stop != 2) {
		tsleep_interlock(&hk->hk_stop, 0);
		if (hk->hk_stop != 2)
			tsleep(&hk->hk_stop, PINTERLOCKED, "hmmrstop", 0);
	}
	hk->hk_running = 0;
}

int
hammer_interrupted(void)
{
	struct lwp *lp = curthread->td_lwp;

	return (lp != NULL && CURSIG(lp) != 0);
}
