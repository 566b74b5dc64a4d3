/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vnconfig - make disks of files and of memory, vn(4)
 *
 * usage: vnconfig [-cdeguvTZ] [-s options] [-r options] [-S value] special
 *	    [file] [feature]
 *	vnconfig -a [-cdeuv] [-s options] [-r options] [-f vntab]
 *	vnconfig -l [special ...]
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/vnioctl.h>
#include <sys/wait.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <fstab.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define PAGE		4096

static bool configure, unconfigure, enable, disable, global, verbose;
static bool truncate_file, zero_file;
static u_long set_bits, clear_bits;
static int64_t size_bytes;
static int status;

static void usage(void) __dead2;

static void
usage(void)
{
	fprintf(stderr, "usage: vnconfig [-cdeguvTZ] [-s options] "
	    "[-r options] [-S value{k,m,g,t}]\n"
	    "                special [file] [feature]\n"
	    "       vnconfig -a [-cdeguv] [-s options] [-r options] "
	    "[-f /etc/vntab]\n"
	    "       vnconfig -l [special ...]\n");
	exit(EX_USAGE);
}

static u_long
parse_options(char *list)
{
	static const struct {
		const char	*name;
		u_long		bit;
	} names[] = {
		{ "follow", VN_FOLLOW },
		{ "debug", VN_DEBUG },
		{ "io", VN_IO },
		{ "reserve", VN_RESERVE },
		{ "all", ~0UL },
		{ "none", 0 }
	};
	u_long bits = 0;
	char *word;
	size_t i;

	while ((word = strsep(&list, ",")) != NULL) {
		for (i = 0; i < nitems(names); i++) {
			if (strcmp(word, names[i].name) == 0)
				break;
		}
		if (i == nitems(names))
			errx(EX_USAGE, "%s: unknown option", word);
		bits |= names[i].bit;
	}
	return (bits);
}

static int64_t
parse_size(const char *text)
{
	static const char units[] = "kmgt";
	const char *unit;
	char *end;
	long long n;
	int shift = 20;			/* megabytes */

	errno = 0;
	n = strtoll(text, &end, 0);
	if (end != text && *end != '\0') {
		unit = strchr(units, tolower((unsigned char)*end));
		if (unit == NULL || end[1] != '\0')
			end = (char *)(uintptr_t)text;
		else
			shift = 10 * (int)(unit - units + 1);
	}
	if (end == text || errno != 0 || n <= 0 || n > INT64_MAX >> shift)
		errx(EX_USAGE, "%s: not a size", text);
	return ((int64_t)n << shift);
}

/* Opens a unit; /dev/vn gives a free one, whose name is printed. */
static int
open_unit(const char *special, char **namep)
{
	char *path = getdevpath(special, 0);
	struct stat st;
	int fd;

	if (path == NULL)
		err(1, NULL);
	fd = open(path, O_RDWR);
	/* A file attached for reading only lets nobody write. */
	if (fd < 0 && (errno == EACCES || errno == EROFS))
		fd = open(path, O_RDONLY);
	if (fd < 0 || fstat(fd, &st) < 0) {
		warn("%s", path);
		free(path);
		return (-1);
	}
	if (strcmp(path, "/dev/vn") == 0) {
		struct vn_user vnu = { .vnu_unit = -1 };

		if (ioctl(fd, VNIOCGET, &vnu) == 0) {
			free(path);
			if (asprintf(&path, "/dev/vn%d", vnu.vnu_unit) < 0)
				err(1, NULL);
			printf("vn%d\n", vnu.vnu_unit);
			fflush(stdout);
		}
	}
	*namep = path;
	return (fd);
}

static void
failed(const char *path, const char *what)
{
	const char *why = strerror(errno);

	if (errno == EBUSY)
		why = "the unit is in use";
	else if (errno == ENXIO)
		why = "the unit is not configured";
	else if (errno == ENOTTY)
		why = "not a vn disk";
	else if (errno == EDOM)
		why = "a disk must have a size (-S)";
	warnx("%s: %s: %s", path, what, why);
	status = 1;
}

