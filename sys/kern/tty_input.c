/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminal input: special characters, line editing, echo, flow control.
 * All under the terminal's token.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/ttydefaults.h>
#include <sys/thread2.h>

#include "tty_var.h"

static void	ttyecho(int c, struct tty *tp);
static void	ttyrub(int c, struct tty *tp);

/* ---- flow control of input ---- */

/* The queue fills: stop the sender, if there is a way to. */
void
ttyblock(struct tty *tp)
{
	if (tp->t_state & TS_TBLOCK)
		return;
	tp->t_state |= TS_TBLOCK;
	if ((tp->t_iflag & IXOFF) && tp->t_cc[VSTOP] != _POSIX_VDISABLE)
		clist_putc(tp->t_cc[VSTOP], &tp->t_outq);
	ttstart(tp);
}

void
ttyunblock(struct tty *tp)
{
	if ((tp->t_state & TS_TBLOCK) == 0)
		return;
	tp->t_state &= ~TS_TBLOCK;
	if ((tp->t_iflag & IXOFF) && tp->t_cc[VSTART] != _POSIX_VDISABLE)
		clist_putc(tp->t_cc[VSTART], &tp->t_outq);
	ttstart(tp);
	if (tp->t_unblock != NULL)
		tp->t_unblock(tp);
}

void
ttyldoptim(struct tty *tp)
{
	if ((tp->t_iflag & (ICRNL | IGNCR | IMAXBEL | INLCR | ISTRIP | IXON |
	    PARMRK)) == 0 &&
	    (tp->t_lflag & (ECHO | ICANON | IEXTEN | ISIG | PENDIN)) == 0)
		tp->t_state |= TS_CAN_BYPASS_L_RINT;
	else
		tp->t_state &= ~TS_CAN_BYPASS_L_RINT;
}

void
ttyinput_block(struct tty *tp, const u_char *buf, int n)
{
	int left;

	if ((tp->t_state & TS_CAN_BYPASS_L_RINT) == 0) {
		while (n-- > 0)
			ttyinput(*buf++, tp);
		return;
	}
	left = clist_btoq((const char *)buf, n, &tp->t_rawq);
	tk_nin += n - left;
	tk_rawcc += n - left;
	tp->t_rawcc += n - left;
	if (tp->t_rawq.c_cc > tp->t_ihiwat)
		ttyblock(tp);
	ttwakeup(tp);
}

/* ---- characters ---- */

/*
 * Errors the hardware reported.  Returns the character to go on with, or -1
 * when nothing is left to do.
 */
static int
ttyinput_error(int c, struct tty *tp)
{
	tcflag_t iflag = tp->t_iflag;
	int err = c & TTY_ERRORMASK;

	c &= ~TTY_ERRORMASK;
	if (err & TTY_BI) {
		if (iflag & IGNBRK)
			return (-1);
		if (iflag & BRKINT) {
			ttyflush(tp, FREAD | FWRITE);
			pgsignal(tp->t_pgrp, SIGINT, 1);
			return (-1);
		}
		if (iflag & PARMRK)
			goto parmrk;
		return (0);
	}
	if (((err & TTY_PE) && (iflag & INPCK)) || (err & TTY_FE)) {
		if (iflag & IGNPAR)
			return (-1);
		if (iflag & PARMRK)
			goto parmrk;
		return (0);
	}
	return (c);
parmrk:
	clist_putc(0377 | TTY_QUOTE, &tp->t_rawq);
	clist_putc(0 | TTY_QUOTE, &tp->t_rawq);
	clist_putc(c | TTY_QUOTE, &tp->t_rawq);
	ttwakeup(tp);
	return (-1);
}

