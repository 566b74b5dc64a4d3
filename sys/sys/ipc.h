/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V interprocess communication: keys and permissions.
 */
#ifndef _SYS_IPC_H_
#define _SYS_IPC_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define IPC_R		0x0100
#define IPC_W		0x0080
#define IPC_M		0x1000
#define IPC_CREAT	0x0200
#define IPC_EXCL	0x0400
#define IPC_NOWAIT	0x0800
#define IPC_PRIVATE	0x0000
#define IPC_RMID	0x0000
#define IPC_SET		0x0001
#define IPC_STAT	0x0002

struct ipc_perm {
	uid_t	cuid;
	gid_t	cgid;
	uid_t	uid;
	gid_t	gid;
	mode_t	mode;
	unsigned short seq;
	key_t	key;
};

#ifdef _KERNEL
#define IXSEQ_TO_IPCID(ix, perm)	(((perm).seq << 16) | ((ix) & 0xffff))
#define IPCID_TO_IX(id)			((id) & 0xffff)
#define IPCID_TO_SEQ(id)		(((id) >> 16) & 0xffff)

struct proc;

int	ipcperm(struct proc *, struct ipc_perm *, int);
#else
__BEGIN_DECLS
key_t	ftok(const char *, int);
__END_DECLS
#endif

#endif /* !_SYS_IPC_H_ */
