/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: directories, and the operations on names.
 *
 * Each operation is one transaction, so that a crash takes all of it or
 * nothing.  The namecache has reserved the names; the checks here are for
 * what it cannot know.
 */
#include "hammer_inode.h"

static uint32_t
dir_lo(const struct hammer_inode *dip)
{
	return (dip->i_lo | ((dip->i_data.cap_flags &
	    HAMMER_INODE_CAP_DIR_LOCAL_INO) ? HAMMER_LOCALIZE_INODE :
	    HAMMER_LOCALIZE_MISC));
}

/* The entry a record holds; EIO if it is malformed. */
static int
dir_entry(struct hammer_mount *hmp, const hammer_leaf_t *elm,
    struct hammer_entry *e)
{
	char buf[HAMMER_ENTRY_NAME_OFF + 256];
	struct hammer_direntry_data *de = (void *)buf;
	int error;

	if (elm->data_len <= HAMMER_ENTRY_NAME_OFF ||
	    elm->data_len > HAMMER_ENTRY_NAME_OFF + 255)
		return (EIO);
	error = hammer_record_data(hmp, elm, buf, sizeof(buf));
	if (error)
		return (error);
	e->e_obj_id = de->obj_id;
	e->e_lo = de->localization & HAMMER_LOCALIZE_PSEUDOFS_MASK;
	e->e_key = elm->base.key;
	e->e_obj_type = elm->base.obj_type;
	e->e_namelen = elm->data_len - HAMMER_ENTRY_NAME_OFF;
	memcpy(e->e_name, buf + HAMMER_ENTRY_NAME_OFF, e->e_namelen);
	e->e_name[e->e_namelen] = 0;
	return (0);
}

static void
scan_range(struct hammer_inode *dip, int64_t key1, int64_t key2,
    hammer_tid_t asof, struct hammer_iter *it)
{
	struct hammer_base_elm beg, end;

	hammer_key_range(&beg, &end, dir_lo(dip), dip->i_obj_id,
	    HAMMER_RECTYPE_DIRENTRY, key1, key2);
	hammer_iter_init(it, dip->i_hmp, &beg, &end, asof);
}

/*
 * The entry of a name.  *freep, unless NULL: the first key from the name's
 * hash on that no entry has; meaningful if there is no such entry.
 */
static int
dir_find(struct hammer_inode *dip, const char *name, int len,
    hammer_tid_t asof, struct hammer_entry *e, hammer_leaf_t *elm,
    int64_t *freep)
{
	struct hammer_base_elm at, end;
	hammer_leaf_t le;
	uint32_t span;
	int64_t hash, low, top;
	int error;

	hash = hammer_dirhash(dip->i_data.cap_flags, name, len, &span);
	hammer_key_range(&end, &at, dir_lo(dip), dip->i_obj_id,
	    HAMMER_RECTYPE_DIRENTRY, hash, hash + span);
	/* From low to top all keys met so far are taken. */
	low = top = hash + span + 2;
	while ((error = hammer_btree_prev(dip->i_hmp, &at, &end, asof,
	    &le)) == 0) {
		if (le.base.key != low - 1)
			top = le.base.key;
		low = le.base.key;
		error = dir_entry(dip->i_hmp, &le, e);
		if (error)
			return (error);
		if (e->e_namelen == len && memcmp(e->e_name, name, len) == 0) {
			if (elm != NULL)
				*elm = le;
			return (0);
		}
	}
	if (freep != NULL)
		*freep = low == hash ? top + 1 : hash;
	if (error == ENOENT && freep != NULL && *freep > hash + (int64_t)span)
		error = ENOSPC;
	return (error);
}

int
hammer_dir_lookup(struct hammer_inode *dip, const char *name, int len,
    hammer_tid_t asof, struct hammer_entry *e, hammer_leaf_t *elm)
{
	return (dir_find(dip, name, len, asof, e, elm, NULL));
}

void
hammer_dir_scan(struct hammer_inode *dip, int64_t key,
    struct hammer_dirscan *ds)
{
	ds->ds_dip = dip;
	scan_range(dip, key, HAMMER_MAX_KEY, dip->i_asof, &ds->ds_it);
}

int
hammer_dir_next(struct hammer_dirscan *ds, struct hammer_entry *e)
{
	hammer_leaf_t *elm;
	int error;

	error = hammer_iter_next(&ds->ds_it, &elm);
	if (error)
		return (error);
	return (dir_entry(ds->ds_dip->i_hmp, elm, e));
}

int
hammer_dir_empty(struct hammer_inode *dip, int *emptyp)
{
	struct hammer_dirscan *ds = hammer_malloc(sizeof(*ds));
	hammer_leaf_t *elm;
	int error;

	hammer_dir_scan(dip, HAMMER_MIN_KEY, ds);
	error = hammer_iter_next(&ds->ds_it, &elm);
	*emptyp = error == ENOENT;
	hammer_free(ds);
	return (error == ENOENT ? 0 : error);
}

