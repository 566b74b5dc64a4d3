/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Balanced trees kept inside the elements they order.
 *
 *	RB	red-black tree with parent pointers: ordered maps
 *	SPLAY	self-adjusting tree: recently used elements are near the root
 *
 * RB_PROTOTYPE declares and RB_GENERATE defines the functions of one kind
 * of tree; cmp(a, b) returns < 0, 0 or > 0.  The variants numbered 2 and 3
 * also make name_RB_RLOOKUP, which finds an element by one indexed field,
 * and 4, by a range of two.  RB_INSERT returns the element already there on
 * a collision, NULL on success.
 *
 * RB_SCAN calls a function for each element that scancmp says is inside
 * (0; < 0 means below the range, > 0 above it), in order.  The callback may
 * remove elements, also others than its own, and may insert.  A negative
 * return value ends the scan and is returned; others are added up.  RB_SCAN
 * leaves a note in the head and so needs the tree exclusively, though it
 * may nest; RB_SCAN_NOLK leaves none, suits shared holders, and its
 * callback may remove only the element it is given.
 */
#ifndef _SYS_TREE_H_
#define _SYS_TREE_H_

#include <sys/cdefs.h>
#include <sys/_null.h>

#define RB_BLACK	0
#define RB_RED		1

/* A scan in progress: the element to visit next. */
#define RB_SCAN_INFO(name, type)					\
struct name##_scan_info {						\
	struct name##_scan_info *link;					\
	struct type *node;						\
}

#define RB_HEAD(name, type)						\
struct name {								\
	struct type *rbh_root;						\
	struct name##_scan_info *rbh_inprog;	/* RB_SCANs running */	\
}
#define RB_INITIALIZER(root)	{ NULL, NULL }
#define RB_INIT(root) do {						\
	(root)->rbh_root = NULL;					\
	(root)->rbh_inprog = NULL;					\
} while (0)
#define RB_ENTRY(type)							\
struct {								\
	struct type *rbe_left;						\
	struct type *rbe_right;						\
	struct type *rbe_parent;					\
	int	rbe_color;						\
}

#define RB_LEFT(elm, field)	((elm)->field.rbe_left)
#define RB_RIGHT(elm, field)	((elm)->field.rbe_right)
#define RB_PARENT(elm, field)	((elm)->field.rbe_parent)
#define RB_COLOR(elm, field)	((elm)->field.rbe_color)
#define RB_ROOT(head)		((head)->rbh_root)
#define RB_INPROG(head)		((head)->rbh_inprog)
#define RB_EMPTY(head)		(RB_ROOT(head) == NULL)
#define RB_ISRED(elm, field)	((elm) != NULL && RB_COLOR(elm, field) == RB_RED)

#define RB_INSERT(name, head, elm)	name##_RB_INSERT(head, elm)
#define RB_REMOVE(name, head, elm)	name##_RB_REMOVE(head, elm)
#define RB_FIND(name, head, elm)	name##_RB_FIND(head, elm)
#define RB_NFIND(name, head, elm)	name##_RB_NFIND(head, elm)
#define RB_SCAN(name, head, cmp, callback, data)			\
	name##_RB_SCAN(head, cmp, callback, data)
#define RB_SCAN_NOLK(name, head, cmp, callback, data)			\
	name##_RB_SCAN_NOLK(head, cmp, callback, data)
#define RB_NEXT(name, head, elm)	name##_RB_NEXT(elm)
#define RB_PREV(name, head, elm)	name##_RB_PREV(elm)
#define RB_FIRST(name, head)		name##_RB_MINMAX(head, -1)
#define RB_LAST(name, head)		name##_RB_MINMAX(head, 1)
#define RB_MIN(name, head)		name##_RB_MINMAX(head, -1)
#define RB_MAX(name, head)		name##_RB_MINMAX(head, 1)
#define RB_LOOKUP(name, head, value)	name##_RB_LOOKUP(head, value)
#define RB_RLOOKUP(name, head, value)	name##_RB_RLOOKUP(head, value)

