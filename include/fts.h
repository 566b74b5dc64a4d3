/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking file hierarchies.
 */
#ifndef _FTS_H_
#define _FTS_H_

#include <sys/cdefs.h>
#include <sys/types.h>

typedef struct {
	struct _ftsent *fts_cur;	/* current node */
	struct _ftsent *fts_child;	/* its children */
	struct _ftsent **fts_array;	/* for sorting */
	dev_t	fts_dev;		/* of the starting point */
	char	*fts_path;		/* path being built */
	int	fts_rfd;		/* directory to return to */
	size_t	fts_pathlen;		/* bytes of fts_path */
	size_t	fts_nitems;		/* elements of fts_array */
	int	(*fts_compar)(const struct _ftsent **, const struct _ftsent **);
	int	fts_options;
	void	*fts_clientptr;
} FTS;

/* fts_open() */
#define FTS_COMFOLLOW	0x0001
#define FTS_LOGICAL	0x0002
#define FTS_NOCHDIR	0x0004
#define FTS_NOSTAT	0x0008
#define FTS_PHYSICAL	0x0010
#define FTS_SEEDOT	0x0020
#define FTS_XDEV	0x0040
#define FTS_WHITEOUT	0x0080
#define FTS_OPTIONMASK	0x00ff
#define FTS_NAMEONLY	0x0100
#define FTS_STOP	0x0200

typedef struct _ftsent {
	struct _ftsent *fts_cycle;	/* where it repeats */
	struct _ftsent *fts_parent;
	struct _ftsent *fts_link;
	long long fts_number;		/* the caller's */
	void	*fts_pointer;		/* the caller's */
	char	*fts_accpath;		/* from the current directory */
	char	*fts_path;		/* from the starting point */
	int	fts_errno;
	int	fts_symfd;		/* descriptor of a followed link */
	size_t	fts_pathlen;
	size_t	fts_namelen;
	ino_t	fts_ino;
	dev_t	fts_dev;
	nlink_t	fts_nlink;
	long	fts_level;		/* -1 and up */
	int	fts_info;		/* FTS_*, below */
	unsigned int fts_flags;
	int	fts_instr;		/* fts_set() */
	struct stat *fts_statp;
	char	*fts_name;
	FTS	*fts_fts;
} FTSENT;

#define FTS_ROOTPARENTLEVEL	(-1)
#define FTS_ROOTLEVEL		0

/* fts_info */
#define FTS_D		1
#define FTS_DC		2
#define FTS_DEFAULT	3
#define FTS_DNR		4
#define FTS_DOT		5
#define FTS_DP		6
#define FTS_ERR		7
#define FTS_F		8
#define FTS_INIT	9
#define FTS_NS		10
#define FTS_NSOK	11
#define FTS_SL		12
#define FTS_SLNONE	13
#define FTS_W		14

/* fts_flags */
#define FTS_DONTCHDIR	0x1
#define FTS_SYMFOLLOW	0x2
#define FTS_ISW		0x4

/* fts_set() */
#define FTS_AGAIN	1
#define FTS_FOLLOW	2
#define FTS_NOINSTR	3
#define FTS_SKIP	4

__BEGIN_DECLS
FTSENT	*fts_children(FTS *, int);
int	fts_close(FTS *);
void	*fts_get_clientptr(FTS *);
#define fts_get_clientptr(fts)	((fts)->fts_clientptr)
FTS	*fts_get_stream(FTSENT *);
#define fts_get_stream(ent)	((ent)->fts_fts)
FTS	*fts_open(char *const *, int,
	    int (*)(const FTSENT **, const FTSENT **));
FTSENT	*fts_read(FTS *);
int	fts_set(FTS *, FTSENT *, int);
void	fts_set_clientptr(FTS *, void *);
__END_DECLS

#endif /* !_FTS_H_ */
