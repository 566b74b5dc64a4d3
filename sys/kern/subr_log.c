/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/klog: the kernel's messages, as they come, for syslogd(8).
 *
 * One reader at a time takes them off msgbuf_read(); where it stopped is kept
 * for the next one.  A message may be printed anywhere, interrupts and
 * spinlocks included, where nobody can be woken; so while the device is open
 * a callout looks at msgbuftrigger.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/callout.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/filio.h>
#include <sys/msgbuf.h>
#include <sys/stat.h>
#include <sys/thread2.h>
#include <sys/uio.h>
#include <sys/vnode.h>

#define LOG_LOOK	(hz / 10)

static struct lwkt_token log_token = LWKT_TOKEN_INITIALIZER(log_token);

/* (t) log_token */
static struct {
	int		open;		/* (t) */
	int		waiting;	/* (t) reader sleeps on &klog */
	struct kqinfo	kq;		/* notes of the reader */
	struct callout	look;		/* (t) runs while open */
} klog;

static d_open_t		logopen;
static d_close_t	logclose;
static d_read_t		logread;
static d_ioctl_t	logioctl;
static d_kqfilter_t	logkqfilter;

static struct dev_ops log_ops = {
	{ "klog", 0, 0 },
	.d_open = logopen,
	.d_close = logclose,
	.d_read = logread,
	.d_ioctl = logioctl,
	.d_kqfilter = logkqfilter,
};

static u_int
log_pending(void)
{
	return (msgbufp->msg_bufx - msgbufp->msg_bufr);
}

static void
log_look(void *arg)
{
	lwkt_gettoken(&log_token);
	if (msgbuftrigger) {
		msgbuftrigger = 0;
		if (klog.waiting) {
			klog.waiting = 0;
			wakeup(&klog);
		}
		KNOTE(&klog.kq.ki_note, 0);
	}
	if (klog.open)
		callout_reset(&klog.look, LOG_LOOK, log_look, NULL);
	lwkt_reltoken(&log_token);
}

static int
logopen(struct dev_open_args *ap)
{
	int error = 0;

	lwkt_gettoken(&log_token);
	if (klog.open) {
		error = EBUSY;
	} else {
		klog.open = 1;
		callout_reset(&klog.look, LOG_LOOK, log_look, NULL);
	}
	lwkt_reltoken(&log_token);
	return (error);
}

static int
logclose(struct dev_close_args *ap)
{
	lwkt_gettoken(&log_token);
	klog.open = 0;
	lwkt_reltoken(&log_token);
	callout_cancel(&klog.look);
	return (0);
}

static int
logread(struct dev_read_args *ap)
{
	struct uio *uio = ap->a_uio;
	char buf[256];
	size_t n;
	int error = 0;

	lwkt_gettoken(&log_token);
	while (log_pending() == 0 && error == 0) {
		if (ap->a_ioflag & IO_NDELAY) {
			error = EWOULDBLOCK;
		} else {
			klog.waiting = 1;
			error = tsleep(&klog, PCATCH, "klog", 0);
		}
	}
	while (error == 0 && uio->uio_resid > 0) {
		n = msgbuf_read(&msgbufp->msg_bufr, buf,
		    MIN(sizeof(buf), uio->uio_resid));
		if (n == 0)
			break;
		error = uiomove(buf, n, uio);
	}
	lwkt_reltoken(&log_token);
	return (error);
}

static int
logioctl(struct dev_ioctl_args *ap)
{
	switch (ap->a_cmd) {
	case FIONREAD:
		*(int *)ap->a_data = (int)log_pending();
		return (0);
	case FIONBIO:
		return (0);
	default:
		return (ENOTTY);
	}
}

static void
filt_logdetach(struct knote *kn)
{
	knote_remove(&klog.kq.ki_note, kn);
}

static int
filt_logread(struct knote *kn, long hint)
{
	kn->kn_data = log_pending();
	return (kn->kn_data != 0);
}

static struct filterops logread_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_logdetach, filt_logread
};

static int
logkqfilter(struct dev_kqfilter_args *ap)
{
	ap->a_result = 0;
	if (ap->a_kn->kn_filter != EVFILT_READ) {
		ap->a_result = EOPNOTSUPP;
		return (0);
	}
	ap->a_kn->kn_fop = &logread_filtops;
	knote_insert(&klog.kq.ki_note, ap->a_kn);
	return (0);
}

static void
log_init(void *unused)
{
	callout_init_mp(&klog.look);
	make_dev(&log_ops, 0, UID_ROOT, GID_WHEEL, 0600, "klog");
}
SYSINIT(klog, SI_SUB_DRIVERS, SI_ORDER_ANY, log_init, NULL);
