/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace(2): one process controls another.
 *
 * A traced process (P_TRACED) stops for each signal it would act on and
 * waits for the word of its tracer, which is its parent for the time being
 * (p_oppid remembers the real one).  The thread with the signal is
 * p_stopper; see trace_signal() in kern_sig.c.  All of a target's state here
 * is under its p_token, and its threads do not move while it is stopped and
 * its tracer has been told so (P_WAITED).
 *
 * Who may trace whom is decided in one place, proc_debuggable(), for procfs
 * and core files of others too: the same real user, no change of identity
 * since exec, or the superuser.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/file.h>
#include <sys/imgact.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/ptrace.h>
#include <sys/resourcevar.h>
#include <sys/signalvar.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <sys/thread2.h>

#include <vm/vm.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_page.h>
#include <vm/vm_param.h>

#include <machine/md_var.h>
#include <machine/reg.h>

#define PTRACE_MAXSIG	128

/* Data that requests bring and take. */
union ptrace_data {
	struct ptrace_io_desc piod;
	struct reg	reg;
	struct fpreg	fpreg;
	struct dbreg	dbreg;
};

/* --- who may ------------------------------------------------------------- */

int
proc_debuggable(struct proc *p)
{
	struct ucred *cr = curthread->td_ucred;
	int error;

	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	error = p_cansee(cr, p);
	if (error != 0)
		return (error);
	if (p->p_flags & P_SYSTEM)
		return (EINVAL);
	if (p->p_flags & P_INEXEC)
		return (EAGAIN);
	if (cr->cr_ruid != p->p_ucred->cr_ruid) {
		error = priv_check_cred(cr, PRIV_DEBUG_DIFFCRED, 0);
		if (error != 0)
			return (error);
	}
	if (p->p_flags & P_SUGID) {
		error = priv_check_cred(cr, PRIV_DEBUG_SUGID, 0);
		if (error != 0)
			return (error);
	}
	if (p->p_pid == 1 && securelevel > 0)
		return (EPERM);
	return (0);
}

int
ptrace_check(struct proc *p)
{
	ASSERT_LWKT_TOKEN_HELD(&p->p_token);
	if (p->p_flags & P_INEXEC)
		return (EAGAIN);
	if ((p->p_flags & P_TRACED) == 0)
		return (EPERM);
	if (p->p_pptr != curproc)
		return (EBUSY);
	if (p->p_stat != SSTOP || (p->p_flags & P_WAITED) == 0)
		return (EBUSY);
	return (0);
}

/* Does the current process descend from p? */
static bool
is_ancestor(struct proc *p)
{
	struct proc *q = curproc, *up;
	bool found = false;

	PHOLD(q);
	while (q->p_pid != 0 && !found) {
		lwkt_gettoken_shared(&q->p_token);
		up = q->p_pptr;
		PHOLD(up);
		lwkt_reltoken(&q->p_token);
		PRELE(q);
		q = up;
		found = q == p;
	}
	PRELE(q);
	return (found);
}

/* --- beginning and end --------------------------------------------------- */

static void
trace_me(void)
{
	struct proc *p = curproc;

	lwkt_gettoken(&p->p_token);
	if ((p->p_flags & P_TRACED) == 0) {
		p->p_flags |= P_TRACED;
		p->p_oppid = p->p_pptr->p_pid;
		p->p_opstart = p->p_pptr->p_start;
	}
	lwkt_reltoken(&p->p_token);
}

int
ptrace_attach(struct proc *p)
{
	int error;

	if (p == curproc)
		return (EINVAL);
	error = proc_debuggable(p);
	if (error != 0)
		return (error);
	if (p->p_flags & P_TRACED)
		return (EBUSY);
	if (is_ancestor(p))
		return (EINVAL);
	/* Looking up the tree may have let go of the token. */
	if ((p->p_flags & P_TRACED) || p->p_stat == SZOMB)
		return (p->p_stat == SZOMB ? ESRCH : EBUSY);

	p->p_flags |= P_TRACED;
	p->p_oppid = p->p_pptr->p_pid;
	p->p_opstart = p->p_pptr->p_start;
	proc_reparent(p, curproc);
	if (p->p_stat == SSTOP) {
		/* It need not stop again, only be reported again. */
		p->p_xstat = SIGSTOP;
		p->p_flags &= ~P_WAITED;
		if (p->p_nstopped == p->p_nthreads)
			proc_notify_parent(p);
	} else {
		ksignal(p, SIGSTOP);
	}
	return (0);
}

