/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sysctl tree: registration, lookup, requests from the kernel and from
 * user processes.  The standard handlers and the nodes that describe the
 * tree itself are in subr_sysctl_meta.c.
 *
 * The tree is guarded by tree_lock.  A handler runs with its node counted as
 * running and with the tree unlocked, so that it may sleep and even register
 * nodes; removing a node waits until nothing runs in it.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <vm/vm_extern.h>

static MALLOC_DEFINE(M_SYSCTLOID, "sysctloid", "sysctl nodes made at run time");

struct sysctl_oid_list sysctl__children =
    SLIST_HEAD_INITIALIZER(sysctl__children);
static struct lock tree_lock;
static bool tree_ready;
static int next_auto = 0x100;	/* first number given out by itself */

SET_DECLARE(sysctl_set, struct sysctl_oid);

static void
tree_enter(int how)
{
	if (tree_ready)
		lockmgr(&tree_lock, how);
}

static void
tree_leave(void)
{
	if (tree_ready)
		lockmgr(&tree_lock, LK_RELEASE);
}

static struct sysctl_oid *
find_by_name(const char *name, struct sysctl_oid_list *list)
{
	struct sysctl_oid *oidp;

	SLIST_FOREACH(oidp, list, oid_link) {
		if (strcmp(oidp->oid_name, name) == 0)
			return (oidp);
	}
	return (NULL);
}

