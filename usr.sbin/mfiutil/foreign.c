/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil foreign: configurations that came with drives from another
 * controller.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mfiutil.h"

#define ALL	0xff		/* instead of an index */

/* Answer of CFG_FOREIGN_SCAN: a count, and records of unknown content. */
struct scan {
	uint32_t	count;
	uint8_t		records[8 * 24];
};

static int
scan(int fd, uint32_t *count)
{
	struct scan s;
	int error;

	memset(&s, 0, sizeof(s));
	if (mfi_dcmd(fd, MFI_DCMD_CFG_FOREIGN_SCAN, &s, sizeof(s), NULL, 0,
	    NULL) < 0) {
		error = errno;
		warn("Failed to scan foreign configuration");
		return (error);
	}
	*count = s.count;
	return (0);
}

static int
foreign_scan(int ac, char **av)
{
	uint32_t count;
	int fd, error = mfi_begin(&fd);

	if (error != 0)
		return (error);
	error = scan(fd, &count);
	if (error == 0)
		printf("mfi%d: Found %d foreign configurations\n", mfi_unit,
		    count);
	close(fd);
	(void)ac;
	(void)av;
	return (error);
}

static int
foreign_clear(int ac, char **av)
{
	int fd, error = mfi_begin(&fd);

	if (error != 0)
		return (error);
	if (confirm("Are you sure you wish to clear ALL foreign "
	    "configurations on mfi%u?", mfi_unit)) {
		if (mfi_dcmd(fd, MFI_DCMD_CFG_FOREIGN_CLEAR, NULL, 0, NULL, 0,
		    NULL) < 0) {
			error = errno;
			warn("Failed to clear foreign configuration");
		} else {
			printf("mfi%d: Foreign configuration cleared\n",
			    mfi_unit);
		}
	}
	close(fd);
	(void)ac;
	(void)av;
	return (error);
}

/* An index below count. */
static int
parse_index(const char *arg, uint32_t count, uint8_t *index)
{
	char *end;
	long n = strtol(arg, &end, 0);

	if (end == arg || *end != '\0' || n < 0 || n >= (long)count ||
	    n >= ALL) {
		warnx("Invalid foreign config %ld specified max is %d", n,
		    (int)count - 1);
		return (EINVAL);
	}
	*index = n;
	return (0);
}

/* --- import --- */

static int
import(int fd, uint8_t index)
{
	uint8_t mbox[4] = { index };
	bool yes;
	int error;

	if (index == ALL)
		yes = confirm("Are you sure you wish to import ALL foreign "
		    "configurations on mfi%u?", mfi_unit);
	else
		yes = confirm("Are you sure you wish to import the foreign "
		    "configuration %d on mfi%u?", index, mfi_unit);
	if (!yes)
		return (0);
	if (mfi_dcmd(fd, MFI_DCMD_CFG_FOREIGN_IMPORT, NULL, 0, mbox,
	    sizeof(mbox), NULL) < 0) {
		error = errno;
		warn("Failed to import foreign configuration");
		return (error);
	}
	if (index == ALL)
		printf("mfi%d: All foreign configurations imported\n",
		    mfi_unit);
	else
		printf("mfi%d: Foreign configuration %d imported\n", mfi_unit,
		    index);
	return (0);
}

