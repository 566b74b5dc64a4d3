# SPDX-License-Identifier: BSD-2-Clause
# Static assertions from layout.tsv.
BEGIN {
	FS = "\t"
	print "#include <stddef.h>"
	print "#include \"hammer_disk.h\""
	print "#include \"hammer_ioctl.h\""
	print "#include \"hammer_mount.h\""
}
/^#/ || $1 == "struct" || $1 == "hammer_ioc_mrecord_any" { next }
{
	t = ($1 == "hammer_data_ondisk" ? "union " : "struct ") $1
	if ($2 == "(sizeof)") {
		printf "_Static_assert(sizeof(%s) == %s, \"%s\");\n", t, $4, $1
		next
	}
	printf "_Static_assert(offsetof(%s, %s) == %s, \"%s.%s\");\n", t, $2, $3, $1, $2
	printf "_Static_assert(sizeof(((%s *)0)->%s) == %s, \"%s.%s\");\n", t, $2, $4, $1, $2
}
