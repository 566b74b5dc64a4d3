#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# periodic - run the scripts of a period
#
# usage: periodic daily | weekly | monthly | security | directory ...

PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin
export PATH

usage() {
	echo "usage: periodic <directory of files to execute>" >&2
	echo "or     periodic { daily | weekly | monthly | security }" >&2
	exit 1
}

[ $# -gt 0 ] || usage

# A script that runs "periodic security" says where the report goes.
security_given=${security_output-unset}
[ -r /etc/defaults/periodic.conf ] && . /etc/defaults/periodic.conf
for _f in $periodic_conf_files; do
	[ -r "$_f" ] && . "$_f"
done
[ "$security_given" = unset ] || security_output=$security_given

host=$(hostname)
export host
tmp=$(mktemp -d -t periodic) || exit 1
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' INT TERM HUP

# yes name: whether the variable says yes.
yes() {
	eval "_v=\$$1"
	case $_v in
	[Yy][Ee][Ss]) return 0 ;;
	esac
	return 1
}

# run_scripts name directory...: what the scripts say goes to standard output.
run_scripts() {
	_what=$1
	shift
	for _dir; do
		for _script in "$_dir"/*; do
			[ -x "$_script" ] && [ -f "$_script" ] || continue
			"$_script" < /dev/null > "$tmp/script" 2>&1
			case $? in
			0) _show=${_what}_show_success ;;
			1) _show=${_what}_show_info ;;
			2) _show=${_what}_show_badconfig ;;
			*) _show= ;;
			esac
			if [ -z "$_show" ] || yes "$_show"; then
				cat "$tmp/script"
			fi
		done
	done
}

# deliver name: takes a report on standard input to where it is wanted.
deliver() {
	_what=$1
	eval "_out=\$${_what}_output"
	_title="$host $_what run output"
	if [ "$_what" = security ] && [ -n "$PERIODIC_OUTER" ]; then
		_title="$host $PERIODIC_OUTER security run output"
	fi
	case $_out in
	/*)
		cat >> "$_out"
		;;
	'')
		cat
		;;
	*)
		cat > "$tmp/mail"
		if [ ! -s "$tmp/mail" ]; then
			:
		elif command -v mail > /dev/null; then
			mail -E -s "$_title" $_out < "$tmp/mail"
		else
			# No mail on this system: keep it where it is found.
			cat "$tmp/mail" >> "/var/log/$_what.log"
		fi
		;;
	esac
}

# one argument: under a lock, and only once at a time.
run_period() {
	_arg=$1
	case $_arg in
	/*|./*|../*)
		_dirs=$_arg
		_name=$(basename "$_arg")
		;;
	*)
		_dirs=/etc/periodic/$_arg
		for _d in $local_periodic; do
			[ -d "$_d/$_arg" ] && _dirs="$_dirs $_d/$_arg"
		done
		_name=$_arg
		;;
	esac
	PERIODIC="$_arg${PERIODIC:+ }$PERIODIC"
	PERIODIC_ANTICONGESTION_FILE=${PERIODIC_ANTICONGESTION_FILE:-$tmp/slept}
	[ -t 0 ] && PERIODIC_IS_INTERACTIVE=1 && export PERIODIC_IS_INTERACTIVE
	export PERIODIC PERIODIC_ANTICONGESTION_FILE
	# shellcheck disable=SC2086
	run_scripts "$_name" $_dirs > "$tmp/report"
	if [ -s "$tmp/report" ]; then
		{ echo; echo "-- End of $_name output --"; } >> "$tmp/report"
	fi
	deliver "$_name" < "$tmp/report"
}

status=0
for arg; do
	case $arg in
	*/*) [ -d "$arg" ] || { echo "$0: $arg not found" >&2; exit 1; } ;;
	esac
	if [ -z "$PERIODIC_LOCKED" ] || [ "$PERIODIC_LOCKED" != "$arg" ]; then
		lock=/var/run/periodic.$(basename "$arg").lock
		PERIODIC_LOCKED=$arg PERIODIC_OUTER=${PERIODIC_LOCKED} \
		    lockf -s -k -t 0 "$lock" "$0" "$arg"
		case $? in
		0)
			;;
		73)
			echo "can't create $lock" | deliver "$(basename "$arg")"
			status=1
			;;
		75)
			echo "$host $arg prior run still in progress" |
			    deliver "$(basename "$arg")"
			status=1
			;;
		*)
			status=1
			;;
		esac
	else
		run_period "$arg"
	fi
done
exit $status
