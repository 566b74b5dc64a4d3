/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V semaphores.
 */
#ifndef _SYS_SEM_H_
#define _SYS_SEM_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/ipc.h>

struct sem;

#define SEM_UNDO	4096
#define MAX_SOPS	5
#define GETNCNT		3

#define GETPID		4
#define GETVAL		5
#define GETALL		6

#define GETZCNT		7
#define SETVAL		8
#define SETALL		9

#define SEM_STAT	10
#define SEM_A		128
#define SEM_R		256

struct semid_ds {
	struct ipc_perm sem_perm;
	struct sem *sem_base;
	unsigned short sem_nsems;
	time_t	sem_otime;
	long	sem_pad1;
	time_t	sem_ctime;
	long	sem_pad2;
	long	sem_pad3[4];
};

struct sembuf {
	unsigned short sem_num;
	short	sem_op;
	short	sem_flg;
};

union semun {
	int	val;
	struct semid_ds *buf;
	unsigned short *array;
};

#if __BSD_VISIBLE
/* One record of sysctl kern.ipc.semsets. */
struct kinfo_sem {
	int	ks_id;
	struct semid_ds ks_ds;
};
#endif

#ifdef _KERNEL
struct proc;

/* Exit of p: what it did with SEM_UNDO is undone.  p_token held. */
void	semexit(struct proc *p);
#else
__BEGIN_DECLS
int	semctl(int, int, int, ...);
int	semget(key_t, int, int);
int	semop(int, struct sembuf *, unsigned);
__END_DECLS
#endif

#endif /* !_SYS_SEM_H_ */
