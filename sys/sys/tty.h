/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminals.  struct tty is what a terminal driver (serial line, console,
 * pseudo terminal) shares with the line discipline in kern/tty.c.
 *
 * A driver allocates it with ttymalloc(), sets t_oproc, t_param, t_stop and
 * so on, passes input to ttyinput() or ttyinput_block(), and takes output
 * from t_outq whenever t_oproc is called.  All of it under t_token.
 */
#ifndef _SYS_TTY_H_
#define _SYS_TTY_H_

#include <sys/types.h>
#include <sys/termios.h>
#include <sys/ttycom.h>
#include <sys/queue.h>

#define IBUFSIZ		384
#define OBUFSIZ		100
#define TTYHOG		1024

/* t_state */
#define TS_SO_OLOWAT	0x00000001	/* writer waits for low water */
#define TS_ASYNC	0x00000002	/* SIGIO wanted */
#define TS_BUSY		0x00000004	/* driver is sending */
#define TS_CARR_ON	0x00000008	/* carrier is present */
#define TS_FLUSH	0x00000010	/* t_outq flushed meanwhile */
#define TS_ISOPEN	0x00000020
#define TS_TBLOCK	0x00000040	/* input stopped by flow control */
#define TS_TIMEOUT	0x00000080	/* output delay in progress */
#define TS_TTSTOP	0x00000100	/* output stopped (^S) */
#define TS_XCLUDE	0x00000400	/* exclusive use */
#define TS_BKSL		0x00000800	/* line editing: after a backslash */
#define TS_CNTTB	0x00001000	/* counting width of a tab */
#define TS_ERASE	0x00002000	/* inside \...\/ of ECHOPRT */
#define TS_LNCH		0x00004000	/* next character is literal */
#define TS_TYPEN	0x00008000	/* retyping pending input */
#define TS_LOCAL	(TS_BKSL | TS_CNTTB | TS_ERASE | TS_LNCH | TS_TYPEN)
#define TS_CAN_BYPASS_L_RINT 0x00010000	/* input needs no processing */
#define TS_CONNECTED	0x00020000	/* carrier, or CLOCAL */
#define TS_SNOOP	0x00040000
#define TS_SO_OCOMPLETE	0x00080000	/* waiting for output to drain */
#define TS_ZOMBIE	0x00100000	/* connection lost */
#define TS_CAR_OFLOW	0x00200000	/* CTS stops output */
#define TS_REGISTERED	0x01000000	/* on the list of ttys */
#define TS_MARKER	0x02000000

/* Output character classes. */
#define ORDINARY	0
#define CONTROL		1
#define BACKSPACE	2
#define NEWLINE		3
#define TAB		4
#define VTAB		5
#define RETURN		6

/* Modem line commands of drivers. */
#define DMSET		0
#define DMBIS		1
#define DMBIC		2
#define DMGET		3

/* Characters in queues and given to ttyinput(). */
#define TTY_CHARMASK	0x000000ff
#define TTY_QUOTE	0x00000100	/* literal */
#define TTY_ERRORMASK	0xff000000
#define TTY_FE		0x01000000	/* framing error */
#define TTY_PE		0x02000000	/* parity error */
#define TTY_OE		0x04000000	/* overrun */
#define TTY_BI		0x08000000	/* break */

#ifdef _KERNEL

#include <sys/callout.h>
#include <sys/device.h>
#include <sys/event.h>
#include <sys/malloc.h>
#include <sys/thread.h>

struct knote;
struct lwp;
struct pgrp;
struct proc;
struct session;
struct sigio;
struct uio;

/* A queue of characters with a quote bit each: a growing ring. */
struct clist {
	int		c_cc;		/* characters held */
	int		c_ccmax;	/* may hold at most */
	int		c_first;	/* index of the first */
	int		c_size;		/* ring size, a power of 2, or 0 */
	u_char		*c_data;	/* ring */
	u_char		*c_quote;	/* bitmap, NULL: none quoted */
};

/* Everything is protected by t_token unless marked (I). */
struct tty {
	struct lwkt_token t_token;
	struct clist	t_rawq;		/* input being edited, or raw */
	struct clist	t_canq;		/* complete lines */
	struct clist	t_outq;		/* output */
	long		t_rawcc, t_cancc, t_outcc; /* statistics */
	int		t_line;		/* discipline: TTYDISC */
	cdev_t		t_dev;		/* (I) */
	u_int		t_state;	/* TS_* */
	u_int		t_refs;		/* (a) opens, sessions */
	int		t_timeout;	/* ticks to wait for output at close */
	int		t_keepsout;	/* output can be read after close (pty) */
	struct pgrp	*t_pgrp;	/* foreground group, referenced */
	struct session	*t_session;	/* controls it */
	struct sigio	*t_sigio;
	struct kqinfo	t_rkq;		/* read notes */
	struct kqinfo	t_wkq;		/* write notes */
	struct termios	t_termios;
	struct winsize	t_winsize;
	void		(*t_oproc)(struct tty *tp);	/* start output */
	void		(*t_stop)(struct tty *tp, int rw); /* stop, flush */
	int		(*t_param)(struct tty *tp, struct termios *t);
	void		(*t_unblock)(struct tty *tp);	/* input may flow again */
	void		(*t_unhold)(struct tty *tp);	/* last reference */
	void		*t_sc;		/* driver's */
	int		t_column;	/* of output */
	int		t_rocount;	/* chars since the prompt's output */
	int		t_rocol;	/* column where input began */
	int		t_ififosize;	/* driver's buffer, bytes */
	int		t_ihiwat, t_ilowat; /* input flow control */
	int		t_ohiwat, t_olowat; /* output water marks */
	int		t_gen;		/* changes on open, revoke */
	TAILQ_ENTRY(tty) t_list;	/* all ttys */
};

