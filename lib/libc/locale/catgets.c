/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message catalogues: catopen(3), catgets(3), catclose(3).
 *
 * A file, made by gencat(1), has numbers of 32 bits, the most significant byte
 * first:
 *
 *	magic, sets, bytes behind this header, offset of the messages,
 *	offset of the texts (both from the end of the header)
 *	of each set: number, messages, index of the first message
 *	of each message: number, length with its NUL, offset of its text
 *
 * Sets, and the messages of each, are sorted by number.
 */
#include <sys/types.h>
#include <sys/endian.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <nl_types.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define	MAGIC		0xff88ff89
#define	HEADER		20
#define	RECORD		12
#define	DEFAULT_PATH	"/usr/share/nls/%L/%N.cat:/usr/share/nls/%N/%L:" \
			"/usr/local/share/nls/%L/%N.cat:" \
			"/usr/local/share/nls/%N/%L"

static uint32_t
word(nl_catd cat, size_t at)
{
	return (be32dec((char *)cat->__data + at));
}

/* Whether all that the header promises is in the file. */
static bool
is_sound(const unsigned char *p, size_t size)
{
	uint32_t sets, bytes, messages, texts;

	if (size < HEADER || be32dec(p) != MAGIC)
		return (false);
	sets = be32dec(p + 4);
	bytes = be32dec(p + 8);
	messages = be32dec(p + 12);
	texts = be32dec(p + 16);
	return (bytes <= size - HEADER && messages <= bytes &&
	    texts <= bytes && sets <= messages / RECORD &&
	    messages <= texts);
}

static nl_catd
load(const char *path)
{
	struct stat st;
	nl_catd cat;
	void *map;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ((nl_catd)-1);
	if (fstat(fd, &st) != 0 || st.st_size < HEADER ||
	    st.st_size > INT_MAX) {
		close(fd);
		errno = EFTYPE;
		return ((nl_catd)-1);
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return ((nl_catd)-1);
	cat = malloc(sizeof(*cat));
	if (cat == NULL || !is_sound(map, (size_t)st.st_size)) {
		munmap(map, (size_t)st.st_size);
		if (cat != NULL)
			errno = EFTYPE;
		free(cat);
		return ((nl_catd)-1);
	}
	cat->__data = map;
	cat->__size = (int)st.st_size;
	return (cat);
}

/* The parts of "language_territory.codeset" for %l, %t and %c. */
static const char *
part(const char *lang, char which, size_t *n)
{
	size_t l = strcspn(lang, "_.@"), t;
	const char *p = lang;

	if (which == 'l') {
		*n = l;
		return (p);
	}
	p += l;
	t = *p == '_' ? strcspn(p, ".@") : 0;
	if (which == 't') {
		*n = t > 0 ? t - 1 : 0;
		return (p + (t > 0));
	}
	p += t;
	*n = *p == '.' ? strcspn(p + 1, "@") : 0;
	return (p + (*p == '.'));
}

/* One template of the path with its %-sequences replaced. */
static bool
expand(const char *t, size_t len, const char *name, const char *lang,
    char *out, size_t size)
{
	const char *add, *end = t + len;
	size_t n, o = 0;

	for (; t < end; t++) {
		add = t;
		n = 1;
		if (*t == '%' && t + 1 < end) {
			t++;
			if (*t == 'N' || *t == 'L') {
				add = *t == 'N' ? name : lang;
				n = strlen(add);
			} else if (strchr("ltc", *t) != NULL)
				add = part(lang, *t, &n);
			else
				add = t;
		}
		if (o + n >= size)
			return (false);
		memcpy(out + o, add, n);
		o += n;
	}
	out[o] = '\0';
	return (o > 0);
}

nl_catd
catopen(const char *name, int type)
{
	const char *lang, *path = NULL, *p;
	char file[PATH_MAX];
	nl_catd cat;
	size_t n;

	if (name == NULL || *name == '\0') {
		errno = ENOENT;
		return ((nl_catd)-1);
	}
	if (strchr(name, '/') != NULL)
		return (load(name));
	lang = type == NL_CAT_LOCALE ? setlocale(LC_MESSAGES, NULL) :
	    getenv("LANG");
	if (lang == NULL || *lang == '\0' || strchr(lang, '/') != NULL)
		lang = "C";
	if (!issetugid())
		path = getenv("NLSPATH");
	if (path == NULL || *path == '\0')
		path = DEFAULT_PATH;
	for (p = path; *p != '\0'; p += n + (p[n] == ':')) {
		n = strcspn(p, ":");
		if (!expand(p, n, name, lang, file, sizeof(file)))
			continue;
		cat = load(file);
		if (cat != (nl_catd)-1)
			return (cat);
	}
	errno = ENOENT;
	return ((nl_catd)-1);
}

/* The record with a number among `count' of them; 0 if there is none. */
static size_t
find(nl_catd cat, size_t first, uint32_t count, uint32_t number)
{
	uint32_t lo = 0, hi = count, mid, n;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		n = word(cat, first + (size_t)mid * RECORD);
		if (n == number)
			return (first + (size_t)mid * RECORD);
		if (n < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (0);
}

char *
catgets(nl_catd cat, int set, int message, const char *def)
{
	char *none = (char *)(uintptr_t)def, *text;
	uint32_t messages, texts, bytes, count, first, len, off;
	size_t at;

	if (cat == NULL || cat == (nl_catd)-1) {
		errno = EBADF;
		return (none);
	}
	errno = ENOMSG;
	bytes = word(cat, 8);
	messages = word(cat, 12);
	texts = word(cat, 16);
	at = find(cat, HEADER, word(cat, 4), (uint32_t)set);
	if (at == 0)
		return (none);
	count = word(cat, at + 4);
	first = word(cat, at + 8);
	if (((uint64_t)first + count) * RECORD > texts - messages)
		return (none);
	at = find(cat, HEADER + messages + (size_t)first * RECORD, count,
	    (uint32_t)message);
	if (at == 0)
		return (none);
	len = word(cat, at + 4);
	off = word(cat, at + 8);
	if (len == 0 || (uint64_t)off + len > bytes - texts)
		return (none);
	text = (char *)cat->__data + HEADER + texts + off;
	if (text[len - 1] != '\0')
		return (none);
	return (text);
}

int
catclose(nl_catd cat)
{
	if (cat == NULL || cat == (nl_catd)-1) {
		errno = EBADF;
		return (-1);
	}
	munmap(cat->__data, (size_t)cat->__size);
	free(cat);
	return (0);
}
