/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs: commands written to ctl.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/ptrace.h>
#include <sys/signalvar.h>
#include <sys/uio.h>
#include <sys/thread2.h>
#include <vfs/procfs/procfs.h>

#define PFS_CTLLEN	32	/* longest command */

static const struct {
	const char *name;
	int	sig;
} signals[] = {
	{ "hup", SIGHUP }, { "int", SIGINT }, { "quit", SIGQUIT },
	{ "ill", SIGILL }, { "trap", SIGTRAP }, { "abrt", SIGABRT },
	{ "iot", SIGIOT }, { "emt", SIGEMT }, { "fpe", SIGFPE },
	{ "kill", SIGKILL }, { "bus", SIGBUS }, { "segv", SIGSEGV },
	{ "sys", SIGSYS }, { "pipe", SIGPIPE }, { "alrm", SIGALRM },
	{ "term", SIGTERM }, { "urg", SIGURG }, { "stop", SIGSTOP },
	{ "tstp", SIGTSTP }, { "cont", SIGCONT }, { "chld", SIGCHLD },
	{ "ttin", SIGTTIN }, { "ttou", SIGTTOU }, { "io", SIGIO },
	{ "xcpu", SIGXCPU }, { "xfsz", SIGXFSZ }, { "vtalrm", SIGVTALRM },
	{ "prof", SIGPROF }, { "winch", SIGWINCH }, { "info", SIGINFO },
	{ "usr1", SIGUSR1 }, { "usr2", SIGUSR2 },
};

/* Until the process, traced by us, has stopped. */
static int
control_wait(struct proc *p)
{
	struct proc *q = curproc;
	int error = 0;
	u_int gen;

	while (error == 0) {
		gen = q->p_waitgen;
		if ((p->p_flags & P_TRACED) == 0 || p->p_pptr != q)
			return (EBUSY);
		if (p->p_stat == SSTOP && p->p_nstopped == p->p_nthreads) {
			p->p_flags |= P_WAITED;
			return (0);
		}
		tsleep_interlock(q, PCATCH);
		if (gen == q->p_waitgen)
			error = tsleep(q, PCATCH | PINTERLOCKED, "pfswait", 0);
	}
	return (error);
}

static int
control_signal(struct proc *p, int sig)
{
	if ((p->p_flags & P_TRACED) && p->p_stat == SSTOP &&
	    p->p_pptr == curproc)
		return (ptrace_resume(p, false, 1, sig));
	ksignal(p, sig);
	return (0);
}

static int
control(struct proc *p, const char *cmd)
{
	bool step = strcmp(cmd, "step") == 0;
	int error;
	size_t i;

	if (strcmp(cmd, "attach") == 0)
		return (ptrace_attach(p));
	if (strcmp(cmd, "wait") == 0)
		return (control_wait(p));
	if (strcmp(cmd, "detach") == 0) {
		error = ptrace_check(p);
		return (error != 0 ? error : ptrace_detach(p, 1, 0));
	}
	if (step || strcmp(cmd, "run") == 0) {
		error = ptrace_check(p);
		return (error != 0 ? error : ptrace_resume(p, step, 1, 0));
	}
	for (i = 0; i < nitems(signals); i++)
		if (strcmp(cmd, signals[i].name) == 0)
			return (control_signal(p, signals[i].sig));
	return (EOPNOTSUPP);
}

int
procfs_control(struct proc *p, struct uio *uio)
{
	char cmd[PFS_CTLLEN];
	size_t n = uio->uio_resid;
	int error;

	if (n >= sizeof(cmd))
		return (EOPNOTSUPP);
	error = uiomove(cmd, n, uio);
	if (error != 0)
		return (error);
	while (n > 0 && cmd[n - 1] == '\n')
		--n;
	cmd[n] = '\0';
	lwkt_gettoken(&p->p_token);
	error = control(p, cmd);
	lwkt_reltoken(&p->p_token);
	return (error);
}
