/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: registers, frames and answers of MegaRAID firmware, as
 * doc/reference/mfi.md describes them; "(n)" is a section of it.  Everything
 * is little-endian.  For the driver and for mfiutil(8).
 */
#ifndef _DEV_RAID_MFI_MFIREG_H_
#define _DEV_RAID_MFI_MFIREG_H_

#include <sys/types.h>

/* (2) registers */
#define MFI_SKINNY_IDB	0x00	/* host to firmware: skinny, tbolt */
#define MFI_WSR		0x04	/* write sequence: skinny, tbolt */
#define MFI_HDR		0x08	/* host diagnostic: skinny, tbolt */
#define MFI_OMSG0	0x18	/* firmware state: xscale */
#define MFI_IDB		0x20	/* host to firmware */
#define MFI_OSTS	0x30	/* interrupt status */
#define MFI_OMSK	0x34	/* interrupt mask */
#define MFI_IQP		0x40	/* frames go here */
#define MFI_RPI		0x6c	/* reply post host index: tbolt */
#define MFI_ODCR0	0xa0	/* interrupt acknowledgement: 1078, gen2 */
#define MFI_OSP0	0xb0	/* firmware state */
#define MFI_IQPL	0xc0	/* frames: skinny, tbolt */
#define MFI_IQPH	0xc4
#define MFI_DIAG	0xf8	/* host diagnostic: gen2 */
#define MFI_SEQ		0xfc	/* write sequence: gen2 */

/* the firmware state register */
#define MFI_FW_STATE(v)		((v) >> 28)
#define MFI_FW_MAXSGE(v)	((v) >> 16 & 0xff)
#define MFI_FW_MAXCMD(v)	((v) & 0xffff)
#define MFI_FW_RESETTABLE	0x00000002	/* in MFI_FW_FAULT */

/* (3) */
#define MFI_FW_UNDEFINED	0x0
#define MFI_FW_BB_INIT		0x1
#define MFI_FW_INIT		0x4
#define MFI_FW_WAIT_HANDSHAKE	0x6
#define MFI_FW_INIT_2		0x7
#define MFI_FW_DEVICE_SCAN	0x8
#define MFI_FW_BOOT_MESSAGE	0x9
#define MFI_FW_FLUSH_CACHE	0xa
#define MFI_FW_READY		0xb
#define MFI_FW_OPERATIONAL	0xc
#define MFI_FW_FAULT		0xf

/* MFI_IDB */
#define MFI_IDB_READY		0x02
#define MFI_IDB_MFI_MODE	0x07
#define MFI_IDB_HANDSHAKE	0x08
#define MFI_IDB_HOTPLUG		0x10
#define MFI_IDB_STOP		0x20
#define MFI_IDB_RESET		0x40

#define MFI_DIAG_WRITE		0x80
#define MFI_DIAG_RESET		0x04

/* (6) frames */
#define MFI_FRAME_SIZE		64
#define MFI_SENSE_SIZE		128

#define MFI_CMD_INIT		0
#define MFI_CMD_LD_READ		1
#define MFI_CMD_LD_WRITE	2
#define MFI_CMD_LD_SCSI_IO	3
#define MFI_CMD_PD_SCSI_IO	4
#define MFI_CMD_DCMD		5
#define MFI_CMD_ABORT		6
#define MFI_CMD_SMP		7
#define MFI_CMD_STP		8

#define MFI_FRAME_DONT_POST	0x0001
#define MFI_FRAME_SGL64		0x0002
#define MFI_FRAME_SENSE64	0x0004
#define MFI_FRAME_WRITE		0x0008	/* host to device */
#define MFI_FRAME_READ		0x0010
#define MFI_FRAME_BOTH		0x0018
#define MFI_FRAME_IEEE		0x0020

struct mfi_frame_header {
	uint8_t		cmd;
	uint8_t		sense_len;
	uint8_t		cmd_status;
	uint8_t		scsi_status;
	uint8_t		target_id;
	uint8_t		lun_id;
	uint8_t		cdb_len;
	uint8_t		sg_count;
	uint32_t	context;
	uint32_t	pad;
	uint16_t	flags;
	uint16_t	timeout;
	uint32_t	data_len;
} __attribute__((packed));

struct mfi_init_frame {
	struct mfi_frame_header header;
	uint64_t	qinfo_new;
	uint64_t	qinfo_old;
	uint64_t	driver_version;
	uint32_t	reserved[4];
} __attribute__((packed));

