/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * truss - show the system calls of a process as they happen
 *
 * usage: truss [-dDf] [-o file] [-s length] command [argument ...]
 *        truss [-dDf] [-o file] [-s length] -p pid
 *
 * The kernel writes what happens to a file (ktrace(2)), and this program
 * reads it from there while it grows.  A line is printed when the result of
 * a call is known; what was recorded in between, names and data, takes the
 * place of the addresses among the arguments.
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/ktrace.h>
#include <sys/queue.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "sysdecode.h"

#define POINTS	(KTRFAC_SYSCALL | KTRFAC_SYSRET | KTRFAC_NAMEI | \
		 KTRFAC_GENIO | KTRFAC_PSIG)
#define MAXPATHS 4

/* A thread, and the call it is in. */
struct thread {
	LIST_ENTRY(thread) link;
	pid_t	pid;
	lwpid_t	tid;
	bool	in_call;
	struct ktr_syscall call;
	struct timeval since;
	char	*path[MAXPATHS];
	int	npaths;
	char	*data;			/* what it read or wrote */
	size_t	datalen;
};

/* Before the data of KTR_GENIO. */
struct genio {
	int	fd;
	int	rw;
};

static LIST_HEAD(, thread) threads = LIST_HEAD_INITIALIZER(threads);
static FILE *out;
static bool follow, since_start, since_last;
static size_t maxlen = 32;
static struct timeval start, last;
static volatile sig_atomic_t interrupted;

static void __dead2
usage(void)
{
	fprintf(stderr,
	    "usage: truss [-dDf] [-o file] [-s length] command [argument ...]\n"
	    "       truss [-dDf] [-o file] [-s length] -p pid\n");
	exit(EX_USAGE);
}

static void
on_interrupt(int sig)
{
	interrupted = sig;
}

/* --- threads ------------------------------------------------------------- */

static struct thread *
find_thread(pid_t pid, lwpid_t tid)
{
	struct thread *t;

	LIST_FOREACH(t, &threads, link)
		if (t->pid == pid && t->tid == tid)
			return (t);
	t = calloc(1, sizeof(*t));
	if (t == NULL)
		err(1, NULL);
	t->pid = pid;
	t->tid = tid;
	LIST_INSERT_HEAD(&threads, t, link);
	return (t);
}

static void
forget_call(struct thread *t)
{
	while (t->npaths > 0)
		free(t->path[--t->npaths]);
	free(t->data);
	t->data = NULL;
	t->in_call = false;
}

/* --- output -------------------------------------------------------------- */

static void
print_head(const struct ktr_header *h)
{
	struct timeval tv;

	if (follow)
		fprintf(out, "%d: ", h->ktr_pid);
	if (since_start) {
		timersub(&h->ktr_time, &start, &tv);
		fprintf(out, "%ld.%06ld ", (long)tv.tv_sec, (long)tv.tv_usec);
	}
	if (since_last) {
		timersub(&h->ktr_time, &last, &tv);
		last = h->ktr_time;
		fprintf(out, "%ld.%06ld ", (long)tv.tv_sec, (long)tv.tv_usec);
	}
}

static void
print_string(const char *s, size_t n, bool cut)
{
	putc('"', out);
	sysdecode_bytes(out, s, n);
	fprintf(out, cut ? "\"..." : "\"");
}

static bool
is_transfer(const char *name)
{
	return (strcmp(name, "read") == 0 || strcmp(name, "write") == 0 ||
	    strcmp(name, "extpread") == 0 || strcmp(name, "extpwrite") == 0);
}

