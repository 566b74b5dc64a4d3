/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): recover - save what can be found on volumes that cannot be
 * mounted.
 *
 * The tree above the leaves is not needed: any block of the B-Tree zone that
 * is a leaf with a good CRC is taken (on-disk.md, section 14).  Of each
 * object and each entry the newest live record counts.  What has no name
 * appears as obj_0x... in the directory of its PFS.
 */
#include <sys/stat.h>
#include <err.h>
#include <fcntl.h>
#include <unistd.h>
#include "hammer_cmd.h"

/* An object: its inode if there is one, and a name if there is one. */
struct object {
	uint32_t	o_pfs;
	int64_t		o_id;
	hammer_tid_t	o_tid;		/* of the inode found */
	hammer_tid_t	o_etid;		/* of the entry found */
	struct hammer_inode_data o_data;
	int64_t		o_dir;		/* directory of the entry */
	char		*o_name;
	struct object	*o_next;
	struct link	*o_links;	/* further names */
	int		o_made;		/* exists in the target */
	int		o_busy;		/* its path is being made */
};

struct link {
	struct link	*l_next;
	int64_t		l_dir;
	char		*l_name;
};

/* A data or long symlink record. */
struct piece {
	struct object	*p_obj;
	hammer_leaf_t	p_elm;
};

#define HASH	65536

static struct object *objects[HASH];
static struct piece *pieces;
static size_t npieces, maxpieces;
static struct hammer_mount *hmp;
static const char *target;
static long nnodes, nfiles, nbad;

static struct object *
object_get(uint32_t lo, int64_t id)
{
	uint32_t pfs = hammer_lo_to_pfs(lo);
	struct object *o, **op;

	op = &objects[(uint64_t)(id ^ (id >> 17) ^ (pfs << 5)) % HASH];
	for (o = *op; o != NULL; o = o->o_next) {
		if (o->o_id == id && o->o_pfs == pfs)
			return (o);
	}
	o = hammer_zalloc(sizeof(*o));
	o->o_id = id;
	o->o_pfs = pfs;
	o->o_next = *op;
	*op = o;
	return (o);
}

/*
 * Collecting.
 */
static void
found_inode(const hammer_leaf_t *e)
{
	struct object *o = object_get(e->base.localization, e->base.obj_id);
	struct hammer_inode_data id;

	if (e->data_len != sizeof(id) || e->base.create_tid < o->o_tid ||
	    hammer_record_data(hmp, e, &id, sizeof(id)) != 0)
		return;
	o->o_data = id;
	o->o_tid = e->base.create_tid;
}

/* A name that can be one, or NULL. */
static char *
entry_name(const char *buf, int len)
{
	char *name;

	if (memchr(buf, '/', len) != NULL || memchr(buf, '\0', len) != NULL)
		return (NULL);
	name = hammer_zalloc(len + 1);
	memcpy(name, buf, len);
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		free(name);
		return (NULL);
	}
	return (name);
}

static void
found_entry(const hammer_leaf_t *e)
{
	char buf[HAMMER_ENTRY_NAME_OFF + 256], *name;
	struct hammer_direntry_data *de = (void *)buf;
	struct object *o;
	struct link *l;

	if (e->data_len <= HAMMER_ENTRY_NAME_OFF ||
	    e->data_len > HAMMER_ENTRY_NAME_OFF + 255 ||
	    hammer_record_data(hmp, e, buf, sizeof(buf)) != 0)
		return;
	name = entry_name(buf + HAMMER_ENTRY_NAME_OFF, e->data_len -
	    HAMMER_ENTRY_NAME_OFF);
	if (name == NULL)
		return;
	o = object_get(de->localization, de->obj_id);
	if (o->o_name != NULL) {
		l = hammer_zalloc(sizeof(*l));
		l->l_dir = e->base.obj_id;
		l->l_name = name;
		/* The newest name is the object's own. */
		if (e->base.create_tid > o->o_etid) {
			l->l_dir = o->o_dir;
			l->l_name = o->o_name;
			o->o_dir = e->base.obj_id;
			o->o_name = name;
			o->o_etid = e->base.create_tid;
		}
		l->l_next = o->o_links;
		o->o_links = l;
		return;
	}
	o->o_dir = e->base.obj_id;
	o->o_name = name;
	o->o_etid = e->base.create_tid;
}

