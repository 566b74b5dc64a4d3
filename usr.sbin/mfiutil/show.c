/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil show: the controller, its drives and volumes, firmware, log.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mfiutil.h"

static void
print_levels(uint32_t levels)
{
	static const struct {
		uint32_t	need;
		const char	*name;
	} names[] = {
		{ MFI_RAID_0, "JBOD" }, { MFI_RAID_0, "RAID0" },
		{ MFI_RAID_1, "RAID1" }, { MFI_RAID_5, "RAID5" },
		{ MFI_RAID_1E, "RAID1E" }, { MFI_RAID_6, "RAID6" },
		{ MFI_RAID_0 | MFI_RAID_1, "RAID10" },
		{ MFI_RAID_0 | MFI_RAID_5, "RAID50" },
	};
	const char *comma = "";
	size_t i;

	printf("     RAID Levels:");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if ((levels & names[i].need) != names[i].need)
			continue;
		printf("%s %s", comma, names[i].name);
		comma = ",";
	}
	printf("\n");
}

static int
show_adapter(int ac, char **av)
{
	struct mfi_ctrl_info info;
	char text[97], stripe[SIZE_LEN];
	int fd, error = no_arguments(ac, "show adapter");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	if (mfi_ctrl_info(fd, &info) < 0) {
		error = errno;
		warn("Failed to get controller info");
		close(fd);
		return (error);
	}
	close(fd);
	printf("mfi%d Adapter:\n", mfi_unit);
	printf("    Product Name: %.80s\n", info.product_name);
	printf("   Serial Number: %.32s\n", info.serial_number);
	field_text(text, sizeof(text), info.package_version,
	    sizeof(info.package_version));
	if (text[0] != '\0')
		printf("        Firmware: %s\n", text);
	print_levels(info.raid_levels);
	printf("  Battery Backup: %s\n", info.hw_present & MFI_HW_BBU ?
	    "present" : "not present");
	if (info.hw_present & MFI_HW_NVRAM)
		printf("           NVRAM: %uK\n", info.nvram_size);
	printf("  Onboard Memory: %uM\n", info.memory_size);
	printf("  Minimum Stripe: %s\n", stripe_text(stripe,
	    info.stripe_min));
	printf("  Maximum Stripe: %s\n", stripe_text(stripe,
	    info.stripe_max));
	(void)av;
	return (0);
}

/* --- firmware --- */

#define COLUMNS 4

static void
image_columns(const struct mfi_image *image, char column[COLUMNS][33])
{
	field_text(column[0], 33, image->name, sizeof(image->name));
	field_text(column[1], 33, image->version, sizeof(image->version));
	field_text(column[2], 33, image->date, sizeof(image->date));
	field_text(column[3], 33, image->time, sizeof(image->time));
}

static void
measure(const struct mfi_image *images, uint32_t n, int width[COLUMNS])
{
	char column[COLUMNS][33];
	uint32_t i;
	int k;

	for (i = 0; i < n; i++) {
		image_columns(&images[i], column);
		for (k = 0; k < COLUMNS; k++) {
			if ((int)strlen(column[k]) > width[k])
				width[k] = strlen(column[k]);
		}
	}
}

static void
print_rows(const struct mfi_image *images, uint32_t n,
    const int width[COLUMNS], const char *status)
{
	char column[COLUMNS][33];
	uint32_t i;

	for (i = 0; i < n; i++) {
		image_columns(&images[i], column);
		printf("%-*s  %-*s  %-*s  %-*s  %s\n", width[0], column[0],
		    width[1], column[1], width[2], column[2], width[3],
		    column[3], status);
	}
}

void
print_images(const struct mfi_image *active, uint32_t nactive,
    const struct mfi_image *pending, uint32_t npending,
    const char *pending_status)
{
	int width[COLUMNS] = { 4, 7, 4, 4 };	/* of the headings */

	if (nactive > MFI_IMAGES)
		nactive = MFI_IMAGES;
	if (npending > MFI_IMAGES)
		npending = MFI_IMAGES;
	measure(active, nactive, width);
	measure(pending, npending, width);
	printf("%-*s  %-*s  %-*s  %-*s  Status\n", width[0], "Name",
	    width[1], "Version", width[2], "Date", width[3], "Time");
	print_rows(active, nactive, width, "active");
	print_rows(pending, npending, width, pending_status);
}

