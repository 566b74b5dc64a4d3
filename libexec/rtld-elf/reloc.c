/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Relocation for x86_64: of the linker itself, of objects at load time, and
 * of single PLT slots at first call.
 *
 * The startup set is relocated in two passes.  The first leaves alone every
 * reference that needs an IFUNC resolver, since a resolver may use anything;
 * the second (reloc_ifuncs) settles those.
 */
#include <sys/mman.h>
#include "rtld.h"

#define	VM_PROT_RX	(PROT_READ | PROT_EXEC)

unsigned int	xsave_size;

/*
 * The linker's own relocations: relative ones only (it is linked with
 * -Bsymbolic and all its variables are hidden).  Runs before any pointer in
 * initialised data may be used.
 */
void
reloc_self(uintptr_t base, const Elf64_Dyn *dyn)
{
	const Elf64_Rela *rela = NULL, *end;
	size_t size = 0;

	for (; dyn->d_tag != DT_NULL; dyn++) {
		if (dyn->d_tag == DT_RELA)
			rela = (const Elf64_Rela *)(base + dyn->d_un.d_ptr);
		else if (dyn->d_tag == DT_RELASZ)
			size = dyn->d_un.d_val;
	}
	end = (const Elf64_Rela *)((const char *)rela + size);
	for (; rela < end; rela++) {
		if (ELF64_R_TYPE(rela->r_info) == R_X86_64_RELATIVE)
			*(uintptr_t *)(base + rela->r_offset) =
			    base + rela->r_addend;
	}
}

uintptr_t
resolve_ifunc(struct obj *obj, const Elf64_Sym *sym)
{
	uintptr_t (*resolver)(void);
	uintptr_t target;
	int depth = 0;

	resolver = (uintptr_t (*)(void))(obj->relocbase + sym->st_value);
	if (bind_lock.owner != NULL && bind_lock.depth > 0 &&
	    bind_lock.state < 0)
		depth = lock_drop_all(&bind_lock);
	target = resolver();
	if (depth > 0)
		lock_retake(&bind_lock, depth);
	return (target);
}

/* Definitions found while one object is relocated, by symbol index. */
struct symcache {
	const Elf64_Sym	*sym;
	struct obj	*obj;
};

static const Elf64_Sym *
lookup(uint32_t n, struct obj *obj, struct obj **defobj, int flags,
    struct symcache *cache)
{
	const Elf64_Sym *def;

	if (cache != NULL && n < obj->nsyms && cache[n].sym != NULL) {
		*defobj = cache[n].obj;
		return (cache[n].sym);
	}
	def = find_symdef(n, obj, defobj, flags);
	if (def != NULL && cache != NULL && n < obj->nsyms) {
		cache[n].sym = def;
		cache[n].obj = *defobj;
	}
	return (def);
}

/* Gives the module of a TPOFF reference its place below the TCB. */
static int
need_static_tls(struct obj *obj, struct obj *defobj)
{
	if (defobj->tls_static || defobj->tlssize == 0)
		return (0);
	if (tls_alloc_offset(defobj) != 0) {
		_rtld_error("%s: No space available for static Thread Local "
		    "Storage", obj->path);
		return (-1);
	}
	tls_distribute(defobj);
	return (0);
}

static int
reloc_symbolic(struct obj *obj, const Elf64_Rela *rela, struct symcache *cache,
    int flags)
{
	uintptr_t *where = (uintptr_t *)(obj->relocbase + rela->r_offset);
	const Elf64_Sym *def;
	struct obj *defobj;
	uintptr_t value;

	def = lookup(ELF64_R_SYM(rela->r_info), obj, &defobj, flags, cache);
	if (def == NULL)
		return (-1);
	if (ELF64_ST_TYPE(def->st_info) == STT_GNU_IFUNC) {
		if (flags & SL_NOIFUNC) {
			obj->has_ifunc = true;
			return (0);
		}
		value = resolve_ifunc(defobj, def);
	} else if (def->st_shndx == SHN_ABS)
		value = def->st_value;
	else
		value = defobj->relocbase + def->st_value;
	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_X86_64_64:
		*where = value + rela->r_addend;
		break;
	case R_X86_64_PC32:
		*(uint32_t *)where = (uint32_t)(value + rela->r_addend -
		    (uintptr_t)where);
		break;
	case R_X86_64_GLOB_DAT:
	case R_X86_64_JMP_SLOT:
		*where = value;
		break;
	}
	return (0);
}

