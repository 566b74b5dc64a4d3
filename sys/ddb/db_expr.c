/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Words, numbers, symbols and sums on the debugger's command line.
 *
 *	expr: term { (+ | -) term }
 *	term: number (hexadecimal; 0t decimal) | symbol | $register | ( expr )
 *	      | *term (the word there) | -term
 *
 * A word that is both a number and a symbol is the symbol.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/linker.h>
#include <ddb/ddb.h>

static bool	db_term(struct db_line *line, db_expr_t *value);

static void
skip_blanks(struct db_line *line)
{
	while (*line->p == ' ' || *line->p == '\t')
		++line->p;
}

bool
db_at_end(struct db_line *line)
{
	skip_blanks(line);
	return (*line->p == '\0');
}

bool
db_word(struct db_line *line, char *buf, size_t size)
{
	size_t n = 0;

	skip_blanks(line);
	while (*line->p != '\0' && *line->p != ' ' && *line->p != '\t') {
		if (n + 1 < size)
			buf[n++] = *line->p;
		++line->p;
	}
	buf[n] = '\0';
	return (n > 0);
}

static bool
is_name(int c)
{
	return (isalnum(c) || c == '_' || c == '.');
}

const char *
db_symbol(db_addr_t addr)
{
	static char text[128];
	linker_symval_t sym;
	long diff;

	if (linker_ddb_search_symbol((caddr_t)addr, &sym, &diff) != 0)
		ksnprintf(text, sizeof(text), "%#lx", addr);
	else if (diff == 0)
		ksnprintf(text, sizeof(text), "%s", sym.name);
	else
		ksnprintf(text, sizeof(text), "%s+%#lx", sym.name, diff);
	return (text);
}

/* A number or the name of a symbol. */
static bool
db_name(struct db_line *line, db_expr_t *value)
{
	linker_symval_t sym;
	char name[96], *end;
	size_t n = 0;

	while (is_name(*line->p) && n + 1 < sizeof(name))
		name[n++] = *line->p++;
	name[n] = '\0';
	if (n == 0) {
		db_printf("syntax error at \"%s\"\n", line->p);
		return (false);
	}
	if (!isdigit(name[0]) && linker_ddb_lookup(name, &sym) == 0) {
		*value = (db_expr_t)sym.value;
		return (true);
	}
	if (name[0] == '0' && name[1] == 't')
		*value = (db_expr_t)strtoul(name + 2, &end, 10);
	else
		*value = (db_expr_t)strtoul(name, &end, 16);
	if (*end != '\0') {
		db_printf("%s: no such symbol\n", name);
		return (false);
	}
	return (true);
}

static bool
db_register_value(struct db_line *line, db_expr_t *value)
{
	char name[16];
	u_long *reg;
	size_t n = 0;

	while (is_name(*line->p) && n + 1 < sizeof(name))
		name[n++] = *line->p++;
	name[n] = '\0';
	reg = db_register(name);
	if (reg == NULL) {
		db_printf("$%s: no such register\n", name);
		return (false);
	}
	*value = (db_expr_t)*reg;
	return (true);
}

static bool
db_term(struct db_line *line, db_expr_t *value)
{
	db_expr_t addr;

	skip_blanks(line);
	switch (*line->p) {
	case '(':
		++line->p;
		if (!db_expression(line, value))
			return (false);
		skip_blanks(line);
		if (*line->p != ')') {
			db_printf("missing )\n");
			return (false);
		}
		++line->p;
		return (true);
	case '-':
		++line->p;
		if (!db_term(line, value))
			return (false);
		*value = -*value;
		return (true);
	case '*':
		++line->p;
		if (!db_term(line, &addr))
			return (false);
		if (db_read_bytes((db_addr_t)addr, sizeof(*value),
		    (char *)value) != 0) {
			db_printf("%#lx: no memory there\n", addr);
			return (false);
		}
		return (true);
	case '$':
		++line->p;
		return (db_register_value(line, value));
	}
	return (db_name(line, value));
}

bool
db_expression(struct db_line *line, db_expr_t *value)
{
	db_expr_t rhs;
	char op;

	if (!db_term(line, value))
		return (false);
	for (;;) {
		skip_blanks(line);
		op = *line->p;
		if (op != '+' && op != '-')
			return (true);
		++line->p;
		if (!db_term(line, &rhs))
			return (false);
		*value = op == '+' ? *value + rhs : *value - rhs;
	}
}
