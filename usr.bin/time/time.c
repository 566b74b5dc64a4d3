/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time - how long a command takes
 *
 * usage: time [-al] [-h | -p] [-o file] command [argument ...]
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum { PLAIN, POSIX, HUMAN } form;
static int details;
static struct timeval start;
static volatile sig_atomic_t info;
static FILE *out;

/* "1d2h3m4.56s", without the parts that are nothing. */
static void
human(const struct timeval *tv, const char *label)
{
	static const struct { int seconds; char letter; } unit[] = {
		{ 86400, 'd' }, { 3600, 'h' }, { 60, 'm' },
	};
	intmax_t s = tv->tv_sec;
	size_t i;

	fputc('\t', out);
	for (i = 0; i < sizeof(unit) / sizeof(unit[0]); i++) {
		if (tv->tv_sec < unit[i].seconds)
			continue;
		fprintf(out, "%jd%c", s / unit[i].seconds, unit[i].letter);
		s %= unit[i].seconds;
	}
	fprintf(out, "%jd.%02lds %s", s, tv->tv_usec / 10000, label);
}

static void
times(const struct timeval *real, const struct rusage *ru)
{
	static const char *const label[] = { "real", "user", "sys" };
	const struct timeval *tv[] = { real, &ru->ru_utime, &ru->ru_stime };
	int i;

	for (i = 0; i < 3; i++) {
		if (form == POSIX)
			fprintf(out, "%s %jd.%02ld\n", label[i],
			    (intmax_t)tv[i]->tv_sec, tv[i]->tv_usec / 10000);
		else if (form == HUMAN)
			human(tv[i], label[i]);
		else
			fprintf(out, "%9jd.%02ld %s ",
			    (intmax_t)tv[i]->tv_sec, tv[i]->tv_usec / 10000,
			    label[i]);
	}
	if (form != POSIX)
		fputc('\n', out);
}

static void
usage_details(const struct rusage *ru)
{
	struct clockinfo {
		int hz, tick, adj, stat, prof;
	} ci = { .stat = 100 };
	size_t len = sizeof(ci);
	long ticks;

	sysctlbyname("kern.clockrate", &ci, &len, NULL, 0);
	ticks = (long)((ru->ru_utime.tv_sec + ru->ru_stime.tv_sec) * ci.stat +
	    (ru->ru_utime.tv_usec + ru->ru_stime.tv_usec) / 1000000.0 *
	    ci.stat);
	if (ticks == 0)
		ticks = 1;
	fprintf(out, "%10ld  %s\n", ru->ru_maxrss, "maximum resident set size");
	fprintf(out, "%10ld  %s\n", ru->ru_ixrss / ticks,
	    "average shared memory size");
	fprintf(out, "%10ld  %s\n", ru->ru_idrss / ticks,
	    "average unshared data size");
	fprintf(out, "%10ld  %s\n", ru->ru_isrss / ticks,
	    "average unshared stack size");
	fprintf(out, "%10ld  %s\n", ru->ru_minflt, "page reclaims");
	fprintf(out, "%10ld  %s\n", ru->ru_majflt, "page faults");
	fprintf(out, "%10ld  %s\n", ru->ru_nswap, "swaps");
	fprintf(out, "%10ld  %s\n", ru->ru_inblock, "block input operations");
	fprintf(out, "%10ld  %s\n", ru->ru_oublock, "block output operations");
	fprintf(out, "%10ld  %s\n", ru->ru_msgsnd, "messages sent");
	fprintf(out, "%10ld  %s\n", ru->ru_msgrcv, "messages received");
	fprintf(out, "%10ld  %s\n", ru->ru_nsignals, "signals received");
	fprintf(out, "%10ld  %s\n", ru->ru_nvcsw, "voluntary context switches");
	fprintf(out, "%10ld  %s\n", ru->ru_nivcsw,
	    "involuntary context switches");
}

static void
show(const struct rusage *ru)
{
	struct timeval now, real;

	gettimeofday(&now, NULL);
	timersub(&now, &start, &real);
	if (real.tv_sec < 0)		/* the clock was set back */
		timerclear(&real);
	times(&real, ru);
	if (details)
		usage_details(ru);
	fflush(out);
}

static void
on_info(int sig)
{
	info = 1;
}

static int
watch(pid_t pid)
{
	struct sigaction sa = { .sa_handler = on_info };
	struct rusage ru;
	int status;

	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
	sigaction(SIGINFO, &sa, NULL);
	while (wait4(pid, &status, 0, &ru) != pid) {
		if (errno != EINTR)
			err(1, "wait4");
		if (info) {
			info = 0;
			getrusage(RUSAGE_CHILDREN, &ru);
			show(&ru);
		}
	}
	if (WIFSIGNALED(status))
		fprintf(out, "Command terminated abnormally.\n");
	show(&ru);
	signal(SIGINT, SIG_DFL);
	signal(SIGQUIT, SIG_DFL);
	if (WIFSIGNALED(status)) {
		signal(WTERMSIG(status), SIG_DFL);
		kill(getpid(), WTERMSIG(status));
		return (128 + WTERMSIG(status));
	}
	return (WEXITSTATUS(status));
}

int
main(int argc, char **argv)
{
	const char *name = NULL, *mode = "w";
	pid_t pid;
	int c;

	while ((c = getopt(argc, argv, "+ahlo:p")) != -1) {
		switch (c) {
		case 'a': mode = "a"; break;
		case 'h': form = HUMAN; break;
		case 'l': details = 1; break;
		case 'o': name = optarg; break;
		case 'p': form = POSIX; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	out = stderr;
	if (name != NULL) {
		out = fopen(name, mode);
		if (out == NULL)
			err(1, "%s", name);
		fcntl(fileno(out), F_SETFD, FD_CLOEXEC);
	}
	gettimeofday(&start, NULL);
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		execvp(*argv, argv);
		c = errno;
		warn("%s", *argv);
		_exit(c == ENOENT ? 127 : 126);
	}
	return (watch(pid));
usage:
	fprintf(stderr, "usage: time [-al] [-h | -p] [-o file] command "
	    "[argument ...]\n");
	return (1);
}
