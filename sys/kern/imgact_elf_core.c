/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Core dumps: an ELF file with a note segment (process, and registers of each
 * thread), one load segment for each mapping worth keeping, and a second note
 * segment.  That one says the same of the threads once more, and the
 * auxiliary vector, in the form in which debuggers that do not know this
 * system expect them: GNU/Linux's for this CPU.
 *
 * The process is stopped, or dying with its other threads stopped, so that
 * its map does not change while the headers and then the contents are
 * written.  The caller may be another process (PT_DUMPCORE).
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/exec.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/procfs.h>
#include <sys/ptrace.h>
#include <sys/sysctl.h>
#include <sys/signalvar.h>
#include <sys/ucred.h>
#include <sys/uio.h>
#include <sys/vfscache.h>
#include <sys/vfsops.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <machine/elf.h>
#include <machine/md_var.h>

#define CORE_NAME	"CORE"		/* of all notes */
#define CORE_NAMESZ	8		/* with padding */
#define CORE_CHUNK	(64 * 1024)	/* bytes written at a time */

#define LNX_NT_AUXV	6

/* NT_PRSTATUS; the registers in the order of that system's ptrace. */
struct lnx_prstatus {
	int		si_signo, si_code, si_errno;
	short		cursig, pad;
	u_long		sigpend, sighold;
	int		pid, ppid, pgrp, sid;
	long		times[8];
	register_t	r15, r14, r13, r12, rbp, rbx, r11, r10, r9, r8, rax,
			rcx, rdx, rsi, rdi, orig_rax, rip, cs, rflags, rsp,
			ss, fs_base, gs_base, ds, es, fs, gs;
	int		fpvalid, pad2;
};
CTASSERT(sizeof(struct lnx_prstatus) == 336);

/* NT_PRPSINFO. */
struct lnx_prpsinfo {
	char		state, sname, zomb, nice;
	u_long		flag;
	u_int		uid, gid;
	int		pid, ppid, pgrp, sid;
	char		fname[16], psargs[80];
};
CTASSERT(sizeof(struct lnx_prpsinfo) == 136);

/*
 * Room for one thread's notes.  It is there from the start, so that walking
 * the threads never sleeps, and they cannot go away meanwhile.
 */
struct core_regs {
	fpregset_t	fp;
	union {
		prstatus_t	st;
		struct lnx_prstatus st2;
	};
};

struct core_state {
	struct lwp	*lp;		/* the thread the signal hit */
	struct vnode	*vp;
	off_t		limit;		/* largest file allowed */
	off_t		offset;		/* in the file, of what comes next */
	struct core_regs regs;
};

/* Is it an ordinary mapping with contents that are not found elsewhere? */
static bool
core_wants(vm_map_entry_t e)
{
	struct vm_map_backing *ba;

	if (e->protection == VM_PROT_NONE ||
	    e->maptype != VM_MAPTYPE_NORMAL ||
	    (e->eflags & (MAP_ENTRY_NOCOREDUMP | MAP_ENTRY_NOFAULT)))
		return (false);
	for (ba = &e->ba; ba != NULL; ba = ba->backing_ba)
		if (ba->object != NULL && (VM_OBJECT_ANON(ba->object) ||
		    ba->object->type == OBJT_VNODE))
			return (true);
	return (false);
}

static int
core_write(struct core_state *cs, const void *buf, size_t len)
{
	int error, resid = 0;

	if (cs->offset + (off_t)len > cs->limit)
		return (EFBIG);
	error = vn_rdwr(UIO_WRITE, cs->vp, __DECONST(caddr_t, buf), len,
	    cs->offset, UIO_SYSSPACE, IO_UNIT | IO_CORE, curthread->td_ucred,
	    &resid);
	if (error == 0)
		cs->offset += len;
	return (error);
}

/* Read the process's memory. */
static int
core_read(struct core_state *cs, u_long va, void *buf, size_t len)
{
	struct iovec iov = { .iov_base = buf, .iov_len = len };
	struct uio uio = {
		.uio_iov = &iov, .uio_iovcnt = 1, .uio_offset = (off_t)va,
		.uio_resid = len, .uio_segflg = UIO_SYSSPACE,
		.uio_rw = UIO_READ, .uio_td = curthread,
	};

	return (proc_rwmem(cs->lp->lwp_proc, &uio));
}