static void
print_call(struct thread *t)
{
	const struct ktr_syscall *k = &t->call;
	const char *name = sysdecode_name(k->ktr_code);
	int i, path = 0;
	size_t n;

	if (name == NULL) {
		fprintf(out, "[%d](", k->ktr_code);
		name = "";
	} else {
		fprintf(out, "%s(", name);
	}
	for (i = 0; i < k->ktr_narg; i++) {
		if (i != 0)
			putc(',', out);
		if (sysdecode_is_path(k->ktr_code, i) && path < t->npaths) {
			print_string(t->path[path], strlen(t->path[path]),
			    false);
			++path;
		} else if (i == 1 && t->data != NULL && is_transfer(name)) {
			n = t->datalen < maxlen ? t->datalen : maxlen;
			print_string(t->data, n, n < t->datalen);
		} else {
			sysdecode_arg(out, k->ktr_code, i, k->ktr_args[i]);
		}
	}
	putc(')', out);
}

static void
print_return(const struct ktr_header *h, struct thread *t,
    const struct ktr_sysret *k)
{
	print_head(h);
	print_call(t);
	if (k->ktr_error > 0)
		fprintf(out, " ERR#%d '%s'\n", k->ktr_error,
		    strerror(k->ktr_error));
	else if (k->ktr_error < 0)
		fprintf(out, " = ?\n");
	else
		fprintf(out, " = %ld (%#lx)\n", (long)k->ktr_retval,
		    (long)k->ktr_retval);
	forget_call(t);
}

/* --- records ------------------------------------------------------------- */

static char *
copy(const char *p, size_t n)
{
	char *s = malloc(n + 1);

	if (s == NULL)
		err(1, NULL);
	memcpy(s, p, n);
	s[n] = '\0';
	return (s);
}

static void
record_call(const struct ktr_header *h, struct thread *t, const void *buf)
{
	const char *name;

	forget_call(t);
	memcpy(&t->call, buf, (size_t)h->ktr_len < sizeof(t->call) ?
	    (size_t)h->ktr_len : sizeof(t->call));
	t->in_call = true;
	/* These do not return. */
	name = sysdecode_name(t->call.ktr_code);
	if (name != NULL && (strcmp(name, "exit") == 0 ||
	    strcmp(name, "extexit") == 0)) {
		print_head(h);
		print_call(t);
		putc('\n', out);
		forget_call(t);
	}
}

static void
record(const struct ktr_header *h, const char *buf)
{
	struct thread *t = find_thread(h->ktr_pid, h->ktr_tid);
	const struct ktr_psig *ps = (const void *)buf;
	size_t len = h->ktr_len;

	if (start.tv_sec == 0)
		start = last = h->ktr_time;
	switch (h->ktr_type) {
	case KTR_SYSCALL:
		record_call(h, t, buf);
		break;
	case KTR_NAMEI:
		if (t->npaths < MAXPATHS)
			t->path[t->npaths++] = copy(buf, len);
		break;
	case KTR_GENIO:
		if (t->data == NULL && len > sizeof(struct genio)) {
			t->datalen = len - sizeof(struct genio);
			t->data = copy(buf + sizeof(struct genio),
			    t->datalen);
		}
		break;
	case KTR_PSIG:
		print_head(h);
		fprintf(out, "SIGNAL %d (%s)\n", ps->signo,
		    sysdecode_signal(ps->signo));
		break;
	case KTR_SYSRET:
		if (t->in_call)
			print_return(h, t, (const void *)buf);
		break;
	}
}

/* All complete records that are in the file by now. */
static void
read_records(int fd)
{
	static off_t pos;
	static char *buf;
	static size_t size;
	struct ktr_header h;

	while (pread(fd, &h, sizeof(h), pos) == sizeof(h)) {
		if ((size_t)h.ktr_len + sizeof(struct ktr_syscall) > size) {
			size = h.ktr_len + sizeof(struct ktr_syscall);
			buf = realloc(buf, size);
			if (buf == NULL)
				err(1, NULL);
		}
		if (pread(fd, buf, h.ktr_len, pos + sizeof(h)) != h.ktr_len)
			break;
		record(&h, buf);
		pos += sizeof(h) + h.ktr_len;
	}
	fflush(out);
}

/* --- the process --------------------------------------------------------- */

