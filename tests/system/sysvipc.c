/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V semaphores, message queues and shared memory.
 */
/* tap-libs: -pthread */
#include <sys/types.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/sysctl.h>
#include <sys/wait.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
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

/* Run func in a child, as user uid; its result. */
static int
child(uid_t uid, int (*func)(int), int arg)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (uid != 0 && (setgid(uid) != 0 || setuid(uid) != 0))
			_exit(100);
		_exit(func(arg));
	}
	status = status_of(pid);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

/* --- keys and permissions, with semaphores ------------------------------- */

static int
try_stat(int id)
{
	struct semid_ds ds;
	union semun u = { .buf = &ds };

	return (semctl(id, 0, IPC_STAT, u) == 0 ? 0 : errno);
}

static int
try_rmid(int id)
{
	return (semctl(id, 0, IPC_RMID) == 0 ? 0 : errno);
}

static int
try_setval(int id)
{
	union semun u = { .val = 3 };

	return (semctl(id, 0, SETVAL, u) == 0 ? 0 : errno);
}

static int
try_get(int key)
{
	return (semget(key, 1, 0600) >= 0 ? 0 : errno);
}

static int
set_mode(int id, int mode)
{
	struct semid_ds ds;
	union semun u = { .buf = &ds };

	if (semctl(id, 0, IPC_STAT, u) != 0)
		return (-1);
	ds.sem_perm.mode = mode;
	return (semctl(id, 0, IPC_SET, u));
}

static void
permissions(void)
{
	key_t key = 0x12345678;
	int id = semget(key, 2, IPC_CREAT | IPC_EXCL | 0600), id2;

	ok(id >= 0, "a set with a key");
	ok(semget(key, 2, 0) == id, "is found by it");
	ok(FAILS(semget(key, 2, IPC_CREAT | IPC_EXCL), EEXIST),
	    "IPC_EXCL: EEXIST");
	ok(FAILS(semget(key + 1, 2, 0), ENOENT), "another key: ENOENT");
	ok(FAILS(semget(key, 3, 0), EINVAL), "more semaphores than it has: "
	    "EINVAL");
	ok(FAILS(semget(IPC_PRIVATE, 0, 0600), EINVAL), "none: EINVAL");
	ok(child(1001, try_get, key) == EACCES, "others: EACCES");
	ok(child(1001, try_stat, id) == EACCES, "others may not look");
	ok(set_mode(id, 0604) == 0 && child(1001, try_stat, id) == 0,
	    "unless the mode says so");
	ok(child(1001, try_setval, id) == EACCES, "but then not change it");
	ok(set_mode(id, 0606) == 0 && child(1001, try_setval, id) == 0,
	    "unless it says that");
	ok(child(1001, try_rmid, id) == EPERM, "nor remove it: EPERM");
	ok(try_rmid(id) == 0 && try_stat(id) == EINVAL,
	    "a removed set has no identifier");
	id2 = semget(key, 1, IPC_CREAT | 0600);
	ok(id2 >= 0 && id2 != id, "the next one has another");
	try_rmid(id2);
}

/* --- semaphores ---------------------------------------------------------- */

static int
value(int id, int num)
{
	return (semctl(id, num, GETVAL));
}

static void
setvalue(int id, int num, int val)
{
	union semun u = { .val = val };

	semctl(id, num, SETVAL, u);
}

static int
undo_child(int id)
{
	struct sembuf up = { 0, 5, SEM_UNDO }, down = { 1, -1, SEM_UNDO };

	if (semop(id, &up, 1) != 0 || semop(id, &down, 1) != 0)
		return (1);
	return (value(id, 0) == 5 && value(id, 1) == 6 ? 0 : 2);
}

static void
nosig(int sig)
{
}

static int
wait_zero(int id)
{
	struct sembuf op = { 0, 0, 0 };

	signal(SIGUSR1, nosig);
	return (semop(id, &op, 1) == 0 ? 0 : errno);
}

static void
wait_for_count(int id, int cmd, int n)
{
	while (semctl(id, 0, cmd) != n)
		usleep(1000);
}

