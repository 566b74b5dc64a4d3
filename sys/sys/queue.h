/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linked lists kept inside the elements they link.
 *
 *	SLIST	singly linked; insert and remove at the head
 *	STAILQ	singly linked with a tail pointer; append in constant time
 *	LIST	doubly linked through the previous element's next pointer;
 *		remove any element in constant time
 *	TAILQ	doubly linked with a tail pointer; both ends, both directions
 *
 * X_FOREACH must not see its current element removed; X_FOREACH_MUTABLE
 * (also spelt _SAFE) allows exactly that.  None of these lock anything.
 */
#ifndef _SYS_QUEUE_H_
#define _SYS_QUEUE_H_

#include <sys/cdefs.h>
#include <sys/_null.h>

#define QUEUE_TYPEOF(type)	struct type

/*
 * SLIST
 */
#define SLIST_HEAD(name, type)						\
struct name {								\
	struct type *slh_first;						\
}
#define SLIST_HEAD_INITIALIZER(head)	{ NULL }
#define SLIST_ENTRY(type)						\
struct {								\
	struct type *sle_next;						\
}
#define SLIST_FIRST(head)	((head)->slh_first)
#define SLIST_NEXT(elm, field)	((elm)->field.sle_next)
#define SLIST_EMPTY(head)	(SLIST_FIRST(head) == NULL)
#define SLIST_INIT(head)	do { SLIST_FIRST(head) = NULL; } while (0)

#define SLIST_FOREACH(var, head, field)					\
	for ((var) = SLIST_FIRST(head); (var) != NULL;			\
	    (var) = SLIST_NEXT(var, field))
#define SLIST_FOREACH_FROM(var, head, field)				\
	for ((var) = ((var) != NULL ? (var) : SLIST_FIRST(head));	\
	    (var) != NULL; (var) = SLIST_NEXT(var, field))
#define SLIST_FOREACH_MUTABLE(var, head, field, tvar)			\
	for ((var) = SLIST_FIRST(head);					\
	    (var) != NULL && ((tvar) = SLIST_NEXT(var, field), 1);	\
	    (var) = (tvar))
#define SLIST_FOREACH_SAFE	SLIST_FOREACH_MUTABLE
#define SLIST_FOREACH_PREVPTR(var, varp, head, field)			\
	for ((varp) = &SLIST_FIRST(head); ((var) = *(varp)) != NULL;	\
	    (varp) = &SLIST_NEXT(var, field))

#define SLIST_INSERT_HEAD(head, elm, field) do {			\
	SLIST_NEXT(elm, field) = SLIST_FIRST(head);			\
	SLIST_FIRST(head) = (elm);					\
} while (0)
#define SLIST_INSERT_AFTER(at, elm, field) do {				\
	SLIST_NEXT(elm, field) = SLIST_NEXT(at, field);			\
	SLIST_NEXT(at, field) = (elm);					\
} while (0)
#define SLIST_REMOVE_HEAD(head, field) do {				\
	SLIST_FIRST(head) = SLIST_NEXT(SLIST_FIRST(head), field);	\
} while (0)
#define SLIST_REMOVE_AFTER(elm, field) do {				\
	SLIST_NEXT(elm, field) =					\
	    SLIST_NEXT(SLIST_NEXT(elm, field), field);			\
} while (0)
#define SLIST_REMOVE_PREVPTR(prevp, elm, field) do {			\
	*(prevp) = SLIST_NEXT(elm, field);				\
} while (0)
#define SLIST_REMOVE(head, elm, type, field) do {			\
	struct type **_slpp = &SLIST_FIRST(head);			\
	while (*_slpp != (elm))						\
		_slpp = &SLIST_NEXT(*_slpp, field);			\
	*_slpp = SLIST_NEXT(elm, field);				\
} while (0)
#define SLIST_SWAP(head1, head2, type) do {				\
	struct type *_slswap = SLIST_FIRST(head1);			\
	SLIST_FIRST(head1) = SLIST_FIRST(head2);			\
	SLIST_FIRST(head2) = _slswap;					\
} while (0)

/*
 * STAILQ
 */
