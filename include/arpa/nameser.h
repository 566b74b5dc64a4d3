/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * DNS messages: RFC 1035 and its successors.
 */
#ifndef _ARPA_NAMESER_H_
#define _ARPA_NAMESER_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <stdint.h>

#define __NAMESER	19991006

#define NS_PACKETSZ	512	/* largest datagram without EDNS0 */
#define NS_MAXDNAME	1025	/* a name as text */
#define NS_MAXMSG	65535
#define NS_MAXCDNAME	255	/* a name in a message */
#define NS_MAXLABEL	63
#define NS_HFIXEDSZ	12
#define NS_QFIXEDSZ	4
#define NS_RRFIXEDSZ	10
#define NS_INT32SZ	4
#define NS_INT16SZ	2
#define NS_INT8SZ	1
#define NS_INADDRSZ	4
#define NS_IN6ADDRSZ	16
#define NS_CMPRSFLGS	0xc0	/* of a label that is a pointer */
#define NS_DEFAULTPORT	53

typedef enum __ns_sect {
	ns_s_qd = 0, ns_s_zn = 0, ns_s_an = 1, ns_s_pr = 1, ns_s_ns = 2,
	ns_s_ud = 2, ns_s_ar = 3, ns_s_max = 4
} ns_sect;

typedef enum __ns_flag {
	ns_f_qr, ns_f_opcode, ns_f_aa, ns_f_tc, ns_f_rd, ns_f_ra, ns_f_z,
	ns_f_ad, ns_f_cd, ns_f_rcode, ns_f_max
} ns_flag;

typedef enum __ns_opcode {
	ns_o_query = 0, ns_o_iquery = 1, ns_o_status = 2, ns_o_notify = 4,
	ns_o_update = 5, ns_o_max = 6
} ns_opcode;

typedef enum __ns_rcode {
	ns_r_noerror = 0, ns_r_formerr = 1, ns_r_servfail = 2,
	ns_r_nxdomain = 3, ns_r_notimpl = 4, ns_r_refused = 5,
	ns_r_yxdomain = 6, ns_r_yxrrset = 7, ns_r_nxrrset = 8,
	ns_r_notauth = 9, ns_r_notzone = 10, ns_r_max = 11
} ns_rcode;

typedef enum __ns_class {
	ns_c_invalid = 0, ns_c_in = 1, ns_c_2 = 2, ns_c_chaos = 3,
	ns_c_hs = 4, ns_c_none = 254, ns_c_any = 255, ns_c_max = 65536
} ns_class;

typedef enum __ns_type {
	ns_t_invalid = 0, ns_t_a = 1, ns_t_ns = 2, ns_t_md = 3, ns_t_mf = 4,
	ns_t_cname = 5, ns_t_soa = 6, ns_t_mb = 7, ns_t_mg = 8, ns_t_mr = 9,
	ns_t_null = 10, ns_t_wks = 11, ns_t_ptr = 12, ns_t_hinfo = 13,
	ns_t_minfo = 14, ns_t_mx = 15, ns_t_txt = 16, ns_t_rp = 17,
	ns_t_afsdb = 18, ns_t_x25 = 19, ns_t_isdn = 20, ns_t_rt = 21,
	ns_t_sig = 24, ns_t_key = 25, ns_t_px = 26, ns_t_gpos = 27,
	ns_t_aaaa = 28, ns_t_loc = 29, ns_t_nxt = 30, ns_t_srv = 33,
	ns_t_naptr = 35, ns_t_kx = 36, ns_t_cert = 37, ns_t_a6 = 38,
	ns_t_dname = 39, ns_t_opt = 41, ns_t_ds = 43, ns_t_sshfp = 44,
	ns_t_rrsig = 46, ns_t_nsec = 47, ns_t_dnskey = 48, ns_t_nsec3 = 50,
	ns_t_tlsa = 52, ns_t_svcb = 64, ns_t_https = 65, ns_t_spf = 99,
	ns_t_tkey = 249, ns_t_tsig = 250, ns_t_ixfr = 251, ns_t_axfr = 252,
	ns_t_mailb = 253, ns_t_maila = 254, ns_t_any = 255, ns_t_caa = 257,
	ns_t_max = 65536
} ns_type;

/* A message being read; see ns_initparse(). */
typedef struct __ns_msg {
	const unsigned char *_msg, *_eom;
	uint16_t	_id, _flags, _counts[ns_s_max];
	const unsigned char *_sections[ns_s_max];
	ns_sect		_sect;
	int		_rrnum;
	const unsigned char *_msg_ptr;
} ns_msg;

