/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments for the fuzzer: mostly what the call expects, so that it gets
 * past its first checks, and now and then something wild.
 */
#include <sys/param.h>
#include <sys/event.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"

#define PG		4096UL
#define AREA		0x30000000UL	/* pages of all sorts, to be played with */
#define AREA_PAGES	64UL
#define NFDS		24

unsigned long rnd_state;
pid_t relatives[8];
int is_root;
static int fds[NFDS];
static char *heap;		/* structures are made here */
static size_t heap_used;
#define HEAP_SIZE	(16 * PG)

unsigned long
rnd(void)
{
	rnd_state ^= rnd_state << 13;
	rnd_state ^= rnd_state >> 7;
	rnd_state ^= rnd_state << 17;
	return (rnd_state * 0x2545F4914F6CDD1DUL >> 7);
}

int
chance(unsigned n)
{
	return (rnd() % n == 0);
}

static unsigned long
interesting(void)
{
	static const unsigned long values[] = { 0, 1, 2, 7, 8, 63, 64, 255,
	    4095, 4096, 4097, 65535, 65536, 0x7fffffff, 0x80000000,
	    0xffffffff, 0x100000000, 0x7fffffffffffffff, 0x8000000000000000,
	    ~0UL, ~0UL - 4095, 0x7fffffe00000, 0xffff800000000000,
	    0xffffffff80200000, AREA };

	if (chance(3))
		return (rnd());
	return (values[rnd() % (sizeof(values) / sizeof(values[0]))] +
	    (chance(4) ? rnd() % 5 - 2 : 0));
}

static void *
wild_pointer(void)
{
	switch (rnd() % 6) {
	case 0:
		return (NULL);
	case 1:			/* ends in the middle of an unmapped page */
		return (heap + HEAP_SIZE - rnd() % 64);
	case 2:
		return ((void *)(0xffff800000000000UL + rnd() % (1UL << 30)));
	case 3:
		return ((void *)(0xffffffff80200000UL + rnd() % (1UL << 20)));
	case 4:
		return ((void *)(0x7fffffe00000UL - rnd() % 8192));
	default:
		return ((void *)interesting());
	}
}

/* Room for a structure, filled with noise. */
static void *
make(size_t size)
{
	unsigned long *p;
	size_t i;

	size = (size + 7) & ~7UL;
	if (heap_used + size > HEAP_SIZE)
		heap_used = 0;
	p = (void *)(heap + heap_used);
	heap_used += size;
	for (i = 0; i < size / 8; i++)
		p[i] = interesting();
	return (p);
}

static int
fd(void)
{
	switch (rnd() % 16) {
	case 0:
		return (AT_FDCWD);
	case 1:
		return (interesting());
	default:
		return (fds[rnd() % NFDS]);
	}
}

static char *
path(void)
{
	static const char *const names[] = { "f", "d", "l", "d/f", "d/d",
	    "d/d/f", "x", "d/x", ".", "..", "d/..", "l/..", "fifo", "loop",
	    "f/", "d/", "", "dev/null", "dev/zero", "dev/ptmx", "dev/random",
	    "dev/tty", "bin/true", "m", "m/f", "m/d", "//", "d/./../f",
	    "nonexistent/x", "tmpfs", "null", "procfs", "long", "key" };
	char *p;
	size_t len;

	if (chance(40)) {
		len = chance(2) ? 255 + rnd() % 3 : 1000 + rnd() % 100;
		p = make(len + 1);
		memset(p, chance(2) ? 'n' : '/', len);
		p[len] = 0;
		return (p);
	}
	p = make(32);
	strcpy(p, names[rnd() % (sizeof(names) / sizeof(names[0]))]);
	return (p);
}

static void *
area(void)
{
	return ((void *)(AREA + rnd() % AREA_PAGES * PG +
	    (chance(16) ? rnd() % PG : 0)));
}

static size_t
length(void)
{
	switch (rnd() % 8) {
	case 0:
		return (interesting());
	case 1:
		return (rnd() % 16 * PG);
	case 2:
		return (0);
	default:
		return (rnd() % 600);
	}
}

static pid_t
pid(void)
{
	return (relatives[rnd() % 8]);
}

static struct timespec *
times(int n)
{
	struct timespec *ts = make(sizeof(*ts) * n);
	int i;

	for (i = 0; i < n; i++) {
		if (chance(8))
			continue;
		ts[i].tv_sec = 0;
		ts[i].tv_nsec = rnd() % 2000;	/* or microseconds */
	}
	return (ts);
}

static struct iovec *
iovecs(void)
{
	struct iovec *iov = make(sizeof(*iov) * 8);
	int i;

	for (i = 0; i < 8; i++) {
		if (chance(8))
			continue;
		iov[i].iov_len = rnd() % 400;
		iov[i].iov_base = make(iov[i].iov_len + 8);
	}
	return (iov);
}

