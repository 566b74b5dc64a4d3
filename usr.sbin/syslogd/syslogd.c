/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syslogd - write down what programs have to say
 *
 * usage: syslogd [-dsv] [-f config] [-l path] [-m minutes] [-P pidfile]
 *	    [-p path]
 *
 * Messages are datagrams to local sockets, "<priority>date text".  The
 * kernel's come from /dev/klog where there is one.
 */
#include <sys/event.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <paths.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "syslogd.h"

#define MAXSOCKETS	20
#define RECEIVE_BUFFER	(256 * 1024)

bool debug;
char hostname[256];

static int sockets[MAXSOCKETS], nsockets;
static const char *paths[MAXSOCKETS];
static int klog = -1;
static const char *config = "/etc/syslog.conf";
static const char *pidfile = "/var/run/syslog.pid";
static bool ready;		/* rules have been read */

static void
usage(void)
{
	fprintf(stderr, "usage: syslogd [-dsv] [-f config] [-l path] "
	    "[-m minutes] [-P pidfile]\n\t    [-p path]\n");
	exit(1);
}

static bool
wanted(const struct rule *r, const struct message *msg)
{
	int fac = LOG_FAC(msg->priority);

	if (fac > LOG_NFACILITIES || (r->levels[fac] &
	    (1 << LOG_PRI(msg->priority))) == 0)
		return (false);
	if (r->type == ACT_CONSOLE && msg->on_console)
		return (false);
	if (r->program != NULL && (strcmp(r->program, msg->program) == 0) ==
	    r->not_program)
		return (false);
	if (r->host != NULL && (strcasecmp(r->host, msg->host) == 0) ==
	    r->not_host)
		return (false);
	return (true);
}

static void
deliver(const struct message *msg)
{
	struct rule *r;

	if (debug)
		printf("<%d>%s %s %s\n", msg->priority, msg->date, msg->host,
		    msg->text);
	TAILQ_FOREACH(r, &rules, link) {
		if (wanted(r, msg))
			rule_log(r, msg);
	}
}

static void
date_now(char *date, size_t size)
{
	time_t now = time(NULL);

	strftime(date, size, "%b %e %T", localtime(&now));
}

void
complain(const char *fmt, ...)
{
	struct message msg;
	va_list ap;
	int n;

	msg.priority = LOG_SYSLOG | LOG_ERR;
	msg.host = hostname;
	msg.on_console = false;
	strlcpy(msg.program, "syslogd", sizeof(msg.program));
	date_now(msg.date, sizeof(msg.date));
	n = snprintf(msg.text, sizeof(msg.text), "syslogd: ");
	va_start(ap, fmt);
	vsnprintf(msg.text + n, sizeof(msg.text) - n, fmt, ap);
	va_end(ap);
	if (!ready || debug)
		warnx("%s", msg.text + n);
	if (ready)
		deliver(&msg);
}

/* "Mon dd hh:mm:ss " */
static bool
has_date(const char *p)
{
	static const char form[] = "Aaa nn nn:nn:nn ";
	int i;

	for (i = 0; form[i] != '\0'; i++) {
		switch (form[i]) {
		case 'A':
		case 'a':
			if (!isalpha((unsigned char)p[i]))
				return (false);
			break;
		case 'n':
			if (!isdigit((unsigned char)p[i]) &&
			    !(i == 4 && p[i] == ' '))
				return (false);
			break;
		default:
			if (p[i] != form[i])
				return (false);
			break;
		}
	}
	return (true);
}