/* (4) */
struct mfi_init_qinfo {
	uint32_t	flags;
	uint32_t	rq_entries;
	uint64_t	rq_addr;
	uint64_t	pi_addr;
	uint64_t	ci_addr;
} __attribute__((packed));

struct mfi_io_frame {
	struct mfi_frame_header header;
	uint64_t	sense;
	uint64_t	lba;
	uint8_t		sgl[];
} __attribute__((packed));

struct mfi_pass_frame {
	struct mfi_frame_header header;
	uint64_t	sense;
	uint8_t		cdb[16];
	uint8_t		sgl[];
} __attribute__((packed));

#define MFI_MBOX_SIZE	12

struct mfi_dcmd_frame {
	struct mfi_frame_header header;
	uint32_t	opcode;
	uint8_t		mbox[MFI_MBOX_SIZE];
	uint8_t		sgl[16];
} __attribute__((packed));

struct mfi_abort_frame {
	struct mfi_frame_header header;
	uint32_t	abort_context;
	uint32_t	pad;
	uint64_t	abort_addr;
	uint32_t	reserved[6];
} __attribute__((packed));

/* (7) */
struct mfi_sg64 {
	uint64_t	addr;
	uint32_t	len;
} __attribute__((packed));

struct mfi_sg_ieee {
	uint64_t	addr;
	uint32_t	len;
	uint16_t	reserved;
	uint8_t		chain;
	uint8_t		flags;
} __attribute__((packed));

/* (8) statuses the driver knows; mfiutil names the others */
#define MFI_STAT_OK			0x00
#define MFI_STAT_INVALID_CMD		0x01
#define MFI_STAT_INVALID_DCMD		0x02
#define MFI_STAT_DEVICE_NOT_FOUND	0x0c
#define MFI_STAT_NO_HW_PRESENT		0x22
#define MFI_STAT_NOT_FOUND		0x23
#define MFI_STAT_SCSI_DONE_WITH_ERROR	0x2d
#define MFI_STAT_LD_OFFLINE		0x33
#define MFI_STAT_CONFIG_SEQ_MISMATCH	0x67
#define MFI_STAT_INVALID_STATUS		0xff

/* (9) */
#define MFI_DCMD_NONE			0x00000000
#define MFI_DCMD_CTRL_GETINFO		0x01010000
#define MFI_DCMD_EVENT_GETINFO		0x01040100
#define MFI_DCMD_EVENT_GET		0x01040300
#define MFI_DCMD_EVENT_WAIT		0x01040500
#define MFI_DCMD_CTRL_SHUTDOWN		0x01050000
#define MFI_DCMD_PR_GET_STATUS		0x01070100
#define MFI_DCMD_PR_GET_PROPERTIES	0x01070200
#define MFI_DCMD_PR_SET_PROPERTIES	0x01070300
#define MFI_DCMD_PR_START		0x01070400
#define MFI_DCMD_PR_STOP		0x01070500
#define MFI_DCMD_TIME_SECS_GET		0x01080201
#define MFI_DCMD_FLASH_FW_OPEN		0x010f0100
#define MFI_DCMD_FLASH_FW_DOWNLOAD	0x010f0200
#define MFI_DCMD_FLASH_FW_FLASH		0x010f0300
#define MFI_DCMD_FLASH_FW_CLOSE		0x010f0400
#define MFI_DCMD_CTRL_FLUSHCACHE	0x01101000
#define MFI_DCMD_PD_GET_LIST		0x02010000
#define MFI_DCMD_PD_LIST_QUERY		0x02010100
#define MFI_DCMD_PD_GET_INFO		0x02020000
#define MFI_DCMD_PD_STATE_SET		0x02030100
#define MFI_DCMD_PD_REBUILD_START	0x02040100
#define MFI_DCMD_PD_REBUILD_ABORT	0x02040200
#define MFI_DCMD_PD_CLEAR_START		0x02050100
#define MFI_DCMD_PD_CLEAR_ABORT		0x02050200
#define MFI_DCMD_PD_LOCATE_START	0x02070100
#define MFI_DCMD_PD_LOCATE_STOP		0x02070200
#define MFI_DCMD_LD_GET_LIST		0x03010000
#define MFI_DCMD_LD_GET_INFO		0x03020000
#define MFI_DCMD_LD_GET_PROP		0x03030000
#define MFI_DCMD_LD_SET_PROP		0x03040000
#define MFI_DCMD_LD_DELETE		0x03090000
#define MFI_DCMD_CFG_READ		0x04010000
#define MFI_DCMD_CFG_ADD		0x04020000
#define MFI_DCMD_CFG_CLEAR		0x04030000
#define MFI_DCMD_CFG_MAKE_SPARE		0x04040000
#define MFI_DCMD_CFG_REMOVE_SPARE	0x04050000
#define MFI_DCMD_CFG_FOREIGN_SCAN	0x04060100
#define MFI_DCMD_CFG_FOREIGN_DISPLAY	0x04060200
#define MFI_DCMD_CFG_FOREIGN_PREVIEW	0x04060300
#define MFI_DCMD_CFG_FOREIGN_IMPORT	0x04060400
#define MFI_DCMD_CFG_FOREIGN_CLEAR	0x04060500
#define MFI_DCMD_BBU_GET_STATUS		0x05010000
#define MFI_DCMD_BBU_GET_CAPACITY_INFO	0x05020000
#define MFI_DCMD_BBU_GET_DESIGN_INFO	0x05030000

