/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the three kinds of System V IPC have in common: objects found by
 * identifier or key in a table that grows, with an owner and permissions,
 * that are used while others remove them.
 *
 * A table's token guards the table: which objects it has, and their keys.
 * An object's own token guards the rest of it, so that unrelated objects do
 * not wait for each other.  Order: table, then object.  Tokens are lost while
 * one sleeps; ipc_object.io_removed tells whether the object is still meant.
 */
#ifndef _KERN_SYSV_IPC_H_
#define _KERN_SYSV_IPC_H_

#include <sys/ipc.h>
#include <sys/stdbool.h>
#include <sys/sysctl.h>
#include <sys/thread.h>

struct ucred;

/* Locks: (T) table's token; (o) io_token; (a) atomic; (I) immutable. */
struct ipc_object {
	struct lwkt_token io_token;
	struct ipc_perm	*io_perm;	/* (o)(T) ids and mode; key (T) */
	u_int		io_refs;	/* (a) */
	int		io_id;		/* (I) once inserted */
	bool		io_removed;	/* (o) */
};

struct ipc_table {
	struct lwkt_token it_token;
	struct ipc_object **it_slot;	/* (T) by index */
	int		it_nslots;	/* (T) */
	int		it_nused;	/* (T) */
	u_short		it_seq;		/* (T) of the next identifier */
	int		it_limit;	/* most objects, a sysctl */
	size_t		it_permoff;	/* (I) unused bytes before perm */
	void		(*it_free)(struct ipc_object *); /* (I) */
};

void	ipc_table_init(struct ipc_table *it, int limit,
	    void (*free)(struct ipc_object *));
/* ENOSYS if the caller's jail has no System V IPC. */
int	ipc_allowed(void);
/*
 * The object with an identifier, referenced, its token held; NULL if there
 * is none.  ipc_put() gives both back.
 */
struct ipc_object *ipc_get(struct ipc_table *it, int id);
void	ipc_put(struct ipc_table *it, struct ipc_object *io);
void	ipc_ref(struct ipc_object *io);
void	ipc_rele(struct ipc_table *it, struct ipc_object *io);
/*
 * The *get() calls, table's token held: the object with that key (referenced
 * and locked like by ipc_get()) in *iop, with a check of flags; or NULL if one
 * has to be made.  EEXIST, ENOENT, EACCES, ENOSPC.
 */
int	ipc_find_key(struct ipc_table *it, key_t key, int flags,
	    struct ipc_object **iop);
/* Enter a new object, table's token held since ipc_find_key(). */
int	ipc_insert(struct ipc_table *it, struct ipc_object *io,
	    struct ipc_perm *perm, key_t key, int flags);
/* Nobody finds it any more; the table's reference goes.  Both tokens held. */
void	ipc_remove(struct ipc_table *it, struct ipc_object *io);
/* Its key is free for others, its identifier not. */
void	ipc_forget_key(struct ipc_object *io);
/* 0, or EACCES, EPERM (IPC_M): may the caller? */
int	ipc_access(struct ipc_object *io, int mode);
/* The part of IPC_SET that is common. */
void	ipc_set_perm(struct ipc_object *io, const struct ipc_perm *from);

/*
 * msgctl(2), shmctl(2): find the object and have control() carry cmd out, its
 * token held, and the table's for IPC_RMID.
 */
int	ipc_ctl(struct ipc_table *it, int id, int cmd, void *ubuf,
	    int (*control)(struct ipc_object *io, int cmd, void *ubuf));

/* Every object: a sysctl's handler that hands out id and size bytes of ds. */
int	ipc_sysctl_list(struct ipc_table *it, struct sysctl_req *req,
	    size_t size, void (*fill)(struct ipc_object *, void *));

#endif /* !_KERN_SYSV_IPC_H_ */
