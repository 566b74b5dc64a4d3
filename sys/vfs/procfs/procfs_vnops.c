/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs: vnode operations.
 *
 * Names of processes are entered in the namecache for a moment only, since
 * processes come and go without telling it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/dirent.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/namecache.h>
#include <sys/proc.h>
#include <sys/ptrace.h>
#include <sys/sbuf.h>
#include <sys/stat.h>
#include <sys/stdbool.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/vfscache.h>
#include <sys/vfsops.h>
#include <sys/vnode.h>
#include <sys/thread2.h>
#include <machine/reg.h>
#include <vfs/procfs/procfs.h>

#define PFS_NAMETIME	1	/* ticks that a name is taken as known */

const struct pfsinfo procfs_info[PFS_NTYPES] = {
	[PFS_ROOT] = { "", 0555, DT_DIR },
	[PFS_CURPROC] = { "curproc", 0777, DT_LNK },
	[PFS_PROC] = { "", 0555, DT_DIR },
	[PFS_MEM] = { "mem", 0600, DT_REG },
	[PFS_REGS] = { "regs", 0600, DT_REG },
	[PFS_FPREGS] = { "fpregs", 0600, DT_REG },
	[PFS_DBREGS] = { "dbregs", 0600, DT_REG },
	[PFS_CTL] = { "ctl", 0200, DT_REG },
	[PFS_STATUS] = { "status", 0444, DT_REG },
	[PFS_NOTE] = { "note", 0200, DT_REG },
	[PFS_NOTEPG] = { "notepg", 0200, DT_REG },
	[PFS_MAP] = { "map", 0444, DT_REG },
	[PFS_ETYPE] = { "etype", 0444, DT_REG },
	[PFS_CMDLINE] = { "cmdline", 0444, DT_REG },
	[PFS_RLIMIT] = { "rlimit", 0444, DT_REG },
	[PFS_FILE] = { "file", 0555, DT_LNK },
};

/* Inode numbers: of the root, and of what belongs to a process. */
static ino_t
pfs_fileno(enum pfstype type, pid_t pid)
{
	return (type == PFS_ROOT ? 2 : type == PFS_CURPROC ? 3 :
	    (ino_t)pid * 32 + type + 32);
}

/* Only for those who may debug the process. */
static bool
pfs_sensitive(enum pfstype type)
{
	return (type == PFS_MEM || type == PFS_REGS || type == PFS_FPREGS ||
	    type == PFS_DBREGS || type == PFS_CTL);
}

/* Does a process have such a file? */
static bool
pfs_valid(struct proc *p, enum pfstype type)
{
	return ((p->p_flags & P_SYSTEM) == 0 || (type != PFS_MAP &&
	    type != PFS_REGS && type != PFS_FPREGS && type != PFS_DBREGS));
}

/* Owner and mode of a node; p is its process, if it has one. */
static void
pfs_owner(struct pfsnode *pn, struct proc *p, uid_t *uid, gid_t *gid,
    mode_t *mode)
{
	*uid = *gid = 0;
	*mode = procfs_info[pn->pn_type].mode;
	if (p == NULL)
		return;
	*uid = p->p_ucred->cr_uid;
	*gid = p->p_ucred->cr_gid;
	if ((p->p_flags & P_SUGID) && pfs_sensitive(pn->pn_type)) {
		*mode = 0;
		if (pn->pn_type == PFS_MEM)
			*uid = *gid = 0;
	}
}

static int
procfs_access(struct vop_access_args *ap)
{
	struct pfsnode *pn = VTOPFS(ap->a_vp);
	struct proc *p = NULL;
	mode_t mode;
	uid_t uid;
	gid_t gid;

	if (pn->pn_type >= PFS_PROC && (p = procfs_proc(pn)) == NULL)
		return (ENOENT);
	pfs_owner(pn, p, &uid, &gid, &mode);
	if (p != NULL)
		PRELE(p);
	return (vop_helper_access(ap, uid, gid, mode, 0));
}

