/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/mem, kmem, null, zero, full, random, urandom.
 *
 * mem gives physical memory through the direct map, page by page, and only
 * where there is memory; kmem gives mapped kernel memory.  Both are for
 * root (group kmem reads).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/conf.h>
#include <sys/event.h>
#include <sys/fcntl.h>
#include <sys/filio.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/priv.h>
#include <sys/random.h>
#include <sys/signalvar.h>
#include <sys/uio.h>
#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_object.h>
#include <vm/vm_page.h>
#include <vm/vm_pager.h>
#include <machine/vmparam.h>

enum {
	MINOR_MEM = 0, MINOR_KMEM = 1, MINOR_NULL = 2, MINOR_RANDOM = 3,
	MINOR_URANDOM = 4, MINOR_FULL = 7, MINOR_ZERO = 12
};

static d_open_t	mmopen;
static d_read_t	mmread;
static d_write_t mmwrite;
static d_ioctl_t mmioctl;
static d_mmap_t	memmmap;
static d_mmap_single_t mmmmap_single;
static d_kqfilter_t mmkqfilter;

static struct dev_ops mem_ops = {
	{ "mem", 0, D_MEM | D_MPSAFE | D_QUICK },
	.d_open = mmopen,
	.d_read = mmread,
	.d_write = mmwrite,
	.d_ioctl = mmioctl,
	.d_kqfilter = mmkqfilter,
	.d_mmap = memmmap,
	.d_mmap_single = mmmmap_single,
};

static int
mmopen(struct dev_open_args *ap)
{
	switch (ap->a_head.a_dev->si_uminor) {
	case MINOR_MEM:
	case MINOR_KMEM:
		if (ap->a_oflags & FWRITE) {
			if (securelevel > 0)
				return (EPERM);
			return (priv_check_cred(ap->a_cred, PRIV_ROOT, 0));
		}
		return (0);
	default:
		return (0);
	}
}

/* Physical or kernel memory, a page at a time. */
static int
mm_memory(struct uio *uio, int phys)
{
	vm_offset_t va;
	size_t n;
	int error;

	n = MIN(uio->uio_resid, PAGE_SIZE - (uio->uio_offset & PAGE_MASK));
	if (phys) {
		if (PHYS_TO_VM_PAGE(trunc_page(uio->uio_offset)) == NULL)
			return (EFAULT);
		va = PHYS_TO_DMAP(uio->uio_offset);
	} else {
		va = uio->uio_offset;
		if (!kernacc((caddr_t)va, n, uio->uio_rw == UIO_READ ?
		    VM_PROT_READ : VM_PROT_WRITE))
			return (EFAULT);
	}
	error = uiomove((caddr_t)va, n, uio);
	return (error);
}

static int
mm_random(struct uio *uio)
{
	size_t n;
	char *buf;
	int error = 0;

	buf = kmalloc(PAGE_SIZE, M_TEMP, M_WAITOK);
	while (uio->uio_resid > 0 && error == 0) {
		n = read_random(buf, MIN(uio->uio_resid, PAGE_SIZE), 1);
		error = uiomove(buf, n, uio);
		if (error == 0 && CURSIG_NOBLOCK(curthread->td_lwp))
			break;
	}
	kfree(buf, M_TEMP);
	return (error);
}

static int
mmread(struct dev_read_args *ap)
{
	struct uio *uio = ap->a_uio;
	int error = 0;

	switch (ap->a_head.a_dev->si_uminor) {
	case MINOR_NULL:
		return (0);
	case MINOR_ZERO:
	case MINOR_FULL:
		return (uiomovez(uio->uio_resid, uio));
	case MINOR_RANDOM:
	case MINOR_URANDOM:
		return (mm_random(uio));
	}
	while (uio->uio_resid > 0 && error == 0)
		error = mm_memory(uio,
		    ap->a_head.a_dev->si_uminor == MINOR_MEM);
	return (error);
}