#define STAILQ_HEAD(name, type)						\
struct name {								\
	struct type *stqh_first;					\
	struct type **stqh_last;	/* last next pointer */		\
}
#define STAILQ_HEAD_INITIALIZER(head)	{ NULL, &(head).stqh_first }
#define STAILQ_ENTRY(type)						\
struct {								\
	struct type *stqe_next;						\
}
#define STAILQ_FIRST(head)	((head)->stqh_first)
#define STAILQ_NEXT(elm, field)	((elm)->field.stqe_next)
#define STAILQ_EMPTY(head)	(STAILQ_FIRST(head) == NULL)
#define STAILQ_INIT(head) do {						\
	STAILQ_FIRST(head) = NULL;					\
	(head)->stqh_last = &STAILQ_FIRST(head);			\
} while (0)
#define STAILQ_LAST(head, type, field)					\
	(STAILQ_EMPTY(head) ? NULL :					\
	 __containerof((head)->stqh_last, struct type, field.stqe_next))

#define STAILQ_FOREACH(var, head, field)				\
	for ((var) = STAILQ_FIRST(head); (var) != NULL;			\
	    (var) = STAILQ_NEXT(var, field))
#define STAILQ_FOREACH_FROM(var, head, field)				\
	for ((var) = ((var) != NULL ? (var) : STAILQ_FIRST(head));	\
	    (var) != NULL; (var) = STAILQ_NEXT(var, field))
#define STAILQ_FOREACH_MUTABLE(var, head, field, tvar)			\
	for ((var) = STAILQ_FIRST(head);				\
	    (var) != NULL && ((tvar) = STAILQ_NEXT(var, field), 1);	\
	    (var) = (tvar))
#define STAILQ_FOREACH_SAFE	STAILQ_FOREACH_MUTABLE

#define STAILQ_INSERT_HEAD(head, elm, field) do {			\
	STAILQ_NEXT(elm, field) = STAILQ_FIRST(head);			\
	if (STAILQ_NEXT(elm, field) == NULL)				\
		(head)->stqh_last = &STAILQ_NEXT(elm, field);		\
	STAILQ_FIRST(head) = (elm);					\
} while (0)
#define STAILQ_INSERT_TAIL(head, elm, field) do {			\
	STAILQ_NEXT(elm, field) = NULL;					\
	*(head)->stqh_last = (elm);					\
	(head)->stqh_last = &STAILQ_NEXT(elm, field);			\
} while (0)
#define STAILQ_INSERT_AFTER(head, at, elm, field) do {			\
	STAILQ_NEXT(elm, field) = STAILQ_NEXT(at, field);		\
	if (STAILQ_NEXT(elm, field) == NULL)				\
		(head)->stqh_last = &STAILQ_NEXT(elm, field);		\
	STAILQ_NEXT(at, field) = (elm);					\
} while (0)
#define STAILQ_REMOVE_HEAD(head, field) do {				\
	STAILQ_FIRST(head) = STAILQ_NEXT(STAILQ_FIRST(head), field);	\
	if (STAILQ_EMPTY(head))						\
		(head)->stqh_last = &STAILQ_FIRST(head);		\
} while (0)
#define STAILQ_REMOVE_HEAD_UNTIL(head, elm, field) do {			\
	STAILQ_FIRST(head) = STAILQ_NEXT(elm, field);			\
	if (STAILQ_EMPTY(head))						\
		(head)->stqh_last = &STAILQ_FIRST(head);		\
} while (0)
#define STAILQ_REMOVE_AFTER(head, elm, field) do {			\
	STAILQ_NEXT(elm, field) =					\
	    STAILQ_NEXT(STAILQ_NEXT(elm, field), field);		\
	if (STAILQ_NEXT(elm, field) == NULL)				\
		(head)->stqh_last = &STAILQ_NEXT(elm, field);		\
} while (0)
#define STAILQ_REMOVE(head, elm, type, field) do {			\
	struct type **_stqpp = &STAILQ_FIRST(head);			\
	while (*_stqpp != (elm))					\
		_stqpp = &STAILQ_NEXT(*_stqpp, field);			\
	*_stqpp = STAILQ_NEXT(elm, field);				\
	if (*_stqpp == NULL)						\
		(head)->stqh_last = _stqpp;				\
} while (0)
#define STAILQ_CONCAT(head1, head2) do {				\
	if (!STAILQ_EMPTY(head2)) {					\
		*(head1)->stqh_last = STAILQ_FIRST(head2);		\
		(head1)->stqh_last = (head2)->stqh_last;		\
		STAILQ_INIT(head2);					\
	}								\
} while (0)
#define STAILQ_SWAP(head1, head2, type) do {				\
	struct type *_stqfirst = STAILQ_FIRST(head1);			\
	struct type **_stqlast = (head1)->stqh_last;			\
	STAILQ_FIRST(head1) = STAILQ_FIRST(head2);			\
	(head1)->stqh_last = (head2)->stqh_last;			\
	STAILQ_FIRST(head2) = _stqfirst;				\
	(head2)->stqh_last = _stqlast;					\
	if (STAILQ_EMPTY(head1))					\
		(head1)->stqh_last = &STAILQ_FIRST(head1);		\
	if (STAILQ_EMPTY(head2))					\
		(head2)->stqh_last = &STAILQ_FIRST(head2);		\
} while (0)

