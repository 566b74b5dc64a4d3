/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fmtmsg(), of System V.
 */
#ifndef _FMTMSG_H_
#define _FMTMSG_H_

#include <sys/cdefs.h>

#define MM_HARD		0x0001
#define MM_SOFT		0x0002
#define MM_FIRM		0x0004
#define MM_APPL		0x0010
#define MM_UTIL		0x0020
#define MM_OPSYS	0x0040
#define MM_PRINT	0x0100
#define MM_CONSOLE	0x0200
#define MM_RECOVER	0x1000
#define MM_NRECOV	0x2000
#define MM_NOSEV	0x0000
#define MM_HALT		0x0001
#define MM_ERROR	0x0002
#define MM_WARNING	0x0003
#define MM_INFO		0x0004
#define MM_NULLLBL	0x0000
#define MM_NULLSEV	0x0000
#define MM_NULLMC	0x0000
#define MM_NULLTXT	0x0000
#define MM_NULLACT	0x0000
#define MM_NULLTAG	0x0000
#define MM_OK		0x0000
#define MM_NOMSG	0x0001
#define MM_NOCON	0x0002
#define MM_NOTOK	0x0003

__BEGIN_DECLS
int	fmtmsg(long, const char *, int, const char *, const char *,
	    const char *);
__END_DECLS

#endif /* !_FMTMSG_H_ */
