/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dlopen(3) and its relatives, dl_iterate_phdr(3), and error texts.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include "rtld.h"

static char	message[512];
static bool	have_message;

RTLD_EXPORT void *dlopen(const char *, int);
RTLD_EXPORT void *fdlopen(int, int);
RTLD_EXPORT int	dlclose(void *);
RTLD_EXPORT char *dlerror(void);
RTLD_EXPORT void *dlsym(void * __restrict, const char * __restrict);
RTLD_EXPORT dlfunc_t dlfunc(void * __restrict, const char * __restrict);
RTLD_EXPORT void *dlvsym(void * __restrict, const char * __restrict,
	    const char * __restrict);
RTLD_EXPORT int	dladdr(const void * __restrict, Dl_info * __restrict);
RTLD_EXPORT int	dlinfo(void * __restrict, int, void * __restrict);
RTLD_EXPORT int	dl_iterate_phdr(int (*)(struct dl_phdr_info *, size_t, void *),
	    void *);
RTLD_EXPORT int	_rtld_addr_phdr(const void *, struct dl_phdr_info *);

void
_rtld_error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	rtld_vsnprintf(message, sizeof(message), fmt, ap);
	va_end(ap);
	have_message = true;
}

const char *
error_text(void)
{
	return (have_message ? message : NULL);
}

void
error_clear(void)
{
	have_message = false;
}

char *
dlerror(void)
{
	if (!have_message)
		return (NULL);
	have_message = false;
	return (message);
}

static void
dag_ref(struct obj *root)
{
	int i;

	for (i = 0; i < root->dag.n; i++)
		root->dag.v[i]->refcount++;
}

/*
 * Takes down the objects nobody refers to any more: their destructors run
 * first, all together, then they disappear from every list.
 */
static void
unload_unused(void)
{
	struct objvec dead = { NULL, 0, 0 };
	struct obj *obj, **link, *other;
	void *outer;
	int i;

	for (obj = obj_list; obj != NULL; obj = obj->next) {
		if (obj->refcount == 0)
			objvec_add(&dead, obj);
	}
	/* Ours alone, also if a destructor closes others. */
	for (i = 0; i < dead.n; i++)
		dead.v[i]->refcount++;
	outer = unload_begin();
	run_fini(&dead);
	unload_end(outer);
	/* A destructor may have opened one of them again. */
	for (i = 0; i < dead.n; i++) {
		if (--dead.v[i]->refcount != 0) {
			dead.v[i]->fini_called = false;
			dead.v[i] = NULL;
		}
	}
	debug_state(RT_DELETE);
	for (i = 0; i < dead.n; i++) {
		if ((obj = dead.v[i]) == NULL)
			continue;
		for (link = &obj_list; *link != NULL;) {
			other = *link;
			if (other == obj) {
				*link = obj->next;
				continue;
			}
			objvec_remove(&other->dldags, obj);
			link = &other->next;
		}
		obj_tail = link;
		objvec_remove(&list_global, obj);
		objvec_remove(&init_done, obj);
		linkmap_delete(obj);
		tls_forget(obj);
		obj_unloads++;
		utrace_log(UTRACE_UNLOAD_OBJECT, obj, 0, NULL);
		obj_unmap(obj);
		obj_free(obj);
	}
	debug_state(RT_CONSISTENT);
	objvec_free(&dead);
}

static void
dag_unref(struct obj *root)
{
	struct obj *obj;
	int i;
	bool dead = false;

	for (i = 0; i < root->dag.n; i++) {
		obj = root->dag.v[i];
		if (--obj->refcount == 0)
			dead = true;
		if (root->dlrefcount == 0)
			objvec_remove(&obj->dldags, root);
	}
	if (root->dlrefcount == 0) {
		objvec_remove(&list_global, root);
		root->global = false;
	}
	if (dead)
		unload_unused();
}

/* Makes `root' a root of the search scopes. */
static void
enter_scopes(struct obj *root, int mode)
{
	int i;

	for (i = 0; i < root->dag.n; i++) {
		if (!objvec_has(&root->dag.v[i]->dldags, root))
			objvec_add(&root->dag.v[i]->dldags, root);
	}
	if ((mode & RTLD_GLOBAL) != 0 && !root->global) {
		root->global = true;
		objvec_add(&list_global, root);
	}
}

/* Versions, static TLS and relocation of newly loaded objects. */
static int
prepare_new(struct obj *first, bool now)
{
	struct obj *obj;

	for (obj = first; obj != NULL; obj = obj->next) {
		if (versions_check(obj) != 0)
			return (-1);
		if (obj->static_tls && !obj->tls_static) {
			if (tls_alloc_offset(obj) != 0) {
				_rtld_error("%s: No space available for "
				    "static TLS", obj->path);
				return (-1);
			}
		}
	}
	if (reloc_objects(first, now) != 0)
		return (-1);
	for (obj = first; obj != NULL; obj = obj->next) {
		if (obj->tls_static && obj->tlssize != 0)
			tls_distribute(obj);
	}
	return (reloc_ifuncs(first));
}