#define MFI_FLUSH_CONTROLLER	0x01	/* CTRL_FLUSHCACHE, mbox[0] */
#define MFI_FLUSH_DISKS		0x02
#define MFI_PD_QUERY_EXPOSED	5	/* PD_LIST_QUERY, mbox[0] */

struct mfi_pd_ref {
	uint16_t	device_id;
	uint16_t	seq;
} __attribute__((packed));

struct mfi_ld_ref {
	uint8_t		target_id;
	uint8_t		reserved;
	uint16_t	seq;
} __attribute__((packed));

struct mfi_progress {
	uint16_t	fraction;	/* of 0xffff */
	uint16_t	elapsed;	/* seconds */
} __attribute__((packed));

/* (9.1) */
struct mfi_image {
	char		name[8];
	char		version[32];
	char		date[16];
	char		time[16];
} __attribute__((packed));

#define MFI_IMAGES	8

struct mfi_ctrl_info {
	uint16_t	pci[4];
	uint8_t		reserved0[24];
	uint8_t		host_interface[72];
	uint8_t		device_interface[72];
	uint32_t	image_check;
	uint32_t	active_images;
	struct mfi_image active[MFI_IMAGES];
	uint32_t	pending_images;
	struct mfi_image pending[MFI_IMAGES];
	uint8_t		max_arms, max_spans, max_arrays, max_lds;
	char		product_name[80];
	char		serial_number[32];
	uint32_t	hw_present;
	uint32_t	fw_time;
	uint16_t	max_cmds, max_sges;
	uint32_t	max_request;	/* sectors */
	uint16_t	lds_present, lds_degraded, lds_offline;
	uint16_t	pds_present, pd_disks, pd_predicted, pd_failed;
	uint16_t	nvram_size, memory_size, flash_size;
	uint16_t	correctable, uncorrectable;
	uint8_t		cluster_allowed, cluster_active;
	uint16_t	max_strips;	/* of an I/O */
	uint32_t	raid_levels;
	uint32_t	adapter_ops, ld_ops;
	uint8_t		stripe_min, stripe_max;	/* 512 << n bytes */
	uint8_t		reserved1[2];
	uint32_t	pd_ops, pd_mix;
	uint8_t		ecc_buckets;
	uint8_t		reserved2[11];
	uint8_t		props0[32];
	uint32_t	props_onoff;
	uint8_t		props1[28];
	char		package_version[96];
	uint8_t		reserved3[352];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_ctrl_info) == 2048, "mfi_ctrl_info");

#define MFI_HW_BBU		0x01
#define MFI_HW_NVRAM		0x04
#define MFI_RAID_0		0x01
#define MFI_RAID_1		0x02
#define MFI_RAID_5		0x04
#define MFI_RAID_1E		0x08
#define MFI_RAID_6		0x10
#define MFI_PROP_NO_RESET	0x0400	/* props_onoff */

/* (9.3) */
struct mfi_pd_address {
	uint16_t	device_id;
	uint16_t	encl_id;	/* 0xffff: in none */
	uint8_t		encl_index;
	uint8_t		slot;
	uint8_t		scsi_type;
	uint8_t		ports;
	uint64_t	sas_addr[2];
} __attribute__((packed));

struct mfi_pd_list {
	uint32_t	size;
	uint32_t	count;
	struct mfi_pd_address addr[];
} __attribute__((packed));
#define MFI_PD_QUERY_SIZE	5768

#define MFI_INQUIRY_SIZE	96

