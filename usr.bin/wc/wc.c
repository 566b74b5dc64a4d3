/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wc - count lines, words, characters and bytes
 *
 * usage: wc [-Lclmw] [file ...]
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct counts {
	uintmax_t	lines, words, chars, bytes, longest;
};

static int f_lines, f_words, f_chars, f_bytes, f_longest;

static int
count(int fd, const char *name, struct counts *n)
{
	static unsigned char buf[65536];
	uintmax_t column = 0;
	ssize_t len, i;
	int in_word = 0;

	memset(n, 0, sizeof(*n));
	while ((len = read(fd, buf, sizeof(buf))) > 0) {
		n->bytes += (uintmax_t)len;
		for (i = 0; i < len; i++) {
			if ((buf[i] & 0xc0) != 0x80) {
				n->chars++;
				column++;
			}
			if (buf[i] == '\n') {
				n->lines++;
				if (column - 1 > n->longest)
					n->longest = column - 1;
				column = 0;
			}
			if (isspace(buf[i])) {
				in_word = 0;
			} else if (!in_word) {
				in_word = 1;
				n->words++;
			}
		}
	}
	if (len < 0) {
		warn("%s", name);
		return (1);
	}
	return (0);
}

static void
print(const struct counts *n, const char *name)
{
	if (f_lines)
		printf(" %7ju", n->lines);
	if (f_words)
		printf(" %7ju", n->words);
	if (f_bytes || f_chars)
		printf(" %7ju", f_chars ? n->chars : n->bytes);
	if (f_longest)
		printf(" %7ju", n->longest);
	if (name != NULL)
		printf(" %s", name);
	putchar('\n');
}

int
main(int argc, char **argv)
{
	struct counts n, total;
	int c, fd, many, rc = 0;

	while ((c = getopt(argc, argv, "Lclmw")) != -1) {
		switch (c) {
		case 'L':
			f_longest = 1;
			break;
		case 'c':
			f_bytes = 1;
			f_chars = 0;
			break;
		case 'l':
			f_lines = 1;
			break;
		case 'm':
			f_chars = 1;
			f_bytes = 0;
			break;
		case 'w':
			f_words = 1;
			break;
		default:
			fprintf(stderr, "usage: wc [-Lclmw] [file ...]\n");
			return (1);
		}
	}
	if (!(f_lines | f_words | f_chars | f_bytes | f_longest))
		f_lines = f_words = f_bytes = 1;
	argv += optind;
	if (*argv == NULL) {
		rc = count(STDIN_FILENO, "stdin", &n);
		print(&n, NULL);
		return (rc);
	}
	many = argv[1] != NULL;
	memset(&total, 0, sizeof(total));
	for (; *argv != NULL; argv++) {
		fd = open(*argv, O_RDONLY);
		if (fd < 0 || count(fd, *argv, &n) != 0) {
			if (fd < 0)
				warn("%s", *argv);
			rc = 1;
			if (fd >= 0)
				close(fd);
			continue;
		}
		close(fd);
		print(&n, *argv);
		total.lines += n.lines;
		total.words += n.words;
		total.chars += n.chars;
		total.bytes += n.bytes;
		if (n.longest > total.longest)
			total.longest = n.longest;
	}
	if (many)
		print(&total, "total");
	return (rc);
}
