/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/tty: the controlling terminal of whoever opens it.  Every operation
 * is passed on to that terminal's device.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/event.h>
#include <sys/proc.h>
#include <sys/tty.h>
#include <sys/ttycom.h>
#include <sys/uio.h>
#include <sys/thread2.h>

/* The current process's terminal, held; NULL if it has none. */
static struct tty *
ctty_get(void)
{
	struct proc *p = curproc;
	struct tty *tp = NULL;

	lwkt_gettoken(&tty_token);
	if ((p->p_flags & P_CONTROLT) && p->p_session->s_ttyp != NULL) {
		tp = p->p_session->s_ttyp;
		ttyhold(tp);
	}
	lwkt_reltoken(&tty_token);
	return (tp);
}

static int
cttyopen(struct dev_open_args *ap)
{
	struct tty *tp = ctty_get();

	if (tp == NULL)
		return (ENXIO);
	ttyunhold(tp);
	return (0);
}

static int
cttyread(struct dev_read_args *ap)
{
	struct tty *tp = ctty_get();
	int error;

	if (tp == NULL)
		return (EIO);
	error = dev_dread(tp->t_dev, ap->a_uio, ap->a_ioflag, ap->a_fp);
	ttyunhold(tp);
	return (error);
}

static int
cttywrite(struct dev_write_args *ap)
{
	struct tty *tp = ctty_get();
	int error;

	if (tp == NULL)
		return (EIO);
	error = dev_dwrite(tp->t_dev, ap->a_uio, ap->a_ioflag, ap->a_fp);
	ttyunhold(tp);
	return (error);
}

static int
cttyioctl(struct dev_ioctl_args *ap)
{
	struct proc *p = curproc;
	struct tty *tp;
	int error;

	/* This would make a circle. */
	if (ap->a_cmd == TIOCSCTTY)
		return (EINVAL);
	tp = ctty_get();
	if (tp == NULL)
		return (EIO);
	if (ap->a_cmd == TIOCNOTTY) {
		if (p->p_session->s_leader == p) {
			error = EINVAL;
		} else {
			p->p_flags &= ~P_CONTROLT;
			error = 0;
		}
	} else {
		error = dev_dioctl(tp->t_dev, ap->a_cmd, ap->a_data,
		    ap->a_fflag, ap->a_cred, ap->a_sysmsg, ap->a_fp);
	}
	ttyunhold(tp);
	return (error);
}

static int
cttykqfilter(struct dev_kqfilter_args *ap)
{
	struct tty *tp = ctty_get();
	int error;

	if (tp == NULL)
		return (EIO);
	error = dev_dkqfilter(tp->t_dev, ap->a_kn, ap->a_fp);
	ttyunhold(tp);
	ap->a_result = error;
	return (0);
}

static struct dev_ops ctty_ops = {
	{ "ctty", 0, D_TTY | D_MPSAFE },
	.d_open =	cttyopen,
	.d_read =	cttyread,
	.d_write =	cttywrite,
	.d_ioctl =	cttyioctl,
	.d_kqfilter =	cttykqfilter,
};

static void
ctty_drvinit(void *unused)
{
	make_dev(&ctty_ops, 0, UID_ROOT, GID_WHEEL, 0666, "tty");
}
SYSINIT(cttydev, SI_SUB_DRIVERS, SI_ORDER_MIDDLE, ctty_drvinit, NULL);
