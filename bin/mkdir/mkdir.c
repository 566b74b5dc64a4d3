/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mkdir - make directories
 *
 * usage: mkdir [-pv] [-m mode] directory ...
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int verbose;

static int
make(const char *path, mode_t mode)
{
	if (mkdir(path, mode) < 0)
		return (-1);
	if (verbose)
		printf("%s\n", path);
	return (0);
}

/* Makes what is missing on the way; the directories between get u+wx. */
static int
make_path(char *path, mode_t mode)
{
	mode_t between, mask = umask(0);
	struct stat st;
	char *p = path, saved;

	umask(mask);
	between = (0777 & ~mask) | S_IWUSR | S_IXUSR;
	for (;;) {
		p += strspn(p, "/");
		p += strcspn(p, "/");
		saved = *p;
		if (saved == '\0' || p[strspn(p, "/")] == '\0') {
			*p = '\0';
			if (make(path, mode) == 0)
				return (0);
			if (errno == EEXIST || errno == EISDIR) {
				if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
					return (0);
				errno = ENOTDIR;
			}
			return (-1);
		}
		*p = '\0';
		umask(mask & ~(mode_t)(S_IWUSR | S_IXUSR));
		if (make(path, between) < 0 && errno != EEXIST &&
		    errno != EISDIR && errno != EROFS) {
			umask(mask);
			return (-1);
		}
		umask(mask);
		*p = saved;
	}
}

int
main(int argc, char **argv)
{
	mode_t mode = 0777;
	void *set = NULL;
	int c, parents = 0, rc = 0;

	while ((c = getopt(argc, argv, "m:pv")) != -1) {
		switch (c) {
		case 'm':
			set = setmode(optarg);
			if (set == NULL)
				errx(EX_USAGE, "invalid file mode: %s", optarg);
			mode = getmode(set, 0777);
			free(set);
			break;
		case 'p':
			parents = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	for (; *argv != NULL; argv++) {
		if ((parents ? make_path(*argv, mode) : make(*argv, mode)) < 0 ||
		    (set != NULL && chmod(*argv, mode) < 0)) {
			warn("%s", *argv);
			rc = 1;
		}
	}
	return (rc);
usage:
	fprintf(stderr, "usage: mkdir [-pv] [-m mode] directory ...\n");
	return (EX_USAGE);
}
