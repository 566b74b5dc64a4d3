/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): blockmap - the freemap; checkmap - the freemap against what the
 * B-Tree uses.
 */
#include <err.h>
#include <stdarg.h>
#include "hammer_cmd.h"
#include "walk.h"

/* One layer-2 table; stops at the first entry beyond the volume. */
static void
print_layer2(struct hammer_mount *hmp, hammer_off_t base)
{
	struct hammer_blockmap_layer2 l2;
	hammer_off_t off;
	uint32_t i;
	int error;

	for (i = 0; i < HAMMER_BLOCKMAP_RADIX2; i++) {
		off = base + ((hammer_off_t)i << HAMMER_BIGBLOCK_BITS);
		error = hammer_layer2_get(hmp, off, &l2, NULL, NULL);
		if (error == ENXIO)
			return;
		if (l2.zone == HAMMER_ZONE_UNAVAIL_INDEX && verbose < 2)
			return;
		printf("%c%c%c     %016jx zone=%-2d app=%-7d free=%-7d",
		    error ? 'B' : ' ', ' ', ' ', (uintmax_t)
		    hammer_off_to_zone(HAMMER_ZONE_FREEMAP_INDEX, off),
		    l2.zone, l2.append_off, l2.bytes_free);
		if (verbose > 0)
			printf(" vol=%-3d L1=%-7d L2=%-7d fill=%3d%% "
			    "crc=%08x", hammer_off_vol(off),
			    hammer_layer1_index(off),
			    hammer_layer2_index(off),
			    (int)(100 - (int64_t)l2.bytes_free * 100 /
			    HAMMER_BIGBLOCK_SIZE), l2.entry_crc);
		printf("\n");
	}
}

int
cmd_blockmap(int argc, char **argv)
{
	struct hammer_blockmap_layer1 l1;
	struct hammer_mount *hmp;
	hammer_off_t off;
	uint32_t i;
	int error;

	need_args(argc, 0, 0);
	hmp = offline_open(0);
	print_header(hmp);
	for (i = 0; i < HAMMER_BLOCKMAP_RADIX1; i++) {
		if (hmp->hm_vol[i / HAMMER_VOL_LAYER1] == NULL)
			continue;
		off = (hammer_off_t)i << 42;
		error = hammer_layer1_get(hmp, off, &l1);
		if (error == 0 && l1.phys_offset == HAMMER_BLOCKMAP_UNAVAIL &&
		    verbose < 2)
			continue;
		printf("%c layer1 %016jx @%016jx blocks-free %jd\n",
		    error ? 'B' : ' ', (uintmax_t)hammer_off_to_zone(
		    HAMMER_ZONE_FREEMAP_INDEX, off),
		    (uintmax_t)l1.phys_offset, (intmax_t)l1.blocks_free);
		if (error == 0 && l1.phys_offset != HAMMER_BLOCKMAP_UNAVAIL)
			print_layer2(hmp, off);
	}
	offline_close(hmp);
	return (0);
}

/*
 * checkmap: what should be in use, counted.
 */
struct count {
	int64_t	used;
	int	zone;
};

static struct count *counts;		/* by big-block of all volumes */
static int vol_first[HAMMER_MAX_VOLUMES + 1];

static struct count *
count_of(struct hammer_mount *hmp, hammer_off_t off)
{
	int vol = hammer_off_vol(off);
	uint64_t n = hammer_off_short(off) >> HAMMER_BIGBLOCK_BITS;

	if (n >= (uint64_t)(vol_first[vol + 1] - vol_first[vol]))
		return (NULL);
	return (&counts[vol_first[vol] + n]);
}

static void
count_use(struct hammer_mount *hmp, hammer_off_t off, int bytes)
{
	struct count *c = count_of(hmp, off);

	if (c == NULL)
		return;
	c->zone = hammer_off_zone(off);
	c->used += HAMMER_DATA_DOALIGN(bytes);
}

