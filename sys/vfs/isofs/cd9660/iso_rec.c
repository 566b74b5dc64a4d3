/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Parsing of ISO 9660 directory records; see iso_rec.h.  Nothing here trusts
 * a length: every field is checked against the area it lies in.
 */
#ifdef _KERNEL
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#else
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#define kmalloc(size, type, flags)	malloc(size)
#define kfree(p, type)			free(p)
#endif
#include "iso_rec.h"

/* Offsets in a directory record (9.1). */
#define REC_LENGTH	0
#define REC_EXTATTR	1
#define REC_EXTENT	2
#define REC_SIZE	10
#define REC_DATE	18
#define REC_FLAGS	25
#define REC_NAMLEN	32
#define REC_NAME	33

/* Rock Ridge flags. */
#define NM_CONTINUE	0x01
#define NM_CURRENT	0x02
#define NM_PARENT	0x04
#define SL_CONTINUE	0x01
#define SLC_CONTINUE	0x01
#define SLC_CURRENT	0x02
#define SLC_PARENT	0x04
#define SLC_ROOT	0x08
#define TF_CREATION	0x01
#define TF_MODIFY	0x02
#define TF_ACCESS	0x04
#define TF_ATTRIBUTES	0x08
#define TF_LONG_FORM	0x80

struct susp_state {
	struct iso_rec	*ss_ir;
	int		ss_nm;		/* 0 none, 1 collecting, 2 done */
	int		ss_slcont;	/* component continues */
	int		ss_slany;	/* something is in the link already */
	uint32_t	ss_ceblk, ss_ceoff, ss_celen;
	int		ss_ce;		/* a continuation is announced */
	int		ss_stop;	/* ST */
};

static int64_t
days_from_civil(int y, int m, int d)
{
	int era, doy;
	unsigned yoe;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return ((int64_t)era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 +
	    doy - 719468);
}

static int
civil_to_time(int y, int mon, int d, int h, int min, int s, int tz,
    struct iso_time *it)
{
	if (mon < 1 || mon > 12 || d < 1 || d > 31 || h > 23 || min > 59 ||
	    s > 59 || tz < -48 || tz > 52)
		return (0);
	it->it_sec = days_from_civil(y, mon, d) * 86400 + h * 3600 +
	    min * 60 + s - tz * 15 * 60;
	it->it_nsec = 0;
	return (1);
}

/* Seven bytes (9.1.5). */
static int
time7(const uint8_t *p, struct iso_time *it)
{
	return (civil_to_time(1900 + p[0], p[1], p[2], p[3], p[4], p[5],
	    (int8_t)p[6], it));
}

static int
digits(const uint8_t *p, int n)
{
	int v = 0;

	while (n-- > 0) {
		if (*p < '0' || *p > '9')
			return (-1);
		v = v * 10 + (*p++ - '0');
	}
	return (v);
}

/* Seventeen bytes (8.4.26.1). */
static int
time17(const uint8_t *p, struct iso_time *it)
{
	int y = digits(p, 4), mon = digits(p + 4, 2), d = digits(p + 6, 2);
	int h = digits(p + 8, 2), min = digits(p + 10, 2);
	int s = digits(p + 12, 2), cs = digits(p + 14, 2);

	if (y < 1 || mon < 0 || d < 0 || h < 0 || min < 0 || s < 0 || cs < 0)
		return (0);
	if (!civil_to_time(y, mon, d, h, min, s, (int8_t)p[16], it))
		return (0);
	it->it_nsec = cs * 10000000L;
	return (1);
}

static void
susp_tf(struct susp_state *ss, const uint8_t *p, int len)
{
	int flags, size, bit;
	struct iso_time it, *to;

	if (len < 5)
		return;
	flags = p[4];
	size = (flags & TF_LONG_FORM) ? 17 : 7;
	p += 5;
	len -= 5;
	for (bit = TF_CREATION; bit < TF_LONG_FORM; bit <<= 1) {
		if ((flags & bit) == 0)
			continue;
		if (len < size)
			return;
		to = bit == TF_MODIFY ? &ss->ss_ir->ir_mtime :
		    bit == TF_ACCESS ? &ss->ss_ir->ir_atime :
		    bit == TF_ATTRIBUTES ? &ss->ss_ir->ir_ctime : NULL;
		if (to != NULL &&
		    (size == 17 ? time17(p, &it) : time7(p, &it)))
			*to = it;
		p += size;
		len -= size;
	}
}

static void
susp_nm(struct susp_state *ss, const uint8_t *p, int len)
{
	struct iso_rec *ir = ss->ss_ir;
	int n = len - 5;

	if (len < 5 || ss->ss_nm == 2)
		return;
	if (ss->ss_nm == 0) {
		ir->ir_namlen = 0;
		ss->ss_nm = 1;
	}
	if ((p[4] & (NM_CURRENT | NM_PARENT)) == 0 && n > 0) {
		if (n > ISO_NAME_MAX - ir->ir_namlen)
			n = ISO_NAME_MAX - ir->ir_namlen;
		memcpy(ir->ir_name + ir->ir_namlen, p + 5, n);
		ir->ir_namlen += n;
	}
	if ((p[4] & NM_CONTINUE) == 0)
		ss->ss_nm = 2;
}

