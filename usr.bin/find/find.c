/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * find - walk a file hierarchy
 *
 * usage: find [-H | -L | -P] [-Edsx] [-f path] [path ...] [expression]
 *
 * The expression is compiled into a tree of nodes, evaluated for every file.
 */
#include <sys/types.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct node {
	int		(*eval)(struct node *n, FTSENT *p);
	struct node	*left, *right;
	char		*text;
	char		**argv;		/* -exec; {} marks the path */
	int		plus;		/* -exec ... + */
	size_t		nfixed, nargs;
	intmax_t	number;
	int		compare;	/* -1, 0, 1: less, equal, more */
	int		in_bytes;
	void		*mode;
	int		mode_how;	/* 0 equal, '-' all, '+' any */
	dev_t		dev;		/* -samefile */
	int		in_dir;		/* -execdir */
	struct timespec	ts;
	regex_t		re;
};

static char **arg;
static FTS *tree;
static int fts_flags = FTS_PHYSICAL, depth_first, has_action, status, quit;
static int sorted, regex_flags;
static long min_depth = -1, max_depth = -1;
static time_t now;

static struct node *parse_or(void);

static struct node *
new_node(int (*eval)(struct node *, FTSENT *))
{
	struct node *n = calloc(1, sizeof(*n));

	if (n == NULL)
		err(1, NULL);
	n->eval = eval;
	return (n);
}

static char *
need_arg(const char *primary)
{
	if (*arg == NULL)
		errx(1, "%s: requires additional arguments", primary);
	return (*arg++);
}

/* --- evaluation --- */

static int
eval_and(struct node *n, FTSENT *p)
{
	return (n->left->eval(n->left, p) && n->right->eval(n->right, p));
}

static int
eval_or(struct node *n, FTSENT *p)
{
	return (n->left->eval(n->left, p) || n->right->eval(n->right, p));
}

static int
eval_not(struct node *n, FTSENT *p)
{
	return (!n->left->eval(n->left, p));
}

static int
eval_true(struct node *n, FTSENT *p)
{
	return (1);
}

static int
eval_false(struct node *n, FTSENT *p)
{
	return (0);
}

static int
eval_print(struct node *n, FTSENT *p)
{
	fputs(p->fts_path, stdout);
	putchar((int)n->number);
	return (1);
}

static int
eval_ls(struct node *n, FTSENT *p)
{
	const struct stat *st = p->fts_statp;
	char mode[12], when[32];
	struct passwd *pw = getpwuid(st->st_uid);
	struct group *gr = getgrgid(st->st_gid);
	time_t t = st->st_mtime;

	strmode(st->st_mode, mode);
	strftime(when, sizeof(when), "%b %e %H:%M", localtime(&t));
	printf("%8ju %6jd %s %3u %-10s %-10s %10jd %s %s\n",
	    (uintmax_t)st->st_ino, (intmax_t)st->st_blocks, mode,
	    (unsigned int)st->st_nlink, pw != NULL ? pw->pw_name : "?",
	    gr != NULL ? gr->gr_name : "?", (intmax_t)st->st_size, when,
	    p->fts_path);
	return (1);
}

static int
eval_name(struct node *n, FTSENT *p)
{
	return (fnmatch(n->text, p->fts_name, (int)n->number) == 0);
}

static int
eval_path(struct node *n, FTSENT *p)
{
	return (fnmatch(n->text, p->fts_path, (int)n->number) == 0);
}

static int
eval_regex(struct node *n, FTSENT *p)
{
	regmatch_t m;

	return (regexec(&n->re, p->fts_path, 1, &m, 0) == 0 && m.rm_so == 0 &&
	    (size_t)m.rm_eo == strlen(p->fts_path));
}

static int
eval_type(struct node *n, FTSENT *p)
{
	return ((intmax_t)(p->fts_statp->st_mode & S_IFMT) == n->number);
}

static int
compare_number(const struct node *n, intmax_t value)
{
	if (n->compare < 0)
		return (value < n->number);
	if (n->compare > 0)
		return (value > n->number);
	return (value == n->number);
}

