/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: the configuration as a whole, deleting volumes, hot spares.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "mfiutil.h"

/* --- show config --- */

static void
print_name(const struct mfi_ld_props *props)
{
	if (props->name[0] != '\0')
		printf(" <%.*s>", (int)sizeof(props->name), props->name);
}

static void
print_array(int fd, const struct mfi_array *a)
{
	struct mfi_pd_info info;
	char text[NAME_LEN];
	uint8_t status;
	uint16_t id;
	int i;

	printf("    array %u of %u drives:\n", a->ref, a->drives);
	for (i = 0; i < a->drives && i < MFI_MAX_ARMS; i++) {
		id = a->drive[i].ref.device_id;
		printf("        drive %s ", drive_text(fd, text, id,
		    NAME_BY_ID));
		if (id == MFI_NO_DRIVE)
			printf("\n");
		else if (mfi_pd_info(fd, id, &info, &status) == 0 &&
		    status == MFI_STAT_OK) {
			print_drive(&info, 0);
			printf("\n");
		} else {
			printf("%s\n", pd_state_text(text, a->drive[i].state,
			    false));
		}
	}
}

static void
print_volume(int fd, const struct mfi_ld_config *ld)
{
	struct mfi_ld_info info;
	char name[NAME_LEN], size[SIZE_LEN], stripe[SIZE_LEN];
	char level[NAME_LEN], state[NAME_LEN];
	uint8_t status, target = ld->props.ref.target_id;
	int i;

	printf("    volume %s ", volume_text(fd, name, target));
	if (mfi_ld_info(fd, target, &info, &status) == 0 &&
	    status == MFI_STAT_OK)
		printf("(%s) %s %s %s", size_text(size, info.size),
		    level_text(level, info.config.params.primary,
		    info.config.params.secondary),
		    stripe_text(stripe, info.config.params.stripe),
		    ld_state_text(state, info.config.params.state));
	else
		printf("%s %s", level_text(level, ld->params.primary,
		    ld->params.secondary), ld_state_text(state,
		    ld->params.state));
	print_name(&ld->props);
	printf(" spans:\n");
	for (i = 0; i < ld->params.spans && i < MFI_MAX_SPANS; i++)
		printf("        array %u\n", ld->span[i].array_ref);
}

/* Array references that lie in a record of this size. */
static int
spare_arrays(const struct mfi_spare *s, size_t size)
{
	int room = (size - offsetof(struct mfi_spare, array_ref)) /
	    sizeof(s->array_ref[0]);

	return (s->arrays < room ? s->arrays : room);
}

static void
print_spare(int fd, const struct mfi_spare *s, size_t size)
{
	struct mfi_pd_info info;
	char text[NAME_LEN];
	uint8_t status;
	uint16_t ref;
	int i;

	printf("    %s spare %s ", s->type & MFI_SPARE_DEDICATED ?
	    "dedicated" : "global", drive_text(fd, text, s->ref.device_id,
	    NAME_BY_ID));
	if (mfi_pd_info(fd, s->ref.device_id, &info, &status) == 0 &&
	    status == MFI_STAT_OK)
		print_drive(&info, 0);
	else
		printf("%s", pd_state_text(text, MFI_PD_HOT_SPARE, false));
	if ((s->type & MFI_SPARE_DEDICATED) == 0) {
		printf("\n");
		return;
	}
	printf(" backs:\n");
	for (i = 0; i < spare_arrays(s, size); i++) {
		memcpy(&ref, (const char *)s + offsetof(struct mfi_spare,
		    array_ref) + i * sizeof(ref), sizeof(ref));
		printf("        array %u\n", ref);
	}
}

static int
inconsistent(void)
{
	warnx("The configuration is inconsistent");
	return (EINVAL);
}

static int
print_config(int fd, const struct mfi_config *c)
{
	const struct mfi_array *a;
	const struct mfi_ld_config *ld;
	const struct mfi_spare *s;
	int i;

	printf("mfi%d Configuration: %u arrays, %u volumes, %u spares\n",
	    mfi_unit, c->arrays, c->lds, c->spares);
	for (i = 0; i < c->arrays; i++) {
		if ((a = mfi_config_array(c, i)) == NULL)
			return (inconsistent());
		print_array(fd, a);
	}
	for (i = 0; i < c->lds; i++) {
		if ((ld = mfi_config_ld(c, i)) == NULL)
			return (inconsistent());
		print_volume(fd, ld);
	}
	for (i = 0; i < c->spares; i++) {
		if ((s = mfi_config_spare(c, i)) == NULL)
			return (inconsistent());
		print_spare(fd, s, c->spare_size);
	}
	return (0);
}

