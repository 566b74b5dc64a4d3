/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: objects in memory: inodes, directories, file data.
 */
#ifndef _VFS_HAMMER_INODE_H_
#define _VFS_HAMMER_INODE_H_

#include "hammer.h"

/*
 * An object as of a tid.  The vnode holds a reference, and so does the list
 * of dirty inodes.  i_data is changed under i_lock (or by an operation,
 * under hm_txn_lock and i_lock), then hammer_inode_dirty() is called.
 */
struct hammer_inode {
	LIST_ENTRY(hammer_inode) i_hash;	/* (h) */
	TAILQ_ENTRY(hammer_inode) i_dirtylink;	/* (h) */
	struct hammer_mount	*i_hmp;		/* (I) */
	int64_t			i_obj_id;	/* (I) */
	uint32_t		i_lo;		/* (I) PFS part */
	hammer_tid_t		i_asof;		/* (I) */
	int			i_refs;		/* (h) */
	int			i_hashed;	/* (h) */
	int			i_dirty;	/* (h) HID_* */
	int			i_listed;	/* (h) on hm_dirtyino */
	int			i_ondisk;	/* (T) has a record */
	int			i_gone;		/* (T) destroyed */
	int			i_fake;		/* (I) no inode at that time */
	hammer_lock_t		i_lock;
	hammer_lock_t		i_iolock;	/* pages become records */
	int			i_ioerror;	/* (a) of pages not written */
	off_t			i_datasize;	/* (a) records end before it */
	struct hammer_inode_data i_data;	/* (i) */
	hammer_tid_t		i_create_tid;	/* (T) of the record */
	uint32_t		i_cycle;	/* (T) records last changed in */
	void			*i_vnode;	/* (h) the kernel's */
	uint32_t		i_dev;		/* (I) st_dev, with a vnode */
	long			i_rsv;		/* (h) bytes of dirty buffers */
};

#define HID_DATA	0x1	/* anything but times: a new version */
#define HID_MTIME	0x2
#define HID_ATIME	0x4

static __inline int
hammer_inode_nohist(const struct hammer_inode *ip)
{
	return ((ip->i_data.uflags & (UF_NOHISTORY | SF_NOHISTORY)) != 0);
}

static __inline int
hammer_inode_ronly(const struct hammer_inode *ip)
{
	uint32_t pfs = hammer_lo_to_pfs(ip->i_lo);

	return (ip->i_asof != HAMMER_MAX_TID || ip->i_hmp->hm_ronly ||
	    ip->i_hmp->hm_error ||
	    (ip->i_hmp->hm_frozen[pfs / 8] & (1 << (pfs & 7))) != 0);
}

/* hammer_inode.c */
/* The inode, referenced; ENOENT if there is none as of asof. */
int	hammer_inode_get(struct hammer_mount *hmp, int64_t obj_id,
	    uint32_t lo, hammer_tid_t asof, struct hammer_inode **ipp);
/*
 * An entry seen as of a time at which its inode has no record: what the
 * name leads to then is an empty, read-only FIFO without links.
 */
struct hammer_inode *hammer_inode_fake(struct hammer_mount *hmp,
	    int64_t obj_id, uint32_t lo, hammer_tid_t asof);
void	hammer_inode_ref(struct hammer_inode *ip);
void	hammer_inode_rele(struct hammer_inode *ip);
/* A new object, in a directory; not yet linked.  hm_txn_lock. */
struct hammer_inode *hammer_inode_new(struct hammer_mount *hmp,
	    uint32_t lo, int64_t obj_id,
	    const struct hammer_inode_data *tmpl);
void	hammer_inode_dirty(struct hammer_inode *ip, int what);
/* Dirty inodes become records.  hm_txn_lock. */
int	hammer_inode_flush_all(struct hammer_mount *hmp);
/* The cycle in which the object has last been changed. */
uint32_t hammer_inode_cycle(struct hammer_inode *ip);
/* The last name and the last user are gone: delete all its records. */
int	hammer_inode_destroy(struct hammer_inode *ip);
/* The mount ends: dirty inodes that could not be written. */
void	hammer_inode_forget(struct hammer_mount *hmp);
uint64_t hammer_stat_blocks(const struct hammer_inode *ip);

