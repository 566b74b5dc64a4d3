/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of the system's programs.
 */
#ifndef _LIBUTIL_H_
#define _LIBUTIL_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define PROPERTY_MAX_NAME	64
#define PROPERTY_MAX_VALUE	512

#define HD_COLUMN_MASK	0x000000ff
#define HD_DELIM_MASK	0x0000ff00
#define HD_OMIT_COUNT	0x00010000
#define HD_OMIT_HEX	0x00020000
#define HD_OMIT_CHARS	0x00040000

#define HN_DECIMAL	0x01
#define HN_NOSPACE	0x02
#define HN_B		0x04
#define HN_DIVISOR_1000	0x08
#define HN_IEC_PREFIXES	0x10
#define HN_FRACTIONAL	0x20
#define HN_GETSCALE	0x10
#define HN_AUTOSCALE	0x20

#define HOSTNAME_FOUND		0
#define HOSTNAME_INCORRECTNAME	1
#define HOSTNAME_INVALIDADDR	2
#define HOSTNAME_INVALIDNAME	3

#define PWSCAN_MASTER	1
#define PWSCAN_WARN	2

#define UU_LOCK_INUSE		1
#define UU_LOCK_OK		0
#define UU_LOCK_OPEN_ERR	(-1)
#define UU_LOCK_READ_ERR	(-2)
#define UU_LOCK_CREAT_ERR	(-3)
#define UU_LOCK_WRITE_ERR	(-4)
#define UU_LOCK_LINK_ERR	(-5)
#define UU_LOCK_TRY_ERR		(-6)
#define UU_LOCK_OWNER_ERR	(-7)

struct _property {
	struct _property *next;
	char	*name;
	char	*value;
};

typedef struct _property	*properties;

struct group;
struct in_addr;
struct kinfo_file;
struct passwd;
struct pidfh;
struct sockaddr;
struct termios;
struct winsize;
struct utmpx;

__BEGIN_DECLS
void	clean_environment(const char *const *, const char *const *);
int	dehumanize_number(const char *, int64_t *);
int	expand_number(const char *, int64_t *);
int	flopen(const char *, int, ...);
struct group *gr_add(const struct group *, const char *);
int	gr_copy(int, int, const struct group *, struct group *);
struct group *gr_dup(const struct group *);
int	gr_equal(const struct group *, const struct group *);
void	gr_fini(void);
int	gr_init(const char *, const char *);
int	gr_lock(void);
char	*gr_make(const struct group *);
int	gr_mkdb(void);
struct group *gr_scan(const char *);
int	gr_tmp(int);
void	hexdump(const void *, int, const char *, int);
int	humanize_number(char *, size_t, int64_t, const char *, int, int);
int	humanize_unsigned(char *, size_t, uint64_t, const char *, int);
void	login(struct utmpx *);
int	login_tty(int);
int	logout(const char *);
void	loginx(const struct utmpx *);
int	logoutx(const char *, int, int);
void	logwtmp(const char *, const char *, const char *);
void	logwtmpx(const char *, const char *, const char *, int, int);
void	trimdomain(char *, int);
int	openpty(int *, int *, char *, struct termios *, struct winsize *);
int	forkpty(int *, char *, struct termios *, struct winsize *);
int	pidfile_close(struct pidfh *);
int	pidfile_fileno(const struct pidfh *);
struct pidfh *pidfile_open(const char *, mode_t, pid_t *);
int	pidfile_remove(struct pidfh *);
int	pidfile_write(struct pidfh *);
void	properties_free(properties);
char	*property_find(properties, const char *);
properties properties_read(int);
int	pw_copy(int, int, const struct passwd *, struct passwd *);
struct passwd *pw_dup(const struct passwd *);
int	pw_edit(int);
int	pw_equal(const struct passwd *, const struct passwd *);
void	pw_fini(void);
int	pw_init(const char *, const char *);
void	pw_initpwd(struct passwd *);
char	*pw_make(const struct passwd *);
char	*pw_make_v7(const struct passwd *);
int	pw_mkdb(const char *);
int	pw_mksalt(char *, size_t, const struct passwd *);
int	pw_lock(void);
struct passwd *pw_scan(const char *, int);
const char *pw_tempname(void);
int	pw_tmp(int);
int	realhostname(char *, size_t, const struct in_addr *);
int	realhostname_sa(char *, size_t, struct sockaddr *, int);
int	secure_path(const char *);
int	uu_lock(const char *);
const char *uu_lockerr(int);
int	uu_lock_txfr(const char *, pid_t);
int	uu_unlock(const char *);
int	_secure_path(const char *, uid_t, gid_t);
__END_DECLS

#endif /* !_LIBUTIL_H_ */
