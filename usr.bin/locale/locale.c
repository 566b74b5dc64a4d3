/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * locale - shows the locale, or what it says
 *
 * usage: locale [-a | -m]
 *	  locale [-ck] name ...
 */
#include <err.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static bool	show_category, show_keyword;

static const struct {
	const char	*name;
	int		category;
} categories[] = {
	{ "LC_CTYPE", LC_CTYPE }, { "LC_COLLATE", LC_COLLATE },
	{ "LC_TIME", LC_TIME }, { "LC_NUMERIC", LC_NUMERIC },
	{ "LC_MONETARY", LC_MONETARY }, { "LC_MESSAGES", LC_MESSAGES },
};
#define NCATEGORIES	(sizeof(categories) / sizeof(categories[0]))

/* Keywords whose value is one or several strings of nl_langinfo(). */
static const struct {
	const char	*name;
	int		category;
	nl_item		item;
	int		n;
} keywords[] = {
	{ "charmap", LC_CTYPE, CODESET, 1 },
	{ "codeset", LC_CTYPE, CODESET, 1 },
	{ "decimal_point", LC_NUMERIC, RADIXCHAR, 1 },
	{ "thousands_sep", LC_NUMERIC, THOUSEP, 1 },
	{ "abday", LC_TIME, ABDAY_1, 7 }, { "day", LC_TIME, DAY_1, 7 },
	{ "abmon", LC_TIME, ABMON_1, 12 }, { "mon", LC_TIME, MON_1, 12 },
	{ "d_t_fmt", LC_TIME, D_T_FMT, 1 }, { "d_fmt", LC_TIME, D_FMT, 1 },
	{ "t_fmt", LC_TIME, T_FMT, 1 }, { "am_pm", LC_TIME, AM_STR, 2 },
	{ "t_fmt_ampm", LC_TIME, T_FMT_AMPM, 1 }, { "era", LC_TIME, ERA, 1 },
	{ "yesexpr", LC_MESSAGES, YESEXPR, 1 },
	{ "noexpr", LC_MESSAGES, NOEXPR, 1 },
	{ "yesstr", LC_MESSAGES, YESSTR, 1 },
	{ "nostr", LC_MESSAGES, NOSTR, 1 },
};
#define NKEYWORDS	(sizeof(keywords) / sizeof(keywords[0]))

static void
print_keyword(size_t k)
{
	int i;

	if (show_keyword)
		printf("%s=\"", keywords[k].name);
	for (i = 0; i < keywords[k].n; i++)
		printf("%s%s", i > 0 ? ";" : "",
		    nl_langinfo(keywords[k].item + i));
	printf("%s\n", show_keyword ? "\"" : "");
}

static int
show(const char *name)
{
	size_t c, k;
	int found = 0;

	for (c = 0; c < NCATEGORIES; c++) {
		if (strcmp(name, categories[c].name) == 0)
			break;
	}
	for (k = 0; k < NKEYWORDS; k++) {
		if (c < NCATEGORIES ? keywords[k].category !=
		    categories[c].category :
		    strcmp(name, keywords[k].name) != 0)
			continue;
		if (show_category && !found) {
			size_t i;

			for (i = 0; i < NCATEGORIES; i++) {
				if (categories[i].category ==
				    keywords[k].category)
					printf("%s\n", categories[i].name);
			}
		}
		found = 1;
		print_keyword(k);
	}
	if (!found && c == NCATEGORIES) {
		warnx("unknown keyword: %s", name);
		return (1);
	}
	return (0);
}

/* A value from the environment stands as it is, one derived in quotes. */
static void
show_settings(void)
{
	const char *lang = getenv("LANG"), *all = getenv("LC_ALL"), *v;
	size_t i;

	printf("LANG=%s\n", lang != NULL ? lang : "");
	for (i = 0; i < NCATEGORIES; i++) {
		v = getenv(categories[i].name);
		if (v != NULL && *v != '\0' && (all == NULL || *all == '\0'))
			printf("%s=%s\n", categories[i].name, v);
		else
			printf("%s=\"%s\"\n", categories[i].name,
			    setlocale(categories[i].category, NULL));
	}
	printf("LC_ALL=%s\n", all != NULL ? all : "");
}

static int
print_set(unsigned int n, const char *const *names, void *arg)
{
	printf("%s%s\n", (const char *)arg, names[0]);
	return (0);
}

static int
print_locale(unsigned int n, const char *const *names, void *arg)
{
	char name[64];

	/* Every language goes with every set; C stands for all of them. */
	snprintf(name, sizeof(name), "C.%s", names[0]);
	if (setlocale(LC_CTYPE, name) != NULL)
		printf("%s\n", name);
	return (0);
}

int
main(int argc, char **argv)
{
	char empty[] = "";
	int c, status = 0;
	bool all = false, maps = false;

	setlocale(LC_ALL, "");
	while ((c = getopt(argc, argv, "ackm")) != -1) {
		switch (c) {
		case 'a':
			all = true;
			break;
		case 'c':
			show_category = true;
			break;
		case 'k':
			show_keyword = true;
			break;
		case 'm':
			maps = true;
			break;
		default:
			fprintf(stderr, "usage: locale [-a | -m]\n"
			    "       locale [-ck] name ...\n");
			return (EX_USAGE);
		}
	}
	if (all) {
		printf("C\nPOSIX\n");
		iconvlist(print_locale, NULL);
	} else if (maps)
		iconvlist(print_set, empty);
	else if (argv[optind] == NULL)
		show_settings();
	for (; !all && !maps && argv[optind] != NULL; optind++)
		status |= show(argv[optind]);
	return (status);
}
