#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# adduser - asks for what a new user needs and has pw(8) make the account
#
# usage: adduser [-S] [-d parent] [-f file] [-g group] [-k skeleton]
#	 [-L class] [-M mode] [-s shell] [-w method]
#
# With -f accounts come from a file of lines
#	name:uid:group:class:change:expire:gecos:home:shell:password

config=/etc/adduser.conf
homeprefix=/home
defaultshell=/bin/sh
defaultclass=
defaultgroup=
udotdir=/usr/share/skel
homeperm=
passwdtype=yes
[ -r "$config" ] && . "$config"
file=
checkshell=yes

usage() {
	echo "usage: adduser [-S] [-d parent] [-f file] [-g group]" >&2
	echo "       [-k skeleton] [-L class] [-M mode] [-s shell] [-w method]" >&2
	exit 64
}

while getopts Sd:f:g:k:L:M:s:w: opt; do
	case $opt in
	S) checkshell=no ;;
	d) homeprefix=$OPTARG ;;
	f) file=$OPTARG ;;
	g) defaultgroup=$OPTARG ;;
	k) udotdir=$OPTARG ;;
	L) defaultclass=$OPTARG ;;
	M) homeperm=$OPTARG ;;
	s) defaultshell=$OPTARG ;;
	w) passwdtype=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || usage
if [ "$(id -u)" != 0 ]; then
	echo "adduser: you are not the super-user" >&2
	exit 77
fi

# The path of a shell given by path or by the last part of it; "" if unknown.
full_shell() {
	case $1 in
	nologin|/sbin/nologin|/usr/sbin/nologin) echo /sbin/nologin; return ;;
	esac
	if [ $checkshell = no ]; then
		echo "$1"
		return
	fi
	grep -v '^#' /etc/shells | while read -r s; do
		if [ "$s" = "$1" ] || [ "${s##*/}" = "$1" ]; then
			echo "$s"
			break
		fi
	done
}

# Makes the account that the variables describe.
make_account() {
	set -- useradd -n "$name" -c "$gecos" -d "$home" -s "$shell" \
	    -k "$udotdir"
	[ "$home" = /nonexistent ] || set -- "$@" -m
	[ -z "$uid" ] || set -- "$@" -u "$uid"
	[ -z "$group" ] || [ "$group" = "$name" ] || set -- "$@" -g "$group"
	[ -z "$groups" ] || set -- "$@" -G "$groups"
	[ -z "$class" ] || set -- "$@" -L "$class"
	[ -z "$change" ] || set -- "$@" -p "$change"
	[ -z "$expire" ] || set -- "$@" -e "$expire"
	[ -z "$perm" ] || set -- "$@" -M "$perm"
	case $method in
	yes)	printf '%s\n' "$password" | pw "$@" -h 0 ;;
	*)	pw "$@" -w "$method" ;;
	esac
}

# ask prompt default: the answer is in $answer
ask() {
	printf '%s [%s]: ' "$1" "$2"
	read -r answer || exit 1
	[ -n "$answer" ] || answer=$2
}

ask_password() {
	saved=$(stty -g 2> /dev/null)
	while :; do
		stty -echo 2> /dev/null
		printf 'Enter password: '
		read -r password; echo
		printf 'Enter password again: '
		read -r again; echo
		[ -z "$saved" ] || stty "$saved"
		[ "$password" = "$again" ] && return
		echo "Passwords did not match!"
	done
}

interactive() {
	while :; do
		printf 'Username: '
		read -r name || exit 1
		case $name in
		''|-*|*[!A-Za-z0-9_.-]*)
			echo "adduser: '$name' is not a valid name" >&2 ;;
		*)	id "$name" > /dev/null 2>&1 || break
			echo "User exists!" ;;
		esac
	done
	printf 'Full name: '
	read -r gecos
	printf 'Uid (Leave empty for default): '
	read -r uid
	ask "Login group" "${defaultgroup:-$name}"; group=$answer
	ask "Login group is $group. Invite $name into other groups?" ""
	groups=$(echo "$answer" | tr ' ' ,)
	ask "Login class" "${defaultclass:-default}"; class=$answer
	[ "$class" != default ] || class=
	while :; do
		ask "Shell ($(grep -v '^#' /etc/shells | sed 's@.*/@@' |
		    tr '\n' ' ')nologin)" "${defaultshell##*/}"
		shell=$(full_shell "$answer")
		[ -z "$shell" ] || break
		echo "Invalid shell!"
	done
	ask "Home directory" "$homeprefix/$name"; home=$answer
	printf 'Home directory permissions (Leave empty for default): '
	read -r perm
	[ -n "$perm" ] || perm=$homeperm
	method=no password=
	ask "Use password-based authentication?" yes
	if [ "$answer" = yes ]; then
		method=yes
		ask "Use an empty password? (yes/no)" no
		if [ "$answer" = yes ]; then
			method=none
		else
			ask "Use a random password? (yes/no)" no
			if [ "$answer" = yes ]; then
				method=random
			else
				ask_password
			fi
		fi
	fi
	ask "Lock out the account after creation?" no; lock=$answer
	change= expire=
	cat <<- END
	Username   : $name
	Full Name  : $gecos
	Uid        : ${uid:-next free}
	Class      : $class
	Groups     : $group $groups
	Home       : $home
	Home Mode  : $perm
	Shell      : $shell
	Locked     : $lock
	END
	ask "OK? (yes/no)" yes
	[ "$answer" = yes ] || return 0
	make_account || return
	[ "$lock" != yes ] || pw lock -n "$name"
	echo "adduser: INFO: Successfully added ($name) to the user database."
}

if [ -n "$file" ]; then
	status=0
	lock=no
	while IFS=: read -r name uid group class change expire gecos home \
	    shell password; do
		case $name in ''|\#*) continue ;; esac
		groups='' perm=$homeperm
		[ -n "$home" ] || home=$homeprefix/$name
		shell=$(full_shell "${shell:-$defaultshell}")
		if [ -z "$shell" ]; then
			echo "adduser: $name: invalid shell" >&2
			status=1
			continue
		fi
		method=$passwdtype
		[ "$method" != yes ] || [ -n "$password" ] || method=no
		make_account || status=1
	done < "$file"
	exit $status
fi
while :; do
	interactive || exit
	ask "Add another user? (yes/no)" no
	[ "$answer" = yes ] || exit 0
done
