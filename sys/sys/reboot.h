/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How to boot and how to go down: the argument of reboot(), and what the
 * loader tells the kernel.
 */
#ifndef _SYS_REBOOT_H_
#define _SYS_REBOOT_H_

#define RB_AUTOBOOT	0x00000000
#define RB_ASKNAME	0x00000001
#define RB_SINGLE	0x00000002
#define RB_NOSYNC	0x00000004
#define RB_HALT		0x00000008
#define RB_INITNAME	0x00000010
#define RB_DFLTROOT	0x00000020
#define RB_KDB		0x00000040
#define RB_RDONLY	0x00000080
#define RB_DUMP		0x00000100
#define RB_MINIROOT	0x00000200
#define RB_UNUSED10	0x00000400
#define RB_VERBOSE	0x00000800
#define RB_SERIAL	0x00001000
#define RB_CDROM	0x00002000
#define RB_POWEROFF	0x00004000
#define RB_GDB		0x00008000
#define RB_MUTE		0x00010000
#define RB_SELFTEST	0x00020000
#define RB_PAUSE	0x00040000
#define RB_VIDEO	0x20000000
#define RB_BOOTINFO	0x80000000

#endif /* !_SYS_REBOOT_H_ */