/* Times of a directory whose entries change: in place, no new version. */
static void
dir_touch(struct hammer_inode *dip)
{
	hammer_lock_ex(&dip->i_lock);
	dip->i_data.mtime = hammer_time_us();
	hammer_unlock(&dip->i_lock);
	hammer_inode_dirty(dip, HID_MTIME);
}

/* key is what dir_find() said to be free. */
static int
dir_add(struct hammer_inode *dip, const char *name, int len, int64_t key,
    struct hammer_inode *ip)
{
	char buf[HAMMER_ENTRY_NAME_OFF + 256];
	struct hammer_direntry_data *de = (void *)buf;
	struct hammer_mount *hmp = dip->i_hmp;
	hammer_leaf_t elm;
	int error;

	if (len < 1 || len > 255)
		return (ENAMETOOLONG);
	memset(buf, 0, sizeof(buf));
	de->obj_id = ip->i_obj_id;
	de->localization = ip->i_lo;
	memcpy(buf + HAMMER_ENTRY_NAME_OFF, name, len);
	memset(&elm, 0, sizeof(elm));
	elm.base.localization = dir_lo(dip);
	elm.base.obj_id = dip->i_obj_id;
	elm.base.rec_type = HAMMER_RECTYPE_DIRENTRY;
	elm.base.key = key;
	elm.base.create_tid = hammer_txn_tid(hmp);
	elm.base.obj_type = ip->i_data.obj_type;
	elm.create_ts = hmp->hm_time32;
	error = hammer_record_insert(hmp, &elm, buf,
	    HAMMER_ENTRY_NAME_OFF + len);
	if (error == 0)
		dir_touch(dip);
	return (error);
}

static int
dir_delete(struct hammer_inode *dip, const hammer_leaf_t *elm)
{
	int error;

	error = hammer_record_delete(dip->i_hmp, elm,
	    hammer_inode_nohist(dip));
	if (error == 0)
		dir_touch(dip);
	return (error);
}

/* A change of the number of names. */
static void
ino_links(struct hammer_inode *ip, int n, int isdir)
{
	hammer_lock_ex(&ip->i_lock);
	if (isdir)
		ip->i_data.nlinks = n > 0;
	else
		ip->i_data.nlinks += n;
	ip->i_data.ctime = hammer_time_us();
	hammer_unlock(&ip->i_lock);
	hammer_inode_dirty(ip, HID_DATA);
}

static int
dir_writable(struct hammer_inode *dip)
{
	if (hammer_inode_ronly(dip))
		return (EROFS);
	if (dip->i_data.obj_type != HAMMER_OBJTYPE_DIRECTORY)
		return (ENOTDIR);
	return (0);
}

/* The target of a long symlink is a record of its own. */
static int
put_target(struct hammer_inode *ip, const char *target, int len)
{
	struct hammer_mount *hmp = ip->i_hmp;
	hammer_leaf_t elm;

	memset(&elm, 0, sizeof(elm));
	elm.base.localization = ip->i_lo | HAMMER_LOCALIZE_MISC;
	elm.base.obj_id = ip->i_obj_id;
	elm.base.rec_type = HAMMER_RECTYPE_FIX;
	elm.base.key = HAMMER_FIXKEY_SYMLINK;
	elm.base.create_tid = hammer_txn_tid(hmp);
	elm.base.obj_type = HAMMER_OBJTYPE_SOFTLINK;
	elm.create_ts = hmp->hm_time32;
	return (hammer_record_insert(hmp, &elm, target, len));
}

/* In the transaction: the object, its target, its name. */
static int
create_locked(struct hammer_inode *dip, const char *name, int len,
    const struct hammer_inode_data *tmpl, const char *target,
    struct hammer_inode **ipp)
{
	struct hammer_inode_data data = *tmpl;
	struct hammer_entry e;
	struct hammer_inode *ip;
	int tlen = target != NULL ? strlen(target) : 0, error;
	int64_t key;

	if (dip->i_data.nlinks == 0)
		return (EINVAL);
	error = dir_find(dip, name, len, HAMMER_MAX_TID, &e, NULL, &key);
	if (error != ENOENT)
		return (error ? error : EEXIST);
	data.nlinks = 1;
	data.size = tlen;
	data.parent_obj_id = dip->i_obj_id;
	data.ctime = data.mtime = data.atime = hammer_time_us();
	data.uflags |= dip->i_data.uflags &
	    (UF_NOHISTORY | SF_NOHISTORY | UF_NODUMP);
	if (tlen > 0 && tlen <= HAMMER_INODE_BASESYMLEN)
		memcpy(data.ext.symlink, target, tlen);
	ip = hammer_inode_new(dip->i_hmp, dip->i_lo, 0, &data);
	error = 0;
	if (tlen > HAMMER_INODE_BASESYMLEN)
		error = put_target(ip, target, tlen);
	if (error == 0)
		error = dir_add(dip, name, len, key, ip);
	if (error) {
		ip->i_gone = 1;
		hammer_inode_rele(ip);
		return (error);
	}
	hammer_inode_dirty(ip, HID_DATA);
	*ipp = ip;
	return (0);
}

