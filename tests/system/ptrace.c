/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace(2): stopping, memory, registers, stepping, breakpoints, attaching;
 * and a table of what is refused to whom.
 */
/* tap-libs: -pthread */
#include <sys/types.h>
#include <sys/ptrace.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <machine/reg.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

static volatile int variable = 4711;
static volatile int calls;

__attribute__((noinline)) static void
target_function(void)
{
	++calls;
	__asm volatile("" ::: "memory");
}

/* A child that asks to be traced and stops; it is stopped on return. */
static pid_t
traced_child(void (*func)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		ptrace(PT_TRACE_ME, 0, 0, 0);
		raise(SIGSTOP);
		func();
		_exit(42);
	}
	if (waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status) ||
	    WSTOPSIG(status) != SIGSTOP)
		return (-1);
	return (pid);
}

static int
finish(pid_t pid)
{
	int status;

	ptrace(PT_KILL, pid, (caddr_t)1, 0);
	return (waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGKILL);
}

static void
nothing(void)
{
}

static void
exit_variable(void)
{
	target_function();
	_exit(variable & 0xff);
}

static void
memory(void)
{
	pid_t pid = traced_child(exit_variable);
	struct ptrace_io_desc io;
	char buf[64];
	int status, v;

	errno = 0;
	v = ptrace(PT_READ_D, pid, (caddr_t)&variable, 0);
	ok(v == 4711 && errno == 0, "read_d returns the word");
	ok(ptrace(PT_WRITE_D, pid, (caddr_t)&variable, 99) == 0 &&
	    ptrace(PT_READ_I, pid, (caddr_t)&variable, 0) == 99,
	    "write_d changes it, read_i sees that");
	ok(variable == 4711, "the tracer's own memory is left alone");
	ok(ptrace(PT_READ_D, pid, (caddr_t)16, 0) == -1 && errno == EINVAL,
	    "an address that is not mapped is EINVAL");

	io.piod_op = PIOD_READ_I;
	io.piod_offs = (void *)target_function;
	io.piod_addr = buf;
	io.piod_len = 16;
	ok(ptrace(PT_IO, pid, (caddr_t)&io, 0) == 0 && io.piod_len == 16 &&
	    memcmp(buf, (void *)target_function, 16) == 0, "PT_IO reads text");
	io.piod_op = 9;
	ok(ptrace(PT_IO, pid, (caddr_t)&io, 0) == -1 && errno == EINVAL,
	    "an unknown PT_IO operation is EINVAL");
	io.piod_op = PIOD_READ_D;
	io.piod_addr = (void *)8;
	ok(ptrace(PT_IO, pid, (caddr_t)&io, 0) == -1 && errno == EFAULT,
	    "a bad local buffer is EFAULT");
	ok(ptrace(PT_CONTINUE, pid, (caddr_t)1, 0) == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 99, "the changed word is its exit status");
}

/* Text is read-only and shared: the breakpoint is in a copy. */
static void
breakpoint(void)
{
	pid_t pid = traced_child(exit_variable);
	unsigned char int3 = 0xcc, saved = *(unsigned char *)target_function;
	struct ptrace_io_desc io = { PIOD_WRITE_I, (void *)target_function,
	    &int3, 1 };
	struct reg r;
	int status;

	ok(ptrace(PT_IO, pid, (caddr_t)&io, 0) == 0, "a breakpoint is put "
	    "into text");
	ok(*(unsigned char *)target_function == saved, "and is in no one "
	    "else's text");
	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	ok(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) &&
	    WSTOPSIG(status) == SIGTRAP, "it stops with SIGTRAP");
	ok(ptrace(PT_GETREGS, pid, (caddr_t)&r, 0) == 0 &&
	    (unsigned long)r.r_rip == (unsigned long)target_function + 1,
	    "pc is behind the breakpoint");
	io.piod_addr = &saved;
	ptrace(PT_IO, pid, (caddr_t)&io, 0);
	ok(ptrace(PT_CONTINUE, pid, (caddr_t)target_function, 0) == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == (4711 & 0xff), "it goes on from an "
	    "address without the breakpoint");
}