/* Text with control characters made visible. */
static void
clean(char *out, size_t size, const char *in)
{
	size_t n = 0;

	for (; *in != '\0' && n + 3 < size; in++) {
		unsigned char c = (unsigned char)*in;

		if (c == '\n' || c == '\t') {
			out[n++] = ' ';
		} else if (c < ' ' || c == 0x7f) {
			out[n++] = '^';
			out[n++] = c ^ 0x40;
		} else {
			out[n++] = (char)c;
		}
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
}

/* A line as it came; from_kernel: believe that it is the kernel's. */
static void
handle_line(const char *line, bool from_kernel)
{
	struct message msg;
	char *end;
	long pri;
	size_t n;

	msg.priority = from_kernel ? LOG_KERN | LOG_DEBUG :
	    LOG_USER | LOG_NOTICE;
	/* What it logs has a priority, what it prints has none. */
	msg.on_console = from_kernel && *line != '<';
	if (*line == '<') {
		pri = strtol(line + 1, &end, 10);
		if (*end == '>' && end > line + 1) {
			line = end + 1;
			if (pri >= 0 && LOG_FAC(pri) < LOG_NFACILITIES)
				msg.priority = (int)pri;
		}
	}
	if (!from_kernel && LOG_FAC(msg.priority) == LOG_FAC(LOG_KERN))
		msg.priority = LOG_USER | LOG_PRI(msg.priority);
	msg.host = hostname;
	if (has_date(line)) {
		strlcpy(msg.date, line, sizeof(msg.date));
		line += sizeof(msg.date);
	} else {
		date_now(msg.date, sizeof(msg.date));
	}
	n = 0;
	if (from_kernel)
		n = strlcpy(msg.text, "kernel: ", sizeof(msg.text));
	clean(msg.text + n, sizeof(msg.text) - n, line);
	n = strcspn(msg.text, "[: ");
	snprintf(msg.program, sizeof(msg.program), "%.*s", (int)n, msg.text);
	deliver(&msg);
}

static void
read_socket(int s)
{
	char line[8192];
	ssize_t n;

	while ((n = recv(s, line, sizeof(line) - 1, MSG_DONTWAIT)) >= 0) {
		line[n] = '\0';
		if (n > 0)
			handle_line(line, false);
	}
}

static void
read_klog(void)
{
	static char buf[8192];
	static size_t have;
	char *nl, *p;
	ssize_t n;

	while ((n = read(klog, buf + have, sizeof(buf) - 1 - have)) > 0) {
		have += (size_t)n;
		buf[have] = '\0';
		for (p = buf; (nl = strchr(p, '\n')) != NULL; p = nl + 1) {
			*nl = '\0';
			if (*p != '\0')
				handle_line(p, true);
		}
		have -= (size_t)(p - buf);
		memmove(buf, p, have);
		if (have == sizeof(buf) - 1)
			have = 0;	/* a line without end */
	}
}

static int
open_socket(const char *path, mode_t mode)
{
	struct sockaddr_un sun = { .sun_family = AF_LOCAL };
	int s, size = RECEIVE_BUFFER;

	if (strlcpy(sun.sun_path, path, sizeof(sun.sun_path)) >=
	    sizeof(sun.sun_path))
		errx(1, "%s: name too long for a socket", path);
	sun.sun_len = SUN_LEN(&sun);
	unlink(path);
	s = socket(AF_LOCAL, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (s < 0 || bind(s, (struct sockaddr *)&sun, sun.sun_len) != 0 ||
	    chmod(path, mode) != 0)
		err(1, "%s", path);
	setsockopt(s, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	return (s);
}

static void
add_socket(const char *path, mode_t mode)
{
	if (nsockets == MAXSOCKETS)
		errx(1, "more than %d sockets", MAXSOCKETS);
	paths[nsockets] = path;
	sockets[nsockets++] = open_socket(path, mode);
}

static void
reload(void)
{
	gethostname(hostname, sizeof(hostname) - 1);
	/* Messages carry the name without its domain. */
	hostname[strcspn(hostname, ".")] = '\0';
	ready = false;
	if (!config_read(config)) {
		char fallback[] = "*.err\t/dev/console";
		struct rule *r = rule_parse(fallback);

		warn("%s", config);
		if (r != NULL && TAILQ_EMPTY(&rules)) {
			rule_open(r);
			TAILQ_INSERT_TAIL(&rules, r, link);
		}
	}
	ready = true;
}

static void
flush_all(void)
{
	struct rule *r;

	TAILQ_FOREACH(r, &rules, link)
		rule_flush(r);
}

static void
mark(void)
{
	struct message msg;

	msg.priority = MARK_FACILITY | LOG_INFO;
	msg.host = hostname;
	msg.on_console = false;
	strlcpy(msg.program, "syslogd", sizeof(msg.program));
	date_now(msg.date, sizeof(msg.date));
	strlcpy(msg.text, "-- MARK --", sizeof(msg.text));
	deliver(&msg);
}

static void
finish(struct pidfh *pfh, int sig)
{
	int i;

	complain("exiting on signal %d", sig);
	flush_all();
	for (i = 0; i < nsockets; i++)
		unlink(paths[i]);
	pidfile_remove(pfh);
	exit(0);
}

static void
on_signal(struct pidfh *pfh, int sig)
{
	pid_t pid;

	switch (sig) {
	case SIGHUP:
		reload();
		complain("restart");
		break;
	case SIGCHLD:
		while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
			pipe_ended(pid);
		break;
	default:
		finish(pfh, sig);
	}
}

static void
watch(int kq, uintptr_t ident, short filter, intptr_t data)
{
	struct kevent kev;

	EV_SET(&kev, ident, filter, EV_ADD, 0, data, NULL);
	if (kevent(kq, &kev, 1, NULL, 0, NULL) != 0)
		err(1, "kevent");
}

enum { TIMER_MARK = 1, TIMER_FLUSH };

static void
run(struct pidfh *pfh, int minutes)
{
	static const int sigs[] = { SIGHUP, SIGTERM, SIGINT, SIGCHLD };
	struct kevent kev;
	size_t i;
	int kq = kqueue();

	if (kq < 0)
		err(1, "kqueue");
	for (i = 0; i < sizeof(sigs) / sizeof(sigs[0]); i++) {
		/* Ignored children would leave nothing to wait for. */
		signal(sigs[i], sigs[i] == SIGCHLD ? SIG_DFL : SIG_IGN);
		watch(kq, sigs[i], EVFILT_SIGNAL, 0);
	}
	signal(SIGPIPE, SIG_IGN);
	for (i = 0; i < (size_t)nsockets; i++)
		watch(kq, sockets[i], EVFILT_READ, 0);
	if (klog >= 0)
		watch(kq, klog, EVFILT_READ, 0);
	if (minutes > 0)
		watch(kq, TIMER_MARK, EVFILT_TIMER, minutes * 60000L);
	watch(kq, TIMER_FLUSH, EVFILT_TIMER, 30000);
	for (;;) {
		if (kevent(kq, NULL, 0, &kev, 1, NULL) != 1)
			continue;
		switch (kev.filter) {
		case EVFILT_SIGNAL:
			on_signal(pfh, (int)kev.ident);
			break;
		case EVFILT_TIMER:
			if (kev.ident == TIMER_MARK)
				mark();
			else
				flush_all();
			break;
		default:
			if ((int)kev.ident == klog)
				read_klog();
			else
				read_socket((int)kev.ident);
			break;
		}
	}
}

int
main(int argc, char **argv)
{
	const char *main_path = _PATH_LOG;
	const char *more[MAXSOCKETS];
	struct pidfh *pfh;
	int c, i, minutes = 20, nmore = 0;
	pid_t other;

	while ((c = getopt(argc, argv, "df:l:m:P:p:sv")) != -1) {
		switch (c) {
		case 'd':
			debug = true;
			break;
		case 'f':
			config = optarg;
			break;
		case 'l':
			if (nmore == MAXSOCKETS - 2)
				errx(1, "too many sockets");
			more[nmore++] = optarg;
			break;
		case 'm':
			minutes = atoi(optarg);
			break;
		case 'P':
			pidfile = optarg;
			break;
		case 'p':
			main_path = optarg;
			break;
		case 's':	/* no network: as it is */
		case 'v':
			break;
		default:
			usage();
		}
	}
	if (optind != argc)
		usage();
	pfh = pidfile_open(pidfile, 0600, &other);
	if (pfh == NULL && errno == EEXIST)
		errx(1, "already running, pid %d", (int)other);
	if (pfh == NULL)
		warn("%s", pidfile);
	add_socket(main_path, 0666);
	if (strcmp(main_path, _PATH_LOG) == 0)
		add_socket(_PATH_LOG_PRIV, 0600);
	for (i = 0; i < nmore; i++)
		add_socket(more[i], 0666);
	klog = open(KLOG, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	reload();
	/* Sockets are there: whoever waits for us to go away may log. */
	if (!debug && daemon(0, 0) != 0)
		err(1, "daemon");
	pidfile_write(pfh);
	run(pfh, minutes);
}
