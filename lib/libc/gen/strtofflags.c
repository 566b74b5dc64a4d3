/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File flags as text: "schg,nodump".
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char	*name;		/* of the flag set */
	bool		inverse;	/* the flag is printed as "no..." */
	unsigned long	flag;
} flags[] = {
	{ "sappnd", false, SF_APPEND },
	{ "sappend", false, SF_APPEND },
	{ "arch", false, SF_ARCHIVED },
	{ "archived", false, SF_ARCHIVED },
	{ "schg", false, SF_IMMUTABLE },
	{ "schange", false, SF_IMMUTABLE },
	{ "simmutable", false, SF_IMMUTABLE },
	{ "sunlnk", false, SF_NOUNLINK },
	{ "sunlink", false, SF_NOUNLINK },
	{ "snohistory", false, SF_NOHISTORY },
	{ "noshistory", false, SF_NOHISTORY },
	{ "scache", true, SF_NOCACHE },
	{ "uappnd", false, UF_APPEND },
	{ "uappend", false, UF_APPEND },
	{ "uchg", false, UF_IMMUTABLE },
	{ "uchange", false, UF_IMMUTABLE },
	{ "uimmutable", false, UF_IMMUTABLE },
	{ "dump", true, UF_NODUMP },
	{ "opaque", false, UF_OPAQUE },
	{ "uunlnk", false, UF_NOUNLINK },
	{ "uunlink", false, UF_NOUNLINK },
	{ "uhistory", true, UF_NOHISTORY },
	{ "cache", false, UF_CACHE },
};

#define NFLAGS	(sizeof(flags) / sizeof(flags[0]))

/* A string to be freed; NULL if there is no memory. */
char *
fflagstostr(unsigned long value)
{
	char *string = calloc(1, 256);
	size_t i;

	if (string == NULL)
		return (NULL);
	for (i = 0; i < NFLAGS; i++) {
		if ((value & flags[i].flag) == 0)
			continue;
		if (*string != '\0')
			strcat(string, ",");
		if (flags[i].inverse)
			strcat(string, "no");
		strcat(string, flags[i].name);
		value &= ~flags[i].flag;
	}
	return (string);
}

/* 0, or 1 with *stringp at the word that is not a flag. */
int
strtofflags(char **stringp, unsigned long *setp, unsigned long *clrp)
{
	char *string = *stringp, *word;
	bool negated;
	size_t i;

	if (setp != NULL)
		*setp = 0;
	if (clrp != NULL)
		*clrp = 0;
	while ((word = strsep(&string, "\t ,")) != NULL) {
		*stringp = word;
		if (*word == '\0')
			continue;
		for (i = 0; i < NFLAGS; i++) {
			negated = strncmp(word, "no", 2) == 0 &&
			    strcmp(word + 2, flags[i].name) == 0;
			if (!negated && strcmp(word, flags[i].name) != 0)
				continue;
			if (negated == flags[i].inverse) {
				if (setp != NULL)
					*setp |= flags[i].flag;
			} else if (clrp != NULL) {
				*clrp |= flags[i].flag;
			}
			break;
		}
		if (i == NFLAGS)
			return (1);
	}
	return (0);
}