int
ptrace_resume(struct proc *p, bool step, u_long addr, int sig)
{
	struct lwp *lp = FIRST_LWP_IN_PROC(p);
	int error = 0;

	if (sig < 0 || sig > PTRACE_MAXSIG)
		return (EINVAL);
	if (addr != 1)
		error = ptrace_set_pc(lp, addr);
	if (error == 0 && step)
		error = ptrace_single_step(lp);
	if (error != 0)
		return (error);
	p->p_xstat = sig;
	proc_unstop(p, SSTOP);
	/* Nobody waits to take the signal when it was stopped before. */
	if (p->p_stopper == NULL && sig != 0)
		ksignal(p, sig);
	return (0);
}

int
ptrace_detach(struct proc *p, u_long addr, int sig)
{
	struct proc *op;

	if (sig < 0 || sig > PTRACE_MAXSIG)
		return (EINVAL);
	p->p_flags &= ~P_TRACED;
	if (p->p_oppid != p->p_pptr->p_pid) {
		op = pfind(p->p_oppid);
		if (op != NULL &&
		    timevalcmp(&op->p_start, &p->p_opstart, !=)) {
			PRELE(op);
			op = NULL;
		}
		if (op == NULL)
			op = reaper_get(p->p_reaper);
		proc_reparent(p, op);
		PRELE(op);
	}
	p->p_oppid = 0;
	p->p_flags &= ~P_WAITED;
	return (ptrace_resume(p, false, addr, sig));
}

/* --- memory -------------------------------------------------------------- */

int
proc_rwmem(struct proc *p, struct uio *uio)
{
	vm_prot_t prot = VM_PROT_READ;
	struct vmspace *vm;
	vm_offset_t va;
	vm_page_t m;
	size_t n;
	int error = 0;

	if (uio->uio_rw == UIO_WRITE)
		prot |= VM_PROT_OVERRIDE_WRITE;
	lwkt_gettoken(&p->p_token);
	vm = p->p_vmspace;
	if (vm == NULL || (p->p_flags & (P_WEXIT | P_SYSTEM)) ||
	    p->p_stat == SZOMB) {
		lwkt_reltoken(&p->p_token);
		return (EINVAL);
	}
	vmspace_ref(vm);
	lwkt_reltoken(&p->p_token);
	while (uio->uio_resid != 0 && error == 0) {
		va = (vm_offset_t)uio->uio_offset;
		if (va >= VM_MAX_USER_ADDRESS) {
			error = EINVAL;
			break;
		}
		n = ulmin(uio->uio_resid, PAGE_SIZE - (va & PAGE_MASK));
		m = vm_fault_page(&vm->vm_map, va, prot, VM_FAULT_NORMAL,
		    &error);
		if (m == NULL) {
			error = EINVAL;
			break;
		}
		error = uiomove((caddr_t)VM_PAGE_TO_DMAP(m) +
		    (va & PAGE_MASK), n, uio);
		vm_page_unhold(m);
	}
	vmspace_rel(vm);
	return (error);
}

/* One word; addr need not be aligned. */
static int
trace_word(struct proc *p, enum uio_rw rw, caddr_t addr, int *word)
{
	struct iovec iov = { .iov_base = word, .iov_len = sizeof(*word) };
	struct uio uio = {
		.uio_iov = &iov, .uio_iovcnt = 1,
		.uio_offset = (off_t)(u_long)addr,
		.uio_resid = sizeof(*word), .uio_segflg = UIO_SYSSPACE,
		.uio_rw = rw, .uio_td = curthread,
	};

	return (proc_rwmem(p, &uio));
}

static int
trace_io(struct proc *p, struct ptrace_io_desc *piod)
{
	struct iovec iov;
	struct uio uio = {
		.uio_iov = &iov, .uio_iovcnt = 1,
		.uio_offset = (off_t)(u_long)piod->piod_offs,
		.uio_resid = piod->piod_len, .uio_segflg = UIO_USERSPACE,
		.uio_td = curthread,
	};
	int error;

	if ((ssize_t)piod->piod_len < 0)
		return (EINVAL);
	iov.iov_base = piod->piod_addr;
	iov.iov_len = piod->piod_len;
	switch (piod->piod_op) {
	case PIOD_READ_D:
	case PIOD_READ_I:
		uio.uio_rw = UIO_READ;
		break;
	case PIOD_WRITE_D:
	case PIOD_WRITE_I:
		uio.uio_rw = UIO_WRITE;
		break;
	default:
		return (EINVAL);
	}
	error = proc_rwmem(p, &uio);
	/* What was moved counts, as with read(2). */
	if (uio.uio_resid != piod->piod_len && error == EINVAL)
		error = 0;
	piod->piod_len -= uio.uio_resid;
	return (error);
}

/* --- the call ------------------------------------------------------------ */

