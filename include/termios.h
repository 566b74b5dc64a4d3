/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminals.
 */
#ifndef _TERMIOS_H_
#define _TERMIOS_H_

#include <sys/cdefs.h>
#include <sys/_termios.h>
#include <machine/stdint.h>

#ifndef _PID_T_DECLARED
#define _PID_T_DECLARED
typedef __pid_t	pid_t;
#endif

#if __BSD_VISIBLE
#include <sys/ttycom.h>
#include <sys/ttydefaults.h>
#endif

/* tcsetattr() */
#define TCSANOW		0x00
#define TCSADRAIN	0x01
#define TCSAFLUSH	0x02
#define TCSASOFT	0x10
/* tcflush() */
#define TCIFLUSH	1
#define TCOFLUSH	2
#define TCIOFLUSH	3
/* tcflow() */
#define TCOOFF		1
#define TCOON		2
#define TCIOFF		3
#define TCION		4

__BEGIN_DECLS
speed_t	cfgetispeed(const struct termios *);
speed_t	cfgetospeed(const struct termios *);
int	cfsetispeed(struct termios *, speed_t);
int	cfsetospeed(struct termios *, speed_t);
int	tcdrain(int);
int	tcflow(int, int);
int	tcflush(int, int);
int	tcgetattr(int, struct termios *);
int	tcsendbreak(int, int);
int	tcsetattr(int, int, const struct termios *);
#if __POSIX_VISIBLE >= 200112
pid_t	tcgetsid(int);
#endif
#if __BSD_VISIBLE
void	cfmakeraw(struct termios *);
void	cfmakesane(struct termios *);
int	cfsetspeed(struct termios *, speed_t);
int	tcsetsid(int, pid_t);
#endif
__END_DECLS

#endif /* !_TERMIOS_H_ */
