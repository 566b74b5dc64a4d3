/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls for which no file system has an implementation: access control
 * lists, extended attributes, quotas of UFS, undelete.  The file is looked
 * up, so that what is wrong with the name is reported first; then it is
 * EOPNOTSUPP.  Also resident executables, which this kernel does not need:
 * the pages of executables stay in memory anyway.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/fcntl.h>
#include <sys/file.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/vnode.h>

static int
unsupported_path(const char *path)
{
	struct vnode *vp;
	int error;

	error = nlookup_vref(AT_FDCWD, path, UIO_USERSPACE, NLC_FOLLOW,
	    curthread->td_ucred, &vp);
	if (error != 0)
		return (error);
	vrele(vp);
	return (EOPNOTSUPP);
}

static int
unsupported_fd(int fd)
{
	struct file *fp;
	int error;

	error = holdvnode(curthread, fd, &fp);
	if (error != 0)
		return (error);
	fdrop(fp);
	return (EOPNOTSUPP);
}

#define UNSUPPORTED_PATH(name)						\
int									\
sys_##name(struct sysmsg *sysmsg, const struct name##_args *uap)	\
{									\
	return (unsupported_path(uap->path));				\
}

#define UNSUPPORTED_FD(name)						\
int									\
sys_##name(struct sysmsg *sysmsg, const struct name##_args *uap)	\
{									\
	return (unsupported_fd(uap->filedes));				\
}

UNSUPPORTED_PATH(__acl_get_file)
UNSUPPORTED_PATH(__acl_set_file)
UNSUPPORTED_PATH(__acl_delete_file)
UNSUPPORTED_PATH(__acl_aclcheck_file)
UNSUPPORTED_FD(__acl_get_fd)
UNSUPPORTED_FD(__acl_set_fd)
UNSUPPORTED_FD(__acl_delete_fd)
UNSUPPORTED_FD(__acl_aclcheck_fd)
UNSUPPORTED_PATH(extattrctl)
UNSUPPORTED_PATH(extattr_set_file)
UNSUPPORTED_PATH(extattr_get_file)
UNSUPPORTED_PATH(extattr_delete_file)
UNSUPPORTED_PATH(quotactl)
UNSUPPORTED_PATH(undelete)

int
sys_exec_sys_register(struct sysmsg *sysmsg,
    const struct exec_sys_register_args *uap)
{
	int error = priv_check(curthread, PRIV_ROOT);

	return (error != 0 ? error : EOPNOTSUPP);
}

/* No number has been given out. */
int
sys_exec_sys_unregister(struct sysmsg *sysmsg,
    const struct exec_sys_unregister_args *uap)
{
	int error = priv_check(curthread, PRIV_ROOT);

	return (error != 0 ? error : ENOENT);
}
