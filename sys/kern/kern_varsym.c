/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variables that expand in symbolic links: of a process, of a user, of the
 * system.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/varsym.h>

static MALLOC_DEFINE(M_VARSYM, "varsym", "variables of symbolic links");

static struct varsymset varsymset_sys;

static void
varsym_sysinit(void *unused)
{
	varsymset_init(&varsymset_sys, NULL);
}
SYSINIT(varsym, SI_SUB_INTRINSIC, SI_ORDER_FIRST, varsym_sysinit, NULL);

void
varsymdrop(varsym_t vs)
{
	if (atomic_fetchadd_int(&vs->vs_refs, -1) == 1)
		kfree(vs, M_VARSYM);
}

void
varsymset_init(struct varsymset *vss, struct varsymset *copy)
{
	struct varsym *vs;
	struct varsym_entry *ve, *nve;

	TAILQ_INIT(&vss->vx_queue);
	lockinit(&vss->vx_lock, "varsym", 0, LK_CANRECURSE);
	vss->vx_setsize = 0;
	if (copy == NULL || TAILQ_EMPTY(&copy->vx_queue))
		return;
	lockmgr(&copy->vx_lock, LK_SHARED);
	TAILQ_FOREACH(ve, &copy->vx_queue, ve_entry) {
		vs = ve->ve_sym;
		atomic_add_int(&vs->vs_refs, 1);
		nve = kmalloc(sizeof(*nve), M_VARSYM, M_WAITOK);
		nve->ve_sym = vs;
		TAILQ_INSERT_TAIL(&vss->vx_queue, nve, ve_entry);
	}
	vss->vx_setsize = copy->vx_setsize;
	lockmgr(&copy->vx_lock, LK_RELEASE);
}

void
varsymset_clean(struct varsymset *vss)
{
	struct varsym_entry *ve;

	while ((ve = TAILQ_FIRST(&vss->vx_queue)) != NULL) {
		TAILQ_REMOVE(&vss->vx_queue, ve, ve_entry);
		varsymdrop(ve->ve_sym);
		kfree(ve, M_VARSYM);
	}
	vss->vx_setsize = 0;
	lockuninit(&vss->vx_lock);
}

static struct varsym_entry *
varsym_lookup(struct varsymset *vss, const char *name, int namelen)
{
	struct varsym_entry *ve;

	TAILQ_FOREACH(ve, &vss->vx_queue, ve_entry) {
		if (ve->ve_sym->vs_namelen == namelen &&
		    bcmp(name, ve->ve_sym->vs_name, namelen) == 0)
			break;
	}
	return (ve);
}

/* The set of the current process for a level, or NULL. */
static struct varsymset *
varsym_level(int level)
{
	struct proc *p = curproc;

	switch (level) {
	case VARSYM_PROC:
		return (p != NULL ? &p->p_varsymset : NULL);
	case VARSYM_USER:
		return (p != NULL && p->p_ucred->cr_uidinfo != NULL ?
		    &p->p_ucred->cr_uidinfo->ui_varsymset : NULL);
	case VARSYM_SYS:
		return (&varsymset_sys);
	default:
		return (NULL);
	}
}

varsym_t
varsymfind(int mask, const char *name, int namelen)
{
	struct varsym_entry *ve;
	struct varsymset *vss;
	varsym_t vs = NULL;
	int level;

	for (level = VARSYM_PROC; level <= VARSYM_SYS && vs == NULL;
	    level++) {
		if ((mask & (1 << level)) == 0)
			continue;
		vss = varsym_level(level);
		if (vss == NULL || TAILQ_EMPTY(&vss->vx_queue))
			continue;
		lockmgr(&vss->vx_lock, LK_SHARED);
		ve = varsym_lookup(vss, name, namelen);
		if (ve != NULL) {
			vs = ve->ve_sym;
			atomic_add_int(&vs->vs_refs, 1);
		}
		lockmgr(&vss->vx_lock, LK_RELEASE);
	}
	return (vs);
}

static int
varsym_make(int level, const char *name, const char *data)
{
	int datalen, error = 0, namelen = strlen(name);
	struct varsym_entry *ve;
	struct varsymset *vss;
	struct varsym *vs;

	vss = varsym_level(level);
	if (vss == NULL)
		return (EINVAL);
	lockmgr(&vss->vx_lock, LK_EXCLUSIVE);
	ve = varsym_lookup(vss, name, namelen);
	if (ve != NULL) {
		vss->vx_setsize -= sizeof(*vs) + namelen +
		    strlen(ve->ve_sym->vs_data) + 8;
		TAILQ_REMOVE(&vss->vx_queue, ve, ve_entry);
		varsymdrop(ve->ve_sym);
		kfree(ve, M_VARSYM);
	} else if (data == NULL) {
		error = ENOENT;
	}
	if (data != NULL) {
		datalen = strlen(data);
		if (vss->vx_setsize + datalen + namelen > MAXVARSYM_SET) {
			error = E2BIG;
		} else {
			vs = kmalloc(sizeof(*vs) + namelen + datalen + 2,
			    M_VARSYM, M_WAITOK | M_ZERO);
			ve = kmalloc(sizeof(*ve), M_VARSYM, M_WAITOK);
			vs->vs_refs = 1;
			vs->vs_namelen = namelen;
			bcopy(name, vs->vs_name, namelen);
			vs->vs_data = vs->vs_name + namelen + 1;
			bcopy(data, vs->vs_data, datalen);
			ve->ve_sym = vs;
			TAILQ_INSERT_TAIL(&vss->vx_queue, ve, ve_entry);
			vss->vx_setsize += sizeof(*vs) + namelen + datalen +
			    8;
		}
	}
	lockmgr(&vss->vx_lock, LK_RELEASE);
	return (error);
}

