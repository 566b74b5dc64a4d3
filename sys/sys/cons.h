/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system console.  Console drivers declare themselves with
 * CONS_DRIVER(); cninit() probes them all, very early, and uses every one
 * that answers: output goes to all, input is taken from any.  The one with
 * the highest priority is what /dev/console reads.
 *
 * cnputc() and friends work at any time, in any context, without interrupts.
 */
#ifndef _SYS_CONS_H_
#define _SYS_CONS_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/linker_set.h>

struct consdev;
struct lwp;
struct thread;

typedef	void	cn_probe_t(struct consdev *);
typedef	void	cn_init_t(struct consdev *);
typedef	void	cn_init_fini_t(struct consdev *);
typedef	void	cn_term_t(struct consdev *);
typedef	int	cn_getc_t(void *);
typedef	int	cn_checkc_t(void *);
typedef	void	cn_putc_t(void *, int);
typedef	void	cn_dbctl_t(void *, int);
typedef	void	cn_poll_t(void *, int);

struct consdev {
	cn_probe_t	*cn_probe;	/* set cn_pri and cn_private */
	cn_init_t	*cn_init;	/* make it usable */
	cn_init_fini_t	*cn_init_fini;	/* memory and devices now work */
	cn_term_t	*cn_term;
	cn_getc_t	*cn_getc;	/* wait for a character */
	cn_checkc_t	*cn_checkc;	/* the same, -1 if there is none */
	cn_putc_t	*cn_putc;
	cn_dbctl_t	*cn_dbctl;	/* debugger entered, left */
	cn_poll_t	*cn_poll;	/* polled input on, off */
	void		*cn_private;	/* driver's, passed to the above */
	int		cn_gdbport;
	int		cn_probegood;	/* in use */
	short		cn_pri;		/* CN_* */
	char		cn_name[16];	/* device in /dev */
};

/* cn_pri */
#define CN_DEAD		0		/* not there */
#define CN_LOW		1
#define CN_NORMAL	2
#define CN_INTERNAL	3		/* screen and keyboard */
#define CN_REMOTE	4		/* asked for by the loader */

#define CONS_DRIVER(name, probe, init, initfini, term, getc, checkc,	\
    putc, dbctl, poll)							\
	static struct consdev name##_consdev = {			\
		.cn_probe = probe, .cn_init = init,			\
		.cn_init_fini = initfini, .cn_term = term,		\
		.cn_getc = getc, .cn_checkc = checkc,			\
		.cn_putc = putc, .cn_dbctl = dbctl, .cn_poll = poll	\
	};								\
	DATA_SET(cons_set, name##_consdev)

/* Does the loader's variable "console" list name? */
int	cons_env_wants(const char *name);
struct tty;
/* TIOCCONS: tp takes the output of /dev/console; NULL: only_from stops. */
int	cons_divert(struct tty *tp, struct tty *only_from);
void	cninit(void);
int	cngetc(void);
int	cncheckc(void);
void	cnputc(int c);
void	cndbctl(int on);
void	cnpoll(int on);
/* Suppress, resume console output of cnputc (userland owns the screen). */
extern int	cons_unavail;
extern cdev_t	cn_dev;

#endif /* _KERNEL */

#endif /* !_SYS_CONS_H_ */