struct mfi_pd_info {
	struct mfi_pd_ref ref;
	uint8_t		inquiry[MFI_INQUIRY_SIZE];
	uint8_t		vpd83[64];
	uint8_t		not_supported;
	uint8_t		scsi_type;
	uint8_t		ports, speed;
	uint32_t	media_errors, other_errors, predicted;
	uint32_t	predicted_seq;
	uint16_t	state;
	uint8_t		removal_disabled, link_speed;
	uint16_t	ddf_type, ddf_reserved;
	uint8_t		path_count, path_broken, reserved0[6];
	uint64_t	path_addr[4];
	uint64_t	raw_size, non_coerced_size, coerced_size;
	uint16_t	encl_id;
	uint8_t		encl_index, slot;
	uint32_t	activities;
	struct mfi_progress rebuild, patrol, clear;
	uint8_t		reserved1[16];
	uint8_t		bad_block_full, unusable;
	uint8_t		vpd83_ext[64];
	uint8_t		reserved2[154];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_pd_info) == 512, "mfi_pd_info");

#define MFI_PD_IN_VD		0x0002	/* ddf_type */
#define MFI_PD_FOREIGN		0x0010
#define MFI_PD_REBUILDING	0x01	/* activities */
#define MFI_PD_PATROLLING	0x02
#define MFI_PD_CLEARING		0x04

#define MFI_PD_UNCONFIGURED_GOOD 0x00
#define MFI_PD_UNCONFIGURED_BAD	0x01
#define MFI_PD_HOT_SPARE	0x02
#define MFI_PD_OFFLINE		0x10
#define MFI_PD_FAILED		0x11
#define MFI_PD_REBUILD		0x14
#define MFI_PD_ONLINE		0x18
#define MFI_PD_COPYBACK		0x20
#define MFI_PD_SYSTEM		0x40

/* (9.4) */
#define MFI_MAX_LD	64

struct mfi_ld_list {
	uint32_t	count;
	uint32_t	reserved0;
	struct {
		struct mfi_ld_ref ref;
		uint8_t		state;
		uint8_t		reserved[3];
		uint64_t	size;		/* sectors */
	} __attribute__((packed)) ld[MFI_MAX_LD];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_ld_list) == 1032, "mfi_ld_list");

#define MFI_LD_OFFLINE		0
#define MFI_LD_PARTIAL		1
#define MFI_LD_DEGRADED		2
#define MFI_LD_OPTIMAL		3

struct mfi_ld_props {
	struct mfi_ld_ref ref;
	char		name[16];
	uint8_t		default_cache;
	uint8_t		access;
	uint8_t		disk_cache;
	uint8_t		current_cache;
	uint8_t		no_bgi;
	uint8_t		reserved[7];
} __attribute__((packed));

#define MFI_CACHE_WRITE_BACK	0x01
#define MFI_CACHE_READ_AHEAD	0x04
#define MFI_CACHE_READ_ADAPTIVE	0x08
#define MFI_CACHE_BAD_BBU	0x10
#define MFI_CACHE_WRITES	0x20
#define MFI_CACHE_READS		0x40

struct mfi_ld_params {
	uint8_t		primary, qualifier, secondary;
	uint8_t		stripe;		/* 512 << n bytes */
	uint8_t		drives;		/* of a span */
	uint8_t		spans;
	uint8_t		state;
	uint8_t		init_state;
	uint8_t		consistent;
	uint8_t		reserved0[6];
	uint8_t		is_sscd;
	uint8_t		reserved1[16];
} __attribute__((packed));

struct mfi_span {
	uint64_t	start, blocks;
	uint16_t	array_ref;
	uint8_t		reserved[6];
} __attribute__((packed));

#define MFI_MAX_SPANS	8

struct mfi_ld_config {
	struct mfi_ld_props props;
	struct mfi_ld_params params;
	struct mfi_span	span[MFI_MAX_SPANS];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_ld_config) == 256, "mfi_ld_config");

struct mfi_ld_info {
	struct mfi_ld_config config;
	uint64_t	size;		/* sectors */
	uint32_t	activities;
	struct mfi_progress check, background, foreground, reconstruction;
	uint8_t		reserved0[16];
	uint16_t	cluster_owner;
	uint8_t		reconstruct_active, reserved1;
	uint8_t		vpd83[64];
	uint8_t		reserved2[16];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_ld_info) == 384, "mfi_ld_info");

#define MFI_LD_CHECKING		0x1	/* activities */
#define MFI_LD_BGI		0x2
#define MFI_LD_FGI		0x4
#define MFI_LD_RECONSTRUCTING	0x8

/* (9.5) */
struct mfi_config {
	uint32_t	size;
	uint16_t	arrays, array_size;
	uint16_t	lds, ld_size;
	uint16_t	spares, spare_size;
	uint8_t		reserved[16];
} __attribute__((packed));

