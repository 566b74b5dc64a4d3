/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Small functions around one system call each.
 */
#include <sys/param.h>
#include <sys/ipc.h>
#include <sys/lwp.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ulimit.h>
#include <unistd.h>

#include "libc_private.h"

int
creat(const char *path, mode_t mode)
{
	return (open(path, O_WRONLY | O_CREAT | O_TRUNC, mode));
}

int
dup3(int from, int to, int flags)
{
	if (from == to || (flags & ~O_CLOEXEC) != 0) {
		errno = EINVAL;
		return (-1);
	}
	return (fcntl(from, (flags & O_CLOEXEC) != 0 ? F_DUP2FD_CLOEXEC :
	    F_DUP2FD, to));
}

int
fdatasync(int fd)
{
	return (fsync(fd));
}

int
lockf(int fd, int function, off_t size)
{
	struct flock fl = { .l_whence = SEEK_CUR, .l_len = size };
	int cmd = F_SETLK;

	switch (function) {
	case F_ULOCK:
		fl.l_type = F_UNLCK;
		break;
	case F_LOCK:
		fl.l_type = F_WRLCK;
		cmd = F_SETLKW;
		break;
	case F_TLOCK:
		fl.l_type = F_WRLCK;
		break;
	case F_TEST:
		fl.l_type = F_WRLCK;
		if (fcntl(fd, F_GETLK, &fl) != 0)
			return (-1);
		if (fl.l_type == F_UNLCK || fl.l_pid == getpid())
			return (0);
		errno = EAGAIN;
		return (-1);
	default:
		errno = EINVAL;
		return (-1);
	}
	return (fcntl(fd, cmd, &fl));
}

int
nice(int increment)
{
	int prio;

	errno = 0;
	prio = getpriority(PRIO_PROCESS, 0);
	if (prio == -1 && errno != 0)
		return (-1);
	if (setpriority(PRIO_PROCESS, 0, prio + increment) != 0) {
		if (errno == EACCES)
			errno = EPERM;
		return (-1);
	}
	return (getpriority(PRIO_PROCESS, 0));
}

long
ulimit(int cmd, ...)
{
	struct rlimit rl;
	va_list ap;
	long blocks;

	if (getrlimit(RLIMIT_FSIZE, &rl) != 0)
		return (-1);
	switch (cmd) {
	case UL_GETFSIZE:
		break;
	case UL_SETFSIZE:
		va_start(ap, cmd);
		blocks = va_arg(ap, long);
		va_end(ap);
		rl.rlim_cur = rl.rlim_max = (rlim_t)blocks * 512;
		if (setrlimit(RLIMIT_FSIZE, &rl) != 0)
			return (-1);
		break;
	default:
		errno = EINVAL;
		return (-1);
	}
	return ((long)(rl.rlim_cur / 512));
}

int
daemon(int nochdir, int noclose)
{
	struct sigaction ign, old;
	int fd, saved;
	pid_t pid;

	memset(&ign, 0, sizeof(ign));
	ign.sa_handler = SIG_IGN;
	sigaction(SIGHUP, &ign, &old);
	pid = fork();
	if (pid < 0)
		return (-1);
	if (pid > 0)
		_exit(0);
	pid = setsid();
	saved = errno;
	sigaction(SIGHUP, &old, NULL);
	if (pid < 0) {
		errno = saved;
		return (-1);
	}
	if (!nochdir)
		chdir("/");
	if (!noclose && (fd = open(_PATH_DEVNULL, O_RDWR)) >= 0) {
		dup2(fd, STDIN_FILENO);
		dup2(fd, STDOUT_FILENO);
		dup2(fd, STDERR_FILENO);
		if (fd > STDERR_FILENO)
			close(fd);
	}
	return (0);
}

key_t
ftok(const char *path, int id)
{
	struct stat sb;

	if (stat(path, &sb) != 0)
		return ((key_t)-1);
	return ((key_t)(((unsigned)id << 24) | ((sb.st_dev & 0xff) << 16) |
	    (sb.st_ino & 0xffff)));
}

int
semctl(int semid, int semnum, int cmd, ...)
{
	va_list ap;
	void *arg = NULL;

	va_start(ap, cmd);
	if (cmd == IPC_SET || cmd == IPC_STAT || cmd == GETALL ||
	    cmd == SETALL || cmd == SETVAL)
		arg = va_arg(ap, void *);
	va_end(ap);
	return (__sys___semctl(semid, semnum, cmd, &arg));
}

/* -1 may be a word that was read, so errno has to tell. */
int
ptrace(int request, pid_t pid, caddr_t addr, int data)
{
	errno = 0;
	return (__sys_ptrace(request, pid, addr, data));
}

int
posix_madvise(void *addr, size_t len, int advice)
{
	return (madvise(addr, len, advice) != 0 ? errno : 0);
}

/* Advice that nothing heeds; only its arguments are checked. */
int
posix_fadvise(int fd, off_t offset, off_t len, int advice)
{
	if (len < 0 || advice < POSIX_FADV_NORMAL ||
	    advice > POSIX_FADV_NOREUSE)
		return (EINVAL);
	return (fcntl(fd, F_GETFD) < 0 ? EBADF : 0);
}

/* Shared memory objects are files. */
static int
shm_path(const char *name, char *path, size_t size)
{
	int n;

	n = snprintf(path, size, "/var/run/shm/%s",
	    name[0] == '/' ? name + 1 : name);
	if (n < 0 || (size_t)n >= size) {
		errno = ENAMETOOLONG;
		return (-1);
	}
	return (0);
}

int
shm_open(const char *name, int flags, mode_t mode)
{
	char path[MAXPATHLEN];

	if ((flags & O_ACCMODE) == O_WRONLY) {
		errno = EINVAL;
		return (-1);
	}
	if (shm_path(name, path, sizeof(path)) != 0)
		return (-1);
	return (open(path, flags | O_CLOEXEC | FPOSIXSHM, mode));
}

int
shm_unlink(const char *name)
{
	char path[MAXPATHLEN];

	if (shm_path(name, path, sizeof(path)) != 0)
		return (-1);
	return (unlink(path));
}

int
sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
	if (size != sizeof(*set)) {
		errno = EINVAL;
		return (-1);
	}
	return (lwp_getaffinity(pid, 0, set));
}

int
sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set)
{
	if (size != sizeof(*set)) {
		errno = EINVAL;
		return (-1);
	}
	return (lwp_setaffinity(pid, -1, set));
}

int
setruid(uid_t uid)
{
	return (setreuid(uid, (uid_t)-1));
}

int
setrgid(gid_t gid)
{
	return (setregid(gid, (gid_t)-1));
}

/* Programs know it under these names too. */
int
setpgrp(pid_t pid, pid_t pgid)
{
	return (setpgid(pid, pgid));
}
