/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls that change users and groups: setuid and its many relatives.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

#define KEEP	((uid_t)-1)

/* Install the three user ids; KEEP leaves one as it is. p_token held. */
static void
set_uids(struct proc *p, uid_t ruid, uid_t euid, uid_t svuid)
{
	if (euid != KEEP && euid != p->p_ucred->cr_uid)
		change_euid(euid);
	if (ruid != KEEP && ruid != p->p_ucred->cr_ruid)
		change_ruid(ruid);
	if (svuid != KEEP && svuid != p->p_ucred->cr_svuid) {
		setsugid();
		cratom_proc(p)->cr_svuid = svuid;
	}
}

static void
set_gids(struct proc *p, gid_t rgid, gid_t egid, gid_t svgid)
{
	struct ucred *cr = p->p_ucred;

	if ((rgid == KEEP || rgid == cr->cr_rgid) &&
	    (egid == KEEP || egid == cr->cr_gid) &&
	    (svgid == KEEP || svgid == cr->cr_svgid))
		return;
	setsugid();
	cr = cratom_proc(p);
	if (rgid != KEEP)
		cr->cr_rgid = rgid;
	if (egid != KEEP)
		cr->cr_gid = egid;
	if (svgid != KEEP)
		cr->cr_svgid = svgid;
}

/* Is id one of the three user (group) ids? */
static int
is_own_uid(struct ucred *cr, uid_t id)
{
	return (id == KEEP || id == cr->cr_ruid || id == cr->cr_uid ||
	    id == cr->cr_svuid);
}

static int
is_own_gid(struct ucred *cr, gid_t id)
{
	return (id == KEEP || id == cr->cr_rgid || id == cr->cr_gid ||
	    id == cr->cr_svgid);
}

