/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ISO 9660 (ECMA-119) with the Rock Ridge extension: names, modes, symbolic
 * links.  The medium is not trusted: every length and block number is checked
 * against its container, and each path component costs at most one pass over
 * one directory.
 */
#include "boot.h"

#define ISO_BLOCK	2048UL
#define ISO_FIRST_DESC	16
#define ISO_LAST_DESC	64
#define ISO_DIR_MAX	(32UL * 1024 * 1024)
#define ISO_LINKS_MAX	16
#define ISO_CE_MAX	32		/* continuation areas of one record */

/* Volume descriptor, ECMA-119 8.4. */
#define VD_TYPE		0
#define VD_ID		1
#define VD_LABEL	40
#define VD_LABEL_LEN	32
#define VD_BLOCKS	80
#define VD_BLOCK_SIZE	128
#define VD_ROOT		156
#define VD_PRIMARY	1
#define VD_END		255

/* Directory record, ECMA-119 9.1. */
#define DR_LENGTH	0
#define DR_EXTENT	2
#define DR_SIZE		10
#define DR_FLAGS	25
#define DR_NAMELEN	32
#define DR_NAME		33
#define DRF_DIRECTORY	0x02
#define DRF_ASSOCIATED	0x04

struct isofs {
	uint32_t	blocks;
	uint32_t	root_extent;
	uint32_t	root_size;
	bool		rock_ridge;
	unsigned	susp_skip;
	char		label[VD_LABEL_LEN + 1];
	uint32_t	cached_extent;	/* directory in cached_dir, or 0 */
	uint32_t	cached_size;
	uint8_t		*cached_dir;
};

struct entry {
	char		name[256];
	char		target[PATH_MAX];	/* of a symbolic link */
	uint32_t	extent;
	uint32_t	size;
	uint32_t	mode;
};

static uint16_t
le16(const uint8_t *p)
{
	return (p[0] | p[1] << 8);
}

static uint32_t
le32(const uint8_t *p)
{
	return (le16(p) | (uint32_t)le16(p + 2) << 16);
}

static int
read_dir(struct device *dev, uint32_t extent, uint32_t size, uint8_t **bufp)
{
	struct isofs *fs = dev->fs;
	uint8_t *buf;
	int error;

	if (fs->cached_dir != NULL && fs->cached_extent == extent &&
	    fs->cached_size == size) {
		*bufp = fs->cached_dir;
		return (0);
	}
	if (size == 0 || size > ISO_DIR_MAX || extent >= fs->blocks ||
	    roundup2((uint64_t)size, ISO_BLOCK) / ISO_BLOCK >
	    fs->blocks - extent)
		return (BE_CORRUPT);
	buf = malloc(size);
	if (buf == NULL)
		return (BE_NOMEM);
	error = device_read(dev, extent * ISO_BLOCK, buf, size);
	if (error != 0) {
		free(buf);
		return (error);
	}
	free(fs->cached_dir);
	fs->cached_dir = *bufp = buf;
	fs->cached_extent = extent;
	fs->cached_size = size;
	return (0);
}

/* Appends the components of an SL entry to the link's target. */
static void
add_symlink(struct entry *e, const uint8_t *p, size_t len)
{
	size_t n, at;

	while (len >= 2) {
		n = p[1];
		if (n > len - 2)
			return;
		at = strlen(e->target);
		if (at > 0 && e->target[at - 1] != '/')
			strlcat(e->target, "/", sizeof(e->target));
		if ((p[0] & 0x08) != 0)
			strlcpy(e->target, "/", sizeof(e->target));
		else if ((p[0] & 0x02) != 0)
			strlcat(e->target, ".", sizeof(e->target));
		else if ((p[0] & 0x04) != 0)
			strlcat(e->target, "..", sizeof(e->target));
		else {
			at = strlen(e->target);
			if (n < sizeof(e->target) - at) {
				memcpy(e->target + at, p + 2, n);
				e->target[at + n] = '\0';
			}
		}
		p += 2 + n;
		len -= 2 + n;
	}
}

