/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Damaged volumes: test_fuzz IMAGE ROUNDS SEED.
 *
 * Bytes of meta-data are changed, CRCs often made right again, so that the
 * damage is believed.  Mounting, walking, reading and writing may fail; they
 * must neither crash nor go on for ever.
 */
#include <sys/wait.h>
#include <unistd.h>
#include "hammer_maint.h"
#include "util.h"

static uint64_t rnd;

static uint32_t
rand32(void)
{
	rnd = rnd * 6364136223846793005ULL + 1442695040888963407ULL;
	return (rnd >> 33);
}

static void
quiet(const char *fmt, ...)
{
}

/* Something in a node, a payload, the freemap, the FIFO or the header. */
static void
damage(struct image *im, const struct hammer_volume_ondisk *od)
{
	static const int zones[] = { 8, 8, 8, 9, 9, 4, 3, 1 };
	int zone = zones[rand32() % 8], version = od->vol_version;
	struct hammer_node_ondisk *node;
	hammer_off_t off;
	char *p;
	int i;

	if (zone == 1) {
		im->im_data[rand32() % 1928] ^= 1 << (rand32() % 8);
		return;
	}
	off = od->vol_buf_beg;
	if (zone >= 8)
		off += hammer_off_short(od->vol0_blockmap[zone].next_offset) &
		    ~(hammer_off_t)HAMMER_BIGBLOCK_MASK;
	else if (zone == 3)
		off += hammer_off_short(od->vol0_undo_array[0]);
	p = im->im_data + off;
	if (zone == 8) {
		node = (void *)(p + rand32() % 8 * HAMMER_NODE_SIZE);
		for (i = rand32() % 4; i >= 0; i--)
			((char *)node)[rand32() % 2 ? rand32() % 128 :
			    rand32() % HAMMER_NODE_SIZE] = rand32();
		hammer_node_setcrc(version, node);
	} else {
		p[rand32() % 65536] ^= 1 << (rand32() % 8);
	}
}

static void
use(struct image *im)
{
	struct hammer_ioc_prune pr;
	struct hammer_inode_data t;
	struct hammer_mount *hmp;
	struct hammer_inode *ip, *nip;

	if (image_mount(im, 0, &hmp) != 0)
		return;
	hammer_walk(hmp, quiet);
	if (hammer_inode_get(hmp, 1, 0, HAMMER_MAX_TID, &ip) == 0) {
		memset(&t, 0, sizeof(t));
		t.obj_type = HAMMER_OBJTYPE_REGFILE;
		if (ip->i_data.obj_type == HAMMER_OBJTYPE_DIRECTORY &&
		    hammer_op_create(ip, "fuzz", 4, &t, NULL, &nip) == 0) {
			hammer_file_pwrite(nip, 0, "x", 1);
			hammer_inode_rele(nip);
		}
		hammer_inode_rele(ip);
	}
	memset(&pr, 0, sizeof(pr));
	pr.key_beg.obj_id = HAMMER_MIN_OBJID;
	pr.key_end.obj_id = HAMMER_MAX_OBJID;
	pr.key_end.localization = HAMMER_MAX_LOCALIZATION;
	pr.head.flags = HAMMER_IOC_PRUNE_ALL;
	hammer_prune(hmp, 0, &pr, NULL);
	hammer_flush_sync(hmp);
}

int
main(int argc, char **argv)
{
	struct hammer_volume_ondisk od;
	struct image im;
	int i, j, status, rounds = atoi(argv[2]), bad = 0;

	hammer_quiet = 1;
	for (i = 0; i < rounds && bad < 3; i++) {
		fflush(stdout);
		if (fork() == 0) {
			rnd = atoi(argv[3]) * 1000003 + i;
			image_open(&im, argv[1]);
			memcpy(&od, im.im_data, sizeof(od));
			for (j = rand32() % 3; j >= 0; j--)
				damage(&im, &od);
			alarm(20);
			use(&im);
			_exit(0);
		}
		wait(&status);
		if (status != 0) {
			say("round %d: status %x", i, status);
			bad++;
		}
	}
	check(bad == 0, "%d damaged volumes, no crash and no endless loop",
	    i);
	return (plan());
}
