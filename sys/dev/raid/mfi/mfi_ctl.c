/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfi: the control device /dev/mfi* (15), and what has to happen around
 * commands that change the configuration (12).
 *
 * Commands that make or delete volumes run with sc_lock held, one after the
 * other.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/device.h>
#include <sys/errno.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>
#include <sys/stat.h>

#include "mfivar.h"
#include <dev/raid/mfi/mfi_ioctl.h>

static MALLOC_DEFINE(M_MFIIOC, "mfiioc", "MegaRAID ioctls");

static d_open_t		mfi_open;
static d_close_t	mfi_close;
static d_ioctl_t	mfi_ioctl;
static d_kqfilter_t	mfi_kqfilter;

static struct dev_ops mfi_ops = {
	{ "mfi", 0, D_MPSAFE },
	.d_open =	mfi_open,
	.d_close =	mfi_close,
	.d_ioctl =	mfi_ioctl,
	.d_kqfilter =	mfi_kqfilter,
};

static int
mfi_open(struct dev_open_args *ap)
{
	struct mfi_softc *sc = ap->a_head.a_dev->si_drv1;

	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	sc->sc_opens = 1;
	lockmgr(&sc->sc_lock, LK_RELEASE);
	return (0);
}

/* The last one. */
static int
mfi_close(struct dev_close_args *ap)
{
	struct mfi_softc *sc = ap->a_head.a_dev->si_drv1;

	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	sc->sc_opens = 0;
	lockmgr(&sc->sc_lock, LK_RELEASE);
	spin_lock(&sc->sc_spin);
	sc->sc_aen_armed = sc->sc_aen_fired = false;
	spin_unlock(&sc->sc_spin);
	return (0);
}

/* --- changes of the configuration --- */

static bool
is_sscd(struct mfi_softc *sc, int target)
{
	struct mfi_ld_info *li;
	bool yes;

	li = kmalloc(sizeof(*li), M_MFIIOC, M_WAITOK | M_ZERO);
	yes = mfi_dcmd(sc, MFI_DCMD_LD_GET_INFO, MFI_MBOX(target), li,
	    sizeof(*li), MFI_FRAME_READ, NULL) == 0 &&
	    li->config.params.is_sscd;
	kfree(li, M_MFIIOC);
	return (yes);
}

/* Nobody opens it any more; unless somebody has and that forbids it. */
static int
disable(struct mfi_softc *sc, struct mfi_disk *d, const char *what)
{
	if (d->d_open) {
		if (sc->sc_delete_busy)
			return (0);
		device_printf(sc->sc_dev, "Unable to delete busy %s device\n",
		    what);
		return (EBUSY);
	}
	d->d_disabled = true;
	return (0);
}

static void
enable_volumes(struct mfi_softc *sc)
{
	struct mfi_disk *d;

	TAILQ_FOREACH(d, &sc->sc_disks, d_link) {
		if (!d->d_syspd)
			d->d_disabled = false;
	}
}

static int
begin_clear(struct mfi_softc *sc)
{
	struct mfi_disk *d;
	int error;

	TAILQ_FOREACH(d, &sc->sc_disks, d_link) {
		if (d->d_syspd)
			continue;
		error = disable(sc, d, "ld");
		if (error != 0) {
			enable_volumes(sc);
			return (error);
		}
	}
	return (0);
}

static struct mfi_disk *
frame_syspd(struct mfi_softc *sc, const struct mfi_dcmd_frame *f)
{
	uint16_t id, state;

	memcpy(&id, f->mbox, sizeof(id));
	memcpy(&state, f->mbox + 4, sizeof(state));
	return (state == MFI_PD_UNCONFIGURED_GOOD ?
	    mfi_disk_find(sc, true, id) : NULL);
}

int
mfi_config_begin(struct mfi_softc *sc, const struct mfi_dcmd_frame *f,
    bool *locked)
{
	struct mfi_disk *d;
	int error = 0;

	*locked = f->opcode == MFI_DCMD_LD_DELETE ||
	    f->opcode == MFI_DCMD_CFG_CLEAR ||
	    f->opcode == MFI_DCMD_CFG_ADD ||
	    f->opcode == MFI_DCMD_CFG_FOREIGN_IMPORT ||
	    f->opcode == MFI_DCMD_PD_STATE_SET;
	if (!*locked)
		return (0);
	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	switch (f->opcode) {
	case MFI_DCMD_LD_DELETE:
		d = mfi_disk_find(sc, false, f->mbox[0]);
		if (d != NULL)
			error = disable(sc, d, "ld");
		else if (!is_sscd(sc, f->mbox[0]))
			error = ENOENT;
		break;
	case MFI_DCMD_CFG_CLEAR:
		error = begin_clear(sc);
		break;
	case MFI_DCMD_PD_STATE_SET:
		d = frame_syspd(sc, f);
		if (d != NULL)
			error = disable(sc, d, "syspd");
		break;
	}
	if (error != 0) {
		lockmgr(&sc->sc_lock, LK_RELEASE);
		*locked = false;
	}
	return (error);
}