/* Signals, flow control, and what else acts at once.  1: dealt with. */
static int
ttyinput_special(int c, struct tty *tp)
{
	cc_t *cc = tp->t_cc;
	tcflag_t lflag = tp->t_lflag;
	int sig;

	if (lflag & IEXTEN) {
		if (CCEQ(cc[VLNEXT], c)) {
			if (lflag & ECHO) {
				if (lflag & ECHOE) {
					ttyoutput('^', tp);
					ttyoutput('\b', tp);
				} else {
					ttyecho(c, tp);
				}
			}
			tp->t_state |= TS_LNCH;
			return (1);
		}
		if (CCEQ(cc[VDISCARD], c)) {
			if (lflag & FLUSHO) {
				tp->t_lflag &= ~FLUSHO;
			} else {
				ttyflush(tp, FWRITE);
				ttyecho(c, tp);
				if (tp->t_rawq.c_cc + tp->t_canq.c_cc)
					ttyretype(tp);
				tp->t_lflag |= FLUSHO;
			}
			return (1);
		}
	}
	if (lflag & ISIG) {
		sig = CCEQ(cc[VINTR], c) ? SIGINT :
		    CCEQ(cc[VQUIT], c) ? SIGQUIT :
		    CCEQ(cc[VSUSP], c) ? SIGTSTP : 0;
		if (sig != 0) {
			if ((lflag & NOFLSH) == 0)
				ttyflush(tp, sig == SIGTSTP ? FREAD :
				    FREAD | FWRITE);
			ttyecho(c, tp);
			pgsignal(tp->t_pgrp, sig, 1);
			return (1);
		}
	}
	if (tp->t_iflag & IXON) {
		if (CCEQ(cc[VSTOP], c)) {
			if ((tp->t_state & TS_TTSTOP) == 0) {
				tp->t_state |= TS_TTSTOP;
				if (tp->t_stop != NULL)
					tp->t_stop(tp, 0);
			} else if (CCEQ(cc[VSTART], c)) {
				tp->t_state &= ~TS_TTSTOP;
				ttstart(tp);
			}
			return (1);
		}
		if (CCEQ(cc[VSTART], c)) {
			tp->t_state &= ~TS_TTSTOP;
			tp->t_lflag &= ~FLUSHO;
			ttstart(tp);
			return (1);
		}
	}
	return (0);
}

/* Editing of the current line.  1: dealt with. */
static int
ttyinput_edit(int c, struct tty *tp)
{
	cc_t *cc = tp->t_cc;
	tcflag_t lflag = tp->t_lflag;
	int ch, wordclass;

	if (CCEQ(cc[VERASE], c) || CCEQ(cc[VERASE2], c)) {
		if (tp->t_rawq.c_cc)
			ttyrub(clist_unputc(&tp->t_rawq), tp);
		return (1);
	}
	if (CCEQ(cc[VKILL], c)) {
		if ((lflag & ECHOKE) && tp->t_rawq.c_cc == tp->t_rocount &&
		    (lflag & ECHOPRT) == 0) {
			while (tp->t_rawq.c_cc)
				ttyrub(clist_unputc(&tp->t_rawq), tp);
		} else {
			ttyecho(c, tp);
			if (lflag & (ECHOK | ECHOKE))
				ttyecho('\n', tp);
			clist_flush(&tp->t_rawq);
			tp->t_rocount = 0;
		}
		tp->t_state &= ~TS_LOCAL;
		return (1);
	}
	if ((lflag & IEXTEN) == 0)
		return (0);
	if (CCEQ(cc[VWERASE], c)) {
		/* White space, then a word: by class with ALTWERASE. */
		while ((ch = clist_peek(&tp->t_rawq,
		    tp->t_rawq.c_cc - 1)) == ' ' || ch == '\t')
			ttyrub(clist_unputc(&tp->t_rawq), tp);
		if (ch == -1)
			return (1);
		ttyrub(clist_unputc(&tp->t_rawq), tp);
		wordclass = isalnum(ch & TTY_CHARMASK) || ch == '_';
		while ((ch = clist_peek(&tp->t_rawq,
		    tp->t_rawq.c_cc - 1)) != -1 && ch != ' ' && ch != '\t') {
			if ((lflag & ALTWERASE) &&
			    (isalnum(ch & TTY_CHARMASK) || ch == '_') !=
			    wordclass)
				break;
			ttyrub(clist_unputc(&tp->t_rawq), tp);
		}
		return (1);
	}
	if (CCEQ(cc[VREPRINT], c)) {
		ttyretype(tp);
		return (1);
	}
	return (0);
}

/* A line is complete: readers get it. */
static void
ttyinput_line(int c, struct tty *tp)
{
	int i;

	tp->t_rocount = 0;
	clist_catq(&tp->t_rawq, &tp->t_canq);
	tk_cancc++;
	ttwakeup(tp);
	/* The EOF character's echo is covered by what comes next. */
	if ((tp->t_lflag & ECHO) && CCEQ(tp->t_cc[VEOF], c)) {
		i = MIN(2, tp->t_column);
		while (i-- > 0)
			ttyoutput('\b', tp);
	}
}

