/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V semaphores: semget(2), semop(2), semctl(2).
 *
 * A set is an ipc_object (see sysv_ipc.h) with its semaphores behind it.
 * semop() applies its operations in order under the set's token; the first
 * that cannot be done takes the ones before back and puts the caller to
 * sleep on that semaphore, to begin anew when its value has changed.
 *
 * SEM_UNDO: a process has one struct sem_undo for each set it used so, found
 * from p_semundo and, for those who set a semaphore's value, from the set.
 * The adjustments are under the set's token, the process's list under its
 * p_token (taken first).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/queue.h>
#include <sys/sem.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

#include "sysv_ipc.h"

static MALLOC_DEFINE(M_SEM, "sem", "System V semaphores");

struct sem {
	u_short		semval;
	pid_t		sempid;		/* last operation */
	u_short		semncnt;	/* waiting for a larger value */
	u_short		semzcnt;	/* waiting for zero */
};

/* All under the set's token. */
struct semset {
	struct ipc_object ss_io;	/* first */
	struct semid_ds	ss_ds;
	LIST_HEAD(, sem_undo) ss_undo;
	struct sem	ss_sem[];
};

/* Locks: (t) p_token of the owner; (o) set's token; (I) immutable. */
struct sem_undo {
	struct sem_undo	*un_next;	/* (t) of the same process */
	LIST_ENTRY(sem_undo) un_link;	/* (o) of the same set */
	struct semset	*un_set;	/* (I) referenced */
	short		un_adj[];	/* (o) added at exit */
};

static struct ipc_table sem_table;

static int	semmns = 32768;
static int	semmsl = 1024;
static int	semopm = 100;
static int	semmnu = 32768;
static int	semume = 256;
static int	semvmx = 32767;
static int	semaem = 16384;
static u_int	sem_total;		/* (a) semaphores in being */
static u_int	sem_undos;		/* (a) undo structures */

SYSCTL_INT(_kern_ipc, OID_AUTO, semmni, CTLFLAG_RW, &sem_table.it_limit, 0,
    "Most semaphore sets");
SYSCTL_INT(_kern_ipc, OID_AUTO, semmns, CTLFLAG_RW, &semmns, 0,
    "Most semaphores");
SYSCTL_INT(_kern_ipc, OID_AUTO, semmsl, CTLFLAG_RW, &semmsl, 0,
    "Most semaphores of a set");
SYSCTL_INT(_kern_ipc, OID_AUTO, semopm, CTLFLAG_RW, &semopm, 0,
    "Most operations of a semop call");
SYSCTL_INT(_kern_ipc, OID_AUTO, semmnu, CTLFLAG_RW, &semmnu, 0,
    "Most undo structures");
SYSCTL_INT(_kern_ipc, OID_AUTO, semume, CTLFLAG_RW, &semume, 0,
    "Most undo structures of a process");
SYSCTL_INT(_kern_ipc, OID_AUTO, semvmx, CTLFLAG_RD, &semvmx, 0,
    "Largest value of a semaphore");
SYSCTL_INT(_kern_ipc, OID_AUTO, semaem, CTLFLAG_RD, &semaem, 0,
    "Largest adjustment at exit");

#define IO_TO_SET(io)	((struct semset *)(io))

static void
sem_free(struct ipc_object *io)
{
	struct semset *ss = IO_TO_SET(io);

	atomic_add_int(&sem_total, -ss->ss_ds.sem_nsems);
	kfree(ss, M_SEM);
}

static void
sem_init(void *unused)
{
	ipc_table_init(&sem_table, 1024, sem_free);
}
SYSINIT(sysvsem, SI_SUB_SYSV_SEM, SI_ORDER_ANY, sem_init, NULL);

/* --- semget -------------------------------------------------------------- */

