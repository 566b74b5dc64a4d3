/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system call fuzzer.
 *
 * usage: syscall seconds workers uid seed
 *
 * Workers start one short-lived process after the other; each makes some
 * hundred calls with the arguments of args.c.  All live below a directory
 * that is their root, on a small filesystem, with device nodes and a program
 * of their own.  A worker is the reaper of its processes and ends those that
 * block; one that cannot be ended is a hang and a failure.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/procctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <vfs/tmpfs/tmpfs_mount.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "fuzz.h"
#include "../system/tap.h"

#define CALLS		300	/* of one process */
#define LIFETIME	1	/* seconds */
#define DYING		60	/* seconds until it counts as hung */

struct count {
	unsigned long	calls;
	unsigned long	good;
	unsigned long	processes;
	unsigned long	hung;
	unsigned long	last;		/* number of the last call */
	unsigned	blocked[700];	/* that outlived the process */
};
static struct count *counts;		/* shared, one a worker */

/* Call number with args; errors come as negative numbers. */
long	raw_call(long number, const unsigned long *args);
/* The child of vfork(), number 66, ends at once: it is on our stack. */
__asm__(
"	.globl raw_call\n"
"raw_call:\n"
"	push %rbx\n"
"	push %r12\n"
"	mov %rdi, %r12\n"
"	mov %rdi, %rax\n"
"	mov %rsi, %rbx\n"
"	sub $40, %rsp\n"
"	mov 48(%rbx), %r10\n"
"	mov %r10, 8(%rsp)\n"
"	mov 56(%rbx), %r10\n"
"	mov %r10, 16(%rsp)\n"
"	mov 0(%rbx), %rdi\n"
"	mov 8(%rbx), %rsi\n"
"	mov 16(%rbx), %rdx\n"
"	mov 24(%rbx), %r10\n"
"	mov 32(%rbx), %r8\n"
"	mov 40(%rbx), %r9\n"
"	syscall\n"
"	jnc 1f\n"
"	neg %rax\n"
"1:	test %rax, %rax\n"
"	jnz 2f\n"
"	cmp $66, %r12\n"
"	jne 2f\n"
"	mov $1, %eax\n"
"	xor %edi, %edi\n"
"	syscall\n"
"2:	add $40, %rsp\n"
"	pop %r12\n"
"	pop %rbx\n"
"	ret\n");

static time_t
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec);
}

/*
 * Calls that would end the machine by doing what they should are not made;
 * those that are likely to end the process or to block it, seldom.
 */
static int
excluded(const char *name)
{
	static const char *const never[] = { "reboot" };
	static const char *const roots[] = { "settimeofday", "clock_settime",
	    "adjtime", "kenv" };
	static const char *const seldom[] = { "exit", "extexit", "closefrom",
	    "sigreturn", "set_tls_area", "lwp_create", "lwp_create2",
	    "execve", "chroot", "break", "sbrk", "kill", "lwp_kill", "rfork", "vfork", "fork" };
	static const char *const blocking[] = { "sigsuspend", "sigwaitinfo",
	    "sigtimedwait" };
	unsigned i;

#define IN(list) do {							\
	for (i = 0; i < sizeof(list) / sizeof(list[0]); i++) {		\
		if (strcmp(name, list[i]) == 0)				\
			return (1);					\
	}								\
} while (0)
	IN(never);
	if (is_root)
		IN(roots);
	if (!chance(25))
		IN(seldom);
	if (!chance(500))
		IN(blocking);
#undef IN
	return (0);
}