/*
 * LIST
 */
#define LIST_HEAD(name, type)						\
struct name {								\
	struct type *lh_first;						\
}
#define LIST_HEAD_INITIALIZER(head)	{ NULL }
#define LIST_ENTRY(type)						\
struct {								\
	struct type *le_next;						\
	struct type **le_prev;	/* next pointer that points here */	\
}
#define LIST_FIRST(head)	((head)->lh_first)
#define LIST_NEXT(elm, field)	((elm)->field.le_next)
#define LIST_EMPTY(head)	(LIST_FIRST(head) == NULL)
#define LIST_INIT(head)		do { LIST_FIRST(head) = NULL; } while (0)
#define LIST_PREV(elm, head, type, field)				\
	((elm)->field.le_prev == &LIST_FIRST(head) ? NULL :		\
	 __containerof((elm)->field.le_prev, struct type, field.le_next))

#define LIST_FOREACH(var, head, field)					\
	for ((var) = LIST_FIRST(head); (var) != NULL;			\
	    (var) = LIST_NEXT(var, field))
#define LIST_FOREACH_FROM(var, head, field)				\
	for ((var) = ((var) != NULL ? (var) : LIST_FIRST(head));	\
	    (var) != NULL; (var) = LIST_NEXT(var, field))
#define LIST_FOREACH_MUTABLE(var, head, field, tvar)			\
	for ((var) = LIST_FIRST(head);					\
	    (var) != NULL && ((tvar) = LIST_NEXT(var, field), 1);	\
	    (var) = (tvar))
#define LIST_FOREACH_SAFE	LIST_FOREACH_MUTABLE

#define LIST_INSERT_HEAD(head, elm, field) do {				\
	LIST_NEXT(elm, field) = LIST_FIRST(head);			\
	if (LIST_NEXT(elm, field) != NULL)				\
		LIST_FIRST(head)->field.le_prev = &LIST_NEXT(elm, field); \
	LIST_FIRST(head) = (elm);					\
	(elm)->field.le_prev = &LIST_FIRST(head);			\
} while (0)
#define LIST_INSERT_AFTER(at, elm, field) do {				\
	LIST_NEXT(elm, field) = LIST_NEXT(at, field);			\
	if (LIST_NEXT(elm, field) != NULL)				\
		LIST_NEXT(at, field)->field.le_prev =			\
		    &LIST_NEXT(elm, field);				\
	LIST_NEXT(at, field) = (elm);					\
	(elm)->field.le_prev = &LIST_NEXT(at, field);			\
} while (0)
#define LIST_INSERT_BEFORE(at, elm, field) do {				\
	(elm)->field.le_prev = (at)->field.le_prev;			\
	LIST_NEXT(elm, field) = (at);					\
	*(at)->field.le_prev = (elm);					\
	(at)->field.le_prev = &LIST_NEXT(elm, field);			\
} while (0)
#define LIST_REMOVE(elm, field) do {					\
	if (LIST_NEXT(elm, field) != NULL)				\
		LIST_NEXT(elm, field)->field.le_prev =			\
		    (elm)->field.le_prev;				\
	*(elm)->field.le_prev = LIST_NEXT(elm, field);			\
} while (0)
#define LIST_SWAP(head1, head2, type, field) do {			\
	struct type *_lsw = LIST_FIRST(head1);				\
	LIST_FIRST(head1) = LIST_FIRST(head2);				\
	LIST_FIRST(head2) = _lsw;					\
	if (!LIST_EMPTY(head1))						\
		LIST_FIRST(head1)->field.le_prev = &LIST_FIRST(head1);	\
	if (!LIST_EMPTY(head2))						\
		LIST_FIRST(head2)->field.le_prev = &LIST_FIRST(head2);	\
} while (0)

