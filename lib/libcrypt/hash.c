/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crypt(3): chooses the scheme by the prefix of the salt.  The schemes are
 * musl's.
 */
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include "crypt.h"

#define	OUTPUT_SIZE	256

char	*crypt_r(const char *, const char *, void *);
const char *crypt_get_format(void);
int	crypt_set_format(const char *);

static const char	*format = "des";

static bool
prefix(const char *salt, const char *p)
{
	return (strncmp(salt, p, strlen(p)) == 0);
}

static char *
hash(const char *key, const char *salt, char *out)
{
	if (prefix(salt, "$6$"))
		return (__crypt_sha512(key, salt, out));
	if (prefix(salt, "$5$"))
		return (__crypt_sha256(key, salt, out));
	if (prefix(salt, "$2"))
		return (__crypt_blowfish(key, salt, out));
	if (prefix(salt, "$1$"))
		return (__crypt_md5(key, salt, out));
	if (strcasecmp(format, "md5") == 0)
		return (__crypt_md5(key, salt, out));
	if (strcasecmp(format, "sha256") == 0)
		return (__crypt_sha256(key, salt, out));
	if (strcasecmp(format, "sha512") == 0)
		return (__crypt_sha512(key, salt, out));
	return (__crypt_des(key, salt, out));
}

/* `data' has room for the result.  NULL if the salt is not valid. */
char *
crypt_r(const char *key, const char *salt, void *data)
{
	char *result;

	result = hash(key, salt, data);
	return (result == NULL || result[0] == '*' ? NULL : result);
}

char *
crypt(const char *key, const char *salt)
{
	static char output[OUTPUT_SIZE];

	return (crypt_r(key, salt, output));
}

const char *
crypt_get_format(void)
{
	return (format);
}

/* The scheme of salts without a prefix.  1, or 0 if there is no such one. */
int
crypt_set_format(const char *name)
{
	static const char *const known[] = {
		"des", "md5", "blf", "sha256", "sha512"
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcasecmp(name, known[i]) == 0) {
			format = known[i];
			return (1);
		}
	}
	return (0);
}