static int
sem_create(key_t key, int nsems, int flags, int *id)
{
	struct semset *ss;

	if (nsems <= 0 || nsems > semmsl)
		return (EINVAL);
	if (atomic_fetchadd_int(&sem_total, nsems) + nsems > semmns) {
		atomic_add_int(&sem_total, -nsems);
		return (ENOSPC);
	}
	ss = kmalloc(sizeof(*ss) + nsems * sizeof(struct sem), M_SEM,
	    M_WAITOK | M_ZERO);
	LIST_INIT(&ss->ss_undo);
	ss->ss_ds.sem_nsems = nsems;
	ss->ss_ds.sem_ctime = time_second;
	*id = ipc_insert(&sem_table, &ss->ss_io, &ss->ss_ds.sem_perm, key,
	    flags);
	return (0);
}

int
sys_semget(struct sysmsg *sysmsg, const struct semget_args *uap)
{
	struct ipc_object *io;
	int error, id = -1;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	lwkt_gettoken(&sem_table.it_token);
	error = ipc_find_key(&sem_table, uap->key, uap->semflg, &io);
	if (error == 0 && io != NULL) {
		if (uap->nsems > IO_TO_SET(io)->ss_ds.sem_nsems)
			error = EINVAL;
		id = io->io_id;
		ipc_put(&sem_table, io);
	} else if (error == 0) {
		error = sem_create(uap->key, uap->nsems, uap->semflg, &id);
	}
	lwkt_reltoken(&sem_table.it_token);
	sysmsg->sysmsg_result = id;
	return (error);
}

/* --- undo ---------------------------------------------------------------- */

static void
undo_free(struct sem_undo *un)
{
	ipc_rele(&sem_table, &un->un_set->ss_io);
	kfree(un, M_SEM);
	atomic_add_int(&sem_undos, -1);
}

/*
 * The current process's structure for the set, made if need be: ENOSPC.
 * Those of sets that have been removed are freed on the way.  Both p_token
 * and the set's token are held.
 */
static int
undo_get(struct semset *ss, struct sem_undo **unp)
{
	struct proc *p = curproc;
	struct sem_undo *un, **prev = &p->p_semundo;
	int count = 0;

	while ((un = *prev) != NULL) {
		if (un->un_set == ss) {
			*unp = un;
			return (0);
		}
		if (un->un_set->ss_io.io_removed) {
			*prev = un->un_next;
			undo_free(un);
			continue;
		}
		++count;
		prev = &un->un_next;
	}
	if (count >= semume ||
	    atomic_fetchadd_int(&sem_undos, 1) >= semmnu) {
		if (count < semume)
			atomic_add_int(&sem_undos, -1);
		return (ENOSPC);
	}
	un = kmalloc(sizeof(*un) + ss->ss_ds.sem_nsems * sizeof(short), M_SEM,
	    M_WAITOK | M_ZERO);
	un->un_set = ss;
	ipc_ref(&ss->ss_io);
	un->un_next = p->p_semundo;
	p->p_semundo = un;
	LIST_INSERT_HEAD(&ss->ss_undo, un, un_link);
	*unp = un;
	return (0);
}

/* Somebody set the value of semaphore num, or of all (-1). */
static void
undo_clear(struct semset *ss, int num)
{
	struct sem_undo *un;
	int i;

	LIST_FOREACH(un, &ss->ss_undo, un_link) {
		for (i = 0; i < ss->ss_ds.sem_nsems; i++)
			if (num < 0 || i == num)
				un->un_adj[i] = 0;
	}
}

/* The value has changed: those who wait may have luck. */
static void
sem_changed(struct sem *sem)
{
	if (sem->semncnt != 0 || sem->semzcnt != 0)
		wakeup(sem);
}

void
semexit(struct proc *p)
{
	struct sem_undo *un;
	struct semset *ss;
	int i, val;

	while ((un = p->p_semundo) != NULL) {
		p->p_semundo = un->un_next;
		ss = un->un_set;
		lwkt_gettoken(&ss->ss_io.io_token);
		if (!ss->ss_io.io_removed) {
			LIST_REMOVE(un, un_link);
			for (i = 0; i < ss->ss_ds.sem_nsems; i++) {
				if (un->un_adj[i] == 0)
					continue;
				val = ss->ss_sem[i].semval + un->un_adj[i];
				ss->ss_sem[i].semval = MAX(0,
				    MIN(val, semvmx));
				ss->ss_sem[i].sempid = p->p_pid;
				sem_changed(&ss->ss_sem[i]);
			}
		}
		lwkt_reltoken(&ss->ss_io.io_token);
		undo_free(un);
	}
}

