/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sockets as open files: read, write, ioctl, kqueue, fstat, close.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/domain.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/mbuf.h>
#include <sys/proc.h>
#include <sys/protosw.h>
#include <sys/signalvar.h>
#include <sys/socketvar.h>
#include <sys/sockio.h>
#include <sys/stat.h>
#include <sys/ttycom.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <net/netmsg.h>

int
soo_nonblock(struct file *fp, int fflags)
{
	if (fflags & O_FBLOCKING)
		return (0);
	return ((fflags & O_FNONBLOCKING) || (fp->f_flag & FNONBLOCK));
}

static int
soo_read(struct file *fp, struct uio *uio, struct ucred *cred, int fflags)
{
	int flags = soo_nonblock(fp, fflags) ? MSG_FNONBLOCKING : 0;

	return (soreceive(fp->f_data, NULL, uio, NULL, &flags));
}

static int
soo_write(struct file *fp, struct uio *uio, struct ucred *cred, int fflags)
{
	struct socket *so = fp->f_data;
	struct thread *td = curthread;
	int error;

	error = sosend(so, NULL, uio, NULL, NULL,
	    soo_nonblock(fp, fflags) ? MSG_FNONBLOCKING : 0, td);
	if (error == EPIPE && (so->so_options & SO_NOSIGPIPE) == 0 &&
	    td->td_lwp != NULL)
		lwpsignal(td->td_proc, td->td_lwp, SIGPIPE);
	return (error);
}

/* FIOASYNC: SIGIO when data arrives, and when there is room. */
static void
soo_async(struct socket *so, int on)
{
	if (on) {
		atomic_set_int(&so->so_state, SS_ASYNC);
		atomic_set_int(&so->so_rcv->sb_flags, SB_RASYNC);
		atomic_set_int(&so->so_snd->sb_flags, SB_WASYNC);
	} else {
		atomic_clear_int(&so->so_state, SS_ASYNC);
		atomic_clear_int(&so->so_rcv->sb_flags, SB_RASYNC);
		atomic_clear_int(&so->so_snd->sb_flags, SB_WASYNC);
	}
}

static int
soo_setown(struct socket *so, pid_t pgid)
{
	int error;

	error = fsetown(pgid, &so->so_rcv->sb_rsigio);
	if (error == 0)
		error = fsetown(pgid, &so->so_snd->sb_wsigio);
	return (error);
}

static int
soo_ioctl(struct file *fp, u_long cmd, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	struct socket *so = fp->f_data;
	int *ip = (int *)data;

	switch (cmd) {
	case FIONBIO:
		return (0);
	case FIOASYNC:
		soo_async(so, *ip);
		return (0);
	case FIONREAD:
		*ip = (int)so->so_rcv->sb_cc;
		return (0);
	case FIOSETOWN:
	case SIOCSPGRP:
		return (soo_setown(so, *ip));
	case TIOCSPGRP:
		return (soo_setown(so, -*ip));
	case FIOGETOWN:
	case SIOCGPGRP:
		*ip = fgetown(&so->so_rcv->sb_rsigio);
		return (0);
	case TIOCGPGRP:
		*ip = -fgetown(&so->so_rcv->sb_rsigio);
		return (0);
	case SIOCATMARK:
		*ip = (so->so_state & SS_RCVATMARK) != 0;
		return (0);
	default:
		return (so_pru_control(so, cmd, data));
	}
}

static int
soo_stat(struct file *fp, struct stat *ub, struct ucred *cred)
{
	struct socket *so = fp->f_data;
	struct sockbuf *rcv = so->so_rcv, *snd = so->so_snd;

	bzero(ub, sizeof(*ub));
	ub->st_mode = S_IFSOCK;
	if ((rcv->sb_flags & (SB_WEOF | SB_REOF)) == 0 || rcv->sb_cc != 0)
		ub->st_mode |= S_IRUSR | S_IRGRP | S_IROTH;
	if ((snd->sb_flags & (SB_WEOF | SB_REOF)) == 0)
		ub->st_mode |= S_IWUSR | S_IWGRP | S_IWOTH;
	ub->st_nlink = 1;
	ub->st_size = rcv->sb_cc;
	ub->st_blksize = snd->sb_hiwat;
	ub->st_uid = so->so_cred->cr_uid;
	ub->st_gid = so->so_cred->cr_gid;
	return (so_pru_sense(so, ub));
}

static int
soo_close(struct file *fp)
{
	struct socket *so = fp->f_data;

	fp->f_ops = &badfileops;
	fp->f_data = NULL;
	return (so != NULL ? soclose(so) : 0);
}

static int
soo_shutdown(struct file *fp, int how)
{
	return (soshutdown(fp->f_data, how));
}

/* ---- kqueue; nothing here takes a token ---- */

