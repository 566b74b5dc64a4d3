/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The user database.
 */
#ifndef _PWD_H_
#define _PWD_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#if __BSD_VISIBLE
#define _PW_VERSION_MASK	(-16)
#define _PW_KEYBYNAME		49
#define _PW_KEYBYNUM		50
#define _PW_KEYBYUID		51
#define _PW_KEYYPENABLED	52
#define _PW_KEYYPBYNUM		53
#define _PWD_CURRENT_VERSION	4
#define _PASSWORD_EFMT1		95
#define _PASSWORD_LEN		128
#define _PWF_NAME		1
#define _PWF_PASSWD		2
#define _PWF_UID		4
#define _PWF_GID		8
#define _PWF_CHANGE		16
#define _PWF_CLASS		32
#define _PWF_GECOS		64
#define _PWF_DIR		128
#define _PWF_SHELL		256
#define _PWF_EXPIRE		512
#define _PWF_SOURCE		12288
#define _PWF_FILES		4096
#define _PWF_NIS		8192
#define _PWF_HESIOD		12288
#define _PATH_PWD		"/etc"
#define _PATH_PASSWD		"/etc/passwd"
#define _PASSWD			"passwd"
#define _PATH_MASTERPASSWD	"/etc/master.passwd"
#define _MASTERPASSWD		"master.passwd"
#define _PATH_MP_DB		"/etc/pwd.db"
#define _MP_DB			"pwd.db"
#define _PATH_SMP_DB		"/etc/spwd.db"
#define _SMP_DB			"spwd.db"
#define _PATH_PWD_MKDB		"/usr/sbin/pwd_mkdb"
#define _PWD_VERSION_KEY	"\xFFVERSION"
#endif

struct passwd {
	char	*pw_name;
	char	*pw_passwd;	/* encrypted, if the caller may see it */
	uid_t	pw_uid;
	gid_t	pw_gid;
	time_t	pw_change;	/* password expires; 0: never */
	char	*pw_class;	/* login class */
	char	*pw_gecos;	/* full name and more */
	char	*pw_dir;
	char	*pw_shell;
	time_t	pw_expire;	/* account expires; 0: never */
	int	pw_fields;	/* _PWF_*: what is filled in */
};

__BEGIN_DECLS
struct passwd *getpwnam(const char *);
struct passwd *getpwuid(uid_t);
int	getpwnam_r(const char *, struct passwd *, char *, size_t,
	    struct passwd **);
int	getpwuid_r(uid_t, struct passwd *, char *, size_t, struct passwd **);
#if __XSI_VISIBLE
void	endpwent(void);
struct passwd *getpwent(void);
void	setpwent(void);
#endif
#if __BSD_VISIBLE
int	getpwent_r(struct passwd *, char *, size_t, struct passwd **);
int	pwcache_userdb(int (*)(int), void (*)(void),
	    struct passwd *(*)(const char *), struct passwd *(*)(uid_t));
int	setpassent(int);
int	uid_from_user(const char *, uid_t *);
const char *user_from_uid(uid_t, int);
#endif
__END_DECLS

#endif /* !_PWD_H_ */