#define MFI_MAX_ARMS	32
#define MFI_NO_DRIVE	0xffff

struct mfi_array {
	uint64_t	size;		/* sectors of a drive */
	uint8_t		drives, reserved0;
	uint16_t	ref;
	uint8_t		reserved1[20];
	struct {
		struct mfi_pd_ref ref;
		uint16_t	state;
		uint8_t		encl, slot;
	} __attribute__((packed)) drive[MFI_MAX_ARMS];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_array) == 288, "mfi_array");

#define MFI_SPARE_DEDICATED	0x01
#define MFI_SPARE_ARRAYS	16

struct mfi_spare {
	struct mfi_pd_ref ref;
	uint8_t		type;
	uint8_t		reserved[2];
	uint8_t		arrays;
	uint16_t	array_ref[MFI_SPARE_ARRAYS];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_spare) == 40, "mfi_spare");

/* (9.6) */
struct mfi_bbu_capacity {
	uint16_t	relative, absolute;	/* percent */
	uint16_t	remaining, full;	/* mAh */
	uint16_t	run_time, average_empty, average_full;
	uint16_t	cycles;
	uint16_t	max_error, capacity_alarm, time_alarm;
	uint8_t		reserved[26];
} __attribute__((packed));

struct mfi_bbu_design {
	uint32_t	date;		/* day, month << 5, year << 9 */
	uint16_t	capacity, voltage, spec, serial, pack;
	char		manufacturer[12], device[8], chemistry[8], data[8];
	uint8_t		reserved[17];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_bbu_design) == 67, "mfi_bbu_design");

struct mfi_bbu_status {
	uint8_t		type, reserved0;
	uint16_t	voltage;	/* mV */
	int16_t		current;
	uint16_t	temperature;
	uint32_t	fw_status;
	uint8_t		reserved1[20];
	uint8_t		detail[32];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_bbu_status) == 64, "mfi_bbu_status");

#define MFI_BBU_TYPE_BBU	2
#define MFI_BBU_HEALTH		10	/* of detail, type BBU */

/* (9.7) */
struct mfi_pr_status {
	uint32_t	iterations;
	uint8_t		state;
	uint8_t		drives_done;
	uint8_t		reserved[10];
} __attribute__((packed));

struct mfi_pr_properties {
	uint8_t		mode, max_pds, reserved, excluded_count;
	uint16_t	excluded[64];
	uint8_t		current_map[32], last_map[32];
	uint32_t	next;		/* controller's time */
	uint32_t	period;		/* seconds */
	uint32_t	clear_period;
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_pr_properties) == 208, "mfi_pr_properties");

#define MFI_PR_CONTINUOUS	0xffffffff

/* (10) */
struct mfi_log_state {
	uint32_t	newest, oldest, clear, shutdown, boot;
} __attribute__((packed));

struct mfi_evt_ld {
	uint16_t	target_id;
	uint8_t		index, reserved;
} __attribute__((packed));

struct mfi_evt_pd {
	uint16_t	device_id;
	uint8_t		encl_index, slot;
} __attribute__((packed));

#define MFI_EVT_ARGS	96

struct mfi_event {
	uint32_t	seq;
	uint32_t	time;		/* since 2000, or since boot */
	uint32_t	code;
	uint16_t	locale;
	uint8_t		reserved0;
	int8_t		evclass;
	uint8_t		arg_type;
	uint8_t		reserved1[15];
	uint8_t		args[MFI_EVT_ARGS];
	char		text[128];
} __attribute__((packed));
_Static_assert(sizeof(struct mfi_event) == 256, "mfi_event");

struct mfi_event_list {
	uint32_t	count;
	uint32_t	reserved;
	struct mfi_event event[];
} __attribute__((packed));

#define MFI_EVT_BATCH	15	/* events of an answer */
#define MFI_EVT_TIME_BOOT(t)	((t) >> 24 == 0xff)
#define MFI_EVT_TIME_SECS(t)	((t) & 0x00ffffff)

#define MFI_EVT_ARG_NONE	0
#define MFI_EVT_ARG_LD_STATE	8
#define MFI_EVT_ARG_PD		10

#define MFI_EVT_PD_INSERTED	0x005b
#define MFI_EVT_PD_REMOVED	0x0070
#define MFI_EVT_HOST_BUS_SCAN	0x0152

#define MFI_EVT_LOCALE_ALL	0xffff

#endif /* !_DEV_RAID_MFI_MFIREG_H_ */
