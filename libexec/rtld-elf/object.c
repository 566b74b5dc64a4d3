/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared objects: mapping a file, reading its program headers and dynamic
 * section, and taking it down again.  Everything read from the file is
 * checked as far as the linker itself depends on it.
 */
#include <sys/mman.h>
#include "rtld.h"

#define	NOTE_ABI	1
#define	NOTE_CRT_NO_INIT 0x20

struct obj *
obj_new(const char *path)
{
	struct obj *obj;

	obj = xcalloc(sizeof(*obj));
	obj->path = xstrdup(path);
	obj->serial = obj_serial++;
	return (obj);
}

static void
needed_free(struct needed *n)
{
	struct needed *next;

	for (; n != NULL; n = next) {
		next = n->next;
		xfree(n);
	}
}

void
obj_free(struct obj *obj)
{
	struct alias *a;

	while ((a = obj->aliases) != NULL) {
		obj->aliases = a->next;
		xfree(a);
	}
	needed_free(obj->needed);
	needed_free(obj->filtees);
	needed_free(obj->auxiliaries);
	objvec_free(&obj->dag);
	objvec_free(&obj->dldags);
	xfree(obj->vertab);
	xfree(obj->origin);
	xfree(obj->path);
	xfree(obj);
}

void
obj_unmap(struct obj *obj)
{
	tls_free_offset(obj);
	rtld_munmap(obj->mapbase, obj->mapsize);
}

void
obj_add_alias(struct obj *obj, const char *name)
{
	struct alias *a;

	if (obj_matches(obj, name))
		return;
	a = xmalloc(sizeof(*a) + strlen(name) + 1);
	memcpy(a->name, name, strlen(name) + 1);
	a->next = obj->aliases;
	obj->aliases = a;
}

bool
obj_matches(const struct obj *obj, const char *name)
{
	const struct alias *a;

	for (a = obj->aliases; a != NULL; a = a->next) {
		if (strcmp(a->name, name) == 0)
			return (true);
	}
	return (obj->soname != NULL && strcmp(obj->soname, name) == 0);
}

struct obj *
obj_from_addr(const void *addr)
{
	const char *p = addr;
	struct obj *obj;

	for (obj = obj_list; obj != NULL; obj = obj->next) {
		if (p >= obj->mapbase && p < obj->mapbase + obj->mapsize)
			return (obj);
	}
	if (p >= obj_rtld.mapbase && p < obj_rtld.mapbase + obj_rtld.mapsize)
		return (&obj_rtld);
	return (NULL);
}

/* The absolute directory the object lies in, or NULL with an error set. */
const char *
obj_origin(struct obj *obj)
{
	char buf[1024];
	const char *slash;
	size_t n, len;
	long error;

	if (obj->origin != NULL)
		return (obj->origin);
	slash = strrchr(obj->path, '/');
	n = slash != NULL ? (size_t)(slash - obj->path) : 0;
	if (obj->path[0] == '/') {
		obj->origin = n == 0 ? xstrdup("/") : xstrndup(obj->path, n);
		return (obj->origin);
	}
	error = rtld_getcwd(buf, sizeof(buf));
	len = error < 0 ? 0 : strlen(buf);
	if (error < 0 || len + n + 2 > sizeof(buf)) {
		_rtld_error("%s: cannot determine origin", obj->path);
		return (NULL);
	}
	if (n > 0)
		rtld_snprintf(buf + len, n + 2, "/%s", obj->path);
	obj->origin = xstrdup(buf);
	return (obj->origin);
}

static void
digest_notes(struct obj *obj, uintptr_t start, uintptr_t end)
{
	const Elf64_Nhdr *note;
	uintptr_t name;

	while (start + sizeof(*note) <= end) {
		note = (const Elf64_Nhdr *)start;
		name = start + sizeof(*note);
		start = name + ROUNDUP(note->n_namesz, 4) +
		    ROUNDUP(note->n_descsz, 4);
		if (start > end)
			return;
		if (note->n_namesz == 10 &&
		    memcmp((const char *)name, "DragonFly", 10) == 0 &&
		    note->n_type == NOTE_CRT_NO_INIT)
			obj->crt_no_init = true;
	}
}

