/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Core dumps: an ELF file with a note segment (process, and registers of each
 * thread) and one load segment for each mapping worth keeping.
 *
 * The process is dying and has one thread left to speak of, so its map does
 * not change while the headers and then the contents are written.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/procfs.h>
#include <sys/sysctl.h>
#include <sys/ucred.h>
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

struct core_state {
	struct lwp	*lp;		/* the thread the signal hit */
	struct vnode	*vp;
	off_t		limit;		/* largest file allowed */
	off_t		offset;		/* in the file, of what comes next */
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
core_write(struct core_state *cs, const void *buf, size_t len,
    enum uio_seg seg)
{
	int error, resid = 0;

	if (cs->offset + (off_t)len > cs->limit)
		return (EFBIG);
	error = vn_rdwr(UIO_WRITE, cs->vp, __DECONST(caddr_t, buf), len,
	    cs->offset, seg, IO_UNIT | IO_CORE, curthread->td_ucred, &resid);
	if (error == 0)
		cs->offset += len;
	return (error);
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

static size_t
notes_size(int nthreads)
{
	size_t head = sizeof(Elf64_Nhdr) + CORE_NAMESZ;

	return (head + sizeof(prpsinfo_t) + nthreads *
	    (2 * head + sizeof(prstatus_t) + sizeof(fpregset_t)));
}

static char *
notes_thread(char *p, struct lwp *lp, int sig)
{
	prstatus_t *st = kmalloc(sizeof(*st), M_TEMP, M_WAITOK | M_ZERO);
	fpregset_t *fp = kmalloc(sizeof(*fp), M_TEMP, M_WAITOK | M_ZERO);

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
	p = note_add(p, NT_FPREGSET, fp, sizeof(*fp));
	kfree(st, M_TEMP);
	kfree(fp, M_TEMP);
	return (p);
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
	p = notes_thread(p, cs->lp, sig);
	FOREACH_LWP_IN_PROC(lp, proc)
		if (lp != cs->lp)
			p = notes_thread(p, lp, sig);
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
core_write_segment(struct core_state *cs, const Elf64_Phdr *ph)
{
	u_long va = ph->p_vaddr, end = va + ph->p_filesz;
	int error;
	size_t n;

	cs->offset = ph->p_offset;
	while (va < end) {
		n = ulmin(end - va, CORE_CHUNK);
		error = core_write(cs, (void *)va, n, UIO_USERSPACE);
		if (error == EFAULT && n > PAGE_SIZE) {
			n = PAGE_SIZE;
			error = core_write(cs, (void *)va, n, UIO_USERSPACE);
		}
		if (error == EFAULT)
			cs->offset += n;
		else if (error != 0)
			return (error);
		va += n;
	}
	return (0);
}

int
elf_coredump(struct lwp *lp, int sig, struct vnode *vp, off_t limit)
{
	struct core_state cs = { .lp = lp, .vp = vp, .limit = limit };
	vm_map_t map = &lp->lwp_proc->p_vmspace->vm_map;
	size_t hsize, nsize;
	Elf64_Phdr *ph;
	int i, n, error;
	char *head;

	n = core_fill_phdrs(map, NULL, 0, 0);
	nsize = notes_size(lp->lwp_proc->p_nthreads);
	hsize = round_page(sizeof(Elf64_Ehdr) + (n + 1) * sizeof(*ph) + nsize);
	if (n + 1 > UINT16_MAX || (off_t)hsize > limit)
		return (EFBIG);
	head = kmalloc(hsize, M_TEMP, M_WAITOK | M_ZERO);
	ph = (Elf64_Phdr *)(head + sizeof(Elf64_Ehdr));
	ph->p_type = PT_NOTE;
	ph->p_offset = sizeof(Elf64_Ehdr) + (n + 1) * sizeof(*ph);
	ph->p_filesz = nsize;
	notes_fill(head + ph->p_offset, &cs, sig);
	n = core_fill_phdrs(map, ph + 1, n, hsize);
	core_fill_ehdr((Elf64_Ehdr *)head, n + 1);
	error = core_write(&cs, head, hsize, UIO_SYSSPACE);
	for (i = 1; i <= n && error == 0; ++i)
		error = core_write_segment(&cs, &ph[i]);
	kfree(head, M_TEMP);
	return (error);
}
