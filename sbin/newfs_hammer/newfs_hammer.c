/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newfs_hammer - make a HAMMER filesystem
 *
 * usage: newfs_hammer -L label [-Edfh] [-b bootsize] [-m savesize]
 *            [-u undosize] [-C cachesize[:readahead]] [-V version]
 *            special ...
 *
 * The layout is that of doc/reference/hammer/on-disk.md, sections 3 to 8.
 */
#include <sys/param.h>
#include <sys/stat.h>
#ifdef __DragonFly__
#include <sys/diskslice.h>
#include <sys/ioctl.h>
#include <sys/sysctl.h>
#endif
#include <err.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>
#include "hammer.h"
#include "plat_user.h"
#include "text.h"

#define GB	(1024LL * 1024 * 1024)

static const char *label;
static int force, debug, version;
static int64_t boot_size, mem_size, undo_size, junk_size;
static struct uuid fsid;
static struct hammer_mount *hmp;
static struct hammer_volume *vols[HAMMER_MAX_VOLUMES];
static int64_t total_size;
static int freemap_blocks;

static void
usage(int status)
{
	fprintf(stderr, "usage: newfs_hammer -L label [-Edfh] [-b bootsize] "
	    "[-m savesize] [-u undosize]\n"
	    "           [-C cachesize[:readahead]] [-V version] special "
	    "...\n");
	exit(status);
}

static int64_t
getsize(const char *text, int64_t min, int64_t max, const char *what)
{
	const char *end;
	int suffix;
	int64_t n = size_parse(text, &end, &suffix);

	if (suffix == 0)
		errx(1, "%s: unknown suffix in the %s size: K, M, G or T is "
		    "needed", text, what);
	if (*end != '\0')
		errx(1, "%s: bad %s size", text, what);
	if (n < min && !force)
		errx(1, "%s: the %s size must be at least %s", text, what,
		    sizetostr(min));
	if (n > max)
		errx(1, "%s: the %s size must be at most %s", text, what,
		    sizetostr(max));
	if (n & HAMMER_BUFMASK)
		errx(1, "%s: the %s size must be a multiple of 16K", text,
		    what);
	return (n);
}

/* Random, or by the kernel, of RFC 4122's version 1 or 4. */
static void
make_uuid(struct uuid *uu)
{
	int fd;

#ifdef __DragonFly__
	if (uuidgen(uu, 1) == 0)
		return;
#endif
	fd = open("/dev/urandom", O_RDONLY);
	if (fd < 0 || read(fd, uu, sizeof(*uu)) != sizeof(*uu))
		err(1, "/dev/urandom");
	close(fd);
	uu->time_hi_and_version = (uu->time_hi_and_version & 0x0fff) | 0x4000;
	uu->clock_seq_hi_and_reserved =
	    (uu->clock_seq_hi_and_reserved & 0x3f) | 0x80;
}

static void
fstype_uuid(struct uuid *uu)
{
	static const uint8_t node[6] = { 0x01, 0x30, 0x1b, 0xb8, 0xa9, 0xf5 };

	uu->time_low = 0x61dc63ac;
	uu->time_mid = 0x6e38;
	uu->time_hi_and_version = 0x11dc;
	uu->clock_seq_hi_and_reserved = 0x85;
	uu->clock_seq_low = 0x13;
	memcpy(uu->node, node, sizeof(node));
}

/*
 * Volumes.
 */
static int64_t
device_size(int fd, const char *name, int *isfilep)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		err(1, "%s", name);
	*isfilep = S_ISREG(st.st_mode);
	if (*isfilep)
		return (st.st_size);
#ifdef DIOCGPART
	struct partinfo pi;

	if (ioctl(fd, DIOCGPART, &pi) < 0)
		err(1, "%s: cannot get its size", name);
	if (pi.reserved_blocks != 0)
		errx(1, "%s overlaps the disk label", name);
	if (pi.media_blksize <= 0 || HAMMER_BUFSIZE % pi.media_blksize != 0)
		errx(1, "%s: sectors of %u bytes", name,
		    (unsigned)pi.media_blksize);
	return ((int64_t)pi.media_size);
#else
	return (lseek(fd, 0, SEEK_END));
#endif
}