/* -T, -Z and -S make the file what it is to be; -S alone only longer. */
static bool
prepare_file(const char *file)
{
	static char zeroes[65536];
	struct stat st;
	off_t at, n;
	int fd;

	if (!truncate_file && !zero_file && size_bytes == 0)
		return (true);
	fd = open(file, O_RDWR | (truncate_file ? O_CREAT | O_TRUNC : 0),
	    0644);
	if (fd < 0 || fstat(fd, &st) < 0) {
		warn("%s", file);
		return (false);
	}
	if (!S_ISREG(st.st_mode)) {
		warnx("%s: not a regular file", file);
		close(fd);
		return (false);
	}
	if (size_bytes > st.st_size || ((truncate_file || zero_file) &&
	    size_bytes > 0))
		st.st_size = size_bytes;
	if (ftruncate(fd, st.st_size) < 0) {
		warn("%s", file);
		close(fd);
		return (false);
	}
	for (at = 0; zero_file && at < st.st_size; at += n) {
		n = MIN(st.st_size - at, (off_t)sizeof(zeroes));
		if (pwrite(fd, zeroes, n, at) != n) {
			warn("%s", file);
			close(fd);
			return (false);
		}
	}
	close(fd);
	return (true);
}

static void
run_program(const char *program, const char *arg1, const char *arg2,
    const char *arg3)
{
	pid_t pid = fork();
	int result;

	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		execlp(program, program, arg1, arg2, arg3, (char *)NULL);
		err(1, "%s", program);
	}
	if (waitpid(pid, &result, 0) < 0 || result != 0)
		status = 1;
}

/* swap, mount=dir, mountrw=dir, mountro=dir */
static void
enable_feature(const char *path, const char *feature)
{
	const char *dir;

	if (strcmp(feature, "swap") == 0) {
		run_program("swapon", path, NULL, NULL);
	} else if (strncmp(feature, "mountro=", 8) == 0) {
		run_program("mount", "-r", path, feature + 8);
	} else if (strncmp(feature, "mountrw=", 8) == 0 ||
	    strncmp(feature, "mount=", 6) == 0) {
		dir = strchr(feature, '=') + 1;
		run_program("mount", path, dir, NULL);
	} else {
		warnx("%s: unknown feature", feature);
		status = 1;
	}
}

static void
disable_feature(const char *path, const char *feature)
{
	if (strcmp(feature, "swap") == 0)
		run_program("swapoff", path, NULL, NULL);
	else if (strncmp(feature, "mount", 5) == 0)
		run_program("umount", path, NULL, NULL);
}

static bool
attach(int fd, const char *path, const char *file)
{
	char full[PATH_MAX];
	struct vn_ioctl vio;

	memset(&vio, 0, sizeof(vio));
	vio.vn_size = howmany(size_bytes, PAGE);
	if (file != NULL) {
		if (!prepare_file(file)) {
			status = 1;
			return (false);
		}
		/* The name must mean the same to whoever lists it. */
		if (realpath(file, full) == NULL) {
			warn("%s", file);
			status = 1;
			return (false);
		}
		vio.vn_file = full;
	}
	if (ioctl(fd, VNIOCATTACH, &vio) < 0) {
		failed(path, file != NULL ? file : "swap");
		return (false);
	}
	if (verbose)
		printf("%s: %s, %jd bytes\n", path,
		    file != NULL ? full : "swap",
		    (intmax_t)vio.vn_size * PAGE);
	return (true);
}

static void
config_unit(const char *special, const char *file, const char *feature)
{
	u_long bits;
	char *path;
	int fd = open_unit(special, &path);
	bool ok = true;

	if (fd < 0) {
		status = 1;
		return;
	}
	bits = set_bits;
	if (set_bits != 0 &&
	    ioctl(fd, global ? VNIOCGSET : VNIOCUSET, &bits) < 0)
		failed(path, "options");
	bits = clear_bits;
	if (clear_bits != 0 &&
	    ioctl(fd, global ? VNIOCGCLEAR : VNIOCUCLEAR, &bits) < 0)
		failed(path, "options");
	if (disable && feature != NULL)
		disable_feature(path, feature);
	if (unconfigure && ioctl(fd, VNIOCDETACH, &(struct vn_ioctl){ 0 }) < 0)
		failed(path, "unconfigure");
	else if (unconfigure && verbose)
		printf("%s: unconfigured\n", path);
	if (configure)
		ok = attach(fd, path, file);
	close(fd);
	if (ok && enable && feature != NULL)
		enable_feature(path, feature);
	free(path);
}

