/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * procfs: names, contents, control, and what is refused.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <machine/reg.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, err)	((call) == -1 && errno == (err))
#define ROOT	"/tmp/proc.test"

static char path[200], text[16384];

static const char *
name(pid_t pid, const char *file)
{
	snprintf(path, sizeof(path), ROOT "/%d/%s", pid, file);
	return (path);
}

/* Contents of a file of a process; the number of bytes. */
static ssize_t
get(pid_t pid, const char *file)
{
	int fd = open(name(pid, file), O_RDONLY);
	ssize_t n, sum = 0;

	if (fd == -1)
		return (-1);
	while ((n = read(fd, text + sum, sizeof(text) - 1 - sum)) > 0)
		sum += n;
	close(fd);
	text[n < 0 ? 0 : sum] = '\0';
	return (n < 0 ? -1 : sum);
}

static int
control(pid_t pid, const char *cmd)
{
	int fd = open(name(pid, "ctl"), O_WRONLY), error = 0;

	if (fd == -1)
		return (errno);
	if (write(fd, cmd, strlen(cmd)) == -1)
		error = errno;
	close(fd);
	return (error);
}

static void
names(void)
{
	int dots = 0, self = 0, init = 0, others = 0, i = 0, good = 1;
	static const char *const files[] = { ".", "..", "mem", "regs",
	    "fpregs", "dbregs", "ctl", "status", "note", "notepg", "map",
	    "etype", "cmdline", "rlimit", "file" };
	char link[20], num[20];
	struct dirent *de;
	struct stat st;
	ssize_t n;
	DIR *d;

	n = readlink(ROOT "/curproc", link, sizeof(link));
	snprintf(num, sizeof(num), "%d", getpid());
	ok(n == (ssize_t)strlen(num) && memcmp(link, num, n) == 0,
	    "curproc is the caller");
	d = opendir(ROOT);
	while ((de = readdir(d)) != NULL) {
		dots += de->d_name[0] == '.';
		self += strcmp(de->d_name, num) == 0;
		init += strcmp(de->d_name, "1") == 0;
		others++;
	}
	closedir(d);
	ok(dots == 2 && self == 1 && init == 1 && others >= 5,
	    "the root lists processes");
	d = opendir(name(getpid(), ""));
	while ((de = readdir(d)) != NULL && i < 15)
		good &= strcmp(de->d_name, files[i++]) == 0;
	ok(good && i == 15 && de == NULL, "files in their order");
	closedir(d);
	ok(FAILS(stat(ROOT "/999998", &st), ENOENT), "no process: ENOENT");
	ok(FAILS(stat(ROOT "/01", &st), ENOENT), "no number: ENOENT");
	ok(stat(name(getpid(), "regs"), &st) == 0 &&
	    st.st_size == sizeof(struct reg) && (st.st_mode & 0777) == 0600,
	    "size and mode of regs");
	ok(FAILS(mkdir(ROOT "/x", 0700), EPERM) || errno == EOPNOTSUPP ||
	    errno == EROFS, "nothing can be made");
}