/* CR, NL and their mapping; -1: ignored. */
static int
ttyinput_map(int c, struct tty *tp)
{
	if (c == '\r') {
		if (tp->t_iflag & IGNCR)
			return (-1);
		if (tp->t_iflag & ICRNL)
			return ('\n');
	} else if (c == '\n' && (tp->t_iflag & INLCR)) {
		return ('\r');
	}
	return (c);
}

/* Put c on the raw queue; bell or drop when there is no room. */
static int
ttyinput_store(int c, struct tty *tp)
{
	if (tp->t_rawq.c_cc + tp->t_canq.c_cc >= tp->t_rawq.c_ccmax - 8) {
		if (tp->t_iflag & IMAXBEL)
			ttyoutput(CTRL('g'), tp);
		ttstart(tp);
		return (-1);
	}
	return (clist_putc(c, &tp->t_rawq));
}

static void
ttyinput_canonical(int c, struct tty *tp)
{
	cc_t *cc = tp->t_cc;

	if ((c & TTY_QUOTE) == 0 && ttyinput_edit(c, tp))
		return;
	if ((c & TTY_QUOTE) == 0 && (tp->t_lflag & ISIG) &&
	    CCEQ(cc[VSTATUS], c) && (tp->t_lflag & IEXTEN)) {
		pgsignal(tp->t_pgrp, SIGINFO, 1);
		if ((tp->t_lflag & NOKERNINFO) == 0)
			ttyinfo(tp);
		return;
	}
	/* POSIX: MAX_CANON characters at least fit a line. */
	if (ttyinput_store(c, tp) != 0)
		return;
	if ((c & TTY_QUOTE) == 0 && tty_is_break(tp, c)) {
		ttyecho(c, tp);
		ttyinput_line(c, tp);
		return;
	}
	if (tp->t_rocount++ == 0)
		tp->t_rocol = tp->t_column;
	if (tp->t_state & TS_ERASE) {
		tp->t_state &= ~TS_ERASE;
		ttyoutput('/', tp);
	}
	ttyecho(c, tp);
}

int
ttyinput(int c, struct tty *tp)
{
	if (tp->t_lflag & PENDIN)
		ttypend(tp);
	tk_nin++;
	if (tp->t_lflag & ICANON)
		tk_cancc++;
	else
		tk_rawcc++;
	if (tp->t_rawq.c_cc + tp->t_canq.c_cc > tp->t_ihiwat &&
	    ((tp->t_lflag & ICANON) == 0 || tp->t_canq.c_cc > 0))
		ttyblock(tp);
	if (c & TTY_ERRORMASK) {
		c = ttyinput_error(c, tp);
		if (c == -1)
			return (0);
	}
	if (tp->t_iflag & ISTRIP)
		c &= 0x7f;
	if ((tp->t_lflag & EXTPROC) == 0 && (tp->t_state & TS_TYPEN) == 0) {
		if (tp->t_state & TS_LNCH) {
			c |= TTY_QUOTE;
			tp->t_state &= ~TS_LNCH;
		} else if (ttyinput_special(c, tp)) {
			goto endcase;
		} else {
			c = ttyinput_map(c, tp);
			if (c == -1)
				return (0);
		}
	} else {
		tp->t_state &= ~TS_LNCH;
	}
	if ((tp->t_lflag & (EXTPROC | ICANON)) == ICANON) {
		ttyinput_canonical(c, tp);
	} else if (ttyinput_store(c, tp) == 0) {
		if ((tp->t_lflag & ICANON) == 0) {
			ttwakeup(tp);
			ttyecho(c, tp);
		} else if (tty_is_break(tp, c)) {
			ttyinput_line(c, tp);
		}
	}
endcase:
	/* IXANY: any character starts output again. */
	if ((tp->t_state & TS_TTSTOP) && (tp->t_iflag & IXANY) &&
	    tp->t_cc[VSTART] != tp->t_cc[VSTOP] &&
	    !CCEQ(tp->t_cc[VSTOP], c & TTY_CHARMASK)) {
		tp->t_state &= ~TS_TTSTOP;
		tp->t_lflag &= ~FLUSHO;
	}
	ttstart(tp);
	return (0);
}

