#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes the directories of an installed system below a root directory.
#
# usage: hierarchy.sh root
#
# The modes and owners are those of doc/reference/userland/hierarchy.md section
# 1.  Owners other than root:wheel go to ROOT.owners (see share/mk/bsd.own.mk).

set -eu
[ $# -eq 1 ] || { echo "usage: hierarchy.sh root" >&2; exit 64; }
root=$1

while read -r mode dir owner; do
	[ -n "$mode" ] || continue
	mkdir -p "$root/$dir"
	chmod "$mode" "$root/$dir"
	[ -z "$owner" ] || echo "/$dir $owner" >> "${root%/}.owners"
done <<END
755 bin
755 boot/defaults
755 boot/kernel
755 boot/modules.local
755 dev
755 etc/defaults
755 etc/rc.d
755 home
755 lib
755 libexec
755 mnt
555 proc
700 root
755 sbin
1777 tmp
755 usr/bin
755 usr/include
755 usr/lib
755 usr/libdata
755 usr/libexec
755 usr/local
755 usr/obj
755 usr/sbin
755 usr/share/man
755 usr/share/misc
755 usr/share/skel
755 usr/share/zoneinfo
755 usr/src
755 var/cron/tabs
755 var/db
555 var/empty
755 var/log
775 var/mail root:mail
755 var/run
755 var/spool
1777 var/tmp
1777 var/tmp/vi.recover
END