static int
eval_size(struct node *n, FTSENT *p)
{
	intmax_t size = p->fts_statp->st_size;

	return (compare_number(n, n->in_bytes ? size : (size + 511) / 512));
}

static int
eval_links(struct node *n, FTSENT *p)
{
	return (compare_number(n, p->fts_statp->st_nlink));
}

static int
eval_inum(struct node *n, FTSENT *p)
{
	return (compare_number(n, (intmax_t)p->fts_statp->st_ino));
}

static const struct timespec *
stamp_of(const struct stat *st, int which)
{
	return (which == 'a' ? &st->st_atim : which == 'c' ? &st->st_ctim :
	    &st->st_mtim);
}

static time_t
stamp(const struct node *n, FTSENT *p)
{
	return (stamp_of(p->fts_statp, n->in_bytes)->tv_sec);
}

static int
eval_days(struct node *n, FTSENT *p)
{
	return (compare_number(n, (now - stamp(n, p) + 86399) / 86400));
}

static int
eval_minutes(struct node *n, FTSENT *p)
{
	return (compare_number(n, (now - stamp(n, p) + 59) / 60));
}

static int
eval_newer(struct node *n, FTSENT *p)
{
	const struct timespec *t = stamp_of(p->fts_statp, n->in_bytes);

	return (t->tv_sec > n->ts.tv_sec || (t->tv_sec == n->ts.tv_sec &&
	    t->tv_nsec > n->ts.tv_nsec));
}

static int
eval_user(struct node *n, FTSENT *p)
{
	return ((intmax_t)p->fts_statp->st_uid == n->number);
}

static int
eval_group(struct node *n, FTSENT *p)
{
	return ((intmax_t)p->fts_statp->st_gid == n->number);
}

static int
eval_perm(struct node *n, FTSENT *p)
{
	mode_t have = p->fts_statp->st_mode & 07777;
	mode_t want = getmode(n->mode, 0);

	switch (n->mode_how) {
	case '-':
		return ((have & want) == want);
	case '+':
		return ((have & want) != 0);
	default:
		return (have == want);
	}
}

static int
eval_nouser(struct node *n, FTSENT *p)
{
	return (getpwuid(p->fts_statp->st_uid) == NULL);
}

static int
eval_nogroup(struct node *n, FTSENT *p)
{
	return (getgrgid(p->fts_statp->st_gid) == NULL);
}

static int
eval_samefile(struct node *n, FTSENT *p)
{
	return ((intmax_t)p->fts_statp->st_ino == n->number &&
	    p->fts_statp->st_dev == n->dev);
}

static int
eval_depth(struct node *n, FTSENT *p)
{
	return (compare_number(n, p->fts_level));
}

static int
eval_flags(struct node *n, FTSENT *p)
{
	intmax_t have = p->fts_statp->st_flags;

	switch (n->mode_how) {
	case '-':
		return ((have & n->number) == n->number);
	case '+':
		return ((have & n->number) != 0);
	default:
		return (have == n->number);
	}
}

/* One question a file system, as long as the walk stays on it. */
static int
eval_fstype(struct node *n, FTSENT *p)
{
	static struct statfs fs;
	static dev_t dev;
	static int known;

	if (!known || p->fts_statp->st_dev != dev) {
		if (statfs(p->fts_accpath, &fs) != 0)
			return (0);
		dev = p->fts_statp->st_dev;
		known = 1;
	}
	if (strcmp(n->text, "local") == 0)
		return ((fs.f_flags & MNT_LOCAL) != 0);
	if (strcmp(n->text, "rdonly") == 0)
		return ((fs.f_flags & MNT_RDONLY) != 0);
	return (strcmp(n->text, fs.f_fstypename) == 0);
}