/* Walks the System Use entries (SUSP, RRIP) of one record. */
static int
parse_susp(struct device *dev, struct entry *e, const uint8_t *p, size_t len)
{
	uint8_t area[ISO_BLOCK];
	uint32_t ce_block, ce_offset, ce_len;
	size_t n, at, areas = 0;
	bool have_name = false;
	int error;

next_area:
	ce_block = ce_offset = ce_len = 0;
	while (len >= 4 && p[2] >= 4 && p[2] <= len) {
		n = p[2];
		if (p[0] == 'N' && p[1] == 'M' && n >= 5) {
			at = have_name ? strlen(e->name) : 0;
			if ((p[4] & 0x06) == 0 &&
			    n - 5 < sizeof(e->name) - at) {
				memcpy(e->name + at, p + 5, n - 5);
				e->name[at + n - 5] = '\0';
			}
			have_name = true;
		} else if (p[0] == 'P' && p[1] == 'X' && n >= 12) {
			e->mode = le32(p + 4);
		} else if (p[0] == 'S' && p[1] == 'L' && n >= 5) {
			add_symlink(e, p + 5, n - 5);
		} else if (p[0] == 'C' && p[1] == 'E' && n >= 28) {
			ce_block = le32(p + 4);
			ce_offset = le32(p + 12);
			ce_len = le32(p + 20);
		} else if (p[0] == 'S' && p[1] == 'T') {
			break;
		}
		p += n;
		len -= n;
	}
	if (ce_len == 0)
		return (0);
	if (++areas > ISO_CE_MAX || ce_block >= dev->fs->blocks ||
	    ce_offset >= ISO_BLOCK || ce_len > ISO_BLOCK - ce_offset)
		return (BE_CORRUPT);
	error = device_read(dev, ce_block * ISO_BLOCK + ce_offset, area,
	    ce_len);
	if (error != 0)
		return (error);
	p = area;
	len = ce_len;
	goto next_area;
}

/* The plain ISO name: lower case, no version, no lone final dot. */
static void
plain_name(struct entry *e, const uint8_t *p, size_t len)
{
	size_t i;

	for (i = 0; i < len && p[i] != ';'; i++)
		e->name[i] = p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i];
	if (i > 0 && e->name[i - 1] == '.')
		i--;
	e->name[i] = '\0';
}

/*
 * Reads the record at *offset of a directory and moves *offset behind it.
 * Returns BE_NOENT at the end.  "." and ".." are skipped.
 */
static int
next_entry(struct device *dev, const uint8_t *dir, uint32_t size,
    uint32_t *offset, struct entry *e)
{
	struct isofs *fs = dev->fs;
	const uint8_t *r;
	size_t len, namelen, used;
	int error;

	for (;;) {
		if (*offset >= size)
			return (BE_NOENT);
		r = dir + *offset;
		len = r[DR_LENGTH];
		if (len == 0) {
			*offset = rounddown2(*offset, (uint32_t)ISO_BLOCK) +
			    ISO_BLOCK;
			continue;
		}
		if (len < DR_NAME + 1 || len > size - *offset)
			return (BE_CORRUPT);
		*offset += len;
		namelen = r[DR_NAMELEN];
		if (namelen == 0 || namelen > len - DR_NAME)
			return (BE_CORRUPT);
		if ((namelen == 1 && r[DR_NAME] <= 1) ||
		    (r[DR_FLAGS] & DRF_ASSOCIATED) != 0)
			continue;
		break;
	}
	memset(e, 0, sizeof(*e));
	e->extent = le32(r + DR_EXTENT);
	e->size = le32(r + DR_SIZE);
	e->mode = (r[DR_FLAGS] & DRF_DIRECTORY) != 0 ? F_DIR | 0555 :
	    F_REG | 0444;
	plain_name(e, r + DR_NAME, namelen);
	if (!fs->rock_ridge)
		return (0);
	used = DR_NAME + namelen + (namelen % 2 == 0) + fs->susp_skip;
	if (used >= len)
		return (0);
	error = parse_susp(dev, e, r + used, len - used);
	/* Whatever PX says, the record decides what is a directory. */
	if ((r[DR_FLAGS] & DRF_DIRECTORY) != 0)
		e->mode = F_DIR | (e->mode & 07777);
	return (error);
}

