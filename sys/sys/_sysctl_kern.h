/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's part of <sys/sysctl.h>: declaring and implementing nodes.
 *
 * A node is reached under the tree lock held shared.  Around its handler the
 * node's own lock is held, shared for reading and exclusive for writing,
 * unless CTLFLAG_NOLOCK, _SHLOCK or _EXLOCK says otherwise.
 */
#ifndef _SYS__SYSCTL_KERN_H_
#define _SYS__SYSCTL_KERN_H_

struct sysctl_oid;
struct sysctl_req;
struct thread;

#define SYSCTL_HANDLER_ARGS						\
	struct sysctl_oid *oidp, void *arg1, intptr_t arg2,		\
	struct sysctl_req *req

typedef int (*sysctl_handler_t)(SYSCTL_HANDLER_ARGS);

SLIST_HEAD(sysctl_oid_list, sysctl_oid);

/* (t) tree lock; (I) immutable while registered. */
struct sysctl_oid {
	struct sysctl_oid_list *oid_parent; /* (I) children of the parent */
	SLIST_ENTRY(sysctl_oid) oid_link;   /* (t) by number */
	int		oid_number;	/* (t) OID_AUTO: gets one */
	u_int		oid_kind;	/* (I) CTLTYPE_*, CTLFLAG_* */
	void		*oid_arg1;	/* (I) variable, or list of children */
	intptr_t	oid_arg2;	/* (I) constant, size, handler's */
	const char	*oid_name;	/* (I) */
	sysctl_handler_t oid_handler;	/* (I) */
	const char	*oid_fmt;	/* (I) "I", "LU", "S,type"... */
	int		oid_refcnt;	/* (t) nodes: registrations */
	u_int		oid_running;	/* (a) handlers at work */
	const char	*oid_descr;	/* (I) */
	struct lock	oid_lock;
};

struct sysctl_req {
	struct thread	*td;		/* whose request */
	int		lock;		/* wired old buffer */
	void		*oldptr;	/* NULL: tell the size */
	size_t		oldlen;
	size_t		oldidx;		/* bytes produced */
	int		(*oldfunc)(struct sysctl_req *, const void *, size_t);
	const void	*newptr;	/* NULL: not a write */
	size_t		newlen;
	size_t		newidx;
	int		(*newfunc)(struct sysctl_req *, void *, size_t);
	u_int		flags;
};

/* Produce and consume data; an errno. */
#define SYSCTL_OUT(r, p, l)	((r)->oldfunc)((r), (p), (l))
#define SYSCTL_OUT_STR(r, p)	((r)->oldfunc)((r), (p), strlen(p) + 1)
#define SYSCTL_IN(r, p, l)	((r)->newfunc)((r), (p), (l))