static void
insert(struct sysctl_oid *oidp)
{
	struct sysctl_oid_list *parent = oidp->oid_parent;
	struct sysctl_oid *p, *prev = NULL;

	p = find_by_name(oidp->oid_name, parent);
	if (p != NULL) {
		if ((p->oid_kind & CTLTYPE) == CTLTYPE_NODE &&
		    (oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE) {
			p->oid_refcnt++;
			return;
		}
		kprintf("sysctl: %s is registered already\n", oidp->oid_name);
		return;
	}
	if (oidp->oid_number == OID_AUTO)
		oidp->oid_number = next_auto++;
	lockinit(&oidp->oid_lock, "sysctl", 0, LK_CANRECURSE);
	oidp->oid_refcnt = 1;
	SLIST_FOREACH(p, parent, oid_link) {
		if (p->oid_number > oidp->oid_number)
			break;
		prev = p;
	}
	if (prev == NULL)
		SLIST_INSERT_HEAD(parent, oidp, oid_link);
	else
		SLIST_INSERT_AFTER(prev, oidp, oid_link);
}

void
sysctl_register_oid(struct sysctl_oid *oidp)
{
	tree_enter(LK_EXCLUSIVE);
	insert(oidp);
	tree_leave();
}

void
sysctl_unregister_oid(struct sysctl_oid *oidp)
{
	struct sysctl_oid *p;

	tree_enter(LK_EXCLUSIVE);
	SLIST_FOREACH(p, oidp->oid_parent, oid_link) {
		if (p == oidp)
			break;
	}
	if (p != NULL && --oidp->oid_refcnt == 0) {
		SLIST_REMOVE(oidp->oid_parent, oidp, sysctl_oid, oid_link);
		oidp->oid_kind |= CTLFLAG_DYING;
		while (oidp->oid_running != 0) {
			tsleep_interlock(&oidp->oid_running, 0);
			tree_leave();
			if (oidp->oid_running != 0)
				tsleep(&oidp->oid_running, PINTERLOCKED,
				    "oidrm", 0);
			tree_enter(LK_EXCLUSIVE);
		}
		lockuninit(&oidp->oid_lock);
	}
	tree_leave();
}

void
sysctl_register_set(struct sysctl_oid **begin, struct sysctl_oid **end)
{
	for (; begin < end; begin++)
		sysctl_register_oid(*begin);
}

void
sysctl_unregister_set(struct sysctl_oid **begin, struct sysctl_oid **end)
{
	while (end-- > begin)
		sysctl_unregister_oid(*end);
}

static void
sysctl_register_all(void *arg)
{
	lockinit(&tree_lock, "sysctree", 0, LK_CANRECURSE);
	sysctl_register_set(SET_BEGIN(sysctl_set), SET_LIMIT(sysctl_set));
	tree_ready = true;
}
SYSINIT(sysctl, SI_BOOT1_POST, SI_ORDER_ANY, sysctl_register_all, NULL);

int
sysctl_ctx_init(struct sysctl_ctx_list *clist)
{
	TAILQ_INIT(clist);
	return (0);
}

int
sysctl_ctx_free(struct sysctl_ctx_list *clist)
{
	struct sysctl_ctx_entry *e;
	int error = 0;

	/* Children were added after their parents. */
	while ((e = TAILQ_LAST(clist, sysctl_ctx_list)) != NULL) {
		TAILQ_REMOVE(clist, e, link);
		if (sysctl_remove_oid(e->entry, 1, 0) != 0)
			error = ENOTEMPTY;
		kfree(e, M_SYSCTLOID);
	}
	return (error);
}

struct sysctl_oid *
sysctl_add_oid(struct sysctl_ctx_list *clist, struct sysctl_oid_list *parent,
    int nbr, const char *name, int kind, void *arg1, intptr_t arg2,
    sysctl_handler_t handler, const char *fmt, const char *descr)
{
	struct sysctl_ctx_entry *e;
	struct sysctl_oid *oidp;

	if (parent == NULL)
		return (NULL);
	tree_enter(LK_EXCLUSIVE);
	oidp = find_by_name(name, parent);
	if (oidp != NULL) {
		if ((oidp->oid_kind & CTLTYPE) != CTLTYPE_NODE ||
		    (kind & CTLTYPE) != CTLTYPE_NODE) {
			tree_leave();
			kprintf("sysctl: %s is registered already\n", name);
			return (NULL);
		}
		oidp->oid_refcnt++;
	} else {
		oidp = kmalloc(sizeof(*oidp), M_SYSCTLOID, M_WAITOK | M_ZERO);
		oidp->oid_parent = parent;
		oidp->oid_number = nbr;
		oidp->oid_name = kstrdup(name, M_SYSCTLOID);
		oidp->oid_handler = handler;
		oidp->oid_kind = CTLFLAG_DYN | (u_int)kind;
		oidp->oid_fmt = fmt;
		oidp->oid_descr = descr;
		oidp->oid_arg1 = arg1;
		oidp->oid_arg2 = arg2;
		if ((kind & CTLTYPE) == CTLTYPE_NODE) {
			oidp->oid_arg1 = kmalloc(
			    sizeof(struct sysctl_oid_list), M_SYSCTLOID,
			    M_WAITOK);
			SLIST_INIT(SYSCTL_CHILDREN(oidp));
		}
		insert(oidp);
	}
	tree_leave();
	if (clist != NULL) {
		e = kmalloc(sizeof(*e), M_SYSCTLOID, M_WAITOK);
		e->entry = oidp;
		TAILQ_INSERT_TAIL(clist, e, link);
	}
	return (oidp);
}

int
sysctl_remove_oid(struct sysctl_oid *oidp, int del, int recurse)
{
	struct sysctl_oid *child;
	bool last;
	int error;

	if (oidp == NULL || (oidp->oid_kind & CTLFLAG_DYN) == 0)
		return (EINVAL);
	last = oidp->oid_refcnt == 1;
	if ((oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE && last) {
		while ((child = SLIST_FIRST(SYSCTL_CHILDREN(oidp))) != NULL) {
			if (!recurse)
				return (ENOTEMPTY);
			error = sysctl_remove_oid(child, del, recurse);
			if (error != 0)
				return (error);
		}
	}
	if (!del)
		return (0);
	sysctl_unregister_oid(oidp);
	if (last) {
		if ((oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE)
			kfree(oidp->oid_arg1, M_SYSCTLOID);
		kfree(__DECONST(char *, oidp->oid_name), M_SYSCTLOID);
		kfree(oidp, M_SYSCTLOID);
	}
	return (0);
}

/* Tree lock held.  *nindx: how many numbers the node itself took. */
int
sysctl_find_oid(int *name, u_int namelen, struct sysctl_oid **noid,
    int *nindx, struct sysctl_req *req)
{
	struct sysctl_oid_list *list = &sysctl__children;
	struct sysctl_oid *oidp;
	u_int used = 0;

	oidp = SLIST_FIRST(list);
	while (oidp != NULL && used < CTL_MAXNAME) {
		if (oidp->oid_number != name[used]) {
			oidp = SLIST_NEXT(oidp, oid_link);
			continue;
		}
		used++;
		if ((oidp->oid_kind & CTLTYPE) != CTLTYPE_NODE ||
		    oidp->oid_handler != NULL || used == namelen) {
			if ((oidp->oid_kind & CTLTYPE) != CTLTYPE_NODE &&
			    oidp->oid_handler == NULL)
				return (ENOENT);
			*noid = oidp;
			if (nindx != NULL)
				*nindx = used;
			return (0);
		}
		oidp = SLIST_FIRST(SYSCTL_CHILDREN(oidp));
	}
	return (ENOENT);
}

/* Whether this request may be made of this node. */
static int
check_access(struct sysctl_oid *oidp, struct sysctl_req *req)
{
	if (req->newptr == NULL)
		return (0);
	if ((oidp->oid_kind & CTLFLAG_WR) == 0)
		return (EPERM);
	if ((oidp->oid_kind & CTLFLAG_SECURE) && securelevel > 0)
		return (EPERM);
	if (req->td == NULL || (oidp->oid_kind & CTLFLAG_ANYBODY))
		return (0);
	return (priv_check(req->td, (oidp->oid_kind & CTLFLAG_PRISON) ?
	    PRIV_SYSCTL_WRITEJAIL : PRIV_SYSCTL_WRITE));
}

static int
call_handler(struct sysctl_oid *oidp, int *name, u_int namelen, u_int used,
    struct sysctl_req *req)
{
	void *arg1 = oidp->oid_arg1;
	intptr_t arg2 = oidp->oid_arg2;
	int how, error;

	if ((oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE) {
		arg1 = name + used;
		arg2 = namelen - used;
	}
	if (oidp->oid_kind & CTLFLAG_NOLOCK)
		return (oidp->oid_handler(oidp, arg1, arg2, req));
	how = req->newptr != NULL ? LK_EXCLUSIVE : LK_SHARED;
	if (oidp->oid_kind & CTLFLAG_EXLOCK)
		how = LK_EXCLUSIVE;
	if (oidp->oid_kind & CTLFLAG_SHLOCK)
		how = LK_SHARED;
	lockmgr(&oidp->oid_lock, how);
	error = oidp->oid_handler(oidp, arg1, arg2, req);
	lockmgr(&oidp->oid_lock, LK_RELEASE);
	return (error);
}

static int
sysctl_root(int *name, u_int namelen, struct sysctl_req *req)
{
	struct sysctl_oid *oidp;
	int used, error;

	tree_enter(LK_SHARED);
	error = sysctl_find_oid(name, namelen, &oidp, &used, req);
	if (error == 0 && (oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE &&
	    oidp->oid_handler == NULL)
		error = EISDIR;
	if (error == 0 && (oidp->oid_kind & CTLTYPE) != CTLTYPE_NODE &&
	    (u_int)used != namelen)
		error = ENOTDIR;
	if (error == 0)
		error = check_access(oidp, req);
	if (error != 0) {
		tree_leave();
		return (error);
	}
	atomic_add_int(&oidp->oid_running, 1);
	tree_leave();
	error = call_handler(oidp, name, namelen, used, req);
	if (atomic_fetchadd_int(&oidp->oid_running, -1) == 1 &&
	    (oidp->oid_kind & CTLFLAG_DYING))
		wakeup(&oidp->oid_running);
	return (error);
}

/* How much of len bytes at the request's position the buffer has room for. */
static size_t
old_room(const struct sysctl_req *req, size_t len)
{
	if (req->oldptr == NULL || req->oldidx >= req->oldlen)
		return (0);
	return (szmin(len, req->oldlen - req->oldidx));
}

static int
old_kernel(struct sysctl_req *req, const void *data, size_t len)
{
	size_t n = old_room(req, len);

	if (n > 0)
		memcpy((char *)req->oldptr + req->oldidx, data, n);
	req->oldidx += len;
	return (req->oldptr != NULL && n < len ? ENOMEM : 0);
}

static int
old_user(struct sysctl_req *req, const void *data, size_t len)
{
	size_t n = old_room(req, len);
	int error = 0;

	if (n > 0)
		error = copyout(data, (char *)req->oldptr + req->oldidx, n);
	req->oldidx += len;
	if (error == 0 && req->oldptr != NULL && n < len)
		error = ENOMEM;
	return (error);
}

static int
new_kernel(struct sysctl_req *req, void *data, size_t len)
{
	if (req->newptr == NULL)
		return (0);
	if (req->newlen - req->newidx < len)
		return (EINVAL);
	memcpy(data, (const char *)req->newptr + req->newidx, len);
	req->newidx += len;
	return (0);
}

static int
new_user(struct sysctl_req *req, void *data, size_t len)
{
	int error;

	if (req->newptr == NULL)
		return (0);
	if (req->newlen - req->newidx < len)
		return (EINVAL);
	error = copyin((const char *)req->newptr + req->newidx, data, len);
	req->newidx += len;
	return (error);
}

/* What the caller is told: bytes there are, or bytes copied. */
static size_t
result_size(const struct sysctl_req *req)
{
	if (req->oldptr != NULL && req->oldidx > req->oldlen)
		return (req->oldlen);
	return (req->oldidx);
}

static int
request(struct sysctl_req *req, int *name, u_int namelen, size_t *retval)
{
	int error;

	if (namelen < 1 || namelen > CTL_MAXNAME)
		return (EINVAL);
	error = sysctl_root(name, namelen, req);
	if (error != 0 && error != ENOMEM)
		return (error);
	if (retval != NULL)
		*retval = result_size(req);
	return (error);
}

int
kernel_sysctl(int *name, u_int namelen, void *old, size_t *oldlenp,
    const void *newp, size_t newlen, size_t *retval)
{
	struct sysctl_req req = {
		.oldptr = old, .oldlen = oldlenp != NULL ? *oldlenp : 0,
		.newptr = newp, .newlen = newlen,
		.oldfunc = old_kernel, .newfunc = new_kernel,
	};

	return (request(&req, name, namelen, retval));
}

int
kernel_sysctlbyname(const char *name, void *old, size_t *oldlenp,
    const void *newp, size_t newlen, size_t *retval)
{
	int query[2] = { CTL_SYSCTL, CTL_SYSCTL_NAME2OID };
	int oid[CTL_MAXNAME];
	size_t size = sizeof(oid), got;
	int error;

	error = kernel_sysctl(query, 2, oid, &size, name, strlen(name), &got);
	if (error != 0)
		return (error);
	return (kernel_sysctl(oid, got / sizeof(int), old, oldlenp, newp,
	    newlen, retval));
}

int
userland_sysctl(int *name, u_int namelen, void *old, size_t *oldlenp,
    int inkernel, const void *newp, size_t newlen, size_t *retval)
{
	struct sysctl_req req = {
		.td = curthread, .oldptr = old,
		.newptr = newp, .newlen = newlen,
		.oldfunc = old_user, .newfunc = new_user,
	};
	int error;

	if (oldlenp != NULL) {
		if (inkernel) {
			req.oldlen = *oldlenp;
		} else {
			error = copyin(oldlenp, &req.oldlen,
			    sizeof(req.oldlen));
			if (error != 0)
				return (error);
		}
	}
	return (request(&req, name, namelen, retval));
}

int
sys___sysctl(struct sysmsg *sysmsg, const struct sysctl_args *uap)
{
	int name[CTL_MAXNAME], error, error2;
	size_t size = 0;

	if (uap->namelen < 2 || uap->namelen > CTL_MAXNAME)
		return (EINVAL);
	error = copyin(uap->name, name, uap->namelen * sizeof(int));
	if (error != 0)
		return (error);
	error = userland_sysctl(name, uap->namelen, uap->old, uap->oldlenp, 0,
	    uap->new, uap->newlen, &size);
	if (error != 0 && error != ENOMEM)
		return (error);
	if (uap->oldlenp != NULL) {
		error2 = copyout(&size, uap->oldlenp, sizeof(size));
		if (error2 != 0)
			return (error2);
	}
	return (error);
}