/* Size and direction of the data behind addr. */
static size_t
trace_data(int req, bool *in, bool *out)
{
	*in = *out = false;
	switch (req) {
	case PT_IO:
		*in = *out = true;
		return (sizeof(struct ptrace_io_desc));
	case PT_GETREGS:
	case PT_SETREGS:
		*in = req == PT_SETREGS;
		*out = !*in;
		return (sizeof(struct reg));
	case PT_GETFPREGS:
	case PT_SETFPREGS:
		*in = req == PT_SETFPREGS;
		*out = !*in;
		return (sizeof(struct fpreg));
	case PT_GETDBREGS:
	case PT_SETDBREGS:
		*in = req == PT_SETDBREGS;
		*out = !*in;
		return (sizeof(struct dbreg));
	default:
		return (0);
	}
}

/*
 * A core file of p, which stays stopped, in a file that the tracer has open
 * for writing.
 */
static int
trace_dumpcore(struct proc *p, int fd)
{
	struct lwp *lp = p->p_stopper != NULL ? p->p_stopper :
	    FIRST_LWP_IN_PROC(p);
	struct vnode *vp;
	struct file *fp;
	int error;

	fp = holdfp(curthread, fd, FWRITE);
	if (fp == NULL)
		return (EBADF);
	vp = fp->f_data;
	if (fp->f_type != DTYPE_VNODE || vp->v_type != VREG) {
		error = EINVAL;
	} else {
		PHOLD(p);
		LWPHOLD(lp);
		error = elf_coredump(lp, p->p_xstat, vp,
		    lim_cur(curproc, RLIMIT_FSIZE));
		LWPRELE(lp);
		PRELE(p);
	}
	fdrop(fp);
	return (error);
}

/* A request about a process that is traced and waits.  Its token is held. */
static int
trace_stopped(struct proc *p, const struct ptrace_args *uap,
    union ptrace_data *d, int *result)
{
	struct lwp *lp = FIRST_LWP_IN_PROC(p);
	int word = uap->data;
	int error;

	switch (uap->req) {
	case PT_READ_I:
	case PT_READ_D:
		return (trace_word(p, UIO_READ, uap->addr, result));
	case PT_WRITE_I:
	case PT_WRITE_D:
		return (trace_word(p, UIO_WRITE, uap->addr, &word));
	case PT_IO:
		return (trace_io(p, &d->piod));
	case PT_STEP:
	case PT_CONTINUE:
		return (ptrace_resume(p, uap->req == PT_STEP,
		    (u_long)uap->addr, uap->data));
	case PT_KILL:
		error = ptrace_resume(p, false, 1, SIGKILL);
		if (error == 0)
			ksignal(p, SIGKILL);
		return (error);
	case PT_DUMPCORE:
		return (trace_dumpcore(p, uap->data));
	case PT_DETACH:
		return (ptrace_detach(p, (u_long)uap->addr, uap->data));
	case PT_GETREGS:
		return (fill_regs(lp, &d->reg));
	case PT_SETREGS:
		return (set_regs(lp, &d->reg));
	case PT_GETFPREGS:
		return (fill_fpregs(lp, &d->fpreg));
	case PT_SETFPREGS:
		return (set_fpregs(lp, &d->fpreg));
	case PT_GETDBREGS:
		return (fill_dbregs(lp, &d->dbreg));
	case PT_SETDBREGS:
		return (set_dbregs(lp, &d->dbreg));
	default:
		return (EINVAL);
	}
}

int
sys_ptrace(struct sysmsg *sysmsg, const struct ptrace_args *uap)
{
	union ptrace_data d;
	int error = 0, result = 0;
	bool in, out;
	struct proc *p;
	size_t size;

	if (uap->req == PT_TRACE_ME) {
		trace_me();
		return (0);
	}
	size = trace_data(uap->req, &in, &out);
	bzero(&d, sizeof(d));
	if (in)
		error = copyin(uap->addr, &d, size);
	if (error != 0)
		return (error);
	p = pfind(uap->pid);
	if (p == NULL)
		return (ESRCH);
	lwkt_gettoken(&p->p_token);
	if (p->p_stat == SZOMB || (p->p_flags & P_WEXIT)) {
		error = ESRCH;
	} else if (uap->req == PT_ATTACH) {
		error = ptrace_attach(p);
	} else {
		error = p_cansee(curthread->td_ucred, p);
		if (error == 0)
			error = ptrace_check(p);
		if (error == 0)
			error = trace_stopped(p, uap, &d, &result);
	}
	lwkt_reltoken(&p->p_token);
	PRELE(p);
	if (out && error == 0)
		error = copyout(&d, uap->addr, size);
	if (error == 0)
		sysmsg->sysmsg_result = result;
	return (error);
}