/* Threads of the kernel's own (aio) are of no interest: they block SIGKILL. */
static bool
core_wants_thread(struct lwp *lp)
{
	return (!SIGISMEMBER(lp->lwp_sigmask, SIGKILL));
}

/* --- notes --------------------------------------------------------------- */

static char *
note_add(char *p, int type, const void *data, size_t len)
{
	Elf64_Nhdr note = {
		.n_namesz = sizeof(CORE_NAME),
		.n_descsz = len,
		.n_type = type,
	};

	bcopy(&note, p, sizeof(note));
	p += sizeof(note);
	bzero(p, CORE_NAMESZ);
	bcopy(CORE_NAME, p, sizeof(CORE_NAME));
	p += CORE_NAMESZ;
	bcopy(data, p, len);
	return (p + roundup2(len, 4));
}

#define NOTE_HEAD	(sizeof(Elf64_Nhdr) + CORE_NAMESZ)

static size_t
notes_size(int nthreads)
{
	return (NOTE_HEAD + sizeof(prpsinfo_t) + nthreads *
	    (2 * NOTE_HEAD + sizeof(prstatus_t) + sizeof(fpregset_t)));
}

static char *
notes_thread(char *p, struct lwp *lp, int sig, struct core_regs *cr)
{
	prstatus_t *st = &cr->st;
	fpregset_t *fp = &cr->fp;

	bzero(cr, sizeof(*cr));
	st->pr_version = PRSTATUS_VERSION;
	st->pr_statussz = sizeof(*st);
	st->pr_gregsetsz = sizeof(gregset_t);
	st->pr_fpregsetsz = sizeof(fpregset_t);
	st->pr_osreldate = osreldate;
	st->pr_cursig = sig;
	st->pr_pid = lp->lwp_tid;
	fill_regs(lp, &st->pr_reg);
	fill_fpregs(lp, fp);
	p = note_add(p, NT_PRSTATUS, st, sizeof(*st));
	return (note_add(p, NT_FPREGSET, fp, sizeof(*fp)));
}

static void
notes_fill(char *p, struct core_state *cs, int sig)
{
	struct proc *proc = cs->lp->lwp_proc;
	struct lwp *lp;
	prpsinfo_t ps;

	bzero(&ps, sizeof(ps));
	ps.pr_version = PRPSINFO_VERSION;
	ps.pr_psinfosz = sizeof(ps);
	strlcpy(ps.pr_fname, proc->p_comm, sizeof(ps.pr_fname));
	strlcpy(ps.pr_psargs, proc->p_comm, sizeof(ps.pr_psargs));
	p = note_add(p, NT_PRPSINFO, &ps, sizeof(ps));
	p = notes_thread(p, cs->lp, sig, &cs->regs);
	FOREACH_LWP_IN_PROC(lp, proc)
		if (lp != cs->lp && core_wants_thread(lp))
			p = notes_thread(p, lp, sig, &cs->regs);
}

/* --- the second form ----------------------------------------------------- */

/* Numbers of signals that differ there. */
static int
lnx_signal(int sig)
{
	static const u_char number[32] = {
		[SIGBUS] = 7, [SIGSYS] = 31, [SIGURG] = 23, [SIGSTOP] = 19,
		[SIGTSTP] = 20, [SIGCONT] = 18, [SIGCHLD] = 17, [SIGIO] = 29,
		[SIGUSR1] = 10, [SIGUSR2] = 12,
	};

	return (sig < 32 && number[sig] != 0 ? number[sig] : sig);
}

static size_t
notes2_size(int nthreads, size_t auxlen)
{
	return (2 * NOTE_HEAD + sizeof(struct lnx_prpsinfo) + auxlen +
	    nthreads * (2 * NOTE_HEAD + sizeof(struct lnx_prstatus) +
	    sizeof(fpregset_t)));
}

