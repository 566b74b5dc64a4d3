/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Execution; see bc.h.
 */
#include <err.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "bc.h"

#define LINE_WIDTH	69	/* backslash and newline make 70 */
#define MAX_DEPTH	10000
#define ARRAY_MAX	(1 << 24)

struct array {
	struct num **values;
	size_t	n;
};

/* A name's value as a variable and as an array; autos push new ones. */
struct symbol {
	struct symbol *next;
	const char *name;
	struct num *value;
	struct array *array;
};

enum outcome { GO_ON, BREAK, CONTINUE, RETURN };

int quitting;

static struct symbol *symbols;
static struct function *functions;
static unsigned int scale;
static long ibase = 10, obase = 10;
static struct num *result;		/* of the function that returns */
static int depth, column;

static struct num	*eval(const struct node *n);
static enum outcome	execute(const struct node *n);

static struct symbol *
symbol(const char *name)
{
	struct symbol *s;

	for (s = symbols; s != NULL; s = s->next) {
		if (strcmp(s->name, name) == 0)
			return (s);
	}
	s = calloc(1, sizeof(*s));
	if (s == NULL || (s->name = strdup(name)) == NULL)
		err(1, NULL);
	s->next = symbols;
	symbols = s;
	return (s);
}

void
function_define(struct function *f)
{
	f->next = functions;		/* hides one of the same name */
	functions = f;
}

static struct array *
get_array(struct symbol *s)
{
	if (s->array == NULL) {
		s->array = calloc(1, sizeof(*s->array));
		if (s->array == NULL)
			err(1, NULL);
	}
	return (s->array);
}

static void
free_array(struct array *a)
{
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < a->n; i++)
		num_free(a->values[i]);
	free(a->values);
	free(a);
}

static struct array *
copy_array(const struct array *a)
{
	struct array *c = calloc(1, sizeof(*c));
	size_t i;

	if (c == NULL)
		err(1, NULL);
	if (a == NULL || a->n == 0)
		return (c);
	c->values = calloc(a->n, sizeof(*c->values));
	if (c->values == NULL)
		err(1, NULL);
	c->n = a->n;
	for (i = 0; i < a->n; i++)
		c->values[i] = a->values[i] != NULL ?
		    num_copy(a->values[i]) : NULL;
	return (c);
}

static long
parameter(const struct num *v, long min, long max, const char *what)
{
	long n = num_to_long(v);

	if (n < min || n > max)
		fail("%s must be between %ld and %ld", what, min, max);
	return (n);
}

/* Where an element is; makes room for it. */
static struct num **
element(const struct node *n)
{
	struct array *a = get_array(symbol(n->name));
	struct num *v = eval(n->a);
	long i = num_to_long(v);

	num_free(v);
	if (i < 0 || i >= ARRAY_MAX)
		fail("%s[]: index out of bounds", n->name);
	if ((size_t)i >= a->n) {
		a->values = reallocarray(a->values, (size_t)i + 1,
		    sizeof(*a->values));
		if (a->values == NULL)
			err(1, NULL);
		memset(a->values + a->n, 0,
		    ((size_t)i + 1 - a->n) * sizeof(*a->values));
		a->n = (size_t)i + 1;
	}
	return (&a->values[i]);
}

static struct num *
load(const struct node *n)
{
	struct num *v;

	if (n->kind == N_ELEMENT)
		v = *element(n);
	else if (strcmp(n->name, "scale") == 0)
		return (num_int((long)scale));
	else if (strcmp(n->name, "ibase") == 0)
		return (num_int(ibase));
	else if (strcmp(n->name, "obase") == 0)
		return (num_int(obase));
	else
		v = symbol(n->name)->value;
	return (v != NULL ? num_copy(v) : num_int(0));
}

static void
store(const struct node *n, struct num *v)
{
	struct num **where;

	if (n->kind == N_VAR && strcmp(n->name, "scale") == 0) {
		scale = (unsigned int)parameter(v, 0, 1000000, "scale");
	} else if (n->kind == N_VAR && strcmp(n->name, "ibase") == 0) {
		ibase = parameter(v, 2, 16, "ibase");
	} else if (n->kind == N_VAR && strcmp(n->name, "obase") == 0) {
		obase = parameter(v, 2, INT_MAX, "obase");
	} else {
		where = n->kind == N_ELEMENT ? element(n) :
		    &symbol(n->name)->value;
		num_free(*where);
		*where = num_copy(v);
	}
}