/* Looks for the SP entry in the root's "." record. */
static void
detect_rock_ridge(struct device *dev)
{
	struct isofs *fs = dev->fs;
	uint8_t *dir;
	size_t len;

	if (read_dir(dev, fs->root_extent, fs->root_size, &dir) != 0)
		return;
	len = dir[DR_LENGTH];
	if (fs->root_size < 64 || len < 34 + 7 || len > fs->root_size)
		return;
	if (dir[34] == 'S' && dir[35] == 'P' && dir[36] == 7 &&
	    dir[38] == 0xbe && dir[39] == 0xef) {
		fs->rock_ridge = true;
		fs->susp_skip = dir[40];
	}
}

int
iso_mount(struct device *dev)
{
	uint8_t *vd;
	struct isofs *fs;
	unsigned block;
	size_t i;
	int error;

	vd = xmalloc(ISO_BLOCK);
	for (block = ISO_FIRST_DESC;; block++) {
		error = BE_NOFS;
		if (block == ISO_LAST_DESC)
			goto out;
		error = device_read(dev, block * ISO_BLOCK, vd, ISO_BLOCK);
		if (error != 0)
			goto out;
		error = BE_NOFS;
		if (memcmp(vd + VD_ID, "CD001", 5) != 0 ||
		    vd[VD_TYPE] == VD_END)
			goto out;
		if (vd[VD_TYPE] == VD_PRIMARY)
			break;
	}
	error = BE_CORRUPT;
	if (le16(vd + VD_BLOCK_SIZE) != ISO_BLOCK)
		goto out;
	fs = xmalloc(sizeof(*fs));
	memset(fs, 0, sizeof(*fs));
	fs->blocks = le32(vd + VD_BLOCKS);
	fs->root_extent = le32(vd + VD_ROOT + DR_EXTENT);
	fs->root_size = le32(vd + VD_ROOT + DR_SIZE);
	for (i = VD_LABEL_LEN; i > 0 && vd[VD_LABEL + i - 1] == ' '; i--)
		continue;
	memcpy(fs->label, vd + VD_LABEL, i);
	dev->fs = fs;
	detect_rock_ridge(dev);
	error = 0;
out:
	free(vd);
	return (error);
}

const char *
iso_label(const struct device *dev)
{
	return (dev->fs != NULL ? dev->fs->label : "");
}

static int
find_entry(struct device *dev, uint32_t extent, uint32_t size,
    const char *name, struct entry *e)
{
	uint32_t offset = 0;
	uint8_t *dir;
	int error;

	error = read_dir(dev, extent, size, &dir);
	if (error != 0)
		return (error);
	while ((error = next_entry(dev, dir, size, &offset, e)) == 0) {
		if (dev->fs->rock_ridge ? strcmp(e->name, name) == 0 :
		    strcasecmp(e->name, name) == 0)
			return (0);
	}
	return (error);
}

/*
 * Replaces the component that was a link by its target: path becomes
 * <directory of the link>/<target>/<rest>, to be walked from the root.
 */