static int
eval_empty(struct node *n, FTSENT *p)
{
	struct stat st;

	if (S_ISREG(p->fts_statp->st_mode))
		return (p->fts_statp->st_size == 0);
	if (!S_ISDIR(p->fts_statp->st_mode) || stat(p->fts_accpath, &st) < 0)
		return (0);
	char *dirs[] = { p->fts_accpath, NULL };
	FTS *d = fts_open(dirs, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	int empty = 0;

	if (d != NULL) {
		if (fts_read(d) != NULL)
			empty = fts_children(d, FTS_NAMEONLY) == NULL &&
			    errno == 0;
		fts_close(d);
	}
	return (empty);
}

static int
eval_prune(struct node *n, FTSENT *p)
{
	fts_set(tree, p, FTS_SKIP);
	return (1);
}

/* Everything that was collected for -exec ... + still runs. */
static int
eval_quit(struct node *n, FTSENT *p)
{
	quit = 1;
	return (1);
}

static int
eval_delete(struct node *n, FTSENT *p)
{
	if (strcmp(p->fts_accpath, ".") == 0)
		return (1);
	if ((S_ISDIR(p->fts_statp->st_mode) ? rmdir : unlink)
	    (p->fts_accpath) < 0) {
		warn("-delete: %s", p->fts_path);
		status = 1;
	}
	return (1);
}

/* In the directory of p, if there is one. */
static int
run(char **argv, FTSENT *p)
{
	const char *slash;
	char *dir;
	int st;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		slash = p != NULL ? strrchr(p->fts_accpath, '/') : NULL;
		if (slash != NULL) {
			dir = strndup(p->fts_accpath, slash ==
			    p->fts_accpath ? 1 :
			    (size_t)(slash - p->fts_accpath));
			if (dir == NULL || chdir(dir) != 0)
				err(1, "%s", dir);
		}
		execvp(argv[0], argv);
		warn("%s", argv[0]);
		_exit(1);
	}
	while (waitpid(pid, &st, 0) < 0 && errno == EINTR)
		continue;
	return (WIFEXITED(st) && WEXITSTATUS(st) == 0);
}

static void
flush_plus(struct node *n)
{
	size_t i;

	if (n->nargs == n->nfixed)
		return;
	n->argv[n->nargs] = NULL;
	if (!run(n->argv, NULL))
		status = 1;
	for (i = n->nfixed; i < n->nargs; i++)
		free(n->argv[i]);
	n->nargs = n->nfixed;
}

#define PLUS_ARGS	2000

static int
eval_exec(struct node *n, FTSENT *p)
{
	const char *path = n->in_dir ? p->fts_name : p->fts_path;
	char **copy, *at, *joined;
	size_t i;
	int rc;

	if (n->plus) {
		n->argv[n->nargs++] = strdup(p->fts_path);
		if (n->nargs - n->nfixed == PLUS_ARGS)
			flush_plus(n);
		return (1);
	}
	copy = calloc(n->nfixed + 1, sizeof(*copy));
	for (i = 0; i < n->nfixed; i++) {
		at = strstr(n->argv[i], "{}");
		if (at == NULL) {
			copy[i] = strdup(n->argv[i]);
			continue;
		}
		if (asprintf(&joined, "%.*s%s%s", (int)(at - n->argv[i]),
		    n->argv[i], path, at + 2) < 0)
			err(1, NULL);
		copy[i] = joined;
	}
	if (n->number) {
		fprintf(stderr, "\"%s ... %s\"? ", copy[0], p->fts_path);
		int c = getchar(), first = c;

		while (c != '\n' && c != EOF)
			c = getchar();
		rc = first == 'y' && run(copy, n->in_dir ? p : NULL);
	} else {
		rc = run(copy, n->in_dir ? p : NULL);
	}
	for (i = 0; i < n->nfixed; i++)
		free(copy[i]);
	free(copy);
	return (rc);
}

/* --- parsing --- */