int
show_config(int ac, char **av)
{
	struct mfi_config *c;
	int fd, error = no_arguments(ac, "show config");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	c = mfi_config_read(fd, MFI_DCMD_CFG_READ, NULL, 0);
	if (c == NULL) {
		error = errno;
		warn("Failed to get config");
	} else {
		error = print_config(fd, c);
	}
	free(c);
	close(fd);
	(void)av;
	return (error);
}

/* --- clear, delete --- */

static bool
is_busy(int fd, uint8_t target)
{
	struct mfi_query_disk q;
	char name[NAME_LEN];

	if (!mfi_query_disk(fd, target, &q) || !q.open)
		return (false);
	warnx("Volume %s is busy and cannot be deleted", volume_text(fd,
	    name, target));
	return (true);
}

static int
clear(int fd)
{
	struct mfi_ld_list list;
	uint32_t i;
	int error;

	if (mfi_ld_list(fd, &list) < 0) {
		error = errno;
		warn("Failed to get volume list");
		return (error);
	}
	for (i = 0; i < list.count; i++) {
		if (is_busy(fd, list.ld[i].ref.target_id))
			return (EBUSY);
	}
	if (!confirm("Are you sure you wish to clear the configuration on "
	    "mfi%u?", mfi_unit))
		return (0);
	if (mfi_dcmd(fd, MFI_DCMD_CFG_CLEAR, NULL, 0, NULL, 0, NULL) < 0) {
		error = errno;
		warn("Failed to clear configuration");
		return (error);
	}
	printf("mfi%d: Configuration cleared\n", mfi_unit);
	return (0);
}

int
config_clear(int ac, char **av)
{
	int fd, error = no_arguments(ac, "clear");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	error = mfi_can_reconfigure() ? clear(fd) : ENODEV;
	close(fd);
	(void)av;
	return (error);
}

static int
delete(int fd, const char *arg)
{
	struct mfi_ld_info info;
	uint8_t target, mbox[4];
	int error = mfi_find_volume(fd, arg, &target);

	if (error != 0) {
		warnc(error, "Invalid volume %s", arg);
		return (error);
	}
	if (mfi_ld_info(fd, target, &info, NULL) < 0) {
		error = errno;
		warn("Failed to get info for volume %d", target);
		return (error);
	}
	if (is_busy(fd, target))
		return (EBUSY);
	memcpy(mbox, &info.config.props.ref, sizeof(mbox));
	if (mfi_dcmd(fd, MFI_DCMD_LD_DELETE, NULL, 0, mbox, sizeof(mbox),
	    NULL) < 0) {
		error = errno;
		warn("Failed to delete volume");
		return (error);
	}
	return (0);
}

