/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The terminals: /etc/ttys.
 */
#ifndef _TTYENT_H_
#define _TTYENT_H_

#include <sys/cdefs.h>

#define TTY_ON		0x01
#define TTY_SECURE	0x02
#define TTY_DIALUP	0x04
#define TTY_NETWORK	0x08
#define TTY_IFCONSOLE	0x10

#define _PATH_TTYS	"/etc/ttys"

#define _TTYS_OFF	"off"
#define _TTYS_ON	"on"
#define _TTYS_SECURE	"secure"
#define _TTYS_INSECURE	"insecure"
#define _TTYS_WINDOW	"window"
#define _TTYS_GROUP	"group"
#define _TTYS_NOGROUP	"none"
#define _TTYS_DIALUP	"dialup"
#define _TTYS_NETWORK	"network"
#define _TTYS_IFCONSOLE	"ifconsole"

struct ttyent {
	char	*ty_name;
	char	*ty_getty;
	char	*ty_type;
	int	ty_status;
	char	*ty_window;
	char	*ty_comment;
	char	*ty_group;
};

__BEGIN_DECLS
int	endttyent(void);
struct ttyent *getttyent(void);
struct ttyent *getttynam(const char *);
int	isdialuptty(const char *);
int	isnettty(const char *);
int	setttyent(void);
__END_DECLS

#endif /* !_TTYENT_H_ */
