#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# rmuser - removes users and what belongs to them
#
# usage: rmuser [-y] [-f file] [user ...]

yes=no
file=
while getopts yf: opt; do
	case $opt in
	y) yes=yes ;;
	f) file=$OPTARG ;;
	*) echo "usage: rmuser [-y] [-f file] [user ...]" >&2; exit 64 ;;
	esac
done
shift $((OPTIND - 1))
if [ "$(id -u)" != 0 ]; then
	echo "rmuser: you are not the super-user" >&2
	exit 77
fi

confirm() {
	[ $yes = no ] || return 0
	printf '%s ' "$1"
	read -r answer || return 1
	case $answer in [yY]*) return 0 ;; esac
	return 1
}

remove() {
	entry=$(pw usershow -n "$1" 2> /dev/null)
	if [ -z "$entry" ]; then
		echo "rmuser: user ($1) does not exist" >&2
		return 1
	fi
	uid=$(echo "$entry" | cut -d: -f3)
	home=$(echo "$entry" | cut -d: -f9)
	if [ "$uid" = 0 ]; then
		echo "rmuser: $1 has uid 0 and cannot be removed" >&2
		return 1
	fi
	echo "Matching password entry:"; echo; echo "$entry" | sed 's/:[^:]*/:*/'
	echo
	confirm "Is this the entry you wish to remove?" || return 0
	option=
	if [ -d "$home" ] && [ "$(stat_owner "$home")" = "$uid" ]; then
		confirm "Remove user's home directory ($home)?" && option=-r
	fi
	printf 'Removing user (%s): mailspool' "$1"
	rm -f "/var/mail/$1" "/var/cron/tabs/$1"
	[ -z "$option" ] || printf ' home'
	printf ' passwd.\n'
	pw userdel -n "$1" $option
}

stat_owner() {
	ls -ldn "$1" | awk '{ print $3 }' 2> /dev/null ||
	    ls -ldn "$1" | tr -s ' ' | cut -d' ' -f3
}

status=0
if [ -n "$file" ]; then
	# The list must not be what the questions are answered from.
	set -- "$@" $(grep -v '^#' "$file")
fi
if [ $# -eq 0 ]; then
	printf 'Please enter one or more usernames: '
	read -r names
	set -- $names
fi
for u; do
	remove "$u" || status=1
done
exit $status
