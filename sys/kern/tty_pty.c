/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pseudo terminals.  Opening /dev/ptmx gives the master of a pair; its slave
 * is /dev/pts/N, a terminal whose "line" is the master: what is written to
 * the master is the terminal's input, and its output is read there.
 *
 * A pair's structure and devices stay for the next user of its number; the
 * slave's node is hidden meanwhile.  Everything of a pair is under its
 * terminal's token.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/devfs.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/filio.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/ttydefaults.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#define PTY_BUF		512	/* bytes moved at a time */

/* (t) terminal's token; (I) immutable. */
struct pty {
	struct tty	*tty;		/* (I) */
	cdev_t		devc;		/* (I) master */
	cdev_t		devs;		/* (I) slave */
	int		unit;		/* (I) */
	int		flags;		/* (t) PF_* */
	u_char		send;		/* (t) TIOCPKT_* to be told */
	u_char		ucntl;		/* (t) user command to be told */
	struct kqinfo	rkq, wkq;	/* notes on the master */
};
#define PF_PKT		0x01		/* packet mode */
#define PF_STOPPED	0x02		/* master was told of a stop */
#define PF_NOSTOP	0x04		/* and of who does flow control */
#define PF_UCNTL	0x08		/* user commands */
#define PF_MOPEN	0x10		/* master is open */
#define PF_SOPEN	0x20		/* slave is open */

static MALLOC_DEFINE(M_PTY, "pty", "pseudo terminals");
static DEVFS_DECLARE_CLONE_BITMAP(pty);
static struct lwkt_token pty_token = LWKT_TOKEN_INITIALIZER(pty_token);
static struct pty **ptys;		/* pty_token */
static int	nptys;			/* pty_token */

static struct dev_ops ptc_ops, pts_ops;

static void
ptc_wakeup_read(struct pty *pt)
{
	wakeup(TSA_PTC_READ(pt->tty));
	KNOTE(&pt->rkq.ki_note, 0);
}

static void
ptc_wakeup_write(struct pty *pt)
{
	wakeup(TSA_PTC_WRITE(pt->tty));
	KNOTE(&pt->wkq.ki_note, 0);
}

/* ---- the terminal's driver ---- */

static void
pts_start(struct tty *tp)
{
	struct pty *pt = tp->t_sc;

	if (tp->t_state & TS_TTSTOP)
		return;
	if (pt->flags & PF_STOPPED) {
		pt->flags &= ~PF_STOPPED;
		pt->send = TIOCPKT_START;
	}
	/* Whoever holds the master takes it; nobody: it goes nowhere. */
	if ((pt->flags & PF_MOPEN) == 0) {
		clist_flush(&tp->t_outq);
		ttwwakeup(tp);
		return;
	}
	if (tp->t_outq.c_cc > 0 || pt->send)
		ptc_wakeup_read(pt);
	ttwwakeup(tp);
}

static void
pts_stop(struct tty *tp, int rw)
{
	struct pty *pt = tp->t_sc;
	int flag = rw;

	if (flag == 0) {
		flag = TIOCPKT_STOP;
		pt->flags |= PF_STOPPED;
	} else {
		pt->flags &= ~PF_STOPPED;
		flag = ((rw & FREAD) ? TIOCPKT_FLUSHREAD : 0) |
		    ((rw & FWRITE) ? TIOCPKT_FLUSHWRITE : 0);
	}
	pt->send |= flag;
	if (rw & FREAD)
		ptc_wakeup_write(pt);
	if (pt->flags & PF_PKT)
		ptc_wakeup_read(pt);
}

static void
pts_unblock(struct tty *tp)
{
	ptc_wakeup_write(tp->t_sc);
}

/* Neither end is in use: the number is free. */
static void
pty_done(struct pty *pt)
{
	if (pt->flags & (PF_MOPEN | PF_SOPEN))
		return;
	pt->flags = 0;
	pt->send = pt->ucntl = 0;
	devfs_hide(pt->devs);
	devfs_clone_bitmap_put(&DEVFS_CLONE_BITMAP(pty), pt->unit);
}

