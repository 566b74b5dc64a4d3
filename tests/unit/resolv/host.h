/* SPDX-License-Identifier: BSD-2-Clause */
/* What the resolver's sources expect and the host's library has not. */
#ifndef TEST_HOST_H
#define TEST_HOST_H

#include <stdlib.h>
#include <string.h>
#include <netinet/in.h>

/* Socket addresses have no length there. */
#define sin_len		sin_zero[0]
#define sin6_len	sin6_flowinfo

#ifndef _BYTE_ORDER
#define _BYTE_ORDER	__BYTE_ORDER
#define _BIG_ENDIAN	__BIG_ENDIAN
#endif

int	*__h_errno(void);

static inline int
issetugid(void)
{
	return (0);
}

static inline size_t
host_strlcpy(char *dst, const char *src, size_t size)
{
	size_t n = strlen(src);

	if (size > 0) {
		memcpy(dst, src, n < size ? n + 1 : size - 1);
		dst[size - 1] = '\0';
	}
	return (n);
}
#define strlcpy	host_strlcpy

#endif