static void
set_number(struct node *n, const char *primary, char *text)
{
	char *end;

	if (*text == '+' || *text == '-')
		n->compare = *text++ == '+' ? 1 : -1;
	n->number = strtoll(text, &end, 10);
	if (end == text)
		errx(1, "%s: %s: illegal numeric value", primary, text);
	if (n->eval != eval_size || *end == '\0') {
		if (*end != '\0')
			errx(1, "%s: %s: illegal trailing character", primary,
			    text);
		return;
	}
	n->in_bytes = 1;
	switch (*end) {
	case 'c': break;
	case 'k': n->number *= 1024; break;
	case 'M': n->number *= 1024 * 1024; break;
	case 'G': n->number *= 1024L * 1024 * 1024; break;
	case 'T': n->number *= 1024L * 1024 * 1024 * 1024; break;
	default: errx(1, "%s: %s: illegal trailing character", primary, text);
	}
}

static void
parse_exec(struct node *n, const char *primary)
{
	char **start = arg;

	n->number = strncmp(primary, "-ok", 3) == 0;
	n->in_dir = strcmp(primary + strlen(primary) - 3, "dir") == 0;
	for (;; arg++) {
		if (*arg == NULL)
			errx(1, "%s: no terminating \";\" or \"+\"", primary);
		if (strcmp(*arg, ";") == 0)
			break;
		if (!n->in_dir && strcmp(*arg, "+") == 0 && arg > start &&
		    strcmp(arg[-1], "{}") == 0) {
			n->plus = 1;
			break;
		}
	}
	n->nfixed = (size_t)(arg - start) - (size_t)n->plus;
	if (n->nfixed == 0)
		errx(1, "%s: no command specified", primary);
	n->argv = calloc(n->nfixed + PLUS_ARGS + 1, sizeof(*n->argv));
	memcpy(n->argv, start, n->nfixed * sizeof(*n->argv));
	n->nargs = n->nfixed;
	arg++;
	has_action = 1;
}

static struct node *plus_list[64];
static int nplus;

static mode_t
type_of(const char *text)
{
	switch (*text) {
	case 'b': return (S_IFBLK);
	case 'c': return (S_IFCHR);
	case 'd': return (S_IFDIR);
	case 'f': return (S_IFREG);
	case 'l': return (S_IFLNK);
	case 'p': return (S_IFIFO);
	case 's': return (S_IFSOCK);
	}
	errx(1, "-type: %s: unknown type", text);
}

static struct node *
parse_name_primary(const char *word)
{
	struct node *n;

	if (strcmp(word, "-name") == 0 || strcmp(word, "-iname") == 0) {
		n = new_node(eval_name);
		n->number = word[1] == 'i' ? FNM_CASEFOLD : 0;
		n->text = need_arg(word);
	} else if (strcmp(word, "-path") == 0 || strcmp(word, "-ipath") == 0 ||
	    strcmp(word, "-wholename") == 0) {
		n = new_node(eval_path);
		n->number = word[1] == 'i' ? FNM_CASEFOLD : 0;
		n->text = need_arg(word);
	} else if (strcmp(word, "-regex") == 0 ||
	    strcmp(word, "-iregex") == 0) {
		n = new_node(eval_regex);
		n->text = need_arg(word);
		if (regcomp(&n->re, n->text, regex_flags |
		    (word[1] == 'i' ? REG_ICASE : 0)) != 0)
			errx(1, "%s: %s: bad expression", word, n->text);
	} else {
		return (NULL);
	}
	return (n);
}

static void
stat_argument(const char *word, struct stat *st)
{
	const char *path = need_arg(word);

	if (((fts_flags & FTS_LOGICAL) ? stat : lstat)(path, st) < 0)
		err(1, "%s", path);
}

