/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages to other users' terminals; see ttymsg.h.
 */
#include <sys/types.h>
#include <sys/param.h>

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ttymsg.h"

#define PATIENCE	5000	/* milliseconds for a terminal to take text */
#define COLUMNS		79

const char *
ttymsg_send(const char *line, const char *text, size_t len)
{
	static char why[MAXPATHLEN + 256];
	char path[MAXPATHLEN];
	struct pollfd pfd;
	ssize_t n;
	int fd;

	if (strstr(line, "../") != NULL || *line == '/')
		return ("not a terminal's name");
	snprintf(path, sizeof(path), _PATH_DEV "%s", line);
	fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY);
	/* Exclusive use and "does not want messages" are no errors. */
	if (fd < 0)
		return (errno == EBUSY || errno == EACCES ? NULL :
		    (snprintf(why, sizeof(why), "%s: %s", path,
		    strerror(errno)), why));
	while (len > 0) {
		n = write(fd, text, len);
		if (n >= 0) {
			text += n;
			len -= (size_t)n;
			continue;
		}
		pfd.fd = fd;
		pfd.events = POLLOUT;
		if (errno != EAGAIN || poll(&pfd, 1, PATIENCE) <= 0)
			break;
	}
	if (len > 0)
		snprintf(why, sizeof(why), "%s: %s", path, strerror(errno));
	close(fd);
	return (len > 0 ? why : NULL);
}

char *
ttymsg_clean(const char *text, int pad)
{
	char *out = malloc(strlen(text) * 4 + 8 + (pad ?
	    (strlen(text) + 2) * (COLUMNS + 2) : 0)), *p = out;
	int column = 0;
	unsigned char c;

	if (out == NULL)
		return (NULL);
	for (; (c = (unsigned char)*text) != '\0'; text++) {
		if (c == '\n' || (pad && column >= COLUMNS)) {
			while (pad && column++ < COLUMNS)
				*p++ = ' ';
			*p++ = '\r';
			*p++ = '\n';
			column = 0;
			if (c == '\n')
				continue;
		}
		if (c == '\t') {
			do {
				*p++ = ' ';
			} while (++column % 8 != 0);
			continue;
		}
		if (!isprint(c) && c != '\a') {
			if (c >= 0x80) {
				*p++ = 'M';
				*p++ = '-';
				c &= 0x7f;
				column += 2;
			}
			if (iscntrl(c)) {
				*p++ = '^';
				c ^= 0x40;
				column++;
			}
		}
		*p++ = (char)c;
		if (c != '\a')
			column++;
	}
	*p = '\0';
	return (out);
}
