/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C library around the system calls: patterns, directories, processes,
 * options, encodings.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <fts.h>
#include <getopt.h>
#include <glob.h>
#include <limits.h>
#include <search.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>
#include <uuid.h>
#include <vis.h>
#include <wordexp.h>

#include "tap.h"

#define COUNT	500

extern char **environ;

static ucontext_t caller, callee;
static int context_sum;

static int
compare_ints(const void *a, const void *b)
{
	return (*(const int *)a - *(const int *)b);
}

static int
compare_names(const FTSENT **a, const FTSENT **b)
{
	return (strcmp((*a)->fts_name, (*b)->fts_name));
}

static int
is_sorted(const int *v)
{
	int i;

	for (i = 1; i < COUNT; i++)
		if (v[i - 1] > v[i])
			return (0);
	return (1);
}

static void
shuffle(int *v)
{
	int i;

	for (i = 0; i < COUNT; i++)
		v[i] = (i * 7919) % 503;
}

static void
test_sort(void)
{
	int v[COUNT], good;

	shuffle(v);
	qsort(v, COUNT, sizeof(*v), compare_ints);
	good = is_sorted(v);
	shuffle(v);
	good &= mergesort(v, COUNT, sizeof(*v), compare_ints) == 0;
	good &= is_sorted(v);
	shuffle(v);
	good &= heapsort(v, COUNT, sizeof(*v), compare_ints) == 0;
	ok(good && is_sorted(v), "qsort_mergesort_heapsort");
}

static void
test_tree(void)
{
	static int keys[COUNT];
	void *root = NULL;
	int good = 1, i;

	for (i = 0; i < COUNT; i++) {
		keys[i] = (i * 37) % COUNT;
		good &= tsearch(&keys[i], &root, compare_ints) != NULL;
	}
	for (i = 0; i < COUNT; i += 2)
		good &= tdelete(&keys[i], &root, compare_ints) != NULL;
	for (i = 0; i < COUNT; i++)
		good &= (tfind(&keys[i], &root, compare_ints) != NULL) ==
		    (i % 2 != 0);
	ok(good, "tsearch_tdelete_tfind");
}

static void
test_fnmatch(void)
{
	ok(fnmatch("*.c", "foo.c", 0) == 0 &&
	    fnmatch("*.c", ".c", FNM_PERIOD) == FNM_NOMATCH &&
	    fnmatch("a[!b-d]e", "axe", 0) == 0 &&
	    fnmatch("a[!b-d]e", "abe", 0) == FNM_NOMATCH &&
	    fnmatch("[[:digit:]]*", "9a", 0) == 0 &&
	    fnmatch("a/*", "a/b/c", FNM_PATHNAME) == FNM_NOMATCH &&
	    fnmatch("\\*", "*", 0) == 0 && fnmatch("[]]", "]", 0) == 0 &&
	    fnmatch("A", "a", FNM_CASEFOLD) == 0, "fnmatch_patterns");
}

/* In a directory with f0 to f4 and d/x. */
static void
test_directory(void)
{
	static char dot[] = ".";
	char *roots[] = { dot, NULL }, path[PATH_MAX];
	struct dirent *de;
	glob_t g;
	FTS *fts;
	DIR *dir;
	long where = 0;
	int good, n, pass;

	good = glob("f*", 0, NULL, &g) == 0 && g.gl_pathc == 5 &&
	    strcmp(g.gl_pathv[4], "f4") == 0;
	globfree(&g);
	good &= glob("{f1,f3}", GLOB_BRACE, NULL, &g) == 0 && g.gl_pathc == 2;
	globfree(&g);
	good &= glob("*/x", 0, NULL, &g) == 0 && g.gl_pathc == 1;
	globfree(&g);
	ok(good && glob("none*", 0, NULL, &g) == GLOB_NOMATCH, "glob");

	dir = opendir(".");
	for (n = pass = 0; pass < 2; pass++) {
		while (readdir(dir) != NULL)
			n++;
		rewinddir(dir);
	}
	ok(n == 16, "readdir_and_rewinddir_see_all");
	readdir(dir);
	where = telldir(dir);
	de = readdir(dir);
	strlcpy(path, de->d_name, sizeof(path));
	readdir(dir);
	seekdir(dir, where);
	ok(strcmp(readdir(dir)->d_name, path) == 0, "seekdir_returns");
	closedir(dir);

	for (n = pass = 0; pass < 2; pass++) {
		fts = fts_open(roots, FTS_PHYSICAL |
		    (pass == 0 ? 0 : FTS_NOCHDIR), compare_names);
		while (fts_read(fts) != NULL)
			n++;
		fts_close(fts);
	}
	ok(n == 20, "fts_walks");
	ok(realpath("d/../f0", path) != NULL &&
	    strcmp(path + strlen(path) - 3, "/f0") == 0, "realpath");
}

static void
make_files(void)
{
	char name[8];
	int i;

	for (i = 0; i < 5; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		close(open(name, O_CREAT | O_RDWR, 0644));
	}
	mkdir("d", 0755);
	close(open("d/x", O_CREAT | O_RDWR, 0644));
}