/* Reads a program header table of an object that is already mapped. */
int
obj_digest_phdr(struct obj *obj, const Elf64_Phdr *phdr, int phnum)
{
	const Elf64_Phdr *ph;
	uintptr_t lo = UINTPTR_MAX, hi = 0;
	bool have_phdr = false;

	obj->phdr = phdr;
	obj->phnum = phnum;
	for (ph = phdr; ph < phdr + phnum; ph++) {
		switch (ph->p_type) {
		case PT_PHDR:
			if (obj->mainprog) {
				obj->relocbase = (uintptr_t)phdr - ph->p_vaddr;
				have_phdr = true;
			}
			break;
		case PT_LOAD:
			if (TRUNC_PAGE(ph->p_vaddr) < lo)
				lo = TRUNC_PAGE(ph->p_vaddr);
			if (ROUND_PAGE(ph->p_vaddr + ph->p_memsz) > hi)
				hi = ROUND_PAGE(ph->p_vaddr + ph->p_memsz);
			break;
		}
	}
	if (hi == 0) {
		_rtld_error("%s: too few PT_LOAD segments", obj->path);
		return (-1);
	}
	if (obj->mainprog && !have_phdr)
		obj->relocbase = TRUNC_PAGE(phdr) - lo;
	obj->mapbase = (char *)(lo + obj->relocbase);
	obj->mapsize = hi - lo;
	for (ph = phdr; ph < phdr + phnum; ph++) {
		switch (ph->p_type) {
		case PT_DYNAMIC:
			obj->dynamic = (const Elf64_Dyn *)
			    (ph->p_vaddr + obj->relocbase);
			break;
		case PT_INTERP:
			obj->interp = (const char *)
			    (ph->p_vaddr + obj->relocbase);
			break;
		case PT_TLS:
			obj->tlsinit = (const void *)
			    (ph->p_vaddr + obj->relocbase);
			obj->tlsinitsize = ph->p_filesz;
			obj->tlssize = ph->p_memsz;
			obj->tlsalign = ph->p_align != 0 ? ph->p_align : 1;
			break;
		case PT_GNU_RELRO:
			obj->relro = TRUNC_PAGE(ph->p_vaddr + obj->relocbase);
			obj->relrosize = TRUNC_PAGE(ph->p_vaddr +
			    obj->relocbase + ph->p_memsz) - obj->relro;
			break;
		case PT_GNU_STACK:
			if (obj->mainprog)
				stack_prot = PROT_READ | PROT_WRITE |
				    (ph->p_flags & PF_X ? PROT_EXEC : 0);
			break;
		case PT_NOTE:
			obj->has_note = true;
			digest_notes(obj, ph->p_vaddr + obj->relocbase,
			    ph->p_vaddr + obj->relocbase + ph->p_filesz);
			break;
		}
	}
	if (obj->dynamic == NULL) {
		_rtld_error("%s: object is not dynamically-linked", obj->path);
		return (-1);
	}
	return (0);
}

/* Number of symbols, from whichever hash table there is. */
static uint32_t
count_symbols(const struct obj *obj)
{
	const uint32_t *chain;
	uint32_t b, max = 0;

	if (obj->buckets != NULL)
		return (obj->nchains);
	if (obj->gnu_buckets == NULL)
		return (0);
	for (b = 0; b < obj->gnu_nbuckets; b++) {
		if (obj->gnu_buckets[b] > max)
			max = obj->gnu_buckets[b];
	}
	if (max < obj->gnu_symoff)
		return (obj->gnu_symoff);
	for (chain = &obj->gnu_chain0[max]; (*chain & 1) == 0; chain++)
		max++;
	return (max + 1);
}

static void
add_needed(struct obj *obj, struct needed **list, size_t off)
{
	struct needed *n;

	while (*list != NULL)
		list = &(*list)->next;
	n = xcalloc(sizeof(*n));
	n->name = obj->strtab + off;
	*list = n;
}

static void
digest_gnu_hash(struct obj *obj, const uint32_t *h)
{
	uint32_t maskwords = h[2];

	if (h[0] == 0 || maskwords == 0 || (maskwords & (maskwords - 1)) != 0)
		return;
	obj->gnu_nbuckets = h[0];
	obj->gnu_symoff = h[1];
	obj->gnu_maskwords = maskwords;
	obj->gnu_shift = h[3];
	obj->gnu_bloom = (const uint64_t *)(h + 4);
	obj->gnu_buckets = (const uint32_t *)(obj->gnu_bloom + maskwords);
	obj->gnu_chain0 = obj->gnu_buckets + h[0] - h[1];
}

