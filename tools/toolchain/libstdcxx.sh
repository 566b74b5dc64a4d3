#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The C++ library: builds libstdc++ and libatomic for the target once per
# toolchain, recipe and state of the C headers, keeps the result beside the
# toolchain, and copies it where it is needed.
#
# usage: libstdcxx.sh sysroot | install destdir
#
#	sysroot	builds if need be; headers and libraries go to $SYSROOT
#	install	the shared libraries that programs run with
#
# The sources come from the package the compiler came from.  The libraries
# need the C library and its thread and mathematics libraries to be in
# $SYSROOT: configure asks by linking what they offer.

set -eu
: "${TOOLCHAIN:?}" "${SYSROOT:?}" "${GCCLIBDIR:?}"
triple=x86_64-unknown-dragonfly5.9
cache=${DAMSELFLY_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/damselfly}/libstdcxx
tarball=/usr/src/gcc-12/gcc-12.2.0-dfsg.tar.xz
tool=$TOOLCHAIN/bin/$triple

# What configure and the sources can see of the C library.
headers="
assert.h complex.h ctype.h dirent.h endian.h errno.h fcntl.h fenv.h iconv.h
inttypes.h langinfo.h limits.h locale.h math.h poll.h pthread.h sched.h
semaphore.h setjmp.h signal.h stdarg.h stdint.h stdio.h stdlib.h string.h
strings.h tgmath.h time.h uchar.h unistd.h utime.h wchar.h wctype.h xlocale.h
sys/cdefs.h sys/types.h sys/stat.h sys/statvfs.h sys/time.h sys/ioctl.h
sys/uio.h sys/resource.h sys/sysctl.h sys/link_elf.h sys/_pthreadtypes.h"

key=$( { echo "$TOOLCHAIN"; cat "$0"; cd "$SYSROOT/usr/include" &&
    for h in $headers; do
	[ ! -e "$h" ] || { echo "== $h"; cat "$h"; }
    done; } | sha256sum | cut -c1-16)
kept=$cache/$key

fail() {
	tail -n 25 "$1" | cut -c1-400 >&2
	echo "libstdcxx.sh: failed; log: $1" >&2
	exit 1
}

# The parts of the compiler's sources that the two libraries are made from.
# Manual and test suite are left out; configure only wants to see the files.
unpack() {
	tar -C "$work" --strip-components=1 -xf "$tarball" \
	    --exclude=libstdc++-v3/testsuite --exclude=libstdc++-v3/doc \
	    --wildcards 'gcc-12.2.0/config*' 'gcc-12.2.0/lt*' \
	    gcc-12.2.0/libstdc++-v3 gcc-12.2.0/libatomic gcc-12.2.0/libgcc \
	    gcc-12.2.0/libiberty gcc-12.2.0/libbacktrace gcc-12.2.0/include \
	    gcc-12.2.0/gcc/BASE-VER gcc-12.2.0/gcc/DATESTAMP \
	    gcc-12.2.0/install-sh gcc-12.2.0/libtool-ldflags \
	    gcc-12.2.0/missing gcc-12.2.0/mkinstalldirs \
	    gcc-12.2.0/move-if-change gcc-12.2.0/symlink-tree \
	    gcc-12.2.0/multilib.am gcc-12.2.0/depcomp gcc-12.2.0/compile
	for d in doc doc/xsl testsuite; do
		mkdir -p "$work/libstdc++-v3/$d"
		echo 'all install check clean:' \
		    > "$work/libstdc++-v3/$d/Makefile.in"
	done
	: > "$work/libstdc++-v3/doc/xsl/customization.xsl.in"
	# As in the toolchain's recipe: configure must test what it links
	# (doc/reference/toolchain.md section 1).
	sed -i 's/^  \*-linux\* | \*-uclinux\* |/  *-dragonfly* | *-linux* | *-uclinux* |/' \
	    "$work/libstdc++-v3/configure"
}

