/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel modules: ELF relocatable objects (ld -r).
 *
 * Sections with SHF_ALLOC are placed one after the other, by rights: code,
 * read-only data, writable data, each group on pages of its own.  Nothing in
 * a file is believed: every offset, index, size and name is checked before
 * it is used, and a file that fails is refused.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/malloc.h>
#include <sys/stdbool.h>
#include <vm/vm.h>
#include <vm/vm_kern.h>
#include <vm/pmap.h>
#include <machine/elf.h>
#include <machine/elf_machdep.h>
#include <sys/elf64.h>
#include "link_elf_obj.h"

#define MODULE_MAX	(64 * 1024 * 1024)	/* bytes of a module */
#define SECTIONS_MAX	4096

enum { GROUP_TEXT, GROUP_RODATA, GROUP_DATA, GROUPS };

/* While loading: the section table, and where things were placed. */
struct elf_sections {
	const Elf64_Shdr *shdr;
	int		nshdr;
	const char	*names;
	size_t		names_size;
	char		**addr;		/* by section; NULL: not placed */
	size_t		group_end[GROUPS]; /* offsets in the image */
};

static MALLOC_DEFINE(M_LINKELF, "linkelf", "kernel modules");

/* Is [off, off + size) within the file? */
static bool
in_file(struct elf_file *ef, uint64_t off, uint64_t size)
{
	return (off <= ef->filesize && size <= ef->filesize - off);
}

int
link_elf_inside(struct elf_file *ef, const void *p, size_t len)
{
	uintptr_t off = (uintptr_t)p - (uintptr_t)ef->base;

	return (off <= ef->size && len <= ef->size - off);
}

int
link_elf_string(struct elf_file *ef, const char *p)
{
	size_t max;

	if (!link_elf_inside(ef, p, 1))
		return (0);
	max = ef->size - (p - ef->base);
	return (strnlen(p, max) < max);
}

static int
group_of(const Elf64_Shdr *sh)
{
	if (sh->sh_flags & SHF_EXECINSTR)
		return (GROUP_TEXT);
	return ((sh->sh_flags & SHF_WRITE) ? GROUP_DATA : GROUP_RODATA);
}

static const char *
section_name(struct elf_sections *es, const Elf64_Shdr *sh)
{
	return (sh->sh_name < es->names_size ? es->names + sh->sh_name : "");
}

/* The file's header and section table. */
static int
check_header(struct elf_file *ef, struct elf_sections *es)
{
	const Elf64_Ehdr *eh = (const Elf64_Ehdr *)ef->file;
	const Elf64_Shdr *sh;

	if (ef->filesize < sizeof(*eh) ||
	    memcmp(eh->e_ident, ELFMAG, SELFMAG) != 0 ||
	    eh->e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh->e_ident[EI_DATA] != ELFDATA2LSB ||
	    eh->e_type != ET_REL || eh->e_machine != EM_X86_64 ||
	    eh->e_version != EV_CURRENT)
		return (ENOEXEC);
	if (eh->e_shentsize != sizeof(Elf64_Shdr) || eh->e_shnum == 0 ||
	    eh->e_shnum > SECTIONS_MAX || (eh->e_shoff & 7) != 0 ||
	    !in_file(ef, eh->e_shoff, eh->e_shnum * sizeof(Elf64_Shdr)) ||
	    eh->e_shstrndx >= eh->e_shnum)
		return (ENOEXEC);
	es->shdr = (const Elf64_Shdr *)(ef->file + eh->e_shoff);
	es->nshdr = eh->e_shnum;
	sh = &es->shdr[eh->e_shstrndx];
	if (sh->sh_type != SHT_STRTAB || sh->sh_size == 0 ||
	    !in_file(ef, sh->sh_offset, sh->sh_size) ||
	    ef->file[sh->sh_offset + sh->sh_size - 1] != '\0')
		return (ENOEXEC);
	es->names = ef->file + sh->sh_offset;
	es->names_size = sh->sh_size;
	return (0);
}

