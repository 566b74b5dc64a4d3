/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Serial lines ttyd0-ttyd3: the PC's standard ports with 16550 UARTs,
 * interrupt driven.
 *
 * The receiver is read as far as the terminal has room.  When it has not,
 * the receive interrupt is switched off, RTS is dropped if the line uses it,
 * and the UART's own buffer holds the sender up (an emulated one does so for
 * ever); ttyunblock() resumes.  So nothing is lost that the UART has not
 * lost itself.
 *
 * Everything runs under the terminal's token, which the interrupt thread
 * takes too.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/cons.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/interrupt.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/ttydefaults.h>
#include <sys/thread2.h>

#include <cpu/cpufunc.h>
#include <machine/intr_machdep.h>

#include <dev/serial/sio/sioreg.h>
#include <dev/serial/sio/siovar.h>

#define SIO_RXBUF	256	/* bytes passed to the terminal at a time */

/* All under sc_tty's token. */
struct sio_softc {
	struct sio_port	*sc_port;	/* (I) */
	struct tty	*sc_tty;	/* (I) */
	cdev_t		sc_dev;		/* (I) */
	void		*sc_ih;		/* (I) interrupt */
	u_char		sc_ier;		/* what the registers hold */
	u_char		sc_mcr;
	u_char		sc_lcr;
	u_char		sc_msr;
	int		sc_opens;
	u_long		sc_overruns;
};

static struct sio_softc *sio_softcs[SIO_NPORTS];

static void	sio_start(struct tty *tp);

static __inline u_char
sio_in(struct sio_softc *sc, int reg)
{
	return (inb(sc->sc_port->p_iobase + reg));
}

static __inline void
sio_out(struct sio_softc *sc, int reg, u_char val)
{
	outb(sc->sc_port->p_iobase + reg, val);
}

static void
sio_set_ier(struct sio_softc *sc, u_char ier)
{
	if (sc->sc_ier != ier) {
		sc->sc_ier = ier;
		sio_out(sc, COM_IER, ier);
	}
}

static void
sio_set_mcr(struct sio_softc *sc, u_char mcr)
{
	if (sc->sc_mcr != mcr) {
		sc->sc_mcr = mcr;
		sio_out(sc, COM_MCR, mcr);
	}
}

/* Take what the receiver has, as far as the terminal wants it. */
static void
sio_receive(struct sio_softc *sc)
{
	u_char buf[SIO_RXBUF];
	struct tty *tp = sc->sc_tty;
	int c, n = 0;
	u_char lsr;

	for (;;) {
		if (tp->t_state & TS_TBLOCK) {
			sio_set_ier(sc, sc->sc_ier & ~(IER_ERXRDY | IER_ERLS));
			if (tp->t_cflag & CRTS_IFLOW)
				sio_set_mcr(sc, sc->sc_mcr & ~MCR_RTS);
			break;
		}
		lsr = sio_in(sc, COM_LSR);
		if ((lsr & (LSR_RXRDY | LSR_BI)) == 0)
			break;
		c = sio_in(sc, COM_DATA);
		if ((lsr & LSR_BI) && sc->sc_port->p_console)
			console_break();
		if ((tp->t_state & TS_ISOPEN) == 0 ||
		    (tp->t_cflag & CREAD) == 0)
			continue;
		if (lsr & (LSR_BI | LSR_FE | LSR_PE | LSR_OE)) {
			if (n > 0)
				ttyinput_block(tp, buf, n);
			n = 0;
			if (lsr & LSR_OE)
				sc->sc_overruns++;
			c |= (lsr & LSR_BI) ? TTY_BI :
			    (lsr & LSR_FE) ? TTY_FE :
			    (lsr & LSR_PE) ? TTY_PE : 0;
			ttyinput(c, tp);
			continue;
		}
		buf[n++] = c;
		if (n == sizeof(buf)) {
			ttyinput_block(tp, buf, n);
			n = 0;
		}
	}
	if (n > 0)
		ttyinput_block(tp, buf, n);
}

/* The terminal has room again. */
static void
sio_unblock(struct tty *tp)
{
	struct sio_softc *sc = tp->t_sc;

	if (sc->sc_opens == 0)
		return;
	if (tp->t_cflag & CRTS_IFLOW)
		sio_set_mcr(sc, sc->sc_mcr | MCR_RTS);
	sio_set_ier(sc, sc->sc_ier | IER_ERXRDY | IER_ERLS);
	sio_receive(sc);
}

