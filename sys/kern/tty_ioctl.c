/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctls of terminals, and the status line of SIGINFO.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/cons.h>
#include <sys/fcntl.h>
#include <sys/filedesc.h>
#include <sys/filio.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_map.h>
#include <vm/pmap.h>

#include "tty_var.h"

/* Changes of the terminal by a background process wait for its turn. */
static int
ttioctl_background(struct tty *tp)
{
	struct lwp *lp = curthread->td_lwp;
	struct proc *p = curproc;
	int error;

	if (lp == NULL || !isbackground(p, tp) ||
	    (p->p_flags & P_PPWAIT) || sigisignored(lp, SIGTTOU))
		return (0);
	if (pgrp_is_orphaned(p->p_pgrp))
		return (EIO);
	pgsignal(p->p_pgrp, SIGTTOU, 1);
	error = lwp_sleep_signal(lp);
	return (error ? error : ERESTART);
}

static int
ttioctl_changes(u_long cmd)
{
	switch (cmd) {
	case FIOASYNC:
	case TIOCSETA:
	case TIOCSETAW:
	case TIOCSETAF:
	case TIOCSETD:
	case TIOCFLUSH:
	case TIOCSPGRP:
	case TIOCSTAT:
	case TIOCSTI:
	case TIOCSWINSZ:
		return (1);
	default:
		return (0);
	}
}

/* Move input to where the new mode looks for it. */
static void
ttioctl_switch_canon(struct tty *tp, struct termios *t)
{
	if (((t->c_lflag ^ tp->t_lflag) & ICANON) == 0)
		return;
	if (t->c_lflag & ICANON) {
		/* The raw input is to be edited, when it is next needed. */
		tp->t_lflag |= PENDIN;
	} else {
		/* Lines and the rest are read in order: lines first. */
		clist_catq(&tp->t_rawq, &tp->t_canq);
	}
	ttwakeup(tp);
}

static int
ttioctl_seta(struct tty *tp, u_long cmd, struct termios *t)
{
	int error;

	if (cmd == TIOCSETAW || cmd == TIOCSETAF) {
		error = ttywait(tp);
		if (error)
			return (error);
		if (cmd == TIOCSETAF)
			ttyflush(tp, FREAD);
	}
	if (t->c_ispeed == 0)
		t->c_ispeed = t->c_ospeed;
	if ((t->c_cflag & CIGNORE) == 0) {
		if (tp->t_param != NULL) {
			error = tp->t_param(tp, t);
			if (error)
				return (error);
		}
		if ((t->c_cflag & CLOCAL) || (tp->t_state & TS_CARR_ON)) {
			tp->t_state &= ~TS_ZOMBIE;
			if ((tp->t_state & TS_CONNECTED) == 0) {
				tp->t_state |= TS_CONNECTED;
				wakeup(TSA_CARR_ON(tp));
			}
		}
		tp->t_cflag = t->c_cflag;
		tp->t_ispeed = t->c_ispeed;
		if (t->c_ospeed != 0)
			tp->t_ospeed = t->c_ospeed;
		ttsetwater(tp);
	}
	ttioctl_switch_canon(tp, t);
	tp->t_iflag = t->c_iflag;
	tp->t_oflag = t->c_oflag;
	/* EXTPROC and what is state, not setting, stay. */
	tp->t_lflag = (t->c_lflag & ~(PENDIN | FLUSHO | EXTPROC)) |
	    (tp->t_lflag & (PENDIN | FLUSHO | EXTPROC));
	if ((tp->t_lflag & ICANON) == 0)
		tp->t_lflag &= ~PENDIN;
	bcopy(t->c_cc, tp->t_cc, sizeof(t->c_cc));
	if ((tp->t_iflag & IXON) == 0 && (tp->t_state & TS_TTSTOP)) {
		tp->t_state &= ~TS_TTSTOP;
		ttstart(tp);
	}
	ttyldoptim(tp);
	ttwakeup(tp);
	return (0);
}

/* Become the session's controlling terminal. */
static int
ttioctl_sctty(struct tty *tp)
{
	struct proc *p = curproc;
	struct session *sp = p->p_session;
	int error = 0;

	lwkt_gettoken(&tty_token);
	if (sp->s_leader != p ||
	    ((sp->s_ttyp != NULL || tp->t_session != NULL) &&
	    tp->t_session != sp)) {
		error = EPERM;
	} else if (tp->t_session != sp) {
		ttyhold(tp);
		tp->t_session = sp;
		pgref(p->p_pgrp);
		if (tp->t_pgrp != NULL)
			pgrel(tp->t_pgrp);
		tp->t_pgrp = p->p_pgrp;
		sp->s_ttyp = tp;
	}
	if (error == 0)
		p->p_flags |= P_CONTROLT;
	lwkt_reltoken(&tty_token);
	return (error);
}

