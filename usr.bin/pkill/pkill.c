/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pkill, pgrep - signal or list processes by what they are
 *
 * usage: pgrep [-LSfilnoqvx] [-d delim] selection ... [pattern ...]
 *        pkill [-signal] [-ILfilnovx] selection ... [pattern ...]
 *
 * A process is selected when it has one of the values of every option given
 * and one of the patterns occurs in its name.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "match.h"
#include "proclist.h"
#include "signame.h"

static struct criteria crit;
static int grep, long_form, inverse, quiet, ask, any_option;
static enum { ALL, NEWEST, OLDEST } which;
static const char *delimiter = "\n";
static const char *pidfile;
static int pidfile_locked, signo = SIGTERM;

static void
usage(void)
{
	fprintf(stderr, "usage: %s %s [-F pidfile] [-G gid]\n"
	    "             [-P ppid] [-U uid] [-g pgrp] [-s sid] [-t tty] "
	    "[-u euid] pattern ...\n", getprogname(),
	    grep ? "[-LSfilnoqvx] [-d delim]" : "[-signal] [-ILfilnovx]");
	exit(EX_USAGE);
}

/* The process id in a file, which its owner may have to hold locked. */
static pid_t
pid_from_file(void)
{
	char text[32], *end;
	ssize_t n;
	long pid;
	int fd;

	fd = strcmp(pidfile, "-") == 0 ? STDIN_FILENO :
	    open(pidfile, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		err(EX_OSERR, "%s", pidfile);
	if (pidfile_locked && flock(fd, LOCK_SH | LOCK_NB) == 0)
		errx(EX_OSERR, "%s is not locked: nobody owns it", pidfile);
	n = read(fd, text, sizeof(text) - 1);
	if (n <= 0)
		errx(EX_DATAERR, "%s is empty", pidfile);
	text[n] = '\0';
	pid = strtol(text, &end, 10);
	if (end == text || (*end != '\0' && !isspace((unsigned char)*end)) ||
	    pid <= 0)
		errx(EX_DATAERR, "%s holds no process id", pidfile);
	close(fd);
	return ((pid_t)pid);
}

/* Leaves the newest or the oldest of those that are marked. */
static void
keep_one(const struct kinfo_proc *list, size_t n, char *marked)
{
	size_t i, best = n;

	for (i = 0; i < n; i++) {
		if (!marked[i])
			continue;
		if (best < n && (timercmp(&list[i].kp_start,
		    &list[best].kp_start, >) != 0) != (which == NEWEST))
			marked[i] = 0;
		else {
			if (best < n)
				marked[best] = 0;
			best = i;
		}
	}
}

static void
show(const struct kinfo_proc *kp, int *first)
{
	char args[PROCLIST_ARGS];

	if (quiet)
		return;
	if (!*first)
		fputs(delimiter, stdout);
	*first = 0;
	printf("%d", (int)kp->kp_pid);
	if (long_form && crit.whole_args) {
		proclist_args(kp, args, sizeof(args));
		printf(" %s", args);
	} else if (long_form)
		printf(" %s", kp->kp_comm);
}

static int
confirmed(const struct kinfo_proc *kp)
{
	int c, answer;

	fprintf(stderr, "kill %d %s? ", (int)kp->kp_pid, kp->kp_comm);
	answer = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return (answer == 'y' || answer == 'Y');
}

static void
send(const struct kinfo_proc *kp, int *rc)
{
	if (ask && !confirmed(kp))
		return;
	if (long_form)
		printf("kill -%d %d\n", signo, (int)kp->kp_pid);
	if (kill(kp->kp_pid, signo) != 0 && errno != ESRCH) {
		warn("signalling pid %d", (int)kp->kp_pid);
		*rc = 3;
	}
}

static void
options(int argc, char **argv, int *regflags)
{
	int c;

	/* A signal comes before all other options. */
	if (!grep && argc > 1 && argv[1][0] == '-' && argv[1][1] != '\0' &&
	    (c = signame_number(argv[1] + 1)) > -1) {
		signo = c;
		argv[1] = argv[0];
		optind = 2;
	}
	while ((c = getopt(argc, argv, grep ?
	    "d:F:G:LP:SU:fg:ilnoqs:t:u:vx" : "F:G:ILP:U:fg:ilnos:t:u:vx")) !=
	    -1) {
		switch (c) {
		case 'd': delimiter = optarg; break;
		case 'F': pidfile = optarg; any_option = 1; break;
		case 'I': ask = 1; break;
		case 'L': pidfile_locked = 1; break;
		case 'S': crit.kernel = 1; break;
		case 'f': crit.whole_args = 1; break;
		case 'i': *regflags |= REG_ICASE; break;
		case 'l': long_form = 1; break;
		case 'n': which = NEWEST; break;
		case 'o': which = OLDEST; break;
		case 'q': quiet = 1; break;
		case 'v': inverse = 1; break;
		case 'x': crit.exact = 1; break;
		case 'G': case 'P': case 'U': case 'g': case 's': case 't':
		case 'u':
			match_add(&crit, c, optarg);
			any_option = 1;
			break;
		default:
			usage();
		}
	}
}

int
main(int argc, char **argv)
{
	struct kinfo_proc *list;
	int regflags = 0, first = 1, rc = 0, found = 0;
	pid_t from_file = -1;
	char *marked;
	size_t i, n;

	grep = strcmp(getprogname(), "pgrep") == 0;
	options(argc, argv, &regflags);
	argc -= optind;
	argv += optind;
	if ((argc == 0 && !any_option) || (pidfile_locked && pidfile == NULL))
		usage();
	if (pidfile != NULL)
		from_file = pid_from_file();
	match_patterns(&crit, argv, argc, regflags);
	list = proclist_read(0, &n);
	marked = calloc(n + 1, 1);
	if (marked == NULL)
		err(EX_OSERR, NULL);
	for (i = 0; i < n; i++) {
		if (list[i].kp_pid == getpid())
			continue;
		marked[i] = (match_process(&crit, &list[i]) != 0 &&
		    (from_file < 0 || list[i].kp_pid == from_file)) !=
		    (inverse && (crit.kernel || list[i].kp_pid > 0));
	}
	if (which != ALL)
		keep_one(list, n, marked);
	for (i = 0; i < n; i++) {
		if (!marked[i])
			continue;
		found = 1;
		if (grep)
			show(&list[i], &first);
		else
			send(&list[i], &rc);
	}
	if (!first)
		putchar('\n');
	return (rc != 0 ? rc : !found);
}
