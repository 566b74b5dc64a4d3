/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dc - a calculator for numbers of any length, in reverse Polish notation
 *
 * usage: dc [-x] [-e expression] [file ...]
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "num.h"

#define LINE_WIDTH	70

struct value {
	struct num *num;		/* one of the two */
	char	*text;
};

struct cell {
	struct cell *next;
	struct value v;
	struct cell *array;		/* of this level of the register */
	long	index;			/* in an array */
};

static struct value *stack;
static size_t depth, room;
static struct cell *registers[256];
static unsigned int scale;
static long ibase = 10, obase = 10;
static int levels_to_quit;

static void	run(const char *p);

static struct value
none(void)
{
	struct value v = { NULL, NULL };

	return (v);
}

static void
free_value(struct value *v)
{
	num_free(v->num);
	free(v->text);
	*v = none();
}

static struct value
copy_value(const struct value *v)
{
	struct value c = none();

	if (v->num != NULL)
		c.num = num_copy(v->num);
	if (v->text != NULL && (c.text = strdup(v->text)) == NULL)
		err(1, NULL);
	return (c);
}

static void
push(struct value v)
{
	if (depth == room) {
		room = room > 0 ? room * 2 : 64;
		stack = reallocarray(stack, room, sizeof(*stack));
		if (stack == NULL)
			err(1, NULL);
	}
	stack[depth++] = v;
}

static void
push_num(struct num *n)
{
	struct value v = { n, NULL };

	push(v);
}

static int
pop(struct value *v)
{
	if (depth == 0) {
		warnx("stack empty");
		*v = none();
		return (0);
	}
	*v = stack[--depth];
	return (1);
}

/* The number on top; NULL if there is none, which then stays. */
static struct num *
pop_num(void)
{
	if (depth == 0) {
		warnx("stack empty");
		return (NULL);
	}
	if (stack[depth - 1].num == NULL) {
		warnx("not a number");
		return (NULL);
	}
	return (stack[--depth].num);
}

static void
print_value(const struct value *v)
{
	int column = 0;

	if (v->text != NULL)
		fputs(v->text, stdout);
	else if (v->num != NULL)
		num_print(stdout, v->num, obase, LINE_WIDTH, &column);
}

static void
arithmetic(int op)
{
	struct num *b, *a, *r = NULL, *q;

	b = pop_num();
	if (b == NULL)
		return;
	a = pop_num();
	if (a == NULL) {
		push_num(b);
		return;
	}
	switch (op) {
	case '+': r = num_add(a, b); break;
	case '-': r = num_sub(a, b); break;
	case '*': r = num_mul(a, b, scale); break;
	case '/': r = num_div(a, b, scale); break;
	case '%': r = num_mod(a, b, scale); break;
	case '~':
		q = num_div(a, b, scale);
		if (q != NULL) {
			r = num_mod(a, b, scale);
			push_num(q);
		}
		break;
	case '^': r = num_pow(a, b, scale); break;
	}
	if (r == NULL) {
		warnx("divide by zero");
		push_num(a);
		push_num(b);
		return;
	}
	push_num(r);
	num_free(a);
	num_free(b);
}

static void
square_root(void)
{
	struct num *a = pop_num(), *r;

	if (a == NULL)
		return;
	r = num_sqrt(a, scale);
	if (r == NULL) {
		warnx("square root of negative number");
		push_num(a);
		return;
	}
	push_num(r);
	num_free(a);
}

/* What is in a register, making it if need be. */
static struct cell *
get_register(int name)
{
	struct cell *c = registers[name];

	if (c == NULL) {
		c = calloc(1, sizeof(*c));
		if (c == NULL)
			err(1, NULL);
		registers[name] = c;
	}
	return (c);
}

static struct cell *
element(int name, long index)
{
	struct cell **link = &get_register(name)->array, *c;

	for (; *link != NULL && (*link)->index < index;
	    link = &(*link)->next)
		continue;
	if (*link != NULL && (*link)->index == index)
		return (*link);
	c = calloc(1, sizeof(*c));
	if (c == NULL)
		err(1, NULL);
	c->index = index;
	c->next = *link;
	*link = c;
	return (c);
}

static void
load(const struct value *v)
{
	push(v->num == NULL && v->text == NULL ?
	    (struct value){ num_int(0), NULL } : copy_value(v));
}

static void
pop_register(int name)
{
	struct cell *c = registers[name], *e;

	if (c == NULL || (c->v.num == NULL && c->v.text == NULL)) {
		warnx("stack register '%c' is empty", name);
		return;
	}
	push(c->v);
	while ((e = c->array) != NULL) {
		c->array = e->next;
		free_value(&e->v);
		free(e);
	}
	registers[name] = c->next;
	free(c);
}

