/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formats; see hexdump.h.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hexdump.h"

struct string *formats;
int block_size, trim;

static void *
zalloc(size_t size)
{
	void *p = calloc(1, size);

	if (p == NULL)
		err(1, NULL);
	return (p);
}

/* C's escapes, in place. */
static void
unescape(char *s)
{
	static const char from[] = "abfnrtv0", to[] = "\a\b\f\n\r\t\v\0";
	const char *at;
	char *out = s;

	for (; *s != '\0'; s++) {
		if (*s != '\\' || s[1] == '\0') {
			*out++ = *s;
			continue;
		}
		s++;
		at = strchr(from, *s);
		*out++ = at != NULL ? to[at - from] : *s;
	}
	*out = '\0';
}

static int
bad_bytes(const char *conv)
{
	errx(1, "bad byte count for conversion character %s", conv);
}

/*
 * What printf is to be told: the flags, width and precision of the user's
 * conversion with another letter.
 */
static void
set_formats(struct piece *p, const char *start, const char *spec,
    const char *letter)
{
	char text[512], blank[512];
	int width, before = (int)(spec - start);
	const char *digits;
	size_t n = strspn(spec + 1, "0123456789#-+ .");

	snprintf(text, sizeof(text), "%.*s%%%.*s%s", before, start, (int)n,
	    spec + 1, letter);
	digits = spec + 1 + strspn(spec + 1, "#-+ 0");
	width = atoi(digits);
	snprintf(blank, sizeof(blank), "%.*s%*s", before, start, width, "");
	p->fmt = strdup(text);
	p->blank = strdup(blank);
	if (p->fmt == NULL || p->blank == NULL)
		err(1, NULL);
}

/* The conversion at spec (a "%"); returns what follows it. */
static const char *
parse_conversion(struct piece *p, const char *start, const char *spec,
    int bytes)
{
	const char *conv = spec + 1 + strspn(spec + 1, "0123456789#-+ .");
	char letter[4] = { 0 };
	const char *precision = memchr(spec, '.', (size_t)(conv - spec));

	letter[0] = *conv;
	letter[1] = '\0';
	if (*conv == '\0')
		errx(1, "bad conversion in format");
	if (strchr("di", *conv) != NULL || strchr("oxXu", *conv) != NULL) {
		p->conv = strchr("di", *conv) != NULL ? CONV_INT : CONV_UINT;
		p->bytes = bytes > 0 ? bytes : 4;
		if (p->bytes != 1 && p->bytes != 2 && p->bytes != 4 &&
		    p->bytes != 8)
			bad_bytes(letter);
		memmove(letter + 1, letter, 2);
		letter[0] = 'j';
	} else if (strchr("eEfgG", *conv) != NULL) {
		p->conv = CONV_FLOAT;
		p->bytes = bytes > 0 ? bytes : 8;
		if (p->bytes != 4 && p->bytes != 8 && p->bytes != 16)
			bad_bytes(letter);
		if (p->bytes == 16) {
			memmove(letter + 1, letter, 2);
			letter[0] = 'L';
		}
	} else if (*conv == 'c') {
		p->conv = CONV_CHAR;
		p->bytes = 1;
	} else if (*conv == 's') {
		p->conv = CONV_TEXT;
		p->bytes = precision != NULL ? atoi(precision + 1) : bytes;
		if (p->bytes <= 0)
			errx(1, "%%s requires a precision or a byte count");
	} else if (*conv == '_') {
		conv++;
		switch (*conv) {
		case 'a':
		case 'A':
			p->conv = *conv == 'a' ? CONV_ADDRESS :
			    CONV_LAST_ADDRESS;
			conv++;
			if (strchr("dox", *conv) == NULL || *conv == '\0')
				errx(1, "bad conversion character %%_%.2s",
				    conv - 1);
			snprintf(letter, sizeof(letter), "j%c", *conv);
			break;
		case 'c':
		case 'p':
		case 'u':
			p->conv = *conv == 'c' ? CONV_ESCAPED : *conv == 'p' ?
			    CONV_PRINTABLE : CONV_NAMED;
			p->bytes = 1;
			strlcpy(letter, *conv == 'p' ? "c" : "s",
			    sizeof(letter));
			break;
		default:
			errx(1, "bad conversion character %%_%c", *conv);
		}
	} else
		errx(1, "bad conversion character %%%c", *conv);
	set_formats(p, start, spec, letter);
	return (conv + 1);
}

