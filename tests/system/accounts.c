/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Accounts: databases, the programs that change them, and who may become
 * whom.  Each case is a shell command whose output and status are compared;
 * all start from the accounts that the ones before left.
 */
#include <sys/types.h>
#include <sys/wait.h>
#include <grp.h>
#include <libutil.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* tap-libs: -lutil */
#include "tap.h"

struct account_case {
	const char	*name;
	const char	*command;
	const char	*output;	/* NULL: any */
	int		status;
};

static const struct account_case cases[] = {
	{ "pwd_mkdb_makes_databases", "pwd_mkdb -p /etc/master.passwd; "
	    "ls -l /etc/pwd.db /etc/spwd.db /etc/passwd /etc/master.passwd | "
	    "cut -c1-10", "-rw-------\n-rw-r--r--\n-rw-r--r--\n"
	    "-rw-------\n", 0 },
	{ "pwd_mkdb_refuses_bad_file", "echo 'x:*:0' > /tmp/bad; "
	    "cp /etc/pwd.db /tmp/before; pwd_mkdb -p /tmp/bad 2> /dev/null; "
	    "echo $?; cmp /tmp/before /etc/pwd.db; ls /etc/*.tmp 2> /dev/null",
	    "65\n", 1 },
	{ "pw_useradd", "echo geheim | pw useradd anna -c 'Anna Berg' "
	    "-s sh -d /tmp/home/anna -m -h 0 && id anna && ls -ld "
	    "/tmp/home/anna | cut -c1-10",
	    "uid=1000(anna) gid=1000(anna) groups=1000(anna)\n"
	    "drwxr-xr-x\n", 0 },
	{ "getent_shows_new_user", "getent passwd anna 1000 | cut -d: -f1,3-7",
	    "anna:1000:1000:Anna Berg:/tmp/home/anna:/bin/sh\n"
	    "anna:1000:1000:Anna Berg:/tmp/home/anna:/bin/sh\n", 0 },
	{ "hash_is_sha512_and_secret", "getent passwd anna | "
	    "grep -c ':[$]6[$]'; grep -c '^anna:\\*:' /etc/passwd; su anna -c "
	    "'getent passwd anna' | cut -d: -f2", "1\n1\n*\n", 0 },
	{ "pw_refuses_second_user", "pw useradd anna 2>&1",
	    "pw: login name `anna' already exists\n", 65 },
	{ "pw_groups", "pw groupadd team -M anna && pw groupmod team -m root "
	    "&& pw groupshow team; id -Gn anna; pw groupmod team -d root; "
	    "pw groupshow team", "team:*:1001:anna,root\nanna team\n"
	    "team:*:1001:anna\n", 0 },
	{ "pw_usermod", "pw usermod anna -l anke -c Anke && "
	    "pw usershow anke | cut -d: -f1,3,8-; getent passwd anna",
	    "anke:1000:Anke:/tmp/home/anna:/bin/sh\n", 2 },
	{ "pw_rename_back", "pw usermod anke -l anna -G team && id -Gn anna",
	    "anna team\n", 0 },
	{ "pw_lock", "pw lock anna && getent passwd anna | "
	    "cut -d: -f2 | cut -c1-8; pw unlock anna && getent passwd anna | "
	    "cut -d: -f2 | cut -c1-3; pw unlock anna 2> /dev/null",
	    "*LOCKED*\n$6$\n", 65 },
	{ "chpass_shell", "chpass -s /bin/tcsh anna; getent passwd anna | "
	    "cut -d: -f7; chsh -s /bin/sh anna",
	    "anna: user information updated\n/bin/tcsh\n"
	    "anna: user information updated\n", 0 },
	{ "chpass_is_for_oneself", "su anna -c 'chpass -s /bin/sh root' 2>&1",
	    "chpass: Permission denied\n", 77 },
	{ "chpass_editor", "printf '#!/bin/sh\\nsed -i s/Anke/Anja/ $1 || "
	    "{ sed s/Anke/Anja/ $1 > /tmp/e; cat /tmp/e > $1; }\\n' > "
	    "/tmp/ed; chmod 755 /tmp/ed; EDITOR=/tmp/ed chpass anna; "
	    "getent passwd anna | cut -d: -f5",
	    "anna: user information updated\nAnja\n", 0 },
	{ "vipw", "printf '#!/bin/sh\\nsed s/Anja/Anna/ $1 > /tmp/e; "
	    "cat /tmp/e > $1\\n' > /tmp/ed2; chmod 755 /tmp/ed2; "
	    "EDITOR=/tmp/ed2 vipw 2>&1; "
	    "getent passwd anna | cut -d: -f5",
	    "vipw: password list updated\nAnna\n", 0 },
	{ "su_as_root", "su anna -c 'id -un; echo $HOME'; "
	    "su - anna -c 'pwd; echo $USER'",
	    "anna\n/tmp/home/anna\n/tmp/home/anna\nanna\n", 0 },
	{ "nologin_shell", "su nobody -c true",
	    "This account is currently not available.\n", 1 },
	{ "set_id_bits", "ls -l /usr/bin/su /usr/bin/passwd /usr/bin/chpass "
	    "/usr/bin/login | cut -c1-10", "-r-sr-xr-x\n-r-sr-xr-x\n"
	    "-r-sr-xr-x\n-r-sr-xr-x\n", 0 },
	{ "adduser_from_file", "printf "
	    "'otto::::::Otto:/tmp/home/otto:sh:pass\\n' > /tmp/u; "
	    "adduser -f /tmp/u > /dev/null; id -un otto", "otto\n", 0 },
	{ "rmuser", "rmuser -y otto > /dev/null; id otto 2> /dev/null || "
	    "echo gone; ls /tmp/home", "gone\nanna\n", 0 },
	{ "services", "getent services ssh 53/udp | tr -s ' '; "
	    "getent protocols tcp | tr -s ' '",
	    "ssh 22/tcp\ndomain 53/udp\ntcp 6 TCP\n", 0 },
	{ "cap_mkdb", "printf 'a|b|Long name:x=1:\\\\\\n\\t:tc=c:\\n"
	    "c:z:\\n' > /tmp/cap; cap_mkdb /tmp/cap && ls /tmp/cap.db",
	    "/tmp/cap.db\n", 0 },
	{ "nologin_file", "su anna -c true; pw userdel anna -r; "
	    "getent passwd anna; getent group anna; ls /tmp/home", "", 0 },
};

