/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pipes.
 *
 * Each direction is a ring with free-running indices: the reader alone moves
 * rindex, the writer alone windex, so that they need not exclude each other.
 * Readers exclude each other by rlock and, because copying may fault and so
 * lose the token, by rip; writers likewise.  Who finds nothing to do sets
 * want_r (want_w), looks again and sleeps; the other side, having moved its
 * index, sees the flag.
 *
 * f_data of a descriptor is the pipe's address, with bit 0 set for the
 * second end.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/file2.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/globaldata.h>
#include <sys/malloc.h>
#include <sys/pipe.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ttycom.h>
#include <sys/uio.h>
#include <sys/thread2.h>

static MALLOC_DEFINE(M_PIPE, "pipe", "pipes and their buffers");

#define PIPEQ_MAX	8	/* pipes cached by a CPU */

static u_int	pipe_count;	/* (a) */
static u_int	pipe_size = PIPE_SIZE;

SYSCTL_NODE(_kern, OID_AUTO, pipe, CTLFLAG_RW, 0, "Pipes");
SYSCTL_UINT(_kern_pipe, OID_AUTO, count, CTLFLAG_RD, &pipe_count, 0,
    "Pipes in being");

static struct fileops pipeops;

static __inline struct pipe *
fp_pipe(struct file *fp)
{
	return ((struct pipe *)((intptr_t)fp->f_data & ~(intptr_t)1));
}

static __inline struct pipebuf *
fp_rpb(struct file *fp)
{
	struct pipe *pipe = fp_pipe(fp);

	return (((intptr_t)fp->f_data & 1) ? &pipe->bufferB : &pipe->bufferA);
}

static __inline struct pipebuf *
fp_wpb(struct file *fp)
{
	struct pipe *pipe = fp_pipe(fp);

	return (((intptr_t)fp->f_data & 1) ? &pipe->bufferA : &pipe->bufferB);
}

/* Be the only reader (writer); the token is held. */
static __inline int
pipe_start_uio(int *ipp)
{
	int error;

	while (__predict_false(*ipp != 0)) {
		*ipp = -1;
		error = tsleep(ipp, PCATCH, "pipexx", 0);
		if (error)
			return (error);
	}
	*ipp = 1;
	return (0);
}

static __inline void
pipe_end_uio(int *ipp)
{
	int old = *ipp;

	*ipp = 0;
	if (__predict_false(old < 0))
		wakeup(ipp);
}

static __inline void
pipe_wake_reader(struct pipebuf *pb)
{
	cpu_mfence();
	if (pb->want_r) {
		pb->want_r = 0;
		wakeup(&pb->want_r);
	}
	KNOTE(&pb->kq.ki_note, 0);
	if (pb->sigio != NULL)
		pgsigio(pb->sigio, SIGIO, 0);
}

static __inline void
pipe_wake_writer(struct pipebuf *pb)
{
	cpu_mfence();
	if (pb->want_w) {
		pb->want_w = 0;
		wakeup(&pb->want_w);
	}
	KNOTE(&pb->kq.ki_note, 0);
}

static int
pipe_nonblock(struct file *fp, int fflags)
{
	if (fflags & O_FBLOCKING)
		return (0);
	return ((fflags & O_FNONBLOCKING) || (fp->f_flag & O_NONBLOCK));
}

static void
pipebuf_init(struct pipebuf *pb)
{
	lwkt_token_init(&pb->rlock, "piper");
	lwkt_token_init(&pb->wlock, "pipew");
	pb->size = pipe_size;
	pb->buffer = kmalloc(pb->size, M_PIPE, M_WAITOK);
}

/* From the CPU's cache, or new. */
static struct pipe *
pipe_create(void)
{
	globaldata_t gd;
	struct pipe *pipe;

	crit_enter();
	gd = mycpu;
	pipe = gd->gd_pipe;
	if (pipe != NULL)
		gd->gd_pipe = pipe->next;
	crit_exit();
	if (pipe == NULL) {
		pipe = kmalloc(sizeof(*pipe), M_PIPE,
		    M_WAITOK | M_ZERO | M_CACHEALIGN);
		pipebuf_init(&pipe->bufferA);
		pipebuf_init(&pipe->bufferB);
	}
	crit_enter();
	gd = mycpu;
	pipe->inum = (uint64_t)gd->gd_anoninum++ * ncpus + gd->gd_cpuid + 2;
	crit_exit();
	getnanotime(&pipe->ctime);
	pipe->bufferA.atime = pipe->bufferA.mtime = pipe->ctime;
	pipe->bufferB.atime = pipe->bufferB.mtime = pipe->ctime;
	pipe->open_count = 2;
	atomic_add_int(&pipe_count, 1);
	return (pipe);
}

