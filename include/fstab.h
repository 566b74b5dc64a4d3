/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Filesystems to mount: /etc/fstab.
 */
#ifndef _FSTAB_H_
#define _FSTAB_H_

#include <sys/cdefs.h>

#define GETDEVPATH_RAWDEV	1
#define _PATH_FSTAB		"/etc/fstab"

#define FSTAB		"/etc/fstab"
#define FSTAB_RW	"rw"
#define FSTAB_RQ	"rq"
#define FSTAB_RO	"ro"
#define FSTAB_SW	"sw"
#define FSTAB_XX	"xx"

struct fstab {
	char	*fs_spec;
	char	*fs_file;
	char	*fs_vfstype;
	char	*fs_mntops;
	char	*fs_type;
	int	fs_freq;
	int	fs_passno;
};

__BEGIN_DECLS
void	endfsent(void);
char	*getdevpath(const char *, int);
struct fstab *getfsent(void);
struct fstab *getfsfile(const char *);
struct fstab *getfsspec(const char *);
const char *getfstab(void);
int	setfsent(void);
void	setfstab(const char *);
__END_DECLS

#endif /* !_FSTAB_H_ */