static void
found_piece(const hammer_leaf_t *e)
{
	if (npieces == maxpieces) {
		maxpieces = maxpieces * 2 + 1024;
		pieces = realloc(pieces, maxpieces * sizeof(*pieces));
		if (pieces == NULL)
			err(1, "realloc");
	}
	pieces[npieces].p_obj = object_get(e->base.localization,
	    e->base.obj_id);
	pieces[npieces++].p_elm = *e;
}

static void
found_leaf(const struct hammer_node_ondisk *node)
{
	const hammer_leaf_t *e;
	int i;

	nnodes++;
	for (i = 0; i < node->count; i++) {
		e = &node->elms[i].leaf;
		if (e->base.delete_tid != 0 || e->delete_ts != 0 ||
		    e->base.btype != HAMMER_BTREE_TYPE_RECORD ||
		    !hammer_leaf_offset_ok(e))
			continue;
		switch (e->base.rec_type) {
		case HAMMER_RECTYPE_INODE:
			found_inode(e);
			break;
		case HAMMER_RECTYPE_DIRENTRY:
			found_entry(e);
			break;
		case HAMMER_RECTYPE_DATA:
		case HAMMER_RECTYPE_FIX:
			found_piece(e);
			break;
		}
	}
}

static void
scan_bigblock(struct hammer_volume *vol, hammer_off_t off, int bytes)
{
	static char buf[HAMMER_BUFSIZE] __attribute__((__aligned__(8)));
	struct hammer_node_ondisk *node;
	int pos, n;

	for (pos = 0; pos < bytes; pos += HAMMER_BUFSIZE) {
		if (hammer_dev_read(vol, vol->v_bufbeg + (off_t)off + pos,
		    buf, HAMMER_BUFSIZE) != 0)
			continue;
		for (n = 0; n < HAMMER_BUFSIZE && pos + n < bytes;
		    n += HAMMER_NODE_SIZE) {
			node = (void *)(buf + n);
			if (node->type == HAMMER_BTREE_TYPE_LEAF &&
			    node->count > 0 &&
			    node->count <= HAMMER_BTREE_LEAF_ELMS &&
			    hammer_node_ok(hmp->hm_version, node))
				found_leaf(node);
		}
	}
	if (verbose > 0)
		printf("Done %016jx\n", (uintmax_t)hammer_off_encode(
		    HAMMER_ZONE_BTREE_INDEX, vol->v_no, off));
}

/* full: also where the freemap says that there is no B-Tree. */
static void
scan_volume(struct hammer_volume *vol, int full)
{
	hammer_off_t off, end = vol->v_bufend - vol->v_bufbeg;
	struct hammer_blockmap_layer2 l2;
	int bytes;

	for (off = 0; off + HAMMER_BIGBLOCK_SIZE <= end && !interrupted;
	    off += HAMMER_BIGBLOCK_SIZE) {
		bytes = HAMMER_BIGBLOCK_SIZE;
		if (!full && hammer_layer2_get(hmp, hammer_off_encode(
		    HAMMER_ZONE_RAW_BUFFER_INDEX, vol->v_no, off), &l2,
		    NULL, NULL) == 0) {
			if (l2.zone != HAMMER_ZONE_BTREE_INDEX)
				continue;
			bytes = MIN(l2.append_off, HAMMER_BIGBLOCK_SIZE);
		}
		scan_bigblock(vol, off, bytes);
	}
}

/*
 * Making files.
 */
static int
is_dir(const struct object *o)
{
	return (o->o_data.obj_type == HAMMER_OBJTYPE_DIRECTORY);
}

