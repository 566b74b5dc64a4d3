/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Symbol lookup and symbol versions.
 *
 * A search is described by a struct symlook and walks one object, a vector of
 * objects, or the scopes a reference sees.  The first strong definition ends
 * it; a weak one is remembered and wins only if no strong one follows.
 * Callers hold the bind lock for reading or writing.
 */
#include "rtld.h"

#define	VERNDX_MASK	0x7fff
#define	VERNDX_HIDDEN	0x8000

uint32_t
elf_hash(const char *name)
{
	const unsigned char *p = (const unsigned char *)name;
	uint32_t h = 0, top;

	for (; *p != '\0'; p++) {
		h = (h << 4) + *p;
		top = h & 0xf0000000;
		h = (h ^ (top >> 24)) & ~top;
	}
	return (h);
}

uint32_t
gnu_hash(const char *name)
{
	const unsigned char *p = (const unsigned char *)name;
	uint32_t h = 5381;

	for (; *p != '\0'; p++)
		h = h * 33 + *p;
	return (h);
}

void
symlook_init(struct symlook *sl, const char *name)
{
	memset(sl, 0, sizeof(*sl));
	sl->name = name;
	sl->hash = elf_hash(name);
	sl->gnuhash = gnu_hash(name);
}

/* Could this entry define a symbol at all? */
static bool
is_definition(const struct symlook *sl, const Elf64_Sym *sym)
{
	int type = ELF64_ST_TYPE(sym->st_info);

	switch (type) {
	case STT_NOTYPE:
	case STT_OBJECT:
	case STT_FUNC:
	case STT_COMMON:
	case STT_GNU_IFUNC:
		if (sym->st_value == 0)
			return (false);
		/* FALLTHROUGH */
	case STT_TLS:
		if (sym->st_shndx != SHN_UNDEF)
			return (true);
		/*
		 * An undefined function with a value is its canonical address
		 * in a program that took it: good for all but PLT slots.
		 */
		return (type == STT_FUNC && (sl->flags & SL_INPLT) == 0);
	default:
		return (false);
	}
}

enum match { MATCH_NO, MATCH_YES, MATCH_MAYBE };

/* Does the version of symbol `n' of `obj' satisfy the search? */
static enum match
match_version(const struct symlook *sl, const struct obj *obj, uint32_t n)
{
	const struct verent *ver = sl->ver, *have;
	uint16_t ndx, raw;

	if (obj->versyms == NULL) {
		if (ver != NULL && ver->file != NULL &&
		    obj_matches(obj, ver->file)) {
			_rtld_error("%s: %s should provide version %s",
			    obj->path, sl->name, ver->name);
			return (MATCH_NO);
		}
		return (sl->flags & SL_EXACT ? MATCH_NO : MATCH_YES);
	}
	raw = obj->versyms[n];
	ndx = raw & VERNDX_MASK;
	if (ver != NULL) {
		have = ndx < obj->nvers ? &obj->vertab[ndx] : NULL;
		if (ndx >= 2 && have != NULL && have->name != NULL &&
		    have->hash == ver->hash &&
		    strcmp(have->name, ver->name) == 0)
			return (MATCH_YES);
		/* Global symbols without a version serve any version. */
		if (ndx < 2 && (sl->flags & SL_EXACT) == 0 &&
		    (raw & VERNDX_HIDDEN) == 0)
			return (MATCH_YES);
		return (MATCH_NO);
	}
	if (sl->flags & SL_DLSYM)
		return (raw & VERNDX_HIDDEN ? MATCH_NO : MATCH_YES);
	if (ndx <= 2)
		return (MATCH_YES);
	return (raw & VERNDX_HIDDEN ? MATCH_NO : MATCH_MAYBE);
}

struct walk {
	const Elf64_Sym	*maybe;
	int		nmaybe;
};

/* Examines one entry with the right hash; true ends the walk. */
static bool
consider(struct symlook *sl, struct obj *obj, uint32_t n, struct walk *w)
{
	const Elf64_Sym *sym;

	if (n >= obj->nsyms)
		return (false);
	sym = &obj->symtab[n];
	if (!is_definition(sl, sym) ||
	    ELF64_ST_BIND(sym->st_info) == STB_LOCAL ||
	    strcmp(sl->name, obj->strtab + sym->st_name) != 0)
		return (false);
	switch (match_version(sl, obj, n)) {
	case MATCH_YES:
		sl->sym = sym;
		return (true);
	case MATCH_MAYBE:
		w->maybe = sym;
		w->nmaybe++;
		return (false);
	default:
		return (false);
	}
}

