/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER's core in a user program: how volumes are reached.
 */
#ifndef _PLAT_USER_H_
#define _PLAT_USER_H_

#include <sys/types.h>

/*
 * A volume's device: a descriptor, unless the program supplies functions
 * (tests do, to see and cut the stream of writes).
 */
struct hammer_userdev {
	int	ud_fd;			/* or -1 */
	int	ud_writable;
	int	(*ud_read)(struct hammer_userdev *, off_t, void *, int);
	int	(*ud_write)(struct hammer_userdev *, off_t, const void *, int);
	int	(*ud_flush)(struct hammer_userdev *);
	void	*ud_arg;
};

extern int hammer_quiet;

#endif /* !_PLAT_USER_H_ */
