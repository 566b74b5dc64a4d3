/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The standard sysctl handlers, and the nodes {0, n} through which programs
 * learn names, types and descriptions (doc/reference/abi/process-abi.md
 * 15.2).
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/sysctl.h>

SYSCTL_NODE(, CTL_SYSCTL, sysctl, 0, 0, "Sysctl internal magic");

/* A variable of `size' bytes, or without one the constant arg2. */
static int
handle_sized(void *arg1, intptr_t arg2, size_t size, struct sysctl_req *req)
{
	int error;

	if (arg1 != NULL)
		error = SYSCTL_OUT(req, arg1, size);
	else
		error = SYSCTL_OUT(req, &arg2, size);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (arg1 == NULL)
		return (EPERM);
	return (SYSCTL_IN(req, arg1, size));
}

int
sysctl_handle_bool(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(bool), req));
}

int
sysctl_handle_8(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(int8_t), req));
}

int
sysctl_handle_16(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(int16_t), req));
}

int
sysctl_handle_32(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(int32_t), req));
}

int
sysctl_handle_64(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(int64_t), req));
}

int
sysctl_handle_int(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(int), req));
}

/* A long may be read into an int when its value fits one. */
int
sysctl_handle_long(SYSCTL_HANDLER_ARGS)
{
	long value = arg1 != NULL ? *(long *)arg1 : (long)arg2;
	int narrow = value;
	int error;

	if (req->oldptr != NULL && req->oldlen == sizeof(int) &&
	    value == narrow) {
		error = SYSCTL_OUT(req, &narrow, sizeof(narrow));
		if (error != 0 || req->newptr == NULL)
			return (error);
		return (arg1 != NULL ? SYSCTL_IN(req, arg1, sizeof(long)) :
		    EPERM);
	}
	return (handle_sized(arg1, arg2, sizeof(long), req));
}

int
sysctl_handle_quad(SYSCTL_HANDLER_ARGS)
{
	return (handle_sized(arg1, arg2, sizeof(quad_t), req));
}

/* arg2: size of the buffer; 0 means a constant string. */
int
sysctl_handle_string(SYSCTL_HANDLER_ARGS)
{
	size_t len;
	int error;

	error = SYSCTL_OUT(req, arg1, strlen(arg1) + 1);
	if (error != 0 || req->newptr == NULL)
		return (error);
	len = req->newlen - req->newidx;
	if (arg2 <= 0 || len >= (size_t)arg2)
		return (EINVAL);
	error = SYSCTL_IN(req, arg1, len);
	((char *)arg1)[len] = '\0';
	return (error);
}

int
sysctl_handle_opaque(SYSCTL_HANDLER_ARGS)
{
	int error;

	error = SYSCTL_OUT(req, arg1, arg2);
	if (error == 0 && req->newptr != NULL)
		error = SYSCTL_IN(req, arg1, arg2);
	return (error);
}

/* An int that may only be set within [low, high]. */
int
sysctl_int_range(SYSCTL_HANDLER_ARGS, int low, int high)
{
	int value = *(int *)arg1, error;

	error = sysctl_handle_int(oidp, &value, 0, req);
	if (error != 0 || req->newptr == NULL)
		return (error);
	if (value < low || value > high)
		return (EOPNOTSUPP);
	*(int *)arg1 = value;
	return (0);
}

/* {0,1,oid...}: the dotted name; numbers without a node stand as numbers. */
static int
sysctl_sysctl_name(SYSCTL_HANDLER_ARGS)
{
	struct sysctl_oid_list *list = &sysctl__children;
	struct sysctl_oid *oidp1;
	int *name = arg1, error = 0;
	u_int n = arg2;
	char buf[16];

	for (u_int i = 0; i < n && error == 0; i++) {
		if (i > 0)
			error = SYSCTL_OUT(req, ".", 1);
		oidp1 = NULL;
		if (list != NULL) {
			SLIST_FOREACH(oidp1, list, oid_link) {
				if (oidp1->oid_number == name[i])
					break;
			}
		}
		if (error != 0)
			break;
		if (oidp1 == NULL) {
			ksnprintf(buf, sizeof(buf), "%d", name[i]);
			error = SYSCTL_OUT(req, buf, strlen(buf));
			list = NULL;
			continue;
		}
		error = SYSCTL_OUT(req, oidp1->oid_name,
		    strlen(oidp1->oid_name));
		list = (oidp1->oid_kind & CTLTYPE) == CTLTYPE_NODE &&
		    oidp1->oid_handler == NULL ? SYSCTL_CHILDREN(oidp1) : NULL;
	}
	return (error != 0 ? error : SYSCTL_OUT(req, "", 1));
}
SYSCTL_NODE(_sysctl, CTL_SYSCTL_NAME, name, CTLFLAG_RD, sysctl_sysctl_name,
    "Name of an identifier");

