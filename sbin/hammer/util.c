/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): small things many directives need.
 */
#include <sys/ioctl.h>
#include <err.h>
#include <fcntl.h>
#include <unistd.h>
#include "hammer_cmd.h"

int
uuid_parse_text(const char *text, struct uuid *u)
{
	unsigned v[11];
	int i, end = 0;

	if (sscanf(text, "%8x-%4x-%4x-%2x%2x-%2x%2x%2x%2x%2x%2x%n", &v[0],
	    &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &v[9],
	    &v[10], &end) != 11 || text[end] != 0)
		return (-1);
	u->time_low = v[0];
	u->time_mid = v[1];
	u->time_hi_and_version = v[2];
	u->clock_seq_hi_and_reserved = v[3];
	u->clock_seq_low = v[4];
	for (i = 0; i < 6; i++)
		u->node[i] = v[5 + i];
	return (0);
}

int
open_fs(const char *path)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		err(1, "unable to access %s", path);
	return (fd);
}

void
fs_ioctl(int fd, unsigned long cmd, void *arg, const char *path)
{
	if (ioctl(fd, cmd, arg) < 0)
		err(1, "%s", path);
}

int
need_args(int argc, int min, int max)
{
	if (argc < min || (max >= 0 && argc > max))
		usage();
	return (argc);
}

int
answer_yes(const char *question)
{
	char buf[64];

	printf("%s [y/n] ", question);
	fflush(stdout);
	if (fgets(buf, sizeof(buf), stdin) == NULL)
		return (0);
	buf[strcspn(buf, "\n")] = '\0';
	return (strcmp(buf, "y") == 0 || strcmp(buf, "yes") == 0 ||
	    strcmp(buf, "Y") == 0 || strcmp(buf, "YES") == 0);
}

void
key_bounds(struct hammer_base_elm *beg, struct hammer_base_elm *end,
    int inodes_only, int misc_only)
{
	memset(beg, 0, sizeof(*beg));
	memset(end, 0, sizeof(*end));
	beg->localization = HAMMER_MIN_LOCALIZATION;
	end->localization = HAMMER_MAX_LOCALIZATION;
	if (inodes_only)
		beg->localization = end->localization =
		    HAMMER_LOCALIZE_INODE;
	if (misc_only)
		beg->localization = end->localization = HAMMER_LOCALIZE_MISC;
	beg->obj_id = HAMMER_MIN_OBJID;
	end->obj_id = HAMMER_MAX_OBJID;
}

/*
 * Cycle files: a 40-byte key and an 8-byte tid.
 */
int
cycle_get(struct hammer_base_elm *base, hammer_tid_t *tidp)
{
	FILE *fp;
	int ok;

	if (cyclefile == NULL || (fp = fopen(cyclefile, "r")) == NULL)
		return (-1);
	ok = fread(base, sizeof(*base), 1, fp) == 1 &&
	    fread(tidp, sizeof(*tidp), 1, fp) == 1;
	fclose(fp);
	return (ok ? 0 : -1);
}

void
cycle_set(const struct hammer_base_elm *base, hammer_tid_t tid)
{
	FILE *fp;

	if (cyclefile == NULL)
		return;
	fp = fopen(cyclefile, "w");
	if (fp == NULL || fwrite(base, sizeof(*base), 1, fp) != 1 ||
	    fwrite(&tid, sizeof(tid), 1, fp) != 1 || fclose(fp) != 0)
		warn("%s", cyclefile);
}

void
cycle_done(void)
{
	if (cyclefile != NULL)
		unlink(cyclefile);
}
