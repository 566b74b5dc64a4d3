/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory range attributes.
 */
#ifndef _SYS_MEMRANGE_H_
#define _SYS_MEMRANGE_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define MDF_UNCACHEABLE		1
#define MDF_WRITECOMBINE	2
#define MDF_WRITETHROUGH	4
#define MDF_WRITEBACK		8
#define MDF_WRITEPROTECT	16
#define MDF_UNKNOWN		32
#define MDF_ATTRMASK		0xffffff
#define MDF_FIXBASE		0x1000000
#define MDF_FIXLEN		0x2000000
#define MDF_FIRMWARE		0x4000000
#define MDF_ACTIVE		0x8000000
#define MDF_BOGUS		0x10000000
#define MDF_FIXACTIVE		0x20000000
#define MDF_BUSY		0x40000000
#define MDF_FORCE		(-2147483648)

#define MEMRANGE_SET_UPDATE	0
#define MEMRANGE_SET_REMOVE	1

struct mem_range_desc {
	uint64_t mr_base;
	uint64_t mr_len;
	int	mr_flags;
	char	mr_owner[8];
};

struct mem_range_op {
	struct mem_range_desc *mo_desc;
	int	mo_arg[2];
};

#define MEMRANGE_GET	_IOWR('m', 50, struct mem_range_op)
#define MEMRANGE_SET	_IOW('m', 51, struct mem_range_op)

#endif /* !_SYS_MEMRANGE_H_ */
