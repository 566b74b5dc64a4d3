/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Core files: whether one may be written, where, and opening it.  What is in
 * it is imgact_elf_core.c's business.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/fcntl.h>
#include <sys/imgact.h>
#include <sys/malloc.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/vnode.h>

static int	do_coredump = 1;
static int	sugid_coredump;
static char	corefilename[MAXPATHLEN] = "%N.core";

SYSCTL_INT(_kern, OID_AUTO, coredump, CTLFLAG_RW, &do_coredump, 0,
    "Write core files");
SYSCTL_INT(_kern, OID_AUTO, sugid_coredump, CTLFLAG_RW, &sugid_coredump, 0,
    "Also of processes that changed their identity");
SYSCTL_STRING(_kern, OID_AUTO, corefile, CTLFLAG_RW, corefilename,
    sizeof(corefilename), "Name of core files: %N command, %P pid, %U uid");

/* Expand the pattern: 0, or ENAMETOOLONG. */
static int
core_name(struct proc *p, char *buf, size_t size)
{
	char num[16];
	const char *add, *f;
	size_t len, n = 0;

	for (f = corefilename; *f != '\0'; f++) {
		add = f;
		len = 1;
		if (*f == '%' && f[1] != '\0') {
			switch (*++f) {
			case 'N':
				add = p->p_comm;
				break;
			case 'P':
				ksnprintf(num, sizeof(num), "%d", p->p_pid);
				add = num;
				break;
			case 'U':
				ksnprintf(num, sizeof(num), "%u",
				    p->p_ucred->cr_uid);
				add = num;
				break;
			default:
				add = f;
				break;
			}
			len = add == f ? 1 : strlen(add);
		}
		if (n + len >= size)
			return (ENAMETOOLONG);
		bcopy(add, buf + n, len);
		n += len;
	}
	buf[n] = '\0';
	return (0);
}

/* Only to a plain file of one's own with one name. */
static int
core_check(struct vnode *vp, struct ucred *cred)
{
	struct vattr va;
	int error;

	error = VOP_GETATTR(vp, &va);
	if (error)
		return (error);
	if (vp->v_type != VREG || va.va_nlink != 1 ||
	    va.va_uid != cred->cr_uid)
		return (EFAULT);
	VATTR_NULL(&va);
	va.va_size = 0;
	return (VOP_SETATTR(vp, &va, cred));
}

int
sig_coredump(struct lwp *lp, int sig)
{
	struct proc *p = lp->lwp_proc;
	struct ucred *cred = curthread->td_ucred;
	struct nlookupdata nd;
	struct vnode *vp;
	char *name;
	off_t limit;
	int error;

	limit = lim_cur(p, RLIMIT_CORE);
	if (!do_coredump || limit == 0)
		return (EFBIG);
	if (!sugid_coredump && (p->p_flags & P_SUGID))
		return (EPERM);
	name = kmalloc(MAXPATHLEN, M_TEMP, M_WAITOK);
	error = core_name(p, name, MAXPATHLEN);
	if (error == 0) {
		error = nlookup_init(&nd, name, UIO_SYSSPACE, NLC_LOCKVP);
		if (error == 0)
			error = vn_open(&nd, NULL, O_CREAT | FWRITE |
			    O_NOFOLLOW, S_IRUSR | S_IWUSR);
		if (error == 0) {
			vp = nd.nl_open_vp;
			nd.nl_open_vp = NULL;
			error = vn_lock(vp, LK_EXCLUSIVE | LK_RETRY);
			if (error == 0) {
				error = core_check(vp, cred);
				vn_unlock(vp);
			}
			if (error == 0)
				error = elf_coredump(lp, sig, vp, limit);
			vn_close(vp, FWRITE, NULL);
		}
		nlookup_done(&nd);
	}
	kfree(name, M_TEMP);
	return (error);
}
