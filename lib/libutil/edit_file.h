/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Editing a file of accounts: it is locked, a new one is written beside it,
 * and that takes its place.
 */
#ifndef _EDIT_FILE_H_
#define	_EDIT_FILE_H_

#include <limits.h>

struct edit_file {
	const char	*name;			/* of the file in dir */
	const char	*prefix;		/* of new files */
	const char	*busy;			/* what to say if it is locked */
	char		dir[PATH_MAX];
	char		path[PATH_MAX + 32];
	char		temp[PATH_MAX + 32];	/* "": none */
	int		lock_fd;
};

/* NULL stands for /etc, and for the file in the directory. */
void	_edit_init(struct edit_file *, const char *dir, const char *path);
/* A descriptor of the locked file; exits if somebody else has it. */
int	_edit_lock(struct edit_file *);
/* A new file beside the old one; with fd >= 0 its contents are copied. */
int	_edit_temp(struct edit_file *, int fd);
void	_edit_fini(struct edit_file *);
/*
 * Copies a file of entries that begin with a name and a colon.  The one named
 * becomes `entry', or goes away if that is NULL; without one, it is added.
 */
int	_edit_entry(int from, int to, const char *name, const char *entry);

#endif
