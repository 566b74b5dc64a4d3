#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The run-time linker, with its system calls translated, loads a program and
# libraries on the build host.  Needs the cross compiler (its headers are the
# tree's own); prints TAP.
set -e
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../../.." && pwd)
cc=${CROSS_CC:-$(ls ${XDG_CACHE_HOME:-$HOME/.cache}/damselfly/toolchain/*/bin/x86_64-unknown-dragonfly5.9-gcc | head -n 1)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/inc"
ln -s "$top/sys/platform/pc64/include" "$work/inc/machine"
ln -s "$top/sys/cpu/x86_64/include" "$work/inc/cpu"
flags="-std=gnu11 -O2 -g -nostdinc -isystem $($cc -print-file-name=include)
    -I$top/include -I$work/inc -I$top/sys -fPIC -ffreestanding
    -fno-tree-loop-distribute-patterns -fvisibility=hidden"
cd "$work"
for f in dlfcn heap libmap load lock object reloc rtld symbol tls trace util utrace; do
	$cc $flags -mgeneral-regs-only -c "$top/libexec/rtld-elf/$f.c"
done
$cc $flags -c "$top/lib/libc/string/errlst.c"
$cc $flags -I"$top/libexec/rtld-elf" -c "$here/linux_calls.c"
# The assembly without its own system calls, entered the Linux way.
sed '/^	CALL	/d; /^rtld_mmap:/,/size	rtld_mmap/d; /rtld_mmap/d' \
    "$top/libexec/rtld-elf/calls.S" > start.S
cat >> start.S <<'END'
	.text
	.globl linux_start
	.hidden linux_start
linux_start:
	movq %rsp, %rdi
	subq $8, %rsp
	jmp .rtld_start
END
$cc -c start.S
$cc -nostdlib -shared -Wl,-Bsymbolic -Wl,-z,defs -Wl,-z,relro -Wl,-z,now \
    -Wl,-e,linux_start -Wl,-soname,ld-elf.so.2 \
    -Wl,--version-script="$top/libexec/rtld-elf/Versions.map" -o ld.so *.o
rm -f *.o
lib="$cc -O1 -fPIC -nostdlib -shared -Wl,-z,relro"
$lib -o libb.so "$here/libb.c" -Wl,-soname,libb.so
echo 'V1 { global: vers; }; V2 { global: *; } V1;' > map
$lib -Wl,--version-script=map -o liba.so "$here/liba.c" -L. libb.so \
    -Wl,-soname,liba.so
$lib -o libc1.so "$here/libc1.c" libb.so
for mode in "" "-Wl,-z,now" "-pie -fPIE"; do
	$cc -O1 -fno-pic $mode -nostdlib -Wl,-z,relro -Wl,--export-dynamic \
	    -Wl,-dynamic-linker,"$work/ld.so" -Wl,--allow-shlib-undefined \
	    -Wl,--unresolved-symbols=ignore-all -o prog "$here/prog.c" \
	    "$here/crt.c" liba.so libb.so
	echo "# mode:$mode"
	LD_LIBRARY_PATH="$work" ./prog one || echo "not ok - exit status $?"
done
echo "1..78"