static int
reloc_tls(struct obj *obj, const Elf64_Rela *rela, struct symcache *cache)
{
	uintptr_t *where = (uintptr_t *)(obj->relocbase + rela->r_offset);
	const Elf64_Sym *def;
	struct obj *defobj;
	uintptr_t value;

	def = lookup(ELF64_R_SYM(rela->r_info), obj, &defobj, 0, cache);
	if (def == NULL)
		return (-1);
	value = def->st_value + rela->r_addend;
	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_X86_64_DTPMOD64:
		*where = defobj->tlsindex;
		break;
	case R_X86_64_DTPOFF64:
		*where = value;
		break;
	case R_X86_64_DTPOFF32:
		*(uint32_t *)where = (uint32_t)value;
		break;
	case R_X86_64_TPOFF64:
	case R_X86_64_TPOFF32:
		if (need_static_tls(obj, defobj) != 0)
			return (-1);
		value -= defobj->tlsoffset;
		if (ELF64_R_TYPE(rela->r_info) == R_X86_64_TPOFF64)
			*where = value;
		else
			*(uint32_t *)where = (uint32_t)value;
		break;
	}
	return (0);
}

static int
reloc_one(struct obj *obj, const Elf64_Rela *rela, struct symcache *cache,
    int flags)
{
	uintptr_t *where = (uintptr_t *)(obj->relocbase + rela->r_offset);

	switch (ELF64_R_TYPE(rela->r_info)) {
	case R_X86_64_NONE:
		return (0);
	case R_X86_64_RELATIVE:
		*where = obj->relocbase + rela->r_addend;
		return (0);
	case R_X86_64_64:
	case R_X86_64_PC32:
	case R_X86_64_GLOB_DAT:
		return (reloc_symbolic(obj, rela, cache, flags));
	case R_X86_64_DTPMOD64:
	case R_X86_64_DTPOFF64:
	case R_X86_64_DTPOFF32:
	case R_X86_64_TPOFF64:
	case R_X86_64_TPOFF32:
		return (reloc_tls(obj, rela, cache));
	case R_X86_64_IRELATIVE:
		obj->has_ifunc = true;
		return (0);
	case R_X86_64_COPY:
		if (obj->mainprog)
			return (0);
		_rtld_error("%s: Unexpected R_X86_64_COPY relocation in "
		    "shared library", obj->path);
		return (-1);
	default:
		_rtld_error("%s: Unsupported relocation type %u in non-PLT "
		    "relocations", obj->path,
		    (unsigned)ELF64_R_TYPE(rela->r_info));
		return (-1);
	}
}

static int
reloc_nonplt(struct obj *obj, struct symcache *cache)
{
	const Elf64_Rela *rela = obj->rela, *end;

	if (rela == NULL)
		return (0);
	end = (const Elf64_Rela *)((const char *)rela + obj->relasize);
	for (; rela < end; rela++) {
		if (reloc_one(obj, rela, cache, SL_NOIFUNC) != 0)
			return (-1);
	}
	return (0);
}

static int
reloc_plt(struct obj *obj, struct symcache *cache, bool now)
{
	const Elf64_Rela *rela = obj->pltrela, *end;
	int error = 0;

	if (rela == NULL)
		return (0);
	end = (const Elf64_Rela *)((const char *)rela + obj->pltrelasize);
	for (; rela < end && error == 0; rela++) {
		switch (ELF64_R_TYPE(rela->r_info)) {
		case R_X86_64_JMP_SLOT:
			if (now)
				error = reloc_symbolic(obj, rela, cache,
				    SL_INPLT | SL_NOIFUNC);
			else
				*(uintptr_t *)(obj->relocbase +
				    rela->r_offset) += obj->relocbase;
			break;
		case R_X86_64_IRELATIVE:
			obj->has_ifunc = true;
			break;
		case R_X86_64_DTPMOD64:
		case R_X86_64_DTPOFF64:
		case R_X86_64_TPOFF64:
			error = reloc_tls(obj, rela, cache);
			break;
		default:
			_rtld_error("%s: Unsupported relocation type %u in "
			    "PLT relocations", obj->path,
			    (unsigned)ELF64_R_TYPE(rela->r_info));
			error = -1;
			break;
		}
	}
	obj->plt_done = now;
	return (error);
}

