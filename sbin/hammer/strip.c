/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): strip - make volumes unusable, but leave the data of files, which
 * nobody can find any more, where they are.
 */
#include <err.h>
#include "hammer_cmd.h"

static void
wipe_bigblock(struct hammer_volume *vol, hammer_off_t off)
{
	static char zeros[HAMMER_BUFSIZE];
	off_t pos = vol->v_bufbeg + (off_t)hammer_off_short(off);
	int i, error;

	for (i = 0; i < HAMMER_BUFFERS_PER_BIGBLOCK; i++) {
		error = hammer_dev_write(vol, pos + i * HAMMER_BUFSIZE,
		    zeros, sizeof(zeros));
		if (error)
			errx(1, "%s: %s", vol->v_name, strerror(error));
	}
}

/* B-Tree and meta-data of a volume; their big-blocks are no more. */
static int
wipe_volume(struct hammer_mount *hmp, struct hammer_volume *vol)
{
	struct hammer_blockmap_layer2 l2, *p;
	struct hammer_buffer *hb;
	hammer_off_t off, end = vol->v_bufend - vol->v_bufbeg;
	int n = 0;

	for (off = 0; off + HAMMER_BIGBLOCK_SIZE <= end;
	    off += HAMMER_BIGBLOCK_SIZE) {
		if (hammer_layer2_get(hmp, hammer_off_encode(
		    HAMMER_ZONE_RAW_BUFFER_INDEX, vol->v_no, off), &l2, &hb,
		    &p) != 0)
			continue;
		if (l2.zone == HAMMER_ZONE_BTREE_INDEX ||
		    l2.zone == HAMMER_ZONE_META_INDEX) {
			wipe_bigblock(vol, off);
			p->zone = HAMMER_ZONE_UNAVAIL_INDEX;
			p->append_off = HAMMER_BIGBLOCK_SIZE;
			p->bytes_free = 0;
			hammer_layer2_setcrc(hmp->hm_version, p);
			if (hammer_dev_write(hb->hb_vol, hb->hb_devoff,
			    hb->hb_data, HAMMER_BUFSIZE) != 0)
				errx(1, "%s: write error",
				    hb->hb_vol->v_name);
			n++;
		}
		hammer_buffer_rele(hb);
	}
	return (n);
}

int
cmd_strip(int argc, char **argv)
{
	char header[HAMMER_BUFSIZE] = "STRIPPED";
	struct hammer_mount *hmp;
	int i, n;

	need_args(argc, 0, 0);
	hmp = offline_open(1);
	printf("You have requested that HAMMER filesystem %.64s be stripped\n",
	    hmp->hm_root->v_ondisk->vol_label);
	for (i = 0; i < HAMMER_MAX_VOLUMES; i++) {
		if (hmp->hm_vol[i] != NULL)
			printf("  %s\n", hmp->hm_vol[i]->v_name);
	}
	printf("All names, attributes and places of data will be gone.\n");
	if (!answer_yes("Do you really want to do this?") ||
	    !answer_yes("Are you absolutely sure?")) {
		fprintf(stderr, "No action taken\n");
		return (1);
	}
	for (i = HAMMER_MAX_VOLUMES - 1; i >= 0; i--) {
		if (hmp->hm_vol[i] == NULL)
			continue;
		n = wipe_volume(hmp, hmp->hm_vol[i]);
		if (verbose > 0)
			printf("%s: %d big-blocks wiped\n",
			    hmp->hm_vol[i]->v_name, n);
	}
	for (i = HAMMER_MAX_VOLUMES - 1; i >= 0; i--) {
		if (hmp->hm_vol[i] != NULL && (hammer_dev_write(
		    hmp->hm_vol[i], 0, header, sizeof(header)) != 0 ||
		    hammer_dev_flush(hmp->hm_vol[i]) != 0))
			errx(1, "%s: write error", hmp->hm_vol[i]->v_name);
	}
	printf("Stripped\n");
	offline_close(hmp);
	return (0);
}