static void
stepping(void)
{
	pid_t pid = traced_child(exit_variable);
	unsigned long last = 0;
	int status, distinct = 0, i, good = 1, reached = 0;
	struct reg r;

	for (i = 0; i < 2000 && good && !reached; i++) {
		good = ptrace(PT_STEP, pid, (caddr_t)1, 0) == 0 &&
		    waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) &&
		    WSTOPSIG(status) == SIGTRAP &&
		    ptrace(PT_GETREGS, pid, (caddr_t)&r, 0) == 0;
		distinct += (unsigned long)r.r_rip != last;
		last = r.r_rip;
		reached = last == (unsigned long)target_function;
	}
	ok(good && reached && distinct > 3,
	    "single steps lead out of a system call to a function");
	r.r_rflags |= 1 << 13;		/* a bit of IOPL */
	ok(ptrace(PT_SETREGS, pid, (caddr_t)&r, 0) == -1 && errno == EINVAL,
	    "privileged flags cannot be set");
	r.r_rflags &= ~(1 << 13);
	r.r_cs = 0x08;
	ok(ptrace(PT_SETREGS, pid, (caddr_t)&r, 0) == -1 && errno == EINVAL,
	    "nor the kernel's code segment");
	ok(finish(pid), "PT_KILL kills");
}

static volatile double fpresult;

static void
use_fpu(void)
{
	for (;;)
		__asm volatile("movsd %0, %%xmm3" :: "m" (fpresult));
}

static void
registers(void)
{
	pid_t pid = traced_child(use_fpu);
	struct fpreg fp, fp2;
	struct dbreg db;
	struct reg r, r2;
	int status;

	ok(ptrace(PT_GETREGS, pid, (caddr_t)&r, 0) == 0, "GETREGS");
	r.r_r15 = 0x1122334455667788;
	ok(ptrace(PT_SETREGS, pid, (caddr_t)&r, 0) == 0 &&
	    ptrace(PT_GETREGS, pid, (caddr_t)&r2, 0) == 0 &&
	    memcmp(&r, &r2, sizeof(r)) == 0, "SETREGS is read back");
	ok(ptrace(PT_GETFPREGS, pid, (caddr_t)&fp, 0) == 0, "GETFPREGS");
	memset(fp.fpr_xacc[9], 0x5a, 16);
	ok(ptrace(PT_SETFPREGS, pid, (caddr_t)&fp, 0) == 0, "SETFPREGS");
	ptrace(PT_STEP, pid, (caddr_t)1, 0);
	waitpid(pid, &status, 0);
	ok(ptrace(PT_GETFPREGS, pid, (caddr_t)&fp2, 0) == 0 &&
	    memcmp(fp.fpr_xacc[9], fp2.fpr_xacc[9], 16) == 0,
	    "the thread runs with the registers it was given");

	ok(ptrace(PT_GETDBREGS, pid, (caddr_t)&db, 0) == 0, "GETDBREGS");
	db.dr[0] = 0xffffffff80200000;
	db.dr[7] = 1;
	ok(ptrace(PT_SETDBREGS, pid, (caddr_t)&db, 0) == -1,
	    "no hardware breakpoint in the kernel");
	db.dr[0] = (unsigned long)&fpresult;
	db.dr[7] = 1 | 3UL << 16 | 3UL << 18;	/* read or write, 4 bytes */
	ok(ptrace(PT_SETDBREGS, pid, (caddr_t)&db, 0) == 0, "a watchpoint");
	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	ok(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) &&
	    WSTOPSIG(status) == SIGTRAP &&
	    ptrace(PT_GETDBREGS, pid, (caddr_t)&db, 0) == 0 &&
	    (db.dr[6] & 1), "it is hit, and says so in dr6");
	finish(pid);
}

static volatile sig_atomic_t got;

static void
handler(int sig)
{
	got = sig;
}

static void
raise_two(void)
{
	signal(SIGUSR1, handler);
	signal(SIGUSR2, handler);
	raise(SIGUSR1);
	_exit(got);
}

static void
signals(void)
{
	pid_t pid = traced_child(raise_two);
	int status;

	ok(ptrace(PT_CONTINUE, pid, (caddr_t)1, 129) == -1 &&
	    errno == EINVAL, "a signal beyond 128 is EINVAL");
	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	waitpid(pid, &status, 0);
	ok(WIFSTOPPED(status) && WSTOPSIG(status) == SIGUSR1,
	    "a caught signal is reported first");
	ptrace(PT_CONTINUE, pid, (caddr_t)1, SIGUSR2);
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == SIGUSR2,
	    "and replaced by another");

	pid = traced_child(raise_two);
	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	waitpid(pid, &status, 0);
	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "or forgotten");
}

