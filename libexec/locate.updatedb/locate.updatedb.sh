#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes the database of locate(1).  Run as nobody it contains what everybody
# may see, which is what it is for.

[ $# -eq 0 ] || { echo "usage: locate.updatedb" >&2; exit 64; }
PATH=/bin:/usr/bin:/usr/libexec
export PATH
if [ "$(id -u)" = 0 ]; then
	echo "warning: names that only root can see will be in the database" >&2
fi
SEARCHPATHS=/
PRUNEPATHS="/tmp /usr/tmp /var/tmp /usr/obj /dev /proc"
PRUNEDIRS=".git"
FILESYSTEMS="hammer hammer2 ufs null cd9660 tmpfs"
FCODES=${LOCATE_FCODES:-/var/db/locate.database}
rc=${LOCATE_CONFIG:-/etc/locate.rc}
[ -f "$rc" ] && . "$rc"

# What find is to pass by.
set -f
set --
for t in $FILESYSTEMS; do
	set -- "$@" ! -fstype "$t"
done
[ $# -eq 0 ] || set -- \( "$@" \) -prune -o
for p in $PRUNEPATHS; do
	set -- "$@" -path "$p" -prune -o
done
for d in $PRUNEDIRS; do
	set -- "$@" -name "$d" -type d -prune -o
done
set +f

tmp=$(mktemp "${TMPDIR:-/tmp}/locate.XXXXXX") || exit 1
trap 'rm -f "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
find -s $SEARCHPATHS "$@" -print 2> /dev/null | locate.mklocatedb > "$tmp" ||
	exit 1
# The directory may be another's: the file itself is written.
cat "$tmp" > "$FCODES"
