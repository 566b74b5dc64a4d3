#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Installs the public headers.
#
# usage: install.sh srctop includedir
#
# From include/ everything, from the kernel's sources the directories below.
# A header is copied only when it differs, so that its date, and with it what
# was compiled against it, stays.

set -eu
[ $# -eq 2 ] || { echo "usage: install.sh srctop includedir" >&2; exit 64; }
top=$1 dest=$2
mkdir -p "$dest"

copy() {	# copy file file
	if ! cmp -s "$1" "$2"; then
		mkdir -p "$(dirname "$2")"
		install -m 444 "$1" "$2"
	fi
}

copy_dir() {	# copy_dir from to
	[ -d "$1" ] || return 0
	( cd "$1" && find . -name '*.h' ) | while read -r h; do
		copy "$1/$h" "$2/$h"
	done
}

copy_dir "$top/include" "$dest"
copy_dir "$top/sys/sys" "$dest/sys"
copy_dir "$top/sys/platform/pc64/include" "$dest/machine"
copy_dir "$top/sys/cpu/x86_64/include" "$dest/cpu"
for d in libprop net netinet netinet6 vm vfs/tmpfs vfs/isofs vfs/ufs vfs/hammer; do
	copy_dir "$top/sys/$d" "$dest/$d"
done
for h in mfireg.h mfi_ioctl.h; do
	copy "$top/sys/dev/raid/mfi/$h" "$dest/dev/raid/mfi/$h"
done