/* The transmitter is empty: give it as much as it holds. */
static void
sio_transmit(struct sio_softc *sc)
{
	struct tty *tp = sc->sc_tty;
	u_char *p;
	int i, n = 0, room = COM_FIFO_SIZE;

	if ((tp->t_state & (TS_TTSTOP | TS_TIMEOUT)) == 0 &&
	    !((tp->t_cflag & CCTS_OFLOW) && (sc->sc_msr & MSR_CTS) == 0) &&
	    tp->t_outq.c_cc > 0) {
		spin_lock(&sc->sc_port->p_spin);
		if (sio_in(sc, COM_LSR) & LSR_TXRDY) {
			while (room > 0 &&
			    (n = clist_front(&tp->t_outq, &p)) > 0) {
				n = MIN(n, room);
				for (i = 0; i < n; i++)
					sio_out(sc, COM_DATA, p[i]);
				clist_drop(&tp->t_outq, n);
				room -= n;
			}
		}
		spin_unlock(&sc->sc_port->p_spin);
		tp->t_state |= TS_BUSY;
		sio_set_ier(sc, sc->sc_ier | IER_ETXRDY);
	} else {
		tp->t_state &= ~TS_BUSY;
		sio_set_ier(sc, sc->sc_ier & ~IER_ETXRDY);
	}
	ttwwakeup(tp);
}

static void
sio_start(struct tty *tp)
{
	struct sio_softc *sc = tp->t_sc;

	/* Output in progress goes on by itself. */
	if (sc->sc_opens == 0 || (tp->t_state & TS_BUSY))
		return;
	if (tp->t_outq.c_cc > 0)
		sio_transmit(sc);
	else
		ttwwakeup(tp);
}

static void
sio_stop(struct tty *tp, int rw)
{
	struct sio_softc *sc = tp->t_sc;

	if (sc->sc_opens == 0)
		return;
	if (rw & FWRITE)
		sio_out(sc, COM_FCR, FCR_ENABLE | FCR_XMT_RST | FCR_RX_MEDH);
	if (rw & FREAD)
		sio_out(sc, COM_FCR, FCR_ENABLE | FCR_RCV_RST | FCR_RX_MEDH);
}

static void
sio_modem(struct sio_softc *sc)
{
	struct tty *tp = sc->sc_tty;
	u_char msr = sio_in(sc, COM_MSR), changed;

	changed = (msr ^ sc->sc_msr) & (MSR_DCD | MSR_CTS);
	sc->sc_msr = msr;
	if ((changed & MSR_DCD) && (tp->t_state & TS_ISOPEN))
		ttymodem(tp, (msr & MSR_DCD) != 0);
	if ((changed & msr & MSR_CTS) && (tp->t_cflag & CCTS_OFLOW))
		sio_start(tp);
}

static void
sio_intr(void *arg, void *frame)
{
	struct sio_softc *sc = arg;
	int patience;
	u_char iir;

	lwkt_gettoken(&sc->sc_tty->t_token);
	/* The line is edge triggered: leave no cause behind. */
	for (patience = 1024; patience > 0; patience--) {
		iir = sio_in(sc, COM_IIR);
		if (iir & IIR_NOPEND)
			break;
		switch (iir & IIR_IMASK) {
		case IIR_MLSC:
			sio_modem(sc);
			break;
		case IIR_TXRDY:
			sio_transmit(sc);
			break;
		default:
			sio_receive(sc);
			break;
		}
	}
	lwkt_reltoken(&sc->sc_tty->t_token);
}

