/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Extended attributes of files.
 */
#ifndef _SYS_EXTATTR_H_
#define _SYS_EXTATTR_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define EXTATTR_NAMESPACE_EMPTY		0
#define EXTATTR_NAMESPACE_USER		1
#define EXTATTR_NAMESPACE_SYSTEM	2
#define EXTATTR_NAMESPACE_EMPTY_STRING	"empty"
#define EXTATTR_NAMESPACE_USER_STRING	"user"
#define EXTATTR_NAMESPACE_SYSTEM_STRING	"system"

#ifndef _KERNEL
struct iovec;

__BEGIN_DECLS
int	extattrctl(const char *, int, const char *, int, const char *);
int	extattr_delete_file(const char *, int, const char *);
ssize_t	extattr_get_file(const char *, int, const char *, void *, size_t);
int	extattr_set_file(const char *, int, const char *, void *, size_t);
__END_DECLS
#endif

#endif /* !_SYS_EXTATTR_H_ */
