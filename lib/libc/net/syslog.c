/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syslog(3): one datagram per message to syslogd's socket, in the form
 * "<priority>Mon dd hh:mm:ss name[pid]: text".
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define	LINE_SIZE	2048
#define	OLD_LOG		"/dev/log"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int	fd = -1;
static bool	connected;
static int	options;
static int	facility = LOG_USER;
static int	mask = 0xff;
static const char *ident;

static void
disconnect(void)
{
	if (fd >= 0)
		close(fd);
	fd = -1;
	connected = false;
}

static bool
try_connect(const char *path)
{
	struct sockaddr_un sa;

	memset(&sa, 0, sizeof(sa));
	sa.sun_family = AF_UNIX;
	sa.sun_len = sizeof(sa);
	strlcpy(sa.sun_path, path, sizeof(sa.sun_path));
	return (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0);
}

static void
connect_log(void)
{
	if (connected)
		return;
	/* Nobody listens: do not bother the kernel for a socket. */
	if (access(_PATH_LOG, F_OK) != 0 && access(OLD_LOG, F_OK) != 0 &&
	    access(_PATH_LOG_PRIV, F_OK) != 0)
		return;
	if (fd < 0)
		fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	connected = (geteuid() == 0 && try_connect(_PATH_LOG_PRIV)) ||
	    try_connect(_PATH_LOG) || try_connect(OLD_LOG);
	if (!connected)
		disconnect();
}

/* Replaces %m by the text of errno. */
static void
expand_m(char *out, size_t size, const char *fmt, int error)
{
	char text[128];
	size_t n = 0, len;

	for (; *fmt != '\0' && n + 1 < size; fmt++) {
		if (fmt[0] == '%' && fmt[1] == 'm') {
			strerror_r(error, text, sizeof(text));
			len = strlcpy(out + n, text, size - n);
			n += len < size - n ? len : size - n - 1;
			fmt++;
			continue;
		}
		if (fmt[0] == '%' && fmt[1] == '%' && n + 2 < size)
			out[n++] = *fmt++;
		out[n++] = *fmt;
	}
	out[n] = '\0';
}

static size_t
add(char *line, size_t n, const char *fmt, ...)
{
	va_list ap;
	int r;

	va_start(ap, fmt);
	r = vsnprintf(line + n, LINE_SIZE - n, fmt, ap);
	va_end(ap);
	n += r > 0 ? r : 0;
	return (n < LINE_SIZE ? n : LINE_SIZE - 1);
}

static void
to_console(const char *text, size_t n)
{
	int con;

	con = open(_PATH_CONSOLE, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	if (con < 0)
		return;
	dprintf(con, "%.*s\r\n", (int)n, text);
	close(con);
}

static void
deliver(const char *line, size_t n, size_t text)
{
	int tries;

	if (options & LOG_PERROR)
		dprintf(STDERR_FILENO, "%.*s\n", (int)(n - text), line + text);
	for (tries = 0; tries < 2; tries++) {
		connect_log();
		if (connected && send(fd, line, n, 0) >= 0)
			return;
		/* The daemon may have been restarted. */
		if (connected && errno == ENOBUFS) {
			usleep(1000);
			continue;
		}
		disconnect();
	}
	if (options & LOG_CONS)
		to_console(line + text, n - text);
}

void
vsyslog(int pri, const char *fmt, va_list ap)
{
	char line[LINE_SIZE], expanded[1024];
	int saved = errno;
	size_t n, text;
	struct tm tm;
	time_t now;
	int r;

	if ((pri & ~(LOG_PRIMASK | LOG_FACMASK)) != 0)
		pri &= LOG_PRIMASK | LOG_FACMASK;
	pthread_mutex_lock(&lock);
	if ((mask & LOG_MASK(LOG_PRI(pri))) == 0) {
		pthread_mutex_unlock(&lock);
		return;
	}
	if ((pri & LOG_FACMASK) == 0)
		pri |= facility;
	now = time(NULL);
	localtime_r(&now, &tm);
	n = add(line, 0, "<%d>", pri);
	n += strftime(line + n, LINE_SIZE - n, "%h %e %T ", &tm);
	text = n;
	n = add(line, n, "%s", ident != NULL ? ident : getprogname());
	if (options & LOG_PID)
		n = add(line, n, "[%d]", (int)getpid());
	n = add(line, n, ": ");
	expand_m(expanded, sizeof(expanded), fmt, saved);
	r = vsnprintf(line + n, LINE_SIZE - n, expanded, ap);
	if (r > 0)
		n = n + r < LINE_SIZE ? n + r : LINE_SIZE - 1;
	while (n > text && line[n - 1] == '\n')
		n--;
	deliver(line, n, text);
	pthread_mutex_unlock(&lock);
	errno = saved;
}

void
syslog(int pri, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsyslog(pri, fmt, ap);
	va_end(ap);
}

void
openlog(const char *name, int opts, int fac)
{
	pthread_mutex_lock(&lock);
	ident = name;
	options = opts;
	if (fac != 0 && (fac & ~LOG_FACMASK) == 0)
		facility = fac;
	if (opts & LOG_NDELAY)
		connect_log();
	pthread_mutex_unlock(&lock);
}

void
closelog(void)
{
	pthread_mutex_lock(&lock);
	disconnect();
	ident = NULL;
	pthread_mutex_unlock(&lock);
}

int
setlogmask(int new)
{
	int old = mask;

	if (new != 0)
		mask = new;
	return (old);
}