static void
keep_undeletable(struct obj *root, int mode)
{
	struct obj *obj;
	int i;

	for (i = 0; i < root->dag.n; i++) {
		obj = root->dag.v[i];
		if (!(obj->nodelete || (obj == root && (mode & RTLD_NODELETE)))
		    || obj->ref_nodelete)
			continue;
		obj->ref_nodelete = true;
		dag_build(obj);
		dag_ref(obj);
	}
}

static struct obj *
open_object(const char *name, int fd, struct obj *ref, int mode)
{
	struct objvec inits = { NULL, 0, 0 };
	struct obj *obj, **old_tail = obj_tail, *o;
	int flags = LO_DLOPEN;
	bool now = (mode & RTLD_MODEMASK) == RTLD_NOW || ld_bind_now;

	if (mode & RTLD_NOLOAD)
		flags |= LO_NOLOAD;
	debug_state(RT_ADD);
	obj = load_object(name, fd, ref, flags);
	if (obj == NULL) {
		if (mode & RTLD_NOLOAD)
			error_clear();
		debug_state(RT_CONSISTENT);
		return (NULL);
	}
	obj->dlrefcount++;
	if (*old_tail != NULL && load_needed(*old_tail, flags) != 0)
		goto fail;
	if (mode & RTLD_TRACE) {
		trace_loaded(obj);
		rtld_sys_exit(0);
	}
	dag_build(obj);
	dag_ref(obj);
	enter_scopes(obj, mode);
	if (*old_tail != NULL && prepare_new(*old_tail, now) != 0) {
		obj->dlrefcount--;
		for (o = *old_tail; o != NULL; o = o->next)
			o->fini_called = true;
		dag_unref(obj);
		return (NULL);
	}
	keep_undeletable(obj, mode);
	debug_state(RT_CONSISTENT);
	if (*old_tail != NULL) {
		for (o = *old_tail; o->next != NULL;)
			o = o->next;
		initlist_build(*old_tail, o, &inits);
		run_init(&inits);
		objvec_free(&inits);
	}
	return (obj);
fail:
	obj->dlrefcount--;
	unload_unused();
	return (NULL);
}

static void *
do_dlopen(const char *name, int fd, int mode)
{
	struct obj *obj;

	lock_write(&bind_lock);
	unload_wait();
	utrace_log(UTRACE_DLOPEN_START, NULL, mode, name);
	if (name == NULL && fd < 0) {
		obj = obj_main;
		obj->dlrefcount++;
		dag_ref(obj);
	} else {
		bool tracing = ld_tracing;

		ld_tracing |= (mode & RTLD_TRACE) != 0;
		obj = open_object(name, fd, obj_main, mode);
		ld_tracing = tracing;
	}
	utrace_log(UTRACE_DLOPEN_STOP, obj, obj != NULL ? obj->dlrefcount : 0,
	    name);
	lock_unlock(&bind_lock);
	return (obj);
}

void *
dlopen(const char *name, int mode)
{
	return (do_dlopen(name, -1, mode));
}

void *
fdlopen(int fd, int mode)
{
	return (do_dlopen(NULL, fd, mode));
}

static struct obj *
check_handle(void *handle)
{
	struct obj *obj;

	for (obj = obj_list; obj != NULL; obj = obj->next) {
		if (obj == handle && obj->dlrefcount > 0)
			return (obj);
	}
	_rtld_error("Invalid shared object handle %p", handle);
	return (NULL);
}

int
dlclose(void *handle)
{
	struct obj *root;

	lock_write(&bind_lock);
	unload_wait();
	root = check_handle(handle);
	if (root == NULL) {
		lock_unlock(&bind_lock);
		return (-1);
	}
	/* The startup set itself stays. */
	if (root->dlrefcount == 1 && objvec_has(&list_main, root)) {
		lock_unlock(&bind_lock);
		return (0);
	}
	utrace_log(UTRACE_DLCLOSE_START, root, root->dlrefcount, NULL);
	root->dlrefcount--;
	dag_unref(root);
	/* The object may be gone: its name is not told again. */
	utrace_log(UTRACE_DLCLOSE_STOP, NULL, 0, NULL);
	lock_unlock(&bind_lock);
	return (0);
}