/* The symbol table and its strings: copied, backtraces need them later. */
static int
load_symbols(struct elf_file *ef, struct elf_sections *es)
{
	const Elf64_Shdr *sh = NULL, *str;
	char *mem;
	int i;

	for (i = 1; i < es->nshdr; ++i) {
		if (es->shdr[i].sh_type == SHT_SYMTAB) {
			if (sh != NULL)
				return (ENOEXEC);
			sh = &es->shdr[i];
		}
	}
	if (sh == NULL || sh->sh_entsize != sizeof(Elf64_Sym) ||
	    sh->sh_size % sizeof(Elf64_Sym) != 0 || (sh->sh_offset & 7) ||
	    sh->sh_size > MODULE_MAX ||
	    !in_file(ef, sh->sh_offset, sh->sh_size) ||
	    sh->sh_link >= (u_int)es->nshdr)
		return (ENOEXEC);
	str = &es->shdr[sh->sh_link];
	if (str->sh_type != SHT_STRTAB || str->sh_size == 0 ||
	    str->sh_size > MODULE_MAX ||
	    !in_file(ef, str->sh_offset, str->sh_size) ||
	    ef->file[str->sh_offset + str->sh_size - 1] != '\0')
		return (ENOEXEC);
	mem = kmalloc(sh->sh_size + str->sh_size, M_LINKELF,
	    M_WAITOK | M_NULLOK);
	if (mem == NULL)
		return (ENOMEM);
	memcpy(mem, ef->file + sh->sh_offset, sh->sh_size);
	memcpy(mem + sh->sh_size, ef->file + str->sh_offset, str->sh_size);
	ef->symmem = mem;
	ef->symtab = mem;
	ef->nsyms = sh->sh_size / sizeof(Elf64_Sym);
	ef->strtab = mem + sh->sh_size;
	ef->strsz = str->sh_size;
	return (0);
}

/* Offsets of all sections; addr[] holds them for the moment. */
static int
lay_out(struct elf_file *ef, struct elf_sections *es)
{
	const Elf64_Shdr *sh;
	uint64_t align, off = 0;
	int group, i;

	for (group = 0; group < GROUPS; ++group) {
		off = round_page(off);
		for (i = 1; i < es->nshdr; ++i) {
			sh = &es->shdr[i];
			if ((sh->sh_flags & SHF_ALLOC) == 0 ||
			    group_of(sh) != group)
				continue;
			if (sh->sh_flags & SHF_TLS)
				return (ENOEXEC);
			align = sh->sh_addralign ? sh->sh_addralign : 1;
			if (!powerof2(align) || align > PAGE_SIZE ||
			    sh->sh_size > MODULE_MAX)
				return (ENOEXEC);
			if (sh->sh_type != SHT_NOBITS &&
			    !in_file(ef, sh->sh_offset, sh->sh_size))
				return (ENOEXEC);
			off = roundup2(off, align);
			/* Offset plus one, so that NULL means not placed. */
			es->addr[i] = (char *)(off + 1);
			off += sh->sh_size;
			if (off > MODULE_MAX)
				return (ENOEXEC);
		}
		es->group_end[group] = off;
	}
	/* Room for the table of addresses, beside the data. */
	off = roundup2(off, sizeof(u_long));
	ef->ngot = 0;
	ef->got = (u_long *)off;
	off += (ef->nsyms < 4096 ? ef->nsyms : 4096) * sizeof(u_long);
	ef->size = round_page(off);
	return (ef->size > MODULE_MAX || es->group_end[GROUP_DATA] == 0 ?
	    ENOEXEC : 0);
}