static void
count_node(struct hammer_mount *hmp, hammer_off_t off, int depth)
{
	struct hammer_node_ondisk *np, node;
	struct hammer_buffer *hb;
	int i;

	if (depth > HAMMER_MAX_DEPTH ||
	    hammer_node_get(hmp, off, &hb, &np) != 0) {
		warnx("node %016jx cannot be read", (uintmax_t)off);
		return;
	}
	node = *np;
	hammer_buffer_rele(hb);
	count_use(hmp, off, HAMMER_NODE_SIZE);
	for (i = 0; i < node.count; i++) {
		if (node.type == HAMMER_BTREE_TYPE_INTERNAL)
			count_node(hmp, node.elms[i].internal.subtree_offset,
			    depth + 1);
		else if (node.elms[i].leaf.data_offset != 0)
			count_use(hmp, node.elms[i].leaf.data_offset,
			    node.elms[i].leaf.data_len);
	}
}

static int
compare(struct hammer_mount *hmp, hammer_off_t off,
    const struct hammer_blockmap_layer2 *l2, const struct count *c)
{
	int64_t freeb = HAMMER_BIGBLOCK_SIZE - c->used;
	uintmax_t shown = hammer_off_to_zone(HAMMER_ZONE_FREEMAP_INDEX, off);

	if (c->zone != l2->zone && (c->used != 0 || l2->zone == 3)) {
		printf("BZ\tblock=%016jx calc zone=%-2d, got zone=%-2d\n",
		    shown, c->zone, l2->zone);
		return (1);
	}
	if (freeb != l2->bytes_free) {
		printf("BM\tblock=%016jx zone=%-2d calc %jd free, got %d\n",
		    shown, l2->zone, (intmax_t)freeb, l2->bytes_free);
		return (1);
	}
	if (verbose > 0)
		printf("  \tblock=%016jx zone=%-2d %d free (correct)\n",
		    shown, l2->zone, l2->bytes_free);
	return (0);
}

int
cmd_checkmap(int argc, char **argv)
{
	struct hammer_blockmap_layer2 l2;
	struct hammer_mount *hmp;
	struct count *c;
	hammer_off_t off;
	int i, n, v, errors = 0;

	need_args(argc, 0, 0);
	hmp = offline_open(0);
	print_header(hmp);
	for (v = 0, n = 0; v < HAMMER_MAX_VOLUMES; v++) {
		vol_first[v] = n;
		if (hmp->hm_vol[v] != NULL)
			n += (hmp->hm_vol[v]->v_bufend -
			    hmp->hm_vol[v]->v_bufbeg) / HAMMER_BIGBLOCK_SIZE;
	}
	vol_first[v] = n;
	counts = hammer_zalloc((n + 1) * sizeof(*counts));
	printf("Collecting allocation info from freemap: done\n");
	count_node(hmp, hmp->hm_root->v_ondisk->vol0_btree_root, 0);
	printf("Collecting allocation info from B-Tree: done\n");
	for (i = 0; i < (int)(hmp->hm_undo_size >> HAMMER_BIGBLOCK_BITS);
	    i++) {
		c = count_of(hmp, hmp->hm_root->v_ondisk->vol0_undo_array[i]);
		if (c != NULL) {
			c->zone = HAMMER_ZONE_UNDO_INDEX;
			c->used = HAMMER_BIGBLOCK_SIZE;
		}
	}
	printf("Collecting allocation info from UNDO: done\n");
	for (v = 0; v < HAMMER_MAX_VOLUMES; v++) {
		for (i = vol_first[v]; i < vol_first[v + 1]; i++) {
			off = hammer_off_encode(2, v, (hammer_off_t)
			    (i - vol_first[v]) << HAMMER_BIGBLOCK_BITS);
			if (hammer_layer2_get(hmp, off, &l2, NULL, NULL)) {
				errors++;
				continue;
			}
			if (l2.zone != HAMMER_ZONE_FREEMAP_INDEX &&
			    l2.zone != HAMMER_ZONE_UNAVAIL_INDEX)
				errors += compare(hmp, off, &l2, &counts[i]);
		}
	}
	if (errors || verbose > 0)
		printf("%d errors\n", errors);
	offline_close(hmp);
	return (0);
}

static void
complain(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
}

/* Everything on-disk.md demands of a filesystem at rest. */
int
cmd_verify_offline(int argc, char **argv)
{
	struct hammer_mount *hmp;
	int bad;

	need_args(argc, 0, 0);
	hmp = offline_open(0);
	bad = hammer_walk(hmp, complain);
	printf("%d errors\n", bad);
	offline_close(hmp);
	return (bad != 0);
}
