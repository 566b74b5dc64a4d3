/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files linked into the running kernel: the kernel itself, and modules.
 */
#ifndef _SYS_LINKER_H_
#define _SYS_LINKER_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/syslimits.h>

struct kld_file_stat {
	int		version;	/* set to sizeof(struct kld_file_stat) */
	char		name[1024];
	int		refs;
	int		id;
	caddr_t		address;	/* where it is loaded */
	size_t		size;		/* bytes */
};

struct kld_sym_lookup {
	int		version;	/* set to sizeof(struct kld_sym_lookup) */
	const char	*symname;
	u_long		symvalue;
	size_t		symsize;
};
#define KLDSYM_LOOKUP		1

/* Records of a loader's module list. */
#define MODINFO_END		0x0000
#define MODINFO_NAME		0x0001
#define MODINFO_TYPE		0x0002
#define MODINFO_ADDR		0x0003
#define MODINFO_SIZE		0x0004
#define MODINFO_EMPTY		0x0005
#define MODINFO_ARGS		0x0006
#define MODINFO_METADATA	0x8000
#define MODINFOMD_AOUTEXEC	0x0001
#define MODINFOMD_ELFHDR	0x0002
#define MODINFOMD_SSYM		0x0003
#define MODINFOMD_ESYM		0x0004
#define MODINFOMD_DYNAMIC	0x0005
#define MODINFOMD_ENVP		0x0006
#define MODINFOMD_HOWTO		0x0007
#define MODINFOMD_KERNEND	0x0008
#define MODINFOMD_SHDR		0x0009
#define MODINFOMD_FW_HANDLE	0x000a
#define MODINFOMD_NOCOPY	0x8000
#define MODINFOMD_DEPLIST	(0x4001 | MODINFOMD_NOCOPY)
#define LINKER_HINTS_VERSION	1

#ifdef _KERNEL

#include <sys/queue.h>

typedef struct linker_file	*linker_file_t;

/* Where an address lies, for backtraces. */
typedef struct linker_symval {
	const char	*name;
	caddr_t		value;
	size_t		size;
} linker_symval_t;

/*
 * (k) the linker's lock.  The list itself is also read by the debugger and
 * by panics, without it: files are complete when they get on the list.
 */
struct linker_file {
	TAILQ_ENTRY(linker_file) link;	/* (k) all files */
	int		id;		/* (I) */
	int		refs;		/* (k) */
	int		userrefs;	/* (k) by kldload */
	int		flags;		/* (k) LINKER_FILE_* */
	int		load_error;	/* (k) of a module in it */
	char		*filename;	/* (I) without directories */
	char		*pathname;	/* (I) */
	caddr_t		address;	/* (I) */
	size_t		size;		/* (I) */
	int		ndeps;		/* (k) */
	linker_file_t	*deps;		/* (k) files it uses */
	void		*priv;		/* (I) ELF's */
	TAILQ_HEAD(, module) modules;	/* (k) its modules */
};

#define LINKER_FILE_LINKED	0x1	/* initialised */
#define LINKER_FILE_KERNEL	0x2	/* the kernel: cannot go */

extern linker_file_t linker_kernel_file;

/* Load by module or file name; 0 and the file with a reference. */
int	linker_load_module(const char *name, linker_file_t *lfp);
int	linker_reference_module(const char *modname, linker_file_t *result);
int	linker_release_module(const char *modname, linker_file_t lf);
linker_file_t linker_find_file_by_name(const char *name);
int	linker_file_unload(linker_file_t lf);
/* The address of a global symbol of the file or what it depends on, or 0. */
caddr_t	linker_file_lookup_symbol(linker_file_t lf, const char *name,
	    int deps);

/*
 * For the debugger and backtraces, lock-free: the symbol by name, or the
 * one before an address (offset in *diffp).  0 or ENOENT.
 */
int	linker_ddb_lookup(const char *name, linker_symval_t *sym);
int	linker_ddb_search_symbol(caddr_t value, linker_symval_t *sym,
	    long *diffp);

#else

__BEGIN_DECLS
int	kldload(const char *file);
int	kldunload(int fileid);
int	kldfind(const char *file);
int	kldnext(int fileid);
int	kldstat(int fileid, struct kld_file_stat *stat);
int	kldfirstmod(int fileid);
int	kldsym(int fileid, int cmd, void *data);
__END_DECLS

#endif

#endif /* !_SYS_LINKER_H_ */
