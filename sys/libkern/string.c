/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings, as the C standard and POSIX describe them.
 */
#include <sys/param.h>
#include <sys/systm.h>

char *
strchr(const char *s, int c)
{
	for (; *s != (char)c; s++) {
		if (*s == '\0')
			return (NULL);
	}
	return (__DECONST(char *, s));
}

char *
strrchr(const char *s, int c)
{
	const char *last = NULL;

	do {
		if (*s == (char)c)
			last = s;
	} while (*s++ != '\0');
	return (__DECONST(char *, last));
}

char *
index(const char *s, int c)
{
	return (strchr(s, c));
}

char *
rindex(const char *s, int c)
{
	return (strrchr(s, c));
}

size_t
strlen(const char *s)
{
	const char *p = s;

	while (*p != '\0')
		p++;
	return (p - s);
}

size_t
strnlen(const char *s, size_t max)
{
	size_t n = 0;

	while (n < max && s[n] != '\0')
		n++;
	return (n);
}

char *
strcpy(char *to, const char *from)
{
	char *p = to;

	while ((*p++ = *from++) != '\0')
		continue;
	return (to);
}

char *
stpcpy(char *to, const char *from)
{
	while ((*to = *from++) != '\0')
		to++;
	return (to);
}

char *
strncpy(char *to, const char *from, size_t n)
{
	size_t i;

	for (i = 0; i < n && from[i] != '\0'; i++)
		to[i] = from[i];
	for (; i < n; i++)
		to[i] = '\0';
	return (to);
}

char *
strcat(char *to, const char *from)
{
	strcpy(to + strlen(to), from);
	return (to);
}

char *
strncat(char *to, const char *from, size_t n)
{
	char *p = to + strlen(to);

	for (; n > 0 && *from != '\0'; n--)
		*p++ = *from++;
	*p = '\0';
	return (to);
}

size_t
strlcpy(char *to, const char *from, size_t size)
{
	size_t len = strlen(from), n;

	if (size > 0) {
		n = len < size ? len : size - 1;
		memcpy(to, from, n);
		to[n] = '\0';
	}
	return (len);
}

size_t
strlcat(char *to, const char *from, size_t size)
{
	size_t have = strnlen(to, size);

	if (have == size)
		return (size + strlen(from));
	return (have + strlcpy(to + have, from, size - have));
}

int
strcmp(const char *a, const char *b)
{
	for (; *a == *b; a++, b++) {
		if (*a == '\0')
			return (0);
	}
	return ((unsigned char)*a - (unsigned char)*b);
}

int
strncmp(const char *a, const char *b, size_t n)
{
	for (; n > 0; n--, a++, b++) {
		if (*a != *b)
			return ((unsigned char)*a - (unsigned char)*b);
		if (*a == '\0')
			break;
	}
	return (0);
}

int
strncasecmp(const char *a, const char *b, size_t n)
{
	int ca, cb;

	for (; n > 0; n--, a++, b++) {
		ca = tolower((unsigned char)*a);
		cb = tolower((unsigned char)*b);
		if (ca != cb)
			return (ca - cb);
		if (ca == '\0')
			break;
	}
	return (0);
}

int
strcasecmp(const char *a, const char *b)
{
	return (strncasecmp(a, b, (size_t)-1));
}

size_t
strspn(const char *s, const char *set)
{
	size_t n = 0;

	while (s[n] != '\0' && strchr(set, s[n]) != NULL)
		n++;
	return (n);
}

size_t
strcspn(const char *s, const char *set)
{
	size_t n = 0;

	while (s[n] != '\0' && strchr(set, s[n]) == NULL)
		n++;
	return (n);
}

char *
strpbrk(const char *s, const char *set)
{
	s += strcspn(s, set);
	return (*s != '\0' ? __DECONST(char *, s) : NULL);
}

char *
strsep(char **rest, const char *set)
{
	char *word = *rest, *end;

	if (word == NULL)
		return (NULL);
	end = word + strcspn(word, set);
	*rest = *end != '\0' ? end + 1 : NULL;
	*end = '\0';
	return (word);
}

char *
strtok_r(char *s, const char *set, char **rest)
{
	if (s == NULL)
		s = *rest;
	if (s == NULL)
		return (NULL);
	s += strspn(s, set);
	if (*s == '\0') {
		*rest = NULL;
		return (NULL);
	}
	*rest = s;
	return (strsep(rest, set));
}

char *
strnstr(const char *s, const char *find, size_t n)
{
	size_t len = strlen(find);

	for (; len <= n && *s != '\0'; s++, n--) {
		if (strncmp(s, find, len) == 0)
			return (__DECONST(char *, s));
	}
	return (len == 0 ? __DECONST(char *, s) : NULL);
}

char *
strstr(const char *s, const char *find)
{
	return (strnstr(s, find, strlen(s)));
}

void *
memchr(const void *buf, int c, size_t n)
{
	const unsigned char *p = buf;

	for (; n > 0; n--, p++) {
		if (*p == (unsigned char)c)
			return (__DECONST(void *, p));
	}
	return (NULL);
}

void
explicit_bzero(void *buf, size_t n)
{
	bzero(buf, n);
	cpu_ccfence();
}

int
timingsafe_bcmp(const void *a, const void *b, size_t n)
{
	const volatile unsigned char *p = a, *q = b;
	int differ = 0;

	while (n-- > 0)
		differ |= *p++ ^ *q++;
	return (differ != 0);
}
