/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ed, red - the line editor
 *
 * usage: ed [-] [-s] [-p string] [file]
 */
#include <ctype.h>
#include <err.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ed.h"

int restricted;

static jmp_buf next_command;
static const char *last_error = "", *prompt;
static char *file_name;
static int silent, explain, show_prompt, warned, failed;
static char *list, *list_at;		/* g's command list */
static int in_global;
static volatile sig_atomic_t interrupted;

void
error(const char *message)
{
	last_error = message;
	failed = 1;
	longjmp(next_command, 1);
}

static void
on_interrupt(int sig)
{
	interrupted = 1;
}

char *
read_input(size_t *len)
{
	static char *line;
	static size_t room;
	char *p;
	ssize_t n;

	if (in_global) {
		if (*list_at == '\0')
			return (NULL);
		p = list_at;
		*len = strcspn(p, "\n");
		list_at += *len + (p[*len] == '\n');
		if (line == NULL || room < *len + 1) {
			room = *len + 1;
			line = realloc(line, room);
			if (line == NULL)
				err(2, NULL);
		}
		memcpy(line, p, *len);
		line[*len] = '\0';
		return (line);
	}
	n = getline(&line, &room, stdin);
	if (n < 0)
		return (NULL);
	if (n > 0 && line[n - 1] == '\n')
		line[--n] = '\0';
	*len = (size_t)n;
	return (line);
}

void
print_lines(long from, long to, int how)
{
	static const char special[] = "\a\b\f\r\t\v\\", letter[] = "abfrtv\\";
	const struct line *l;
	const char *at;
	size_t i;

	if (from == 0)
		error("invalid address");
	for (; from <= to && !interrupted; from++) {
		l = buffer_line(from);
		if (how == 'n')
			printf("%ld\t", from);
		if (how != 'l') {
			fwrite(l->text, 1, l->len, stdout);
			putchar('\n');
			continue;
		}
		for (i = 0; i < l->len; i++) {
			unsigned char c = (unsigned char)l->text[i];

			at = c != '\0' ? strchr(special, c) : NULL;
			if (at != NULL)
				printf("\\%c", letter[at - special]);
			else if (c == '$')
				printf("\\$");
			else if (isprint(c))
				putchar(c);
			else
				printf("\\%03o", c);
		}
		puts("$");
	}
	current = to;
}

/* Text up to a line with a dot, behind the line. */
static void
append_text(long behind)
{
	char *line;
	size_t len;

	current = behind;
	while ((line = read_input(&len)) != NULL) {
		if (len == 1 && *line == '.')
			return;
		buffer_insert(current++, line, len);
	}
}

static void
join(long from, long to)
{
	size_t len = 0;
	char *all;
	long i;

	for (i = from; i <= to; i++)
		len += buffer_line(i)->len;
	all = malloc(len + 1);
	if (all == NULL)
		err(2, NULL);
	for (i = from, len = 0; i <= to; i++) {
		memcpy(all + len, buffer_line(i)->text, buffer_line(i)->len);
		len += buffer_line(i)->len;
	}
	buffer_replace(from, all, len);
	if (to > from)
		buffer_delete(from + 1, to);
	current = from;
	free(all);
}

static void
show_bytes(off_t n)
{
	if (n < 0)
		error("cannot open input file");
	if (!silent)
		printf("%jd\n", (intmax_t)n);
}

/* The name behind a command, or the one that is remembered. */
static const char *
get_name(const char *p, int remember)
{
	if (*p != '\0' && *p != ' ' && *p != '\t')
		error("unexpected command suffix");
	p += strspn(p, " \t");
	if (*p == '\0') {
		if (file_name == NULL)
			error("no current filename");
		return (file_name);
	}
	if (*p != '!' && (remember || file_name == NULL)) {
		free(file_name);
		file_name = strdup(p);
	}
	return (p);
}

static void
edit(const char *name)
{
	off_t n;

	if (last > 0)
		buffer_delete(1, last);
	current = 0;
	n = file_read(name, 0);
	modified = 0;
	show_bytes(n);
}

static void
write_command(const char *p, int count, long a, long b, int append)
{
	int quit = *p == 'q';
	const char *name = get_name(p + quit, 0);
	off_t n;

	if (count == 0) {
		a = last > 0 ? 1 : 0;
		b = last;
	}
	n = file_write(name, a, b, append);
	if (n < 0)
		error("cannot open output file");
	if (!silent)
		printf("%jd\n", (intmax_t)n);
	if (a <= 1 && b == last && *name != '!')
		modified = 0;
	if (quit)
		exit(failed ? 2 : 0);
}

