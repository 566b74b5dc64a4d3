/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits - show or set resource limits
 *
 * usage: limits [-C class | -P pid | -U user] [-SHB] [-ea]
 *               [-bcdflmnopstuvw [value]] [[name=value ...] command]
 */
#include <sys/types.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <libutil.h>
#include <login_cap.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct resource {
	char	letter;
	int	which;
	const char *name;		/* in the listing */
	const char *unit;
	long	divisor;
	const char *ulimit;		/* letter of the shell's command */
};

static const struct resource resources[] = {
	{ 't', RLIMIT_CPU, "cputime", "secs", 1, "t" },
	{ 'f', RLIMIT_FSIZE, "filesize", "kB", 1024, "f" },
	{ 'd', RLIMIT_DATA, "datasize", "kB", 1024, "d" },
	{ 's', RLIMIT_STACK, "stacksize", "kB", 1024, "s" },
	{ 'c', RLIMIT_CORE, "coredumpsize", "kB", 1024, "c" },
	{ 'm', RLIMIT_RSS, "memoryuse", "kB", 1024, "m" },
	{ 'l', RLIMIT_MEMLOCK, "memorylocked", "kB", 1024, "l" },
	{ 'u', RLIMIT_NPROC, "maxprocesses", "", 1, "p" },
	{ 'n', RLIMIT_NOFILE, "openfiles", "", 1, "n" },
	{ 'b', RLIMIT_SBSIZE, "sbsize", "bytes", 1, NULL },
	{ 'v', RLIMIT_VMEM, "vmemoryuse", "kB", 1024, "v" },
	{ 'o', RLIMIT_POSIXLOCKS, "posixlocks", "", 1, NULL },
};

#define NRESOURCES	(sizeof(resources) / sizeof(resources[0]))

static int set_soft = 1, set_hard, shell_form, show[NRESOURCES], any_show;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: limits [-C class | -U user] [-eaSHB] "
	    "[-bcdflmnostuv [val]]\n              [[name=val ...] cmd]\n");
	exit(EX_USAGE);
}

/* Seconds may have the suffixes s m h d, sizes k m g t b (512 bytes). */
static rlim_t
value(const struct resource *r, const char *text)
{
	static const char *const times = "smhd";
	static const long seconds[] = { 1, 60, 3600, 86400 };
	const char *at;
	int64_t n;
	char *end;

	if (strcasecmp(text, "infinity") == 0 ||
	    strcasecmp(text, "unlimited") == 0 || strcasecmp(text, "inf") == 0)
		return (RLIM_INFINITY);
	n = strtoll(text, &end, 10);
	if (end == text || n < 0)
		errx(EX_USAGE, "invalid value `%s' for %s", text, r->name);
	if (*end == '\0')
		return ((rlim_t)n);
	if (r->which == RLIMIT_CPU) {
		at = strchr(times, tolower((unsigned char)*end));
		if (at == NULL || end[1] != '\0')
			errx(EX_USAGE, "invalid time `%s'", text);
		return ((rlim_t)(n * seconds[at - times]));
	}
	if (strcasecmp(end, "b") == 0)
		return ((rlim_t)n * 512);
	if (expand_number(text, &n) != 0)
		errx(EX_USAGE, "invalid value `%s' for %s", text, r->name);
	return ((rlim_t)n);
}

static void
change(const struct resource *r, const char *text)
{
	rlim_t v = value(r, text);
	struct rlimit rl;

	if (getrlimit(r->which, &rl) != 0)
		err(EX_OSERR, "getrlimit %s", r->name);
	if (set_hard)
		rl.rlim_max = v;
	if (set_soft)
		rl.rlim_cur = v > rl.rlim_max && getuid() != 0 ?
		    rl.rlim_max : v;
	if (set_soft && rl.rlim_max < rl.rlim_cur)
		rl.rlim_max = rl.rlim_cur;
	if (setrlimit(r->which, &rl) != 0)
		err(EX_OSERR, "setrlimit %s", r->name);
}