void
ttypend(struct tty *tp)
{
	struct clist tq = tp->t_rawq;
	int c;

	tp->t_lflag &= ~PENDIN;
	tp->t_state |= TS_TYPEN;
	bzero(&tp->t_rawq, sizeof(tp->t_rawq));
	tp->t_rawq.c_ccmax = tq.c_ccmax;
	while ((c = clist_getc(&tq)) != -1)
		ttyinput_canonical(c, tp);
	clist_free_cblocks(&tq);
	tp->t_state &= ~TS_TYPEN;
}

/* ---- echo and erasing ---- */

static void
ttyecho(int c, struct tty *tp)
{
	if ((tp->t_state & TS_CNTTB) == 0)
		tp->t_lflag &= ~FLUSHO;
	if (((tp->t_lflag & ECHO) == 0 &&
	    ((tp->t_lflag & ECHONL) == 0 || c != '\n')) ||
	    (tp->t_lflag & EXTPROC))
		return;
	if ((tp->t_lflag & ECHOCTL) && (((c & TTY_CHARMASK) <= 037 &&
	    c != '\t' && c != '\n') || (c & TTY_CHARMASK) == 0177)) {
		ttyoutput('^', tp);
		c &= TTY_CHARMASK;
		c = c == 0177 ? '?' : c + 'A' - 1;
	}
	ttyoutput(c & TTY_CHARMASK, tp);
}

static void
ttyrubo(struct tty *tp, int count)
{
	while (count-- > 0) {
		ttyoutput('\b', tp);
		ttyoutput(' ', tp);
		ttyoutput('\b', tp);
	}
}

/* Width of the line up to its end, from where input began. */
static int
ttyline_width(struct tty *tp)
{
	int c, col = tp->t_rocol, i;

	for (i = MAX(tp->t_rawq.c_cc - tp->t_rocount, 0);
	    (c = clist_peek(&tp->t_rawq, i)) != -1; i++) {
		c &= TTY_CHARMASK;
		if (c == '\t')
			col = (col + 8) & ~7;
		else if (c < ' ' || c == 0x7f)
			col += (tp->t_lflag & ECHOCTL) ? 2 : 0;
		else if ((c & 0xc0) != 0x80 || c < 0x80)
			col++;
	}
	return (col);
}

/* c has been taken off the raw queue: off the screen with it. */
static void
ttyrub(int c, struct tty *tp)
{
	int n, uc = c & TTY_CHARMASK;

	if ((tp->t_lflag & ECHO) == 0 || (tp->t_lflag & EXTPROC))
		return;
	tp->t_lflag &= ~FLUSHO;
	if (tp->t_lflag & ECHOE) {
		if (tp->t_rocount == 0) {
			ttyretype(tp);
			return;
		}
		tp->t_rocount--;
		if (uc == '\t') {
			n = tp->t_column - ttyline_width(tp);
			while (n-- > 0 && tp->t_column > 0)
				ttyoutput('\b', tp);
		} else if (uc < ' ' || uc == 0x7f) {
			if (tp->t_lflag & ECHOCTL)
				ttyrubo(tp, 2);
		} else if ((uc & 0xc0) != 0x80) {
			/* Trailing bytes of UTF-8 have no width. */
			ttyrubo(tp, 1);
		}
	} else if (tp->t_lflag & ECHOPRT) {
		if ((tp->t_state & TS_ERASE) == 0) {
			ttyoutput('\\', tp);
			tp->t_state |= TS_ERASE;
		}
		ttyecho(c, tp);
		tp->t_rocount--;
	} else {
		ttyecho(tp->t_cc[VERASE], tp);
		tp->t_rocount--;
	}
}

/* Show the line anew. */
void
ttyretype(struct tty *tp)
{
	int c, i;

	if (tp->t_cc[VREPRINT] != _POSIX_VDISABLE)
		ttyecho(tp->t_cc[VREPRINT], tp);
	ttyoutput('\n', tp);
	tp->t_rocol = tp->t_column;
	for (i = 0; (c = clist_peek(&tp->t_rawq, i)) != -1; i++)
		ttyecho(c, tp);
	tp->t_state &= ~TS_ERASE;
	tp->t_rocount = tp->t_rawq.c_cc;
}
