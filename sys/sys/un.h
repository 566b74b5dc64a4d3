/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Addresses of local sockets.
 */
#ifndef _SYS_UN_H_
#define _SYS_UN_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SA_FAMILY_T_DECLARED
#define _SA_FAMILY_T_DECLARED
typedef __uint8_t	sa_family_t;
#endif

#define LOCAL_PEERCRED	1

struct sockaddr_un {
	unsigned char	sun_len;	/* of all, path's NUL not counted */
	sa_family_t	sun_family;	/* AF_LOCAL */
	char		sun_path[104];
};

#if __BSD_VISIBLE
/* Length of an address with a path in it. */
#define SUN_LEN(su)	\
	(sizeof(*(su)) - sizeof((su)->sun_path) + __builtin_strlen((su)->sun_path))
#endif

#endif /* !_SYS_UN_H_ */
