/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Path lookup: from a path name to a namecache handle.
 *
 *	error = nlookup_init(&nd, path, UIO_USERSPACE, NLC_FOLLOW);
 *	if (error == 0)
 *		error = nlookup(&nd);
 *	if (error == 0)
 *		error = cache_vref(&nd.nl_nch, nd.nl_cred, &vp);
 *	nlookup_done(&nd);
 *
 * On success nl_nch is referenced and locked: exclusively, or shared with
 * NLC_SHAREDLOCK.  With NLC_CREATE or NLC_RENAME_DST success includes a
 * name that does not exist (nl_nch.ncp->nc_vp == NULL).  NLC_REFDVP leaves
 * the directory's vnode referenced in nl_dvp.  nlookup_done() releases
 * whatever is held and must follow every nlookup_init(), failed or not.
 */
#ifndef _SYS_NLOOKUP_H_
#define _SYS_NLOOKUP_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/uio.h>
#include <sys/namecache.h>
#include <sys/file.h>

struct thread;
struct ucred;
struct vnode;

struct nlookupdata {
	struct nchandle	nl_nch;		/* the result */
	struct nchandle	nl_basench;	/* where a relative path starts */
	struct nchandle	nl_rootnch;	/* what `/' means */
	struct nchandle	nl_jailnch;	/* what `..' may not leave */
	char		*nl_path;	/* path, or what is left of it */
	struct thread	*nl_td;
	struct ucred	*nl_cred;	/* referenced */
	struct vnode	*nl_dvp;	/* NLC_REFDVP */
	int		nl_flags;	/* NLC_* */
	int		nl_loopcnt;	/* symbolic links followed */
	int		nl_dir_error;	/* result for a final directory */
	struct vnode	*nl_open_vp;	/* vn_open(): the open vnode */
	int		nl_vp_fmode;
};

/* Flags. */
#define NLC_FOLLOW	0x00000001	/* follow a final symbolic link */
#define NLC_NOCROSSMOUNT 0x00000002	/* stay below a final mount point */
#define NLC_CREATE	0x00000004	/* the name need not exist */
#define NLC_DELETE	0x00000008	/* will be removed */
#define NLC_RENAME_DST	0x00000010
#define NLC_OPEN	0x00000020
#define NLC_TRUNCATE	0x00000040
#define NLC_HLINK	0x00000080	/* will be linked to */
#define NLC_RENAME_SRC	0x00000100
#define NLC_SHAREDLOCK	0x00000200
#define NLC_STICKY	0x00000400	/* (out) directory is sticky */
#define NLC_APPENDONLY	0x00000800	/* (out) append-only file */
#define NLC_IMMUTABLE	0x00001000	/* (out) */
#define NLC_WRITE	0x00002000	/* check write permission */
#define NLC_READ	0x00004000
#define NLC_EXEC	0x00008000
#define NLC_APPEND	0x00010000	/* opened for append */
#define NLC_OWN		0x00020000	/* caller must own it */
#define NLC_BORROWCRED	0x00040000	/* nl_cred is not referenced */
#define NLC_LOCKVP	0x00080000	/* nl_open_vp is locked */
#define NLC_CREDSAVED	0x00100000
#define NLC_REFDVP	0x00200000	/* return nl_dvp */
#define NLC_NCPISLOCKED	0x00400000
#define NLC_NCDIR	0x00800000	/* nl_basench was replaced (at*) */
#define NLC_EXCL	0x01000000	/* O_EXCL: do not follow the final link */
#define NLC_NFS_RDONLY	0x02000000
#define NLC_NFS_NOSOFTLINKTRAV 0x04000000
#define NLC_REALUID	0x08000000	/* access(2): real ids */
#define NLC_ISADIR	0x10000000	/* (out) path ended in a slash */
#define NLC_KPATH	0x20000000	/* nl_path is our buffer */

#define NLC_ALLCHKS	(NLC_CREATE | NLC_DELETE | NLC_RENAME_DST |	\
			 NLC_OPEN | NLC_TRUNCATE | NLC_RENAME_SRC |	\
			 NLC_WRITE | NLC_READ | NLC_EXEC | NLC_OWN |	\
			 NLC_APPEND | NLC_EXCL)

int	nlookup_init(struct nlookupdata *nd, const char *path,
	    enum uio_seg seg, int flags);
/* The *at() forms: *fpp is the directory file, to be dropped by _done_at. */
int	nlookup_init_at(struct nlookupdata *nd, struct file **fpp, int fd,
	    const char *path, enum uio_seg seg, int flags);
int	nlookup_init_raw(struct nlookupdata *nd, const char *path,
	    enum uio_seg seg, int flags, struct ucred *cred,
	    struct nchandle *start);
int	nlookup_init_root(struct nlookupdata *nd, const char *path,
	    enum uio_seg seg, int flags, struct ucred *cred,
	    struct nchandle *start, struct nchandle *root);
void	nlookup_set_cred(struct nlookupdata *nd, struct ucred *cred);
void	nlookup_zero(struct nlookupdata *nd);
void	nlookup_done(struct nlookupdata *nd);
void	nlookup_done_at(struct nlookupdata *nd, struct file *fp);
/*
 * The frame of a system call on a path, or on two: prepare the lookup of
 * path, which is the user's and relative to fd (AT_FDCWD: to the current
 * directory), run op on it and release what it holds.  Returns the error of
 * the preparation or else op's.
 */
typedef int nlookup_op_t(struct nlookupdata *nd, void *arg);
typedef int nlookup_op2_t(struct nlookupdata *nd1, struct nlookupdata *nd2);
int	nlookup_run(int fd, const char *path, int flags, nlookup_op_t *op,
	    void *arg);
int	nlookup_run2(int fd1, const char *path1, int flags1, int fd2,
	    const char *path2, nlookup_op2_t *op);
/* AT_SYMLINK_NOFOLLOW or 0 to NLC_FOLLOW or 0; EINVAL for other flags. */
int	nlookup_at_flags(int atflags, int *nlcflags);
int	nlookup(struct nlookupdata *nd);
/* Look a path up in the kernel's root; the handle comes unlocked. */
struct nchandle nlookup_simple(const char *path, enum uio_seg seg, int flags,
	    int *error);
int	nreadsymlink(struct nlookupdata *nd, struct nchandle *nch,
	    struct nlcomponent *nlc);
int	naccess(struct nchandle *nch, int vmode, struct ucred *cred,
	    int *stickyp);

/*
 * Reference the vnode a path names, by the lock-free walk when it succeeds.
 * What stat(2), access(2), chdir(2) and readlink(2) use.
 */
int	nlookup_vref(int fd, const char *path, enum uio_seg seg, int flags,
	    struct ucred *cred, struct vnode **vpp);

#endif /* _KERNEL */

#endif /* !_SYS_NLOOKUP_H_ */
