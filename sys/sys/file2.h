/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls through a file's operations.
 */
#ifndef _SYS_FILE2_H_
#define _SYS_FILE2_H_

#ifdef _KERNEL

#include <sys/file.h>

static __inline int
fo_read(struct file *fp, struct uio *uio, struct ucred *cred, int flags)
{
	return (fp->f_ops->fo_read(fp, uio, cred, flags));
}

static __inline int
fo_write(struct file *fp, struct uio *uio, struct ucred *cred, int flags)
{
	return (fp->f_ops->fo_write(fp, uio, cred, flags));
}

static __inline int
fo_ioctl(struct file *fp, u_long com, caddr_t data, struct ucred *cred,
    struct sysmsg *msg)
{
	return (fp->f_ops->fo_ioctl(fp, com, data, cred, msg));
}

static __inline int
fo_kqfilter(struct file *fp, struct knote *kn)
{
	return (fp->f_ops->fo_kqfilter(fp, kn));
}

static __inline int
fo_stat(struct file *fp, struct stat *sb, struct ucred *cred)
{
	return (fp->f_ops->fo_stat(fp, sb, cred));
}

static __inline int
fo_close(struct file *fp)
{
	return (fp->f_ops->fo_close(fp));
}

static __inline int
fo_shutdown(struct file *fp, int how)
{
	return (fp->f_ops->fo_shutdown(fp, how));
}

static __inline int
fo_seek(struct file *fp, off_t offset, int whence, off_t *res)
{
	return (fp->f_ops->fo_seek(fp, offset, whence, res));
}

#endif /* _KERNEL */

#endif /* !_SYS_FILE2_H_ */
