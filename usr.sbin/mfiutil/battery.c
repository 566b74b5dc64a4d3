/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: the battery of the controller's cache.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mfiutil.h"

static void
print_status(const struct mfi_bbu_status *s)
{
	static const char *const words[] = {
		"PACK_MISSING", "VOLTAGE_LOW", "TEMPERATURE_HIGH",
		"CHARGING", "DISCHARGING"
	};
	const char *comma = "";
	int i;

	printf("               Status:");
	for (i = 0; i < 5; i++) {
		if ((s->fw_status >> i & 1) == 0)
			continue;
		printf("%s %s", comma, words[i]);
		comma = ",";
	}
	printf("%s\n", comma[0] == '\0' ? " normal" : "");
	if (s->type == MFI_BBU_TYPE_BBU)
		printf("      State of Health: %s\n",
		    s->detail[MFI_BBU_HEALTH] ? "good" : "bad");
}

static void
print_battery(const struct mfi_bbu_design *d,
    const struct mfi_bbu_capacity *c, const struct mfi_bbu_status *s)
{
	printf("mfi%d: Battery State:\n", mfi_unit);
	printf("     Manufacture Date: %u/%u/%u\n", d->date >> 5 & 0xf,
	    d->date & 0x1f, d->date >> 9 & 0xffff);
	printf("        Serial Number: %u\n", d->serial);
	printf("         Manufacturer: %.12s\n", d->manufacturer);
	printf("                Model: %.8s\n", d->device);
	printf("            Chemistry: %.8s\n", d->chemistry);
	printf("      Design Capacity: %u mAh\n", d->capacity);
	if (c != NULL) {
		printf(" Full Charge Capacity: %u mAh\n", c->full);
		printf("     Current Capacity: %u mAh\n", c->remaining);
		printf("        Charge Cycles: %u\n", c->cycles);
		printf("       Current Charge: %u%%\n", c->relative);
	}
	printf("       Design Voltage: %u mV\n", d->voltage);
	printf("      Current Voltage: %u mV\n", s->voltage);
	printf("          Temperature: %u C\n", s->temperature);
	print_status(s);
}

static int
failed(const char *what)
{
	int error = errno;

	warn("Failed to get %s", what);
	return (error);
}

static int
battery(int fd)
{
	struct mfi_bbu_capacity capacity;
	struct mfi_bbu_design design;
	struct mfi_bbu_status status;
	uint8_t answer;

	memset(&capacity, 0, sizeof(capacity));
	memset(&design, 0, sizeof(design));
	memset(&status, 0, sizeof(status));
	if (mfi_dcmd(fd, MFI_DCMD_BBU_GET_CAPACITY_INFO, &capacity,
	    sizeof(capacity), NULL, 0, &answer) < 0)
		return (failed("capacity info"));
	if (answer == MFI_STAT_NO_HW_PRESENT) {
		printf("mfi%d: No battery present\n", mfi_unit);
		return (0);
	}
	if (mfi_dcmd(fd, MFI_DCMD_BBU_GET_DESIGN_INFO, &design,
	    sizeof(design), NULL, 0, NULL) < 0)
		return (failed("design info"));
	if (mfi_dcmd(fd, MFI_DCMD_BBU_GET_STATUS, &status, sizeof(status),
	    NULL, 0, NULL) < 0)
		return (failed("status"));
	print_battery(&design, answer == MFI_STAT_OK ? &capacity : NULL,
	    &status);
	return (0);
}

int
show_battery(int ac, char **av)
{
	int fd, error = no_arguments(ac, "show battery");

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	error = battery(fd);
	close(fd);
	(void)av;
	return (error);
}
