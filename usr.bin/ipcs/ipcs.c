/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ipcs - System V IPC objects in being
 *
 * usage: ipcs [-abcmopqstT] [-u user]
 */
#define _WANT_SYSVIPC
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/sysctl.h>
#include <err.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

static bool biggest, creator, outstanding, pids, times;
static bool by_user;
static uid_t user;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: ipcs [-abcmopqstT] [-u user]\n");
	exit(EX_USAGE);
}

/* The records of a sysctl variable; how many. */
static size_t
fetch(const char *name, size_t size, void **recs)
{
	size_t len = 0;
	void *buf = NULL;

	do {
		if (sysctlbyname(name, NULL, &len, NULL, 0) != 0)
			err(1, "%s", name);
		len += 16 * size;
		buf = realloc(buf, len);
		if (buf == NULL)
			err(1, NULL);
	} while (sysctlbyname(name, buf, &len, NULL, 0) != 0 &&
	    errno == ENOMEM);
	*recs = buf;
	return (len / size);
}

static const char *
clock_time(time_t t)
{
	static char buf[4][16];
	static int next;
	char *p = buf[next++ % 4];

	if (t == 0)
		return (strcpy(p, "no-entry"));
	strftime(p, 16, "%H:%M:%S", localtime(&t));
	return (p);
}

/* Rights in the form of ls(1); two letters tell the state. */
static void
print_common(char type, int id, const struct ipc_perm *perm)
{
	int i;

	printf("%c %11d %11d ", type, id, (int)perm->key);
	printf("%c-", type == 'm' && (perm->mode & 0x0400) ? 'D' : '-');
	for (i = 8; i >= 0; i--)
		putchar((perm->mode & (1 << i)) ? "xwr"[i % 3] : '-');
	printf(" %-8s %-8s", user_from_uid(perm->uid, 0),
	    group_from_gid(perm->gid, 0));
	if (creator)
		printf(" %-8s %-8s", user_from_uid(perm->cuid, 0),
		    group_from_gid(perm->cgid, 0));
}

static void
print_head(const char *title)
{
	printf("%s:\nT %11s %11s %-11s %-8s %-8s", title, "ID", "KEY", "MODE",
	    "OWNER", "GROUP");
	if (creator)
		printf(" %-8s %-8s", "CREATOR", "CGROUP");
}

static bool
skip(const struct ipc_perm *perm)
{
	return (by_user && perm->uid != user && perm->cuid != user);
}

static void
show_queues(void)
{
	struct kinfo_msq *q;
	size_t i, n = fetch("kern.ipc.msqids", sizeof(*q), (void **)&q);

	print_head("Message Queues");
	if (outstanding)
		printf(" %20s %20s", "CBYTES", "QNUM");
	if (biggest)
		printf(" %20s", "QBYTES");
	if (pids)
		printf(" %8s %8s", "LSPID", "LRPID");
	if (times)
		printf(" %8s %8s %8s", "STIME", "RTIME", "CTIME");
	putchar('\n');
	for (i = 0; i < n; i++) {
		struct msqid_ds *ds = &q[i].km_ds;

		if (skip(&ds->msg_perm))
			continue;
		print_common('q', q[i].km_id, &ds->msg_perm);
		if (outstanding)
			printf(" %20lu %20lu", ds->msg_cbytes, ds->msg_qnum);
		if (biggest)
			printf(" %20lu", ds->msg_qbytes);
		if (pids)
			printf(" %8d %8d", ds->msg_lspid, ds->msg_lrpid);
		if (times)
			printf(" %8s %8s %8s", clock_time(ds->msg_stime),
			    clock_time(ds->msg_rtime),
			    clock_time(ds->msg_ctime));
		putchar('\n');
	}
	putchar('\n');
	free(q);
}

