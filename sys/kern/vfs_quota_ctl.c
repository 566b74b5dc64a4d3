/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vquotactl(2): what mounts use, and limits of it, as property lists.
 *
 * A request is read from user memory piece by piece, twice: its command comes
 * after its arguments.  The first time all of it is checked, so that nothing
 * is done for one that is malformed.  The reply is written straight into a
 * mapping of the caller; neither is ever in the kernel as a whole.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>
#include <libprop/plistref.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include "plist.h"
#include "vfs_quota.h"

#define VQ_ROWTEXT	224	/* bytes that a row takes at most */
#define VQ_BASETEXT	1024	/* and what is around them */
#define VQ_ROWS		64	/* rows taken from an account at a time */

enum vqcommand { VQ_GET, VQ_SET, VQ_LIMIT, VQ_LIMIT_UID, VQ_LIMIT_GID };

/* User memory, read or written in order. */
struct vquser {
	char	*vu_next;
	size_t	vu_left;
};

/* A dictionary of arguments. */
struct vqargs {
	int		vx_have;	/* VQX_* */
	uint64_t	vx_limit;
	uint64_t	vx_space;
	uint64_t	vx_id[2];
};
#define VQX_UID		0x1
#define VQX_GID		0x2
#define VQX_LIMIT	0x4
#define VQX_SPACE	0x8

/* What a request turned out to be. */
struct vqrequest {
	enum vqcommand	vq_cmd;
	int		vq_hascmd;
	enum plist_event vq_argtype;	/* PLIST_DICT, _ARRAY; 0: none */
};

static int
vq_user_fill(void *arg, char *buf, size_t max, size_t *gotp)
{
	struct vquser *vu = arg;
	int error;

	*gotp = MIN(max, vu->vu_left);
	if (*gotp == 0)
		return (0);
	error = copyin(vu->vu_next, buf, *gotp);
	vu->vu_next += *gotp;
	vu->vu_left -= *gotp;
	return (error);
}

static int
vq_user_put(void *arg, const char *buf, size_t len)
{
	struct vquser *vu = arg;
	int error;

	if (len > vu->vu_left)
		return (ENOSPC);
	error = copyout(buf, vu->vu_next, len);
	vu->vu_next += len;
	vu->vu_left -= len;
	return (error);
}

/* What reading ended with. */
static int
vq_read_error(struct plist_reader *pr)
{
	return (pr->pr_error != 0 ? pr->pr_error : EIO);
}

/* Read over the value that begins with ev. */
static int
vq_skip(struct plist_reader *pr, enum plist_event ev)
{
	int depth = pr->pr_depth - 1;

	if (ev != PLIST_DICT && ev != PLIST_ARRAY)
		return (ev == PLIST_ERROR ? vq_read_error(pr) : 0);
	while (pr->pr_depth > depth) {
		if (plist_next(pr) == PLIST_ERROR)
			return (vq_read_error(pr));
	}
	return (0);
}

static int
vq_command(struct vqrequest *rq, const char *name)
{
	static const char *const names[] = {
		[VQ_GET] = VQ_C_GET, [VQ_SET] = VQ_C_SET,
		[VQ_LIMIT] = VQ_C_LIMIT, [VQ_LIMIT_UID] = VQ_C_LIMIT_UID,
		[VQ_LIMIT_GID] = VQ_C_LIMIT_GID
	};
	int i;

	for (i = 0; i < nitems(names); i++) {
		if (strcmp(names[i], name) == 0) {
			rq->vq_cmd = i;
			rq->vq_hascmd = 1;
			return (0);
		}
	}
	return (EINVAL);
}

