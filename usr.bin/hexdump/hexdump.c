/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hexdump, hd, od - show the bytes of files
 *
 * usage: hexdump [-bcCdovx] [-e format] [-f format_file] [-n length]
 *                [-s skip] [file ...]
 */
#include <sys/types.h>
#include <sys/stat.h>

#include <err.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hexdump.h"

off_t skip, length = -1;
int show_all;

static char **files;
static FILE *input;
static int failed;

off_t
size_value(const char *text)
{
	char *end;
	off_t n = strtoll(text, &end, 0);

	switch (*end) {
	case 'b': n *= 512; end++; break;
	case 'k': n <<= 10; end++; break;
	case 'm': n <<= 20; end++; break;
	case 'g': n <<= 30; end++; break;
	}
	if (end == text || *end != '\0' || n < 0)
		errx(1, "%s: bad value", text);
	return (n);
}

/* The next file that can be opened; 0 when there is none. */
static int
next_file(void)
{
	static int first = 1;

	if (input != NULL && input != stdin)
		fclose(input);
	input = NULL;
	if (first && *files == NULL) {
		first = 0;
		input = stdin;
		return (1);
	}
	first = 0;
	while (*files != NULL && input == NULL) {
		input = fopen(*files, "r");
		if (input == NULL) {
			warn("%s", *files);
			failed = 1;
		}
		files++;
	}
	return (input != NULL);
}

/* Fills the block from as many files as that takes. */
static int
fill(u_char *block)
{
	int n = 0, want = block_size;
	size_t got;

	if (length >= 0 && length < want)
		want = (int)length;
	while (n < want && input != NULL) {
		got = fread(block + n, 1, (size_t)(want - n), input);
		n += (int)got;
		if (n < want) {
			if (ferror(input)) {
				warn("read");
				failed = 1;
			}
			next_file();
		}
	}
	if (length >= 0)
		length -= n;
	return (n);
}

static void
skip_input(void)
{
	off_t left = skip;
	struct stat st;

	while (left > 0 && input != NULL) {
		if (fstat(fileno(input), &st) == 0 && S_ISREG(st.st_mode)) {
			if (left < st.st_size) {
				if (fseeko(input, left, SEEK_SET) != 0)
					err(1, "seek");
				return;
			}
			left -= st.st_size;
			next_file();
		} else if (getc(input) != EOF)
			left--;
		else
			next_file();
	}
	if (left > 0)
		errx(1, "cannot skip past end of input");
}

/* Blocks that are like the one before become one line "*". */
static void
dump(void)
{
	u_char *block, *before;
	int n, first = 1, starred = 0;
	off_t address = skip;

	block = calloc(1, (size_t)block_size + 16);
	before = calloc(1, (size_t)block_size + 16);
	if (block == NULL || before == NULL)
		err(1, NULL);
	while ((n = fill(block)) > 0) {
		if (!show_all && !first && n == block_size &&
		    memcmp(block, before, (size_t)block_size) == 0) {
			if (!starred)
				printf("*\n");
			starred = 1;
		} else {
			memset(block + n, 0, (size_t)(block_size - n));
			format_print(block, n, address);
			starred = 0;
		}
		memcpy(before, block, (size_t)block_size);
		first = 0;
		address += n;
	}
	if (address > skip || first)
		format_end(address);
	free(block);
	free(before);
}

static void
canonical(void)
{
	format_add("\"%08.8_Ax\\n\"");
	format_add("\"%08.8_ax  \" 8/1 \"%02x \" \"  \" 8/1 \"%02x \" ");
	format_add("\"  |\" 16/1 \"%_p\" \"|\\n\"");
}

static void
hexdump_options(int argc, char **argv)
{
	int c;

	if (strcmp(getprogname(), "hd") == 0)
		canonical();
	while ((c = getopt(argc, argv, "bcCde:f:n:os:vx")) != -1) {
		if (formats == NULL && strchr("bcdox", c) != NULL)
			format_add("\"%07.7_Ax\\n\"");
		switch (c) {
		case 'b':
			format_add("\"%07.7_ax \" 16/1 \"%03o \" \"\\n\"");
			break;
		case 'c':
			format_add("\"%07.7_ax \" 16/1 \"%3_c \" \"\\n\"");
			break;
		case 'C':
			canonical();
			break;
		case 'd':
			format_add("\"%07.7_ax \" 8/2 \"  %05u \" \"\\n\"");
			break;
		case 'e': format_add(optarg); break;
		case 'f': format_file(optarg); break;
		case 'n': length = size_value(optarg); break;
		case 'o':
			format_add("\"%07.7_ax \" 8/2 \" %06o \" \"\\n\"");
			break;
		case 's': skip = size_value(optarg); break;
		case 'v': show_all = 1; break;
		case 'x':
			format_add("\"%07.7_ax \" 8/2 \"   %04x \" \"\\n\"");
			break;
		default:
			fprintf(stderr, "usage: %s [-bcCdovx] [-e format] "
			    "[-f format_file]\n               [-n length] "
			    "[-s skip] [file ...]\n", getprogname());
			exit(1);
		}
	}
	files = argv + optind;
	if (formats == NULL) {
		format_add("\"%07.7_Ax\\n\"");
		format_add("\"%07.7_ax \" 8/2 \"%04x \" \"\\n\"");
	}
}

int
main(int argc, char **argv)
{
	setlocale(LC_CTYPE, "");
	if (strcmp(getprogname(), "od") == 0)
		files = od_options(argc, argv);
	else
		hexdump_options(argc, argv);
	format_finish();
	next_file();
	skip_input();
	dump();
	if (fflush(stdout) != 0)
		err(1, "stdout");
	return (failed);
}
