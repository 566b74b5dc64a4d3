/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of ed(1): buffer.c holds the text, address.c reads
 * addresses and patterns, file.c reads and writes files, substitute.c has the
 * command s, ed.c all other commands.
 */
#ifndef _ED_H_
#define _ED_H_

#include <sys/types.h>
#include <regex.h>
#include <setjmp.h>
#include <stdio.h>

/* A line without its newline.  Shared by what undo remembers. */
struct line {
	int	refs;
	int	mark;			/* by g, for the lines it found */
	size_t	len;
	char	text[];
};

extern long current, last;		/* line numbers from 1; 0: before all */
extern int modified;			/* since the last write */

/* The line of that number. */
struct line *buffer_line(long n);
/* Inserts a line after n. */
void	buffer_insert(long n, const char *text, size_t len);
void	buffer_delete(long from, long to);
void	buffer_replace(long n, const char *text, size_t len);
/* Moves or copies lines behind another that is not among them. */
void	buffer_move(long from, long to, long behind);
void	buffer_copy(long from, long to, long behind);
/* The number of a line, 0 if it is not there any more. */
long	buffer_find(const struct line *l);
/* k and ': marks by letters; undo. */
void	buffer_set_mark(int letter, long n);
long	buffer_get_mark(int letter);	/* 0: none */
void	buffer_snapshot(void);		/* before a command that changes */
void	buffer_undo(void);

/* Reads the addresses at *p into first and second; returns how many. */
int	addresses(const char **p, long *first, long *second);
/*
 * The pattern at *p between delimiters, which it is moved behind; an empty
 * one is the last.
 */
regex_t	*pattern(const char **p, int icase);
int	line_matches(regex_t *re, long n);

/* Return bytes, or -1 with the message printed. */
off_t	file_read(const char *name, long behind);
off_t	file_write(const char *name, long from, long to, int append);

/* The rest of "s" at *p, over the lines. */
void	substitute(const char **p, long from, long to);
/* What is printed after it: 'p', 'n', 'l' or 0. */
void	print_lines(long from, long to, int how);

/* A line of input; NULL at the end.  In g's command list, from there. */
char	*read_input(size_t *len);
/* Gives up the command with this message. */
void	error(const char *message) __dead2;

extern int restricted;

#endif
