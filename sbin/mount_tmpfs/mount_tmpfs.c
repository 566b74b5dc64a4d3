/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount_tmpfs - mount a filesystem that lives in memory
 *
 * usage: mount_tmpfs [-C] [-f maxfilesize] [-g gid] [-m mode] [-n nodes]
 *            [-s size] [-u uid] [-o options] tmpfs node
 *
 * -C copies what the directory holds into the new filesystem, with cp(1).
 */
#include <sys/param.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <vfs/tmpfs/tmpfs_mount.h>

#include <err.h>
#include <errno.h>
#include <grp.h>
#include <libutil.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "mntopts.h"

static struct tmpfs_mount_info info;
static int uid_set, gid_set, mode_set, copy_up;

static uint64_t
number(const char *what, const char *text)
{
	int64_t n;

	if (expand_number(text, &n) < 0 || n < 0)
		errx(EX_USAGE, "%s: bad %s", text, what);
	return ((uint64_t)n);
}

static void
set_owner(const char *text)
{
	struct passwd *pw = getpwnam(text);

	info.ta_root_uid = pw != NULL ? pw->pw_uid :
	    (uid_t)number("user", text);
	uid_set = 1;
}

static void
set_group(const char *text)
{
	struct group *gr = getgrnam(text);

	info.ta_root_gid = gr != NULL ? gr->gr_gid :
	    (gid_t)number("group", text);
	gid_set = 1;
}

static void
set_mode(const char *text)
{
	char *end;
	unsigned long mode = strtoul(text, &end, 8);

	if (*text == '\0' || *end != '\0' || mode > 07777)
		errx(EX_USAGE, "%s: bad mode", text);
	info.ta_root_mode = (mode_t)mode;
	mode_set = 1;
}

static int
tmpfs_option(const char *name, const char *value)
{
	if (value == NULL)
		return (-1);
	if (strcmp(name, "gid") == 0)
		set_group(value);
	else if (strcmp(name, "uid") == 0)
		set_owner(value);
	else if (strcmp(name, "mode") == 0)
		set_mode(value);
	else if (strcmp(name, "inodes") == 0)
		info.ta_nodes_max = number("number of nodes", value);
	else if (strcmp(name, "size") == 0)
		info.ta_size_max = (off_t)number("size", value);
	else if (strcmp(name, "maxfilesize") == 0)
		info.ta_maxfsize_max = number("file size", value);
	else
		return (-1);
	return (0);
}

static int
copy_tree(const char *from, const char *to)
{
	char source[MAXPATHLEN];
	int status;
	pid_t pid;

	snprintf(source, sizeof(source), "%s/.", from);
	pid = fork();
	if (pid == 0) {
		execl("/bin/cp", "cp", "-Rp", source, to, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		err(EX_OSERR, "cp");
	return (status == 0 ? 0 : -1);
}

/*
 * The new filesystem hides what it is to be filled with.  So the old content
 * goes to a second filesystem on /mnt for the moment, and from there into the
 * one that stays.
 */
static void
mount_with_copy(const char *dir, int flags)
{
	static const char scratch[] = "/mnt";
	struct tmpfs_mount_info aside;

	memset(&aside, 0, sizeof(aside));
	aside.ta_version = TMPFS_ARGS_VERSION;
	aside.ta_root_mode = 0755;
	mntopts_mount("tmpfs", scratch, 0, &aside);
	if (copy_tree(dir, scratch) < 0) {
		unmount(scratch, 0);
		errx(EX_OSERR, "%s: cannot copy its content", dir);
	}
	mntopts_mount("tmpfs", dir, flags & ~MNT_RDONLY, &info);
	if (copy_tree(scratch, dir) < 0)
		warnx("%s: content copied incompletely", dir);
	if (unmount(scratch, 0) < 0)
		warn("%s", scratch);
}

int
main(int argc, char **argv)
{
	struct stat st;
	const char *dir;
	int c, flags = 0;

	info.ta_version = TMPFS_ARGS_VERSION;
	while ((c = getopt(argc, argv, "Cf:g:m:n:o:s:u:")) != -1) {
		switch (c) {
		case 'C':
			copy_up = 1;
			break;
		case 'f':
			tmpfs_option("maxfilesize", optarg);
			break;
		case 'g':
			set_group(optarg);
			break;
		case 'm':
			set_mode(optarg);
			break;
		case 'n':
			tmpfs_option("inodes", optarg);
			break;
		case 'o':
			mntopts_parse(optarg, &flags, tmpfs_option);
			break;
		case 's':
			tmpfs_option("size", optarg);
			break;
		case 'u':
			set_owner(optarg);
			break;
		default:
			goto usage;
		}
	}
	argc -= optind;
	argv += optind;
	if (argc != 2)
		goto usage;
	dir = mntopts_directory(argv[1]);
	if (stat(dir, &st) < 0)
		err(EX_NOINPUT, "%s", dir);
	if (!uid_set)
		info.ta_root_uid = st.st_uid;
	if (!gid_set)
		info.ta_root_gid = st.st_gid;
	if (!mode_set)
		info.ta_root_mode = st.st_mode & 07777;
	if (copy_up)
		mount_with_copy(dir, flags);
	else
		mntopts_mount("tmpfs", dir, flags, &info);
	return (0);
usage:
	fprintf(stderr, "usage: mount_tmpfs [-C] [-f maxfilesize] [-g gid] "
	    "[-m mode] [-n nodes]\n           [-s size] [-u uid] "
	    "[-o options] tmpfs node\n");
	return (EX_USAGE);
}