int
hammer_op_create(struct hammer_inode *dip, const char *name, int len,
    const struct hammer_inode_data *tmpl, const char *target,
    struct hammer_inode **ipp)
{
	struct hammer_mount *hmp = dip->i_hmp;
	int error;

	error = dir_writable(dip);
	if (error == 0)
		error = hammer_room(hmp, HAMMER_CHKSPC_CREATE);
	if (error == 0)
		error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	error = create_locked(dip, name, len, tmpl, target, ipp);
	hammer_txn_end(hmp);
	return (error);
}

int
hammer_op_link(struct hammer_inode *dip, const char *name, int len,
    struct hammer_inode *ip)
{
	struct hammer_mount *hmp = dip->i_hmp;
	struct hammer_entry e;
	int64_t key = 0;
	int error;

	if (dip->i_lo != ip->i_lo)
		return (EXDEV);
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_DIRECTORY)
		return (EPERM);
	error = dir_writable(dip);
	if (error == 0 && hammer_inode_ronly(ip))
		error = EROFS;
	if (error == 0)
		error = hammer_room(hmp, HAMMER_CHKSPC_CREATE);
	if (error == 0)
		error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	if (dip->i_data.nlinks == 0)
		error = EINVAL;
	else if (ip->i_data.nlinks == 0)
		error = ENOENT;
	if (error == 0) {
		error = dir_find(dip, name, len, HAMMER_MAX_TID, &e, NULL,
		    &key);
		error = error == 0 ? EEXIST : error == ENOENT ? 0 : error;
	}
	if (error == 0)
		error = dir_add(dip, name, len, key, ip);
	if (error == 0)
		ino_links(ip, 1, 0);
	hammer_txn_end(hmp);
	return (error);
}

/* May this entry go? isdir: -1 whatever it is. */
static int
removable(struct hammer_inode *dip, const struct hammer_entry *e, int isdir,
    struct hammer_inode **ipp)
{
	struct hammer_inode *ip;
	int error, empty = 1, dir;

	error = hammer_inode_get(dip->i_hmp, e->e_obj_id, e->e_lo,
	    HAMMER_MAX_TID, &ip);
	if (error)
		return (error);
	dir = ip->i_data.obj_type == HAMMER_OBJTYPE_DIRECTORY;
	if (isdir == 1 && !dir)
		error = ENOTDIR;
	else if (isdir == 0 && dir)
		error = EISDIR;
	else if (dir)
		error = hammer_dir_empty(ip, &empty);
	if (error == 0 && !empty)
		error = ENOTEMPTY;
	if (error) {
		hammer_inode_rele(ip);
		return (error);
	}
	*ipp = ip;
	return (0);
}

int
hammer_op_remove(struct hammer_inode *dip, const char *name, int len,
    int isdir, struct hammer_inode **ipp)
{
	struct hammer_mount *hmp = dip->i_hmp;
	struct hammer_entry e;
	struct hammer_inode *ip;
	hammer_leaf_t elm;
	int error;

	error = dir_writable(dip);
	if (error == 0 && !hammer_inode_nohist(dip))
		error = hammer_room(hmp, HAMMER_CHKSPC_REMOVE);
	if (error == 0)
		error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	error = hammer_dir_lookup(dip, name, len, HAMMER_MAX_TID, &e, &elm);
	if (error == 0)
		error = removable(dip, &e, isdir, &ip);
	if (error == 0) {
		error = dir_delete(dip, &elm);
		if (error == 0)
			ino_links(ip, -1, isdir);
		if (error == 0)
			*ipp = ip;
		else
			hammer_inode_rele(ip);
	}
	hammer_txn_end(hmp);
	return (error);
}

static int
rename_locked(struct hammer_inode *fdip, const char *fname, int flen,
    struct hammer_inode *tdip, const char *tname, int tlen,
    struct hammer_inode **overp)
{
	struct hammer_mount *hmp = fdip->i_hmp;
	struct hammer_entry fe, te;
	struct hammer_inode *ip = NULL, *over = NULL;
	hammer_leaf_t felm, telm;
	int64_t key = 0;
	int error;