static void
open_volume(const char *name, int no)
{
	struct hammer_userdev *ud = hammer_zalloc(sizeof(*ud));
	struct hammer_volume *vol = hammer_zalloc(sizeof(*vol));
	int64_t size;
	int isfile;

	ud->ud_fd = open(name, O_RDWR);
	if (ud->ud_fd < 0)
		err(1, "%s", name);
	ud->ud_writable = 1;
	size = device_size(ud->ud_fd, name, &isfile);
	printf("Volume %d %s %-15s size %s\n", no,
	    isfile ? "REGFILE" : "DEVICE", name, sizetostr(size));
	vol->v_hmp = hmp;
	vol->v_dev = ud;
	vol->v_no = no;
	vol->v_name = strdup(name);
	vol->v_bufend = size & ~(int64_t)HAMMER_BUFMASK;
	vols[no] = hmp->hm_vol[no] = vol;
	hmp->hm_nvolumes++;
	total_size += size;
}

/* The volume's own numbers: section 3. */
static void
layout_volume(struct hammer_volume *vol)
{
	struct hammer_volume_ondisk *od;

	vol->v_bufbeg = junk_size + boot_size + mem_size;
	if (vol->v_bufend - vol->v_bufbeg < 4LL * HAMMER_BIGBLOCK_SIZE)
		errx(1, "%s is too small", vol->v_name);
	if (hammer_buffer_get(hmp, hammer_off_encode(
	    HAMMER_ZONE_RAW_VOLUME_INDEX, vol->v_no, 0), 1,
	    &vol->v_header) != 0)
		errx(1, "%s: header", vol->v_name);
	od = vol->v_ondisk = (void *)vol->v_header->hb_data;
	od->vol_signature = HAMMER_FSBUF_VOLUME;
	od->vol_bot_beg = junk_size;
	od->vol_mem_beg = od->vol_bot_beg + boot_size;
	od->vol_buf_beg = vol->v_bufbeg;
	od->vol_buf_end = vol->v_bufend;
	od->vol_fsid = fsid;
	fstype_uuid(&od->vol_fstype);
	snprintf(od->vol_label, sizeof(od->vol_label), "%s", label);
	od->vol_no = vol->v_no;
	od->vol_count = hmp->hm_nvolumes;
	od->vol_version = version;
}

static int64_t
usable_blocks(const struct hammer_volume *vol)
{
	return ((vol->v_bufend - vol->v_bufbeg) / HAMMER_BIGBLOCK_SIZE);
}

static int
tables(const struct hammer_volume *vol)
{
	return (hammer_layer2_tables(vol->v_bufend - vol->v_bufbeg));
}

/*
 * Freemap.
 */
static void *
get(hammer_off_t off, struct hammer_buffer **hbp)
{
	void *p;
	int error;

	p = hammer_bread(hmp, off, &error, hbp);
	if (error)
		errx(1, "buffer %016jx: %s", (uintmax_t)off, strerror(error));
	hammer_buffer_dirty(*hbp, HB_META);
	return (p);
}

static void
write_dirty(void)
{
	struct hammer_buffer *hb;
	int kind, error;

	for (kind = 0; kind < 4; kind++) {
		while ((hb = TAILQ_FIRST(&hmp->hm_dirty[kind])) != NULL) {
			TAILQ_REMOVE(&hmp->hm_dirty[kind], hb, hb_dirtylink);
			hb->hb_dirty = 0;
			hmp->hm_ndirty--;
			error = hammer_dev_write(hb->hb_vol, hb->hb_devoff,
			    hb->hb_data, HAMMER_BUFSIZE);
			if (error)
				errx(1, "%s: %s", hb->hb_vol->v_name,
				    strerror(error));
			hammer_buffer_rele(hb);
		}
	}
	hammer_buffer_trim(hmp);
}

static void
new_table(hammer_off_t base, int entry, void (*fill)(void *p, uint32_t i,
    void *arg), void *arg)
{
	struct hammer_buffer *hb;
	uint32_t i = 0;
	int n, off;

	for (n = 0; n < HAMMER_BUFFERS_PER_BIGBLOCK; n++) {
		if (hammer_buffer_get(hmp, base + (hammer_off_t)n *
		    HAMMER_BUFSIZE, 1, &hb) != 0)
			errx(1, "freemap: cannot get a buffer");
		for (off = 0; off < HAMMER_BUFSIZE; off += entry)
			fill(hb->hb_data + off, i++, arg);
		hammer_buffer_dirty(hb, HB_META);
		hammer_buffer_rele(hb);
		if (hmp->hm_ndirty > 512)
			write_dirty();
	}
}