static void
vq_arg(struct vqargs *vx, const char *key, uint64_t value)
{
	if (strcmp(key, VQ_K_LIMIT) == 0) {
		vx->vx_limit = value;
		vx->vx_have |= VQX_LIMIT;
	} else if (strcmp(key, VQ_K_SPACE) == 0) {
		vx->vx_space = value;
		vx->vx_have |= VQX_SPACE;
	} else if (strcmp(key, VQ_K_UID) == 0) {
		vx->vx_id[VQ_UID] = value;
		vx->vx_have |= VQX_UID;
	} else if (strcmp(key, VQ_K_GID) == 0) {
		vx->vx_id[VQ_GID] = value;
		vx->vx_have |= VQX_GID;
	}
}

/* A dictionary of numbers, of which the beginning has been read. */
static int
vq_args(struct plist_reader *pr, struct vqargs *vx)
{
	char key[sizeof(VQ_K_SPACE)];
	enum plist_event ev;
	int error;

	bzero(vx, sizeof(*vx));
	for (;;) {
		ev = plist_next(pr);
		if (ev == PLIST_DICT_END)
			break;
		if (ev != PLIST_KEY)
			return (vq_read_error(pr));
		strlcpy(key, pr->pr_str, sizeof(key));
		if (strlen(pr->pr_str) >= sizeof(key))
			key[0] = 0;
		ev = plist_next(pr);
		if (ev == PLIST_INTEGER)
			vq_arg(vx, key, pr->pr_int);
		error = vq_skip(pr, ev);
		if (error)
			return (error);
	}
	if (((vx->vx_have & VQX_UID) && vx->vx_id[VQ_UID] > UINT32_MAX) ||
	    ((vx->vx_have & VQX_GID) && vx->vx_id[VQ_GID] > UINT32_MAX))
		return (EINVAL);
	return (0);
}

/* The array of `set usage all': check it, or (va) do what it says. */
static int
vq_usage(struct plist_reader *pr, struct vqacct *va)
{
	enum plist_event ev;
	struct vqargs vx;
	int error, which;

	for (;;) {
		ev = plist_next(pr);
		if (ev == PLIST_ARRAY_END)
			return (0);
		if (ev == PLIST_ERROR)
			return (vq_read_error(pr));
		if (ev != PLIST_DICT)
			return (EINVAL);
		error = vq_args(pr, &vx);
		if (error == 0 && (vx.vx_have & VQX_SPACE) == 0)
			error = EINVAL;
		if (error)
			return (error);
		if (va == NULL)
			continue;
		which = (vx.vx_have & VQX_UID) ? VQ_UID :
		    (vx.vx_have & VQX_GID) ? VQ_GID : VQ_TOTAL;
		vq_set_used(va, which, which == VQ_TOTAL ? 0 :
		    vx.vx_id[which], vx.vx_space);
	}
}

/*
 * One reading of a request.  With va its arguments are obeyed, as rq says.
 */
static int
vq_read(const struct plistref *pref, struct vqrequest *rq, struct vqargs *vx,
    struct vqacct *va)
{
	struct vquser vu = { pref->pref_plist, pref->pref_len };
	struct plist_reader *pr;
	enum plist_event ev;
	int error = 0, isarg, iscmd;

	pr = kmalloc(sizeof(*pr), M_TEMP, M_WAITOK);
	plist_read_init(pr, vq_user_fill, &vu);
	if (plist_next(pr) != PLIST_DICT)
		error = vq_read_error(pr);
	while (error == 0) {
		ev = plist_next(pr);
		if (ev == PLIST_DICT_END)
			break;
		if (ev != PLIST_KEY) {
			error = vq_read_error(pr);
			break;
		}
		isarg = strcmp(pr->pr_str, VQ_K_ARGUMENTS) == 0;
		iscmd = strcmp(pr->pr_str, VQ_K_COMMAND) == 0;
		ev = plist_next(pr);
		if (isarg && (ev == PLIST_DICT || ev == PLIST_ARRAY))
			rq->vq_argtype = ev;
		if (iscmd && ev == PLIST_STRING && va == NULL)
			error = vq_command(rq, pr->pr_str);
		else if (isarg && ev == PLIST_ARRAY)
			error = vq_usage(pr, va);
		else if (isarg && ev == PLIST_DICT)
			error = vq_args(pr, vx);
		else
			error = vq_skip(pr, ev);
	}
	if (error == 0 && plist_next(pr) != PLIST_END)
		error = vq_read_error(pr);
	kfree(pr, M_TEMP);
	return (error);
}