static void
semaphores(void)
{
	u_short vals[3] = { 1, 2, 3 }, got[3];
	union semun u = { .array = vals };
	int id = semget(IPC_PRIVATE, 3, 0600), status;
	struct sembuf ops[3] = {
		{ 0, -1, IPC_NOWAIT }, { 1, -2, IPC_NOWAIT },
		{ 2, -4, IPC_NOWAIT },
	}, big[200], op;
	pid_t pid;

	ok(semctl(id, 0, SETALL, u) == 0, "SETALL");
	u.array = got;
	ok(semctl(id, 0, GETALL, u) == 0 && memcmp(vals, got, 6) == 0,
	    "GETALL");
	ok(FAILS(semop(id, ops, 3), EAGAIN) && value(id, 0) == 1 &&
	    value(id, 1) == 2, "all operations or none");
	ops[2].sem_op = -3;
	ok(semop(id, ops, 3) == 0 && value(id, 0) == 0 && value(id, 2) == 0,
	    "all of them");
	ok(semctl(id, 0, GETPID) == getpid(), "GETPID");
	op = (struct sembuf){ 3, 1, 0 };
	ok(FAILS(semop(id, &op, 1), EFBIG), "no such semaphore: EFBIG");
	op = (struct sembuf){ 0, 32767, 0 };
	ok(semop(id, &op, 1) == 0 && FAILS(semop(id, &op, 1), ERANGE),
	    "beyond the largest value: ERANGE");
	ok(FAILS(semop(id, big, 200), E2BIG), "too many operations: E2BIG");
	ok(FAILS(semop(id, (struct sembuf *)8, 1), EFAULT), "EFAULT");
	u.val = 40000;
	ok(FAILS(semctl(id, 0, SETVAL, u), ERANGE), "SETVAL: ERANGE");
	ok(FAILS(semctl(id, 0, 77, u), EINVAL), "no such command: EINVAL");

	setvalue(id, 0, 0);
	setvalue(id, 1, 7);
	ok(child(0, undo_child, id) == 0 && value(id, 0) == 0 &&
	    value(id, 1) == 7, "SEM_UNDO is undone at exit");

	setvalue(id, 0, 1);
	pid = fork();
	if (pid == 0)
		_exit(wait_zero(id));
	wait_for_count(id, GETZCNT, 1);
	kill(pid, SIGUSR1);
	status = status_of(pid);
	ok(WEXITSTATUS(status) == EINTR && semctl(id, 0, GETZCNT) == 0,
	    "a signal ends the wait: EINTR");
	pid = fork();
	if (pid == 0)
		_exit(wait_zero(id));
	wait_for_count(id, GETZCNT, 1);
	setvalue(id, 0, 0);
	ok(WEXITSTATUS(status_of(pid)) == 0, "zero ends it as well");
	setvalue(id, 0, 1);
	pid = fork();
	if (pid == 0)
		_exit(wait_zero(id));
	wait_for_count(id, GETZCNT, 1);
	try_rmid(id);
	ok(WEXITSTATUS(status_of(pid)) == EIDRM, "removal: EIDRM");
}

/* Two processes take turns. */
static void
ping_pong(void)
{
	int id = semget(IPC_PRIVATE, 2, 0600), i;
	int *turns = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	pid_t pid = fork();
	struct sembuf mine = { pid == 0, -1, 0 }, yours = { pid != 0, 1, 0 };
	int good = 1;

	if (pid != 0) {
		struct sembuf start = { 0, 1, 0 };

		semop(id, &start, 1);
	}
	for (i = 0; i < 5000 && good; i++) {
		good = semop(id, &mine, 1) == 0 &&
		    *turns % 2 == (pid == 0);
		++*turns;
		good &= semop(id, &yours, 1) == 0;
	}
	if (pid == 0)
		_exit(!good);
	ok(status_of(pid) == 0 && good && *turns == 10000,
	    "two processes take 10000 turns");
	try_rmid(id);
}

static void
undo_many(void)
{
	int id = semget(IPC_PRIVATE, 1, 0600), i;
	struct sembuf lock = { 0, -1, SEM_UNDO };
	pid_t pid[20];

	setvalue(id, 0, 1);
	for (i = 0; i < 20; i++) {
		pid[i] = fork();
		if (pid[i] == 0) {
			semop(id, &lock, 1);
			_exit(0);	/* gives the lock back */
		}
	}
	for (i = 0; i < 20; i++)
		status_of(pid[i]);
	ok(value(id, 0) == 1, "a lock left by exit is free for the next");
	try_rmid(id);
}

/* --- message queues ------------------------------------------------------ */

struct text {
	long	type;
	char	data[100];
};

static int
send(int id, long type, const char *s)
{
	struct text t = { .type = type };

	strcpy(t.data, s);
	return (msgsnd(id, &t, strlen(s) + 1, IPC_NOWAIT));
}

static int
receive(int id, long type, const char *expect)
{
	struct text t;
	ssize_t n = msgrcv(id, &t, sizeof(t.data), type, IPC_NOWAIT);

	return (n == (ssize_t)strlen(expect) + 1 &&
	    strcmp(t.data, expect) == 0);
}