static void
fill_layer1(void *p, uint32_t i, void *arg)
{
	struct hammer_blockmap_layer1 *l1 = p;

	memset(l1, 0, sizeof(*l1));
	l1->phys_offset = HAMMER_BLOCKMAP_UNAVAIL;
	hammer_layer1_setcrc(version, l1);
}

struct l2arg {
	struct hammer_volume *vol;
	int	table;		/* of the volume */
	int	reserved;	/* big-blocks of the freemap at its start */
	int64_t	nfree;
};

static void
fill_layer2(void *p, uint32_t i, void *arg)
{
	struct l2arg *la = arg;

	la->nfree += hammer_layer2_format(version, p, (int64_t)la->table *
	    HAMMER_BLOCKMAP_RADIX2 + i, la->reserved, la->vol->v_bufend -
	    la->vol->v_bufbeg);
}

static void
format_freemap(struct hammer_volume *vol)
{
	struct hammer_volume_ondisk *root = hmp->hm_root->v_ondisk;
	struct hammer_blockmap_layer1 *l1;
	struct hammer_buffer *hb;
	struct l2arg la;
	hammer_off_t base;
	int t, first = vol->v_no == 0;

	printf("initialize freemap volume %d\n", vol->v_no);
	if (vol->v_no == 0)
		new_table(hammer_off_encode(2, 0, 0), sizeof(*l1),
		    fill_layer1, NULL);
	la.vol = vol;
	la.reserved = first + tables(vol);
	freemap_blocks += la.reserved;
	for (t = 0; t < tables(vol); t++) {
		base = hammer_off_encode(2, vol->v_no,
		    (hammer_off_t)(first + t) * HAMMER_BIGBLOCK_SIZE);
		la.table = t;
		la.nfree = 0;
		new_table(base, sizeof(struct hammer_blockmap_layer2),
		    fill_layer2, &la);
		l1 = get(hammer_off_encode(2, 0, 0) +
		    (hammer_off_t)(vol->v_no * HAMMER_VOL_LAYER1 + t) *
		    sizeof(*l1), &hb);
		l1->phys_offset = base;
		l1->blocks_free = la.nfree;
		hammer_layer1_setcrc(version, l1);
		hammer_buffer_rele(hb);
		root->vol0_stat_bigblocks += la.nfree;
		root->vol0_stat_freebigblocks += la.nfree;
	}
}

static void
format_blockmap(void)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	struct hammer_blockmap *bm;
	int z;

	for (z = 3; z < HAMMER_MAX_ZONES; z++) {
		bm = &od->vol0_blockmap[z];
		if (z == HAMMER_ZONE_UNDO_INDEX) {
			bm->phys_offset = HAMMER_BLOCKMAP_UNAVAIL;
			bm->first_offset = HAMMER_ZONE_UNDO;
			bm->next_offset = HAMMER_ZONE_UNDO;
			bm->alloc_offset = HAMMER_ZONE_UNDO | undo_size;
		} else if (z == HAMMER_ZONE_FREEMAP_INDEX) {
			bm->phys_offset = hammer_off_encode(2, 0, 0);
			bm->next_offset = hammer_off_encode(2, 0, 0);
			bm->alloc_offset = HAMMER_ZONE_ENCODE(2,
			    HAMMER_OFF_LONG_MASK);
		} else if (z >= HAMMER_ZONE_BTREE_INDEX) {
			bm->first_offset = HAMMER_ZONE_ENCODE(z, 0);
			bm->next_offset = HAMMER_ZONE_ENCODE(z, 0);
			bm->alloc_offset = HAMMER_ZONE_ENCODE(z,
			    HAMMER_OFF_LONG_MASK);
		} else {
			continue;
		}
		bm->entry_crc = hammer_blockmap_crc(version, bm);
	}
	memcpy(hmp->hm_blockmap, od->vol0_blockmap,
	    sizeof(hmp->hm_blockmap));
}

