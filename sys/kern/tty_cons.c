/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The console multiplexer.  Kernel messages go to every console found;
 * polled input is taken from any of them.  The device /dev/console is the
 * terminal of the preferred one: opening, reading and ioctls are passed on
 * to it, and what is written is shown on the other consoles as well, so that
 * the messages of a boot can be followed on screen and serial line alike.
 *
 * TIOCCONS diverts what is written to /dev/console to another terminal.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <machine/atomic.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/cons.h>
#include <sys/device.h>
#include <sys/fcntl.h>
#include <sys/kenv.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/uio.h>

#include <machine/cpu.h>

SET_DECLARE(cons_set, struct consdev);

int	cons_unavail;
cdev_t	cn_dev;			/* the preferred console's terminal */

static struct consdev *cn_primary;
static cdev_t cn_console;	/* /dev/console */
static struct tty *constty;	/* TIOCCONS */

/* Is name in the loader's list of consoles ("vidconsole,comconsole")? */
int
cons_env_wants(const char *name)
{
	char list[128];
	const char *p;
	size_t len = strlen(name);

	/* Asked before memory can be allocated. */
	if (!kgetenv_string("console", list, sizeof(list)))
		return (0);
	for (p = list; (p = strstr(p, name)) != NULL; p += len) {
		if ((p == list || p[-1] == ',' || p[-1] == ' ') &&
		    (p[len] == '\0' || p[len] == ',' || p[len] == ' '))
			return (1);
	}
	return (0);
}

void
cninit(void)
{
	struct consdev **cpp, *cp;

	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (cp->cn_probegood)
			continue;
		cp->cn_probe(cp);
		if (cp->cn_pri == CN_DEAD)
			continue;
		cp->cn_init(cp);
		cp->cn_probegood = 1;
		if (cn_primary == NULL || cp->cn_pri > cn_primary->cn_pri)
			cn_primary = cp;
	}
}

void
cnputc(int c)
{
	struct consdev **cpp, *cp;

	if (cons_unavail)
		return;
	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (!cp->cn_probegood)
			continue;
		if (c == '\n')
			cp->cn_putc(cp->cn_private, '\r');
		cp->cn_putc(cp->cn_private, c);
	}
}

int
cncheckc(void)
{
	struct consdev **cpp, *cp;
	int c;

	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (!cp->cn_probegood)
			continue;
		c = cp->cn_checkc(cp->cn_private);
		if (c != -1)
			return (c == '\r' ? '\n' : c);
	}
	return (-1);
}

int
cngetc(void)
{
	int c;

	if (cn_primary == NULL)
		return (-1);
	while ((c = cncheckc()) == -1)
		cpu_pause();
	return (c);
}

void
cndbctl(int on)
{
	struct consdev **cpp, *cp;

	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (cp->cn_probegood && cp->cn_dbctl != NULL)
			cp->cn_dbctl(cp->cn_private, on);
	}
}

void
cnpoll(int on)
{
	struct consdev **cpp, *cp;

	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (cp->cn_probegood && cp->cn_poll != NULL)
			cp->cn_poll(cp->cn_private, on);
	}
}

/*
 * However often the console is open, it counts as one open of the device
 * behind it: the device is closed when nobody has it open under either name.
 */
static u_int cn_holds_dev;	/* (a) that one open is counted */

static int
cnopen(struct dev_open_args *ap)
{
	int error;

	if (cn_dev == NULL)
		return (ENXIO);
	error = dev_dopen(cn_dev, ap->a_oflags, ap->a_devtype, ap->a_cred,
	    ap->a_fpp, NULL);
	if (error == 0 && atomic_swap_int(&cn_holds_dev, 1) == 0)
		atomic_add_int(&cn_dev->si_opens, 1);
	return (error);
}

static int
cnclose(struct dev_close_args *ap)
{
	if (cn_dev == NULL || atomic_swap_int(&cn_holds_dev, 0) == 0)
		return (0);
	if (atomic_fetchadd_int(&cn_dev->si_opens, -1) != 1)
		return (0);
	return (dev_dclose(cn_dev, ap->a_fflag, ap->a_devtype, ap->a_fp));
}

static int
cnread(struct dev_read_args *ap)
{
	if (cn_dev == NULL)
		return (ENXIO);
	return (dev_dread(cn_dev, ap->a_uio, ap->a_ioflag, ap->a_fp));
}

