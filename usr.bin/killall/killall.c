/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * killall - signal processes by name
 *
 * usage: killall [-ILTdelmqsvz] [-help] [-c name] [-t tty] [-u user]
 *                [-signal] [name ...]
 */
#include <sys/param.h>
#include <sys/proc.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <paths.h>
#include <pwd.h>
#include <regex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "proclist.h"
#include "signame.h"

static int expressions, only_show, verbose, zombies, quiet, ask, effective;
static int signo = SIGTERM;
static const char *command;
static dev_t tty = NODEV;
static long user = -1;

static void
usage(void)
{
	fprintf(stderr, "usage: killall [-delmqsvzI] [-c name] [-t tty] "
	    "[-u user] [-signal] [name ...]\n");
	exit(1);
}

static void
set_tty(const char *name)
{
	char path[MAXPATHLEN];
	struct stat st;

	snprintf(path, sizeof(path), *name == '/' ? "%s" : _PATH_DEV "%s",
	    name);
	if (stat(path, &st) != 0) {
		snprintf(path, sizeof(path), _PATH_TTY "%s", name);
		if (stat(path, &st) != 0)
			err(1, "%s", name);
	}
	tty = st.st_rdev;
}

static void
set_user(const char *name)
{
	struct passwd *pw = getpwnam(name);
	char *end;

	if (pw != NULL) {
		user = (long)pw->pw_uid;
		return;
	}
	user = strtol(name, &end, 10);
	if (end == name || *end != '\0')
		errx(1, "user %s does not exist", name);
}

static int
named(const char *comm, const char *name)
{
	regex_t re;
	int rc;

	if (!expressions)
		return (strncmp(comm, name, sizeof(((struct kinfo_proc *)0)->
		    kp_comm) - 1) == 0);
	rc = regcomp(&re, name, REG_EXTENDED | REG_NOSUB);
	if (rc != 0)
		errx(1, "%s: bad regular expression", name);
	rc = regexec(&re, comm, 0, NULL, 0);
	regfree(&re);
	return (rc == 0);
}

static int
selected(const struct kinfo_proc *kp, char **names)
{
	if (kp->kp_pid <= 0 || kp->kp_pid == getpid() ||
	    (kp->kp_flags & P_SYSTEM) != 0 ||
	    (kp->kp_stat == SZOMB && !zombies))
		return (0);
	if (user >= 0 && (long)(effective ? kp->kp_uid : kp->kp_ruid) != user)
		return (0);
	if (tty != NODEV && ((kp->kp_flags & P_CONTROLT) == 0 ||
	    kp->kp_tdev != tty))
		return (0);
	if (command != NULL && !named(kp->kp_comm, command))
		return (0);
	if (*names == NULL)
		return (1);
	for (; *names != NULL; names++) {
		if (named(kp->kp_comm, *names))
			return (1);
	}
	return (0);
}

static int
confirmed(const struct kinfo_proc *kp)
{
	int c, answer;

	printf("send signal %d to %s (pid %d)? ", signo, kp->kp_comm,
	    (int)kp->kp_pid);
	fflush(stdout);
	answer = c = getchar();
	while (c != '\n' && c != EOF)
		c = getchar();
	return (answer == 'y' || answer == 'Y');
}

static void
show(const struct kinfo_proc *kp)
{
	const char *p = signo > 0 && signo < sys_nsig ?
	    sys_signame[signo] : "0";

	printf("kill -");
	for (; *p != '\0'; p++)
		putchar(toupper((unsigned char)*p));
	printf(" %d%s%s\n", (int)kp->kp_pid, verbose > 1 ? " " : "",
	    verbose > 1 ? kp->kp_comm : "");
}

/* One option word; takes the following word for those with an argument. */
static void
option(char ***argv)
{
	char *p = **argv + 1, *arg;
	int n;

	n = signame_number(p);
	if (n >= 0 && (isdigit((unsigned char)*p) || p[1] != '\0')) {
		signo = n;
		return;
	}
	for (; *p != '\0'; p++) {
		switch (*p) {
		case 'I': ask = 1; break;
		case 'd': verbose += 2; break;
		case 'e': effective = 1; break;
		case 'l':
			signame_list(stdout);
			exit(0);
		case 'm': expressions = 1; break;
		case 'q': quiet = 1; break;
		case 's': only_show = 1; break;
		case 'v': verbose++; break;
		case 'z': zombies = 1; break;
		case 'c': case 't': case 'u':
			arg = p[1] != '\0' ? p + 1 : *++*argv;
			if (arg == NULL)
				usage();
			if (*p == 'c')
				command = arg;
			else if (*p == 't')
				set_tty(arg);
			else
				set_user(arg);
			return;
		default:
			warnx("illegal option -- %c", *p);
			usage();
		}
	}
}

int
main(int argc, char **argv)
{
	struct kinfo_proc *list;
	int matched = 0, rc = 0;
	size_t i, n;

	for (argv++; *argv != NULL && (*argv)[0] == '-' &&
	    (*argv)[1] != '\0'; argv++) {
		if (strcmp(*argv, "--") == 0) {
			argv++;
			break;
		}
		option(&argv);
	}
	if (*argv == NULL && command == NULL && user < 0 && tty == NODEV)
		usage();
	list = proclist_read(0, &n);
	for (i = 0; i < n; i++) {
		if (!selected(&list[i], argv))
			continue;
		matched++;
		if (ask && !confirmed(&list[i]))
			continue;
		if (verbose || only_show)
			show(&list[i]);
		if (!only_show && kill(list[i].kp_pid, signo) != 0 &&
		    errno != ESRCH) {
			warn("kill -%d %d", signo, (int)list[i].kp_pid);
			rc = 1;
		}
	}
	if (matched == 0) {
		if (!quiet)
			fprintf(stderr, "No matching processes %swere found\n",
			    getuid() != 0 ? "belonging to you " : "");
		rc = 1;
	}
	return (rc);
}
