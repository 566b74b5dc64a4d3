/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tables of System V IPC objects, and permissions.  See sysv_ipc.h.
 *
 * An identifier is an index and a sequence number of 16 bits each, so that
 * a stale identifier does not name the next user of its slot.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/jail.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
#include <sys/thread2.h>

#include "sysv_ipc.h"

#define IPC_MAXOBJECTS	65536		/* indices of 16 bits */
#define IPC_MODEMASK	0777

static MALLOC_DEFINE(M_SYSVIPC, "sysvipc", "System V IPC tables");

SYSCTL_NODE(_kern, KERN_IPC, ipc, CTLFLAG_RW, 0, "Interprocess communication");

void
ipc_table_init(struct ipc_table *it, int limit,
    void (*free)(struct ipc_object *))
{
	lwkt_token_init(&it->it_token, "sysvipc");
	it->it_limit = limit;
	it->it_free = free;
}

int
ipc_allowed(void)
{
	struct ucred *cr = curthread->td_ucred;

	if (cr->cr_prison != NULL &&
	    !prison_may(cr, PRISON_CAP_SYS_SYSVIPC))
		return (ENOSYS);
	return (0);
}

/* --- finding ------------------------------------------------------------- */

void
ipc_ref(struct ipc_object *io)
{
	atomic_add_int(&io->io_refs, 1);
}

void
ipc_rele(struct ipc_table *it, struct ipc_object *io)
{
	if (atomic_fetchadd_int(&io->io_refs, -1) != 1)
		return;
	lwkt_token_uninit(&io->io_token);
	it->it_free(io);
}

void
ipc_put(struct ipc_table *it, struct ipc_object *io)
{
	lwkt_reltoken(&io->io_token);
	ipc_rele(it, io);
}

struct ipc_object *
ipc_get(struct ipc_table *it, int id)
{
	struct ipc_object *io = NULL;
	int ix = IPCID_TO_IX(id);

	lwkt_gettoken_shared(&it->it_token);
	if (id >= 0 && ix < it->it_nslots)
		io = it->it_slot[ix];
	if (io != NULL && io->io_id == id)
		ipc_ref(io);
	else
		io = NULL;
	lwkt_reltoken(&it->it_token);
	if (io == NULL)
		return (NULL);
	lwkt_gettoken(&io->io_token);
	if (io->io_removed) {
		ipc_put(it, io);
		return (NULL);
	}
	return (io);
}

int
ipc_find_key(struct ipc_table *it, key_t key, int flags,
    struct ipc_object **iop)
{
	struct ipc_object *io;
	int error, i;

	ASSERT_LWKT_TOKEN_HELD(&it->it_token);
	*iop = NULL;
again:
	for (i = 0; key != IPC_PRIVATE && i < it->it_nslots; i++) {
		io = it->it_slot[i];
		if (io == NULL || io->io_perm->key != key)
			continue;
		if ((flags & (IPC_CREAT | IPC_EXCL)) ==
		    (IPC_CREAT | IPC_EXCL))
			return (EEXIST);
		ipc_ref(io);
		lwkt_gettoken(&io->io_token);
		if (io->io_removed || io->io_perm->key != key) {
			ipc_put(it, io);
			goto again;
		}
		error = ipc_access(io, flags & IPC_MODEMASK);
		if (error != 0)
			ipc_put(it, io);
		else
			*iop = io;
		return (error);
	}
	if (key != IPC_PRIVATE && (flags & IPC_CREAT) == 0)
		return (ENOENT);
	if (it->it_nused >= it->it_limit || it->it_nused >= IPC_MAXOBJECTS)
		return (ENOSPC);
	return (0);
}

/* --- entering and removing ----------------------------------------------- */

/* A free index; the table grows by half. */
static int
ipc_free_slot(struct ipc_table *it)
{
	struct ipc_object **slot;
	int i, n;

	for (i = 0; i < it->it_nslots; i++)
		if (it->it_slot[i] == NULL)
			return (i);
	n = MIN(it->it_nslots + it->it_nslots / 2 + 16, IPC_MAXOBJECTS);
	slot = krealloc(it->it_slot, n * sizeof(*slot), M_SYSVIPC,
	    M_WAITOK);
	bzero(slot + it->it_nslots, (n - it->it_nslots) * sizeof(*slot));
	it->it_slot = slot;
	i = it->it_nslots;
	it->it_nslots = n;
	return (i);
}

