/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * execve: replace the program of the current process.
 *
 * Everything that can be checked is checked while the old program is still
 * there to receive an error.  Once the activator has emptied the address
 * space a failure kills the process with SIGABRT.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/acct.h>
#include <sys/aio.h>
#include <sys/event.h>
#include <sys/exec.h>
#include <sys/filedesc.h>
#include <sys/globaldata.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/ktrace.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vfscache.h>
#include <sys/vfsops.h>
#include <sys/vnode.h>
#include <sys/wait.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>

SET_DECLARE(execsw_set, struct execsw);

/* --- the file ------------------------------------------------------------ */

int
exec_check_permissions(struct vnode *vp, struct mount *mp, struct vattr *attr)
{
	struct ucred *cred = curthread->td_ucred;
	int error;

	error = VOP_GETATTR(vp, attr);
	if (error != 0)
		return (error);
	if ((mp->mnt_flag & MNT_NOEXEC) || vp->v_type != VREG ||
	    (attr->va_mode & (S_IXUSR | S_IXGRP | S_IXOTH)) == 0)
		return (EACCES);
	if (attr->va_size == 0)
		return (ENOEXEC);
	error = VOP_EACCESS(vp, VEXEC, cred);
	if (error != 0)
		return (error);
	if (vp->v_writecount > 0)
		return (ETXTBSY);
	return (0);
}

/* The first page of the file, into a buffer of a page. */
static int
exec_read_header(struct image_params *imgp, char *buf)
{
	int error, resid = 0;

	error = vn_rdwr(UIO_READ, imgp->vp, buf, PAGE_SIZE, 0, UIO_SYSSPACE,
	    IO_NODELOCKED, curthread->td_ucred, &resid);
	if (error != 0)
		return (error);
	imgp->header_size = PAGE_SIZE - resid;
	if (resid != 0)
		bzero(buf + imgp->header_size, resid);
	return (0);
}

/*
 * Find the file, check it, and read its header.  On success the vnode is
 * referenced as a text, which keeps writers out from now on, and not locked:
 * activators fault on its pages.
 */
static int
exec_open_image(struct image_params *imgp, struct nlookupdata *nd, char *buf)
{
	struct vnode *vp;
	int error;

	error = nlookup(nd);
	if (error == 0)
		error = cache_vget(&nd->nl_nch, nd->nl_cred, LK_SHARED, &vp);
	if (error != 0)
		return (error);
	imgp->vp = vp;
	imgp->mp = nd->nl_nch.mount;
	error = exec_check_permissions(vp, imgp->mp, imgp->attr);
	if (error == 0)
		error = exec_read_header(imgp, buf);
	if (error == 0)
		vn_text_ref(vp);
	else
		imgp->vp = NULL;
	vput(vp);
	return (error);
}

/* Offer the image to the activators. */
static int
exec_activate(struct image_params *imgp)
{
	struct execsw **xp;
	int error;

	SET_FOREACH(xp, execsw_set) {
		error = (*xp)->ex_imgact(imgp);
		if (error != -1)
			return (error);
	}
	return (ENOEXEC);
}

/* The path for AT_EXECPATH; what has to be freed is left in *freep. */
static void
exec_find_path(struct image_params *imgp, struct nlookupdata *nd, char **freep)
{
	char *path;

	*freep = NULL;
	if (imgp->execpath != NULL)
		return;
	if (imgp->args->fname != NULL && imgp->args->fname[0] == '/') {
		imgp->execpath = imgp->args->fname;
		return;
	}
	if (cache_fullpath(imgp->proc, &nd->nl_nch, NULL, &path, freep, 0) == 0)
		imgp->execpath = path;
}

/* --- what else changes --------------------------------------------------- */

int
exec_new_vmspace(struct image_params *imgp)
{
	struct proc *p = imgp->proc;
	int error;

	if (p->p_nthreads > 1) {
		error = killalllwps(1);
		if (error != 0)
			return (error);
	}
	if (p->p_aio != NULL)
		aio_proc_rundown(p);
	/* A private descriptor table before anything is lost. */
	proc_userunmap(p);
	lwp_userunmap(curlwp);
	imgp->vmspace_destroyed = true;
	vmspace_exec(p, NULL);
	return (exec_map_stack(p->p_vmspace));
}