static void
parse_unit_text(struct unit *u, char *text, int bytes)
{
	struct piece **tail = &u->pieces, *p;
	const char *s = text, *spec;

	while (*s != '\0') {
		p = zalloc(sizeof(*p));
		*tail = p;
		tail = &p->next;
		spec = strchr(s, '%');
		if (spec == NULL) {
			p->conv = CONV_TEXT;
			p->fmt = strdup(s);
			p->blank = strdup(s);
			break;
		}
		s = parse_conversion(p, s, spec, bytes);
		u->bytes += p->bytes;
	}
	if (u->pieces == NULL)
		return;
	if (u->bytes == 0)
		u->bytes = bytes;
}

/*
 * A unit: [count][/bytes] "text".  The text's trailing blanks are left out
 * the last time when there is a repetition.
 */
static const char *
parse_unit(const char *s, struct unit *u)
{
	const char *end;
	int bytes = 0;
	char *text;

	u->reps = -2;
	if (isdigit((unsigned char)*s)) {
		u->reps = (int)strtol(s, __DECONST(char **, &s), 10);
		s += strspn(s, " \t");
	}
	if (*s == '/') {
		bytes = (int)strtol(s + 1, __DECONST(char **, &s), 10);
		s += strspn(s, " \t");
	}
	if (*s != '"')
		errx(1, "bad format");
	for (end = s + 1; *end != '"'; end++) {
		if (*end == '\\' && end[1] != '\0')
			end++;
		if (*end == '\0')
			errx(1, "bad format: unterminated string");
	}
	text = strndup(s + 1, (size_t)(end - s - 1));
	if (text == NULL)
		err(1, NULL);
	unescape(text);
	parse_unit_text(u, text, bytes);
	free(text);
	return (end + 1);
}

void
format_add(const char *text)
{
	struct string *str = zalloc(sizeof(*str)), **where;
	struct unit **tail = &str->units, *u;

	for (where = &formats; *where != NULL; where = &(*where)->next)
		continue;
	*where = str;
	text += strspn(text, " \t");
	while (*text != '\0') {
		u = zalloc(sizeof(*u));
		*tail = u;
		tail = &u->next;
		text = parse_unit(text, u);
		text += strspn(text, " \t");
	}
}

void
format_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	if (f == NULL)
		err(1, "%s", path);
	while ((n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (line[0] != '#' && line[strspn(line, " \t")] != '\0')
			format_add(line);
	}
	free(line);
	fclose(f);
}

/*
 * The block is as long as the longest format needs; the last unit of shorter
 * ones that has no count of its own repeats until the block is used up.
 */
void
format_finish(void)
{
	struct string *str;
	struct unit *u, *last;
	int used;

	for (str = formats; str != NULL; str = str->next) {
		str->bytes = 0;
		for (u = str->units; u != NULL; u = u->next)
			str->bytes += u->bytes * (u->reps > 0 ? u->reps : 1);
		if (str->bytes > block_size)
			block_size = str->bytes;
	}
	if (block_size == 0)
		errx(1, "no format uses any input");
	for (str = formats; str != NULL; str = str->next) {
		used = 0;
		last = NULL;
		for (u = str->units; u != NULL; u = u->next) {
			used += u->bytes * (u->reps > 0 ? u->reps : 1);
			if (u->bytes > 0)
				last = u;
		}
		if (last != NULL && last->reps == -2 && used < block_size)
			last->reps = 1 + (block_size - used) / last->bytes;
		for (u = str->units; u != NULL; u = u->next) {
			if (u->reps == -2)
				u->reps = 1;
		}
	}
}

static const char *
escaped(u_char c, char *buf)
{
	static const char from[] = "\a\b\f\n\r\t\v", to[] = "abfnrtv";
	const char *at;

	if (c == 0)
		return ("\\0");
	at = strchr(from, c);
	if (at != NULL)
		sprintf(buf, "\\%c", to[at - from]);
	else if (isprint(c))
		sprintf(buf, "%c", c);
	else
		sprintf(buf, "%03o", c);
	return (buf);
}

static const char *
named(u_char c, char *buf)
{
	static const char *const names[] = {
		"nul", "soh", "stx", "etx", "eot", "enq", "ack", "bel", "bs",
		"ht", "nl", "vt", "ff", "cr", "so", "si", "dle", "dc1", "dc2",
		"dc3", "dc4", "nak", "syn", "etb", "can", "em", "sub", "esc",
		"fs", "gs", "rs", "us",
	};

	if (c < sizeof(names) / sizeof(names[0]))
		return (names[c]);
	if (c == 0x7f)
		return ("del");
	sprintf(buf, isprint(c) ? "%c" : "%02x", c);
	return (buf);
}