/* --- semop --------------------------------------------------------------- */

/* Take the first n operations back. */
static void
ops_revert(struct semset *ss, const struct sembuf *ops, int n,
    struct sem_undo *un)
{
	while (n-- > 0) {
		ss->ss_sem[ops[n].sem_num].semval -= ops[n].sem_op;
		if ((ops[n].sem_flg & SEM_UNDO) && un != NULL)
			un->un_adj[ops[n].sem_num] += ops[n].sem_op;
	}
}

/*
 * All operations or none.  0; an errno; or -1, *blockp then being the one
 * that has to wait.
 */
static int
ops_try(struct semset *ss, const struct sembuf *ops, int nops,
    struct sem_undo *un, int *blockp)
{
	struct sem *sem;
	int adj, error = 0, i, val;

	for (i = 0; i < nops; i++) {
		sem = &ss->ss_sem[ops[i].sem_num];
		val = sem->semval + ops[i].sem_op;
		if (val < 0 || (ops[i].sem_op == 0 && sem->semval != 0)) {
			*blockp = i;
			error = (ops[i].sem_flg & IPC_NOWAIT) ? EAGAIN : -1;
			break;
		}
		if (val > semvmx) {
			error = ERANGE;
			break;
		}
		if ((ops[i].sem_flg & SEM_UNDO) && ops[i].sem_op != 0) {
			adj = un->un_adj[ops[i].sem_num] - ops[i].sem_op;
			if (adj > semaem || adj < -semaem) {
				error = ERANGE;
				break;
			}
			un->un_adj[ops[i].sem_num] = adj;
		}
		sem->semval = val;
	}
	if (error != 0)
		ops_revert(ss, ops, i, un);
	return (error);
}

/* Sleep until the semaphore of op may have become what it waits for. */
static int
ops_wait(struct semset *ss, const struct sembuf *op)
{
	struct sem *sem = &ss->ss_sem[op->sem_num];
	u_short *count = op->sem_op == 0 ? &sem->semzcnt : &sem->semncnt;
	int error;

	++*count;
	error = tsleep(sem, PCATCH, "semwait", 0);
	--*count;
	if (ss->ss_io.io_removed)
		return (EIDRM);
	return (error == ERESTART ? EINTR : error);
}

static int
sem_operate(struct semset *ss, const struct sembuf *ops, int nops, bool undo)
{
	struct sem_undo *un = NULL;
	int error, i, mode = 0, block = 0;

	for (i = 0; i < nops; i++) {
		if (ops[i].sem_num >= ss->ss_ds.sem_nsems)
			return (EFBIG);
		mode |= ops[i].sem_op == 0 ? IPC_R : IPC_W;
	}
	error = ipc_access(&ss->ss_io, mode);
	if (error == 0 && undo)
		error = undo_get(ss, &un);
	/* Making it may have slept. */
	if (error == 0 && ss->ss_io.io_removed)
		error = EIDRM;
	while (error == 0) {
		error = ops_try(ss, ops, nops, un, &block);
		if (error >= 0)
			break;
		error = ops_wait(ss, &ops[block]);
	}
	if (error != 0)
		return (error);
	for (i = 0; i < nops; i++) {
		ss->ss_sem[ops[i].sem_num].sempid = curproc->p_pid;
		if (ops[i].sem_op != 0)
			sem_changed(&ss->ss_sem[ops[i].sem_num]);
	}
	ss->ss_ds.sem_otime = time_second;
	return (0);
}

