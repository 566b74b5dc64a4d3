/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Protocol blocks of local sockets, as net.local.*.pcblist shows them.
 * Pointers are names for the things they were the addresses of, no more.
 */
#ifndef _SYS_UNPCB_H_
#define _SYS_UNPCB_H_

#include <sys/types.h>
#include <sys/queue.h>
#include <sys/un.h>
#include <sys/ucred.h>
#include <sys/socketvar.h>

struct file;
struct socket;
struct unpcb;
struct vnode;

typedef u_quad_t	unp_gen_t;

LIST_HEAD(unp_head, unpcb);

/* Locks: see kern/uipc_local.h. */
struct unpcb {
	struct socket	*unp_socket;	/* (I) */
	struct unpcb	*unp_conn;	/* (t) peer */
	int		unp_flags;	/* (t) UNP_* */
	int		unp_refcnt;	/* unused: the socket has one */
	struct unp_head	unp_refs;	/* (t) datagram sockets sending here */
	LIST_ENTRY(unpcb) unp_reflink;	/* (r) */
	struct sockaddr_un *unp_addr;	/* (t) what bind(2) gave it */
	struct xucred	unp_peercred;	/* (t) LOCAL_PEERCRED */
	int		unp_msgcount;	/* (g) references in messages */
	int		unp_gcflags;	/* (g) */
	struct file	*unp_fp;	/* (g) the file they refer to */
	long		unp_unused01;
	struct vnode	*unp_vnode;	/* (t) bound to */
	struct vnode	*unp_rvnode;
	TAILQ_ENTRY(unpcb) unp_link;	/* (l) all of them */
	unp_gen_t	unp_gencnt;	/* (I) serial number, inode number */
};

/* unp_flags */
#define UNP_HAVEPC		0x01	/* unp_peercred is the peer's */
#define UNP_HAVEPCCACHED	0x02	/* it is the own, since listen(2) */
#define UNP_PRIVATE1		0x04
#define UNP_PRIVATE2		0x08
#define UNP_PRIVATE3		0x10
#define UNP_PRIVATE4		0x20

/* net.local.{stream,dgram,seqpacket}.pcblist: an array of these. */
struct xunpcb {
	size_t		xu_len;		/* of this structure */
	struct unpcb	*xu_unpp;	/* its name */
	struct unpcb	xu_unp;
	union {
		struct sockaddr_un xuu_addr;	/* bound to */
		char	xu_dummy1[256];
	} xu_au;
	union {
		struct sockaddr_un xuu_caddr;	/* peer bound to */
		char	xu_dummy2[256];
	} xu_cau;
	struct xsocket	xu_socket;
	u_quad_t	xu_alignment_hack;
};
#define xu_addr		xu_au.xuu_addr
#define xu_caddr	xu_cau.xuu_caddr

#endif /* !_SYS_UNPCB_H_ */