static int
place(struct elf_file *ef, struct elf_sections *es)
{
	const Elf64_Shdr *sh;
	int i;

	ef->base = (char *)kmem_alloc_module(ef->size);
	if (ef->base == NULL)
		return (ENOMEM);
	memset(ef->base, 0, ef->size);
	ef->got = (u_long *)(ef->base + (uintptr_t)ef->got);
	for (i = 1; i < es->nshdr; ++i) {
		if (es->addr[i] == NULL)
			continue;
		sh = &es->shdr[i];
		es->addr[i] = ef->base + (uintptr_t)es->addr[i] - 1;
		if (sh->sh_type != SHT_NOBITS)
			memcpy(es->addr[i], ef->file + sh->sh_offset,
			    sh->sh_size);
	}
	return (0);
}

/*
 * Turn the values of defined symbols into addresses.  Common symbols are
 * refused: modules are compiled with -fno-common.
 */
static int
fix_symbols(struct elf_file *ef, struct elf_sections *es)
{
	Elf64_Sym *sym = ef->symmem;
	long i;

	for (i = 0; i < ef->nsyms; ++i, ++sym) {
		if (sym->st_name >= ef->strsz)
			return (ENOEXEC);
		if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_ABS)
			continue;
		if (sym->st_shndx >= es->nshdr)
			return (ENOEXEC);
		if (es->addr[sym->st_shndx] == NULL) {
			/* Of debug information and the like. */
			sym->st_shndx = SHN_ABS;
			sym->st_info = ELF64_ST_INFO(STB_LOCAL, STT_FILE);
			continue;
		}
		if (sym->st_value > es->shdr[sym->st_shndx].sh_size)
			return (ENOEXEC);
		sym->st_value += (u_long)es->addr[sym->st_shndx];
	}
	return (0);
}

/* The slot of a symbol's address in the table; 0: the table is full. */
static u_long
got_slot(struct elf_file *ef, u_long value)
{
	long max = ef->nsyms < 4096 ? ef->nsyms : 4096;
	long i;

	for (i = 0; i < ef->ngot; ++i) {
		if (ef->got[i] == value)
			return ((u_long)&ef->got[i]);
	}
	if (ef->ngot == max)
		return (0);
	ef->got[ef->ngot] = value;
	return ((u_long)&ef->got[ef->ngot++]);
}

/* Bytes that a relocation writes. */
static size_t
reloc_size(u_int type)
{
	switch (type) {
	case R_X86_64_NONE:
		return (0);
	case R_X86_64_64:
	case R_X86_64_PC64:
		return (8);
	default:
		return (4);
	}
}

static int
relocate_one(linker_file_t lf, struct elf_file *ef, const Elf64_Rela *rela,
    char *where, size_t room, int undefined)
{
	const Elf64_Sym *sym;
	const char *name;
	u_int type = ELF64_R_TYPE(rela->r_info);
	u_long symi = ELF64_R_SYM(rela->r_info);
	u_long value, slot;

	if (symi >= (u_long)ef->nsyms || rela->r_offset > room ||
	    reloc_size(type) > room - rela->r_offset)
		return (ENOEXEC);
	sym = (const Elf64_Sym *)ef->symtab + symi;
	if ((sym->st_shndx == SHN_UNDEF && symi != 0) != undefined)
		return (0);
	value = sym->st_value;
	if (undefined) {
		name = ef->strtab + sym->st_name;
		value = (u_long)linker_file_lookup_symbol(lf, name, 1);
		if (value == 0 && ELF64_ST_BIND(sym->st_info) != STB_WEAK) {
			kprintf("kldload: %s: undefined symbol %s\n",
			    lf->filename, name);
			return (ENOENT);
		}
	}
	where += rela->r_offset;
	if (elf_machdep_needs_got(type)) {
		slot = got_slot(ef, value);
		if (slot == 0)
			return (ENOEXEC);
		return (elf_machdep_reloc_got(where, slot, rela->r_addend));
	}
	return (elf_machdep_reloc(type, where, (u_long)ef->base, value,
	    rela->r_addend));
}