typedef struct __ns_rr {
	char		name[NS_MAXDNAME];
	uint16_t	type;
	uint16_t	rr_class;
	uint32_t	ttl;
	uint16_t	rdlength;
	const unsigned char *rdata;
} ns_rr;

#define ns_msg_id(h)		((h)._id + 0)
#define ns_msg_base(h)		((h)._msg + 0)
#define ns_msg_end(h)		((h)._eom + 0)
#define ns_msg_size(h)		((h)._eom - (h)._msg)
#define ns_msg_count(h, s)	((h)._counts[s] + 0)
#define ns_rr_name(rr)		(((rr).name[0] != '\0') ? (rr).name : ".")
#define ns_rr_type(rr)		((ns_type)((rr).type + 0))
#define ns_rr_class(rr)		((ns_class)((rr).rr_class + 0))
#define ns_rr_ttl(rr)		((rr).ttl + 0)
#define ns_rr_rdlen(rr)		((rr).rdlength + 0)
#define ns_rr_rdata(rr)		((rr).rdata + 0)

#define NS_GET16(v, p)	do {						\
	(v) = ns_get16(p);						\
	(p) += NS_INT16SZ;						\
} while (0)
#define NS_GET32(v, p)	do {						\
	(v) = ns_get32(p);						\
	(p) += NS_INT32SZ;						\
} while (0)
#define NS_PUT16(v, p)	do {						\
	ns_put16((unsigned int)(v), (p));				\
	(p) += NS_INT16SZ;						\
} while (0)
#define NS_PUT32(v, p)	do {						\
	ns_put32((unsigned long)(v), (p));				\
	(p) += NS_INT32SZ;						\
} while (0)

#define ns_get16		__ns_get16
#define ns_get32		__ns_get32
#define ns_initparse		__ns_initparse
#define ns_makecanon		__ns_makecanon
#define ns_msg_getflag		__ns_msg_getflag
#define ns_name_compress	__ns_name_compress
#define ns_name_ntol		__ns_name_ntol
#define ns_name_ntop		__ns_name_ntop
#define ns_name_pack		__ns_name_pack
#define ns_name_pton		__ns_name_pton
#define ns_name_rollback	__ns_name_rollback
#define ns_name_skip		__ns_name_skip
#define ns_name_uncompress	__ns_name_uncompress
#define ns_name_unpack		__ns_name_unpack
#define ns_parserr		__ns_parserr
#define ns_put16		__ns_put16
#define ns_put32		__ns_put32
#define ns_samedomain		__ns_samedomain
#define ns_samename		__ns_samename
#define ns_skiprr		__ns_skiprr

__BEGIN_DECLS
unsigned int	ns_get16(const unsigned char *);
unsigned long	ns_get32(const unsigned char *);
void	ns_put16(unsigned int, unsigned char *);
void	ns_put32(unsigned long, unsigned char *);
int	ns_initparse(const unsigned char *, int, ns_msg *);
int	ns_msg_getflag(ns_msg, int);
int	ns_skiprr(const unsigned char *, const unsigned char *, ns_sect, int);
int	ns_parserr(ns_msg *, ns_sect, int, ns_rr *);
/* Names: text, in a message without (n) and with compression (pack). */
int	ns_name_ntop(const unsigned char *, char *, size_t);
int	ns_name_ntol(const unsigned char *, unsigned char *, size_t);
int	ns_name_pton(const char *, unsigned char *, size_t);
int	ns_name_unpack(const unsigned char *, const unsigned char *,
	    const unsigned char *, unsigned char *, size_t);
int	ns_name_pack(const unsigned char *, unsigned char *, int,
	    const unsigned char **, const unsigned char **);
int	ns_name_uncompress(const unsigned char *, const unsigned char *,
	    const unsigned char *, char *, size_t);
int	ns_name_compress(const char *, unsigned char *, size_t,
	    const unsigned char **, const unsigned char **);
int	ns_name_skip(const unsigned char **, const unsigned char *);
void	ns_name_rollback(const unsigned char *, const unsigned char **,
	    const unsigned char **);
int	ns_makecanon(const char *, char *, size_t);
int	ns_samename(const char *, const char *);
int	ns_samedomain(const char *, const char *);
__END_DECLS

#include <arpa/nameser_compat.h>

#endif /* !_ARPA_NAMESER_H_ */
