/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ELF programs.
 *
 * A file is checked as a whole before the old program is given up: header,
 * program headers, brand, and that no segment leaves the file or the address
 * space or overlaps another.  Then segments are mapped copy-on-write from
 * the page cache, and the interpreter, if the program names one, likewise.
 * Section headers are never looked at.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/exec.h>
#include <sys/imgact.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/namecache.h>
#include <sys/nlookup.h>
#include <sys/proc.h>
#include <sys/resourcevar.h>
#include <sys/sysctl.h>
#include <sys/syslog.h>
#include <sys/tty.h>
#include <sys/vfscache.h>
#include <sys/vfsops.h>
#include <sys/vnode.h>
#include <vm/vm.h>
#include <vm/vm_param.h>
#include <vm/pmap.h>
#include <vm/vm_extern.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>
#include <vm/vm_pager.h>
#include <machine/elf.h>

#define PIE_BASE	0x01021000UL	/* where ET_DYN programs go */
#define INTERP_MAX	1024		/* longest PT_INTERP, with its NUL */
#define NOTES_MAX	100		/* notes looked at */
#define NOTE_BRAND	1		/* n_type of the brand note */

static const char elf_brand[] = "DragonFly";
static const char elf_native_interp[] = "/libexec/ld-elf.so.2";

SYSCTL_NODE(_kern, OID_AUTO, elf64, CTLFLAG_RW, 0, "ELF programs");
static int elf_fallback_brand = -1;
SYSCTL_INT(_kern_elf64, OID_AUTO, fallback_brand, CTLFLAG_RW,
    &elf_fallback_brand, 0, "OS ABI to assume for files that have none");
static int elf_pie_base_mmap;
SYSCTL_INT(_kern_elf64, OID_AUTO, pie_base_mmap, CTLFLAG_RW,
    &elf_pie_base_mmap, 0, "Place position-independent programs as mmap does");

/* A program or interpreter being loaded. */
struct elf_file {
	struct vnode	*vp;
	off_t		 size;		/* bytes */
	const Elf64_Ehdr *hdr;
	const Elf64_Phdr *phdr;
	int		 phnum;
	u_long		 low, high;	/* span of the segments, unbiased */
};

/* --- checking ------------------------------------------------------------ */

static int
elf_check_header(const Elf64_Ehdr *hdr, size_t valid)
{
	if (valid < sizeof(*hdr) || memcmp(hdr->e_ident, ELFMAG, SELFMAG) != 0)
		return (-1);
	if (hdr->e_ident[EI_CLASS] != ELFCLASS64 ||
	    hdr->e_ident[EI_DATA] != ELFDATA2LSB ||
	    hdr->e_ident[EI_VERSION] != EV_CURRENT ||
	    hdr->e_version != EV_CURRENT || hdr->e_machine != EM_X86_64 ||
	    hdr->e_ehsize != sizeof(*hdr) ||
	    hdr->e_phentsize != sizeof(Elf64_Phdr))
		return (ENOEXEC);
	if (hdr->e_type != ET_EXEC && hdr->e_type != ET_DYN)
		return (ENOEXEC);
	if (hdr->e_phoff > PAGE_SIZE || (hdr->e_phoff & 7) ||
	    hdr->e_phoff + (size_t)hdr->e_phnum * sizeof(Elf64_Phdr) > valid)
		return (ENOEXEC);
	return (0);
}

static int
elf_check_segment(struct elf_file *ef, const Elf64_Phdr *ph)
{
	if (ph->p_filesz > ph->p_memsz || ph->p_offset > (u_long)ef->size ||
	    ph->p_filesz > ef->size - ph->p_offset)
		return (ENOEXEC);
	if (ph->p_vaddr > VM_MAX_USER_ADDRESS ||
	    ph->p_memsz > VM_MAX_USER_ADDRESS - ph->p_vaddr)
		return (ENOEXEC);
	if ((ph->p_offset & PAGE_MASK) != (ph->p_vaddr & PAGE_MASK) &&
	    ph->p_filesz != 0)
		return (ENOEXEC);
	return (0);
}

/*
 * Check every segment, and that they do not share pages.  There are at most
 * 72 headers, so comparing all pairs is cheap.
 */