static void
pipe_free(struct pipe *pipe)
{
	struct pipebuf *pb[2] = { &pipe->bufferA, &pipe->bufferB };
	struct pipe *scan;
	int i, n = 0;

	for (i = 0; i < 2; i++) {
		pb[i]->rindex = pb[i]->windex = 0;
		pb[i]->state = 0;
		pb[i]->want_r = pb[i]->want_w = 0;
		pb[i]->rip = pb[i]->wip = 0;
	}
	atomic_add_int(&pipe_count, -1);
	crit_enter();
	for (scan = mycpu->gd_pipe; scan != NULL; scan = scan->next)
		n++;
	if (n < PIPEQ_MAX) {
		pipe->next = mycpu->gd_pipe;
		mycpu->gd_pipe = pipe;
		pipe = NULL;
	}
	crit_exit();
	if (pipe == NULL)
		return;
	for (i = 0; i < 2; i++) {
		kfree(pb[i]->buffer, M_PIPE);
		lwkt_token_uninit(&pb[i]->rlock);
		lwkt_token_uninit(&pb[i]->wlock);
	}
	kfree(pipe, M_PIPE);
}

static int
kern_pipe(long *fds, int flags)
{
	struct thread *td = curthread;
	struct filedesc *fdp = td->td_proc->p_fd;
	struct file *rf, *wf;
	struct pipe *pipe;
	int error, fd1, fd2;
	u_int fflag = FREAD | FWRITE | ((flags & O_NONBLOCK) ? FNONBLOCK : 0);

	error = falloc(td->td_lwp, &rf, &fd1);
	if (error)
		return (error);
	error = falloc(td->td_lwp, &wf, &fd2);
	if (error) {
		fsetfd(fdp, NULL, fd1);
		fdrop(rf);
		return (error);
	}
	pipe = pipe_create();
	rf->f_type = wf->f_type = DTYPE_PIPE;
	rf->f_flag = wf->f_flag = fflag;
	rf->f_ops = wf->f_ops = &pipeops;
	rf->f_data = pipe;
	wf->f_data = (void *)((intptr_t)pipe | 1);
	if (flags & O_CLOEXEC) {
		fsetfdflags(fdp, fd1, UF_EXCLOSE);
		fsetfdflags(fdp, fd2, UF_EXCLOSE);
	}
	fsetfd(fdp, rf, fd1);
	fsetfd(fdp, wf, fd2);
	fdrop(rf);
	fdrop(wf);
	fds[0] = fd1;
	fds[1] = fd2;
	return (0);
}

int
sys_pipe(struct sysmsg *sysmsg, const struct pipe_args *uap)
{
	return (kern_pipe(sysmsg->sysmsg_fds, 0));
}

int
sys_pipe2(struct sysmsg *sysmsg, const struct pipe2_args *uap)
{
	return (kern_pipe(sysmsg->sysmsg_fds, uap->flags));
}

