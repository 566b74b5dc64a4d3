/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment.
 *
 * environ belongs to the program, which may replace it or its strings at
 * any time; what is kept here is only whether the vector in use is one of
 * ours, which may be grown.  Strings that were replaced are not freed, since
 * getenv() may have handed them out.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "libc_private.h"

static char **our_environ;	/* vector made here */
static size_t our_room;		/* pointers it has room for */
static libc_lock_t env_lock;

/* Index of name in environ, -1 if it is not there. */
static ssize_t
env_find(const char *name, size_t len)
{
	ssize_t i;

	if (environ == NULL)
		return (-1);
	for (i = 0; environ[i] != NULL; i++) {
		if (strncmp(environ[i], name, len) == 0 &&
		    environ[i][len] == '=')
			return (i);
	}
	return (-1);
}

static bool
env_name_is_valid(const char *name)
{
	return (name != NULL && *name != '\0' && strchr(name, '=') == NULL);
}

/* Make environ a vector of ours with room for one more. */
static int
env_grow(size_t *countp)
{
	size_t count = 0, room;
	char **vec;

	if (environ != NULL) {
		while (environ[count] != NULL)
			count++;
	}
	*countp = count;
	if (environ == our_environ && our_environ != NULL &&
	    count + 2 <= our_room)
		return (0);
	room = count * 2 + 16;
	if (environ == our_environ) {
		vec = reallocarray(our_environ, room, sizeof(*vec));
		if (vec == NULL)
			return (-1);
	} else {
		vec = reallocarray(NULL, room, sizeof(*vec));
		if (vec == NULL)
			return (-1);
		if (count > 0)
			memcpy(vec, environ, count * sizeof(*vec));
		free(our_environ);
	}
	vec[count] = NULL;
	environ = our_environ = vec;
	our_room = room;
	return (0);
}

static int
env_put(char *string, size_t namelen)
{
	size_t count;
	ssize_t i;

	i = env_find(string, namelen);
	if (i >= 0) {
		environ[i] = string;
		return (0);
	}
	if (env_grow(&count) != 0)
		return (-1);
	environ[count] = string;
	environ[count + 1] = NULL;
	return (0);
}

char *
getenv(const char *name)
{
	size_t len;
	ssize_t i;
	char *value = NULL;

	if (name == NULL || (len = strlen(name)) == 0)
		return (NULL);
	libc_lock(&env_lock);
	i = env_find(name, len);
	if (i >= 0)
		value = environ[i] + len + 1;
	libc_unlock(&env_lock);
	return (value);
}

int
setenv(const char *name, const char *value, int overwrite)
{
	size_t namelen, valuelen;
	char *string;
	int error = 0;

	if (!env_name_is_valid(name)) {
		errno = EINVAL;
		return (-1);
	}
	namelen = strlen(name);
	valuelen = strlen(value);
	libc_lock(&env_lock);
	if (overwrite || env_find(name, namelen) < 0) {
		string = malloc(namelen + valuelen + 2);
		if (string == NULL) {
			error = -1;
		} else {
			memcpy(string, name, namelen);
			string[namelen] = '=';
			memcpy(string + namelen + 1, value, valuelen + 1);
			error = env_put(string, namelen);
		}
	}
	libc_unlock(&env_lock);
	return (error);
}

int
putenv(char *string)
{
	char *equals = strchr(string, '=');
	int error;

	if (equals == NULL || equals == string) {
		errno = EINVAL;
		return (-1);
	}
	libc_lock(&env_lock);
	error = env_put(string, (size_t)(equals - string));
	libc_unlock(&env_lock);
	return (error);
}

int
unsetenv(const char *name)
{
	size_t len;
	ssize_t i;

	if (!env_name_is_valid(name)) {
		errno = EINVAL;
		return (-1);
	}
	len = strlen(name);
	libc_lock(&env_lock);
	while ((i = env_find(name, len)) >= 0) {
		do {
			environ[i] = environ[i + 1];
		} while (environ[i++] != NULL);
	}
	libc_unlock(&env_lock);
	return (0);
}
