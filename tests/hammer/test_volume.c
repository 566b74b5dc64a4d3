/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Volumes come and go: test_volume IMAGE BYTES EVERY SEED...
 *
 * Files are written, a volume of BYTES bytes is added, what is there moves
 * about, and the volume is removed again.  The power is cut at one in EVERY
 * writes to either device meanwhile: the volumes that the root header then counts
 * are a consistent filesystem with all files.
 */
#include <sys/wait.h>
#include <sys/mman.h>
#include <unistd.h>
#include "hammer_maint.h"
#include "util.h"

struct pending {
	int	p_dev;
	off_t	p_off;
	int	p_len;
	char	*p_data;
};

static struct image media[2], view[2];
static struct pending pend[65536];
static int npend, cutting, every;
static long crashes;
static uint32_t rnd;

static uint32_t
rand32(void)
{
	rnd = rnd * 1103515245 + 12345;
	return (rnd >> 8);
}

static int
files(struct hammer_mount *hmp)
{
	struct hammer_inode *ip;
	char path[32], buf[512];
	int i, k, bad = 0;

	for (i = 0; i < 60; i++) {
		snprintf(path, sizeof(path), "/v%d", i);
		if (path_lookup(hmp, path, 0, HAMMER_MAX_TID, &ip) != 0) {
			say("%s is lost", path);
			bad++;
			continue;
		}
		for (k = 0; k < 70000; k += 20000) {
			if (hammer_file_read(ip, k, buf, 512) != 0 ||
			    buf[0] != (char)i || buf[511] != (char)i) {
				say("%s has changed at %d", path, k);
				bad++;
			}
		}
		hammer_inode_rele(ip);
	}
	return (bad);
}

static int
load(struct hammer_mount *hmp, int dev)
{
	return (hammer_volume_load(hmp, dev ? "second" : "first",
	    image_dev(&media[dev]), media[dev].im_size));
}

static int
after_crash(void)
{
	struct hammer_volume_ondisk *od = (void *)media[0].im_data;
	struct hammer_mount *hmp = hammer_mount_alloc();
	int error, bad;

	error = load(hmp, 0);
	if (error == 0 && od->vol_count == 2)
		error = load(hmp, 1);
	if (error == 0)
		error = hammer_mount_start(hmp, 0);
	if (error) {
		say("mount of %d volumes: error %d", od->vol_count, error);
		return (1);
	}
	bad = files(hmp);
	bad += hammer_walk(hmp, say);
	hammer_mount_free(hmp);
	return (bad);
}

static void
crash(void)
{
	int i, j, k, status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		k = rand32() % 3;
		for (i = 0; i < npend; i++) {
			for (j = 0; j < pend[i].p_len; j += 512) {
				if (k < 2 && rand32() % (k + 2) == 0)
					continue;
				memcpy(media[pend[i].p_dev].im_data +
				    pend[i].p_off + j, pend[i].p_data + j,
				    512);
			}
		}
		status = after_crash() != 0;
		fflush(stdout);
		_exit(status);
	}
	waitpid(pid, &status, 0);
	crashes++;
	rand32();
	if (status != 0) {
		check(0, "power cut %ld", crashes);
		exit(plan() | 1);
	}
}

static int
v_read(struct hammer_userdev *ud, off_t off, void *buf, int len)
{
	struct image *im = ud->ud_arg;

	if (off < 0 || off + len > im->im_size)
		return (EIO);
	memcpy(buf, im->im_data + off, len);
	return (0);
}

static void
settle(int dev)
{
	int i, n = 0;

	for (i = 0; i < npend; i++) {
		if (pend[i].p_dev != dev) {
			pend[n++] = pend[i];
			continue;
		}
		memcpy(media[dev].im_data + pend[i].p_off, pend[i].p_data,
		    pend[i].p_len);
		free(pend[i].p_data);
	}
	npend = n;
}

static int
v_write(struct hammer_userdev *ud, off_t off, const void *buf, int len)
{
	struct image *im = ud->ud_arg;
	struct pending *p;
	int dev = im - view;

	if (off < 0 || off + len > im->im_size)
		return (EIO);
	memcpy(im->im_data + off, buf, len);
	if (npend == 65536)
		settle(dev);
	p = &pend[npend++];
	p->p_dev = dev;
	p->p_off = off;
	p->p_len = len;
	p->p_data = hammer_malloc(len);
	memcpy(p->p_data, buf, len);
	/* The 512 writes of a table say nothing new each. */
	if (cutting && (off == 0 || rand32() % (dev == 0 ? every :
	    every * 64) == 0))
		crash();
	return (0);
}

static int
v_flush(struct hammer_userdev *ud)
{
	settle((struct image *)ud->ud_arg - view);
	return (0);
}

