/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of functions to be called when something happens.
 *
 * Handlers run without the lock.  An entry removed while its list is being
 * walked is only marked; the last walker frees what is marked.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/eventhandler.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/spinlock2.h>

static MALLOC_DEFINE(M_EVENTHANDLER, "eventhandler", "Event handler records");

static TAILQ_HEAD(, eventhandler_list) lists = TAILQ_HEAD_INITIALIZER(lists);
static struct spinlock eh_spin = SPINLOCK_INITIALIZER(eh_spin, "eventhandler");

/* Spinlock held. */
static struct eventhandler_list *
find_list(const char *name)
{
	struct eventhandler_list *el;

	TAILQ_FOREACH(el, &lists, el_link) {
		if (strcmp(el->el_name, name) == 0)
			return (el);
	}
	return (NULL);
}

/* NULL when nobody has registered anything under the name. */
struct eventhandler_list *
eventhandler_find_list(const char *name)
{
	struct eventhandler_list *el;

	spin_lock(&eh_spin);
	el = find_list(name);
	spin_unlock(&eh_spin);
	return (el);
}

eventhandler_tag
eventhandler_register(struct eventhandler_list *list, const char *name,
    void *func, void *arg, int priority)
{
	struct eventhandler_list *fresh;
	struct eventhandler_entry *ee, *at;

	fresh = kmalloc(sizeof(*fresh), M_EVENTHANDLER, M_WAITOK | M_ZERO);
	fresh->el_name = name;
	TAILQ_INIT(&fresh->el_entries);
	ee = kmalloc(sizeof(*ee), M_EVENTHANDLER, M_WAITOK | M_ZERO);
	ee->ee_priority = priority;
	ee->ee_func = func;
	ee->ee_arg = arg;

	spin_lock(&eh_spin);
	if (list == NULL)
		list = find_list(name);
	if (list == NULL) {
		list = fresh;
		fresh = NULL;
		TAILQ_INSERT_TAIL(&lists, list, el_link);
	}
	TAILQ_FOREACH(at, &list->el_entries, ee_link) {
		if (at->ee_priority > priority)
			break;
	}
	if (at != NULL)
		TAILQ_INSERT_BEFORE(at, ee, ee_link);
	else
		TAILQ_INSERT_TAIL(&list->el_entries, ee, ee_link);
	spin_unlock(&eh_spin);
	kfree(fresh, M_EVENTHANDLER);
	return (ee);
}

void
eventhandler_deregister(struct eventhandler_list *list, eventhandler_tag tag)
{
	if (list == NULL || tag == NULL)
		return;
	spin_lock(&eh_spin);
	if (list->el_users > 0) {
		tag->ee_dead = 1;
		list->el_dead++;
		spin_unlock(&eh_spin);
		return;
	}
	TAILQ_REMOVE(&list->el_entries, tag, ee_link);
	spin_unlock(&eh_spin);
	kfree(tag, M_EVENTHANDLER);
}

/* Spinlock held: takes one dead entry off the list. */
static struct eventhandler_entry *
remove_dead(struct eventhandler_list *list)
{
	struct eventhandler_entry *ee;

	TAILQ_FOREACH(ee, &list->el_entries, ee_link) {
		if (ee->ee_dead) {
			TAILQ_REMOVE(&list->el_entries, ee, ee_link);
			list->el_dead--;
			return (ee);
		}
	}
	return (NULL);
}

struct eventhandler_entry *
eventhandler_next(struct eventhandler_list *list, struct eventhandler_entry *ee)
{
	struct eventhandler_entry *dead;

	spin_lock(&eh_spin);
	if (ee == NULL) {
		list->el_users++;
		ee = TAILQ_FIRST(&list->el_entries);
	} else {
		ee = TAILQ_NEXT(ee, ee_link);
	}
	while (ee != NULL && ee->ee_dead)
		ee = TAILQ_NEXT(ee, ee_link);
	if (ee == NULL && --list->el_users == 0) {
		while ((dead = remove_dead(list)) != NULL) {
			spin_unlock(&eh_spin);
			kfree(dead, M_EVENTHANDLER);
			spin_lock(&eh_spin);
			if (list->el_users > 0)
				break;
		}
	}
	spin_unlock(&eh_spin);
	return (ee);
}
