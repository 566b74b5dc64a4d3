#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Builds the cross toolchain once per recipe and prints its prefix.
#
# usage: build.sh [-j jobs] [-p]
#
# -p only prints where the toolchain is or would be.  The prefix lies outside
# the tree, in ${DAMSELFLY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/damselfly},
# under a name derived from the recipe and from the versions of the packages
# it is made from, so that a changed recipe never meets an old toolchain.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
jobs=$(nproc)
print_only=no
while getopts j:p opt; do
	case $opt in
	j) jobs=$OPTARG ;;
	p) print_only=yes ;;
	*) echo "usage: build.sh [-j jobs] [-p]" >&2; exit 64 ;;
	esac
done

triple=x86_64-unknown-dragonfly5.9
cache=${DAMSELFLY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/damselfly}
packages="binutils-source gcc-12-source gcc-12 libc6 libgmp10 libmpfr6 libmpc3 zlib1g"
versions=$(dpkg-query -W $packages 2>/dev/null) || {
	echo "build.sh: missing packages; need: $packages" >&2
	exit 69
}
key=$( { cat "$here/recipe.sh"; echo "$versions"; } | sha256sum | cut -c1-16)
prefix=$cache/toolchain/$key

if [ "$print_only" = yes ] || [ -e "$prefix/.complete" ]; then
	echo "$prefix"
	exit 0
fi

mkdir -p "$cache/toolchain"
exec 9> "$cache/toolchain/lock"
flock 9
if [ ! -e "$prefix/.complete" ]; then
	rm -rf "$prefix"
	work=$(mktemp -d "$cache/toolchain/work.XXXXXX")
	trap 'rm -rf "$work"' EXIT INT TERM
	log=$cache/toolchain/$key.log
	echo "building the cross toolchain (about 8 minutes, once); log: $log" >&2
	unset LIBRARY_PATH CPATH C_INCLUDE_PATH CPLUS_INCLUDE_PATH MAKEFLAGS
	PATH=$prefix/bin:/usr/bin:/bin
	MAKEINFO=true
	export PATH MAKEINFO
	. "$here/recipe.sh"
	if ! recipe > "$log" 2>&1; then
		tail -n 40 "$log" >&2
		echo "build.sh: toolchain build failed; see $log" >&2
		exit 1
	fi
	: > "$prefix/.complete"
fi
echo "$prefix"
