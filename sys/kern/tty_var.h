/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of the line discipline share.
 */
#ifndef _KERN_TTY_VAR_H_
#define _KERN_TTY_VAR_H_

#include <sys/tty.h>

extern long	tk_cancc, tk_nin, tk_nout, tk_rawcc;

/* Does the unquoted character end a line? */
static __inline int
tty_is_break(struct tty *tp, int c)
{
	cc_t *cc = tp->t_cc;

	return (c == '\n' || CCEQ(cc[VEOF], c) || CCEQ(cc[VEOL], c) ||
	    CCEQ(cc[VEOL2], c));
}

int	ttyoutput(int c, struct tty *tp);
/* Process pending raw input as lines again (PENDIN). */
void	ttypend(struct tty *tp);
int	ttnread(struct tty *tp);
void	ttyretype(struct tty *tp);

#endif /* !_KERN_TTY_VAR_H_ */
