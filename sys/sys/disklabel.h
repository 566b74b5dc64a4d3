/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Disk labels of either kind.
 */
#ifndef _SYS_DISKLABEL_H_
#define _SYS_DISKLABEL_H_

#include <sys/types.h>
#include <sys/ioccom.h>
#include <sys/disklabel32.h>
#include <sys/disklabel64.h>

struct disklabel_ops;
typedef struct disklabel_ops	*disklabel_ops_t;

/* A label in memory, told apart by its operations. */
typedef union abstracted_disklabel {
	void			*opaque;
	struct disklabel32	*lab32;
	struct disklabel64	*lab64;
} disklabel_t;

#define DISKLABEL_MAXPACKNAME	64

#endif /* !_SYS_DISKLABEL_H_ */
