/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of hexdump(1): hexdump.c reads input and knows the
 * options of hexdump and hd, od.c those of od, format.c parses formats and
 * prints blocks by them.
 *
 * Every block of input is printed by each of a list of strings in turn.  A
 * string is a list of units, a unit is an iteration count, a
 * byte count and text with conversions.
 */
#ifndef _HEXDUMP_H_
#define _HEXDUMP_H_

#include <sys/types.h>
#include <stdio.h>

enum conversion {
	CONV_TEXT, CONV_INT, CONV_UINT, CONV_FLOAT, CONV_CHAR, CONV_ADDRESS,
	CONV_LAST_ADDRESS, CONV_NAMED, CONV_PRINTABLE, CONV_ESCAPED
};

/* A piece of a unit: at most one conversion, with the text before it. */
struct piece {
	struct piece *next;
	enum conversion conv;
	char	*fmt;			/* for printf, or plain text */
	char	*blank;			/* the same when there is no data */
	int	bytes;			/* input it uses */
};

struct unit {
	struct unit *next;
	struct piece *pieces;
	int	reps;			/* times; -2 not given */
	int	bytes;			/* input one repetition uses */
};

struct string {
	struct string *next;
	struct unit *units;
	int	bytes;			/* block size */
};

extern struct string *formats;
extern int block_size;
extern off_t skip, length;		/* length -1: all */
extern int trim;			/* no blanks for missing input */
extern int show_all;			/* -v: repeated blocks too */

/* Adds a format; exits when it is none. */
void	format_add(const char *text);
/* Adds those of a file, one a line. */
void	format_file(const char *path);
/* To be called when all formats are there. */
void	format_finish(void);
/* Prints a block of block_size bytes, of which n are input. */
void	format_print(const u_char *block, int n, off_t address);
/* Prints what formats want at the end of input. */
void	format_end(off_t address);

/* The options of od; returns the first operand. */
char	**od_options(int argc, char **argv);
/* A number in C's notation with the suffixes b, k, m, g. */
off_t	size_value(const char *text);

#endif
