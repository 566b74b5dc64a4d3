/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getmntopts(3): the -o options of mount programs, and their paths.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <err.h>
#include <errno.h>
#include <mntopts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

int	getmnt_silent = 0;

/*
 * Sets or clears the flags of the options in a list.  "no" in front of a name
 * turns it round; "name=value" stands for name.  An option that no table has
 * is an error, unless getmnt_silent is set.
 */
void
getmntopts(const char *options, const struct mntopt *table, int *flags,
    int *alternate)
{
	char *copy = strdup(options), *p = copy, *word, *eq;
	const struct mntopt *m;
	int negative, *to;

	if (copy == NULL)
		err(EX_OSERR, NULL);
	while ((word = strsep(&p, ",")) != NULL) {
		if (*word == '\0')
			continue;
		eq = strchr(word, '=');
		if (eq != NULL)
			*eq = '\0';
		for (m = table; m->m_option != NULL; m++) {
			negative = 0;
			if (strcasecmp(word, m->m_option) == 0)
				break;
			negative = 1;
			if (strncasecmp(word, "no", 2) == 0 &&
			    strcasecmp(word + 2, m->m_option) == 0)
				break;
		}
		if (m->m_option == NULL) {
			if (!getmnt_silent)
				errx(EX_USAGE, "-o %s: option not supported",
				    word);
			continue;
		}
		to = m->m_altloc ? alternate : flags;
		if (negative == m->m_inverse)
			*to |= m->m_flag;
		else
			*to &= ~m->m_flag;
	}
	free(copy);
}

/* Without slashes at the end, and without repeated ones. */
void
rmslashes(char *from, char *to)
{
	char *start = to;

	for (; *from != '\0'; from++) {
		if (*from != '/' || to == start || to[-1] != '/')
			*to++ = *from;
	}
	if (to - start > 1 && to[-1] == '/')
		to--;
	*to = '\0';
}

/* The real path of a directory; exits if it is none. */
void
checkpath(const char *path, char *resolved)
{
	struct stat st;

	if (realpath(path, resolved) == NULL || stat(resolved, &st) != 0)
		err(EX_USAGE, "%s", resolved);
	if (!S_ISDIR(st.st_mode)) {
		errno = ENOTDIR;
		err(EX_USAGE, "%s", resolved);
	}
}