/*
 * Ids from the file's set-id bits, unless the mount or a tracer forbids.  The
 * saved ids follow the effective ones in any case.
 */
static void
exec_set_ids(struct image_params *imgp)
{
	struct proc *p = imgp->proc;
	struct vattr *va = imgp->attr;
	struct ucred *cr = p->p_ucred;
	bool suid, sgid, allowed;

	allowed = (imgp->mp->mnt_flag & MNT_NOSUID) == 0 &&
	    (p->p_flags & P_TRACED) == 0;
	suid = allowed && (va->va_mode & S_ISUID) && cr->cr_uid != va->va_uid;
	sgid = allowed && (va->va_mode & S_ISGID) && cr->cr_gid != va->va_gid;
	if (suid || sgid) {
		ktrsetid(p);
		setsugid();
		fdcheckstd(curlwp);
		if (suid)
			cr = change_euid(va->va_uid);
		cr = cratom_proc(p);
		if (sgid)
			cr->cr_gid = va->va_gid;
	} else if (cr->cr_uid == cr->cr_ruid && cr->cr_gid == cr->cr_rgid) {
		p->p_flags &= ~P_SUGID;
	}
	if (cr->cr_svuid != cr->cr_uid || cr->cr_svgid != cr->cr_gid) {
		cr = cratom_proc(p);
		cr->cr_svuid = cr->cr_uid;
		cr->cr_svgid = cr->cr_gid;
	}
	proc_sync_ucred(p);
}

/* The descriptor table is this process's own from now on. */
static int
exec_unshare_files(struct proc *p)
{
	struct filedesc *fdp;
	int error;

	if (p->p_fd == NULL || p->p_fd->fd_refcnt <= 1)
		return (0);
	error = fdcopy(p, &fdp);
	if (error != 0)
		return (error);
	fdfree(p, fdp);
	return (0);
}

/* kern.proc.args shows this until the program says otherwise. */
static void
exec_cache_args(struct image_params *imgp)
{
	struct image_args *args = imgp->args;
	struct proc *p = imgp->proc;
	struct pargs *pa = p->p_args, *npa = NULL;
	size_t len = args->begin_envv - args->begin_argv;

	if (len + sizeof(*npa) <= ps_arg_cache_limit) {
		npa = kmalloc(sizeof(*npa) + len, M_PARGS, M_WAITOK);
		npa->ar_ref = 1;
		npa->ar_length = len;
		bcopy(args->begin_argv, npa->ar_args, len);
	}
	p->p_args = npa;
	if (pa != NULL && atomic_fetchadd_int(&pa->ar_ref, -1) == 1)
		kfree(pa, M_PARGS);
}

/* The only thread left becomes number 1. */
static void
exec_reset_tid(struct proc *p, struct lwp *lp)
{
	if (lp->lwp_tid != 1) {
		lwp_rb_tree_RB_REMOVE(&p->p_lwp_tree, lp);
		lp->lwp_tid = 1;
		lwp_rb_tree_RB_INSERT(&p->p_lwp_tree, lp);
	}
	p->p_lasttid = 1;
}

static void
exec_set_name(struct image_params *imgp, struct nlookupdata *nd)
{
	struct proc *p = imgp->proc;
	struct namecache *ncp = nd->nl_nch.ncp;
	size_t len = ulmin(ncp->nc_nlen, MAXCOMLEN);

	bcopy(ncp->nc_name, p->p_comm, len);
	p->p_comm[len] = 0;
	strlcpy(curthread->td_comm, p->p_comm, sizeof(curthread->td_comm));
}

/* The file and its name, for /proc and kern.proc.pathname. */
static void
exec_set_text(struct image_params *imgp, struct nlookupdata *nd)
{
	struct proc *p = imgp->proc;
	struct vnode *ovp = p->p_textvp;

	vn_text_ref(imgp->vp);
	p->p_textvp = imgp->vp;
	if (ovp != NULL)
		vn_text_rele(ovp);
	if (p->p_textnch.ncp != NULL)
		cache_drop(&p->p_textnch);
	cache_copy(&nd->nl_nch, &p->p_textnch);
}

