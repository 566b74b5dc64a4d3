/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V shared memory.
 */
#ifndef _SYS_SHM_H_
#define _SYS_SHM_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/ipc.h>

typedef unsigned int	shmatt_t;

#define SHM_RDONLY	0x1000
#define SHM_RND		0x2000
#define SHMLBA		0x1000

#define SHM_R		256
#define SHM_W		128

struct shmid_ds {
	struct ipc_perm shm_perm;
	size_t	shm_segsz;
	pid_t	shm_lpid;
	pid_t	shm_cpid;
	shmatt_t shm_nattch;
	time_t	shm_atime;
	time_t	shm_dtime;
	time_t	shm_ctime;
	void	*shm_internal;
};

#if __BSD_VISIBLE
/* One record of sysctl kern.ipc.shmsegs. */
struct kinfo_shm {
	int	ks_id;
	struct shmid_ds ks_ds;
};
#endif

#ifdef _KERNEL
struct vmspace;

/* The child's address space vm2, not in use yet, has what vm1 has attached. */
void	shmfork(struct vmspace *vm1, struct vmspace *vm2);
/* Nobody uses vm any more: everything is detached. */
void	shmexit(struct vmspace *vm);
#else
__BEGIN_DECLS
void	*shmat(int, const void *, int);
int	shmctl(int, int, struct shmid_ds *);
int	shmdt(const void *);
int	shmget(key_t, size_t, int);
__END_DECLS
#endif

#endif /* !_SYS_SHM_H_ */
