/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount - mount filesystems, or say what is mounted
 *
 * usage: mount [-adFfpruvw] [-o options] [-t type] [special] [node]
 *
 * What is not ours is done by /sbin/mount_TYPE.  Output formats:
 * doc/reference/storage/vfs.md 1.4, 1.5.
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/mountctl.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fstab.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "mntopts.h"
#include "typelist.h"

#define MAXARGS	64

static int debug, verbose;
static char *options;		/* -o, -r, -w, -u together */
static const char *types;	/* -t list */

static void
usage(void)
{
	fprintf(stderr, "usage: mount [-dfpruvw] [-o options] [-t type] "
	    "special node\n       mount [-adfpruvw] [-F fstab] [-t type]\n"
	    "       mount [-dfpruvw] special | node\n");
	exit(EX_USAGE);
}

static void
add_option(const char *text)
{
	char *joined;

	if (text == NULL || *text == '\0')
		return;
	if (asprintf(&joined, "%s%s%s", options != NULL ? options : "",
	    options != NULL ? "," : "", text) < 0)
		err(EX_OSERR, NULL);
	free(options);
	options = joined;
}

static void
print_mount(const struct statfs *fs)
{
	char flags[512];
	struct passwd *pw;
	int n;

	printf("%s on %s (%s", fs->f_mntfromname, fs->f_mntonname,
	    fs->f_fstypename);
	if (fs->f_owner != 0) {
		pw = getpwuid(fs->f_owner);
		if (pw != NULL)
			printf(", mounted by %s", pw->pw_name);
		else
			printf(", mounted by %u", (unsigned int)fs->f_owner);
	}
	n = mountctl(fs->f_mntonname, MOUNTCTL_MOUNTFLAGS, -1, NULL, 0, flags,
	    sizeof(flags) - 1);
	if (n > 0 && flags[0] != '\0')
		printf(", %s", flags);
	if (verbose && (fs->f_syncwrites != 0 || fs->f_asyncwrites != 0))
		printf(", writes: sync %ld async %ld", fs->f_syncwrites,
		    fs->f_asyncwrites);
	if (verbose && (fs->f_syncreads != 0 || fs->f_asyncreads != 0))
		printf(", reads: sync %ld async %ld", fs->f_syncreads,
		    fs->f_asyncreads);
	printf(")\n");
}

static void
print_fstab_form(const struct statfs *fs)
{
	static const struct {
		int		 flag;
		const char	*name;
	} names[] = {
		{ MNT_SYNCHRONOUS, "sync" }, { MNT_NOEXEC, "noexec" },
		{ MNT_NOSUID, "nosuid" }, { MNT_NODEV, "nodev" },
		{ MNT_ASYNC, "async" }, { MNT_NOATIME, "noatime" },
		{ MNT_NOCLUSTERR, "noclusterr" },
		{ MNT_NOCLUSTERW, "noclusterw" },
		{ MNT_NOSYMFOLLOW, "nosymfollow" },
		{ MNT_SUIDDIR, "suiddir" }, { MNT_IGNORE, "ignore" },
	};
	struct fstab *fst;
	size_t i;

	printf("%s\t%s\t%s\t%s", fs->f_mntfromname, fs->f_mntonname,
	    fs->f_fstypename, (fs->f_flags & MNT_RDONLY) != 0 ? "ro" : "rw");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if ((fs->f_flags & names[i].flag) != 0)
			printf(",%s", names[i].name);
	}
	fst = getfsfile(fs->f_mntonname);
	printf("\t%d %d\n", fst != NULL ? fst->fs_freq : 0,
	    fst != NULL ? fst->fs_passno : 0);
}

static int
list_mounts(int fstab_form)
{
	struct statfs *mounts;
	int i, n;

	n = getmntinfo(&mounts, MNT_NOWAIT);
	if (n == 0)
		err(EX_OSERR, "getmntinfo");
	for (i = 0; i < n; i++) {
		if (!typelist_admits(types, mounts[i].f_fstypename) ||
		    (!verbose && (mounts[i].f_flags & MNT_IGNORE) != 0))
			continue;
		if (fstab_form)
			print_fstab_form(&mounts[i]);
		else
			print_mount(&mounts[i]);
	}
	return (0);
}