int
volume_delete(int ac, char **av)
{
	int fd, error;

	if (ac > 1 && strcmp(av[1], "spare") == 0)
		return (spare_remove(ac - 1, av + 1));
	if (ac > 1 && strcmp(av[1], "volume") == 0) {
		ac--;
		av++;
	}
	if (ac != 2) {
		warnx("delete volume: %s", ac < 2 ? "volume required" :
		    "extra arguments");
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = mfi_can_reconfigure() ? delete(fd, av[1]) : ENODEV;
	close(fd);
	return (error);
}

/* --- spares --- */

static const struct mfi_array *
array_by_ref(const struct mfi_config *c, uint16_t ref)
{
	const struct mfi_array *a;
	int i;

	for (i = 0; i < c->arrays; i++) {
		a = mfi_config_array(c, i);
		if (a != NULL && a->ref == ref)
			return (a);
	}
	return (NULL);
}

/* The spare for one array of a volume. */
static int
add_array(const struct mfi_config *c, uint16_t ref, uint64_t drive_size,
    struct mfi_spare *s)
{
	const struct mfi_array *a = array_by_ref(c, ref);

	if (a == NULL) {
		warnx("Missing array; inconsistent config?");
		return (ENXIO);
	}
	if (a->size > drive_size) {
		warnx("Spare isn't large enough for array %u", ref);
		return (EINVAL);
	}
	if (s->arrays < MFI_SPARE_ARRAYS)
		s->array_ref[s->arrays++] = ref;
	return (0);
}

static int
dedicate(int fd, const struct mfi_config *c, const char *volume,
    const struct mfi_pd_info *info, struct mfi_spare *s)
{
	const struct mfi_ld_config *ld = NULL;
	uint8_t target;
	int i, error = mfi_find_volume(fd, volume, &target);

	if (error != 0) {
		warnc(error, "Invalid volume %s", volume);
		return (error);
	}
	for (i = 0; i < c->lds; i++) {
		ld = mfi_config_ld(c, i);
		if (ld == NULL || ld->props.ref.target_id == target)
			break;
	}
	if (i == c->lds || ld == NULL) {
		warnx("Did not find volume %d", target);
		return (EINVAL);
	}
	s->type |= MFI_SPARE_DEDICATED;
	for (i = 0; i < ld->params.spans && i < MFI_MAX_SPANS && error == 0;
	    i++)
		error = add_array(c, ld->span[i].array_ref,
		    info->coerced_size, s);
	return (error);
}

static int
check_all_arrays(const struct mfi_config *c, uint64_t drive_size)
{
	const struct mfi_array *a;
	int i;

	for (i = 0; i < c->arrays; i++) {
		a = mfi_config_array(c, i);
		if (a == NULL)
			return (inconsistent());
		if (a->size > drive_size) {
			warnx("Spare isn't large enough for array %u",
			    a->ref);
			return (EINVAL);
		}
	}
	return (0);
}

static int
fill_spare(int fd, const struct mfi_pd_info *info, const char *volume,
    struct mfi_spare *s)
{
	struct mfi_config *c = mfi_config_read(fd, MFI_DCMD_CFG_READ, NULL,
	    0);
	int error;

	if (c == NULL) {
		error = errno;
		warn("Failed to get config");
		return (error);
	}
	memset(s, 0, sizeof(*s));
	s->ref = info->ref;
	error = volume != NULL ? dedicate(fd, c, volume, info, s) :
	    check_all_arrays(c, info->coerced_size);
	free(c);
	return (error);
}

static int
add(int fd, char *drive, const char *volume)
{
	struct mfi_pd_info info;
	struct mfi_spare s;
	uint16_t id;
	int error = mfi_find_drive(fd, drive, &id);

	if (error != 0)
		return (error);
	if (mfi_pd_info(fd, id, &info, NULL) < 0) {
		error = errno;
		warn("Failed to fetch drive info");
		return (error);
	}
	if (info.state != MFI_PD_UNCONFIGURED_GOOD) {
		warnx("Drive %u is not available", id);
		return (EINVAL);
	}
	error = fill_spare(fd, &info, volume, &s);
	if (error != 0)
		return (error);
	if (mfi_dcmd(fd, MFI_DCMD_CFG_MAKE_SPARE, &s, sizeof(s), NULL, 0,
	    NULL) < 0) {
		error = errno;
		warn("Failed to assign spare");
	}
	return (error);
}

int
spare_add(int ac, char **av)
{
	int fd, error;

	if (ac < 2 || ac > 3) {
		warnx("add spare: %s", ac < 2 ? "drive required" :
		    "extra arguments");
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = add(fd, av[1], ac > 2 ? av[2] : NULL);
	close(fd);
	return (error);
}

static int
remove_spare(int fd, char *drive)
{
	struct mfi_pd_info info;
	uint8_t mbox[4];
	uint16_t id;
	int error = mfi_find_drive(fd, drive, &id);

	if (error != 0)
		return (error);
	if (mfi_pd_info(fd, id, &info, NULL) < 0) {
		error = errno;
		warn("Failed to fetch info for drive %u", id);
		return (error);
	}
	if (info.state != MFI_PD_HOT_SPARE) {
		warnx("Drive %u is not a hot spare", id);
		return (EINVAL);
	}
	memcpy(mbox, &info.ref, sizeof(mbox));
	if (mfi_dcmd(fd, MFI_DCMD_CFG_REMOVE_SPARE, NULL, 0, mbox,
	    sizeof(mbox), NULL) < 0) {
		error = errno;
		warn("Failed to delete spare");
	}
	return (error);
}

int
spare_remove(int ac, char **av)
{
	int fd, error;

	if (ac != 2) {
		warnx("remove spare: %s", ac < 2 ? "drive required" :
		    "extra arguments");
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = remove_spare(fd, av[1]);
	close(fd);
	return (error);
}

const struct mfi_command config_commands[] = {
	{ NULL, "create", volume_create,
	    "<type> [-v] [-s stripe_size] <drive>[,<drive>...] [...]",
	    "make volumes" },
	{ NULL, "delete", volume_delete, "<volume>", "delete a volume" },
	{ NULL, "clear", config_clear, "", "delete all of them" },
	{ NULL, "add", spare_add, "<drive> [volume]", "make a hot spare" },
	{ NULL, "remove", spare_remove, "<drive>",
	    "a spare is none any more" },
	{ .name = NULL }
};