static struct num *
binary(int op, const struct num *a, const struct num *b)
{
	struct num *r = NULL;
	int c;

	switch (op) {
	case '+': return (num_add(a, b));
	case '-': return (num_sub(a, b));
	case '*': return (num_mul(a, b, scale));
	case '/': r = num_div(a, b, scale); break;
	case '%': r = num_mod(a, b, scale); break;
	case '^': r = num_pow(a, b, scale); break;
	default:
		c = num_compare(a, b);
		return (num_int(op == '<' ? c < 0 : op == '>' ? c > 0 :
		    op == ('<' << 8 | '=') ? c <= 0 :
		    op == ('>' << 8 | '=') ? c >= 0 :
		    op == ('=' << 8 | '=') ? c == 0 : c != 0));
	}
	if (r == NULL)
		fail("divide by zero");
	return (r);
}

static int
is_true(const struct node *n)
{
	struct num *v = eval(n);
	int yes = !num_is_zero(v);

	num_free(v);
	return (yes);
}

/* What autos and parameters hide, to be put back. */
struct saved {
	struct saved *next;
	struct symbol *symbol;
	struct num *value;
	struct array *array;
	int	is_array;
};

static struct saved *
hide(struct saved *list, const struct node *n, struct num *value,
    struct array *array)
{
	struct saved *s = calloc(1, sizeof(*s));

	if (s == NULL)
		err(1, NULL);
	s->symbol = symbol(n->name);
	s->is_array = n->kind == N_ARRAY;
	if (s->is_array) {
		s->array = s->symbol->array;
		s->symbol->array = array;
	} else {
		s->value = s->symbol->value;
		s->symbol->value = value;
	}
	s->next = list;
	return (s);
}

static void
restore(struct saved *s)
{
	struct saved *next;

	for (; s != NULL; s = next) {
		next = s->next;
		if (s->is_array) {
			free_array(s->symbol->array);
			s->symbol->array = s->array;
		} else {
			num_free(s->symbol->value);
			s->symbol->value = s->value;
		}
		free(s);
	}
}

/* Arguments are evaluated before any parameter hides something. */
static struct num *
call(const struct node *n)
{
	const struct function *f = functions;
	const struct node *p, *arg;
	struct num *values[64], *r;
	struct array *arrays[64];
	struct saved *saved = NULL;
	int count = 0, i = 0;

	while (f != NULL && strcmp(f->name, n->name) != 0)
		f = f->next;
	if (f == NULL)
		fail("undefined function: %s", n->name);
	if (++depth > MAX_DEPTH)
		fail("%s: called too deeply", n->name);
	for (p = f->params, arg = n->a; p != NULL && arg != NULL;
	    p = p->next, arg = arg->next, count++) {
		if (count == 64)
			fail("%s: too many parameters", n->name);
		values[count] = NULL;
		arrays[count] = NULL;
		if ((p->kind == N_ARRAY) != (arg->kind == N_ARRAY))
			fail("%s: parameter type mismatch", n->name);
		if (p->kind == N_ARRAY)
			arrays[count] = copy_array(symbol(arg->name)->array);
		else
			values[count] = eval(arg);
	}
	if (p != NULL || arg != NULL)
		fail("%s: parameter number mismatch", n->name);
	for (p = f->params; p != NULL; p = p->next, i++)
		saved = hide(saved, p, values[i], arrays[i]);
	for (p = f->autos; p != NULL; p = p->next)
		saved = hide(saved, p, NULL, NULL);
	result = NULL;
	execute(f->body);
	r = result != NULL ? result : num_int(0);
	result = NULL;
	restore(saved);
	depth--;
	return (r);
}

static struct num *
built_in(const struct node *n)
{
	struct num *v, *r;
	const char *p;
	char line[1024];

	if (n->kind == N_READ) {
		if (fgets(line, sizeof(line), stdin) == NULL)
			return (num_int(0));
		p = line;
		return (num_parse(&p, (unsigned int)ibase));
	}
	if (n->kind == N_LENGTH && n->a->kind == N_ARRAY)
		return (num_int((long)get_array(symbol(n->a->name))->n));
	v = eval(n->a);
	if (n->kind == N_LENGTH)
		r = num_int((long)num_length(v));
	else if (n->kind == N_SCALE)
		r = num_int((long)v->scale);
	else if ((r = num_sqrt(v, scale)) == NULL)
		fail("square root of a negative number");
	num_free(v);
	return (r);
}

static struct num *
increment(const struct node *n)
{
	struct num *old = load(n->a), *by = num_int(n->op), *new;

	new = num_add(old, by);
	store(n->a, new);
	num_free(by);
	num_free(n->kind == N_PREINC ? old : new);
	return (n->kind == N_PREINC ? new : old);
}