/* Runs a command; its standard output is in out. */
static int
run(const char *command, char *out, size_t size)
{
	FILE *fp = popen(command, "r");
	size_t n;
	int status;

	n = fread(out, 1, size - 1, fp);
	out[n] = '\0';
	status = pclose(fp);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

/*
 * On a terminal of its own: what a program asks, and what it is told.  Each
 * answer is given once the question before it has appeared.
 */
static int
converse(char *const argv[], uid_t uid, const char *const talk[], char *out,
    size_t size)
{
	size_t n = 0, from = 0;
	int fd, i = 0, status;
	ssize_t got;
	pid_t pid;

	pid = forkpty(&fd, NULL, NULL, NULL);
	if (pid == 0) {
		setgid(uid);
		setuid(uid);
		execv(argv[0], argv);
		_exit(126);
	}
	out[0] = '\0';
	while (n < size - 1 && (got = read(fd, out + n, size - 1 - n)) > 0) {
		n += (size_t)got;
		out[n] = '\0';
		while (talk[i] != NULL && strstr(out + from, talk[i]) !=
		    NULL) {
			from = n;
			write(fd, talk[i + 1], strlen(talk[i + 1]));
			i += 2;
		}
	}
	close(fd);
	waitpid(pid, &status, 0);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void
conversations(uid_t uid)
{
	char *passwd[] = { "/usr/bin/passwd", NULL };
	char *su[] = { "/usr/bin/su", "anna", "-c", "echo I am $(id -un)",
	    NULL };
	char *su_root[] = { "/usr/bin/su", "root", "-c", "id -un", NULL };
	const char *const change[] = { "Old Password:", "geheim\n",
	    "New Password:", "Neu4anna\n", "Retype New Password:",
	    "Neu4anna\n", NULL };
	const char *const wrong[] = { "Old Password:", "falsch\n", NULL };
	const char *const right[] = { "Password:", "Neu4anna\n", NULL };
	const char *const stale[] = { "Password:", "geheim\n", NULL };
	char out[4096];

	ok(converse(passwd, uid, wrong, out, sizeof(out)) != 0,
	    "passwd_wants_the_old_password");
	ok(converse(passwd, uid, change, out, sizeof(out)) == 0,
	    "passwd_changes_a_password");
	ok(converse(su, 65534, right, out, sizeof(out)) == 0 &&
	    strstr(out, "I am anna") != NULL, "su_with_the_new_password");
	ok(converse(su, 65534, stale, out, sizeof(out)) == 1 &&
	    strstr(out, "Sorry") != NULL, "su_with_the_old_one");
	/* root has no password here, but anna is not in wheel. */
	ok(converse(su_root, uid, right, out, sizeof(out)) == 1,
	    "su_to_root_is_for_wheel");
}

int
main(void)
{
	const size_t n = sizeof(cases) / sizeof(cases[0]);
	char out[8192];
	struct passwd *pw;
	size_t i;
	int status;

	setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 1);
	for (i = 0; i < n; i++) {
		if (i == n - 1) {
			pw = getpwnam("anna");
			conversations(pw != NULL ? pw->pw_uid : 1000);
		}
		status = run(cases[i].command, out, sizeof(out));
		ok(status == cases[i].status && (cases[i].output == NULL ||
		    strcmp(out, cases[i].output) == 0), cases[i].name);
		if (status != cases[i].status || strcmp(out,
		    cases[i].output) != 0)
			printf("# status %d, output:\n# %s\n", status, out);
	}
	return (tap_done());
}