static int
show_firmware(int ac, char **av)
{
	struct mfi_ctrl_info info;
	char text[97];
	int fd, error = no_arguments(ac, "show firmware");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	if (mfi_ctrl_info(fd, &info) < 0) {
		error = errno;
		warn("Failed to get controller info");
		close(fd);
		return (error);
	}
	close(fd);
	field_text(text, sizeof(text), info.package_version,
	    sizeof(info.package_version));
	if (text[0] != '\0')
		printf("mfi%d Firmware Package Version: %s\n", mfi_unit,
		    text);
	printf("mfi%d Firmware Images:\n", mfi_unit);
	print_images(info.active, info.active_images, info.pending,
	    info.pending_images, "pending");
	(void)av;
	return (0);
}

/* --- drives and volumes --- */

void
print_drive(const struct mfi_pd_info *info, int width)
{
	char size[SIZE_LEN], state[NAME_LEN], inquiry[INQUIRY_LEN];
	const char *text;

	printf("(%6s) %-*s", size_text(size, info->raw_size), width,
	    pd_state_text(state, info->state,
	    (info->ddf_type & MFI_PD_FOREIGN) != 0));
	text = inquiry_text(inquiry, info->inquiry);
	if (text[0] != '\0')
		printf(" %s", text);
}

/* What the firmware says of each disk of the list; NULL: it does not. */
static struct mfi_pd_info *
all_drives(int fd, const struct mfi_pd_list *list, uint32_t *n)
{
	struct mfi_pd_info *infos;
	uint32_t i;

	infos = calloc(list->count + 1, sizeof(*infos));
	*n = 0;
	for (i = 0; infos != NULL && i < list->count; i++) {
		if (list->addr[i].scsi_type != 0)
			continue;
		if (mfi_pd_info(fd, list->addr[i].device_id, &infos[*n],
		    NULL) < 0) {
			warn("Failed to fetch info for drive %u",
			    list->addr[i].device_id);
			free(infos);
			return (NULL);
		}
		/* Some answer with another drive's number. */
		infos[(*n)++].ref.device_id = list->addr[i].device_id;
	}
	return (infos);
}

static void
print_drives(const struct mfi_pd_info *infos, uint32_t n, bool foreign)
{
	char text[NAME_LEN];
	uint32_t i;
	int width = 0, len;

	for (i = 0; i < n && !foreign; i++) {
		len = strlen(pd_state_text(text, infos[i].state,
		    (infos[i].ddf_type & MFI_PD_FOREIGN) != 0));
		if (len > width)
			width = len;
	}
	for (i = 0; i < n; i++) {
		if (foreign && (infos[i].ddf_type & MFI_PD_FOREIGN) == 0)
			continue;
		printf("%2u ", infos[i].ref.device_id);
		print_drive(&infos[i], width);
		printf(" %s\n", place_text(text, &infos[i]));
	}
}

static int
list_drives(bool foreign)
{
	struct mfi_pd_list *list;
	struct mfi_pd_info *infos = NULL;
	uint32_t n;
	int fd, error = mfi_begin(&fd);

	if (error != 0)
		return (error);
	list = mfi_pd_list(fd);
	if (list == NULL) {
		error = errno;
		warn("Failed to get drive list");
	} else {
		infos = all_drives(fd, list, &n);
		if (infos == NULL)
			error = EIO;
	}
	if (infos != NULL) {
		printf("mfi%d %s:\n", mfi_unit, foreign ? "Foreign disks" :
		    "Physical Drives");
		print_drives(infos, n, foreign);
	}
	free(infos);
	free(list);
	close(fd);
	return (error);
}

