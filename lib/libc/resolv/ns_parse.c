/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading DNS messages record by record, and their numbers.
 */
#include <sys/types.h>
#include <sys/endian.h>
#include <errno.h>
#include <resolv.h>
#include <stdio.h>
#include <string.h>

unsigned int
ns_get16(const unsigned char *p)
{
	return (be16dec(p));
}

unsigned long
ns_get32(const unsigned char *p)
{
	return (be32dec(p));
}

void
ns_put16(unsigned int v, unsigned char *p)
{
	be16enc(p, (uint16_t)v);
}

void
ns_put32(unsigned long v, unsigned char *p)
{
	be32enc(p, (uint32_t)v);
}

static int
malformed(void)
{
	errno = EMSGSIZE;
	return (-1);
}

/* The bytes that `count' records of a section take up. */
int
ns_skiprr(const unsigned char *p, const unsigned char *eom, ns_sect section,
    int count)
{
	const unsigned char *start = p;

	for (; count > 0; count--) {
		if (ns_name_skip(&p, eom) != 0 || eom - p < NS_QFIXEDSZ)
			return (malformed());
		p += NS_QFIXEDSZ;
		if (section == ns_s_qd)
			continue;
		if (eom - p < 6 || eom - p < 6 + (int)ns_get16(p + 4))
			return (malformed());
		p += 6 + ns_get16(p + 4);
	}
	return ((int)(p - start));
}

static void
set_section(ns_msg *m, ns_sect section)
{
	m->_sect = section;
	m->_rrnum = section == ns_s_max ? -1 : 0;
	m->_msg_ptr = section == ns_s_max ? NULL : m->_sections[section];
}

int
ns_initparse(const unsigned char *msg, int len, ns_msg *m)
{
	const unsigned char *eom = msg + len, *p = msg;
	int i, n;

	memset(m, 0, sizeof(*m));
	if (len < NS_HFIXEDSZ)
		return (malformed());
	m->_msg = msg;
	m->_eom = eom;
	NS_GET16(m->_id, p);
	NS_GET16(m->_flags, p);
	for (i = 0; i < ns_s_max; i++)
		NS_GET16(m->_counts[i], p);
	for (i = 0; i < ns_s_max; i++) {
		if (m->_counts[i] == 0)
			continue;
		n = ns_skiprr(p, eom, (ns_sect)i, m->_counts[i]);
		if (n < 0)
			return (-1);
		m->_sections[i] = p;
		p += n;
	}
	set_section(m, ns_s_max);
	return (0);
}

int
ns_msg_getflag(ns_msg m, int flag)
{
	static const struct { unsigned short mask, shift; } bits[] = {
		{ 0x8000, 15 }, { 0x7800, 11 }, { 0x0400, 10 },
		{ 0x0200, 9 }, { 0x0100, 8 }, { 0x0080, 7 }, { 0x0040, 6 },
		{ 0x0020, 5 }, { 0x0010, 4 }, { 0x000f, 0 },
	};

	if (flag < 0 || flag >= ns_f_max)
		return (0);
	return ((m._flags & bits[flag].mask) >> bits[flag].shift);
}

/* Record `n' of a section; -1 stands for the next one. */
int
ns_parserr(ns_msg *m, ns_sect section, int n, ns_rr *rr)
{
	const unsigned char *p;
	int used;

	if ((int)section < 0 || section >= ns_s_max) {
		errno = ENODEV;
		return (-1);
	}
	if (section != m->_sect)
		set_section(m, section);
	if (n == -1)
		n = m->_rrnum;
	if (n < 0 || n >= m->_counts[section]) {
		errno = ENODEV;
		return (-1);
	}
	if (n < m->_rrnum)
		set_section(m, section);
	if (n > m->_rrnum) {
		used = ns_skiprr(m->_msg_ptr, m->_eom, section,
		    n - m->_rrnum);
		if (used < 0)
			return (-1);
		m->_msg_ptr += used;
		m->_rrnum = n;
	}
	p = m->_msg_ptr;
	used = dn_expand(m->_msg, m->_eom, p, rr->name, NS_MAXDNAME);
	if (used < 0)
		return (-1);
	p += used;
	if (m->_eom - p < NS_QFIXEDSZ)
		return (malformed());
	NS_GET16(rr->type, p);
	NS_GET16(rr->rr_class, p);
	rr->ttl = 0;
	rr->rdlength = 0;
	rr->rdata = NULL;
	if (section != ns_s_qd) {
		if (m->_eom - p < 6)
			return (malformed());
		NS_GET32(rr->ttl, p);
		NS_GET16(rr->rdlength, p);
		if (m->_eom - p < rr->rdlength)
			return (malformed());
		rr->rdata = p;
		p += rr->rdlength;
	}
	m->_msg_ptr = p;
	m->_rrnum++;
	return (0);
}

