/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Property lists as XML, read and written piece by piece; see plist.h.
 * Compiled into the kernel and into programs.
 */
#include <sys/param.h>
#ifdef _KERNEL
#include <sys/systm.h>
#else
#include <stdio.h>
#include <string.h>
#define ksnprintf	snprintf
#endif
#include "plist.h"

/* pr_state */
#define PS_PROLOG	0	/* before <plist> */
#define PS_VALUE	1	/* inside, before or in its value */
#define PS_EPILOG	2	/* after the value */
#define PS_END		3
#define PS_ERROR	4

void
plist_read_init(struct plist_reader *pr, int (*fill)(void *, char *, size_t,
    size_t *), void *arg)
{
	memset(pr, 0, sizeof(*pr));
	pr->pr_fill = fill;
	pr->pr_arg = arg;
}

/* The next character, left where it is, or -1. */
static int
plist_peek(struct plist_reader *pr)
{
	if (pr->pr_pos == pr->pr_len) {
		if (pr->pr_error != 0)
			return (-1);
		pr->pr_pos = pr->pr_len = 0;
		pr->pr_error = pr->pr_fill(pr->pr_arg, pr->pr_buf,
		    sizeof(pr->pr_buf), &pr->pr_len);
		if (pr->pr_error != 0)
			pr->pr_len = 0;
		if (pr->pr_len == 0)
			return (-1);
	}
	return ((unsigned char)pr->pr_buf[pr->pr_pos]);
}

static int
plist_getc(struct plist_reader *pr)
{
	int c = plist_peek(pr);

	if (c > 0)
		pr->pr_pos++;
	return (c > 0 ? c : -1);
}

static int
plist_isspace(int c)
{
	return (c == ' ' || c == '\t' || c == '\n' || c == '\r');
}

/* Skip to the end of a comment, of which "<!-" has been read. */
static int
plist_skip_comment(struct plist_reader *pr)
{
	int c, dashes = 0;

	if (plist_getc(pr) != '-')
		return (-1);
	while ((c = plist_getc(pr)) > 0) {
		if (c == '>' && dashes >= 2)
			return (0);
		dashes = c == '-' ? dashes + 1 : 0;
	}
	return (-1);
}

/*
 * The next tag, without its brackets, in tag; what is no element is skipped,
 * and so is white space before it.  -1: there is something else, or no more.
 */
static int
plist_tag(struct plist_reader *pr, char *tag, size_t max)
{
	size_t n;
	int c, first;

	for (;;) {
		do {
			c = plist_getc(pr);
		} while (plist_isspace(c));
		if (c != '<')
			return (-1);
		first = plist_getc(pr);
		if (first == '!' && plist_peek(pr) == '-') {
			plist_getc(pr);
			if (plist_skip_comment(pr) != 0)
				return (-1);
			continue;
		}
		for (n = 0, c = first; c > 0 && c != '>'; c = plist_getc(pr)) {
			if (n + 1 < max)
				tag[n++] = c;
			else if (first != '!' && first != '?')
				return (-1);
		}
		if (c != '>')
			return (-1);
		tag[n] = 0;
		if (first != '!' && first != '?')
			return (0);
	}
}

static int
plist_entity(struct plist_reader *pr)
{
	static const struct {
		const char *name;
		char	c;
	} known[] = {
		{ "lt", '<' }, { "gt", '>' }, { "amp", '&' },
		{ "apos", '\'' }, { "quot", '"' }
	};
	char name[8];
	size_t i, n = 0;
	int c;

	while ((c = plist_getc(pr)) != ';') {
		if (c < 0 || n + 1 == sizeof(name))
			return (-1);
		name[n++] = c;
	}
	name[n] = 0;
	for (i = 0; i < nitems(known); i++) {
		if (strcmp(known[i].name, name) == 0)
			return (known[i].c);
	}
	return (-1);
}

/* The text up to the end tag of an element; keep it, unless it is data. */
static int
plist_text(struct plist_reader *pr, const char *type, int keep)
{
	char tag[16];
	size_t n = 0;
	int c;

	while ((c = plist_peek(pr)) > 0 && c != '<') {
		plist_getc(pr);
		if (c == '&')
			c = plist_entity(pr);
		if (c < 0)
			return (-1);
		if (!keep)
			continue;
		if (n + 1 == sizeof(pr->pr_str))
			return (-1);
		pr->pr_str[n++] = c;
	}
	pr->pr_str[n] = 0;
	if (plist_tag(pr, tag, sizeof(tag)) != 0 || tag[0] != '/' ||
	    strcmp(tag + 1, type) != 0)
		return (-1);
	return (0);
}

