/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): volumes of a filesystem that is not mounted, by -f.
 *
 * They are shown as they are: nothing is recovered.
 */
#include <sys/stat.h>
#include <err.h>
#include <fcntl.h>
#include <unistd.h>
#include "hammer_cmd.h"

static void
load_one(struct hammer_mount *hmp, const char *name, int writable)
{
	struct hammer_userdev *ud = hammer_zalloc(sizeof(*ud));
	int error;
	off_t size;

	ud->ud_fd = open(name, writable ? O_RDWR : O_RDONLY);
	if (ud->ud_fd < 0)
		err(1, "%s", name);
	ud->ud_writable = writable;
	size = lseek(ud->ud_fd, 0, SEEK_END);
	error = hammer_volume_load(hmp, name, ud, size > 0 ? size : 0);
	if (error)
		errx(1, "%s: %s", name, error == EFTYPE ?
		    "not a HAMMER volume" : strerror(error));
}

struct hammer_mount *
offline_open(int writable)
{
	struct hammer_mount *hmp = hammer_mount_alloc();
	char *list, *copy, *name;
	int error;

	if (blkdevs == NULL)
		errx(1, "-f is needed, with the filesystem's volumes");
	copy = list = strdup(blkdevs);
	while ((name = strsep(&list, ":")) != NULL) {
		if (*name != '\0')
			load_one(hmp, name, writable);
	}
	free(copy);
	error = hammer_volume_complete(hmp);
	if (error)
		errx(1, "%s: %s", blkdevs, strerror(error));
	memcpy(hmp->hm_blockmap, hmp->hm_root->v_ondisk->vol0_blockmap,
	    sizeof(hmp->hm_blockmap));
	hmp->hm_next_tid = hmp->hm_root->v_ondisk->vol0_next_tid;
	return (hmp);
}

void
offline_close(struct hammer_mount *hmp)
{
	hammer_mount_free(hmp);
}

static void
print_size(const char *what, int64_t size)
{
	printf("%s\t%s\n", what, sizetostr(size));
}

void
print_header(struct hammer_mount *hmp)
{
	static const char *const zones[16] = { "", "raw_volume",
	    "raw_buffer", "undo", "freemap", "", "", "", "btree", "meta",
	    "large_data", "small_data", "", "", "", "unavail" };
	struct hammer_volume_ondisk *od = hmp->hm_root->v_ondisk;
	struct hammer_blockmap *bm;
	char text[37];
	int64_t used;
	int i;

	printf("vol_label\t%.64s\n", od->vol_label);
	printf("vol_count\t%d\n", od->vol_count);
	uuid_text(&od->vol_fstype, text);
	printf("vol_fstype\t%s \"%s\"\n", text,
	    strcmp(text, HAMMER_FSTYPE_STRING) == 0 ? "DragonFly HAMMER" :
	    "unknown");
	uuid_text(&od->vol_fsid, text);
	printf("vol_fsid\t%s\n", text);
	print_size("vol_bot_beg", od->vol_bot_beg);
	print_size("vol_mem_beg", od->vol_mem_beg);
	print_size("vol_buf_beg", od->vol_buf_beg);
	print_size("vol_buf_end", od->vol_buf_end);
	printf("vol0_next_tid\t%016jx\n", (uintmax_t)od->vol0_next_tid);
	bm = &od->vol0_blockmap[HAMMER_ZONE_UNDO_INDEX];
	print_size("undo_size", hammer_off_short(bm->alloc_offset));
	used = bm->next_offset - bm->first_offset;
	if (used < 0)
		used += hammer_off_short(bm->alloc_offset);
	print_size("undo_used", used);
	printf("zone #             phys             first            next"
	    "             alloc\n");
	for (i = 0; i < HAMMER_MAX_ZONES; i++) {
		bm = &od->vol0_blockmap[i];
		printf("zone %-2d %-10s %016jx %016jx %016jx %016jx\n", i,
		    zones[i], (uintmax_t)bm->phys_offset,
		    (uintmax_t)bm->first_offset, (uintmax_t)bm->next_offset,
		    (uintmax_t)bm->alloc_offset);
	}
}
