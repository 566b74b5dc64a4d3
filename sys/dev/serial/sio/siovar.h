/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the terminal part (sio.c) and the console part (sio_cons.c) of the
 * serial driver share.
 */
#ifndef _DEV_SIO_SIOVAR_H_
#define _DEV_SIO_SIOVAR_H_

#include <sys/types.h>
#include <sys/spinlock.h>

#define SIO_NPORTS	4
#define SIO_CONSPEED	115200

/*
 * The hardware of a port.  p_spin makes "transmitter empty, so write a
 * FIFO's worth" atomic between the terminal and the console.
 */
struct sio_port {
	u_short		p_iobase;	/* (I) */
	int		p_irq;		/* (I) */
	int		p_present;	/* (I) */
	int		p_console;	/* (I) used as a console */
	int		p_conspeed;	/* (I) its speed */
	struct spinlock	p_spin;
};

extern struct sio_port sio_ports[SIO_NPORTS];

/* Is there a UART at the port's address? */
int	sio_port_probe(struct sio_port *port);
/* Console characters on a port, polled. */
void	sio_port_putc(struct sio_port *port, int c);
/* Divisor for a speed, or 0 if it cannot be had within 3 per cent. */
int	sio_divisor(int speed);

#endif /* !_DEV_SIO_SIOVAR_H_ */