static int
procfs_getattr(struct vop_getattr_args *ap)
{
	struct pfsnode *pn = VTOPFS(ap->a_vp);
	struct vattr *vap = ap->a_vap;
	struct proc *p = NULL;

	if (pn->pn_type >= PFS_PROC && (p = procfs_proc(pn)) == NULL)
		return (ENOENT);
	VATTR_NULL(vap);
	pfs_owner(pn, p, &vap->va_uid, &vap->va_gid, &vap->va_mode);
	if (p != NULL)
		PRELE(p);
	vap->va_type = ap->a_vp->v_type;
	vap->va_nlink = pn->pn_type == PFS_PROC ? PFS_NTYPES - 1 : 1;
	vap->va_fsid = ap->a_vp->v_mount->mnt_stat.f_fsid.val[0];
	vap->va_fileid = pfs_fileno(pn->pn_type, pn->pn_pid);
	vap->va_blocksize = PAGE_SIZE;
	vap->va_size = ap->a_vp->v_type == VDIR ? DEV_BSIZE :
	    pn->pn_type == PFS_REGS ? sizeof(struct reg) :
	    pn->pn_type == PFS_FPREGS ? sizeof(struct fpreg) :
	    pn->pn_type == PFS_DBREGS ? sizeof(struct dbreg) : 0;
	vap->va_bytes = vap->va_size;
	vap->va_gen = 0;
	vap->va_flags = 0;
	vap->va_filerev = 0;
	vap->va_rmajor = vap->va_rminor = VNOVAL;
	vfs_timestamp(&vap->va_ctime);
	vap->va_atime = vap->va_mtime = vap->va_ctime;
	return (0);
}

/* O_TRUNC and such mean nothing here; ids and modes do not change. */
static int
procfs_setattr(struct vop_setattr_args *ap)
{
	struct vattr *vap = ap->a_vap;

	if (vap->va_flags != (u_long)VNOVAL || vap->va_uid != (uid_t)VNOVAL ||
	    vap->va_gid != (gid_t)VNOVAL || vap->va_mode != (mode_t)VNOVAL)
		return (EPERM);
	return (0);
}

/* --- data ---------------------------------------------------------------- */

static int
pfs_read_text(struct proc *p, enum pfstype type, struct uio *uio)
{
	struct sbuf *sb = sbuf_new_auto();
	int error;

	switch (type) {
	case PFS_STATUS:
		error = procfs_status(p, sb);
		break;
	case PFS_MAP:
		error = procfs_map(p, sb);
		break;
	case PFS_RLIMIT:
		error = procfs_rlimit(p, sb);
		break;
	case PFS_CMDLINE:
		error = procfs_cmdline(p, sb);
		break;
	case PFS_ETYPE:
		error = 0;
		sbuf_cat(sb, (p->p_flags & P_SYSTEM) ? "Not Available\n" :
		    "DragonFly ELF64\n");
		break;
	default:
		error = EINVAL;
		break;
	}
	if (error == 0)
		error = sbuf_finish(sb);
	if (error == 0)
		error = uiomove_frombuf(sbuf_data(sb), sbuf_len(sb), uio);
	sbuf_delete(sb);
	return (error);
}

/* The same for both directions; the process looked at may have ended. */
static int
pfs_rdwr(struct vnode *vp, struct uio *uio)
{
	struct pfsnode *pn = VTOPFS(vp);
	struct proc *p;
	int error = 0;

	if (vp->v_type == VDIR)
		return (EISDIR);
	p = procfs_proc(pn);
	if (p == NULL)
		return (ESRCH);
	/* Asked again: it may have become somebody else since open(2). */
	if (pfs_sensitive(pn->pn_type) && p != curproc) {
		lwkt_gettoken(&p->p_token);
		error = proc_debuggable(p);
		lwkt_reltoken(&p->p_token);
	}
	if (error != 0)
		goto out;
	switch (pn->pn_type) {
	case PFS_MEM:
		error = proc_rwmem(p, uio);
		/* As beyond the end of a file. */
		if (error == EINVAL)
			error = EFAULT;
		break;
	case PFS_REGS:
	case PFS_FPREGS:
	case PFS_DBREGS:
		error = procfs_regs(p, pn->pn_type, uio);
		break;
	case PFS_CTL:
		error = uio->uio_rw == UIO_WRITE ? procfs_control(p, uio) :
		    EOPNOTSUPP;
		break;
	case PFS_NOTE:
	case PFS_NOTEPG:
		error = uio->uio_rw == UIO_WRITE ? EOPNOTSUPP : EINVAL;
		break;
	default:
		error = uio->uio_rw == UIO_WRITE ? EOPNOTSUPP :
		    pfs_read_text(p, pn->pn_type, uio);
		break;
	}
out:
	PRELE(p);
	return (error);
}

static int
procfs_read(struct vop_read_args *ap)
{
	return (pfs_rdwr(ap->a_vp, ap->a_uio));
}

static int
procfs_write(struct vop_write_args *ap)
{
	return (pfs_rdwr(ap->a_vp, ap->a_uio));
}