static int
foreign_import(int ac, char **av)
{
	uint32_t count;
	uint8_t index = ALL;
	int fd, error;

	if (ac > 2) {
		warnx("foreign preview: extra arguments");
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = scan(fd, &count);
	if (error == 0 && count == 0) {
		warnx("foreign import: no foreign configs found");
		error = EINVAL;
	}
	if (error == 0 && ac > 1)
		error = parse_index(av[1], count, &index);
	if (error == 0)
		error = import(fd, index);
	close(fd);
	return (error);
}

/* --- display, preview --- */

static void
dump_array(int fd, const struct mfi_array *a)
{
	struct mfi_pd_info info;
	char text[NAME_LEN];
	uint8_t status;
	uint16_t id;
	int i;

	printf("    array %u of %u drives:\n", a->ref, a->drives);
	printf("      size = %ju\n", (uintmax_t)a->size);
	for (i = 0; i < a->drives && i < MFI_MAX_ARMS; i++) {
		id = a->drive[i].ref.device_id;
		if (id == MFI_NO_DRIVE) {
			printf("        drive MISSING\n");
			continue;
		}
		printf("        drive %u %s\n", id, pd_state_text(text,
		    a->drive[i].state, false));
		if (mfi_pd_info(fd, id, &info, &status) < 0 ||
		    status != MFI_STAT_OK)
			continue;
		printf("          raw size: %ju\n",
		    (uintmax_t)info.raw_size);
		printf("          non-coerced size: %ju\n",
		    (uintmax_t)info.non_coerced_size);
		printf("          coerced size: %ju\n",
		    (uintmax_t)info.coerced_size);
	}
}

static void
dump_volume(int fd, const struct mfi_ld_config *ld)
{
	char name[NAME_LEN], level[NAME_LEN], state[NAME_LEN];
	const struct mfi_ld_params *p = &ld->params;
	int i;

	printf("    volume %s %s %s", volume_text(fd, name,
	    ld->props.ref.target_id), level_text(level, p->primary,
	    p->secondary), ld_state_text(state, p->state));
	if (ld->props.name[0] != '\0')
		printf(" <%.*s>", (int)sizeof(ld->props.name),
		    ld->props.name);
	printf("\n");
	printf("      primary raid level: %u\n", p->primary);
	printf("      raid level qualifier: %u\n", p->qualifier);
	printf("      secondary raid level: %u\n", p->secondary);
	printf("      stripe size: %u\n", p->stripe);
	printf("      num drives: %u\n", p->drives);
	printf("      init state: %u\n", p->init_state);
	printf("      consistent: %u\n", p->consistent);
	printf("      no bgi: %u\n", ld->props.no_bgi);
	printf("      spans:\n");
	for (i = 0; i < p->spans && i < MFI_MAX_SPANS; i++)
		printf("        array %u @ %ju : %ju\n",
		    ld->span[i].array_ref, (uintmax_t)ld->span[i].start,
		    (uintmax_t)ld->span[i].blocks);
}

static void
dump_spare(const struct mfi_spare *s, size_t size)
{
	bool dedicated = (s->type & MFI_SPARE_DEDICATED) != 0;
	size_t i, room;
	uint16_t ref;

	printf("    %s spare %u HOT SPARE%s\n", dedicated ? "dedicated" :
	    "global", s->ref.device_id, dedicated ? " backs:" : "");
	room = (size - offsetof(struct mfi_spare, array_ref)) / sizeof(ref);
	for (i = 0; dedicated && i < s->arrays && i < room; i++) {
		memcpy(&ref, (const char *)s + offsetof(struct mfi_spare,
		    array_ref) + i * sizeof(ref), sizeof(ref));
		printf("        array %u\n", ref);
	}
}

static int
dump(int fd, const struct mfi_config *c)
{
	const struct mfi_array *a = NULL;
	const struct mfi_ld_config *ld = NULL;
	const struct mfi_spare *s = NULL;
	bool good = true;
	int i;

	printf("  array size: %u\n", c->array_size);
	printf("  volume size: %u\n", c->ld_size);
	printf("  spare size: %u\n", c->spare_size);
	for (i = 0; i < c->arrays && good; i++) {
		good = (a = mfi_config_array(c, i)) != NULL;
		if (good)
			dump_array(fd, a);
	}
	for (i = 0; i < c->lds && good; i++) {
		good = (ld = mfi_config_ld(c, i)) != NULL;
		if (good)
			dump_volume(fd, ld);
	}
	for (i = 0; i < c->spares && good; i++) {
		good = (s = mfi_config_spare(c, i)) != NULL;
		if (good)
			dump_spare(s, c->spare_size);
	}
	if (!good)
		warnx("The configuration is inconsistent");
	return (good ? 0 : EINVAL);
}

static int
show_one(int fd, uint32_t opcode, uint8_t index)
{
	uint8_t mbox[4] = { index };
	struct mfi_config *c = mfi_config_read(fd, opcode, mbox,
	    sizeof(mbox));
	int error;

	if (c == NULL) {
		error = errno;
		warn("Failed to get foreign config %d", index);
		return (error);
	}
	printf("mfi%d Foreign configuration %s%d: %u arrays, %u volumes, "
	    "%u spares\n", mfi_unit,
	    opcode == MFI_DCMD_CFG_FOREIGN_PREVIEW ? "preview " : "", index,
	    c->arrays, c->lds, c->spares);
	error = dump(fd, c);
	free(c);
	return (error);
}

static int
show(int ac, char **av, uint32_t opcode)
{
	uint32_t count, i;
	uint8_t index;
	int fd, error;

	if (ac > 2) {
		warnx("foreign %s: extra arguments", av[0]);
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = scan(fd, &count);
	if (error == 0 && count == 0) {
		warnx("foreign %s: no foreign configs found", av[0]);
		error = EINVAL;
	}
	if (error == 0 && ac > 1) {
		error = parse_index(av[1], count, &index);
		if (error == 0)
			error = show_one(fd, opcode, index);
	} else {
		for (i = 0; i < count && i < ALL && error == 0; i++) {
			if (i > 0)
				printf("\n");
			error = show_one(fd, opcode, i);
		}
	}
	close(fd);
	return (error);
}

static int
foreign_display(int ac, char **av)
{
	return (show(ac, av, MFI_DCMD_CFG_FOREIGN_DISPLAY));
}

static int
foreign_preview(int ac, char **av)
{
	return (show(ac, av, MFI_DCMD_CFG_FOREIGN_PREVIEW));
}

const struct mfi_command foreign_commands[] = {
	{ "foreign", "scan", foreign_scan, "", "count them" },
	{ "foreign", "drives", foreign_drives, "", "drives that have one" },
	{ "foreign", "display", foreign_display, "[n]", "show them" },
	{ "foreign", "preview", foreign_preview, "[n]",
	    "show them as they would be imported" },
	{ "foreign", "import", foreign_import, "[n]", "take them over" },
	{ "foreign", "clear", foreign_clear, "", "delete them" },
	{ .name = NULL }
};
