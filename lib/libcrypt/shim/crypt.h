/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hash functions of musl as crypt.c calls them; each writes its result
 * to `output' and returns it, or a string that begins with '*' on failure.
 */
char	*__crypt_md5(const char *key, const char *salt, char *output);
char	*__crypt_blowfish(const char *key, const char *salt, char *output);
char	*__crypt_sha256(const char *key, const char *salt, char *output);
char	*__crypt_sha512(const char *key, const char *salt, char *output);
char	*__crypt_des(const char *key, const char *salt, char *output);

#define	hidden	__attribute__((__visibility__("hidden")))
