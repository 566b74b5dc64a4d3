/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The options of od(1), turned into formats; see hexdump.h.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "hexdump.h"

static char base = 'o';			/* of addresses; 'n' for none */
static int nformats;

static void
usage(void)
{
	fprintf(stderr, "usage: od [-aBbcDdeFfHhIiLlOosvXx] [-A base] "
	    "[-j skip] [-N length] [-t type]\n          [[+]offset[.][Bb]] "
	    "[file ...]\n");
	exit(1);
}

/*
 * Each type is a line of its own: the first with the address in front, the
 * others indented.  Sixteen bytes a line.
 */
static void
add_type(const char *unit, int bytes)
{
	char text[256], lead[64];

	if (base == 'n')
		strlcpy(lead, "\"\"", sizeof(lead));
	else if (nformats == 0)
		snprintf(lead, sizeof(lead), "\"%%07.7_a%c\"", base);
	else
		strlcpy(lead, "\"       \"", sizeof(lead));
	snprintf(text, sizeof(text), "%s %d/%d \"%s\" \"\\n\"", lead,
	    16 / bytes, bytes, unit);
	format_add(text);
	nformats++;
}

/* A type string of -t: letters a c d f o u x with sizes. */
static void
add_type_string(const char *s)
{
	static const int oct[] = { 0, 3, 6, 0, 11, 0, 0, 0, 22 };
	static const int dec[] = { 0, 4, 6, 0, 11, 0, 0, 0, 20 };
	static const int uns[] = { 0, 3, 5, 0, 10, 0, 0, 0, 20 };
	static const int hex[] = { 0, 2, 4, 0, 8, 0, 0, 0, 16 };
	char unit[64], letter;
	int size;

	while (*s != '\0') {
		letter = *s++;
		if (letter == 'a' || letter == 'c') {
			add_type(letter == 'a' ? " %3_u" : " %3_c", 1);
			continue;
		}
		if (strchr("dfoux", letter) == NULL)
			errx(1, "%c: unrecognised format character", letter);
		size = letter == 'f' ? 8 : 4;
		if (isdigit((unsigned char)*s))
			size = (int)strtol(s, __DECONST(char **, &s), 10);
		else if (letter == 'f' && strchr("FDL", *s) != NULL &&
		    *s != '\0')
			size = *s == 'F' ? 4 : *s == 'D' ? 8 : 16, s++;
		else if (letter != 'f' && strchr("CSIL", *s) != NULL &&
		    *s != '\0')
			size = *s == 'C' ? 1 : *s == 'S' ? 2 :
			    *s == 'I' ? 4 : 8, s++;
		if (letter == 'f' ? size != 4 && size != 8 && size != 16 :
		    size != 1 && size != 2 && size != 4 && size != 8)
			errx(1, "unsupported size %d for type %c", size,
			    letter);
		if (letter == 'f')
			snprintf(unit, sizeof(unit), size == 4 ?
			    " %%15.7e" : size == 8 ? " %%24.16e" :
			    " %%29.18e");
		else if (letter == 'd')
			snprintf(unit, sizeof(unit), " %%%dd", dec[size]);
		else if (letter == 'u')
			snprintf(unit, sizeof(unit), " %%%du", uns[size]);
		else
			snprintf(unit, sizeof(unit), " %%0%d%c",
			    letter == 'o' ? oct[size] : hex[size], letter);
		add_type(unit, size);
	}
}

/* "[+]offset[.][b]": octal, hexadecimal or, with a dot, decimal. */
static int
old_offset(const char *arg, int last)
{
	const char *s = arg + (*arg == '+');
	off_t n;
	char *end;
	size_t len;

	if (*arg != '+' && !(last && isdigit((unsigned char)*arg)))
		return (0);
	len = strcspn(s, ".bB");
	if (s[len] == '.')
		n = strtoll(s, &end, 10);
	else
		n = strtoll(s, &end, s[0] == '0' && s[1] == 'x' ? 16 : 8);
	if (end == s)
		return (0);
	if (*end == '.')
		end++;
	if (*end == 'b' || *end == 'B') {
		n *= *end == 'b' ? 512 : 1024;
		end++;
	}
	if (*end != '\0')
		return (0);
	skip = n;
	return (1);
}

char **
od_options(int argc, char **argv)
{
	static const struct { char letter; const char *type; } old[] = {
		{ 'a', "a" }, { 'B', "o2" }, { 'b', "o1" }, { 'c', "c" },
		{ 'D', "u4" }, { 'd', "u2" }, { 'e', "f8" }, { 'F', "f8" },
		{ 'f', "f4" }, { 'H', "x4" }, { 'h', "x2" }, { 'I', "d8" },
		{ 'i', "d4" }, { 'L', "d8" }, { 'l', "d8" }, { 'O', "o4" },
		{ 'o', "o2" }, { 's', "d2" }, { 'X', "x4" }, { 'x', "x2" },
	};
	const char *types[64];
	int c, ntypes = 0, options = 0, i, last;
	char text[64];

	while ((c = getopt(argc, argv,
	    "A:aBbcDdeFfHhIij:LlN:Oost:vXx")) != -1) {
		options = 1;
		if (ntypes == (int)(sizeof(types) / sizeof(types[0])))
			errx(1, "too many types");
		switch (c) {
		case 'A':
			if (strchr("doxn", *optarg) == NULL ||
			    *optarg == '\0' || optarg[1] != '\0')
				errx(1, "%s: invalid address base", optarg);
			base = *optarg;
			break;
		case 'j': skip = size_value(optarg); break;
		case 'N': length = size_value(optarg); break;
		case 't': types[ntypes++] = optarg; break;
		case 'v': show_all = 1; break;
		default:
			for (i = 0; i < (int)(sizeof(old) / sizeof(old[0]));
			    i++) {
				if (old[i].letter == c)
					types[ntypes++] = old[i].type;
			}
			if (c == '?')
				usage();
		}
	}
	trim = 1;
	if (ntypes == 0)
		types[ntypes++] = "o2";
	for (i = 0; i < ntypes; i++)
		add_type_string(types[i]);
	if (base != 'n') {
		snprintf(text, sizeof(text), "\"%%07.7_A%c\\n\"", base);
		format_add(text);
	}
	argv += optind;
	argc -= optind;
	last = argc - 1;
	if (argc > 0 && argc <= 2 && !options && old_offset(argv[last], 1))
		argv[last] = NULL;
	else if (argc > 0 && *argv[last] == '+' && old_offset(argv[last], 0))
		argv[last] = NULL;
	return (argv);
}
