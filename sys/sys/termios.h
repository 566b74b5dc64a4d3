/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminal settings, for the kernel and <termios.h>.
 */
#ifndef _SYS_TERMIOS_H_
#define _SYS_TERMIOS_H_

#include <sys/_termios.h>

#endif /* !_SYS_TERMIOS_H_ */