struct symbol {
	int		number;
	const char	*name;
};

static const char *
lookup(const struct symbol *s, int number, const char *prefix)
{
	static __thread char text[24];

	for (; s->name != NULL; s++) {
		if (s->number == number)
			return (s->name);
	}
	snprintf(text, sizeof(text), "%s%d", prefix, number);
	return (text);
}

const char *
p_class(int class)
{
	static const struct symbol names[] = {
		{ ns_c_in, "IN" }, { ns_c_chaos, "CHAOS" }, { ns_c_hs, "HS" },
		{ ns_c_none, "NONE" }, { ns_c_any, "ANY" }, { 0, NULL }
	};

	return (lookup(names, class, "CLASS"));
}

const char *
p_type(int type)
{
	static const struct symbol names[] = {
		{ ns_t_a, "A" }, { ns_t_ns, "NS" }, { ns_t_cname, "CNAME" },
		{ ns_t_soa, "SOA" }, { ns_t_null, "NULL" },
		{ ns_t_wks, "WKS" }, { ns_t_ptr, "PTR" },
		{ ns_t_hinfo, "HINFO" }, { ns_t_minfo, "MINFO" },
		{ ns_t_mx, "MX" }, { ns_t_txt, "TXT" }, { ns_t_rp, "RP" },
		{ ns_t_afsdb, "AFSDB" }, { ns_t_sig, "SIG" },
		{ ns_t_key, "KEY" }, { ns_t_aaaa, "AAAA" },
		{ ns_t_loc, "LOC" }, { ns_t_srv, "SRV" },
		{ ns_t_naptr, "NAPTR" }, { ns_t_cert, "CERT" },
		{ ns_t_dname, "DNAME" }, { ns_t_opt, "OPT" },
		{ ns_t_ds, "DS" }, { ns_t_sshfp, "SSHFP" },
		{ ns_t_rrsig, "RRSIG" }, { ns_t_nsec, "NSEC" },
		{ ns_t_dnskey, "DNSKEY" }, { ns_t_nsec3, "NSEC3" },
		{ ns_t_tlsa, "TLSA" }, { ns_t_svcb, "SVCB" },
		{ ns_t_https, "HTTPS" }, { ns_t_spf, "SPF" },
		{ ns_t_tkey, "TKEY" }, { ns_t_tsig, "TSIG" },
		{ ns_t_ixfr, "IXFR" }, { ns_t_axfr, "AXFR" },
		{ ns_t_any, "ANY" }, { ns_t_caa, "CAA" }, { 0, NULL }
	};

	return (lookup(names, type, "TYPE"));
}

const char *
p_rcode(int rcode)
{
	static const struct symbol names[] = {
		{ ns_r_noerror, "NOERROR" }, { ns_r_formerr, "FORMERR" },
		{ ns_r_servfail, "SERVFAIL" }, { ns_r_nxdomain, "NXDOMAIN" },
		{ ns_r_notimpl, "NOTIMP" }, { ns_r_refused, "REFUSED" },
		{ ns_r_yxdomain, "YXDOMAIN" }, { ns_r_yxrrset, "YXRRSET" },
		{ ns_r_nxrrset, "NXRRSET" }, { ns_r_notauth, "NOTAUTH" },
		{ ns_r_notzone, "NOTZONE" }, { 0, NULL }
	};

	return (lookup(names, rcode, "RCODE"));
}
