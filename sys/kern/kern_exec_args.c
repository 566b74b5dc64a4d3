/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arguments on their way from the old program to the new one, and the stack
 * they end up on.
 *
 * Between the two they are in a kernel buffer: the path, then all argument
 * and environment strings in one piece.  Buffers are large and execve is
 * frequent, so each CPU keeps one.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/exec.h>
#include <sys/globaldata.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/kinfo.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/proc.h>
#include <sys/random.h>
#include <sys/resourcevar.h>
#include <sys/syslimits.h>
#include <sys/sysctl.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_kern.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <machine/atomic.h>
#include <machine/elf.h>
#include <machine/md_var.h>

#define ARGS_BUFFER	(MAXPATHLEN + ARG_MAX)
#define AUXV_ROOM	24	/* pairs, used or not */

static void *args_cache[MAXCPU];	/* (a) one idle buffer a CPU */

static int stackgap_random = 1024;
SYSCTL_INT(_kern, OID_AUTO, stackgap_random, CTLFLAG_RW, &stackgap_random, 0,
    "Largest random gap above the arguments (a power of 2); negative: fixed");

static u_long exec_ps_strings = PS_STRINGS;
SYSCTL_ULONG(_kern, KERN_PS_STRINGS, ps_strings, CTLFLAG_RD, &exec_ps_strings,
    0, "Address of the record of a process's arguments");
static u_long exec_usrstack = USRSTACK;
SYSCTL_ULONG(_kern, KERN_USRSTACK, usrstack, CTLFLAG_RD, &exec_usrstack, 0,
    "Top of the stack of the first thread");
static u_long exec_maxssiz = MAXSSIZ;
SYSCTL_ULONG(_kern, OID_AUTO, maxssiz, CTLFLAG_RD, &exec_maxssiz, 0,
    "Address space reserved for the first thread's stack");
static u_long exec_maxthrssiz = MAXTHRSSIZ;
SYSCTL_ULONG(_kern, OID_AUTO, maxthrssiz, CTLFLAG_RD, &exec_maxthrssiz, 0,
    "Address space for stacks of other threads");

/* --- gathering ----------------------------------------------------------- */

static int
args_buffer(struct image_args *args)
{
	int cpu = mycpuid;

	bzero(args, sizeof(*args));
	args->buf = atomic_swap_ptr(&args_cache[cpu], NULL);
	if (args->buf == NULL)
		args->buf = (char *)kmem_alloc3(&kernel_map, ARGS_BUFFER,
		    VM_SUBSYS_IMGACT, 0);
	if (args->buf == NULL)
		return (ENOMEM);
	args->begin_argv = args->begin_envv = args->endp = args->buf +
	    MAXPATHLEN;
	args->space = ARG_MAX;
	return (0);
}

void
exec_free_args(struct image_args *args)
{
	char *buf = args->buf;

	if (buf == NULL)
		return;
	args->buf = NULL;
	buf = atomic_swap_ptr(&args_cache[mycpuid], buf);
	if (buf != NULL)
		kmem_free(&kernel_map, (vm_offset_t)buf, ARGS_BUFFER);
}

static int
args_add(struct image_args *args, const char *str, enum uio_seg seg)
{
	size_t len;
	int error;

	if (seg == UIO_USERSPACE)
		error = copyinstr(str, args->endp, args->space, &len);
	else
		error = copystr(str, args->endp, args->space, &len);
	if (error != 0)
		return (error == ENAMETOOLONG ? E2BIG : error);
	args->endp += len;
	args->space -= len;
	return (0);
}

int
exec_alloc_args(struct image_args *args, const char *fname)
{
	int error;

	error = args_buffer(args);
	if (error != 0)
		return (error);
	if (fname != NULL) {
		args->fname = args->buf;
		if (strlcpy(args->fname, fname, MAXPATHLEN) >= MAXPATHLEN)
			return (ENAMETOOLONG);
	}
	return (0);
}

int
exec_add_arg(struct image_args *args, const char *str)
{
	int error = args_add(args, str, UIO_SYSSPACE);

	if (error == 0) {
		++args->argc;
		args->begin_envv = args->endp;
	}
	return (error);
}

int
exec_add_env(struct image_args *args, const char *str)
{
	int error = args_add(args, str, UIO_SYSSPACE);

	if (error == 0)
		++args->envc;
	return (error);
}

/* The strings that a vector points to. */
static int
args_copyin_vector(struct image_args *args, char **vec, enum uio_seg seg,
    int *countp)
{
	intptr_t ptr;
	int error;

	for (;; ++vec) {
		if (seg == UIO_SYSSPACE) {
			ptr = (intptr_t)*vec;
		} else {
			error = copyin(vec, &ptr, sizeof(ptr));
			if (error != 0)
				return (error);
		}
		if (ptr == 0)
			return (0);
		error = args_add(args, (char *)ptr, seg);
		if (error != 0)
			return (error);
		++*countp;
	}
}