static int
splice_link(char *path, size_t before, const char *rest, const char *target)
{
	char *n = xmalloc(PATH_MAX);
	size_t len;

	n[0] = '\0';
	if (target[0] != '/') {
		memcpy(n, path, before);
		n[before] = '\0';
	}
	strlcat(n, "/", PATH_MAX);
	strlcat(n, target, PATH_MAX);
	strlcat(n, "/", PATH_MAX);
	len = strlcat(n, rest, PATH_MAX);
	if (len < PATH_MAX)
		strlcpy(path, n, PATH_MAX);
	free(n);
	return (len < PATH_MAX ? 0 : BE_NAMETOOLONG);
}

/* One walk of path; *relink is set when a link changed path. */
static int
walk(struct device *dev, char *path, struct file *file, struct entry *e,
    bool *relink)
{
	struct { uint32_t extent, size; size_t at; } stack[64];
	char name[256];
	size_t depth = 0, pos = 0, start, len;
	int error;

	stack[0].extent = dev->fs->root_extent;
	stack[0].size = dev->fs->root_size;
	e->mode = F_DIR | 0555;
	e->extent = stack[0].extent;
	e->size = stack[0].size;
	for (;;) {
		while (path[pos] == '/')
			pos++;
		if (path[pos] == '\0')
			break;
		if ((e->mode & F_TYPE) != F_DIR)
			return (BE_NOTDIR);
		start = pos;
		while (path[pos] != '\0' && path[pos] != '/')
			pos++;
		len = pos - start;
		if (len >= sizeof(name))
			return (BE_NAMETOOLONG);
		memcpy(name, path + start, len);
		name[len] = '\0';
		if (strcmp(name, ".") == 0)
			continue;
		if (strcmp(name, "..") == 0) {
			if (depth > 0)
				depth--;
			e->extent = stack[depth].extent;
			e->size = stack[depth].size;
			continue;
		}
		error = find_entry(dev, stack[depth].extent,
		    stack[depth].size, name, e);
		if (error != 0)
			return (error);
		if ((e->mode & F_TYPE) == F_LINK) {
			*relink = true;
			return (splice_link(path, start, path + pos,
			    e->target));
		}
		if ((e->mode & F_TYPE) == F_DIR) {
			if (++depth == nitems(stack))
				return (BE_NAMETOOLONG);
			stack[depth].extent = e->extent;
			stack[depth].size = e->size;
		}
	}
	if (e->extent > dev->fs->blocks)
		return (BE_CORRUPT);
	file->dev = dev;
	file->offset = e->extent * ISO_BLOCK;
	file->size = e->size;
	file->mode = e->mode;
	file->extent = e->extent;
	return (0);
}

int
iso_lookup(struct device *dev, const char *path, struct file *file)
{
	struct entry *e;
	char *work;
	bool relink;
	int error, links;

	if (strlen(path) >= PATH_MAX)
		return (BE_NAMETOOLONG);
	work = xmalloc(PATH_MAX);
	e = xmalloc(sizeof(*e));
	strlcpy(work, path, PATH_MAX);
	for (links = 0;; links++) {
		relink = false;
		error = links > ISO_LINKS_MAX ? BE_LOOP :
		    walk(dev, work, file, e, &relink);
		if (error != 0 || !relink)
			break;
	}
	free(e);
	free(work);
	return (error);
}

int
iso_readdir(const struct file *dirfile, readdir_fn *fn, void *arg)
{
	struct device *dev = dirfile->dev;
	struct entry *e;
	struct file f;
	uint8_t *dir;
	uint32_t offset = 0;
	int error;

	error = read_dir(dev, dirfile->extent, dirfile->size, &dir);
	if (error != 0)
		return (error);
	e = xmalloc(sizeof(*e));
	while ((error = next_entry(dev, dir, dirfile->size, &offset,
	    e)) == 0) {
		f.dev = dev;
		f.offset = e->extent * ISO_BLOCK;
		f.extent = e->extent;
		f.size = e->size;
		f.mode = e->mode;
		if (!fn(arg, e->name, &f))
			break;
	}
	free(e);
	return (error == BE_NOENT ? 0 : error);
}
