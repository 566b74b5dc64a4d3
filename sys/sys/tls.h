/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * set_tls_area(): the base of a segment register of the calling thread.
 */
#ifndef _SYS_TLS_H_
#define _SYS_TLS_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define TLS_WHICH_FS	0
#define TLS_WHICH_GS	1

struct tls_info {
	void	*base;
	long	size;		/* -1: unlimited; not looked at */
};

#ifndef _KERNEL
__BEGIN_DECLS
int	get_tls_area(int, struct tls_info *, size_t);
int	set_tls_area(int, struct tls_info *, size_t);
__END_DECLS
#endif

#endif /* !_SYS_TLS_H_ */