static int
elf_check_segments(struct elf_file *ef)
{
	const Elf64_Phdr *a, *b, *end = ef->phdr + ef->phnum;

	ef->low = VM_MAX_USER_ADDRESS;
	ef->high = 0;
	for (a = ef->phdr; a < end; ++a) {
		if (a->p_type != PT_LOAD || a->p_memsz == 0)
			continue;
		if (elf_check_segment(ef, a) != 0)
			return (ENOEXEC);
		for (b = ef->phdr; b < a; ++b)
			if (b->p_type == PT_LOAD && b->p_memsz != 0 &&
			    trunc_page(a->p_vaddr) <
			    round_page(b->p_vaddr + b->p_memsz) &&
			    trunc_page(b->p_vaddr) <
			    round_page(a->p_vaddr + a->p_memsz))
				return (ENOEXEC);
		ef->low = ulmin(ef->low, trunc_page(a->p_vaddr));
		ef->high = ulmax(ef->high, round_page(a->p_vaddr + a->p_memsz));
	}
	return (ef->low < ef->high ? 0 : ENOEXEC);
}

static int
elf_open(struct elf_file *ef, struct vnode *vp, off_t size, const char *header,
    size_t valid)
{
	int error;

	ef->vp = vp;
	ef->size = size;
	ef->hdr = (const Elf64_Ehdr *)header;
	error = elf_check_header(ef->hdr, valid);
	if (error != 0)
		return (error);
	ef->phdr = (const Elf64_Phdr *)(header + ef->hdr->e_phoff);
	ef->phnum = ef->hdr->e_phnum;
	return (elf_check_segments(ef));
}

static int
elf_read(struct vnode *vp, void *buf, size_t len, off_t offset)
{
	int error, resid = 0;

	error = vn_rdwr(UIO_READ, vp, buf, len, offset, UIO_SYSSPACE, 0,
	    curthread->td_ucred, &resid);
	if (error == 0 && resid != 0)
		error = ENOEXEC;
	return (error);
}

/* --- brand --------------------------------------------------------------- */

/* Look for the brand in one block of notes. */
static bool
elf_notes_brand(const char *notes, size_t len, int *osrelp)
{
	const Elf64_Nhdr *note;
	size_t off = 0, size;
	int i;

	for (i = 0; i < NOTES_MAX; ++i) {
		if (len - off < sizeof(*note))
			return (false);
		note = (const Elf64_Nhdr *)(notes + off);
		if (note->n_namesz > len || note->n_descsz > len)
			return (false);
		size = sizeof(*note) + roundup2((size_t)note->n_namesz, 4) +
		    roundup2((size_t)note->n_descsz, 4);
		if (size > len - off)
			return (false);
		if (note->n_namesz == sizeof(elf_brand) &&
		    note->n_descsz == sizeof(int32_t) &&
		    note->n_type == NOTE_BRAND &&
		    memcmp(note + 1, elf_brand, sizeof(elf_brand)) == 0) {
			bcopy((const char *)(note + 1) +
			    roundup2(sizeof(elf_brand), 4), osrelp,
			    sizeof(*osrelp));
			return (true);
		}
		off += size;
	}
	return (false);
}

static bool
elf_has_brand_note(struct elf_file *ef, int *osrelp)
{
	const Elf64_Phdr *ph;
	bool found = false;
	char *buf = NULL;
	int i;

	for (i = 0; i < ef->phnum && !found; ++i) {
		ph = &ef->phdr[i];
		if (ph->p_type != PT_NOTE || ph->p_filesz == 0 ||
		    ph->p_filesz > PAGE_SIZE ||
		    ph->p_offset > (u_long)ef->size ||
		    ph->p_filesz > ef->size - ph->p_offset)
			continue;
		if (ph->p_offset + ph->p_filesz <= PAGE_SIZE &&
		    (ph->p_offset & 3) == 0) {
			found = elf_notes_brand((const char *)ef->hdr +
			    ph->p_offset, ph->p_filesz, osrelp);
			continue;
		}
		if (buf == NULL)
			buf = kmalloc(PAGE_SIZE, M_TEMP, M_WAITOK);
		if (elf_read(ef->vp, buf, ph->p_filesz, ph->p_offset) == 0)
			found = elf_notes_brand(buf, ph->p_filesz, osrelp);
	}
	if (buf != NULL)
		kfree(buf, M_TEMP);
	return (found);
}

