#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Builds the compiler's run-time libraries for the target against the
# sysroot of this object tree, from the sources the toolchain kept.
#
# usage: target-libs.sh static | shared | install destdir
#
#	static	crtbegin.o, libgcc.a and libgcc_eh.a (headers suffice)
#	shared	libgcc_s.so.1 (needs libc.so)
#
# Results go to $GCCLIBDIR.  Each is built once per toolchain and per state of
# the headers it saw.

set -eu
: "${TOOLCHAIN:?}" "${SYSROOT:?}" "${GCCLIBDIR:?}" "${OBJTREE:?}"
triple=x86_64-unknown-dragonfly5.9
work=$OBJTREE/gcc-target
src=$TOOLCHAIN/target-libs/src
tool=$TOOLCHAIN/bin/$triple
mkdir -p "$GCCLIBDIR" "$work"
unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOBJDIRPREFIX MAKE LIBRARY_PATH || :

# The part of the header state that these libraries can see.
header_key() {
	{ echo "$TOOLCHAIN"; cat "$0"; cd "$SYSROOT/usr/include" &&
	    cat stdio.h stdlib.h string.h unistd.h limits.h time.h pthread.h \
	    sys/types.h sys/_pthreadtypes.h sys/link_elf.h signal.h \
	    2>/dev/null; } | sha256sum | cut -c1-16
}

fail() { tail -n 25 "$1" | cut -c1-400 >&2; echo "target-libs.sh: failed; log: $1" >&2; exit 1; }

configure_libgcc() {
	[ -e "$work/$triple/libgcc/Makefile" ] && return
	rm -rf "$work/gcc" "$work/$triple"
	mkdir -p "$work/$triple/libgcc"
	cp -R "$TOOLCHAIN/target-libs/build/gcc" "$work/gcc"
	cd "$work/$triple/libgcc"
	# $cc is split on purpose: compiler and sysroot.
	CC="$tool-gcc --sysroot=$SYSROOT" CFLAGS="-O2 -g0" AR="$tool-ar" \
	    RANLIB="$tool-ranlib" NM="$tool-nm" STRIP="$tool-strip" \
	    "$src/libgcc/configure" --build=x86_64-pc-linux-gnu \
	    --host=$triple --target=$triple --disable-multilib \
	    --enable-shared --enable-threads=posix --disable-gcov \
	    > "$work/libgcc-configure.log" 2>&1 || fail "$work/libgcc-configure.log"
}

case ${1:-} in
static)
	key=$(header_key)
	[ -e "$GCCLIBDIR/.static.$key" ] && exit 0
	rm -rf "$work/$triple"
	configure_libgcc
	cd "$work/$triple/libgcc"
	make -j"$(nproc)" libgcc.a libgcc_eh.a crtbegin.o crtbeginS.o crtend.o \
	    crtendS.o > "$work/libgcc.log" 2>&1 || fail "$work/libgcc.log"
	cp libgcc.a libgcc_eh.a crtbegin.o crtbeginS.o crtend.o crtendS.o "$GCCLIBDIR/"
	# The driver looks for headers in include/ of every -B directory.
	mkdir -p "$GCCLIBDIR/include"
	cp -L unwind.h "$GCCLIBDIR/include/"
	rm -f "$GCCLIBDIR"/.static.* "$GCCLIBDIR"/.shared.*
	: > "$GCCLIBDIR/.static.$key"
	;;
shared)
	key=$(header_key)
	[ -e "$GCCLIBDIR/.shared.$key" ] && exit 0
	configure_libgcc
	cd "$work/$triple/libgcc"
	CPATH= make -j"$(nproc)" all > "$work/libgcc.log" 2>&1 || fail "$work/libgcc.log"
	cp -P libgcc_s.so libgcc_s.so.1 "$GCCLIBDIR/"
	"$tool-strip" --strip-unneeded "$GCCLIBDIR/libgcc_s.so.1"
	cp "$GCCLIBDIR/libgcc_s.so.1" "$SYSROOT/lib/"
	rm -f "$GCCLIBDIR"/.shared.*
	: > "$GCCLIBDIR/.shared.$key"
	;;
install)
	dest=$2
	mkdir -p "$dest/lib" "$dest/usr/lib"
	install -m 444 "$GCCLIBDIR/libgcc_s.so.1" "$dest/lib/libgcc_s.so.1"
	ln -sfn ../../lib/libgcc_s.so.1 "$dest/usr/lib/libgcc_s.so.1"
	ln -sfn libgcc_s.so.1 "$dest/usr/lib/libgcc_s.so"
	;;
*)
	echo "usage: target-libs.sh static | shared | install destdir" >&2
	exit 64
	;;
esac
