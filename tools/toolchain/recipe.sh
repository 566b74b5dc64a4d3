# SPDX-License-Identifier: BSD-2-Clause
#
# The recipe of the cross toolchain: binutils and GCC for the target triple,
# from Debian's source packages.  Sourced by build.sh, which sets
#
#	triple	 the target	prefix	 where the programs are installed
#	work	 an empty scratch directory	jobs	 how many jobs make runs
#
# The text of this file is part of the cache key: any edit rebuilds.

# The OS headers are not needed to build the compiler, only two facts about
# them: <limits.h> exists, and <sys/link_elf.h> declares dl_iterate_phdr.
recipe_seed_sysroot() {
	mkdir -p "$prefix/seed/usr/include/sys" "$prefix/seed/usr/lib"
	echo '/* present: gcc chains its own limits.h to it */' \
	    > "$prefix/seed/usr/include/limits.h"
	echo '/* dl_iterate_phdr is available */' \
	    > "$prefix/seed/usr/include/sys/link_elf.h"
}

recipe_binutils() {
	mkdir "$work/binutils-build"
	tar -C "$work" -xf /usr/src/binutils/binutils-2.40.tar.xz
	( cd "$work/binutils-build" &&
	CFLAGS="-O1 -g0" CXXFLAGS="-O1 -g0" ../binutils-2.40/configure \
	    --target="$triple" --prefix="$prefix" \
	    --with-sysroot="$prefix/seed" --disable-gdb --disable-gdbserver \
	    --disable-sim --disable-gprofng --disable-gprof --disable-gold \
	    --disable-nls --disable-werror --disable-libctf \
	    --disable-plugins --disable-multilib --with-system-zlib \
	    --without-zstd --without-debuginfod \
	    --enable-deterministic-archives \
	    --enable-default-hash-style=gnu --enable-targets=x86_64-pep &&
	make -j"$jobs" && make install-strip )
}

# Source edits, each with its reason (doc/reference/toolchain.md section 1):
# the emptied manuals of the archive, the system headers that must not be
# rewritten, and libstdc++'s configure, which must test what it links.
recipe_gcc_edit() {
	( cd "$1" &&
	patch -s -p2 < /usr/src/gcc-12/debian/patches/gcc-gfdl-build.diff &&
	sed -i 's@\./fixinc\.sh@-c true@' gcc/Makefile.in &&
	sed -i 's/^  \*-linux\* | \*-uclinux\* |/  *-dragonfly* | *-linux* | *-uclinux* |/' \
	    libstdc++-v3/configure )
}

recipe_gcc() {
	mkdir "$work/gcc-build"
	tar -C "$work" -xf /usr/src/gcc-12/gcc-12.2.0-dfsg.tar.xz
	gsrc=$(echo "$work"/gcc-12.2.0*)
	recipe_gcc_edit "$gsrc"
	( cd "$work/gcc-build" &&
	CFLAGS="-O1 -g0" CXXFLAGS="-O1 -g0" \
	CFLAGS_FOR_TARGET="-O2 -g0" CXXFLAGS_FOR_TARGET="-O2 -g0" \
	"$gsrc/configure" --target="$triple" --prefix="$prefix" \
	    --enable-languages=c,c++ --with-sysroot="$prefix/seed" \
	    --with-native-system-header-dir=/usr/include \
	    --with-gnu-as --with-gnu-ld --enable-checking=release \
	    --disable-nls --disable-bootstrap --disable-multilib \
	    --enable-shared --enable-threads=posix --enable-tls \
	    --enable-initfini-array --disable-lto --disable-plugin \
	    --disable-gcov --disable-libcc1 --disable-libssp \
	    --disable-libquadmath --disable-libgomp --disable-libitm \
	    --disable-libvtv --disable-libsanitizer \
	    --disable-libstdcxx-pch --disable-c++-tools \
	    --without-isl --without-zstd --with-system-zlib &&
	make -j"$jobs" all-gcc && make install-strip-gcc )
	recipe_gcc_keep "$gsrc"
}

# What later builds of libgcc and libstdc++ need (they depend on the OS's
# headers and libc, so they belong to buildworld): the sources, and the
# compiler's generated headers.
recipe_gcc_keep() {
	keep="$prefix/target-libs"
	mkdir -p "$keep/build/gcc"
	( cd "$work/gcc-build/gcc" &&
	cp -R ./*.h libgcc.mvars include include-fixed "$keep/build/gcc/" )
	mkdir -p "$keep/src/gcc"
	( cd "$1" && cp -R libgcc libstdc++-v3 libatomic include config \
	    config.guess config.sub config-ml.in install-sh libtool-ldflags \
	    ltmain.sh missing mkinstalldirs move-if-change symlink-tree \
	    multilib.am depcomp compile "$keep/src/" 2>/dev/null || true
	cp -R gcc/BASE-VER gcc/DATESTAMP gcc/config gcc/common "$keep/src/gcc/"
	cp gcc/*.h gcc/*.def gcc/*.opt "$keep/src/gcc/" 2>/dev/null || true
	rm -rf "$keep/src/libstdc++-v3/testsuite" "$keep/src/libstdc++-v3/doc" )
}

recipe() {
	recipe_seed_sysroot &&
	recipe_binutils && recipe_gcc
}
