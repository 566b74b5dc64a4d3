/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtual terminals ttyv0-ttyv7 and the kernel's console on the screen.
 *
 * Kernel messages appear on ttyv0, from the very first one where the screen
 * can be written to without memory management (VGA text), otherwise as soon
 * as the framebuffer is mapped; what was said before shows then.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/cons.h>
#include <sys/consio.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/spinlock2.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/ttydefaults.h>
#include <sys/thread2.h>

#include <cpu/cpufunc.h>

#include "sc_var.h"

#define SC_OUTBUF	256	/* characters shown at a time */
#define SC_PATIENCE	1000000

struct sc_vt {
	struct sc_term	term;		/* sc_spin */
	struct tty	*tty;		/* (I) */
	cdev_t		dev;		/* (I) */
	char		reply[32];	/* sc_spin */
	int		replylen;
};

struct spinlock	sc_spin = SPINLOCK_INITIALIZER(sc_spin, "syscons");
struct sc_video	*sc_video;

static struct sc_vt sc_vts[SC_NVT];
static sc_cell	sc_grid0[SC_MAXCOLS * SC_MAXROWS];
static int	sc_active;		/* sc_spin; terminal shown */

/* ---- the kernel's console ---- */

static void
sc_cnprobe(struct consdev *cp)
{
	cp->cn_pri = CN_DEAD;
	sc_video = sc_fb_probe();
	if (sc_video == NULL)
		sc_video = sc_vga_probe();
	if (sc_video == NULL)
		return;
	/*
	 * With a serial line there as well, that one is what /dev/console
	 * reads unless the loader said "vidconsole".
	 */
	cp->cn_pri = cons_env_wants("vidconsole") ? CN_REMOTE : CN_LOW;
	strlcpy(cp->cn_name, "ttyv0", sizeof(cp->cn_name));
}

static void
sc_cninit(struct consdev *cp)
{
	struct sc_term *t = &sc_vts[0].term;

	sc_term_init(t, sc_video->cols, sc_video->rows, sc_grid0);
	t->visible = 1;
	sc_term_redraw(t);
	sc_kbd_probe();
}

static void
sc_cnputc(void *private, int c)
{
	int i, locked = 0;

	/* Printed from under the lock: rather garble than hang. */
	crit_enter();
	for (i = 0; i < SC_PATIENCE && !locked; i++) {
		locked = spin_trylock(&sc_spin);
		if (!locked)
			cpu_pause();
	}
	sc_term_putc(&sc_vts[0].term, c);
	if (locked)
		spin_unlock(&sc_spin);
	crit_exit();
}

static int
sc_cncheckc(void *private)
{
	return (sc_kbd_checkc());
}

static int
sc_cngetc(void *private)
{
	int c;

	while ((c = sc_kbd_checkc()) < 0)
		cpu_pause();
	return (c);
}

/* The debugger talks on ttyv0. */
static void
sc_cndbctl(void *private, int on)
{
	if (on && sc_active != 0) {
		sc_vts[sc_active].term.visible = 0;
		sc_active = 0;
		sc_vts[0].term.visible = 1;
		sc_term_redraw(&sc_vts[0].term);
	}
}

CONS_DRIVER(sc, sc_cnprobe, sc_cninit, NULL, NULL, sc_cngetc, sc_cncheckc,
    sc_cnputc, sc_cndbctl, NULL);

/* ---- keyboard events ---- */

void
sc_input(const char *s, int n)
{
	struct sc_vt *vt = &sc_vts[sc_active];
	struct tty *tp = vt->tty;

	if (vt->term.scrollback != 0)
		sc_scroll(0);
	if (tp == NULL)
		return;
	lwkt_gettoken(&tp->t_token);
	if (tp->t_state & TS_ISOPEN) {
		while (n-- > 0)
			ttyinput((u_char)*s++, tp);
	}
	lwkt_reltoken(&tp->t_token);
}

void
sc_switch(int n)
{
	if (n < 0 || n >= SC_NVT || sc_vts[n].term.grid == NULL)
		return;
	spin_lock(&sc_spin);
	if (n != sc_active) {
		sc_vts[sc_active].term.visible = 0;
		sc_active = n;
		sc_vts[n].term.visible = 1;
		sc_term_redraw(&sc_vts[n].term);
	}
	spin_unlock(&sc_spin);
	wakeup(&sc_active);
}

void
sc_scroll(int lines)
{
	spin_lock(&sc_spin);
	sc_term_scrollback(&sc_vts[sc_active].term, lines);
	spin_unlock(&sc_spin);
}

/* ---- terminals ---- */

static void
sc_reply(struct sc_term *t, const char *s)
{
	struct sc_vt *vt = t->arg;

	while (*s != '\0' && vt->replylen < (int)sizeof(vt->reply))
		vt->reply[vt->replylen++] = *s++;
}

static void
sc_start(struct tty *tp)
{
	struct sc_vt *vt = tp->t_sc;
	char buf[SC_OUTBUF], reply[sizeof(vt->reply)];
	int i, n, nreply;

	/* Answers come in as input, whose echo would call us again. */
	if (tp->t_state & TS_BUSY)
		return;
	tp->t_state |= TS_BUSY;
	while ((tp->t_state & TS_TTSTOP) == 0 &&
	    (n = clist_qtob(&tp->t_outq, buf, sizeof(buf))) > 0) {
		spin_lock(&sc_spin);
		for (i = 0; i < n; i++)
			sc_term_putc(&vt->term, buf[i]);
		nreply = vt->replylen;
		vt->replylen = 0;
		bcopy(vt->reply, reply, nreply);
		spin_unlock(&sc_spin);
		for (i = 0; i < nreply; i++)
			ttyinput((u_char)reply[i], tp);
	}
	tp->t_state &= ~TS_BUSY;
	ttwwakeup(tp);
}