static void
link_add(struct iso_rec *ir, const char *s, int n)
{
	if (ir->ir_linklen < 0)
		return;
	if (n > ISO_LINK_MAX - ir->ir_linklen) {
		ir->ir_linklen = -1;
		return;
	}
	memcpy(ir->ir_link + ir->ir_linklen, s, n);
	ir->ir_linklen += n;
}

static void
susp_sl(struct susp_state *ss, const uint8_t *p, int len)
{
	struct iso_rec *ir = ss->ss_ir;
	int off = 5, clen, flags;

	while (off + 2 <= len) {
		flags = p[off];
		clen = p[off + 1];
		if (off + 2 + clen > len) {
			ir->ir_linklen = -1;
			return;
		}
		if (flags & SLC_ROOT) {
			ir->ir_linklen = 0;
			link_add(ir, "/", 1);
			ss->ss_slany = 0;
			ss->ss_slcont = 0;
		} else {
			if (ss->ss_slany && !ss->ss_slcont)
				link_add(ir, "/", 1);
			if (flags & SLC_CURRENT)
				link_add(ir, ".", 1);
			else if (flags & SLC_PARENT)
				link_add(ir, "..", 2);
			else
				link_add(ir, (const char *)p + off + 2, clen);
			ss->ss_slany = 1;
			ss->ss_slcont = (flags & SLC_CONTINUE) != 0;
		}
		off += 2 + clen;
	}
}

/* The fields in one area. */
static int
susp_area(struct susp_state *ss, const uint8_t *p, int len)
{
	struct iso_rec *ir = ss->ss_ir;
	int flen;

#define SIG(a, b)	(p[0] == (a) && p[1] == (b))
	while (len >= 4 && !ss->ss_stop) {
		flen = p[2];
		if (flen < 4 || flen > len)
			break;
		if (SIG('C', 'E') && flen >= 28) {
			ss->ss_ceblk = iso_get32(p + 4);
			ss->ss_ceoff = iso_get32(p + 12);
			ss->ss_celen = iso_get32(p + 20);
			ss->ss_ce = 1;
		} else if (SIG('S', 'T')) {
			ss->ss_stop = 1;
		} else if (SIG('P', 'X') && flen >= 36) {
			ir->ir_mode = iso_get32(p + 4);
			ir->ir_nlink = iso_get32(p + 12);
			ir->ir_uid = iso_get32(p + 20);
			ir->ir_gid = iso_get32(p + 28);
			ir->ir_haspx = ir->ir_hasrr = 1;
		} else if (SIG('N', 'M')) {
			susp_nm(ss, p, flen);
			ir->ir_hasrr = 1;
		} else if (SIG('S', 'L')) {
			susp_sl(ss, p, flen);
		} else if (SIG('T', 'F')) {
			susp_tf(ss, p, flen);
		} else if (SIG('C', 'L') && flen >= 12) {
			ir->ir_child = iso_get32(p + 4);
			ir->ir_hasrr = 1;
		} else if (SIG('P', 'L') && flen >= 12) {
			ir->ir_parent = iso_get32(p + 4);
		} else if (SIG('R', 'E')) {
			ir->ir_relocated = 1;
		} else if (SIG('P', 'N') && flen >= 20) {
			ir->ir_rdev_high = iso_get32(p + 4);
			ir->ir_rdev_low = iso_get32(p + 12);
		} else if (SIG('R', 'R')) {
			ir->ir_hasrr = 1;
		}
		p += flen;
		len -= flen;
	}
#undef SIG
	return (0);
}

/* Names of plain ISO 9660 and Joliet. */
static void
plain_name(const struct iso_volume *iv, const uint8_t *name, int len,
    struct iso_rec *ir)
{
	int i, n = 0, c;

	if ((ir->ir_flags & ISO_FL_ASSOC) && iv->iv_names != ISO_NAMES_JOLIET)
		ir->ir_name[n++] = '=';
	if (iv->iv_names == ISO_NAMES_JOLIET) {
		for (i = 0; i + 1 < len && n < ISO_NAME_MAX; i += 2) {
			c = name[i] << 8 | name[i + 1];
			if (c == ';')
				break;
			ir->ir_name[n++] = c == 0 || c == '/' ? '_' :
			    c > 0xff ? '?' : c;
		}
	} else {
		for (i = 0; i < len && n < ISO_NAME_MAX; i++) {
			c = name[i];
			if (iv->iv_names == ISO_NAMES_FOLD) {
				if (c == ';')
					break;
				if (c >= 'A' && c <= 'Z')
					c += 'a' - 'A';
			}
			ir->ir_name[n++] = c == 0 || c == '/' ? '_' : c;
		}
		if (iv->iv_names == ISO_NAMES_FOLD && n > 1 &&
		    ir->ir_name[n - 1] == '.')
			n--;
	}
	ir->ir_namlen = n;
}

