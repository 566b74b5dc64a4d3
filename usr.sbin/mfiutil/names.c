/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: numbers, states and names as words (18.2 and 18.3 of the
 * reference).
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "mfiutil.h"

#define HALF_UP		973	/* .95 of 1024: rounds to the next whole */

static const char units[] = "BKMGTPE";

/* Scales until fewer than limit remain; *rest: 1024ths of what is left. */
static int
scale(uint64_t *q, unsigned limit, unsigned *rest)
{
	int unit = 0;

	*rest = 0;
	while (*q >= limit || (*q == limit - 1 && *rest >= HALF_UP)) {
		*rest = *q % 1024;
		*q /= 1024;
		unit++;
	}
	return (unit);
}

char *
size_text(char buf[SIZE_LEN], uint64_t sectors)
{
	uint64_t q = sectors * 512;
	unsigned rest, tenths;
	int unit = scale(&q, 10000, &rest);

	if (unit > 0 && (q < 9 || (q == 9 && rest < HALF_UP))) {
		tenths = (rest * 10 + 512) / 1024;
		snprintf(buf, SIZE_LEN, "%u.%u%c",
		    (unsigned)q + tenths / 10, tenths % 10, units[unit]);
	} else {
		snprintf(buf, SIZE_LEN, "%u%c",
		    (unsigned)q + (rest + 512) / 1024, units[unit]);
	}
	return (buf);
}

char *
stripe_text(char buf[SIZE_LEN], uint8_t code)
{
	uint64_t q = code < 55 ? (uint64_t)512 << code : 0;
	unsigned rest;
	int unit = scale(&q, 1000, &rest);

	snprintf(buf, SIZE_LEN, "%u%c", (unsigned)q + (rest + 512) / 1024,
	    units[unit]);
	return (buf);
}

const char *
level_text(char buf[NAME_LEN], uint8_t primary, uint8_t secondary)
{
	switch (primary) {
	case 0x00:
		return ("RAID-0");
	case 0x01:
		return (secondary != 0 ? "RAID-10" : "RAID-1");
	case 0x03:
		return ("RAID-3");
	case 0x05:
		return (secondary != 0 ? "RAID-50" : "RAID-5");
	case 0x06:
		return (secondary != 0 ? "RAID-60" : "RAID-6");
	case 0x0f:
		return ("JBOD");
	case 0x11:
		return ("RAID-1E");
	case 0x15:
		return ("RAID-5E");
	case 0x1f:
		return ("CONCAT");
	case 0x25:
		return ("RAID-5EE");
	default:
		snprintf(buf, NAME_LEN, "LVL 0x%02x", primary);
		return (buf);
	}
}

const char *
ld_state_text(char buf[NAME_LEN], uint8_t state)
{
	switch (state) {
	case MFI_LD_OFFLINE:
		return ("OFFLINE");
	case MFI_LD_PARTIAL:
		return ("PARTIALLY DEGRADED");
	case MFI_LD_DEGRADED:
		return ("DEGRADED");
	case MFI_LD_OPTIMAL:
		return ("OPTIMAL");
	default:
		snprintf(buf, NAME_LEN, "LSTATE 0x%02x", state);
		return (buf);
	}
}

static const char *
pd_state_word(uint16_t state)
{
	switch (state) {
	case MFI_PD_UNCONFIGURED_GOOD:
		return ("UNCONFIGURED GOOD");
	case MFI_PD_UNCONFIGURED_BAD:
		return ("UNCONFIGURED BAD");
	case MFI_PD_HOT_SPARE:
		return ("HOT SPARE");
	case MFI_PD_OFFLINE:
		return ("OFFLINE");
	case MFI_PD_FAILED:
		return ("FAILED");
	case MFI_PD_REBUILD:
		return ("REBUILD");
	case MFI_PD_ONLINE:
		return ("ONLINE");
	case MFI_PD_COPYBACK:
		return ("COPYBACK");
	case MFI_PD_SYSTEM:
		return ("SYSTEM");
	default:
		return (NULL);
	}
}

const char *
pd_state_text(char buf[NAME_LEN], uint16_t state, bool foreign)
{
	const char *word = pd_state_word(state), *more;

	more = foreign ? " (FOREIGN)" : "";
	if (word != NULL)
		snprintf(buf, NAME_LEN, "%s%s", word, more);
	else
		snprintf(buf, NAME_LEN, "PSTATE 0x%04x%s", state, more);
	return (buf);
}