/* Show n characters on every console but the preferred one. */
static void
cnecho(const char *buf, size_t n)
{
	struct consdev **cpp, *cp;
	size_t i;

	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (!cp->cn_probegood || cp == cn_primary)
			continue;
		for (i = 0; i < n; i++) {
			if (buf[i] == '\n')
				cp->cn_putc(cp->cn_private, '\r');
			cp->cn_putc(cp->cn_private, buf[i]);
		}
	}
}

static int
cnwrite(struct dev_write_args *ap)
{
	char buf[128];
	struct iovec iov;
	struct uio kuio, *uio = ap->a_uio;
	size_t n;
	int error = 0;

	if (cn_dev == NULL) {
		uio->uio_resid = 0;
		return (0);
	}
	while (error == 0 && uio->uio_resid > 0) {
		n = MIN(uio->uio_resid, sizeof(buf));
		error = uiomove(buf, n, uio);
		if (error)
			break;
		cnecho(buf, n);
		iov.iov_base = buf;
		iov.iov_len = n;
		kuio = (struct uio){
			.uio_iov = &iov, .uio_iovcnt = 1, .uio_resid = n,
			.uio_segflg = UIO_SYSSPACE, .uio_rw = UIO_WRITE,
			.uio_td = curthread
		};
		if (constty != NULL)
			error = ttwrite(constty, &kuio, ap->a_ioflag);
		else
			error = dev_dwrite(cn_dev, &kuio, ap->a_ioflag,
			    ap->a_fp);
		uio->uio_resid += kuio.uio_resid;
		if (kuio.uio_resid != 0)
			break;
	}
	return (error);
}

static int
cnioctl(struct dev_ioctl_args *ap)
{
	int error;

	if (cn_dev == NULL)
		return (ENXIO);
	if (ap->a_cmd == TIOCCONS) {
		error = priv_check_cred(ap->a_cred, PRIV_TTY_CONSOLE, 0);
		if (error == 0)
			constty = NULL;
		return (error);
	}
	return (dev_dioctl(cn_dev, ap->a_cmd, ap->a_data, ap->a_fflag,
	    ap->a_cred, ap->a_sysmsg, ap->a_fp));
}

static int
cnkqfilter(struct dev_kqfilter_args *ap)
{
	if (cn_dev == NULL)
		return (ENXIO);
	return (dev_dkqfilter(cn_dev, ap->a_kn, ap->a_fp));
}

/* Take (tp given) or give back (NULL) the output of /dev/console. */
int
cons_divert(struct tty *tp, struct tty *only_from)
{
	if (tp == NULL) {
		if (constty == only_from)
			constty = NULL;
		return (0);
	}
	if (constty != NULL && constty != tp)
		return (EBUSY);
	constty = tp;
	return (0);
}

static struct dev_ops cn_ops = {
	{ "console", 0, D_TTY | D_MPSAFE },
	.d_open =	cnopen,
	.d_close =	cnclose,
	.d_read =	cnread,
	.d_write =	cnwrite,
	.d_ioctl =	cnioctl,
	.d_kqfilter =	cnkqfilter,
};

static int
sysctl_kern_console(SYSCTL_HANDLER_ARGS)
{
	char names[64];
	struct consdev **cpp;

	names[0] = '\0';
	SET_FOREACH(cpp, cons_set) {
		if (!(*cpp)->cn_probegood)
			continue;
		if (names[0] != '\0')
			strlcat(names, ",", sizeof(names));
		strlcat(names, (*cpp)->cn_name, sizeof(names));
	}
	return (sysctl_handle_string(oidp, names, sizeof(names), req));
}
SYSCTL_PROC(_kern, OID_AUTO, console, CTLTYPE_STRING | CTLFLAG_RD, NULL, 0,
    sysctl_kern_console, "A", "Terminals that serve as console");

/* The drivers have made their devices: find the preferred console's. */
static void
cn_drvinit(void *unused)
{
	struct consdev **cpp, *cp;

	SET_FOREACH(cpp, cons_set) {
		cp = *cpp;
		if (cp->cn_probegood && cp->cn_init_fini != NULL)
			cp->cn_init_fini(cp);
	}
	if (cn_primary != NULL)
		cn_dev = devfs_find_device_by_name("%s", cn_primary->cn_name);
	cn_console = make_dev(&cn_ops, 0, UID_ROOT, GID_WHEEL, 0600,
	    "console");
}
SYSINIT(cndev, SI_SUB_DRIVERS, SI_ORDER_ANY, cn_drvinit, NULL);