static bool
walk_gnu(struct symlook *sl, struct obj *obj, struct walk *w)
{
	const uint32_t *chain;
	uint32_t h = sl->gnuhash, n;
	uint64_t word;

	word = obj->gnu_bloom[(h / 64) & (obj->gnu_maskwords - 1)];
	if ((word >> (h % 64) & word >> ((h >> obj->gnu_shift) % 64) & 1) == 0)
		return (false);
	n = obj->gnu_buckets[h % obj->gnu_nbuckets];
	if (n < obj->gnu_symoff || n == 0)
		return (false);
	for (chain = &obj->gnu_chain0[n];; chain++, n++) {
		if (((*chain ^ h) >> 1) == 0 && consider(sl, obj, n, w))
			return (true);
		if (*chain & 1)
			return (false);
	}
}

static bool
walk_sysv(struct symlook *sl, struct obj *obj, struct walk *w)
{
	uint32_t n, left = obj->nchains;

	for (n = obj->buckets[sl->hash % obj->nbuckets];
	    n != STN_UNDEF && n < obj->nchains && left > 0;
	    n = obj->chains[n], left--) {
		if (consider(sl, obj, n, w))
			return (true);
	}
	return (false);
}

static int
lookup_filtees(struct symlook *sl, struct obj *obj, struct needed *list)
{
	struct symlook mine;

	for (; list != NULL; list = list->next) {
		if (list->obj == NULL)
			continue;
		mine = *sl;
		if (symlook_vec(&mine, &list->obj->dag)) {
			sl->sym = mine.sym;
			sl->defobj = mine.defobj;
			return (1);
		}
	}
	return (0);
}

/* Searches one object.  Returns 1 and fills in the result if found. */
int
symlook_obj(struct symlook *sl, struct obj *obj)
{
	struct walk w = { NULL, 0 };
	bool found;

	sl->sym = NULL;
	if (obj->gnu_buckets != NULL)
		found = walk_gnu(sl, obj, &w);
	else if (obj->buckets != NULL)
		found = walk_sysv(sl, obj, &w);
	else
		return (0);
	if (!found && w.nmaybe == 1) {
		sl->sym = w.maybe;
		found = true;
	}
	if (!found)
		return (0);
	if (obj->filtees != NULL)
		return (lookup_filtees(sl, obj, obj->filtees));
	sl->defobj = obj;
	if (obj->auxiliaries != NULL)
		lookup_filtees(sl, obj, obj->auxiliaries);
	return (1);
}

static bool
is_weak(const Elf64_Sym *sym)
{
	return (ELF64_ST_BIND(sym->st_info) == STB_WEAK);
}

/*
 * Searches one object that is part of a larger scope, unless this search has
 * been there.  Returns true once a strong definition is known.
 */
static bool
step(struct symlook *sl, struct obj *obj, struct obj **defobj,
    const Elf64_Sym **def)
{
	if (sl->done != NULL) {
		if (sl->done[obj->serial / 8] & 1 << obj->serial % 8)
			return (false);
		sl->done[obj->serial / 8] |= 1 << obj->serial % 8;
	}
	if (!symlook_obj(sl, obj))
		return (false);
	if (*def == NULL || (is_weak(*def) && !is_weak(sl->sym))) {
		*def = sl->sym;
		*defobj = sl->defobj;
	}
	return (!is_weak(*def));
}

static int
finish(struct symlook *sl, struct obj *defobj, const Elf64_Sym *def)
{
	sl->sym = def;
	sl->defobj = defobj;
	return (def != NULL);
}

int
symlook_vec(struct symlook *sl, const struct objvec *vec)
{
	struct obj *defobj = NULL;
	const Elf64_Sym *def = NULL;
	int i;

	for (i = 0; i < vec->n; i++) {
		if (step(sl, vec->v[i], &defobj, &def))
			break;
	}
	return (finish(sl, defobj, def));
}

