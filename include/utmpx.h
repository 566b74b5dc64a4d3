/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who is logged in, and who was.
 */
#ifndef _UTMPX_H_
#define _UTMPX_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/time.h>

typedef enum {
	UTX_DB_UTMPX = 0,
	UTX_DB_WTMPX = 1,
	UTX_DB_LASTLOGX = 2
} utx_db_t;

#define _UTX_USERSIZE	0x0020
#define _UTX_LINESIZE	0x0020
#define _UTX_IDSIZE	0x0004
#define _UTX_HOSTSIZE	0x0100

#define UTX_USERSIZE	0x0020
#define UTX_LINESIZE	0x0020
#define UTX_IDSIZE	0x0004
#define UTX_HOSTSIZE	0x0100

#define EMPTY		0
#define RUN_LVL		1
#define BOOT_TIME	2

#define OLD_TIME	3
#define NEW_TIME	4
#define INIT_PROCESS	5

#define LOGIN_PROCESS	6
#define USER_PROCESS	7
#define DEAD_PROCESS	8

#define ACCOUNTING	9
#define SIGNATURE	10
#define DOWN_TIME	11

#define _PATH_UTMPX		"/var/run/utmpx"
#define _PATH_WTMPX		"/var/log/wtmpx"
#define _PATH_LASTLOGX		"/var/log/lastlogx"
#define _PATH_UTMP_UPDATE	"/usr/libexec/utmp_update"

#define RUNLVL_MSG	"run-level %c"
#define BOOT_MSG	"system boot"
#define OTIME_MSG	"old time"

#define NTIME_MSG	"new time"
#define DOWN_MSG	"system down"

struct exit_status {
	uint16_t e_termination;
	uint16_t e_exit;
};

struct utmpx {
	char	ut_name[32];
	char	ut_id[4];
	char	ut_line[32];
	char	ut_host[256];
	uint8_t	ut_unused[16];
	uint16_t ut_session;
	short	ut_type;
	pid_t	ut_pid;
	struct exit_status ut_exit;
	struct sockaddr_storage ut_ss;
	struct timeval ut_tv;
	uint8_t	ut_unused2[16];
};

struct lastlogx {
	struct timeval ll_tv;
	char	ll_line[32];
	char	ll_host[256];
	struct sockaddr_storage ll_ss;
};

#define ut_user		ut_name
#define ut_xtime	ut_tv.tv_sec

__BEGIN_DECLS
void	endutxent(void);
struct utmpx *getutxent(void);
struct utmpx *getutxid(const struct utmpx *);
struct utmpx *getutxline(const struct utmpx *);
struct utmpx *pututxline(const struct utmpx *);
void	setutxent(void);
#if __BSD_VISIBLE
struct lastlogx *getlastlogx(const char *, uid_t, struct lastlogx *);
struct utmpx *getutxuser(const char *);
int	setutxdb(utx_db_t, const char *);
int	updlastlogx(const char *, uid_t, struct lastlogx *);
int	updwtmpx(const char *, const struct utmpx *);
int	utmpxname(const char *);
#endif
__END_DECLS

#endif /* !_UTMPX_H_ */
