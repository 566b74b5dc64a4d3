/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ls - list directory contents
 *
 * usage: ls [-1AaCcdFfGghiklmnopqRrSsTtux] [file ...]
 *
 * Collects the entries of one directory at a time, sorts and prints them;
 * formats are one a line, columns, a comma-separated stream and long.
 */
#include <sys/types.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <dirent.h>
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <libutil.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

struct entry {
	char		*name;
	const char	*dir;	/* NULL: name is the path itself */
	struct stat	 st;
};

static int f_all, f_almost, f_atime, f_block, f_color, f_columns, f_ctime,
    f_dir, f_full_time, f_group_only, f_human, f_inode, f_kilo, f_long,
    f_numeric, f_flags, f_print_q, f_recursive, f_reverse, f_size_sort,
    f_slash, f_sort = 1, f_stream, f_time_sort, f_type, f_across;
static int width = 80, status, printed;
static long block_size = 512;
static time_t now;

static const struct timespec *
time_of(const struct entry *e)
{
	return (f_atime ? &e->st.st_atim : f_ctime ? &e->st.st_ctim :
	    &e->st.st_mtim);
}

static int
compare(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;
	const struct timespec *ta, *tb;
	int rc = 0;

	if (f_time_sort) {
		ta = time_of(a);
		tb = time_of(b);
		rc = (tb->tv_sec > ta->tv_sec) - (tb->tv_sec < ta->tv_sec);
		if (rc == 0)
			rc = (tb->tv_nsec > ta->tv_nsec) -
			    (tb->tv_nsec < ta->tv_nsec);
	} else if (f_size_sort) {
		rc = (b->st.st_size > a->st.st_size) -
		    (b->st.st_size < a->st.st_size);
	}
	if (rc == 0)
		rc = strcmp(a->name, b->name);
	return (f_reverse ? -rc : rc);
}

static void
path_of(const struct entry *e, char *path, size_t size)
{
	if (e->dir == NULL)
		strlcpy(path, e->name, size);
	else
		snprintf(path, size, "%s/%s", e->dir, e->name);
}

/* Prints a name with what is not printable as '?'; returns its width. */
static int
put_name(const char *name)
{
	const unsigned char *p;
	int n = 0;

	for (p = (const unsigned char *)name; *p != '\0'; p++) {
		if (f_print_q && (*p < 0x20 || *p == 0x7f))
			putchar('?');
		else
			putchar(*p);
		if ((*p & 0xc0) != 0x80)
			n++;
	}
	return (n);
}

static int
type_mark(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return ('/');
	case S_IFIFO:
		return (f_type ? '|' : 0);
	case S_IFLNK:
		return (f_type ? '@' : 0);
	case S_IFSOCK:
		return (f_type ? '=' : 0);
	default:
		return (f_type && (mode & 0111) != 0 ? '*' : 0);
	}
}

static const char *
color_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR:
		return ("\033[34m");
	case S_IFLNK:
		return ("\033[35m");
	case S_IFSOCK:
		return ("\033[32m");
	case S_IFIFO:
		return ("\033[33m");
	case S_IFCHR:
	case S_IFBLK:
		return ("\033[34;43m");
	default:
		return ((mode & 0111) != 0 ? "\033[31m" : NULL);
	}
}

static int
put_entry(const struct entry *e)
{
	const char *color = f_color ? color_of(e->st.st_mode) : NULL;
	int n = 0, mark;

	if (f_inode)
		n += printf("%8ju ", (uintmax_t)e->st.st_ino);
	if (f_block)
		n += printf("%6jd ", (intmax_t)((e->st.st_blocks * 512 +
		    block_size - 1) / block_size));
	if (color != NULL)
		fputs(color, stdout);
	n += put_name(e->name);
	if (color != NULL)
		fputs("\033[39;49m", stdout);
	if ((f_type || f_slash) && (mark = type_mark(e->st.st_mode)) != 0) {
		putchar(mark);
		n++;
	}
	return (n);
}

