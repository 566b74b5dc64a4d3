/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs: processes as directories, what is known of them as files.
 *
 * A node is a process (by pid and time of its start, so that the next user
 * of the pid is another) and a type.  Nodes exist as long as their vnodes.
 * The process is looked up at each operation; when it is gone the operation
 * fails with ENOENT, or ESRCH for data.
 */
#ifndef _VFS_PROCFS_PROCFS_H_
#define _VFS_PROCFS_PROCFS_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/queue.h>
#include <sys/time.h>

struct mount;
struct proc;
struct sbuf;
struct uio;
struct vnode;

MALLOC_DECLARE(M_PROCFS);

enum pfstype {
	PFS_ROOT, PFS_CURPROC, PFS_PROC,	/* / /curproc /N */
	PFS_MEM, PFS_REGS, PFS_FPREGS, PFS_DBREGS, PFS_CTL, PFS_STATUS,
	PFS_NOTE, PFS_NOTEPG, PFS_MAP, PFS_ETYPE, PFS_CMDLINE, PFS_RLIMIT,
	PFS_FILE,
	PFS_NTYPES
};
#define PFS_FIRSTFILE	PFS_MEM

/* Locks: (l) procfs_lock; (I) immutable. */
struct pfsnode {
	LIST_ENTRY(pfsnode) pn_link;	/* (l) hash chain */
	struct mount	*pn_mount;	/* (I) */
	struct vnode	*pn_vnode;	/* (l) */
	enum pfstype	pn_type;	/* (I) */
	pid_t		pn_pid;		/* (I) */
	struct timeval	pn_start;	/* (I) p_start */
};
#define VTOPFS(vp)	((struct pfsnode *)(vp)->v_data)

/* Name and mode of each type. */
struct pfsinfo {
	const char	*name;
	u_short		mode;
	u_char		dtype;		/* DT_* */
};
extern const struct pfsinfo procfs_info[PFS_NTYPES];
extern struct vop_ops procfs_vnode_vops;
extern struct lock procfs_lock;

/* The vnode of a node, locked exclusively; may sleep. */
int	procfs_allocv(struct mount *mp, struct proc *p, enum pfstype type,
	    struct vnode **vpp);
void	procfs_freenode(struct pfsnode *pn);
/* The node's process, held; NULL if it is gone or not for cred to see. */
struct proc *procfs_proc(struct pfsnode *pn);

/* What the files contain; p is held.  Errors are errnos. */
int	procfs_status(struct proc *p, struct sbuf *sb);
int	procfs_map(struct proc *p, struct sbuf *sb);
int	procfs_rlimit(struct proc *p, struct sbuf *sb);
int	procfs_cmdline(struct proc *p, struct sbuf *sb);
int	procfs_regs(struct proc *p, enum pfstype type, struct uio *uio);
/* A command written to ctl. */
int	procfs_control(struct proc *p, struct uio *uio);

#endif /* _KERNEL */

#endif /* !_VFS_PROCFS_PROCFS_H_ */