static void
show_segments(void)
{
	struct kinfo_shm *s;
	size_t i, n = fetch("kern.ipc.shmsegs", sizeof(*s), (void **)&s);

	print_head("Shared Memory");
	if (outstanding)
		printf(" %12s", "NATTCH");
	if (biggest)
		printf(" %12s", "SEGSZ");
	if (pids)
		printf(" %8s %8s", "CPID", "LPID");
	if (times)
		printf(" %8s %8s %8s", "ATIME", "DTIME", "CTIME");
	putchar('\n');
	for (i = 0; i < n; i++) {
		struct shmid_ds *ds = &s[i].ks_ds;

		if (skip(&ds->shm_perm))
			continue;
		print_common('m', s[i].ks_id, &ds->shm_perm);
		if (outstanding)
			printf(" %12u", ds->shm_nattch);
		if (biggest)
			printf(" %12zu", ds->shm_segsz);
		if (pids)
			printf(" %8d %8d", ds->shm_cpid, ds->shm_lpid);
		if (times)
			printf(" %8s %8s %8s", clock_time(ds->shm_atime),
			    clock_time(ds->shm_dtime),
			    clock_time(ds->shm_ctime));
		putchar('\n');
	}
	putchar('\n');
	free(s);
}

static void
show_semaphores(void)
{
	struct kinfo_sem *s;
	size_t i, n = fetch("kern.ipc.semsets", sizeof(*s), (void **)&s);

	print_head("Semaphores");
	if (biggest)
		printf(" %8s", "NSEMS");
	if (times)
		printf(" %8s %8s", "OTIME", "CTIME");
	putchar('\n');
	for (i = 0; i < n; i++) {
		struct semid_ds *ds = &s[i].ks_ds;

		if (skip(&ds->sem_perm))
			continue;
		print_common('s', s[i].ks_id, &ds->sem_perm);
		if (biggest)
			printf(" %8u", ds->sem_nsems);
		if (times)
			printf(" %8s %8s", clock_time(ds->sem_otime),
			    clock_time(ds->sem_ctime));
		putchar('\n');
	}
	putchar('\n');
	free(s);
}

/* -T: limits. */
static void
show_limits(const char *title, const char *const *names)
{
	char name[64];
	union {
		int	i;
		long	l;
	} v;
	size_t len;

	printf("%s:\n", title);
	for (; *names != NULL; names++) {
		snprintf(name, sizeof(name), "kern.ipc.%s", *names);
		len = sizeof(v);
		memset(&v, 0, sizeof(v));
		if (sysctlbyname(name, &v, &len, NULL, 0) == 0)
			printf("\t%8s: %12ld\n", *names,
			    len == sizeof(int) ? (long)v.i : v.l);
	}
	putchar('\n');
}

int
main(int argc, char **argv)
{
	static const char *const msg[] = { "msgmax", "msgmni", "msgmnb",
	    "msgtql", NULL };
	static const char *const shm[] = { "shmmax", "shmmin", "shmmni",
	    "shmseg", "shmall", NULL };
	static const char *const sem[] = { "semmni", "semmns", "semmnu",
	    "semmsl", "semopm", "semume", "semvmx", "semaem", NULL };
	bool m = false, q = false, s = false, limits = false;
	struct passwd *pw;
	int ch;

	while ((ch = getopt(argc, argv, "abcmopqstTu:")) != -1) {
		switch (ch) {
		case 'a':
			biggest = creator = outstanding = pids = times = true;
			break;
		case 'b':
			biggest = true;
			break;
		case 'c':
			creator = true;
			break;
		case 'm':
			m = true;
			break;
		case 'o':
			outstanding = true;
			break;
		case 'p':
			pids = true;
			break;
		case 'q':
			q = true;
			break;
		case 's':
			s = true;
			break;
		case 't':
			times = true;
			break;
		case 'T':
			limits = true;
			break;
		case 'u':
			by_user = true;
			pw = getpwnam(optarg);
			user = pw != NULL ? pw->pw_uid :
			    (uid_t)strtoul(optarg, NULL, 10);
			break;
		default:
			usage();
		}
	}
	if (optind != argc)
		usage();
	if (!m && !q && !s)
		m = q = s = true;
	if (q)
		limits ? show_limits("msginfo", msg) : show_queues();
	if (m)
		limits ? show_limits("shminfo", shm) : show_segments();
	if (s)
		limits ? show_limits("seminfo", sem) : show_semaphores();
	return (0);
}