static int
sc_param(struct tty *tp, struct termios *t)
{
	return (0);
}

static int
scopen(struct dev_open_args *ap)
{
	struct sc_vt *vt = ap->a_head.a_dev->si_drv1;
	struct tty *tp = vt->tty;
	int error = 0;

	lwkt_gettoken(&tp->t_token);
	if ((tp->t_state & TS_ISOPEN) == 0) {
		tp->t_iflag = TTYDEF_IFLAG;
		tp->t_oflag = TTYDEF_OFLAG;
		tp->t_lflag = TTYDEF_LFLAG;
		tp->t_cflag = TTYDEF_CFLAG | CLOCAL;
		tp->t_ispeed = tp->t_ospeed = TTYDEF_SPEED;
		ttychars(tp);
		ttsetwater(tp);
		ttyopen(vt->dev, tp);
		ttymodem(tp, 1);
		tp->t_winsize.ws_row = vt->term.rows;
		tp->t_winsize.ws_col = vt->term.cols;
	} else if ((tp->t_state & TS_XCLUDE) &&
	    priv_check_cred(ap->a_cred, PRIV_TTY_EXCLUSIVE, 0) != 0) {
		error = EBUSY;
	}
	lwkt_reltoken(&tp->t_token);
	return (error);
}

static int
scclose(struct dev_close_args *ap)
{
	struct sc_vt *vt = ap->a_head.a_dev->si_drv1;

	lwkt_gettoken(&vt->tty->t_token);
	ttylclose(vt->tty, ap->a_fflag);
	ttyclose(vt->tty);
	lwkt_reltoken(&vt->tty->t_token);
	return (0);
}

static int
scioctl(struct dev_ioctl_args *ap)
{
	struct sc_vt *vt = ap->a_head.a_dev->si_drv1;
	int error, n;

	switch (ap->a_cmd) {
	case VT_ACTIVATE:
		n = *(int *)ap->a_data - 1;
		if (n < 0 || n >= SC_NVT)
			return (EINVAL);
		sc_switch(n);
		return (0);
	case VT_GETACTIVE:
		*(int *)ap->a_data = sc_active + 1;
		return (0);
	case VT_WAITACTIVE:
		n = *(int *)ap->a_data - 1;
		if (n < 0 || n >= SC_NVT)
			return (EINVAL);
		while (sc_active != n) {
			error = tsleep(&sc_active, PCATCH, "vtwait", hz);
			if (error && error != EWOULDBLOCK)
				return (error);
		}
		return (0);
	case KDGETMODE:
		*(int *)ap->a_data = KD_TEXT;
		return (0);
	}
	error = ttioctl(vt->tty, ap->a_cmd, ap->a_data, ap->a_fflag);
	return (error == ENOIOCTL ? ENOTTY : error);
}

static struct dev_ops sc_ops = {
	{ "sc", 0, D_TTY | D_MPSAFE },
	.d_open =	scopen,
	.d_close =	scclose,
	.d_read =	ttyread,
	.d_write =	ttywrite,
	.d_ioctl =	scioctl,
	.d_kqfilter =	ttykqfilter,
	.d_revoke =	ttyrevoke,
};

static void
sc_drvinit(void *unused)
{
	struct sc_vt *vt;
	sc_cell *grid, *history;
	int cols, rows, n;

	if (sc_video == NULL)
		return;
	cols = sc_video->cols;
	rows = sc_video->rows;
	sc_fb_map();
	for (n = 0; n < SC_NVT; n++) {
		vt = &sc_vts[n];
		history = kmalloc(SC_HISTORY * cols * sizeof(sc_cell),
		    M_DEVBUF, M_WAITOK | M_ZERO);
		if (n != 0) {
			grid = kmalloc(rows * cols * sizeof(sc_cell),
			    M_DEVBUF, M_WAITOK);
			sc_term_init(&vt->term, cols, rows, grid);
		}
		vt->term.reply = sc_reply;
		vt->term.arg = vt;
		spin_lock(&sc_spin);
		vt->term.history = history;
		spin_unlock(&sc_spin);
		vt->tty = ttymalloc(NULL);
		vt->tty->t_oproc = sc_start;
		vt->tty->t_param = sc_param;
		vt->tty->t_sc = vt;
		vt->dev = make_dev(&sc_ops, n, UID_ROOT, GID_WHEEL, 0600,
		    "ttyv%d", n);
		vt->dev->si_tty = vt->tty;
		vt->dev->si_drv1 = vt;
		vt->tty->t_dev = vt->dev;
	}
	spin_lock(&sc_spin);
	sc_term_redraw(&sc_vts[sc_active].term);
	spin_unlock(&sc_spin);
	kprintf("sc0: %s, %d by %d characters, %d terminals\n",
	    sc_video->name, cols, rows, SC_NVT);
	sc_kbd_attach();
}
SYSINIT(syscons, SI_SUB_DRIVERS, SI_ORDER_MIDDLE, sc_drvinit, NULL);
