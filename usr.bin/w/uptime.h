/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The line with which w(1), uptime(1) and others begin.
 */
#ifndef _UPTIME_H_
#define _UPTIME_H_

/*
 * Prints time of day, time since boot, number of users and load averages.
 * 12 hour clock unless clock24.
 */
void	uptime_print(int users, int clock24);

#endif
