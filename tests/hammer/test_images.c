/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The volumes written by the original: test_images IMAGEDIR EXPECTED IMAGE...
 * Each mounts, recovers, shows exactly what EXPECTED (expected.tsv) lists,
 * and is consistent, before and after recovery's writes.
 */
#include "hammer_maint.h"
#include "util.h"

static int bad;

static int
typeno(const char *s)
{
	static const char *const names[] = { "?", "dir", "file", "db", "fifo",
	    "chr", "blk", "symlink", "pfs", "sock" };
	int i;

	for (i = 0; i < 10; i++) {
		if (strcmp(names[i], s) == 0)
			return (i);
	}
	if (strncmp(s, "sock", 4) == 0)
		return (9);
	return (0);
}

static uint32_t
content_crc(struct hammer_inode *ip)
{
	static char buf[65536];
	uint64_t off;
	uint32_t crc = 0;
	int n;

	for (off = 0; off < ip->i_data.size; off += n) {
		n = MIN(sizeof(buf), ip->i_data.size - off);
		if (hammer_file_read(ip, off, buf, n) != 0) {
			say("read error at %ju", (uintmax_t)off);
			bad++;
			return (0);
		}
		crc = hammer_crc32(buf, n, crc);
	}
	return (crc);
}

#define DIFF(cond, what) do {						\
	if (cond) {							\
		say("%s %s: %s", f[1], f[2], what);			\
		bad++;							\
	}								\
} while (0)

static void
check_row(struct hammer_mount *hmp, char **f, int crashed)
{
	hammer_tid_t asof = HAMMER_MAX_TID;
	struct hammer_inode *ip;
	uint32_t lo = 0;
	char link[2048], *p;
	int len;

	if (strncmp(f[1], "current", 7) != 0)
		asof = strtoull(f[1], NULL, 16);
	p = strchr(f[1], ':');
	if (p != NULL)
		lo = hammer_pfs_to_lo(atoi(p + 1));
	if (path_lookup(hmp, f[2], lo, asof, &ip) != 0) {
		say("%s %s: not found", f[1], f[2]);
		bad++;
		return;
	}
	DIFF(ip->i_data.obj_type != typeno(f[3]), "type");
	DIFF(ip->i_obj_id != (int64_t)strtoull(f[4], NULL, 16), "inode");
	DIFF(ip->i_data.mode != strtoul(f[5], NULL, 8), "mode");
	DIFF(ip->i_data.nlinks != strtoull(f[6], NULL, 10), "nlink");
	DIFF(ip->i_data.obj_type != HAMMER_OBJTYPE_SOFTLINK &&
	    ip->i_data.size != strtoull(f[7], NULL, 10), "size");
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_REGFILE)
		DIFF(content_crc(ip) != strtoul(f[8], NULL, 16), "content");
	if (ip->i_data.obj_type == HAMMER_OBJTYPE_SOFTLINK) {
		int error = hammer_readlink(ip, link, sizeof(link), &len);

		DIFF(error != 0 && strcmp(f[8], "?") != 0, "readlink");
		if (error == 0) {
			link[len] = 0;
			DIFF(strcmp(link, f[8]) != 0, "link text");
		}
	}
	if (!crashed)
		DIFF((asof == HAMMER_MAX_TID ? ip->i_data.mtime :
		    ip->i_data.ctime) / 1000000 != strtoull(f[9], NULL, 10),
		    "mtime");
	hammer_inode_rele(ip);
}

static void
count_dir(struct hammer_mount *hmp, struct hammer_inode *dip, int *np)
{
	struct hammer_dirscan *ds = hammer_malloc(sizeof(*ds));
	struct hammer_inode *ip;
	struct hammer_entry e;
	int error;

	hammer_dir_scan(dip, 0, ds);
	while ((error = hammer_dir_next(ds, &e)) == 0) {
		++*np;
		if (hammer_inode_get(hmp, e.e_obj_id, e.e_lo, dip->i_asof,
		    &ip) != 0) {
			say("%s: no inode", e.e_name);
			bad++;
			continue;
		}
		if (ip->i_data.obj_type == HAMMER_OBJTYPE_DIRECTORY)
			count_dir(hmp, ip, np);
		hammer_inode_rele(ip);
	}
	bad += error != ENOENT;
	hammer_free(ds);
}