#define RB_FOREACH(var, name, head)					\
	for ((var) = RB_MIN(name, head); (var) != NULL;			\
	    (var) = name##_RB_NEXT(var))
#define RB_FOREACH_FROM(var, name, from)				\
	for ((var) = (from); (var) != NULL; (var) = name##_RB_NEXT(var))
#define RB_FOREACH_MUTABLE(var, name, head, tvar)			\
	for ((var) = RB_MIN(name, head);				\
	    (var) != NULL && ((tvar) = name##_RB_NEXT(var), 1);		\
	    (var) = (tvar))
#define RB_FOREACH_SAFE		RB_FOREACH_MUTABLE
#define RB_FOREACH_REVERSE(var, name, head)				\
	for ((var) = RB_MAX(name, head); (var) != NULL;			\
	    (var) = name##_RB_PREV(var))
#define RB_FOREACH_REVERSE_MUTABLE(var, name, head, tvar)		\
	for ((var) = RB_MAX(name, head);				\
	    (var) != NULL && ((tvar) = name##_RB_PREV(var), 1);		\
	    (var) = (tvar))
#define RB_FOREACH_REVERSE_SAFE	RB_FOREACH_REVERSE_MUTABLE

/*
 * Prototypes
 */
#define _RB_PROTOTYPE(name, type, field, cmp, STORQUAL)			\
struct name##_scan_info;						\
STORQUAL struct type *name##_RB_INSERT(struct name *, struct type *);	\
STORQUAL struct type *name##_RB_REMOVE(struct name *, struct type *);	\
STORQUAL struct type *name##_RB_FIND(struct name *, struct type *);	\
STORQUAL struct type *name##_RB_NFIND(struct name *, struct type *);	\
STORQUAL int name##_RB_SCAN(struct name *,				\
	    int (*)(struct type *, void *),				\
	    int (*)(struct type *, void *), void *);			\
STORQUAL int name##_RB_SCAN_NOLK(struct name *,				\
	    int (*)(struct type *, void *),				\
	    int (*)(struct type *, void *), void *);			\
STORQUAL struct type *name##_RB_NEXT(struct type *);			\
STORQUAL struct type *name##_RB_PREV(struct type *);			\
STORQUAL struct type *name##_RB_MINMAX(struct name *, int);		\
RB_SCAN_INFO(name, type)

#define RB_PROTOTYPE(name, type, field, cmp)				\
	_RB_PROTOTYPE(name, type, field, cmp,)
#define RB_PROTOTYPE_STATIC(name, type, field, cmp)			\
	_RB_PROTOTYPE(name, type, field, cmp, __unused static)
#define RB_PROTOTYPEX(name, ext, type, field, cmp, datatype)		\
	RB_PROTOTYPE(name, type, field, cmp);				\
struct type *name##_RB_LOOKUP_##ext(struct name *, datatype)
#define RB_PROTOTYPE2(name, type, field, cmp, datatype)			\
	RB_PROTOTYPE(name, type, field, cmp);				\
struct type *name##_RB_LOOKUP(struct name *, datatype)
#define RB_PROTOTYPE3(name, type, field, cmp, datatype)			\
	RB_PROTOTYPE2(name, type, field, cmp, datatype);		\
struct type *name##_RB_RLOOKUP(struct name *, datatype)
#define RB_PROTOTYPE4(name, type, field, cmp, datatype)			\
	RB_PROTOTYPE2(name, type, field, cmp, datatype);		\
struct type *name##_RB_RLOOKUP(struct name *, datatype)

/*
 * Rebalancing.  A rotation moves the child on one side of elm into elm's
 * place; dir and opp name the two sides (LEFT, RIGHT).
 */
#define _RB_ROTATE(name, type, field, dir, opp)				\
static void								\
name##_RB_ROTATE_##dir(struct name *head, struct type *elm)		\
{									\
	struct type *up = RB_##opp(elm, field);				\
	struct type *par = RB_PARENT(elm, field);			\
									\
	RB_##opp(elm, field) = RB_##dir(up, field);			\
	if (RB_##dir(up, field) != NULL)				\
		RB_PARENT(RB_##dir(up, field), field) = elm;		\
	RB_PARENT(up, field) = par;					\
	if (par == NULL)						\
		RB_ROOT(head) = up;					\
	else if (RB_LEFT(par, field) == elm)				\
		RB_LEFT(par, field) = up;				\
	else								\
		RB_RIGHT(par, field) = up;				\
	RB_##dir(up, field) = elm;					\
	RB_PARENT(elm, field) = up;					\
}

/* elm, just linked and red, may have a red parent. */
#define _RB_INSERT_SIDE(name, field, dir, opp)				\
	uncle = RB_##opp(gp, field);					\
	if (RB_ISRED(uncle, field)) {					\
		RB_COLOR(uncle, field) = RB_BLACK;			\
		RB_COLOR(par, field) = RB_BLACK;			\
		RB_COLOR(gp, field) = RB_RED;				\
		elm = gp;						\
		continue;						\
	}								\
	if (RB_##opp(par, field) == elm) {				\
		name##_RB_ROTATE_##dir(head, par);			\
		elm = par;						\
		par = RB_PARENT(elm, field);				\
	}								\
	RB_COLOR(par, field) = RB_BLACK;				\
	RB_COLOR(gp, field) = RB_RED;					\
	name##_RB_ROTATE_##opp(head, gp);

#define _RB_INSERT_FIXUP(name, type, field)				\
static void								\
name##_RB_INSERT_FIXUP(struct name *head, struct type *elm)		\
{									\
	struct type *par, *gp, *uncle;					\
									\
	while ((par = RB_PARENT(elm, field)) != NULL &&			\
	    RB_COLOR(par, field) == RB_RED) {				\
		gp = RB_PARENT(par, field);				\
		if (par == RB_LEFT(gp, field)) {			\
			_RB_INSERT_SIDE(name, field, LEFT, RIGHT)	\
		} else {						\
			_RB_INSERT_SIDE(name, field, RIGHT, LEFT)	\
		}							\
	}								\
	RB_COLOR(RB_ROOT(head), field) = RB_BLACK;			\
}

/* The side of par that holds elm (maybe NULL) is one black node short. */
#define _RB_REMOVE_SIDE(name, field, dir, opp)				\
	sib = RB_##opp(par, field);					\
	if (RB_COLOR(sib, field) == RB_RED) {				\
		RB_COLOR(sib, field) = RB_BLACK;			\
		RB_COLOR(par, field) = RB_RED;				\
		name##_RB_ROTATE_##dir(head, par);			\
		sib = RB_##opp(par, field);				\
	}								\
	if (!RB_ISRED(RB_LEFT(sib, field), field) &&			\
	    !RB_ISRED(RB_RIGHT(sib, field), field)) {			\
		RB_COLOR(sib, field) = RB_RED;				\
		elm = par;						\
		par = RB_PARENT(elm, field);				\
		continue;						\
	}								\
	if (!RB_ISRED(RB_##opp(sib, field), field)) {			\
		RB_COLOR(RB_##dir(sib, field), field) = RB_BLACK;	\
		RB_COLOR(sib, field) = RB_RED;				\
		name##_RB_ROTATE_##opp(head, sib);			\
		sib = RB_##opp(par, field);				\
	}								\
	RB_COLOR(sib, field) = RB_COLOR(par, field);			\
	RB_COLOR(par, field) = RB_BLACK;				\
	RB_COLOR(RB_##opp(sib, field), field) = RB_BLACK;		\
	name##_RB_ROTATE_##dir(head, par);				\
	elm = RB_ROOT(head);						\
	break;

#define _RB_REMOVE_FIXUP(name, type, field)				\
static void								\
name##_RB_REMOVE_FIXUP(struct name *head, struct type *par,		\
    struct type *elm)							\
{									\
	struct type *sib;						\
									\
	while (elm != RB_ROOT(head) && !RB_ISRED(elm, field)) {		\
		if (RB_LEFT(par, field) == elm) {			\
			_RB_REMOVE_SIDE(name, field, LEFT, RIGHT)	\
		} else {						\
			_RB_REMOVE_SIDE(name, field, RIGHT, LEFT)	\
		}							\
	}								\
	if (elm != NULL)						\
		RB_COLOR(elm, field) = RB_BLACK;			\
}

/* Hang new (maybe NULL) where old hangs. */
#define _RB_TRANSPLANT(name, type, field)				\
static void								\
name##_RB_TRANSPLANT(struct name *head, struct type *old,		\
    struct type *new)							\
{									\
	struct type *par = RB_PARENT(old, field);			\
									\
	if (par == NULL)						\
		RB_ROOT(head) = new;					\
	else if (RB_LEFT(par, field) == old)				\
		RB_LEFT(par, field) = new;				\
	else								\
		RB_RIGHT(par, field) = new;				\
	if (new != NULL)						\
		RB_PARENT(new, field) = par;				\
}

#define _RB_REMOVE(name, type, field, STORQUAL)				\
STORQUAL struct type *							\
name##_RB_REMOVE(struct name *head, struct type *elm)			\
{									\
	struct type *child, *par, *succ;				\
	struct name##_scan_info *scan;					\
	int color;							\
									\
	for (scan = RB_INPROG(head); scan != NULL; scan = scan->link) {	\
		if (scan->node == elm)					\
			scan->node = name##_RB_NEXT(elm);		\
	}								\
	color = RB_COLOR(elm, field);					\
	par = RB_PARENT(elm, field);					\
	if (RB_LEFT(elm, field) == NULL) {				\
		child = RB_RIGHT(elm, field);				\
		name##_RB_TRANSPLANT(head, elm, child);			\
	} else if (RB_RIGHT(elm, field) == NULL) {			\
		child = RB_LEFT(elm, field);				\
		name##_RB_TRANSPLANT(head, elm, child);			\
	} else {							\
		succ = RB_RIGHT(elm, field);				\
		while (RB_LEFT(succ, field) != NULL)			\
			succ = RB_LEFT(succ, field);			\
		color = RB_COLOR(succ, field);				\
		child = RB_RIGHT(succ, field);				\
		par = RB_PARENT(succ, field);				\
		if (par == elm) {					\
			par = succ;					\
		} else {						\
			name##_RB_TRANSPLANT(head, succ, child);	\
			RB_RIGHT(succ, field) = RB_RIGHT(elm, field);	\
			RB_PARENT(RB_RIGHT(succ, field), field) = succ;	\
		}							\
		name##_RB_TRANSPLANT(head, elm, succ);			\
		RB_LEFT(succ, field) = RB_LEFT(elm, field);		\
		RB_PARENT(RB_LEFT(succ, field), field) = succ;		\
		RB_COLOR(succ, field) = RB_COLOR(elm, field);		\
	}								\
	if (color == RB_BLACK)						\
		name##_RB_REMOVE_FIXUP(head, par, child);		\
	return (elm);							\
}

#define _RB_INSERT(name, type, field, cmp, STORQUAL)			\
STORQUAL struct type *							\
name##_RB_INSERT(struct name *head, struct type *elm)			\
{									\
	struct type **link = &RB_ROOT(head);				\
	struct type *par = NULL;					\
	int comp;							\
									\
	while (*link != NULL) {						\
		par = *link;						\
		comp = cmp(elm, par);					\
		if (comp < 0)						\
			link = &RB_LEFT(par, field);			\
		else if (comp > 0)					\
			link = &RB_RIGHT(par, field);			\
		else							\
			return (par);					\
	}								\
	RB_LEFT(elm, field) = RB_RIGHT(elm, field) = NULL;		\
	RB_PARENT(elm, field) = par;					\
	RB_COLOR(elm, field) = RB_RED;					\
	*link = elm;							\
	name##_RB_INSERT_FIXUP(head, elm);				\
	return (NULL);							\
}

#define _RB_SEARCH(name, type, field, cmp, STORQUAL)			\
STORQUAL struct type *							\
name##_RB_FIND(struct name *head, struct type *elm)			\
{									\
	struct type *tmp = RB_ROOT(head);				\
	int comp;							\
									\
	while (tmp != NULL && (comp = cmp(elm, tmp)) != 0)		\
		tmp = comp < 0 ? RB_LEFT(tmp, field) :			\
		    RB_RIGHT(tmp, field);				\
	return (tmp);							\
}									\
									\
/* The first element at or above elm. */				\
STORQUAL struct type *							\
name##_RB_NFIND(struct name *head, struct type *elm)			\
{									\
	struct type *tmp = RB_ROOT(head), *res = NULL;			\
	int comp;							\
									\
	while (tmp != NULL) {						\
		comp = cmp(elm, tmp);					\
		if (comp == 0)						\
			return (tmp);					\
		if (comp < 0) {						\
			res = tmp;					\
			tmp = RB_LEFT(tmp, field);			\
		} else {						\
			tmp = RB_RIGHT(tmp, field);			\
		}							\
	}								\
	return (res);							\
}

#define _RB_STEP(name, type, field, NAME, dir, opp, STORQUAL)		\
STORQUAL struct type *							\
name##_RB_##NAME(struct type *elm)					\
{									\
	struct type *from;						\
									\
	if (RB_##dir(elm, field) != NULL) {				\
		elm = RB_##dir(elm, field);				\
		while (RB_##opp(elm, field) != NULL)			\
			elm = RB_##opp(elm, field);			\
		return (elm);						\
	}								\
	do {								\
		from = elm;						\
		elm = RB_PARENT(elm, field);				\
	} while (elm != NULL && RB_##dir(elm, field) == from);		\
	return (elm);							\
}

#define _RB_MINMAX(name, type, field, STORQUAL)				\
STORQUAL struct type *							\
name##_RB_MINMAX(struct name *head, int val)				\
{									\
	struct type *tmp = RB_ROOT(head), *last = NULL;			\
									\
	while (tmp != NULL) {						\
		last = tmp;						\
		tmp = val < 0 ? RB_LEFT(tmp, field) :			\
		    RB_RIGHT(tmp, field);				\
	}								\
	return (last);							\
}

#define _RB_SCAN(name, type, field, STORQUAL)				\
/* The first element inside the range. */				\
static struct type *							\
name##_RB_SCAN_FIRST(struct name *head,					\
    int (*scancmp)(struct type *, void *), void *data)			\
{									\
	struct type *tmp = RB_ROOT(head), *best = NULL;			\
	int comp;							\
									\
	if (scancmp == NULL)						\
		return (name##_RB_MINMAX(head, -1));			\
	while (tmp != NULL) {						\
		comp = scancmp(tmp, data);				\
		if (comp < 0) {						\
			tmp = RB_RIGHT(tmp, field);			\
		} else {						\
			if (comp == 0)					\
				best = tmp;				\
			tmp = RB_LEFT(tmp, field);			\
		}							\
	}								\
	return (best);							\
}									\
									\
STORQUAL int								\
name##_RB_SCAN(struct name *head, int (*scancmp)(struct type *, void *), \
    int (*callback)(struct type *, void *), void *data)			\
{									\
	struct name##_scan_info info, **infop;				\
	struct type *tmp;						\
	int count = 0, comp;						\
									\
	info.node = name##_RB_SCAN_FIRST(head, scancmp, data);		\
	info.link = RB_INPROG(head);					\
	RB_INPROG(head) = &info;					\
	while ((tmp = info.node) != NULL) {				\
		if (scancmp != NULL && scancmp(tmp, data) != 0)		\
			break;						\
		info.node = name##_RB_NEXT(tmp);			\
		comp = callback(tmp, data);				\
		if (comp < 0) {						\
			count = comp;					\
			break;						\
		}							\
		count += comp;						\
	}								\
	for (infop = &RB_INPROG(head); *infop != &info;			\
	    infop = &(*infop)->link)					\
		continue;						\
	*infop = info.link;						\
	return (count);							\
}									\
									\
STORQUAL int								\
name##_RB_SCAN_NOLK(struct name *head,					\
    int (*scancmp)(struct type *, void *),				\
    int (*callback)(struct type *, void *), void *data)			\
{									\
	struct type *tmp, *next;					\
	int count = 0, comp;						\
									\
	for (tmp = name##_RB_SCAN_FIRST(head, scancmp, data);		\
	    tmp != NULL; tmp = next) {					\
		if (scancmp != NULL && scancmp(tmp, data) != 0)		\
			break;						\
		next = name##_RB_NEXT(tmp);				\
		comp = callback(tmp, data);				\
		if (comp < 0)						\
			return (comp);					\
		count += comp;						\
	}								\
	return (count);							\
}

#define _RB_GENERATE(name, type, field, cmp, STORQUAL)			\
_RB_ROTATE(name, type, field, LEFT, RIGHT)				\
_RB_ROTATE(name, type, field, RIGHT, LEFT)				\
_RB_INSERT_FIXUP(name, type, field)					\
_RB_REMOVE_FIXUP(name, type, field)					\
_RB_TRANSPLANT(name, type, field)					\
_RB_STEP(name, type, field, NEXT, RIGHT, LEFT, STORQUAL)		\
_RB_STEP(name, type, field, PREV, LEFT, RIGHT, STORQUAL)		\
_RB_MINMAX(name, type, field, STORQUAL)					\
_RB_REMOVE(name, type, field, STORQUAL)					\
_RB_INSERT(name, type, field, cmp, STORQUAL)				\
_RB_SEARCH(name, type, field, cmp, STORQUAL)				\
_RB_SCAN(name, type, field, STORQUAL)					\
struct __hack

#define RB_GENERATE(name, type, field, cmp)				\
	_RB_GENERATE(name, type, field, cmp,)
#define RB_GENERATE_STATIC(name, type, field, cmp)			\
	_RB_GENERATE(name, type, field, cmp, __unused static)

/* By the value of one indexed field, on which cmp orders. */
#define _RB_LOOKUP(fname, name, type, field, datatype, indexfield)	\
struct type *								\
fname(struct name *head, datatype value)				\
{									\
	struct type *tmp = RB_ROOT(head);				\
									\
	while (tmp != NULL && tmp->indexfield != value)			\
		tmp = value < tmp->indexfield ? RB_LEFT(tmp, field) :	\
		    RB_RIGHT(tmp, field);				\
	return (tmp);							\
}
#define RB_GENERATE_XLOOKUP(name, ext, type, field, xcmp, datatype)	\
struct type *								\
name##_RB_LOOKUP_##ext(struct name *head, datatype value)		\
{									\
	struct type *tmp = RB_ROOT(head);				\
	int comp;							\
									\
	while (tmp != NULL && (comp = xcmp(value, tmp)) != 0)		\
		tmp = comp < 0 ? RB_LEFT(tmp, field) :			\
		    RB_RIGHT(tmp, field);				\
	return (tmp);							\
}									\
struct __hack
#define RB_GENERATE2(name, type, field, cmp, datatype, indexfield)	\
RB_GENERATE(name, type, field, cmp);					\
_RB_LOOKUP(name##_RB_LOOKUP, name, type, field, datatype, indexfield)	\
struct __hack

/* By a value inside [begfield, endfield], endfield being the last inside. */
#define _RB_RLOOKUP(name, type, field, datatype, begfield, endfield)	\
struct type *								\
name##_RB_RLOOKUP(struct name *head, datatype value)			\
{									\
	struct type *tmp = RB_ROOT(head);				\
									\
	while (tmp != NULL) {						\
		if (value < tmp->begfield)				\
			tmp = RB_LEFT(tmp, field);			\
		else if (value > tmp->endfield)				\
			tmp = RB_RIGHT(tmp, field);			\
		else							\
			break;						\
	}								\
	return (tmp);							\
}
#define RB_GENERATE3(name, type, field, cmp, datatype, begfield, endfield) \
RB_GENERATE2(name, type, field, cmp, datatype, begfield);		\
_RB_RLOOKUP(name, type, field, datatype, begfield, endfield)		\
struct __hack
#define RB_GENERATE4(name, type, field, cmp, datatype, indexfield)	\
RB_GENERATE2(name, type, field, cmp, datatype, indexfield);		\
/* The last element at or below value. */				\
struct type *								\
name##_RB_RLOOKUP(struct name *head, datatype value)			\
{									\
	struct type *tmp = RB_ROOT(head), *best = NULL;			\
									\
	while (tmp != NULL) {						\
		if (value < tmp->indexfield) {				\
			tmp = RB_LEFT(tmp, field);			\
		} else {						\
			best = tmp;					\
			tmp = RB_RIGHT(tmp, field);			\
		}							\
	}								\
	return (best);							\
}									\
struct __hack

/*
 * SPLAY
 */
#define SPLAY_HEAD(name, type)						\
struct name {								\
	struct type *sph_root;						\
}
#define SPLAY_INITIALIZER(root)	{ NULL }
#define SPLAY_INIT(root)	do { (root)->sph_root = NULL; } while (0)
#define SPLAY_ENTRY(type)						\
struct {								\
	struct type *spe_left;						\
	struct type *spe_right;						\
}
#define SPLAY_LEFT(elm, field)	((elm)->field.spe_left)
#define SPLAY_RIGHT(elm, field)	((elm)->field.spe_right)
#define SPLAY_ROOT(head)	((head)->sph_root)
#define SPLAY_EMPTY(head)	(SPLAY_ROOT(head) == NULL)

#define SPLAY_INSERT(name, head, elm)	name##_SPLAY_INSERT(head, elm)
#define SPLAY_REMOVE(name, head, elm)	name##_SPLAY_REMOVE(head, elm)
#define SPLAY_FIND(name, head, elm)	name##_SPLAY_FIND(head, elm)
#define SPLAY_NEXT(name, head, elm)	name##_SPLAY_NEXT(head, elm)
#define SPLAY_MIN(name, head)						\
	(SPLAY_EMPTY(head) ? NULL : name##_SPLAY_MINMAX(head, -1))
#define SPLAY_MAX(name, head)						\
	(SPLAY_EMPTY(head) ? NULL : name##_SPLAY_MINMAX(head, 1))
#define SPLAY_FOREACH(var, name, head)					\
	for ((var) = SPLAY_MIN(name, head); (var) != NULL;		\
	    (var) = SPLAY_NEXT(name, head, var))

#define SPLAY_PROTOTYPE(name, type, field, cmp)				\
struct type *name##_SPLAY_INSERT(struct name *, struct type *);		\
struct type *name##_SPLAY_REMOVE(struct name *, struct type *);		\
struct type *name##_SPLAY_FIND(struct name *, struct type *);		\
struct type *name##_SPLAY_NEXT(struct name *, struct type *);		\
struct type *name##_SPLAY_MINMAX(struct name *, int)

/*
 * Top-down splay by "which side", an expression in root: elements passed on
 * the way are collected in two trees, left and right of the target, and
 * joined under it at the end.
 */
#define _SPLAY_BODY(head, type, field, which)				\
	struct type *root = SPLAY_ROOT(head), *sub;			\
	struct type *ltree = NULL, *rtree = NULL;			\
	struct type **lhook = &ltree, **rhook = &rtree;			\
	int side;							\
									\
	while ((side = (which)) != 0) {					\
		if (side < 0) {						\
			sub = SPLAY_LEFT(root, field);			\
			if (sub == NULL)				\
				break;					\
			*rhook = root;					\
			rhook = &SPLAY_LEFT(root, field);		\
		} else {						\
			sub = SPLAY_RIGHT(root, field);			\
			if (sub == NULL)				\
				break;					\
			*lhook = root;					\
			lhook = &SPLAY_RIGHT(root, field);		\
		}							\
		root = sub;						\
	}								\
	*lhook = SPLAY_LEFT(root, field);				\
	*rhook = SPLAY_RIGHT(root, field);				\
	SPLAY_LEFT(root, field) = ltree;				\
	SPLAY_RIGHT(root, field) = rtree;				\
	SPLAY_ROOT(head) = root

#define SPLAY_GENERATE(name, type, field, cmp)				\
static void								\
name##_SPLAY(struct name *head, struct type *elm)			\
{									\
	_SPLAY_BODY(head, type, field, cmp(elm, root));			\
}									\
									\
struct type *								\
name##_SPLAY_MINMAX(struct name *head, int val)				\
{									\
	_SPLAY_BODY(head, type, field, val);				\
	return (SPLAY_ROOT(head));					\
}									\
									\
struct type *								\
name##_SPLAY_FIND(struct name *head, struct type *elm)			\
{									\
	if (SPLAY_EMPTY(head))						\
		return (NULL);						\
	name##_SPLAY(head, elm);					\
	return (cmp(elm, SPLAY_ROOT(head)) == 0 ? SPLAY_ROOT(head) : NULL); \
}									\
									\
struct type *								\
name##_SPLAY_NEXT(struct name *head, struct type *elm)			\
{									\
	name##_SPLAY(head, elm);					\
	elm = SPLAY_RIGHT(elm, field);					\
	while (elm != NULL && SPLAY_LEFT(elm, field) != NULL)		\
		elm = SPLAY_LEFT(elm, field);				\
	return (elm);							\
}									\
									\
struct type *								\
name##_SPLAY_INSERT(struct name *head, struct type *elm)		\
{									\
	struct type *top;						\
	int comp;							\
									\
	SPLAY_LEFT(elm, field) = SPLAY_RIGHT(elm, field) = NULL;	\
	if (!SPLAY_EMPTY(head)) {					\
		name##_SPLAY(head, elm);				\
		top = SPLAY_ROOT(head);					\
		comp = cmp(elm, top);					\
		if (comp == 0)						\
			return (top);					\
		if (comp < 0) {						\
			SPLAY_LEFT(elm, field) = SPLAY_LEFT(top, field); \
			SPLAY_RIGHT(elm, field) = top;			\
			SPLAY_LEFT(top, field) = NULL;			\
		} else {						\
			SPLAY_RIGHT(elm, field) = SPLAY_RIGHT(top, field); \
			SPLAY_LEFT(elm, field) = top;			\
			SPLAY_RIGHT(top, field) = NULL;			\
		}							\
	}								\
	SPLAY_ROOT(head) = elm;						\
	return (NULL);							\
}									\
									\
struct type *								\
name##_SPLAY_REMOVE(struct name *head, struct type *elm)		\
{									\
	struct type *right;						\
									\
	if (name##_SPLAY_FIND(head, elm) == NULL)			\
		return (NULL);						\
	elm = SPLAY_ROOT(head);						\
	right = SPLAY_RIGHT(elm, field);				\
	if (SPLAY_LEFT(elm, field) == NULL) {				\
		SPLAY_ROOT(head) = right;				\
	} else {							\
		SPLAY_ROOT(head) = SPLAY_LEFT(elm, field);		\
		name##_SPLAY_MINMAX(head, 1);				\
		SPLAY_RIGHT(SPLAY_ROOT(head), field) = right;		\
	}								\
	return (elm);							\
}									\
struct __hack

#endif /* !_SYS_TREE_H_ */
