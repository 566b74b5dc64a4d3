/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the parts of swapon(8), swapoff(8) and swapctl(8) share.
 */
#ifndef SWAPON_H
#define SWAPON_H

#include <stdbool.h>

/* Units of the tables: from BLOCKSIZE, or as the options say. */
enum unit { UNIT_ENV, UNIT_KILO, UNIT_MEGA, UNIT_GIGA, UNIT_HUMAN };

/* Print the devices, their sum, or both; ends the program on failure. */
void	list_devices(bool each, bool total, enum unit unit);

#endif
