/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Operations of vnodes whose identity was taken away (vgone): reads see the
 * end of the file, everything else fails.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bio.h>
#include <sys/buf.h>
#include <sys/vnode.h>

static int
dead_read(struct vop_read_args *ap)
{
	/* Terminals that were revoked end, others are in error. */
	return ((ap->a_vp->v_flag & VISTTY) ? 0 : EIO);
}

static int
dead_eio(struct vop_generic_args *ap)
{
	return (EIO);
}

static int
dead_ebadf(struct vop_generic_args *ap)
{
	return (EBADF);
}

static int
dead_strategy(struct vop_strategy_args *ap)
{
	struct buf *bp = ap->a_bio->bio_buf;

	bp->b_flags |= B_ERROR;
	bp->b_error = EIO;
	biodone(ap->a_bio);
	return (0);
}

struct vop_ops *dead_vnode_vops_p;

struct vop_ops dead_vnode_vops = {
	.vop_default = dead_ebadf,
	.vop_access = (void *)dead_ebadf,
	.vop_advlock = (void *)dead_ebadf,
	.vop_bmap = (void *)dead_eio,
	.vop_close = vop_stdclose,
	.vop_fsync = (void *)vop_null,
	.vop_getattr = (void *)dead_ebadf,
	.vop_getpages = (void *)dead_eio,
	.vop_inactive = (void *)vop_null,
	.vop_ioctl = (void *)dead_eio,
	.vop_open = (void *)vop_eopnotsupp,
	.vop_putpages = (void *)dead_eio,
	.vop_read = dead_read,
	.vop_reclaim = (void *)vop_null,
	.vop_strategy = dead_strategy,
	.vop_write = (void *)dead_eio,
};