static int
procfs_readlink(struct vop_readlink_args *ap)
{
	struct pfsnode *pn = VTOPFS(ap->a_vp);
	char buf[16], *path = buf, *freepath = NULL;
	struct nchandle nch;
	struct proc *p;
	int error;

	if (pn->pn_type == PFS_CURPROC) {
		ksnprintf(buf, sizeof(buf), "%d", curproc->p_pid);
	} else if (pn->pn_type != PFS_FILE) {
		return (EINVAL);
	} else {
		p = procfs_proc(pn);
		if (p == NULL)
			return (ENOENT);
		cache_zero(&nch);
		lwkt_gettoken(&p->p_token);
		if (p->p_textnch.ncp != NULL)
			cache_copy(&p->p_textnch, &nch);
		lwkt_reltoken(&p->p_token);
		PRELE(p);
		if (nch.ncp == NULL || cache_fullpath(curproc, &nch, NULL,
		    &path, &freepath, 0) != 0)
			path = strcpy(buf, "unknown");
		if (nch.ncp != NULL)
			cache_drop(&nch);
	}
	error = uiomove(path, strlen(path), ap->a_uio);
	if (freepath != NULL)
		kfree(freepath, M_TEMP);
	return (error);
}

/* --- names --------------------------------------------------------------- */

/* The process that a name of the root directory means, held. */
static struct proc *
pfs_name_to_proc(const char *name, size_t len)
{
	struct proc *p;
	size_t i;
	int pid = 0;

	if (len == 0 || len > 6 || (len > 1 && name[0] == '0'))
		return (NULL);
	for (i = 0; i < len; i++) {
		if (name[i] < '0' || name[i] > '9')
			return (NULL);
		pid = pid * 10 + name[i] - '0';
	}
	p = pfind(pid);
	if (p != NULL && p_cansee(curthread->td_ucred, p) != 0) {
		PRELE(p);
		p = NULL;
	}
	return (p);
}

static bool
pfs_name_is(enum pfstype type, const char *name, size_t len)
{
	return (strlen(procfs_info[type].name) == len &&
	    bcmp(procfs_info[type].name, name, len) == 0);
}

static int
procfs_nresolve(struct vop_nresolve_args *ap)
{
	struct namecache *ncp = ap->a_nch->ncp;
	struct pfsnode *dir = VTOPFS(ap->a_dvp);
	struct mount *mp = ap->a_dvp->v_mount;
	enum pfstype type = PFS_NTYPES;
	struct vnode *vp = NULL;
	struct proc *p = NULL;
	int error = ENOENT;

	if (dir->pn_type == PFS_ROOT) {
		if (pfs_name_is(PFS_CURPROC, ncp->nc_name, ncp->nc_nlen))
			type = PFS_CURPROC;
		else if ((p = pfs_name_to_proc(ncp->nc_name,
		    ncp->nc_nlen)) != NULL)
			type = PFS_PROC;
	} else if ((p = procfs_proc(dir)) != NULL) {
		for (type = PFS_FIRSTFILE; type < PFS_NTYPES; type++)
			if (pfs_name_is(type, ncp->nc_name, ncp->nc_nlen) &&
			    pfs_valid(p, type))
				break;
	}
	if (type != PFS_NTYPES)
		error = procfs_allocv(mp, p, type, &vp);
	if (p != NULL)
		PRELE(p);
	if (error == 0)
		vn_unlock(vp);
	else if (error != ENOENT)
		return (error);
	cache_setvp(ap->a_nch, vp);
	cache_settimeout(ap->a_nch, PFS_NAMETIME);
	if (vp != NULL)
		vrele(vp);
	return (error);
}

static int
procfs_nlookupdotdot(struct vop_nlookupdotdot_args *ap)
{
	int error;

	*ap->a_vpp = NULL;
	if (VTOPFS(ap->a_dvp)->pn_type != PFS_PROC)
		return (ENOENT);
	error = procfs_allocv(ap->a_dvp->v_mount, NULL, PFS_ROOT, ap->a_vpp);
	if (error == 0)
		vn_unlock(*ap->a_vpp);
	return (error);
}

/* --- directories --------------------------------------------------------- */

struct pid_list {
	pid_t	*pid;
	int	count;
	int	size;
};

static int
collect_pid(struct proc *p, void *arg)
{
	struct pid_list *l = arg;

	if (p->p_stat == SIDL || p_cansee(curthread->td_ucred, p) != 0)
		return (0);
	if (l->count < l->size)
		l->pid[l->count] = p->p_pid;
	l->count++;
	return (0);
}

static int
compare_pids(const void *a, const void *b)
{
	return (*(const pid_t *)a - *(const pid_t *)b);
}

/* All pids in order. */
static void
collect_pids(struct pid_list *l)
{
	l->size = nprocs + 16;
	for (;;) {
		l->pid = kmalloc(l->size * sizeof(pid_t), M_TEMP, M_WAITOK);
		l->count = 0;
		allproc_scan(collect_pid, l, 0);
		if (l->count <= l->size)
			break;
		kfree(l->pid, M_TEMP);
		l->size = l->count + 16;
	}
	kqsort(l->pid, l->count, sizeof(pid_t), compare_pids);
}

