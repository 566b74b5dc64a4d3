# SPDX-License-Identifier: BSD-2-Clause
#
# usage: awk -f generate.awk -v out=DIR -v later=later.tsv layout.tsv constants.tsv
#
# Turns the tables of structure layouts and constants into C files of static
# assertions, one a header, DIR/<header with / as ,>.c, and lists the headers
# in DIR/headers.  What later.tsv names is left out.

BEGIN {
	FS = "\t"
	while ((getline line < later) > 0) {
		if (line ~ /^#/ || line == "")
			continue
		split(line, f, "\t")
		skip[f[1], f[2]] = 1
	}
}

/^#/ || $1 == "header" { next }

function skipped(header, name) {
	return ((header, name) in skip || (header, "*") in skip)
}

function emit(header, text) {
	if (!(header in seen)) {
		seen[header] = 1
		order[++nheaders] = header
		body[header] = ""
	}
	body[header] = body[header] text "\n"
}

function assertion(header, cond, what) {
	gsub(/"/, "\\\"", what)
	emit(header, "_Static_assert(" cond ", \"" what "\");")
}

# Type names of the layout table.
FILENAME ~ /layout/ && $1 ~ /^typedef / {
	name = substr($1, 9)
	if ($7 ~ /^(struct|union) \(anon\)$/)
		anonymous[name] = 1
	if ($6 == "" || $4 == "" || skipped($6, name) || name ~ /^__assert/)
		next
	assertion($6, "sizeof(" name ") == " $4, "size of " name)
	if ($5 != "")
		assertion($6, "_Alignof(" name ") == " $5, "alignment of " name)
	next
}

FILENAME ~ /layout/ {
	type = $1
	if ($2 == "(sizeof)") {
		header_of[type] = ($6 ~ /monitoring/) ? "" : $6
		if (header_of[type] == "" || skipped($6, type))
			next
		ctype = type in anonymous ? type : \
		    (type ~ /^union / ? type : "struct " type)
		assertion($6, "sizeof(" ctype ") == " $4, "size of " ctype)
		if ($5 != "")
			assertion($6, "_Alignof(" ctype ") == " $5, "alignment of " ctype)
		next
	}
	header = header_of[type]
	if (header == "" || skipped(header, type) || skipped(header, type "." $2))
		next
	if ($3 ~ /:/)		# bit-fields have no offset in C
		next
	ctype = type in anonymous ? type : \
	    (type ~ /^union / ? type : "struct " type)
	assertion(header, "__builtin_offsetof(" ctype ", " $2 ") == " $3, \
	    "offset of " $2 " in " ctype)
	if ($4 != 0)
		assertion(header, "sizeof(((" ctype " *)0)->" $2 ") == " $4, \
		    "size of " $2 " in " ctype)
	next
}

# Constants.
{
	header = $1; name = $2; value = $3
	if ($5 ~ /monitoring/ || skipped(header, name))
		next
	if (value ~ /^"/)
		cond = "__builtin_strcmp(" name ", " value ") == 0"
	else if (value == "-9223372036854775808")
		cond = "(" name ") == -9223372036854775807L - 1"
	else if (value ~ /^-[0-9]+$/)
		cond = "(long)(" name ") == " value "L"
	else if (value ~ /^[0-9]+$/)
		cond = "(unsigned long)(" name ") == " value "UL"
	else
		cond = "(" name ") == " value
	assertion(header, cond, name " is " value)
}

END {
	for (i = 1; i <= nheaders; i++) {
		header = order[i]
		file = header
		gsub("/", ",", file)
		file = out "/" file ".c"
		print header > (out "/headers")
		# These say themselves what has to come before them.
		if (header == "netinet6/in6.h")
			print "#include <netinet/in.h>" > file
		else if (header == "sys/sockio.h")
			print "#include <net/if.h>\n#include <sys/sockio.h>" > file
		else
			print "#include <" header ">" > file
		printf("%s", body[header]) > file
		close(file)
	}
}