static void
make_dir(const char *path)
{
	if (mkdir(path, 0755) < 0 && errno != EEXIST)
		err(1, "%s", path);
}

static void object_path(struct object *o, char *path, size_t size);

/* The directory an entry is in, made if it is not there yet. */
static void
dir_path(uint32_t pfs, int64_t id, char *path, size_t size)
{
	struct object *dir = object_get(hammer_pfs_to_lo(pfs), id);
	int root = id == HAMMER_OBJID_ROOT;

	if (root || dir->o_busy) {
		/* The root, or a loop, which is cut there. */
		snprintf(path, size, "%s/PFS%05u", target, pfs);
	} else {
		if (dir->o_data.obj_type == 0)
			dir->o_data.obj_type = HAMMER_OBJTYPE_DIRECTORY;
		object_path(dir, path, size);
	}
	if (!dir->o_made) {
		make_dir(path);
		if (!root && verbose > 0)
			printf("mkinode (dir) %s\n", path);
		dir->o_made = 1;
	}
}

static void
object_path(struct object *o, char *path, size_t size)
{
	char dir[1024];

	o->o_busy = 1;
	if (o->o_name != NULL) {
		dir_path(o->o_pfs, o->o_dir, dir, sizeof(dir));
	} else {
		snprintf(dir, sizeof(dir), "%s/PFS%05u", target, o->o_pfs);
		make_dir(dir);
	}
	o->o_busy = 0;
	if (o->o_name != NULL)
		snprintf(path, size, "%.700s/%s", dir, o->o_name);
	else
		snprintf(path, size, "%.700s/obj_0x%016jx", dir,
		    (uintmax_t)o->o_id);
}

static int
by_object(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;

	if (x->p_obj != y->p_obj)
		return (x->p_obj < y->p_obj ? -1 : 1);
	return (hammer_elm_cmp(&x->p_elm.base, &y->p_elm.base) < 0 ? -1 : 1);
}

/* The first piece of an object. */
static size_t
find_pieces(const struct object *o)
{
	size_t lo = 0, hi = npieces, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (pieces[mid].p_obj < o)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (lo);
}

static void
fill_file(struct object *o, const char *path)
{
	static char buf[HAMMER_XBUFSIZE];
	const hammer_leaf_t *e;
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	int64_t size = 0, off;
	size_t i;

	if (fd < 0) {
		warn("%s", path);
		nbad++;
		return;
	}
	/* Versions of a block come in the order of their age. */
	for (i = find_pieces(o); i < npieces && pieces[i].p_obj == o; i++) {
		e = &pieces[i].p_elm;
		off = e->base.key - e->data_len;
		if (e->base.rec_type != HAMMER_RECTYPE_DATA || off < 0 ||
		    e->data_len <= 0)
			continue;
		if (hammer_record_data(hmp, e, buf, sizeof(buf)) != 0 ||
		    pwrite(fd, buf, e->data_len, off) != e->data_len) {
			warnx("%s: %d bytes at %jd are lost", path,
			    e->data_len, (intmax_t)off);
			nbad++;
		}
		size = MAX(size, e->base.key);
	}
	if (o->o_tid != 0)
		size = o->o_data.size;
	if (ftruncate(fd, size) < 0)
		warn("%s", path);
	close(fd);
}

static void
make_symlink(struct object *o, const char *path)
{
	char text[1025] = "";
	size_t i, n = MIN(o->o_data.size, sizeof(text) - 1);

	if (n <= HAMMER_INODE_BASESYMLEN)
		memcpy(text, o->o_data.ext.symlink, n);
	for (i = find_pieces(o); i < npieces && pieces[i].p_obj == o; i++) {
		if (pieces[i].p_elm.base.rec_type == HAMMER_RECTYPE_FIX &&
		    n > HAMMER_INODE_BASESYMLEN)
			(void)hammer_record_data(hmp, &pieces[i].p_elm, text,
			    sizeof(text) - 1);
	}
	text[n] = '\0';
	unlink(path);
	if (n == 0 || symlink(text, path) < 0) {
		warn("%s", path);
		nbad++;
	}
}