/* Makes the read-only segments writable for text relocations, and back. */
static int
protect_text(const struct obj *obj, bool writable)
{
	const Elf64_Phdr *ph;
	uintptr_t start;
	int prot;
	long r;

	for (ph = obj->phdr; ph < obj->phdr + obj->phnum; ph++) {
		if (ph->p_type != PT_LOAD || (ph->p_flags & PF_W) != 0)
			continue;
		prot = (ph->p_flags & PF_R ? PROT_READ : 0) |
		    (ph->p_flags & PF_X ? PROT_EXEC : 0) |
		    (writable ? PROT_WRITE : 0);
		start = TRUNC_PAGE(obj->relocbase + ph->p_vaddr);
		r = rtld_mprotect((void *)start, ROUND_PAGE(obj->relocbase +
		    ph->p_vaddr + ph->p_memsz) - start, prot);
		if (r < 0) {
			_rtld_error("%s: Cannot write-%s text segment: %s",
			    obj->path, writable ? "enable" : "disable",
			    error_string(r));
			return (-1);
		}
	}
	return (0);
}

static int
protect_relro(const struct obj *obj, int prot)
{
	long r;

	if (obj->relrosize == 0)
		return (0);
	r = rtld_mprotect((void *)obj->relro, obj->relrosize, prot);
	if (r < 0) {
		_rtld_error("%s: Cannot enforce relro relocation: %s",
		    obj->path, error_string(r));
		return (-1);
	}
	return (0);
}

static int
relocate(struct obj *obj, bool now)
{
	struct symcache *cache = NULL;
	int error;

	if (obj->relocated)
		return (0);
	obj->relocated = true;
	if (obj->rtld)
		return (0);
	if (obj->textrel && protect_text(obj, true) != 0)
		return (-1);
	if (obj->nsyms > 0)
		cache = xcalloc(obj->nsyms * sizeof(*cache));
	error = reloc_nonplt(obj, cache);
	if (error == 0 && obj->pltgot != NULL) {
		obj->pltgot[1] = (uintptr_t)obj;
		obj->pltgot[2] = (uintptr_t)rtld_bind_start;
	}
	if (error == 0) {
		/* A slot may be bound to another object: separate lookups. */
		if (cache != NULL)
			memset(cache, 0, obj->nsyms * sizeof(*cache));
		error = reloc_plt(obj, cache, now || obj->bindnow);
	}
	xfree(cache);
	if (error == 0 && obj->textrel)
		error = protect_text(obj, false);
	if (error == 0 && !obj->has_ifunc)
		error = protect_relro(obj, PROT_READ);
	return (error);
}

/* Relocates `first' and all objects loaded after it. */
int
reloc_objects(struct obj *first, bool now)
{
	struct obj *obj;

	for (obj = first; obj != NULL; obj = obj->next) {
		if (relocate(obj, now) != 0)
			return (-1);
	}
	return (0);
}

static int
reloc_ifuncs_in(struct obj *obj, const Elf64_Rela *rela, size_t size, bool plt)
{
	const Elf64_Rela *end;
	const Elf64_Sym *def;
	struct obj *defobj;
	Elf64_Sym fake = { .st_info = STT_GNU_IFUNC };
	uintptr_t *where;

	if (rela == NULL)
		return (0);
	end = (const Elf64_Rela *)((const char *)rela + size);
	for (; rela < end; rela++) {
		where = (uintptr_t *)(obj->relocbase + rela->r_offset);
		switch (ELF64_R_TYPE(rela->r_info)) {
		case R_X86_64_IRELATIVE:
			fake.st_value = rela->r_addend;
			*where = resolve_ifunc(obj, &fake);
			break;
		case R_X86_64_64:
		case R_X86_64_GLOB_DAT:
		case R_X86_64_JMP_SLOT:
			if (plt && !obj->plt_done)
				break;
			def = find_symdef(ELF64_R_SYM(rela->r_info), obj,
			    &defobj, plt ? SL_INPLT : 0);
			if (def == NULL)
				return (-1);
			if (ELF64_ST_TYPE(def->st_info) == STT_GNU_IFUNC &&
			    reloc_symbolic(obj, rela, NULL,
			    plt ? SL_INPLT : 0) != 0)
				return (-1);
			break;
		}
	}
	return (0);
}