static void
print(const struct resource *r)
{
	struct rlimit rl;
	char name[32];
	rlim_t v;

	if (getrlimit(r->which, &rl) != 0)
		err(EX_OSERR, "getrlimit %s", r->name);
	v = set_hard && !set_soft ? rl.rlim_max : rl.rlim_cur;
	if (shell_form) {
		if (r->ulimit == NULL)
			return;
		if (v == RLIM_INFINITY)
			printf("ulimit -%s unlimited;\n", r->ulimit);
		else
			printf("ulimit -%s %jd;\n", r->ulimit,
			    (intmax_t)v / r->divisor);
		return;
	}
	snprintf(name, sizeof(name), "%s%s", r->name,
	    set_hard && !set_soft ? "-max" : "");
	if (v == RLIM_INFINITY)
		printf("  %-17s %8s %s\n", name, "infinity", r->unit);
	else
		printf("  %-17s %8jd %s\n", name,
		    (intmax_t)v / r->divisor, r->unit);
}

static void
use_class(const char *name, const struct passwd *pw)
{
	login_cap_t *lc = name != NULL ? login_getclassbyname(name, pw) :
	    login_getpwclass(pw);

	if (lc == NULL)
		errx(EX_DATAERR, "invalid class");
	setclassresources(lc);
	login_close(lc);
}

/* An option may have its value in the next word; "-n -f" has none. */
static const char *
option_value(char ***argv, char *rest)
{
	if (*rest != '\0')
		return (rest);
	if ((*argv)[1] != NULL && (isdigit((unsigned char)(*argv)[1][0]) ||
	    strcasecmp((*argv)[1], "infinity") == 0 ||
	    strcasecmp((*argv)[1], "unlimited") == 0))
		return (*++*argv);
	return (NULL);
}

static void
option(char ***argv)
{
	struct passwd *pw;
	const char *v;
	char *p = **argv + 1;
	size_t i;

	for (; *p != '\0'; p++) {
		switch (*p) {
		case 'a': break;	/* all are shown anyway */
		case 'B': set_soft = set_hard = 1; continue;
		case 'e': shell_form = 1; continue;
		case 'H': set_hard = 1; set_soft = 0; continue;
		case 'S': set_soft = 1; set_hard = 0; continue;
		case 'C': case 'U':
			v = p[1] != '\0' ? p + 1 : *++*argv;
			if (v == NULL)
				usage();
			pw = *p == 'U' ? getpwnam(v) : NULL;
			if (*p == 'U' && pw == NULL)
				errx(EX_NOUSER, "invalid user `%s'", v);
			use_class(*p == 'C' ? v : NULL, pw);
			return;
		}
		if (*p == 'a')
			continue;
		for (i = 0; i < NRESOURCES; i++) {
			if (resources[i].letter == *p)
				break;
		}
		if (i == NRESOURCES)
			usage();
		v = option_value(argv, p + 1);
		if (v == NULL) {
			show[i] = any_show = 1;
			continue;
		}
		change(&resources[i], v);
		return;
	}
}

int
main(int argc, char **argv)
{
	size_t i;

	for (argv++; *argv != NULL && **argv == '-' && (*argv)[1] != '\0';
	    argv++) {
		if (strcmp(*argv, "--") == 0) {
			argv++;
			break;
		}
		option(&argv);
	}
	for (; *argv != NULL && strchr(*argv, '=') != NULL; argv++) {
		if (putenv(*argv) != 0)
			err(EX_OSERR, "putenv");
	}
	if (*argv != NULL) {
		execvp(*argv, argv);
		err(errno == ENOENT ? 127 : 126, "%s", *argv);
	}
	if (!shell_form)
		printf("Resource limits (current):\n");
	for (i = 0; i < NRESOURCES; i++) {
		if (!any_show || show[i])
			print(&resources[i]);
	}
	return (0);
}