/* A volume that is open loses its disk only if nobody asked to keep it. */
static bool
detach_one(struct mfi_softc *sc, struct mfi_disk *d)
{
	if (d->d_open && sc->sc_keep_deleted)
		return (false);
	mfi_disk_detach(d);
	return (true);
}

static void
detach_volumes(struct mfi_softc *sc)
{
	struct mfi_disk *d, *next;

	for (d = TAILQ_FIRST(&sc->sc_disks); d != NULL; d = next) {
		next = TAILQ_NEXT(d, d_link);
		/* The list may change while one goes. */
		if (!d->d_syspd && detach_one(sc, d))
			next = TAILQ_FIRST(&sc->sc_disks);
	}
}

void
mfi_config_end(struct mfi_softc *sc, const struct mfi_dcmd_frame *f,
    bool locked, bool done)
{
	struct mfi_disk *d;

	if (!locked)
		return;
	switch (f->opcode) {
	case MFI_DCMD_LD_DELETE:
		d = mfi_disk_find(sc, false, f->mbox[0]);
		if (d != NULL && done)
			detach_one(sc, d);
		else if (d != NULL)
			d->d_disabled = false;
		break;
	case MFI_DCMD_CFG_CLEAR:
		if (done)
			detach_volumes(sc);
		else
			enable_volumes(sc);
		break;
	case MFI_DCMD_PD_STATE_SET:
		d = frame_syspd(sc, f);
		if (d != NULL && !done)
			d->d_disabled = false;
		break;
	default:
		if (done)
			mfi_scan_volumes(sc);
		break;
	}
	lockmgr(&sc->sc_lock, LK_RELEASE);
}

/* --- ioctls --- */

static int
passthru(struct mfi_softc *sc, struct mfi_ioc_passthru *p)
{
	void *ubuf = (void *)(uintptr_t)p->buf, *buf = NULL;
	bool locked;
	int error = 0, copy;

	if (p->buf_size > MFI_MAX_DCMD)
		return (EINVAL);
	if (p->buf_size != 0) {
		buf = kmalloc(p->buf_size, M_MFIIOC, M_WAITOK);
		error = copyin(ubuf, buf, p->buf_size);
	}
	if (error == 0) {
		error = mfi_config_begin(sc, &p->ioc_frame, &locked);
		if (error == 0) {
			error = mfi_dcmd_frame(sc, &p->ioc_frame, buf,
			    p->buf_size);
			mfi_config_end(sc, &p->ioc_frame, locked,
			    error == 0 && p->ioc_frame.header.cmd_status ==
			    MFI_STAT_OK);
		}
	}
	if (buf != NULL) {
		copy = error == 0 ? copyout(buf, ubuf, p->buf_size) : 0;
		if (error == 0)
			error = copy;
		kfree(buf, M_MFIIOC);
	}
	return (error);
}

static void
query_disk(struct mfi_softc *sc, struct mfi_query_disk *q)
{
	struct mfi_disk *d;

	lockmgr(&sc->sc_lock, LK_EXCLUSIVE);
	d = mfi_disk_find(sc, false, q->array_id);
	q->present = d != NULL;
	memset(q->devname, 0, sizeof(q->devname));
	if (d != NULL) {
		if (d->d_open)
			q->open = 1;
		strlcpy(q->devname, d->d_name, sizeof(q->devname));
	}
	lockmgr(&sc->sc_lock, LK_RELEASE);
}

static int
queue_stats(struct mfi_softc *sc, union mfi_statrequest *r)
{
	int error = 0;

	spin_lock(&sc->sc_spin);
	switch (r->item) {
	case MFIQ_FREE:
		r->qstat.length = sc->sc_nfree;
		r->qstat.max = sc->sc_ncmds;
		break;
	case MFIQ_BIO:
		r->qstat.length = sc->sc_nbio;
		r->qstat.max = sc->sc_maxbio;
		break;
	case MFIQ_READY:
		/* What is ready goes to the controller at once. */
		r->qstat.length = r->qstat.max = 0;
		break;
	case MFIQ_BUSY:
		r->qstat.length = sc->sc_nbusy;
		r->qstat.max = sc->sc_maxbusy;
		break;
	default:
		error = ENOTTY;
		break;
	}
	spin_unlock(&sc->sc_spin);
	return (error);
}