#define t_cc		t_termios.c_cc
#define t_cflag		t_termios.c_cflag
#define t_iflag		t_termios.c_iflag
#define t_ispeed	t_termios.c_ispeed
#define t_lflag		t_termios.c_lflag
#define t_oflag		t_termios.c_oflag
#define t_ospeed	t_termios.c_ospeed

/* Sleep channels. */
#define TSA_CARR_ON(tp)		((void *)&(tp)->t_rawq)
#define TSA_HUP_OR_INPUT(tp)	((void *)&(tp)->t_rawq.c_cc)
#define TSA_OCOMPLETE(tp)	((void *)&(tp)->t_outq.c_cc)
#define TSA_OLOWAT(tp)		((void *)&(tp)->t_outq)
#define TSA_PTC_READ(tp)	((void *)&(tp)->t_outq.c_data)
#define TSA_PTC_WRITE(tp)	((void *)&(tp)->t_rawq.c_data)

/* Is tp the controlling terminal of p? */
#define isctty(p, tp)	((p)->p_session == (tp)->t_session &&		\
			 ((p)->p_flags & P_CONTROLT) != 0)
#define isbackground(p, tp)						\
			(isctty((p), (tp)) && (p)->p_pgrp != (tp)->t_pgrp)

MALLOC_DECLARE(M_TTYS);

/* Queues: -1 when empty / full. */
int	clist_getc(struct clist *q);
int	clist_putc(int c, struct clist *q);
int	clist_unputc(struct clist *q);
int	clist_qtob(struct clist *q, char *buf, int n);
int	clist_btoq(const char *buf, int n, struct clist *q);	/* left over */
void	clist_alloc_cblocks(struct clist *q, int ccmax);
void	clist_free_cblocks(struct clist *q);
void	clist_flush(struct clist *q);
void	clist_catq(struct clist *from, struct clist *to);
/* i-th character with TTY_QUOTE, or -1. */
int	clist_peek(struct clist *q, int i);
/* Contiguous run at the front, for drivers: *p, count; then clist_drop. */
int	clist_front(struct clist *q, u_char **p);
void	clist_drop(struct clist *q, int n);

struct tty *ttymalloc(struct tty *tp);
void	ttyinit(struct tty *tp);
void	ttyregister(struct tty *tp);
void	ttyunregister(struct tty *tp);
void	ttyhold(struct tty *tp);
void	ttyunhold(struct tty *tp);

/*
 * The line discipline's entry points, for drivers' d_* routines.
 */
int	ttyopen(cdev_t device, struct tty *tp);
int	ttyclose(struct tty *tp);
int	ttylopen(cdev_t device, struct tty *tp);
int	ttylclose(struct tty *tp, int flag);
int	ttread(struct tty *tp, struct uio *uio, int flag);
int	ttwrite(struct tty *tp, struct uio *uio, int flag);
int	ttioctl(struct tty *tp, u_long cmd, void *data, int flag);
int	ttykqfilter(struct dev_kqfilter_args *ap);
int	ttyread(struct dev_read_args *ap);
int	ttywrite(struct dev_write_args *ap);
int	ttyrevoke(struct dev_revoke_args *ap);
/* One character, with TTY_* error bits. */
int	ttyinput(int c, struct tty *tp);
/* Many, without errors; the fast path for raw terminals. */
void	ttyinput_block(struct tty *tp, const u_char *buf, int n);
/* Carrier came or went. */
int	ttymodem(struct tty *tp, int flag);
/* After t_outq has become shorter. */
void	ttwwakeup(struct tty *tp);
void	ttwakeup(struct tty *tp);
/* Discard queues (FREAD, FWRITE). */
void	ttyflush(struct tty *tp, int rw);
int	ttywait(struct tty *tp);
void	ttstart(struct tty *tp);
void	ttsetwater(struct tty *tp);
/* Set TS_CAN_BYPASS_L_RINT as the termios allow. */
void	ttyldoptim(struct tty *tp);
void	ttychars(struct tty *tp);
void	ttyinfo(struct tty *tp);
void	ttyblock(struct tty *tp);
void	ttyunblock(struct tty *tp);
int	ttysleep(struct tty *tp, void *chan, int slpflags, const char *wmesg,
	    int timo);
/* Set t_session, t_pgrp of a session leader's terminal; undo it. */
void	ttyclearsession(struct tty *tp);
void	ttyclosesession(struct session *sp, int dorele);
/* TIOCSCTTY succeeded on vp. */
struct vnode;
void	ttysetvnode(struct vnode *vp);
int	ttyoutput_block(struct tty *tp, const char *buf, int n);
/* Print to the terminal of a session / to tp. */
int	tputchar(int c, struct tty *tp);

#endif /* _KERNEL */

#endif /* !_SYS_TTY_H_ */
