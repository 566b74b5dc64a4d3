/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: limits processes seconds
 *
 * The end of everything: as many processes as asked for alive at once, no
 * descriptor left, no process left; bombs of a limited user that fork, make
 * threads and map memory without end, while root goes on working.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../tap.h"
/* tap-libs: -pthread */

#define NOBODY	65534

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (ts.tv_sec + ts.tv_nsec * 1e-9);
}

/* n processes at once, each waiting on a pipe; then none. */
static void
many_processes(int n)
{
	int p[2], made = 0, ended = 0, status, first = 0;
	pid_t pid;
	char c;

	pipe(p);
	fflush(stdout);
	while (made < n) {
		pid = fork();
		if (pid == 0) {
			close(p[1]);
			read(p[0], &c, 1);
			_exit(3);
		}
		if (pid < 0) {
			first = errno;
			break;
		}
		made++;
	}
	printf("# %d processes%s%s\n", made, first ? ": " : "",
	    first ? strerror(first) : "");
	close(p[1]);
	while (waitpid(-1, &status, 0) > 0)
		ended += WEXITSTATUS(status) == 3;
	close(p[0]);
	ok(made == n, "many_processes_at_once");
	ok(ended == made, "all_of_them_end");
}

static void
descriptors(void)
{
	struct rlimit rl;
	int fd, n = 0, last = -1, err;

	getrlimit(RLIMIT_NOFILE, &rl);
	rl.rlim_cur = 5000 < rl.rlim_max ? 5000 : rl.rlim_max;
	setrlimit(RLIMIT_NOFILE, &rl);
	while ((fd = open("/dev/null", O_RDONLY)) >= 0) {
		last = fd;
		n++;
	}
	err = errno;
	ok(err == EMFILE && last == (int)rl.rlim_cur - 1 &&
	    pipe((int[2]){ 0, 0 }) == -1 && errno == EMFILE,
	    "descriptors_end_with_emfile");
	for (fd = 3; fd <= last; fd++)
		close(fd);
}

/* The system's table of files is full for a user, not for root. */
static void
open_bomb(void)
{
	int go[2], ready[2], fd, i, usable;
	pid_t pid[64];
	char c;

	pipe(go);
	pipe(ready);
	for (i = 0; i < 64; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			setuid(NOBODY);
			while (open("/dev/null", O_RDONLY) >= 0)
				continue;
			write(ready[1], "", 1);
			close(go[1]);
			read(go[0], &c, 1);
			_exit(0);
		}
	}
	for (i = 0; i < 64; i++)
		read(ready[0], &c, 1);
	fd = open("/dev/null", O_RDONLY);
	usable = fd >= 0;
	close(fd);
	for (i = 0; i < 64; i++) {
		kill(pid[i], SIGKILL);
		waitpid(pid[i], NULL, 0);
	}
	close(go[0]);
	close(go[1]);
	close(ready[0]);
	close(ready[1]);
	ok(usable, "root_opens_files_when_a_user_has_all_it_may");
}

static void
fork_bomb(void)
{
	for (;;)
		fork();
}

static void *
sleeper(void *arg)
{
	for (;;)
		pause();
	return (arg);
}

static void
thread_bomb(void)
{
	pthread_t td;

	for (;;) {
		if (pthread_create(&td, NULL, sleeper, NULL) != 0)
			usleep(1000);
	}
}

static void
map_bomb(void)
{
	size_t len = 1 << 20;
	char *p;

	for (;;) {
		p = mmap(NULL, len, PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_PRIVATE, -1, 0);
		if (p == MAP_FAILED)
			usleep(1000);
		else
			memset(p, 1, len);
	}
}

/* Does a shell that runs a program still work? */
static int
root_works(double *took)
{
	double start = now();
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", "ls / > /dev/null && exit 7",
		    (char *)NULL);
		_exit(1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return (0);
	*took = now() - start;
	return (WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

static void
bomb(void (*explode)(void), int seconds, const char *name)
{
	struct rlimit rl = { 200, 200 };
	double end = now() + seconds, took = 0, most = 0;
	int works = 1, rounds = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		setsid();
		setrlimit(RLIMIT_NPROC, &rl);
		rl.rlim_cur = rl.rlim_max = 256 << 20;
		setrlimit(RLIMIT_AS, &rl);
		setgid(NOBODY);
		setuid(NOBODY);
		explode();
	}
	while (now() < end) {
		if (!root_works(&took))
			works = 0;
		if (took > most)
			most = took;
		rounds++;
		usleep(100000);
	}
	printf("# %s: %d times, %.1f s at most\n", name, rounds, most);
	/* As the user: signals all of its processes, also those to come. */
	for (end = now() + 30; now() < end;) {
		pid_t killer = fork();

		if (killer == 0) {
			setuid(NOBODY);
			kill(-1, SIGKILL);
			_exit(0);
		}
		waitpid(killer, NULL, 0);
		if (waitpid(-1, NULL, WNOHANG) == pid)
			break;
		usleep(10000);
	}
	ok(works && rounds > 0, name);
}

int
main(int argc, char **argv)
{
	int processes = argc > 1 ? atoi(argv[1]) : 500;
	int seconds = argc > 2 ? atoi(argv[2]) : 3;

	many_processes(processes);
	descriptors();
	open_bomb();
	bomb(fork_bomb, seconds, "root_works_beside_a_fork_bomb");
	bomb(thread_bomb, seconds, "root_works_beside_a_thread_bomb");
	bomb(map_bomb, seconds, "root_works_beside_a_map_bomb");
	return (tap_done());
}
