/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fstat - which process has which file open
 *
 * usage: fstat [-fmnvw] [-p pid] [-u user] [file ...]
 */
#include <sys/param.h>
#include <sys/kinfo_filestat.h>
#include <sys/socket.h>
#include <sys/socketvar.h>
#include <sys/sysctl.h>
#include <sys/unpcb.h>
#include <sys/user.h>
#include <sys/kinfo.h>
#include <sys/file.h>

#include <err.h>
#include <errno.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool whole_fs, numeric;
static pid_t only_pid = -1;
static uid_t only_uid = (uid_t)-1;

/* The files asked for; none: all. */
static struct target {
	dev_t	dev;
	ino_t	ino;
	char	*name;
} *targets;
static int ntargets;

static struct xunpcb *pcbs;
static size_t npcbs;

static void
usage(void)
{
	fprintf(stderr, "usage: fstat [-fmnvw] [-p pid] [-u user] "
	    "[file ...]\n");
	exit(1);
}

/* Append a variable to what is in *bufp. */
static size_t
get(const int *mib, u_int n, void **bufp, size_t have)
{
	size_t len = 0;
	char *buf = *bufp;

	for (;;) {
		if (sysctl(mib, n, NULL, &len, NULL, 0) != 0)
			err(1, "sysctl");
		len += len / 4 + 8192;
		buf = reallocf(buf, have + len);
		if (buf == NULL)
			err(1, NULL);
		if (sysctl(mib, n, buf + have, &len, NULL, 0) == 0)
			break;
		if (errno != ENOMEM)
			err(1, "sysctl");
	}
	*bufp = buf;
	return (have + len);
}

static size_t
get_name(const char *name, void **bufp, size_t have)
{
	int mib[CTL_MAXNAME];
	size_t n = CTL_MAXNAME;

	if (sysctlnametomib(name, mib, &n) != 0)
		err(1, "%s", name);
	return (get(mib, (u_int)n, bufp, have));
}

static void
get_sockets(void)
{
	void *buf = NULL;
	size_t len;

	len = get_name("net.local.stream.pcblist", &buf, 0);
	len = get_name("net.local.dgram.pcblist", &buf, len);
	len = get_name("net.local.seqpacket.pcblist", &buf, len);
	pcbs = buf;
	npcbs = len / sizeof(*pcbs);
}

static void
add_target(const char *name)
{
	struct stat st;

	if (stat(name, &st) != 0) {
		warn("%s", name);
		return;
	}
	targets = reallocf(targets, (size_t)(ntargets + 1) * sizeof(*targets));
	if (targets == NULL)
		err(1, NULL);
	targets[ntargets].dev = st.st_dev;
	targets[ntargets].ino = st.st_ino;
	targets[ntargets++].name = strdup(name);
}

/* Its name if it was asked for. */
static const char *
asked_for(const struct kinfo_filestat *kfs)
{
	int i;

	if (kfs->kfs_type != DTYPE_VNODE && kfs->kfs_type != DTYPE_FIFO)
		return (NULL);
	for (i = 0; i < ntargets; i++) {
		if (kfs->kfs_stat.st_dev == targets[i].dev && (whole_fs ||
		    kfs->kfs_stat.st_ino == targets[i].ino))
			return (targets[i].name);
	}
	return (NULL);
}

static void
print_who(const struct kinfo_proc *kp, int fd)
{
	static const char *const special[] = { " text", "   wd", " root" };
	struct passwd *pw = getpwuid(kp->kp_uid);
	char user[16];

	if (pw != NULL)
		strlcpy(user, pw->pw_name, sizeof(user));
	else
		snprintf(user, sizeof(user), "%u", kp->kp_uid);
	printf("%-8.8s %-8.8s %5d", user, kp->kp_comm, kp->kp_pid);
	if (fd < 0)
		printf("%s", special[-fd - 1]);
	else
		printf(" %4d", fd);
}

static void
print_file(const struct kinfo_filestat *kfs)
{
	const struct stat *st = &kfs->kfs_stat;
	char mode[16], rw[4];
	int n = 0;

	if (kfs->kfs_error) {
		printf(" - -  %s", strerror(kfs->kfs_error));
		return;
	}
	if (numeric)
		printf(" %2u,%-2u", major(st->st_dev), minor(st->st_dev));
	else
		printf(" %-8s", kfs->kfs_mount);
	if (numeric)
		snprintf(mode, sizeof(mode), "%o", st->st_mode);
	else
		strmode(st->st_mode, mode);
	printf(" %6ju %10s", (uintmax_t)st->st_ino, mode);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode)) {
		char *dev = devname(st->st_rdev, st->st_mode & S_IFMT);

		if (numeric || dev == NULL)
			printf("  %2u,%-2u", major(st->st_rdev),
			    minor(st->st_rdev));
		else
			printf(" %6s", dev);
	} else {
		printf(" %6jd", (intmax_t)st->st_size);
	}
	if (kfs->kfs_flag & FREAD)
		rw[n++] = 'r';
	if (kfs->kfs_flag & FWRITE)
		rw[n++] = 'w';
	rw[n] = '\0';
	printf(" %2s", rw);
}

