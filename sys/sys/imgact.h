/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Image activation: from a file to a running program.
 *
 * execve fills an image_params, looks at the file's first page and offers
 * it to each activator in turn.  An activator answers -1 (not mine), 0
 * (done: image and entry point are in place), or an errno.  A script
 * activator sets IMGACT_INTERP_SELF... and interpreter_name instead: execve
 * starts over with that file.
 *
 * All of this belongs to the thread that executes execve; no locking.
 */
#ifndef _SYS_IMGACT_H_
#define _SYS_IMGACT_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/uio.h>
#include <vm/vm.h>

#define MAXSHELLCMDLEN	4096		/* bytes of a #! line looked at */
#define MAXINTERPNAME	128		/* longest interpreter path of it */

struct vattr;
struct vnode;
struct proc;
struct lwp;

/* Strings gathered for the new image, in a kernel buffer of ARG_MAX bytes. */
struct image_args {
	char	*buf;		/* the buffer: path, then strings */
	char	*fname;		/* path of the program */
	char	*begin_argv;	/* start of the argument strings */
	char	*begin_envv;	/* start of the environment */
	char	*endp;		/* end of all */
	int	space;		/* bytes left */
	int	argc;
	int	envc;
};

struct image_params {
	struct proc	*proc;
	struct image_args *args;
	struct vnode	*vp;		/* the file, locked */
	struct vattr	*attr;		/* its attributes */
	const char	*image_header;	/* first page of the file */
	size_t		 header_size;	/* valid bytes of it */
	vm_page_t	 firstpage;	/* holds it */
	u_long		 entry_addr;	/* where to start */
	u_long		 phdr, phent, phnum;	/* for auxv */
	u_long		 prog_entry, base;
	bool		 has_auxv;
	bool		 interpreted;	/* running a script's interpreter */
	bool		 resident;
	bool		 vmspace_destroyed;	/* no way back */
	char		 interpreter_name[MAXINTERPNAME + 1];
	const char	*execpath;	/* for AT_EXECPATH, may be NULL */
	u_long		 execpathp;	/* its user address */
	char		*freepath;
	u_long		 stack_base;	/* A: address of argc */
	int		 osrel;		/* brand note's version */
};

struct execsw {
	int	(*ex_imgact)(struct image_params *imgp);
	const char *ex_name;
};

#include <sys/linker_set.h>
#define EXEC_SET(name, execsw_arg) \
	DATA_SET(execsw_set, execsw_arg)

/* --- kern_exec.c, for activators and for the start of init --- */

/*
 * Prepare args from user or kernel pointers; the buffer is released by
 * exec_free_args().
 */
int	exec_copyin_args(struct image_args *args, const char *fname,
	    enum uio_seg fnameseg, char **argv, char **envv);
void	exec_free_args(struct image_args *args);
int	exec_alloc_args(struct image_args *args);
int	exec_add_arg(struct image_args *args, const char *str);
int	exec_begin_env(struct image_args *args);

struct nlookupdata;
/* The whole of execve for the current process. */
int	kern_execve(struct nlookupdata *nd, struct image_args *args);

/* Drop the old address space and set up the new one with its stack. */
int	exec_new_vmspace(struct image_params *imgp, struct vmspace *vmcopy);
int	exec_check_permissions(struct image_params *imgp,
	    struct mount *topmnt);
int	exec_map_first_page(struct image_params *imgp);
void	exec_unmap_first_page(struct image_params *imgp);

/* --- the binary file's page cache, mapped into the new image --- */
int	exec_shell_imgact(struct image_params *imgp);

/* Core dump of the current process; sig is the signal. (imgact_elf_core.c) */
int	elf_coredump(struct lwp *lp, int sig, struct vnode *vp, off_t limit);

#endif /* _KERNEL */

#endif /* !_SYS_IMGACT_H_ */
