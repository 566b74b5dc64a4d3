/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Archives of cpio.
 */
#ifndef _CPIO_H_
#define _CPIO_H_

#define C_IRUSR		0x0100
#define C_IWUSR		0x0080
#define C_IXUSR		0x0040
#define C_IRGRP		0x0020
#define C_IWGRP		0x0010
#define C_IXGRP		0x0008
#define C_IROTH		0x0004
#define C_IWOTH		0x0002
#define C_IXOTH		0x0001
#define C_ISUID		0x0800
#define C_ISGID		0x0400
#define C_ISVTX		0x0200
#define C_ISDIR		0x4000
#define C_ISFIFO	0x1000
#define C_ISREG		0x8000
#define C_ISBLK		0x6000
#define C_ISCHR		0x2000
#define C_ISCTG		0x9000
#define C_ISLNK		0xa000
#define C_ISSOCK	0xc000
#define MAGIC		"070707"

#endif /* !_CPIO_H_ */
