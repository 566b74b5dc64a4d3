/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gencat - makes message catalogues
 *
 * usage: gencat catalogue file ...
 *
 * Message files have lines
 *	$set n [comment]	$delset n [comment]	$quote [c]
 *	$ comment		n [text]
 * and are merged into the catalogue, whose format is described in catgets(3).
 */
#include <sys/endian.h>
#include <sys/queue.h>
#include <sys/stat.h>
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define MAGIC		0xff88ff89
#define HEADER		20
#define RECORD		12
#define MAX_NUMBER	32767	/* of sets and messages */

struct message {
	LIST_ENTRY(message) link;	/* ascending */
	int		number;
	char		*text;
	size_t		size;		/* with the NUL */
};

struct set {
	LIST_ENTRY(set)	link;		/* ascending */
	int		number;
	LIST_HEAD(, message) messages;
};

static LIST_HEAD(, set) sets = LIST_HEAD_INITIALIZER(sets);
static const char *file;
static int	lineno;

static void __dead2
bad(const char *what)
{
	errx(EX_DATAERR, "%s: line %d: %s", file, lineno, what);
}

static struct set *
find_set(int number)
{
	struct set *s, *before = NULL, *new;

	LIST_FOREACH(s, &sets, link) {
		if (s->number == number)
			return (s);
		if (s->number > number)
			break;
		before = s;
	}
	new = calloc(1, sizeof(*new));
	if (new == NULL)
		err(EX_OSERR, NULL);
	new->number = number;
	LIST_INIT(&new->messages);
	if (before != NULL)
		LIST_INSERT_AFTER(before, new, link);
	else
		LIST_INSERT_HEAD(&sets, new, link);
	return (new);
}

static void
remove_set(int number)
{
	struct set *s;

	LIST_FOREACH(s, &sets, link) {
		if (s->number == number) {
			LIST_REMOVE(s, link);
			return;
		}
	}
}

/* Puts a message in; without a text takes it out. */
static void
put_message(struct set *s, int number, const char *text, size_t size)
{
	struct message *m, *before = NULL;

	LIST_FOREACH(m, &s->messages, link) {
		if (m->number >= number)
			break;
		before = m;
	}
	if (m != NULL && m->number == number) {
		LIST_REMOVE(m, link);
		free(m->text);
		free(m);
	}
	if (text == NULL)
		return;
	m = calloc(1, sizeof(*m));
	if (m == NULL || (m->text = malloc(size)) == NULL)
		err(EX_OSERR, NULL);
	m->number = number;
	memcpy(m->text, text, size);
	m->size = size;
	if (before != NULL)
		LIST_INSERT_AFTER(before, m, link);
	else
		LIST_INSERT_HEAD(&s->messages, m, link);
}

static int
parse_number(char **p)
{
	long v;
	char *end;

	*p += strspn(*p, " \t");
	v = strtol(*p, &end, 10);
	if (end == *p || v < 1 || v > MAX_NUMBER)
		bad("expected a number from 1 to 32767");
	*p = end;
	return ((int)v);
}

/* Replaces the escapes of a text in place, up to its closing quote. */
static size_t
unescape(char *text, int quote)
{
	static const char from[] = "ntvbrf", to[] = "\n\t\v\b\r\f";
	const char *at;
	char *p = text, *out = text;
	int i, v;

	if (quote != 0 && *p == quote)
		p++;
	else
		quote = 0;
	for (; *p != '\0' && (quote == 0 || *p != quote); p++) {
		if (*p != '\\') {
			*out++ = *p;
			continue;
		}
		p++;
		if (*p >= '0' && *p <= '7') {
			for (i = v = 0; i < 3 && *p >= '0' && *p <= '7'; i++)
				v = v * 8 + *p++ - '0';
			p--;
			*out++ = (char)v;
		} else if (*p == '\0') {
			break;
		} else {
			at = strchr(from, *p);
			*out++ = at != NULL ? to[at - from] : *p;
		}
	}
	*out = '\0';
	return ((size_t)(out - text) + 1);
}

/* Joins lines that end in an odd number of backslashes. */
static char *
read_line(FILE *fp)
{
	char *line = NULL, *more = NULL, *p;
	size_t size = 0, msize = 0, slashes;
	ssize_t n;

	n = getline(&line, &size, fp);
	for (;;) {
		if (n <= 0) {
			free(line);
			free(more);
			return (NULL);
		}
		lineno++;
		if (line[n - 1] == '\n')
			line[--n] = '\0';
		for (slashes = 0; slashes < (size_t)n &&
		    line[(size_t)n - 1 - slashes] == '\\'; slashes++)
			;
		if (slashes % 2 == 0 || getline(&more, &msize, fp) <= 0)
			break;
		line[n - 1] = '\0';
		if (asprintf(&p, "%s%s", line, more) < 0)
			err(EX_OSERR, NULL);
		free(line);
		line = p;
		n = (ssize_t)strlen(line);
	}
	free(more);
	return (line);
}

