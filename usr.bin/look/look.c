/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * look - lines of a sorted file that begin with a string
 *
 * usage: look [-df] [-t char] string [file ...]
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WORDS	"/usr/share/dict/words"

static int dictionary, fold;
static char key[1024];			/* as it is to be compared */

/* Compares the key with the beginning of the line at p. */
static int
compare(const char *p, const char *end)
{
	const char *k = key;
	int c;

	for (; *k != '\0'; p++) {
		if (p == end || *p == '\n')
			return (1);
		c = (unsigned char)*p;
		if (dictionary && !isalnum(c) && c != ' ')
			continue;
		if (fold)
			c = tolower(c);
		if ((unsigned char)*k != c)
			return ((unsigned char)*k < c ? -1 : 1);
		k++;
	}
	return (0);
}

static const char *
line_start(const char *p, const char *begin)
{
	while (p > begin && p[-1] != '\n')
		p--;
	return (p);
}

static const char *
line_end(const char *p, const char *end)
{
	const char *nl = memchr(p, '\n', (size_t)(end - p));

	return (nl != NULL ? nl + 1 : end);
}

/* Prints what begins with the key; returns whether anything did. */
static int
look(const char *begin, const char *end)
{
	const char *lo = begin, *hi = end, *mid, *next;
	int found = 0;

	/* The first line that is not less lies in [lo, hi]. */
	while (lo < hi) {
		mid = line_start(lo + (hi - lo) / 2, lo);
		next = line_end(mid, end);
		if (compare(mid, end) > 0)
			lo = next;
		else
			hi = mid;
	}
	for (; lo < end && compare(lo, end) == 0; lo = next) {
		next = line_end(lo, end);
		fwrite(lo, 1, (size_t)(next - lo), stdout);
		found = 1;
	}
	return (found);
}

static void
set_key(const char *s, int last)
{
	char *out = key;
	int c;

	for (; *s != '\0' && out < key + sizeof(key) - 1; s++) {
		c = (unsigned char)*s;
		if (!dictionary || isalnum(c) || c == ' ')
			*out++ = (char)(fold ? tolower(c) : c);
		if (last >= 0 && c == last)
			break;
	}
	*out = '\0';
}

static int
look_in(const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY), found = 0;
	void *p;

	if (fd < 0 || fstat(fd, &st) != 0)
		err(2, "%s", path);
	if (st.st_size > 0) {
		p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd,
		    0);
		if (p == MAP_FAILED)
			err(2, "%s", path);
		found = look(p, (char *)p + st.st_size);
		munmap(p, (size_t)st.st_size);
	}
	close(fd);
	return (found);
}

int
main(int argc, char **argv)
{
	int c, last = -1, found = 0;
	const char *text;

	while ((c = getopt(argc, argv, "dft:")) != -1) {
		switch (c) {
		case 'd': dictionary = 1; break;
		case 'f': fold = 1; break;
		case 't': last = (unsigned char)*optarg; break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	text = *argv++;
	if (*argv == NULL) {
		dictionary = fold = 1;
		set_key(text, last);
		found = look_in(WORDS);
	} else
		set_key(text, last);
	for (; *argv != NULL; argv++)
		found |= look_in(*argv);
	return (!found);
usage:
	fprintf(stderr, "usage: look [-df] [-t char] string [file ...]\n");
	return (2);
}