/* The record's fixed part; *susp and *susplen: its system use area. */
static int
rec_fixed(const struct iso_volume *iv, const uint8_t *p, int avail,
    struct iso_rec *ir, const uint8_t **susp, int *susplen)
{
	int len, namlen, off;

	if (avail < ISO_RECMIN)
		return (EINVAL);
	len = p[REC_LENGTH];
	namlen = p[REC_NAMLEN];
	if (len < ISO_RECMIN || len > avail || namlen < 1 ||
	    REC_NAME + namlen > len)
		return (EINVAL);
	memset(ir, 0, sizeof(*ir));
	ir->ir_extattr = p[REC_EXTATTR];
	ir->ir_extent = iso_get32(p + REC_EXTENT);
	if (ir->ir_extent > UINT32_MAX - ir->ir_extattr)
		return (EINVAL);
	ir->ir_extent += ir->ir_extattr;
	ir->ir_size = iso_get32(p + REC_SIZE);
	ir->ir_flags = p[REC_FLAGS];
	time7(p + REC_DATE, &ir->ir_mtime);
	ir->ir_atime = ir->ir_ctime = ir->ir_mtime;
	if (namlen == 1 && p[REC_NAME] == 0) {
		ir->ir_isdot = 1;
		ir->ir_name[0] = '.';
		ir->ir_namlen = 1;
	} else if (namlen == 1 && p[REC_NAME] == 1) {
		ir->ir_isdot = 2;
		ir->ir_name[0] = ir->ir_name[1] = '.';
		ir->ir_namlen = 2;
	} else {
		plain_name(iv, p + REC_NAME, namlen, ir);
	}
	off = REC_NAME + namlen;
	if ((namlen & 1) == 0)
		off++;
	if (off > len)
		off = len;
	*susp = p + off;
	*susplen = len - off;
	return (0);
}

int
iso_rec_parse(const struct iso_volume *iv, const uint8_t *p, int avail,
    struct iso_rec *ir)
{
	struct susp_state ss;
	const uint8_t *area;
	uint8_t *buf = NULL;
	char plain[3];
	int len, error, n, namlen;

	error = rec_fixed(iv, p, avail, ir, &area, &len);
	if (error || !iv->iv_rr)
		return (error);
	namlen = ir->ir_namlen;
	memcpy(plain, ir->ir_name, 3);
	/* The root's "." carries SP itself: nothing is skipped there. */
	if (!(ir->ir_isdot == 1 && len >= 2 && area[0] == 'S' &&
	    area[1] == 'P')) {
		if (iv->iv_skip > len)
			return (0);
		area += iv->iv_skip;
		len -= iv->iv_skip;
	}
	memset(&ss, 0, sizeof(ss));
	ss.ss_ir = ir;
	susp_area(&ss, area, len);
	for (n = 0; ss.ss_ce && !ss.ss_stop; n++) {
		ss.ss_ce = 0;
		if (n == ISO_CE_LIMIT || ss.ss_celen > ISO_SECTOR ||
		    ss.ss_ceoff >= ISO_SECTOR * 32) {
			error = EINVAL;
			break;
		}
		if (ss.ss_celen < 4)
			break;
		if (buf == NULL)
			buf = kmalloc(ISO_SECTOR, M_TEMP, M_WAITOK);
		error = iv->iv_read(iv->iv_arg, ss.ss_ceblk, ss.ss_ceoff, buf,
		    ss.ss_celen);
		if (error)
			break;
		susp_area(&ss, buf, ss.ss_celen);
	}
	if (buf != NULL)
		kfree(buf, M_TEMP);
	if (ir->ir_isdot) {
		memcpy(ir->ir_name, plain, 3);
		ir->ir_namlen = namlen;
	}
	/* A name must be one that lookups can find. */
	for (n = 0; n < ir->ir_namlen; n++) {
		if (ir->ir_name[n] == '/' || ir->ir_name[n] == 0)
			ir->ir_name[n] = '_';
	}
	ir->ir_name[ir->ir_namlen] = 0;
	if (ir->ir_linklen >= 0)
		ir->ir_link[ir->ir_linklen] = 0;
	return (error);
}

int
iso_rec_check_susp(const struct iso_volume *iv, const uint8_t *p, int avail,
    int *skip)
{
	struct iso_rec *ir;
	struct iso_volume probe = *iv;
	const uint8_t *area;
	int len, found = 0;

	ir = kmalloc(sizeof(*ir), M_TEMP, M_WAITOK);
	if (rec_fixed(iv, p, avail, ir, &area, &len) == 0) {
		/* Some masters put 15 bytes of CD-XA data before it. */
		if (len >= 7 + 15 && area[15] == 'S' && area[16] == 'P') {
			area += 15;
			len -= 15;
		}
		if (len >= 7 && area[0] == 'S' && area[1] == 'P' &&
		    area[2] == 7 && area[4] == 0xbe && area[5] == 0xef) {
			*skip = area[6];
			probe.iv_rr = 1;
			probe.iv_skip = 0;
			if (iso_rec_parse(&probe, p, avail, ir) == 0)
				found = ir->ir_hasrr;
		}
	}
	kfree(ir, M_TEMP);
	return (found);
}
