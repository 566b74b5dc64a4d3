/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminal line discipline: opening and closing, input with line editing
 * and signals, output with post-processing, reading and writing.  ioctls are
 * in tty_ioctl.c.
 *
 * Everything runs under the terminal's t_token, which sleeping gives up.
 * Session and group links between terminals and processes are under
 * tty_token.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/filedesc.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/sysctl.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#define TTYDEFCHARS
#include <sys/ttydefaults.h>
#undef TTYDEFCHARS
#include <sys/uio.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include "tty_var.h"

MALLOC_DEFINE(M_TTYS, "ttys", "terminals and their queues");

#define TTY_RAWMAX	65536	/* raw input held, bytes */
#define TTY_DRAINWAIT	300	/* seconds output is waited for at close */
#define TTY_OUTBUF	512	/* bytes taken from a writer at a time */

static TAILQ_HEAD(, tty) tty_list = TAILQ_HEAD_INITIALIZER(tty_list);

long	tk_cancc, tk_nin, tk_nout, tk_rawcc;
SYSCTL_LONG(_kern, OID_AUTO, tk_nin, CTLFLAG_RD, &tk_nin, 0,
    "Characters received by terminals");
SYSCTL_LONG(_kern, OID_AUTO, tk_nout, CTLFLAG_RD, &tk_nout, 0,
    "Characters sent by terminals");

/* Class of each character on output: how the column moves. */
static int
char_class(int c)
{
	switch (c) {
	case '\b':
		return (BACKSPACE);
	case '\t':
		return (TAB);
	case '\n':
		return (NEWLINE);
	case '\r':
		return (RETURN);
	default:
		/* Bytes above 127 are taken as parts of something printed. */
		return ((c < ' ' || c == 0x7f) ? CONTROL : ORDINARY);
	}
}

struct tty *
ttymalloc(struct tty *tp)
{
	if (tp == NULL) {
		tp = kmalloc(sizeof(*tp), M_TTYS, M_WAITOK | M_ZERO);
		ttyinit(tp);
		tp->t_refs = 1;
	}
	ttyregister(tp);
	return (tp);
}

void
ttyinit(struct tty *tp)
{
	lwkt_token_init(&tp->t_token, "tty");
	clist_alloc_cblocks(&tp->t_rawq, TTY_RAWMAX);
	clist_alloc_cblocks(&tp->t_canq, TTY_RAWMAX);
	clist_alloc_cblocks(&tp->t_outq, TTY_RAWMAX);
	tp->t_timeout = TTY_DRAINWAIT * hz;
	tp->t_iflag = TTYDEF_IFLAG;
	tp->t_oflag = TTYDEF_OFLAG;
	tp->t_lflag = TTYDEF_LFLAG;
	tp->t_cflag = TTYDEF_CFLAG;
	tp->t_ispeed = tp->t_ospeed = TTYDEF_SPEED;
	ttychars(tp);
	ttsetwater(tp);
}

void
ttychars(struct tty *tp)
{
	bcopy(ttydefchars, tp->t_cc, sizeof(ttydefchars));
}

void
ttyregister(struct tty *tp)
{
	lwkt_gettoken(&tty_token);
	if ((tp->t_state & TS_REGISTERED) == 0) {
		tp->t_state |= TS_REGISTERED;
		TAILQ_INSERT_TAIL(&tty_list, tp, t_list);
	}
	lwkt_reltoken(&tty_token);
}

void
ttyunregister(struct tty *tp)
{
	lwkt_gettoken(&tty_token);
	if (tp->t_state & TS_REGISTERED) {
		tp->t_state &= ~TS_REGISTERED;
		TAILQ_REMOVE(&tty_list, tp, t_list);
	}
	lwkt_reltoken(&tty_token);
}

void
ttyhold(struct tty *tp)
{
	atomic_add_int(&tp->t_refs, 1);
}

void
ttyunhold(struct tty *tp)
{
	if (atomic_fetchadd_int(&tp->t_refs, -1) == 1 &&
	    tp->t_unhold != NULL)
		tp->t_unhold(tp);
}

