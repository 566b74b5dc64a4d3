/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ioctl commands of CD drives.
 */
#ifndef _SYS_CDIO_H_
#define _SYS_CDIO_H_

#include <sys/types.h>
#include <sys/ioccom.h>

#define CD_AS_AUDIO_INVALID	0
#define CD_AS_PLAY_IN_PROGRESS	17
#define CD_AS_PLAY_PAUSED	18
#define CD_AS_PLAY_COMPLETED	19
#define CD_AS_PLAY_ERROR	20
#define CD_AS_NO_STATUS		21
#define CD_LBA_FORMAT		1
#define CD_MSF_FORMAT		2
#define CD_SUBQ_DATA		0
#define CD_CURRENT_POSITION	1
#define CD_MEDIA_CATALOG	2
#define CD_TRACK_INFO		3

union msf_lba {
	struct {
		unsigned char unused;
		unsigned char minute;
		unsigned char second;
		unsigned char frame;
	} msf;
	int	lba;
	u_char	addr[4];
};

struct cd_toc_entry {
	u_int	:8;
	u_int	control:4;
	u_int	addr_type:4;
	u_char	track;
	union msf_lba addr;
};

struct cd_sub_channel_header {
	u_char	__reserved;
	u_char	audio_status;
	u_char	data_len[2];
};

struct cd_sub_channel_position_data {
	u_char	data_format;
	u_int	control:4;
	u_int	addr_type:4;
	u_char	track_number;
	u_char	index_number;
	union msf_lba absaddr;
	union msf_lba reladdr;
};

struct cd_sub_channel_media_catalog {
	u_char	data_format;
	u_char	__reserved[3];
	u_int	:7;
	u_int	mc_valid:1;
	u_char	mc_number[15];
};

struct cd_sub_channel_track_info {
	u_char	data_format;
	u_char	__reserved1;
	u_char	track_number;
	u_char	__reserved3;
	u_int	:7;
	u_int	ti_valid:1;
	u_char	ti_number[15];
};

struct cd_sub_channel_info {
	struct cd_sub_channel_header header;
	union {
		struct cd_sub_channel_position_data position;
		struct cd_sub_channel_media_catalog media_catalog;
		struct cd_sub_channel_track_info track_info;
	} what;
};

struct ioc_play_track {
	u_char	start_track;
	u_char	start_index;
	u_char	end_track;
	u_char	end_index;
};

struct ioc_play_blocks {
	int	blk;
	int	len;
};

struct ioc_read_subchannel {
	u_char	address_format;
	u_char	data_format;
	u_char	track;
	int	data_len;
	struct cd_sub_channel_info *data;
};

struct ioc_toc_header {
	u_short	len;
	u_char	starting_track;
	u_char	ending_track;
};

struct ioc_read_toc_entry {
	u_char	address_format;
	u_char	starting_track;
	u_short	data_len;
	struct cd_toc_entry *data;
};

struct ioc_read_toc_single_entry {
	u_char	address_format;
	u_char	track;
	struct cd_toc_entry entry;
};

struct ioc_patch {
	u_char	patch[4];
};

struct ioc_vol {
	u_char	vol[4];
};

struct ioc_play_msf {
	u_char	start_m;
	u_char	start_s;
	u_char	start_f;
	u_char	end_m;
	u_char	end_s;
	u_char	end_f;
};

#define CDIOCPLAYTRACKS		_IOW('c', 1, struct ioc_play_track)
#define CDIOCPLAYBLOCKS		_IOW('c', 2, struct ioc_play_blocks)
#define CDIOCREADSUBCHANNEL	_IOWR('c', 3, struct ioc_read_subchannel)

#define CDIOREADTOCHEADER	_IOR('c', 4, struct ioc_toc_header)
#define CDIOREADTOCENTRYS	_IOWR('c', 5, struct ioc_read_toc_entry)
#define CDIOREADTOCENTRY	_IOWR('c', 6, struct ioc_read_toc_single_entry)

#define CDIOCSETPATCH	_IOW('c', 9, struct ioc_patch)
#define CDIOCGETVOL	_IOR('c', 10, struct ioc_vol)
#define CDIOCSETVOL	_IOW('c', 11, struct ioc_vol)

#define CDIOCSETMONO	_IO('c', 12)
#define CDIOCSETSTEREO	_IO('c', 13)
#define CDIOCSETMUTE	_IO('c', 14)

#define CDIOCSETLEFT	_IO('c', 15)
#define CDIOCSETRIGHT	_IO('c', 16)
#define CDIOCSETDEBUG	_IO('c', 17)

#define CDIOCCLRDEBUG	_IO('c', 18)
#define CDIOCPAUSE	_IO('c', 19)
#define CDIOCRESUME	_IO('c', 20)

#define CDIOCRESET	_IO('c', 21)
#define CDIOCSTART	_IO('c', 22)
#define CDIOCSTOP	_IO('c', 23)

#define CDIOCEJECT	_IO('c', 24)
#define CDIOCPLAYMSF	_IOW('c', 25, struct ioc_play_msf)
#define CDIOCALLOW	_IO('c', 26)

#define CDIOCPREVENT	_IO('c', 27)
#define CDIOCCLOSE	_IO('c', 28)

#endif /* !_SYS_CDIO_H_ */
