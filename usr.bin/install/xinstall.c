/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * install - copy files into place
 *
 * usage: install [-bCcMpSsv] [-B suffix] [-f flags] [-g group] [-m mode]
 *                [-o owner] file1 file2
 *        install ... file1 ... fileN directory
 *        install -d [-v] [-g group] [-m mode] [-o owner] directory ...
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

extern char **environ;

static int backup, compare, keep_times, safe, strip, verbose, directories;
static const char *suffix = ".old";
static mode_t mode = 0755;
static uid_t uid = (uid_t)-1;
static gid_t gid = (gid_t)-1;
static u_long set_flags;
static int have_flags;

static void
usage(void)
{
	fprintf(stderr,
	    "usage: install [-bCcMpSsv] [-B suffix] [-f flags] [-g group] "
	    "[-m mode]\n               [-o owner] file1 file2\n"
	    "       install [-bCcMpSsv] [-B suffix] [-f flags] [-g group] "
	    "[-m mode]\n               [-o owner] file1 ... fileN directory\n"
	    "       install -d [-v] [-g group] [-m mode] [-o owner] "
	    "directory ...\n");
	exit(EX_USAGE);
}

static uint32_t
id(const char *text, const char *what)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (end == text || *end != '\0')
		errx(EX_NOUSER, "unknown %s %s", what, text);
	return ((uint32_t)n);
}

static int
same_content(int a, int b)
{
	static char p[65536], q[65536];
	ssize_t n, m;

	do {
		n = read(a, p, sizeof(p));
		m = read(b, q, sizeof(q));
		if (n < 0 || n != m || memcmp(p, q, (size_t)n) != 0)
			return (0);
	} while (n > 0);
	return (1);
}

/* Whether the target is already what it would become. */
static int
up_to_date(int from, const char *to, const struct stat *st)
{
	struct stat old;
	int fd, same;

	if (lstat(to, &old) != 0 || !S_ISREG(old.st_mode) ||
	    old.st_size != st->st_size)
		return (0);
	fd = open(to, O_RDONLY);
	if (fd < 0)
		return (0);
	same = same_content(from, fd);
	close(fd);
	if (lseek(from, 0, SEEK_SET) != 0)
		err(EX_OSERR, "lseek");
	return (same && (old.st_mode & ALLPERMS) == mode &&
	    (uid == (uid_t)-1 || old.st_uid == uid) &&
	    (gid == (gid_t)-1 || old.st_gid == gid));
}

static void
copy(int from, const char *from_name, int to, const char *to_name)
{
	static char buf[65536];
	ssize_t n, w, done;

	while ((n = read(from, buf, sizeof(buf))) > 0) {
		for (done = 0; done < n; done += w) {
			w = write(to, buf + done, (size_t)(n - done));
			if (w < 0) {
				n = errno;
				unlink(to_name);
				errno = (int)n;
				err(EX_OSERR, "%s", to_name);
			}
		}
	}
	if (n < 0) {
		n = errno;
		unlink(to_name);
		errno = (int)n;
		err(EX_OSERR, "%s", from_name);
	}
}

static void
run_strip(const char *file)
{
	const char *program = getenv("STRIPBIN");
	char *args[] = { __DECONST(char *, program != NULL ? program :
	    "strip"), __DECONST(char *, file), NULL };
	int status, rc;
	pid_t pid;

	rc = posix_spawnp(&pid, args[0], NULL, NULL, args, environ);
	if (rc != 0) {
		unlink(file);
		errno = rc;
		err(EX_OSERR, "exec(%s)", args[0]);
	}
	if (waitpid(pid, &status, 0) < 0 || status != 0) {
		unlink(file);
		errx(EX_SOFTWARE, "%s command failed on %s", args[0], file);
	}
}

static void
set_attributes(int fd, const char *name, const struct stat *st)
{
	struct timeval tv[2];

	if ((uid != (uid_t)-1 || gid != (gid_t)-1) &&
	    fchown(fd, uid, gid) != 0) {
		warn("%s: chown/chgrp", name);
		unlink(name);
		exit(EX_NOPERM);
	}
	if (fchmod(fd, mode) != 0)
		err(EX_OSERR, "%s: chmod", name);
	if (keep_times) {
		tv[0].tv_sec = st->st_atim.tv_sec;
		tv[0].tv_usec = st->st_atim.tv_nsec / 1000;
		tv[1].tv_sec = st->st_mtim.tv_sec;
		tv[1].tv_usec = st->st_mtim.tv_nsec / 1000;
		futimes(fd, tv);
	}
	if (fchflags(fd, have_flags ? set_flags :
	    st->st_flags & ~(u_long)UF_NODUMP) != 0 && have_flags)
		warn("%s: chflags", name);
}

/*
 * Copies beside the target and renames, when stripping or asked to be safe;
 * else the old file goes first, so that those who run it keep theirs.
 */
