/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copying and concatenating strings.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

char *
stpcpy(char *__restrict dst, const char *__restrict src)
{
	size_t n = strlen(src);

	memcpy(dst, src, n + 1);
	return (dst + n);
}

char *
strcpy(char *__restrict dst, const char *__restrict src)
{
	stpcpy(dst, src);
	return (dst);
}

char *
stpncpy(char *__restrict dst, const char *__restrict src, size_t n)
{
	size_t len = strnlen(src, n);

	memcpy(dst, src, len);
	memset(dst + len, 0, n - len);
	return (dst + len);
}

char *
strncpy(char *__restrict dst, const char *__restrict src, size_t n)
{
	stpncpy(dst, src, n);
	return (dst);
}

char *
strcat(char *__restrict dst, const char *__restrict src)
{
	stpcpy(dst + strlen(dst), src);
	return (dst);
}

char *
strncat(char *__restrict dst, const char *__restrict src, size_t n)
{
	char *end = dst + strlen(dst);
	size_t len = strnlen(src, n);

	memcpy(end, src, len);
	end[len] = '\0';
	return (dst);
}

/* Returns the length of src; the copy is cut, but terminated, if too long. */
size_t
strlcpy(char *__restrict dst, const char *__restrict src, size_t size)
{
	size_t len = strlen(src), n;

	if (size > 0) {
		n = len < size ? len : size - 1;
		memcpy(dst, src, n);
		dst[n] = '\0';
	}
	return (len);
}

size_t
strlcat(char *__restrict dst, const char *__restrict src, size_t size)
{
	size_t have = strnlen(dst, size);

	if (have == size)
		return (size + strlen(src));
	return (have + strlcpy(dst + have, src, size - have));
}

char *
strndup(const char *s, size_t max)
{
	size_t n = strnlen(s, max);
	char *p;

	p = malloc(n + 1);
	if (p == NULL)
		return (NULL);
	memcpy(p, s, n);
	p[n] = '\0';
	return (p);
}

char *
strdup(const char *s)
{
	size_t n = strlen(s) + 1;
	char *p;

	p = malloc(n);
	return (p != NULL ? memcpy(p, s, n) : NULL);
}
