#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# service - act on a script of /etc/rc.d
#
# usage: service [-v] name command [argument ...]
#        service -e | -l | -r

usage() {
	echo "usage: service [-v] <rc.d script> start|stop|etc." >&2
	echo "       service -e | -l | -r" >&2
	exit 1
}

. /etc/rc.subr
load_rc_config

verbose= mode=
while getopts elrv opt; do
	case $opt in
	e|l|r) mode=$opt ;;
	v) verbose=yes ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))

dirs=/etc/rc.d
for d in $local_startup; do
	[ -d "$d" ] && dirs="$dirs $d"
done

case $mode in
l)
	for d in $dirs; do
		ls "$d"
	done
	exit 0
	;;
e|r)
	scripts=
	for d in $dirs; do
		for f in "$d"/*; do
			[ -f "$f" ] && scripts="$scripts $f"
		done
	done
	for script in $(rcorder -s nostart $scripts 2> /dev/null); do
		if [ "$mode" = r ]; then
			echo "$script"
			continue
		fi
		variable=$(sed -n 's/^rcvar=//p' "$script" | sed 1q)
		case $variable in
		''|*\$*)
			;;
		*)
			checkyesno "$variable" 2> /dev/null && echo "$script"
			;;
		esac
	done
	exit 0
	;;
esac

[ $# -ge 2 ] || usage
script=$1
shift
for d in $dirs; do
	if [ -x "$d/$script" ]; then
		[ -n "$verbose" ] && echo "$script is located in $d"
		cd /
		exec env -i HOME=/ PATH=/sbin:/bin:/usr/sbin:/usr/bin \
		    "$d/$script" "$@"
	fi
done
echo "$script does not exist in ${dirs# } (or is not executable)" >&2
exit 1