static void
digest_flags(struct obj *obj, uint64_t tag, uint64_t val)
{
	if (tag == DT_FLAGS) {
		obj->originflag |= (val & DF_ORIGIN) != 0;
		obj->symbolic |= (val & DF_SYMBOLIC) != 0;
		obj->textrel |= (val & DF_TEXTREL) != 0;
		obj->bindnow |= (val & DF_BIND_NOW) != 0;
		obj->static_tls |= (val & DF_STATIC_TLS) != 0;
		return;
	}
	obj->bindnow |= (val & DF_1_NOW) != 0;
	obj->nodelete |= (val & DF_1_NODELETE) != 0;
	obj->noopen |= (val & DF_1_NOOPEN) != 0;
	obj->originflag |= (val & DF_1_ORIGIN) != 0;
	obj->interpose |= (val & DF_1_INTERPOSE) != 0;
	obj->nodeflib |= (val & DF_1_NODEFLIB) != 0;
}

static void
digest_pointer(struct obj *obj, uint64_t tag, uintptr_t p)
{
	const uint32_t *h = (const uint32_t *)p;

	switch (tag) {
	case DT_HASH:
		obj->nbuckets = h[0];
		obj->nchains = h[1];
		if (h[0] != 0) {
			obj->buckets = h + 2;
			obj->chains = h + 2 + h[0];
		}
		break;
	case DT_GNU_HASH:	digest_gnu_hash(obj, h);		break;
	case DT_SYMTAB:		obj->symtab = (const void *)p;		break;
	case DT_STRTAB:		obj->strtab = (const void *)p;		break;
	case DT_RELA:		obj->rela = (const void *)p;		break;
	case DT_JMPREL:		obj->pltrela = (const void *)p;		break;
	case DT_PLTGOT:		obj->pltgot = (void *)p;		break;
	case DT_INIT:		obj->init = p;				break;
	case DT_FINI:		obj->fini = p;				break;
	case DT_INIT_ARRAY:	obj->init_array = (void *)p;		break;
	case DT_FINI_ARRAY:	obj->fini_array = (void *)p;		break;
	case DT_PREINIT_ARRAY:	obj->preinit_array = (void *)p;		break;
	case DT_VERSYM:		obj->versyms = (const void *)p;		break;
	case DT_VERDEF:		obj->verdef = (const void *)p;		break;
	case DT_VERNEED:	obj->verneed = (const void *)p;		break;
	}
}

static void
digest_value(struct obj *obj, uint64_t tag, uint64_t val)
{
	switch (tag) {
	case DT_STRSZ:		obj->strsize = val;			break;
	case DT_RELASZ:		obj->relasize = val;			break;
	case DT_PLTRELSZ:	obj->pltrelasize = val;			break;
	case DT_INIT_ARRAYSZ:	obj->ninit = val / sizeof(uintptr_t);	break;
	case DT_FINI_ARRAYSZ:	obj->nfini = val / sizeof(uintptr_t);	break;
	case DT_PREINIT_ARRAYSZ:
		obj->npreinit = val / sizeof(uintptr_t);
		break;
	case DT_VERDEFNUM:	obj->nverdef = val;			break;
	case DT_VERNEEDNUM:	obj->nverneed = val;			break;
	case DT_TEXTREL:	obj->textrel = true;			break;
	case DT_SYMBOLIC:	obj->symbolic = true;			break;
	case DT_BIND_NOW:	obj->bindnow = true;			break;
	case DT_FLAGS:
	case DT_FLAGS_1:	digest_flags(obj, tag, val);		break;
	}
}

int
obj_digest_dynamic(struct obj *obj)
{
	const Elf64_Dyn *d;

	for (d = obj->dynamic; d->d_tag != DT_NULL; d++) {
		digest_pointer(obj, d->d_tag, obj->relocbase + d->d_un.d_ptr);
		digest_value(obj, d->d_tag, d->d_un.d_val);
	}
	if (obj->symtab == NULL || obj->strtab == NULL ||
	    (obj->buckets == NULL && obj->gnu_buckets == NULL)) {
		if (!obj->mainprog && !obj->rtld) {
			_rtld_error("%s: Shared object has no run-time symbol "
			    "table", obj->path);
			return (-1);
		}
	}
	for (d = obj->dynamic; d->d_tag != DT_NULL; d++) {
		switch (d->d_tag) {
		case DT_NEEDED:
			if (!obj->rtld)
				add_needed(obj, &obj->needed, d->d_un.d_val);
			break;
		case DT_FILTER:
			add_needed(obj, &obj->filtees, d->d_un.d_val);
			break;
		case DT_AUXILIARY:
			add_needed(obj, &obj->auxiliaries, d->d_un.d_val);
			break;
		case DT_SONAME:
			obj->soname = obj->strtab + d->d_un.d_val;
			break;
		case DT_RPATH:
			obj->rpath = obj->strtab + d->d_un.d_val;
			break;
		case DT_RUNPATH:
			obj->runpath = obj->strtab + d->d_un.d_val;
			break;
		}
	}
	obj->nsyms = count_symbols(obj);
	return (versions_digest(obj));
}