/* Is all there that the command needs? */
static int
vq_check(struct vqrequest *rq, struct vqargs *vx)
{
	static const int needs[] = {
		[VQ_LIMIT] = VQX_LIMIT, [VQ_LIMIT_UID] = VQX_LIMIT | VQX_UID,
		[VQ_LIMIT_GID] = VQX_LIMIT | VQX_GID
	};
	int need;

	if (!rq->vq_hascmd || rq->vq_argtype == 0)
		return (EINVAL);
	if (rq->vq_cmd == VQ_GET)
		return (0);
	if (rq->vq_cmd == VQ_SET)
		return (rq->vq_argtype == PLIST_ARRAY ? 0 : EINVAL);
	need = needs[rq->vq_cmd];
	return ((vx->vx_have & need) == need ? 0 : EINVAL);
}

static int
vq_set(const struct plistref *pref, struct vqrequest *rq, struct vqargs *vx,
    struct vqacct *va)
{
	switch (rq->vq_cmd) {
	case VQ_LIMIT:
		vq_set_limit(va, VQ_TOTAL, 0, vx->vx_limit);
		break;
	case VQ_LIMIT_UID:
		vq_set_limit(va, VQ_UID, vx->vx_id[VQ_UID], vx->vx_limit);
		break;
	case VQ_LIMIT_GID:
		vq_set_limit(va, VQ_GID, vx->vx_id[VQ_GID], vx->vx_limit);
		break;
	default:
		vq_scan_cancel(va);
		vq_zero(va);
		return (vq_read(pref, rq, vx, va));
	}
	vq_work_add(va, 0);
	return (0);
}

/*
 * The reply.
 */
static void
vq_put(struct plist_writer *pw, const char *key, uint64_t value)
{
	plist_key(pw, key);
	plist_uint(pw, value);
}

static void
vq_reply_ids(struct plist_writer *pw, struct vqacct *va, int which)
{
	struct vqrow *rows;
	uint64_t next = 0;
	int n, i;

	rows = kmalloc(VQ_ROWS * sizeof(*rows), M_TEMP, M_WAITOK);
	while (pw->pw_error == 0 && (n = vq_ids_list(&va->va_ids[which],
	    &next, rows, VQ_ROWS)) > 0) {
		for (i = 0; i < n; i++) {
			if (rows[i].vr_used == 0)
				continue;
			plist_open(pw, "dict");
			if (which == VQ_GID)
				vq_put(pw, VQ_K_GID, rows[i].vr_id);
			vq_put(pw, VQ_K_LIMIT, rows[i].vr_limit);
			vq_put(pw, VQ_K_SPACE, rows[i].vr_used);
			if (which == VQ_UID)
				vq_put(pw, VQ_K_UID, rows[i].vr_id);
			plist_close(pw, "dict");
		}
	}
	kfree(rows, M_TEMP);
}

/* Write the reply to user memory; *lenp is how much it was. */
static int
vq_reply_write(struct vqacct *va, enum vqcommand cmd, struct vquser *vu,
    size_t *lenp)
{
	struct plist_writer *pw = kmalloc(sizeof(*pw), M_TEMP, M_WAITOK);
	int error;

	plist_write_init(pw, vq_user_put, vu);
	plist_open(pw, "dict");
	plist_key(pw, VQ_K_RETURNED);
	if (cmd == VQ_GET) {
		plist_open(pw, "array");
		plist_open(pw, "dict");
		vq_put(pw, VQ_K_LIMIT, va != NULL ? va->va_limit : 0);
		vq_put(pw, VQ_K_SPACE, va != NULL ? vq_total(va) : 0);
		plist_close(pw, "dict");
		if (va != NULL) {
			vq_reply_ids(pw, va, VQ_UID);
			vq_reply_ids(pw, va, VQ_GID);
		}
		plist_close(pw, "array");
	} else {
		plist_empty(pw, "array");
	}
	plist_close(pw, "dict");
	error = plist_write_done(pw);
	*lenp = pw->pw_total;
	kfree(pw, M_TEMP);
	return (error);
}

