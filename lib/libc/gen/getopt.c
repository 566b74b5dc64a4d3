/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Options of programs: getopt(), getopt_long(), getopt_long_only().
 *
 * getopt() stops at the first argument that is not an option.  The long
 * forms take options anywhere and move other arguments to the end, unless
 * the option string begins with '+' or POSIXLY_CORRECT is set; a '-' in
 * front hands them out as arguments of option 1.
 */
#include <err.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

int	opterr = 1;
int	optind = 1;
int	optopt;
int	optreset;
char	*optarg;

#define BADCH	'?'
#define BADARG(spec)	((spec)[0] == ':' ? ':' : '?')

static const char *place = "";	/* inside a group of short options */
static int nonopt_start = -1;	/* arguments to move behind options */
static int nonopt_end = -1;

static void
complain(const char *spec, const char *what, const char *name, int len)
{
	if (opterr && spec[0] != ':')
		fprintf(stderr, "%s: %s -- %.*s\n", _getprogname(), what,
		    len, name);
}

/* The option at place. */
static int
short_option(int argc, char *const argv[], const char *spec)
{
	const char *opt;
	char c = *place++;

	optopt = (unsigned char)c;
	opt = c == ':' ? NULL : strchr(spec, c);
	if (opt == NULL) {
		complain(spec, "illegal option", &c, 1);
		if (*place == '\0')
			optind++;
		return (BADCH);
	}
	optarg = NULL;
	if (opt[1] != ':') {
		if (*place == '\0')
			optind++;
		return (optopt);
	}
	optind++;
	if (*place != '\0') {
		optarg = __DECONST(char *, place);
	} else if (opt[2] != ':') {
		if (optind >= argc) {
			complain(spec, "option requires an argument", &c, 1);
			place = "";
			return (BADARG(spec));
		}
		optarg = argv[optind++];
	}
	place = "";
	return (optopt);
}

int
getopt(int argc, char *const argv[], const char *spec)
{
	const char *arg;

	if (optreset || optind == 0) {
		optreset = 0;
		if (optind == 0)
			optind = 1;
		place = "";
	}
	if (*spec == '+')
		spec++;
	if (*place == '\0') {
		if (optind >= argc || argv[optind] == NULL)
			return (-1);
		arg = argv[optind];
		if (arg[0] != '-')
			return (-1);
		if (arg[1] == '\0') {
			/* An option only for those who ask for it (su). */
			if (strchr(spec, '-') == NULL)
				return (-1);
			optind++;
			return (optopt = '-');
		}
		if (arg[1] == '-' && arg[2] == '\0') {
			optind++;
			return (-1);
		}
		place = arg + 1;
	}
	return (short_option(argc, argv, spec));
}

/* Exchange [first, middle) with [middle, last). */
static void
rotate(char *const *nargv, int first, int middle, int last)
{
	char **argv = __DECONST(char **, nargv), *tmp;
	int i, n;

	for (n = middle - first; n > 0 && middle < last; middle++) {
		tmp = argv[middle];
		for (i = middle; i > middle - n; i--)
			argv[i] = argv[i - 1];
		argv[middle - n] = tmp;
	}
}

/* All options are behind the arguments that were passed over: swap. */
static void
move_nonoptions(char *const *argv)
{
	if (nonopt_end != -1) {
		rotate(argv, nonopt_start, nonopt_end, optind);
		optind -= nonopt_end - nonopt_start;
	} else if (nonopt_start != -1) {
		optind = nonopt_start;
	}
	nonopt_start = nonopt_end = -1;
}

/* Index of the option name[0 .. len) names; -1 none, -2 several. */
static int
long_find(const struct option *options, const char *name, size_t len)
{
	int i, found = -1;

	for (i = 0; options[i].name != NULL; i++) {
		if (strncmp(options[i].name, name, len) != 0)
			continue;
		if (strlen(options[i].name) == len)
			return (i);
		if (found >= 0 &&
		    (options[i].has_arg != options[found].has_arg ||
		    options[i].flag != options[found].flag ||
		    options[i].val != options[found].val))
			return (-2);
		if (found < 0)
			found = i;
	}
	return (found);
}

