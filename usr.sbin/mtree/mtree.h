/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between the parts of mtree(8): spec.c reads a specification into a tree of
 * nodes, create.c writes one, mtree.c compares.
 */
#ifndef _MTREE_H_
#define _MTREE_H_

#include <sys/types.h>
#include <sys/stat.h>
#include <stdio.h>

#define K_TYPE		0x00001
#define K_UID		0x00002
#define K_GID		0x00004
#define K_UNAME		0x00008
#define K_GNAME		0x00010
#define K_MODE		0x00020
#define K_NLINK		0x00040
#define K_SIZE		0x00080
#define K_LINK		0x00100
#define K_TIME		0x00200
#define K_FLAGS		0x00400
#define K_MD5		0x00800
#define K_SHA256	0x01000
#define K_IGNORE	0x02000		/* do not look below */
#define K_NOCHANGE	0x04000		/* only that it is there */
#define K_OPTIONAL	0x08000		/* need not be there */

#define K_DEFAULT	(K_TYPE | K_UID | K_GID | K_MODE | K_NLINK | K_SIZE | \
			    K_LINK | K_TIME | K_FLAGS)

struct node {
	struct node *parent, *child, *next;
	char	*name;			/* may be a pattern */
	u_int	keys;			/* which of these are set */
	mode_t	type;			/* S_IFMT part */
	mode_t	mode;
	uid_t	uid;
	gid_t	gid;
	nlink_t	nlink;
	off_t	size;
	struct timespec mtime;
	u_long	flags;
	char	*link;
	char	*md5, *sha256;
	int	visited;
};

extern u_int keys;			/* those to write or compare */

/* The bit of a keyword, or 0. */
u_int	keyword(const char *name);

/* Reads a specification; exits on errors.  The result is the node ".". */
struct node *spec_read(FILE *f);

/* Writes one of the tree below the current directory. */
void	create(const char *root, int follow, int dirs_only, int one_device,
	    int indent);

/* The digest of a file in hexadecimal, malloc()ed; NULL with errno. */
char	*file_digest(const char *path, const char *algorithm);

/* "dir", "file" ...; and back (0 if there is none). */
const char *type_name(mode_t mode);
mode_t	type_by_name(const char *name);

/* A name with blanks and such as octal escapes, malloc()ed. */
char	*encode(const char *name);

#endif
