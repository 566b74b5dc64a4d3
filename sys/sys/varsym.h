/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variant symbolic links: ${NAME} in a link's contents expands to a variable
 * of the process, user or system.
 */
#ifndef _SYS_VARSYM_H_
#define _SYS_VARSYM_H_

#include <sys/types.h>
#include <sys/queue.h>

#define VARSYM_PROC	1
#define VARSYM_USER	2
#define VARSYM_SYS	3
#define VARSYM_PRISON	4
#define VARSYM_PROC_MASK	(1 << VARSYM_PROC)
#define VARSYM_USER_MASK	(1 << VARSYM_USER)
#define VARSYM_SYS_MASK		(1 << VARSYM_SYS)
#define VARSYM_PRISON_MASK	(1 << VARSYM_PRISON)
#define VARSYM_ALL_MASK	(VARSYM_PROC_MASK | VARSYM_USER_MASK | VARSYM_SYS_MASK)
#define MAXVARSYM_NAME	64
#define MAXVARSYM_DATA	256
#define MAXVARSYM_SET	16384

#ifdef _KERNEL

#include <sys/lock.h>

struct proc;

/* Immutable apart from vs_refs (a). */
struct varsym {
	u_int		vs_refs;
	int		vs_namelen;
	char		*vs_data;	/* follows the name */
	char		vs_name[];
};
typedef struct varsym *varsym_t;

/* Variables are shared by the sets that inherited them. */
struct varsym_entry {
	TAILQ_ENTRY(varsym_entry) ve_entry; /* (l) */
	struct varsym	*ve_sym;	/* (I) */
};

/* (l) vx_lock. */
struct varsymset {
	TAILQ_HEAD(, varsym_entry) vx_queue; /* (l) */
	int		vx_setsize;	/* (l) bytes */
	struct lock	vx_lock;
};

void	varsymset_init(struct varsymset *vss, struct varsymset *copy);
void	varsymset_clean(struct varsymset *vss);
/*
 * Expand ${NAME} in place; buf holds *len... bytes of at most max.  Returns
 * the new length or negative if it would not fit.
 */
int	varsymreplace(char *cp, int linklen, int maxlen);
/* Look up, referenced: varsymdrop(). */
varsym_t varsymfind(int mask, const char *name, int namelen);
void	varsymdrop(varsym_t vs);

#else /* !_KERNEL */

#include <sys/cdefs.h>
__BEGIN_DECLS
int	varsym_set(int, const char *, const char *);
int	varsym_get(int, const char *, char *, int);
int	varsym_list(int, char *, int, int *);
__END_DECLS

#endif /* _KERNEL */

#endif /* !_SYS_VARSYM_H_ */
