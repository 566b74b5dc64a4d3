#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# names.sh - the names that getconf knows, from the headers
#
# usage: names.sh include_directory
#
# _SC_X is the number of X for sysconf, _SC_2_X that of POSIX2_X; likewise
# _PC_ for pathconf and _CS_ for confstr.

dir=$1

table() {	# table prefix name
	echo "const struct name_number $2[] = {"
	cat "$dir/unistd.h" "$dir/sys/unistd.h" 2> /dev/null |
	    sed -n "s/^#define[ 	][ 	]*\\($1[A-Z0-9_a-z]*\\)[ 	].*/\\1/p" |
	    sort -u | while read -r macro; do
		name=${macro#"$1"}
		case $name in
		2_*) name=POSIX2_${name#2_} ;;
		esac
		echo "	{ \"$name\", $macro },"
	done
	echo "	{ NULL, 0 }"
	echo "};"
	echo
}

echo "/* Made by names.sh from the headers. */"
echo "#include <limits.h>"
echo "#include <stddef.h>"
echo "#include <unistd.h>"
echo "#include \"getconf.h\""
echo
table _CS_ confstr_names
table _SC_ sysconf_names
table _PC_ pathconf_names
echo "const struct name_value limit_names[] = {"
for n in CHAR_BIT CHAR_MAX CHAR_MIN INT_MAX INT_MIN LONG_BIT LONG_MAX \
    LONG_MIN MB_LEN_MAX NL_ARGMAX NL_LANGMAX NL_MSGMAX NL_SETMAX NL_TEXTMAX \
    SCHAR_MAX SCHAR_MIN SHRT_MAX SHRT_MIN SSIZE_MAX UCHAR_MAX USHRT_MAX \
    WORD_BIT _POSIX_ARG_MAX _POSIX_CHILD_MAX _POSIX_LINK_MAX \
    _POSIX_MAX_CANON _POSIX_MAX_INPUT _POSIX_NAME_MAX _POSIX_NGROUPS_MAX \
    _POSIX_OPEN_MAX _POSIX_PATH_MAX _POSIX_PIPE_BUF _POSIX_SSIZE_MAX \
    _POSIX_STREAM_MAX _POSIX_TZNAME_MAX _POSIX2_BC_BASE_MAX \
    _POSIX2_BC_DIM_MAX _POSIX2_BC_SCALE_MAX _POSIX2_BC_STRING_MAX \
    _POSIX2_EXPR_NEST_MAX _POSIX2_LINE_MAX _POSIX2_RE_DUP_MAX; do
	echo "#ifdef $n"
	echo "	{ \"$n\", (long)$n },"
	echo "#endif"
done
echo "	{ NULL, 0 }"
echo "};"