static void
contents(void)
{
	char expect[100], link[1024];
	ssize_t n;

	n = get(getpid(), "status");
	snprintf(expect, sizeof(expect), "procfs %d %d %d ", getpid(),
	    getppid(), getpgrp());
	ok(n > 0 && strncmp(text, expect, strlen(expect)) == 0 &&
	    text[n - 1] == '\n', "status");
	n = get(getpid(), "cmdline");
	ok(n > 0 && strstr(text, "procfs") != NULL && text[n - 1] == '\0',
	    "cmdline");
	ok(get(getpid(), "etype") > 0 &&
	    strcmp(text, "DragonFly ELF64\n") == 0, "etype");
	ok(get(getpid(), "rlimit") > 0 && strncmp(text, "cpu -1 -1\n", 10) ==
	    0 && strstr(text, "\nposixlock ") != NULL, "rlimit");
	snprintf(expect, sizeof(expect), "0x%016lx ",
	    (unsigned long)text & ~0xfffUL);
	n = readlink(name(getpid(), "file"), link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	ok(strstr(link, "/procfs") != NULL, "file");
	ok(get(getpid(), "map") > 0 && strstr(text, " r-x ") != NULL &&
	    strstr(text, link) != NULL && strstr(text, "vnode /") != NULL,
	    "map");
}

static volatile int variable = 77;

static void
memory(void)
{
	pid_t pid = fork();
	int fd, v = 0, status;
	struct reg r;

	if (pid == 0) {
		while (variable == 77)
			usleep(1000);
		_exit(variable);
	}
	fd = open(name(pid, "mem"), O_RDWR);
	ok(pread(fd, &v, sizeof(v), (off_t)(long)&variable) == sizeof(v) &&
	    v == 77, "memory is read");
	ok(FAILS(pread(fd, &v, sizeof(v), 16), EFAULT),
	    "where there is none: EFAULT");
	v = 33;
	ok(pwrite(fd, &v, sizeof(v), (off_t)(long)&variable) == sizeof(v) &&
	    waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 33,
	    "and written");
	ok(FAILS(pread(fd, &v, sizeof(v), (off_t)(long)&variable), ESRCH),
	    "until it has ended: ESRCH");
	close(fd);

	pid = fork();
	if (pid == 0)
		for (;;)
			pause();
	usleep(20000);
	ok(control(pid, "run") == EPERM, "run when not attached: EPERM");
	ok(control(pid, "dance\n") == EOPNOTSUPP, "no command: EOPNOTSUPP");
	ok(control(pid, "attach\n") == 0 && control(pid, "wait") == 0,
	    "attach, wait");
	fd = open(name(pid, "regs"), O_RDWR);
	ok(read(fd, &r, sizeof(r)) == sizeof(r) && r.r_cs == 0x2b,
	    "registers");
	r.r_r14 = 12345;
	ok(pwrite(fd, &r, sizeof(r), 0) == sizeof(r) &&
	    ptrace(PT_GETREGS, pid, (caddr_t)&r, 0) == 0 && r.r_r14 == 12345,
	    "are set");
	close(fd);
	ok(control(pid, "detach") == 0 && control(pid, "term") == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFSIGNALED(status) &&
	    WTERMSIG(status) == SIGTERM, "detach, term");
}

static int
open_as(uid_t uid, pid_t pid, const char *file, int flags)
{
	int status;
	pid_t c = fork();

	if (c == 0) {
		setgid(uid);
		setuid(uid);
		_exit(open(name(pid, file), flags) == -1 ? errno : 0);
	}
	waitpid(c, &status, 0);
	return (WEXITSTATUS(status));
}

static void
refusals(void)
{
	int fd, c, ready[2];
	pid_t pid;

	pipe(ready);
	pid = fork();
	if (pid == 0) {
		setgid(1001);
		setuid(1001);
		write(ready[1], "x", 1);
		for (;;)
			pause();	/* changed since exec */
	}
	read(ready[0], &c, 1);
	ok(open_as(1002, 1, "status", O_RDONLY) == 0,
	    "everybody reads status");
	ok(open_as(1001, 1, "mem", O_RDONLY) == EACCES,
	    "init's memory: EACCES");
	ok(open_as(1002, pid, "regs", O_RDONLY) == EACCES,
	    "another user's registers: EACCES");
	ok(open_as(1001, pid, "mem", O_RDONLY) == EACCES &&
	    open_as(1001, pid, "ctl", O_WRONLY) == EACCES,
	    "one's own after a change of identity: EACCES");
	fd = open(name(pid, "mem"), O_RDONLY);
	ok(fd != -1, "root may");
	close(fd);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

/* Processes come and go while they are listed and read. */
static void
churn(void)
{
	int i, n, good = 1;
	struct dirent *de;
	pid_t pid[4];
	DIR *d;

	for (n = 0; n < 4; n++) {
		pid[n] = fork();
		if (pid[n] != 0)
			continue;
		for (i = 0; i < 150; i++) {
			pid_t c = fork();

			if (c == 0)
				_exit(0);
			get(c, "status");
			get(c, "map");
			waitpid(c, NULL, 0);
		}
		_exit(0);
	}
	for (i = 0; i < 30; i++) {
		d = opendir(ROOT);
		while ((de = readdir(d)) != NULL) {
			if (de->d_name[0] < '0' || de->d_name[0] > '9')
				continue;
			get(atoi(de->d_name), "status");
			get(atoi(de->d_name), "map");
			get(atoi(de->d_name), "cmdline");
		}
		closedir(d);
	}
	for (n = 0; n < 4; n++) {
		int status;

		good &= waitpid(pid[n], &status, 0) == pid[n] && status == 0;
	}
	ok(good, "processes come and go meanwhile");
}

int
main(void)
{
	alarm(100);
	mkdir(ROOT, 0755);
	ok(mount("procfs", ROOT, 0, NULL) == 0, "mount");
	names();
	contents();
	memory();
	refusals();
	churn();
	ok(unmount(ROOT, 0) == 0, "unmount");
	return (tap_done());
}
