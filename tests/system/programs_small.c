/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smaller programs for text, names and commands; see programs.h.
 */
#include "programs.h"

static const struct program_case cases[] = {
	{ "ul_marks", "printf 'a_\\bbc\\bc\\n' | ul -i", "abc\n -!\n", 0 },
	{ "ul_terminal", "printf 'x_\\by\\n' | ul -t vt100 | cat -v",
	    "x^[[4my^[[m^O\n", 0 },
	{ "col_reverse", "printf 'top\\nmid\\v\\b\\b\\bUP\\n' | col -bx",
	    "UPp\nmid\n", 0 },
	{ "col_overstrike", "printf 'a_\\bb  \\t\\tc\\n' | col | cat -et; "
	    "printf 'a_\\bb\\n' | col -b", "a_^Hb^I^Ic$\nab\n", 0 },
	{ "col_half_lines", "printf 'H\\0339two\\0338O\\n' | col -x; "
	    "printf 'H\\03392\\n' | col -xf | cat -v",
	    "H   O\n two\nH^[9 2\n", 0 },
	{ "colrm", "echo abcdefgh | colrm 3 5; echo abcdefgh | colrm 3; "
	    "colrm 5 3", "abfgh\nab\ncolrm: illegal start and stop columns\n",
	    64 },
	{ "lam", "seq 3 > f; printf 'x\\ny\\n' > g; lam f -s ' | ' g; "
	    "lam -p 4 f -s: -p -3 g -s '|' f",
	    "1 | x\n2 | y\n3\n   1:x  |1\n   2:y  |2\n   3:   |3\n", 0 },
	{ "pathchk_good", "pathchk /etc/passwd x/y", "", 0 },
	{ "pathchk_portable", "pathchk -p 'a b'",
	    "pathchk: a b: contains non-portable character ` '\n", 1 },
	{ "pathchk_careful", "pathchk -P -- -x",
	    "pathchk: -x: contains a component starting with '-'\n", 1 },
	{ "pathchk_not_a_directory", "pathchk /etc/passwd/x",
	    "pathchk: /etc/passwd/x: Not a directory\n", 1 },
	{ "pathchk_long", "pathchk $(jot -b a -s '' 300) 2>&1 | grep -c 255",
	    "1\n", 0 },
	{ "what", "printf 'xx@(#)prog 1.2\"yy' > w; what w; what -q w; "
	    "echo > e; what -q e", "w:\n\tprog 1.2\nprog 1.2\n", 1 },
	{ "asa", "printf ' a\\n b\\n0c\\n+d\\n' | asa | cat -v",
	    "a\nb\n\nc^Md\n", 0 },
	{ "apply", "apply echo a b; apply -2 echo a b c d; "
	    "apply 'echo %2 %1' a b; apply -0 'echo x' 1 2",
	    "a\nb\na b\nc d\nb a\nx\nx\n", 0 },
	{ "apply_odd", "apply -2 echo a b c 2>&1",
	    "a b\napply: expecting additional argument after \"c\"\n", 1 },
};

int
main(void)
{
	return (RUN(cases));
}
