# SPDX-License-Identifier: BSD-2-Clause
#
# Runs in the system: test scripts of packages built with automake, as their
# "make check" would, but with the installed programs.
#
# usage: sh automake-run.sh [-t] dir
#
# dir holds the package's directory of tests, under its own name, with what
# the scripts expect beside it (config.h).  -t: scripts run in the directory
# above.  Scripts are those that read the package's init.sh or test-lib.sh.
# BUILT_PROGRAMS names what the package installs.
# A status of 0 is a pass, 77 means that it found nothing to test here.

above=
[ "$1" = -t ] && { above=yes; shift; }
dir=$1
top=$(mktemp -d /tmp/check.XXXXXX)
cp -R "$(dirname "$dir")/." "$top"
chmod -R u+w "$top"
name=$(basename "$dir")
mkdir -p "$top/src" "$top/lib" "$top/sed"
ln -s /usr/bin/sed "$top/sed/sed"
cd "$top/$name" || exit 1
scripts=$(grep -lE '^\. .*(init|test-lib)\.sh' * | grep -vE '(^init|-lib\.sh$|\.pl$)')
if [ -n "$above" ]; then
	scripts=$(echo "$scripts" | sed "s,^,$name/,")
	cd "$top" || exit 1
fi
export VERSION="${PACKAGE_VERSION:-}" LC_ALL=C LANGUAGE=C SHELL=/bin/sh TMPDIR=/tmp
export srcdir=. top_srcdir="$top" abs_srcdir="$PWD" abs_top_srcdir="$top" \
    builddir=. top_builddir="$top" abs_builddir="$PWD" abs_top_builddir="$top" \
    CONFIG_HEADER="$top/config.h" AWK=awk PERL=perl MAKE=gmake EGREP='grep -E' \
    CC=false host_triplet=x86_64-unknown-dragonfly5.9 \
    built_programs="${BUILT_PROGRAMS:-}" fail=0 PACKAGE_BUGREPORT=bugs PR_PROGRAM=false \
    LOCALE_FR=none LOCALE_FR_UTF8=none LOCALE_JA=none PATH_SEPARATOR=: \
    GREP=grep CONFIG_SHELL=/bin/sh
n=0
for t in $scripts; do
	n=$((n + 1))
	( TERM=dumb sh "./$t" ) > "$top/log" 2>&1 < /dev/null 9> /dev/null
	s=$?
	case $s in
	0) echo "ok $n - $t" ;;
	77) echo "ok $n - $t # SKIP $(grep -i skip "$top/log" | tail -n 1 | cut -c 1-60)" ;;
	*)	echo "not ok $n - $t"
		tail -n 15 "$top/log" | sed "s/^/# $s: /" ;;
	esac
done
echo "1..$n"
