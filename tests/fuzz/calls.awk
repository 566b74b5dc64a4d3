# SPDX-License-Identifier: BSD-2-Clause
#
# calls.h of the fuzzer from sys/kern/syscalls.master: every call there is.
BEGIN {
	print "#include \"fuzz.h\""
	print "const struct call calls[] = {"
}
$2 == "STD" {
	line = $0
	sub(/^[^(]*\(/, "", line)
	sub(/\).*/, "", line)
	name = $0
	sub(/\(.*/, "", name)
	sub(/.*[ \t*]/, "", name)
	if (line == "void")
		line = ""
	printf "\t{ %d, \"%s\", \"%s\" },\n", $1, name, line
}
END {
	print "};"
	print "const int ncalls = sizeof(calls) / sizeof(calls[0]);"
}