/*
 * Reads the first page of the file into `page' and checks that it is an
 * object this linker can load.
 */
static const Elf64_Ehdr *
read_header(int fd, const char *path, char *page)
{
	const Elf64_Ehdr *eh = (const Elf64_Ehdr *)page;
	long n;

	n = rtld_pread(fd, page, RTLD_PAGE, 0, 0);
	if (n < 0) {
		_rtld_error("%s: read error: %s", path, error_string(n));
		return (NULL);
	}
	if (n < (long)sizeof(*eh) || memcmp(eh->e_ident, ELFMAG, SELFMAG) != 0)
		_rtld_error("%s: invalid file format", path);
	else if (eh->e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh->e_ident[EI_DATA] != ELFDATA2LSB)
		_rtld_error("%s: unsupported file layout", path);
	else if (eh->e_ident[EI_VERSION] != EV_CURRENT ||
	    eh->e_version != EV_CURRENT)
		_rtld_error("%s: unsupported file version", path);
	else if (eh->e_type != ET_EXEC && eh->e_type != ET_DYN)
		_rtld_error("%s: unsupported file type", path);
	else if (eh->e_machine != EM_X86_64)
		_rtld_error("%s: unsupported machine", path);
	else if (eh->e_phentsize != sizeof(Elf64_Phdr))
		_rtld_error("%s: invalid shared object: e_phentsize != "
		    "sizeof(Elf_Phdr)", path);
	else if (eh->e_phoff > (size_t)n || eh->e_phnum >
	    ((size_t)n - eh->e_phoff) / sizeof(Elf64_Phdr))
		_rtld_error("%s: program header too large", path);
	else
		return (eh);
	return (NULL);
}

static int
seg_prot(const Elf64_Phdr *ph)
{
	return ((ph->p_flags & PF_R ? PROT_READ : 0) |
	    (ph->p_flags & PF_W ? PROT_WRITE : 0) |
	    (ph->p_flags & PF_X ? PROT_EXEC : 0));
}

/* Maps one segment over the reserved range, and its zero-filled tail. */
static int
map_segment(int fd, const char *path, const Elf64_Phdr *ph, uintptr_t bias)
{
	uintptr_t start, fileend, memend, zero;
	int prot = seg_prot(ph);
	long r;

	start = TRUNC_PAGE(ph->p_vaddr) + bias;
	zero = ph->p_vaddr + ph->p_filesz + bias;
	fileend = ROUND_PAGE(zero);
	memend = ROUND_PAGE(ph->p_vaddr + ph->p_memsz + bias);
	if (ph->p_filesz == 0)
		fileend = start;
	if (fileend > start) {
		r = rtld_mmap((void *)start, fileend - start, prot,
		    MAP_FIXED | MAP_PRIVATE |
		    (prot & PROT_WRITE ? 0 : MAP_NOCORE), fd,
		    TRUNC_PAGE(ph->p_offset));
		if (r < 0 && r > -4096) {
			_rtld_error("%s: mmap of data failed: %s", path,
			    error_string(r));
			return (-1);
		}
	}
	if (ph->p_memsz <= ph->p_filesz)
		return (0);
	if (fileend > start && fileend > zero) {
		if ((prot & PROT_WRITE) == 0)
			rtld_mprotect((void *)TRUNC_PAGE(zero), RTLD_PAGE,
			    prot | PROT_WRITE);
		memset((void *)zero, 0, fileend - zero);
		if ((prot & PROT_WRITE) == 0)
			rtld_mprotect((void *)TRUNC_PAGE(zero), RTLD_PAGE,
			    prot);
	}
	if (memend > fileend) {
		r = rtld_mmap((void *)fileend, memend - fileend, prot,
		    MAP_FIXED | MAP_PRIVATE | MAP_ANON, -1, 0);
		if (r < 0 && r > -4096) {
			_rtld_error("%s: mmap of data failed: %s", path,
			    error_string(r));
			return (-1);
		}
	}
	return (0);
}