/*
 * Replace every ${NAME} of cp, linklen bytes in a buffer of maxlen.  Unknown
 * names stay.  Returns the new length, or -1 if it would not fit.
 */
int
varsymreplace(char *cp, int linklen, int maxlen)
{
	int datalen, end, i, namelen;
	varsym_t vs;

	for (i = 0; i + 3 < linklen; i++) {
		if (cp[i] != '$' || cp[i + 1] != '{')
			continue;
		for (end = i + 2; end < linklen && cp[end] != '}'; end++)
			continue;
		if (end == linklen)
			break;
		namelen = end - (i + 2);
		vs = varsymfind(VARSYM_ALL_MASK, cp + i + 2, namelen);
		if (vs == NULL)
			continue;
		datalen = strlen(vs->vs_data);
		if (linklen - (namelen + 3) + datalen >= maxlen) {
			varsymdrop(vs);
			return (-1);
		}
		memmove(cp + i + datalen, cp + end + 1, linklen - end - 1);
		bcopy(vs->vs_data, cp + i, datalen);
		linklen += datalen - (namelen + 3);
		i += datalen - 1;
		varsymdrop(vs);
	}
	return (linklen);
}

int
sys_varsym_set(struct sysmsg *sysmsg, const struct varsym_set_args *uap)
{
	char name[MAXVARSYM_NAME], *buf = NULL;
	int error, level = uap->level;

	error = copyinstr(uap->name, name, sizeof(name), NULL);
	if (error)
		return (error);
	if (uap->data != NULL) {
		buf = kmalloc(MAXVARSYM_DATA, M_VARSYM, M_WAITOK);
		error = copyinstr(uap->data, buf, MAXVARSYM_DATA, NULL);
	}
	if (error == 0) {
		switch (level) {
		case VARSYM_SYS:
		case VARSYM_PRISON:
			error = priv_check(curthread, PRIV_VARSYM_SYS);
			break;
		case VARSYM_USER:
		case VARSYM_PROC:
			break;
		default:
			error = EINVAL;
			break;
		}
	}
	if (error == 0)
		error = varsym_make(level, name, buf);
	if (buf != NULL)
		kfree(buf, M_VARSYM);
	return (error);
}

int
sys_varsym_get(struct sysmsg *sysmsg, const struct varsym_get_args *uap)
{
	char wild[MAXVARSYM_NAME];
	varsym_t vs;
	int dlen, error;

	error = copyinstr(uap->wild, wild, sizeof(wild), NULL);
	if (error)
		return (error);
	vs = varsymfind(uap->mask, wild, strlen(wild));
	if (vs == NULL)
		return (ENOENT);
	dlen = strlen(vs->vs_data);
	if (dlen < uap->bufsize)
		error = copyout(vs->vs_data, uap->buf, dlen + 1);
	else if (uap->bufsize > 0)
		error = copyout("", uap->buf, 1);
	sysmsg->sysmsg_result = dlen + 1;
	varsymdrop(vs);
	return (error);
}

/*
 * The variables of a level, from the *marker'th on, as name NUL data NUL
 * pairs; *marker becomes the next one's number or -1.
 */
int
sys_varsym_list(struct sysmsg *sysmsg, const struct varsym_list_args *uap)
{
	struct varsym_entry *ve;
	struct varsymset *vss;
	struct varsym *vs;
	int bytes = 0, error, i = 0, marker, dlen;

	error = copyin(uap->marker, &marker, sizeof(marker));
	if (error)
		return (error);
	vss = varsym_level(uap->level);
	if (vss == NULL)
		return (EINVAL);
	lockmgr(&vss->vx_lock, LK_SHARED);
	TAILQ_FOREACH(ve, &vss->vx_queue, ve_entry) {
		vs = ve->ve_sym;
		if (i++ < marker)
			continue;
		dlen = strlen(vs->vs_data);
		if (bytes + vs->vs_namelen + dlen + 2 > uap->maxsize) {
			i--;
			break;
		}
		error = copyout(vs->vs_name, uap->buf + bytes,
		    vs->vs_namelen + 1);
		bytes += vs->vs_namelen + 1;
		if (error == 0)
			error = copyout(vs->vs_data, uap->buf + bytes,
			    dlen + 1);
		bytes += dlen + 1;
		if (error)
			break;
	}
	lockmgr(&vss->vx_lock, LK_RELEASE);
	if (error)
		return (error);
	if (ve != NULL && bytes == 0)
		return (EOVERFLOW);
	marker = ve == NULL ? -1 : i;
	error = copyout(&marker, uap->marker, sizeof(marker));
	sysmsg->sysmsg_result = bytes;
	return (error);
}
