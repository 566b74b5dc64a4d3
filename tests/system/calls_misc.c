/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jails; uuidgen, profil, ioprio, ntp_adjtime; calls that nothing supports.
 */
#include <sys/types.h>
#include <sys/extattr.h>
#include <sys/jail.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/timex.h>
#include <sys/uuid.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, err)	((call) == -1 && errno == (err))


/* --- jails --------------------------------------------------------------- */

static int
in_jail(pid_t outside)
{
	struct jail j = { .version = 1, .path = "/tmp/jail",
	    .hostname = "inmate" };
	char name[64], cwd[64];
	int id;

	id = jail(&j);
	if (id <= 0)
		return (1);
	if (gethostname(name, sizeof(name)) != 0 ||
	    strcmp(name, "inmate") != 0)
		return (2);
	if (getcwd(cwd, sizeof(cwd)) == NULL || strcmp(cwd, "/") != 0 ||
	    access("/marker", F_OK) != 0 || access("/etc", F_OK) == 0)
		return (3);
	if (access("/../../../etc/passwd", F_OK) == 0)
		return (4);
	if (!FAILS(kill(outside, 0), ESRCH) ||
	    !FAILS(ptrace(PT_ATTACH, outside, 0, 0), ESRCH))
		return (5);
	if (!FAILS(shmget(IPC_PRIVATE, 100, 0600), ENOSYS))
		return (6);
	if (!FAILS(mount("tmpfs", "/", 0, NULL), EPERM))
		return (7);
	if (!FAILS(jail(&j), EPERM) || !FAILS(jail_attach(id), EPERM))
		return (8);
	if (sethostname("other", 5) != 0 ||
	    gethostname(name, sizeof(name)) != 0 ||
	    strcmp(name, "other") != 0)
		return (9);
	if (chroot("/") != 0 || access("/../etc/passwd", F_OK) == 0)
		return (10);
	if (setuid(1001) != 0)
		return (11);
	return (0);
}

static void
jails(void)
{
	struct jail j = { .version = 1, .path = "/tmp/jail",
	    .hostname = "second" };
	char list[1024], name[64], name2[64];
	size_t len = sizeof(list);
	int ready[2], status, id = 0, result;
	pid_t pid, other;
	siginfo_t si;

	mkdir("/tmp/jail", 0755);
	close(open("/tmp/jail/marker", O_CREAT | O_RDWR, 0644));
	gethostname(name, sizeof(name));
	pid = fork();
	if (pid == 0)
		_exit(in_jail(getppid()));
	waitpid(pid, &status, 0);
	result = WEXITSTATUS(status);
	if (result != 0)
		printf("# in_jail %d\n", result);
	ok(WIFEXITED(status) && result == 0, "what a jail confines");
	gethostname(name2, sizeof(name2));
	ok(strcmp(name, name2) == 0, "the host keeps its name");

	j.version = 7;
	ok(FAILS(jail(&j), EINVAL), "no version: EINVAL");
	ok(FAILS(jail_attach(9999), EINVAL), "no jail: EINVAL");
	j.version = 1;
	pipe(ready);
	pid = fork();
	if (pid == 0) {
		id = jail(&j);
		write(ready[1], &id, sizeof(id));
		for (;;)
			pause();
	}
	read(ready[0], &id, sizeof(id));
	ok(sysctlbyname("jail.list", list, &len, NULL, 0) == 0 &&
	    strstr(list, " second /tmp/jail\n") != NULL, "jail.list");
	other = fork();
	if (other == 0)
		_exit(jail_attach(id) == 0 &&
		    access("/marker", F_OK) == 0 && kill(pid, 0) == 0 ?
		    0 : 1);
	ok(waitpid(other, &status, 0) == other && status == 0,
	    "jail_attach joins it");
	ok(FAILS(wait6(P_JAILID, id + 50, &status, WEXITED | WNOHANG, NULL,
	    &si), ECHILD), "wait6 by another jail: ECHILD");
	kill(pid, SIGKILL);
	ok(wait6(P_JAILID, id, &status, WEXITED, NULL, &si) == pid,
	    "wait6 by jail");
	ok(FAILS(jail_attach(id), EINVAL), "it has ended with its process");
	other = fork();
	if (other == 0)
		_exit(setuid(1001) == 0 && FAILS(jail(&j), EPERM) ? 0 : 1);
	ok(waitpid(other, &status, 0) == other && status == 0,
	    "users make no jails");
}