static int
pipe_read(struct file *fp, struct uio *uio, struct ucred *cred, int fflags)
{
	struct pipebuf *rpb = fp_rpb(fp);
	size_t nread = 0, off, size, n;
	int error;

	if (uio->uio_resid == 0)
		return (0);
	lwkt_gettoken(&rpb->rlock);
	error = pipe_start_uio(&rpb->rip);
	if (error) {
		lwkt_reltoken(&rpb->rlock);
		return (error);
	}
	while (uio->uio_resid > 0) {
		size = *(volatile size_t *)&rpb->windex - rpb->rindex;
		if (size > 0) {
			cpu_lfence();
			off = rpb->rindex & (rpb->size - 1);
			n = MIN(MIN(size, rpb->size - off), uio->uio_resid);
			error = uiomove(rpb->buffer + off, n, uio);
			if (error)
				break;
			cpu_mfence();
			rpb->rindex += n;
			nread += n;
			continue;
		}
		if (nread > 0)
			break;
		if (rpb->state & PIPE_WEOF) {
			cpu_lfence();
			if (*(volatile size_t *)&rpb->windex != rpb->rindex)
				continue;
			break;
		}
		if (pipe_nonblock(fp, fflags)) {
			error = EAGAIN;
			break;
		}
		tsleep_interlock(&rpb->want_r, PCATCH);
		rpb->want_r = 1;
		cpu_mfence();
		if (*(volatile size_t *)&rpb->windex == rpb->rindex &&
		    (rpb->state & PIPE_WEOF) == 0) {
			error = tsleep(&rpb->want_r, PCATCH | PINTERLOCKED,
			    "piperd", 0);
			if (error)
				break;
		}
	}
	pipe_end_uio(&rpb->rip);
	if (nread > 0) {
		getnanotime(&rpb->atime);
		/* A writer is not worth waking for less than PIPE_BUF. */
		if (rpb->windex - rpb->rindex <= rpb->size - PIPE_BUF)
			pipe_wake_writer(rpb);
	}
	lwkt_reltoken(&rpb->rlock);
	return (error);
}

static int
pipe_write(struct file *fp, struct uio *uio, struct ucred *cred, int fflags)
{
	struct pipebuf *wpb = fp_wpb(fp);
	size_t n, nwritten = 0, off, space;
	int atomic, error;

	if (uio->uio_resid == 0)
		return (0);
	lwkt_gettoken(&wpb->wlock);
	error = pipe_start_uio(&wpb->wip);
	if (error) {
		lwkt_reltoken(&wpb->wlock);
		return (error);
	}
	atomic = uio->uio_resid <= PIPE_BUF;
	while (uio->uio_resid > 0) {
		if (wpb->state & PIPE_REOF) {
			error = EPIPE;
			break;
		}
		space = wpb->size - (wpb->windex -
		    *(volatile size_t *)&wpb->rindex);
		if (atomic && space < uio->uio_resid && nwritten == 0)
			space = 0;
		if (space > 0) {
			off = wpb->windex & (wpb->size - 1);
			n = MIN(MIN(space, wpb->size - off), uio->uio_resid);
			error = uiomove(wpb->buffer + off, n, uio);
			if (error)
				break;
			cpu_sfence();
			wpb->windex += n;
			nwritten += n;
			continue;
		}
		if (pipe_nonblock(fp, fflags)) {
			error = EAGAIN;
			break;
		}
		pipe_wake_reader(wpb);
		tsleep_interlock(&wpb->want_w, PCATCH);
		wpb->want_w = 1;
		cpu_mfence();
		space = wpb->size - (wpb->windex -
		    *(volatile size_t *)&wpb->rindex);
		if ((atomic && nwritten == 0 ? space < uio->uio_resid :
		    space == 0) && (wpb->state & PIPE_REOF) == 0) {
			error = tsleep(&wpb->want_w, PCATCH | PINTERLOCKED,
			    "pipewr", 0);
			if (error)
				break;
		}
	}
	pipe_end_uio(&wpb->wip);
	if (nwritten > 0) {
		getnanotime(&wpb->mtime);
		pipe_wake_reader(wpb);
		if (error == EAGAIN || error == EINTR || error == ERESTART)
			error = 0;
	}
	lwkt_reltoken(&wpb->wlock);
	return (error);
}

static int
pipe_ioctl(struct file *fp, u_long cmd, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	struct pipebuf *rpb = fp_rpb(fp);

	switch (cmd) {
	case FIONBIO:
	case FIOASYNC:
		return (0);
	case FIONREAD:
		*(int *)data = (int)(rpb->windex - rpb->rindex);
		return (0);
	case FIOSETOWN:
		return (fsetown(*(int *)data, &rpb->sigio));
	case FIOGETOWN:
		*(int *)data = fgetown(&rpb->sigio);
		return (0);
	case TIOCSPGRP:
		return (fsetown(-(*(int *)data), &rpb->sigio));
	case TIOCGPGRP:
		*(int *)data = -fgetown(&rpb->sigio);
		return (0);
	default:
		return (ENOTTY);
	}
}