static int
sio_param(struct tty *tp, struct termios *t)
{
	struct sio_softc *sc = tp->t_sc;
	u_char lcr;
	int div = 0;

	if (t->c_ospeed != 0) {
		div = sio_divisor(t->c_ospeed);
		if (div == 0)
			return (EINVAL);
		if (t->c_ispeed != t->c_ospeed)
			return (EINVAL);
		sio_set_mcr(sc, sc->sc_mcr | MCR_DTR);
	} else {
		sio_set_mcr(sc, sc->sc_mcr & ~MCR_DTR);	/* hang up */
	}
	switch (t->c_cflag & CSIZE) {
	case CS5:
		lcr = LCR_5BITS;
		break;
	case CS6:
		lcr = LCR_6BITS;
		break;
	case CS7:
		lcr = LCR_7BITS;
		break;
	default:
		lcr = LCR_8BITS;
		break;
	}
	if (t->c_cflag & CSTOPB)
		lcr |= LCR_STOPB;
	if (t->c_cflag & PARENB) {
		lcr |= LCR_PENAB;
		if ((t->c_cflag & PARODD) == 0)
			lcr |= LCR_PEVEN;
	}
	spin_lock(&sc->sc_port->p_spin);
	if (div != 0) {
		sio_out(sc, COM_LCR, lcr | LCR_DLAB);
		sio_out(sc, COM_DATA, div & 0xff);
		sio_out(sc, COM_IER, div >> 8);
	}
	sio_out(sc, COM_LCR, lcr);
	sio_out(sc, COM_IER, sc->sc_ier);
	spin_unlock(&sc->sc_port->p_spin);
	sc->sc_lcr = lcr;
	if ((t->c_cflag & CRTS_IFLOW) == 0)
		sio_set_mcr(sc, sc->sc_mcr | MCR_RTS);
	if (tp->t_state & TS_CAN_BYPASS_L_RINT)
		ttstart(tp);
	return (0);
}

static int
sio_first_open(struct sio_softc *sc)
{
	struct tty *tp = sc->sc_tty;
	int error;

	tp->t_iflag = TTYDEF_IFLAG;
	tp->t_oflag = TTYDEF_OFLAG;
	tp->t_lflag = TTYDEF_LFLAG;
	tp->t_cflag = TTYDEF_CFLAG | CLOCAL;
	tp->t_ispeed = tp->t_ospeed = sc->sc_port->p_console ?
	    sc->sc_port->p_conspeed : TTYDEF_SPEED;
	ttychars(tp);
	ttsetwater(tp);
	sc->sc_ier = 0;
	error = sio_param(tp, &tp->t_termios);
	if (error)
		return (error);
	sio_out(sc, COM_FCR, FCR_ENABLE | FCR_RX_MEDH);
	sc->sc_mcr = 0xff;
	sio_set_mcr(sc, MCR_DTR | MCR_RTS | MCR_IENABLE);
	sc->sc_msr = sio_in(sc, COM_MSR);
	sc->sc_opens = 1;
	return (0);
}