static volatile int *volatile bad_address = (int *)8;

static void
fault(void)
{
	sigset_t all;

	sigfillset(&all);
	sigprocmask(SIG_SETMASK, &all, NULL);
	*bad_address = 1;
}

static void
faults(void)
{
	pid_t pid = traced_child(fault);
	int status;

	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	waitpid(pid, &status, 0);
	ok(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSEGV,
	    "a fault is reported even if its signal is blocked");
	finish(pid);
}

static void
exec_stops(void)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		ptrace(PT_TRACE_ME, 0, 0, 0);
		execl("/usr/bin/true", "true", NULL);
		execl("/bin/true", "true", NULL);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	ok(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP,
	    "exec stops a traced process with SIGTRAP");
	ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "it then runs");
}

static void *
spin_thread(void *arg)
{
	for (;;)
		++*(volatile long *)arg;
	return (NULL);
}

static void
attach(void)
{
	volatile long *counter = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	pid_t pid = fork();
	pthread_t t;
	int status;
	long was;

	if (pid == 0) {
		pthread_create(&t, NULL, spin_thread, (void *)counter);
		for (;;)
			pause();
	}
	while (*counter == 0)
		usleep(1000);
	ok(ptrace(PT_CONTINUE, pid, (caddr_t)1, 0) == -1 && errno == EPERM,
	    "a process that is not traced is EPERM");
	ok(ptrace(PT_ATTACH, pid, 0, 0) == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFSTOPPED(status) &&
	    WSTOPSIG(status) == SIGSTOP, "attach stops it with SIGSTOP");
	was = *counter;
	usleep(50000);
	ok(*counter == was, "all of its threads");
	ok(ptrace(PT_ATTACH, pid, 0, 0) == -1 && errno == EBUSY,
	    "attaching twice is EBUSY");
	ok(ptrace(PT_DETACH, pid, (caddr_t)1, 0) == 0, "detach");
	while (*counter == was)
		usleep(1000);
	ok(*counter != was, "they run on");
	kill(pid, SIGSTOP);
	waitpid(pid, &status, WUNTRACED);
	ok(ptrace(PT_ATTACH, pid, 0, 0) == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFSTOPPED(status),
	    "a stopped process is reported at once");
	ok(ptrace(PT_DETACH, pid, (caddr_t)1, SIGTERM) == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGTERM, "detach with a signal delivers it");
}

/* The tracer is another process: the parent gets its child back, dead. */
static void
foreign_tracer(void)
{
	pid_t pid = fork(), tracer;
	int status;

	if (pid == 0)
		for (;;)
			pause();
	tracer = fork();
	if (tracer == 0) {
		if (ptrace(PT_ATTACH, pid, 0, 0) != 0 ||
		    waitpid(pid, &status, 0) != pid)
			_exit(1);
		kill(pid, SIGKILL);
		if (waitpid(pid, &status, 0) != pid || !WIFSIGNALED(status))
			_exit(2);
		_exit(0);
	}
	ok(waitpid(tracer, &status, 0) == tracer && status == 0,
	    "a tracer that is not the parent sees the end");
	ok(waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGKILL, "and after it the parent");
}

/* --- who is refused ------------------------------------------------------ */

static const struct {
	const char *name;
	uid_t	tracer;		/* real and effective user of the tracer */
	uid_t	ruid, euid;	/* of the target */
	int	sugid;		/* target changed identity since exec */
	int	error;		/* of PT_ATTACH */
} table[] = {
	{ "same user", 1001, 1001, 1001, 0, 0 },
	{ "other user", 1001, 1002, 1002, 0, EPERM },
	{ "root's process", 1001, 0, 0, 0, EPERM },
	{ "root traces anyone", 0, 1001, 1001, 0, 0 },
	{ "same real user, other effective", 1001, 1001, 1002, 1, EPERM },
	{ "same ids, but changed since exec", 1001, 1001, 1001, 1, EPERM },
	{ "root traces a changed one", 0, 1001, 1002, 1, 0 },
	{ "effective user is no claim", 1002, 1001, 1002, 1, EPERM },
};