static void
make_calls(struct count *cnt, int n)
{
	unsigned long args[MAXARGS];
	const struct call *c;
	struct call unknown = { .name = "", .args = "long a,long b,long c" };
	long r;

	while (n-- > 0) {
		c = &calls[rnd() % ncalls];
		if (chance(200)) {
			unknown.number = chance(2) ? rnd() % 700 : rnd();
			if (unknown.number == 55)
				continue;
			c = &unknown;
		}
		if (excluded(c->name))
			continue;
		args_make(c, args);
		cnt->last = c->number;
		r = raw_call(c->number, args);
		__atomic_add_fetch(&cnt->calls, 1, __ATOMIC_RELAXED);
		if (r < 0 && r > -200)
			continue;
		__atomic_add_fetch(&cnt->good, 1, __ATOMIC_RELAXED);
		args_result(c, r);
		if ((c->number == 2 || c->number == 251) && r == 0) {
			/* A child, perhaps sharing all: not for long. */
			if (n > 10)
				n = 10;
		} else if (c->number == 2 && r > 0) {
			relatives[1 + rnd() % 2] = r;
		}
	}
}

static void
process(struct count *cnt, unsigned long seed, uid_t uid)
{
	struct rlimit rl = { 64 << 20, 64 << 20 };
	int sig;

	for (sig = 1; sig < 32; sig++)
		signal(sig, SIG_IGN);
	setsid();
	setrlimit(RLIMIT_DATA, &rl);
	setrlimit(RLIMIT_AS, &rl);
	rl.rlim_cur = rl.rlim_max = 1 << 20;
	setrlimit(RLIMIT_MEMLOCK, &rl);
	rl.rlim_cur = rl.rlim_max = 0;
	setrlimit(RLIMIT_CORE, &rl);
	close(0);
	open("dev/null", O_RDWR);
	dup2(0, 1);
	dup2(0, 2);
	if (uid != 0 && (setgroups(0, NULL) != 0 || setgid(uid) != 0 ||
	    setuid(uid) != 0))
		_exit(1);
	rnd_state = seed * 2654435761UL + 88172645463325252UL;
	rnd();
	relatives[0] = relatives[3] = relatives[4] = getpid();
	relatives[1] = relatives[2] = 0;
	relatives[5] = is_root ? 0 : 1;
	relatives[6] = 99998;
	relatives[7] = 0x7fffffff;
	args_prepare();
	make_calls(cnt, CALLS);
	_exit(0);
}

/* End all that is left of the worker's processes. False: one does not die. */
static int
sweep(void)
{
	union reaper_info info;
	time_t since = now();
	pid_t last = 0;

	for (;;) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			since = now();
		if (procctl(P_PID, getpid(), PROC_REAP_STATUS, &info) != 0 ||
		    info.status.pid_head <= 0)
			return (1);
		if (info.status.pid_head != last)
			since = now();
		last = info.status.pid_head;
		kill(last, SIGCONT);
		kill(last, SIGKILL);
		if (now() - since > DYING) {
			fprintf(stderr, "process %d does not die\n",
			    (int)last);
			return (0);
		}
		usleep(500);
	}
}

/* What the processes work on; root's may have destroyed some of it. */
static void
furnish(void)
{
	static const char *const files[] = { "f", "d", "l", "m", "x", "dev",
	    "bin", "fifo", "loop" };
	unsigned i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		unmount(files[i], MNT_FORCE);
		lchflags(files[i], 0);
	}
	chmod(".", 0777);
	mkdir("d", 0777);
	mkdir("d/d", 0777);
	mkdir("m", 0777);
	mkdir("dev", 0755);
	symlink("f", "l");
	symlink("loop", "loop");
	mkfifo("fifo", 0666);
}

static void
worker(int index, int seconds, uid_t uid, unsigned long seed)
{
	struct count *cnt = &counts[index];
	time_t end = now() + seconds, start;
	pid_t pid;

	if (procctl(P_PID, getpid(), PROC_REAP_ACQUIRE, NULL) != 0)
		err(1, "procctl");
	while (now() < end) {
		if (index == 0 && cnt->processes % 16 == 0)
			furnish();
		cnt->processes++;
		pid = fork();
		if (pid == 0)
			process(cnt, seed + cnt->processes * 1000 + index,
			    uid);
		if (pid < 0) {
			usleep(1000);
			continue;
		}
		start = now();
		while (waitpid(pid, NULL, WNOHANG) == 0 &&
		    now() - start < LIFETIME)
			usleep(500);
		if (now() - start >= LIFETIME && cnt->last < 700)
			cnt->blocked[cnt->last]++;
		if (!sweep()) {
			cnt->hung++;
			break;
		}
	}
	_exit(0);
}

