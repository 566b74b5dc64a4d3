/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run-time linker's system calls, made on a Linux host instead: numbers,
 * flags and structures are translated, results already have the form the
 * linker expects (a negative errno value).
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/mman.h>
#include <fcntl.h>
#include "rtld.h"

#define	L_READ		0
#define	L_WRITE		1
#define	L_OPEN		2
#define	L_CLOSE		3
#define	L_STAT		4
#define	L_FSTAT		5
#define	L_MMAP		9
#define	L_MPROTECT	10
#define	L_MUNMAP	11
#define	L_PREAD		17
#define	L_EXIT		231
#define	L_FCNTL		72
#define	L_GETCWD	79
#define	L_OPENAT	257

#define	L_MAP_PRIVATE	0x02
#define	L_MAP_FIXED	0x10
#define	L_MAP_ANON	0x20
#define	L_MAP_NOREPLACE	0x100000
#define	L_O_CLOEXEC	0x80000

static long
call(long n, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long ret;

	__asm__ volatile("syscall" : "=a" (ret) : "a" (n), "D" (a), "S" (b),
	    "d" (c), "r" (r10), "r" (r8), "r" (r9) : "rcx", "r11", "memory");
	return (ret);
}

#define	P(x)	((long)(uintptr_t)(x))

long
rtld_open(const char *path, int flags, int mode)
{
	return (call(L_OPEN, P(path), (flags & O_ACCMODE) | L_O_CLOEXEC, mode,
	    0, 0, 0));
}

long
rtld_openat(long fd, const char *path, int flags, int mode)
{
	return (call(L_OPENAT, fd, P(path), (flags & O_ACCMODE) | L_O_CLOEXEC,
	    mode, 0, 0));
}

long
rtld_close(long fd)
{
	return (call(L_CLOSE, fd, 0, 0, 0, 0, 0));
}

long
rtld_read(long fd, void *p, size_t n)
{
	return (call(L_READ, fd, P(p), n, 0, 0, 0));
}

long
rtld_pread(long fd, void *p, size_t n, int flags, off_t off)
{
	return (call(L_PREAD, fd, P(p), n, off, 0, 0));
}

long
rtld_write(long fd, const void *p, size_t n)
{
	return (call(L_WRITE, fd, P(p), n, 0, 0, 0));
}

long
rtld_mmap(const void *addr, size_t len, int prot, int flags, long fd,
    off_t off)
{
	long l = L_MAP_PRIVATE;

	l |= flags & MAP_FIXED ? L_MAP_FIXED : 0;
	l |= flags & MAP_ANON ? L_MAP_ANON : 0;
	l |= flags & MAP_TRYFIXED ? L_MAP_NOREPLACE : 0;
	return (call(L_MMAP, P(addr), len, prot, l, fd, off));
}

long
rtld_munmap(void *p, size_t n)
{
	return (call(L_MUNMAP, P(p), n, 0, 0, 0, 0));
}

long
rtld_mprotect(const void *p, size_t n, int prot)
{
	return (call(L_MPROTECT, P(p), n, prot, 0, 0, 0));
}

struct linux_stat {
	unsigned long	dev, ino, nlink;
	unsigned int	mode, rest[31];
};

static long
translate(long r, const struct linux_stat *l, struct stat *st)
{
	if (r >= 0) {
		memset(st, 0, sizeof(*st));
		st->st_dev = l->dev;
		st->st_ino = l->ino;
		st->st_mode = l->mode;
	}
	return (r);
}

long
rtld_stat(const char *path, void *st)
{
	struct linux_stat l;

	return (translate(call(L_STAT, P(path), P(&l), 0, 0, 0, 0), &l, st));
}

long
rtld_fstat(long fd, void *st)
{
	struct linux_stat l;

	return (translate(call(L_FSTAT, fd, P(&l), 0, 0, 0, 0), &l, st));
}

long
rtld_fstatfs(long fd, void *fs)
{
	memset(fs, 0, sizeof(struct statfs));
	return (0);
}

long
rtld_fcntl(long fd, int cmd, long arg)
{
	return (call(L_FCNTL, fd, 1030, arg, 0, 0, 0));
}

/* No tracer here. */
long
rtld_utrace(const void *p, size_t n)
{
	return (0);
}

long
rtld_getcwd(char *p, size_t n)
{
	return (call(L_GETCWD, P(p), n, 0, 0, 0, 0));
}

long
rtld_issetugid(void)
{
	return (0);
}

long
rtld_sysctl(const int *mib, unsigned n, void *old, size_t *oldlen,
    const void *new, size_t newlen)
{
	return (-2);
}

long
rtld_sigprocmask(int how, const void *set, void *old)
{
	return (0);
}

long
rtld_umtx_sleep(volatile const int *p, int v, int t)
{
	return (0);
}

long
rtld_umtx_wakeup(volatile const int *p, int n)
{
	return (0);
}

long
rtld_sys_exit(int code)
{
	call(L_EXIT, code, 0, 0, 0, 0, 0);
	__builtin_unreachable();
}
