/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting and limits of mounted filesystems: vquotactl(2), and what the
 * kernel calls to have space charged.  How and why it is exact is told at the
 * top of kern/vfs_quota.c.
 */
#ifndef _SYS_VFS_QUOTA_H_
#define _SYS_VFS_QUOTA_H_

#include <sys/cdefs.h>

/*
 * The strings of the property lists that travel through vquotactl(2); their
 * form is described there.
 */
#define VQ_K_ARGUMENTS	"arguments"
#define VQ_K_COMMAND	"command"
#define VQ_K_GID	"gid"
#define VQ_K_LIMIT	"limit"
#define VQ_K_RETURNED	"returned data"
#define VQ_K_SPACE	"space used"
#define VQ_K_UID	"uid"
#define VQ_C_GET	"get usage all"
#define VQ_C_SET	"set usage all"
#define VQ_C_LIMIT	"set limit"
#define VQ_C_LIMIT_UID	"set limit uid"
#define VQ_C_LIMIT_GID	"set limit gid"

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/vnode.h>

struct mount;
struct ucred;
struct uio;
struct vnode;

extern int	vfs_quota_enabled;	/* (I) tunable vfs.quota_enabled */
extern volatile u_int vquota_scans;	/* (a) verifications under way */

/*
 * A mount comes, changes, or goes.  Of an unmount: _unmounting first, which
 * ends what refers to the mount and may sleep; _unmount_last once nobody uses
 * it any more, which writes to the filesystem; then either _unmounted or
 * _unmount_failed.  None does anything unless quotas are enabled.
 */
void	vquota_mounted(struct mount *mp);
void	vquota_updated(struct mount *mp);
void	vquota_unmounting(struct mount *mp);
void	vquota_unmount_last(struct mount *mp);
void	vquota_unmounted(struct mount *mp);
void	vquota_unmount_failed(struct mount *mp);

/*
 * Called by vfs_vopops.c around the operation of the filesystem, only if
 * quotas are enabled.  The vnode is locked exclusively, but for _hold and
 * _release, which lock it themselves and take NULL for "none".
 */
void	vquota_attach(struct vnode *vp);
void	vquota_settle(struct vnode *vp);
void	vquota_created(struct vnode *vp);
void	vquota_hold(struct vnode *vp);
void	vquota_release(struct vnode *vp);
/* It moved from fdvp to tdvp; has a name more (fdvp NULL); or less (tdvp). */
void	vquota_moved(struct vnode *vp, struct vnode *fdvp,
	    struct vnode *tdvp);
/* The vnode has been reclaimed. */
void	vquota_detach(struct vnode *vp);

/*
 * Around a write.  It is the one place where every instruction counts, so
 * that what decides is here: the head of a vnode's record, of which the rest
 * is private.  A record is current, and its file not limited, as long as
 * vh_stamp is vquota_stamp.
 */
struct vqfile_head {
	off_t		vh_size;	/* (V) bytes charged */
	u_int		vh_stamp;	/* (V) 0: limited */
};
extern volatile u_int vquota_stamp;	/* (a) accounts, or limits, changed */
int	vquota_write_check(struct vnode *vp, struct uio *uio, int ioflag);
void	vquota_wrote(struct vnode *vp);

static __inline int
vquota_write_begin(struct vnode *vp, struct uio *uio, int ioflag)
{
	const struct vqfile_head *vf = (const void *)vp->v_quota;

	if (vf == NULL) {
		if (!vfs_quota_enabled || vp->v_type != VREG)
			return (0);
	} else if (__predict_true(vf->vh_stamp == vquota_stamp)) {
		return (0);
	}
	return (vquota_write_check(vp, uio, ioflag));
}

static __inline void
vquota_write_end(struct vnode *vp)
{
	const struct vqfile_head *vf = (const void *)vp->v_quota;

	if (vf != NULL && vf->vh_size != vp->v_filesize)
		vquota_wrote(vp);
}

#else
struct plistref;

__BEGIN_DECLS
int	vquotactl(const char *, struct plistref *);
__END_DECLS
#endif

#endif /* !_SYS_VFS_QUOTA_H_ */