static struct num *
eval(const struct node *n)
{
	struct num *a, *b, *r;
	const char *p;

	switch (n->kind) {
	case N_NUMBER:
		p = n->digits;
		/* One digit is itself in any base: "ibase = A" is ten. */
		return (num_parse(&p, p[1] == '\0' ? 16 :
		    (unsigned int)ibase));
	case N_VAR:
	case N_ELEMENT:
		return (load(n));
	case N_CALL:
		return (call(n));
	case N_ASSIGN:
		b = eval(n->b);
		if (n->op != '=') {
			a = load(n->a);
			r = binary(n->op, a, b);
			num_free(a);
			num_free(b);
			b = r;
		}
		store(n->a, b);
		return (b);
	case N_PREINC:
	case N_POSTINC:
		return (increment(n));
	case N_NEGATE:
		a = eval(n->a);
		a->negative = !a->negative && !num_is_zero(a);
		return (a);
	case N_NOT:
		return (num_int(!is_true(n->a)));
	case N_AND:
		return (num_int(is_true(n->a) && is_true(n->b)));
	case N_OR:
		return (num_int(is_true(n->a) || is_true(n->b)));
	case N_BINARY:
		a = eval(n->a);
		if (n->op == '(')
			return (a);
		b = eval(n->b);
		r = binary(n->op, a, b);
		num_free(a);
		num_free(b);
		return (r);
	case N_LENGTH:
	case N_SQRT:
	case N_SCALE:
	case N_READ:
		return (built_in(n));
	default:
		fail("an array is no value");
	}
}

static void
print_number(const struct num *v)
{
	struct symbol *last = symbol("last");

	num_print(stdout, v, obase, LINE_WIDTH, &column);
	num_free(last->value);
	last->value = num_copy(v);
}

/* Escapes in the strings of "print". */
static void
print_text(const char *s, int plain)
{
	static const char from[] = "abfnqrt\\", to[] = "\a\b\f\n\"\r\t\\";
	const char *at;

	for (; *s != '\0'; s++) {
		if (!plain && *s == '\\' && s[1] != '\0' &&
		    (at = strchr(from, s[1])) != NULL) {
			putchar(to[at - from]);
			s++;
		} else
			putchar(*s);
		column = *s == '\n' ? 0 : column + 1;
	}
	column = 0;
}

static void
print_list(const struct node *n)
{
	const struct node *p;
	struct num *v;

	for (p = n->a; p != NULL; p = p->next) {
		if (p->kind == N_STRING) {
			print_text(p->name, n->op == 's');
			continue;
		}
		v = eval(p);
		print_number(v);
		num_free(v);
	}
}

static enum outcome
loop(const struct node *n)
{
	const struct node *test = n->kind == N_WHILE ? n->a : n->b;
	const struct node *body = n->kind == N_WHILE ? n->b : n->d;
	enum outcome o;

	if (n->kind == N_FOR && n->a != NULL)
		num_free(eval(n->a));
	while (!quitting && (test == NULL || is_true(test))) {
		o = execute(body);
		if (o == BREAK)
			break;
		if (o == RETURN)
			return (o);
		if (n->kind == N_FOR && n->c != NULL)
			num_free(eval(n->c));
	}
	return (GO_ON);
}

static enum outcome
execute(const struct node *n)
{
	const struct node *p;
	enum outcome o;
	struct num *v;

	switch (n->kind) {
	case N_EXPR:
		v = eval(n->a);
		/* Everything but assignments is printed. */
		if (n->a->kind != N_ASSIGN) {
			column = 0;
			print_number(v);
			putchar('\n');
			column = 0;
		}
		num_free(v);
		return (GO_ON);
	case N_PRINT:
		print_list(n);
		return (GO_ON);
	case N_IF:
		if (is_true(n->a))
			return (execute(n->b));
		return (n->c != NULL ? execute(n->c) : GO_ON);
	case N_WHILE:
	case N_FOR:
		return (loop(n));
	case N_BREAK:
		return (BREAK);
	case N_CONTINUE:
		return (CONTINUE);
	case N_RETURN:
		v = n->a != NULL ? eval(n->a) : num_int(0);
		num_free(result);
		result = v;
		return (RETURN);
	case N_BLOCK:
		for (p = n->a; p != NULL && !quitting; p = p->next) {
			o = execute(p);
			if (o != GO_ON)
				return (o);
		}
		return (GO_ON);
	default:
		quitting = 1;
		return (GO_ON);
	}
}

void
run_statement(struct node *n)
{
	depth = 0;
	execute(n);
	fflush(stdout);
}