/*
 * TAILQ
 */
#define TAILQ_HEAD(name, type)						\
struct name {								\
	struct type *tqh_first;						\
	struct type **tqh_last;		/* last next pointer */		\
}
#define TAILQ_HEAD_INITIALIZER(head)	{ NULL, &(head).tqh_first }
#define TAILQ_ENTRY(type)						\
struct {								\
	struct type *tqe_next;						\
	struct type **tqe_prev;	/* next pointer that points here */	\
}
#define TAILQ_FIRST(head)	((head)->tqh_first)
#define TAILQ_NEXT(elm, field)	((elm)->field.tqe_next)
#define TAILQ_EMPTY(head)	(TAILQ_FIRST(head) == NULL)
#define TAILQ_INIT(head) do {						\
	TAILQ_FIRST(head) = NULL;					\
	(head)->tqh_last = &TAILQ_FIRST(head);				\
} while (0)
/*
 * A next pointer is the first member of its entry or head, followed by the
 * back pointer: from the address of a next pointer its owner's back pointer
 * can be reached without knowing which of the two the owner is.
 */
#define TAILQ_LAST(head, headname)					\
	(*(((struct headname *)((head)->tqh_last))->tqh_last))
#define TAILQ_PREV(elm, headname, field)				\
	(*(((struct headname *)((elm)->field.tqe_prev))->tqh_last))

#define TAILQ_FOREACH(var, head, field)					\
	for ((var) = TAILQ_FIRST(head); (var) != NULL;			\
	    (var) = TAILQ_NEXT(var, field))
#define TAILQ_FOREACH_FROM(var, head, field)				\
	for ((var) = ((var) != NULL ? (var) : TAILQ_FIRST(head));	\
	    (var) != NULL; (var) = TAILQ_NEXT(var, field))
#define TAILQ_FOREACH_MUTABLE(var, head, field, tvar)			\
	for ((var) = TAILQ_FIRST(head);					\
	    (var) != NULL && ((tvar) = TAILQ_NEXT(var, field), 1);	\
	    (var) = (tvar))
#define TAILQ_FOREACH_SAFE	TAILQ_FOREACH_MUTABLE
#define TAILQ_FOREACH_REVERSE(var, head, headname, field)		\
	for ((var) = TAILQ_LAST(head, headname); (var) != NULL;		\
	    (var) = TAILQ_PREV(var, headname, field))
#define TAILQ_FOREACH_REVERSE_MUTABLE(var, head, headname, field, tvar)	\
	for ((var) = TAILQ_LAST(head, headname);			\
	    (var) != NULL && ((tvar) = TAILQ_PREV(var, headname, field), 1); \
	    (var) = (tvar))
#define TAILQ_FOREACH_REVERSE_SAFE	TAILQ_FOREACH_REVERSE_MUTABLE

