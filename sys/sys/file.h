/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * struct file: an open file as descriptors refer to it, shared by dup(2),
 * fork(2) and descriptor passing.  Operations go through f_ops.
 */
#ifndef _SYS_FILE_H_
#define _SYS_FILE_H_

#include <sys/types.h>
#ifndef _KERNEL
#include <sys/fcntl.h>
#include <sys/unistd.h>
#endif

/* f_type */
#define DTYPE_VNODE	1
#define DTYPE_SOCKET	2
#define DTYPE_PIPE	3
#define DTYPE_FIFO	4	/* a named pipe (a vnode) */
#define DTYPE_KQUEUE	5
#define DTYPE_CRYPTO	6
#define DTYPE_MQUEUE	7
#define DTYPE_DMABUF	8

#ifdef _KERNEL

#include <sys/queue.h>
#include <sys/namecache.h>
#include <sys/fcntl.h>
#include <sys/spinlock.h>
#include <sys/uio.h>

struct file;
struct filedesc;
struct knote;
struct lwp;
struct proc;
struct stat;
struct sysmsg;
struct thread;
struct ucred;
struct vnode;

typedef int	fo_rdwr_t(struct file *fp, struct uio *uio,
		    struct ucred *cred, int flags);

struct fileops {
	fo_rdwr_t *fo_read;
	fo_rdwr_t *fo_write;
	int	(*fo_ioctl)(struct file *fp, u_long com, caddr_t data,
		    struct ucred *cred, struct sysmsg *msg);
	int	(*fo_kqfilter)(struct file *fp, struct knote *kn);
	int	(*fo_stat)(struct file *fp, struct stat *sb,
		    struct ucred *cred);
	int	(*fo_close)(struct file *fp);
	int	(*fo_shutdown)(struct file *fp, int how);
	int	(*fo_seek)(struct file *fp, off_t offset, int whence,
		    off_t *res);
};

/*
 * Locks: (a) atomic; (s) f_spin; (I) immutable after falloc()'s caller has
 * published it.
 */
struct file {
	struct fileops	*f_ops;		/* badfileops until opened */
	u_int		f_count;	/* (a) references */
	u_int		f_flag;		/* (a) FREAD, FWRITE, O_*... */
	void		*f_data;	/* (I) vnode, socket, pipe, kqueue */
	struct ucred	*f_cred;	/* (I) of the opener */
	off_t		f_offset;	/* (s) */
	struct spinlock	f_spin;
	short		f_type;		/* (I) DTYPE_* */
	short		f_unused;
	u_int		f_msgcount;	/* (a) references from messages */
	int		f_seqcount;	/* sequential reads, heuristics */
	off_t		f_nextoff;	/* where the next one would begin */
	struct nchandle	f_nchandle;	/* (I) name it was opened by */
	void		*f_data1;	/* type's own */
	void		*f_data2;
	struct sigio	*f_sigio;	/* owner for SIGIO, generic users */
	LIST_ENTRY(file) f_list;	/* all files, per CPU list */
	int		f_listcpu;	/* (I) list it is on */
};

/* Descriptors of the current process; fp is referenced. */
struct file *holdfp(struct thread *td, int fd, int flag);
struct file *holdfp_fdp(struct filedesc *fdp, int fd, int flag);
struct file *holdfp_fdp_locked(struct filedesc *fdp, int fd, int flag);
/* Drop holdfp()'s reference. */
void	dropfp(struct thread *td, int fd, struct file *fp);
int	holdvnode(struct thread *td, int fd, struct file **fpp);
int	holdsock(struct thread *td, int fd, struct file **fpp);

void	fhold(struct file *fp);
/* Drop a reference; the last one closes.  May sleep. */
int	fdrop(struct file *fp);

int	fp_open(const char *path, int flags, int mode, struct file **fpp);
int	fp_close(struct file *fp);
int	fp_read(struct file *fp, void *buf, size_t nbytes, ssize_t *res,
	    int all, enum uio_seg seg);
int	fp_pread(struct file *fp, void *buf, size_t nbytes, off_t offset,
	    ssize_t *res, enum uio_seg seg);
int	fp_write(struct file *fp, void *buf, size_t nbytes, ssize_t *res,
	    enum uio_seg seg);
int	fp_pwrite(struct file *fp, void *buf, size_t nbytes, off_t offset,
	    ssize_t *res, enum uio_seg seg);

/* Defaults for entries of struct fileops. */
fo_rdwr_t badfo_readwrite;
int	badfo_ioctl(struct file *fp, u_long com, caddr_t data,
	    struct ucred *cred, struct sysmsg *msg);
int	badfo_kqfilter(struct file *fp, struct knote *kn);
int	badfo_stat(struct file *fp, struct stat *sb, struct ucred *cred);
int	badfo_close(struct file *fp);
int	badfo_shutdown(struct file *fp, int how);
int	badfo_seek(struct file *fp, off_t offset, int whence, off_t *res);
int	nofo_shutdown(struct file *fp, int how);

extern struct fileops badfileops;
extern u_int nfiles;		/* (a) open files */
extern int maxfiles;		/* kern.maxfiles */
extern int maxfilesperproc;	/* kern.maxfilesperproc */

#endif /* _KERNEL */

#endif /* !_SYS_FILE_H_ */