/* Runs /sbin/mount_TYPE -o opts special node; returns its exit status. */
static int
run_helper(const char *type, char *opts, const char *special,
    const char *node)
{
	char path[MAXPATHLEN], name[32], *argv[MAXARGS], *word, *value;
	int argc = 0, status;
	char *rest, *plain = NULL, *joined;
	pid_t pid;

	snprintf(name, sizeof(name), "mount_%s", type);
	argv[argc++] = name;
	for (rest = opts; (word = strsep(&rest, ",")) != NULL;) {
		if (*word == '\0')
			continue;
		if (*word == '-' && argc < MAXARGS - 8) {
			value = strchr(word, '=');
			if (value != NULL)
				*value++ = '\0';
			argv[argc++] = word;
			if (value != NULL)
				argv[argc++] = value;
			continue;
		}
		if (asprintf(&joined, "%s%s%s", plain != NULL ? plain : "",
		    plain != NULL ? "," : "", word) < 0)
			err(EX_OSERR, NULL);
		free(plain);
		plain = joined;
	}
	if (plain != NULL) {
		argv[argc++] = __DECONST(char *, "-o");
		argv[argc++] = plain;
	}
	argv[argc++] = __DECONST(char *, special);
	argv[argc++] = __DECONST(char *, node);
	argv[argc] = NULL;
	if (debug || verbose) {
		printf("exec:");
		for (int i = 0; i < argc; i++)
			printf(" %s", argv[i]);
		printf("\n");
		fflush(stdout);
	}
	if (debug)
		return (0);
	pid = fork();
	if (pid < 0)
		err(EX_OSERR, "fork");
	if (pid == 0) {
		snprintf(path, sizeof(path), "/sbin/%s", name);
		execv(path, argv);
		if (errno == ENOENT) {
			snprintf(path, sizeof(path), "/usr/sbin/%s", name);
			execv(path, argv);
		}
		warn("exec %s for %s", name, node);
		_exit(EX_UNAVAILABLE);
	}
	free(plain);
	if (waitpid(pid, &status, 0) < 0)
		err(EX_OSERR, "waitpid");
	return (WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE);
}

static int
mount_one(const char *type, const char *special, const char *node,
    const char *fstab_options)
{
	char *opts;
	int rc;

	if (asprintf(&opts, "%s%s%s",
	    fstab_options != NULL ? fstab_options : "",
	    fstab_options != NULL && options != NULL ? "," : "",
	    options != NULL ? options : "") < 0)
		err(EX_OSERR, NULL);
	rc = run_helper(type, opts, special, node);
	free(opts);
	return (rc);
}

static int
is_mounted(const struct fstab *fst)
{
	struct statfs *mounts;
	int i, n = getmntinfo(&mounts, MNT_NOWAIT);

	for (i = 0; i < n; i++) {
		if (strcmp(mounts[i].f_mntonname, fst->fs_file) == 0 &&
		    strcmp(mounts[i].f_fstypename, fst->fs_vfstype) == 0)
			return (1);
	}
	return (0);
}

static int
mount_all(void)
{
	struct fstab *fst;
	int rc = 0;

	setfsent();
	while ((fst = getfsent()) != NULL) {
		if (strcmp(fst->fs_type, FSTAB_SW) == 0 ||
		    strcmp(fst->fs_type, FSTAB_XX) == 0 ||
		    !typelist_admits(types, fst->fs_vfstype) ||
		    strstr(fst->fs_mntops, "noauto") != NULL ||
		    is_mounted(fst))
			continue;
		if (mount_one(fst->fs_vfstype, fst->fs_spec, fst->fs_file,
		    fst->fs_mntops) != 0)
			rc = 1;
	}
	endfsent();
	return (rc);
}

/* One name: from /etc/fstab, or with -u a mounted filesystem. */
static int
mount_named(const char *name, int update)
{
	struct statfs fs;
	struct fstab *fst;

	fst = getfsfile(name);
	if (fst == NULL)
		fst = getfsspec(name);
	if (update) {
		if (statfs(fst != NULL ? fst->fs_file : name, &fs) < 0)
			err(EX_NOINPUT, "%s", name);
		return (mount_one(fs.f_fstypename, fs.f_mntfromname,
		    fs.f_mntonname, fst != NULL ? fst->fs_mntops : NULL));
	}
	if (fst == NULL)
		errx(EX_NOINPUT, "%s: unknown special file or file system",
		    name);
	return (mount_one(fst->fs_vfstype, fst->fs_spec, fst->fs_file,
	    fst->fs_mntops));
}

int
main(int argc, char **argv)
{
	int c, all = 0, fstab_form = 0, update = 0;

	while ((c = getopt(argc, argv, "adF:fo:prt:uvw")) != -1) {
		switch (c) {
		case 'a':
			all = 1;
			break;
		case 'd':
			debug = 1;
			break;
		case 'F':
			setfstab(optarg);
			break;
		case 'f':
			add_option("force");
			break;
		case 'o':
			add_option(optarg);
			if (strstr(optarg, "update") != NULL)
				update = 1;
			break;
		case 'p':
			fstab_form = 1;
			break;
		case 'r':
			add_option("ro");
			break;
		case 't':
			types = optarg;
			break;
		case 'u':
			add_option("update");
			update = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		case 'w':
			add_option("rw");
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (all && argc == 0)
		return (mount_all());
	switch (argc) {
	case 0:
		return (list_mounts(fstab_form));
	case 1:
		return (mount_named(argv[0], update));
	case 2:
		return (mount_one(types != NULL ? types : "ufs", argv[0],
		    argv[1], NULL));
	default:
		usage();
	}
}
