/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copying and concatenating strings.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define	CHAR		char
#define	S_LEN		strlen
#define	S_NLEN		strnlen
#define	M_CPY		memcpy
#define	M_SET		memset
#define	SP_CPY		stpcpy
#define	S_CPY		strcpy
#define	SP_NCPY		stpncpy
#define	S_NCPY		strncpy
#define	S_CAT		strcat
#define	S_NCAT		strncat
#define	S_LCPY		strlcpy
#define	S_LCAT		strlcat
#define	S_DUP		strdup
#include "copy.h"

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
