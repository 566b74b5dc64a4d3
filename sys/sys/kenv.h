/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel environment: variables from the loader.
 */
#ifndef _SYS_KENV_H_
#define _SYS_KENV_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define KENV_GET	0x00
#define KENV_SET	0x01
#define KENV_UNSET	0x02
#define KENV_DUMP	0x03
#define KENV_MNAMELEN	0x80
#define KENV_MVALLEN	0x80

#ifndef _KERNEL
__BEGIN_DECLS
int	kenv(int, const char *, char *, int);
__END_DECLS
#else

/* Access by the kernel: kgetenv() and so on of <sys/kernel.h>. */
void	kenv_init(char *env, size_t size);	/* from the loader's strings */
char	*kenv_next(char *prev);

#endif

#endif /* !_SYS_KENV_H_ */
