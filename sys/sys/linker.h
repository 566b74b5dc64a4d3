/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loadable kernel files.
 */
#ifndef _SYS_LINKER_H_
#define _SYS_LINKER_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/param.h>

struct kld_file_stat {
	int	version;		/* sizeof(struct kld_file_stat) */
	char	name[1024];
	int	refs;
	int	id;
	caddr_t	address;
	size_t	size;
};

struct kld_sym_lookup {
	int		version;	/* sizeof(struct kld_sym_lookup) */
	const char	*symname;
	u_long		symvalue;
	size_t		symsize;
};

#define MODINFO_END		0
#define MODINFO_NAME		1
#define MODINFO_TYPE		2
#define MODINFO_ADDR		3
#define MODINFO_SIZE		4
#define MODINFO_EMPTY		5
#define MODINFO_ARGS		6
#define MODINFO_METADATA	0x8000
#define MODINFOMD_AOUTEXEC	1
#define MODINFOMD_ELFHDR	2
#define MODINFOMD_SSYM		3
#define MODINFOMD_ESYM		4
#define MODINFOMD_DYNAMIC	5
#define MODINFOMD_ENVP		6
#define MODINFOMD_HOWTO		7
#define MODINFOMD_KERNEND	8
#define MODINFOMD_SHDR		9
#define MODINFOMD_FW_HANDLE	10
#define MODINFOMD_NOCOPY	0x8000
#define MODINFOMD_DEPLIST	0xc001
#define LINKER_HINTS_VERSION	1
#define KLDSYM_LOOKUP		1

#ifndef _KERNEL
__BEGIN_DECLS
int	kldfind(const char *);
int	kldfirstmod(int);
int	kldload(const char *);
int	kldnext(int);
int	kldstat(int, struct kld_file_stat *);
int	kldsym(int, int, void *);
int	kldunload(int);
__END_DECLS
#endif

#endif /* !_SYS_LINKER_H_ */