static int
plist_digit(int c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (c - 'A' + 10);
	return (99);
}

/* pr_str as a number: decimal, 0x, or octal; as C writes it. */
static int
plist_number(struct plist_reader *pr)
{
	const char *p = pr->pr_str;
	uint64_t v = 0;
	int base = 10, neg = 0, d;

	while (plist_isspace(*p))
		p++;
	if (*p == '-') {
		neg = 1;
		p++;
	}
	if (p[0] == '0' && (p[1] == 'x' || p[1] == 'X')) {
		base = 16;
		p += 2;
	} else if (p[0] == '0') {
		base = 8;
	}
	if (plist_digit(*p) >= base)
		return (-1);
	for (; (d = plist_digit(*p)) < base; p++) {
		if (v > (UINT64_MAX - d) / base)
			return (-1);
		v = v * base + d;
	}
	while (plist_isspace(*p))
		p++;
	if (*p != 0 || (neg && v > (uint64_t)INT64_MAX + 1))
		return (-1);
	pr->pr_int = neg ? -v : v;
	return (0);
}

static int
plist_indict(struct plist_reader *pr)
{
	return (pr->pr_depth > 0 && pr->pr_isdict[pr->pr_depth - 1]);
}

/* A value was read, or begins: may it stand here? */
static int
plist_value(struct plist_reader *pr)
{
	if (pr->pr_state != PS_VALUE)
		return (-1);
	if (plist_indict(pr)) {
		if (!pr->pr_haskey[pr->pr_depth - 1])
			return (-1);
		pr->pr_haskey[pr->pr_depth - 1] = 0;
	}
	return (0);
}

static enum plist_event
plist_fail(struct plist_reader *pr)
{
	pr->pr_state = PS_ERROR;
	return (PLIST_ERROR);
}

static enum plist_event
plist_container(struct plist_reader *pr, int isdict, int empty)
{
	if (plist_value(pr) != 0 || pr->pr_depth == PLIST_MAXDEPTH)
		return (plist_fail(pr));
	pr->pr_isdict[pr->pr_depth] = isdict;
	pr->pr_haskey[pr->pr_depth] = 0;
	pr->pr_depth++;
	pr->pr_closing = empty;
	return (isdict ? PLIST_DICT : PLIST_ARRAY);
}

static enum plist_event
plist_container_end(struct plist_reader *pr, int isdict)
{
	if (pr->pr_depth == 0 || plist_indict(pr) != isdict ||
	    pr->pr_haskey[pr->pr_depth - 1])
		return (plist_fail(pr));
	if (--pr->pr_depth == 0)
		pr->pr_state = PS_EPILOG;
	return (isdict ? PLIST_DICT_END : PLIST_ARRAY_END);
}

/* An element that holds text. */
static enum plist_event
plist_scalar(struct plist_reader *pr, const char *tag)
{
	enum plist_event ev;
	int bad;

	if (strcmp(tag, "key") == 0) {
		bad = !plist_indict(pr) || pr->pr_haskey[pr->pr_depth - 1] ||
		    plist_text(pr, tag, 1) != 0;
		if (bad)
			return (plist_fail(pr));
		pr->pr_haskey[pr->pr_depth - 1] = 1;
		return (PLIST_KEY);
	}
	if (plist_value(pr) != 0)
		return (plist_fail(pr));
	if (strcmp(tag, "integer") == 0) {
		ev = PLIST_INTEGER;
		bad = plist_text(pr, tag, 1) != 0 || plist_number(pr) != 0;
	} else if (strcmp(tag, "string") == 0) {
		ev = PLIST_STRING;
		bad = plist_text(pr, tag, 1) != 0;
	} else if (strcmp(tag, "string/") == 0) {
		ev = PLIST_STRING;
		pr->pr_str[0] = 0;
		bad = 0;
	} else if (strcmp(tag, "true/") == 0 || strcmp(tag, "false/") == 0) {
		ev = PLIST_BOOL;
		pr->pr_int = tag[0] == 't';
		bad = 0;
	} else {
		ev = PLIST_DATA;
		bad = strcmp(tag, "data/") != 0 &&
		    (strcmp(tag, "data") != 0 || plist_text(pr, tag, 0) != 0);
	}
	if (bad)
		return (plist_fail(pr));
	if (pr->pr_depth == 0)
		pr->pr_state = PS_EPILOG;
	return (ev);
}

