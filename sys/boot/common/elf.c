/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loading the kernel: a static PIE, linked at BOOT_KERNEL_LINKBASE, of which
 * we read the loadable segments and the symbol table and skip the rest.
 *
 * Everything in the file is checked before it is used.  elf_load_kernel()
 * prints what is wrong with a file it refuses.
 */
#include <sys/boot_info.h>

#include "boot.h"
#include "elf64.h"

struct image {
	const struct file *file;
	const char	*path;
	struct elf_ehdr	eh;
	struct elf_phdr	*ph;
	uint64_t	base;		/* address it is linked at */
	uint64_t	size;
};

static int
refuse(const struct image *im, int error, const char *why)
{
	printf("%s: %s%s%s\n", im->path, err_string(error),
	    why != NULL ? ": " : "", why != NULL ? why : "");
	return (BE_SILENT);
}

static int
check_header(struct image *im)
{
	const struct elf_ehdr *eh = &im->eh;
	uint64_t size = im->file->size;
	int error;

	if (size < sizeof(*eh))
		return (refuse(im, size == 0 ? BE_TRUNCATED : BE_NOTELF,
		    NULL));
	error = file_read(im->file, 0, &im->eh, sizeof(*eh));
	if (error != 0)
		return (refuse(im, error, NULL));
	if (memcmp(eh->e_ident, "\177ELF", 4) != 0)
		return (refuse(im, BE_NOTELF, NULL));
	if (eh->e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh->e_ident[EI_DATA] != ELFDATA2LSB ||
	    eh->e_machine != EM_X86_64)
		return (refuse(im, BE_FOREIGN, "not for x86-64"));
	/* Linkers mark a PIE with a base address of its own ET_EXEC. */
	if (eh->e_type != ET_DYN && eh->e_type != ET_EXEC)
		return (refuse(im, BE_FOREIGN, "not an executable"));
	if (eh->e_phentsize != sizeof(struct elf_phdr) || eh->e_phnum == 0)
		return (refuse(im, BE_FOREIGN, "no program headers"));
	if (eh->e_phoff > size ||
	    eh->e_phnum * sizeof(struct elf_phdr) > size - eh->e_phoff)
		return (refuse(im, BE_TRUNCATED, NULL));
	if (eh->e_shoff > size ||
	    eh->e_shnum * (uint64_t)eh->e_shentsize > size - eh->e_shoff)
		return (refuse(im, BE_TRUNCATED, NULL));
	return (0);
}

static int
check_segments(struct image *im)
{
	const struct elf_phdr *ph;
	uint64_t low = UINT64_MAX, high = 0, end;
	size_t i;

	for (i = 0; i < im->eh.e_phnum; i++) {
		ph = &im->ph[i];
		if (ph->p_type == PT_INTERP)
			return (refuse(im, BE_FOREIGN,
			    "it is a dynamically linked program"));
		if (ph->p_type != PT_LOAD || ph->p_memsz == 0)
			continue;
		if (ph->p_offset > im->file->size ||
		    ph->p_filesz > im->file->size - ph->p_offset)
			return (refuse(im, BE_TRUNCATED, NULL));
		end = ph->p_vaddr + ph->p_memsz;
		if (ph->p_filesz > ph->p_memsz || end < ph->p_vaddr ||
		    ph->p_vaddr < BOOT_KERNEL_LINKBASE ||
		    end > BOOT_KERNEL_VIRTLIMIT)
			return (refuse(im, BE_FOREIGN,
			    "segments outside the kernel's address range"));
		if (ph->p_vaddr < low)
			low = ph->p_vaddr;
		if (end > high)
			high = end;
	}
	if (low == UINT64_MAX)
		return (refuse(im, BE_FOREIGN, "no loadable segment"));
	im->base = BOOT_KERNEL_LINKBASE;
	if (low - im->base >= BOOT_KERNEL_ALIGN)
		return (refuse(im, BE_FOREIGN, "linked at another address"));
	im->size = roundup2(high, PAGE_SIZE) - im->base;
	if (im->eh.e_entry < low || im->eh.e_entry >= high)
		return (refuse(im, BE_FOREIGN, "entry point outside"));
	return (0);
}

static int
read_segments(struct image *im)
{
	const struct elf_phdr *ph;
	char *to;
	size_t i;
	int error;

	memset((void *)kernel.phys, 0, im->size);
	for (i = 0; i < im->eh.e_phnum; i++) {
		ph = &im->ph[i];
		if (ph->p_type != PT_LOAD || ph->p_filesz == 0)
			continue;
		to = (char *)kernel.phys + (ph->p_vaddr - im->base);
		error = file_read(im->file, ph->p_offset, to, ph->p_filesz);
		if (error != 0)
			return (refuse(im, error, NULL));
	}
	return (0);
}

/* Is [addr, addr + len) of the linked image within it? */
static bool
inside(const struct image *im, uint64_t addr, uint64_t len)
{
	return (addr >= im->base && addr - im->base <= im->size &&
	    len <= im->size - (addr - im->base));
}

