/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments of mount(2) for cd9660.
 */
#ifndef _ISOFS_CD9660_CD9660_MOUNT_H_
#define _ISOFS_CD9660_CD9660_MOUNT_H_

#include <sys/param.h>
#include <sys/mount.h>

#define ISOFSMNT_NORRIP		0x00000001	/* no Rock Ridge */
#define ISOFSMNT_GENS		0x00000002	/* show version numbers */
#define ISOFSMNT_EXTATT		0x00000004	/* extended attributes */
#define ISOFSMNT_NOJOLIET	0x00000008
#define ISOFSMNT_BROKENJOLIET	0x00000010
#define ISOFSMNT_KICONV		0x00000020

#define ISO_CSMAXLEN		31

struct iso_args {
	char	*fspec;			/* device */
	struct	export_args export;
	int	flags;			/* ISOFSMNT_* */
	int	ssector;		/* first sector */
	char	cs_disk[ISO_CSMAXLEN];
	char	cs_local[ISO_CSMAXLEN];
};

#endif /* !_ISOFS_CD9660_CD9660_MOUNT_H_ */