static void
quit(void)
{
	/* The second time it is meant. */
	if (modified && !warned) {
		warned = 2;
		error("warning: buffer modified");
	}
	exit(failed && !isatty(STDIN_FILENO) ? 2 : 0);
}

static void	command(const char *p);

/* The lines of a command list: all but the last end with a backslash. */
static void
read_list(const char *p)
{
	size_t n = strlen(p), len, all = 0;
	char *more;

	free(list);
	list = malloc(n + 2);
	if (list == NULL)
		err(2, NULL);
	strcpy(list, p);
	all = n;
	while (all > 0 && list[all - 1] == '\\') {
		more = read_input(&len);
		if (more == NULL)
			error("unexpected end-of-file");
		list = realloc(list, all + len + 2);
		if (list == NULL)
			err(2, NULL);
		list[all - 1] = '\n';
		memcpy(list + all, more, len + 1);
		all += len;
	}
	if (all == 0)
		strcpy(list, "p");
}

static void
global(const char *p, long a, long b, int inverse, int ask)
{
	struct line **found;
	char *line, *typed;
	regex_t *re;
	long n = 0, i, at;
	size_t len;

	if (in_global)
		error("cannot nest global commands");
	re = pattern(&p, 0);
	found = calloc((size_t)(b - a) + 2, sizeof(*found));
	if (found == NULL)
		err(2, NULL);
	for (i = a; i > 0 && i <= b; i++) {
		if (line_matches(re, i) != inverse) {
			found[n] = buffer_line(i);
			found[n++]->refs++;
		}
	}
	if (!ask)
		read_list(p);
	buffer_snapshot();
	for (i = 0; i < n && !interrupted; i++) {
		at = buffer_find(found[i]);
		if (at == 0)
			continue;
		current = at;
		if (ask) {
			print_lines(at, at, 'p');
			typed = read_input(&len);
			if (typed == NULL)
				break;
			if (*typed == '\0')
				continue;
			if (strcmp(typed, "&") != 0)
				read_list(typed);
		}
		in_global = 1;
		list_at = list;
		while (*list_at != '\0' && (line = read_input(&len)) != NULL)
		{
			char *copy = strdup(line);

			command(copy);
			free(copy);
		}
		in_global = 0;
	}
	free(found);
}

static void
need(long n)
{
	if (n == 0)
		error("invalid address");
}

static void
shell(const char *p)
{
	if (restricted)
		error("shell access restricted");
	fflush(stdout);
	system(p);
	if (!silent)
		puts("!");
}

/* p, n and l behind a command. */
static void
suffix(const char *p)
{
	int how = 0;

	for (; *p != '\0'; p++) {
		if (strchr("pnl", *p) == NULL)
			error("invalid command suffix");
		if (how != 'n')
			how = *p;
	}
	if (how != 0)
		print_lines(current, current, how);
}

static void
snapshot(void)
{
	if (!in_global)
		buffer_snapshot();
}

/* Commands that change text. */
static void
change(int c, const char *p, int count, long a, long b)
{
	long to, unused;

	snapshot();
	switch (c) {
	case 'a':
		suffix(p);
		append_text(b);
		return;
	case 'i':
		append_text(b > 0 ? b - 1 : 0);
		return;
	case 'c':
		need(a);
		buffer_delete(a, b);
		append_text(a - 1);
		if (current == 0 && last > 0)
			current = 1;
		return;
	case 'd':
		need(a);
		buffer_delete(a, b);
		current = a <= last ? a : last;
		break;
	case 'j':
		if (count < 2) {
			a = count == 1 ? b : current;
			b = count == 1 ? b : a + 1;
			if (b > last)
				error("invalid address");
		}
		need(a);
		join(a, b);
		break;
	case 'm':
	case 't':
		need(a);
		if (addresses(&p, &unused, &to) == 0)
			to = current;
		if (c == 'm' && to >= a && to < b)
			error("invalid destination");
		if (c == 't') {
			buffer_copy(a, b, to);
			current = to + b - a + 1;
		} else {
			buffer_move(a, b, to);
			current = to >= b ? to : to + b - a + 1;
		}
		break;
	case 's':
		need(a);
		substitute(&p, a, b);
		return;
	}
	suffix(p);
}