static void
put_time(const struct entry *e)
{
	time_t t = time_of(e)->tv_sec;
	const char *fmt;
	char buf[64];

	if (f_full_time)
		fmt = "%b %e %H:%M:%S %Y";
	else if (t > now - 182 * 86400 && t < now + 182 * 86400)
		fmt = "%b %e %H:%M";
	else
		fmt = "%b %e  %Y";
	strftime(buf, sizeof(buf), fmt, localtime(&t));
	printf("%s ", buf);
}

static const char *
user_name(uid_t uid)
{
	static char buf[16];
	struct passwd *pw = f_numeric ? NULL : getpwuid(uid);

	if (pw != NULL)
		return (pw->pw_name);
	snprintf(buf, sizeof(buf), "%u", (unsigned int)uid);
	return (buf);
}

static const char *
group_name(gid_t gid)
{
	static char buf[16];
	struct group *gr = f_numeric ? NULL : getgrgid(gid);

	if (gr != NULL)
		return (gr->gr_name);
	snprintf(buf, sizeof(buf), "%u", (unsigned int)gid);
	return (buf);
}

struct widths {
	int	links, user, group, flags, size;
};

static int
digits(uintmax_t n)
{
	int d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return (d);
}

static char *
flags_of(const struct entry *e)
{
	char *text = fflagstostr(e->st.st_flags);

	if (text != NULL && *text == '\0') {
		free(text);
		text = strdup("-");
	}
	return (text);
}

static void
measure(const struct entry *list, size_t n, struct widths *w)
{
	char *text;
	size_t i;
	int len;

	memset(w, 0, sizeof(*w));
	for (i = 0; i < n; i++) {
#define GROW(field, value) do {						\
		len = (int)(value);					\
		if (len > w->field)					\
			w->field = len;					\
	} while (0)
		GROW(links, digits(list[i].st.st_nlink));
		GROW(user, strlen(user_name(list[i].st.st_uid)));
		GROW(group, strlen(group_name(list[i].st.st_gid)));
		GROW(size, S_ISCHR(list[i].st.st_mode) ||
		    S_ISBLK(list[i].st.st_mode) ? 15 :
		    digits((uintmax_t)list[i].st.st_size));
		if (f_flags && (text = flags_of(&list[i])) != NULL) {
			GROW(flags, strlen(text));
			free(text);
		}
#undef GROW
	}
	if (f_human)
		w->size = 5;
}

static void
put_size(const struct entry *e, int w)
{
	char buf[8];

	if (S_ISCHR(e->st.st_mode) || S_ISBLK(e->st.st_mode)) {
		printf("%3d, 0x%08x ", (int)major(e->st.st_rdev),
		    (unsigned int)minor(e->st.st_rdev));
	} else if (f_human) {
		humanize_number(buf, 5, e->st.st_size, "", HN_AUTOSCALE,
		    HN_B | HN_NOSPACE | HN_DECIMAL);
		printf("%*s ", w, buf);
	} else {
		printf("%*jd ", w, (intmax_t)e->st.st_size);
	}
}

static void
print_long(const struct entry *list, size_t n)
{
	char mode[12], path[PATH_MAX], target[PATH_MAX], *text;
	struct widths w;
	ssize_t len;
	size_t i;

	measure(list, n, &w);
	for (i = 0; i < n; i++) {
		const struct entry *e = &list[i];

		if (f_inode)
			printf("%8ju ", (uintmax_t)e->st.st_ino);
		if (f_block)
			printf("%6jd ", (intmax_t)((e->st.st_blocks * 512 +
			    block_size - 1) / block_size));
		strmode(e->st.st_mode, mode);
		printf("%s %*u ", mode, w.links, (unsigned int)e->st.st_nlink);
		if (!f_group_only)
			printf("%-*s  ", w.user, user_name(e->st.st_uid));
		printf("%-*s  ", w.group, group_name(e->st.st_gid));
		if (f_flags && (text = flags_of(e)) != NULL) {
			printf("%-*s ", w.flags, text);
			free(text);
		}
		put_size(e, w.size);
		put_time(e);
		text = NULL;
		if (f_color && (text = __DECONST(char *,
		    color_of(e->st.st_mode))) != NULL)
			fputs(text, stdout);
		put_name(e->name);
		if (text != NULL)
			fputs("\033[39;49m", stdout);
		if ((f_type || f_slash) && type_mark(e->st.st_mode) != 0)
			putchar(type_mark(e->st.st_mode));
		if (S_ISLNK(e->st.st_mode)) {
			path_of(e, path, sizeof(path));
			len = readlink(path, target, sizeof(target) - 1);
			if (len >= 0) {
				target[len] = '\0';
				fputs(" -> ", stdout);
				put_name(target);
			}
		}
		putchar('\n');
	}
}