/* Water marks follow the speed: a few tenths of a second of output. */
void
ttsetwater(struct tty *tp)
{
	int cps = tp->t_ospeed / 10;

	tp->t_ihiwat = TTY_RAWMAX * 3 / 4;
	tp->t_ilowat = TTY_RAWMAX / 4;
	tp->t_olowat = MIN(MAX(cps / 4, 256), 8192);
	tp->t_ohiwat = tp->t_olowat * 2;
}

int
ttyopen(cdev_t device, struct tty *tp)
{
	lwkt_gettoken(&tp->t_token);
	tp->t_dev = device;
	if ((tp->t_state & TS_ISOPEN) == 0) {
		tp->t_state |= TS_ISOPEN;
		if (tp->t_cflag & CLOCAL)
			tp->t_state |= TS_CONNECTED;
		bzero(&tp->t_winsize, sizeof(tp->t_winsize));
		tp->t_gen++;
	}
	ttyldoptim(tp);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

int
ttylopen(cdev_t device, struct tty *tp)
{
	return (ttyopen(device, tp));
}

/* The terminal no longer belongs to a session. */
void
ttyclearsession(struct tty *tp)
{
	struct session *sp;
	struct pgrp *pg;

	lwkt_gettoken(&tty_token);
	pg = tp->t_pgrp;
	tp->t_pgrp = NULL;
	sp = tp->t_session;
	if (sp != NULL) {
		tp->t_session = NULL;
		if (sp->s_ttyp == tp)
			ttyclosesession(sp, 0);
	}
	lwkt_reltoken(&tty_token);
	if (pg != NULL)
		pgrel(pg);
}

/* The session no longer has a terminal. */
void
ttyclosesession(struct session *sp, int dorele)
{
	struct vnode *vp;
	struct tty *tp;
	struct pgrp *pg = NULL;

	lwkt_gettoken(&tty_token);
	tp = sp->s_ttyp;
	sp->s_ttyp = NULL;
	vp = sp->s_ttyvp;
	sp->s_ttyvp = NULL;
	if (tp != NULL) {
		if (tp->t_session == sp) {
			tp->t_session = NULL;
			pg = tp->t_pgrp;
			tp->t_pgrp = NULL;
		}
		ttyunhold(tp);
	}
	lwkt_reltoken(&tty_token);
	if (pg != NULL)
		pgrel(pg);
	if (vp != NULL)
		vrele(vp);
}

/* Remember through which vnode a session got its terminal, for revoking. */
void
ttysetvnode(struct vnode *vp)
{
	struct session *sp = curproc->p_session;
	struct vnode *ovp;

	vref(vp);
	lwkt_gettoken(&tty_token);
	ovp = sp->s_ttyvp;
	sp->s_ttyvp = vp;
	lwkt_reltoken(&tty_token);
	if (ovp != NULL)
		vrele(ovp);
}

/* Wait for output, for a while, and throw the rest away. */
int
ttylclose(struct tty *tp, int flag)
{
	lwkt_gettoken(&tp->t_token);
	if (flag & FNONBLOCK)
		ttyflush(tp, FREAD | FWRITE);
	else if (ttywait(tp) != 0)
		ttyflush(tp, FREAD | FWRITE);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

int
ttyclose(struct tty *tp)
{
	lwkt_gettoken(&tp->t_token);
	funsetown(&tp->t_sigio);
	ttyflush(tp, FREAD | FWRITE);
	clist_free_cblocks(&tp->t_canq);
	clist_free_cblocks(&tp->t_outq);
	clist_free_cblocks(&tp->t_rawq);
	tp->t_gen++;
	tp->t_line = TTYDISC;
	ttyclearsession(tp);
	tp->t_state &= TS_REGISTERED;
	lwkt_reltoken(&tp->t_token);
	return (0);
}

int
ttyrevoke(struct dev_revoke_args *ap)
{
	struct tty *tp = ap->a_head.a_dev->si_tty;

	lwkt_gettoken(&tp->t_token);
	tp->t_gen++;
	tp->t_state |= TS_ZOMBIE;
	ttyflush(tp, FREAD | FWRITE);
	wakeup(TSA_CARR_ON(tp));
	ttwakeup(tp);
	ttwwakeup(tp);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

/*
 * Sleep, giving the token up.  ERESTART if the terminal was closed or
 * revoked meanwhile: the caller's descriptor is no good any more.
 */
int
ttysleep(struct tty *tp, void *chan, int slpflags, const char *wmesg,
    int timo)
{
	int error, gen = tp->t_gen;

	error = tsleep(chan, slpflags, wmesg, timo);
	if (error)
		return (error);
	return (tp->t_gen == gen ? 0 : ERESTART);
}

void
ttyflush(struct tty *tp, int rw)
{
	if (rw & FWRITE)
		tp->t_state &= ~TS_TTSTOP;
	if (tp->t_stop != NULL)
		tp->t_stop(tp, rw);
	if (rw & FREAD) {
		clist_flush(&tp->t_canq);
		clist_flush(&tp->t_rawq);
		tp->t_rocount = 0;
		tp->t_rocol = 0;
		tp->t_state &= ~TS_LOCAL;
		ttwakeup(tp);
		ttyunblock(tp);
	}
	if (rw & FWRITE) {
		clist_flush(&tp->t_outq);
		ttwwakeup(tp);
	}
}

/* Until all output has been sent. */
int
ttywait(struct tty *tp)
{
	int error = 0;

	lwkt_gettoken(&tp->t_token);
	while ((tp->t_outq.c_cc || (tp->t_state & TS_BUSY)) &&
	    (tp->t_state & TS_CONNECTED) && tp->t_oproc != NULL &&
	    (tp->t_state & TS_ZOMBIE) == 0) {
		tp->t_oproc(tp);
		if ((tp->t_outq.c_cc || (tp->t_state & TS_BUSY)) == 0)
			break;
		tp->t_state |= TS_SO_OCOMPLETE;
		error = ttysleep(tp, TSA_OCOMPLETE(tp), PCATCH, "ttywai",
		    tp->t_timeout > 0 ? tp->t_timeout : 0);
		if (error) {
			if (error == EWOULDBLOCK)
				error = EIO;
			break;
		}
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

void
ttstart(struct tty *tp)
{
	if (tp->t_oproc != NULL)
		tp->t_oproc(tp);
}

/* Input has come, or the end of it. */
void
ttwakeup(struct tty *tp)
{
	wakeup(TSA_HUP_OR_INPUT(tp));
	KNOTE(&tp->t_rkq.ki_note, 0);
	if ((tp->t_state & TS_ASYNC) && tp->t_sigio != NULL)
		pgsigio(tp->t_sigio, SIGIO, (tp->t_session != NULL));
}

/* Output has gone. */
void
ttwwakeup(struct tty *tp)
{
	if ((tp->t_state & (TS_BUSY | TS_SO_OCOMPLETE)) == TS_SO_OCOMPLETE &&
	    tp->t_outq.c_cc == 0) {
		tp->t_state &= ~TS_SO_OCOMPLETE;
		wakeup(TSA_OCOMPLETE(tp));
	}
	if (tp->t_outq.c_cc <= tp->t_olowat) {
		if (tp->t_state & TS_SO_OLOWAT) {
			tp->t_state &= ~TS_SO_OLOWAT;
			wakeup(TSA_OLOWAT(tp));
		}
		KNOTE(&tp->t_wkq.ki_note, 0);
		if ((tp->t_state & TS_ASYNC) && tp->t_sigio != NULL)
			pgsigio(tp->t_sigio, SIGIO, (tp->t_session != NULL));
	}
}

/* Carrier: with CLOCAL nobody cares. */
int
ttymodem(struct tty *tp, int flag)
{
	if (flag) {
		tp->t_state |= TS_CARR_ON;
		tp->t_state &= ~TS_ZOMBIE;
		if ((tp->t_state & TS_CONNECTED) == 0) {
			tp->t_state |= TS_CONNECTED;
			wakeup(TSA_CARR_ON(tp));
			ttwakeup(tp);
			ttwwakeup(tp);
		}
		return (1);
	}
	tp->t_state &= ~TS_CARR_ON;
	if ((tp->t_state & TS_ISOPEN) && (tp->t_cflag & CLOCAL) == 0) {
		tp->t_state |= TS_ZOMBIE;
		tp->t_state &= ~TS_CONNECTED;
		lwkt_gettoken(&tty_token);
		if (tp->t_session != NULL &&
		    tp->t_session->s_leader != NULL)
			ksignal(tp->t_session->s_leader, SIGHUP);
		lwkt_reltoken(&tty_token);
		ttyflush(tp, FREAD | FWRITE);
		wakeup(TSA_CARR_ON(tp));
		return (0);
	}
	return (1);
}

/* ---- reading ---- */

/*
 * A background process must not touch the terminal: it gets sig, and the
 * call is to be restarted once it is in the foreground.  EIO if stopping is
 * out of the question.  0: go on.
 */
static int
tty_jobcontrol(struct tty *tp, int sig)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = curproc;
	int error;

	if (lp == NULL || !isbackground(p, tp))
		return (0);
	if (sig == SIGTTOU && sigisignored(lp, sig))
		return (0);
	if (sigisignored(lp, sig) || (p->p_flags & P_PPWAIT) ||
	    pgrp_is_orphaned(p->p_pgrp))
		return (EIO);
	pgsignal(p->p_pgrp, sig, 1);
	error = lwp_sleep_signal(lp);
	return (error ? error : ERESTART);
}

/* Wait for tp's input, for at most timo ticks (0: ever). */
static int
ttread_sleep(struct tty *tp, int flag, int timo)
{
	if (tp->t_state & TS_ZOMBIE)
		return (-1);
	if (flag & IO_NDELAY)
		return (EWOULDBLOCK);
	if ((tp->t_state & TS_CONNECTED) == 0)
		return (ttysleep(tp, TSA_CARR_ON(tp), PCATCH, "ttyhup", 0));
	return (ttysleep(tp, TSA_HUP_OR_INPUT(tp), PCATCH, "ttyin", timo));
}

/* One line, or what fits of it. */
static int
ttread_canonical(struct tty *tp, struct uio *uio)
{
	struct clist *q = &tp->t_canq;
	int c, ch, error = 0, first = 1;
	cc_t *cc = tp->t_cc;

	while ((c = clist_getc(q)) != -1) {
		ch = c & TTY_CHARMASK;
		/* ^Y stops only when it is read. */
		if ((c & TTY_QUOTE) == 0 && CCEQ(cc[VDSUSP], ch) &&
		    (tp->t_lflag & (IEXTEN | ISIG)) == (IEXTEN | ISIG)) {
			pgsignal(tp->t_pgrp, SIGTSTP, 1);
			if (first) {
				error = lwp_sleep_signal(curthread->td_lwp);
				return (error ? error : ERESTART);
			}
			break;
		}
		if ((c & TTY_QUOTE) == 0 && CCEQ(cc[VEOF], ch))
			break;
		error = ureadc(ch, uio);
		if (error || uio->uio_resid == 0)
			break;
		if ((c & TTY_QUOTE) == 0 && tty_is_break(tp, ch))
			break;
		first = 0;
	}
	return (error);
}

/* Raw input is ready when VMIN and VTIME say so; see termios(4). */
static int
ttread_rawwait(struct tty *tp, struct uio *uio, int flag)
{
	int error, m = tp->t_cc[VMIN], t = tp->t_cc[VTIME] * hz / 10;
	int have = -1;

	if (m > 0 && (size_t)m > uio->uio_resid)
		m = uio->uio_resid;
	for (;;) {
		int cc = tp->t_rawq.c_cc + tp->t_canq.c_cc;

		if (tp->t_lflag & ICANON)
			return (0);
		if (m == 0) {
			/* VTIME 0: whatever is there; else time for one. */
			if (cc > 0 || t == 0)
				return (0);
			error = ttread_sleep(tp, flag, t);
			if (error == EWOULDBLOCK && !(flag & IO_NDELAY))
				return (0);
		} else {
			if (cc >= m)
				return (0);
			/* Between bytes the clock runs, once one is there. */
			if (t != 0 && cc > 0 && have == cc)
				return (0);
			have = cc;
			if (cc > 0 && (flag & IO_NDELAY))
				return (0);
			error = ttread_sleep(tp, flag, cc > 0 ? t : 0);
			if (error == 0)
				have = -1;
			else if (error == EWOULDBLOCK &&
			    !(flag & IO_NDELAY))
				error = 0;
		}
		if (error)
			return (error == -1 ? 0 : error);
	}
}

static int
ttread_raw(struct tty *tp, struct uio *uio)
{
	char ibuf[TTY_OUTBUF];
	int error = 0, n;

	while (error == 0 && uio->uio_resid > 0) {
		n = clist_qtob(&tp->t_canq, ibuf,
		    MIN(uio->uio_resid, sizeof(ibuf)));
		if (n == 0)
			n = clist_qtob(&tp->t_rawq, ibuf,
			    MIN(uio->uio_resid, sizeof(ibuf)));
		if (n == 0)
			break;
		error = uiomove(ibuf, n, uio);
	}
	return (error);
}

int
ttread(struct tty *tp, struct uio *uio, int flag)
{
	int error;

	lwkt_gettoken(&tp->t_token);
	for (;;) {
		if (tp->t_lflag & PENDIN)
			ttypend(tp);
		error = tty_jobcontrol(tp, SIGTTIN);
		if (error)
			break;
		if (tp->t_lflag & ICANON) {
			if (tp->t_canq.c_cc > 0) {
				error = ttread_canonical(tp, uio);
				break;
			}
			error = ttread_sleep(tp, flag, 0);
			if (error) {
				if (error == -1)
					error = 0;
				break;
			}
			continue;
		}
		error = ttread_rawwait(tp, uio, flag);
		if (error)
			break;
		if (tp->t_lflag & ICANON)
			continue;
		error = ttread_raw(tp, uio);
		break;
	}
	if ((tp->t_state & TS_TBLOCK) &&
	    tp->t_rawq.c_cc + tp->t_canq.c_cc <= tp->t_ilowat)
		ttyunblock(tp);
	lwkt_reltoken(&tp->t_token);
	return (error);
}

int
ttyread(struct dev_read_args *ap)
{
	struct tty *tp = ap->a_head.a_dev->si_tty;

	if (tp == NULL)
		return (ENODEV);
	return (ttread(tp, ap->a_uio, ap->a_ioflag));
}

/* ---- output ---- */

/*
 * One character with post-processing.  Returns -1, or the character if the
 * queue is full.
 */
int
ttyoutput(int c, struct tty *tp)
{
	int col, n;

	if ((tp->t_oflag & OPOST) == 0) {
		if (tp->t_lflag & FLUSHO)
			return (-1);
		if (clist_putc(c, &tp->t_outq) != 0)
			return (c);
		tk_nout++;
		tp->t_outcc++;
		return (-1);
	}
	c &= TTY_CHARMASK;
	if (c == '\t' && (tp->t_oflag & TAB3) &&
	    (tp->t_lflag & EXTPROC) == 0) {
		n = 8 - (tp->t_column & 7);
		if ((tp->t_lflag & FLUSHO) == 0) {
			if (tp->t_outq.c_cc + n > tp->t_outq.c_ccmax)
				return (c);
			for (col = 0; col < n; col++)
				clist_putc(' ', &tp->t_outq);
			tk_nout += n;
			tp->t_outcc += n;
		}
		tp->t_column += n;
		return (-1);
	}
	if (c == CEOT && (tp->t_oflag & ONOEOT))
		return (-1);
	if (c == '\n' && (tp->t_oflag & ONLCR)) {
		if (tp->t_outq.c_cc + 2 > tp->t_outq.c_ccmax)
			return (c);
		if ((tp->t_lflag & FLUSHO) == 0)
			clist_putc('\r', &tp->t_outq);
		tk_nout++;
		tp->t_outcc++;
	} else if (c == '\r' && (tp->t_oflag & OCRNL)) {
		c = '\n';
	} else if (c == '\r' && (tp->t_oflag & ONOCR) && tp->t_column == 0) {
		return (-1);
	}
	if ((tp->t_lflag & FLUSHO) == 0 && clist_putc(c, &tp->t_outq) != 0)
		return (c);
	tk_nout++;
	tp->t_outcc++;
	switch (char_class(c)) {
	case BACKSPACE:
		if (tp->t_column > 0)
			tp->t_column--;
		break;
	case NEWLINE:
		if (tp->t_oflag & (ONLCR | ONLRET))
			tp->t_column = 0;
		break;
	case RETURN:
		tp->t_column = 0;
		break;
	case ORDINARY:
		tp->t_column++;
		break;
	case TAB:
		tp->t_column = (tp->t_column + 8) & ~7;
		break;
	}
	return (-1);
}

/* Many; returns how many were not taken. */
int
ttyoutput_block(struct tty *tp, const char *buf, int n)
{
	int i, left, run;

	if ((tp->t_oflag & OPOST) == 0) {
		if (tp->t_lflag & FLUSHO)
			return (0);
		left = clist_btoq(buf, n, &tp->t_outq);
		tk_nout += n - left;
		tp->t_outcc += n - left;
		return (left);
	}
	for (i = 0; i < n; i += run) {
		for (run = 0; i + run < n &&
		    char_class((u_char)buf[i + run]) == ORDINARY; run++)
			continue;
		if (run > 0) {
			left = (tp->t_lflag & FLUSHO) ? 0 :
			    clist_btoq(buf + i, run, &tp->t_outq);
			tp->t_column += run - left;
			tk_nout += run - left;
			tp->t_outcc += run - left;
			if (left > 0)
				return (n - i - run + left);
			continue;
		}
		if (ttyoutput((u_char)buf[i], tp) >= 0)
			return (n - i);
		run = 1;
	}
	return (0);
}

/* Wait for room: the queue is above its high water mark. */
static int
ttwrite_wait(struct tty *tp, int flag)
{
	ttstart(tp);
	if (tp->t_outq.c_cc <= tp->t_ohiwat)
		return (0);
	if (flag & IO_NDELAY)
		return (EWOULDBLOCK);
	tp->t_state |= TS_SO_OLOWAT;
	return (ttysleep(tp, TSA_OLOWAT(tp), PCATCH, "ttywri", 0));
}

int
ttwrite(struct tty *tp, struct uio *uio, int flag)
{
	char obuf[TTY_OUTBUF];
	int cc = 0, error = 0, left = 0;

	lwkt_gettoken(&tp->t_token);
	while (uio->uio_resid > 0 || cc > 0) {
		if (tp->t_state & TS_ZOMBIE) {
			error = EIO;
			break;
		}
		if ((tp->t_state & TS_CONNECTED) == 0) {
			if (flag & IO_NDELAY)
				error = EWOULDBLOCK;
			else
				error = ttysleep(tp, TSA_CARR_ON(tp), PCATCH,
				    "ttydcd", 0);
			if (error)
				break;
			continue;
		}
		if (tp->t_lflag & TOSTOP) {
			error = tty_jobcontrol(tp, SIGTTOU);
			if (error)
				break;
		}
		if (tp->t_outq.c_cc > tp->t_ohiwat) {
			error = ttwrite_wait(tp, flag);
			if (error)
				break;
			continue;
		}
		if (cc == 0) {
			cc = MIN(uio->uio_resid, sizeof(obuf));
			error = uiomove(obuf, cc, uio);
			if (error) {
				cc = 0;
				break;
			}
			left = cc;
		}
		if (tp->t_rocount > 0)
			tp->t_rocount = 0;	/* the edited line is broken */
		left = ttyoutput_block(tp, obuf + cc - left, left);
		if (left == 0)
			cc = 0;
	}
	ttstart(tp);
	/* What was taken from the writer but not sent is not written. */
	if (cc > 0)
		uio->uio_resid += left;
	lwkt_reltoken(&tp->t_token);
	return (error);
}

int
ttywrite(struct dev_write_args *ap)
{
	struct tty *tp = ap->a_head.a_dev->si_tty;

	if (tp == NULL)
		return (ENODEV);
	return (ttwrite(tp, ap->a_uio, ap->a_ioflag));
}

/* For uprintf and log: straight into the queue. */
int
tputchar(int c, struct tty *tp)
{
	lwkt_gettoken(&tp->t_token);
	if ((tp->t_state & TS_CONNECTED) == 0) {
		lwkt_reltoken(&tp->t_token);
		return (-1);
	}
	if (c == '\n')
		clist_putc('\r', &tp->t_outq);
	clist_putc(c, &tp->t_outq);
	ttstart(tp);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

/* ---- kqueue ---- */

static void
filt_ttyrdetach(struct knote *kn)
{
	struct tty *tp = (struct tty *)kn->kn_hook;

	knote_remove(&tp->t_rkq.ki_note, kn);
}

static void
filt_ttywdetach(struct knote *kn)
{
	struct tty *tp = (struct tty *)kn->kn_hook;

	knote_remove(&tp->t_wkq.ki_note, kn);
}

/* Bytes that can be read now. */
int
ttnread(struct tty *tp)
{
	int n;

	if (tp->t_lflag & PENDIN)
		ttypend(tp);
	n = tp->t_canq.c_cc;
	if ((tp->t_lflag & ICANON) == 0) {
		n += tp->t_rawq.c_cc;
		if (n < tp->t_cc[VMIN] && tp->t_cc[VTIME] == 0)
			n = 0;
	}
	return (n);
}

static int
filt_ttyread(struct knote *kn, long hint)
{
	struct tty *tp = (struct tty *)kn->kn_hook;
	int ready = 1;

	lwkt_gettoken(&tp->t_token);
	kn->kn_data = ttnread(tp);
	if (tp->t_state & TS_ZOMBIE) {
		kn->kn_flags |= EV_EOF | EV_HUP;
		if (kn->kn_data == 0)
			kn->kn_flags |= EV_NODATA;
	} else {
		ready = kn->kn_data > 0;
	}
	lwkt_reltoken(&tp->t_token);
	return (ready);
}

static int
filt_ttywrite(struct knote *kn, long hint)
{
	struct tty *tp = (struct tty *)kn->kn_hook;
	int ready = 1;

	lwkt_gettoken(&tp->t_token);
	kn->kn_data = MAX(tp->t_ohiwat - tp->t_outq.c_cc, 0);
	if (tp->t_state & TS_ZOMBIE)
		kn->kn_flags |= EV_EOF | EV_HUP;
	else
		ready = tp->t_outq.c_cc <= tp->t_olowat &&
		    (tp->t_state & TS_CONNECTED) != 0;
	lwkt_reltoken(&tp->t_token);
	return (ready);
}

static struct filterops ttyread_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_ttyrdetach, filt_ttyread
};
static struct filterops ttywrite_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_ttywdetach, filt_ttywrite
};

int
ttykqfilter(struct dev_kqfilter_args *ap)
{
	struct tty *tp = ap->a_head.a_dev->si_tty;
	struct knote *kn = ap->a_kn;

	ap->a_result = 0;
	if (tp == NULL) {
		ap->a_result = ENODEV;
		return (0);
	}
	kn->kn_hook = (caddr_t)tp;
	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &ttyread_filtops;
		knote_insert(&tp->t_rkq.ki_note, kn);
		break;
	case EVFILT_WRITE:
		kn->kn_fop = &ttywrite_filtops;
		knote_insert(&tp->t_wkq.ki_note, kn);
		break;
	default:
		ap->a_result = EOPNOTSUPP;
		break;
	}
	return (0);
}