static void
scroll(const char *p, int count, long b)
{
	static long lines = 22;
	char *end;
	long n;

	if (isdigit((unsigned char)*p)) {
		n = strtol(p, &end, 10);
		if (n > 0)
			lines = n;
		p = end;
	}
	if (count == 0)
		b = current + 1;
	if (b > last)
		error("invalid address");
	n = b + lines - 1;
	print_lines(b, n < last ? n : last, *p == 'n' ? 'n' : 'p');
}

static void
other(int c, const char *p, int count, long a, long b)
{
	const char *name;
	off_t n;

	switch (c) {
	case 'e':
		if (modified && !warned) {
			warned = 2;
			error("warning: buffer modified");
		}
		/* FALLTHROUGH */
	case 'E':
		name = get_name(p, 1);
		buffer_snapshot();
		edit(name);
		break;
	case 'f':
		puts(get_name(p, 1));
		break;
	case 'r':
		name = get_name(p, 0);
		snapshot();
		n = file_read(name, count == 0 ? last : b);
		show_bytes(n);
		break;
	case 'w': write_command(p, count, a, b, 0); break;
	case 'W': write_command(p, count, a, b, 1); break;
	case 'g': case 'v': case 'G': case 'V':
		if (count == 0) {
			a = last > 0 ? 1 : 0;
			b = last;
		}
		global(p, a, b, c == 'v' || c == 'V', c == 'G' || c == 'V');
		break;
	case 'h': puts(last_error); break;
	case 'H':
		explain = !explain;
		if (explain && *last_error != '\0')
			puts(last_error);
		break;
	case 'k':
		need(b);
		if (!islower((unsigned char)*p))
			error("invalid mark character");
		buffer_set_mark(*p, b);
		break;
	case 'p': case 'n': case 'l':
		print_lines(a, b, *p == 'n' || *p == 'l' ? *p : c);
		break;
	case 'P': show_prompt = !show_prompt; break;
	case 'q': quit(); break;
	case 'Q': exit(failed && !isatty(STDIN_FILENO) ? 2 : 0);
	case 'u': buffer_undo(); suffix(p); break;
	case 'z': scroll(p, count, b); break;
	case '=': printf("%ld\n", count > 0 ? b : last); break;
	case '!': shell(p); break;
	case '#': break;
	case '\0':
		b = count > 0 ? b : current + 1;
		if (b > last)
			error("invalid address");
		print_lines(b, b, 'p');
		break;
	default:
		error("unknown command");
	}
}

static void
command(const char *p)
{
	long a, b;
	int count, c;

	count = addresses(&p, &a, &b);
	p += strspn(p, " \t");
	c = (unsigned char)*p;
	if (c != '\0')
		p++;
	if (c != '\0' && strchr("aicdjmts", c) != NULL)
		change(c, p, count, a, b);
	else
		other(c, p, count, a, b);
}

static void
loop(void)
{
	char *line, *copy;
	size_t len;

	/* What is wrong is said as "?", or in words if so wished. */
	if (setjmp(next_command) != 0) {
		in_global = 0;
		puts("?");
		if (explain)
			puts(last_error);
	}
	for (;;) {
		fflush(stdout);
		if (interrupted) {
			interrupted = 0;
			last_error = "interrupt";
			puts("\n?");
		}
		if (warned > 0)
			warned--;
		if (show_prompt) {
			fputs(prompt, stdout);
			fflush(stdout);
		}
		line = read_input(&len);
		if (line == NULL)
			quit();
		copy = strdup(line);
		if (copy == NULL)
			err(2, NULL);
		command(copy);
		free(copy);
	}
}

/* The file named on the command line; it may be yet to be made. */
static void
start(const char *name)
{
	if (setjmp(next_command) != 0)
		return;
	if (*name != '!')
		file_name = strdup(name);
	edit(name);
}

int
main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_interrupt };
	int c;

	restricted = strcmp(getprogname(), "red") == 0;
	while ((c = getopt(argc, argv, "p:s")) != -1) {
		switch (c) {
		case 'p':
			prompt = optarg;
			show_prompt = 1;
			break;
		case 's':
			silent = 1;
			break;
		default:
			fprintf(stderr, "usage: %s [-] [-s] [-p string] "
			    "[file]\n", getprogname());
			return (1);
		}
	}
	argv += optind;
	if (*argv != NULL && strcmp(*argv, "-") == 0) {
		silent = 1;
		argv++;
	}
	if (prompt == NULL)
		prompt = "*";
	sigaction(SIGINT, &sa, NULL);
	signal(SIGQUIT, SIG_IGN);
	if (*argv != NULL)
		start(*argv);
	failed = 0;
	loop();
	return (0);
}