/* --- small ones ---------------------------------------------------------- */

static void
uuids(void)
{
	struct uuid u[100];
	int i, k, same = 0;

	ok(uuidgen(u, 100) == 0, "uuidgen");
	for (i = 0; i < 100; i++)
		for (k = 0; k < i; k++)
			same += memcmp(&u[i], &u[k], sizeof(u[0])) == 0;
	ok(same == 0, "all different");
	ok(u[0].time_hi_and_version >> 12 == 1 &&
	    (u[0].clock_seq_hi_and_reserved & 0xc0) == 0x80, "version 1");
	ok(FAILS(uuidgen(u, 0), EINVAL) && FAILS(uuidgen(u, 2049), EINVAL),
	    "count: EINVAL");
	ok(FAILS(uuidgen((void *)8, 1), EFAULT), "EFAULT");
}

static unsigned short counts[4096];

__attribute__((noinline, aligned(64))) static unsigned
burn(unsigned n)
{
	struct timespec ts, end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_nsec += 300000000;
	do {
		for (int i = 0; i < 1000000; i++)
			n = n * 7 + 3;
		clock_gettime(CLOCK_MONOTONIC, &ts);
	} while ((ts.tv_sec - end.tv_sec) * 1000000000L + ts.tv_nsec -
	    end.tv_nsec < 0);
	return (n);
}

static void
profiling(void)
{
	unsigned total = 0, was;
	int i;

	ok(profil((char *)counts, sizeof(counts), (vm_offset_t)burn, 0x10000)
	    == 0, "profil");
	burn(1);
	profil(NULL, 0, 0, 0);
	for (i = 0; i < 4096; i++)
		total += counts[i];
	ok(total > 5, "it counts where the program is");
	was = total;
	burn(2);
	for (total = 0, i = 0; i < 4096; i++)
		total += counts[i];
	ok(total == was, "until it is turned off");
	ok(FAILS(profil((char *)counts, 10, 0, 0x10001), EINVAL),
	    "scale: EINVAL");
}

static void
priorities(void)
{
	ok(ioprio_set(PRIO_PROCESS, 0, 3) == 0 &&
	    ioprio_get(PRIO_PROCESS, 0) == 3, "ioprio");
	ok(FAILS(ioprio_get(PRIO_PROCESS, 999998), ESRCH), "nobody: ESRCH");
	ok(FAILS(ioprio_get(9, 0), EINVAL), "of what: EINVAL");
}

static double
now(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return (ts.tv_sec + ts.tv_nsec / 1e9);
}

static void
time_keeping(void)
{
	struct timex tx = { .modes = 0 };
	double real, mono;
	int status;
	pid_t pid;

	ok(ntp_adjtime(&tx) == TIME_ERROR && (tx.status & STA_UNSYNC),
	    "not synchronised at first");
	tx.modes = MOD_STATUS | MOD_FREQUENCY;
	tx.status = STA_PLL;
	tx.freq = 500L << 16;
	ok(ntp_adjtime(&tx) == TIME_OK && tx.freq == 500L << 16,
	    "500 parts per million");
	real = now(CLOCK_REALTIME);
	mono = now(CLOCK_MONOTONIC);
	usleep(1000000);
	real = now(CLOCK_REALTIME) - real;
	mono = now(CLOCK_MONOTONIC) - mono;
	ok(real - mono > 0.0003 && real - mono < 0.003,
	    "the time of day gains on the other");
	tx.modes = MOD_FREQUENCY;
	tx.freq = 0;
	ok(ntp_adjtime(&tx) == TIME_OK, "and no more");
	pid = fork();
	if (pid == 0) {
		setuid(1001);
		_exit(FAILS(ntp_adjtime(&tx), EPERM) ? 0 : 1);
	}
	waitpid(pid, &status, 0);
	ok(status == 0, "not for users: EPERM");
}

static void
unsupported(void)
{
	char buf[10];

	ok(FAILS(extattr_get_file("/etc/passwd", 1, "x", buf, 10),
	    EOPNOTSUPP), "extended attributes: EOPNOTSUPP");
	ok(FAILS(extattr_get_file("/absent", 1, "x", buf, 10), ENOENT),
	    "of nothing: ENOENT");
	ok(FAILS(undelete("/etc/passwd"), EOPNOTSUPP), "undelete");
}

int
main(void)
{
	alarm(100);
	jails();
	uuids();
	profiling();
	priorities();
	time_keeping();
	unsupported();
	return (tap_done());
}