/* All relocations against defined, or against undefined symbols. */
static int
relocate(linker_file_t lf, struct elf_file *ef, struct elf_sections *es,
    int undefined)
{
	const Elf64_Shdr *sh;
	const Elf64_Rela *rela;
	uint64_t n;
	int error, i;

	for (i = 1; i < es->nshdr; ++i) {
		sh = &es->shdr[i];
		if (sh->sh_type == SHT_REL)
			return (ENOEXEC);
		if (sh->sh_type != SHT_RELA)
			continue;
		if (sh->sh_info == 0 || sh->sh_info >= (u_int)es->nshdr)
			return (ENOEXEC);
		if (es->addr[sh->sh_info] == NULL)
			continue;
		if (sh->sh_entsize != sizeof(*rela) || (sh->sh_offset & 7) ||
		    !in_file(ef, sh->sh_offset, sh->sh_size))
			return (ENOEXEC);
		rela = (const Elf64_Rela *)(ef->file + sh->sh_offset);
		for (n = sh->sh_size / sizeof(*rela); n > 0; --n, ++rela) {
			error = relocate_one(lf, ef, rela,
			    es->addr[sh->sh_info],
			    es->shdr[sh->sh_info].sh_size, undefined);
			if (error)
				return (error);
		}
	}
	return (0);
}

/* Find a linker set, and see that its pointers stay within the module. */
static int
find_set(struct elf_file *ef, struct elf_sections *es, const char *name,
    size_t objsize, struct elf_set *set)
{
	void **pp;
	int i;

	set->begin = NULL;
	set->end = NULL;
	for (i = 1; i < es->nshdr; ++i) {
		if (es->addr[i] == NULL ||
		    strcmp(section_name(es, &es->shdr[i]), name) != 0)
			continue;
		if (set->begin != NULL || ((uintptr_t)es->addr[i] & 7) ||
		    (es->shdr[i].sh_size & 7))
			return (ENOEXEC);
		set->begin = (void **)es->addr[i];
		set->end = (void **)(es->addr[i] + es->shdr[i].sh_size);
	}
	for (pp = set->begin; pp < set->end; ++pp) {
		if (!link_elf_inside(ef, *pp, objsize) ||
		    ((uintptr_t)*pp & 7) != 0)
			return (ENOEXEC);
	}
	return (0);
}

int
link_elf_load(linker_file_t lf, const char *file, size_t size)
{
	struct elf_sections *es;
	struct elf_file *ef;
	int error;

	ef = kmalloc(sizeof(*ef), M_LINKELF, M_WAITOK | M_ZERO);
	es = kmalloc(sizeof(*es), M_LINKELF, M_WAITOK | M_ZERO);
	lf->priv = ef;
	ef->file = file;
	ef->filesize = size;
	ef->sections = es;
	error = check_header(ef, es);
	if (error)
		return (error);
	es->addr = kmalloc(sizeof(*es->addr) * es->nshdr, M_LINKELF,
	    M_WAITOK | M_ZERO);
	error = load_symbols(ef, es);
	if (error == 0)
		error = lay_out(ef, es);
	if (error == 0)
		error = place(ef, es);
	if (error)
		return (error);
	lf->address = ef->base;
	lf->size = ef->size;
	error = fix_symbols(ef, es);
	if (error == 0)
		error = relocate(lf, ef, es, 0);
	if (error == 0)
		error = find_set(ef, es, "set_modmetadata_set", 32,
		    &ef->metadata);
	return (error);
}

int
link_elf_finish(linker_file_t lf)
{
	struct elf_file *ef = lf->priv;
	struct elf_sections *es = ef->sections;
	vm_offset_t base = (vm_offset_t)ef->base;
	int error;

	error = relocate(lf, ef, es, 1);
	if (error == 0)
		error = find_set(ef, es, "set_sysinit_set",
		    sizeof(struct sysinit), &ef->sysinit);
	if (error == 0)
		error = find_set(ef, es, "set_sysuninit_set",
		    sizeof(struct sysinit), &ef->sysuninit);
	if (error == 0)
		error = find_set(ef, es, "set_sysctl_set", 64, &ef->sysctl);
	if (error)
		return (error);
	if (es->group_end[GROUP_TEXT] != 0) {
		pmap_kprotect(base, base +
		    round_page(es->group_end[GROUP_TEXT]),
		    VM_PROT_READ | VM_PROT_EXECUTE);
	}
	if (es->group_end[GROUP_RODATA] >
	    round_page(es->group_end[GROUP_TEXT])) {
		pmap_kprotect(base + round_page(es->group_end[GROUP_TEXT]),
		    base + round_page(es->group_end[GROUP_RODATA]),
		    VM_PROT_READ);
	}
	kfree(es->addr, M_LINKELF);
	kfree(es, M_LINKELF);
	ef->sections = NULL;
	ef->file = NULL;
	return (0);
}