static void
print_columns(const struct entry *list, size_t n)
{
	size_t i, longest = 0, len, rows, columns, r, c;
	int chars, column_width;

	for (i = 0; i < n; i++) {
		len = strlen(list[i].name);
		if (len > longest)
			longest = len;
	}
	longest += (f_inode ? 9U : 0) + (f_block ? 7U : 0) +
	    (f_type || f_slash ? 1U : 0);
	column_width = ((int)longest + 8) & ~7;
	columns = (size_t)(width / column_width);
	if (columns < 1)
		columns = 1;
	rows = (n + columns - 1) / columns;
	for (r = 0; r < rows; r++) {
		for (c = 0; c < columns; c++) {
			i = f_across ? r * columns + c : c * rows + r;
			if (i >= n)
				break;
			chars = put_entry(&list[i]);
			if ((f_across ? i + 1 : i + rows) >= n ||
			    c + 1 == columns)
				break;
			for (; chars < column_width; chars = (chars + 8) & ~7)
				putchar('\t');
		}
		putchar('\n');
	}
}

static void
print_stream(const struct entry *list, size_t n)
{
	size_t i;
	int at = 0, len;

	for (i = 0; i < n; i++) {
		len = (int)strlen(list[i].name) + 3;
		if (at > 0 && at + len >= width) {
			putchar('\n');
			at = 0;
		}
		at += put_entry(&list[i]);
		if (i + 1 < n) {
			fputs(", ", stdout);
			at += 2;
		}
	}
	if (n > 0)
		putchar('\n');
}

static void
print_list(struct entry *list, size_t n)
{
	size_t i;

	if (f_sort)
		qsort(list, n, sizeof(*list), compare);
	if (f_long) {
		print_long(list, n);
	} else if (f_stream) {
		print_stream(list, n);
	} else if (f_columns) {
		print_columns(list, n);
	} else {
		for (i = 0; i < n; i++) {
			put_entry(&list[i]);
			putchar('\n');
		}
	}
}

static void
append(struct entry **list, size_t *n, size_t *cap, const struct entry *e)
{
	if (*n == *cap) {
		*cap = *cap * 2 + 32;
		*list = reallocarray(*list, *cap, sizeof(**list));
		if (*list == NULL)
			err(1, NULL);
	}
	(*list)[(*n)++] = *e;
}

static int
shown(const char *name)
{
	if (name[0] != '.' || f_all)
		return (1);
	return (f_almost && strcmp(name, ".") != 0 && strcmp(name, "..") != 0);
}

static void
list_directory(const char *dir, int titled)
{
	struct entry *list = NULL, e;
	size_t n = 0, cap = 0, i;
	char path[PATH_MAX];
	struct dirent *d;
	int64_t blocks = 0;
	DIR *dp;

	dp = opendir(dir);
	if (dp == NULL) {
		warn("%s", dir);
		status = 1;
		return;
	}
	while ((d = readdir(dp)) != NULL) {
		if (!shown(d->d_name))
			continue;
		memset(&e, 0, sizeof(e));
		e.dir = dir;
		e.name = strdup(d->d_name);
		if (e.name == NULL)
			err(1, NULL);
		path_of(&e, path, sizeof(path));
		if (lstat(path, &e.st) < 0) {
			warn("%s", path);
			status = 1;
			free(e.name);
			continue;
		}
		blocks += e.st.st_blocks;
		append(&list, &n, &cap, &e);
	}
	closedir(dp);
	if (printed)
		putchar('\n');
	if (titled)
		printf("%s:\n", dir);
	printed = 1;
	if (f_long || f_block)
		printf("total %jd\n", (intmax_t)((blocks * 512 +
		    block_size - 1) / block_size));
	print_list(list, n);
	for (i = 0; f_recursive && i < n; i++) {
		if (S_ISDIR(list[i].st.st_mode) &&
		    strcmp(list[i].name, ".") != 0 &&
		    strcmp(list[i].name, "..") != 0) {
			path_of(&list[i], path, sizeof(path));
			list_directory(path, 1);
		}
	}
	for (i = 0; i < n; i++)
		free(list[i].name);
	free(list);
}