static int
ptsopen(struct dev_open_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = pt->tty;
	int error = 0;

	lwkt_gettoken(&tp->t_token);
	if ((pt->flags & PF_MOPEN) == 0) {
		error = EIO;
	} else if ((tp->t_state & TS_ISOPEN) == 0) {
		struct winsize ws = tp->t_winsize;

		tp->t_state &= ~TS_ZOMBIE;
		ttyopen(pt->devs, tp);
		ttymodem(tp, 1);
		tp->t_winsize = ws;	/* the master may have set it */
	} else if ((tp->t_state & TS_XCLUDE) &&
	    priv_check_cred(ap->a_cred, PRIV_TTY_EXCLUSIVE, 0) != 0) {
		error = EBUSY;
	}
	if (error == 0) {
		pt->flags |= PF_SOPEN;
		ptc_wakeup_write(pt);
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

static int
ptsclose(struct dev_close_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = pt->tty;

	lwkt_gettoken(&tp->t_token);
	/* The rest of the output stays for the master to read. */
	funsetown(&tp->t_sigio);
	clist_flush(&tp->t_rawq);
	clist_flush(&tp->t_canq);
	ttyclearsession(tp);
	tp->t_gen++;
	tp->t_state &= TS_REGISTERED;
	pt->flags &= ~PF_SOPEN;
	if ((pt->flags & PF_MOPEN) == 0)
		clist_flush(&tp->t_outq);
	ptc_wakeup_read(pt);
	ptc_wakeup_write(pt);
	pty_done(pt);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

static int
ptsread(struct dev_read_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	int error;

	error = ttread(pt->tty, ap->a_uio, ap->a_ioflag);
	lwkt_gettoken(&pt->tty->t_token);
	ptc_wakeup_write(pt);
	lwkt_reltoken(&pt->tty->t_token);
	return (error);
}

/* ---- the master ---- */

static int
ptcopen(struct dev_open_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp;

	if (pt == NULL)
		return (ENXIO);
	tp = pt->tty;
	lwkt_gettoken(&tp->t_token);
	if (pt->flags & PF_MOPEN) {
		lwkt_reltoken(&tp->t_token);
		return (EIO);
	}
	pt->flags |= PF_MOPEN;
	tp->t_iflag = TTYDEF_IFLAG;
	tp->t_oflag = TTYDEF_OFLAG;
	tp->t_lflag = TTYDEF_LFLAG;
	tp->t_cflag = TTYDEF_CFLAG;
	tp->t_ispeed = tp->t_ospeed = TTYDEF_SPEED;
	ttychars(tp);
	ttsetwater(tp);
	bzero(&tp->t_winsize, sizeof(tp->t_winsize));
	lwkt_reltoken(&tp->t_token);
	return (0);
}

static int
ptcclose(struct dev_close_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = pt->tty;

	lwkt_gettoken(&tp->t_token);
	pt->flags &= ~(PF_MOPEN | PF_PKT | PF_UCNTL);
	/* A hangup: SIGHUP to the session, end of file to readers. */
	if (tp->t_state & TS_ISOPEN) {
		tp->t_cflag &= ~CLOCAL;
		ttymodem(tp, 0);
		if (tp->t_pgrp != NULL)
			pgsignal(tp->t_pgrp, SIGHUP, 1);
		ttwakeup(tp);
		ttwwakeup(tp);
	}
	clist_flush(&tp->t_outq);
	pty_done(pt);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

/* A status byte in packet mode: what happened, or a user command. */
static int
ptc_status(struct pty *pt, struct uio *uio, int *errorp)
{
	if ((pt->flags & PF_PKT) && pt->send) {
		*errorp = ureadc(pt->send, uio);
		pt->send = 0;
		return (1);
	}
	if ((pt->flags & PF_UCNTL) && pt->ucntl) {
		*errorp = ureadc(pt->ucntl, uio);
		pt->ucntl = 0;
		return (1);
	}
	return (0);
}

static int
ptcread(struct dev_read_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = pt->tty;
	struct uio *uio = ap->a_uio;
	char buf[PTY_BUF];
	int error = 0, n;

	lwkt_gettoken(&tp->t_token);
	for (;;) {
		if ((pt->flags & (PF_PKT | PF_UCNTL)) &&
		    ptc_status(pt, uio, &error))
			goto out;
		if (tp->t_outq.c_cc > 0 && (tp->t_state & TS_TTSTOP) == 0)
			break;
		if ((pt->flags & PF_SOPEN) == 0 && tp->t_gen > 1)
			goto out;	/* slave was there and has gone */
		if (ap->a_ioflag & IO_NDELAY) {
			error = EWOULDBLOCK;
			goto out;
		}
		error = tsleep(TSA_PTC_READ(tp), PCATCH, "ptcin", 0);
		if (error)
			goto out;
	}
	if (pt->flags & (PF_PKT | PF_UCNTL))
		error = ureadc(0, uio);
	while (uio->uio_resid > 0 && error == 0) {
		n = clist_qtob(&tp->t_outq, buf,
		    MIN(uio->uio_resid, sizeof(buf)));
		if (n == 0)
			break;
		error = uiomove(buf, n, uio);
	}
	ttwwakeup(tp);
out:
	lwkt_reltoken(&tp->t_token);
	return (error);
}

/* Is there room for input?  A full line in canonical mode must not block. */
static int
ptc_canwrite(struct tty *tp)
{
	return (tp->t_rawq.c_cc + tp->t_canq.c_cc < tp->t_ihiwat ||
	    ((tp->t_lflag & ICANON) && tp->t_canq.c_cc == 0));
}

static int
ptcwrite(struct dev_write_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = pt->tty;
	struct uio *uio = ap->a_uio;
	char buf[PTY_BUF];
	int error = 0, i, n;

	lwkt_gettoken(&tp->t_token);
	while (uio->uio_resid > 0) {
		if ((tp->t_state & TS_ISOPEN) == 0 || !ptc_canwrite(tp)) {
			if (tp->t_gen > 1 && (pt->flags & PF_SOPEN) == 0) {
				error = EIO;
				break;
			}
			if (ap->a_ioflag & IO_NDELAY) {
				error = EWOULDBLOCK;
				break;
			}
			error = tsleep(TSA_PTC_WRITE(tp), PCATCH, "ptcout",
			    0);
			if (error)
				break;
			continue;
		}
		n = MIN(uio->uio_resid, sizeof(buf));
		error = uiomove(buf, n, uio);
		if (error)
			break;
		if (tp->t_state & TS_CAN_BYPASS_L_RINT) {
			ttyinput_block(tp, (u_char *)buf, n);
		} else {
			for (i = 0; i < n; i++)
				ttyinput((u_char)buf[i], tp);
		}
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

static void
filt_ptcrdetach(struct knote *kn)
{
	struct pty *pt = (struct pty *)kn->kn_hook;

	knote_remove(&pt->rkq.ki_note, kn);
}

static void
filt_ptcwdetach(struct knote *kn)
{
	struct pty *pt = (struct pty *)kn->kn_hook;

	knote_remove(&pt->wkq.ki_note, kn);
}

static int
filt_ptcread(struct knote *kn, long hint)
{
	struct pty *pt = (struct pty *)kn->kn_hook;
	struct tty *tp = pt->tty;
	int ready = 0;

	lwkt_gettoken(&tp->t_token);
	kn->kn_data = tp->t_outq.c_cc;
	if (((pt->flags & PF_PKT) && pt->send) ||
	    ((pt->flags & PF_UCNTL) && pt->ucntl)) {
		kn->kn_data++;
		ready = 1;
	}
	if (tp->t_outq.c_cc > 0 && (tp->t_state & TS_TTSTOP) == 0)
		ready = 1;
	if ((pt->flags & PF_SOPEN) == 0 && tp->t_gen > 1) {
		kn->kn_flags |= EV_EOF | EV_HUP;
		if (kn->kn_data == 0)
			kn->kn_flags |= EV_NODATA;
		ready = 1;
	} else {
		kn->kn_flags &= ~(EV_EOF | EV_HUP | EV_NODATA);
	}
	lwkt_reltoken(&tp->t_token);
	return (ready);
}

static int
filt_ptcwrite(struct knote *kn, long hint)
{
	struct pty *pt = (struct pty *)kn->kn_hook;
	struct tty *tp = pt->tty;
	int ready;

	lwkt_gettoken(&tp->t_token);
	kn->kn_data = MAX(tp->t_ihiwat -
	    (tp->t_rawq.c_cc + tp->t_canq.c_cc), 0);
	ready = (tp->t_state & TS_ISOPEN) != 0 && ptc_canwrite(tp);
	if ((pt->flags & PF_SOPEN) == 0 && tp->t_gen > 1) {
		kn->kn_flags |= EV_EOF | EV_HUP;
		ready = 1;
	}
	lwkt_reltoken(&tp->t_token);
	return (ready);
}

static struct filterops ptcread_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_ptcrdetach, filt_ptcread
};
static struct filterops ptcwrite_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_ptcwdetach, filt_ptcwrite
};

static int
ptckqfilter(struct dev_kqfilter_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct knote *kn = ap->a_kn;

	ap->a_result = 0;
	kn->kn_hook = (caddr_t)pt;
	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &ptcread_filtops;
		knote_insert(&pt->rkq.ki_note, kn);
		break;
	case EVFILT_WRITE:
		kn->kn_fop = &ptcwrite_filtops;
		knote_insert(&pt->wkq.ki_note, kn);
		break;
	default:
		ap->a_result = EOPNOTSUPP;
		break;
	}
	return (0);
}

/* ---- ioctls ---- */

/* Those of the master only: ENOIOCTL if cmd is none of them. */
static int
ptc_ioctl(struct pty *pt, u_long cmd, caddr_t data)
{
	struct tty *tp = pt->tty;
	int sig;

	switch (cmd) {
	case TIOCISPTMASTER:
		return (0);
	case TIOCGPGRP:
		*(int *)data = tp->t_pgrp != NULL ? tp->t_pgrp->pg_id : 0;
		return (0);
	case TIOCPKT:
		if (*(int *)data) {
			if (pt->flags & PF_UCNTL)
				return (EINVAL);
			pt->flags |= PF_PKT;
		} else {
			pt->flags &= ~PF_PKT;
		}
		return (0);
	case TIOCUCNTL:
		if (*(int *)data) {
			if (pt->flags & PF_PKT)
				return (EINVAL);
			pt->flags |= PF_UCNTL;
		} else {
			pt->flags &= ~PF_UCNTL;
		}
		return (0);
	case TIOCSIG:
		sig = *(int *)data;
		if (!_SIG_VALID(sig))
			return (EINVAL);
		if ((tp->t_lflag & NOFLSH) == 0)
			ttyflush(tp, FREAD | FWRITE);
		pgsignal(tp->t_pgrp, sig, 1);
		if (sig == SIGINFO && (tp->t_lflag & NOKERNINFO) == 0)
			ttyinfo(tp);
		return (0);
	case TIOCEXT:
		if (*(int *)data)
			tp->t_lflag |= EXTPROC;
		else
			tp->t_lflag &= ~EXTPROC;
		if (pt->flags & PF_PKT) {
			pt->send |= TIOCPKT_IOCTL;
			ptc_wakeup_read(pt);
		}
		return (0);
	case FIONREAD:
		*(int *)data = tp->t_outq.c_cc;
		return (0);
	default:
		return (ENOIOCTL);
	}
}

static int
ptyioctl(struct dev_ioctl_args *ap)
{
	struct pty *pt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = pt->tty;
	int error = ENOIOCTL, stop;

	lwkt_gettoken(&tp->t_token);
	if (ap->a_head.a_dev == pt->devc)
		error = ptc_ioctl(pt, ap->a_cmd, ap->a_data);
	if (error == ENOIOCTL)
		error = ttioctl(tp, ap->a_cmd, ap->a_data, ap->a_fflag);
	if (error == ENOIOCTL) {
		error = ENOTTY;
		if ((pt->flags & PF_UCNTL) &&
		    (ap->a_cmd & ~0xffUL) == UIOCCMD(0)) {
			pt->ucntl = (u_char)ap->a_cmd;
			ptc_wakeup_read(pt);
			error = 0;
		}
	}
	/* Tell a master in packet mode who does ^S and ^Q. */
	stop = (tp->t_iflag & IXON) && CCEQ(tp->t_cc[VSTOP], CTRL('s')) &&
	    CCEQ(tp->t_cc[VSTART], CTRL('q'));
	if (pt->flags & PF_NOSTOP) {
		if (stop) {
			pt->send = (pt->send & ~TIOCPKT_NOSTOP) |
			    TIOCPKT_DOSTOP;
			pt->flags &= ~PF_NOSTOP;
			ptc_wakeup_read(pt);
		}
	} else if (!stop) {
		pt->send = (pt->send & ~TIOCPKT_DOSTOP) | TIOCPKT_NOSTOP;
		pt->flags |= PF_NOSTOP;
		ptc_wakeup_read(pt);
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

static struct dev_ops pts_ops = {
	{ "pts", 0, D_TTY | D_MPSAFE },
	.d_open =	ptsopen,
	.d_close =	ptsclose,
	.d_read =	ptsread,
	.d_write =	ttywrite,
	.d_ioctl =	ptyioctl,
	.d_kqfilter =	ttykqfilter,
	.d_revoke =	ttyrevoke,
};

static struct dev_ops ptc_ops = {
	{ "ptm", 0, D_TTY | D_MASTER | D_MPSAFE },
	.d_open =	ptcopen,
	.d_close =	ptcclose,
	.d_read =	ptcread,
	.d_write =	ptcwrite,
	.d_ioctl =	ptyioctl,
	.d_kqfilter =	ptckqfilter,
};

/* ---- making pairs ---- */

static struct pty *
pty_create(int unit)
{
	struct pty *pt;
	struct tty *tp;

	pt = kmalloc(sizeof(*pt), M_PTY, M_WAITOK | M_ZERO);
	tp = ttymalloc(NULL);
	pt->tty = tp;
	pt->unit = unit;
	tp->t_oproc = pts_start;
	tp->t_stop = pts_stop;
	tp->t_unblock = pts_unblock;
	tp->t_sc = pt;
	tp->t_keepsout = 1;
	pt->devc = make_only_dev(&ptc_ops, unit, UID_ROOT, GID_WHEEL, 0600,
	    "ptm/%d", unit);
	pt->devc->si_drv1 = pt;
	pt->devc->si_tty = tp;
	pt->devs = make_dev(&pts_ops, unit, UID_ROOT, GID_TTY, 0620,
	    "pts/%d", unit);
	pt->devs->si_drv1 = pt;
	pt->devs->si_tty = tp;
	tp->t_dev = pt->devs;
	return (pt);
}

/* open("/dev/ptmx"): a free pair's master. */
static int
ptyclone(struct dev_clone_args *ap)
{
	struct pty *pt, **nptab;
	int n, unit;

	unit = devfs_clone_bitmap_get(&DEVFS_CLONE_BITMAP(pty), 0);
	if (unit < 0)
		return (ENXIO);
	lwkt_gettoken(&pty_token);
	while (unit >= nptys) {
		n = MAX(nptys * 2, 64);
		nptab = kmalloc(n * sizeof(*nptab), M_PTY,
		    M_WAITOK | M_ZERO);
		if (n > nptys) {
			if (ptys != NULL) {
				bcopy(ptys, nptab, nptys * sizeof(*ptys));
				kfree(ptys, M_PTY);
			}
			ptys = nptab;
			nptys = n;
		} else {
			kfree(nptab, M_PTY);
		}
	}
	pt = ptys[unit];
	if (pt == NULL) {
		pt = pty_create(unit);
		ptys[unit] = pt;
	} else {
		devfs_show(pt->devs);
	}
	lwkt_reltoken(&pty_token);
	pt->tty->t_gen = 1;	/* no slave has been there yet */
	devfs_setattr(pt->devs, ap->a_cred->cr_ruid, GID_TTY, 0620);
	ap->a_dev = pt->devc;
	return (0);
}

static void
pty_drvinit(void *unused)
{
	make_autoclone_dev(&ptc_ops, &DEVFS_CLONE_BITMAP(pty), ptyclone,
	    UID_ROOT, GID_WHEEL, 0666, "ptmx");
}
SYSINIT(ptydev, SI_SUB_DRIVERS, SI_ORDER_MIDDLE, pty_drvinit, NULL);