static void
messages(void)
{
	int id = msgget(IPC_PRIVATE, 0600), status;
	struct msqid_ds ds;
	struct text t;
	pid_t pid;

	ok(id >= 0, "msgget");
	ok(FAILS(send(id, 0, "x"), EINVAL), "type 0: EINVAL");
	send(id, 3, "three");
	send(id, 1, "one");
	send(id, 2, "two");
	send(id, 1, "uno");
	ok(msgctl(id, IPC_STAT, &ds) == 0 && ds.msg_qnum == 4 &&
	    ds.msg_cbytes == 6 + 4 + 4 + 4 && ds.msg_lspid == getpid() &&
	    ds.msg_first == NULL, "IPC_STAT counts");
	ok(receive(id, 2, "two"), "by type");
	ok(receive(id, -3, "one") && receive(id, -3, "uno"),
	    "the lowest first");
	ok(FAILS(msgrcv(id, &t, 2, 0, IPC_NOWAIT), E2BIG),
	    "too long for the buffer: E2BIG");
	ok(msgrcv(id, &t, 2, 0, IPC_NOWAIT | MSG_NOERROR) == 2 &&
	    memcmp(t.data, "th", 2) == 0, "or cut, if wanted");
	ok(FAILS(msgrcv(id, &t, 9, 0, IPC_NOWAIT), ENOMSG), "empty: ENOMSG");
	ok(FAILS(msgsnd(id, &t, 1 << 20, 0), EINVAL), "too long: EINVAL");

	ds.msg_qbytes = 20;
	ok(msgctl(id, IPC_SET, &ds) == 0, "IPC_SET makes it smaller");
	t.type = 1;
	ok(FAILS(msgsnd(id, &t, 21, 0), EINVAL), "never any room: EINVAL");
	ok(msgsnd(id, &t, 15, 0) == 0 &&
	    FAILS(msgsnd(id, &t, 15, IPC_NOWAIT), EAGAIN), "full: EAGAIN");
	pid = fork();
	if (pid == 0)
		_exit(msgsnd(id, &t, 15, 0) == 0 ? 0 : errno);
	ok(msgrcv(id, &t, 15, 0, 0) == 15 && status_of(pid) == 0 &&
	    msgrcv(id, &t, 15, 0, 0) == 15, "room lets a sender go on");

	pid = fork();
	if (pid == 0)
		_exit(msgrcv(id, &t, 15, 0, 0) == -1 ? errno : 0);
	usleep(20000);
	msgctl(id, IPC_RMID, NULL);
	status = status_of(pid);
	ok(WEXITSTATUS(status) == EIDRM || WEXITSTATUS(status) == EINVAL,
	    "removal ends the wait of a receiver");
}

/* --- shared memory ------------------------------------------------------- */

static int
attached(int id)
{
	struct shmid_ds ds;

	return (shmctl(id, IPC_STAT, &ds) == 0 ? (int)ds.shm_nattch : -1);
}

static int
attach_exec(int id)
{
	char *p = shmat(id, NULL, 0);

	if (p == (void *)-1)
		return (1);
	execl("/usr/bin/true", "true", NULL);
	return (2);
}

static int
attach_rw(int id)
{
	return (shmat(id, NULL, 0) != (void *)-1 ? 0 : errno);
}

static int
attach_ro(int id)
{
	volatile char *p = shmat(id, NULL, SHM_RDONLY);

	return (p != (void *)-1 ? p[0] == 0 : errno);
}

static void *volatile fault_address;

static void
on_fault(int sig)
{
	_exit(33);
}

static int
write_ro(int id)
{
	volatile char *p = shmat(id, NULL, SHM_RDONLY);

	signal(SIGSEGV, on_fault);
	p[0] = 1;
	return (0);
}