static int
ttioctl_spgrp(struct tty *tp, pid_t pgid)
{
	struct proc *p = curproc;
	struct pgrp *pgrp;
	int error = 0;

	if (pgid < 1 || pgid > PID_MAX)
		return (EINVAL);
	pgrp = pgfind(pgid);
	if (!isctty(p, tp))
		error = ENOTTY;
	else if (pgrp == NULL || pgrp->pg_session != p->p_session)
		error = EPERM;
	if (error == 0) {
		lwkt_gettoken(&tty_token);
		if (tp->t_pgrp != NULL)
			pgrel(tp->t_pgrp);
		tp->t_pgrp = pgrp;
		pgrp = NULL;
		lwkt_reltoken(&tty_token);
	}
	if (pgrp != NULL)
		pgrel(pgrp);
	return (error);
}

/* Foreground group, session and the like. */
static int
ttioctl_jobs(struct tty *tp, u_long cmd, void *data)
{
	struct proc *p = curproc;

	switch (cmd) {
	case TIOCSCTTY:
		return (ttioctl_sctty(tp));
	case TIOCSPGRP:
		return (ttioctl_spgrp(tp, *(int *)data));
	case TIOCGPGRP:
		if (!isctty(p, tp))
			return (ENOTTY);
		*(int *)data = tp->t_pgrp ? tp->t_pgrp->pg_id : NO_PID;
		return (0);
	case TIOCGSID:
		if (!isctty(p, tp))
			return (ENOTTY);
		*(int *)data = tp->t_session->s_sid;
		return (0);
	case FIOSETOWN:
		if (tp->t_session != NULL && !isctty(p, tp))
			return (ENOTTY);
		return (fsetown(*(int *)data, &tp->t_sigio));
	case FIOGETOWN:
		if (tp->t_session != NULL && !isctty(p, tp))
			return (ENOTTY);
		*(int *)data = fgetown(&tp->t_sigio);
		return (0);
	case TIOCSTAT:
		ttyinfo(tp);
		return (0);
	case TIOCSWINSZ:
		if (bcmp(&tp->t_winsize, data, sizeof(struct winsize)) != 0) {
			tp->t_winsize = *(struct winsize *)data;
			pgsignal(tp->t_pgrp, SIGWINCH, 1);
		}
		return (0);
	default:
		return (ENOIOCTL);
	}
}

static int
ttioctl_sti(struct tty *tp, int c, int flag)
{
	struct ucred *cr = curthread->td_ucred;

	if (cr->cr_uid != 0 && (flag & FREAD) == 0)
		return (EPERM);
	if (cr->cr_uid != 0 && !isctty(curproc, tp))
		return (EACCES);
	ttyinput(c, tp);
	return (0);
}

static int
ttioctl_state(struct tty *tp, u_long cmd, void *data, int flag)
{
	int flags;

	switch (cmd) {
	case FIOASYNC:
		if (*(int *)data)
			tp->t_state |= TS_ASYNC;
		else
			tp->t_state &= ~TS_ASYNC;
		return (0);
	case FIONBIO:
		return (0);
	case FIONREAD:
		*(int *)data = ttnread(tp);
		return (0);
	case TIOCOUTQ:
		*(int *)data = tp->t_outq.c_cc;
		return (0);
	case TIOCEXCL:
		tp->t_state |= TS_XCLUDE;
		return (0);
	case TIOCNXCL:
		tp->t_state &= ~TS_XCLUDE;
		return (0);
	case TIOCFLUSH:
		flags = *(int *)data;
		ttyflush(tp, flags == 0 ? FREAD | FWRITE :
		    flags & (FREAD | FWRITE));
		return (0);
	case TIOCSTOP:
		if ((tp->t_state & TS_TTSTOP) == 0) {
			tp->t_state |= TS_TTSTOP;
			if (tp->t_stop != NULL)
				tp->t_stop(tp, 0);
		}
		return (0);
	case TIOCSTART:
		if ((tp->t_state & TS_TTSTOP) || (tp->t_lflag & FLUSHO)) {
			tp->t_lflag &= ~FLUSHO;
			tp->t_state &= ~TS_TTSTOP;
			ttstart(tp);
		}
		return (0);
	case TIOCDRAIN:
		return (ttywait(tp));
	case TIOCSDRAINWAIT:
		if (priv_check(curthread, PRIV_TTY_DRAINWAIT) != 0)
			return (EPERM);
		tp->t_timeout = *(int *)data * hz;
		wakeup(TSA_OCOMPLETE(tp));
		wakeup(TSA_OLOWAT(tp));
		return (0);
	case TIOCGDRAINWAIT:
		*(int *)data = tp->t_timeout / hz;
		return (0);
	case TIOCSTI:
		return (ttioctl_sti(tp, *(u_char *)data, flag));
	default:
		return (ENOIOCTL);
	}
}