/* Cookies: 0 ".", 1 "..", 2 "curproc", pid + 3. */
static int
pfs_readroot(struct uio *uio, bool *eof)
{
	off_t off = uio->uio_offset;
	struct pid_list l;
	char name[16];
	int error = 0, i;
	bool full = false;

	if (off == 0 && !full) {
		full = vop_write_dirent(&error, uio, 2, DT_DIR, 1, ".");
		off += !full;
	}
	if (off == 1 && !full) {
		full = vop_write_dirent(&error, uio, 2, DT_DIR, 2, "..");
		off += !full;
	}
	if (off == 2 && !full) {
		full = vop_write_dirent(&error, uio, 3, DT_LNK, 7, "curproc");
		off += !full;
	}
	if (!full && off > 2) {
		collect_pids(&l);
		for (i = 0; i < l.count && !full; i++) {
			if (l.pid[i] + 3 < off)
				continue;
			ksnprintf(name, sizeof(name), "%d", l.pid[i]);
			full = vop_write_dirent(&error, uio,
			    pfs_fileno(PFS_PROC, l.pid[i]), DT_DIR,
			    strlen(name), name);
			if (!full)
				off = l.pid[i] + 4;
		}
		kfree(l.pid, M_TEMP);
	}
	*eof = !full;
	uio->uio_offset = off;
	return (error);
}

static int
pfs_readproc(struct pfsnode *pn, struct uio *uio, bool *eof)
{
	off_t off = uio->uio_offset;
	enum pfstype type;
	struct proc *p;
	int error = 0;
	bool full = false;

	p = procfs_proc(pn);
	if (p == NULL)
		return (ENOENT);
	for (; off < PFS_NTYPES - PFS_FIRSTFILE + 2 && !full; off++) {
		type = off < 2 ? PFS_PROC : PFS_FIRSTFILE + (off - 2);
		if (!pfs_valid(p, type))
			continue;
		if (off == 0)
			full = vop_write_dirent(&error, uio,
			    pfs_fileno(PFS_PROC, pn->pn_pid), DT_DIR, 1, ".");
		else if (off == 1)
			full = vop_write_dirent(&error, uio,
			    pfs_fileno(PFS_ROOT, 0), DT_DIR, 2, "..");
		else
			full = vop_write_dirent(&error, uio,
			    pfs_fileno(type, pn->pn_pid),
			    procfs_info[type].dtype,
			    strlen(procfs_info[type].name),
			    procfs_info[type].name);
		if (full)
			break;
	}
	PRELE(p);
	*eof = !full;
	uio->uio_offset = off;
	return (error);
}

static int
procfs_readdir(struct vop_readdir_args *ap)
{
	struct pfsnode *pn = VTOPFS(ap->a_vp);
	struct uio *uio = ap->a_uio;
	size_t resid = uio->uio_resid;
	bool eof = false;
	int error;

	if (ap->a_vp->v_type != VDIR)
		return (ENOTDIR);
	if (uio->uio_offset < 0)
		return (EINVAL);
	if (ap->a_ncookies != NULL)
		return (EOPNOTSUPP);
	if (pn->pn_type == PFS_ROOT)
		error = pfs_readroot(uio, &eof);
	else
		error = pfs_readproc(pn, uio, &eof);
	if (error == 0 && !eof && uio->uio_resid == resid)
		error = EINVAL;		/* no room for one */
	if (ap->a_eofflag != NULL)
		*ap->a_eofflag = eof;
	return (error);
}

/* --- life of vnodes ------------------------------------------------------ */

static int
procfs_inactive(struct vop_inactive_args *ap)
{
	struct pfsnode *pn = VTOPFS(ap->a_vp);
	struct proc *p;

	if (pn == NULL) {
		vrecycle(ap->a_vp);
	} else if (pn->pn_type >= PFS_PROC) {
		p = pfind(pn->pn_pid);
		if (p == NULL)
			vrecycle(ap->a_vp);
		else
			PRELE(p);
	}
	return (0);
}

static int
procfs_reclaim(struct vop_reclaim_args *ap)
{
	struct pfsnode *pn = VTOPFS(ap->a_vp);

	if (pn != NULL) {
		ap->a_vp->v_data = NULL;
		procfs_freenode(pn);
	}
	return (0);
}

struct vop_ops procfs_vnode_vops = {
	.vop_default = vop_defaultop,
	.vop_access = procfs_access,
	.vop_getattr = procfs_getattr,
	.vop_setattr = procfs_setattr,
	.vop_read = procfs_read,
	.vop_write = procfs_write,
	.vop_readdir = procfs_readdir,
	.vop_readlink = procfs_readlink,
	.vop_nresolve = procfs_nresolve,
	.vop_nlookupdotdot = procfs_nlookupdotdot,
	.vop_inactive = procfs_inactive,
	.vop_reclaim = procfs_reclaim,
};
