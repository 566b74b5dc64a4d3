/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages to the system log.
 */
#ifndef _SYS_SYSLOG_H_
#define _SYS_SYSLOG_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#define _PATH_LOG	"/var/run/log"
#define _PATH_LOG_PRIV	"/var/run/logpriv"
#define _PATH_OLDLOG	"/dev/log"

/* Severities, and priorities made of severity and facility. */
#define LOG_EMERG	0
#define LOG_ALERT	1
#define LOG_CRIT	2
#define LOG_ERR		3
#define LOG_WARNING	4
#define LOG_NOTICE	5
#define LOG_INFO	6
#define LOG_DEBUG	7

#define LOG_PRIMASK	0x07
#define LOG_PRI(p)	((p) & LOG_PRIMASK)
#define LOG_MAKEPRI(fac, pri)	((fac) | (pri))

/* Facilities. */
#define LOG_KERN	0
#define LOG_USER	8
#define LOG_MAIL	16
#define LOG_DAEMON	24
#define LOG_AUTH	32
#define LOG_SYSLOG	40
#define LOG_LPR		48
#define LOG_NEWS	56
#define LOG_UUCP	64
#define LOG_CRON	72
#define LOG_AUTHPRIV	80
#define LOG_FTP		88
#define LOG_NTP		96
#define LOG_SECURITY	104
#define LOG_CONSOLE	112
#define LOG_LOCAL0	128
#define LOG_LOCAL1	136
#define LOG_LOCAL2	144
#define LOG_LOCAL3	152
#define LOG_LOCAL4	160
#define LOG_LOCAL5	168
#define LOG_LOCAL6	176
#define LOG_LOCAL7	184
#define LOG_NFACILITIES	24
#define LOG_FACMASK	0x03f8
#define LOG_FAC(p)	(((p) & LOG_FACMASK) >> 3)

#ifdef SYSLOG_NAMES
#define INTERNAL_NOPRI	0x10
#define INTERNAL_MARK	LOG_MAKEPRI((LOG_NFACILITIES << 3), 0)

typedef struct _code {
	const char	*c_name;
	int		c_val;
} CODE;

static const CODE prioritynames[] = {
	{ "alert", LOG_ALERT }, { "crit", LOG_CRIT }, { "debug", LOG_DEBUG },
	{ "emerg", LOG_EMERG }, { "err", LOG_ERR }, { "error", LOG_ERR },
	{ "info", LOG_INFO }, { "none", INTERNAL_NOPRI },
	{ "notice", LOG_NOTICE }, { "panic", LOG_EMERG },
	{ "warn", LOG_WARNING }, { "warning", LOG_WARNING },
	{ NULL, -1 }
};

static const CODE facilitynames[] = {
	{ "auth", LOG_AUTH }, { "authpriv", LOG_AUTHPRIV },
	{ "console", LOG_CONSOLE }, { "cron", LOG_CRON },
	{ "daemon", LOG_DAEMON }, { "ftp", LOG_FTP }, { "kern", LOG_KERN },
	{ "lpr", LOG_LPR }, { "mail", LOG_MAIL }, { "mark", INTERNAL_MARK },
	{ "news", LOG_NEWS }, { "ntp", LOG_NTP }, { "security", LOG_SECURITY },
	{ "syslog", LOG_SYSLOG }, { "user", LOG_USER }, { "uucp", LOG_UUCP },
	{ "local0", LOG_LOCAL0 }, { "local1", LOG_LOCAL1 },
	{ "local2", LOG_LOCAL2 }, { "local3", LOG_LOCAL3 },
	{ "local4", LOG_LOCAL4 }, { "local5", LOG_LOCAL5 },
	{ "local6", LOG_LOCAL6 }, { "local7", LOG_LOCAL7 },
	{ NULL, -1 }
};
#endif

#ifdef _KERNEL
#define LOG_PRINTF	-1	/* print on the console as well */
#endif

/* setlogmask() */
#define LOG_MASK(pri)	(1 << (pri))
#define LOG_UPTO(pri)	((1 << ((pri) + 1)) - 1)

/* openlog() */
#define LOG_PID		0x01
#define LOG_CONS	0x02
#define LOG_ODELAY	0x04
#define LOG_NDELAY	0x08
#define LOG_NOWAIT	0x10
#define LOG_PERROR	0x20

#ifndef _KERNEL
__BEGIN_DECLS
void	closelog(void);
void	openlog(const char *, int, int);
int	setlogmask(int);
void	syslog(int, const char *, ...) __printflike(2, 3);
#if __BSD_VISIBLE
void	vsyslog(int, const char *, __va_list) __printflike(2, 0);
#endif
__END_DECLS
#endif

#endif /* !_SYS_SYSLOG_H_ */
