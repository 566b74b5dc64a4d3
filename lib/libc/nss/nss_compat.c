/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Adapters for modules whose look-ups have the prototypes of Linux: a row of
 * a module's table names one of these as its method and the real function as
 * its data.
 */
#include <errno.h>
#include <grp.h>
#include <nsswitch.h>
#include <pwd.h>
#include <stdarg.h>

enum nss_status {
	ST_TRYAGAIN = -2, ST_UNAVAIL, ST_NOTFOUND, ST_SUCCESS, ST_RETURN
};

int	__nss_compat_getpwnam_r(void *, void *, va_list);
int	__nss_compat_getpwuid_r(void *, void *, va_list);
int	__nss_compat_getpwent_r(void *, void *, va_list);
int	__nss_compat_setpwent(void *, void *, va_list);
int	__nss_compat_endpwent(void *, void *, va_list);
int	__nss_compat_getgrnam_r(void *, void *, va_list);
int	__nss_compat_getgrgid_r(void *, void *, va_list);
int	__nss_compat_getgrent_r(void *, void *, va_list);
int	__nss_compat_setgrent(void *, void *, va_list);
int	__nss_compat_endgrent(void *, void *, va_list);

/* An enumeration that has ended stays so until it is started again. */
static __thread int	pw_ended, gr_ended;

static int
translate(enum nss_status st, int error)
{
	switch (st) {
	case ST_TRYAGAIN:
		return (error == ERANGE ? NS_RETURN : NS_TRYAGAIN);
	case ST_UNAVAIL:
		return (NS_UNAVAIL);
	case ST_NOTFOUND:
		return (NS_NOTFOUND);
	case ST_SUCCESS:
		return (NS_SUCCESS);
	default:
		return (NS_RETURN);
	}
}

#define	BY_KEY(name, keytype, type)					\
int									\
__nss_compat_##name(void *retval, void *mdata, va_list ap)		\
{									\
	enum nss_status (*fn)(keytype, struct type *, char *, size_t,	\
	    int *) = (enum nss_status (*)(keytype, struct type *,	\
	    char *, size_t, int *))mdata;				\
	keytype key = va_arg(ap, keytype);				\
	struct type *res = va_arg(ap, struct type *);			\
	char *buf = va_arg(ap, char *);					\
	size_t size = va_arg(ap, size_t);				\
	int *errnop = va_arg(ap, int *), r;				\
									\
	r = translate(fn(key, res, buf, size, errnop), *errnop);	\
	if (r == NS_SUCCESS)						\
		*(struct type **)retval = res;				\
	return (r);							\
}

#define	NEXT(name, type, ended)						\
int									\
__nss_compat_##name(void *retval, void *mdata, va_list ap)		\
{									\
	enum nss_status (*fn)(struct type *, char *, size_t, int *) =	\
	    (enum nss_status (*)(struct type *, char *, size_t,	\
	    int *))mdata;						\
	struct type *res = va_arg(ap, struct type *);			\
	char *buf = va_arg(ap, char *);					\
	size_t size = va_arg(ap, size_t);				\
	int *errnop = va_arg(ap, int *), r;				\
									\
	if (ended)							\
		return (NS_NOTFOUND);					\
	r = translate(fn(res, buf, size, errnop), *errnop);		\
	if (r == NS_SUCCESS)						\
		*(struct type **)retval = res;				\
	else if (r != NS_RETURN)					\
		ended = 1;						\
	return (r);							\
}

#define	RESTART(name, ended)						\
int									\
__nss_compat_##name(void *retval, void *mdata, va_list ap)		\
{									\
	ended = 0;							\
	((enum nss_status (*)(void))mdata)();				\
	return (NS_UNAVAIL);						\
}

BY_KEY(getpwnam_r, const char *, passwd)
BY_KEY(getpwuid_r, uid_t, passwd)
BY_KEY(getgrnam_r, const char *, group)
BY_KEY(getgrgid_r, gid_t, group)
NEXT(getpwent_r, passwd, pw_ended)
NEXT(getgrent_r, group, gr_ended)
RESTART(setpwent, pw_ended)
RESTART(endpwent, pw_ended)
RESTART(setgrent, gr_ended)
RESTART(endgrent, gr_ended)