/* All rows of an image; the tree must hold nothing else. */
static void
check_tree(struct hammer_mount *hmp, const char *expected, const char *name)
{
	static char line[65536];
	struct hammer_inode *ip;
	char *f[16], *p;
	FILE *fp = fopen(expected, "r");
	int n, rows = 0, current = 0, found = 1;

	if (fp == NULL)
		exit(1);
	while (fgets(line, sizeof(line), fp) != NULL) {
		line[strcspn(line, "\n")] = 0;
		for (n = 0, p = line; p != NULL && n < 16;)
			f[n++] = strsep(&p, "\t");
		if (n < 10 || strcmp(f[0], name) != 0)
			continue;
		rows++;
		current += strcmp(f[1], "current") == 0;
		check_row(hmp, f, strncmp(name, "crash", 5) == 0);
	}
	fclose(fp);
	/* Only its shape is described: 1000 files in a directory. */
	if (strcmp(name, "multilevel-v7") == 0) {
		current = 1002;
	} else if (rows == 0) {
		say("nothing expected of %s", name);
		bad++;
	}
	if (path_lookup(hmp, "/", 0, HAMMER_MAX_TID, &ip) == 0) {
		count_dir(hmp, ip, &found);
		hammer_inode_rele(ip);
	}
	if (found != current) {
		say("%d names, %d expected", found, current);
		bad++;
	}
}

/* Fewer, fuller nodes, and nothing is lost. */
static void
check_rebalance(struct hammer_mount *hmp)
{
	struct hammer_ioc_rebalance r;
	int error;

	memset(&r, 0, sizeof(r));
	r.key_beg.obj_id = HAMMER_MIN_OBJID;
	r.key_end.obj_id = HAMMER_MAX_OBJID;
	r.key_end.localization = HAMMER_MAX_LOCALIZATION;
	r.saturation = HAMMER_BTREE_INT_ELMS;
	r.allpfs = 1;
	error = hammer_rebalance(hmp, 0, &r);
	/* A tree of one node has nothing to even out. */
	if (error != 0 || (r.stat_ncount > 2 && r.stat_nrebal == 0)) {
		say("rebalance: error %d, %jd nodes, %jd moved, %jd deleted",
		    error, (intmax_t)r.stat_ncount, (intmax_t)r.stat_nrebal,
		    (intmax_t)r.stat_deletions);
		bad++;
	}
}

/* With skip_redo 2 a volume with REDO records mounts without them. */
static void
check_skip(const char *path, const char *name)
{
	struct hammer_mount *hmp = hammer_mount_alloc();
	struct image im;
	int error, had;

	if (strncmp(name, "crash-v6", 8) != 0) {
		hammer_mount_free(hmp);
		return;
	}
	image_open(&im, path);
	hmp->hm_skip_redo = 2;
	error = hammer_volume_load(hmp, "image", image_dev(&im), im.im_size);
	if (error == 0)
		error = hammer_mount_start(hmp, 1);
	had = hmp->hm_redo_start != 0;
	if (error == 0)
		error = hammer_mount_writable(hmp);
	check(error == 0 && !hmp->hm_ronly && hmp->hm_redo_start == 0 &&
	    hammer_walk(hmp, say) == 0, "%s without its REDO%s", name,
	    had ? "" : " (it has none)");
	image_umount(hmp);
	image_close(&im);
}

int
main(int argc, char **argv)
{
	struct hammer_mount *hmp;
	struct image im, copy;
	char path[1024];
	int i, error;

	hammer_quiet = 1;
	for (i = 3; i < argc; i++) {
		snprintf(path, sizeof(path), "%s/%s.img", argv[1], argv[i]);
		image_open(&im, path);
		bad = 0;
		/* Read-only, recovery in memory: no REDO then. */
		error = image_mount(&im, 1, &hmp);
		if (error == 0) {
			if (hmp->hm_redo_start == 0)
				check_tree(hmp, argv[2], argv[i]);
			bad += hammer_walk(hmp, say);
			image_umount(hmp);
		}
		check(error == 0 && bad == 0, "%s read-only", argv[i]);
		/* The copy goes on to be writable: REDO is not lost. */
		image_open(&copy, path);
		bad = 0;
		error = image_mount(&copy, 1, &hmp);
		if (error == 0) {
			error = hammer_mount_writable(hmp);
			if (error == 0)
				check_tree(hmp, argv[2], argv[i]);
			image_umount(hmp);
		}
		check(error == 0 && bad == 0, "%s read-only, then writable",
		    argv[i]);
		image_close(&copy);
		check_skip(path, argv[i]);
		bad = 0;
		error = image_mount(&im, 0, &hmp);
		if (error == 0) {
			check_tree(hmp, argv[2], argv[i]);
			image_umount(hmp);
		}
		check(error == 0 && bad == 0, "%s recovered", argv[i]);
		bad = 0;
		error = image_mount(&im, 0, &hmp);
		if (error == 0) {
			check_tree(hmp, argv[2], argv[i]);
			bad += hammer_walk(hmp, say);
			check_rebalance(hmp);
			bad += hammer_walk(hmp, say);
			check_tree(hmp, argv[2], argv[i]);
			hammer_flush_sync(hmp);
			if (hammer_undo_used(hmp) != 0) {
				say("UNDO not empty after unmount");
				bad++;
			}
			image_umount(hmp);
		}
		check(error == 0 && bad == 0, "%s again, consistent",
		    argv[i]);
		image_close(&im);
	}
	return (plan());
}
