/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs about names, times and numbers; see programs.h.
 */
#include "programs.h"

#define SOURCE	"cat > src <<'E'\n" \
		"Rule R 1990 max - Mar lastSun 2:00s 1:00 D\n" \
		"Rule R 1990 max - Oct Sun>=8 3:00 0 S\n" \
		"Zone T/Here 0:20 - LMT 1980\n" \
		"\t1:00 - XST 1995 Jun 1\n" \
		"\t1:00 R X%sT\n" \
		"Zone T/There -3:30 1:00 %z 2000\n" \
		"\t-2:30 - %z\n" \
		"Link T/Here L\n" \
		"E\n"

#define TREE	"mkdir -p s/d; echo one > s/a; echo two > s/d/b; ln s/a s/h; " \
		"ln -s a s/l; chmod 640 s/a; "

static const struct program_case cases[] = {
	{ "pax_archive", TREE "pax -wf t s; pax -f t | sort; mkdir x; cd x; "
	    "pax -rf ../t; cat s/d/b; ls -l s/a | cut -c1-10; "
	    "stat -f %l s/a; readlink s/l; pax -vf ../t s/h | cut -c1-10",
	    "s/\ns/a\ns/d/\ns/d/b\ns/h\ns/l\ntwo\n-rw-r-----\n2\na\n"
	    "-rw-r-----\n", 0 },
	{ "pax_copy", TREE "mkdir y z; pax -rw s y; find -s y; pax -rwl s z; "
	    "stat -f %l z/s/d/b",
	    "y\ny/s\ny/s/a\ny/s/d\ny/s/d/b\ny/s/h\ny/s/l\n2\n", 0 },
	{ "pax_selects", TREE "pax -wf t s; pax -f t s/d; pax -df t s; "
	    "pax -nf t 's/*'; pax -cf t s/d s/a s/h; pax -f t none",
	    "s/d/\ns/d/b\ns/\ns/d/\ns/\ns/l\n"
	    "pax: none: not found in the archive\n", 1 },
	{ "pax_renames", TREE "pax -w s | pax -s ',^s,n&,' -s '/.*b$//' | "
	    "sort; cd s; pax -w a | pax -rs '/a/x&x/p'; cat xax",
	    "ns/\nns/a\nns/d/\nns/d/b\nns/h\nns/l\na >> xax\none\n", 0 },
	{ "pax_keeps", TREE "pax -wf t s/a; echo new > s/a; pax -rkf t; "
	    "cat s/a; touch -t 200001010000 s/a; pax -ruf t; cat s/a",
	    "new\none\n", 0 },
	{ "pax_stays_inside", "echo x > evil; mkdir e t; "
	    "tar -cPf a -C t ../evil; cd e; pax -rf ../a; "
	    "echo bad > b; pax -f b; pax -w -x nosuch b",
	    "pax: ../evil: Path contains '..'\n"
	    "pax: b: Unrecognized archive format\n"
	    "pax: -x: nosuch: No such format 'nosuch'\n", 64 },
	{ "locate", "printf '/a\\n/a/one\\n/a/other\\n/b/One\\n' | "
	    "/usr/libexec/locate.mklocatedb > db; locate -d db one; "
	    "locate -d db -i one; locate -d db '*/o*'; locate -cd db a; "
	    "locate -l 1 -d db a; locate -d db zzz",
	    "/a/one\n/a/one\n/b/One\n/a/one\n/a/other\n3\n/a\n", 1 },
	{ "locate_long_names", "for i in 1 2; do jot -b /dir$i -s '' 150; "
	    "echo; echo /x; done | /usr/libexec/locate.mklocatedb > db; "
	    "locate -d db dir2 | cksum; jot -b /dir2 -s '' 150 | cksum",
	    "3669325857 751\n3669325857 751\n", 0 },
	{ "locate_damaged", "printf '/a\\n/b\\n' | "
	    "/usr/libexec/locate.mklocatedb > db; head -c 10 db > d; "
	    "locate -d d a; echo x > d; locate -d d a",
	    "locate: d: the database is damaged\n"
	    "locate: d: not a database; updatedb makes one\n", 1 },
	{ "updatedb", "mkdir -p d/.git; touch d/e d/.git/f; "
	    "printf \"SEARCHPATHS=$PWD/d\\nPRUNEPATHS=\\nFCODES=$PWD/db\\n\""
	    " > rc; LOCATE_CONFIG=$PWD/rc /usr/libexec/locate.updatedb "
	    "2> /dev/null; locate -d db e | sed \"s,$PWD,,\"",
	    "/d/e\n", 0 },
	{ "builtins", "alias() { :; }; find . -type d -exec cd {} \\; -print; "
	    "env -i /usr/bin/umask; echo a b | /usr/bin/env read x; "
	    "/usr/bin/command -v ls; /usr/bin/wait; echo $?",
	    ".\n0022\n/bin/ls\n0\n", 0 },
	{ "uuidgen", "uuidgen -n 3000 | sort -u | wc -l; uuidgen -o f; "
	    "grep -cE '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' f",
	    "    3000\n1\n", 0 },
	{ "zic_and_zdump", SOURCE "zic -d z src && "
	    "zdump -v -c 1979,1997 $PWD/z/L | sed 's,.*/L *,,'",
	    "Mon Dec 31 23:39:59 1979 UT = Mon Dec 31 23:59:59 1979 LMT "
	    "isdst=0 gmtoff=1200\n"
	    "Mon Dec 31 23:40:00 1979 UT = Tue Jan  1 00:40:00 1980 XST "
	    "isdst=0 gmtoff=3600\n"
	    "Wed May 31 22:59:59 1995 UT = Wed May 31 23:59:59 1995 XST "
	    "isdst=0 gmtoff=3600\n"
	    "Wed May 31 23:00:00 1995 UT = Thu Jun  1 01:00:00 1995 XDT "
	    "isdst=1 gmtoff=7200\n"
	    "Sun Oct  8 00:59:59 1995 UT = Sun Oct  8 02:59:59 1995 XDT "
	    "isdst=1 gmtoff=7200\n"
	    "Sun Oct  8 01:00:00 1995 UT = Sun Oct  8 02:00:00 1995 XST "
	    "isdst=0 gmtoff=3600\n"
	    "Sun Mar 31 00:59:59 1996 UT = Sun Mar 31 01:59:59 1996 XST "
	    "isdst=0 gmtoff=3600\n"
	    "Sun Mar 31 01:00:00 1996 UT = Sun Mar 31 03:00:00 1996 XDT "
	    "isdst=1 gmtoff=7200\n"
	    "Sun Oct 13 00:59:59 1996 UT = Sun Oct 13 02:59:59 1996 XDT "
	    "isdst=1 gmtoff=7200\n"
	    "Sun Oct 13 01:00:00 1996 UT = Sun Oct 13 02:00:00 1996 XST "
	    "isdst=0 gmtoff=3600\n", 0 },
	{ "zic_footer", SOURCE "zic -d z src; tail -n 1 z/T/Here; "
	    "tail -n 1 z/T/There; TZ=$PWD/z/T/Here date -r 4087000000 +%Z",
	    "XST-1XDT,M3.5.0,M10.2.0/3\n<-0230>2:30\nXDT\n", 0 },
	{ "zic_refuses", "echo 'Zone ../x 0 - A' > s; zic -d z s; "
	    "echo 'Zone x 0 Q A' > s; zic -d z s; echo Bad > s; zic -d z s",
	    "zic: ../x: invalid name of a zone\n"
	    "\"x\", line 1: Q: no such rules\n"
	    "\"s\", line 1: input line of unknown type\n", 1 },
	{ "zdump_now", "zdump UTC | sed 's/ .* / ... /'", "UTC ... UTC\n",
	    0 },
	{ "relpath", "cd /; relpath /usr/bin /usr/share/man; "
	    "relpath / /usr/bin; relpath /usr/bin /; relpath /usr /usr; "
	    "relpath /usr/bin /usr", "../share/man\nusr/bin\n../..\n.\n..\n",
	    0 },
	{ "shlock", "shlock -f l -p $$ && cat l | wc -l; shlock -f l; "
	    "echo $?; shlock -f l -p 1; echo $?; echo 99999 > l; shlock -f l; "
	    "echo $?; shlock -f l -p 1; echo $?; cat l; ls",
	    "       1\n0\n1\n1\n0\n1\nl\n", 0 },
	{ "shlock_one_wins", "echo 99999 > l; for i in 1 2 3 4 5 6 7 8; do "
	    "sh -c 'if shlock -f l -p $$; then echo won; "
	    "until [ $(ls | grep -c lost) = 7 ]; do :; done; "
	    "else echo > lost.$$; fi' & done; wait",
	    "won\n", 0 },
	{ "newgrp", "pw useradd nguser -s /bin/sh; pw groupadd nggroup -M "
	    "nguser; pw groupadd ngother; "
	    "echo 'id -gn; id -Gn | grep -o nguser' | "
	    "su nguser -c 'newgrp nggroup'; "
	    "echo 'id -gn' | su nguser -c 'newgrp ngother'",
	    "nggroup\nnguser\n"
	    "newgrp: you are not a member of ngother\nnguser\n", 0 },
};

int
main(void)
{
	return (RUN(cases));
}
