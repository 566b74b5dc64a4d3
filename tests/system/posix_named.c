/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Named shared memory and semaphores of POSIX, between processes.
 */
/* tap-libs: -pthread */
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <string.h>
#include <unistd.h>

#include "tap.h"

#define FAILS(call, err)	((call) == -1 && errno == (err))

static int
status_of(pid_t pid)
{
	int status;

	return (waitpid(pid, &status, 0) == pid ? status : -1);
}

static void
memory(void)
{
	struct stat st;
	int fd, fd2;
	char *p, *q;
	pid_t pid;

	shm_unlink("/test-shm");
	ok(FAILS(shm_open("/test-shm", O_RDWR, 0), ENOENT),
	    "shm_open: ENOENT");
	fd = shm_open("/test-shm", O_CREAT | O_EXCL | O_RDWR, 0600);
	ok(fd >= 0 && (fcntl(fd, F_GETFD) & FD_CLOEXEC), "made");
	ok(FAILS(shm_open("/test-shm", O_CREAT | O_EXCL | O_RDWR, 0600),
	    EEXIST), "EEXIST");
	ok(ftruncate(fd, 10000) == 0 && fstat(fd, &st) == 0 &&
	    st.st_size == 10000, "ftruncate");
	p = mmap(NULL, 10000, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	pid = fork();
	if (pid == 0) {
		fd2 = shm_open("/test-shm", O_RDWR, 0);
		q = mmap(NULL, 10000, PROT_READ | PROT_WRITE, MAP_SHARED, fd2,
		    0);
		if (q == MAP_FAILED)
			_exit(1);
		strcpy(q + 9000, "hello");
		_exit(0);
	}
	ok(status_of(pid) == 0 && strcmp(p + 9000, "hello") == 0,
	    "shared by name");
	ok(shm_unlink("/test-shm") == 0 &&
	    FAILS(shm_unlink("/test-shm"), ENOENT) && p[9000] == 'h',
	    "unlinked, still there for who has it");
}

static void
semaphores(void)
{
	sem_t *a, *b;
	pid_t pid;
	int v, i;

	sem_unlink("/test-sem");
	a = sem_open("/test-sem", O_CREAT | O_EXCL, 0600, 0);
	ok(a != SEM_FAILED, "sem_open");
	ok(sem_open("/test-sem", O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED &&
	    errno == EEXIST, "EEXIST");
	ok(sem_open("/test-sem", 0) == a, "the same address again");
	ok(FAILS(sem_trywait(a), EAGAIN), "empty: EAGAIN");
	b = sem_open("/test-sem2", O_CREAT, 0600, 0);
	pid = fork();
	if (pid == 0) {
		a = sem_open("/test-sem", 0);
		for (i = 0; i < 500; i++) {
			sem_wait(a);
			sem_post(b);
		}
		_exit(0);
	}
	for (i = 0; i < 500; i++) {
		sem_post(a);
		sem_wait(b);
	}
	ok(status_of(pid) == 0 && sem_getvalue(a, &v) == 0 && v == 0,
	    "500 hand-overs between processes");
	ok(sem_close(a) == 0 && sem_unlink("/test-sem") == 0 &&
	    FAILS(sem_unlink("/test-sem"), ENOENT), "closed, unlinked");
	ok(sem_open("/test-sem", 0) == SEM_FAILED && errno == ENOENT,
	    "ENOENT");
	sem_unlink("/test-sem2");
}

int
main(void)
{
	alarm(60);
	memory();
	semaphores();
	return (tap_done());
}
