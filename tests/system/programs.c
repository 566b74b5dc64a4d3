/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The base programs; see programs.h.
 */
#include "programs.h"

static const struct program_case cases[] = {
	{ "echo", "echo a b; echo -n c", "a b\nc", 0 },
	{ "printf", "printf '%d|%5.2f|%s\\n' 7 2.5 x", "7| 2.50|x\n", 0 },
	{ "cat", "printf 'a\\nb\\n' > f; cat -n f; cat f - < f",
	    "     1\ta\n     2\tb\na\nb\na\nb\n", 0 },
	{ "cat_missing", "cat /nonexistent",
	    "cat: /nonexistent: No such file or directory\n", 1 },
	{ "cp_mv_rm", "echo x > a; cp a b; mv b c; cat c; rm a c; ls", "x\n",
	    0 },
	{ "cp_recursive", "mkdir -p d/e; echo 1 > d/e/f; cp -R d g; cat g/e/f",
	    "1\n", 0 },
	{ "ln", "echo x > a; ln a b; ln -s a c; cat b c; rm a; cat b",
	    "x\nx\nx\n", 0 },
	{ "mkdir_exists", "mkdir d; mkdir d", "mkdir: d: File exists\n", 1 },
	{ "rmdir_full", "mkdir -p d/e; rmdir d",
	    "rmdir: d: Directory not empty\n", 1 },
	/* The superuser sees names that begin with a dot. */
	{ "ls_sorted", "touch b a c .h; ls; ls -a", ".h\na\nb\nc\n.\n..\n"
	    ".h\na\nb\nc\n", 0 },
	{ "ls_mode", "umask 022; touch f; chmod 4751 f; ls -l f | cut -c1-10",
	    "-rwsr-x--x\n", 0 },
	{ "chmod_symbolic", "touch f; chmod u=rw,go=r f; chmod a+x f; "
	    "ls -l f | cut -c1-10", "-rwxr-xr-x\n", 0 },
	{ "test", "[ -d / -a ! -f / ] && [ 3 -gt 2 ] && test abc = abc && "
	    "echo yes", "yes\n", 0 },
	{ "expr", "expr 3 + 4 \\* 2; expr abc : 'a\\(.*\\)'; expr 1 = 2",
	    "11\nbc\n0\n", 1 },
	{ "sort", "printf 'b 2\\na 10\\nc 1\\n' | sort; "
	    "printf 'b 2\\na 10\\nc 1\\n' | sort -k2n",
	    "a 10\nb 2\nc 1\nc 1\nb 2\na 10\n", 0 },
	{ "uniq", "printf 'a\\na\\nb\\n' | uniq -c", "   2 a\n   1 b\n", 0 },
	{ "head_tail", "printf '1\\n2\\n3\\n4\\n' > f; head -n 2 f; "
	    "tail -n 1 f", "1\n2\n4\n", 0 },
	{ "wc", "printf 'a b\\nc\\n' | wc", "       2       3       6\n", 0 },
	{ "cut", "echo a:b:c | cut -d: -f1,3; echo abcdef | cut -c2-4",
	    "a:c\nbcd\n", 0 },
	{ "tr", "echo Hello | tr a-z A-Z; echo aabb | tr -s a; "
	    "echo abc | tr -d b", "HELLO\nabb\nac\n", 0 },
	{ "tee", "echo x | tee f g; cat f g", "x\nx\nx\n", 0 },
	{ "xargs", "printf 'a b\\nc\\n' | xargs -n 1 echo", "a\nb\nc\n", 0 },
	{ "find", "mkdir d; touch d/x.c d/y.h; find d -name '*.c' -type f",
	    "d/x.c\n", 0 },
	{ "basename_dirname", "basename /a/b.c .c; dirname /a/b.c", "b\n/a\n",
	    0 },
	{ "env", "env -i A=1 /usr/bin/env", "A=1\n", 0 },
	{ "grep_pipe", "printf 'alpha\\nbeta\\n' | grep -n e", "2:beta\n", 0 },
	{ "sed", "printf 'a\\nb\\n' | sed -n 's/b/X/p'", "X\n", 0 },
	{ "awk", "printf '1 2\\n3 4\\n' | awk '{ s += $2 } END { print s }'",
	    "6\n", 0 },
	{ "dd", "dd if=/dev/zero of=f bs=1k count=4 2> /dev/null; wc -c < f",
	    "    4096\n", 0 },
	{ "date_fixed", "date -u -r 86400 '+%Y-%m-%d %H:%M:%S'",
	    "1970-01-02 00:00:00\n", 0 },
	{ "uname", "uname -sm", "DragonFly x86_64\n", 0 },
	{ "id", "id -u; id -un", "0\nroot\n", 0 },
	{ "sleep_kill", "sleep 100 & kill $!; wait $!; echo $?",
	    "Terminated\n143\n", 0 },
	{ "shell_functions", "f() { echo $# $1; }; f a b; x=$(f c); echo $x",
	    "2 a\n1 c\n", 0 },
	{ "shell_redirect", "echo a > f; echo b >> f; cat < f 2>&1; "
	    "cat <<E\nhere\nE", "a\nb\nhere\n", 0 },
	{ "shell_pipeline_status", "true | false; echo $?; ! false; echo $?",
	    "1\n0\n", 0 },
	{ "shell_not_found", "no_such_command_x 2> /dev/null", "", 127 },
	{ "sysctl", "sysctl -n kern.ostype", "DragonFly\n", 0 },
	{ "which", "which sh", "/bin/sh\n", 0 },
	{ "pwd", "cd /usr/bin && pwd", "/usr/bin\n", 0 },
	{ "cmp", "echo a > f; echo b > g; cmp -s f g", "", 1 },
	{ "diff", "echo a > f; echo b > g; diff f g",
	    "1c1\n< a\n---\n> b\n", 1 },
	{ "yes_head", "yes | head -n 2", "y\ny\n", 0 },
};

int
main(void)
{
	return (RUN(cases));
}