static uintmax_t
integer(const u_char *p, int bytes, int is_signed)
{
	uint64_t n = 0;

	memcpy(&n, p, (size_t)bytes);
	if (is_signed && bytes < 8 && (n >> (bytes * 8 - 1)) != 0)
		n |= ~(uint64_t)0 << (bytes * 8);
	return (n);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void
print_float(const struct piece *p, const u_char *data)
{
	long double ld;
	double d;
	float f;

	if (p->bytes == 16) {
		memcpy(&ld, data, sizeof(ld));
		printf(p->fmt, ld);
	} else if (p->bytes == 8) {
		memcpy(&d, data, sizeof(d));
		printf(p->fmt, d);
	} else {
		memcpy(&f, data, sizeof(f));
		printf(p->fmt, (double)f);
	}
}

static void
print_piece(const struct piece *p, const u_char *data, off_t address)
{
	char buf[1024];

	switch (p->conv) {
	case CONV_INT:
		printf(p->fmt, (intmax_t)integer(data, p->bytes, 1));
		break;
	case CONV_UINT:
		printf(p->fmt, integer(data, p->bytes, 0));
		break;
	case CONV_FLOAT:
		print_float(p, data);
		break;
	case CONV_CHAR:
		printf(p->fmt, *data);
		break;
	case CONV_PRINTABLE:
		printf(p->fmt, isprint(*data) ? *data : '.');
		break;
	case CONV_ADDRESS:
		printf(p->fmt, (uintmax_t)address);
		break;
	case CONV_LAST_ADDRESS:
		break;
	case CONV_NAMED:
		printf(p->fmt, named(*data, buf));
		break;
	case CONV_ESCAPED:
		printf(p->fmt, escaped(*data, buf));
		break;
	case CONV_TEXT:
		if (p->bytes == 0) {
			fputs(p->fmt, stdout);
			break;
		}
		snprintf(buf, sizeof(buf), "%.*s", p->bytes, data);
		printf(p->fmt, buf);
		break;
	}
}
#pragma GCC diagnostic pop

/* Text without the blanks at its end. */
static void
print_trimmed(const char *s)
{
	size_t n = strlen(s);

	while (n > 0 && (s[n - 1] == ' ' || s[n - 1] == '\t'))
		n--;
	fwrite(s, 1, n, stdout);
}

static void
print_unit(const struct unit *u, const u_char *block, int n, off_t address,
    int *at)
{
	const struct piece *p;
	int rep;

	for (rep = 0; rep < u->reps; rep++) {
		for (p = u->pieces; p != NULL; p = p->next) {
			if (p->bytes > 0 && *at >= n)
				fputs(trim ? "" : p->blank, stdout);
			else if (p->conv == CONV_TEXT && p->bytes == 0 &&
			    p->next == NULL && rep + 1 == u->reps &&
			    u->reps > 1)
				print_trimmed(p->fmt);
			else
				print_piece(p, block + *at, address + *at);
			*at += p->bytes;
		}
		/* A unit that uses bytes without a conversion skips them. */
		if (u->pieces == NULL)
			*at += u->bytes;
	}
}

void
format_print(const u_char *block, int n, off_t address)
{
	const struct string *str;
	const struct unit *u;
	int at;

	for (str = formats; str != NULL; str = str->next) {
		at = 0;
		for (u = str->units; u != NULL; u = u->next) {
			if (u->pieces != NULL &&
			    u->pieces->conv == CONV_LAST_ADDRESS)
				break;
			print_unit(u, block, n, address, &at);
		}
	}
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
void
format_end(off_t address)
{
	const struct string *str;
	const struct unit *u;
	const struct piece *p;

	for (str = formats; str != NULL; str = str->next) {
		u = str->units;
		if (u == NULL || u->pieces == NULL ||
		    u->pieces->conv != CONV_LAST_ADDRESS)
			continue;
		for (p = u->pieces; p != NULL; p = p->next) {
			if (p->conv == CONV_LAST_ADDRESS)
				printf(p->fmt, (uintmax_t)address);
			else
				fputs(p->fmt, stdout);
		}
	}
}
#pragma GCC diagnostic pop