static void
read_messages(FILE *fp)
{
	struct set *s = NULL;
	char *line, *p;
	int quote = 0, n;

	for (lineno = 0; (line = read_line(fp)) != NULL; free(line)) {
		if (strncmp(line, "$set", 4) == 0) {
			p = line + 4;
			s = find_set(parse_number(&p));
		} else if (strncmp(line, "$delset", 7) == 0) {
			p = line + 7;
			remove_set(parse_number(&p));
			s = NULL;
		} else if (strncmp(line, "$quote", 6) == 0) {
			p = line + 6 + strspn(line + 6, " \t");
			quote = (unsigned char)*p;
		} else if (line[0] == '$') {
			if (line[1] != ' ' && line[1] != '\t' &&
			    line[1] != '\0')
				bad("unknown directive");
		} else if (line[strspn(line, " \t")] != '\0') {
			p = line;
			n = parse_number(&p);
			if (s == NULL)
				s = find_set(1);
			if (*p == '\0') {
				put_message(s, n, NULL, 0);
				continue;
			}
			if (*p != ' ' && *p != '\t')
				bad("expected a blank behind the number");
			p++;
			put_message(s, n, p, unescape(p, quote));
		}
	}
	if (ferror(fp))
		err(EX_IOERR, "%s", file);
}

/* What the catalogue has already. */
static void
read_catalogue(const unsigned char *p, size_t size)
{
	uint32_t nsets, messages, texts, i, j, first, n, off, len;
	const unsigned char *s, *m;
	struct set *set;

	if (size < HEADER || be32dec(p) != MAGIC)
		errx(EX_DATAERR, "%s: not a message catalogue", file);
	nsets = be32dec(p + 4);
	messages = be32dec(p + 12);
	texts = be32dec(p + 16);
	size -= HEADER;
	p += HEADER;
	if (messages > texts || texts > size || nsets > messages / RECORD)
		errx(EX_DATAERR, "%s: damaged", file);
	for (i = 0; i < nsets; i++) {
		s = p + i * RECORD;
		set = find_set((int)be32dec(s));
		n = be32dec(s + 4);
		first = be32dec(s + 8);
		if (((uint64_t)first + n) * RECORD > texts - messages)
			errx(EX_DATAERR, "%s: damaged", file);
		for (j = 0; j < n; j++) {
			m = p + messages + (first + j) * RECORD;
			len = be32dec(m + 4);
			off = be32dec(m + 8);
			if (len == 0 || (uint64_t)off + len > size - texts)
				errx(EX_DATAERR, "%s: damaged", file);
			put_message(set, (int)be32dec(m),
			    (const char *)p + texts + off, len);
		}
	}
}

static void
load_catalogue(const char *path)
{
	struct stat st;
	char *buf;
	int fd;

	file = path;
	fd = open(path, O_RDONLY);
	if (fd < 0 && errno == ENOENT)
		return;
	if (fd < 0 || fstat(fd, &st) != 0)
		err(EX_NOINPUT, "%s", path);
	if (st.st_size > 0) {
		buf = malloc((size_t)st.st_size);
		if (buf == NULL || read(fd, buf, (size_t)st.st_size) !=
		    st.st_size)
			err(EX_IOERR, "%s", path);
		read_catalogue((unsigned char *)buf, (size_t)st.st_size);
		free(buf);
	}
	close(fd);
}

static void
put_words(FILE *fp, const uint32_t *v, int n)
{
	unsigned char b[4];
	int i;

	for (i = 0; i < n; i++) {
		be32enc(b, v[i]);
		fwrite(b, 1, sizeof(b), fp);
	}
}

static void
write_catalogue(FILE *fp)
{
	uint32_t nsets = 0, nmsgs = 0, bytes = 0, first = 0, off = 0, n;
	struct message *m;
	struct set *s;

	LIST_FOREACH(s, &sets, link) {
		nsets++;
		LIST_FOREACH(m, &s->messages, link) {
			nmsgs++;
			bytes += (uint32_t)m->size;
		}
	}
	put_words(fp, (uint32_t[]){ MAGIC, nsets, (nsets + nmsgs) * RECORD +
	    bytes, nsets * RECORD, (nsets + nmsgs) * RECORD }, 5);
	LIST_FOREACH(s, &sets, link) {
		n = 0;
		LIST_FOREACH(m, &s->messages, link)
			n++;
		put_words(fp, (uint32_t[]){ (uint32_t)s->number, n, first },
		    3);
		first += n;
	}
	LIST_FOREACH(s, &sets, link) {
		LIST_FOREACH(m, &s->messages, link) {
			put_words(fp, (uint32_t[]){ (uint32_t)m->number,
			    (uint32_t)m->size, off }, 3);
			off += (uint32_t)m->size;
		}
	}
	LIST_FOREACH(s, &sets, link) {
		LIST_FOREACH(m, &s->messages, link)
			fwrite(m->text, 1, m->size, fp);
	}
}

int
main(int argc, char **argv)
{
	const char *out;
	FILE *fp;
	int i;

	if (getopt(argc, argv, "") != -1 || argc - optind < 2) {
		fprintf(stderr, "usage: gencat catalogue file ...\n");
		return (EX_USAGE);
	}
	argv += optind;
	out = argv[0];
	if (strcmp(out, "-") != 0)
		load_catalogue(out);
	for (i = 1; argv[i] != NULL; i++) {
		file = argv[i];
		fp = strcmp(file, "-") == 0 ? stdin : fopen(file, "r");
		if (fp == NULL)
			err(EX_NOINPUT, "%s", file);
		read_messages(fp);
		if (fp != stdin)
			fclose(fp);
	}
	fp = strcmp(out, "-") == 0 ? stdout : fopen(out, "w");
	if (fp == NULL)
		err(EX_CANTCREAT, "%s", out);
	write_catalogue(fp);
	if (fflush(fp) != 0 || ferror(fp))
		err(EX_IOERR, "%s", out);
	return (0);
}