/* -newer, -anewer, -cnewer and -newerXY: X of the file, Y of the argument. */
static struct node *
parse_newer(const char *word)
{
	struct node *n = new_node(eval_newer);
	const char *xy = "mm";
	struct stat st;
	struct tm tm;
	char *text;

	if (strncmp(word, "-newer", 6) == 0) {
		if (word[6] != '\0')
			xy = word + 6;
	} else {
		xy = word[1] == 'a' ? "am" : "cm";
	}
	if (strchr("acm", xy[0]) == NULL || xy[1] == '\0' ||
	    strchr("acmt", xy[1]) == NULL || xy[2] != '\0')
		errx(1, "%s: unknown primary or operator", word);
	n->in_bytes = xy[0];
	if (xy[1] != 't') {
		stat_argument(word, &st);
		n->ts = *stamp_of(&st, xy[1]);
		return (n);
	}
	text = need_arg(word);
	memset(&tm, 0, sizeof(tm));
	tm.tm_isdst = -1;
	if (strptime(text, "%Y-%m-%d %H:%M:%S", &tm) == NULL &&
	    strptime(text, "%Y-%m-%dT%H:%M:%S", &tm) == NULL &&
	    strptime(text, "%Y-%m-%d %H:%M", &tm) == NULL &&
	    strptime(text, "%Y-%m-%d", &tm) == NULL)
		errx(1, "%s: %s: not a time", word, text);
	n->ts.tv_sec = mktime(&tm);
	return (n);
}

/* What BSD has beyond POSIX. */
static struct node *
parse_more_stat(const char *word)
{
	struct node *n;
	struct stat st;
	u_long set, clear;
	char *text;

	if (strcmp(word, "-nouser") == 0) {
		n = new_node(eval_nouser);
	} else if (strcmp(word, "-nogroup") == 0) {
		n = new_node(eval_nogroup);
	} else if (strcmp(word, "-samefile") == 0) {
		n = new_node(eval_samefile);
		stat_argument(word, &st);
		n->number = (intmax_t)st.st_ino;
		n->dev = st.st_dev;
	} else if (strcmp(word, "-fstype") == 0) {
		n = new_node(eval_fstype);
		n->text = need_arg(word);
	} else if (strcmp(word, "-flags") == 0) {
		n = new_node(eval_flags);
		text = need_arg(word);
		if (*text == '-' || *text == '+')
			n->mode_how = *text++;
		if (strtofflags(&text, &set, &clear) != 0)
			errx(1, "-flags: %s: illegal flags string", text);
		n->number = (intmax_t)set;
	} else if (strcmp(word, "-anewer") == 0 ||
	    strcmp(word, "-cnewer") == 0 || strncmp(word, "-newer", 6) == 0) {
		n = parse_newer(word);
	} else {
		return (NULL);
	}
	return (n);
}

static struct node *
parse_stat_primary(const char *word)
{
	struct node *n;
	struct passwd *pw;
	struct group *gr;
	char *text;

	if (strcmp(word, "-type") == 0) {
		n = new_node(eval_type);
		n->number = type_of(need_arg(word));
	} else if (strcmp(word, "-size") == 0) {
		n = new_node(eval_size);
		set_number(n, word, need_arg(word));
	} else if (strcmp(word, "-links") == 0) {
		n = new_node(eval_links);
		set_number(n, word, need_arg(word));
	} else if (strcmp(word, "-inum") == 0) {
		n = new_node(eval_inum);
		set_number(n, word, need_arg(word));
	} else if (strcmp(word, "-mtime") == 0 || strcmp(word, "-atime") == 0 ||
	    strcmp(word, "-ctime") == 0) {
		n = new_node(eval_days);
		set_number(n, word, need_arg(word));
		n->in_bytes = word[1];
	} else if (strcmp(word, "-mmin") == 0 || strcmp(word, "-amin") == 0 ||
	    strcmp(word, "-cmin") == 0) {
		n = new_node(eval_minutes);
		set_number(n, word, need_arg(word));
		n->in_bytes = word[1];
	} else if (strcmp(word, "-user") == 0) {
		n = new_node(eval_user);
		text = need_arg(word);
		pw = getpwnam(text);
		n->number = pw != NULL ? (intmax_t)pw->pw_uid : atoll(text);
	} else if (strcmp(word, "-group") == 0) {
		n = new_node(eval_group);
		text = need_arg(word);
		gr = getgrnam(text);
		n->number = gr != NULL ? (intmax_t)gr->gr_gid : atoll(text);
	} else if (strcmp(word, "-perm") == 0) {
		n = new_node(eval_perm);
		text = need_arg(word);
		if (*text == '-' || *text == '+' || *text == '/')
			n->mode_how = *text == '-' ? '-' : '+';
		n->mode = setmode(text + (n->mode_how != 0));
		if (n->mode == NULL)
			errx(1, "-perm: %s: illegal mode string", text);
	} else if (strcmp(word, "-empty") == 0) {
		n = new_node(eval_empty);
	} else {
		return (parse_more_stat(word));
	}
	return (n);
}

