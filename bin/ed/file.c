/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files and commands; see ed.h.
 */
#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "ed.h"

static FILE *
open_stream(const char *name, const char *mode)
{
	FILE *f;

	if (*name == '!') {
		if (restricted)
			error("shell access restricted");
		fflush(stdout);
		f = popen(name + 1, mode);
	} else {
		if (restricted && strchr(name, '/') != NULL)
			error("shell access restricted");
		f = fopen(name, mode);
	}
	if (f == NULL)
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
	return (f);
}

static void
close_stream(const char *name, FILE *f)
{
	if (*name == '!')
		pclose(f);
	else if (fclose(f) != 0)
		error("cannot close output file");
}

off_t
file_read(const char *name, long behind)
{
	FILE *f = open_stream(name, "r");
	char *line = NULL;
	size_t room = 0;
	off_t bytes = 0;
	ssize_t n;

	if (f == NULL)
		return (-1);
	while ((n = getline(&line, &room, f)) > 0) {
		bytes += n;
		if (line[n - 1] == '\n')
			n--;
		else
			bytes++;	/* the newline that it gets */
		buffer_insert(behind++, line, (size_t)n);
		current = behind;
	}
	free(line);
	close_stream(name, f);
	return (bytes);
}

off_t
file_write(const char *name, long from, long to, int append)
{
	FILE *f = open_stream(name, append ? "a" : "w");
	const struct line *l;
	off_t bytes = 0;

	if (f == NULL)
		return (-1);
	for (; from > 0 && from <= to; from++) {
		l = buffer_line(from);
		fwrite(l->text, 1, l->len, f);
		putc('\n', f);
		bytes += (off_t)l->len + 1;
	}
	if (fflush(f) != 0) {
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
		close_stream(name, f);
		return (-1);
	}
	close_stream(name, f);
	return (bytes);
}