int
sys_semop(struct sysmsg *sysmsg, const struct semop_args *uap)
{
	struct sembuf small[MAX_SOPS], *ops = small;
	struct proc *p = curproc;
	struct ipc_object *io;
	bool undo = false;
	int error, i;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	if (uap->nsops > semopm)
		return (E2BIG);
	if (uap->nsops > MAX_SOPS)
		ops = kmalloc(uap->nsops * sizeof(*ops), M_TEMP, M_WAITOK);
	error = copyin(uap->sops, ops, uap->nsops * sizeof(*ops));
	if (error == 0) {
		for (i = 0; i < uap->nsops; i++)
			if ((ops[i].sem_flg & SEM_UNDO) && ops[i].sem_op != 0)
				undo = true;
		if (undo)
			lwkt_gettoken(&p->p_token);
		io = ipc_get(&sem_table, uap->semid);
		if (io != NULL) {
			error = sem_operate(IO_TO_SET(io), ops, uap->nsops,
			    undo);
			ipc_put(&sem_table, io);
		} else {
			error = EINVAL;
		}
		if (undo)
			lwkt_reltoken(&p->p_token);
	}
	if (ops != small)
		kfree(ops, M_TEMP);
	sysmsg->sysmsg_result = 0;
	return (error);
}

/* --- semctl -------------------------------------------------------------- */

static int
sem_getall(struct semset *ss, u_short *uarray)
{
	int error, i, n = ss->ss_ds.sem_nsems;
	u_short *val = kmalloc(n * sizeof(*val), M_TEMP, M_WAITOK);

	for (i = 0; i < n; i++)
		val[i] = ss->ss_sem[i].semval;
	error = copyout(val, uarray, n * sizeof(*val));
	kfree(val, M_TEMP);
	return (error);
}

static int
sem_setall(struct semset *ss, const u_short *uarray)
{
	int error, i, n = ss->ss_ds.sem_nsems;
	u_short *val = kmalloc(n * sizeof(*val), M_TEMP, M_WAITOK);

	error = copyin(uarray, val, n * sizeof(*val));
	if (error == 0 && ss->ss_io.io_removed)
		error = EIDRM;
	for (i = 0; i < n && error == 0; i++)
		if (val[i] > semvmx)
			error = ERANGE;
	if (error == 0) {
		for (i = 0; i < n; i++) {
			ss->ss_sem[i].semval = val[i];
			ss->ss_sem[i].sempid = curproc->p_pid;
			sem_changed(&ss->ss_sem[i]);
		}
		undo_clear(ss, -1);
		ss->ss_ds.sem_ctime = time_second;
	}
	kfree(val, M_TEMP);
	return (error);
}

static int
sem_setval(struct semset *ss, int num, int val)
{
	if (val < 0 || val > semvmx)
		return (ERANGE);
	ss->ss_sem[num].semval = val;
	ss->ss_sem[num].sempid = curproc->p_pid;
	undo_clear(ss, num);
	ss->ss_ds.sem_ctime = time_second;
	sem_changed(&ss->ss_sem[num]);
	return (0);
}

/* As user programs see it: without the address of anything of ours. */
static void
sem_export(struct ipc_object *io, struct semid_ds *ds)
{
	*ds = IO_TO_SET(io)->ss_ds;
	ds->sem_base = NULL;
}

static int
sem_remove(struct semset *ss)
{
	int i;

	undo_clear(ss, -1);
	while (!LIST_EMPTY(&ss->ss_undo))
		LIST_REMOVE(LIST_FIRST(&ss->ss_undo), un_link);
	ipc_remove(&sem_table, &ss->ss_io);
	for (i = 0; i < ss->ss_ds.sem_nsems; i++)
		wakeup(&ss->ss_sem[i]);
	return (0);
}

/* Rights that a command needs, and whether it names one semaphore. */
static int
semctl_mode(int cmd, bool *one)
{
	*one = false;
	switch (cmd) {
	case GETNCNT:
	case GETPID:
	case GETVAL:
	case GETZCNT:
		*one = true;
		/* FALLTHROUGH */
	case GETALL:
	case IPC_STAT:
	case SEM_STAT:
		return (IPC_R);
	case SETVAL:
		*one = true;
		/* FALLTHROUGH */
	case SETALL:
		return (IPC_W);
	case IPC_RMID:
	case IPC_SET:
		return (IPC_M);
	default:
		return (-1);
	}
}

