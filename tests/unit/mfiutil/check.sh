#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: check OUT: runs OUT/mfiutil with each line of "commands"; the output
# must be that of "expected".  A line may begin with the answer to a question
# and a bar, or with bad: for firmware that lies (the end of the output, then).
out=$1
export TZ=UTC0 POSIXLY_CORRECT=1
head -c 2048 /dev/zero > "$out/image"
head -c 100 /dev/zero > "$out/short"
while read -r line; do
	echo "# $line"
	args=$line answer= model=good
	case $line in
	"bad: "*) model=bad args=${line#bad: } ;;
	*" | "*) answer=${line%% | *} args=${line#* | } ;;
	esac
	args=$(echo "$args" | sed "s,OUT/,$out/,")
	eval "set -- $args"
	echo "$answer" | MODEL=$model "$out/mfiutil" "$@" > "$out/stdout" \
	    2> "$out/stderr"
	echo "status $?" >> "$out/stderr"
	case $model in
	bad) tail -n 3 "$out/stdout" ;;
	*) cat "$out/stdout" ;;
	esac | sed "s,$out/,OUT/,"
	sed "s,$out/,OUT/," "$out/stderr"
done < commands > "$out/all"
awk -v dir="$out" '/^# / { f = dir "/" ++n ".want" } f { print > f }' expected
awk -v dir="$out" '/^# / { f = dir "/" ++n ".got" } f { print > f }' \
    "$out/all"
n=0
while read -r line; do
	n=$((n + 1))
	if cmp -s "$out/$n.want" "$out/$n.got"; then
		echo "ok $n - mfiutil $line"
	else
		echo "not ok $n - mfiutil $line"
		diff "$out/$n.want" "$out/$n.got" | sed 's/^/# /'
	fi
done < commands
echo "1..$n"