int	sysctl_handle_bool(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_8(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_16(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_32(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_64(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_int(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_long(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_quad(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_string(SYSCTL_HANDLER_ARGS);
int	sysctl_handle_opaque(SYSCTL_HANDLER_ARGS);
int	sysctl_int_range(SYSCTL_HANDLER_ARGS, int low, int high);

void	sysctl_register_oid(struct sysctl_oid *oidp);
void	sysctl_unregister_oid(struct sysctl_oid *oidp);
void	sysctl_register_set(struct sysctl_oid **begin,
	    struct sysctl_oid **end);
void	sysctl_unregister_set(struct sysctl_oid **begin,
	    struct sysctl_oid **end);

#define SYSCTL_DECL(name)						\
	extern struct sysctl_oid_list sysctl_##name##_children
#define SYSCTL_CHILDREN(oidp) \
	((struct sysctl_oid_list *)(oidp)->oid_arg1)
#define SYSCTL_STATIC_CHILDREN(name)	(&sysctl_##name##_children)
#define SYSCTL_NODE_CHILDREN(parent, name) \
	sysctl_##parent##_##name##_children

extern struct sysctl_oid_list sysctl__children;

#define SYSCTL_OID(parent, nbr, name, kind, a1, a2, handler, fmt, descr) \
	static struct sysctl_oid sysctl__##parent##_##name = {		\
		.oid_parent = &sysctl_##parent##_children,		\
		.oid_number = nbr, .oid_kind = (u_int)(kind),		\
		.oid_arg1 = (void *)(uintptr_t)(a1), .oid_arg2 = a2,	\
		.oid_name = #name, .oid_handler = handler,		\
		.oid_fmt = fmt, .oid_descr = descr,			\
	};								\
	DATA_SET(sysctl_set, sysctl__##parent##_##name)

#define SYSCTL_NODE(parent, nbr, name, access, handler, descr)		\
	struct sysctl_oid_list SYSCTL_NODE_CHILDREN(parent, name) =	\
	    SLIST_HEAD_INITIALIZER(SYSCTL_NODE_CHILDREN(parent, name)); \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_NODE | (access),		\
	    &SYSCTL_NODE_CHILDREN(parent, name), 0, handler, "N", descr)

#define SYSCTL_STRING(parent, nbr, name, access, arg, len, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_STRING | (access), \
	    arg, len, sysctl_handle_string, "A", descr)
/* ptr NULL: the constant val. */
#define SYSCTL_INT(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_INT | (access), \
	    ptr, val, sysctl_handle_int, "I", descr)
#define SYSCTL_UINT(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_UINT | (access), \
	    ptr, val, sysctl_handle_int, "IU", descr)
#define SYSCTL_LONG(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_LONG | (access), \
	    ptr, val, sysctl_handle_long, "L", descr)
#define SYSCTL_ULONG(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_ULONG | (access), \
	    ptr, val, sysctl_handle_long, "LU", descr)
#define SYSCTL_QUAD(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_QUAD | (access), \
	    ptr, val, sysctl_handle_64, "Q", descr)
#define SYSCTL_UQUAD(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_UQUAD | (access), \
	    ptr, val, sysctl_handle_64, "QU", descr)
#define SYSCTL_S64(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_QUAD(parent, nbr, name, access, ptr, val, descr)
#define SYSCTL_U64(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_UQUAD(parent, nbr, name, access, ptr, val, descr)
#define SYSCTL_U8(parent, nbr, name, access, ptr, val, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_U8 | (access), \
	    ptr, val, sysctl_handle_8, "CU", descr)
#define SYSCTL_OPAQUE(parent, nbr, name, access, ptr, len, fmt, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_OPAQUE | (access), \
	    ptr, len, sysctl_handle_opaque, fmt, descr)
#define SYSCTL_STRUCT(parent, nbr, name, access, ptr, type, descr) \
	SYSCTL_OID(parent, nbr, name, CTLTYPE_OPAQUE | (access), \
	    ptr, sizeof(struct type), sysctl_handle_opaque, "S," #type, \
	    descr)
#define SYSCTL_PROC(parent, nbr, name, access, ptr, arg, handler, fmt, descr) \
	SYSCTL_OID(parent, nbr, name, (access), ptr, arg, handler, fmt, descr)

/*
 * Nodes made at run time.  A context remembers them for removal; names are
 * copied.
 */
struct sysctl_ctx_entry {
	struct sysctl_oid *entry;
	TAILQ_ENTRY(sysctl_ctx_entry) link;
};
TAILQ_HEAD(sysctl_ctx_list, sysctl_ctx_entry);

int	sysctl_ctx_init(struct sysctl_ctx_list *clist);
int	sysctl_ctx_free(struct sysctl_ctx_list *clist);
struct sysctl_oid *sysctl_add_oid(struct sysctl_ctx_list *clist,
	    struct sysctl_oid_list *parent, int nbr, const char *name,
	    int kind, void *arg1, intptr_t arg2, sysctl_handler_t handler,
	    const char *fmt, const char *descr);
/* del: also unregister; recurse: with everything below.  An errno. */
int	sysctl_remove_oid(struct sysctl_oid *oidp, int del, int recurse);