static int
sioopen(struct dev_open_args *ap)
{
	struct sio_softc *sc = ap->a_head.a_dev->si_drv1;
	struct tty *tp = sc->sc_tty;
	int error = 0;

	lwkt_gettoken(&tp->t_token);
	if ((tp->t_state & TS_XCLUDE) &&
	    priv_check_cred(ap->a_cred, PRIV_TTY_EXCLUSIVE, 0) != 0) {
		error = EBUSY;
	} else if ((tp->t_state & TS_ISOPEN) == 0) {
		error = sio_first_open(sc);
		if (error == 0) {
			error = ttyopen(sc->sc_dev, tp);
			ttymodem(tp, (sc->sc_msr & MSR_DCD) != 0);
			sio_set_ier(sc, IER_ERXRDY | IER_ERLS | IER_EMSC);
			sio_receive(sc);
		}
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

static int
sioclose(struct dev_close_args *ap)
{
	struct sio_softc *sc = ap->a_head.a_dev->si_drv1;
	struct tty *tp = sc->sc_tty;

	lwkt_gettoken(&tp->t_token);
	ttylclose(tp, ap->a_fflag);
	sio_set_ier(sc, 0);
	if ((tp->t_cflag & HUPCL) && !sc->sc_port->p_console)
		sio_set_mcr(sc, sc->sc_mcr & ~(MCR_DTR | MCR_RTS));
	sc->sc_opens = 0;
	ttyclose(tp);
	lwkt_reltoken(&tp->t_token);
	return (0);
}

static int
sio_modem_ioctl(struct sio_softc *sc, u_long cmd, int *bits)
{
	u_char mcr = 0;

	if (*bits & TIOCM_DTR)
		mcr |= MCR_DTR;
	if (*bits & TIOCM_RTS)
		mcr |= MCR_RTS;
	switch (cmd) {
	case TIOCMSET:
		sio_set_mcr(sc, (sc->sc_mcr & ~(MCR_DTR | MCR_RTS)) | mcr);
		break;
	case TIOCMBIS:
		sio_set_mcr(sc, sc->sc_mcr | mcr);
		break;
	case TIOCMBIC:
		sio_set_mcr(sc, sc->sc_mcr & ~mcr);
		break;
	case TIOCMGET:
		sc->sc_msr = sio_in(sc, COM_MSR);
		*bits = TIOCM_LE | ((sc->sc_mcr & MCR_DTR) ? TIOCM_DTR : 0) |
		    ((sc->sc_mcr & MCR_RTS) ? TIOCM_RTS : 0) |
		    ((sc->sc_msr & MSR_CTS) ? TIOCM_CTS : 0) |
		    ((sc->sc_msr & MSR_DCD) ? TIOCM_CD : 0) |
		    ((sc->sc_msr & MSR_DSR) ? TIOCM_DSR : 0) |
		    ((sc->sc_msr & MSR_RI) ? TIOCM_RI : 0);
		break;
	}
	return (0);
}

static int
sioioctl(struct dev_ioctl_args *ap)
{
	struct sio_softc *sc = ap->a_head.a_dev->si_drv1;
	struct tty *tp = sc->sc_tty;
	int error;

	error = ttioctl(tp, ap->a_cmd, ap->a_data, ap->a_fflag);
	if (error != ENOIOCTL)
		return (error);
	lwkt_gettoken(&tp->t_token);
	error = 0;
	switch (ap->a_cmd) {
	case TIOCSBRK:
		sio_out(sc, COM_LCR, sc->sc_lcr | LCR_SBREAK);
		break;
	case TIOCCBRK:
		sio_out(sc, COM_LCR, sc->sc_lcr);
		break;
	case TIOCSDTR:
		sio_set_mcr(sc, sc->sc_mcr | MCR_DTR);
		break;
	case TIOCCDTR:
		sio_set_mcr(sc, sc->sc_mcr & ~MCR_DTR);
		break;
	case TIOCMSET:
	case TIOCMBIS:
	case TIOCMBIC:
	case TIOCMGET:
		error = sio_modem_ioctl(sc, ap->a_cmd, (int *)ap->a_data);
		break;
	default:
		error = ENOTTY;
		break;
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

static struct dev_ops sio_ops = {
	{ "sio", 0, D_TTY | D_MPSAFE },
	.d_open =	sioopen,
	.d_close =	sioclose,
	.d_read =	ttyread,
	.d_write =	ttywrite,
	.d_ioctl =	sioioctl,
	.d_kqfilter =	ttykqfilter,
	.d_revoke =	ttyrevoke,
};

static void
sio_attach(struct sio_port *port, int unit)
{
	struct sio_softc *sc;
	struct tty *tp;

	sc = kmalloc(sizeof(*sc), M_DEVBUF, M_WAITOK | M_ZERO);
	tp = ttymalloc(NULL);
	sc->sc_port = port;
	sc->sc_tty = tp;
	tp->t_oproc = sio_start;
	tp->t_stop = sio_stop;
	tp->t_param = sio_param;
	tp->t_unblock = sio_unblock;
	tp->t_sc = sc;
	sc->sc_dev = make_dev(&sio_ops, unit, UID_ROOT, GID_WHEEL, 0600,
	    "ttyd%d", unit);
	sc->sc_dev->si_tty = tp;
	sc->sc_dev->si_drv1 = sc;
	tp->t_dev = sc->sc_dev;
	make_dev_alias(sc->sc_dev, "cuaa%d", unit);
	sio_softcs[unit] = sc;
	sc->sc_ih = register_int(port->p_irq, sio_intr, sc, "sio", NULL,
	    INTR_MPSAFE, machintr_legacy_intr_cpuid(port->p_irq));
	kprintf("sio%d: 16550 at port 0x%x irq %d%s\n", unit, port->p_iobase,
	    port->p_irq, port->p_console ? ", console" : "");
}

static void
sio_probe_all(void *unused)
{
	struct sio_port *port;
	int unit;

	for (unit = 0; unit < SIO_NPORTS; unit++) {
		port = &sio_ports[unit];
		port->p_present = port->p_console || sio_port_probe(port);
		if (port->p_present)
			sio_attach(port, unit);
	}
}
SYSINIT(sio, SI_SUB_DRIVERS, SI_ORDER_MIDDLE, sio_probe_all, NULL);
