/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * whereis - find programs, manual pages and sources
 *
 * usage: whereis [-abmqsux] [-BMS dir ... -f] program ...
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/sysctl.h>

#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct places {
	const char **dirs;
	size_t	n;
};

static struct places binaries, manuals, sources;
static int all, quiet, unusual;
static int want_b, want_m, want_s;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: whereis [-abmqsu] [-BMS dir ... -f] program "
	    "...\n");
	exit(EX_USAGE);
}

static void
add(struct places *p, const char *dir)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (strcmp(p->dirs[i], dir) == 0)
			return;
	}
	p->dirs = reallocarray(p->dirs, p->n + 1, sizeof(*p->dirs));
	if (p->dirs == NULL || (p->dirs[p->n++] = strdup(dir)) == NULL)
		err(EX_OSERR, NULL);
}

static void
add_list(struct places *p, const char *list)
{
	char *copy = strdup(list), *rest = copy, *dir;

	if (copy == NULL)
		err(EX_OSERR, NULL);
	while ((dir = strsep(&rest, ":")) != NULL) {
		if (*dir == '/')
			add(p, dir);
	}
	free(copy);
}

static void
defaults(void)
{
	static const char *const src[] = { "/usr/src/bin", "/usr/src/sbin",
	    "/usr/src/usr.bin", "/usr/src/usr.sbin", "/usr/src/libexec",
	    "/usr/src/contrib", "/usr/src/games" };
	char path[1024];
	size_t len = sizeof(path), i;
	const char *env = getenv("PATH");

	if (binaries.n == 0) {
		if (sysctlbyname("user.cs_path", path, &len, NULL, 0) == 0)
			add_list(&binaries, path);
		add_list(&binaries, "/usr/libexec:/usr/games");
		if (env != NULL)
			add_list(&binaries, env);
	}
	if (manuals.n == 0)
		add_list(&manuals, getenv("MANPATH") != NULL ?
		    getenv("MANPATH") : "/usr/share/man:/usr/local/share/man");
	for (i = 0; sources.n < nitems(src) && i < nitems(src); i++)
		add(&sources, src[i]);
}

/* Prints a find; returns whether there is to be more of this kind. */
static int
found(const char *path, int *n)
{
	printf(*n > 0 || !quiet ? " %s" : "%s", path);
	(*n)++;
	return (all);
}

static void
find_files(const struct places *p, const char *name, int executable, int *n)
{
	char path[MAXPATHLEN];
	struct stat st;
	size_t i;

	for (i = 0; i < p->n; i++) {
		snprintf(path, sizeof(path), "%s/%s", p->dirs[i], name);
		if (stat(path, &st) != 0 || (executable ?
		    !S_ISREG(st.st_mode) || access(path, X_OK) != 0 :
		    !S_ISDIR(st.st_mode)))
			continue;
		if (!found(path, n))
			return;
	}
}

static void
find_manual(const char *name, int *n)
{
	static const char sections[] = "123456789";
	char path[MAXPATHLEN];
	const char *s;
	size_t i;

	for (i = 0; i < manuals.n; i++) {
		for (s = sections; *s != '\0'; s++) {
			snprintf(path, sizeof(path), "%s/man%c/%s.%c.gz",
			    manuals.dirs[i], *s, name, *s);
			if (access(path, F_OK) != 0)
				path[strlen(path) - 3] = '\0';
			if (access(path, F_OK) == 0 && !found(path, n))
				return;
		}
	}
}

static void
look(const char *program)
{
	const char *name = strrchr(program, '/');
	int b = 0, m = 0, s = 0, n, kinds;
	char *buf = NULL;
	size_t len = 0;
	FILE *keep = stdout, *f;

	name = name != NULL ? name + 1 : program;
	/* With -u the line is printed only if it is unusual. */
	f = open_memstream(&buf, &len);
	if (f == NULL)
		err(EX_OSERR, NULL);
	stdout = f;
	if (!quiet)
		printf("%s:", name);
	n = 0;
	if (want_b)
		find_files(&binaries, name, 1, &n);
	b = n;
	if (want_m)
		find_manual(name, &n);
	m = n - b;
	if (want_s)
		find_files(&sources, name, 0, &n);
	s = n - b - m;
	fclose(f);
	stdout = keep;
	kinds = (want_b && b != 1) || (want_m && m != 1) || (want_s && s != 1);
	if ((!unusual || kinds) && (!quiet || n > 0))
		printf("%s\n", buf);
	free(buf);
}

int
main(int argc, char **argv)
{
	struct places *into;
	char *p;

	for (argv++; *argv != NULL && **argv == '-'; argv++) {
		for (p = *argv + 1; *p != '\0'; p++) {
			into = NULL;
			switch (*p) {
			case 'a': all = 1; break;
			case 'b': want_b = 1; break;
			case 'm': want_m = 1; break;
			case 'q': quiet = 1; break;
			case 's': want_s = 1; break;
			case 'u': unusual = 1; break;
			case 'f': break;
			case 'B': into = &binaries; break;
			case 'M': into = &manuals; break;
			case 'S': into = &sources; break;
			default: usage();
			}
			/* Directories follow up to the next option. */
			while (into != NULL && argv[1] != NULL &&
			    argv[1][0] != '-')
				add(into, *++argv);
			if (into != NULL)
				break;
		}
	}
	if (*argv == NULL)
		usage();
	if (!want_b && !want_m && !want_s)
		want_b = want_m = want_s = 1;
	defaults();
	for (; *argv != NULL; argv++)
		look(*argv);
	return (0);
}
