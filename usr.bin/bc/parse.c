/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The language; see bc.h.  Precedence climbing over a table of operators.
 */
#include <ctype.h>
#include <err.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bc.h"

enum token { T_END, T_NEWLINE, T_NUMBER, T_STRING, T_NAME, T_OP };

#define OP2(a, b)	((a) << 8 | (b))

const char *parse_file;
int parse_line;

static FILE *input;
static const char *text;		/* or this, if not NULL */
static int peeked = -2;			/* character read ahead */
static enum token token;
static int op;				/* of T_OP; two characters: OP2 */
static char *word;			/* of the others */
static size_t word_room;

static int
next_char(void)
{
	int c;

	if (peeked != -2) {
		c = peeked;
		peeked = -2;
		return (c);
	}
	if (text != NULL)
		return (*text != '\0' ? (unsigned char)*text++ : EOF);
	return (getc(input));
}

static void
back(int c)
{
	peeked = c;
}

static void
add_char(size_t *n, int c)
{
	if (*n + 2 > word_room) {
		word_room = word_room > 0 ? word_room * 2 : 128;
		word = realloc(word, word_room);
		if (word == NULL)
			err(1, NULL);
	}
	word[(*n)++] = (char)c;
	word[*n] = '\0';
}

/* Blanks, comments and continued lines. */
static int
skip_blanks(void)
{
	int c, d;

	for (;;) {
		c = next_char();
		if (c == '\\') {
			if ((c = next_char()) != '\n')
				fail("illegal character: \\");
			parse_line++;
		} else if (c == '#') {
			while ((c = next_char()) != '\n' && c != EOF)
				continue;
			return (c);
		} else if (c == '/') {
			if ((d = next_char()) != '*') {
				back(d);
				return ('/');
			}
			for (d = 0; (c = next_char()) != EOF; d = c) {
				if (c == '\n')
					parse_line++;
				if (d == '*' && c == '/')
					break;
			}
		} else if (c != ' ' && c != '\t' && c != '\r')
			return (c);
	}
}

static void
read_number(int c)
{
	size_t n = 0;
	int point = 0, d;

	for (;; c = next_char()) {
		if (c == '\\') {		/* goes on in the next line */
			d = next_char();
			if (d != '\n')
				break;
			parse_line++;
			continue;
		}
		if (c == '.' && !point)
			point = 1;
		else if (!isdigit(c) && !(c >= 'A' && c <= 'F'))
			break;
		add_char(&n, c);
	}
	back(c);
	token = T_NUMBER;
	/* A point by itself is the last value printed. */
	if (strcmp(word, ".") == 0) {
		strcpy(word, "last");
		token = T_NAME;
	}
}

static void
advance(void)
{
	static const char doubles[] = "=+-*/%^<>!&|";
	int c = skip_blanks(), d;
	size_t n = 0;

	add_char(&n, ' ');
	n = 0;
	if (c == EOF) {
		token = T_END;
	} else if (c == '\n') {
		token = T_NEWLINE;
		parse_line++;
	} else if (isdigit(c) || c == '.' || (c >= 'A' && c <= 'F')) {
		read_number(c);
	} else if (c == '"') {
		word[0] = '\0';
		while ((c = next_char()) != '"' && c != EOF) {
			if (c == '\n')
				parse_line++;
			add_char(&n, c);
		}
		token = T_STRING;
	} else if (islower(c)) {
		for (; islower(c) || isdigit(c) || c == '_'; c = next_char())
			add_char(&n, c);
		back(c);
		token = T_NAME;
	} else {
		token = T_OP;
		op = c;
		if (strchr(doubles, c) == NULL)
			return;
		d = next_char();
		if (d == '=' || (d == c && strchr("+-&|", c) != NULL))
			op = OP2(c, d);
		else
			back(d);
	}
}

static struct node *
node(enum kind kind, struct node *a, struct node *b)
{
	struct node *n = calloc(1, sizeof(*n));

	if (n == NULL)
		err(1, NULL);
	n->kind = kind;
	n->a = a;
	n->b = b;
	return (n);
}

static struct node *
named(enum kind kind, const char *name)
{
	struct node *n = node(kind, NULL, NULL);

	n->name = strdup(name);
	if (n->name == NULL)
		err(1, NULL);
	return (n);
}

void
node_free(struct node *n)
{
	struct node *next;

	for (; n != NULL; n = next) {
		next = n->next;
		node_free(n->a);
		node_free(n->b);
		node_free(n->c);
		node_free(n->d);
		free(n->name);
		free(n->digits);
		free(n);
	}
}

static void __dead2
syntax_error(void)
{
	fail("syntax error");
}

static int
is_op(int o)
{
	return (token == T_OP && op == o);
}

static int
is_word(const char *w)
{
	return (token == T_NAME && strcmp(word, w) == 0);
}

static void
expect(int o)
{
	if (!is_op(o))
		syntax_error();
	advance();
}