/* Searches `from' and all later objects. */
static int
symlook_after(struct symlook *sl, struct obj *from)
{
	struct objvec rest = { NULL, 0, 0 };
	struct obj *v[obj_serial + 1];

	for (; from != NULL; from = from->next)
		v[rest.n++] = from;
	v[rest.n++] = &obj_rtld;
	rest.v = v;
	return (symlook_vec(sl, &rest));
}

static int
symlook_handle(struct symlook *sl, void *handle, struct obj *caller)
{
	struct obj *obj;

	if (handle == NULL || handle == RTLD_NEXT || handle == RTLD_DEFAULT ||
	    handle == RTLD_SELF) {
		if (caller == NULL) {
			_rtld_error("Cannot determine caller's shared object");
			return (-1);
		}
		if (handle == NULL)
			return (symlook_obj(sl, caller));
		if (handle == RTLD_DEFAULT)
			return (symlook_default(sl, caller));
		return (symlook_after(sl, handle == RTLD_NEXT ? caller->next :
		    caller));
	}
	if (handle == RTLD_ALL)
		return (symlook_after(sl, obj_list));
	obj = check_handle(handle);
	if (obj == NULL)
		return (-1);
	if (obj == obj_main)
		return (symlook_global(sl));
	dag_build(obj);
	return (symlook_vec(sl, &obj->dag));
}

static void *
do_dlsym(void *handle, const char *name, const char *version,
    const void *retaddr)
{
	struct verent ver;
	struct symlook sl;
	uintptr_t value = 0;
	int found;

	symlook_init(&sl, name);
	sl.flags = SL_DLSYM;
	if (version != NULL) {
		ver = (struct verent){ .name = version,
		    .hash = elf_hash(version) };
		sl.ver = &ver;
		sl.flags |= SL_EXACT;
	}
	lock_read(&bind_lock);
	found = symlook_handle(&sl, handle, obj_from_addr(retaddr));
	lock_unlock(&bind_lock);
	if (found < 0)
		return (NULL);
	if (found == 0) {
		_rtld_error("Undefined symbol \"%s\"", name);
		return (NULL);
	}
	value = sl.defobj->relocbase + sl.sym->st_value;
	switch (ELF64_ST_TYPE(sl.sym->st_info)) {
	case STT_GNU_IFUNC:
		return ((void *)((uintptr_t (*)(void))value)());
	case STT_TLS:
		return (tls_addr_current(sl.defobj->tlsindex,
		    sl.sym->st_value));
	default:
		return ((void *)(sl.sym->st_shndx == SHN_ABS ?
		    sl.sym->st_value : value));
	}
}

void *
dlsym(void *__restrict handle, const char *__restrict name)
{
	return (do_dlsym(handle, name, NULL, __builtin_return_address(0)));
}

dlfunc_t
dlfunc(void *__restrict handle, const char *__restrict name)
{
	union {
		void		*d;
		dlfunc_t	f;
	} u;

	u.d = do_dlsym(handle, name, NULL, __builtin_return_address(0));
	return (u.f);
}

void *
dlvsym(void *__restrict handle, const char *__restrict name,
    const char *__restrict version)
{
	return (do_dlsym(handle, name, version, __builtin_return_address(0)));
}

int
dladdr(const void *__restrict addr, Dl_info *__restrict info)
{
	const Elf64_Sym *sym, *best = NULL;
	uintptr_t at = 0, a;
	struct obj *obj;
	uint32_t i;

	lock_read(&bind_lock);
	obj = obj_from_addr(addr);
	if (obj == NULL) {
		_rtld_error("No shared object contains address");
		lock_unlock(&bind_lock);
		return (0);
	}
	info->dli_fname = obj->path;
	info->dli_fbase = obj->mapbase;
	info->dli_sname = NULL;
	info->dli_saddr = NULL;
	for (i = 1; i < obj->nsyms; i++) {
		sym = &obj->symtab[i];
		if (sym->st_shndx == SHN_UNDEF || sym->st_shndx == SHN_COMMON
		    || ELF64_ST_TYPE(sym->st_info) == STT_TLS)
			continue;
		a = obj->relocbase + sym->st_value;
		if (a > (uintptr_t)addr || (best != NULL && a < at))
			continue;
		best = sym;
		at = a;
		if (a == (uintptr_t)addr)
			break;
	}
	if (best != NULL) {
		info->dli_sname = obj->strtab + best->st_name;
		info->dli_saddr = (void *)at;
	}
	lock_unlock(&bind_lock);
	return (1);
}

struct serfill {
	Dl_serinfo	*info;		/* NULL: measure only */
	size_t		size;
	unsigned int	count;
	char		*strings;
};