static void
register_command(int op, int name)
{
	struct cell *c;
	struct value v;
	struct num *n;
	long index;

	switch (op) {
	case 's':
		if (pop(&v)) {
			c = get_register(name);
			free_value(&c->v);
			c->v = v;
		}
		break;
	case 'l':
		load(&get_register(name)->v);
		break;
	case 'S':
		if (!pop(&v))
			break;
		c = calloc(1, sizeof(*c));
		if (c == NULL)
			err(1, NULL);
		c->v = v;
		c->next = registers[name];
		registers[name] = c;
		break;
	case 'L':
		pop_register(name);
		break;
	case ':':
	case ';':
		n = pop_num();
		if (n == NULL)
			break;
		index = num_to_long(n);
		num_free(n);
		if (index < 0) {
			warnx("negative array index");
			break;
		}
		c = element(name, index);
		if (op == ';')
			load(&c->v);
		else if (pop(&v)) {
			free_value(&c->v);
			c->v = v;
		}
		break;
	}
}

/* A macro from the top of the stack; a number just stays. */
static void
execute(struct value v)
{
	if (v.text == NULL) {
		push(v);
		return;
	}
	run(v.text);
	free_value(&v);
}

static void
compare_and_run(int op, int negate, int name)
{
	struct num *a = pop_num(), *b;
	int c, yes;

	if (a == NULL)
		return;
	b = pop_num();
	if (b == NULL) {
		push_num(a);
		return;
	}
	c = num_compare(a, b);
	yes = op == '<' ? c < 0 : op == '>' ? c > 0 : c == 0;
	num_free(a);
	num_free(b);
	if (yes != negate)
		execute(copy_value(&get_register(name)->v));
}

/* "k", "i", "o": the parameters. */
static void
set_parameter(int op)
{
	struct num *n = pop_num();
	long v;

	if (n == NULL)
		return;
	v = num_to_long(n);
	num_free(n);
	if (op == 'k' && v >= 0 && v <= 1000000)
		scale = (unsigned int)v;
	else if (op == 'k')
		warnx("scale must be a nonnegative number");
	else if (op == 'i' && v >= 2 && v <= 16)
		ibase = v;
	else if (op == 'i')
		warnx("input base must be a number between 2 and 16");
	else if (v >= 2)
		obase = v;
	else
		warnx("output base must be a number greater than 1");
}

static void
unary(int op)
{
	struct value v;
	struct num *n;

	switch (op) {
	case 'v':
		square_root();
		break;
	case 'Z':
		if (pop(&v)) {
			push_num(num_int(v.text != NULL ?
			    (long)strlen(v.text) : (long)num_length(v.num)));
			free_value(&v);
		}
		break;
	case 'X':
		if (pop(&v)) {
			push_num(num_int(v.num != NULL ?
			    (long)v.num->scale : 0));
			free_value(&v);
		}
		break;
	case 'a':
		if (!pop(&v))
			break;
		n = v.num;
		v.num = NULL;
		if (n != NULL) {
			free(v.text);
			v.text = calloc(1, 2);
			if (v.text == NULL)
				err(1, NULL);
			v.text[0] = (char)num_to_long(n);
			num_free(n);
		} else
			v.text[v.text[0] != '\0'] = '\0';
		push(v);
		break;
	case '_':
		n = pop_num();
		if (n != NULL) {
			n->negative = !n->negative && !num_is_zero(n);
			push_num(n);
		}
		break;
	}
}

static void
stack_command(int op)
{
	struct value a, b;
	size_t i;

	switch (op) {
	case 'p':
		if (depth == 0)
			warnx("stack empty");
		else {
			print_value(&stack[depth - 1]);
			putchar('\n');
		}
		break;
	case 'n': case 'P':
		if (pop(&a)) {
			if (op == 'P' && a.num != NULL)
				putchar((int)num_to_long(a.num) & 0xff);
			else
				print_value(&a);
			free_value(&a);
		}
		break;
	case 'f':
		for (i = depth; i-- > 0;) {
			print_value(&stack[i]);
			putchar('\n');
		}
		break;
	case 'c':
		while (depth > 0)
			free_value(&stack[--depth]);
		break;
	case 'd':
		if (depth == 0)
			warnx("stack empty");
		else
			push(copy_value(&stack[depth - 1]));
		break;
	case 'r':
		if (depth < 2) {
			warnx("stack empty");
			break;
		}
		pop(&a);
		pop(&b);
		push(a);
		push(b);
		break;
	case 'R':
		if (pop(&a))
			free_value(&a);
		break;
	}
}

