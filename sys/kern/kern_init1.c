/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Process 1.  It is made early, by a fork of process 0, and let run when the
 * root filesystem is mounted; its first code is start_init(), which executes
 * the first init program there is.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/fcntl.h>
#include <sys/filedesc.h>
#include <sys/imgact.h>
#include <sys/kenv.h>
#include <sys/malloc.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/procctl.h>
#include <sys/reboot.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include <machine/cpu.h>

static char init_paths[MAXPATHLEN] =
    "/sbin/init:/sbin/oinit:/sbin/init.bak";
TUNABLE_STR("init_path", init_paths, sizeof(init_paths));
SYSCTL_STRING(_kern, OID_AUTO, init_path, CTLFLAG_RD, init_paths, 0,
    "Programs to try as init");

static void
create_init(const void *unused)
{
	struct proc *p;
	int error;

	error = fork1(&lwp0, RFFDG | RFPROC, &p);
	if (error)
		panic("cannot fork init: %d", error);
	KASSERT(p->p_pid == 1, ("init is process %d", p->p_pid));
	initproc = p;
	lwkt_gettoken(&p->p_token);
	p->p_flags &= ~P_SYSTEM;
	p->p_reaper = reaper_init(p, p->p_reaper);
	strlcpy(p->p_comm, "init", sizeof(p->p_comm));
	lwkt_reltoken(&p->p_token);
	cpu_set_fork_handler(ONLY_LWP_IN_PROC(p), start_init, NULL);
}
SYSINIT(init, SI_SUB_CREATE_INIT, SI_ORDER_FIRST, create_init, NULL);

static void
kick_init(const void *unused)
{
	start_forked_proc(&lwp0, initproc);
}
SYSINIT(kickinit, SI_SUB_KTHREAD_INIT, SI_ORDER_FIRST, kick_init, NULL);

/* Current, root and jail directory of process 1: the root. */
static void
init_set_root(struct proc *p)
{
	struct filedesc *fdp = p->p_fd;

	spin_lock(&fdp->fd_spin);
	fdp->fd_cdir = rootvnode;
	fdp->fd_rdir = rootvnode;
	fdp->fd_jdir = rootvnode;
	spin_unlock(&fdp->fd_spin);
	vref(rootvnode);
	vref(rootvnode);
	vref(rootvnode);
	cache_copy(&rootnch, &fdp->fd_ncdir);
	cache_copy(&rootnch, &fdp->fd_nrdir);
	cache_copy(&rootnch, &fdp->fd_njdir);
}

/* What the loader was told, as init's options. */
static void
init_options(char *buf, size_t size)
{
	strlcpy(buf, (boothowto & RB_SINGLE) ? "-s" : "--", size);
}

static int
try_init(const char *path)
{
	struct image_args args;
	struct nlookupdata nd;
	char opts[8];
	int error;

	bzero(&args, sizeof(args));
	error = exec_alloc_args(&args, path);
	if (error)
		return (error);
	init_options(opts, sizeof(opts));
	error = exec_add_arg(&args, path);
	if (error == 0 && opts[0] != '\0')
		error = exec_add_arg(&args, opts);
	if (error == 0)
		error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0) {
		nd.nl_flags |= NLC_EXEC;
		error = kern_execve(&nd, &args);
		nlookup_done(&nd);
	}
	exec_free_args(&args);
	return (error);
}

void
start_init(void *arg, struct trapframe *frame)
{
	char *next, *path;
	int error;

	init_set_root(curproc);
	for (path = init_paths; path != NULL && *path != '\0'; path = next) {
		next = strchr(path, ':');
		if (next != NULL)
			*next++ = '\0';
		error = try_init(path);
		if (error == 0)
			return;
		if (error != ENOENT)
			kprintf("%s: cannot be executed, error %d\n", path,
			    error);
	}
	panic("no init found");
}
