/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The name service switch.
 */
#ifndef _NSSWITCH_H_
#define _NSSWITCH_H_

#include <sys/types.h>
#include <stdarg.h>

#define NSS_MODULE_INTERFACE_VERSION	0x01
#define NS_ACTION_CONTINUE		0x00
#define NS_ACTION_RETURN		0x01
#define NS_SUCCESS			0x01
#define NS_UNAVAIL			0x02
#define NS_NOTFOUND			0x04
#define NS_TRYAGAIN			0x08
#define NS_RETURN			0x10
#define NS_TERMINATE			0x11
#define NS_STATUSMASK			0xff
#define _PATH_NS_CONF			"/etc/nsswitch.conf"
#define NSSRC_FILES			"files"
#define NSSRC_DNS			"dns"
#define NSSRC_NIS			"nis"
#define NSSRC_COMPAT			"compat"
#define NSSRC_CACHE			"cache"
#define NSSRC_FALLBACK			"__fallback"
#define NSDB_HOSTS			"hosts"
#define NSDB_GROUP			"group"
#define NSDB_GROUP_COMPAT		"group_compat"
#define NSDB_NETGROUP			"netgroup"
#define NSDB_NETWORKS			"networks"
#define NSDB_PASSWD			"passwd"
#define NSDB_PASSWD_COMPAT		"passwd_compat"
#define NSDB_SHELLS			"shells"
#define NSDB_SERVICES			"services"
#define NSDB_SERVICES_COMPAT		"services_compat"
#define NSDB_SSH_HOSTKEYS		"ssh_hostkeys"
#define NSDB_PROTOCOLS			"protocols"
#define NSDB_RPC			"rpc"
#define NSDB_ALIASES			"aliases"
#define NSDB_AUTH			"auth"
#define NSDB_AUTOMOUNT			"automount"
#define NSDB_BOOTPARAMS			"bootparams"
#define NSDB_ETHERS			"ethers"
#define NSDB_EXPORTS			"exports"
#define NSDB_NETMASKS			"netmasks"
#define NSDB_PHONES			"phones"
#define NSDB_PRINTCAP			"printcap"
#define NSDB_REMOTE			"remote"
#define NSDB_SENDMAILVARS		"sendmailvars"
#define NSDB_TERMCAP			"termcap"
#define NSDB_TTYS			"ttys"
#define nss_lt_name			0x01
#define nss_lt_id			0x02
#define nss_lt_all			0x03

/* A method of a source: retval, its data, the caller's arguments. */
typedef int (*nss_method)(void *, void *, va_list);

/* Methods compiled in. */
typedef struct _ns_dtab {
	const char	*src;
	nss_method	method;
	void		*mdata;
} ns_dtab;

/* A source and what to do on each status. */
typedef struct _ns_src {
	const char	*name;
	uint32_t	flags;
} ns_src;

#define NS_CB(cb, c)	{ NULL, cb, c },
#define NS_FILES_CB(cb, c)	{ NSSRC_FILES, cb, c },
#define NS_DNS_CB(cb, c)	{ NSSRC_DNS, cb, c },
#define NS_NIS_CB(cb, c)	{ NSSRC_NIS, cb, c },
#define NS_COMPAT_CB(cb, c)	{ NSSRC_COMPAT, cb, c },
#define NS_FALLBACK_CB(cb)	{ NSSRC_FALLBACK, cb, NULL },

/* A module registers its methods. */
typedef struct _ns_mtab {
	const char	*database;
	const char	*name;
	nss_method	method;
	void		*mdata;
} ns_mtab;

typedef void (*nss_module_unregister_fn)(ns_mtab *, unsigned int);
typedef ns_mtab *(*nss_module_register_fn)(const char *, unsigned int *,
	    nss_module_unregister_fn *);

__BEGIN_DECLS
int	nsdispatch(void *, const ns_dtab [], const char *, const char *,
	    const ns_src [], ...);
ns_mtab	*nss_module_register(const char *, unsigned int *,
	    nss_module_unregister_fn *);
__END_DECLS

#endif /* !_NSSWITCH_H_ */
