/* SPDX-License-Identifier: BSD-2-Clause */
#include <langinfo.h>
#include <regex.h>
#include <stdlib.h>

static int
matches(const char *response, const char *pattern)
{
	regex_t re;
	int found;

	if (regcomp(&re, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		return (0);
	found = regexec(&re, response, 0, NULL, 0) == 0;
	regfree(&re);
	return (found);
}

/* Is an answer the locale's yes (1), its no (0) or neither (-1)? */
int
rpmatch(const char *response)
{
	if (matches(response, nl_langinfo(YESEXPR)))
		return (1);
	return (matches(response, nl_langinfo(NOEXPR)) ? 0 : -1);
}
