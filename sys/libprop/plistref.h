/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a property list, externalized as XML, travels through a system call or
 * an ioctl: vquotactl(2).
 */
#ifndef _LIBPROP_PLISTREF_H_
#define _LIBPROP_PLISTREF_H_

#include <sys/types.h>

struct plistref {
	void	*pref_plist;		/* the text */
	size_t	pref_len;		/* its bytes, the NUL included */
};

#endif /* !_LIBPROP_PLISTREF_H_ */