static bool
step_dags(struct symlook *sl, const struct objvec *roots, struct obj **defobj,
    const Elf64_Sym **def)
{
	const struct objvec *dag;
	int i, j;

	for (i = 0; i < roots->n; i++) {
		dag = &roots->v[i]->dag;
		for (j = 0; j < dag->n; j++) {
			if (step(sl, dag->v[j], defobj, def))
				return (true);
		}
	}
	return (false);
}

static bool
step_vec(struct symlook *sl, const struct objvec *vec, struct obj **defobj,
    const Elf64_Sym **def)
{
	int i;

	for (i = 0; i < vec->n; i++) {
		if (step(sl, vec->v[i], defobj, def))
			return (true);
	}
	return (false);
}

/* The scope of dlsym on the main program: startup list and global graphs. */
int
symlook_global(struct symlook *sl)
{
	struct obj *defobj = NULL;
	const Elf64_Sym *def = NULL;
	unsigned char done[OBJSET_BYTES];

	memset(done, 0, sizeof(done));
	sl->done = done;
	if (!step_vec(sl, &list_main, &defobj, &def) &&
	    !step_dags(sl, &list_global, &defobj, &def))
		step(sl, &obj_rtld, &defobj, &def);
	sl->done = NULL;
	return (finish(sl, defobj, def));
}

/* The scope of a reference made by `ref'. */
int
symlook_default(struct symlook *sl, struct obj *ref)
{
	struct obj *defobj = NULL;
	const Elf64_Sym *def = NULL;
	unsigned char done[OBJSET_BYTES];

	memset(done, 0, sizeof(done));
	sl->done = done;
	if (!(ref->symbolic && step(sl, ref, &defobj, &def)) &&
	    !step_vec(sl, &list_main, &defobj, &def) &&
	    !step_dags(sl, &list_global, &defobj, &def) &&
	    !step_dags(sl, &ref->dldags, &defobj, &def))
		step(sl, &obj_rtld, &defobj, &def);
	sl->done = NULL;
	return (finish(sl, defobj, def));
}

static const struct verent *
needed_version(const struct obj *obj, uint32_t n)
{
	uint16_t ndx;

	if (obj->versyms == NULL)
		return (NULL);
	ndx = obj->versyms[n] & VERNDX_MASK;
	if (ndx < 2 || ndx >= obj->nvers || obj->vertab[ndx].name == NULL)
		return (NULL);
	return (&obj->vertab[ndx]);
}

/*
 * Finds the definition the symbol `n' of `ref' refers to.  An unresolved weak
 * reference yields a symbol of value zero defined by rtld; an unresolved
 * global one yields NULL with an error set.
 */
const Elf64_Sym *
find_symdef(uint32_t n, struct obj *ref, struct obj **defobj, int flags)
{
	static const Elf64_Sym zero = { .st_shndx = SHN_ABS };
	const Elf64_Sym *sym;
	struct symlook sl;

	if (n >= ref->nsyms && ref->nsyms != 0) {
		_rtld_error("%s: Bad symbol index %u", ref->path, n);
		return (NULL);
	}
	sym = &ref->symtab[n];
	if (ELF64_ST_BIND(sym->st_info) == STB_LOCAL ||
	    ELF64_ST_TYPE(sym->st_info) == STT_SECTION) {
		*defobj = ref;
		return (sym);
	}
	symlook_init(&sl, ref->strtab + sym->st_name);
	sl.ver = needed_version(ref, n);
	sl.flags = flags;
	if (symlook_default(&sl, ref)) {
		*defobj = sl.defobj;
		return (sl.sym);
	}
	if (ELF64_ST_BIND(sym->st_info) == STB_WEAK) {
		*defobj = &obj_rtld;
		return (&zero);
	}
	_rtld_error("%s: Undefined symbol \"%s\"", ref->path, sl.name);
	return (NULL);
}

static void
version_set(struct obj *obj, unsigned int ndx, const char *name, uint32_t hash,
    const char *file, bool hidden)
{
	int i;

	if ((int)ndx >= obj->nvers) {
		obj->vertab = xrealloc(obj->vertab,
		    (ndx + 1) * sizeof(*obj->vertab));
		for (i = obj->nvers; i <= (int)ndx; i++)
			memset(&obj->vertab[i], 0, sizeof(*obj->vertab));
		obj->nvers = ndx + 1;
	}
	obj->vertab[ndx] = (struct verent){ name, file, hash, hidden };
}

