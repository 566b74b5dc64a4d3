/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: the controller's device, the firmware's answers by their names.
 */
#include <sys/ioctl.h>
#include <sys/sysctl.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "mfiutil.h"

/* By number; the later ones have no text of their own. */
static const char *const statuses[] = {
	"Command completed successfully", "Invalid command",
	"Invalid DMCD opcode", "Invalid parameter",
	"Invalid Sequence Number",
	"Abort isn't possible for the requested command",
	"Application 'host' code not found", "Application in use",
	"Application not initialized", "Array index invalid",
	"Array row not empty", "Configuration resource conflict",
	"Device not found", "Drive too small",
	"Flash memory allocation failed",
	"Flash download already in progress", "Flash operation failed",
	"Bad flash image", "Incomplete flash image", "Flash not open",
	"Flash not started", "Flush failed",
	"Specified application doesn't have host-resident code",
	"Volume consistency check in progress",
	"Volume initialization in progress", "Volume LBA out of range",
	"Maximum number of volumes are already configured",
	"Volume is not OPTIMAL", "Volume rebuild in progress",
	"Volume reconstruction in progress",
	"Volume RAID level is wrong for requested operation",
	"Too many spares assigned", "Scratch memory not available",
	"Error writing MFC data to SEEPROM", "Required hardware is missing",
	"Item not found", "Volume drives are not within an enclosure",
	"Drive clear in progress", "Drive type mismatch (SATA vs SAS)",
	"Patrol read disabled", "Invalid row index",
	"SAS Config - Invalid action", "SAS Config - Invalid data",
	"SAS Config - Invalid page", "SAS Config - Invalid type",
	"SCSI command completed with error", "SCSI I/O request failed",
	"SCSI RESERVATION_CONFLICT",
	"One or more flush operations during shutdown failed",
	"Firmware time is not set", "Wrong firmware or drive state",
	"Volume is offline", "Peer controller rejected request",
	"Unable to inform peer of communication changes",
	"Volume reservation already in progress", "I2C errors were detected",
	"PCI errors occurred during XOR/DMA operation",
	"Diagnostics failed",
	"Unable to process command as boot messages are pending",
	"Foreign configuration is incomplete",
};

const char *
mfi_status(uint8_t status)
{
	static char buf[16];

	if (status < sizeof(statuses) / sizeof(statuses[0]))
		return (statuses[status]);
	if (status == MFI_STAT_INVALID_STATUS)
		return ("Invalid status");
	snprintf(buf, sizeof(buf), "Status: 0x%02x", status);
	return (buf);
}

int
mfi_open(void)
{
	char path[32];
	int fd;

	snprintf(path, sizeof(path), "/dev/mfi%d", mfi_unit);
	fd = open(path, O_RDWR);
	if (fd < 0)
		warn("mfi_open");
	return (fd);
}

int
mfi_dcmd(int fd, uint32_t opcode, void *buf, size_t size,
    const uint8_t *mbox, size_t mboxlen, uint8_t *status)
{
	struct mfi_ioc_passthru p;

	memset(&p, 0, sizeof(p));
	p.ioc_frame.header.cmd = MFI_CMD_DCMD;
	p.ioc_frame.header.cmd_status = MFI_STAT_INVALID_STATUS;
	p.ioc_frame.header.data_len = size;
	p.ioc_frame.opcode = opcode;
	if (mbox != NULL)
		memcpy(p.ioc_frame.mbox, mbox, mboxlen);
	p.buf_size = size;
	p.buf = (uintptr_t)buf;
	if (ioctl(fd, MFIIO_PASSTHRU, &p) < 0)
		return (-1);
	if (status != NULL) {
		*status = p.ioc_frame.header.cmd_status;
		return (0);
	}
	if (p.ioc_frame.header.cmd_status == MFI_STAT_OK)
		return (0);
	warnx("Command 0x%08x failed: %s", opcode,
	    mfi_status(p.ioc_frame.header.cmd_status));
	errno = EIO;
	return (-1);
}

bool
mfi_query_disk(int fd, uint8_t target, struct mfi_query_disk *q)
{
	memset(q, 0, sizeof(*q));
	q->array_id = target;
	return (ioctl(fd, MFIIO_QUERY_DISK, q) == 0 && q->present);
}

bool
mfi_can_reconfigure(void)
{
	char name[64];
	int value;
	size_t len = sizeof(value);

	snprintf(name, sizeof(name), "dev.mfi.%d.delete_busy_volumes",
	    mfi_unit);
	if (sysctlbyname(name, &value, &len, NULL, 0) == 0)
		return (true);
	warnx("The current mfi(4) driver does not support configuration "
	    "changes.");
	return (false);
}