/* n bytes at the start of a big-block of the root volume become zone's. */
static void
take(int block, int zone, int used)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	struct hammer_blockmap_layer1 *l1;
	struct hammer_blockmap_layer2 *l2;
	struct hammer_buffer *hb;

	l1 = get(hammer_off_encode(2, 0, 0), &hb);
	l1->blocks_free--;
	hammer_layer1_setcrc(version, l1);
	hammer_buffer_rele(hb);
	l2 = get(hammer_off_encode(2, 0, HAMMER_BIGBLOCK_SIZE) +
	    (hammer_off_t)block * sizeof(*l2), &hb);
	l2->zone = zone;
	l2->append_off = used;
	l2->bytes_free = HAMMER_BIGBLOCK_SIZE - used;
	hammer_layer2_setcrc(version, l2);
	hammer_buffer_rele(hb);
	od->vol0_stat_freebigblocks--;
	if (zone == HAMMER_ZONE_UNDO_INDEX)
		od->vol0_stat_bigblocks--;
}

/*
 * UNDO.
 */
static void
size_undo(void)
{
	struct hammer_volume *root = hmp->hm_root;

	if (undo_size == 0) {
		undo_size = (root->v_bufend - root->v_bufbeg) / 1000;
		if (undo_size < 500LL * 1024 * 1024)
			undo_size = 500LL * 1024 * 1024;
		undo_size = MAX(undo_size,
		    (int64_t)HAMMER_MIN_UNDO_BIGBLOCKS *
		    HAMMER_BIGBLOCK_SIZE);
	}
	undo_size = (undo_size + HAMMER_BIGBLOCK_MASK) &
	    ~(int64_t)HAMMER_BIGBLOCK_MASK;
	undo_size = MIN(undo_size, (int64_t)HAMMER_MAX_UNDO_BIGBLOCKS *
	    HAMMER_BIGBLOCK_SIZE);
	undo_size = MAX(undo_size, HAMMER_BIGBLOCK_SIZE);
	if (usable_blocks(root) < undo_size / HAMMER_BIGBLOCK_SIZE +
	    1 + tables(root) + 4)
		errx(1, "%s is too small for %s of UNDO", root->v_name,
		    sizetostr(undo_size));
}

static int
format_undo(int block)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	int i, n = undo_size / HAMMER_BIGBLOCK_SIZE;

	printf("initializing the undo map (%jd MB)\n",
	    (intmax_t)undo_size / (1024 * 1024));
	for (i = 0; i < HAMMER_MAX_UNDO_BIGBLOCKS; i++)
		od->vol0_undo_array[i] = HAMMER_BLOCKMAP_UNAVAIL;
	for (i = 0; i < n; i++) {
		od->vol0_undo_array[i] = hammer_off_encode(2, 0,
		    (hammer_off_t)(block + i) * HAMMER_BIGBLOCK_SIZE);
		take(block + i, HAMMER_ZONE_UNDO_INDEX,
		    HAMMER_BIGBLOCK_SIZE);
	}
	hmp->hm_undo_size = undo_size;
	if (hammer_undo_format(hmp) != 0)
		errx(1, "%s: cannot write the UNDO area",
		    hmp->hm_root->v_name);
	return (block + n);
}

/*
 * The first records: the root directory and PFS 0 (section 7).
 */
static void
first_leaf(hammer_leaf_t *e, uint32_t lo, int rec_type, hammer_off_t off,
    const void *data, int len)
{
	e->base.localization = lo;
	e->base.obj_id = HAMMER_OBJID_ROOT;
	e->base.rec_type = rec_type;
	e->base.create_tid = HAMMER_FIRST_TID;
	e->base.obj_type = HAMMER_OBJTYPE_DIRECTORY;
	e->base.btype = HAMMER_BTREE_TYPE_RECORD;
	e->create_ts = time(NULL);
	e->data_offset = off;
	e->data_len = len;
	hammer_leaf_setcrc(version, e, data);
}