static void
skip_newlines(void)
{
	while (token == T_NEWLINE)
		advance();
}

static struct node	*expression(int level);
static struct node	*statement(void);

/* f(a, b[]): arguments, arrays by name. */
static struct node *
arguments(void)
{
	struct node *list = NULL, **tail = &list, *n;

	advance();
	while (!is_op(')')) {
		n = expression(0);
		*tail = n;
		tail = &n->next;
		if (!is_op(','))
			break;
		advance();
	}
	expect(')');
	return (list);
}

static struct node *
name(void)
{
	static const struct { const char *word; enum kind kind; } built_in[] = {
		{ "length", N_LENGTH }, { "sqrt", N_SQRT },
		{ "scale", N_SCALE }, { "read", N_READ },
	};
	struct node *n;
	char *w = strdup(word);
	size_t i;

	if (w == NULL)
		err(1, NULL);
	advance();
	if (is_op('(')) {
		n = named(N_CALL, w);
		for (i = 0; i < sizeof(built_in) / sizeof(built_in[0]); i++) {
			if (strcmp(w, built_in[i].word) == 0)
				n->kind = built_in[i].kind;
		}
		n->a = arguments();
		if (n->kind != N_CALL && n->kind != N_READ &&
		    (n->a == NULL || n->a->next != NULL))
			syntax_error();
	} else if (is_op('[')) {
		n = named(N_ELEMENT, w);
		advance();
		if (is_op(']'))
			n->kind = N_ARRAY;
		else
			n->a = expression(0);
		expect(']');
	} else
		n = named(N_VAR, w);
	free(w);
	return (n);
}

static int
assignable(const struct node *n)
{
	return (n->kind == N_VAR || n->kind == N_ELEMENT);
}

static struct node *
primary(void)
{
	struct node *n;
	int o;

	if (token == T_NUMBER) {
		n = node(N_NUMBER, NULL, NULL);
		n->digits = strdup(word);
		advance();
	} else if (token == T_NAME) {
		n = name();
	} else if (is_op('(')) {
		advance();
		n = expression(0);
		expect(')');
		/* "(a = 1)" is printed: it is no assignment any more. */
		n = node(N_BINARY, n, NULL);
		n->op = '(';
	} else if (is_op('-')) {
		advance();
		n = node(N_NEGATE, expression(9), NULL);
	} else if (is_op('!')) {
		advance();
		n = node(N_NOT, expression(3), NULL);
	} else if (is_op(OP2('+', '+')) || is_op(OP2('-', '-'))) {
		o = op == OP2('+', '+') ? 1 : -1;
		advance();
		n = node(N_PREINC, primary(), NULL);
		n->op = o;
		if (!assignable(n->a))
			syntax_error();
		return (n);
	} else
		syntax_error();
	if ((is_op(OP2('+', '+')) || is_op(OP2('-', '-'))) && assignable(n)) {
		n = node(N_POSTINC, n, NULL);
		n->op = op == OP2('+', '+') ? 1 : -1;
		advance();
	}
	return (n);
}

static const struct {
	int	op, level, right;
} operators[] = {
	{ OP2('|', '|'), 1, 0 }, { OP2('&', '&'), 2, 0 },
	{ '<', 4, 0 }, { '>', 4, 0 }, { OP2('<', '='), 4, 0 },
	{ OP2('>', '='), 4, 0 }, { OP2('=', '='), 4, 0 },
	{ OP2('!', '='), 4, 0 },
	{ '=', 5, 1 }, { OP2('+', '='), 5, 1 }, { OP2('-', '='), 5, 1 },
	{ OP2('*', '='), 5, 1 }, { OP2('/', '='), 5, 1 },
	{ OP2('%', '='), 5, 1 }, { OP2('^', '='), 5, 1 },
	{ '+', 6, 0 }, { '-', 6, 0 },
	{ '*', 7, 0 }, { '/', 7, 0 }, { '%', 7, 0 },
	{ '^', 8, 1 },
};

/* Of operators that bind at least so strongly. */
static struct node *
expression(int level)
{
	struct node *left = primary(), *n;
	size_t i, count = sizeof(operators) / sizeof(operators[0]);
	int o, l;

	for (;;) {
		for (i = 0; i < count; i++) {
			if (is_op(operators[i].op) &&
			    operators[i].level >= level)
				break;
		}
		/* An assignment's left side may stand anywhere. */
		if (i == count && assignable(left) && token == T_OP) {
			for (i = 0; i < count; i++) {
				if (is_op(operators[i].op) &&
				    operators[i].level == 5)
					break;
			}
		}
		if (i == count)
			return (left);
		o = operators[i].op;
		l = operators[i].level;
		advance();
		n = node(l == 5 ? N_ASSIGN : l == 1 ? N_OR : l == 2 ? N_AND :
		    N_BINARY, left, expression(operators[i].right ? l :
		    l + 1));
		n->op = l == 5 && o != '=' ? o >> 8 : o;
		if (l == 5 && !assignable(left))
			syntax_error();
		left = n;
	}
}

