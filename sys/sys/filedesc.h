/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A process's descriptor table, and its directories.
 *
 * The table grows by doubling and is never shrunk.  Lookups by threads of a
 * process that is its only user's only thread take no lock; others take
 * fd_spin shared.
 */
#ifndef _SYS_FILEDESC_H_
#define _SYS_FILEDESC_H_

#include <sys/types.h>
#include <sys/queue.h>

struct proc;
struct pgrp;
struct ucred;

/* Who gets SIGIO and SIGURG of a device or socket. */
struct sigio {
	union {
		struct proc	*siu_proc;
		struct pgrp	*siu_pgrp;
	} sio_u;
	SLIST_ENTRY(sigio) sio_pgsigio;	/* process's or group's list */
	struct sigio	**sio_myref;	/* owner's pointer to this */
	struct ucred	*sio_ucred;	/* of who set it */
	uid_t		sio_ruid;
	pid_t		sio_pgid;	/* pid, or -pgid; 0: gone */
};
#define sio_proc	sio_u.siu_proc
#define sio_pgrp	sio_u.siu_pgrp

SLIST_HEAD(sigiolst, sigio);

#ifdef _KERNEL

#include <sys/spinlock.h>
#include <sys/namecache.h>
#include <sys/event.h>

struct file;
struct klist;
struct lwp;
struct thread;
struct vnode;

struct fdnode {
	struct file	*fp;		/* (s) */
	u_char		fileflags;	/* (s) UF_* */
	u_char		reserved;	/* (s) allocated, not yet set */
	u_short		unused;
	int		allocated;	/* (s) in use in this subtree */
};
#define UF_EXCLOSE	0x01		/* close on exec */
#define UF_FOCLOSE	0x02		/* close on fork: kqueues */

#define NDFILE		16		/* in the structure itself */

/* Locks: (s) fd_spin; (a) atomic. */
struct filedesc {
	struct spinlock	fd_spin;
	u_int		fd_refcnt;	/* (a) processes sharing it */
	u_int		fd_softrefs;	/* (a) others looking at it */
	struct fdnode	*fd_files;	/* (s) table */
	int		fd_nfiles;	/* (s) its size, a power of 2 */
	int		fd_lastfile;	/* (s) highest in use, or -1 */
	int		fd_freefile;	/* (s) none is free below this */
	u_short		fd_cmask;	/* (s) umask */
	u_short		fd_unused;
	struct nchandle	fd_ncdir;	/* (s) current directory */
	struct nchandle	fd_nrdir;	/* (s) root */
	struct nchandle	fd_njdir;	/* (s) jail's root */
	struct vnode	*fd_cdir;	/* (s) referenced */
	struct vnode	*fd_rdir;
	struct vnode	*fd_jdir;
	LIST_HEAD(, kqueue) fd_kqueues;	/* see event.h */
	struct fdnode	fd_builtin_files[NDFILE];
};

/* For process 0. */
struct filedesc *fdinit_bootstrap(struct filedesc *unused);
struct filedesc *fdinit(struct proc *p);
struct filedesc *fdshare(struct proc *p);
/* Copy for fork: 0 or errno. */
int	fdcopy(struct proc *p, struct filedesc **fpp);
/* Drop p's table (exit), installing repl (may be NULL). */
void	fdfree(struct proc *p, struct filedesc *repl);
/* Drop a reference to a table; the last one closes everything. */
void	fdrele(struct filedesc *fdp);
void	fdcloseexec(struct proc *p);
int	fdcheckstd(struct lwp *lp);
int	dupfdopen(struct thread *td, int dfd, int sfd, int mode, int error);

/*
 * A new file, and a reserved descriptor for it unless resultfd is NULL;
 * fsetfd() then publishes it (or, fp NULL, gives the descriptor back).
 */
int	falloc(struct lwp *lp, struct file **resultfp, int *resultfd);
int	fdalloc(struct proc *p, int want, int *result);
int	fdavail(struct proc *p, int n);
void	fsetfd(struct filedesc *fdp, struct file *fp, int fd);
int	fgetfdflags(struct filedesc *fdp, int fd, int *flagsp);
int	fsetfdflags(struct filedesc *fdp, int fd, int add_flags);
int	fclrfdflags(struct filedesc *fdp, int fd, int rem_flags);

/* dup(2) and friends. */
int	kern_dup(int flags, int old, int newfd, int *res);
#define DUP_FIXED	0x1		/* onto newfd exactly */
#define DUP_FCNTL	0x2		/* lowest at or above newfd */
#define DUP_CLOEXEC	0x4
int	kern_close(int fd);
int	kern_closefrom(int fd);

/* SIGIO ownership. */
pid_t	fgetown(struct sigio **sigiop);
int	fsetown(pid_t pgid, struct sigio **sigiop);
void	funsetown(struct sigio **sigiop);
void	funsetownlst(struct sigiolst *sigiolst);

/*
 * Call back for every open file of every process: scan stops on a negative
 * result.
 */
void	allfiles_scan_exclusive(int (*callback)(struct file *, void *),
	    void *data);

#endif /* _KERNEL */

#endif /* !_SYS_FILEDESC_H_ */
