/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Editing a file of accounts; see edit_file.h.
 */
#include <sys/types.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <libutil.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "edit_file.h"

void
_edit_init(struct edit_file *e, const char *dir, const char *path)
{
	strlcpy(e->dir, dir != NULL ? dir : "/etc", sizeof(e->dir));
	if (path != NULL)
		strlcpy(e->path, path, sizeof(e->path));
	else
		snprintf(e->path, sizeof(e->path), "%s/%s", e->dir, e->name);
	e->temp[0] = '\0';
	e->lock_fd = -1;
}

int
_edit_lock(struct edit_file *e)
{
	if (e->path[0] == '\0')
		return (-1);
	e->lock_fd = flopen(e->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0);
	if (e->lock_fd < 0 && errno == EWOULDBLOCK)
		errx(1, "%s", e->busy);
	return (e->lock_fd);
}

int
_edit_temp(struct edit_file *e, int fd)
{
	char buf[8192];
	ssize_t n;
	int tfd;

	snprintf(e->temp, sizeof(e->temp), "%s/%s.XXXXXX", e->dir, e->prefix);
	tfd = mkstemp(e->temp);
	if (tfd < 0)
		return (-1);
	while (fd >= 0 && (n = read(fd, buf, sizeof(buf))) > 0) {
		if (write(tfd, buf, (size_t)n) != n) {
			close(tfd);
			return (-1);
		}
	}
	return (tfd);
}

void
_edit_fini(struct edit_file *e)
{
	if (e->temp[0] != '\0')
		unlink(e->temp);
	e->temp[0] = '\0';
	if (e->lock_fd >= 0)
		close(e->lock_fd);
	e->lock_fd = -1;
}

int
_edit_entry(int from, int to, const char *name, const char *entry)
{
	char *line = NULL;
	size_t size = 0, n = strlen(name);
	FILE *in = NULL, *out = NULL;
	bool done = false;
	int fd, r = -1;

	if ((fd = dup(from)) < 0 || (in = fdopen(fd, "r")) == NULL ||
	    (fd = dup(to)) < 0 || (out = fdopen(fd, "w")) == NULL)
		goto out;
	rewind(in);
	while (getline(&line, &size, in) > 0) {
		if (line[0] != '#' && strncmp(line, name, n) == 0 &&
		    line[n] == ':') {
			if (entry != NULL && !done)
				fprintf(out, "%s\n", entry);
			done = true;
			continue;
		}
		fputs(line, out);
		if (line[strlen(line) - 1] != '\n')
			putc('\n', out);
	}
	if (!done && entry != NULL)
		fprintf(out, "%s\n", entry);
	r = fflush(out) != 0 || ferror(in) || fsync(to) != 0 ? -1 : 0;
out:
	if (in != NULL)
		fclose(in);
	if (out != NULL)
		fclose(out);
	free(line);
	return (r);
}