static int
pipe_stat(struct file *fp, struct stat *ub, struct ucred *cred)
{
	struct pipe *pipe = fp_pipe(fp);
	struct pipebuf *rpb = fp_rpb(fp);

	bzero(ub, sizeof(*ub));
	ub->st_mode = S_IFIFO | 0600;
	ub->st_blksize = rpb->size;
	ub->st_size = rpb->windex - rpb->rindex;
	ub->st_blocks = howmany(ub->st_size, 512);
	ub->st_atimespec = rpb->atime;
	ub->st_mtimespec = rpb->mtime;
	ub->st_ctimespec = pipe->ctime;
	ub->st_uid = fp->f_cred->cr_uid;
	ub->st_gid = fp->f_cred->cr_gid;
	ub->st_ino = pipe->inum;
	ub->st_nlink = 1;
	return (0);
}

/* This end no longer reads pb (REOF), or no longer writes it (WEOF). */
static void
pipe_shut(struct pipebuf *pb, uint32_t state)
{
	atomic_set_int(&pb->state, state);
	cpu_mfence();
	pb->want_r = pb->want_w = 0;
	wakeup(&pb->want_r);
	wakeup(&pb->want_w);
	KNOTE(&pb->kq.ki_note, 0);
}

static int
pipe_close(struct file *fp)
{
	struct pipe *pipe = fp_pipe(fp);

	funsetown(&fp_rpb(fp)->sigio);
	pipe_shut(fp_rpb(fp), PIPE_REOF);
	pipe_shut(fp_wpb(fp), PIPE_WEOF);
	fp->f_ops = &badfileops;
	fp->f_data = NULL;
	if (atomic_fetchadd_int(&pipe->open_count, -1) == 1)
		pipe_free(pipe);
	return (0);
}

static int
pipe_shutdown(struct file *fp, int how)
{
	if (how == 0 || how == 2)
		pipe_shut(fp_rpb(fp), PIPE_REOF);
	if (how == 1 || how == 2)
		pipe_shut(fp_wpb(fp), PIPE_WEOF);
	return (0);
}

static void
filt_pipedetach(struct knote *kn)
{
	struct pipebuf *pb = (struct pipebuf *)kn->kn_hook;

	knote_remove(&pb->kq.ki_note, kn);
}

static int
filt_piperead(struct knote *kn, long hint)
{
	struct pipebuf *pb = (struct pipebuf *)kn->kn_hook;
	u_int state = pb->state;

	cpu_lfence();
	kn->kn_data = *(volatile size_t *)&pb->windex -
	    *(volatile size_t *)&pb->rindex;
	if (state & PIPE_WEOF) {
		kn->kn_flags |= EV_EOF | EV_HUP;
		if (kn->kn_data == 0)
			kn->kn_flags |= EV_NODATA;
		else
			kn->kn_flags &= ~EV_NODATA;
		return (1);
	}
	return (kn->kn_data > 0);
}

static int
filt_pipewrite(struct knote *kn, long hint)
{
	struct pipebuf *pb = (struct pipebuf *)kn->kn_hook;

	kn->kn_data = pb->size - (*(volatile size_t *)&pb->windex -
	    *(volatile size_t *)&pb->rindex);
	if (pb->state & PIPE_REOF) {
		kn->kn_data = 0;
		kn->kn_flags |= EV_EOF | EV_HUP | EV_NODATA;
		return (1);
	}
	return (kn->kn_data >= PIPE_BUF);
}

static struct filterops pipe_rfiltops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_pipedetach, filt_piperead
};
static struct filterops pipe_wfiltops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_pipedetach,
	filt_pipewrite
};

static int
pipe_kqfilter(struct file *fp, struct knote *kn)
{
	struct pipebuf *pb;

	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &pipe_rfiltops;
		pb = fp_rpb(fp);
		break;
	case EVFILT_WRITE:
		kn->kn_fop = &pipe_wfiltops;
		pb = fp_wpb(fp);
		break;
	default:
		return (EOPNOTSUPP);
	}
	kn->kn_hook = (caddr_t)pb;
	knote_insert(&pb->kq.ki_note, kn);
	return (0);
}

static struct fileops pipeops = {
	.fo_read = pipe_read,
	.fo_write = pipe_write,
	.fo_ioctl = pipe_ioctl,
	.fo_kqfilter = pipe_kqfilter,
	.fo_stat = pipe_stat,
	.fo_close = pipe_close,
	.fo_shutdown = pipe_shutdown,
	.fo_seek = badfo_seek,
};
