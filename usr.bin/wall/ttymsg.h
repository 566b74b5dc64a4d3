/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages to other users' terminals.
 */
#ifndef _TTYMSG_H_
#define _TTYMSG_H_

#include <stddef.h>

/*
 * Writes to /dev/line without waiting long for it: a terminal that takes no
 * output is given up after a few seconds.  Returns NULL, or why it failed.
 */
const char *ttymsg_send(const char *line, const char *text, size_t len);

/*
 * Copies text that others wrote, so that it cannot control a terminal:
 * control characters become "^X", bytes above 0177 "M-x" unless they are
 * printable, newlines CR LF.  Lines are padded to 79 columns when pad is set.
 * Returns malloc()ed memory.
 */
char	*ttymsg_clean(const char *text, int pad);

#endif
