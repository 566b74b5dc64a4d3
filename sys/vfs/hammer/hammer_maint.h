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

/* hammer_dedup.c */
int	hammer_dedup(struct hammer_mount *hmp, struct hammer_ioc_dedup *d);

/* hammer_flusher.c: a higher version of the format. */
int	hammer_set_version(struct hammer_mount *hmp, int version);

/* hammer_mirror.c: buf holds m->size bytes. */
int	hammer_mirror_read(struct hammer_mount *hmp,
	    struct hammer_ioc_mirror_rw *m, char *buf);
int	hammer_mirror_write(struct hammer_mount *hmp,
	    struct hammer_ioc_mirror_rw *m, char *buf);

#endif /* !_VFS_HAMMER_MAINT_H_ */
