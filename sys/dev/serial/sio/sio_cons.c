/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Serial console: polled input and output on COM1 (or the port named by the
 * loader variable comconsole_port), usable from the first instruction after
 * the loader.  115200 8N1 unless comconsole_speed says otherwise.
 *
 * Output may come from any context, so the port's spinlock is only tried
 * for a while: if its holder is the thread that was interrupted to print,
 * a garbled character is better than silence.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/cons.h>
#include <sys/kenv.h>
#include <sys/spinlock.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>

#include <cpu/cpufunc.h>

#include <dev/serial/sio/sioreg.h>
#include <dev/serial/sio/siovar.h>

/* Spins before a stuck transmitter or lock is ignored. */
#define SIO_PATIENCE	1000000

struct sio_port sio_ports[SIO_NPORTS] = {
	{ .p_iobase = 0x3f8, .p_irq = 4,
	  .p_spin = SPINLOCK_INITIALIZER(sio_ports[0].p_spin, "sio0") },
	{ .p_iobase = 0x2f8, .p_irq = 3,
	  .p_spin = SPINLOCK_INITIALIZER(sio_ports[1].p_spin, "sio1") },
	{ .p_iobase = 0x3e8, .p_irq = 4,
	  .p_spin = SPINLOCK_INITIALIZER(sio_ports[2].p_spin, "sio2") },
	{ .p_iobase = 0x2e8, .p_irq = 3,
	  .p_spin = SPINLOCK_INITIALIZER(sio_ports[3].p_spin, "sio3") },
};

int
sio_divisor(int speed)
{
	int actual, div;

	if (speed <= 0 || speed > COM_FREQ / 16)
		return (0);
	div = (COM_FREQ / 16 + speed / 2) / speed;
	if (div <= 0 || div > 0xffff)
		return (0);
	actual = COM_FREQ / 16 / div;
	if (abs(actual - speed) * 100 > 3 * speed)
		return (0);
	return (div);
}

int
sio_port_probe(struct sio_port *port)
{
	u_short io = port->p_iobase;
	u_char lcr;
	int ok;

	/*
	 * An empty bus reads all ones: LCR with DLAB clear must hold what
	 * was written, and so must the scratch register.
	 */
	lcr = inb(io + COM_LCR);
	outb(io + COM_LCR, LCR_8BITS);
	ok = inb(io + COM_LCR) == LCR_8BITS;
	outb(io + COM_SCR, 0x5a);
	ok &= inb(io + COM_SCR) == 0x5a;
	outb(io + COM_SCR, 0xa5);
	ok &= inb(io + COM_SCR) == 0xa5;
	if (lcr != 0xff)
		outb(io + COM_LCR, lcr & ~LCR_DLAB);
	return (ok);
}

void
sio_port_putc(struct sio_port *port, int c)
{
	u_short io = port->p_iobase;
	int i, locked;

	crit_enter();
	locked = 0;
	for (i = 0; i < SIO_PATIENCE && !locked; i++) {
		locked = spin_trylock(&port->p_spin);
		if (!locked)
			cpu_pause();
	}
	for (i = 0; i < SIO_PATIENCE; i++) {
		if (inb(io + COM_LSR) & LSR_TXRDY)
			break;
		cpu_pause();
	}
	outb(io + COM_DATA, c);
	if (locked)
		spin_unlock(&port->p_spin);
	crit_exit();
}

static void
sio_cnprobe(struct consdev *cp)
{
	struct sio_port *port = &sio_ports[0];
	u_long base, speed;
	int unit;

	if (kgetenv_ulong("comconsole_port", &base)) {
		for (unit = 0; unit < SIO_NPORTS; unit++) {
			if (sio_ports[unit].p_iobase == base)
				port = &sio_ports[unit];
		}
	}
	cp->cn_pri = CN_DEAD;
	if (!sio_port_probe(port))
		return;
	port->p_console = 1;
	port->p_conspeed = SIO_CONSPEED;
	if (kgetenv_ulong("comconsole_speed", &speed) &&
	    sio_divisor(speed) != 0)
		port->p_conspeed = speed;
	cp->cn_private = port;
	cp->cn_pri = CN_NORMAL;
	if (cons_env_wants("comconsole"))
		cp->cn_pri = CN_REMOTE;
	ksnprintf(cp->cn_name, sizeof(cp->cn_name), "ttyd%d",
	    (int)(port - sio_ports));
}

static void
sio_cninit(struct consdev *cp)
{
	struct sio_port *port = cp->cn_private;
	u_short io = port->p_iobase;
	int div = sio_divisor(port->p_conspeed);

	outb(io + COM_IER, 0);
	outb(io + COM_LCR, LCR_8BITS | LCR_DLAB);
	outb(io + COM_DATA, div & 0xff);
	outb(io + COM_IER, div >> 8);
	outb(io + COM_LCR, LCR_8BITS);
	outb(io + COM_FCR, FCR_ENABLE | FCR_RX_HIGH);
	outb(io + COM_MCR, MCR_DTR | MCR_RTS);
}

static int
sio_cncheckc(void *private)
{
	struct sio_port *port = private;

	if ((inb(port->p_iobase + COM_LSR) & LSR_RXRDY) == 0)
		return (-1);
	return (inb(port->p_iobase + COM_DATA));
}

static int
sio_cngetc(void *private)
{
	int c;

	while ((c = sio_cncheckc(private)) < 0)
		cpu_pause();
	return (c);
}

static void
sio_cnputc(void *private, int c)
{
	sio_port_putc(private, c);
}

CONS_DRIVER(sio, sio_cnprobe, sio_cninit, NULL, NULL, sio_cngetc,
    sio_cncheckc, sio_cnputc, NULL, NULL);