int
exec_copyin_args(struct image_args *args, const char *fname,
    enum uio_seg seg, char **argv, char **envv)
{
	size_t len;
	int error;

	error = args_buffer(args);
	if (error != 0)
		return (error);
	if (fname != NULL) {
		args->fname = args->buf;
		error = seg == UIO_USERSPACE ?
		    copyinstr(fname, args->fname, MAXPATHLEN, &len) :
		    copystr(fname, args->fname, MAXPATHLEN, &len);
		if (error != 0)
			goto out;
	}
	if (argv == NULL) {
		error = EFAULT;
		goto out;
	}
	error = args_copyin_vector(args, argv, seg, &args->argc);
	if (error == 0 && args->argc == 0) {
		error = args_add(args, args->fname ? args->fname : "",
		    UIO_SYSSPACE);
		args->argc = 1;
	}
	args->begin_envv = args->endp;
	if (error == 0 && envv != NULL)
		error = args_copyin_vector(args, envv, seg, &args->envc);
out:
	if (error != 0)
		exec_free_args(args);
	return (error);
}

/* Make the first old bytes of the strings new bytes long. */
static int
args_resize_front(struct image_args *args, size_t old, size_t new)
{
	ssize_t delta = (ssize_t)new - (ssize_t)old;

	if (delta > args->space)
		return (E2BIG);
	bcopy(args->begin_argv + old, args->begin_argv + new,
	    args->endp - (args->begin_argv + old));
	args->begin_envv += delta;
	args->endp += delta;
	args->space -= delta;
	return (0);
}

int
exec_args_prepend(struct image_args *args, const char *strings, size_t length,
    int count)
{
	int error = args_resize_front(args, 0, length);

	if (error == 0) {
		bcopy(strings, args->begin_argv, length);
		args->argc += count;
	}
	return (error);
}

int
exec_args_replace0(struct image_args *args, const char *path)
{
	size_t old = strlen(args->begin_argv) + 1, new = strlen(path) + 1;
	int error = args_resize_front(args, old, new);

	if (error == 0)
		bcopy(path, args->begin_argv, new);
	return (error);
}

/* --- the new stack ------------------------------------------------------- */

static vm_page_t sigtramp_page;		/* (I) */

static int
sigtramp_fault(struct proc *p, void *arg, u_long pgoff, vm_paddr_t *pap)
{
	*pap = sigtramp_page->phys_addr;
	return (0);
}

static void
sigtramp_init(void *arg)
{
	sigtramp_page = vm_page_alloc_noobj(VM_ALLOC_SYSTEM | VM_ALLOC_ZERO);
	if (sigtramp_page == NULL)
		panic("no memory for the signal trampoline");
	bcopy(sigcode, (void *)VM_PAGE_TO_DMAP(sigtramp_page), szsigcode);
}
SYSINIT(sigtramp, SI_SUB_EXEC, SI_ORDER_FIRST, sigtramp_init, NULL);

static int
sysctl_sigtramp(SYSCTL_HANDLER_ARGS)
{
	struct kinfo_sigtramp kst;

	bzero(&kst, sizeof(kst));
	kst.ksigtramp_start = (void *)EXEC_SIGTRAMP;
	kst.ksigtramp_end = (void *)(EXEC_SIGTRAMP + szsigcode);
	return (SYSCTL_OUT(req, &kst, sizeof(kst)));
}
SYSCTL_DECL(_kern_proc);
SYSCTL_PROC(_kern_proc, KERN_PROC_SIGTRAMP, sigtramp, CTLTYPE_OPAQUE |
    CTLFLAG_RD, NULL, 0, sysctl_sigtramp, "S,kinfo_sigtramp",
    "Where the signal trampoline is");

/*
 * From the top: the page of ps_strings, the trampoline, which all processes
 * share, and the stack proper.
 */