static void
format_root(int block)
{
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	struct hammer_node_ondisk *node;
	struct hammer_inode_data *id;
	struct hammer_pseudofs_data *pfsd;
	struct hammer_buffer *nhb, *mhb;
	hammer_off_t noff, moff;

	noff = hammer_off_encode(HAMMER_ZONE_BTREE_INDEX, 0,
	    (hammer_off_t)block * HAMMER_BIGBLOCK_SIZE);
	moff = hammer_off_encode(HAMMER_ZONE_META_INDEX, 0,
	    (hammer_off_t)(block + 1) * HAMMER_BIGBLOCK_SIZE);
	node = get(noff, &nhb);
	memset(nhb->hb_data, 0, HAMMER_BUFSIZE);
	id = get(moff, &mhb);
	memset(mhb->hb_data, 0, HAMMER_BUFSIZE);
	id->version = HAMMER_INODE_DATA_VERSION;
	id->mode = 0755;
	id->ctime = id->mtime = id->atime = hammer_time_us();
	id->obj_type = HAMMER_OBJTYPE_DIRECTORY;
	id->nlinks = 1;
	if (version >= HAMMER_VOL_VERSION_TWO)
		id->cap_flags |= HAMMER_INODE_CAP_DIR_LOCAL_INO;
	if (version >= HAMMER_VOL_VERSION_SIX)
		id->cap_flags |= HAMMER_INODE_CAP_DIRHASH_ALG1;
	pfsd = (void *)(mhb->hb_data + 128);
	pfsd->sync_low_tid = 1;
	memcpy((char *)pfsd + offsetof(struct hammer_pseudofs_data,
	    shared_uuid), &fsid, sizeof(fsid));
	memcpy((char *)pfsd + offsetof(struct hammer_pseudofs_data,
	    unique_uuid), &fsid, sizeof(fsid));
	snprintf(pfsd->label, sizeof(pfsd->label), "%s", label);
	node->type = HAMMER_BTREE_TYPE_LEAF;
	node->count = 2;
	first_leaf(&node->elms[0].leaf, HAMMER_LOCALIZE_INODE,
	    HAMMER_RECTYPE_INODE, moff, id, sizeof(*id));
	first_leaf(&node->elms[1].leaf, HAMMER_LOCALIZE_MISC,
	    HAMMER_RECTYPE_PFS, moff + 128, pfsd, sizeof(*pfsd));
	hammer_node_setcrc(version, node);
	hammer_buffer_rele(nhb);
	hammer_buffer_rele(mhb);
	take(block, HAMMER_ZONE_BTREE_INDEX, HAMMER_NODE_SIZE);
	take(block + 1, HAMMER_ZONE_META_INDEX, 432);
	od->vol0_blockmap[HAMMER_ZONE_BTREE_INDEX].next_offset =
	    noff + HAMMER_NODE_SIZE;
	od->vol0_blockmap[HAMMER_ZONE_META_INDEX].next_offset = moff + 432;
	od->vol0_btree_root = noff;
	od->vol0_next_tid = HAMMER_FIRST_TID - 1;
	od->vol0_stat_inodes = 1;
}

/*
 * What the user reads.
 */
static void
summary(int nvols)
{
	char text[40];
	int i;

	uuid_text(&fsid, text);
	printf("---------------------------------------------\n");
	printf("HAMMER version %d\n", version);
	printf("%d volume%s total size %s\n", nvols, nvols == 1 ? "" : "s",
	    sizetostr(total_size));
	printf("root-volume:         %s\n", vols[0]->v_name);
	if (debug)
		printf("header-junk-size:    %s\n", sizetostr(junk_size));
	printf("boot-area-size:      %s\n", sizetostr(boot_size));
	printf("memory-log-size:     %s\n", sizetostr(mem_size));
	printf("undo-buffer-size:    %s\n", sizetostr(undo_size));
	printf("total-pre-allocated: %s\n", sizetostr(undo_size +
	    (int64_t)freemap_blocks * HAMMER_BIGBLOCK_SIZE));
	printf("fsid:                %s\n\n", text);
	printf("NOTE: A HAMMER filesystem keeps its history until it is "
	    "pruned.  The nightly\nrun of periodic(8) does that, and "
	    "reblocks, with `hammer cleanup', unless\n"
	    "daily_clean_hammer_enable in periodic.conf(5) says no; without "
	    "it, arrange\nfor that yourself.  Snapshots are what pruning "
	    "keeps: see hammer(8) and\nhammer(5).\n");
	if (total_size < 10 * GB)
		printf("\nWARNING: The filesystem is smaller than the "
		    "smallest UNDO area (%s) makes\nsense for; it will fill "
		    "up soon.\n", sizetostr(GB / 2));
	if (total_size < 50 * GB)
		printf("\nWARNING: HAMMER likes at least 50GB.  On less, "
		    "`hammer prune-everything'\nand `hammer reblock' may "
		    "have to run often, even on a nohistory mount.\n");
	for (i = 0; i < nvols; i++)
		hammer_dev_flush(vols[i]);
}

static int
default_version(void)
{
#ifdef __DragonFly__
	int v;
	size_t len = sizeof(v);

	/* What the running kernel supports, but nothing untried. */
	if (sysctlbyname("vfs.hammer.supported_version", &v, &len, NULL,
	    0) == 0 && v < HAMMER_VOL_VERSION_DEFAULT)
		return (v);
#endif
	return (HAMMER_VOL_VERSION_DEFAULT);
}

