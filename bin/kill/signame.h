/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals by the names and numbers that users type.
 */
#ifndef _SIGNAME_H_
#define _SIGNAME_H_

#include <stdio.h>

/*
 * The number of a signal given as "TERM", "SIGTERM" (in any case) or "15";
 * -1 when there is no such signal.
 */
int	signame_number(const char *text);

/* All names on a stream, in two lines. */
void	signame_list(FILE *f);

#endif