static int
elf_check_brand(struct image_params *imgp, struct elf_file *ef,
    const char *interp)
{
	const unsigned char *ident = ef->hdr->e_ident;

	if (elf_has_brand_note(ef, &imgp->osrel))
		return (0);
	if (ident[EI_OSABI] == ELFOSABI_NONE ||
	    strncmp((const char *)&ident[8], elf_brand, 8) == 0)
		return (0);
	if (interp != NULL && strcmp(interp, elf_native_interp) == 0)
		return (0);
	if (elf_fallback_brand == ELFOSABI_NONE)
		return (0);
	uprintf("ELF binary type \"%u\" not known.\n", ident[EI_OSABI]);
	return (ENOEXEC);
}

/* The interpreter's path, allocated; NULL in *pathp if there is none. */
static int
elf_get_interp(struct elf_file *ef, char **pathp)
{
	const Elf64_Phdr *ph;
	int i, error;
	char *path;

	*pathp = NULL;
	for (i = 0; i < ef->phnum; ++i)
		if (ef->phdr[i].p_type == PT_INTERP)
			break;
	if (i == ef->phnum)
		return (0);
	ph = &ef->phdr[i];
	if (ph->p_filesz == 0 || ph->p_filesz > INTERP_MAX ||
	    ph->p_offset > (u_long)ef->size ||
	    ph->p_filesz > ef->size - ph->p_offset)
		return (ENOEXEC);
	path = kmalloc(ph->p_filesz, M_TEMP, M_WAITOK);
	if (ph->p_offset + ph->p_filesz <= PAGE_SIZE) {
		bcopy((const char *)ef->hdr + ph->p_offset, path, ph->p_filesz);
		error = 0;
	} else {
		error = elf_read(ef->vp, path, ph->p_filesz, ph->p_offset);
	}
	if (error == 0 && path[ph->p_filesz - 1] != '\0')
		error = ENOEXEC;
	if (error != 0) {
		kfree(path, M_TEMP);
		return (error);
	}
	*pathp = path;
	return (0);
}

/* --- mapping ------------------------------------------------------------- */

static vm_prot_t
elf_prot(u_int flags)
{
	vm_prot_t prot = VM_PROT_NONE;

	if (flags & PF_R)
		prot |= VM_PROT_READ;
	if (flags & PF_W)
		prot |= VM_PROT_WRITE;
	if (flags & PF_X)
		prot |= VM_PROT_EXECUTE;
	return (prot);
}

/* Map [start, end) from the file, or of zeros when vp is NULL. */
static int
elf_map(struct vmspace *vm, struct vnode *vp, off_t offset, vm_offset_t start,
    vm_offset_t end, vm_prot_t prot)
{
	int rv, cow = MAP_COPY_ON_WRITE;
	vm_map_t map = &vm->vm_map;
	vm_object_t object = NULL;

	if (start >= end)
		return (0);
	if (vp != NULL) {
		object = vnode_pager_reference(vp);
		if (object == NULL)
			return (ENOEXEC);
		cow |= MAP_PREFAULT_PARTIAL;
		if ((prot & VM_PROT_WRITE) == 0)
			cow |= MAP_DISABLE_COREDUMP;
	}
	vm_map_lock(map);
	rv = vm_map_insert(map, object, offset, start, end, VM_MAPTYPE_NORMAL,
	    VM_SUBSYS_IMGACT, prot, VM_PROT_ALL, cow);
	vm_map_unlock(map);
	if (rv != KERN_SUCCESS) {
		vm_object_deallocate(object);
		return (rv == KERN_NO_SPACE ? ENOEXEC : EINVAL);
	}
	return (0);
}

/* Zero user memory, writable or not, that has just been mapped. */
static int
elf_zero(struct vmspace *vm, vm_offset_t start, vm_offset_t end,
    vm_prot_t prot)
{
	static const char zeros[256];
	vm_offset_t page = trunc_page(start);
	int error = 0;
	size_t n;

	if ((prot & VM_PROT_WRITE) == 0)
		vm_map_protect(&vm->vm_map, page, page + PAGE_SIZE,
		    VM_PROT_RW, FALSE);
	for (; start < end && error == 0; start += n) {
		n = ulmin(end - start, sizeof(zeros));
		error = copyout(zeros, (void *)start, n);
	}
	if ((prot & VM_PROT_WRITE) == 0)
		vm_map_protect(&vm->vm_map, page, page + PAGE_SIZE, prot,
		    FALSE);
	return (error);
}