static char *
notes2_thread(char *p, struct lwp *lp, int sig, struct core_regs *cr)
{
	struct lnx_prstatus *st = &cr->st2;
	fpregset_t *fp = &cr->fp;
	struct proc *proc = lp->lwp_proc;
	gregset_t r;

	bzero(cr, sizeof(*cr));
	fill_regs(lp, &r);
	fill_fpregs(lp, fp);
	st->si_signo = st->cursig = lnx_signal(sig);
	st->pid = lp->lwp_tid;
	st->ppid = proc->p_pptr != NULL ? proc->p_pptr->p_pid : 0;
	st->pgrp = proc->p_pgid;
	st->sid = proc->p_session->s_sid;
	st->fpvalid = 1;
	st->r15 = r.r_r15, st->r14 = r.r_r14, st->r13 = r.r_r13;
	st->r12 = r.r_r12, st->r11 = r.r_r11, st->r10 = r.r_r10;
	st->r9 = r.r_r9, st->r8 = r.r_r8, st->rbp = r.r_rbp;
	st->rbx = r.r_rbx, st->rax = r.r_rax, st->rcx = r.r_rcx;
	st->rdx = r.r_rdx, st->rsi = r.r_rsi, st->rdi = r.r_rdi;
	st->orig_rax = -1, st->rip = r.r_rip, st->cs = r.r_cs;
	st->rflags = r.r_rflags, st->rsp = r.r_rsp, st->ss = r.r_ss;
	st->fs_base = cpu_user_fsbase(lp);
	p = note_add(p, NT_PRSTATUS, st, sizeof(*st));
	return (note_add(p, NT_FPREGSET, fp, sizeof(*fp)));
}

static void
notes2_fill(char *p, struct core_state *cs, int sig, const void *aux,
    size_t auxlen)
{
	struct proc *proc = cs->lp->lwp_proc;
	struct lnx_prpsinfo ps;
	struct lwp *lp;

	bzero(&ps, sizeof(ps));
	ps.sname = 'R';
	ps.uid = proc->p_ucred->cr_ruid;
	ps.gid = proc->p_ucred->cr_rgid;
	ps.pid = proc->p_pid;
	strlcpy(ps.fname, proc->p_comm, sizeof(ps.fname));
	strlcpy(ps.psargs, proc->p_comm, sizeof(ps.psargs));
	p = notes2_thread(p, cs->lp, sig, &cs->regs);
	p = note_add(p, NT_PRPSINFO, &ps, sizeof(ps));
	p = note_add(p, LNX_NT_AUXV, aux, auxlen);
	FOREACH_LWP_IN_PROC(lp, proc)
		if (lp != cs->lp && core_wants_thread(lp))
			p = notes2_thread(p, lp, sig, &cs->regs);
}

/*
 * The auxiliary vector lies behind the environment, which ps_strings leads
 * to.  Returns its length, at most size; 0 if it cannot be found.
 */
static size_t
core_auxv(struct core_state *cs, void *buf, size_t size)
{
	struct ps_strings ps;
	Elf64_Auxinfo *aux = buf;
	u_long va, word;
	size_t n;

	if (core_read(cs, PS_STRINGS, &ps, sizeof(ps)) != 0)
		return (0);
	va = (u_long)ps.ps_envstr;
	/* The program may have moved it; the count is the kernel's. */
	for (n = 0; n <= (size_t)ps.ps_nenvstr; n++, va += sizeof(word)) {
		if (core_read(cs, va, &word, sizeof(word)) != 0)
			return (0);
		if (word == 0)
			break;
	}
	va += sizeof(word);
	if (core_read(cs, va, buf, size) != 0)
		return (0);
	for (n = 0; (n + 1) * sizeof(*aux) <= size; n++)
		if (aux[n].a_type == AT_NULL)
			return ((n + 1) * sizeof(*aux));
	return (0);
}

/* --- headers ------------------------------------------------------------- */

static void
core_fill_ehdr(Elf64_Ehdr *eh, int phnum)
{
	bcopy(ELFMAG, eh->e_ident, SELFMAG);
	eh->e_ident[EI_CLASS] = ELFCLASS64;
	eh->e_ident[EI_DATA] = ELFDATA2LSB;
	eh->e_ident[EI_VERSION] = EV_CURRENT;
	eh->e_ident[EI_OSABI] = ELFOSABI_NONE;
	eh->e_type = ET_CORE;
	eh->e_machine = EM_X86_64;
	eh->e_version = EV_CURRENT;
	eh->e_phoff = sizeof(*eh);
	eh->e_ehsize = sizeof(*eh);
	eh->e_phentsize = sizeof(Elf64_Phdr);
	eh->e_phnum = phnum;
}

static u_int
core_flags(vm_prot_t prot)
{
	return ((prot & VM_PROT_READ ? PF_R : 0) |
	    (prot & VM_PROT_WRITE ? PF_W : 0) |
	    (prot & VM_PROT_EXECUTE ? PF_X : 0));
}

