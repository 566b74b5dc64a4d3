/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs that handle files and their attributes; see programs.h.
 */
#include "programs.h"

static const struct program_case cases[] = {
	{ "chown", "touch f; ln -s f l; chown 5:6 l; stat -f '%u %g' f l; "
	    "chown -h operator l; stat -f %Su l; chown :mail f; "
	    "stat -f %Sg f", "5 6\n0 0\noperator\nmail\n", 0 },
	{ "chown_recursive", "mkdir -p d/e; touch d/e/f g; ln -s ../g d/l; "
	    "chown -R 7 d; stat -f %u d/e/f g d/l", "7\n0\n0\n", 0 },
	{ "chown_bad", "touch f; chown nosuch f",
	    "chown: nosuch: illegal user name\n", 1 },
	{ "chgrp", "touch f; chgrp 9 f; stat -f %g f; chgrp -v 9 f", "9\n",
	    0 },
	{ "chflags", "touch f; chflags uchg f; stat -f %Sf f; rm -f f "
	    "2> /dev/null || echo kept; chflags nouchg f; stat -f %Sf f",
	    "uchg\nkept\n-\n", 0 },
	{ "chmod_verbose", "umask 022; touch f; chmod -vv go= f",
	    "f: 0100644 [-rw-r--r-- ] -> 0100600 [-rw------- ]\n", 0 },
	{ "mkfifo", "mkfifo -m 600 p; stat -f %Sp p; (echo x > p &); cat p",
	    "prw-------\nx\n", 0 },
	{ "mktemp", "f=$(mktemp abc.XXXXXX); stat -f '%Lp %z' $f; "
	    "d=$(mktemp -d -t x); stat -f %Sp $d; rmdir $d",
	    "600 0\ndrwx------\n", 0 },
	{ "realpath", "mkdir d; touch d/f; ln -s d/f l; realpath d/../l | "
	    "sed 's,.*/t/,,'; realpath nosuch 2> /dev/null", "d/f\n", 1 },
	{ "readlink", "ln -s /a/b l; readlink l; readlink /", "/a/b\n", 1 },
	{ "stat_format", "umask 022; echo abc > f; "
	    "stat -f '%z %Sp %OLp %HT %N' f; eval $(stat -s f); "
	    "echo $st_size; ls -l f > g; stat -l f | cmp -s - g; echo $?",
	    "4 -rw-r--r-- 644 Regular File f\n4\n1\n", 0 },
	{ "truncate", "truncate -s 2K f; truncate -s +1 f; stat -f %z f; "
	    "truncate -c -s 1 g; ls g 2> /dev/null", "2049\n", 1 },
	{ "install", "echo a > f; install -m 640 -o 3 -g 4 f g; "
	    "stat -f '%OLp %u %g' g; echo b > f; install -b f g; cat g g.old;"
	    " install -d -m 700 x/y; install -C f x/y; stat -f %OLp x/y/f",
	    "640 3 4\nb\na\n755\n", 0 },
	{ "install_replaces", "echo a > f; echo b > g; ln g h; "
	    "install f g; cat g h", "a\nb\n", 0 },
	{ "lockf", "lockf f echo x; ls f 2> /dev/null; lockf -k f sleep 2 & "
	    "while [ ! -e f ]; do :; done; lockf -t 0 f echo no",
	    "x\nlockf: f: already locked\n", 75 },
	{ "touch_adjust", "touch -t 202001010000.00 f; touch -A 0130 f; "
	    "date -r f '+%H%M%S'", "000130\n", 0 },
	{ "date_move", "date -ju -f %F -v+1m 2023-01-31 +%F; "
	    "date -ju -f %F -v-1d 2024-03-01 +%F", "2023-02-28\n2024-02-29\n",
	    0 },
	{ "mtree", "mkdir -p d/e; echo x > d/f; ln -s f d/l; "
	    "mtree -c -k uid,gid,mode,size,link,sha256 -p d > s; "
	    "mtree -p d < s && echo same; echo y > d/f; rm d/l; chmod 700 d/e;"
	    " touch d/n; mtree -p d < s | sed 's/ *expected.*//'; "
	    "mtree -up d < s > /dev/null; mtree -ep d < s | sed 's/ ex.*//'",
	    "same\n./e changed\n\tpermissions\n./f changed\n\tSHA-256\n"
	    "./n extra\n./l missing (directory entry)\n"
	    "./f changed\n\tSHA-256\n", 0 },
	{ "mtree_makes", "printf '/set type=dir mode=0755\\n.\\n a mode=0700"
	    "\\n  b\\n  ..\\n ..\\n..\\n' > s; mkdir d; "
	    "mtree -deuq -f s -p d > /dev/null; stat -f '%N %OLp' d/a d/a/b",
	    "d/a 700\nd/a/b 755\n", 0 },
	{ "newsyslog", "echo old > log; printf '%s 644 2 * * N\\n' $PWD/log "
	    "> c; newsyslog -F -f c; cat log.0; newsyslog -F -f c; "
	    "newsyslog -F -f c; ls log*; sed 's/.*turned/turned/' log",
	    "old\nlog\nlog.0\nlog.1\nturned over by request\n", 0 },
	{ "fstyp", "fstyp /dev/cd0; printf '\\061\\060R\\305MMA\\310' > f; "
	    "truncate -s 1M f; fstyp f; fstyp /etc/group 2> /dev/null",
	    "cd9660\nhammer\n", 1 },
	{ "whereis", "whereis -bq ls", "/bin/ls\n", 0 },
	{ "find_sorted", "touch b a c; mkdir d; touch d/z d/y; find -s .",
	    ".\n./a\n./b\n./c\n./d\n./d/y\n./d/z\n", 0 },
	{ "find_owners", "touch a b; chown 4711 a; chgrp 4712 b; "
	    "find . -nouser; find . -nogroup", "./a\n./b\n", 0 },
	{ "find_regex", "touch ab AB abb; find -sE . -regex '.*/(ab|x)'; "
	    "find -s . -iregex '.*/ab'", "./ab\n./AB\n./ab\n", 0 },
	{ "find_newer", "touch -t 202601010000 a; touch -t 202602010000 b; "
	    "find . -type f -newermt '2026-01-15'; find . -type f -newer a; "
	    "find . -type f ! -newermm a", "./b\n./b\n./a\n", 0 },
	{ "find_samefile", "touch a c; ln a b; find -s . -samefile a",
	    "./a\n./b\n", 0 },
	{ "find_execdir", "mkdir -p d/e; touch d/e/f; "
	    "find . -name f -execdir sh -c 'basename \"$PWD\"; echo {}' \\;",
	    "e\nf\n", 0 },
	{ "find_quit_depth", "mkdir -p d/e/f; find . -depth 2; "
	    "find -s . -print -quit", "./d/e\n.\n", 0 },
	{ "find_fstype", "find . -fstype tmpfs; find . -fstype procfs; "
	    "find / -maxdepth 1 ! -fstype local -prune -o -name etc -print",
	    ".\n/etc\n", 0 },
	{ "find_flags", "touch a b; chflags nodump a; find . -flags +nodump; "
	    "find . -newerqq a", "./a\n"
	    "find: -newerqq: unknown primary or operator\n", 1 },
};

int
main(void)
{
	return (RUN(cases));
}
