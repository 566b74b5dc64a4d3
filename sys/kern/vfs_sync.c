/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The syncer: writes vnodes that have been dirty for a while.
 *
 * Each mount that can be written has a wheel of SYNC_SLOTS lists, one a
 * second; a vnode is put as many slots ahead as its delay says and is
 * written when the syncer, of which there is one thread a mount, gets there.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mount.h>
#include <sys/spinlock2.h>
#include <sys/thread2.h>
#include <sys/vnode.h>

#define SYNC_SLOTS	32

/* Locks: (s) sc_spin. */
struct syncer_ctx {
	struct mount	*sc_mp;
	struct spinlock	sc_spin;
	struct vnode_list sc_wheel[SYNC_SLOTS];	/* (s) by v_synclist */
	int		sc_now;			/* (s) current slot */
	int		sc_stop;		/* (s) asked to end */
	int		sc_done;		/* (s) has ended */
	int		sc_hurry;		/* (s) slots to do at once */
};

static MALLOC_DEFINE(M_SYNCER, "syncer", "syncer wheels");

void
vn_syncer_add(struct vnode *vp, int delay)
{
	struct mount *mp = vp->v_mount;
	struct syncer_ctx *sc = mp != NULL ? mp->mnt_syncer_ctx : NULL;

	if (sc == NULL || (vp->v_flag & VONWORKLST))
		return;
	if (delay < 1)
		delay = 1;
	if (delay > SYNC_SLOTS - 2)
		delay = SYNC_SLOTS - 2;
	spin_lock(&sc->sc_spin);
	if ((vp->v_flag & VONWORKLST) == 0) {
		vp->v_syncslot = (sc->sc_now + delay) % SYNC_SLOTS;
		vhold(vp);
		TAILQ_INSERT_TAIL(&sc->sc_wheel[vp->v_syncslot], vp,
		    v_synclist);
		vp->v_syncctx = sc;
		vsetflags(vp, VONWORKLST);
	}
	spin_unlock(&sc->sc_spin);
}

/* Take a clean (or, with force, any) vnode off. */
void
vn_syncer_remove(struct vnode *vp, int force)
{
	struct syncer_ctx *sc = vp->v_syncctx;
	int was = 0;

	if ((vp->v_flag & VONWORKLST) == 0 || sc == NULL)
		return;
	if (!force && ((vp->v_flag & (VISDIRTY | VOBJDIRTY)) ||
	    !RB_EMPTY(&vp->v_rbdirty_tree)))
		return;
	spin_lock(&sc->sc_spin);
	if (vp->v_flag & VONWORKLST) {
		TAILQ_REMOVE(&sc->sc_wheel[vp->v_syncslot], vp, v_synclist);
		vclrflags(vp, VONWORKLST);
		vp->v_syncctx = NULL;
		was = 1;
	}
	spin_unlock(&sc->sc_spin);
	if (was)
		vdrop(vp);
}

/* Write one slot's vnodes. */
static void
syncer_slot(struct syncer_ctx *sc)
{
	struct vnode *vp;

	spin_lock(&sc->sc_spin);
	sc->sc_now = (sc->sc_now + 1) % SYNC_SLOTS;
	while ((vp = TAILQ_FIRST(&sc->sc_wheel[sc->sc_now])) != NULL) {
		TAILQ_REMOVE(&sc->sc_wheel[sc->sc_now], vp, v_synclist);
		vclrflags(vp, VONWORKLST);
		vp->v_syncctx = NULL;
		spin_unlock(&sc->sc_spin);
		if (vref_try(vp)) {
			if (vn_lock(vp, LK_EXCLUSIVE | LK_NOWAIT) == 0) {
				if ((vp->v_flag & VRECLAIMED) == 0)
					VOP_FSYNC(vp, MNT_LAZY, 0);
				vn_unlock(vp);
			}
			/* Still dirty, or busy: in a while again. */
			if ((vp->v_flag & (VISDIRTY | VOBJDIRTY)) ||
			    !RB_EMPTY(&vp->v_rbdirty_tree))
				vn_syncer_add(vp, 5);
			vrele(vp);
		}
		vdrop(vp);
		spin_lock(&sc->sc_spin);
	}
	spin_unlock(&sc->sc_spin);
}

static void
syncer_thread(void *arg)
{
	struct syncer_ctx *sc = arg;
	int n;

	while (sc->sc_stop == 0) {
		syncer_slot(sc);
		spin_lock(&sc->sc_spin);
		n = sc->sc_hurry;
		if (n > 0)
			sc->sc_hurry--;
		spin_unlock(&sc->sc_spin);
		if (n == 0 && sc->sc_stop == 0)
			tsleep(sc, 0, "syncer", hz);
	}
	sc->sc_done = 1;
	wakeup(&sc->sc_done);
}

/* Mounts that say MNTK_NOMSYNC, or are read-only media, need none. */
void
vn_syncer_thr_create(struct mount *mp)
{
	struct syncer_ctx *sc;
	struct thread *td;
	int i;

	if ((mp->mnt_kern_flag & MNTK_NOMSYNC) || mp->mnt_syncer_ctx != NULL ||
	    (mp->mnt_vfc->vfc_flags & (VFCF_READONLY | VFCF_SYNTHETIC |
	    VFCF_LOOPBACK)))
		return;
	sc = kmalloc(sizeof(*sc), M_SYNCER, M_WAITOK | M_ZERO);
	sc->sc_mp = mp;
	spin_init(&sc->sc_spin, "syncer");
	for (i = 0; i < SYNC_SLOTS; i++)
		TAILQ_INIT(&sc->sc_wheel[i]);
	mp->mnt_syncer_ctx = sc;
	lwkt_create(syncer_thread, sc, &td, NULL, 0, -1, "syncer");
}

void
vn_syncer_thr_stop(struct mount *mp)
{
	struct syncer_ctx *sc = mp->mnt_syncer_ctx;
	struct vnode *vp;
	int i;

	if (sc == NULL)
		return;
	mp->mnt_syncer_ctx = NULL;
	sc->sc_stop = 1;
	wakeup(sc);
	while (sc->sc_done == 0)
		tsleep(&sc->sc_done, 0, "syncstop", hz / 10 + 1);
	for (i = 0; i < SYNC_SLOTS; i++) {
		while ((vp = TAILQ_FIRST(&sc->sc_wheel[i])) != NULL)
			vn_syncer_remove(vp, 1);
	}
	kfree(sc, M_SYNCER);
}

void
speedup_syncer(struct mount *mp)
{
	struct syncer_ctx *sc = mp != NULL ? mp->mnt_syncer_ctx : NULL;

	if (sc == NULL)
		return;
	spin_lock(&sc->sc_spin);
	if (sc->sc_hurry < SYNC_SLOTS / 2)
		sc->sc_hurry++;
	spin_unlock(&sc->sc_spin);
	wakeup(sc);
}