#define TAILQ_INSERT_HEAD(head, elm, field) do {			\
	TAILQ_NEXT(elm, field) = TAILQ_FIRST(head);			\
	if (TAILQ_NEXT(elm, field) != NULL)				\
		TAILQ_FIRST(head)->field.tqe_prev =			\
		    &TAILQ_NEXT(elm, field);				\
	else								\
		(head)->tqh_last = &TAILQ_NEXT(elm, field);		\
	TAILQ_FIRST(head) = (elm);					\
	(elm)->field.tqe_prev = &TAILQ_FIRST(head);			\
} while (0)
#define TAILQ_INSERT_TAIL(head, elm, field) do {			\
	TAILQ_NEXT(elm, field) = NULL;					\
	(elm)->field.tqe_prev = (head)->tqh_last;			\
	*(head)->tqh_last = (elm);					\
	(head)->tqh_last = &TAILQ_NEXT(elm, field);			\
} while (0)
#define TAILQ_INSERT_AFTER(head, at, elm, field) do {			\
	TAILQ_NEXT(elm, field) = TAILQ_NEXT(at, field);			\
	if (TAILQ_NEXT(elm, field) != NULL)				\
		TAILQ_NEXT(elm, field)->field.tqe_prev =		\
		    &TAILQ_NEXT(elm, field);				\
	else								\
		(head)->tqh_last = &TAILQ_NEXT(elm, field);		\
	TAILQ_NEXT(at, field) = (elm);					\
	(elm)->field.tqe_prev = &TAILQ_NEXT(at, field);			\
} while (0)
#define TAILQ_INSERT_BEFORE(at, elm, field) do {			\
	(elm)->field.tqe_prev = (at)->field.tqe_prev;			\
	TAILQ_NEXT(elm, field) = (at);					\
	*(at)->field.tqe_prev = (elm);					\
	(at)->field.tqe_prev = &TAILQ_NEXT(elm, field);			\
} while (0)
#define TAILQ_REMOVE(head, elm, field) do {				\
	if (TAILQ_NEXT(elm, field) != NULL)				\
		TAILQ_NEXT(elm, field)->field.tqe_prev =		\
		    (elm)->field.tqe_prev;				\
	else								\
		(head)->tqh_last = (elm)->field.tqe_prev;		\
	*(elm)->field.tqe_prev = TAILQ_NEXT(elm, field);		\
} while (0)
#define TAILQ_REPLACE(head, old, new, field) do {			\
	TAILQ_NEXT(new, field) = TAILQ_NEXT(old, field);		\
	if (TAILQ_NEXT(new, field) != NULL)				\
		TAILQ_NEXT(new, field)->field.tqe_prev =		\
		    &TAILQ_NEXT(new, field);				\
	else								\
		(head)->tqh_last = &TAILQ_NEXT(new, field);		\
	(new)->field.tqe_prev = (old)->field.tqe_prev;			\
	*(new)->field.tqe_prev = (new);					\
} while (0)
#define TAILQ_CONCAT(head1, head2, field) do {				\
	if (!TAILQ_EMPTY(head2)) {					\
		*(head1)->tqh_last = TAILQ_FIRST(head2);		\
		TAILQ_FIRST(head2)->field.tqe_prev = (head1)->tqh_last;	\
		(head1)->tqh_last = (head2)->tqh_last;			\
		TAILQ_INIT(head2);					\
	}								\
} while (0)
#define TAILQ_SWAP(head1, head2, type, field) do {			\
	struct type *_tqfirst = TAILQ_FIRST(head1);			\
	struct type **_tqlast = (head1)->tqh_last;			\
	TAILQ_FIRST(head1) = TAILQ_FIRST(head2);			\
	(head1)->tqh_last = (head2)->tqh_last;				\
	TAILQ_FIRST(head2) = _tqfirst;					\
	(head2)->tqh_last = _tqlast;					\
	if (TAILQ_EMPTY(head1))						\
		(head1)->tqh_last = &TAILQ_FIRST(head1);		\
	else								\
		TAILQ_FIRST(head1)->field.tqe_prev = &TAILQ_FIRST(head1); \
	if (TAILQ_EMPTY(head2))						\
		(head2)->tqh_last = &TAILQ_FIRST(head2);		\
	else								\
		TAILQ_FIRST(head2)->field.tqe_prev = &TAILQ_FIRST(head2); \
} while (0)

#endif /* !_SYS_QUEUE_H_ */