static void
test_processes(void)
{
	static char sh[] = "sh", c[] = "-c", command[] = "exit 9";
	char *argv[] = { sh, c, command, NULL }, line[16] = "";
	wordexp_t words;
	FILE *pipe;
	pid_t pid;
	int status;

	pipe = popen("echo hello; exit 3", "r");
	fgets(line, sizeof(line), pipe);
	status = pclose(pipe);
	ok(strcmp(line, "hello\n") == 0 && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 3, "popen");
	status = system("exit 7");
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 7, "system");
	ok(posix_spawn(&pid, "/bin/sh", NULL, NULL, argv, environ) == 0 &&
	    waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	    WEXITSTATUS(status) == 9, "posix_spawn");
	ok(posix_spawn(&pid, "/nonexistent", NULL, NULL, argv, environ) ==
	    ENOENT, "posix_spawn_reports_errors");
	if ((pid = vfork()) == 0)
		_exit(4);
	ok(waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 4,
	    "vfork");
	setenv("WORD", "a b", 1);
	ok(wordexp("x \"y z\" $WORD", &words, 0) == 0 &&
	    words.we_wordc == 4 && strcmp(words.we_wordv[1], "y z") == 0,
	    "wordexp");
	ok(wordexp("$(id)", &words, WRDE_NOCMD) == WRDE_CMDSUB &&
	    wordexp("a|b", &words, 0) == WRDE_BADCHAR, "wordexp_refuses");
}

static void
test_options(void)
{
	static char words[][8] = { "p", "-a", "x", "--long", "-bval",
	    "--opt=3" };
	static const struct option options[] = {
		{ "long", no_argument, NULL, 'l' },
		{ "opt", required_argument, NULL, 'o' },
		{ NULL, 0, NULL, 0 }
	};
	char *argv[7] = { NULL }, seen[8] = "";
	int ch, i;

	for (i = 0; i < 6; i++)
		argv[i] = words[i];
	optind = 1;
	for (i = 0; i < 7 &&
	    (ch = getopt_long(6, argv, "ab:", options, NULL)) != -1; i++)
		seen[i] = (char)ch;
	ok(strcmp(seen, "albo") == 0 && optind == 5 &&
	    strcmp(argv[5], "x") == 0, "getopt_long_permutes");
}

static void
add(int a, int b)
{
	context_sum = a + b;
}

static void
test_context(void)
{
	static char stack[65536];

	getcontext(&callee);
	callee.uc_stack.ss_sp = stack;
	callee.uc_stack.ss_size = sizeof(stack);
	callee.uc_link = &caller;
	makecontext(&callee, (void (*)(void))add, 2, 40, 2);
	ok(swapcontext(&caller, &callee) == 0 && context_sum == 42,
	    "makecontext_runs_and_returns");
}

static void
test_encodings(void)
{
	static const char binary[] = "a\tb\n\001\\\377";
	char visible[64], back[64], *s = NULL;
	uuid_t u, v;
	uint32_t status = 1;

	strvis(visible, binary, VIS_CSTYLE | VIS_WHITE);
	ok(strunvis(back, visible) == (int)sizeof(binary) - 1 &&
	    strcmp(back, binary) == 0, "strvis_and_back");
	uuid_create(&u, NULL);
	uuid_to_string(&u, &s, NULL);
	uuid_from_string(s, &v, &status);
	ok(status == uuid_s_ok && uuid_equal(&u, &v, NULL),
	    "uuid_strings_and_back");
	free(s);
}

static void
test_malloc(void)
{
	enum { SLOTS = 256 };
	static unsigned char *slot[SLOTS];
	static size_t size[SLOTS];
	volatile size_t huge = SIZE_MAX - 4096;	/* hidden from gcc */
	int bad = 0, i, n;

	srandom(1);
	for (n = 0; n < 100000; n++) {
		i = (int)(random() % SLOTS);
		if (slot[i] != NULL) {
			bad |= slot[i][0] != (unsigned char)i ||
			    slot[i][size[i] - 1] != (unsigned char)i;
			free(slot[i]);
		}
		size[i] = 1 + (size_t)random() % (n % 64 == 0 ? 300000 : 900);
		slot[i] = malloc(size[i]);
		bad |= ((uintptr_t)slot[i] & 7) != 0;
		slot[i][0] = slot[i][size[i] - 1] = (unsigned char)i;
	}
	ok(!bad, "malloc_blocks_keep_their_bytes");
	ok(malloc(huge) == NULL && errno == ENOMEM &&
	    calloc(huge / 2, 4) == NULL, "malloc_too_much");
}

int
main(void)
{
	char dir[] = "/tmp/functions.XXXXXX", command[64];

	test_sort();
	test_tree();
	test_fnmatch();
	test_options();
	test_context();
	test_encodings();
	test_malloc();
	test_processes();
	ok(mkdtemp(dir) != NULL && chdir(dir) == 0, "mkdtemp");
	make_files();
	test_directory();
	chdir("/");
	snprintf(command, sizeof(command), "rm -rf %s", dir);
	system(command);
	return (tap_done());
}