static void
config_table(const char *table)
{
	char *line = NULL, *word[3], *p, *field;
	size_t room = 0;
	FILE *f = fopen(table, "r");
	int n;

	if (f == NULL)
		err(1, "%s", table);
	while (getline(&line, &room, f) > 0) {
		line[strcspn(line, "#\n")] = '\0';
		p = line;
		n = 0;
		while (n < 3 && (field = strsep(&p, " \t")) != NULL) {
			if (*field != '\0')
				word[n++] = field;
		}
		if (n == 0)
			continue;
		if (n == 1) {
			warnx("%s: %s: no file", table, word[0]);
			status = 1;
			continue;
		}
		config_unit(word[0], word[1], n == 3 ? word[2] : NULL);
	}
	free(line);
	fclose(f);
}

/* One line on a unit; -1: there is no such unit. */
static int
list_unit(int fd, int unit)
{
	struct vn_user vnu;

	memset(&vnu, 0, sizeof(vnu));
	vnu.vnu_unit = unit;
	if (ioctl(fd, VNIOCGET, &vnu) < 0) {
		if (errno != ENXIO) {
			warn("VNIOCGET");
			status = 1;
		}
		return (-1);
	}
	printf("vn%d: ", vnu.vnu_unit);
	if (vnu.vnu_file[0] == '\0') {
		printf("not in use\n");
	} else if (strcmp(vnu.vnu_file, _VN_USER_SWAP) == 0) {
		printf("consuming %ju VM pages\n",
		    (uintmax_t)vnu.vnu_size / PAGE);
	} else {
		const char *dev = devname(vnu.vnu_dev, S_IFCHR);

		printf("covering %s on %s, inode %ju\n", vnu.vnu_file,
		    dev != NULL ? dev : "?", (uintmax_t)vnu.vnu_ino);
	}
	return (0);
}

static void
list_units(int argc, char **argv)
{
	char *path;
	int fd, unit;

	if (argc == 0) {
		fd = open("/dev/vn0", O_RDONLY);
		if (fd < 0)
			err(1, "/dev/vn0");
		for (unit = 0; list_unit(fd, unit) == 0; unit++)
			continue;
		close(fd);
		return;
	}
	for (; argc > 0; argc--, argv++) {
		path = getdevpath(*argv, 0);
		fd = path != NULL ? open(path, O_RDONLY) : -1;
		if (fd < 0) {
			warn("%s", path);
			status = 1;
		} else {
			list_unit(fd, -1);
			close(fd);
		}
		free(path);
	}
}

int
main(int argc, char **argv)
{
	const char *table = _PATH_VNTAB;
	bool all = false, list = false;
	int c;

	while ((c = getopt(argc, argv, "acdef:glr:s:S:TZuv")) != -1) {
		switch (c) {
		case 'a': all = true; break;
		case 'c': configure = true; break;
		case 'd': disable = true; break;
		case 'e': enable = configure = true; break;
		case 'f': table = optarg; break;
		case 'g': global = true; break;
		case 'l': list = true; break;
		case 'r': clear_bits |= parse_options(optarg); break;
		case 's': set_bits |= parse_options(optarg); break;
		case 'S': size_bytes = parse_size(optarg); break;
		case 'T': truncate_file = true; break;
		case 'Z': zero_file = true; break;
		case 'u': unconfigure = disable = true; break;
		case 'v': verbose = true; break;
		default: usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (list) {
		list_units(argc, argv);
		return (status);
	}
	if (configure && unconfigure)
		usage();
	if (!configure && !unconfigure && !disable && set_bits == 0 &&
	    clear_bits == 0)
		configure = enable = true;
	if (all) {
		if (argc != 0)
			usage();
		config_table(table);
		return (status);
	}
	if (argc < 1 || argc > 3)
		usage();
	/* Without a file it is memory, of the size of -S. */
	if (configure && argc < 2 && size_bytes == 0)
		usage();
	config_unit(argv[0], argc > 1 ? argv[1] : NULL,
	    argc > 2 ? argv[2] : NULL);
	return (status);
}
