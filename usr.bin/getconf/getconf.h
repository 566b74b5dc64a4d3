/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The tables that names.sh makes from the headers.
 */
#ifndef _GETCONF_H_
#define _GETCONF_H_

struct name_number {
	const char	*name;
	int		number;
};

struct name_value {
	const char	*name;
	long		value;
};

extern const struct name_number confstr_names[], sysconf_names[],
	    pathconf_names[];
extern const struct name_value limit_names[];

#endif