/* The new image is in place: make the rest of the process fit. */
static void
exec_commit(struct image_params *imgp, struct nlookupdata *nd)
{
	struct proc *p = imgp->proc;
	struct lwp *lp = curlwp;

	exec_reset_tid(p, lp);
	fdcloseexec(p);
	execsigs(p);
	exec_set_name(imgp, nd);
	p->p_flags |= P_EXEC;
	p->p_acflag &= ~AFORK;
	exec_set_ids(imgp);
	proc_vfork_done(p);
	exec_set_text(imgp, nd);
	exec_cache_args(imgp);
	KNOTE(&p->p_klist, NOTE_EXEC);
	if (p->p_flags & P_TRACED)
		ksignal(p, SIGTRAP);
	exec_setregs(imgp->entry_addr, imgp->stack_base, PS_STRINGS);
	++mycpu->gd_cnt.v_exec;
}

/* --- the whole ----------------------------------------------------------- */

/* A script: continue with its interpreter. */
static int
exec_next_image(struct image_params *imgp, struct nlookupdata *nd)
{
	vn_text_rele(imgp->vp);
	imgp->vp = NULL;
	nlookup_done(nd);
	return (nlookup_init(nd, imgp->interpreter_name, UIO_SYSSPACE,
	    NLC_FOLLOW));
}

static int
exec_image(struct image_params *imgp, struct nlookupdata *nd, char *header,
    char **freepath)
{
	bool was_interpreted;
	int error;

	for (;;) {
		was_interpreted = imgp->interpreted;
		error = exec_open_image(imgp, nd, header);
		if (error != 0)
			return (error);
		if (*freepath == NULL)
			exec_find_path(imgp, nd, freepath);
		imgp->image_header = header;
		error = exec_activate(imgp);
		if (error != 0 || imgp->interpreted == was_interpreted)
			return (error);
		error = exec_next_image(imgp, nd);
		if (error != 0)
			return (error);
	}
}

int
kern_execve(struct nlookupdata *nd, struct image_args *args)
{
	struct image_params image, *imgp = &image;
	struct proc *p = curproc;
	char *header, *freepath = NULL;
	struct vattr attr;
	int error;

	bzero(imgp, sizeof(*imgp));
	imgp->proc = p;
	imgp->args = args;
	imgp->attr = &attr;
	header = kmalloc(PAGE_SIZE, M_TEMP, M_WAITOK);

	lwkt_gettoken(&p->p_token);
	if (p->p_flags & P_INEXEC) {
		lwkt_reltoken(&p->p_token);
		kfree(header, M_TEMP);
		return (EINVAL);
	}
	p->p_flags |= P_INEXEC;
	error = exec_unshare_files(p);
	if (error == 0)
		error = exec_image(imgp, nd, header, &freepath);
	if (error == 0)
		error = exec_copyout_strings(imgp);
	if (error == 0)
		exec_commit(imgp, nd);
	p->p_flags &= ~P_INEXEC;
	lwkt_reltoken(&p->p_token);

	if (imgp->vp != NULL)
		vn_text_rele(imgp->vp);
	if (freepath != NULL)
		kfree(freepath, M_TEMP);
	kfree(header, M_TEMP);
	if (error != 0 && imgp->vmspace_destroyed) {
		exec_free_args(args);
		nlookup_done(nd);
		exit1(W_EXITCODE(0, SIGABRT));
	}
	return (error);
}

int
sys_execve(struct sysmsg *sysmsg, const struct execve_args *uap)
{
	struct nlookupdata nd;
	struct image_args args;
	int error;

	bzero(&args, sizeof(args));
	error = nlookup_init(&nd, uap->fname, UIO_USERSPACE, NLC_FOLLOW);
	if (error == 0)
		error = exec_copyin_args(&args, uap->fname, UIO_USERSPACE,
		    uap->argv, uap->envv);
	if (error == 0)
		error = kern_execve(&nd, &args);
	nlookup_done(&nd);
	exec_free_args(&args);
	if (error == 0)
		sysmsg->sysmsg_result64 = 0;
	return (error);
}