static int
show_drives(int ac, char **av)
{
	int error = no_arguments(ac, "show drives");

	(void)av;
	return (error != 0 ? error : list_drives(false));
}

int
foreign_drives(int ac, char **av)
{
	(void)ac;
	(void)av;
	list_drives(true);
	return (0);
}

static const char *
cache_word(uint8_t policy)
{
	switch (policy & (MFI_CACHE_WRITES | MFI_CACHE_READS)) {
	case 0:
		return (" Disabled");
	case MFI_CACHE_READS:
		return (" Reads   ");
	case MFI_CACHE_WRITES:
		return (" Writes  ");
	default:
		return (" Enabled ");
	}
}

static void
print_volume(int fd, const struct mfi_ld_info *info, uint8_t target,
    int width)
{
	const struct mfi_ld_config *c = &info->config;
	char name[NAME_LEN], size[SIZE_LEN], level[NAME_LEN];
	char stripe[SIZE_LEN], state[NAME_LEN];

	printf("%6s (%6s) %-8s %6s %-*s%s", volume_text(fd, name, target),
	    size_text(size, info->size), level_text(level, c->params.primary,
	    c->params.secondary), stripe_text(stripe, c->params.stripe),
	    width, ld_state_text(state, c->params.state),
	    cache_word(c->props.current_cache));
	if (c->props.name[0] != '\0')
		printf(" <%.*s>", (int)sizeof(c->props.name), c->props.name);
	printf("\n");
}

static int
print_volumes(int fd, const struct mfi_ld_list *list)
{
	struct mfi_ld_info info;
	char text[NAME_LEN];
	uint32_t i;
	int width = 5, len, error;

	for (i = 0; i < list->count; i++) {
		len = strlen(ld_state_text(text, list->ld[i].state));
		if (len > width)
			width = len;
	}
	len = width - 5;
	printf("mfi%d Volumes:\n  Id     Size    Level   Stripe %*sState%*s"
	    "  Cache   Name\n", mfi_unit, (len + 1) / 2, "", len / 2, "");
	for (i = 0; i < list->count; i++) {
		if (mfi_ld_info(fd, list->ld[i].ref.target_id, &info,
		    NULL) < 0) {
			error = errno;
			warn("Failed to get info for volume %d",
			    list->ld[i].ref.target_id);
			return (error);
		}
		print_volume(fd, &info, list->ld[i].ref.target_id, width);
	}
	return (0);
}

static int
show_volumes(int ac, char **av)
{
	struct mfi_ld_list list;
	int fd, error = no_arguments(ac, "show volumes");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	if (mfi_ld_list(fd, &list) < 0) {
		error = errno;
		warn("Failed to get volume list");
	} else {
		error = print_volumes(fd, &list);
	}
	close(fd);
	(void)av;
	return (error);
}

/* --- progress --- */

struct activity {
	uint32_t	bit;
	const char	*label;
	const struct mfi_progress *progress;
};

/* Those that are under way; how many. */
static int
print_activities(uint32_t bits, const struct activity *all, int n,
    const char *prefix)
{
	int i, printed = 0;

	for (i = 0; i < n; i++) {
		if ((bits & all[i].bit) == 0)
			continue;
		printf("%s", prefix);
		print_progress(all[i].label, all[i].progress);
		printed++;
	}
	return (printed);
}

int
show_progress_of_volume(const struct mfi_ld_info *info, const char *prefix)
{
	const struct activity all[] = {
		{ MFI_LD_CHECKING, "Consistency Check", &info->check },
		{ MFI_LD_BGI, "Background Init", &info->background },
		{ MFI_LD_FGI, "Foreground Init", &info->foreground },
		{ MFI_LD_RECONSTRUCTING, "Reconstruction",
		    &info->reconstruction },
	};

	return (print_activities(info->activities, all, 4, prefix));
}

int
show_progress_of_drive(const struct mfi_pd_info *info, const char *prefix)
{
	const struct activity all[] = {
		{ MFI_PD_REBUILDING, "Rebuild", &info->rebuild },
		{ MFI_PD_PATROLLING, "Patrol Read", &info->patrol },
		{ MFI_PD_CLEARING, "Clear", &info->clear },
	};

	return (print_activities(info->activities, all, 3, prefix));
}

