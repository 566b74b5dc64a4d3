/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs around local sockets: syslogd and logger, and those that list or
 * use sockets.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "tap.h"

#define LOGS "/tmp/syslogtest"

static char text[65536];

/* The file's contents; waits for the word to appear in it. */
static int
file_has(const char *path, const char *word)
{
	int fd, i;
	ssize_t n;

	for (i = 0; i < 500; i++) {
		fd = open(path, O_RDONLY);
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
		text[n > 0 ? n : 0] = '\0';
		if (strstr(text, word) != NULL)
			return (1);
		poll(NULL, 0, 10);
	}
	return (0);
}

static void
put(const char *path, const char *what)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	write(fd, what, strlen(what));
	close(fd);
}

/* What a command prints. */
static char *
output(const char *command)
{
	FILE *f = popen(command, "r");
	size_t n = fread(text, 1, sizeof(text) - 1, f);

	text[n] = '\0';
	pclose(f);
	return (text);
}

static void
logging(void)
{
	int status;

	mkdir(LOGS, 0755);
	put(LOGS "/all", "");
	put(LOGS "/mail", "");
	put(LOGS "/prog", "");
	put(LOGS "/notinfo", "");
	put(LOGS "/conf",
	    "# comment\n"
	    "*.debug\t" LOGS "/all\n"
	    "mail.warning;user.none\t-" LOGS "/mail\n"
	    "*.!=info\t" LOGS "/notinfo\n"
	    "local0.*\t|cat > " LOGS "/piped\n"
	    "bogus.err\t/dev/null\n"
	    "!special\n"
	    "*.*\t" LOGS "/prog\n"
	    "!*\n");
	status = system("/usr/sbin/syslogd -ss -P " LOGS "/pid -f " LOGS
	    "/conf");
	ok(status == 0, "syslogd starts");
	ok(system("logger -t one -p user.info first message") == 0, "logger");
	ok(file_has(LOGS "/all", "one: first message"), "it is logged");
	system("logger -t two -p mail.err second");
	system("logger -t two -p mail.info third");
	system("echo 'from input' | logger -t special");
	openlog("me", LOG_PID, LOG_LOCAL0);
	syslog(LOG_CRIT, "to a command");
	ok(file_has(LOGS "/all", "to a command") &&
	    strstr(text, "me[") != NULL, "syslog(3) with a pid");
	ok(file_has(LOGS "/mail", "second") && strstr(text, "third") == NULL,
	    "levels choose");
	ok(file_has(LOGS "/prog", "from input") &&
	    strstr(text, "one") == NULL, "a program's block");
	ok(file_has(LOGS "/notinfo", "second") &&
	    strstr(text, "third") == NULL, "not equal");
	ok(file_has(LOGS "/piped", "to a command"), "a command");
	system("logger -t rep same; logger -t rep same; logger -t rep same; "
	    "logger -t rep other");
	ok(file_has(LOGS "/all", "rep: other") &&
	    strstr(text, "last message repeated 2 times") != NULL,
	    "repetitions are counted");
	syslog(LOG_KERN | LOG_EMERG, "not the kernel\033[2J");
	ok(file_has(LOGS "/all", "not the kernel^[[2J"),
	    "control characters are made visible");
	put(LOGS "/conf", "*.*\t" LOGS "/mail\n");
	system("kill -HUP $(cat " LOGS "/pid)");
	ok(file_has(LOGS "/mail", "restart"), "SIGHUP reads anew");
	system("kill $(cat " LOGS "/pid)");
	ok(file_has(LOGS "/mail", "exiting on signal 15"), "SIGTERM ends it");
	ok(access("/var/run/log", F_OK) != 0, "the socket is gone");
	ok(system("logger -p nonsense.err x 2>/dev/null") != 0,
	    "logger: unknown facility");
}

static void
listing(void)
{
	struct sockaddr_un sun = { .sun_family = AF_LOCAL };
	char want[64];
	int l, s[2];

	strcpy(sun.sun_path, "/tmp/listing.sock");
	sun.sun_len = SUN_LEN(&sun);
	unlink(sun.sun_path);
	l = socket(AF_LOCAL, SOCK_STREAM, 0);
	bind(l, (struct sockaddr *)&sun, sun.sun_len);
	listen(l, 3);
	socketpair(AF_LOCAL, SOCK_DGRAM, 0, s);
	ok(strstr(output("sockstat -u"), "/tmp/listing.sock") != NULL &&
	    strstr(text, "sock_progr") != NULL && strstr(text, "dgram") != NULL,
	    "sockstat shows names and programs");
	ok(strncmp(text, "USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS",
	    49) == 0, "sockstat's title");
	snprintf(want, sizeof(want), "fstat -p %d", (int)getpid());
	ok(strstr(output(want), "* local stream") != NULL &&
	    strstr(text, "text") != NULL && strstr(text, "wd") != NULL,
	    "fstat shows sockets, text and directory");
	ok(strncmp(text, "USER     CMD", 12) == 0, "fstat's title");
	snprintf(want, sizeof(want), "%d", (int)getpid());
	ok(strstr(output("fstat /tmp/listing.sock"), "USER") != NULL,
	    "fstat of a file");
	close(l);
	close(s[0]);
	close(s[1]);
	unlink(sun.sun_path);
}

static void
netcat(void)
{
	ok(strcmp(output("rm -f /tmp/nc.sock; nc -lU /tmp/nc.sock > "
	    "/tmp/nc.out & while [ ! -S /tmp/nc.sock ]; do sleep 0.1; done; "
	    "until echo over | nc -NU /tmp/nc.sock; do sleep 0.1; done; wait; "
	    "cat /tmp/nc.out"), "over\n") == 0, "nc over a local stream");
	ok(strcmp(output("rm -f /tmp/nc.sock; nc -lkuU /tmp/nc.sock > "
	    "/tmp/nc.out & while [ ! -S /tmp/nc.sock ]; do sleep 0.1; done; "
	    "echo dgram | nc -uNU /tmp/nc.sock; "
	    "while [ ! -s /tmp/nc.out ]; do sleep 0.1; done; kill $!; "
	    "cat /tmp/nc.out"), "dgram\n") == 0, "nc over datagrams");
	ok(system("nc -zU /tmp/nothing.sock 2>/dev/null") != 0,
	    "nc: nobody there");
}

int
main(void)
{
	logging();
	listing();
	netcat();
	return (tap_done());
}