static void
shared_memory(void)
{
	int id = shmget(IPC_PRIVATE, 10000, 0604), i;
	char *p = shmat(id, NULL, 0), *q = shmat(id, NULL, SHM_RDONLY), *r;
	struct shmid_ds ds;
	pid_t pid;

	ok(id >= 0 && p != (void *)-1 && q != (void *)-1 && p != q,
	    "a segment attached twice");
	p[9999] = 'x';
	ok(q[9999] == 'x' && q[0] == 0, "is the same memory, of zeros first");
	ok(shmctl(id, IPC_STAT, &ds) == 0 && ds.shm_segsz == 10000 &&
	    ds.shm_nattch == 2 && ds.shm_cpid == getpid(), "IPC_STAT");
	ok(child(0, write_ro, id) == 33, "SHM_RDONLY is not writable");
	ok(child(1001, attach_rw, id) == EACCES, "others: EACCES");
	ok(child(1001, attach_ro, id) == 1, "but may read as the mode says");
	pid = fork();
	if (pid == 0) {
		p[5] = 'c';
		_exit(attached(id) != 4);
	}
	ok(status_of(pid) == 0 && p[5] == 'c' && attached(id) == 2,
	    "fork attaches, exit detaches");
	ok(child(0, attach_exec, id) == 0 && attached(id) == 2,
	    "exec detaches");
	ok(FAILS(shmdt(p + 4096), EINVAL), "shmdt of another address: EINVAL");
	ok(shmat(id, p, 0) == (void *)-1 && errno == EINVAL,
	    "a place that is taken: EINVAL");
	ok(shmat(id, p + 1, 0) == (void *)-1 && errno == EINVAL,
	    "an odd address: EINVAL");
	r = mmap(NULL, 1 << 20, PROT_NONE, MAP_ANON | MAP_PRIVATE, -1, 0);
	munmap(r, 1 << 20);
	ok(shmat(id, r + 8192 + 5, SHM_RND) == r + 8192, "SHM_RND");
	ok(shmdt(r + 8192) == 0, "shmdt");
	ok(shmctl(id, IPC_RMID, NULL) == 0 && attached(id) == 2,
	    "a removed segment stays while it is attached");
	ok(q[9999] == 'x', "with what is in it");
	ok(shmdt(p) == 0 && shmdt(q) == 0 && attached(id) == -1,
	    "and goes with the last attachment");
	ok(FAILS(shmget(IPC_PRIVATE, 0, 0600), EINVAL), "no bytes: EINVAL");
	for (i = 0; i < 300; i++) {
		id = shmget(IPC_PRIVATE, 1 << 20, 0600);
		p = shmat(id, NULL, 0);
		if (p == (void *)-1 || shmctl(id, IPC_RMID, NULL) != 0)
			break;
		memset(p, 1, 1 << 20);
		if (shmdt(p) != 0)
			break;
	}
	ok(i == 300, "300 segments of a megabyte, one after another");
}

static void
limits(void)
{
	int id[8], i, was, few = 4;
	size_t len = sizeof(was);

	sysctlbyname("kern.ipc.msgmni", &was, &len, &few, sizeof(few));
	for (i = 0; i < 8; i++)
		if ((id[i] = msgget(IPC_PRIVATE, 0600)) < 0)
			break;
	ok(i == 4 && errno == ENOSPC, "kern.ipc.msgmni: ENOSPC");
	while (i-- > 0)
		msgctl(id[i], IPC_RMID, NULL);
	sysctlbyname("kern.ipc.msgmni", NULL, NULL, &was, sizeof(was));

	sysctlbyname("kern.ipc.msgtql", &was, &len, &few, sizeof(few));
	id[0] = msgget(IPC_PRIVATE, 0600);
	for (i = 0; i < 8; i++)
		if (send(id[0], 1, "x") != 0)
			break;
	ok(i == 4 && errno == EAGAIN, "kern.ipc.msgtql: EAGAIN");
	msgctl(id[0], IPC_RMID, NULL);
	sysctlbyname("kern.ipc.msgtql", NULL, NULL, &was, sizeof(was));
}

/* Threads operate on, and remove, the same sets. */
static volatile int storm_stop, storm_key = 100;

static void *
storm(void *arg)
{
	unsigned seed = (unsigned)(long)arg;
	struct sembuf op;
	union semun u;
	int id;

	while (!storm_stop) {
		seed = seed * 1103515245 + 12345;
		id = semget(storm_key + (seed >> 16) % 3, 2,
		    IPC_CREAT | 0600);
		op = (struct sembuf){ (seed >> 20) & 1,
		    (int)((seed >> 24) % 3) - 1, IPC_NOWAIT | SEM_UNDO };
		semop(id, &op, 1);
		u.val = 1;
		if ((seed >> 8 & 15) == 0)
			semctl(id, 0, SETVAL, u);
		if ((seed >> 8 & 31) == 1)
			semctl(id, 0, IPC_RMID);
	}
	return (NULL);
}

static void
storms(void)
{
	pthread_t t[4];
	int i, p, good = 1;
	pid_t pid[2];

	for (p = 0; p < 2; p++) {
		pid[p] = fork();
		if (pid[p] != 0)
			continue;
		for (i = 0; i < 4; i++)
			pthread_create(&t[i], NULL, storm,
			    (void *)(long)(p * 10 + i));
		usleep(700000);
		storm_stop = 1;
		for (i = 0; i < 4; i++)
			pthread_join(t[i], NULL);
		_exit(0);
	}
	for (p = 0; p < 2; p++)
		good &= status_of(pid[p]) == 0;
	for (i = 0; i < 3; i++)
		try_rmid(semget(storm_key + i, 1, 0));
	ok(good, "operations and removals of 8 threads");
}

int
main(void)
{
	alarm(100);
	permissions();
	semaphores();
	ping_pong();
	undo_many();
	messages();
	shared_memory();
	limits();
	storms();
	return (tap_done());
}