static int
progress_of_volumes(int fd, int *n)
{
	struct mfi_ld_list list;
	struct mfi_ld_info info;
	char name[NAME_LEN], prefix[NAME_LEN + 16];
	uint32_t i;
	int error;

	if (mfi_ld_list(fd, &list) < 0) {
		error = errno;
		warn("Failed to get volume list");
		return (error);
	}
	for (i = 0; i < list.count; i++) {
		if (mfi_ld_info(fd, list.ld[i].ref.target_id, &info,
		    NULL) < 0) {
			error = errno;
			warn("Failed to get info for volume %d",
			    list.ld[i].ref.target_id);
			return (error);
		}
		snprintf(prefix, sizeof(prefix), "volume %s ",
		    volume_text(fd, name, list.ld[i].ref.target_id));
		*n += show_progress_of_volume(&info, prefix);
	}
	return (0);
}

static int
progress_of_drives(int fd, int *n)
{
	struct mfi_pd_list *list = mfi_pd_list(fd);
	struct mfi_pd_info *infos;
	char name[NAME_LEN], prefix[NAME_LEN + 16];
	uint32_t i, count;
	int error;

	if (list == NULL) {
		error = errno;
		warn("Failed to get drive list");
		return (error);
	}
	infos = all_drives(fd, list, &count);
	free(list);
	if (infos == NULL)
		return (EIO);
	for (i = 0; i < count; i++) {
		if (infos[i].activities == 0)
			continue;
		snprintf(prefix, sizeof(prefix), "drive %s ", drive_text(fd,
		    name, infos[i].ref.device_id, NAME_BY_ID));
		*n += show_progress_of_drive(&infos[i], prefix);
	}
	free(infos);
	return (0);
}

static int
show_progress(int ac, char **av)
{
	int fd, n = 0, error = no_arguments(ac, "show progress");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	error = progress_of_volumes(fd, &n);
	if (error == 0)
		error = progress_of_drives(fd, &n);
	if (error == 0 && n == 0)
		printf("No activity in progress for adapter mfi%d\n",
		    mfi_unit);
	close(fd);
	(void)av;
	return (error);
}

static int
show_logstate(int ac, char **av)
{
	struct mfi_log_state s;
	int fd, error = no_arguments(ac, "show logstate");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	memset(&s, 0, sizeof(s));
	if (mfi_dcmd(fd, MFI_DCMD_EVENT_GETINFO, &s, sizeof(s), NULL, 0,
	    NULL) < 0) {
		error = errno;
		warn("Failed to get event log info");
		close(fd);
		return (error);
	}
	close(fd);
	printf("mfi%d Event Log Sequence Numbers:\n", mfi_unit);
	printf("  Newest Seq #: %u\n", s.newest);
	printf("  Oldest Seq #: %u\n", s.oldest);
	printf("   Clear Seq #: %u\n", s.clear);
	printf("Shutdown Seq #: %u\n", s.shutdown);
	printf("    Boot Seq #: %u\n", s.boot);
	(void)av;
	return (0);
}

const struct mfi_command show_commands[] = {
	{ "show", "adapter", show_adapter, "", "the controller" },
	{ "show", "battery", show_battery, "", "its battery" },
	{ "show", "config", show_config, "", "arrays, volumes and spares" },
	{ "show", "drives", show_drives, "", "the drives" },
	{ "show", "events", show_events, "[-c class] [-l locale] [-n count] [-v] "
	    "[start [stop]]", "the log of events" },
	{ "show", "firmware", show_firmware, "", "versions of firmware" },
	{ "show", "logstate", show_logstate, "", "numbers of the log" },
	{ "show", "patrol", show_patrol, "", "patrol reads" },
	{ "show", "progress", show_progress, "", "what is under way" },
	{ "show", "volumes", show_volumes, "", "the volumes" },
	{ .name = NULL }
};
