/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounting and limits of mounted filesystems.
 */
#ifndef _SYS_VFS_QUOTA_H_
#define _SYS_VFS_QUOTA_H_

#include <sys/cdefs.h>

#ifndef _KERNEL
struct plistref;

__BEGIN_DECLS
int	vquotactl(const char *, struct plistref *);
__END_DECLS
#endif

#endif /* !_SYS_VFS_QUOTA_H_ */
