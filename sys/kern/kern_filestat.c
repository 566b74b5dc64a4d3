/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sysctl kern.filestat: the open files of a process with their fstat(2), for
 * programs that may not read kernel memory.  See <sys/kinfo_filestat.h>.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/kinfo_filestat.h>
#include <sys/mount.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/vnode.h>

static void
filestat_mount(struct kinfo_filestat *kfs, struct vnode *vp)
{
	struct mount *mp = vp->v_mount;

	if (mp != NULL)
		strlcpy(kfs->kfs_mount, mp->mnt_stat.f_mntonname,
		    sizeof(kfs->kfs_mount));
}

/* A vnode without a descriptor; takes over the reference. */
static int
filestat_vnode(struct sysctl_req *req, struct vnode *vp, int what)
{
	struct kinfo_filestat kfs;

	if (vp == NULL)
		return (0);
	bzero(&kfs, sizeof(kfs));
	kfs.kfs_size = sizeof(kfs);
	kfs.kfs_fd = what;
	kfs.kfs_type = DTYPE_VNODE;
	kfs.kfs_flag = FREAD;
	kfs.kfs_data = vp;
	vn_lock(vp, LK_SHARED | LK_RETRY);
	kfs.kfs_error = vn_stat(vp, &kfs.kfs_stat, req->td->td_ucred);
	vn_unlock(vp);
	filestat_mount(&kfs, vp);
	vrele(vp);
	return (SYSCTL_OUT(req, &kfs, sizeof(kfs)));
}

static int
filestat_file(struct sysctl_req *req, struct file *fp, int fd)
{
	struct kinfo_filestat kfs;

	bzero(&kfs, sizeof(kfs));
	kfs.kfs_size = sizeof(kfs);
	kfs.kfs_fd = fd;
	kfs.kfs_type = fp->f_type;
	kfs.kfs_flag = fp->f_flag;
	kfs.kfs_data = fp->f_data;
	kfs.kfs_error = fo_stat(fp, &kfs.kfs_stat, req->td->td_ucred);
	if (fp->f_type == DTYPE_VNODE || fp->f_type == DTYPE_FIFO)
		filestat_mount(&kfs, fp->f_data);
	return (SYSCTL_OUT(req, &kfs, sizeof(kfs)));
}

/* A directory of the table, referenced. */
static struct vnode *
filestat_dir(struct filedesc *fdp, struct vnode **slot)
{
	struct vnode *vp;

	spin_lock(&fdp->fd_spin);
	vp = *slot;
	if (vp != NULL)
		vref(vp);
	spin_unlock(&fdp->fd_spin);
	return (vp);
}

static int
filestat_table(struct sysctl_req *req, struct filedesc *fdp)
{
	struct file *fp;
	int error, fd;

	error = filestat_vnode(req, filestat_dir(fdp, &fdp->fd_rdir),
	    KFS_RDIR);
	if (error == 0)
		error = filestat_vnode(req, filestat_dir(fdp, &fdp->fd_cdir),
		    KFS_CDIR);
	for (fd = 0; error == 0 && fd <= fdp->fd_lastfile; fd++) {
		spin_lock_shared(&fdp->fd_spin);
		fp = holdfp_fdp_locked(fdp, fd, -1);
		spin_unlock_shared(&fdp->fd_spin);
		if (fp == NULL)
			continue;
		error = filestat_file(req, fp, fd);
		fdrop(fp);
	}
	return (error);
}

static int
sysctl_kern_filestat(SYSCTL_HANDLER_ARGS)
{
	int *name = arg1;
	struct filedesc *fdp = NULL;
	struct vnode *text = NULL;
	struct proc *p;
	int error;

	if ((int)arg2 != 1)
		return (EINVAL);
	p = pfind(name[0]);
	if (p == NULL)
		return (0);
	if (p_cansee(req->td->td_ucred, p) == 0 &&
	    p_trespass(req->td->td_ucred, p->p_ucred) == 0) {
		lwkt_gettoken(&p->p_token);
		text = p->p_textvp;
		if (text != NULL)
			vref(text);
		lwkt_reltoken(&p->p_token);
		spin_lock(&p->p_spin);
		fdp = p->p_fd;
		if (fdp != NULL)
			atomic_add_int(&fdp->fd_refcnt, 1);
		spin_unlock(&p->p_spin);
	}
	PRELE(p);
	error = filestat_vnode(req, text, KFS_TEXT);
	if (fdp != NULL) {
		if (error == 0)
			error = filestat_table(req, fdp);
		fdrele(fdp);
	}
	return (error);
}
SYSCTL_NODE(_kern, OID_AUTO, filestat, CTLFLAG_RD, sysctl_kern_filestat,
    "Open files of a process");
