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
#include <sys/linker_set.h>
#include <sys/uio.h>
#include <vm/vm.h>

#define MAXSHELLCMDLEN	4096		/* bytes of a #! line looked at */
#define MAXINTERPNAME	128		/* longest interpreter path of it */

struct lwp;
struct mount;
struct proc;
struct vattr;
struct vmspace;
struct vnode;

/*
 * Strings gathered for the new image, in a kernel buffer: the path, then, in
 * one piece, arguments and environment, at most ARG_MAX bytes of them.
 */
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
	struct vnode	*vp;		/* the file, referenced */
	struct vattr	*attr;		/* its attributes */
	struct mount	*mp;		/* the mount it was reached by */
	const char	*image_header;	/* first page of the file */
	size_t		 header_size;	/* valid bytes of it */
	u_long		 entry_addr;	/* where to start */
	u_long		 aux_phdr;	/* for auxv, when has_auxv */
	u_long		 aux_phnum;
	u_long		 aux_entry;
	u_long		 aux_base;
	bool		 has_auxv;
	bool		 interpreted;	/* running a script's interpreter */
	bool		 vmspace_destroyed;	/* no way back */
	char		 interpreter_name[MAXINTERPNAME + 1];
	const char	*execpath;	/* for AT_EXECPATH, may be NULL */
	u_long		 stack_base;	/* address of argc */
	int		 osrel;		/* brand note's version */
};

struct execsw {
	int	(*ex_imgact)(struct image_params *imgp);
	const char *ex_name;
};

#define EXEC_SET(name, execsw_arg) \
	DATA_SET(execsw_set, execsw_arg)

/* --- kern_exec.c ------------------------------------------------------- */

struct image_args;
struct nlookupdata;

/*
 * Gather path, arguments and environment, all in user or all in kernel
 * space, for kern_execve().  fname may be NULL.  E2BIG, EFAULT.
 * exec_free_args() afterwards.
 */
int	exec_copyin_args(struct image_args *args, const char *fname,
	    enum uio_seg seg, char **argv, char **envv);
/* The same from the kernel: allocate, then add strings one by one. */
int	exec_alloc_args(struct image_args *args, const char *fname);
int	exec_add_arg(struct image_args *args, const char *str);
int	exec_add_env(struct image_args *args, const char *str);
void	exec_free_args(struct image_args *args);

/*
 * Run the program nd names in the current process.  nd is initialised, not
 * looked up; the caller does nlookup_done().  0 when the process will return
 * to the new program; an errno when nothing has changed.  Does not return
 * when it fails later than that.
 */
int	kern_execve(struct nlookupdata *nd, struct image_args *args);

/* --- for activators ------------------------------------------------------- */

/*
 * Empty the address space, stop other threads, and map a stack.  From here on
 * failure is fatal to the process.
 */
int	exec_new_vmspace(struct image_params *imgp);
/* Regular file, executable, not open for writing; fills *attr. vp locked. */
int	exec_check_permissions(struct vnode *vp, struct mount *mp,
	    struct vattr *attr);
/* Insert before args: the interpreter's tokens of a script. */
int	exec_args_prepend(struct image_args *args, const char *strings,
	    size_t length, int count);
/* Replace the first argument by the path of the file. */
int	exec_args_replace0(struct image_args *args, const char *path);

/* --- kern_exec_args.c -------------------------------------------------- */

/* Lay out strings, vectors and auxv; sets imgp->stack_base. */
int	exec_copyout_strings(struct image_params *imgp);
int	exec_map_stack(struct vmspace *vm);
/* kern.proc.sigtramp */
#define EXEC_SIGTRAMP	(VM_MAX_USER_ADDRESS - 2 * PAGE_SIZE)

/* Machine: first registers of the program; stack is argc's address. */
void	exec_setregs(u_long entry, u_long stack, u_long ps_strings);

/* Write a core dump of the current process. (imgact_elf_core.c) */
int	elf_coredump(struct lwp *lp, int sig, struct vnode *vp, off_t limit);

#endif /* _KERNEL */

#endif /* !_SYS_IMGACT_H_ */
