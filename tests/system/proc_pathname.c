/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kern.proc.pathname: a process finds the file it runs, also after the file
 * was renamed or removed.  The test runs a copy of itself.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define DIR	"/tmp/pathname.d"
#define COPY	DIR "/runs"
#define MOVED	DIR "/still-runs"

static int
copy_file(const char *from, const char *to)
{
	static char buf[65536];
	ssize_t n;
	int in, out;

	in = open(from, O_RDONLY);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0755);
	if (in < 0 || out < 0)
		return (-1);
	while ((n = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, n) != n)
			return (-1);
	close(in);
	return (close(out));
}

static int
my_path_is(const char *want)
{
	int mib[4] = { CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1 };
	char path[MAXPATHLEN];
	size_t len = sizeof(path);

	return (sysctl(mib, 4, path, &len, NULL, 0) == 0 &&
	    strcmp(path, want) == 0);
}

/* The copy's part: exit status is the number of the step that failed. */
static int
copy_main(void)
{
	char cwd[MAXPATHLEN];

	if (!my_path_is(COPY))
		return (1);
	if (rename(COPY, MOVED) != 0 || !my_path_is(MOVED))
		return (2);
	if (unlink(MOVED) != 0 || !my_path_is(MOVED))
		return (3);
	if (chdir(DIR) != 0 || rmdir(DIR) != 0 || !my_path_is(MOVED))
		return (4);
	if (getcwd(cwd, sizeof(cwd)) != NULL || errno != ENOENT)
		return (5);
	return (0);
}

int
main(int argc, char **argv)
{
	static const char *const step[] = { "its_path_is_known",
	    "a_renamed_program_knows_its_new_path",
	    "a_removed_program_knows_its_last_path",
	    "even_when_the_directory_is_gone",
	    "a_removed_directory_has_no_path" };
	int i, st;
	pid_t pid;

	if (argc > 1)
		return (copy_main());
	mkdir(DIR, 0755);
	ok(copy_file(argv[0], COPY) == 0, "copy");
	pid = fork();
	if (pid == 0) {
		execl(COPY, COPY, "copy", (char *)NULL);
		_exit(127);
	}
	ok(waitpid(pid, &st, 0) == pid && WIFEXITED(st), "the_copy_runs");
	for (i = 0; i < 5; i++)
		ok(WEXITSTATUS(st) == 0 || i + 1 < WEXITSTATUS(st), step[i]);
	return (tap_done());
}
