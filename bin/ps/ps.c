/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ps - process status
 *
 * usage: ps [-AaHjLlmruvwx] [-O fmt | -o fmt] [-p pid[,pid]] [-t tty]
 *          [-U user[,user]]
 *
 * Reads all processes by sysctl kern.proc, selects, sorts and prints them.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysctl.h>

#include <err.h>
#include <errno.h>
#include <paths.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "proclist.h"
#include "ps.h"

#define DEFAULT_FORMAT	"pid tt state time command"
#define J_FORMAT	"user pid ppid pgid sess jobc state tt time command"
#define L_FORMAT	"uid pid ppid cpu pri nice vsz rss wchan state tt time " \
			"command"
#define U_FORMAT	"user pid %cpu %mem vsz rss tt state start time command"
#define V_FORMAT	"pid state time sl pagein vsz rss tsiz %cpu %mem command"

int ps_wide;

static struct column *columns;
static size_t ncolumns;
static int all_users, no_tty_too, threads, columns_wide = 79;
static enum { BY_TTY, BY_CPU, BY_MEM } order;
static pid_t *pids;
static uid_t *uids;
static size_t npids, nuids;
static dev_t wanted_tty = NODEV;

static void
add_columns(const char *format)
{
	char *copy = strdup(format), *rest = copy, *word, *title;
	const struct keyword *key;

	if (copy == NULL)
		err(1, NULL);
	while ((word = strsep(&rest, " ,\t")) != NULL) {
		if (*word == '\0')
			continue;
		title = strchr(word, '=');
		if (title != NULL) {
			*title++ = '\0';
			if (rest != NULL)	/* the title is all the rest */
				rest[-1] = format[rest - 1 - copy];
			rest = NULL;
		}
		key = ps_keyword(word);
		if (key == NULL) {
			warnx("%s: keyword not found", word);
			continue;
		}
		columns = reallocarray(columns, ncolumns + 1, sizeof(*columns));
		if (columns == NULL)
			err(1, NULL);
		columns[ncolumns].key = key;
		columns[ncolumns].title = title != NULL ? strdup(title) :
		    key->title;
		columns[ncolumns++].width = key->width;
	}
	free(copy);
}

static void
add_pids(char *list)
{
	char *word, *end;
	long pid;

	while ((word = strsep(&list, ", \t")) != NULL) {
		if (*word == '\0')
			continue;
		pid = strtol(word, &end, 10);
		if (*end != '\0' || pid < 0)
			errx(1, "illegal process id: %s", word);
		pids = reallocarray(pids, npids + 1, sizeof(*pids));
		if (pids == NULL)
			err(1, NULL);
		pids[npids++] = (pid_t)pid;
	}
}

static void
add_users(char *list)
{
	struct passwd *pw;
	char *word, *end;
	unsigned long uid;

	while ((word = strsep(&list, ", \t")) != NULL) {
		if (*word == '\0')
			continue;
		pw = getpwnam(word);
		uid = strtoul(word, &end, 10);
		if (pw == NULL && *end != '\0')
			errx(1, "%s: no such user", word);
		uids = reallocarray(uids, nuids + 1, sizeof(*uids));
		if (uids == NULL)
			err(1, NULL);
		uids[nuids++] = pw != NULL ? pw->pw_uid : (uid_t)uid;
	}
}

static void
set_tty(const char *name)
{
	char path[64];
	struct stat st;

	if (strcmp(name, "co") == 0)
		name = "console";
	snprintf(path, sizeof(path), *name == '/' ? "%s" : _PATH_DEV "%s", name);
	if (stat(path, &st) < 0) {
		snprintf(path, sizeof(path), _PATH_DEV "tty%s", name);
		if (stat(path, &st) < 0)
			err(1, "%s", path);
	}
	wanted_tty = st.st_rdev;
	no_tty_too = 1;
}

static int
selected(const struct kinfo_proc *kp)
{
	size_t i;

	if (npids > 0) {
		for (i = 0; i < npids; i++) {
			if (pids[i] == kp->kp_pid)
				return (1);
		}
		return (0);
	}
	if (wanted_tty != NODEV)
		return (kp->kp_tdev == wanted_tty);
	if (nuids > 0) {
		for (i = 0; i < nuids; i++) {
			if (uids[i] == kp->kp_uid)
				return (1);
		}
		return (0);
	}
	if (!all_users && kp->kp_uid != getuid())
		return (0);
	return (no_tty_too || (kp->kp_tdev != NODEV &&
	    (kp->kp_flags & P_CONTROLT) != 0));
}

static int
compare(const void *pa, const void *pb)
{
	const struct kinfo_proc *a = pa, *b = pb;

	if (order == BY_CPU && a->kp_lwp.kl_pctcpu != b->kp_lwp.kl_pctcpu)
		return (a->kp_lwp.kl_pctcpu < b->kp_lwp.kl_pctcpu ? 1 : -1);
	if (order == BY_MEM && a->kp_vm_rssize != b->kp_vm_rssize)
		return (a->kp_vm_rssize < b->kp_vm_rssize ? 1 : -1);
	if (a->kp_tdev != b->kp_tdev)
		return (a->kp_tdev < b->kp_tdev ? -1 : 1);
	if (a->kp_pid != b->kp_pid)
		return (a->kp_pid < b->kp_pid ? -1 : 1);
	return ((a->kp_lwp.kl_tid > b->kp_lwp.kl_tid) -
	    (a->kp_lwp.kl_tid < b->kp_lwp.kl_tid));
}