#define SYSCTL_ADD_OID(ctx, parent, nbr, name, kind, a1, a2, handler, fmt, \
	    descr)							\
	sysctl_add_oid(ctx, parent, nbr, name, kind, a1, a2, handler, fmt, \
	    descr)
#define SYSCTL_ADD_NODE(ctx, parent, nbr, name, access, handler, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_NODE | (int)(access), \
	    NULL, 0, handler, "N", descr)
#define SYSCTL_ADD_STRING(ctx, parent, nbr, name, access, arg, len, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_STRING | (int)(access), \
	    arg, len, sysctl_handle_string, "A", descr)
#define SYSCTL_ADD_INT(ctx, parent, nbr, name, access, ptr, val, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_INT | (int)(access), \
	    ptr, val, sysctl_handle_int, "I", descr)
#define SYSCTL_ADD_UINT(ctx, parent, nbr, name, access, ptr, val, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_UINT | (int)(access), \
	    ptr, val, sysctl_handle_int, "IU", descr)
#define SYSCTL_ADD_LONG(ctx, parent, nbr, name, access, ptr, descr)	\
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_LONG | (int)(access), \
	    ptr, 0, sysctl_handle_long, "L", descr)
#define SYSCTL_ADD_ULONG(ctx, parent, nbr, name, access, ptr, descr)	\
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_ULONG | (int)(access), \
	    ptr, 0, sysctl_handle_long, "LU", descr)
#define SYSCTL_ADD_QUAD(ctx, parent, nbr, name, access, ptr, val, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_QUAD | (int)(access), \
	    ptr, val, sysctl_handle_64, "Q", descr)
#define SYSCTL_ADD_UQUAD(ctx, parent, nbr, name, access, ptr, val, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_UQUAD | (int)(access), \
	    ptr, val, sysctl_handle_64, "QU", descr)
#define SYSCTL_ADD_OPAQUE(ctx, parent, nbr, name, access, ptr, len, fmt, \
	    descr)							\
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_OPAQUE | (int)(access), \
	    ptr, len, sysctl_handle_opaque, fmt, descr)
#define SYSCTL_ADD_STRUCT(ctx, parent, nbr, name, access, ptr, type, descr) \
	sysctl_add_oid(ctx, parent, nbr, name, CTLTYPE_OPAQUE | (int)(access), \
	    ptr, sizeof(struct type), sysctl_handle_opaque, "S," #type, descr)
#define SYSCTL_ADD_PROC(ctx, parent, nbr, name, access, ptr, arg, handler, \
	    fmt, descr)							\
	sysctl_add_oid(ctx, parent, nbr, name, (int)(access), ptr, arg,	\
	    handler, fmt, descr)

/* From inside the kernel. */
int	kernel_sysctl(int *name, u_int namelen, void *old, size_t *oldlenp,
	    const void *newp, size_t newlen, size_t *retval);
int	kernel_sysctlbyname(const char *name, void *old, size_t *oldlenp,
	    const void *newp, size_t newlen, size_t *retval);
int	userland_sysctl(int *name, u_int namelen, void *old, size_t *oldlenp,
	    int inkernel, const void *newp, size_t newlen, size_t *retval);
int	sysctl_find_oid(int *name, u_int namelen, struct sysctl_oid **noid,
	    int *nindx, struct sysctl_req *req);

SYSCTL_DECL(_kern);
SYSCTL_DECL(_kern_ipc);
SYSCTL_DECL(_kern_proc);
SYSCTL_DECL(_sysctl);
SYSCTL_DECL(_vm);
SYSCTL_DECL(_vfs);
SYSCTL_DECL(_net);
SYSCTL_DECL(_debug);
SYSCTL_DECL(_hw);
SYSCTL_DECL(_machdep);
SYSCTL_DECL(_user);
SYSCTL_DECL(_p1003_1b);
SYSCTL_DECL(_lwkt);
SYSCTL_DECL(_security);
SYSCTL_DECL(_compat);

#endif /* !_SYS__SYSCTL_KERN_H_ */