/* --- drives --- */

void
field_text(char *to, size_t size, const char *from, size_t len)
{
	size_t n = strnlen(from, len);

	if (n > size - 1)
		n = size - 1;
	memcpy(to, from, n);
	to[n] = '\0';
}

/* A field of INQUIRY data: blanks around it go, control characters show. */
static void
inquiry_field(char *to, size_t size, const uint8_t *from, int len)
{
	size_t n = 0;

	while (len > 0 && (from[len - 1] == ' ' || from[len - 1] == '\0'))
		len--;
	while (len > 0 && *from == ' ')
		from++, len--;
	for (; len > 0 && n + 5 <= size; from++, len--) {
		if (*from < ' ')
			n += snprintf(to + n, size - n, "\\%03o", *from);
		else
			to[n++] = *from;
	}
	to[n] = '\0';
}

const char *
inquiry_text(char buf[INQUIRY_LEN], const uint8_t *inquiry)
{
	char vendor[40], product[80], revision[24], serial[84], type[24];
	char all[320];
	int ansi = inquiry[2] & 7;

	/* A disk that is there, or nothing. */
	if (inquiry[0] != 0)
		return ("");
	inquiry_field(vendor, sizeof(vendor), inquiry + 8, 8);
	inquiry_field(product, sizeof(product), inquiry + 16, 16);
	inquiry_field(revision, sizeof(revision), inquiry + 32, 4);
	inquiry_field(serial, sizeof(serial), inquiry + 36, 20);
	serial[19] = '\0';
	snprintf(type, sizeof(type), "SCSI-%d", ansi);
	if (strcmp(vendor, "ATA") == 0)
		snprintf(all, sizeof(all), "<%s %s serial=%s> SATA", product,
		    revision, serial);
	else
		snprintf(all, sizeof(all), "<%s %s %s serial=%s> %s", vendor,
		    product, revision, serial, ansi == 1 ? "SCSI-CCS" :
		    ansi == 5 ? "SAS" : type);
	field_text(buf, INQUIRY_LEN, all, sizeof(all));
	return (buf);
}

const char *
place_text(char buf[NAME_LEN], const struct mfi_pd_info *info)
{
	if (info->encl_id == 0xffff)
		snprintf(buf, NAME_LEN, "S%u", info->slot);
	else if (info->encl_id == info->ref.device_id)
		snprintf(buf, NAME_LEN, "E%u", info->encl_index);
	else
		snprintf(buf, NAME_LEN, "E%u:S%u", info->encl_index,
		    info->slot);
	return (buf);
}

const char *
drive_text(int fd, char buf[NAME_LEN], uint16_t id, int def)
{
	int how = mfi_naming != 0 ? mfi_naming : def;
	struct mfi_pd_info info;
	char place[NAME_LEN];

	if (id == MFI_NO_DRIVE)
		return ("MISSING");
	snprintf(buf, NAME_LEN, "%2u", id);
	if ((how & NAME_BY_PLACE) == 0)
		return (buf);
	if (mfi_pd_info(fd, id, &info, NULL) < 0) {
		warn("Failed to fetch info for drive %u", id);
		return (buf);
	}
	place_text(place, &info);
	if (how & NAME_BY_ID)
		snprintf(buf, NAME_LEN, "%2u %.16s", id, place);
	else
		snprintf(buf, NAME_LEN, "%s", place);
	return (buf);
}

const char *
volume_text(int fd, char buf[NAME_LEN], uint8_t target)
{
	struct mfi_query_disk q;

	if (mfi_query_disk(fd, target, &q))
		field_text(buf, NAME_LEN, q.devname, sizeof(q.devname));
	else
		snprintf(buf, NAME_LEN, "%u", target);
	return (buf);
}

/* --- progress --- */

void
print_progress(const char *label, const struct mfi_progress *p)
{
	unsigned left;

	printf("%s: %.2f%% complete, after %ds", label,
	    (double)((float)p->fraction * 100 / 65535), p->elapsed);
	if (p->fraction != 0 && p->elapsed > 10) {
		printf(" finished in ");
		left = 0x10000u * p->elapsed / p->fraction - p->elapsed;
		if (left > 3600)
			printf("%u:", left / 3600);
		if (left > 60) {
			left %= 3600;
			printf("%02u:%02u", left / 60, left % 60);
		} else {
			printf("%us", left);
		}
	}
	printf("\n");
}