/*
 * The first leaf after name (n numbers) in depth first order below list.
 * Writes it to next and returns its length, 0 if there is none.
 */
static u_int
next_leaf(struct sysctl_oid_list *list, const int *name, u_int n, int *next,
    u_int level)
{
	struct sysctl_oid *oidp;
	u_int len;

	if (level == CTL_MAXNAME)
		return (0);
	SLIST_FOREACH(oidp, list, oid_link) {
		bool same = n > 0 && oidp->oid_number == name[0];

		if (oidp->oid_kind & CTLFLAG_SKIP)
			continue;
		if (n > 0 && oidp->oid_number < name[0])
			continue;
		next[level] = oidp->oid_number;
		if ((oidp->oid_kind & CTLTYPE) != CTLTYPE_NODE ||
		    oidp->oid_handler != NULL) {
			if (!same)
				return (level + 1);
			continue;
		}
		len = next_leaf(SYSCTL_CHILDREN(oidp), name + 1,
		    same ? n - 1 : 0, next, level + 1);
		if (len != 0)
			return (len);
	}
	return (0);
}

static int
sysctl_sysctl_next(SYSCTL_HANDLER_ARGS)
{
	int next[CTL_MAXNAME];
	u_int len;

	len = next_leaf(&sysctl__children, arg1, arg2, next, 0);
	if (len == 0)
		return (ENOENT);
	return (SYSCTL_OUT(req, next, len * sizeof(int)));
}
SYSCTL_NODE(_sysctl, CTL_SYSCTL_NEXT, next, CTLFLAG_RD, sysctl_sysctl_next,
    "Next leaf of the tree");

static int
name_to_oid(char *name, int *oid, u_int *len)
{
	struct sysctl_oid_list *list = &sysctl__children;
	struct sysctl_oid *oidp;
	char *word;
	u_int n = 0;

	while ((word = strsep(&name, ".")) != NULL) {
		if (*word == '\0' && name == NULL && n > 0)
			break;		/* "kern." is "kern" */
		if (list == NULL || n == CTL_MAXNAME)
			return (ENOENT);
		SLIST_FOREACH(oidp, list, oid_link) {
			if (strcmp(oidp->oid_name, word) == 0)
				break;
		}
		if (oidp == NULL)
			return (ENOENT);
		oid[n++] = oidp->oid_number;
		list = (oidp->oid_kind & CTLTYPE) == CTLTYPE_NODE &&
		    oidp->oid_handler == NULL ? SYSCTL_CHILDREN(oidp) : NULL;
	}
	*len = n;
	return (0);
}

static int
sysctl_sysctl_name2oid(SYSCTL_HANDLER_ARGS)
{
	int oid[CTL_MAXNAME], error;
	u_int len;
	char *name;

	if (req->newlen == 0)
		return (ENOENT);
	if (req->newlen >= MAXPATHLEN)
		return (ENAMETOOLONG);
	name = kmalloc(req->newlen + 1, M_TEMP, M_WAITOK);
	error = SYSCTL_IN(req, name, req->newlen);
	if (error == 0) {
		name[req->newlen] = '\0';
		error = name_to_oid(name, oid, &len);
	}
	kfree(name, M_TEMP);
	if (error == 0)
		error = SYSCTL_OUT(req, oid, len * sizeof(int));
	return (error);
}
SYSCTL_PROC(_sysctl, CTL_SYSCTL_NAME2OID, name2oid, CTLTYPE_OPAQUE |
    CTLFLAG_RW | CTLFLAG_ANYBODY, 0, 0, sysctl_sysctl_name2oid, "I",
    "Identifier of a name");

static int
sysctl_sysctl_oidfmt(SYSCTL_HANDLER_ARGS)
{
	struct sysctl_oid *found;
	int error;

	error = sysctl_find_oid(arg1, arg2, &found, NULL, req);
	if (error != 0)
		return (error);
	if (found->oid_fmt == NULL)
		return (ENOENT);
	error = SYSCTL_OUT(req, &found->oid_kind, sizeof(found->oid_kind));
	if (error == 0)
		error = SYSCTL_OUT_STR(req, found->oid_fmt);
	return (error);
}
SYSCTL_NODE(_sysctl, CTL_SYSCTL_OIDFMT, oidfmt, CTLFLAG_RD,
    sysctl_sysctl_oidfmt, "Kind and format of an identifier");

static int
sysctl_sysctl_oiddescr(SYSCTL_HANDLER_ARGS)
{
	struct sysctl_oid *found;
	int error;

	error = sysctl_find_oid(arg1, arg2, &found, NULL, req);
	if (error != 0)
		return (error);
	if (found->oid_descr == NULL)
		return (ENOENT);
	return (SYSCTL_OUT_STR(req, found->oid_descr));
}
SYSCTL_NODE(_sysctl, CTL_SYSCTL_OIDDESCR, oiddescr, CTLFLAG_RD,
    sysctl_sysctl_oiddescr, "Description of an identifier");
