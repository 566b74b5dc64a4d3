/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource managers; <sys/rman.h> says what they are.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus.h>
#include <sys/errno.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/rman.h>

struct rman_range {
	TAILQ_ENTRY(rman_range) rr_link;	/* by start, disjoint */
	u_long		rr_start;
	u_long		rr_end;
};

static MALLOC_DEFINE(M_RMAN, "rman", "resource managers");

void
rman_init(struct rman *rm, const char *descr)
{
	TAILQ_INIT(&rm->rm_ranges);
	TAILQ_INIT(&rm->rm_used);
	lockinit(&rm->rm_lock, "rman", 0, LK_CANRECURSE);
	rm->rm_descr = descr;
}

int
rman_manage_region(struct rman *rm, u_long start, u_long end)
{
	struct rman_range *n, *r, *next;

	if (end < start)
		return (EINVAL);
	n = kmalloc(sizeof(*n), M_RMAN, M_WAITOK | M_ZERO);
	n->rr_start = start;
	n->rr_end = end;
	lockmgr(&rm->rm_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH_MUTABLE(r, &rm->rm_ranges, rr_link, next) {
		if (r->rr_end < n->rr_start || n->rr_end < r->rr_start)
			continue;
		n->rr_start = MIN(n->rr_start, r->rr_start);
		n->rr_end = MAX(n->rr_end, r->rr_end);
		TAILQ_REMOVE(&rm->rm_ranges, r, rr_link);
		kfree(r, M_RMAN);
	}
	TAILQ_FOREACH(r, &rm->rm_ranges, rr_link) {
		if (r->rr_start > n->rr_end)
			break;
	}
	if (r != NULL)
		TAILQ_INSERT_BEFORE(r, n, rr_link);
	else
		TAILQ_INSERT_TAIL(&rm->rm_ranges, n, rr_link);
	lockmgr(&rm->rm_lock, LK_RELEASE);
	return (0);
}

/* Does [start, end] meet a reservation?  A shareable twin does not count. */
static struct resource *
conflict(struct rman *rm, u_long start, u_long end, u_int flags)
{
	struct resource *r;

	TAILQ_FOREACH(r, &rm->rm_used, r_link) {
		if (r->r_start > end)
			break;
		if (r->r_end < start)
			continue;
		if ((flags & r->r_flags & RF_SHAREABLE) != 0 &&
		    r->r_start == start && r->r_end == end)
			continue;
		return (r);
	}
	return (NULL);
}

static struct resource *
reserve(struct rman *rm, u_long start, u_long end, u_int flags, device_t dev)
{
	struct resource *n, *r;

	n = kmalloc(sizeof(*n), M_RMAN, M_WAITOK | M_ZERO);
	n->r_rm = rm;
	n->r_start = start;
	n->r_end = end;
	n->r_flags = (flags & ~RF_ACTIVE) | RF_ALLOCATED;
	n->r_dev = dev;
	TAILQ_FOREACH(r, &rm->rm_used, r_link) {
		if (r->r_start > start)
			break;
	}
	if (r != NULL)
		TAILQ_INSERT_BEFORE(r, n, r_link);
	else
		TAILQ_INSERT_TAIL(&rm->rm_used, n, r_link);
	return (n);
}

struct resource *
rman_reserve_resource(struct rman *rm, u_long start, u_long end,
    u_long count, u_int flags, device_t dev)
{
	struct rman_range *range;
	struct resource *r = NULL, *hit;
	u_long mask, at, last;

	if (count == 0 || end < start || end - start < count - 1)
		return (NULL);
	mask = (1UL << RF_ALIGNMENT(flags)) - 1;
	lockmgr(&rm->rm_lock, LK_EXCLUSIVE);
	TAILQ_FOREACH(range, &rm->rm_ranges, rr_link) {
		if (range->rr_end < start)
			continue;
		if (range->rr_start > end)
			break;
		last = MIN(range->rr_end, end);
		at = MAX(range->rr_start, start);
		for (;;) {
			if (((at + mask) & ~mask) < at)
				break;
			at = (at + mask) & ~mask;
			if (at > last || last - at < count - 1)
				break;
			hit = conflict(rm, at, at + count - 1, flags);
			if (hit == NULL) {
				r = reserve(rm, at, at + count - 1, flags,
				    dev);
				goto out;
			}
			if (hit->r_end >= last)
				break;
			at = hit->r_end + 1;
		}
	}
out:
	lockmgr(&rm->rm_lock, LK_RELEASE);
	return (r);
}

int
rman_release_resource(struct resource *r)
{
	struct rman *rm = r->r_rm;

	if (rm != NULL) {
		lockmgr(&rm->rm_lock, LK_EXCLUSIVE);
		TAILQ_REMOVE(&rm->rm_used, r, r_link);
		lockmgr(&rm->rm_lock, LK_RELEASE);
	}
	kfree(r, M_RMAN);
	return (0);
}

struct resource *
rman_make_resource(int type, int rid, u_long start, u_int flags, int cpuid,
    device_t dev)
{
	struct resource *r;

	r = kmalloc(sizeof(*r), M_RMAN, M_WAITOK | M_ZERO);
	r->r_start = r->r_end = start;
	r->r_flags = flags | RF_ALLOCATED;
	r->r_type = type;
	r->r_rid = rid;
	r->r_cpuid = cpuid;
	r->r_dev = dev;
	return (r);
}