/* Second pass: everything that needs a resolver called. */
int
reloc_ifuncs(struct obj *first)
{
	struct obj *obj;

	for (obj = first; obj != NULL; obj = obj->next) {
		if (!obj->has_ifunc || obj->irelative_done)
			continue;
		obj->irelative_done = true;
		if (obj->textrel && protect_text(obj, true) != 0)
			return (-1);
		if (reloc_ifuncs_in(obj, obj->rela, obj->relasize, false) ||
		    reloc_ifuncs_in(obj, obj->pltrela, obj->pltrelasize, true))
			return (-1);
		if (obj->textrel && protect_text(obj, false) != 0)
			return (-1);
		if (protect_relro(obj, PROT_READ) != 0)
			return (-1);
	}
	return (0);
}

/* COPY relocations of the main program, once the libraries are relocated. */
int
reloc_copies(struct obj *obj)
{
	const Elf64_Rela *rela = obj->rela, *end;
	const Elf64_Sym *sym;
	struct symlook sl;
	struct objvec rest;
	bool lifted = false;
	void *where;

	if (rela == NULL)
		return (0);
	rest = list_main;
	rest.v++;
	rest.n--;
	end = (const Elf64_Rela *)((const char *)rela + obj->relasize);
	for (; rela < end; rela++) {
		if (ELF64_R_TYPE(rela->r_info) != R_X86_64_COPY)
			continue;
		sym = &obj->symtab[ELF64_R_SYM(rela->r_info)];
		symlook_init(&sl, obj->strtab + sym->st_name);
		if (obj->versyms != NULL) {
			int ndx = obj->versyms[ELF64_R_SYM(rela->r_info)] &
			    0x7fff;

			if (ndx >= 2 && ndx < obj->nvers)
				sl.ver = &obj->vertab[ndx];
		}
		if (!symlook_vec(&sl, &rest)) {
			_rtld_error("Undefined symbol \"%s\" referenced from "
			    "COPY relocation in %s", sl.name, obj->path);
			return (-1);
		}
		if (!lifted && protect_relro(obj, PROT_READ | PROT_WRITE) != 0)
			return (-1);
		lifted = true;
		where = (void *)(obj->relocbase + rela->r_offset);
		memcpy(where, (const void *)(sl.defobj->relocbase +
		    sl.sym->st_value), sym->st_size);
	}
	/* With IFUNCs still to come, reloc_ifuncs() ends with this. */
	return (lifted && !obj->has_ifunc ? protect_relro(obj, PROT_READ) : 0);
}

/*
 * Binds one PLT slot; called by the stub with all argument registers saved.
 * A preloaded _rtld_functrace() may ask for the slot to stay unbound.
 */
uintptr_t
rtld_bind(struct obj *obj, uint64_t index, uintptr_t *stack)
{
	static int (*trace)(const char *, const char *, const char *, void *);
	static bool looked;
	const Elf64_Rela *rela = obj->pltrela + index;
	const Elf64_Sym *def;
	struct symlook sl;
	struct obj *defobj;
	uintptr_t target;
	bool keep = false;

	lock_read(&bind_lock);
	def = find_symdef(ELF64_R_SYM(rela->r_info), obj, &defobj, SL_INPLT);
	if (def == NULL)
		rtld_die();
	if (!looked) {
		looked = true;
		symlook_init(&sl, "_rtld_functrace");
		if (symlook_vec(&sl, &list_main))
			trace = (int (*)(const char *, const char *,
			    const char *, void *))(sl.defobj->relocbase +
			    sl.sym->st_value);
	}
	target = defobj->relocbase + def->st_value;
	lock_unlock(&bind_lock);
	if (ELF64_ST_TYPE(def->st_info) == STT_GNU_IFUNC)
		target = ((uintptr_t (*)(void))target)();
	else if (def->st_shndx == SHN_ABS)
		target = def->st_value;
	if (trace != NULL)
		keep = trace(obj->path, defobj->path,
		    defobj->strtab + def->st_name, stack) != 0;
	if (!keep)
		__atomic_store_n((uintptr_t *)(obj->relocbase +
		    rela->r_offset), target, __ATOMIC_RELAXED);
	return (target);
}