int
ipc_insert(struct ipc_table *it, struct ipc_object *io, struct ipc_perm *perm,
    key_t key, int flags)
{
	struct ucred *cr = curthread->td_ucred;
	int ix;

	ASSERT_LWKT_TOKEN_HELD(&it->it_token);
	ix = ipc_free_slot(it);
	lwkt_token_init(&io->io_token, "sysvobj");
	io->io_perm = perm;
	io->io_refs = 1;
	io->io_removed = false;
	perm->cuid = perm->uid = cr->cr_uid;
	perm->cgid = perm->gid = cr->cr_gid;
	perm->mode = flags & IPC_MODEMASK;
	perm->key = key;
	perm->seq = it->it_seq++ & 0x7fff;
	io->io_id = IXSEQ_TO_IPCID(ix, *perm);
	it->it_slot[ix] = io;
	it->it_nused++;
	return (io->io_id);
}

void
ipc_forget_key(struct ipc_object *io)
{
	io->io_perm->key = IPC_PRIVATE;
}

void
ipc_remove(struct ipc_table *it, struct ipc_object *io)
{
	int ix = IPCID_TO_IX(io->io_id);

	ASSERT_LWKT_TOKEN_HELD(&it->it_token);
	KASSERT(it->it_slot[ix] == io, ("ipc_remove: not in the table"));
	it->it_slot[ix] = NULL;
	it->it_nused--;
	io->io_removed = true;
	ipc_rele(it, io);
}

/* --- permissions --------------------------------------------------------- */

int
ipc_access(struct ipc_object *io, int mode)
{
	struct ucred *cr = curthread->td_ucred;
	struct ipc_perm *perm = io->io_perm;
	int want, granted = perm->mode;

	if (cr->cr_uid == 0)
		return (0);
	/* Requests may be written in the bits of any class. */
	want = (mode | mode >> 3 | mode >> 6) & 06;
	if (cr->cr_uid == perm->cuid || cr->cr_uid == perm->uid) {
		granted >>= 6;
	} else {
		if (mode & IPC_M)
			return (EPERM);
		if (groupmember(perm->gid, cr) || groupmember(perm->cgid, cr))
			granted >>= 3;
	}
	return ((want & ~granted) != 0 ? EACCES : 0);
}

int
ipcperm(struct proc *p, struct ipc_perm *perm, int mode)
{
	struct ipc_object io = { .io_perm = perm };

	return (ipc_access(&io, mode));
}

void
ipc_set_perm(struct ipc_object *io, const struct ipc_perm *from)
{
	io->io_perm->uid = from->uid;
	io->io_perm->gid = from->gid;
	io->io_perm->mode = (io->io_perm->mode & ~IPC_MODEMASK) |
	    (from->mode & IPC_MODEMASK);
}

int
ipc_ctl(struct ipc_table *it, int id, int cmd, void *ubuf,
    int (*control)(struct ipc_object *io, int cmd, void *ubuf))
{
	struct ipc_object *io;
	int error;

	error = ipc_allowed();
	if (error != 0)
		return (error);
	if (cmd != IPC_STAT && cmd != IPC_SET && cmd != IPC_RMID)
		return (EINVAL);
	if (cmd == IPC_RMID)
		lwkt_gettoken(&it->it_token);
	io = ipc_get(it, id);
	if (io != NULL) {
		error = ipc_access(io, cmd == IPC_STAT ? IPC_R : IPC_M);
		if (error == 0)
			error = control(io, cmd, ubuf);
		ipc_put(it, io);
	} else {
		error = EINVAL;
	}
	if (cmd == IPC_RMID)
		lwkt_reltoken(&it->it_token);
	return (error);
}

/* --- what there is ------------------------------------------------------- */

int
ipc_sysctl_list(struct ipc_table *it, struct sysctl_req *req, size_t size,
    void (*fill)(struct ipc_object *, void *))
{
	struct ipc_object *io;
	void *rec;
	int error = 0, i, id;

	if (ipc_allowed() != 0)
		return (0);
	rec = kmalloc(size, M_TEMP, M_WAITOK);
	for (i = 0; error == 0; i++) {
		lwkt_gettoken_shared(&it->it_token);
		if (i >= it->it_nslots) {
			lwkt_reltoken(&it->it_token);
			break;
		}
		io = it->it_slot[i];
		id = io != NULL ? io->io_id : -1;
		lwkt_reltoken(&it->it_token);
		if (id < 0 || (io = ipc_get(it, id)) == NULL)
			continue;
		bzero(rec, size);
		fill(io, rec);
		ipc_put(it, io);
		error = SYSCTL_OUT(req, rec, size);
	}
	kfree(rec, M_TEMP);
	return (error);
}