	if (tdip->i_data.nlinks == 0)
		return (EINVAL);
	error = hammer_dir_lookup(fdip, fname, flen, HAMMER_MAX_TID, &fe,
	    &felm);
	if (error == 0)
		error = hammer_inode_get(hmp, fe.e_obj_id, fe.e_lo,
		    HAMMER_MAX_TID, &ip);
	if (error)
		return (error);
	error = dir_find(tdip, tname, tlen, HAMMER_MAX_TID, &te, &telm, &key);
	if (error == 0) {
		/* The new entry takes the place of the old one. */
		key = telm.base.key;
		error = removable(tdip, &te, -1, &over);
	} else if (error == ENOENT) {
		error = 0;
	}
	if (error == 0 && over != NULL)
		error = dir_delete(tdip, &telm);
	if (error == 0)
		error = dir_add(tdip, tname, tlen, key, ip);
	if (error == 0)
		error = dir_delete(fdip, &felm);
	if (error == 0) {
		hammer_lock_ex(&ip->i_lock);
		ip->i_data.parent_obj_id = tdip->i_obj_id;
		ip->i_data.ctime = hammer_time_us();
		hammer_unlock(&ip->i_lock);
		hammer_inode_dirty(ip, HID_DATA);
		if (over != NULL)
			ino_links(over, -1, over->i_data.obj_type ==
			    HAMMER_OBJTYPE_DIRECTORY);
		*overp = over;
		over = NULL;
	}
	if (over != NULL)
		hammer_inode_rele(over);
	hammer_inode_rele(ip);
	return (error);
}

int
hammer_op_rename(struct hammer_inode *fdip, const char *fname, int flen,
    struct hammer_inode *tdip, const char *tname, int tlen,
    struct hammer_inode **overp)
{
	struct hammer_mount *hmp = fdip->i_hmp;
	int error;

	*overp = NULL;
	if (fdip->i_lo != tdip->i_lo)
		return (EXDEV);
	if (tlen < 1 || tlen > 255)
		return (ENAMETOOLONG);
	error = dir_writable(fdip);
	if (error == 0)
		error = dir_writable(tdip);
	if (error == 0)
		error = hammer_room(hmp, HAMMER_CHKSPC_CREATE);
	if (error == 0)
		error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	error = rename_locked(fdip, fname, flen, tdip, tname, tlen, overp);
	hammer_txn_end(hmp);
	return (error);
}

/*
 * Symbolic links; those of PFS 0 to other PFSs are translated (semantics.md,
 * section 1.2).
 */
static int
pfs_link(struct hammer_inode *ip, char *buf, int size, int *lenp)
{
	struct hammer_pseudofs_data pfsd;
	int id = 0, i;

	if (*lenp != 10 || memcmp(buf, "@@PFS", 5) != 0 || ip->i_lo != 0 ||
	    ip->i_asof != HAMMER_MAX_TID)
		return (0);
	for (i = 5; i < 10; i++) {
		if (buf[i] < '0' || buf[i] > '9')
			return (0);
		id = id * 10 + buf[i] - '0';
	}
	if (id >= HAMMER_MAX_PFS ||
	    hammer_pfs_get(ip->i_hmp, id, 0, &pfsd, NULL) != 0)
		return (0);
	if (pfsd.mirror_flags & HAMMER_PFSD_SLAVE) {
		if (size < 27)
			return (ENAMETOOLONG);
		*lenp = hammer_snprintf(buf, size, "@@0x%016jx:%05d",
		    (uintmax_t)pfsd.sync_end_tid, id);
	} else {
		*lenp = hammer_snprintf(buf, size, "@@-1:%05d", id);
	}
	return (0);
}

int
hammer_readlink(struct hammer_inode *ip, char *buf, int size, int *lenp)
{
	struct hammer_base_elm key;
	hammer_leaf_t elm;
	int len = ip->i_data.size, error;

	if (ip->i_data.obj_type != HAMMER_OBJTYPE_SOFTLINK)
		return (EINVAL);
	if (ip->i_data.size >= (uint64_t)size)
		return (EIO);
	*lenp = len;
	if (len <= HAMMER_INODE_BASESYMLEN) {
		memcpy(buf, ip->i_data.ext.symlink, len);
		return (pfs_link(ip, buf, size, lenp));
	}
	memset(&key, 0, sizeof(key));
	key.localization = ip->i_lo | HAMMER_LOCALIZE_MISC;
	key.obj_id = ip->i_obj_id;
	key.rec_type = HAMMER_RECTYPE_FIX;
	key.key = HAMMER_FIXKEY_SYMLINK;
	error = hammer_btree_asof(ip->i_hmp, &key, ip->i_asof, &elm);
	if (error == 0 && elm.data_len < len)
		error = EIO;
	if (error == 0)
		error = hammer_record_data(ip->i_hmp, &elm, buf, size);
	return (error == ENOENT ? EIO : error);
}
