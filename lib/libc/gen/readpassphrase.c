/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asking for a passphrase on the terminal, without echo.
 *
 * A signal that arrives meanwhile takes effect after the terminal has been
 * set right again.
 */
#include <sys/param.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <readpassphrase.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int caught[] = {
	SIGALRM, SIGHUP, SIGINT, SIGPIPE, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN,
	SIGTTOU
};
static volatile sig_atomic_t arrived[NSIG];

static void
on_signal(int signo)
{
	arrived[signo] = 1;
}

static char
convert(char c, int flags)
{
	if ((flags & RPP_SEVENBIT) != 0)
		c &= 0x7f;
	if (isalpha((unsigned char)c)) {
		if ((flags & RPP_FORCELOWER) != 0)
			c = (char)tolower((unsigned char)c);
		if ((flags & RPP_FORCEUPPER) != 0)
			c = (char)toupper((unsigned char)c);
	}
	return (c);
}

/* Read a line; what does not fit is dropped. */
static ssize_t
read_line(int fd, char *buf, size_t size, int flags)
{
	char *p = buf, *end = buf + size - 1, c;
	ssize_t n;

	while ((n = read(fd, &c, 1)) == 1 && c != '\n' && c != '\r') {
		if (p < end)
			*p++ = convert(c, flags);
	}
	*p = '\0';
	return (n);
}

char *
readpassphrase(const char *prompt, char *buf, size_t size, int flags)
{
	struct sigaction sa, saved[nitems(caught)];
	struct termios term, oterm;
	int in, out, saved_errno;
	bool quiet = false, again;
	ssize_t n;
	size_t i;

	if (size == 0) {
		errno = EINVAL;
		return (NULL);
	}
restart:
	memset(__DEVOLATILE(void *, arrived), 0, sizeof(arrived));
	in = -1;
	if ((flags & RPP_STDIN) == 0)
		in = open(_PATH_TTY, O_RDWR | O_CLOEXEC);
	out = in;
	if (in < 0) {
		if ((flags & RPP_REQUIRE_TTY) != 0) {
			errno = ENOTTY;
			return (NULL);
		}
		in = STDIN_FILENO;
		out = STDERR_FILENO;
	}
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	for (i = 0; i < nitems(caught); i++)
		sigaction(caught[i], &sa, &saved[i]);
	if (tcgetattr(in, &oterm) == 0) {
		term = oterm;
		if ((flags & RPP_ECHO_ON) == 0)
			term.c_lflag &= ~(ECHO | ECHONL);
		term.c_cc[VSTATUS] = _POSIX_VDISABLE;
		quiet = true;
		tcsetattr(in, TCSAFLUSH | TCSASOFT, &term);
	}
	if ((flags & RPP_STDIN) == 0)
		write(out, prompt, strlen(prompt));
	n = read_line(in, buf, size, flags);
	saved_errno = errno;
	if (quiet && (flags & RPP_ECHO_ON) == 0)
		write(out, "\n", 1);
	if (quiet)
		tcsetattr(in, TCSAFLUSH | TCSASOFT, &oterm);
	for (i = 0; i < nitems(caught); i++)
		sigaction(caught[i], &saved[i], NULL);
	if (in != STDIN_FILENO)
		close(in);
	again = false;
	for (i = 0; i < nitems(caught); i++) {
		if (arrived[caught[i]] == 0)
			continue;
		kill(getpid(), caught[i]);
		if (caught[i] == SIGTSTP || caught[i] == SIGTTIN ||
		    caught[i] == SIGTTOU)
			again = true;
	}
	if (again)
		goto restart;
	errno = saved_errno;
	return (n < 0 ? NULL : buf);
}

char *
getpass(const char *prompt)
{
	static char buf[129];

	if (readpassphrase(prompt, buf, sizeof(buf), RPP_ECHO_OFF) == NULL)
		buf[0] = '\0';
	return (buf);
}
