#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes the directories of an installed system below a root directory, on a
# host that may have no mtree(8): all those of mtree/BSD.*.dist.
#
# usage: hierarchy.sh root
#
# Owners other than root:wheel go to ROOT.owners (see share/mk/bsd.own.mk).

set -eu
[ $# -eq 1 ] || { echo "usage: hierarchy.sh root" >&2; exit 64; }
root=$1
here=$(cd "$(dirname "$0")" && pwd)

# directories prefix: of a specification, lines "mode path [owner:group]".
directories() {
	awk -v prefix="$1" '
	function value(words, n, key, i) {
		for (i = 1; i <= n; i++)
			if (index(words[i], key "=") == 1)
				return substr(words[i], length(key) + 2)
		return ""
	}
	$1 == "/set" {
		n = split($0, w)
		mode = value(w, n, "mode")
		user = value(w, n, "uname")
		group = value(w, n, "gname")
	}
	/^#/ || $1 == "/set" || NF == 0 { next }
	$1 == ".." { depth--; next }
	{
		n = split($0, w)
		path[++depth] = $1
		p = prefix
		for (i = 2; i <= depth; i++)
			p = p (p == "" ? "" : "/") path[i]
		if (p == prefix)
			next
		m = value(w, n, "mode"); u = value(w, n, "uname")
		g = value(w, n, "gname")
		m = m == "" ? mode : m
		u = u == "" ? user : u
		g = g == "" ? group : g
		print m, p, (u ":" g == "root:wheel" ? "" : u ":" g)
	}'
}

{
	directories "" < "$here/mtree/BSD.root.dist"
	directories usr < "$here/mtree/BSD.usr.dist"
	directories var < "$here/mtree/BSD.var.dist"
} | while read -r mode dir owner; do
	mkdir -p "$root/$dir"
	chmod "$mode" "$root/$dir"
	[ -z "$owner" ] || echo "/$dir $owner" >> "${root%/}.owners"
done