/* Builds the table from version index to version. */
int
versions_digest(struct obj *obj)
{
	const Elf64_Verneed *vn = obj->verneed;
	const Elf64_Verdef *vd = obj->verdef;
	const Elf64_Vernaux *va;
	const Elf64_Verdaux *da;
	int i;

	while (vd != NULL) {
		if (vd->vd_version != VER_DEF_CURRENT) {
			_rtld_error("%s: Unsupported version %d of Elf_Verdef "
			    "entry", obj->path, vd->vd_version);
			return (-1);
		}
		da = (const Elf64_Verdaux *)((const char *)vd + vd->vd_aux);
		if ((vd->vd_flags & VER_FLG_BASE) == 0)
			version_set(obj, vd->vd_ndx & VERNDX_MASK,
			    obj->strtab + da->vda_name, vd->vd_hash, NULL,
			    false);
		if (vd->vd_next == 0)
			break;
		vd = (const Elf64_Verdef *)((const char *)vd + vd->vd_next);
	}
	while (vn != NULL) {
		if (vn->vn_version != VER_NEED_CURRENT) {
			_rtld_error("%s: Unsupported version %d of Elf_Verneed "
			    "entry", obj->path, vn->vn_version);
			return (-1);
		}
		va = (const Elf64_Vernaux *)((const char *)vn + vn->vn_aux);
		for (i = 0; i < vn->vn_cnt; i++) {
			version_set(obj, va->vna_other & VERNDX_MASK,
			    obj->strtab + va->vna_name, va->vna_hash,
			    obj->strtab + vn->vn_file,
			    (va->vna_other & VERNDX_HIDDEN) != 0);
			va = (const Elf64_Vernaux *)
			    ((const char *)va + va->vna_next);
		}
		if (vn->vn_next == 0)
			break;
		vn = (const Elf64_Verneed *)((const char *)vn + vn->vn_next);
	}
	return (0);
}

/* Does `provider' define version `va', which `obj' needs? */
static int
version_check_one(struct obj *obj, struct obj *provider,
    const Elf64_Vernaux *va)
{
	const char *name = obj->strtab + va->vna_name;
	const Elf64_Verdef *vd = provider->verdef;
	const Elf64_Verdaux *da;

	if (vd == NULL) {
		_rtld_error("%s: version %s required by %s not defined",
		    provider->path, name, obj->path);
		return (-1);
	}
	for (;;) {
		da = (const Elf64_Verdaux *)((const char *)vd + vd->vd_aux);
		if (vd->vd_hash == va->vna_hash &&
		    strcmp(provider->strtab + da->vda_name, name) == 0)
			return (0);
		if (vd->vd_next == 0)
			break;
		vd = (const Elf64_Verdef *)((const char *)vd + vd->vd_next);
	}
	if (va->vna_flags & VER_FLG_WEAK)
		return (0);
	_rtld_error("%s: version %s required by %s not found", provider->path,
	    name, obj->path);
	return (-1);
}

/* Checks that the objects `obj' needs define the versions it needs. */
int
versions_check(struct obj *obj)
{
	const Elf64_Verneed *vn = obj->verneed;
	const Elf64_Vernaux *va;
	struct obj *provider;
	struct needed *n;
	const char *file;
	int i;

	if (obj->ver_checked || obj->rtld)
		return (0);
	obj->ver_checked = true;
	for (; vn != NULL; vn = vn->vn_next == 0 ? NULL :
	    (const Elf64_Verneed *)((const char *)vn + vn->vn_next)) {
		file = obj->strtab + vn->vn_file;
		provider = NULL;
		for (n = obj->needed; n != NULL && provider == NULL;
		    n = n->next) {
			if (n->obj != NULL && strcmp(n->name, file) == 0)
				provider = n->obj;
		}
		for (n = obj->needed; n != NULL && provider == NULL;
		    n = n->next) {
			if (n->obj != NULL && obj_matches(n->obj, file))
				provider = n->obj;
		}
		if (provider == NULL)
			continue;	/* rtld itself, or tracing */
		va = (const Elf64_Vernaux *)((const char *)vn + vn->vn_aux);
		for (i = 0; i < vn->vn_cnt; i++) {
			if (version_check_one(obj, provider, va) != 0)
				return (-1);
			va = (const Elf64_Vernaux *)
			    ((const char *)va + va->vna_next);
		}
	}
	return (0);
}