static void
list_arguments(char **argv, int argc)
{
	struct entry *files = NULL, *dirs = NULL, e;
	size_t nfiles = 0, ndirs = 0, fcap = 0, dcap = 0, i;
	struct stat st;

	for (; *argv != NULL; argv++) {
		memset(&e, 0, sizeof(e));
		e.name = *argv;
		if (lstat(*argv, &e.st) < 0) {
			warn("%s", *argv);
			status = 1;
			continue;
		}
		if (S_ISLNK(e.st.st_mode) && !f_long && !f_dir && !f_type &&
		    stat(*argv, &st) == 0)
			e.st = st;
		if (S_ISDIR(e.st.st_mode) && !f_dir)
			append(&dirs, &ndirs, &dcap, &e);
		else
			append(&files, &nfiles, &fcap, &e);
	}
	if (nfiles > 0) {
		print_list(files, nfiles);
		printed = 1;
	}
	if (f_sort && ndirs > 0)
		qsort(dirs, ndirs, sizeof(*dirs), compare);
	for (i = 0; i < ndirs; i++)
		list_directory(dirs[i].name, argc > 1);
	free(files);
	free(dirs);
}

static void
terminal_defaults(void)
{
	struct winsize ws;
	const char *columns = getenv("COLUMNS");

	if (isatty(STDOUT_FILENO)) {
		f_columns = f_print_q = 1;
		if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_col > 0)
			width = ws.ws_col;
		f_color = getenv("CLICOLOR") != NULL;
	}
	if (columns != NULL && atoi(columns) > 0)
		width = atoi(columns);
}

static void
options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "1AaCcdFfGghiklmnopqRrSsTtux")) != -1) {
		switch (c) {
		case '1': f_columns = f_long = f_stream = 0; break;
		case 'A': f_almost = 1; break;
		case 'a': f_all = 1; break;
		case 'C': f_columns = 1; f_long = f_stream = f_across = 0; break;
		case 'c': f_ctime = 1; f_atime = 0; break;
		case 'd': f_dir = 1; f_recursive = 0; break;
		case 'F': f_type = 1; break;
		case 'f': f_sort = 0; f_all = 1; break;
		case 'G': f_color = isatty(STDOUT_FILENO); break;
		case 'g': f_long = f_group_only = 1; break;
		case 'h': f_human = 1; break;
		case 'i': f_inode = 1; break;
		case 'k': f_kilo = 1; break;
		case 'l': f_long = 1; f_stream = 0; break;
		case 'm': f_stream = 1; f_long = f_columns = 0; break;
		case 'n': f_numeric = f_long = 1; break;
		case 'o': f_flags = 1; break;
		case 'p': f_slash = 1; break;
		case 'q': f_print_q = 1; break;
		case 'R': f_recursive = 1; break;
		case 'r': f_reverse = 1; break;
		case 'S': f_size_sort = 1; break;
		case 's': f_block = 1; break;
		case 'T': f_full_time = 1; break;
		case 't': f_time_sort = 1; break;
		case 'u': f_atime = 1; f_ctime = 0; break;
		case 'x': f_across = f_columns = 1; f_long = 0; break;
		default:
			fprintf(stderr, "usage: ls [-1AaCcdFfGghiklmnopqRrSsTtux] "
			    "[file ...]\n");
			exit(EX_USAGE);
		}
	}
}

int
main(int argc, char **argv)
{
	static char *dot[] = { __DECONST(char *, "."), NULL };
	int header;

	now = time(NULL);
	if (geteuid() == 0)
		f_almost = 1;
	terminal_defaults();
	options(argc, argv);
	if (f_kilo)
		block_size = 1024;
	else
		getbsize(&header, &block_size);
	argc -= optind;
	argv += optind;
	list_arguments(argc > 0 ? argv : dot, argc);
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (status);
}