/* The long option at place; -1: short after all. */
static int
long_option(int argc, char *const *argv, const char *spec,
    const struct option *options, int *indexp, bool may_be_short)
{
	const char *name = place, *equals;
	size_t len = strcspn(name, "=");
	int i;

	equals = name[len] == '=' ? name + len + 1 : NULL;
	i = long_find(options, name, len);
	if (i < 0 && may_be_short && strchr(spec, *name) != NULL)
		return (-1);
	place = "";
	optind++;
	optopt = 0;
	if (i < 0) {
		complain(spec, i == -2 ? "ambiguous option" :
		    "unrecognized option", name, (int)len);
		return (BADCH);
	}
	optarg = NULL;
	if (equals != NULL && options[i].has_arg == no_argument) {
		complain(spec, "option doesn't take an argument", name,
		    (int)len);
		optopt = options[i].flag == NULL ? options[i].val : 0;
		return (BADARG(spec));
	}
	if (equals != NULL)
		optarg = __DECONST(char *, equals);
	else if (options[i].has_arg == required_argument)
		optarg = optind < argc ? argv[optind++] : NULL;
	if (options[i].has_arg == required_argument && optarg == NULL) {
		complain(spec, "option requires an argument", name, (int)len);
		optopt = options[i].flag == NULL ? options[i].val : 0;
		return (BADARG(spec));
	}
	if (indexp != NULL)
		*indexp = i;
	if (options[i].flag != NULL) {
		*options[i].flag = options[i].val;
		return (0);
	}
	return (options[i].val);
}

/*
 * Find the next argument that holds options and point place at it.  Returns
 * 0, -1 at the end, or 1 for an argument handed out as it is.
 */
static int
next_argument(int argc, char *const *argv, bool permute, bool all)
{
	for (;;) {
		if (optind >= argc || argv[optind] == NULL) {
			move_nonoptions(argv);
			return (-1);
		}
		place = argv[optind];
		if (place[0] == '-' && place[1] != '\0')
			break;
		place = "";
		if (all) {
			optarg = argv[optind++];
			return (1);
		}
		if (!permute)
			return (-1);
		if (nonopt_start == -1) {
			nonopt_start = optind;
		} else if (nonopt_end != -1) {
			rotate(argv, nonopt_start, nonopt_end, optind);
			nonopt_start = optind - (nonopt_end - nonopt_start);
			nonopt_end = -1;
		}
		optind++;
	}
	if (nonopt_start != -1 && nonopt_end == -1)
		nonopt_end = optind;
	if (place[1] == '-' && place[2] == '\0') {
		optind++;
		place = "";
		move_nonoptions(argv);
		return (-1);
	}
	return (0);
}

static int
getopt_internal(int argc, char *const *argv, const char *spec,
    const struct option *options, int *indexp, bool long_only)
{
	bool permute, all;
	int rc;

	if (spec == NULL)
		return (-1);
	if (optind == 0)
		optind = optreset = 1;
	permute = *spec != '+' && getenv("POSIXLY_CORRECT") == NULL;
	all = *spec == '-';
	if (*spec == '+' || *spec == '-')
		spec++;
	optarg = NULL;
	if (optreset) {
		nonopt_start = nonopt_end = -1;
		optreset = 0;
		place = "";
	}
	if (*place == '\0') {
		rc = next_argument(argc, argv, permute, all);
		if (rc != 0)
			return (rc);
		if (place[1] == '-') {
			place += 2;
			return (long_option(argc, argv, spec, options, indexp,
			    false));
		}
		place++;
		if (long_only) {
			rc = long_option(argc, argv, spec, options, indexp,
			    true);
			if (rc != -1)
				return (rc);
		}
	}
	return (short_option(argc, argv, spec));
}

int
getopt_long(int argc, char *const *argv, const char *spec,
    const struct option *options, int *indexp)
{
	return (getopt_internal(argc, argv, spec, options, indexp, false));
}

int
getopt_long_only(int argc, char *const *argv, const char *spec,
    const struct option *options, int *indexp)
{
	return (getopt_internal(argc, argv, spec, options, indexp, true));
}
