/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl commands of tapes.
 */
#ifndef _SYS_MTIO_H_
#define _SYS_MTIO_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define MTWEOF		0
#define MTFSF		1
#define MTBSF		2

#define MTFSR		3
#define MTBSR		4
#define MTREW		5

#define MTOFFL		6
#define MTNOP		7
#define MTCACHE		8

#define MTNOCACHE	9
#define MTSETBSIZ	10
#define MTSETDNSTY	11

#define MTERASE		12
#define MTEOD		13
#define MTCOMP		14

#define MTRETENS	15
#define MTWSS		16
#define MTFSS		17

#define MTBSS		18

#define MT_COMP_ENABLE		0xffffffff
#define MT_COMP_DISABLED	0xfffffffe
#define MT_COMP_UNSUPP		0xfffffffd

#define MTIO_DSREG_NIL	0
#define MTIO_DSREG_REST	1
#define MTIO_DSREG_RBSY	2
#define MTIO_DSREG_WR	20
#define MTIO_DSREG_FMK	21
#define MTIO_DSREG_ZER	22
#define MTIO_DSREG_RD	30
#define MTIO_DSREG_FWD	40
#define MTIO_DSREG_REV	41
#define MTIO_DSREG_POS	42
#define MTIO_DSREG_REW	43
#define MTIO_DSREG_TEN	44
#define MTIO_DSREG_UNL	45
#define MTIO_DSREG_LD	46

#define MT_ISTS		1
#define MT_ISHT		2
#define MT_ISTM		3
#define MT_ISMT		4
#define MT_ISUT		5
#define MT_ISCPC	6
#define MT_ISAR		7
#define MT_ISTMSCP	8
#define MT_ISCY		9
#define MT_ISCT		10
#define MT_ISFHP	11
#define MT_ISEXABYTE	12
#define MT_ISEXA8200	12
#define MT_ISEXA8500	13
#define MT_ISVIPER1	14
#define MT_ISPYTHON	15
#define MT_ISHPDAT	16
#define MT_ISMFOUR	17
#define MT_ISTK50	18
#define MT_ISMT02	19

#define DEFTAPE		"/dev/nsa0"

struct mtop {
	short	mt_op;
	daddr_t	mt_count;
};

struct mtget {
	short	mt_type;
	short	mt_dsreg;
	short	mt_erreg;
	short	mt_resid;
	daddr_t	mt_blksiz;
	daddr_t	mt_density;
	uint32_t mt_comp;
	daddr_t	mt_blksiz0;
	daddr_t	mt_blksiz1;
	daddr_t	mt_blksiz2;
	daddr_t	mt_blksiz3;
	daddr_t	mt_density0;
	daddr_t	mt_density1;
	daddr_t	mt_density2;
	daddr_t	mt_density3;
	uint32_t mt_comp0;
	uint32_t mt_comp1;
	uint32_t mt_comp2;
	uint32_t mt_comp3;
	daddr_t	mt_fileno;
	daddr_t	mt_blkno;
};

struct scsi_tape_errors {
	uint8_t	io_sense[32];
	int32_t	io_resid;
	uint8_t	io_cdb[16];
	uint8_t	ctl_sense[32];
	int32_t	ctl_resid;
	uint8_t	ctl_cdb[16];
	struct {
		uint32_t retries;
		uint32_t corrected;
		uint32_t processed;
		uint32_t failures;
		uint64_t nbytes;
	} wterr;
	struct {
		uint32_t retries;
		uint32_t corrected;
		uint32_t processed;
		uint32_t failures;
		uint64_t nbytes;
	} rderr;
};

union mterrstat {
	struct scsi_tape_errors scsi_errstat;
	char	_reserved_padding[256];
};

#define MTIOCTOP	_IOW('m', 1, struct mtop)
#define MTIOCGET	_IOR('m', 2, struct mtget)
#define MTIOCIEOT	_IO('m', 3)

#define MTIOCEEOT	_IO('m', 4)
#define MTIOCRDSPOS	_IOR('m', 5, u_int32_t)
#define MTIOCRDHPOS	_IOR('m', 6, u_int32_t)

#define MTIOCSLOCATE	_IOW('m', 5, u_int32_t)
#define MTIOCHLOCATE	_IOW('m', 6, u_int32_t)
#define MTIOCERRSTAT	_IOR('m', 7, union mterrstat)

#define MTIOCSETEOTMODEL	_IOW('m', 8, u_int32_t)
#define MTIOCGETEOTMODEL	_IOR('m', 8, u_int32_t)

#endif /* !_SYS_MTIO_H_ */
