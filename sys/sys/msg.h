/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System V message queues.
 */
#ifndef _SYS_MSG_H_
#define _SYS_MSG_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/ipc.h>

typedef unsigned long	msglen_t;
typedef unsigned long	msgqnum_t;

struct msg;

#define MSG_NOERROR	4096

struct msqid_ds {
	struct ipc_perm msg_perm;
	struct msg *msg_first;
	struct msg *msg_last;
	msglen_t msg_cbytes;
	msgqnum_t msg_qnum;
	msglen_t msg_qbytes;
	pid_t	msg_lspid;
	pid_t	msg_lrpid;
	time_t	msg_stime;
	long	msg_pad1;
	time_t	msg_rtime;
	long	msg_pad2;
	time_t	msg_ctime;
	long	msg_pad3;
	long	msg_pad4[4];
};

struct mymsg {
	long	mtype;
	char	mtext[1];
};

#if __BSD_VISIBLE
/* One record of sysctl kern.ipc.msqids. */
struct kinfo_msq {
	int	km_id;
	struct msqid_ds km_ds;
};
#endif

#ifndef _KERNEL
__BEGIN_DECLS
int	msgctl(int, int, struct msqid_ds *);
int	msgget(key_t, int);
ssize_t	msgrcv(int, void *, size_t, long, int);
int	msgsnd(int, const void *, size_t, int);
__END_DECLS
#endif

#endif /* !_SYS_MSG_H_ */
