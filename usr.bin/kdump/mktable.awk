# SPDX-License-Identifier: BSD-2-Clause
#
# Makes the table of system calls for sysdecode.c from the kernel's master
# table: for each call its name and its arguments, "type name" each.

BEGIN {
	print "/* Made from syscalls.master by mktable.awk. */"
}
$1 ~ /^[0-9]+$/ && $2 != "ALIAS" {
	line = $0
	sub(/^[0-9]+[ \t]+[A-Z]+[ \t]+/, "", line)
	head = line
	sub(/\(.*/, "", head)
	args = substr(line, length(head) + 2)
	sub(/\).*/, "", args)
	name = head
	sub(/.*[ *]/, "", name)
	ret = substr(head, 1, length(head) - length(name))
	sub(/ +$/, "", ret)
	if (args == "void")
		args = ""
	n = split(args, a, /, */)
	printf "[%d] = { \"%s\", \"%s\", {", $1, name, ret
	for (i = 1; i <= n; i++) {
		type = a[i]
		sub(/[ ][A-Za-z0-9_]*$/, "", type)
		arg = a[i]
		sub(/.*[ *]/, "", arg)
		printf " { \"%s\", \"%s\" },", type, arg
	}
	print " } },"
}