static int
sem_control(struct semset *ss, int num, int cmd, const union semun *arg,
    int *result)
{
	struct sem *sem = &ss->ss_sem[num];
	struct semid_ds ds;
	int error;

	switch (cmd) {
	case GETNCNT:
		*result = sem->semncnt;
		return (0);
	case GETZCNT:
		*result = sem->semzcnt;
		return (0);
	case GETPID:
		*result = sem->sempid;
		return (0);
	case GETVAL:
		*result = sem->semval;
		return (0);
	case SETVAL:
		return (sem_setval(ss, num, arg->val));
	case GETALL:
		return (sem_getall(ss, arg->array));
	case SETALL:
		return (sem_setall(ss, arg->array));
	case SEM_STAT:
		*result = ss->ss_io.io_id;
		/* FALLTHROUGH */
	case IPC_STAT:
		sem_export(&ss->ss_io, &ds);
		return (copyout(&ds, arg->buf, sizeof(ds)));
	case IPC_SET:
		error = copyin(arg->buf, &ds, sizeof(ds));
		if (error == 0 && ss->ss_io.io_removed)
			error = EIDRM;
		if (error == 0) {
			ipc_set_perm(&ss->ss_io, &ds.sem_perm);
			ss->ss_ds.sem_ctime = time_second;
		}
		return (error);
	default:
		return (sem_remove(ss));
	}
}

/* SEM_STAT names sets by index. */
static int
sem_id_at(int ix)
{
	int id = -1;

	lwkt_gettoken_shared(&sem_table.it_token);
	if (ix >= 0 && ix < sem_table.it_nslots &&
	    sem_table.it_slot[ix] != NULL)
		id = sem_table.it_slot[ix]->io_id;
	lwkt_reltoken(&sem_table.it_token);
	return (id);
}

int
sys___semctl(struct sysmsg *sysmsg, const struct __semctl_args *uap)
{
	struct ipc_object *io;
	int error, id = uap->semid, mode, result = 0;
	union semun arg = { .buf = NULL };
	bool one;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	mode = semctl_mode(uap->cmd, &one);
	if (mode < 0)
		return (EINVAL);
	if (uap->cmd == SETVAL || uap->cmd == GETALL || uap->cmd == SETALL ||
	    uap->cmd == IPC_STAT || uap->cmd == SEM_STAT ||
	    uap->cmd == IPC_SET) {
		error = copyin(uap->arg, &arg, sizeof(arg));
		if (error != 0)
			return (error);
	}
	if (uap->cmd == SEM_STAT)
		id = sem_id_at(id);
	if (uap->cmd == IPC_RMID)
		lwkt_gettoken(&sem_table.it_token);
	io = ipc_get(&sem_table, id);
	if (io != NULL) {
		error = ipc_access(io, mode);
		if (error == 0 && one && (uap->semnum < 0 ||
		    uap->semnum >= IO_TO_SET(io)->ss_ds.sem_nsems))
			error = EINVAL;
		if (error == 0)
			error = sem_control(IO_TO_SET(io),
			    one ? uap->semnum : 0, uap->cmd, &arg, &result);
		ipc_put(&sem_table, io);
	} else {
		error = EINVAL;
	}
	if (uap->cmd == IPC_RMID)
		lwkt_reltoken(&sem_table.it_token);
	sysmsg->sysmsg_result = result;
	return (error);
}

/* --- kern.ipc.semsets ---------------------------------------------------- */

static void
sem_fill(struct ipc_object *io, void *rec)
{
	struct kinfo_sem *ks = rec;

	ks->ks_id = io->io_id;
	sem_export(io, &ks->ks_ds);
}

static int
sysctl_semsets(SYSCTL_HANDLER_ARGS)
{
	return (ipc_sysctl_list(&sem_table, req, sizeof(struct kinfo_sem),
	    sem_fill));
}
SYSCTL_PROC(_kern_ipc, OID_AUTO, semsets, CTLTYPE_OPAQUE | CTLFLAG_RD, NULL,
    0, sysctl_semsets, "S,kinfo_sem", "Semaphore sets");