static struct node *
block(void)
{
	struct node *n = node(N_BLOCK, NULL, NULL), **tail = &n->a;

	advance();
	for (;;) {
		while (token == T_NEWLINE || is_op(';'))
			advance();
		if (is_op('}'))
			break;
		if (token == T_END)
			syntax_error();
		*tail = statement();
		while (*tail != NULL)
			tail = &(*tail)->next;
	}
	advance();
	return (n);
}

static struct node *
optional(int end)
{
	struct node *n = is_op(end) ? NULL : expression(0);

	expect(end);
	return (n);
}

static struct node *
print_list(void)
{
	struct node *n = node(N_PRINT, NULL, NULL), **tail = &n->a;

	do {
		advance();
		if (token == T_STRING) {
			*tail = named(N_STRING, word);
			advance();
		} else
			*tail = expression(0);
		tail = &(*tail)->next;
	} while (is_op(','));
	return (n);
}

static struct node *
conditional(void)
{
	struct node *n;
	int is_while = is_word("while");

	advance();
	expect('(');
	n = node(is_while ? N_WHILE : N_IF, expression(0), NULL);
	expect(')');
	skip_newlines();
	n->b = statement();
	if (!is_while && is_word("else")) {
		advance();
		skip_newlines();
		n->c = statement();
	}
	return (n);
}

static struct node *
statement(void)
{
	struct node *n;

	if (is_op('{'))
		return (block());
	if (token == T_STRING) {
		n = node(N_PRINT, NULL, NULL);
		n->a = named(N_STRING, word);
		n->op = 's';			/* escapes are text */
		advance();
		return (n);
	}
	if (is_word("if") || is_word("while"))
		return (conditional());
	if (is_word("for")) {
		n = node(N_FOR, NULL, NULL);
		advance();
		expect('(');
		n->a = optional(';');
		n->b = optional(';');
		n->c = optional(')');
		skip_newlines();
		n->d = statement();
		return (n);
	}
	if (is_word("break") || is_word("continue") || is_word("quit") ||
	    is_word("halt")) {
		n = node(*word == 'b' ? N_BREAK : *word == 'c' ? N_CONTINUE :
		    N_QUIT, NULL, NULL);
		advance();
		return (n);
	}
	if (is_word("return")) {
		advance();
		n = node(N_RETURN, NULL, NULL);
		if (token != T_NEWLINE && token != T_END && !is_op(';') &&
		    !is_op('}'))
			n->a = expression(0);
		return (n);
	}
	if (is_word("print"))
		return (print_list());
	return (node(N_EXPR, expression(0), NULL));
}

/* Names, some followed by "[]". */
static struct node *
name_list(void)
{
	struct node *list = NULL, **tail = &list;

	while (token == T_NAME) {
		*tail = named(N_VAR, word);
		advance();
		if (is_op('[')) {
			advance();
			expect(']');
			(*tail)->kind = N_ARRAY;
		}
		tail = &(*tail)->next;
		if (!is_op(','))
			break;
		advance();
	}
	return (list);
}

static void
definition(void)
{
	struct function *f = calloc(1, sizeof(*f));
	struct node **tail;

	if (f == NULL)
		err(1, NULL);
	advance();
	if (is_word("void"))
		advance();
	if (token != T_NAME)
		syntax_error();
	f->name = strdup(word);
	advance();
	expect('(');
	f->params = name_list();
	expect(')');
	skip_newlines();
	if (!is_op('{'))
		syntax_error();
	advance();
	skip_newlines();
	f->body = node(N_BLOCK, NULL, NULL);
	tail = &f->body->a;
	if (is_word("auto")) {
		advance();
		f->autos = name_list();
	}
	for (;;) {
		while (token == T_NEWLINE || is_op(';'))
			advance();
		if (is_op('}'))
			break;
		if (token == T_END)
			syntax_error();
		*tail = statement();
		tail = &(*tail)->next;
	}
	token = T_NEWLINE;
	function_define(f);
}

void
parse_begin(FILE *f, const char *t, const char *file)
{
	input = f;
	text = t;
	parse_file = file;
	parse_line = 1;
	peeked = -2;
	token = T_NEWLINE;
}

int
parse_at_line_end(void)
{
	return (token == T_NEWLINE || token == T_END);
}

struct node *
parse_next(int *end)
{
	struct node *n;

	*end = 0;
	/* What ended the statement before is read over only now. */
	while (token == T_NEWLINE || is_op(';'))
		advance();
	if (token == T_END) {
		*end = 1;
		return (NULL);
	}
	if (is_word("define")) {
		definition();
		return (NULL);
	}
	n = statement();
	if (token != T_NEWLINE && token != T_END && !is_op(';'))
		syntax_error();
	return (n);
}