static void
trace(const char *file, pid_t pid)
{
	if (ktrace(file, KTROP_SET | (follow ? KTRFLAG_DESCEND : 0),
	    POINTS | (follow ? KTRFAC_INHERIT : 0), pid) != 0)
		err(1, "ktrace");
}

static pid_t
run(const char *file, char **argv)
{
	int go[2], error = 0;
	pid_t pid;

	if (pipe2(go, O_CLOEXEC) != 0)
		err(1, "pipe");
	pid = fork();
	if (pid == -1)
		err(1, "fork");
	if (pid == 0) {
		trace(file, getpid());
		execvp(argv[0], argv);
		error = errno;
		write(go[1], &error, sizeof(error));
		_exit(127);
	}
	close(go[1]);
	if (read(go[0], &error, sizeof(error)) == sizeof(error))
		errc(127, error, "%s", argv[0]);
	close(go[0]);
	return (pid);
}

/* Until it has ended, and with -f those it has made. */
static void
watch(int fd, pid_t pid)
{
	int alive = 1, i, kq = kqueue(), n;
	struct kevent kev[8];

	EV_SET(&kev[0], fd, EVFILT_VNODE, EV_ADD | EV_CLEAR,
	    NOTE_WRITE | NOTE_EXTEND, 0, NULL);
	EV_SET(&kev[1], pid, EVFILT_PROC, EV_ADD,
	    NOTE_EXIT | (follow ? NOTE_TRACK : 0), 0, NULL);
	if (kq == -1 || kevent(kq, kev, 2, NULL, 0, NULL) != 0)
		err(1, "kqueue");
	read_records(fd);
	while (alive > 0 && !interrupted) {
		n = kevent(kq, NULL, 0, kev, 8, NULL);
		for (i = 0; i < n; i++) {
			if (kev[i].filter != EVFILT_PROC)
				continue;
			if (kev[i].fflags & NOTE_CHILD)
				alive++;
			if (kev[i].fflags & NOTE_EXIT)
				alive--;
		}
		read_records(fd);
	}
}

int
main(int argc, char **argv)
{
	char file[] = "/tmp/truss.XXXXXX";
	int ch, fd, status;
	pid_t pid = 0, child = 0;

	out = stderr;
	while ((ch = getopt(argc, argv, "+dDfo:p:s:")) != -1) {
		switch (ch) {
		case 'd':
			since_start = true;
			break;
		case 'D':
			since_last = true;
			break;
		case 'f':
			follow = true;
			break;
		case 'o':
			out = fopen(optarg, "w");
			if (out == NULL)
				err(1, "%s", optarg);
			break;
		case 'p':
			pid = (pid_t)strtol(optarg, NULL, 10);
			break;
		case 's':
			maxlen = strtoul(optarg, NULL, 10);
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if ((pid != 0) == (argc != 0))
		usage();
	fd = mkostemp(file, O_CLOEXEC);
	if (fd == -1)
		err(1, "%s", file);
	if (pid != 0) {
		signal(SIGINT, on_interrupt);
		signal(SIGTERM, on_interrupt);
		siginterrupt(SIGINT, 1);
		siginterrupt(SIGTERM, 1);
		trace(file, pid);
	} else {
		pid = child = run(file, argv);
		signal(SIGINT, SIG_IGN);
	}
	unlink(file);
	watch(fd, pid);
	if (child == 0) {
		ktrace(NULL, KTROP_CLEAR | KTRFLAG_DESCEND, KTRFAC_MASK |
		    KTRFAC_INHERIT, pid);
		return (0);
	}
	if (waitpid(child, &status, 0) != child)
		err(1, "waitpid");
	if (WIFSIGNALED(status))
		fprintf(out, "process killed, signal = %d\n",
		    WTERMSIG(status));
	else
		fprintf(out, "process exit, rval = %d\n",
		    WEXITSTATUS(status));
	return (WIFEXITED(status) ? WEXITSTATUS(status) : 128);
}
