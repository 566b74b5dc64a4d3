/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: administration of MegaRAID controllers.  Options, and finding the
 * function of a command.
 */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mfiutil.h"

int mfi_unit;
int mfi_naming;

static const struct mfi_command *const tables[] = {
	show_commands, drive_commands, volume_commands, config_commands,
	foreign_commands, other_commands,
};

#define FOR_COMMANDS(t, c)						\
	for ((t) = 0; (t) < sizeof(tables) / sizeof(tables[0]); (t)++)	\
		for ((c) = tables[t]; (c)->name != NULL; (c)++)

static void __attribute__((noreturn))
usage(void)
{
	const struct mfi_command *c;
	char line[128];
	size_t t;

	fprintf(stderr, "usage: mfiutil [-de] [-u unit] <command> ...\n\n"
	    "Commands include:\n");
	FOR_COMMANDS(t, c) {
		if (c->syntax == NULL)
			continue;
		snprintf(line, sizeof(line), "%s%s%s%s%s",
		    c->group != NULL ? c->group : "",
		    c->group != NULL ? " " : "", c->name,
		    c->syntax[0] != '\0' ? " " : "", c->syntax);
		fprintf(stderr, "    %-39s %s\n", line, c->what);
	}
	exit(1);
}

static bool
is_group(const char *name)
{
	const struct mfi_command *c;
	size_t t;

	FOR_COMMANDS(t, c) {
		if (c->group != NULL && strcmp(c->group, name) == 0)
			return (true);
	}
	return (false);
}

static const struct mfi_command *
find(const char *group, const char *name)
{
	const struct mfi_command *c;
	size_t t;

	FOR_COMMANDS(t, c) {
		if (strcmp(c->name, name) == 0 && (group == NULL ?
		    c->group == NULL : c->group != NULL &&
		    strcmp(c->group, group) == 0))
			return (c);
	}
	return (NULL);
}

static int
run(int ac, char **av)
{
	const struct mfi_command *c = find(NULL, av[0]);

	if (c != NULL)
		return (c->func(ac, av));
	if (!is_group(av[0])) {
		warnx("Unknown command %s.", av[0]);
		return (EINVAL);
	}
	if (ac < 2) {
		warnx("The %s command requires a sub-command.", av[0]);
		return (EINVAL);
	}
	c = find(av[0], av[1]);
	if (c == NULL) {
		warnx("%s is not a valid sub-command of %s.", av[1], av[0]);
		return (EINVAL);
	}
	return (c->func(ac - 1, av + 1));
}

bool
confirm(const char *fmt, ...)
{
	va_list ap;
	int c;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf(" [y/N] ");
	fflush(stdout);
	c = getchar();
	if (c == 'y' || c == 'Y')
		return (true);
	printf("\nAborting\n");
	return (false);
}

int
no_arguments(int ac, const char *what)
{
	if (ac <= 1)
		return (0);
	warnx("%s: extra arguments", what);
	return (EINVAL);
}

int
mfi_begin(int *fd)
{
	*fd = mfi_open();
	return (*fd < 0 ? errno : 0);
}

int
main(int argc, char **argv)
{
	char *end;
	long unit;
	int c;

	while ((c = getopt(argc, argv, "deu:")) != -1) {
		switch (c) {
		case 'd':
			mfi_naming |= NAME_BY_ID;
			break;
		case 'e':
			mfi_naming |= NAME_BY_PLACE;
			break;
		case 'u':
			unit = strtol(optarg, &end, 0);
			if (end == optarg || *end != '\0' || unit < 0 ||
			    unit > 255)
				errx(1, "Invalid unit %s", optarg);
			mfi_unit = unit;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		usage();
	c = run(argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout))
		err(1, "stdout");
	return (c == 0 ? 0 : 1);
}