static struct hammer_userdev *
device(int dev)
{
	struct hammer_userdev *ud = image_dev(&view[dev]);

	ud->ud_read = v_read;
	ud->ud_write = v_write;
	ud->ud_flush = v_flush;
	return (ud);
}

static int
populate(struct hammer_mount *hmp)
{
	static char buf[70512];
	struct hammer_inode_data t;
	struct hammer_inode *dip, *ip;
	char name[32];
	int i, error;

	error = path_lookup(hmp, "/", 0, HAMMER_MAX_TID, &dip);
	for (i = 0; i < 60 && error == 0; i++) {
		snprintf(name, sizeof(name), "v%d", i);
		memset(&t, 0, sizeof(t));
		t.obj_type = HAMMER_OBJTYPE_REGFILE;
		memset(buf, i, sizeof(buf));
		error = hammer_op_create(dip, name, strlen(name), &t, NULL,
		    &ip);
		if (error == 0) {
			error = hammer_file_pwrite(ip, 0, buf, sizeof(buf));
			hammer_inode_rele(ip);
		}
	}
	hammer_inode_rele(dip);
	return (error ? error : hammer_flush_sync(hmp));
}

/* All payloads and nodes in new space, which lies where next points. */
static int
reblock_to(struct hammer_mount *hmp, int vol)
{
	struct hammer_ioc_reblock r;
	int zone;

	for (zone = HAMMER_ZONE_BTREE_INDEX;
	    zone <= HAMMER_ZONE_SMALL_DATA_INDEX; zone++)
		hmp->hm_blockmap[zone].next_offset = hammer_off_encode(zone,
		    vol, 0);
	memset(&r, 0, sizeof(r));
	r.key_end.localization = HAMMER_MAX_LOCALIZATION;
	r.key_beg.obj_id = HAMMER_MIN_OBJID;
	r.key_end.obj_id = HAMMER_MAX_OBJID;
	r.vol_no = -1;
	r.allpfs = 1;
	return (hammer_reblock(hmp, 0, &r));
}

static void
image_new(struct image *im, off_t size)
{
	im->im_size = size;
	im->im_data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE |
	    MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
}

static void
run(const char *path, int64_t bytes, int seed)
{
	struct hammer_newvolume nv = { bytes, 32768, 262144 };
	struct hammer_mount *hmp = hammer_mount_alloc();
	struct hammer_volume_ondisk *od;
	int64_t all;
	int error;

	rnd = seed;
	npend = cutting = 0;
	crashes = 0;
	image_open(&media[0], path);
	image_open(&view[0], path);
	image_new(&media[1], bytes);
	image_new(&view[1], bytes);
	error = hammer_volume_load(hmp, "first", device(0), view[0].im_size);
	if (error == 0)
		error = hammer_mount_start(hmp, 0);
	if (error == 0)
		error = populate(hmp);
	check(error == 0, "seed %d: files on one volume", seed);
	od = hmp->hm_root->v_ondisk;
	all = od->vol0_stat_bigblocks;
	cutting = 1;
	error = hammer_volume_add(hmp, "second", device(1), &nv);
	check(error == 0 && hmp->hm_nvolumes == 2 && od->vol_count == 2 &&
	    od->vol0_stat_bigblocks == all + (bytes - 557056) /
	    HAMMER_BIGBLOCK_SIZE - 1, "seed %d: add, error %d", seed, error);
	error = reblock_to(hmp, 1);
	if (error == 0)
		error = hammer_flush_sync(hmp);
	check(error == 0 && hammer_off_vol(od->vol0_btree_root) == 1,
	    "seed %d: move to it, error %d", seed, error);
	check(hammer_volume_del(hmp, "second", 0) == ENOTEMPTY,
	    "seed %d: it is not empty", seed);
	check(hammer_volume_del(hmp, "first", 1) == EINVAL,
	    "seed %d: the root volume stays", seed);
	error = hammer_volume_del(hmp, "second", 1);
	check(error == 0 && hmp->hm_nvolumes == 1 && od->vol_count == 1 &&
	    od->vol0_stat_bigblocks == all, "seed %d: remove, error %d",
	    seed, error);
	cutting = 0;
	check(view[1].im_data[0] == 0, "seed %d: its header is gone", seed);
	check(files(hmp) == 0 && hammer_walk(hmp, say) == 0,
	    "seed %d: all is there, after %ld power cuts", seed, crashes);
	error = hammer_volume_add(hmp, "second", device(1), &nv);
	check(error == 0, "seed %d: add it again, error %d", seed, error);
	hammer_flush_sync(hmp);
	hammer_mount_free(hmp);
	settle(0);
	settle(1);
	check(after_crash() == 0, "seed %d: both mount", seed);
}

int
main(int argc, char **argv)
{
	int i;

	hammer_quiet = 1;
	every = atoi(argv[3]);
	for (i = 4; i < argc; i++)
		run(argv[1], atoll(argv[2]), atoi(argv[i]));
	return (plan());
}
