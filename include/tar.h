/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Archives of tar.
 */
#ifndef _TAR_H_
#define _TAR_H_

#define TMAGLEN		0x0006
#define TVERSLEN	0x0002
#define REGTYPE		0x0030
#define AREGTYPE	0x0000
#define LNKTYPE		0x0031
#define SYMTYPE		0x0032
#define CHRTYPE		0x0033
#define BLKTYPE		0x0034
#define DIRTYPE		0x0035
#define FIFOTYPE	0x0036
#define CONTTYPE	0x0037
#define TSUID		0x0800
#define TSGID		0x0400
#define TSVTX		0x0200
#define TUREAD		0x0100
#define TUWRITE		0x0080
#define TUEXEC		0x0040
#define TGREAD		0x0020
#define TGWRITE		0x0010
#define TGEXEC		0x0008
#define TOREAD		0x0004
#define TOWRITE		0x0002
#define TOEXEC		0x0001
#define TMAGIC		"ustar"
#define TVERSION	"00"

#endif /* !_TAR_H_ */