/* As much as it may need is mapped, which costs nothing, and then trimmed. */
static int
vq_reply(struct vqacct *va, enum vqcommand cmd, struct plistref *pref)
{
	struct vm_map *map = &curproc->p_vmspace->vm_map;
	struct vquser vu;
	vm_offset_t addr;
	size_t room, len, rows;
	int error;

	for (;;) {
		rows = 64;
		if (va != NULL && cmd == VQ_GET)
			rows += va->va_ids[VQ_UID].vs_count +
			    va->va_ids[VQ_GID].vs_count;
		room = round_page(VQ_BASETEXT + rows * VQ_ROWTEXT);
		addr = vm_map_hint(curproc, 0, PROT_READ | PROT_WRITE,
		    MAP_ANON | MAP_PRIVATE);
		error = vm_mmap(map, &addr, room, VM_PROT_READ |
		    VM_PROT_WRITE, VM_PROT_ALL, MAP_ANON | MAP_PRIVATE, NULL,
		    0, NULL);
		if (error)
			return (error);
		vu.vu_next = (char *)addr;
		vu.vu_left = room;
		error = vq_reply_write(va, cmd, &vu, &len);
		if (error == 0)
			break;
		vm_map_remove(map, addr, addr + room);
		if (error != ENOSPC)
			return (error);
	}
	if (round_page(len) < room)
		vm_map_remove(map, addr + round_page(len), addr + room);
	pref->pref_plist = (void *)addr;
	pref->pref_len = len;
	return (0);
}

static int
vq_mount_of(const char *path, struct mount **mpp)
{
	struct nlookupdata nd;
	int error;

	error = nlookup_init(&nd, path, UIO_USERSPACE, 0);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0) {
		*mpp = nd.nl_nch.mount;
		mount_hold(*mpp);
	}
	nlookup_done(&nd);
	return (error);
}

static int
vq_call(const char *path, struct plistref *pref, struct vqrequest *rq,
    struct vqargs *vx)
{
	struct vqacct *va;
	struct mount *mp;
	int error;

	error = vq_mount_of(path, &mp);
	if (error)
		return (error);
	va = vq_acct_of(mp);
	if (rq->vq_cmd != VQ_GET)
		error = va == NULL ? EOPNOTSUPP : vq_set(pref, rq, vx, va);
	if (error == 0)
		error = vq_reply(va, rq->vq_cmd, pref);
	if (va != NULL)
		vq_acct_drop(va);
	mount_drop(mp);
	return (error);
}

int
sys_vquotactl(struct sysmsg *sysmsg, const struct vquotactl_args *uap)
{
	struct vqrequest rq;
	struct plistref pref;
	struct vqargs vx;
	int error;

	if (!vfs_quota_enabled)
		return (EOPNOTSUPP);
	error = copyin(uap->pref, &pref, sizeof(pref));
	if (error)
		return (error);
	bzero(&rq, sizeof(rq));
	bzero(&vx, sizeof(vx));
	error = vq_read(&pref, &rq, &vx, NULL);
	if (error == 0)
		error = vq_check(&rq, &vx);
	if (error == 0 && rq.vq_cmd != VQ_GET)
		error = priv_check(curthread, PRIV_ROOT);
	if (error == 0)
		error = vq_call(uap->path, &pref, &rq, &vx);
	if (error == 0)
		error = copyout(&pref, uap->pref, sizeof(pref));
	return (error);
}