int
exec_map_stack(struct vmspace *vm)
{
	vm_map_t map = &vm->vm_map;
	vm_offset_t low = USRSTACK - MAXSSIZ;
	int rv;

	rv = vm_map_stack(map, low, EXEC_SIGTRAMP - low, VM_PROT_RW,
	    VM_PROT_ALL, MAP_COPY_ON_WRITE);
	if (rv != KERN_SUCCESS)
		return (ENOMEM);
	vm_map_lock(map);
	rv = vm_map_insert_uksmap(map, sigtramp_fault, NULL, EXEC_SIGTRAMP,
	    EXEC_SIGTRAMP + PAGE_SIZE, VM_PROT_READ | VM_PROT_EXECUTE,
	    VM_PROT_READ | VM_PROT_EXECUTE);
	if (rv == KERN_SUCCESS)
		rv = vm_map_insert(map, NULL, 0, EXEC_SIGTRAMP + PAGE_SIZE,
		    USRSTACK, VM_MAPTYPE_NORMAL, VM_SUBSYS_STACK, VM_PROT_RW,
		    VM_PROT_ALL, MAP_COPY_ON_WRITE);
	vm_map_unlock(map);
	vm->vm_ssize = SGROWSIZ >> PAGE_SHIFT;
	vm->vm_maxsaddr = (caddr_t)low;
	vm->vm_minsaddr = (caddr_t)USRSTACK;
	return (rv == KERN_SUCCESS ? 0 : ENOMEM);
}

static u_long
stack_gap(void)
{
	u_long r;

	if (stackgap_random == 0)
		return (0);
	if (stackgap_random < 0)
		return (roundup2((u_long)-stackgap_random, 8));
	read_random(&r, sizeof(r), 1);
	return (roundup2(r & (stackgap_random - 1), 8));
}

static Elf64_Auxinfo *
aux_add(Elf64_Auxinfo *aux, long type, u_long value)
{
	aux->a_type = type;
	aux->a_un.a_val = value;
	return (aux + 1);
}

static void
aux_fill(struct image_params *imgp, Elf64_Auxinfo *aux, u_long execpath)
{
	if (imgp->has_auxv) {
		aux = aux_add(aux, AT_PHDR, imgp->aux_phdr);
		aux = aux_add(aux, AT_PHENT, sizeof(Elf64_Phdr));
		aux = aux_add(aux, AT_PHNUM, imgp->aux_phnum);
		aux = aux_add(aux, AT_PAGESZ, PAGE_SIZE);
		aux = aux_add(aux, AT_FLAGS, 0);
		aux = aux_add(aux, AT_ENTRY, imgp->aux_entry);
		aux = aux_add(aux, AT_BASE, imgp->aux_base);
		if (execpath != 0)
			aux = aux_add(aux, AT_EXECPATH, execpath);
		aux = aux_add(aux, AT_OSRELDATE, osreldate);
	}
	aux_add(aux, AT_NULL, 0);
}

/* Pointers to count strings that begin at *addrp, then NULL. */
static u_long *
vector_fill(u_long *vec, int count, const char **strp, u_long *addrp)
{
	size_t len;

	while (count-- > 0) {
		*vec++ = *addrp;
		len = strlen(*strp) + 1;
		*strp += len;
		*addrp += len;
	}
	*vec++ = 0;
	return (vec);
}

int
exec_copyout_strings(struct image_params *imgp)
{
	struct image_args *args = imgp->args;
	size_t slen = args->endp - args->begin_argv, plen = 0, vlen;
	const char *str = args->begin_argv;
	u_long x, s, a, addr, *vec, *v;
	struct ps_strings ps;
	int error;

	if (imgp->execpath != NULL)
		plen = strlen(imgp->execpath) + 1;
	x = EXEC_SIGTRAMP - roundup2(plen, 8);
	s = x - SPARE_USRSPACE - stack_gap() - roundup2(slen, 8);
	vlen = (1 + args->argc + 1 + args->envc + 1) * sizeof(u_long) +
	    AUXV_ROOM * sizeof(Elf64_Auxinfo);
	a = s - vlen;
	bzero(&ps, sizeof(ps));
	ps.ps_nargvstr = args->argc;
	ps.ps_nenvstr = args->envc;
	ps.ps_argvstr = (char **)(a + sizeof(u_long));
	ps.ps_envstr = ps.ps_argvstr + args->argc + 1;

	vec = kmalloc(vlen, M_TEMP, M_WAITOK | M_ZERO);
	v = vec;
	addr = s;
	*v++ = args->argc;
	v = vector_fill(v, args->argc, &str, &addr);
	v = vector_fill(v, args->envc, &str, &addr);
	aux_fill(imgp, (Elf64_Auxinfo *)v, plen ? x : 0);

	error = copyout(vec, (void *)a, vlen);
	kfree(vec, M_TEMP);
	if (error == 0 && slen != 0)
		error = copyout(args->begin_argv, (void *)s, slen);
	if (error == 0 && plen != 0)
		error = copyout(imgp->execpath, (void *)x, plen);
	if (error == 0)
		error = copyout(&ps, (void *)PS_STRINGS, sizeof(ps));
	imgp->stack_base = a;
	return (error);
}