/* ptrace.c's own binary with argument "idle": as after exec, no P_SUGID. */
static int
attach_as(const char *self, int i)
{
	int ready[2], status, error = -1;
	pid_t target, tracer;
	char c;

	if (pipe(ready) != 0)
		return (-1);
	target = fork();
	if (target == 0) {
		setgroups(0, NULL);
		if (setresuid(table[i].ruid, table[i].euid,
		    table[i].euid) != 0)
			_exit(1);
		if (table[i].sugid) {
			write(ready[1], "r", 1);
			for (;;)
				pause();
		}
		dup2(ready[1], 1);
		execl(self, self, "idle", NULL);
		_exit(1);
	}
	read(ready[0], &c, 1);
	tracer = fork();
	if (tracer == 0) {
		if (setresuid(table[i].tracer, table[i].tracer,
		    table[i].tracer) != 0)
			_exit(200);
		if (ptrace(PT_ATTACH, target, 0, 0) != 0)
			_exit(errno);
		waitpid(target, &status, 0);
		ptrace(PT_DETACH, target, (caddr_t)1, 0);
		_exit(0);
	}
	if (waitpid(tracer, &status, 0) == tracer && WIFEXITED(status))
		error = WEXITSTATUS(status);
	kill(target, SIGKILL);
	waitpid(target, &status, 0);
	close(ready[0]);
	close(ready[1]);
	return (error);
}

static void
refusals(const char *self)
{
	char name[100];
	pid_t pid;
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		snprintf(name, sizeof(name), "attach: %s: %s", table[i].name,
		    table[i].error ? strerror(table[i].error) : "allowed");
		ok(attach_as(self, i) == table[i].error, name);
	}
	ok(ptrace(PT_ATTACH, getpid(), 0, 0) == -1 && errno == EINVAL,
	    "attach: oneself: EINVAL");
	ok(ptrace(PT_ATTACH, getppid(), 0, 0) == -1 && errno == EINVAL,
	    "attach: an ancestor: EINVAL");
	ok(ptrace(PT_ATTACH, 999998, 0, 0) == -1 && errno == ESRCH,
	    "attach: nobody: ESRCH");
	pid = traced_child(nothing);
	ok(ptrace(99, pid, 0, 0) == -1 && errno == EINVAL,
	    "an unknown request is EINVAL");
	finish(pid);
}

/* A set-uid program does not change users while it is traced. */
static void
setid_exec(const char *self)
{
	const char *copy = "/tmp/ptrace.suid";
	char cmd[300];
	int i, status;
	pid_t pid;

	snprintf(cmd, sizeof(cmd), "cp %s %s && chmod 4755 %s", self, copy,
	    copy);
	if (system(cmd) != 0) {
		ok(0, "copy of a set-uid program");
		return;
	}
	for (i = 0; i < 2; i++) {
		pid = fork();
		if (pid == 0) {
			setuid(1001);
			if (i == 1)
				ptrace(PT_TRACE_ME, 0, 0, 0);
			execl(copy, copy, "euid", NULL);
			_exit(99);
		}
		while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status))
			ptrace(PT_CONTINUE, pid, (caddr_t)1, 0);
		ok(WIFEXITED(status) && WEXITSTATUS(status) == (i ? 7 : 0),
		    i ? "set-uid exec of a traced process keeps the user" :
		    "set-uid exec otherwise changes the user");
	}
	unlink(copy);
}

int
main(int argc, char **argv)
{
	char self[] = "/tmp/ptrace.self", cmd[300];

	if (argc > 1 && strcmp(argv[1], "idle") == 0) {
		write(1, "r", 1);
		for (;;)
			pause();
	}
	if (argc > 1 && strcmp(argv[1], "euid") == 0)
		return (geteuid() == 0 ? 0 : 7);
	alarm(100);
	memory();
	breakpoint();
	stepping();
	registers();
	signals();
	faults();
	exec_stops();
	attach();
	foreign_tracer();
	snprintf(cmd, sizeof(cmd), "cp %s %s && chmod 755 %s", argv[0], self,
	    self);
	ok(system(cmd) == 0, "a copy that users may run");
	refusals(self);
	setid_exec(self);
	return (tap_done());
}