static struct msghdr *
message(void)
{
	struct msghdr *m = make(sizeof(*m));
	struct cmsghdr *c;

	m->msg_name = chance(3) ? make(110) : NULL;
	m->msg_namelen = chance(4) ? interesting() : 106;
	m->msg_iov = iovecs();
	m->msg_iovlen = rnd() % 9;
	m->msg_control = NULL;
	m->msg_controllen = 0;
	if (!chance(3)) {
		c = m->msg_control = make(64);
		m->msg_controllen = chance(4) ? interesting() : 64;
		c->cmsg_len = chance(4) ? interesting() : CMSG_LEN(4);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = rnd() % 4;
		((int *)CMSG_DATA(c))[0] = fd();
	}
	return (m);
}

static struct kevent *
kevents(void)
{
	struct kevent *kev = make(sizeof(*kev) * 8);
	int i;

	for (i = 0; i < 8; i++) {
		kev[i].ident = chance(3) ? (unsigned long)pid() :
		    (unsigned long)fd();
		kev[i].filter = -(int)(rnd() % 11);
		kev[i].flags = chance(4) ? rnd() : EV_ADD | (rnd() & 0x37);
		kev[i].data = rnd() % 100;
	}
	return (kev);
}

static struct sigaction *
action(void)
{
	struct sigaction *sa = make(sizeof(*sa));

	sa->sa_handler = chance(2) ? SIG_IGN : SIG_DFL;
	return (sa);
}

static void *
pollfds(void)
{
	struct pollfd *p = make(sizeof(*p) * 16);
	int i;

	for (i = 0; i < 16; i++) {
		p[i].fd = fd();
		p[i].events = rnd();
	}
	return (p);
}

/* The names of strings and structures that types do not tell. */
static void *
pointer(const struct call *c, const char *type, const char *name)
{
	int *mib;
	void **argv;

	if (chance(12))
		return (wild_pointer());
	if (strstr(type, "timespec") || strstr(type, "timeval") ||
	    strstr(type, "itimerval"))
		return (times(2));
	if (strstr(type, "iovec"))
		return (iovecs());
	if (strstr(type, "msghdr"))
		return (message());
	if (strstr(type, "kevent"))
		return (kevents());
	if (strstr(type, "sigaction"))
		return (action());
	if (strstr(type, "pollfd"))
		return (pollfds());
	if (strstr(type, "char**")) {
		argv = make(sizeof(*argv) * 4);
		argv[0] = path();
		argv[1] = path();
		argv[2] = argv[3] = NULL;
		return (argv);
	}
	if (strcmp(name, "new") == 0 && strcmp(c->name, "__sysctl") == 0)
		return (is_root ? NULL : make(64));
	if (strcmp(c->name, "__sysctl") == 0 && strcmp(name, "name") == 0) {
		mib = make(sizeof(int) * 24);
		mib[0] = rnd() % 12;
		mib[1] = rnd() % 80;
		mib[2] = chance(2) ? rnd() % 20 : (unsigned long)pid();
		mib[3] = rnd() % 20;
		return (mib);
	}
	if (strstr(type, "char*") && (strstr(name, "path") ||
	    strstr(name, "link") || strstr(name, "name") ||
	    strstr(name, "file") || strcmp(name, "from") == 0 ||
	    strcmp(name, "to") == 0 || strcmp(name, "old") == 0 ||
	    strcmp(name, "new") == 0 || strcmp(name, "type") == 0 ||
	    strcmp(name, "wild") == 0))
		return (path());
	if (strcmp(name, "addr") == 0 || strcmp(name, "shmaddr") == 0)
		return (area());
	return (chance(10) ? area() : make(chance(3) ? 4096 : 512));
}

static unsigned long
flags_of(const struct call *c)
{
	static const int opens[] = { O_RDONLY, O_WRONLY, O_RDWR,
	    O_CREAT | O_RDWR, O_CREAT | O_EXCL | O_RDWR, O_TRUNC | O_WRONLY,
	    O_DIRECTORY, O_NOFOLLOW, O_APPEND | O_WRONLY };

	if (strncmp(c->name, "open", 4) == 0)
		return (opens[rnd() % 9] | O_NONBLOCK |
		    (chance(8) ? rnd() % 0x1000000 : 0));
	if (strcmp(c->name, "mmap") == 0)
		return ((rnd() % 4) | (chance(2) ? MAP_ANON : 0) |
		    (chance(3) ? MAP_FIXED : 0) |
		    (chance(6) ? 1UL << rnd() % 32 : 0));
	if (strcmp(c->name, "rfork") == 0)
		return (1UL << 4 | (rnd() & 0xffffffcf));
	if (strncmp(c->name, "ext", 3) == 0)
		return (chance(3) ? rnd() : 0);
	return (chance(3) ? 0 : chance(2) ? 1UL << rnd() % 32 : rnd() % 64);
}

static int
is_fd(const char *name)
{
	return (strcmp(name, "fd") == 0 || strcmp(name, "s") == 0 ||
	    strcmp(name, "fdes") == 0 || strcmp(name, "fd1") == 0 ||
	    strcmp(name, "fd2") == 0 || strcmp(name, "oldfd") == 0 ||
	    strcmp(name, "newfd") == 0);
}

