/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Credentials, and the system calls that show and change them: users,
 * groups, process groups, sessions, login names.
 *
 * p_ucred is replaced, never changed while shared, under p_token and p_spin.
 * Threads run on td_ucred, a reference of their own, and pick a new
 * credential up on their way to user mode.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/jail.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/unistd.h>
#include <sys/thread2.h>

MALLOC_DEFINE(M_CRED, "cred", "credentials");

int
sys_getpid(struct sysmsg *sysmsg, const struct getpid_args *uap)
{
	sysmsg->sysmsg_fds[0] = curproc->p_pid;
	return (0);
}

int
sys_getppid(struct sysmsg *sysmsg, const struct getppid_args *uap)
{
	struct proc *p = curproc;

	lwkt_gettoken_shared(&p->p_token);
	sysmsg->sysmsg_result = p->p_oppid != 0 ? p->p_oppid :
	    p->p_pptr->p_pid;
	lwkt_reltoken(&p->p_token);
	return (0);
}

int
sys_lwp_gettid(struct sysmsg *sysmsg, const struct lwp_gettid_args *uap)
{
	sysmsg->sysmsg_result = curthread->td_lwp->lwp_tid;
	return (0);
}

int
sys_getpgrp(struct sysmsg *sysmsg, const struct getpgrp_args *uap)
{
	sysmsg->sysmsg_result = curproc->p_pgid;
	return (0);
}

int
sys_getpgid(struct sysmsg *sysmsg, const struct getpgid_args *uap)
{
	struct proc *p;

	p = uap->pid == 0 ? curproc : pfind(uap->pid);
	if (p == NULL)
		return (ESRCH);
	sysmsg->sysmsg_result = p->p_pgid;
	if (uap->pid != 0)
		PRELE(p);
	return (0);
}

int
sys_getsid(struct sysmsg *sysmsg, const struct getsid_args *uap)
{
	struct proc *p;

	p = uap->pid == 0 ? curproc : pfind(uap->pid);
	if (p == NULL)
		return (ESRCH);
	sysmsg->sysmsg_result = p->p_session->s_sid;
	if (uap->pid != 0)
		PRELE(p);
	return (0);
}

int
sys_getuid(struct sysmsg *sysmsg, const struct getuid_args *uap)
{
	sysmsg->sysmsg_result = curthread->td_ucred->cr_ruid;
	return (0);
}

int
sys_geteuid(struct sysmsg *sysmsg, const struct geteuid_args *uap)
{
	sysmsg->sysmsg_result = curthread->td_ucred->cr_uid;
	return (0);
}

int
sys_getgid(struct sysmsg *sysmsg, const struct getgid_args *uap)
{
	sysmsg->sysmsg_result = curthread->td_ucred->cr_rgid;
	return (0);
}

int
sys_getegid(struct sysmsg *sysmsg, const struct getegid_args *uap)
{
	sysmsg->sysmsg_result = curthread->td_ucred->cr_gid;
	return (0);
}

int
sys_issetugid(struct sysmsg *sysmsg, const struct issetugid_args *uap)
{
	sysmsg->sysmsg_result = (curproc->p_flags & P_SUGID) != 0;
	return (0);
}

int
sys_getgroups(struct sysmsg *sysmsg, const struct getgroups_args *uap)
{
	struct ucred *cr = curthread->td_ucred;
	int error;

	if (uap->gidsetsize == 0) {
		sysmsg->sysmsg_result = cr->cr_ngroups;
		return (0);
	}
	if (uap->gidsetsize < (u_int)cr->cr_ngroups)
		return (EINVAL);
	error = copyout(cr->cr_groups, uap->gidset,
	    cr->cr_ngroups * sizeof(gid_t));
	if (error == 0)
		sysmsg->sysmsg_result = cr->cr_ngroups;
	return (error);
}

