/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ring of kernel messages that dmesg(8) shows.
 */
#ifndef _SYS_MSGBUF_H_
#define _SYS_MSGBUF_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct msgbuf {
	unsigned int	msg_magic;	/* MSG_MAGIC */
	unsigned int	msg_size;	/* of msg_ptr, power of two */
	unsigned int	msg_bufx;	/* written, ever; index modulo size */
	unsigned int	msg_bufr;	/* read by /dev/klog, ever */
	unsigned int	msg_bufl;	/* start of what sysctl shows */
	unsigned int	msg_unused;
	char		*msg_ptr;
};

#define MSG_OMAGIC	0x063062
#define MSG_MAGIC	0x063064

#define MSGBUF_SIZE	1048576

#ifdef _KERNEL
extern struct msgbuf *msgbufp;		/* NULL before msgbufinit() */
extern int	msgbuftrigger;		/* /dev/klog has something to read */

/* Use this memory for the ring from now on. */
void	msgbufinit(void *ptr, size_t size);
/* Hand characters to /dev/klog, from position *pos on; how many. */
size_t	msgbuf_read(unsigned int *pos, char *buf, size_t len);
#endif

#endif /* !_SYS_MSGBUF_H_ */