static void
ser_add(struct serfill *f, const char *list, unsigned int flags)
{
	const char *p, *dir;
	size_t n;

	for (p = list; p != NULL && *p != '\0';) {
		for (dir = p; *p != '\0' && *p != ':' && *p != ';';)
			p++;
		n = p - dir;
		if (*p != '\0')
			p++;
		if (n == 0)
			continue;
		f->size += sizeof(Dl_serpath) + n + 1;
		if (f->info != NULL) {
			f->info->dls_serpath[f->count].dls_name = f->strings;
			f->info->dls_serpath[f->count].dls_flags = flags;
			memcpy(f->strings, dir, n);
			f->strings[n] = '\0';
			f->strings += n + 1;
		}
		f->count++;
	}
}

static void
ser_walk(struct obj *obj, struct serfill *f)
{
	if (obj->runpath == NULL) {
		ser_add(f, obj->rpath, LA_SER_RUNPATH);
		if (obj != obj_main)
			ser_add(f, obj_main->rpath, LA_SER_RUNPATH);
	}
	ser_add(f, ld_library_path, LA_SER_LIBPATH);
	ser_add(f, obj->runpath, LA_SER_RUNPATH);
	if (!obj->nodeflib) {
		ser_add(f, hints_path(), LA_SER_CONFIG);
		ser_add(f, STANDARD_PATH, LA_SER_DEFAULT);
	}
}

static int
search_info(struct obj *obj, int request, Dl_serinfo *info)
{
	struct serfill f = { NULL, offsetof(Dl_serinfo, dls_serpath), 0, NULL };

	ser_walk(obj, &f);
	if (request == RTLD_DI_SERINFOSIZE) {
		info->dls_size = f.size;
		info->dls_cnt = f.count;
		return (0);
	}
	if (info->dls_size != f.size || info->dls_cnt != f.count) {
		_rtld_error("Uninitialized Dl_serinfo struct passed to "
		    "dlinfo()");
		return (-1);
	}
	f.strings = (char *)&info->dls_serpath[f.count];
	f.info = info;
	f.count = 0;
	ser_walk(obj, &f);
	return (0);
}

int
dlinfo(void *__restrict handle, int request, void *__restrict p)
{
	const char *origin;
	struct obj *obj;
	int error = 0;

	lock_write(&bind_lock);
	if (handle == NULL || handle == RTLD_SELF) {
		obj = obj_from_addr(__builtin_return_address(0));
		if (obj == NULL)
			_rtld_error("Cannot determine caller's shared object");
	} else
		obj = check_handle(handle);
	if (obj == NULL) {
		lock_unlock(&bind_lock);
		return (-1);
	}
	switch (request) {
	case RTLD_DI_LINKMAP:
		*(struct link_map **)p = &obj->linkmap;
		break;
	case RTLD_DI_ORIGIN:
		origin = obj_origin(obj);
		error = origin != NULL ? 0 : -1;
		if (error == 0)
			rtld_snprintf(p, MAXPATHLEN, "%s", origin);
		break;
	case RTLD_DI_SERINFO:
	case RTLD_DI_SERINFOSIZE:
		error = search_info(obj, request, p);
		break;
	default:
		_rtld_error("Invalid request %d passed to dlinfo()", request);
		error = -1;
		break;
	}
	lock_unlock(&bind_lock);
	return (error);
}

static void
phdr_info(const struct obj *obj, struct dl_phdr_info *info)
{
	memset(info, 0, sizeof(*info));
	info->dlpi_addr = obj->relocbase;
	info->dlpi_name = obj->path;
	info->dlpi_phdr = obj->phdr;
	info->dlpi_phnum = obj->phnum;
	info->dlpi_adds = obj_loads;
	info->dlpi_subs = obj_unloads;
	info->dlpi_tls_modid = obj->tlsindex;
}

int
dl_iterate_phdr(int (*callback)(struct dl_phdr_info *, size_t, void *),
    void *arg)
{
	struct dl_phdr_info info;
	struct obj *obj;
	int r = 0;

	lock_write(&phdr_lock);
	lock_read(&bind_lock);
	for (obj = obj_list; obj != NULL && r == 0; obj = obj->next) {
		phdr_info(obj, &info);
		r = callback(&info, sizeof(info), arg);
	}
	if (r == 0) {
		phdr_info(&obj_rtld, &info);
		r = callback(&info, sizeof(info), arg);
	}
	lock_unlock(&bind_lock);
	lock_unlock(&phdr_lock);
	return (r);
}

int
_rtld_addr_phdr(const void *addr, struct dl_phdr_info *info)
{
	struct obj *obj;

	lock_read(&bind_lock);
	obj = obj_from_addr(addr);
	if (obj != NULL)
		phdr_info(obj, info);
	lock_unlock(&bind_lock);
	return (obj != NULL);
}
