/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Credentials.  A struct ucred is shared and immutable while more than one
 * reference exists: cratom() gives the holder a private copy to change.
 */
#ifndef _SYS_UCRED_H_
#define _SYS_UCRED_H_

#include <sys/types.h>
#include <sys/syslimits.h>

struct prison;
struct uidinfo;

struct ucred {
	long	cr_ref;			/* (a) references */
	uid_t	cr_uid __attribute__((__aligned__(64))); /* effective user */
	short	cr_ngroups;		/* groups in use */
	gid_t	cr_groups[NGROUPS_MAX];	/* [0] is the effective group */
	struct uidinfo *cr_uidinfo;	/* of cr_uid */
	struct uidinfo *cr_ruidinfo;	/* of cr_ruid */
	struct prison *cr_prison;	/* jail, or NULL */
	uid_t	cr_ruid;		/* real user */
	uid_t	cr_svuid;		/* saved user */
	gid_t	cr_rgid;		/* real group */
	gid_t	cr_svgid;		/* saved group */
};
#define cr_gid	cr_groups[0]

#define NOCRED	((struct ucred *)0)	/* no credential available */
#define FSCRED	((struct ucred *)-1)	/* the filesystem itself */

/* The form passed to user programs (LOCAL_PEERCRED). */
struct xucred {
	u_int	cr_version;		/* XUCRED_VERSION */
	uid_t	cr_uid;
	short	cr_ngroups;
	gid_t	cr_groups[NGROUPS_MAX];
	void	*_cr_unused1;
};
#define XUCRED_VERSION	0

#ifdef _KERNEL

struct proc;
struct lwp;
struct thread;

/* A new credential: no groups, root, one reference.  May sleep. */
struct ucred *crget(void);
/* Take, drop a reference. */
struct ucred *crhold(struct ucred *cr);
void	crfree(struct ucred *cr);
/* A private copy, to be modified and installed. */
struct ucred *crdup(struct ucred *cr);
#define crcopy(cr)	crdup(cr)
/*
 * Replace *pcr by a copy if others share it; returns the credential that
 * may now be changed.
 */
struct ucred *cratom(struct ucred **pcr);
/* The same for a process: p_token held by the caller. */
struct ucred *cratom_proc(struct proc *p);
/* Change user, group of the current process's own credential. */
struct ucred *change_euid(uid_t euid);
struct ucred *change_ruid(uid_t ruid);
void	setsugid(void);
/* struct xucred of a credential. */
void	cru2x(struct ucred *cr, struct xucred *xcr);
/* True if cred belongs to the group. */
int	groupmember(gid_t gid, struct ucred *cred);
/* 0, or EPERM unless cred is the superuser's. */
int	suser_cred(struct ucred *cred, int flag);
int	suser(struct thread *td);
/* ESRCH unless cr may see things of the other credential. */
int	ucred_cansee(struct ucred *cr, struct ucred *target);
/* 0 if the process of cr1 may see p. */
int	p_cansee(struct ucred *cr, struct proc *p);

#define PRISON_CHECK(cr1, cr2)						\
	((cr1)->cr_prison == NULL || (cr1)->cr_prison == (cr2)->cr_prison)

#endif /* _KERNEL */

#endif /* !_SYS_UCRED_H_ */