static void
install_file(const char *from, const char *to)
{
	char temp[MAXPATHLEN], saved[MAXPATHLEN];
	int in, out, aside = safe || strip || backup;
	struct stat st, old;

	in = open(from, O_RDONLY);
	if (in < 0 || fstat(in, &st) != 0)
		err(EX_OSERR, "%s", from);
	if (S_ISDIR(st.st_mode)) {
		errno = EFTYPE;
		err(EX_CANTCREAT, "%s", from);
	}
	if (stat(to, &old) == 0) {
		if (st.st_dev == old.st_dev && st.st_ino == old.st_ino)
			errx(EX_USAGE, "%s and %s are the same file", from,
			    to);
		if (old.st_flags & (UF_IMMUTABLE | UF_APPEND | SF_IMMUTABLE |
		    SF_APPEND))
			chflags(to, old.st_flags & ~(u_long)(UF_IMMUTABLE |
			    UF_APPEND | SF_IMMUTABLE | SF_APPEND));
		if (compare && !strip && up_to_date(in, to, &st)) {
			close(in);
			return;
		}
		if (backup) {
			snprintf(saved, sizeof(saved), "%s%s", to, suffix);
			if (rename(to, saved) != 0)
				err(EX_OSERR, "rename: %s to %s", to, saved);
			if (verbose)
				printf("install: %s -> %s\n", to, saved);
		}
	}
	if (aside) {
		snprintf(temp, sizeof(temp), "%s.XXXXXX", to);
		out = mkstemp(temp);
	} else {
		strlcpy(temp, to, sizeof(temp));
		unlink(temp);
		out = open(temp, O_CREAT | O_EXCL | O_RDWR, 0600);
	}
	if (out < 0)
		err(EX_OSERR, "%s", temp);
	copy(in, from, out, temp);
	if (strip) {
		close(out);
		run_strip(temp);
		out = open(temp, O_RDONLY);
		if (out < 0)
			err(EX_OSERR, "%s", temp);
	}
	set_attributes(out, temp, &st);
	if (aside && rename(temp, to) != 0) {
		warn("rename: %s to %s", temp, to);
		unlink(temp);
		exit(EX_OSERR);
	}
	if (verbose)
		printf("install: %s -> %s\n", from, to);
	close(in);
	close(out);
}

static void
install_directory(char *path)
{
	char *p = path;
	struct stat st;
	char save;

	for (;;) {
		p += strspn(p, "/");
		p += strcspn(p, "/");
		save = *p;
		*p = '\0';
		if (stat(path, &st) != 0) {
			if (errno != ENOENT || mkdir(path, 0755) != 0)
				err(EX_OSERR, "mkdir %s", path);
			if (verbose)
				printf("install: mkdir %s\n", path);
		} else if (!S_ISDIR(st.st_mode))
			errx(EX_OSERR, "%s exists but is not a directory",
			    path);
		if ((*p = save) == '\0')
			break;
	}
	if ((uid != (uid_t)-1 || gid != (gid_t)-1) &&
	    chown(path, uid, gid) != 0)
		warn("chown %u:%u %s", uid, gid, path);
	if (chmod(path, mode) != 0)
		warn("chmod %o %s", mode, path);
}

static void
set_option(int c)
{
	struct passwd *pw;
	struct group *gr;
	char *flags;
	void *set;

	switch (c) {
	case 'B': suffix = optarg; backup = 1; break;
	case 'b': backup = 1; break;
	case 'C': compare = 1; break;
	case 'c': case 'M': break;	/* copying is all there is */
	case 'd': directories = 1; break;
	case 'f':
		flags = optarg;
		if (strtofflags(&flags, &set_flags, NULL) != 0)
			errx(EX_USAGE, "%s: invalid flag", flags);
		have_flags = 1;
		break;
	case 'g':
		gr = getgrnam(optarg);
		gid = gr != NULL ? gr->gr_gid : id(optarg, "group");
		break;
	case 'm':
		set = setmode(optarg);
		if (set == NULL)
			errx(EX_USAGE, "invalid file mode: %s", optarg);
		mode = getmode(set, 0);
		free(set);
		break;
	case 'o':
		pw = getpwnam(optarg);
		uid = pw != NULL ? pw->pw_uid : id(optarg, "user");
		break;
	case 'p': compare = keep_times = 1; break;
	case 'S': safe = 1; break;
	case 's': strip = 1; break;
	case 'v': verbose = 1; break;
	default: usage();
	}
}

int
main(int argc, char **argv)
{
	char path[MAXPATHLEN], *dir;
	struct stat st;
	int c, i;

	while ((c = getopt(argc, argv, "B:bCcdf:g:Mm:o:pSsv")) != -1)
		set_option(c);
	argc -= optind;
	argv += optind;
	if (directories && strip)
		errx(EX_USAGE, "-d and -s may not be specified together");
	if (argc < 1 || (argc < 2 && !directories))
		usage();
	if (directories) {
		for (i = 0; i < argc; i++)
			install_directory(argv[i]);
		return (EX_OK);
	}
	dir = argv[argc - 1];
	if (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)) {
		for (i = 0; i < argc - 1; i++) {
			snprintf(path, sizeof(path), "%s/%s", dir,
			    basename(argv[i]));
			install_file(argv[i], path);
		}
		return (EX_OK);
	}
	if (argc != 2) {
		if (stat(dir, &st) == 0)
			errno = ENOTDIR;
		warn("%s", dir);
		usage();
	}
	install_file(argv[0], argv[1]);
	return (EX_OK);
}