static void
print_row(char **texts)
{
	char line[PS_TEXT * 2];
	size_t i, n = 0;
	int width;

	for (i = 0; i < ncolumns; i++) {
		width = i + 1 == ncolumns ? 0 : columns[i].width;
		n += (size_t)snprintf(line + n, sizeof(line) - n, "%s%*s",
		    i > 0 ? " " : "", columns[i].key->left ? -width : width,
		    texts[i]);
		if (n >= sizeof(line))
			n = sizeof(line) - 1;
	}
	if (!ps_wide && n > (size_t)columns_wide)
		n = (size_t)columns_wide;
	printf("%.*s\n", (int)n, line);
}

/* Columns are as wide as their titles and values need. */
static void
print(const struct kinfo_proc *list, size_t n)
{
	char ***rows = calloc(n + 1, sizeof(*rows)), *buf = malloc(PS_TEXT);
	size_t i, c, shown = 0;
	int len, titles = 0;

	if (rows == NULL || buf == NULL)
		err(1, NULL);
	for (i = 0; i < n; i++) {
		if (!selected(&list[i]))
			continue;
		rows[shown] = calloc(ncolumns, sizeof(char *));
		for (c = 0; c < ncolumns; c++) {
			columns[c].key->value(&list[i], buf);
			rows[shown][c] = strdup(buf);
		}
		shown++;
	}
	for (c = 0; c < ncolumns; c++) {
		len = (int)strlen(columns[c].title);
		titles |= len > 0;
		if (len > columns[c].width)
			columns[c].width = len;
		for (i = 0; i < shown; i++) {
			len = (int)strlen(rows[i][c]);
			if (len > columns[c].width && c + 1 < ncolumns)
				columns[c].width = len;
		}
	}
	if (titles) {
		char **head = calloc(ncolumns, sizeof(char *));

		for (c = 0; c < ncolumns; c++)
			head[c] = __DECONST(char *, columns[c].title);
		print_row(head);
		free(head);
	}
	for (i = 0; i < shown; i++)
		print_row(rows[i]);
	if (shown == 0)
		exit(1);
}

/* "ps ax" is "ps -ax". */
static char *
dashed(char *arg)
{
	char *copy;

	if (*arg == '-')
		return (arg);
	if (asprintf(&copy, "-%s", arg) < 0)
		err(1, NULL);
	return (copy);
}

static void
usage(void)
{
	fprintf(stderr, "usage: ps [-AaHjlmruvwxL] [-O fmt | -o fmt] "
	    "[-p pid[,pid]] [-t tty] [-U user[,user]]\n");
	exit(EX_USAGE);
}

int
main(int argc, char **argv)
{
	const char *format = NULL;
	struct kinfo_proc *list;
	struct winsize ws;
	size_t n;
	int c, own = 0;

	if (argc > 1)
		argv[1] = dashed(argv[1]);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
		columns_wide = ws.ws_col;
	else if (!isatty(STDOUT_FILENO))
		ps_wide = 1;
	while ((c = getopt(argc, argv, "AaHjLlmO:o:p:rt:U:uvwx")) != -1) {
		switch (c) {
		case 'A': all_users = no_tty_too = 1; break;
		case 'a': all_users = 1; break;
		case 'H': threads = 1; break;
		case 'j': format = J_FORMAT; break;
		case 'L': ps_list_keywords(); return (0);
		case 'l': format = L_FORMAT; break;
		case 'm': order = BY_MEM; break;
		case 'O':
			add_columns("pid");
			add_columns(optarg);
			add_columns("state tt time command");
			own = 1;
			break;
		case 'o': add_columns(optarg); own = 1; break;
		case 'p': add_pids(optarg); break;
		case 'r': order = BY_CPU; break;
		case 't': set_tty(optarg); break;
		case 'U': add_users(optarg); no_tty_too = 1; break;
		case 'u': format = U_FORMAT; order = BY_CPU; break;
		case 'v': format = V_FORMAT; order = BY_MEM; break;
		case 'w':
			if (columns_wide < 131)
				columns_wide = 131;
			else
				ps_wide = 1;
			break;
		case 'x': no_tty_too = 1; break;
		default: usage();
		}
	}
	argv += optind;
	for (; *argv != NULL; argv++)
		add_pids(*argv);
	if (!own)
		add_columns(format != NULL ? format : DEFAULT_FORMAT);
	if (ncolumns == 0)
		errx(1, "no valid keywords");
	list = proclist_read(threads ? KERN_PROC_FLAG_LWP : 0, &n);
	qsort(list, n, sizeof(*list), compare);
	print(list, n);
	return (0);
}
