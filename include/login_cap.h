/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Login classes: /etc/login.conf.
 */
#ifndef _LOGIN_CAP_H_
#define _LOGIN_CAP_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define LOGIN_DEFCLASS		"default"
#define LOGIN_DEFROOTCLASS	"root"
#define LOGIN_MECLASS		"me"
#define LOGIN_DEFSTYLE		"passwd"
#define LOGIN_DEFSERVICE	"login"
#define LOGIN_DEFUMASK		022
#define LOGIN_DEFPRI		0
#define _PATH_LOGIN_CONF	"/etc/login.conf"
#define _FILE_LOGIN_CONF	".login_conf"
#define _PATH_AUTHPROG		"/usr/libexec/login_"

/* setusercontext() */
#define LOGIN_SETGROUP		0x0001
#define LOGIN_SETLOGIN		0x0002
#define LOGIN_SETPATH		0x0004
#define LOGIN_SETPRIORITY	0x0008
#define LOGIN_SETRESOURCES	0x0010
#define LOGIN_SETUMASK		0x0020
#define LOGIN_SETUSER		0x0040
#define LOGIN_SETENV		0x0080
#define LOGIN_SETMAC		0x0100
#define LOGIN_SETCPUMASK	0x0200
#define LOGIN_SETALL		0x03ff

/* auth scripts */
#define BI_AUTH		"authorize"
#define BI_REJECT	"reject"
#define BI_CHALLENGE	"reject challenge"
#define BI_SILENT	"reject silent"
#define AUTH_NONE	0x00
#define AUTH_OKAY	0x01
#define AUTH_ROOTOKAY	0x02
#define AUTH_SECURE	0x04
#define AUTH_SILENT	0x08
#define AUTH_CHALLENGE	0x10
#define AUTH_ALLOW	(AUTH_OKAY | AUTH_ROOTOKAY | AUTH_SECURE)

typedef struct login_cap {
	char	*lc_class;
	char	*lc_cap;
	char	*lc_style;
} login_cap_t;

typedef struct login_time {
	u_short	lt_start;	/* minutes after midnight */
	u_short	lt_end;
#define LTM_NONE	0x00
#define LTM_SUN		0x01
#define LTM_MON		0x02
#define LTM_TUE		0x04
#define LTM_WED		0x08
#define LTM_THU		0x10
#define LTM_FRI		0x20
#define LTM_SAT		0x40
#define LTM_ANY		0x7f
#define LTM_WK		0x3e
#define LTM_WD		0x41
	u_char	lt_dow;		/* LTM_* */
} login_time_t;

#define LC_MAXTIMES	64

struct passwd;
struct tm;

__BEGIN_DECLS
void	login_close(login_cap_t *);
login_cap_t *login_getclassbyname(const char *, const struct passwd *);
login_cap_t *login_getclass(const char *);
login_cap_t *login_getpwclass(const struct passwd *);
login_cap_t *login_getuserclass(const struct passwd *);

const char *login_getcapstr(login_cap_t *, const char *, const char *,
	    const char *);
char	**login_getcaplist(login_cap_t *, const char *, const char *);
const char *login_getstyle(login_cap_t *, const char *, const char *);
rlim_t	login_getcaptime(login_cap_t *, const char *, rlim_t, rlim_t);
rlim_t	login_getcapnum(login_cap_t *, const char *, rlim_t, rlim_t);
rlim_t	login_getcapsize(login_cap_t *, const char *, rlim_t, rlim_t);
const char *login_getpath(login_cap_t *, const char *, const char *);
int	login_getcapbool(login_cap_t *, const char *, int);
const char *login_setcryptfmt(login_cap_t *, const char *, const char *);

int	setclasscontext(const char *, unsigned int);
void	setclassresources(login_cap_t *);
void	setclassenvironment(login_cap_t *, const struct passwd *, int);
int	setusercontext(login_cap_t *, const struct passwd *, uid_t,
	    unsigned int);

login_time_t parse_lt(const char *);
int	in_lt(const login_time_t *, time_t *);
int	in_ltm(const login_time_t *, struct tm *, time_t *);
int	in_lts(const login_time_t *, time_t *);

int	auth_checknologin(login_cap_t *);
int	auth_cat(const char *);
int	auth_hostok(login_cap_t *, const char *, char const *);
int	auth_timeok(login_cap_t *, time_t);
int	auth_ttyok(login_cap_t *, const char *);
char	**login_strinlist(const char **, char const *, int);
__END_DECLS

#endif /* !_LOGIN_CAP_H_ */
