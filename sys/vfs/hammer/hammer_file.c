/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: file data (on-disk.md, section 6.3).
 *
 * A record covers one block of the grid and its key is the offset of its
 * end.  What is written is always written to new space.
 */
#include "hammer_inode.h"

/* Keys of records that may overlap [from, end): no block crosses the grid. */
static void
file_range(struct hammer_inode *ip, off_t from, off_t end,
    struct hammer_base_elm *first, struct hammer_base_elm *last)
{
	if (end != HAMMER_MAX_KEY)
		end = hammer_blockbase(end - 1) + hammer_blocksize(end - 1);
	hammer_key_range(first, last, ip->i_lo | HAMMER_LOCALIZE_MISC,
	    ip->i_obj_id, HAMMER_RECTYPE_DATA, from + 1, end);
}

/* The part of a record's data that lies in [off, off + len). */
static int
read_part(struct hammer_inode *ip, const hammer_leaf_t *elm, off_t off,
    char *buf, int len, char **tmpp)
{
	off_t beg = elm->base.key - elm->data_len, lo, hi;
	int error;

	if (beg >= off && elm->base.key <= off + len)
		return (hammer_record_data(ip->i_hmp, elm, buf + (beg - off),
		    elm->data_len));
	if (*tmpp == NULL)
		*tmpp = hammer_ioalloc(HAMMER_XBUFSIZE);
	error = hammer_record_data(ip->i_hmp, elm, *tmpp, elm->data_len);
	lo = MAX(beg, off);
	hi = MIN(elm->base.key, off + len);
	if (error == 0)
		memcpy(buf + (lo - off), *tmpp + (lo - beg), hi - lo);
	return (error);
}

int
hammer_file_read(struct hammer_inode *ip, off_t off, char *buf, int len)
{
	struct hammer_base_elm at, end;
	hammer_leaf_t elm;
	char *tmp = NULL;
	int error;

	memset(buf, 0, len);
	file_range(ip, off, off + len, &end, &at);
	while ((error = hammer_btree_prev(ip->i_hmp, &at, &end, ip->i_asof,
	    &elm)) == 0) {
		if (elm.data_len <= 0 || elm.data_len > HAMMER_XBUFSIZE)
			error = EIO;
		else if (elm.base.key - elm.data_len < off + len)
			error = read_part(ip, &elm, off, buf, len, &tmp);
		if (error)
			break;
	}
	if (tmp != NULL)
		hammer_iofree(tmp, HAMMER_XBUFSIZE);
	return (error == ENOENT ? 0 : error);
}

/* The length of the record for the block at off, given the file's size. */
int
hammer_file_blocklen(const struct hammer_inode *ip, off_t off)
{
	if (off == 0 && ip->i_data.size <= HAMMER_HBUFSIZE)
		return (HAMMER_DATA_DOALIGN((int)ip->i_data.size));
	return (hammer_blocksize(off));
}

/*
 * Delete live records from at down to end that begin before off; at most max
 * of them.  hm_txn held.  *donep: there are no more; else at is where to go
 * on.
 */
static int
file_delete(struct hammer_inode *ip, struct hammer_base_elm *at,
    const struct hammer_base_elm *end, off_t off, int max, int *donep)
{
	hammer_leaf_t elm;
	int n, error = 0;

	*donep = 0;
	ip->i_cycle = ip->i_hmp->hm_cycle;
	for (n = 0; n < max && error == 0; n++) {
		error = hammer_btree_prev(ip->i_hmp, at, end, HAMMER_MAX_TID,
		    &elm);
		if (error == 0 && elm.base.key - elm.data_len < off)
			error = hammer_record_delete(ip->i_hmp, &elm,
			    hammer_inode_nohist(ip));
	}
	if (error == ENOENT) {
		*donep = 1;
		error = 0;
	}
	return (error);
}

