/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: maintenance, history and mirroring: what ioctls do.  The functions
 * take structures and buffers in the caller's memory, so that programs on
 * volumes that are not mounted may use them too.
 */
#ifndef _VFS_HAMMER_MAINT_H_
#define _VFS_HAMMER_MAINT_H_

#include "hammer_inode.h"

/* A signal waits for the caller: stop, and say how far it came. */
int	hammer_interrupted(void);

/* hammer_snapshot.c */
int	hammer_snap_add(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_snapshot *s);
int	hammer_snap_del(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_snapshot *s);
int	hammer_snap_get(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_snapshot *s);
int	hammer_config_get(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_config *c);
int	hammer_config_set(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_config *c);

/* hammer_history.c */
int	hammer_history(struct hammer_inode *ip, struct hammer_ioc_history *h);
int	hammer_get_data(struct hammer_mount *hmp, struct hammer_ioc_data *d,
	    char *buf, int *lenp);

/* hammer_prune.c: elms are the ranges, newest first. */
int	hammer_prune(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_prune *p, struct hammer_ioc_prune_elm *elms);

/* hammer_reblock.c */
int	hammer_reblock(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_reblock *r);

/* hammer_rebalance.c */
int	hammer_rebalance(struct hammer_mount *hmp, uint32_t lo,
	    struct hammer_ioc_rebalance *r);

/* hammer_dedup.c */
int	hammer_dedup(struct hammer_mount *hmp, struct hammer_ioc_dedup *d);

/* hammer_flusher.c: a higher version of the format. */
int	hammer_set_version(struct hammer_mount *hmp, int version);

/* hammer_volop.c: bytes of a new volume. */
struct hammer_newvolume {
	int64_t	nv_size;		/* of the device */
	int64_t	nv_bootsize;		/* boot area */
	int64_t	nv_memsize;		/* memory log */
};
/*
 * dev is the platform's and becomes the mount's, or is closed.  EFTYPE if it
 * is a volume or too small, EAGAIN if another one comes or goes.
 */
int	hammer_volume_add(struct hammer_mount *hmp, const char *name,
	    void *dev, const struct hammer_newvolume *nv);
/* EINVAL: no such volume, or the root; ENOTEMPTY unless reblock is set. */
int	hammer_volume_del(struct hammer_mount *hmp, const char *name,
	    int reblock);

/* hammer_mirror.c: buf holds m->size bytes. */
int	hammer_mirror_read(struct hammer_mount *hmp,
	    struct hammer_ioc_mirror_rw *m, char *buf);
int	hammer_mirror_write(struct hammer_mount *hmp,
	    struct hammer_ioc_mirror_rw *m, char *buf);

#endif /* !_VFS_HAMMER_MAINT_H_ */