static int
elf_load_segment(struct vmspace *vm, struct elf_file *ef, const Elf64_Phdr *ph,
    u_long bias)
{
	vm_offset_t start = trunc_page(ph->p_vaddr + bias);
	vm_offset_t fend = ph->p_vaddr + bias + ph->p_filesz;
	vm_offset_t end = round_page(ph->p_vaddr + bias + ph->p_memsz);
	vm_offset_t fpage = ph->p_filesz ? round_page(fend) : start;
	vm_prot_t prot = elf_prot(ph->p_flags);
	int error;

	error = elf_map(vm, ef->vp, trunc_page(ph->p_offset), start, fpage,
	    prot);
	if (error == 0)
		error = elf_map(vm, NULL, 0, fpage, end, prot);
	if (error == 0 && ph->p_memsz > ph->p_filesz && fend < fpage)
		error = elf_zero(vm, fend, fpage, prot);
	return (error);
}

static int
elf_load(struct vmspace *vm, struct elf_file *ef, u_long bias)
{
	int i, error;

	for (i = 0; i < ef->phnum; ++i) {
		if (ef->phdr[i].p_type != PT_LOAD || ef->phdr[i].p_memsz == 0)
			continue;
		error = elf_load_segment(vm, ef, &ef->phdr[i], bias);
		if (error != 0)
			return (error);
	}
	return (0);
}

/* --- the interpreter ----------------------------------------------------- */

static int
elf_load_interp_vnode(struct vmspace *vm, struct vnode *vp, struct mount *mp,
    vm_offset_t hint, u_long *entryp, u_long *basep, char *header)
{
	struct elf_file ef;
	struct vattr attr;
	vm_offset_t addr;
	u_long bias = 0;
	int error, resid = 0;

	error = exec_check_permissions(vp, mp, &attr);
	if (error == 0)
		error = vn_rdwr(UIO_READ, vp, header, PAGE_SIZE, 0,
		    UIO_SYSSPACE, IO_NODELOCKED, curthread->td_ucred, &resid);
	vn_unlock(vp);
	if (error == 0)
		error = elf_open(&ef, vp, attr.va_size, header,
		    PAGE_SIZE - resid);
	if (error != 0)
		return (error == -1 ? ENOEXEC : error);
	if (ef.hdr->e_type == ET_DYN) {
		vm_map_lock(&vm->vm_map);
		error = vm_map_findspace(&vm->vm_map, hint, ef.high - ef.low,
		    PAGE_SIZE, &addr);
		vm_map_unlock(&vm->vm_map);
		if (error != 0)
			return (ENOMEM);
		bias = addr - ef.low;
	}
	error = elf_load(vm, &ef, bias);
	*basep = ef.low + bias;
	*entryp = ef.hdr->e_entry + bias;
	return (error);
}

static int
elf_load_interp(struct vmspace *vm, const char *path, vm_offset_t hint,
    u_long *entryp, u_long *basep)
{
	struct nlookupdata nd;
	struct vnode *vp;
	char *header;
	int error;

	header = kmalloc(PAGE_SIZE, M_TEMP, M_WAITOK);
	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = nlookup(&nd);
	if (error == 0)
		error = cache_vget(&nd.nl_nch, nd.nl_cred, LK_SHARED, &vp);
	if (error == 0) {
		error = elf_load_interp_vnode(vm, vp, nd.nl_nch.mount, hint,
		    entryp, basep, header);
		vrele(vp);
	}
	nlookup_done(&nd);
	kfree(header, M_TEMP);
	if (error != 0)
		uprintf("ELF interpreter %s not found\n", path);
	return (error);
}

/* --- the program --------------------------------------------------------- */

/* Where text and data are, for accounting, limits and the break. */
struct elf_extent {
	u_long	text_addr, text_size;
	u_long	data_addr, data_size;
	u_long	total;
};