static struct node *
parse_action(const char *word)
{
	struct node *n;

	if (strcmp(word, "-print") == 0 || strcmp(word, "-print0") == 0) {
		n = new_node(eval_print);
		n->number = word[6] == '0' ? '\0' : '\n';
		has_action = 1;
	} else if (strcmp(word, "-ls") == 0) {
		n = new_node(eval_ls);
		has_action = 1;
	} else if (strcmp(word, "-exec") == 0 || strcmp(word, "-ok") == 0 ||
	    strcmp(word, "-execdir") == 0 || strcmp(word, "-okdir") == 0) {
		n = new_node(eval_exec);
		parse_exec(n, word);
		if (n->plus) {
			if (nplus == 64)
				errx(1, "too many -exec ... +");
			plus_list[nplus++] = n;
		}
	} else if (strcmp(word, "-delete") == 0) {
		n = new_node(eval_delete);
		depth_first = has_action = 1;
	} else if (strcmp(word, "-quit") == 0) {
		n = new_node(eval_quit);
		has_action = 1;
	} else if (strcmp(word, "-prune") == 0) {
		n = new_node(eval_prune);
	} else if (strcmp(word, "-true") == 0) {
		n = new_node(eval_true);
	} else if (strcmp(word, "-false") == 0) {
		n = new_node(eval_false);
	} else if (strcmp(word, "-depth") == 0 && *arg != NULL &&
	    (*arg)[strspn(*arg, "+-")] >= '0' &&
	    (*arg)[strspn(*arg, "+-")] <= '9') {
		n = new_node(eval_depth);
		set_number(n, word, need_arg(word));
	} else if (strcmp(word, "-depth") == 0 || strcmp(word, "-d") == 0) {
		depth_first = 1;
		n = new_node(eval_true);
	} else if (strcmp(word, "-xdev") == 0 || strcmp(word, "-mount") == 0 ||
	    strcmp(word, "-x") == 0) {
		fts_flags |= FTS_XDEV;
		n = new_node(eval_true);
	} else if (strcmp(word, "-maxdepth") == 0) {
		max_depth = atol(need_arg(word));
		n = new_node(eval_true);
	} else if (strcmp(word, "-mindepth") == 0) {
		min_depth = atol(need_arg(word));
		n = new_node(eval_true);
	} else if (strcmp(word, "-follow") == 0) {
		fts_flags = (fts_flags & ~FTS_PHYSICAL) | FTS_LOGICAL;
		n = new_node(eval_true);
	} else {
		return (NULL);
	}
	return (n);
}

static struct node *
parse_primary(void)
{
	struct node *n;
	const char *word = *arg++;

	if (strcmp(word, "(") == 0) {
		n = parse_or();
		if (*arg == NULL || strcmp(*arg, ")") != 0)
			errx(1, "(: missing closing ')'");
		arg++;
		return (n);
	}
	if (strcmp(word, "!") == 0 || strcmp(word, "-not") == 0) {
		if (*arg == NULL)
			errx(1, "!: no following expression");
		n = new_node(eval_not);
		n->left = parse_primary();
		return (n);
	}
	if ((n = parse_name_primary(word)) == NULL &&
	    (n = parse_stat_primary(word)) == NULL &&
	    (n = parse_action(word)) == NULL)
		errx(1, "%s: unknown primary or operator", word);
	return (n);
}

