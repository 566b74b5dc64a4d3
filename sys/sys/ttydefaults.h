/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a terminal is set to when first opened.
 */
#ifndef _SYS_TTYDEFAULTS_H_
#define _SYS_TTYDEFAULTS_H_

#include <sys/_termios.h>

#define TTYDEF_IFLAG	(BRKINT | ICRNL | IMAXBEL | IXON | IXANY)
#define TTYDEF_OFLAG	(OPOST | ONLCR)
#define TTYDEF_LFLAG_NOECHO	(ICANON | ISIG | IEXTEN)
#define TTYDEF_LFLAG_ECHO	(TTYDEF_LFLAG_NOECHO | ECHO | ECHOE | ECHOKE | ECHOCTL)
#define TTYDEF_LFLAG		TTYDEF_LFLAG_ECHO
#define TTYDEF_CFLAG	(CREAD | CS8 | HUPCL)
#define TTYDEF_SPEED	(B115200)

#define CTRL(x)		((x) & 0x1f)
#define CCHECKPT	5
#define CEOF		4
#define CEOL		255
#define CERASE		127
#define CERASE2		8
#define CINTR		3
#define CSTATUS		20
#define CKILL		21
#define CMIN		1
#define CQUIT		28
#define CSUSP		26
#define CTIME		0
#define CDSUSP		25
#define CSTART		17
#define CSTOP		19
#define CLNEXT		22
#define CDISCARD	15
#define CWERASE		23
#define CREPRINT	18
#define CEOT		4
#define CBRK		255
#define CRPRNT		18
#define CFLUSH		15

#ifdef TTYDEFCHARS
cc_t ttydefchars[NCCS] = {
	[VEOF] = CEOF, [VEOL] = CEOL, [VEOL2] = CEOL, [VERASE] = CERASE,
	[VWERASE] = CWERASE, [VKILL] = CKILL, [VREPRINT] = CREPRINT,
	[VERASE2] = CERASE2, [VINTR] = CINTR, [VQUIT] = CQUIT,
	[VSUSP] = CSUSP, [VDSUSP] = CDSUSP, [VSTART] = CSTART,
	[VSTOP] = CSTOP, [VLNEXT] = CLNEXT, [VDISCARD] = CDISCARD,
	[VMIN] = CMIN, [VTIME] = CTIME, [VSTATUS] = CSTATUS,
	[VCHECKPT] = CCHECKPT
};
#undef TTYDEFCHARS
#endif

#endif /* !_SYS_TTYDEFAULTS_H_ */
