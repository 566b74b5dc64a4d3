/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notes of a core file.
 */
#ifndef _SYS_PROCFS_H_
#define _SYS_PROCFS_H_

#include <sys/types.h>
#include <machine/reg.h>

typedef struct reg	gregset_t;
typedef struct fpreg	fpregset_t;

#define PRSTATUS_VERSION	1
#define PRARGSZ			80
#define PRPSINFO_VERSION	1

typedef fpregset_t	prfpregset_t;
typedef gregset_t	prgregset_t;
typedef void	*psaddr_t;
typedef struct prstatus {
	int	pr_version;
	size_t	pr_statussz;
	size_t	pr_gregsetsz;
	size_t	pr_fpregsetsz;
	int	pr_osreldate;
	int	pr_cursig;
	pid_t	pr_pid;
	gregset_t pr_reg;
} prstatus_t;

typedef struct prpsinfo {
	int	pr_version;
	size_t	pr_psinfosz;
	char	pr_fname[17];
	char	pr_psargs[81];
} prpsinfo_t;

#endif /* !_SYS_PROCFS_H_ */