/* As much of the attributes as the caller may set. */
static void
set_attributes(struct object *o, const char *path)
{
	if (o->o_tid == 0)
		return;
	if (lchown(path, hammer_uuid_to_uid(&o->o_data.uid),
	    hammer_uuid_to_uid(&o->o_data.gid)) < 0 && verbose > 0)
		warn("%s: owner", path);
	if (o->o_data.obj_type != HAMMER_OBJTYPE_SOFTLINK &&
	    chmod(path, o->o_data.mode) < 0)
		warn("%s: mode", path);
}

static void
make_links(struct object *o, const char *path)
{
	char dir[1024], name[1400];
	struct link *l;

	for (l = o->o_links; l != NULL; l = l->l_next) {
		dir_path(o->o_pfs, l->l_dir, dir, sizeof(dir));
		snprintf(name, sizeof(name), "%s/%s", dir, l->l_name);
		if (link(path, name) < 0 && errno != EEXIST)
			warn("%s", name);
	}
}

static void
make_object(struct object *o)
{
	char path[1400];

	if (o->o_made || o->o_id == HAMMER_OBJID_ROOT ||
	    (o->o_tid == 0 && o->o_name == NULL && o->o_data.obj_type == 0 &&
	    (find_pieces(o) == npieces ||
	    pieces[find_pieces(o)].p_obj != o)))
		return;
	/* Unlinked, and only waiting for prune. */
	if (o->o_tid != 0 && o->o_data.nlinks == 0 && o->o_name == NULL)
		return;
	object_path(o, path, sizeof(path));
	if (o->o_made)
		return;
	o->o_made = 1;
	nfiles++;
	switch (o->o_data.obj_type) {
	case HAMMER_OBJTYPE_DIRECTORY:
		make_dir(path);
		if (verbose > 0)
			printf("mkinode (dir) %s\n", path);
		return;
	case HAMMER_OBJTYPE_SOFTLINK:
		make_symlink(o, path);
		break;
	case HAMMER_OBJTYPE_UNKNOWN:
	case HAMMER_OBJTYPE_REGFILE:
	case HAMMER_OBJTYPE_DBFILE:
		if (verbose > 0)
			printf("mkinode (file) %s\n", path);
		fill_file(o, path);
		break;
	default:
		/* Devices, FIFOs and sockets hold nothing to save. */
		return;
	}
	make_links(o, path);
	set_attributes(o, path);
}

static void
each_object(void (*func)(struct object *))
{
	struct object *o;
	int i;

	for (i = 0; i < HASH && !interrupted; i++) {
		for (o = objects[i]; o != NULL && !interrupted;
		    o = o->o_next)
			func(o);
	}
}

/* Last, since a directory may not be writable. */
static void
dir_attributes(struct object *o)
{
	char path[1400];

	if (o->o_made && is_dir(o) && o->o_id != HAMMER_OBJID_ROOT) {
		object_path(o, path, sizeof(path));
		set_attributes(o, path);
	}
}

int
cmd_recover(int argc, char **argv)
{
	int i, full = 0;

	need_args(argc, 1, 2);
	target = argv[0];
	if (argc > 1) {
		full = strcmp(argv[1], "full") == 0;
		if (!full && strcmp(argv[1], "quick") != 0)
			usage();
	}
	hmp = offline_open(0);
	make_dir(target);
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] != NULL)
			scan_volume(hmp->hm_vol[i], full);
	}
	if (npieces > 0)
		qsort(pieces, npieces, sizeof(*pieces), by_object);
	each_object(make_object);
	each_object(dir_attributes);
	printf("%ld objects recovered from %ld B-Tree nodes, %ld errors\n",
	    nfiles, nnodes, nbad);
	offline_close(hmp);
	return (nbad != 0 || interrupted);
}
