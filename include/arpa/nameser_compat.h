/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The older names of <arpa/nameser.h>.
 */
#ifndef _ARPA_NAMESER_COMPAT_H_
#define _ARPA_NAMESER_COMPAT_H_

#include <sys/types.h>
#include <machine/endian.h>

#define __BIND		19950621

/* The first twelve bytes of a message. */
typedef struct {
	unsigned	id :16;
#if _BYTE_ORDER == _BIG_ENDIAN
	unsigned	qr :1, opcode :4, aa :1, tc :1, rd :1;
	unsigned	ra :1, unused :1, ad :1, cd :1, rcode :4;
#else
	unsigned	rd :1, tc :1, aa :1, opcode :4, qr :1;
	unsigned	rcode :4, cd :1, ad :1, unused :1, ra :1;
#endif
	unsigned	qdcount :16;
	unsigned	ancount :16;
	unsigned	nscount :16;
	unsigned	arcount :16;
} HEADER;

#define PACKETSZ	NS_PACKETSZ
#define MAXDNAME	NS_MAXDNAME
#define MAXCDNAME	NS_MAXCDNAME
#define MAXLABEL	NS_MAXLABEL
#define HFIXEDSZ	NS_HFIXEDSZ
#define QFIXEDSZ	NS_QFIXEDSZ
#define RRFIXEDSZ	NS_RRFIXEDSZ
#define INT32SZ		NS_INT32SZ
#define INT16SZ		NS_INT16SZ
#define INADDRSZ	NS_INADDRSZ
#define IN6ADDRSZ	NS_IN6ADDRSZ
#define INDIR_MASK	NS_CMPRSFLGS
#define NAMESERVER_PORT	NS_DEFAULTPORT

#define QUERY		ns_o_query
#define IQUERY		ns_o_iquery
#define STATUS		ns_o_status
#define NS_NOTIFY_OP	ns_o_notify
#define NOERROR		ns_r_noerror
#define FORMERR		ns_r_formerr
#define SERVFAIL	ns_r_servfail
#define NXDOMAIN	ns_r_nxdomain
#define NOTIMP		ns_r_notimpl
#define REFUSED		ns_r_refused

#define C_IN		ns_c_in
#define C_CHAOS		ns_c_chaos
#define C_HS		ns_c_hs
#define C_NONE		ns_c_none
#define C_ANY		ns_c_any

#define T_A		ns_t_a
#define T_NS		ns_t_ns
#define T_CNAME		ns_t_cname
#define T_SOA		ns_t_soa
#define T_WKS		ns_t_wks
#define T_PTR		ns_t_ptr
#define T_HINFO		ns_t_hinfo
#define T_MINFO		ns_t_minfo
#define T_MX		ns_t_mx
#define T_TXT		ns_t_txt
#define T_RP		ns_t_rp
#define T_AFSDB		ns_t_afsdb
#define T_SIG		ns_t_sig
#define T_KEY		ns_t_key
#define T_AAAA		ns_t_aaaa
#define T_LOC		ns_t_loc
#define T_SRV		ns_t_srv
#define T_NAPTR		ns_t_naptr
#define T_CERT		ns_t_cert
#define T_DNAME		ns_t_dname
#define T_OPT		ns_t_opt
#define T_TSIG		ns_t_tsig
#define T_IXFR		ns_t_ixfr
#define T_AXFR		ns_t_axfr
#define T_ANY		ns_t_any

#define GETSHORT	NS_GET16
#define GETLONG		NS_GET32
#define PUTSHORT	NS_PUT16
#define PUTLONG		NS_PUT32

#endif /* !_ARPA_NAMESER_COMPAT_H_ */