/* Checks the segments; returns the span they cover. */
static int
segment_span(const char *path, const Elf64_Phdr *phdr, int phnum,
    uintptr_t *lop, uintptr_t *hip)
{
	const Elf64_Phdr *ph;
	uintptr_t lo = 0, hi = 0;
	bool dynamic = false;
	int nload = 0;

	for (ph = phdr; ph < phdr + phnum; ph++) {
		if (ph->p_type == PT_DYNAMIC)
			dynamic = true;
		if (ph->p_type != PT_LOAD)
			continue;
		if ((ph->p_align & (RTLD_PAGE - 1)) != 0 ||
		    ((ph->p_vaddr - ph->p_offset) & (RTLD_PAGE - 1)) != 0 ||
		    ph->p_filesz > ph->p_memsz) {
			_rtld_error("%s: PT_LOAD segment %d not page-aligned",
			    path, nload);
			return (-1);
		}
		if (nload++ == 0)
			lo = TRUNC_PAGE(ph->p_vaddr);
		if (ph->p_vaddr < lo || ROUND_PAGE(ph->p_vaddr + ph->p_memsz) <
		    hi) {
			_rtld_error("%s: PT_LOAD segments out of order", path);
			return (-1);
		}
		hi = ROUND_PAGE(ph->p_vaddr + ph->p_memsz);
	}
	if (!dynamic) {
		_rtld_error("%s: object is not dynamically-linked", path);
		return (-1);
	}
	if (nload < 1) {
		_rtld_error("%s: too few PT_LOAD segments", path);
		return (-1);
	}
	*lop = lo;
	*hip = hi;
	return (0);
}

static int
map_segments(int fd, const char *path, const Elf64_Ehdr *eh, uintptr_t *base,
    size_t *size, uintptr_t *bias)
{
	const Elf64_Phdr *phdr, *ph;
	uintptr_t lo, hi, want;
	long r;

	phdr = (const Elf64_Phdr *)((const char *)eh + eh->e_phoff);
	if (segment_span(path, phdr, eh->e_phnum, &lo, &hi) != 0)
		return (-1);
	want = eh->e_type == ET_EXEC ? lo : 0;
	r = rtld_mmap((void *)want, hi - lo, PROT_NONE, MAP_ANON |
	    MAP_PRIVATE | MAP_NOCORE | (want != 0 ? MAP_TRYFIXED : 0), -1, 0);
	if (r < 0 && r > -4096) {
		_rtld_error("%s: mmap of entire address space failed: %s",
		    path, error_string(r));
		return (-1);
	}
	if (want != 0 && (uintptr_t)r != want) {
		_rtld_error("%s: mmap returned wrong address: wanted %p, "
		    "got %p", path, (void *)want, (void *)r);
		rtld_munmap((void *)r, hi - lo);
		return (-1);
	}
	*base = r;
	*size = hi - lo;
	*bias = *base - lo;
	for (ph = phdr; ph < phdr + eh->e_phnum; ph++) {
		if (ph->p_type == PT_LOAD &&
		    map_segment(fd, path, ph, *bias) != 0) {
			rtld_munmap((void *)*base, *size);
			return (-1);
		}
	}
	return (0);
}

/* Maps the object behind `fd'.  Returns NULL with an error set. */
struct obj *
obj_map(int fd, const char *path, dev_t dev, ino_t ino)
{
	uint64_t page[RTLD_PAGE / sizeof(uint64_t)];
	const Elf64_Phdr *phdr, *ph;
	const Elf64_Ehdr *eh;
	struct obj *obj;
	uintptr_t base, bias, at = 0;
	size_t size;

	eh = read_header(fd, path, (char *)page);
	if (eh == NULL || map_segments(fd, path, eh, &base, &size, &bias) != 0)
		return (NULL);
	obj = obj_new(path);
	obj->relocbase = bias;
	obj->dev = dev;
	obj->ino = ino;
	if (eh->e_entry != 0)
		obj->entry = eh->e_entry + bias;
	/* The table as mapped, if a segment holds it; else a copy. */
	phdr = (const Elf64_Phdr *)((const char *)eh + eh->e_phoff);
	size = eh->e_phnum * sizeof(*phdr);
	for (ph = phdr; ph < phdr + eh->e_phnum; ph++) {
		if (ph->p_type == PT_LOAD && ph->p_offset <= eh->e_phoff &&
		    eh->e_phoff + size <= ph->p_offset + ph->p_filesz)
			at = ph->p_vaddr + bias + eh->e_phoff - ph->p_offset;
	}
	if (at == 0)
		at = (uintptr_t)memcpy(xmalloc(size), phdr, size);
	if (obj_digest_phdr(obj, (const Elf64_Phdr *)at, eh->e_phnum) != 0 ||
	    obj_digest_dynamic(obj) != 0) {
		rtld_munmap(obj->mapbase, obj->mapsize);
		obj_free(obj);
		return (NULL);
	}
	return (obj);
}