static int
mmwrite(struct dev_write_args *ap)
{
	struct uio *uio = ap->a_uio;
	char *buf;
	size_t n;
	int error = 0;

	switch (ap->a_head.a_dev->si_uminor) {
	case MINOR_NULL:
	case MINOR_ZERO:
		uio->uio_offset += uio->uio_resid;
		uio->uio_resid = 0;
		return (0);
	case MINOR_FULL:
		return (ENOSPC);
	case MINOR_RANDOM:
	case MINOR_URANDOM:
		buf = kmalloc(PAGE_SIZE, M_TEMP, M_WAITOK);
		while (uio->uio_resid > 0 && error == 0) {
			n = MIN(uio->uio_resid, PAGE_SIZE);
			error = uiomove(buf, n, uio);
			if (error == 0)
				add_buffer_randomness(buf, n);
		}
		kfree(buf, M_TEMP);
		return (error);
	}
	while (uio->uio_resid > 0 && error == 0)
		error = mm_memory(uio,
		    ap->a_head.a_dev->si_uminor == MINOR_MEM);
	return (error);
}

static int
mmioctl(struct dev_ioctl_args *ap)
{
	switch (ap->a_cmd) {
	case FIONBIO:
	case FIOASYNC:
		return (0);
	case FIONREAD:
		*(int *)ap->a_data = 0;
		return (0);
	default:
		return (ENOTTY);
	}
}

static int
memmmap(struct dev_mmap_args *ap)
{
	if (ap->a_head.a_dev->si_uminor != MINOR_MEM)
		return (EINVAL);
	ap->a_result = ap->a_offset >> PAGE_SHIFT;
	return (0);
}

/* Mapping /dev/zero gives anonymous memory. */
static int
mmmmap_single(struct dev_mmap_single_args *ap)
{
	if (ap->a_head.a_dev->si_uminor != MINOR_ZERO)
		return (ENODEV);
	*ap->a_object = default_pager_alloc(NULL, ap->a_size,
	    VM_PROT_DEFAULT, 0);
	*ap->a_offset = 0;
	return (0);
}

static void
mm_filt_detach(struct knote *kn)
{
}

static int
mm_filt_ready(struct knote *kn, long hint)
{
	kn->kn_data = PAGE_SIZE;
	return (1);
}

static struct filterops mm_filtops = {
	.f_flags = FILTEROP_ISFD | FILTEROP_MPSAFE,
	.f_detach = mm_filt_detach,
	.f_event = mm_filt_ready
};

/* Always ready. */
static int
mmkqfilter(struct dev_kqfilter_args *ap)
{
	switch (ap->a_kn->kn_filter) {
	case EVFILT_READ:
	case EVFILT_WRITE:
		ap->a_kn->kn_fop = &mm_filtops;
		ap->a_result = 0;
		break;
	default:
		ap->a_result = EOPNOTSUPP;
		break;
	}
	return (0);
}

static void
mem_drvinit(void *unused)
{
	make_dev(&mem_ops, MINOR_MEM, UID_ROOT, GID_KMEM, 0640, "mem");
	make_dev(&mem_ops, MINOR_KMEM, UID_ROOT, GID_KMEM, 0640, "kmem");
	make_dev(&mem_ops, MINOR_NULL, UID_ROOT, GID_WHEEL, 0666, "null");
	make_dev(&mem_ops, MINOR_ZERO, UID_ROOT, GID_WHEEL, 0666, "zero");
	make_dev(&mem_ops, MINOR_FULL, UID_ROOT, GID_WHEEL, 0666, "full");
	make_dev(&mem_ops, MINOR_RANDOM, UID_ROOT, GID_WHEEL, 0666, "random");
	make_dev(&mem_ops, MINOR_URANDOM, UID_ROOT, GID_WHEEL, 0666,
	    "urandom");
}
SYSINIT(memdev, SI_SUB_DRIVERS, SI_ORDER_SECOND, mem_drvinit, NULL);