static struct node *
parse_and(void)
{
	struct node *left = parse_primary(), *n;

	while (*arg != NULL && strcmp(*arg, ")") != 0 &&
	    strcmp(*arg, "-o") != 0 && strcmp(*arg, "-or") != 0) {
		if (strcmp(*arg, "-a") == 0 || strcmp(*arg, "-and") == 0)
			arg++;
		if (*arg == NULL)
			errx(1, "-a: no following expression");
		n = new_node(eval_and);
		n->left = left;
		n->right = parse_primary();
		left = n;
	}
	return (left);
}

static struct node *
parse_or(void)
{
	struct node *left, *n;

	if (*arg == NULL)
		errx(1, "expression expected");
	left = parse_and();
	while (*arg != NULL &&
	    (strcmp(*arg, "-o") == 0 || strcmp(*arg, "-or") == 0)) {
		arg++;
		if (*arg == NULL)
			errx(1, "-o: no following expression");
		n = new_node(eval_or);
		n->left = left;
		n->right = parse_and();
		left = n;
	}
	return (left);
}

static struct node *
parse_expression(void)
{
	struct node *n, *print, *both;

	n = *arg == NULL ? new_node(eval_true) : parse_or();
	if (*arg != NULL)
		errx(1, "%s: unexpected", *arg);
	if (has_action)
		return (n);
	print = new_node(eval_print);
	print->number = '\n';
	both = new_node(eval_and);
	both->left = n;
	both->right = print;
	return (both);
}

static int
by_name(const FTSENT **a, const FTSENT **b)
{
	return (strcoll((*a)->fts_name, (*b)->fts_name));
}

static void
walk(char **paths, struct node *expression)
{
	FTSENT *p;

	tree = fts_open(paths, fts_flags | FTS_NOCHDIR,
	    sorted ? by_name : NULL);
	if (tree == NULL)
		err(1, "fts_open");
	while (!quit && (p = fts_read(tree)) != NULL) {
		if (max_depth >= 0 && p->fts_level >= max_depth)
			fts_set(tree, p, FTS_SKIP);
		switch (p->fts_info) {
		case FTS_D:
			if (depth_first)
				continue;
			break;
		case FTS_DP:
			if (!depth_first)
				continue;
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			status = 1;
			continue;
		}
		if (p->fts_level >= min_depth &&
		    (max_depth < 0 || p->fts_level <= max_depth))
			expression->eval(expression, p);
	}
	if (!quit && errno != 0)
		err(1, "fts_read");
	fts_close(tree);
}

int
main(int argc, char **argv)
{
	char **paths = calloc((size_t)argc + 1, sizeof(*paths));
	int c, n = 0, i;
	struct node *expression;

	now = time(NULL);
	while ((c = getopt(argc, argv, "+EHLPdf:sx")) != -1) {
		switch (c) {
		case 'E': regex_flags |= REG_EXTENDED; break;
		case 'H': fts_flags |= FTS_COMFOLLOW; break;
		case 'L': fts_flags = (fts_flags & ~FTS_PHYSICAL) | FTS_LOGICAL; break;
		case 'P': break;
		case 'd': depth_first = 1; break;
		case 'f': paths[n++] = optarg; break;
		case 's': sorted = 1; break;
		case 'x': fts_flags |= FTS_XDEV; break;
		default: goto usage;
		}
	}
	for (argv += optind; *argv != NULL && **argv != '-' &&
	    strcmp(*argv, "(") != 0 && strcmp(*argv, "!") != 0; argv++)
		paths[n++] = *argv;
	if (n == 0)
		paths[n++] = __DECONST(char *, ".");
	arg = argv;
	expression = parse_expression();
	walk(paths, expression);
	for (i = 0; i < nplus; i++)
		flush_plus(plus_list[i]);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (status);
usage:
	fprintf(stderr, "usage: find [-H | -L | -P] [-dx] [-f path] "
	    "[path ...] [expression]\n");
	return (1);
}
