/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: lists and descriptions from the firmware, and finding in them the
 * drive or volume that an argument names.
 *
 * Buffers are zeroed first: not every firmware fills what it is given.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mfiutil.h"

#define LIST_SIZE	1024		/* to begin with */
#define LIST_MAX	(1024 * 1024)	/* no firmware needs as much */

int
mfi_ctrl_info(int fd, struct mfi_ctrl_info *info)
{
	memset(info, 0, sizeof(*info));
	return (mfi_dcmd(fd, MFI_DCMD_CTRL_GETINFO, info, sizeof(*info),
	    NULL, 0, NULL));
}

int
mfi_pd_info(int fd, uint16_t id, struct mfi_pd_info *info, uint8_t *status)
{
	uint8_t mbox[2] = { id & 0xff, id >> 8 };

	memset(info, 0, sizeof(*info));
	return (mfi_dcmd(fd, MFI_DCMD_PD_GET_INFO, info, sizeof(*info), mbox,
	    sizeof(mbox), status));
}

int
mfi_ld_info(int fd, uint8_t target, struct mfi_ld_info *info,
    uint8_t *status)
{
	memset(info, 0, sizeof(*info));
	return (mfi_dcmd(fd, MFI_DCMD_LD_GET_INFO, info, sizeof(*info),
	    &target, 1, status));
}

int
mfi_ld_list(int fd, struct mfi_ld_list *list)
{
	memset(list, 0, sizeof(*list));
	if (mfi_dcmd(fd, MFI_DCMD_LD_GET_LIST, list, sizeof(*list), NULL, 0,
	    NULL) < 0)
		return (-1);
	if (list->count > MFI_MAX_LD)
		list->count = MFI_MAX_LD;
	return (0);
}

/*
 * An answer that begins with its own size; asked for again, with more room,
 * if it did not fit.  *size: of the room.
 */
static void *
sized_answer(int fd, uint32_t opcode, const uint8_t *mbox, size_t mboxlen,
    size_t *size)
{
	uint32_t *buf, need;

	*size = LIST_SIZE;
	for (;;) {
		buf = calloc(1, *size);
		if (buf == NULL)
			return (NULL);
		if (mfi_dcmd(fd, opcode, buf, *size, mbox, mboxlen,
		    NULL) < 0) {
			free(buf);
			return (NULL);
		}
		need = buf[0];
		if (need <= *size)
			return (buf);
		free(buf);
		if (need > LIST_MAX) {
			errno = EFBIG;
			return (NULL);
		}
		*size = need;
	}
}

struct mfi_pd_list *
mfi_pd_list(int fd)
{
	size_t size;
	struct mfi_pd_list *list = sized_answer(fd, MFI_DCMD_PD_GET_LIST,
	    NULL, 0, &size);

	if (list != NULL && list->count >
	    (size - sizeof(*list)) / sizeof(list->addr[0]))
		list->count = (size - sizeof(*list)) / sizeof(list->addr[0]);
	return (list);
}

struct mfi_config *
mfi_config_read(int fd, uint32_t opcode, const uint8_t *mbox,
    size_t mboxlen)
{
	size_t size;

	return (sized_answer(fd, opcode, mbox, mboxlen, &size));
}

/* Record i of a part of the configuration, if it lies within it. */
static const void *
record(const struct mfi_config *c, size_t before, int i, size_t size,
    size_t least)
{
	size_t at = sizeof(*c) + before + (size_t)i * size;

	if (size < least || at + size > c->size)
		return (NULL);
	return ((const char *)c + at);
}

const struct mfi_array *
mfi_config_array(const struct mfi_config *c, int i)
{
	return (record(c, 0, i, c->array_size, sizeof(struct mfi_array)));
}

const struct mfi_ld_config *
mfi_config_ld(const struct mfi_config *c, int i)
{
	return (record(c, (size_t)c->arrays * c->array_size, i, c->ld_size,
	    sizeof(struct mfi_ld_config)));
}

const struct mfi_spare *
mfi_config_spare(const struct mfi_config *c, int i)
{
	return (record(c, (size_t)c->arrays * c->array_size +
	    (size_t)c->lds * c->ld_size, i, c->spare_size,
	    offsetof(struct mfi_spare, array_ref)));
}

/* --- arguments --- */

static bool
parse_number(const char *arg, long max, long *value)
{
	char *end;

	errno = 0;
	*value = strtol(arg, &end, 0);
	return (end != arg && *end == '\0' && errno == 0 && *value >= 0 &&
	    *value <= max);
}

/* [E<n>:]S<n>; encl -1: without. */
static bool
parse_place(const char *arg, long *encl, long *slot)
{
	char *end;

	*encl = -1;
	if (*arg == 'E' || *arg == 'e') {
		*encl = strtol(arg + 1, &end, 10);
		if (end == arg + 1 || *end != ':' || *encl < 0 ||
		    *encl > 255)
			return (false);
		arg = end + 1;
	}
	if (*arg != 'S' && *arg != 's')
		return (false);
	*slot = strtol(arg + 1, &end, 10);
	return (end != arg + 1 && *end == '\0' && *slot >= 0 &&
	    *slot <= 255);
}

static int
drive_at(int fd, long encl, long slot, uint16_t *id)
{
	struct mfi_pd_list *list = mfi_pd_list(fd);
	const struct mfi_pd_address *a;
	uint32_t i;
	int error = ENOENT;

	if (list == NULL) {
		error = errno;
		warn("Failed to fetch drive list");
		return (error);
	}
	for (i = 0; i < list->count && error != 0; i++) {
		a = &list->addr[i];
		if (a->scsi_type == 0 && a->slot == slot &&
		    (encl < 0 ? a->encl_id == 0xffff :
		    a->encl_id != 0xffff && a->encl_index == encl)) {
			*id = a->device_id;
			error = 0;
		}
	}
	free(list);
	return (error);
}

int
mfi_find_drive(int fd, char *arg, uint16_t *id)
{
	long number, encl, slot;
	int error;

	if (parse_number(arg, MFI_NO_DRIVE - 1, &number)) {
		*id = number;
		return (0);
	}
	if (!parse_place(arg, &encl, &slot)) {
		warnx("Invalid drive number %s", arg);
		return (EINVAL);
	}
	error = drive_at(fd, encl, slot, id);
	if (error == ENOENT) {
		warnx("Unknown drive %s", arg);
		error = EINVAL;
	}
	return (error);
}

int
mfi_find_volume(int fd, const char *arg, uint8_t *target)
{
	struct mfi_ld_list list;
	struct mfi_query_disk q;
	uint32_t i;
	long number;

	if (parse_number(arg, UINT8_MAX, &number)) {
		*target = number;
		return (0);
	}
	if (strncmp(arg, "/dev/", 5) == 0)
		arg += 5;
	if (mfi_ld_list(fd, &list) < 0)
		return (errno);
	for (i = 0; i < list.count; i++) {
		*target = list.ld[i].ref.target_id;
		if (mfi_query_disk(fd, *target, &q) &&
		    strcmp(q.devname, arg) == 0)
			return (0);
	}
	return (EINVAL);
}
