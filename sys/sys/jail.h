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

#ifdef _KERNEL

#include <sys/stdbool.h>
#include <sys/queue.h>
#include <sys/syslimits.h>
#include <sys/namecache.h>

struct sockaddr_storage;
struct ucred;

/* Locks: (p) prison_token; (a) atomic; (I) immutable once entered. */
struct prison {
	LIST_ENTRY(prison) pr_link;	/* (p) */
	u_int		pr_refs;	/* (a) */
	int		pr_id;		/* (I) */
	volatile u_long	pr_caps;	/* (a) 1 << PRISON_CAP_* */
	struct nchandle	pr_root;	/* (I) */
	char		pr_path[PATH_MAX]; /* (I) as it was given */
	char		pr_host[256];	/* sysctl's lock */
	int		pr_nips;	/* (I) */
	struct sockaddr_storage *pr_ips; /* (I) */
};

void	prison_hold(struct prison *pr);
/* Drop a reference; the last frees the jail.  May sleep. */
void	prison_free(struct prison *pr);
/* Does the jail of cr (not NULL) have the capability? */
bool	prison_may(struct ucred *cr, int cap);
/* cr is root's and in a jail: 0 or EPERM. */
int	prison_priv_check(struct ucred *cr, int priv);

#else
struct jail;

__BEGIN_DECLS
int	jail(struct jail *);
int	jail_attach(int);
__END_DECLS
#endif

#endif /* !_SYS_JAIL_H_ */