static void
filt_sordetach(struct knote *kn)
{
	struct socket *so = (struct socket *)kn->kn_hook;

	knote_remove(&so->so_rcv->sb_rkq.ki_note, kn);
}

static void
filt_sowdetach(struct knote *kn)
{
	struct socket *so = (struct socket *)kn->kn_hook;

	knote_remove(&so->so_snd->sb_wkq.ki_note, kn);
}

/* EV_HUP: both directions are at their end. */
static void
filt_soeof(struct knote *kn, struct socket *so, int nodata)
{
	u_int eof = SB_WEOF | SB_REOF;

	kn->kn_flags |= EV_EOF;
	if ((so->so_rcv->sb_flags & eof) && (so->so_snd->sb_flags & eof))
		kn->kn_flags |= EV_HUP;
	if (nodata)
		kn->kn_flags |= EV_NODATA;
	else
		kn->kn_flags &= ~EV_NODATA;
	kn->kn_fflags = so->so_error;
}

static int
filt_soread(struct knote *kn, long hint)
{
	struct socket *so = (struct socket *)kn->kn_hook;
	struct sockbuf *sb = so->so_rcv;
	u_int flags = sb->sb_flags;

	if (so->so_options & SO_ACCEPTCONN) {
		kn->kn_data = so->so_qlen;
		return (kn->kn_data > 0 || so->so_error != 0);
	}
	cpu_lfence();
	kn->kn_data = sb->sb_cc;
	if (flags & (SB_WEOF | SB_REOF)) {
		filt_soeof(kn, so, sb->sb_mb == NULL);
		return (1);
	}
	if (so->so_error != 0) {
		kn->kn_fflags = so->so_error;
		return (1);
	}
	if (kn->kn_sfflags & NOTE_LOWAT)
		return (kn->kn_data >= kn->kn_sdata);
	/* An empty datagram, or one with descriptors only, is one too. */
	return (kn->kn_data >= sb->sb_rlowat || (kn->kn_data == 0 &&
	    sb->sb_mb != NULL));
}

static int
filt_sowrite(struct knote *kn, long hint)
{
	struct socket *so = (struct socket *)kn->kn_hook;
	struct sockbuf *sb = so->so_snd;
	u_int flags = sb->sb_flags;

	kn->kn_data = MAX(sb_space(sb), 0);
	if (flags & (SB_WEOF | SB_REOF)) {
		kn->kn_data = 0;
		filt_soeof(kn, so, 1);
		return (1);
	}
	if (so->so_error != 0) {
		kn->kn_fflags = so->so_error;
		return (1);
	}
	if ((so->so_state & SS_ISCONNECTED) == 0 &&
	    (so->so_proto->pr_flags & PR_CONNREQUIRED))
		return (0);
	if (kn->kn_sfflags & NOTE_LOWAT)
		return (kn->kn_data >= kn->kn_sdata);
	return (kn->kn_data >= sb->sb_wlowat);
}

/* Data out of band: the mark has been reached. */
static int
filt_soexcept(struct knote *kn, long hint)
{
	struct socket *so = (struct socket *)kn->kn_hook;

	if ((kn->kn_sfflags & NOTE_OOB) && (so->so_state & SS_RCVATMARK)) {
		kn->kn_fflags |= NOTE_OOB;
		kn->kn_data = 0;
		return (1);
	}
	if (so->so_rcv->sb_flags & (SB_WEOF | SB_REOF)) {
		filt_soeof(kn, so, so->so_rcv->sb_mb == NULL);
		return (1);
	}
	return (0);
}

static struct filterops soread_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_sordetach, filt_soread
};
static struct filterops sowrite_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_sowdetach, filt_sowrite
};
static struct filterops soexcept_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_sordetach, filt_soexcept
};

int
soo_kqfilter(struct file *fp, struct knote *kn)
{
	struct socket *so = fp->f_data;

	kn->kn_hook = (caddr_t)so;
	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &soread_filtops;
		knote_insert(&so->so_rcv->sb_rkq.ki_note, kn);
		return (0);
	case EVFILT_WRITE:
		kn->kn_fop = &sowrite_filtops;
		knote_insert(&so->so_snd->sb_wkq.ki_note, kn);
		return (0);
	case EVFILT_EXCEPT:
		kn->kn_fop = &soexcept_filtops;
		knote_insert(&so->so_rcv->sb_rkq.ki_note, kn);
		return (0);
	default:
		return (EOPNOTSUPP);
	}
}

struct fileops socketops = {
	.fo_read = soo_read,
	.fo_write = soo_write,
	.fo_ioctl = soo_ioctl,
	.fo_kqfilter = soo_kqfilter,
	.fo_stat = soo_stat,
	.fo_close = soo_close,
	.fo_shutdown = soo_shutdown,
	.fo_seek = badfo_seek,
};