static unsigned long
number(const struct call *c, const char *type, const char *name)
{
	if (is_fd(name))
		return (fd());
	if (strncmp(c->name, "dup", 3) == 0 && (strcmp(name, "from") == 0 ||
	    strcmp(name, "to") == 0))
		return (fd());
	if (strcmp(name, "pid") == 0 || strcmp(name, "pgid") == 0 ||
	    strcmp(name, "id") == 0 || strcmp(name, "who") == 0 ||
	    strcmp(type, "pid_t") == 0)
		return (pid());
	if (strcmp(name, "tid") == 0)
		return (rnd() % 4);
	if (strcmp(name, "signum") == 0 || strcmp(name, "sig") == 0)
		return (chance(8) ? interesting() : rnd() % 34);
	if (strstr(name, "id") && strlen(name) <= 5 && strstr(type, "id_t"))
		return (chance(2) ? 65534 : interesting());
	if (strcmp(type, "key_t") == 0 || strcmp(name, "semid") == 0 ||
	    strcmp(name, "shmid") == 0 || strcmp(name, "msqid") == 0)
		return (chance(4) ? interesting() : rnd() % 4);
	if (strcmp(type, "off_t") == 0)
		return (chance(3) ? interesting() : rnd() % 8 * PG);
	if (strstr(name, "flag") || strstr(name, "flg"))
		return (flags_of(c));
	if (strcmp(name, "timeout") == 0)
		return (rnd() % 3);
	if (strcmp(type, "size_t") == 0 || strstr(name, "len") ||
	    strstr(name, "count") || strstr(name, "cnt") ||
	    strstr(name, "size"))
		return (length());
	if (strcmp(name, "com") == 0)
		return (chance(4) ? rnd() : (unsigned long)((chance(2) ?
		    0x40000000 : 0x80000000) | rnd() % 128 << 16 |
		    "tfdDTw"[rnd() % 6] << 8 | rnd() % 128));
	return (chance(4) ? interesting() : rnd() % 32);
}

int
args_make(const struct call *c, unsigned long *args)
{
	char text[256], *arg, *rest = text, *name;
	int n = 0;

	memset(args, 0, sizeof(*args) * MAXARGS);
	snprintf(text, sizeof(text), "%s", c->args);
	while (n < MAXARGS && (arg = strsep(&rest, ",")) != NULL) {
		arg += strspn(arg, " ");
		name = strrchr(arg, ' ');
		if (name == NULL)
			break;
		*name++ = 0;
		if (strchr(arg, '*') || strcmp(arg, "caddr_t") == 0)
			args[n] = (unsigned long)pointer(c, arg, name);
		else
			args[n] = number(c, arg, name);
		if (chance(200))
			args[n] = interesting();
		n++;
	}
	return (n);
}

void
args_result(const struct call *c, long result)
{
	if (result > 2 && result < 4096 && (strncmp(c->name, "open", 4) == 0 ||
	    strncmp(c->name, "socket", 6) == 0 ||
	    strcmp(c->name, "kqueue") == 0 || strncmp(c->name, "dup", 3) == 0 ||
	    strcmp(c->name, "accept") == 0))
		fds[rnd() % NFDS] = result;
}

void
args_prepare(void)
{
	int i, p[2];

	heap = mmap(NULL, HEAP_SIZE + PG, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_PRIVATE, -1, 0);
	munmap(heap + HEAP_SIZE, PG);
	mmap((void *)AREA, AREA_PAGES * PG, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_FIXED | (chance(2) ? MAP_PRIVATE : MAP_SHARED), -1,
	    0);
	for (i = 0; i < NFDS; i++)
		fds[i] = -1;
	i = 0;
	fds[i++] = open("f", O_RDWR | O_CREAT | O_NONBLOCK, 0666);
	fds[i++] = open("d/f", O_RDWR | O_CREAT | O_NONBLOCK, 0666);
	fds[i++] = open("d", O_RDONLY | O_NONBLOCK);
	fds[i++] = open(".", O_RDONLY);
	fds[i++] = open("fifo", O_RDWR | O_NONBLOCK);
	fds[i++] = open("dev/null", O_RDWR | O_NONBLOCK);
	fds[i++] = open("dev/zero", O_RDWR | O_NONBLOCK);
	fds[i++] = open("dev/random", O_RDONLY | O_NONBLOCK);
	fds[i++] = open("bin/true", O_RDONLY | O_NONBLOCK);
	fds[i++] = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
	fds[i++] = kqueue();
	if (pipe2(p, O_NONBLOCK) == 0) {
		fds[i++] = p[0];
		fds[i++] = p[1];
	}
	if (socketpair(AF_UNIX, chance(2) ? SOCK_STREAM : SOCK_DGRAM, 0,
	    p) == 0) {
		fcntl(p[0], F_SETFL, O_NONBLOCK);
		fds[i++] = p[0];
		fds[i++] = p[1];
	}
	fds[i++] = socket(AF_UNIX, SOCK_STREAM, 0);
}
