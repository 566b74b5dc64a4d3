/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Media of interfaces.
 */
#ifndef _NET_IF_MEDIA_H_
#define _NET_IF_MEDIA_H_

#include <sys/types.h>

#define IFM_ETHER		32
#define IFM_10_T		3
#define IFM_10_2		4
#define IFM_10_5		5
#define IFM_100_TX		6
#define IFM_100_FX		7
#define IFM_100_T4		8
#define IFM_100_VG		9
#define IFM_100_T2		10
#define IFM_1000_FX		11
#define IFM_10_STP		12
#define IFM_10_FL		13
#define IFM_1000_SX		14
#define IFM_1000_LX		15
#define IFM_1000_CX		16
#define IFM_1000_T		17
#define IFM_HPNA_1		18
#define IFM_10G_LR		18
#define IFM_10G_SR		19
#define IFM_10G_CX4		20
#define IFM_2500_SX		21
#define IFM_10G_TWINAX		22
#define IFM_10G_TWINAX_LONG	23
#define IFM_10G_LRM		24
#define IFM_UNKNOWN		25
#define IFM_10G_T		26
#define IFM_40G_CR4		27
#define IFM_40G_SR4		28
#define IFM_40G_LR4		29
#define IFM_ETH_MASTER		256
#define IFM_ETH_RXPAUSE		512
#define IFM_ETH_TXPAUSE		1024
#define IFM_ETH_FORCEPAUSE	2048
#define IFM_IEEE80211		128
#define IFM_IEEE80211_FH1	3
#define IFM_IEEE80211_FH2	4
#define IFM_IEEE80211_DS1	5
#define IFM_IEEE80211_DS2	6
#define IFM_IEEE80211_DS5	7
#define IFM_IEEE80211_DS11	8
#define IFM_IEEE80211_DS22	9
#define IFM_IEEE80211_OFDM6	10
#define IFM_IEEE80211_OFDM9	11
#define IFM_IEEE80211_OFDM12	12
#define IFM_IEEE80211_OFDM18	13
#define IFM_IEEE80211_OFDM24	14
#define IFM_IEEE80211_OFDM36	15
#define IFM_IEEE80211_OFDM48	16
#define IFM_IEEE80211_OFDM54	17
#define IFM_IEEE80211_OFDM72	18
#define IFM_IEEE80211_DS354k	19
#define IFM_IEEE80211_DS512k	20
#define IFM_IEEE80211_OFDM3	21
#define IFM_IEEE80211_OFDM4	22
#define IFM_IEEE80211_OFDM27	23
#define IFM_IEEE80211_MCS	24
#define IFM_IEEE80211_ADHOC	256
#define IFM_IEEE80211_HOSTAP	512
#define IFM_IEEE80211_IBSS	1024
#define IFM_IEEE80211_WDS	2048
#define IFM_IEEE80211_TURBO	4096
#define IFM_IEEE80211_MONITOR	8192
#define IFM_IEEE80211_MBSS	16384
#define IFM_IEEE80211_11A	0x10000
#define IFM_IEEE80211_11B	0x20000
#define IFM_IEEE80211_11G	0x30000
#define IFM_IEEE80211_FH	0x40000
#define IFM_IEEE80211_11NA	0x50000
#define IFM_IEEE80211_11NG	0x60000
#define IFM_ATM			160
#define IFM_ATM_UNKNOWN		3
#define IFM_ATM_UTP_25		4
#define IFM_ATM_TAXI_100	5
#define IFM_ATM_TAXI_140	6
#define IFM_ATM_MM_155		7
#define IFM_ATM_SM_155		8
#define IFM_ATM_UTP_155		9
#define IFM_ATM_MM_622		10
#define IFM_ATM_SM_622		11
#define IFM_ATM_VIRTUAL		12
#define IFM_ATM_SDH		256
#define IFM_ATM_NOSCRAMB	512
#define IFM_ATM_UNASSIGNED	1024
#define IFM_CARP		192
#define IFM_AUTO		0
#define IFM_MANUAL		1
#define IFM_NONE		2
#define IFM_FDX			0x100000
#define IFM_HDX			0x200000
#define IFM_FLOW		0x400000
#define IFM_FLAG0		0x1000000
#define IFM_FLAG1		0x2000000
#define IFM_FLAG2		0x4000000
#define IFM_LOOP		0x8000000
#define IFM_NMASK		224
#define IFM_TMASK		31
#define IFM_IMASK		0xf0000000
#define IFM_ISHIFT		28
#define IFM_OMASK		0xff00
#define IFM_MMASK		0x70000
#define IFM_MSHIFT		16
#define IFM_GMASK		0xff00000
#define IFM_ETH_FCMASK		3584
#define IFM_ETH_FMASK		0x400e00
#define IFM_NMIN		32
#define IFM_NMAX		224
#define IFM_AVALID		1
#define IFM_ACTIVE		2
#define IFM_INST_MAX		15

struct ifmedia_description {
	int	ifmt_word;
	const char *ifmt_string;
};

struct ifmedia_baudrate {
	int	ifmb_word;
	uint64_t ifmb_baudrate;
};

#endif /* !_NET_IF_MEDIA_H_ */
