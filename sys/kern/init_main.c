/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine independent part of the boot: runs all SYSINITs in order, makes
 * process 1 and lets it run the first user program.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/reboot.h>
#include <sys/filedesc.h>
#include <sys/namecache.h>
#include <sys/signalvar.h>
#include <sys/unistd.h>
#include <sys/vnode.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <machine/cpu.h>

#define INIT_PATH_MAX	255

extern char damselfly_banner[];

int	cold = 1;
int	boothowto;
int	bootverbose;
const char copyright[] =
    "Damselfly, an independent system of the DragonFly family.\n";

char	init_path[INIT_PATH_MAX + 1] =
    "/sbin/init:/sbin/oinit:/sbin/init.bak";
TUNABLE_STR("init_path", init_path, sizeof(init_path));
SYSCTL_STRING(_kern, OID_AUTO, init_path, CTLFLAG_RD, init_path, 0,
    "Programs tried as the first process");

static MALLOC_DEFINE(M_SYSINIT, "sysinit", "initialisers of modules");
SET_DECLARE(sysinit_set, struct sysinit);

/*
 * What is still to be run, sorted; while booting, sysinit_add() merges more
 * into it.
 */
static struct sysinit **pending, **pending_end;
static bool booting;

static bool
comes_before(const struct sysinit *a, const struct sysinit *b)
{
	if (a->subsystem != b->subsystem)
		return (a->subsystem < b->subsystem);
	return (a->order < b->order);
}

/* Stable: equals keep their order.  The boot set is a few hundred. */
static void
sort_inits(struct sysinit **first, struct sysinit **end)
{
	struct sysinit *si;

	for (struct sysinit **p = first + 1; p < end; p++) {
		struct sysinit **q;

		si = *p;
		for (q = p; q > first && comes_before(si, q[-1]); q--)
			*q = q[-1];
		*q = si;
	}
}

static void
run_inits(void)
{
	struct sysinit *si;

	while (pending < pending_end) {
		si = *pending++;
		if (si->subsystem == SI_SPECIAL_DUMMY ||
		    si->subsystem == SI_SPECIAL_DONE)
			continue;
		si->func(si->udata);
	}
}

/* A module's: during the boot in their turn, afterwards at once. */
void
sysinit_add(struct sysinit **set, struct sysinit **set_end)
{
	struct sysinit **merged;
	size_t have = pending_end - pending, more = set_end - set;

	if (!booting) {
		sort_inits(set, set_end);
		for (; set < set_end; set++)
			(*set)->func((*set)->udata);
		return;
	}
	merged = kmalloc((have + more) * sizeof(*merged), M_SYSINIT, M_WAITOK);
	memcpy(merged, pending, have * sizeof(*merged));
	memcpy(merged + have, set, more * sizeof(*merged));
	pending = merged;
	pending_end = merged + have + more;
	sort_inits(pending, pending_end);
}

void
mi_startup(void)
{
	booting = true;
	pending = SET_BEGIN(sysinit_set);
	pending_end = SET_LIMIT(sysinit_set);
	sort_inits(pending, pending_end);
	run_inits();
	booting = false;

	/* The boot's thread has done its work. */
	for (;;)
		tsleep(&booting, 0, "nothing", 0);
}

static void
print_banner(void *arg)
{
	kprintf("%s%s\n%s", copyright, damselfly_banner, version);
}
SYSINIT(banner, SI_BOOT1_COPYRIGHT, SI_ORDER_FIRST, print_banner, NULL);

static void
leave_crit(void *arg)
{
	crit_exit();
	KKASSERT(!IN_CRITICAL_SECT(curthread));
}
SYSINIT(leavecrit, SI_BOOT2_LEAVE_CRIT, SI_ORDER_ANY, leave_crit, NULL);

/*
 * Process 1 is made early, so that it gets its number, and held until the
 * root filesystem is there.
 */
static void
create_init(void *arg)
{
	struct lwp *lp;
	int error;

	error = fork1(&lwp0, RFFDG | RFPROC, &initproc);
	if (error != 0)
		panic("cannot create process 1: error %d", error);
	initproc->p_flags |= P_SYSTEM;
	lp = ONLY_LWP_IN_PROC(initproc);
	cpu_set_fork_handler(lp, start_init, NULL);
}
SYSINIT(create_init, SI_SUB_CREATE_INIT, SI_ORDER_FIRST, create_init, NULL);

static void
kick_init(void *arg)
{
	start_forked_proc(&lwp0, initproc);
}
SYSINIT(kick_init, SI_SUB_KTHREAD_INIT, SI_ORDER_FIRST, kick_init, NULL);

/* Becomes the program at path; returns an errno when that fails. */
static int
exec_init(char *path)
{
	struct nlookupdata nd;
	struct image_args args;
	char *argv[3], *envv[1];
	int error;

	argv[0] = path;
	argv[1] = __DECONST(char *, (boothowto & RB_SINGLE) ? "-s" : "--");
	argv[2] = NULL;
	envv[0] = NULL;
	error = exec_copyin_args(&args, path, UIO_SYSSPACE, argv, envv);
	if (error != 0)
		return (error);
	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = kern_execve(&nd, &args);
	nlookup_done(&nd);
	exec_free_args(&args);
	return (error);
}

/* Process 1 was forked before there was a root directory. */
static void
enter_root(struct filedesc *fdp)
{
	vref(rootvnode);
	fdp->fd_cdir = rootvnode;
	vref(rootvnode);
	fdp->fd_rdir = rootvnode;
	vref(rootvnode);
	fdp->fd_jdir = rootvnode;
	cache_copy(&rootnch, &fdp->fd_ncdir);
	cache_copy(&rootnch, &fdp->fd_nrdir);
	cache_copy(&rootnch, &fdp->fd_njdir);
}

/* The body of process 1, still in the kernel. */
void
start_init(void *arg, struct trapframe *frame)
{
	char list[INIT_PATH_MAX + 1], *rest = list, *path;
	int error;

	if (initproc->p_fd->fd_cdir == NULL)
		enter_root(initproc->p_fd);
	initproc->p_flags &= ~P_SYSTEM;
	strlcpy(list, init_path, sizeof(list));
	while ((path = strsep(&rest, ":")) != NULL) {
		if (*path == '\0')
			continue;
		if (bootverbose)
			kprintf("start_init: trying %s\n", path);
		error = exec_init(path);
		if (error == 0)
			return;		/* to user mode */
		if (error != ENOENT)
			kprintf("exec %s: error %d\n", path, error);
	}
	kprintf("init: not found in path %s\n", init_path);
	panic("no init");
}