/* One program header for each of at most max mappings; returns how many. */
static int
core_fill_phdrs(vm_map_t map, Elf64_Phdr *ph, int max, off_t offset)
{
	vm_map_entry_t e;
	int n = 0;

	vm_map_lock_read(map);
	TAILQ_FOREACH(e, &map->entries, link) {
		if (!core_wants(e))
			continue;
		if (ph != NULL && n < max) {
			ph[n].p_type = PT_LOAD;
			ph[n].p_flags = core_flags(e->protection);
			ph[n].p_offset = offset;
			ph[n].p_vaddr = e->ba.start;
			ph[n].p_filesz = e->ba.end - e->ba.start;
			ph[n].p_memsz = ph[n].p_filesz;
			ph[n].p_align = PAGE_SIZE;
			offset += ph[n].p_filesz;
		}
		++n;
	}
	vm_map_unlock_read(map);
	return (ph != NULL && n > max ? max : n);
}

/*
 * Contents of one mapping.  What cannot be read, such as pages beyond the
 * end of a file, is left as a hole.
 */
static int
core_write_segment(struct core_state *cs, const Elf64_Phdr *ph, char *buf)
{
	u_long va = ph->p_vaddr, end = va + ph->p_filesz;
	int error;
	size_t n;

	cs->offset = ph->p_offset;
	while (va < end) {
		n = ulmin(end - va, CORE_CHUNK);
		error = core_read(cs, va, buf, n);
		if (error != 0 && n > PAGE_SIZE) {
			n = PAGE_SIZE;
			error = core_read(cs, va, buf, n);
		}
		if (error != 0) {
			cs->offset += n;
		} else {
			error = core_write(cs, buf, n);
			if (error != 0)
				return (error);
		}
		va += n;
	}
	return (0);
}

static int
core_threads(struct proc *p)
{
	struct lwp *lp;
	int n = 0;

	FOREACH_LWP_IN_PROC(lp, p)
		n += core_wants_thread(lp);
	return (n);
}

/* ELF header, program headers, notes. */
static int
core_write_head(struct core_state *cs, int sig, vm_map_t map, int n,
    char **headp)
{
	int nthreads = core_threads(cs->lp->lwp_proc);
	size_t hsize, nsize, n2size, auxlen;
	Elf64_Auxinfo aux[24];
	Elf64_Phdr *ph;
	char *head;

	auxlen = core_auxv(cs, aux, sizeof(aux));
	nsize = notes_size(nthreads);
	n2size = notes2_size(nthreads, auxlen);
	hsize = sizeof(Elf64_Ehdr) + (n + 2) * sizeof(*ph);
	if (n + 2 > UINT16_MAX)
		return (EFBIG);
	head = kmalloc(round_page(hsize + nsize + n2size), M_TEMP,
	    M_WAITOK | M_ZERO);
	*headp = head;
	ph = (Elf64_Phdr *)(head + sizeof(Elf64_Ehdr));
	ph[0].p_type = ph[n + 1].p_type = PT_NOTE;
	ph[0].p_offset = hsize;
	ph[0].p_filesz = nsize;
	ph[n + 1].p_offset = hsize + nsize;
	ph[n + 1].p_filesz = n2size;
	notes_fill(head + ph[0].p_offset, cs, sig);
	notes2_fill(head + ph[n + 1].p_offset, cs, sig, aux, auxlen);
	hsize = round_page(hsize + nsize + n2size);
	core_fill_phdrs(map, ph + 1, n, hsize);
	core_fill_ehdr((Elf64_Ehdr *)head, n + 2);
	return (core_write(cs, head, hsize));
}

int
elf_coredump(struct lwp *lp, int sig, struct vnode *vp, off_t limit)
{
	struct core_state cs = { .lp = lp, .vp = vp, .limit = limit };
	vm_map_t map = &lp->lwp_proc->p_vmspace->vm_map;
	char *head = NULL, *buf;
	Elf64_Phdr *ph;
	int i, n, error;

	n = core_fill_phdrs(map, NULL, 0, 0);
	error = core_write_head(&cs, sig, map, n, &head);
	buf = kmalloc(CORE_CHUNK, M_TEMP, M_WAITOK);
	for (i = 1; i <= n && error == 0; ++i) {
		ph = (Elf64_Phdr *)(head + sizeof(Elf64_Ehdr)) + i;
		if (ph->p_type == PT_LOAD)
			error = core_write_segment(&cs, ph, buf);
	}
	kfree(buf, M_TEMP);
	if (head != NULL)
		kfree(head, M_TEMP);
	return (error);
}
