/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of bc(1): parse.c turns text into trees, run.c executes
 * them, bc.c has files, options and the functions of -l.
 */
#ifndef _BC_H_
#define _BC_H_

#include <stdio.h>
#include "num.h"

enum kind {
	/* expressions */
	N_NUMBER, N_STRING, N_VAR, N_ELEMENT, N_ARRAY, N_CALL, N_ASSIGN,
	N_PREINC, N_POSTINC, N_NEGATE, N_NOT, N_BINARY, N_AND, N_OR,
	N_LENGTH, N_SQRT, N_SCALE, N_READ,
	/* statements */
	N_EXPR, N_PRINT, N_IF, N_WHILE, N_FOR, N_BREAK, N_CONTINUE, N_RETURN,
	N_BLOCK, N_QUIT
};

struct node {
	enum kind kind;
	int	op;			/* operator; +1 or -1 of N_*INC */
	char	*name;			/* variable, function; text */
	char	*digits;		/* N_NUMBER: in the base when run */
	struct node *a, *b, *c, *d;	/* parts */
	struct node *next;		/* in lists */
};

struct function {
	struct function *next;
	char	*name;
	struct node *params, *autos;	/* N_VAR and N_ARRAY */
	struct node *body;
};

extern const char *parse_file;		/* for messages */
extern int parse_line;
extern int interactive;

/* Begins with the text; parse_next() returns statements one by one. */
void	parse_begin(FILE *f, const char *text, const char *name);
/*
 * The next statement that ends at a line's end; function definitions are
 * kept and yield NULL with *end unset.  At the end *end is set.
 */
struct node *parse_next(int *end);
/* Whether the line has been read to its end. */
int	parse_at_line_end(void);
void	node_free(struct node *n);

void	function_define(struct function *f);
void	run_statement(struct node *n);
extern int quitting;

/* Says what is wrong and goes back to where the next statement is read. */
void	fail(const char *fmt, ...) __printflike(1, 2) __dead2;

#endif
