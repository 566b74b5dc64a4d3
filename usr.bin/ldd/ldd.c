/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ldd: lists what a program or shared library needs, by having the run-time
 * linker print it instead of running the program.  Libraries are opened by a
 * child of ours in the linker's tracing mode.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <dlfcn.h>
#include <elf.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define	HEADER_ROOM	4096

enum kind { KIND_BAD, KIND_PROGRAM, KIND_LIBRARY };

static void
usage(void)
{
	fprintf(stderr, "usage: ldd [-av] [-f format [-f format]] "
	    "program ...\n");
	exit(EX_USAGE);
}

/* Looks at the headers; complains and answers KIND_BAD unless dynamic. */
static enum kind
examine(const char *path)
{
	uint64_t page[HEADER_ROOM / sizeof(uint64_t)];
	const Elf64_Ehdr *eh = (const Elf64_Ehdr *)page;
	const Elf64_Phdr *ph;
	bool dynamic = false, interp = false;
	ssize_t n;
	int fd, i;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		warn("%s", path);
		return (KIND_BAD);
	}
	n = read(fd, page, sizeof(page));
	close(fd);
	if (n < (ssize_t)sizeof(*eh) ||
	    memcmp(eh->e_ident, ELFMAG, SELFMAG) != 0 ||
	    eh->e_ident[EI_CLASS] != ELFCLASS64) {
		warnx("%s: not a dynamic executable", path);
		return (KIND_BAD);
	}
	if (eh->e_phoff > (size_t)n || eh->e_phentsize != sizeof(*ph) ||
	    eh->e_phnum > (n - eh->e_phoff) / sizeof(*ph)) {
		warnx("%s: can't read program header", path);
		return (KIND_BAD);
	}
	ph = (const Elf64_Phdr *)((const char *)page + eh->e_phoff);
	for (i = 0; i < eh->e_phnum; i++) {
		dynamic |= ph[i].p_type == PT_DYNAMIC;
		interp |= ph[i].p_type == PT_INTERP;
	}
	if (!dynamic) {
		warnx("%s: not a dynamic executable", path);
		return (KIND_BAD);
	}
	return (interp || eh->e_type == ET_EXEC ? KIND_PROGRAM : KIND_LIBRARY);
}

static void
child(const char *path, enum kind kind)
{
	if (kind == KIND_PROGRAM) {
		execl(path, path, (char *)NULL);
		warn("%s", path);
		_exit(1);
	}
	dlopen(path, RTLD_TRACE);
	warnx("%s: %s", path, dlerror());
	_exit(1);
}

/* 0 if the object could be listed. */
static int
list(const char *path, enum kind kind)
{
	int status;
	pid_t pid;

	setenv("LD_TRACE_LOADED_OBJECTS_PROGNAME", path, 1);
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		err(EXIT_FAILURE, "fork");
	if (pid == 0)
		child(path, kind);
	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			err(EXIT_FAILURE, "wait");
	}
	if (WIFSIGNALED(status)) {
		fprintf(stderr, "%s: signal %d\n", path, WTERMSIG(status));
		return (1);
	}
	if (WEXITSTATUS(status) != 0) {
		fprintf(stderr, "%s: exit status %d\n", path,
		    WEXITSTATUS(status));
		return (1);
	}
	return (0);
}

int
main(int argc, char **argv)
{
	const char *fmt1 = NULL, *fmt2 = NULL;
	char absolute[1024];
	bool all = false;
	enum kind kind;
	int ch, result = 0;

	while ((ch = getopt(argc, argv, "af:v")) != -1) {
		switch (ch) {
		case 'a':
			all = true;
			break;
		case 'f':
			if (fmt1 == NULL)
				fmt1 = optarg;
			else if (fmt2 == NULL)
				fmt2 = optarg;
			else
				errx(EX_USAGE, "too many formats");
			break;
		case 'v':
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		usage();
	if (all && fmt1 != NULL)
		errx(EX_USAGE, "-a and -f may not be used together");
	setenv("LD_TRACE_LOADED_OBJECTS", "yes", 1);
	if (fmt1 != NULL)
		setenv("LD_TRACE_LOADED_OBJECTS_FMT1", fmt1, 1);
	if (fmt2 != NULL)
		setenv("LD_TRACE_LOADED_OBJECTS_FMT2", fmt2, 1);
	if (all)
		setenv("LD_TRACE_LOADED_OBJECTS_ALL", "yes", 1);
	for (; argc > 0; argc--, argv++) {
		kind = examine(*argv);
		if (kind == KIND_BAD) {
			result = 1;
			continue;
		}
		if (fmt1 == NULL)
			printf("%s:\n", *argv);
		/* dlopen() searches for names without a slash. */
		if (kind == KIND_LIBRARY && strchr(*argv, '/') == NULL) {
			snprintf(absolute, sizeof(absolute), "./%s", *argv);
			result |= list(absolute, kind);
		} else
			result |= list(*argv, kind);
	}
	return (result);
}
