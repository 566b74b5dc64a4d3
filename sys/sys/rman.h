/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource managers: number spaces (interrupts, ports, memory addresses) from
 * which buses hand ranges to devices.
 *
 * A manager is a list of the ranges it owns; a reservation cuts one out.
 * Functions may be called from any thread that may sleep.
 */
#ifndef _SYS_RMAN_H_
#define _SYS_RMAN_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <sys/lock.h>
#include <sys/queue.h>
#include <machine/bus.h>

struct device;
struct rman;

/* Flags of a reservation. */
#define RF_ALLOCATED	0x0001
#define RF_ACTIVE	0x0002		/* mapped, usable */
#define RF_SHAREABLE	0x0004		/* may be had by several devices */
#define RF_PREFETCHABLE	0x0008		/* memory: map write-combining */
#define RF_OPTIONAL	0x0010
#define RF_ALIGNMENT_SHIFT 10
#define RF_ALIGNMENT_MASK (0x3f << RF_ALIGNMENT_SHIFT)
#define RF_ALIGNMENT_LOG2(x) ((x) << RF_ALIGNMENT_SHIFT)
#define RF_ALIGNMENT(x)	(((x) & RF_ALIGNMENT_MASK) >> RF_ALIGNMENT_SHIFT)

/* (m) rm_lock of r_rm, (o) owner of the resource, (I) immutable */
struct resource {
	TAILQ_ENTRY(resource) r_link;	/* (m) by start */
	struct rman	*r_rm;		/* (I) */
	u_long		r_start;	/* (I) first number */
	u_long		r_end;		/* (I) last */
	u_int		r_flags;	/* (m) RF_* */
	int		r_type;		/* (I) SYS_RES_* */
	int		r_rid;		/* (I) the device's name for it */
	int		r_cpuid;	/* (I) interrupts: where it arrives */
	struct device	*r_dev;		/* (I) */
	bus_space_tag_t	r_bustag;	/* (o) while active */
	bus_space_handle_t r_bushandle;	/* (o) while active */
	void		*r_virtual;	/* (o) kernel address of memory */
};
TAILQ_HEAD(resource_list_head, resource);

struct rman_range;

struct rman {
	TAILQ_HEAD(, rman_range) rm_ranges; /* (m) what we own, by start */
	struct resource_list_head rm_used; /* (m) by start */
	struct lock	rm_lock;
	const char	*rm_descr;	/* (I) */
};

void	rman_init(struct rman *rm, const char *descr);
/* Adds [start, end] to what rm owns; overlaps are merged. */
int	rman_manage_region(struct rman *rm, u_long start, u_long end);
/*
 * count numbers within [start, end], aligned as flags say; NULL when there
 * are none.  A range that others have is given only when all said
 * RF_SHAREABLE and the ranges are the same.
 */
struct resource *rman_reserve_resource(struct rman *rm, u_long start,
	    u_long end, u_long count, u_int flags, struct device *dev);
int	rman_release_resource(struct resource *r);
/*
 * A resource that no manager owns: a message interrupt.  Released the same
 * way.
 */
struct resource *rman_make_resource(int type, int rid, u_long start,
	    u_int flags, int cpuid, struct device *dev);

static __inline u_long
rman_get_start(struct resource *r)
{
	return (r->r_start);
}

static __inline u_long
rman_get_end(struct resource *r)
{
	return (r->r_end);
}

static __inline u_long
rman_get_size(struct resource *r)
{
	return (r->r_end - r->r_start + 1);
}

static __inline u_int
rman_get_flags(struct resource *r)
{
	return (r->r_flags);
}

static __inline int
rman_get_rid(struct resource *r)
{
	return (r->r_rid);
}

static __inline int
rman_get_cpuid(struct resource *r)
{
	return (r->r_cpuid);
}

static __inline struct device *
rman_get_device(struct resource *r)
{
	return (r->r_dev);
}

static __inline void *
rman_get_virtual(struct resource *r)
{
	return (r->r_virtual);
}

static __inline bus_space_tag_t
rman_get_bustag(struct resource *r)
{
	return (r->r_bustag);
}

static __inline bus_space_handle_t
rman_get_bushandle(struct resource *r)
{
	return (r->r_bushandle);
}

#endif /* _KERNEL */

#endif /* !_SYS_RMAN_H_ */