static int
find_relocations(struct image *im)
{
	const struct elf_phdr *ph = NULL;
	const struct elf_dyn *d;
	uint64_t rela = 0, size = 0, n;
	size_t i;

	kernel.rela = kernel.rela_size = 0;
	for (i = 0; i < im->eh.e_phnum; i++) {
		if (im->ph[i].p_type == PT_DYNAMIC)
			ph = &im->ph[i];
	}
	if (ph == NULL)
		return (refuse(im, BE_FOREIGN, "not position-independent"));
	if (!inside(im, ph->p_vaddr, ph->p_memsz))
		return (refuse(im, BE_FOREIGN, "bad dynamic section"));
	d = (const struct elf_dyn *)(kernel.phys + ph->p_vaddr - im->base);
	for (n = ph->p_memsz / sizeof(*d); n > 0 && d->d_tag != DT_NULL;
	    n--, d++) {
		switch (d->d_tag) {
		case DT_RELA:
			rela = d->d_val;
			break;
		case DT_RELASZ:
			size = d->d_val;
			break;
		case DT_NEEDED:
		case DT_REL:
		case DT_RELR:
		case DT_JMPREL:
			return (refuse(im, BE_FOREIGN,
			    "it needs more than relative relocations"));
		}
	}
	if (size != 0 && (rela % 8 != 0 || !inside(im, rela, size)))
		return (refuse(im, BE_FOREIGN, "bad relocation table"));
	kernel.rela = rela - im->base;
	kernel.rela_size = size;
	return (0);
}

static uint64_t
load_section(struct image *im, const struct elf_shdr *sh)
{
	uint64_t addr;

	if (sh->sh_size == 0 || sh->sh_offset > im->file->size ||
	    sh->sh_size > im->file->size - sh->sh_offset)
		return (0);
	addr = phys_alloc(sh->sh_size, PAGE_SIZE, BOOT_MEM_LOADER);
	if (addr != 0 && file_read(im->file, sh->sh_offset, (void *)addr,
	    sh->sh_size) != 0) {
		phys_free(addr);
		addr = 0;
	}
	return (addr);
}

/* The symbol table is welcome, not required. */
static void
load_symbols(struct image *im)
{
	struct elf_shdr *sh;
	size_t i, n = im->eh.e_shnum;

	if (n == 0 || im->eh.e_shentsize != sizeof(*sh))
		return;
	sh = malloc(n * sizeof(*sh));
	if (sh == NULL)
		return;
	if (file_read(im->file, im->eh.e_shoff, sh, n * sizeof(*sh)) != 0)
		goto out;
	for (i = 0; i < n; i++) {
		if (sh[i].sh_type != SHT_SYMTAB || sh[i].sh_link >= n ||
		    sh[sh[i].sh_link].sh_type != SHT_STRTAB)
			continue;
		kernel.symtab = load_section(im, &sh[i]);
		if (kernel.symtab == 0)
			break;
		kernel.strtab = load_section(im, &sh[sh[i].sh_link]);
		if (kernel.strtab == 0) {
			phys_free(kernel.symtab);
			kernel.symtab = 0;
			break;
		}
		kernel.symtab_size = sh[i].sh_size;
		kernel.strtab_size = sh[sh[i].sh_link].sh_size;
		break;
	}
out:
	free(sh);
}

int
elf_load_kernel(const struct file *file, const char *path)
{
	struct image im;
	size_t len;
	int error;

	memset(&im, 0, sizeof(im));
	im.file = file;
	im.path = path;
	error = check_header(&im);
	if (error != 0)
		return (error);
	len = im.eh.e_phnum * sizeof(*im.ph);
	im.ph = xmalloc(len);
	error = file_read(file, im.eh.e_phoff, im.ph, len);
	if (error != 0)
		error = refuse(&im, error, NULL);
	else
		error = check_segments(&im);
	if (error != 0)
		goto out;
	kernel.phys = phys_alloc(im.size, BOOT_KERNEL_ALIGN, BOOT_MEM_KERNEL);
	if (kernel.phys == 0) {
		printf("%s: not enough memory: the kernel needs %lu KB "
		    "below 4 GB\n", path, im.size / 1024);
		error = BE_SILENT;
		goto out;
	}
	kernel.size = im.size;
	kernel.virt = im.base;
	kernel.entry = im.eh.e_entry - im.base;
	error = read_segments(&im);
	if (error == 0)
		error = find_relocations(&im);
	if (error == 0)
		load_symbols(&im);
	else
		phys_free(kernel.phys);
out:
	free(im.ph);
	return (error);
}

int
elf_relocate_kernel(void)
{
	const struct elf_rela *r;
	const char *kaslr = getenv("kern.kaslr");
	uint64_t slots, slide = 0, i;

	slots = (BOOT_KERNEL_VIRTLIMIT - BOOT_KERNEL_LINKBASE -
	    roundup2(kernel.size, BOOT_KERNEL_ALIGN)) / BOOT_KERNEL_ALIGN + 1;
	if (kaslr == NULL || strcmp(kaslr, "0") != 0)
		slide = random64() % slots * BOOT_KERNEL_ALIGN;
	kernel.virt = BOOT_KERNEL_LINKBASE + slide;
	r = (const struct elf_rela *)(kernel.phys + kernel.rela);
	for (i = kernel.rela_size / sizeof(*r); i > 0; i--, r++) {
		uint64_t offset = r->r_offset - BOOT_KERNEL_LINKBASE;

		if (r->r_info == R_X86_64_NONE)
			continue;
		if (r->r_info != R_X86_64_RELATIVE || kernel.size < 8 ||
		    offset > kernel.size - 8) {
			printf("%s: relocation of type %lu at 0x%lx cannot "
			    "be applied\n", kernel.name, r->r_info,
			    r->r_offset);
			return (BE_SILENT);
		}
		*(uint64_t *)(kernel.phys + offset) = r->r_addend + slide;
	}
	return (0);
}