int
ttioctl(struct tty *tp, u_long cmd, void *data, int flag)
{
	int error = 0;

	lwkt_gettoken(&tp->t_token);
	if (ttioctl_changes(cmd))
		error = ttioctl_background(tp);
	if (error)
		goto out;
	switch (cmd) {
	case TIOCGETA:
		bcopy(&tp->t_termios, data, sizeof(struct termios));
		break;
	case TIOCSETA:
	case TIOCSETAW:
	case TIOCSETAF:
		error = ttioctl_seta(tp, cmd, data);
		break;
	case TIOCGETD:
		*(int *)data = tp->t_line;
		break;
	case TIOCSETD:
		if (*(int *)data != TTYDISC)
			error = ENXIO;
		break;
	case TIOCGWINSZ:
		*(struct winsize *)data = tp->t_winsize;
		break;
	case TIOCCONS:
		if (*(int *)data) {
			error = priv_check(curthread, PRIV_TTY_CONSOLE);
			if (error == 0)
				error = cons_divert(tp, NULL);
		} else {
			error = cons_divert(NULL, tp);
		}
		break;
	default:
		error = ttioctl_jobs(tp, cmd, data);
		if (error == ENOIOCTL)
			error = ttioctl_state(tp, cmd, data, flag);
		break;
	}
out:
	lwkt_reltoken(&tp->t_token);
	return (error);
}

/* ---- SIGINFO ---- */

/* Of two processes of the group, the one more worth telling about. */
static int
proc_is_better(struct proc *a, struct proc *b)
{
	struct lwp *la, *lb;
	int ra, rb;

	if (b == NULL)
		return (1);
	if (b->p_stat == SZOMB)
		return (1);
	if (a->p_stat == SZOMB)
		return (0);
	la = FIRST_LWP_IN_PROC(a);
	lb = FIRST_LWP_IN_PROC(b);
	ra = la != NULL && la->lwp_stat == LSRUN;
	rb = lb != NULL && lb->lwp_stat == LSRUN;
	if (ra != rb)
		return (ra);
	if (la != NULL && lb != NULL && la->lwp_pctcpu != lb->lwp_pctcpu)
		return (la->lwp_pctcpu > lb->lwp_pctcpu);
	return (a->p_pid > b->p_pid);
}

static void
ttyprint(struct tty *tp, const char *buf)
{
	ttyoutput_block(tp, buf, strlen(buf));
}

void
ttyinfo(struct tty *tp)
{
	char buf[160], state[16];
	struct proc *p, *pick = NULL;
	struct rusage ru;
	struct lwp *lp;
	long load;

	load = averunnable.ldavg[0] * 100 / averunnable.fscale;
	if (tp->t_column != 0)
		ttyprint(tp, "\n");
	ksnprintf(buf, sizeof(buf), "load: %ld.%02ld ", load / 100,
	    load % 100);
	ttyprint(tp, buf);
	if (tp->t_session == NULL || tp->t_pgrp == NULL) {
		ttyprint(tp, tp->t_session == NULL ?
		    "not a controlling terminal\n" :
		    "no foreground process group\n");
		goto done;
	}
	lwkt_gettoken(&tp->t_pgrp->pg_token);
	LIST_FOREACH(p, &tp->t_pgrp->pg_members, p_pglist) {
		if (proc_is_better(p, pick))
			pick = p;
	}
	if (pick != NULL)
		PHOLD(pick);
	lwkt_reltoken(&tp->t_pgrp->pg_token);
	if (pick == NULL) {
		ttyprint(tp, "empty foreground process group\n");
		goto done;
	}
	lwkt_gettoken(&pick->p_token);
	lp = FIRST_LWP_IN_PROC(pick);
	if (pick->p_stat == SZOMB || lp == NULL)
		strlcpy(state, "zomb", sizeof(state));
	else if (pick->p_stat == SSTOP)
		strlcpy(state, "stop", sizeof(state));
	else if (lp->lwp_stat == LSRUN)
		strlcpy(state, "running", sizeof(state));
	else
		strlcpy(state, lp->lwp_thread->td_wmesg != NULL ?
		    lp->lwp_thread->td_wmesg : "iowait", sizeof(state));
	calcru_proc(pick, &ru);
	ksnprintf(buf, sizeof(buf), " cmd: %s %d [%s] %ld.%02ldu "
	    "%ld.%02lds %u%% %ldk\n", pick->p_comm, pick->p_pid, state,
	    (long)ru.ru_utime.tv_sec, (long)ru.ru_utime.tv_usec / 10000,
	    (long)ru.ru_stime.tv_sec, (long)ru.ru_stime.tv_usec / 10000,
	    lp != NULL ? (u_int)(lp->lwp_pctcpu * 100 / 2048) : 0,
	    ru.ru_maxrss);
	lwkt_reltoken(&pick->p_token);
	PRELE(pick);
	ttyprint(tp, buf);
done:
	tp->t_rocount = 0;
	ttstart(tp);
}
