/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Network interfaces: flags, requests, routing socket messages.
 */
#ifndef _NET_IF_H_
#define _NET_IF_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/_timeval.h>
#include <sys/socket.h>

#define IF_NAMESIZE	16
#define IFNAMSIZ	16
#define IF_MAXUNIT	32767

#define IFF_UP			0x00000001
#define IFF_BROADCAST		0x00000002
#define IFF_DEBUG		0x00000004
#define IFF_LOOPBACK		0x00000008
#define IFF_POINTOPOINT		0x00000010
#define IFF_SMART		0x00000020
#define IFF_RUNNING		0x00000040
#define IFF_NOARP		0x00000080
#define IFF_PROMISC		0x00000100
#define IFF_ALLMULTI		0x00000200
#define IFF_OACTIVE_COMPAT	0x00000400
#define IFF_SIMPLEX		0x00000800
#define IFF_LINK0		0x00001000
#define IFF_LINK1		0x00002000
#define IFF_LINK2		0x00004000
#define IFF_ALTPHYS		0x00004000
#define IFF_MULTICAST		0x00008000
#define IFF_POLLING_COMPAT	0x00010000
#define IFF_PPROMISC		0x00020000
#define IFF_MONITOR		0x00040000
#define IFF_STATICARP		0x00080000
#define IFF_NPOLLING		0x00100000
#define IFF_IDIRECT		0x00200000
#define IFF_CANTCHANGE		0x00318e72
#define IFF_OACTIVE		0x00000400
#define IFF_POLLING		0x00010000

#define LINK_STATE_UNKNOWN	0
#define LINK_STATE_DOWN		1
#define LINK_STATE_UP		2

#define IFCAP_RXCSUM		0x0001
#define IFCAP_TXCSUM		0x0002
#define IFCAP_NETCONS		0x0004
#define IFCAP_VLAN_MTU		0x0008
#define IFCAP_VLAN_HWTAGGING	0x0010
#define IFCAP_JUMBO_MTU		0x0020
#define IFCAP_RSS		0x0040
#define IFCAP_VLAN_HWCSUM	0x0080
#define IFCAP_TSO4		0x0100
#define IFCAP_TSO		0x0100
#define IFCAP_TSO6		0x0200
#define IFCAP_HWCSUM		0x0003

#define IFQ_MAXLEN	250
#define IFNET_SLOWHZ	1
#define IFAN_ARRIVAL	0
#define IFAN_DEPARTURE	1

#define IFSTATMAX	800
#define IFG_ALL		0
#define IFG_EGRESS	0

#define IFLR_PREFIX	0x8000

struct if_data {
	u_char	ifi_type;
	u_char	ifi_physical;
	u_char	ifi_addrlen;
	u_char	ifi_hdrlen;
	u_char	ifi_recvquota;
	u_char	ifi_xmitquota;
	u_long	ifi_mtu;
	u_long	ifi_metric;
	u_long	ifi_link_state;
	uint64_t ifi_baudrate;
	u_long	ifi_ipackets;
	u_long	ifi_ierrors;
	u_long	ifi_opackets;
	u_long	ifi_oerrors;
	u_long	ifi_collisions;
	u_long	ifi_ibytes;
	u_long	ifi_obytes;
	u_long	ifi_imcasts;
	u_long	ifi_omcasts;
	u_long	ifi_iqdrops;
	u_long	ifi_noproto;
	u_long	ifi_hwassist;
	u_long	ifi_oqdrops;
	struct timeval ifi_lastchange;
};

struct if_msghdr {
	u_short	ifm_msglen;
	u_char	ifm_version;
	u_char	ifm_type;
	u_short	ifm_index;
	int	ifm_flags;
	int	ifm_addrs;
	struct if_data ifm_data;
};

struct ifa_msghdr {
	u_short	ifam_msglen;
	u_char	ifam_version;
	u_char	ifam_type;
	u_short	ifam_index;
	int	ifam_flags;
	int	ifam_addrs;
	int	ifam_addrflags;
	int	ifam_metric;
};

struct ifma_msghdr {
	u_short	ifmam_msglen;
	u_char	ifmam_version;
	u_char	ifmam_type;
	u_short	ifmam_index;
	int	ifmam_flags;
	int	ifmam_addrs;
};

struct if_announcemsghdr {
	u_short	ifan_msglen;
	u_char	ifan_version;
	u_char	ifan_type;
	u_short	ifan_index;
	char	ifan_name[16];
	u_short	ifan_what;
};

struct ifreq {
	char	ifr_name[16];
	union {
		struct sockaddr ifru_addr;
		struct sockaddr ifru_dstaddr;
		struct sockaddr ifru_broadaddr;
		short	ifru_flags[2];
		short	ifru_index;
		int	ifru_metric;
		int	ifru_mtu;
		int	ifru_phys;
		int	ifru_media;
		void	*ifru_data;
		int	ifru_cap[2];
		int	ifru_pollcpu;
		int	ifru_tsolen;
	} ifr_ifru;
};

struct ifaliasreq {
	char	ifra_name[16];
	struct sockaddr ifra_addr;
	struct sockaddr ifra_broadaddr;
	struct sockaddr ifra_mask;
};

struct ifmediareq {
	char	ifm_name[16];
	int	ifm_current;
	int	ifm_mask;
	int	ifm_status;
	int	ifm_active;
	int	ifm_count;
	int	*ifm_ulist;
};

struct ifdrv {
	char	ifd_name[16];
	unsigned long ifd_cmd;
	size_t	ifd_len;
	void	*ifd_data;
};

struct ifstat {
	char	ifs_name[16];
	char	ascii[801];
};

struct ifconf {
	int	ifc_len;
	union {
		caddr_t	ifcu_buf;
		struct ifreq *ifcu_req;
	} ifc_ifcu;
};

struct ifg_req {
	union {
		char	ifgrqu_group[IF_NAMESIZE];
		char	ifgrqu_member[16];
	} ifgrq_ifgrqu;
};

struct ifgroupreq {
	char	ifgr_name[16];
	u_int	ifgr_len;
	union {
		char	ifgru_group[16];
		struct ifg_req *ifgru_groups;
	} ifgr_ifgru;
};

struct if_laddrreq {
	char	iflr_name[16];
	u_int	flags;
	u_int	prefixlen;
	struct sockaddr_storage addr;
	struct sockaddr_storage dstaddr;
};

struct if_nameindex {
	unsigned int	if_index;
	char		*if_name;
};

#ifndef _KERNEL
__BEGIN_DECLS
void	if_freenameindex(struct if_nameindex *);
char	*if_indextoname(unsigned int, char *);
struct if_nameindex *if_nameindex(void);
unsigned int if_nametoindex(const char *);
__END_DECLS
#endif

#endif /* !_NET_IF_H_ */
