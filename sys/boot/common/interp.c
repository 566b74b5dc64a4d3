/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The command language: words, quotes, variables, conditionals, scripts and
 * the prompt.
 *
 * A line is split into words at blanks; '...' and "..." group, a backslash
 * quotes the next character (\n \t \ooo have their C meanings), $NAME and
 * ${NAME} expand outside '...', and # at the start of a word begins a
 * comment.  A line whose first word is name=value is an assignment.
 */
#include "boot.h"

#define LINE_MAX	2048
#define ARGS_MAX	128
#define SCRIPT_MAX	(1024 * 1024)
#define INCLUDE_DEPTH	16

struct condition {
	struct condition *outer;
	bool		active;		/* lines here are executed */
	bool		taken;		/* some branch has been */
};

struct history {
	struct history	*older, *newer;
	char		*line;
};

const char *command_error;

static struct condition *condition;
static struct history *newest;
static char error_buf[512];

int
cmd_fail(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(error_buf, sizeof(error_buf), fmt, ap);
	va_end(ap);
	command_error = error_buf;
	return (BE_SILENT);
}

static bool
name_char(int c)
{
	return ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-');
}

struct out {
	char	*p, *end;
	bool	overflow;
};

static void
put(struct out *o, int c)
{
	if (o->p + 1 < o->end)
		*o->p++ = c;
	else
		o->overflow = true;
}

/* Expands the variable at *s (behind the $). */
static const char *
expand(const char *s, struct out *o)
{
	char name[128];
	const char *value;
	size_t n = 0;
	bool braces = (*s == '{');

	if (braces)
		s++;
	while (braces ? *s != '\0' && *s != '}' :
	    name_char(*s) && *s != '.' && *s != '-') {
		if (n + 1 < sizeof(name))
			name[n++] = *s;
		s++;
	}
	if (braces && *s == '}')
		s++;
	name[n] = '\0';
	if (n == 0)
		put(o, '$');
	value = getenv(name);
	for (; value != NULL && *value != '\0'; value++)
		put(o, *value);
	return (s);
}

static const char *
escape(const char *s, struct out *o)
{
	int v, n;

	if (*s >= '0' && *s <= '7') {
		for (v = n = 0; n < 3 && *s >= '0' && *s <= '7'; n++, s++)
			v = v * 8 + *s - '0';
		put(o, v);
		return (s);
	}
	switch (*s) {
	case '\0':
		return (s);
	case 'n':
		put(o, '\n');
		break;
	case 't':
		put(o, '\t');
		break;
	default:
		put(o, *s);
		break;
	}
	return (s + 1);
}

/*
 * Splits line into argv; the words live in buf.  Returns the number of words
 * or -1.
 */
static int
split(const char *s, char *buf, size_t len, char **argv)
{
	struct out o = { buf, buf + len, false };
	int argc = 0;
	char quote;

	for (;;) {
		while (*s == ' ' || *s == '\t' || *s == '\r')
			s++;
		if (*s == '\0' || *s == '#')
			break;
		if (argc == ARGS_MAX)
			return (-1);
		argv[argc++] = o.p;
		for (quote = '\0'; *s != '\0'; ) {
			if (quote == '\0' &&
			    (*s == ' ' || *s == '\t' || *s == '\r'))
				break;
			if (*s == quote) {
				quote = '\0';
				s++;
			} else if (quote == '\0' && (*s == '"' || *s == '\'')) {
				quote = *s++;
			} else if (*s == '\\') {
				s = escape(s + 1, &o);
			} else if (*s == '$' && quote != '\'') {
				s = expand(s + 1, &o);
			} else {
				put(&o, *s++);
			}
		}
		put(&o, '\0');
		if (quote != '\0' || o.overflow)
			return (-1);
	}
	argv[argc] = NULL;
	return (argc);
}

/* if, else and endif; true when the line was one of them. */
static bool
conditional(int argc, char **argv)
{
	struct condition *c = condition;
	const char *arg = argc > 1 ? argv[1] : "";
	bool outer = c == NULL || c->active, truth;

	if (strcmp(argv[0], "ifset") == 0 ||
	    strcmp(argv[0], "ifexists") == 0) {
		c = xmalloc(sizeof(*c));
		truth = argv[0][2] == 's' ? getenv(arg) != NULL :
		    outer && file_exists(arg);
		c->active = outer && truth;
		c->taken = truth;
		c->outer = condition;
		condition = c;
		return (true);
	}
	if (c == NULL)
		return (false);
	outer = c->outer == NULL || c->outer->active;
	if (strcmp(argv[0], "elseifexists") == 0) {
		c->active = outer && !c->taken && file_exists(arg);
		c->taken = c->taken || c->active;
	} else if (strcmp(argv[0], "else") == 0) {
		c->active = outer && !c->taken;
		c->taken = true;
	} else if (strcmp(argv[0], "endif") == 0) {
		condition = c->outer;
		free(c);
	} else {
		return (false);
	}
	return (true);
}

