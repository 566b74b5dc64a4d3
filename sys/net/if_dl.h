/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Link level addresses.
 */
#ifndef _NET_IF_DL_H_
#define _NET_IF_DL_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct sockaddr_dl {
	u_char	sdl_len;
	u_char	sdl_family;
	u_short	sdl_index;
	u_char	sdl_type;
	u_char	sdl_nlen;
	u_char	sdl_alen;
	u_char	sdl_slen;
	char	sdl_data[12];
	u_short	sdl_rcf;
	u_short	sdl_route[16];
};

#define LLADDR(s)	((caddr_t)((s)->sdl_data + (s)->sdl_nlen))
#define CLLADDR(s)	((c_caddr_t)((s)->sdl_data + (s)->sdl_nlen))

#ifndef _KERNEL
__BEGIN_DECLS
void	link_addr(const char *, struct sockaddr_dl *);
char	*link_ntoa(const struct sockaddr_dl *);
__END_DECLS
#endif

#endif /* !_NET_IF_DL_H_ */