int
sys_setsid(struct sysmsg *sysmsg, const struct setsid_args *uap)
{
	struct proc *p = curproc;
	struct pgrp *pg = NULL;
	int error;

	lwkt_gettoken(&p->p_token);
	if (p->p_pgid == p->p_pid || (pg = pgfind(p->p_pid)) != NULL) {
		error = EPERM;
		if (pg != NULL)
			pgrel(pg);
	} else {
		error = enterpgrp(p, p->p_pid, 1);
		sysmsg->sysmsg_result = p->p_pid;
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setpgid(struct sysmsg *sysmsg, const struct setpgid_args *uap)
{
	struct proc *curp = curproc, *targp;
	struct pgrp *pg;
	pid_t pgid = uap->pgid;
	int error = 0;

	if (pgid < 0)
		return (EINVAL);
	if (uap->pid != 0 && uap->pid != curp->p_pid) {
		targp = pfind(uap->pid);
		if (targp == NULL || !inferior(targp)) {
			if (targp != NULL)
				PRELE(targp);
			return (ESRCH);
		}
	} else {
		targp = curp;
		PHOLD(targp);
	}
	lwkt_gettoken(&targp->p_token);
	if (targp != curp) {
		if (targp->p_session != curp->p_session)
			error = EPERM;
		else if (targp->p_flags & P_EXEC)
			error = EACCES;
	}
	if (error == 0 && targp->p_session->s_leader == targp)
		error = EPERM;
	if (error == 0 && pgid == 0) {
		pgid = targp->p_pid;
	} else if (error == 0 && pgid != targp->p_pid) {
		pg = pgfind(pgid);
		if (pg == NULL || pg->pg_session != curp->p_session)
			error = EPERM;
		if (pg != NULL)
			pgrel(pg);
	}
	if (error == 0)
		error = enterpgrp(targp, pgid, 0);
	lwkt_reltoken(&targp->p_token);
	PRELE(targp);
	return (error);
}

/* ---- credentials ---- */

struct ucred *
crget(void)
{
	struct ucred *cr;

	cr = kmalloc(sizeof(*cr), M_CRED, M_WAITOK | M_ZERO | M_CACHEALIGN);
	cr->cr_ref = 1;
	return (cr);
}

struct ucred *
crhold(struct ucred *cr)
{
	if (cr != NOCRED && cr != FSCRED)
		atomic_add_long((volatile u_long *)&cr->cr_ref, 1);
	return (cr);
}

void
crfree(struct ucred *cr)
{
	if (cr == NOCRED || cr == FSCRED)
		return;
	if (atomic_fetchadd_long((volatile u_long *)&cr->cr_ref, -1) != 1)
		return;
	if (cr->cr_uidinfo != NULL)
		uidrop(cr->cr_uidinfo);
	if (cr->cr_ruidinfo != NULL)
		uidrop(cr->cr_ruidinfo);
	if (cr->cr_prison != NULL)
		prison_free(cr->cr_prison);
	kfree(cr, M_CRED);
}

struct ucred *
crdup(struct ucred *cr)
{
	struct ucred *ncr = crget();

	*ncr = *cr;
	ncr->cr_ref = 1;
	if (ncr->cr_uidinfo != NULL)
		uihold(ncr->cr_uidinfo);
	if (ncr->cr_ruidinfo != NULL)
		uihold(ncr->cr_ruidinfo);
	if (ncr->cr_prison != NULL)
		prison_hold(ncr->cr_prison);
	return (ncr);
}

struct ucred *
cratom(struct ucred **pcr)
{
	struct ucred *ocr = *pcr, *ncr;

	if (ocr->cr_ref == 1)
		return (ocr);
	ncr = crdup(ocr);
	*pcr = ncr;
	crfree(ocr);
	return (ncr);
}

/*
 * A credential of p that may be changed.  td_ucred of its threads refers to
 * the old one, so there always is a copy to be made.
 */
struct ucred *
cratom_proc(struct proc *p)
{
	struct ucred *ocr = p->p_ucred, *ncr;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	ncr = crdup(ocr);
	spin_lock(&p->p_spin);
	p->p_ucred = ncr;
	spin_unlock(&p->p_spin);
	crfree(ocr);
	proc_sync_ucred(p);
	return (ncr);
}

void
proc_sync_ucred(struct proc *p)
{
	struct thread *td = curthread;
	struct ucred *ocr;
	struct lwp *lp;

	FOREACH_LWP_IN_PROC(lp, p) {
		if (lp->lwp_thread == td) {
			ocr = td->td_ucred;
			td->td_ucred = crhold(p->p_ucred);
			crfree(ocr);
		} else {
			lwp_attention(lp, LWP_MP_SIGNAL);
		}
	}
}

void
setsugid(void)
{
	curproc->p_flags |= P_SUGID;
}

struct ucred *
change_euid(uid_t euid)
{
	struct proc *p = curproc;
	struct ucred *cr;

	lwkt_gettoken(&p->p_token);
	setsugid();
	cr = cratom_proc(p);
	uireplace(&cr->cr_uidinfo, uifind(euid));
	cr->cr_uid = euid;
	lwkt_reltoken(&p->p_token);
	return (cr);
}

struct ucred *
change_ruid(uid_t ruid)
{
	struct proc *p = curproc;
	struct ucred *cr;

	lwkt_gettoken(&p->p_token);
	setsugid();
	cr = cratom_proc(p);
	chgproccnt(cr->cr_ruidinfo, -1, 0);
	uireplace(&cr->cr_ruidinfo, uifind(ruid));
	chgproccnt(cr->cr_ruidinfo, 1, 0);
	cr->cr_ruid = ruid;
	lwkt_reltoken(&p->p_token);
	return (cr);
}

int
groupmember(gid_t gid, struct ucred *cred)
{
	int i;

	for (i = 0; i < cred->cr_ngroups; i++) {
		if (cred->cr_groups[i] == gid)
			return (1);
	}
	return (0);
}

void
cru2x(struct ucred *cr, struct xucred *xcr)
{
	bzero(xcr, sizeof(*xcr));
	xcr->cr_version = XUCRED_VERSION;
	xcr->cr_uid = cr->cr_uid;
	xcr->cr_ngroups = cr->cr_ngroups;
	bcopy(cr->cr_groups, xcr->cr_groups, sizeof(cr->cr_groups));
}

/* ---- privileges ---- */

int
priv_check_cred(struct ucred *cred, int priv, int flags)
{
	KASSERT(priv > 0 && priv < _PRIV_HIGHEST, ("priv_check: %d", priv));
	if (cred == NOCRED || cred == FSCRED)
		panic("priv_check_cred: no credentials");
	if (cred->cr_uid != 0)
		return (EPERM);
	if (__predict_false(cred->cr_prison != NULL))
		return (prison_priv_check(cred, priv));
	return (0);
}

int
priv_check(struct thread *td, int priv)
{
	if (td->td_ucred == NULL)
		return (0);		/* a kernel thread */
	return (priv_check_cred(td->td_ucred, priv, 0));
}

int
suser_cred(struct ucred *cred, int flag)
{
	return (priv_check_cred(cred, PRIV_ROOT, flag));
}

int
suser(struct thread *td)
{
	return (priv_check(td, PRIV_ROOT));
}

static int	ps_showallprocs = 1;
SYSCTL_INT(_kern, OID_AUTO, ps_showallprocs, CTLFLAG_RW, &ps_showallprocs, 0,
    "Users may see processes of others");

int
ucred_cansee(struct ucred *cr, struct ucred *target)
{
	if (!PRISON_CHECK(cr, target))
		return (ESRCH);
	if (!ps_showallprocs && cr->cr_uid != 0 &&
	    cr->cr_ruid != target->cr_ruid)
		return (ESRCH);
	return (0);
}

int
p_cansee(struct ucred *cr, struct proc *p)
{
	if (cr == NULL || p == curproc)
		return (0);
	return (ucred_cansee(cr, p->p_ucred));
}

/* May the one change the other's scheduling and such? */
int
p_trespass(struct ucred *cr1, struct ucred *cr2)
{
	if (cr1 == cr2)
		return (0);
	if (!PRISON_CHECK(cr1, cr2))
		return (ESRCH);
	if (cr1->cr_uid == 0 || cr1->cr_ruid == cr2->cr_ruid ||
	    cr1->cr_uid == cr2->cr_ruid || cr1->cr_ruid == cr2->cr_uid ||
	    cr1->cr_uid == cr2->cr_uid)
		return (0);
	return (EPERM);
}

/* ---- login name ---- */

int
sys_getlogin(struct sysmsg *sysmsg, const struct getlogin_args *uap)
{
	char buf[MAXLOGNAME];
	size_t len = MIN(uap->namelen, sizeof(buf));

	bzero(buf, sizeof(buf));
	strlcpy(buf, curproc->p_session->s_login, sizeof(buf));
	return (copyout(buf, uap->namebuf, len));
}

int
sys_setlogin(struct sysmsg *sysmsg, const struct setlogin_args *uap)
{
	char buf[MAXLOGNAME];
	int error;

	error = priv_check(curthread, PRIV_PROC_SETLOGIN);
	if (error)
		return (error);
	bzero(buf, sizeof(buf));
	error = copyinstr(uap->namebuf, buf, sizeof(buf), NULL);
	if (error == ENAMETOOLONG)
		return (EINVAL);
	if (error == 0)
		bcopy(buf, curproc->p_session->s_login, sizeof(buf));
	return (error);
}