static void
elf_measure(struct elf_file *ef, u_long bias, struct elf_extent *ex)
{
	const Elf64_Phdr *ph;
	u_long addr, size;
	int i;

	bzero(ex, sizeof(*ex));
	for (i = 0; i < ef->phnum; ++i) {
		ph = &ef->phdr[i];
		if (ph->p_type != PT_LOAD || ph->p_memsz == 0)
			continue;
		addr = trunc_page(ph->p_vaddr + bias);
		size = round_page(ph->p_vaddr + bias + ph->p_memsz) - addr;
		if (ef->hdr->e_entry >= ph->p_vaddr &&
		    ef->hdr->e_entry < ph->p_vaddr + ph->p_memsz) {
			ex->text_addr = addr;
			ex->text_size = size;
		} else {
			ex->data_addr = addr;
			ex->data_size = size;
		}
		ex->total += size;
	}
	if (ex->data_addr == 0 && ex->data_size == 0) {
		ex->data_addr = ex->text_addr;
		ex->data_size = ex->text_size;
	}
}

static int
elf_check_limits(struct proc *p, struct elf_extent *ex)
{
	if (ex->data_size > p->p_rlimit[RLIMIT_DATA].rlim_cur ||
	    ex->text_size > MAXTSIZ ||
	    ex->total > p->p_rlimit[RLIMIT_VMEM].rlim_cur)
		return (ENOMEM);
	return (0);
}

/* Address of the program headers in memory; 0 if no segment holds them. */
static u_long
elf_phdr_address(struct elf_file *ef, u_long bias)
{
	const Elf64_Phdr *ph;
	u_long addr = 0;
	int i;

	for (i = 0; i < ef->phnum; ++i) {
		ph = &ef->phdr[i];
		if (ph->p_type == PT_PHDR)
			return (ph->p_vaddr + bias);
		if (ph->p_type == PT_LOAD && ph->p_offset == 0 &&
		    ef->hdr->e_phoff + ef->phnum * sizeof(*ph) <=
		    ph->p_filesz)
			addr = ph->p_vaddr + ef->hdr->e_phoff + bias;
	}
	return (addr);
}

static int
elf_choose_bias(struct image_params *imgp, struct elf_file *ef, u_long *biasp)
{
	*biasp = 0;
	if (ef->hdr->e_type == ET_DYN && ef->low == 0) {
		*biasp = PIE_BASE;
		if (elf_pie_base_mmap)
			*biasp = vm_map_hint(imgp->proc, 0, VM_PROT_ALL, 0);
	}
	if (ef->high + *biasp > USRSTACK - MAXSSIZ)
		return (ENOEXEC);
	return (0);
}

static int
elf_load_program(struct image_params *imgp, struct elf_file *ef,
    const char *interp, u_long bias, struct elf_extent *ex)
{
	struct vmspace *vm;
	int error;

	error = exec_new_vmspace(imgp);
	vm = imgp->proc->p_vmspace;
	if (error == 0)
		error = elf_load(vm, ef, bias);
	if (error != 0)
		return (error);
	vm->vm_taddr = (caddr_t)ex->text_addr;
	vm->vm_tsize = ex->text_size >> PAGE_SHIFT;
	vm->vm_daddr = (caddr_t)ex->data_addr;
	vm->vm_dsize = ex->data_size >> PAGE_SHIFT;
	imgp->aux_entry = imgp->entry_addr = ef->hdr->e_entry + bias;
	imgp->aux_base = bias;
	imgp->aux_phdr = elf_phdr_address(ef, bias);
	imgp->aux_phnum = ef->phnum;
	imgp->has_auxv = true;
	if (interp != NULL)
		error = elf_load_interp(vm, interp,
		    round_page(ex->data_addr + MAXDSIZ), &imgp->entry_addr,
		    &imgp->aux_base);
	return (error);
}

static int
exec_elf_imgact(struct image_params *imgp)
{
	struct elf_extent ex;
	struct elf_file ef;
	char *interp = NULL;
	u_long bias;
	int error;

	error = elf_open(&ef, imgp->vp, imgp->attr->va_size,
	    imgp->image_header, imgp->header_size);
	if (error != 0)
		return (error);
	error = elf_get_interp(&ef, &interp);
	if (error == 0)
		error = elf_check_brand(imgp, &ef, interp);
	if (error == 0)
		error = elf_choose_bias(imgp, &ef, &bias);
	if (error == 0) {
		elf_measure(&ef, bias, &ex);
		error = elf_check_limits(imgp->proc, &ex);
	}
	if (error == 0)
		error = elf_load_program(imgp, &ef, interp, bias, &ex);
	if (interp != NULL)
		kfree(interp, M_TEMP);
	return (error);
}

static struct execsw elf_execsw = { exec_elf_imgact, "ELF" };
EXEC_SET(elf, elf_execsw);
