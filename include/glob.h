/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Path names matching a pattern.
 */
#ifndef _GLOB_H_
#define _GLOB_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

struct dirent;
struct stat;

typedef struct {
	size_t	gl_pathc;	/* paths so far */
	size_t	gl_matchc;	/* of this call */
	size_t	gl_offs;	/* empty slots in front: GLOB_DOOFFS */
	int	gl_flags;
	char	**gl_pathv;
	int	(*gl_errfunc)(const char *, int);
	/* With GLOB_ALTDIRFUNC. */
	void	(*gl_closedir)(void *);
	struct dirent *(*gl_readdir)(void *);
	void	*(*gl_opendir)(const char *);
	int	(*gl_lstat)(const char *, struct stat *);
	int	(*gl_stat)(const char *, struct stat *);
} glob_t;

#define GLOB_APPEND	1
#define GLOB_DOOFFS	2
#define GLOB_ERR	4
#define GLOB_MARK	8
#define GLOB_NOCHECK	16
#define GLOB_NOSORT	32
#define GLOB_NOESCAPE	8192
#define GLOB_NOSPACE	(-1)
#define GLOB_ABORTED	(-2)
#define GLOB_NOMATCH	(-3)
#define GLOB_NOSYS	(-4)
#define GLOB_ALTDIRFUNC	64
#define GLOB_BRACE	128
#define GLOB_MAGCHAR	256
#define GLOB_NOMAGIC	512
#define GLOB_QUOTE	1024
#define GLOB_TILDE	2048
#define GLOB_LIMIT	4096
#define GLOB_PERIOD	16384
#define GLOB_MAXPATH	4096
#define GLOB_ABEND	(-2)

__BEGIN_DECLS
int	glob(const char *__restrict, int, int (*)(const char *, int),
	    glob_t *__restrict);
void	globfree(glob_t *);
__END_DECLS

#endif /* !_GLOB_H_ */
