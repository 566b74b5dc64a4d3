#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# rcrun - act on services, and keep what became of them
#
# usage: rcrun command script ...; rclist [script ...]
#
# Under the name rcCOMMAND the command is part of the name.

PATH=/sbin:/bin:/usr/sbin:/usr/bin
export PATH
. /etc/rc.subr
load_rc_config

usage() {
	echo "usage: rcrun action rcscript1 ..." >&2
	echo "       rcstart, rcstop, rcrestart, rcreload, rcstatus, rcvar," \
	    "rcforce, rcfast, rcone," >&2
	echo "       rcenable, rcdisable rcscript1 ...; rclist [rcscript1 ...]" >&2
	exit 1
}

# all_scripts: every script, in order of names.
all_scripts() {
	for dir in /etc/rc.d $local_startup; do
		for f in "$dir"/*; do
			[ -f "$f" ] && [ -x "$f" ] && echo "$f"
		done
	done
}

# find_script name: by the file's name or by what it provides.
find_script() {
	for dir in /etc/rc.d $local_startup; do
		if [ -x "$dir/$1" ]; then
			echo "$dir/$1"
			return 0
		fi
	done
	for f in $(all_scripts); do
		case " $(script_provides "$f") " in
		*" $1 "*) echo "$f"; return 0 ;;
		esac
	done
	echo "$0: no script for $1" >&2
	return 1
}

# state_of script: from the variable that rc and this program set.
state_of() {
	for p in $(script_provides "$1"); do
		varsym -qs "rcng_$p" 2> /dev/null && return
	done
	echo unknown
}

list() {
	for f; do
		for p in $(script_provides "$f"); do
			state=$(varsym -qs "rcng_$p" 2> /dev/null) || state=unknown
			printf '%-24s %s\n' "$p" "$state"
		done
	done
}

# act action script
act() {
	( run_rc_script "$2" "$1" )
	state=$?
	case $1 in
	*rcvar|*status|*poll)
		return 0
		;;
	esac
	i=0
	for word in $rc_states; do
		if [ $i = $state ]; then
			for p in $(script_provides "$2"); do
				varsym -s "rcng_$p=$word"
			done
		fi
		i=$((i + 1))
	done
	[ $state != 1 ]
}

# enable script YES|NO: notes it in /etc/rc.conf.
enable() {
	variable=$(sed -n 's/^rcvar=//p' "$1" | sed 1q)
	case $variable in
	'')
		echo "$0: $1 has no variable to set" >&2
		return 1
		;;
	esac
	[ -f /etc/rc.conf ] && cp -p /etc/rc.conf /etc/rc.conf.bak
	{
		[ -f /etc/rc.conf ] &&
			grep -v "^$variable=.*# rcrun enable" /etc/rc.conf
		printf '%s=%s\t# rcrun enable %s\n' "$variable" "$2" "$variable"
	} > /etc/rc.conf.new && mv /etc/rc.conf.new /etc/rc.conf
	_rc_config_loaded=
	load_rc_config
}

action=$(basename "$0" .sh)
action=${action#rc}
if [ "$action" = run ]; then
	[ $# -gt 0 ] || usage
	action=$1
	shift
fi
case $action in
list)
	if [ $# = 0 ]; then
		# shellcheck disable=SC2046
		list $(all_scripts)
		exit 0
	fi
	;;
force|fast|one)
	action=${action}start
	;;
var)
	action=rcvar
	;;
esac
[ $# -gt 0 ] || usage
rc=0
for name; do
	script=$(find_script "$name") || { rc=1; continue; }
	case $action in
	list) list "$script" ;;
	enable) enable "$script" YES && act start "$script" || rc=1 ;;
	disable) act forcestop "$script"; enable "$script" NO || rc=1 ;;
	*) act "$action" "$script" || rc=1 ;;
	esac
done
exit $rc
