/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: new firmware for the controller, and the program's own version.
 */
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mfiutil.h"

#define CHUNK	(64 * 1024)
#define UNIT	1024		/* of a file's size */

int
version(int ac, char **av)
{
	(void)ac;
	(void)av;
	printf("mfiutil version 1.0.13\n");
	return (0);
}

static void
close_flash(int fd)
{
	uint8_t status;

	mfi_dcmd(fd, MFI_DCMD_FLASH_FW_CLOSE, NULL, 0, NULL, 0, &status);
}

static int
send_chunk(int fd, void *buf, size_t n, uint32_t offset)
{
	uint8_t mbox[4], status;

	memcpy(mbox, &offset, sizeof(mbox));
	if (mfi_dcmd(fd, MFI_DCMD_FLASH_FW_DOWNLOAD, buf, n, mbox,
	    sizeof(mbox), &status) < 0) {
		warn("Flash download failed");
		return (EIO);
	}
	if (status != MFI_STAT_OK) {
		warnx("Flash download failed: %s", mfi_status(status));
		return (EIO);
	}
	return (0);
}

static int
download(int fd, int flash, uint32_t size)
{
	char *buf = malloc(CHUNK);
	uint32_t offset = 0;
	ssize_t n, want;
	int error = 0;

	if (buf == NULL)
		err(1, "flash");
	while (offset < size && error == 0) {
		want = size - offset < CHUNK ? size - offset : CHUNK;
		n = read(flash, buf, want);
		if (n != want) {
			warnx("Bad read from flash file");
			error = EIO;
		} else {
			error = send_chunk(fd, buf, n, offset);
			offset += n;
		}
	}
	free(buf);
	return (error);
}

static int
write_flash(int fd)
{
	uint32_t progress = 0;
	uint8_t status;

	printf("WARNING: Firmware flash in progress, do not reboot "
	    "machine... ");
	fflush(stdout);
	if (mfi_dcmd(fd, MFI_DCMD_FLASH_FW_FLASH, &progress,
	    sizeof(progress), NULL, 0, &status) < 0) {
		printf("failed:\n\t%s\n", strerror(errno));
		return (EIO);
	}
	if (status != MFI_STAT_OK) {
		printf("failed:\n\t%s\n", mfi_status(status));
		return (EIO);
	}
	printf("finished\n");
	return (0);
}

static int
show_pending(int fd)
{
	struct mfi_ctrl_info info;
	int error;

	if (mfi_ctrl_info(fd, &info) < 0) {
		error = errno;
		warn("Failed to get controller info");
		return (error);
	}
	printf("mfi%d Pending Firmware Images:\n", mfi_unit);
	print_images(NULL, 0, info.pending, info.pending_images, "");
	return (0);
}

static int
run(int fd, int flash, uint32_t size)
{
	uint8_t mbox[4], status;
	int error;

	memcpy(mbox, &size, sizeof(mbox));
	if (mfi_dcmd(fd, MFI_DCMD_FLASH_FW_OPEN, NULL, 0, mbox, sizeof(mbox),
	    &status) < 0) {
		error = errno;
		warn("Failed to alloc flash memory");
		return (error);
	}
	if (status != MFI_STAT_OK) {
		warnx("Failed to alloc flash memory: %s",
		    mfi_status(status));
		return (EIO);
	}
	error = download(fd, flash, size);
	if (error != 0) {
		close_flash(fd);
		return (error);
	}
	error = write_flash(fd);
	return (error != 0 ? error : show_pending(fd));
}

int
flash(int ac, char **av)
{
	struct stat st;
	int fd, file, error;

	if (ac != 2) {
		warnx("flash: Firmware file required");
		return (EINVAL);
	}
	file = open(av[1], O_RDONLY);
	if (file < 0) {
		error = errno;
		warn("flash: Failed to open %s", av[1]);
		return (error);
	}
	if (fstat(file, &st) < 0) {
		error = errno;
		warn("fstat(%s)", av[1]);
	} else if (st.st_size <= 0 || st.st_size % UNIT != 0 ||
	    st.st_size > 0x7fffffff) {
		warnx("Invalid flash file size");
		error = EINVAL;
	} else {
		error = mfi_begin(&fd);
		if (error == 0) {
			error = run(fd, file, st.st_size);
			close(fd);
		}
	}
	close(file);
	return (error);
}
