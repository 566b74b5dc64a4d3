/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ktrace(2) and its programs; process accounting; who may.
 */
#include <sys/types.h>
#include <sys/acct.h>
#include <sys/ktrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, err)	((call) == -1 && errno == (err))
#define FILENAME	"/tmp/ktrace.test"

static int
make(void)
{
	int fd = open(FILENAME, O_CREAT | O_TRUNC | O_RDWR, 0666);

	fchmod(fd, 0666);
	return (fd);
}

static int
shell(const char *cmd)
{
	return (system(cmd) == 0);
}

static void
records(void)
{
	int calls = 0, rets = 0, names = 0, user = 0, io = 0, fd = make();
	struct ktr_syscall *ks;
	struct ktr_header h;
	char buf[8192];
	int opened = -1, status, good = 1;
	pid_t pid = fork();

	if (pid == 0) {
		if (ktrace(FILENAME, KTROP_SET, KTRFAC_MASK, getpid()) != 0)
			_exit(1);
		opened = open("/etc/passwd", O_RDONLY);
		read(opened, buf, 100);
		utrace("mark", 4);
		_exit(0);
	}
	waitpid(pid, &status, 0);
	while (read(fd, &h, sizeof(h)) == sizeof(h)) {
		good &= h.ktr_pid == pid && h.ktr_len >= 0 &&
		    h.ktr_len <= (int)sizeof(buf) &&
		    read(fd, buf, h.ktr_len) == h.ktr_len;
		ks = (void *)buf;
		calls += h.ktr_type == KTR_SYSCALL && ks->ktr_code == 5 &&
		    ks->ktr_args[1] == O_RDONLY;
		rets += h.ktr_type == KTR_SYSRET;
		names += h.ktr_type == KTR_NAMEI && h.ktr_len == 11 &&
		    memcmp(buf, "/etc/passwd", 11) == 0;
		io += h.ktr_type == KTR_GENIO && h.ktr_len == 8 + 100;
		user += h.ktr_type == KTR_USER && memcmp(buf, "mark", 4) == 0;
	}
	ok(status == 0 && good, "records are whole");
	ok(calls == 1, "a call with its arguments");
	ok(rets >= 3, "results");
	ok(names == 1, "a name");
	ok(io == 1, "data read");
	ok(user == 1, "utrace");
	close(fd);
}

/* The result of ktrace() on target as user uid. */
static int
as_user(uid_t uid, pid_t target)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		setgid(uid);
		setuid(uid);
		_exit(ktrace(FILENAME, KTROP_SET, KTRFAC_SYSCALL, target) ==
		    0 ? 0 : errno);
	}
	waitpid(pid, &status, 0);
	return (WEXITSTATUS(status));
}

static pid_t
idle(uid_t uid)
{
	pid_t pid = fork();

	if (pid == 0) {
		setgid(uid);
		setuid(uid);
		execl("/bin/sleep", "sleep", "100", NULL);
		_exit(1);
	}
	usleep(200000);
	return (pid);
}

static void
refusals(void)
{
	pid_t mine, other;

	close(make());
	ok(FAILS(ktrace(FILENAME, 9, KTRFAC_MASK, getpid()), EINVAL),
	    "no operation: EINVAL");
	ok(FAILS(ktrace(FILENAME, KTROP_SET, 0, getpid()), EINVAL),
	    "no points: EINVAL");
	ok(FAILS(ktrace("/dev/null", KTROP_SET, KTRFAC_MASK, getpid()),
	    EACCES), "not a regular file: EACCES");
	ok(FAILS(ktrace("/tmp/absent", KTROP_SET, KTRFAC_MASK, getpid()),
	    ENOENT), "no file: ENOENT");
	ok(FAILS(ktrace(FILENAME, KTROP_SET, KTRFAC_MASK, 999998), ESRCH),
	    "no process: ESRCH");
	mine = idle(1001);
	other = idle(1002);
	ok(as_user(1001, mine) == 0, "a user traces his own process");
	ok(as_user(1001, other) == EPERM, "not another's: EPERM");
	ok(as_user(1001, 1) == EPERM, "nor root's: EPERM");
	ktrace(FILENAME, KTROP_SET, KTRFAC_SYSCALL, mine);
	ok(as_user(1001, mine) == EPERM, "nor what root traces: EPERM");
	kill(mine, SIGKILL);
	kill(other, SIGKILL);
	waitpid(mine, NULL, 0);
	waitpid(other, NULL, 0);
	unlink(FILENAME);
}

static void
programs(void)
{
	ok(shell("cd /tmp && ktrace -i sh -c 'cat /etc/passwd; true' >/dev/null && "
	    "kdump | grep -q 'NAMI  \"/etc/passwd\"'"), "ktrace and kdump");
	ok(shell("kdump -f /tmp/ktrace.out -t c | "
	    "grep -q 'CALL  wait4(-1,0x'"), "with the parent's calls");
	ok(shell("truss cat /etc/passwd 2>&1 >/dev/null | "
	    "grep -q 'open(\"/etc/passwd\",.*) = 3 (0x3)'"), "truss");
	ok(shell("truss false 2>&1 | grep -q 'process exit, rval = 1'; "
	    "truss false 2>/dev/null; [ $? = 1 ]"), "its exit status");
	unlink("/tmp/ktrace.out");
}

static void
accounting(void)
{
	int fd = make(), n = 0, forked = 0;
	struct acct ac;
	pid_t pid;

	ok(acct(FILENAME) == 0, "accounting on");
	shell("true");
	pid = fork();
	if (pid == 0)
		_exit(FAILS((setuid(1001), acct(NULL)), EPERM) ? 0 : 1);
	{
		int status;

		waitpid(pid, &status, 0);
		ok(status == 0, "not for users: EPERM");
	}
	ok(acct(NULL) == 0, "and off");
	shell("true");
	while (read(fd, &ac, sizeof(ac)) == sizeof(ac)) {
		n++;
		forked += (ac.ac_flag & AFORK) != 0 && ac.ac_uid == 1001;
	}
	ok(n >= 2 && n <= 4 && forked == 1, "records of what ended between");
	close(fd);
	unlink(FILENAME);
}

int
main(void)
{
	alarm(100);
	records();
	refusals();
	programs();
	accounting();
	return (tap_done());
}