static void
parse(int argc, char **argv)
{
	int c;

	/* -f decides what sizes are accepted, wherever it stands. */
	while ((c = getopt(argc, argv, "b:C:dEfhj:L:m:u:V:")) != -1) {
		if (c == 'f')
			force = 1;
		else if (c == 'h')
			usage(0);
		else if (c == '?')
			usage(1);
	}
	optind = 1;
	while ((c = getopt(argc, argv, "b:C:dEfhj:L:m:u:V:")) != -1) {
		switch (c) {
		case 'b':
			boot_size = getsize(optarg, HAMMER_BOOT_MINBYTES,
			    HAMMER_BOOT_MAXBYTES, "boot area");
			break;
		case 'd':
			debug = 1;
			break;
		case 'E':
			warnx("-E: the devices are not trimmed");
			break;
		case 'j':
			junk_size = getsize(optarg, HAMMER_MIN_VOL_JUNK,
			    HAMMER_MIN_VOL_JUNK, "header junk");
			break;
		case 'L':
			label = optarg;
			break;
		case 'm':
			mem_size = getsize(optarg, HAMMER_MEM_MINBYTES,
			    HAMMER_MEM_MAXBYTES, "memory log");
			break;
		case 'u':
			undo_size = getsize(optarg,
			    (int64_t)HAMMER_MIN_UNDO_BIGBLOCKS *
			    HAMMER_BIGBLOCK_SIZE, HAMMER_BIGBLOCK_SIZE *
			    (int64_t)HAMMER_MAX_UNDO_BIGBLOCKS, "undo");
			if (undo_size < HAMMER_MIN_UNDO_BIGBLOCKS *
			    (int64_t)HAMMER_BIGBLOCK_SIZE)
				fprintf(stderr, "newfs_hammer: WARNING: "
				    "an UNDO area of less than %s may be "
				    "too small for volume-add and slow\n",
				    sizetostr(GB / 2));
			break;
		case 'V':
			version = atoi(optarg);
			if (version < HAMMER_VOL_VERSION_MIN ||
			    version > HAMMER_VOL_VERSION_MAX)
				errx(1, "there is no version %s", optarg);
			break;
		}
	}
}

int
main(int argc, char **argv)
{
	int i, nvols, block;

	parse(argc, argv);
	argc -= optind;
	argv += optind;
	if (label == NULL) {
		fprintf(stderr, "newfs_hammer: a label is needed\n");
		usage(1);
	}
	if (strlen(label) >= 64)
		errx(1, "the label is longer than 63 characters");
	if (argc < 1 || argc > HAMMER_MAX_VOLUMES)
		usage(1);
	if (version == 0)
		version = default_version();
	if (junk_size == 0)
		junk_size = HAMMER_MIN_VOL_JUNK;
	make_uuid(&fsid);
	hmp = hammer_mount_alloc();
	hmp->hm_version = version;
	nvols = argc;
	for (i = 0; i < nvols; i++)
		open_volume(argv[i], i);
	hmp->hm_root = vols[0];
	if (boot_size == 0)
		boot_size = hammer_area_size(HAMMER_BOOT_NOMBYTES,
		    HAMMER_BOOT_MINBYTES, total_size / nvols);
	if (mem_size == 0)
		mem_size = hammer_area_size(HAMMER_MEM_NOMBYTES,
		    HAMMER_MEM_MINBYTES, total_size / nvols);
	for (i = 0; i < nvols; i++)
		layout_volume(vols[i]);
	size_undo();
	if (vols[0]->v_bufend - vols[0]->v_bufbeg - undo_size < 10 * GB &&
	    !force)
		errx(1, "less than 10GB would be free on %s; -f makes the "
		    "filesystem all the same", vols[0]->v_name);
	format_blockmap();
	for (i = 0; i < nvols; i++)
		format_freemap(vols[i]);
	block = format_undo(1 + tables(vols[0]));
	format_root(block);
	write_dirty();
	for (i = nvols - 1; i >= 0; i--) {
		hammer_buffer_dirty(vols[i]->v_header, HB_VOLUME);
		write_dirty();
	}
	summary(nvols);
	hammer_mount_free(hmp);
	return (0);
}
