/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jails.
 */
#ifndef _SYS_JAIL_H_
#define _SYS_JAIL_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define PRISON_CAP_ROOT			0
#define PRISON_CAP_SYS_SET_HOSTNAME	1
#define PRISON_CAP_SYS_SYSVIPC		2
#define PRISON_CAP_NET_UNIXIPROUTE	20
#define PRISON_CAP_NET_RAW_SOCKETS	21
#define PRISON_CAP_NET_LISTEN_OVERRIDE	22
#define PRISON_CAP_VFS_CHFLAGS		40
#define PRISON_CAP_VFS_MOUNT_NULLFS	45
#define PRISON_CAP_VFS_MOUNT_DEVFS	46
#define PRISON_CAP_VFS_MOUNT_TMPFS	47

typedef __uint64_t	prison_cap_t;
struct jail {
	uint32_t version;
	char	*path;
	char	*hostname;
	uint32_t n_ips;
	struct sockaddr_storage *ips;
};

struct jail_v0 {
	uint32_t version;
	char	*path;
	char	*hostname;
	uint32_t ip_number;
};

#ifndef _KERNEL
struct jail;

__BEGIN_DECLS
int	jail(struct jail *);
int	jail_attach(int);
__END_DECLS
#endif

#endif /* !_SYS_JAIL_H_ */