enum plist_event
plist_next(struct plist_reader *pr)
{
	char tag[64];

	if (pr->pr_state == PS_END)
		return (PLIST_END);
	if (pr->pr_closing) {
		pr->pr_closing = 0;
		return (plist_container_end(pr, plist_indict(pr)));
	}
	if (pr->pr_state == PS_ERROR || plist_tag(pr, tag, sizeof(tag)) != 0)
		return (plist_fail(pr));
	if (pr->pr_state == PS_PROLOG) {
		if (strcmp(tag, "plist") != 0 &&
		    strncmp(tag, "plist ", 6) != 0)
			return (plist_fail(pr));
		pr->pr_state = PS_VALUE;
		if (plist_tag(pr, tag, sizeof(tag)) != 0)
			return (plist_fail(pr));
	}
	if (strcmp(tag, "/plist") == 0) {
		if (pr->pr_state != PS_EPILOG)
			return (plist_fail(pr));
		pr->pr_state = PS_END;
		return (PLIST_END);
	}
	if (pr->pr_state != PS_VALUE)
		return (plist_fail(pr));
	if (strcmp(tag, "dict") == 0 || strcmp(tag, "dict/") == 0)
		return (plist_container(pr, 1, tag[4] == '/'));
	if (strcmp(tag, "array") == 0 || strcmp(tag, "array/") == 0)
		return (plist_container(pr, 0, tag[5] == '/'));
	if (strcmp(tag, "/dict") == 0)
		return (plist_container_end(pr, 1));
	if (strcmp(tag, "/array") == 0)
		return (plist_container_end(pr, 0));
	return (plist_scalar(pr, tag));
}

/*
 * Writing.
 */
static void
plist_flush(struct plist_writer *pw)
{
	if (pw->pw_len > 0 && pw->pw_error == 0)
		pw->pw_error = pw->pw_put(pw->pw_arg, pw->pw_buf, pw->pw_len);
	pw->pw_total += pw->pw_len;
	pw->pw_len = 0;
}

static void
plist_putc(struct plist_writer *pw, char c)
{
	if (pw->pw_len == sizeof(pw->pw_buf))
		plist_flush(pw);
	pw->pw_buf[pw->pw_len++] = c;
}

static void
plist_puts(struct plist_writer *pw, const char *s)
{
	while (*s != 0)
		plist_putc(pw, *s++);
}

static void
plist_indent(struct plist_writer *pw)
{
	int i;

	for (i = 0; i < pw->pw_depth; i++)
		plist_putc(pw, '\t');
}

static void
plist_element(struct plist_writer *pw, const char *type, const char *text)
{
	plist_indent(pw);
	plist_putc(pw, '<');
	plist_puts(pw, type);
	plist_putc(pw, '>');
	for (; *text != 0; text++) {
		if (*text == '<')
			plist_puts(pw, "&lt;");
		else if (*text == '>')
			plist_puts(pw, "&gt;");
		else if (*text == '&')
			plist_puts(pw, "&amp;");
		else
			plist_putc(pw, *text);
	}
	plist_puts(pw, "</");
	plist_puts(pw, type);
	plist_puts(pw, ">\n");
}

void
plist_write_init(struct plist_writer *pw, int (*put)(void *, const char *,
    size_t), void *arg)
{
	memset(pw, 0, sizeof(*pw));
	pw->pw_put = put;
	pw->pw_arg = arg;
	plist_puts(pw, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<!DOCTYPE plist PUBLIC \"-//Apple Computer//DTD PLIST 1.0//EN\" "
	    "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
	    "<plist version=\"1.0\">\n");
}

int
plist_write_done(struct plist_writer *pw)
{
	plist_puts(pw, "</plist>\n");
	plist_putc(pw, 0);
	plist_flush(pw);
	return (pw->pw_error);
}

static void
plist_mark(struct plist_writer *pw, const char *before, const char *type,
    const char *after)
{
	plist_indent(pw);
	plist_puts(pw, before);
	plist_puts(pw, type);
	plist_puts(pw, after);
}

void
plist_open(struct plist_writer *pw, const char *type)
{
	plist_mark(pw, "<", type, ">\n");
	pw->pw_depth++;
}

void
plist_close(struct plist_writer *pw, const char *type)
{
	pw->pw_depth--;
	plist_mark(pw, "</", type, ">\n");
}

void
plist_empty(struct plist_writer *pw, const char *type)
{
	plist_mark(pw, "<", type, "/>\n");
}

void
plist_key(struct plist_writer *pw, const char *key)
{
	plist_element(pw, "key", key);
}

void
plist_string(struct plist_writer *pw, const char *str)
{
	plist_element(pw, "string", str);
}

void
plist_uint(struct plist_writer *pw, uint64_t value)
{
	char text[24];

	ksnprintf(text, sizeof(text), "0x%jx", (uintmax_t)value);
	plist_element(pw, "integer", text);
}
