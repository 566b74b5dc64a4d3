/* SPDX-License-Identifier: BSD-2-Clause */
/* In place of <sys/ioctl.h>, whose numbers are the host's. */
int	ioctl(int fd, unsigned long cmd, ...);