static void
node(const char *name)
{
	char from[32], to[32];
	struct stat st;

	snprintf(from, sizeof(from), "/dev/%s", name);
	snprintf(to, sizeof(to), "dev/%s", name);
	if (stat(from, &st) == 0) {
		mknod(to, S_IFCHR | 0666, st.st_rdev);
		chmod(to, 0666);
	}
}

static void
copy(const char *from, const char *to)
{
	static char buf[65536];
	int in = open(from, O_RDONLY), out = open(to, O_CREAT | O_WRONLY, 0755);
	ssize_t n;

	while ((n = read(in, buf, sizeof(buf))) > 0)
		write(out, buf, n);
	close(in);
	close(out);
}

/* The world of the processes. */
static void
make_world(const char *top, const char *self)
{
	struct tmpfs_mount_info info = { .ta_version = TMPFS_ARGS_VERSION,
	    .ta_size_max = 32 << 20, .ta_root_mode = 0777 };

	if (mkdir(top, 0755) != 0 || mount("tmpfs", top, 0, &info) != 0 ||
	    chdir(top) != 0)
		err(1, "%s", top);
	umask(0);
	furnish();
	mkdir("bin", 0755);
	copy(self, "bin/true");
	node("null");
	node("zero");
	node("random");
	node("ptmx");
	node("tty");
	if (chroot(".") != 0 || chdir("/") != 0)
		err(1, "chroot");
}

/* What the processes that had to be ended were doing. */
static void
print_blocked(int workers)
{
	unsigned n;
	int i, w;

	printf("# blocked in:");
	for (i = 0; i < ncalls; i++) {
		n = 0;
		for (w = 0; w < workers; w++)
			n += counts[w].blocked[calls[i].number];
		if (n > 4)
			printf(" %s %u", calls[i].name, n);
	}
	printf("\n");
}

int
main(int argc, char **argv)
{
	struct count sum = { 0 };
	unsigned long seed;
	char top[64];
	int i, workers, seconds, uid;
	pid_t pid[64];

	if (argc != 5)
		return (0);	/* the fuzzer's processes may execute it */
	seconds = atoi(argv[1]);
	workers = MIN(atoi(argv[2]), 64);
	uid = atoi(argv[3]);
	seed = strtoul(argv[4], NULL, 0);
	is_root = uid == 0;
	counts = mmap(NULL, workers * sizeof(*counts), PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	snprintf(top, sizeof(top), "/tmp/fuzz.%d", (int)getpid());
	make_world(top, argv[0]);
	for (i = 0; i < workers; i++) {
		pid[i] = fork();
		if (pid[i] == 0)
			worker(i, seconds, uid, seed);
	}
	for (i = 0; i < workers; i++) {
		waitpid(pid[i], NULL, 0);
		sum.calls += counts[i].calls;
		sum.good += counts[i].good;
		sum.processes += counts[i].processes;
		sum.hung += counts[i].hung;
	}
	print_blocked(workers);
	printf("# %lu calls, %lu without error, in %lu processes\n",
	    sum.calls, sum.good, sum.processes);
	ok(sum.calls > 1000UL * seconds && sum.good > sum.calls / 20,
	    is_root ? "random_calls_of_root" : "random_calls_of_nobody");
	ok(sum.hung == 0, is_root ? "no_process_of_root_hangs" :
	    "no_process_of_nobody_hangs");
	return (tap_done());
}