static void
print_socket(const struct kinfo_filestat *kfs)
{
	static const char *const types[] = { "?", "stream", "dgram", "raw",
	    "rdm", "seqpac" };
	const struct xunpcb *xu;
	size_t i;

	for (i = 0; i < npcbs; i++) {
		xu = &pcbs[i];
		if ((void *)xu->xu_socket.xso_so != kfs->kfs_data)
			continue;
		printf("* local %s %lx", types[xu->xu_socket.so_type <= 5 ?
		    xu->xu_socket.so_type : 0], (u_long)xu->xu_unpp);
		if (xu->xu_unp.unp_conn != NULL)
			printf(" <-> %lx", (u_long)xu->xu_unp.unp_conn);
		return;
	}
	printf("* ? %lx", (u_long)kfs->kfs_data);
}

static void
print_other(const struct kinfo_filestat *kfs)
{
	putchar(' ');
	switch (kfs->kfs_type) {
	case DTYPE_SOCKET:
		print_socket(kfs);
		break;
	case DTYPE_PIPE:
		/* Which end is the lowest bit. */
		printf("* pipe %lx (%lu)", (u_long)kfs->kfs_data & ~1UL,
		    (u_long)kfs->kfs_data & 1);
		break;
	case DTYPE_KQUEUE:
		printf("* kqueue %lx", (u_long)kfs->kfs_data);
		break;
	case DTYPE_MQUEUE:
		printf("* mqueue %lx", (u_long)kfs->kfs_data);
		break;
	default:
		printf("* type %d", kfs->kfs_type);
		break;
	}
}

static void
print_process(const struct kinfo_proc *kp)
{
	struct kinfo_filestat *kfs;
	const char *name = NULL;
	void *buf = NULL;
	int mib[CTL_MAXNAME];
	size_t i, len, n = CTL_MAXNAME;

	if (sysctlnametomib("kern.filestat", mib, &n) != 0)
		err(1, "kern.filestat");
	mib[n] = kp->kp_pid;
	len = get(mib, (u_int)n + 1, &buf, 0);
	kfs = buf;
	for (i = 0; i < len / sizeof(*kfs); i++) {
		if (ntargets > 0 && (name = asked_for(&kfs[i])) == NULL)
			continue;
		print_who(kp, kfs[i].kfs_fd);
		if (kfs[i].kfs_type == DTYPE_VNODE ||
		    kfs[i].kfs_type == DTYPE_FIFO)
			print_file(&kfs[i]);
		else
			print_other(&kfs[i]);
		if (name != NULL && !whole_fs)
			printf("  %s", name);
		putchar('\n');
	}
	free(buf);
}

int
main(int argc, char **argv)
{
	struct kinfo_proc *kp;
	struct passwd *pw;
	void *buf = NULL;
	size_t i, len;
	int c, wanted;

	while ((c = getopt(argc, argv, "fmnp:u:vw")) != -1) {
		switch (c) {
		case 'f':
			whole_fs = true;
			break;
		case 'n':
			numeric = true;
			break;
		case 'p':
			only_pid = atoi(optarg);
			break;
		case 'u':
			pw = getpwnam(optarg);
			if (pw == NULL)
				errx(1, "%s: unknown user", optarg);
			only_uid = pw->pw_uid;
			break;
		case 'm':	/* mappings are not shown */
		case 'v':
		case 'w':
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	wanted = argc;
	if (whole_fs && argc == 0) {
		wanted = 1;
		add_target(".");
	}
	for (; argc > 0; argc--)
		add_target(*argv++);
	if (wanted > 0 && ntargets == 0)
		return (1);
	get_sockets();
	len = get_name("kern.proc.all", &buf, 0);
	kp = buf;
	printf("USER     CMD        PID   FD %-8s   INUM %-10s %6s %s%s\n",
	    numeric ? "DEV" : "MOUNT", "MODE", "SZ|DV", "R/W",
	    ntargets > 0 && !whole_fs ? " NAME" : "");
	for (i = 0; i < len / sizeof(*kp); i++) {
		if (kp[i].kp_pid <= 0 || (only_pid >= 0 &&
		    kp[i].kp_pid != only_pid) || (only_uid != (uid_t)-1 &&
		    kp[i].kp_uid != only_uid))
			continue;
		print_process(&kp[i]);
	}
	return (0);
}
