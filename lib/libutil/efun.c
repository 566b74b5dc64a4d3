/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Allocation that does not fail: a handler, by default err(3), is called
 * instead.
 */
#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void	(*esetfunc(void (*)(int, const char *, ...)))(int, const char *, ...);
void	*ecalloc(size_t, size_t);
void	*emalloc(size_t);
void	*erealloc(void *, size_t);
char	*estrdup(const char *);
char	*estrndup(const char *, size_t);
size_t	estrlcpy(char *, const char *, size_t);
size_t	estrlcat(char *, const char *, size_t);
int	easprintf(char **, const char *, ...);

static void	(*handler)(int, const char *, ...) =
		    (void (*)(int, const char *, ...))err;

void	(*esetfunc(void (*fn)(int, const char *, ...)))(int, const char *, ...)
{
	void (*old)(int, const char *, ...) = handler;

	handler = fn;
	return (old);
}

void *
emalloc(size_t n)
{
	void *p = malloc(n);

	if (p == NULL)
		handler(1, "Cannot allocate %zu bytes", n);
	return (p);
}

void *
ecalloc(size_t n, size_t size)
{
	void *p = calloc(n, size);

	if (p == NULL)
		handler(1, "Cannot allocate %zu blocks of size %zu", n, size);
	return (p);
}

void *
erealloc(void *old, size_t n)
{
	void *p = realloc(old, n);

	if (p == NULL)
		handler(1, "Cannot re-allocate %zu bytes", n);
	return (p);
}

char *
estrdup(const char *s)
{
	char *p = strdup(s);

	if (p == NULL)
		handler(1, "Cannot copy string");
	return (p);
}

char *
estrndup(const char *s, size_t n)
{
	char *p = strndup(s, n);

	if (p == NULL)
		handler(1, "Cannot copy string");
	return (p);
}

size_t
estrlcpy(char *d, const char *s, size_t size)
{
	size_t n = strlcpy(d, s, size);

	if (n >= size)
		handler(1, "Cannot copy string; %zu chars needed %zu provided",
		    n, size);
	return (n);
}

size_t
estrlcat(char *d, const char *s, size_t size)
{
	size_t n = strlcat(d, s, size);

	if (n >= size)
		handler(1, "Cannot append to string; %zu chars needed %zu "
		    "provided", n, size);
	return (n);
}

int
easprintf(char **p, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(p, fmt, ap);
	va_end(ap);
	if (n < 0)
		handler(1, "Cannot format string");
	return (n);
}