static int
linux_frame(struct mfi_softc *sc, struct mfi_linux_ioc_packet *l)
{
	struct mfi_ioc_packet *p;
	int i, error;

	p = kmalloc(sizeof(*p), M_MFIIOC, M_WAITOK | M_ZERO);
	memcpy(p, l, offsetof(struct mfi_ioc_packet, sgl));
	for (i = 0; i < MFI_IOC_SGES; i++) {
		p->sgl[i].base = l->sgl[i].base;
		p->sgl[i].len = (uint32_t)l->sgl[i].len;
	}
	error = mfi_raw_frame(sc, p);
	memcpy(l->frame, p->frame, sizeof(l->frame));
	kfree(p, M_MFIIOC);
	return (error);
}

static int
mfi_ioctl(struct dev_ioctl_args *ap)
{
	struct mfi_softc *sc = ap->a_head.a_dev->si_drv1;
	struct mfi_ioc_aen *aen = (struct mfi_ioc_aen *)ap->a_data;
	bool ready;

	spin_lock(&sc->sc_spin);
	ready = sc->sc_state == MFI_RUNNING;
	spin_unlock(&sc->sc_spin);
	if (!ready)
		return (EBUSY);
	/* Looking takes read permission, telling it what to do more. */
	if ((ap->a_fflag & FWRITE) == 0 && ap->a_cmd != MFIIO_QUERY_DISK &&
	    ap->a_cmd != MFIIO_STATS)
		return (EPERM);
	switch (ap->a_cmd) {
	case MFIIO_PASSTHRU:
		return (passthru(sc, (struct mfi_ioc_passthru *)ap->a_data));
	case MFIIO_QUERY_DISK:
		query_disk(sc, (struct mfi_query_disk *)ap->a_data);
		return (0);
	case MFIIO_STATS:
		return (queue_stats(sc,
		    (union mfi_statrequest *)ap->a_data));
	case MFI_CMD:
		return (mfi_raw_frame(sc,
		    (struct mfi_ioc_packet *)ap->a_data));
	case MFI_LINUX_CMD_2:
		return (linux_frame(sc,
		    (struct mfi_linux_ioc_packet *)ap->a_data));
	case MFI_SET_AEN:
		mfi_event_register(sc, aen->class_locale);
		return (0);
	default:
		device_printf(sc->sc_dev, "IOCTL 0x%lx not handled\n",
		    ap->a_cmd);
		return (ENOENT);
	}
}

/* --- kqueue --- */

static void
filt_detach(struct knote *kn)
{
	struct mfi_softc *sc = (struct mfi_softc *)kn->kn_hook;

	knote_remove(&sc->sc_kq.ki_note, kn);
}

static int
filt_read(struct knote *kn, long hint)
{
	struct mfi_softc *sc = (struct mfi_softc *)kn->kn_hook;
	bool fired;

	spin_lock(&sc->sc_spin);
	fired = sc->sc_aen_fired;
	sc->sc_aen_fired = false;
	if (!fired && !sc->sc_aen_armed)
		kn->kn_flags |= EV_ERROR;
	spin_unlock(&sc->sc_spin);
	return (fired);
}

static int
filt_write(struct knote *kn, long hint)
{
	return (0);
}

static struct filterops read_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_detach, filt_read
};
static struct filterops write_filtops = {
	FILTEROP_ISFD | FILTEROP_MPSAFE, NULL, filt_detach, filt_write
};

static int
mfi_kqfilter(struct dev_kqfilter_args *ap)
{
	struct mfi_softc *sc = ap->a_head.a_dev->si_drv1;
	struct knote *kn = ap->a_kn;

	ap->a_result = 0;
	switch (kn->kn_filter) {
	case EVFILT_READ:
		kn->kn_fop = &read_filtops;
		break;
	case EVFILT_WRITE:
		kn->kn_fop = &write_filtops;
		break;
	default:
		ap->a_result = EOPNOTSUPP;
		return (0);
	}
	kn->kn_hook = (caddr_t)sc;
	knote_insert(&sc->sc_kq.ki_note, kn);
	return (0);
}

/* --- the node --- */

int
mfi_ctl_attach(struct mfi_softc *sc)
{
	int unit = device_get_unit(sc->sc_dev);

	sc->sc_cdev = make_dev(&mfi_ops, unit, UID_ROOT, GID_OPERATOR, 0640,
	    "mfi%d", unit);
	sc->sc_cdev->si_drv1 = sc;
	if (unit == 0)
		make_dev_alias(sc->sc_cdev, "megaraid_sas_ioctl_node");
	return (0);
}

void
mfi_ctl_detach(struct mfi_softc *sc)
{
	if (sc->sc_cdev != NULL)
		destroy_dev(sc->sc_cdev);
}