/* "[...]" with nested brackets; returns what follows. */
static const char *
string(const char *p)
{
	struct value v = none();
	const char *start = p;
	int level = 1;

	for (; *p != '\0'; p++) {
		if (*p == '[')
			level++;
		else if (*p == ']' && --level == 0)
			break;
	}
	v.text = strndup(start, (size_t)(p - start));
	if (v.text == NULL)
		err(1, NULL);
	push(v);
	return (*p != '\0' ? p + 1 : p);
}

static void
quit_levels(void)
{
	struct num *n = pop_num();

	if (n == NULL)
		return;
	levels_to_quit = (int)num_to_long(n);
	num_free(n);
	if (levels_to_quit < 1)
		levels_to_quit = 0;
}

/* Runs commands until their end or until levels are quit. */
static void
run(const char *p)
{
	struct value v;
	int c, negate;

	while (*p != '\0' && levels_to_quit == 0) {
		c = (unsigned char)*p;
		if (isdigit(c) || (c >= 'A' && c <= 'F') || c == '.' ||
		    (c == '_' && (isdigit((unsigned char)p[1]) ||
		    p[1] == '.' || (p[1] >= 'A' && p[1] <= 'F')))) {
			push_num(num_parse(&p, (unsigned int)ibase));
			continue;
		}
		p++;
		negate = c == '!' && *p != '\0' && strchr("<>=", *p) != NULL;
		if (negate)
			c = (unsigned char)*p++;
		if (isspace(c))
			continue;
		if (strchr("+-*/%~^", c) != NULL)
			arithmetic(c);
		else if (strchr("pnPfcdrR", c) != NULL)
			stack_command(c);
		else if (strchr("vZXa_", c) != NULL)
			unary(c);
		else if (strchr("kio", c) != NULL)
			set_parameter(c);
		else if (strchr("slSL:;<>=", c) != NULL) {
			if (*p == '\0')
				break;
			if (strchr("<>=", c) != NULL)
				compare_and_run(c, negate,
				    (unsigned char)*p++);
			else
				register_command(c, (unsigned char)*p++);
		} else switch (c) {
		case 'K': push_num(num_int((long)scale)); break;
		case 'I': push_num(num_int(ibase)); break;
		case 'O': push_num(num_int(obase)); break;
		case 'z': push_num(num_int((long)depth)); break;
		case '[': p = string(p); break;
		case 'x':
			if (pop(&v))
				execute(v);
			break;
		case '?': {
			char *line = NULL;
			size_t size = 0;

			if (getline(&line, &size, stdin) > 0)
				run(line);
			free(line);
			break;
		}
		case 'q': levels_to_quit = 2; break;
		case 'Q': quit_levels(); break;
		case '#': p += strcspn(p, "\n"); break;
		case '!':
			warnx("shell commands are not run");
			p += strcspn(p, "\n");
			break;
		default:
			warnx("%c (0%o) is unimplemented", c, c);
		}
	}
	if (levels_to_quit > 0)
		levels_to_quit--;
	fflush(stdout);
}

/* Line by line, but for strings that go over several. */
static void
run_file(FILE *f)
{
	char *text = NULL, *line = NULL, *p;
	size_t len = 0, size = 0;
	int level = 0;
	ssize_t n;

	while ((n = getline(&line, &size, f)) > 0) {
		text = realloc(text, len + (size_t)n + 1);
		if (text == NULL)
			err(1, NULL);
		memcpy(text + len, line, (size_t)n + 1);
		len += (size_t)n;
		for (p = line; *p != '\0'; p++)
			level += *p == '[' ? 1 : *p == ']' && level > 0 ? -1 :
			    0;
		if (level > 0)
			continue;
		run(text);
		len = 0;
		if (levels_to_quit > 0)
			exit(0);
	}
	if (len > 0)
		run(text);
	free(text);
	free(line);
}

int
main(int argc, char **argv)
{
	int c, done = 0;
	FILE *f;

	while ((c = getopt(argc, argv, "e:x")) != -1) {
		switch (c) {
		case 'e':
			run(optarg);
			done = 1;
			break;
		case 'x':	/* registers have one letter here */
			break;
		default:
			fprintf(stderr, "usage: dc [-x] [-e expression] "
			    "[file ...]\n");
			return (1);
		}
	}
	argv += optind;
	if (*argv == NULL && !done)
		run_file(stdin);
	for (; *argv != NULL; argv++) {
		f = strcmp(*argv, "-") == 0 ? stdin : fopen(*argv, "r");
		if (f == NULL)
			err(1, "%s", *argv);
		run_file(f);
		if (f != stdin)
			fclose(f);
	}
	return (0);
}
