/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/fd/N, stdin, stdout, stderr: opening one duplicates the descriptor of
 * the caller.  d_open leaves the number in lwp_dupfd and fails; open(2)
 * then does the rest.  /dev/fd has the first FDESC_NODES descriptors.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/kernel.h>
#include <sys/proc.h>

#define FDESC_NODES	64

static int
fdopen(struct dev_open_args *ap)
{
	struct lwp *lp = curthread->td_lwp;

	if (lp == NULL)
		return (ENXIO);
	lp->lwp_dupfd = ap->a_head.a_dev->si_uminor & 0xff;
	return (ENODEV);
}

static struct dev_ops fildesc_ops = {
	{ "FD", 0, D_MPSAFE },
	.d_open = fdopen,
};

static void
fildesc_drvinit(void *unused)
{
	int fd;

	for (fd = 0; fd < FDESC_NODES; fd++)
		make_dev(&fildesc_ops, fd, UID_BIN, GID_BIN, 0666, "fd/%d",
		    fd);
	make_dev(&fildesc_ops, 0, UID_ROOT, GID_WHEEL, 0666, "stdin");
	make_dev(&fildesc_ops, 1, UID_ROOT, GID_WHEEL, 0666, "stdout");
	make_dev(&fildesc_ops, 2, UID_ROOT, GID_WHEEL, 0666, "stderr");
}
SYSINIT(fildesc, SI_SUB_DRIVERS, SI_ORDER_MIDDLE, fildesc_drvinit, NULL);
