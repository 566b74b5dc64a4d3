/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs that read, cut and count text; see programs.h.
 */
#include "programs.h"

#define AB	"printf 'a\\nb\\nd\\n' > f; printf 'b\\nc\\nd\\n' > g; "
#define KEYS	"printf 'a 1\\nb 2\\nb 3\\nd 4\\n' > f; " \
		"printf 'b x\\nb y\\nc z\\n' > g; "

static const struct program_case cases[] = {
	{ "comm", AB "comm f g; comm -12 f g",
	    "a\n\t\tb\n\tc\n\t\td\nb\nd\n", 0 },
	{ "paste", AB "paste f g; paste -sd, f; paste - - < f",
	    "a\tb\nb\tc\nd\td\na,b,d\na\tb\nd\t\n", 0 },
	{ "paste_uneven", AB "echo x | paste - f", "x\ta\n\tb\n\td\n", 0 },
	{ "join", KEYS "join f g; join -v1 f g; "
	    "join -a1 -e- -o 0,1.2,2.2 f g",
	    "b 2 x\nb 2 y\nb 3 x\nb 3 y\na 1\nd 4\n"
	    "a 1 -\nb 2 x\nb 2 y\nb 3 x\nb 3 y\nd 4 -\n", 0 },
	{ "fold", "echo abcdefg | fold -w 3; "
	    "echo the quick brown fox | fold -sw 10",
	    "abc\ndef\ng\nthe quick \nbrown fox\n", 0 },
	{ "expand", "printf 'a\\tb\\n' | expand -t 4; "
	    "printf '        a   b\\n' | unexpand | od -An -c",
	    "a   b\n  \\t   a               b  \\n\n", 0 },
	{ "nl", "printf 'a\\n\\nb\\n' | nl; printf 'a\\n' | nl -nrz -w3 -s:",
	    "     1\ta\n       \n     2\tb\n001:a\n", 0 },
	{ "rev_tac", "printf 'ab\\ncd\\n' | rev; printf '1\\n2\\n' | tail -r",
	    "ba\ndc\n2\n1\n", 0 },
	{ "column", "printf 'a b\\nccc d\\n' | column -t; "
	    "jot 6 | column -c 24",
	    "a    b\nccc  d\n1\t3\t5\n2\t4\t6\n", 0 },
	{ "jot_seq", "jot -s, 3 10; jot 3 1 2; seq -s ' ' 5 -2 1; "
	    "seq -w 8 10",
	    "10,11,12\n1\n2\n2\n5 3 1\n08\n09\n10\n", 0 },
	{ "fmt", "echo 'a b c d e f g h' | fmt 5; "
	    "printf 'One.\\nTwo.\\n\\n  x\\n' | fmt",
	    "a b c\nd e f\ng h\nOne.  Two.\n\n  x\n", 0 },
	{ "split", "seq 5 | split -l 2; cat xac; seq 5 | split -b 4 -d - y; "
	    "ls y*; cat y* | cksum; seq 5 | cksum",
	    "5\ny00\ny01\ny02\n2359473401 10\n2359473401 10\n", 0 },
	{ "csplit", "seq 9 > f; csplit -s f /3/ '{1}' 2>&1; csplit f 4 /7/+1",
	    "csplit: /3/: no match\n6\n8\n4\n", 0 },
	{ "look", "printf 'apple\\nband\\nbanner\\ncat\\n' > f; look ban f; "
	    "look zz f", "band\nbanner\n", 1 },
	{ "tsort", "printf 'b c\\na b\\n' | tsort; "
	    "printf 'a b\\nb a\\n' | tsort -q | wc -l",
	    "a\nb\nc\n       2\n", 0 },
	{ "cal_1752", "cal 9 1752 | sed 's/ *$//' | grep .",
	    "   September 1752\nSu Mo Tu We Th Fr Sa\n"
	    "       1  2 14 15 16\n17 18 19 20 21 22 23\n"
	    "24 25 26 27 28 29 30\n", 0 },
	{ "cal_leap", "cal 2 2000 | grep 29; ncal -e 2026; "
	    "ncal -o 2026", "27 28 29\nApril 5 2026\nApril 12 2026\n", 0 },
	{ "hexdump", "printf 'ABC\\001' | hexdump -C; printf ABCD | hexdump",
	    "00000000  41 42 43 01                                       "
	    "|ABC.|\n00000004\n"
	    "0000000 4241 4443                              \n0000004\n", 0 },
	{ "hexdump_format", "printf 'ABCD' | "
	    "hexdump -e '\"%_ad:\" 4/1 \" %02x\" \"\\n\"'",
	    "0: 41 42 43 44\n", 0 },
	{ "od", "printf 'a\\n\\377' | od -c; printf 'ab' | od -An -tx1 -td2",
	    "0000000   a  \\n 377\n0000003\n 61 62\n  25185\n", 0 },
	{ "cksum", "printf 123456789 > f; cksum f; cksum -o 3 f; sum f; "
	    "cksum -o 2 f", "930766865 9 f\n3421780262 9 f\n53615 1 f\n"
	    "477 1 f\n", 0 },
	{ "digests", "for p in md5 sha1 rmd160; do $p -qs abc; done; "
	    "sha256 -s ''; printf abc | sha512 | cut -c1-16",
	    "900150983cd24fb0d6963f7d28e17f72\n"
	    "a9993e364706816aba3e25717850c26c9cd0d89d\n"
	    "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc\n"
	    "SHA256 (\"\") = e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855\nddaf35a193617aba\n", 0 },
	{ "digest_check", "md5 -qs a -c 0cc175b9c0f1b6a831c399e269772661 "
	    "> /dev/null; md5 -q -c 0 /etc/group > /dev/null", "", 2 },
	{ "getopt", "getopt ab: -a -bx y", " -a -b x -- y\n", 0 },
	{ "head_quiet", "echo a > f; head -q f f", "a\na\n", 0 },
	{ "tail_huge_count", "seq 3 | tail -n 999999999999", "1\n2\n3\n", 0 },
	{ "dc", "dc -e '20 k 2 v p 10 3 / p 16 o 255 p [la1+dsa*pla4>y]sy'; "
	    "dc -e '[la1+dsa*pla4>y]sy 0sa1lyx 2 100 ^ p'",
	    "1.41421356237309504880\n3.33333333333333333333\nFF\n"
	    "1\n2\n6\n24\n1267650600228229401496703205376\n", 0 },
	{ "bc", "echo 'scale=3; 7/2; a[2]=5; a[2]++; a[2]; x=1; (x=2)' | bc; "
	    "echo 'define f(n) { if (n <= 1) return (1)\nreturn (n*f(n-1)) }"
	    "\nf(20)' | bc; echo 'obase=16; 255; 1/0' | bc 2>&1",
	    "3.500\n5\n6\n2\n2432902008176640000\nFF\n"
	    "bc: (standard in):1: divide by zero\n", 1 },
	{ "bc_functions", "echo 'scale=25; 4*a(1); e(1); l(2); s(1); c(1); "
	    "j(0,1)' | bc -l", "3.1415926535897932384626432\n"
	    "2.7182818284590452353602874\n.6931471805599453094172321\n"
	    ".8414709848078965066525023\n.5403023058681397174009366\n"
	    ".7651976865579665514497175\n", 0 },
	{ "uuencode", "printf 'ab\\0c\\377' > f; for p in uuencode b64encode;"
	    " do $p f g | uudecode && cmp f g && echo same; done; "
	    "printf abc | b64encode -r", "same\nsame\nYWJj\n", 0 },
	{ "vis", "printf 'a\\001\\t\\377\\\\\\n' | vis; "
	    "printf 'a\\001\\n' | vis | unvis | od -An -c",
	    "a\\^A\t\\M^?\\\\\n   a 001  \\n\n", 0 },
	{ "getconf", "getconf PAGE_SIZE; getconf CHAR_BIT; "
	    "getconf NAME_MAX /; getconf NOSUCH 2> /dev/null",
	    "4096\n8\n255\n", 64 },
	{ "pr", "seq 5 | pr -t -2 -w 20 -l 3; seq 2 > f; echo x | "
	    "pr -tmn -s: - f; seq 70 | pr -h H | sed 's/^.*H P/H P/' | "
	    "sed -n -e '3p' -e '69p'",
	    "1         4\n2         5\n3\n    1\tx:1\n    2\t:2\n"
	    "H Page 1\nH Page 2\n", 0 },
	{ "ed", "seq 5 > f; printf '%s\\n' '2,3d' '$=' 'g/4/s/$/x/' 1a new . "
	    "'1,2m$' ,p u ,p w q | ed -s f; cat f",
	    "3\n4x\n5\n1\nnew\n1\nnew\n4x\n5\n1\nnew\n4x\n5\n", 0 },
	{ "ed_errors", "printf '%s\\n' 9p H 'a' x . q q | ed -s > o; "
	    "echo $?; cat o; printf '!date\\nq\\n' | red -s",
	    "2\n?\ninvalid address\n?\nwarning: buffer modified\n?\n", 2 },
	{ "cmp_hex", "printf ab > f; printf ac > g; cmp -x f g",
	    "00000001 62 63\n", 1 },
};

int
main(void)
{
	return (RUN(cases));
}