/* name=value as the only word, or as "name = value". */
static bool
assignment(int argc, char **argv)
{
	char *eq = argv[0];

	while (name_char(*eq))
		eq++;
	if (*eq != '=' || eq == argv[0])
		return (false);
	*eq = '\0';
	env_assign(argv[0], eq[1] != '\0' || argc < 2 ? eq + 1 : argv[1]);
	return (true);
}

static int
dispatch(int argc, char **argv)
{
	size_t i;

	for (i = 0; i < ncommands; i++) {
		if (strcmp(commands[i].name, argv[0]) == 0)
			return (commands[i].run(argc, argv));
	}
	return (cmd_fail("%s: unknown command; try help", argv[0]));
}

/* Executes one line.  On failure command_error may hold the reason. */
int
interp_line(const char *line)
{
	char *argv[ARGS_MAX + 1], *buf;
	int argc, error = 0;

	command_error = NULL;
	buf = xmalloc(LINE_MAX);
	argc = split(line, buf, LINE_MAX, argv);
	if (argc < 0)
		error = cmd_fail("unbalanced quotes or line too long");
	else if (argc > 0 && !conditional(argc, argv) &&
	    (condition == NULL || condition->active)) {
		if (strcmp(argv[0], "else") == 0 ||
		    strcmp(argv[0], "endif") == 0 ||
		    strcmp(argv[0], "elseifexists") == 0)
			error = cmd_fail("%s without if", argv[0]);
		else if (!assignment(argc, argv))
			error = dispatch(argc, argv);
	}
	if (error != 0 && command_error == NULL)
		error = cmd_fail("%s: %s", argv[0], err_string(error));
	free(buf);
	return (error);
}

/* Runs a script; a failing line is reported and stops it. */
int
interp_file(const char *path, bool optional)
{
	static int depth;
	struct condition *saved;
	char *text, *line, *next;
	int error, number = 0;

	if (depth == INCLUDE_DEPTH)
		return (cmd_fail("%s: includes nested too deeply", path));
	error = file_slurp(path, &text, SCRIPT_MAX);
	if (error == BE_NOENT && optional)
		return (0);
	if (error != 0)
		return (cmd_fail("%s: %s", path, err_string(error)));
	depth++;
	saved = condition;
	condition = NULL;
	for (line = text; line != NULL && error == 0; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		number++;
		error = interp_line(line);
	}
	if (error != 0) {
		printf("%s, line %d: %s\n", path, number, command_error);
		error = cmd_fail("%s: stopped at line %d", path, number);
	} else if (condition != NULL) {
		printf("%s: missing endif\n", path);
	}
	while (condition != NULL) {
		struct condition *c = condition;

		condition = c->outer;
		free(c);
	}
	condition = saved;
	depth--;
	free(text);
	return (error);
}

static void
replace_line(char *buf, size_t *len, const char *with)
{
	for (; *len > 0; (*len)--)
		cons_puts("\b \b");
	strlcpy(buf, with, LINE_MAX);
	*len = strlen(buf);
	cons_puts(buf);
}

static void
history_add(const char *line)
{
	struct history *h;

	if (line[0] == '\0' ||
	    (newest != NULL && strcmp(newest->line, line) == 0))
		return;
	h = xmalloc(sizeof(*h));
	h->line = xstrdup(line);
	h->older = newest;
	h->newer = NULL;
	if (newest != NULL)
		newest->newer = h;
	newest = h;
}

/* A key, with the cursor keys' escape sequences folded into ^P and ^N. */
static int
edit_key(void)
{
	int c = cons_getc();

	if (c != 27 || !cons_wait(20))
		return (c);
	c = cons_getc();
	if ((c != '[' && c != 'O') || !cons_wait(20))
		return (27);
	c = cons_getc();
	return (c == 'A' ? 16 : c == 'B' ? 14 : 27);
}

static void
read_line(char *buf)
{
	struct history *h = NULL;
	size_t len = 0;
	int c;

	buf[0] = '\0';
	while ((c = edit_key()) != '\r' && c != '\n') {
		switch (c) {
		case 8:
		case 127:
			if (len > 0) {
				buf[--len] = '\0';
				cons_puts("\b \b");
			}
			break;
		case 3:			/* ^C */
		case 21:		/* ^U */
			replace_line(buf, &len, "");
			break;
		case 16:		/* ^P, up */
			if (h == NULL ? newest != NULL : h->older != NULL) {
				h = h == NULL ? newest : h->older;
				replace_line(buf, &len, h->line);
			}
			break;
		case 14:		/* ^N, down */
			h = h != NULL ? h->newer : NULL;
			replace_line(buf, &len, h != NULL ? h->line : "");
			break;
		default:
			if (c >= ' ' && c < 127 && len + 1 < LINE_MAX) {
				buf[len++] = c;
				buf[len] = '\0';
				cons_putc(c);
			}
			break;
		}
	}
	cons_putc('\n');
}

/* The prompt; never returns. */
void
interp_prompt(void)
{
	char *line = xmalloc(LINE_MAX);
	const char *prompt;

	for (;;) {
		prompt = getenv("prompt");
		printf("%s ", prompt != NULL ? prompt : "OK");
		read_line(line);
		history_add(line);
		if (interp_line(line) != 0)
			printf("%s\n", command_error);
	}
}