/* hammer_dir.c: operations; they take hm_txn_lock themselves. */
struct hammer_entry {
	int64_t		e_obj_id;
	uint32_t	e_lo;		/* PFS part of the target */
	int64_t		e_key;
	int		e_obj_type;
	int		e_namelen;
	char		e_name[256];
};
int	hammer_dir_lookup(struct hammer_inode *dip, const char *name, int len,
	    hammer_tid_t asof, struct hammer_entry *e, hammer_leaf_t *elm);
/* The first entry with a key of at least key; ENOENT at the end. */
struct hammer_dirscan {
	struct hammer_iter	ds_it;
	struct hammer_inode	*ds_dip;
};
void	hammer_dir_scan(struct hammer_inode *dip, int64_t key,
	    struct hammer_dirscan *ds);
int	hammer_dir_next(struct hammer_dirscan *ds, struct hammer_entry *e);
int	hammer_dir_empty(struct hammer_inode *dip, int *emptyp);
int	hammer_op_create(struct hammer_inode *dip, const char *name, int len,
	    const struct hammer_inode_data *tmpl, const char *target,
	    struct hammer_inode **ipp);
int	hammer_op_link(struct hammer_inode *dip, const char *name, int len,
	    struct hammer_inode *ip);
/* isdir: 1 rmdir, 0 unlink.  *ipp: what was removed, referenced. */
int	hammer_op_remove(struct hammer_inode *dip, const char *name, int len,
	    int isdir, struct hammer_inode **ipp);
/* *overp: what the target name named before, or NULL. */
int	hammer_op_rename(struct hammer_inode *fdip, const char *fname,
	    int flen, struct hammer_inode *tdip, const char *tname, int tlen,
	    struct hammer_inode **overp);
int	hammer_readlink(struct hammer_inode *ip, char *buf, int size,
	    int *lenp);

/* hammer_file.c */
/* Bytes of a file as recorded, zeros where nothing is. */
int	hammer_file_read(struct hammer_inode *ip, off_t off, char *buf,
	    int len);
/* One block of the grid; len as hammer_file_blocklen() says. */
int	hammer_file_write_block(struct hammer_inode *ip, off_t off,
	    const char *data, int len);
int	hammer_file_blocklen(const struct hammer_inode *ip, off_t off);
/* Delete what is recorded at and after the block boundary from off on. */
int	hammer_file_truncate(struct hammer_inode *ip, off_t off);
/*
 * Cut to size: records beyond are deleted, and in the same transaction as
 * the new size the block that size lies in becomes what block says (NULL
 * if size is at its start).
 */
int	hammer_file_shrink(struct hammer_inode *ip, off_t size,
	    const char *block);
/* Write and truncate by read, modify, write: without a page cache. */
int	hammer_file_pwrite(struct hammer_inode *ip, off_t off,
	    const char *data, int len);
int	hammer_file_resize(struct hammer_inode *ip, off_t size);

/* hammer_pfs.c */
/* The PFS's record: ENOENT if there is none, or it is deleted (!raw). */
int	hammer_pfs_get(struct hammer_mount *hmp, int pfs_id, int raw,
	    struct hammer_pseudofs_data *pfsd, hammer_leaf_t *elm);
int	hammer_pfs_put(struct hammer_mount *hmp, int pfs_id,
	    const struct hammer_pseudofs_data *pfsd);
/* Which PFSs are slaves: at mount. */
void	hammer_pfs_scan(struct hammer_mount *hmp);
int	hammer_pfs_mkroot(struct hammer_mount *hmp, int pfs_id);
/* Undo everything created after tid in the PFS: upgrade and destroy. */
int	hammer_pfs_rollback(struct hammer_mount *hmp, int pfs_id,
	    hammer_tid_t tid);
/* Somebody may wait for news of a PFS; wait for them yourself. */
void	hammer_pfs_wakeup(struct hammer_mount *hmp);
uint32_t hammer_pfs_dev(struct hammer_mount *hmp, uint32_t lo,
	    hammer_tid_t asof);

#endif /* !_VFS_HAMMER_INODE_H_ */
