/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sets of characters, and splitting strings at them.
 */
#include <stdint.h>
#include <string.h>

struct set {
	uint64_t	bits[4];
};

static void
set_fill(struct set *set, const char *chars)
{
	const unsigned char *p = (const unsigned char *)chars;

	memset(set, 0, sizeof(*set));
	for (; *p != '\0'; p++)
		set->bits[*p / 64] |= (uint64_t)1 << *p % 64;
}

static inline int
set_has(const struct set *set, unsigned char c)
{
	return (set->bits[c / 64] >> c % 64 & 1);
}

size_t
strspn(const char *s, const char *accept)
{
	const char *p = s;
	struct set set;

	set_fill(&set, accept);
	while (set_has(&set, *p))
		p++;
	return (p - s);
}

size_t
strcspn(const char *s, const char *reject)
{
	const char *p = s;
	struct set set;

	set_fill(&set, reject);
	set.bits[0] |= 1;
	while (!set_has(&set, *p))
		p++;
	return (p - s);
}

char *
strpbrk(const char *s, const char *accept)
{
	s += strcspn(s, accept);
	return (*s != '\0' ? (char *)(uintptr_t)s : NULL);
}

char *
strsep(char **sp, const char *delim)
{
	char *token = *sp, *end;

	if (token == NULL)
		return (NULL);
	end = token + strcspn(token, delim);
	if (*end != '\0')
		*end++ = '\0';
	else
		end = NULL;
	*sp = end;
	return (token);
}

char *
strtok_r(char *__restrict s, const char *__restrict delim,
    char **__restrict last)
{
	char *end;

	if (s == NULL && (s = *last) == NULL)
		return (NULL);
	s += strspn(s, delim);
	if (*s == '\0') {
		*last = NULL;
		return (NULL);
	}
	end = s + strcspn(s, delim);
	if (*end != '\0')
		*end++ = '\0';
	else
		end = NULL;
	*last = end;
	return (s);
}

char *
strtok(char *__restrict s, const char *__restrict delim)
{
	static char *last;

	return (strtok_r(s, delim, &last));
}