# configure_and_make library argument...
#
# The C driver compiles the C++ sources: it adds no libstdc++ to link lines,
# and without -nostdinc++ the probes would see an installed one's headers.
# configure and make must run under the same shell.
configure_and_make() {
	library=$1
	shift
	build=$work/build/$triple/$library
	mkdir -p "$build"
	cd "$build"
	flags="--sysroot=$SYSROOT -B$GCCLIBDIR/ -ffile-prefix-map=$work=. -Wl,-rpath-link,$SYSROOT/lib:$SYSROOT/usr/lib"
	CONFIG_SHELL=/bin/bash CC="$tool-gcc $flags" \
	    CXX="$tool-gcc -shared-libgcc $flags -nostdinc++" \
	    CFLAGS="-O2 -g0" CXXFLAGS="-O2 -g0" AR="$tool-ar" \
	    RANLIB="$tool-ranlib" NM="$tool-nm" STRIP="$tool-strip" \
	    bash "$work/$library/configure" --build=x86_64-pc-linux-gnu \
	    --host=$triple --target=$triple --prefix=/usr --libdir=/usr/lib \
	    --with-cross-host=x86_64-pc-linux-gnu --with-gnu-ld \
	    --enable-shared --disable-multilib --disable-nls "$@" \
	    > "$cache/$library.log" 2>&1 || fail "$cache/$library.log"
	make -j"$(nproc)" >> "$cache/$library.log" 2>&1 &&
	make DESTDIR="$work/stage" install >> "$cache/$library.log" 2>&1 ||
	    fail "$cache/$library.log"
}

# Headers and libraries where the system has them, and nothing else.
collect() {
	mkdir -p "$work/kept/usr/lib" "$work/kept/usr/include"
	cp -R "$work/stage/usr/include/c++" "$work/kept/usr/include/"
	find "$work/stage" \( -name 'lib*.a' -o -name 'lib*.so*' \) \
	    ! -name '*.py' -exec cp -P {} "$work/kept/usr/lib/" \;
	for f in "$work"/kept/usr/lib/*.so.[0-9]*; do
		"$tool-strip" --strip-unneeded "$f"
	done
	[ -e "$work/kept/usr/lib/libstdc++.so.6" ] &&
	[ -e "$work/kept/usr/lib/libatomic.so.3" ]
}

build() {
	work=$(mktemp -d "$cache/work.XXXXXX")
	trap 'rm -rf "$work"' EXIT INT TERM
	echo "building libstdc++ (about a minute, once); logs in $cache" >&2
	unpack
	mkdir -p "$work/build/$triple"
	cp -R "$TOOLCHAIN/target-libs/build/gcc" "$work/build/gcc"
	# libstdc++ takes the thread glue from libgcc's build directory.
	mkdir "$work/build/$triple/libgcc"
	ln -s "$work/libgcc/gthr-posix.h" \
	    "$work/build/$triple/libgcc/gthr-default.h"
	configure_and_make libstdc++-v3 --disable-libstdcxx-pch \
	    --with-gxx-include-dir=/usr/include/c++/12
	configure_and_make libatomic
	collect
	rm -rf "$kept"
	mv "$work/kept" "$kept"
	: > "$kept/.complete"
}

case ${1:-} in
sysroot)
	mkdir -p "$cache"
	unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOBJDIRPREFIX MAKE LIBRARY_PATH \
	    CPATH || :
	exec 9> "$cache/lock"
	flock 9
	[ -e "$kept/.complete" ] || build
	[ -e "$SYSROOT/usr/include/c++/.$key" ] && exit 0
	rm -rf "$SYSROOT/usr/include/c++"
	cp -R "$kept/usr" "$SYSROOT/"
	: > "$SYSROOT/usr/include/c++/.$key"
	;;
install)
	dest=$2
	mkdir -p "$dest/usr/lib/gcc80"
	for l in libstdc++.so.6 libatomic.so.3; do
		install -m 444 "$SYSROOT/usr/lib/$l" "$dest/usr/lib/$l"
	done
	# The names and the place of the original's own compiler.
	ln -sfn ../libstdc++.so.6 "$dest/usr/lib/gcc80/libstdc++.so.9"
	ln -sfn ../../../lib/libgcc_s.so.1 \
	    "$dest/usr/lib/gcc80/libgcc_pic.so.1"
	;;
*)
	echo "usage: libstdcxx.sh sysroot | install destdir" >&2
	exit 64
	;;
esac