/* Also after a load that failed half way. */
void
link_elf_unload(linker_file_t lf)
{
	struct elf_file *ef = lf->priv;

	if (ef == NULL)
		return;
	if (ef->sections != NULL) {
		kfree(ef->sections->addr, M_LINKELF);
		kfree(ef->sections, M_LINKELF);
	}
	if (ef->base != NULL)
		kmem_free_module((vm_offset_t)ef->base, ef->size);
	kfree(ef->symmem, M_LINKELF);
	kfree(ef, M_LINKELF);
	lf->priv = NULL;
}

/*
 * --- symbols ---
 */

static const char *
symbol_name(struct elf_file *ef, const Elf64_Sym *sym)
{
	return (sym->st_name < ef->strsz ? ef->strtab + sym->st_name : "");
}

static bool
symbol_defined(const Elf64_Sym *sym)
{
	int type = ELF64_ST_TYPE(sym->st_info);

	return (sym->st_shndx != SHN_UNDEF && type != STT_FILE &&
	    type != STT_SECTION && sym->st_name != 0);
}

/*
 * The kernel is linked with hidden symbols, which makes the linker turn
 * global functions into locals.  It puts them behind the locals of all
 * files, so the last of several of the same name is the global one.
 */
caddr_t
link_elf_lookup(linker_file_t lf, const char *name)
{
	struct elf_file *ef = lf->priv;
	const Elf64_Sym *sym = (const Elf64_Sym *)ef->symtab + ef->nsyms;
	long i;

	for (i = ef->nsyms; i > 0; --i) {
		--sym;
		if (symbol_defined(sym) && (ef->locals ||
		    ELF64_ST_BIND(sym->st_info) != STB_LOCAL) &&
		    strcmp(symbol_name(ef, sym), name) == 0)
			return ((caddr_t)(sym->st_value + ef->slide));
	}
	return (NULL);
}

int
link_elf_find(struct elf_file *ef, const char *name, linker_symval_t *val)
{
	const Elf64_Sym *sym = ef->symtab;
	long i;

	for (i = 0; i < ef->nsyms; ++i, ++sym) {
		if (symbol_defined(sym) &&
		    strcmp(symbol_name(ef, sym), name) == 0) {
			val->name = symbol_name(ef, sym);
			val->value = (caddr_t)(sym->st_value + ef->slide);
			val->size = sym->st_size;
			return (0);
		}
	}
	return (ENOENT);
}

int
link_elf_search(struct elf_file *ef, caddr_t value, linker_symval_t *val,
    long *diffp)
{
	const Elf64_Sym *sym = ef->symtab, *best = NULL;
	u_long addr = (u_long)value - ef->slide;
	long i;

	for (i = 0; i < ef->nsyms; ++i, ++sym) {
		if (!symbol_defined(sym) || sym->st_shndx == SHN_ABS ||
		    sym->st_value > addr)
			continue;
		if (best == NULL || sym->st_value > best->st_value ||
		    (sym->st_value == best->st_value &&
		     ELF64_ST_TYPE(sym->st_info) == STT_FUNC))
			best = sym;
	}
	if (best == NULL)
		return (ENOENT);
	val->name = symbol_name(ef, best);
	val->value = (caddr_t)(best->st_value + ef->slide);
	val->size = best->st_size;
	*diffp = (long)(addr - best->st_value);
	return (0);
}