int
sys_setuid(struct sysmsg *sysmsg, const struct setuid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	uid_t uid = uap->uid;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if (priv_check_cred(cr, PRIV_CRED_SETUID, 0) == 0 ||
	    uid == cr->cr_uid) {
		set_uids(p, uid, uid, uid);
	} else if (uid == cr->cr_ruid || uid == cr->cr_svuid) {
		set_uids(p, KEEP, uid, KEEP);
	} else {
		error = EPERM;
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_seteuid(struct sysmsg *sysmsg, const struct seteuid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if (uap->euid != cr->cr_ruid && uap->euid != cr->cr_svuid)
		error = priv_check_cred(cr, PRIV_CRED_SETEUID, 0);
	if (error == 0)
		set_uids(p, KEEP, uap->euid, KEEP);
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setreuid(struct sysmsg *sysmsg, const struct setreuid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	uid_t ruid = uap->ruid, euid = uap->euid, svuid = KEEP;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if ((ruid != KEEP && ruid != cr->cr_ruid && ruid != cr->cr_svuid) ||
	    !is_own_uid(cr, euid))
		error = priv_check_cred(cr, PRIV_CRED_SETREUID, 0);
	if (error == 0) {
		uid_t nruid = ruid != KEEP ? ruid : cr->cr_ruid;
		uid_t neuid = euid != KEEP ? euid : cr->cr_uid;

		if (ruid != KEEP || neuid != nruid)
			svuid = neuid;
		set_uids(p, ruid, euid, svuid);
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setresuid(struct sysmsg *sysmsg, const struct setresuid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if (!is_own_uid(cr, uap->ruid) || !is_own_uid(cr, uap->euid) ||
	    !is_own_uid(cr, uap->suid))
		error = priv_check_cred(cr, PRIV_CRED_SETRESUID, 0);
	if (error == 0)
		set_uids(p, uap->ruid, uap->euid, uap->suid);
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setgid(struct sysmsg *sysmsg, const struct setgid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	gid_t gid = uap->gid;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if (priv_check_cred(cr, PRIV_CRED_SETGID, 0) == 0 ||
	    gid == cr->cr_gid) {
		set_gids(p, gid, gid, gid);
	} else if (gid == cr->cr_rgid || gid == cr->cr_svgid) {
		set_gids(p, KEEP, gid, KEEP);
	} else {
		error = EPERM;
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setegid(struct sysmsg *sysmsg, const struct setegid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if (uap->egid != cr->cr_rgid && uap->egid != cr->cr_svgid)
		error = priv_check_cred(cr, PRIV_CRED_SETEGID, 0);
	if (error == 0)
		set_gids(p, KEEP, uap->egid, KEEP);
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setregid(struct sysmsg *sysmsg, const struct setregid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	gid_t rgid = uap->rgid, egid = uap->egid, svgid = KEEP;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if ((rgid != KEEP && rgid != cr->cr_rgid && rgid != cr->cr_svgid) ||
	    !is_own_gid(cr, egid))
		error = priv_check_cred(cr, PRIV_CRED_SETREGID, 0);
	if (error == 0) {
		gid_t nrgid = rgid != KEEP ? rgid : cr->cr_rgid;
		gid_t negid = egid != KEEP ? egid : cr->cr_gid;

		if (rgid != KEEP || negid != nrgid)
			svgid = negid;
		set_gids(p, rgid, egid, svgid);
	}
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setresgid(struct sysmsg *sysmsg, const struct setresgid_args *uap)
{
	struct proc *p = curproc;
	struct ucred *cr;
	int error = 0;

	lwkt_gettoken(&p->p_token);
	cr = p->p_ucred;
	if (!is_own_gid(cr, uap->rgid) || !is_own_gid(cr, uap->egid) ||
	    !is_own_gid(cr, uap->sgid))
		error = priv_check_cred(cr, PRIV_CRED_SETRESGID, 0);
	if (error == 0)
		set_gids(p, uap->rgid, uap->egid, uap->sgid);
	lwkt_reltoken(&p->p_token);
	return (error);
}

int
sys_setgroups(struct sysmsg *sysmsg, const struct setgroups_args *uap)
{
	gid_t groups[NGROUPS_MAX];
	struct proc *p = curproc;
	struct ucred *cr;
	u_int n = uap->gidsetsize;
	int error;

	error = priv_check(curthread, PRIV_CRED_SETGROUPS);
	if (error)
		return (error);
	if (n > NGROUPS_MAX)
		return (EINVAL);
	error = copyin(uap->gidset, groups, n * sizeof(gid_t));
	if (error)
		return (error);
	lwkt_gettoken(&p->p_token);
	setsugid();
	cr = cratom_proc(p);
	/* The effective group stays when there are none. */
	cr->cr_ngroups = MAX(n, 1);
	bcopy(groups, cr->cr_groups, n * sizeof(gid_t));
	lwkt_reltoken(&p->p_token);
	return (0);
}

static int
copyout_ids(const uint32_t ids[3], void *a, void *b, void *c)
{
	void *dst[3] = { a, b, c };
	int error = 0, i;

	for (i = 0; i < 3 && error == 0; i++) {
		if (dst[i] != NULL)
			error = copyout(&ids[i], dst[i], sizeof(ids[i]));
	}
	return (error);
}

int
sys_getresuid(struct sysmsg *sysmsg, const struct getresuid_args *uap)
{
	struct ucred *cr = curthread->td_ucred;
	const uint32_t ids[3] = { cr->cr_ruid, cr->cr_uid, cr->cr_svuid };

	return (copyout_ids(ids, uap->ruid, uap->euid, uap->suid));
}

int
sys_getresgid(struct sysmsg *sysmsg, const struct getresgid_args *uap)
{
	struct ucred *cr = curthread->td_ucred;
	const uint32_t ids[3] = { cr->cr_rgid, cr->cr_gid, cr->cr_svgid };

	return (copyout_ids(ids, uap->rgid, uap->egid, uap->sgid));
}
