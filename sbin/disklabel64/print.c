/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disklabel64: a label as text.  Programs read this, so every blank counts;
 * reference/storage/disks.md (section 4.8) has the form.
 */
#include <sys/param.h>

#include <inttypes.h>
#include <stdlib.h>
#include <uuid.h>

#include "diskdev.h"
#include "label.h"

#define MB	(1024.0 * 1024.0)

static void
print_uuid(FILE *out, const char *key, const uuid_t *u)
{
	char *text = NULL;

	uuid_to_string(u, &text, NULL);
	fprintf(out, "%s: %s\n", key, text != NULL ? text : "");
	free(text);
}

static unsigned
display_block(const struct disklabel64 *lp)
{
	return (lp->d_align > 1024 || lp->d_align == 0 ? 1024 : lp->d_align);
}

/*
 * Labels made before 2018 end the data area where the backup label begins;
 * they keep the wording they had then.
 */
static int
is_old_layout(const struct disklabel64 *lp)
{
	return (lp->d_pstop == lp->d_abase);
}

static void
print_head(FILE *out, const struct disklabel64 *lp, const char *path)
{
	uint64_t data = lp->d_pstop - lp->d_pbase;
	int old = is_old_layout(lp);

	fprintf(out, "# %s:\n#\n", path);
	if (old)
		fprintf(out, "# Informational fields calculated from the "
		    "above\n# All byte equivalent offsets must be aligned\n");
	else
		fprintf(out, "# Calculated informational fields for the "
		    "slice:\n");
	fprintf(out, "#\n# boot space: %10" PRIu64 " bytes\n",
	    lp->d_pbase - lp->d_bbase);
	fprintf(out, "# data space: %10" PRIu64 " blocks\t# %6.2f MB (%"
	    PRIu64 " bytes)\n#\n", data / display_block(lp), data / MB,
	    data);
	if (old)
		fprintf(out,
		    "# NOTE: If the partition data base looks odd it may be\n"
		    "#       physically aligned instead of slice-aligned\n"
		    "#\n");
	else
		fprintf(out,
		    "# NOTE: The partition data base and stop are "
		    "physically\n"
		    "#       aligned instead of slice-relative aligned.\n"
		    "#\n# All byte equivalent offsets must be aligned.\n#\n");
}

static void
print_partition(FILE *out, const struct disklabel64 *lp, int i)
{
	const struct partition64 *p = &lp->d_partitions[i];
	const char *name = fstype_name(p->p_fstype);
	uint64_t at = p->p_boffset - lp->d_pbase;
	unsigned block = display_block(lp);

	fprintf(out, "  %c: ", 'a' + i);
	if (p->p_bsize % lp->d_align != 0)
		fprintf(out, "%10s  ", "ILLEGAL");
	else
		fprintf(out, "%10" PRIu64 " ", p->p_bsize / block);
	if (at % lp->d_align != 0)
		fprintf(out, "%10s  ", "ILLEGAL");
	else
		fprintf(out, "%10" PRIu64 "  ", at / block);
	if (name != NULL)
		fprintf(out, "%8.8s", name);
	else
		fprintf(out, "%8d", p->p_fstype);
	fprintf(out, "\t# %11.3fMB\n", p->p_bsize / MB);
}

static void
print_partitions(FILE *out, const struct disklabel64 *lp)
{
	char key[] = "  a-stor_uuid";
	unsigned i, shown = 0;

	fprintf(out, "\n%u partitions:\n"
	    "#          size     offset    fstype   fsuuid\n",
	    lp->d_npartitions);
	for (i = 0; i < lp->d_npartitions; i++) {
		if (lp->d_partitions[i].p_bsize == 0)
			continue;
		print_partition(out, lp, i);
		shown++;
	}
	if (shown == 0)
		fprintf(out, "# EXAMPLE\n"
		    "#a:          4g          0    4.2BSD\n"
		    "#a:          *           *    4.2BSD\n");
	if (uuid_is_nil(&lp->d_stor_uuid, NULL))
		return;
	for (i = 0; i < lp->d_npartitions; i++) {
		if (lp->d_partitions[i].p_bsize == 0)
			continue;
		key[2] = 'a' + i;
		print_uuid(out, key, &lp->d_partitions[i].p_stor_uuid);
	}
}

void
label_print(FILE *out, const struct disklabel64 *lp, const char *path)
{
	print_head(out, lp, path);
	print_uuid(out, "diskid", &lp->d_stor_uuid);
	fprintf(out, "label: %.*s\n", (int)sizeof(lp->d_packname),
	    (const char *)lp->d_packname);
	fprintf(out, "boot2 data base:      0x%012" PRIx64 "\n", lp->d_bbase);
	fprintf(out, "partitions data base: 0x%012" PRIx64 "\n", lp->d_pbase);
	fprintf(out, "partitions data stop: 0x%012" PRIx64 "\n", lp->d_pstop);
	fprintf(out, "backup label:         0x%012" PRIx64 "\n", lp->d_abase);
	fprintf(out, "total size:           0x%012" PRIx64 "\t# %6.2f MB\n",
	    lp->d_total_size, lp->d_total_size / MB);
	fprintf(out, "alignment: %u\n", lp->d_align);
	fprintf(out, "display block size: %u\t# for partition display%s "
	    "only\n", display_block(lp),
	    is_old_layout(lp) ? "" : " and edit");
	print_partitions(out, lp);
}
