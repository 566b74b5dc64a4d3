/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Paths of files and directories.
 */
#ifndef _PATHS_H_
#define _PATHS_H_

#include <sys/cdefs.h>

#define _PATH_DEFPATH		"/bin:/sbin:/usr/bin:/usr/sbin:/usr/local/bin:/usr/local/sbin:/usr/pkg/bin:/usr/pkg/sbin"
#define _PATH_STDPATH		"/usr/bin:/bin:/usr/sbin:/sbin:"
#define _PATH_DEVTAB_PATHS	"/usr/local/etc:/etc:/etc/defaults"
#define _PATH_AUTHCONF		"/etc/auth.conf"
#define _PATH_BSHELL		"/bin/sh"
#define _PATH_CONSOLE		"/dev/console"
#define _PATH_CP		"/bin/cp"
#define _PATH_CSHELL		"/bin/csh"
#define _PATH_CSMAPPER		"/usr/share/i18n/csmapper"
#define _PATH_DEFTAPE		"/dev/sa0"
#define _PATH_DEVDB		"/var/run/dev.db"
#define _PATH_DEVNULL		"/dev/null"
#define _PATH_DEVZERO		"/dev/zero"
#define _PATH_DRUM		"/dev/drum"
#define _PATH_ESDB		"/usr/share/i18n/esdb"
#define _PATH_ETC		"/etc"
#define _PATH_FTPUSERS		"/etc/ftpusers"
#define _PATH_I18NMODULE	"/usr/lib/i18n"
#define _PATH_IFCONFIG		"/sbin/ifconfig"
#define _PATH_KMEM		"/dev/kmem"
#define _PATH_LIBMAP_CONF	"/etc/libmap.conf"
#define _PATH_LOCALE		"/usr/share/locale"
#define _PATH_LOGIN		"/usr/bin/login"
#define _PATH_MAILDIR		"/var/mail"
#define _PATH_MAN		"/usr/share/man"
#define _PATH_MEM		"/dev/mem"
#define _PATH_NOLOGIN		"/var/run/nologin"
#define _PATH_RCP		"/usr/local/bin/rcp"
#define _PATH_RLOGIN		"/usr/local/bin/rlogin"
#define _PATH_RM		"/bin/rm"
#define _PATH_RSH		"/usr/local/bin/rsh"
#define _PATH_SENDMAIL		"/usr/sbin/sendmail"
#define _PATH_SHELLS		"/etc/shells"
#define _PATH_TTY		"/dev/tty"
#define _PATH_UNIX		"don't use _PATH_UNIX"
#define _PATH_VI		"/usr/bin/vi"
#define _PATH_WALL		"/usr/bin/wall"
#define _PATH_DEV		"/dev/"
#define _PATH_TMP		"/tmp/"
#define _PATH_VARDB		"/var/db/"
#define _PATH_VAREMPTY		"/var/empty/"
#define _PATH_VARRUN		"/var/run/"
#define _PATH_VARTMP		"/var/tmp/"
#define _PATH_YP		"/var/yp/"
#define _PATH_UUCPLOCK		"/var/spool/lock/"

#ifdef RESCUE
#undef _PATH_STDPATH
#endif

__BEGIN_DECLS
const char *getbootfile(void);
__END_DECLS

#endif /* !_PATHS_H_ */