/* hm_txn held: the block's record becomes this. */
static int
put_block(struct hammer_inode *ip, off_t off, const char *data, int len)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_base_elm at, end;
	hammer_leaf_t elm;
	int done = 0, error = 0;

	HAMMER_ASSERT(off == hammer_blockbase(off) && len > 0 &&
	    (len & 15) == 0 && len <= hammer_blocksize(off));
	file_range(ip, off, off + hammer_blocksize(off), &end, &at);
	while (error == 0 && !done)
		error = file_delete(ip, &at, &end, off +
		    hammer_blocksize(off), 8, &done);
	if (error || ip->i_gone)
		return (error);
	memset(&elm, 0, sizeof(elm));
	elm.base.localization = ip->i_lo | HAMMER_LOCALIZE_MISC;
	elm.base.obj_id = ip->i_obj_id;
	elm.base.rec_type = HAMMER_RECTYPE_DATA;
	elm.base.key = off + len;
	elm.base.create_tid = hammer_txn_tid(hmp);
	elm.base.obj_type = ip->i_data.obj_type;
	elm.create_ts = hmp->hm_time32;
	return (hammer_record_insert(hmp, &elm, data, len));
}

int
hammer_file_write_block(struct hammer_inode *ip, off_t off, const char *data,
    int len)
{
	struct hammer_mount *hmp = ip->i_hmp;
	int error;

	error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	error = put_block(ip, off, data, len);
	hammer_txn_end(hmp);
	hammer_stat[HST_FILE_WRITE] += len;
	return (error);
}

int
hammer_file_truncate(struct hammer_inode *ip, off_t off)
{
	struct hammer_mount *hmp = ip->i_hmp;
	struct hammer_base_elm at, end;
	off_t from = hammer_blockbase(off);
	int done = 0, error;

	if (from != off)
		from += hammer_blocksize(off);
	file_range(ip, from, HAMMER_MAX_KEY, &end, &at);
	do {
		error = hammer_txn_begin(hmp);
		if (error)
			break;
		error = file_delete(ip, &at, &end, HAMMER_MAX_KEY, 64, &done);
		hammer_txn_end(hmp);
	} while (error == 0 && !done);
	return (error);
}

static void
set_size(struct hammer_inode *ip, off_t size)
{
	hammer_lock_ex(&ip->i_lock);
	ip->i_data.size = size;
	ip->i_data.mtime = hammer_time_us();
	hammer_unlock(&ip->i_lock);
	hammer_inode_dirty(ip, HID_DATA);
}

int
hammer_file_shrink(struct hammer_inode *ip, off_t size, const char *block)
{
	struct hammer_mount *hmp = ip->i_hmp;
	off_t base = hammer_blockbase(size);
	int error;

	error = hammer_file_truncate(ip, size);
	if (error == 0)
		error = hammer_txn_begin(hmp);
	if (error)
		return (error);
	set_size(ip, size);
	if (block != NULL)
		error = put_block(ip, base, block,
		    hammer_file_blocklen(ip, base));
	hammer_txn_end(hmp);
	return (error);
}

/*
 * Without a page cache: recovery, and programs that use the core.
 */
int
hammer_file_pwrite(struct hammer_inode *ip, off_t off, const char *data,
    int len)
{
	char *block = hammer_malloc(HAMMER_XBUFSIZE);
	off_t base;
	int n, at, error = 0;

	while (len > 0 && error == 0) {
		base = hammer_blockbase(off);
		at = off - base;
		n = MIN(len, hammer_blocksize(off) - at);
		error = hammer_file_read(ip, base, block,
		    hammer_blocksize(off));
		if (error)
			break;
		memcpy(block + at, data, n);
		if ((uint64_t)(off + n) > ip->i_data.size)
			set_size(ip, off + n);
		else
			hammer_inode_dirty(ip, HID_MTIME);
		error = hammer_file_write_block(ip, base, block,
		    hammer_file_blocklen(ip, base));
		off += n;
		data += n;
		len -= n;
	}
	hammer_free(block);
	return (error);
}

int
hammer_file_resize(struct hammer_inode *ip, off_t size)
{
	off_t base = hammer_blockbase(size);
	char *block = NULL;
	int n = size - base, error = 0;

	if (size >= (off_t)ip->i_data.size) {
		if (size > (off_t)ip->i_data.size)
			set_size(ip, size);
		return (0);
	}
	if (n > 0) {
		block = hammer_malloc(HAMMER_XBUFSIZE);
		error = hammer_file_read(ip, base, block,
		    hammer_blocksize(size));
		memset(block + n, 0, HAMMER_XBUFSIZE - n);
	}
	if (error == 0)
		error = hammer_file_shrink(ip, size, block);
	if (block != NULL)
		hammer_free(block);
	return (error);
}
