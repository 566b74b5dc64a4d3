/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel modules: what kernel files consist of.
 */
#ifndef _SYS_MODULE_H_
#define _SYS_MODULE_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define MAXMODNAME	32

typedef union modspecific {
	int	intval;
	u_int	uintval;
	long	longval;
	u_long	ulongval;
} modspecific_t;

struct module_stat {
	int	version;		/* sizeof(struct module_stat) */
	char	name[MAXMODNAME];
	int	refs;
	int	id;
	modspecific_t data;		/* system call number, ... */
};

#define MDT_DEPEND		1
#define MDT_MODULE		2
#define MDT_VERSION		3
#define MDT_STRUCT_VERSION	1
#define MDT_SETNAME		"modmetadata_set"
#define MOD_LOAD		0
#define MOD_UNLOAD		1
#define MOD_SHUTDOWN		2
#ifndef _KERNEL
__BEGIN_DECLS
int	modfind(const char *);
int	modfnext(int);
int	modnext(int);
int	modstat(int, struct module_stat *);
__END_DECLS
#endif

#endif /* !_SYS_MODULE_H_ */
