/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run-time linker (ld-elf.so.2): start of a dynamic program.
 *
 * The kernel enters at .rtld_start (calls.S), which calls _rtld().  That
 * relocates the linker itself, loads and relocates everything the program
 * needs, and returns the program's entry point.  The program's startup code
 * then sets up its thread area (_rtld_allocate_tls), has the constructors run
 * (_rtld_call_init) and registers rtld_exit() with atexit.
 */
#include <sys/param.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <cpuid.h>
#include <fcntl.h>
#include "rtld.h"

extern const Elf64_Ehdr	__ehdr_start __attribute__((__visibility__("hidden")));
extern const Elf64_Dyn	_DYNAMIC[] __attribute__((__visibility__("hidden")));

struct obj	*obj_list;
struct obj	**obj_tail = &obj_list;
struct obj	*obj_main;
struct obj	obj_rtld;
struct objvec	list_main, list_global, init_done;
int		obj_serial = 1;
unsigned long	obj_loads, obj_unloads;
bool		trust, ld_bind_now, ld_tracing, dangerous_env;
const char	*ld_library_path, *ld_library_path_fds;
char		**rtld_environ;
int		rtld_argc;
char		**rtld_argv;
int		stack_prot = PROT_READ | PROT_WRITE | PROT_EXEC;

static struct objvec	init_list;
static const char	*ld_preload;

/* What debuggers look for. */
static struct r_debug	debug;
RTLD_EXPORT void r_debug_state(struct r_debug *, struct link_map *);
RTLD_EXPORT void _r_debug_postinit(struct link_map *);
RTLD_EXPORT void _rtld_call_init(void);
RTLD_EXPORT int	_rtld_get_stack_prot(void);

int
objvec_has(const struct objvec *vec, const struct obj *obj)
{
	int i;

	for (i = 0; i < vec->n; i++) {
		if (vec->v[i] == obj)
			return (1);
	}
	return (0);
}

void
objvec_add(struct objvec *vec, struct obj *obj)
{
	if (vec->n == vec->size) {
		vec->size = vec->size == 0 ? 8 : vec->size * 2;
		vec->v = xrealloc(vec->v, vec->size * sizeof(*vec->v));
	}
	vec->v[vec->n++] = obj;
}

void
objvec_remove(struct objvec *vec, const struct obj *obj)
{
	int i, j;

	for (i = j = 0; i < vec->n; i++) {
		if (vec->v[i] != obj)
			vec->v[j++] = vec->v[i];
	}
	vec->n = j;
}

void
objvec_free(struct objvec *vec)
{
	xfree(vec->v);
	memset(vec, 0, sizeof(*vec));
}

void
rtld_die(void)
{
	const char *msg = error_text();

	rtld_flush();
	rtld_fdprintf(2, "%s\n", msg != NULL ? msg : "Fatal error");
	rtld_sys_exit(1);
}

/* Empty: a debugger's breakpoint. */
void __attribute__((__noinline__))
r_debug_state(struct r_debug *rd, struct link_map *map)
{
	__asm__ volatile("" : : "r" (rd), "r" (map) : "memory");
}

void __attribute__((__noinline__))
_r_debug_postinit(struct link_map *map)
{
	__asm__ volatile("" : : "r" (map) : "memory");
}

int
_rtld_get_stack_prot(void)
{
	return (stack_prot);
}

void
debug_state(int state)
{
	debug.r_state = state;
	r_debug_state(&debug, debug.r_map);
}

/* The linker's own entry is always the last one. */
void
linkmap_add(struct obj *obj)
{
	struct link_map *l = &obj->linkmap, *last = &obj_rtld.linkmap;

	l->l_addr = obj->mapbase;
	l->l_name = obj->path;
	l->l_ld = obj->dynamic;
	if (debug.r_map == NULL) {
		debug.r_map = l;
		return;
	}
	if (obj == &obj_rtld || last->l_prev == NULL) {
		for (last = debug.r_map; last->l_next != NULL;)
			last = last->l_next;
		last->l_next = l;
		l->l_prev = last;
		return;
	}
	l->l_prev = last->l_prev;
	l->l_next = last;
	l->l_prev->l_next = l;
	last->l_prev = l;
}

void
linkmap_delete(struct obj *obj)
{
	struct link_map *l = &obj->linkmap;

	if (l->l_prev != NULL)
		l->l_prev->l_next = l->l_next;
	else
		debug.r_map = l->l_next;
	if (l->l_next != NULL)
		l->l_next->l_prev = l->l_prev;
}

static char **
env_find(const char *name)
{
	size_t n = strlen(name);
	char **e;

	for (e = rtld_environ; *e != NULL; e++) {
		if (strncmp(*e, name, n) == 0 && (*e)[n] == '=')
			return (e);
	}
	return (NULL);
}

const char *
env_get(const char *name)
{
	char **e = env_find(name);

	return (e != NULL ? strchr(*e, '=') + 1 : NULL);
}

static void
env_remove(const char *name)
{
	char **e;

	while ((e = env_find(name)) != NULL) {
		for (; e[0] != NULL; e++)
			e[0] = e[1];
	}
}

static void
read_environment(void)
{
	static const char *const unsafe[] = {
		"LD_LIBRARY_PATH", "LD_LIBRARY_PATH_FDS", "LD_PRELOAD",
		"LD_LIBMAP", "LD_LIBMAP_DISABLE", "LD_ELF_HINTS_PATH",
		"LD_LOADFLTR", "LD_SHAREDLIB_BASE", "LD_DEBUG"
	};
	const char *v;
	size_t i;

	trust = rtld_issetugid() == 0;
	for (i = 0; !trust && i < nitems(unsafe); i++)
		env_remove(unsafe[i]);
	v = env_get("LD_BIND_NOW");
	ld_bind_now = v != NULL && *v != '\0';
	v = env_get("LD_TRACE_LOADED_OBJECTS");
	ld_tracing = v != NULL && *v != '\0';
	ld_library_path = env_get("LD_LIBRARY_PATH");
	ld_library_path_fds = env_get("LD_LIBRARY_PATH_FDS");
	ld_preload = env_get("LD_PRELOAD");
	v = env_get("LD_UTRACE");
	ld_utrace = v != NULL && *v != '\0';
	dangerous_env = ld_library_path != NULL || ld_preload != NULL ||
	    env_get("LD_ELF_HINTS_PATH") != NULL ||
	    env_get("LD_LOADFLTR") != NULL || env_get("LD_LIBMAP") != NULL ||
	    env_get("LD_LIBMAP_DISABLE") != NULL;
	if (env_get("LD_LIBMAP_DISABLE") == NULL)
		libmap_init(env_get("LD_LIBMAP"));
}

static void
call_init(struct obj *obj)
{
	void (*init)(int, char **, char **);
	int i;

	if (obj->mainprog && !obj->crt_no_init &&
	    (obj->has_note || obj->gnu_buckets == NULL))
		return;
	if (obj->init != 0)
		((void (*)(void))obj->init)();
	for (i = 0; i < obj->ninit; i++) {
		if (obj->init_array[i] == 0 || obj->init_array[i] == 1)
			continue;
		init = (void (*)(int, char **, char **))obj->init_array[i];
		init(rtld_argc, rtld_argv, rtld_environ);
	}
}

static void
call_fini(struct obj *obj)
{
	int i;

	if (obj->mainprog && !obj->crt_no_init &&
	    (obj->has_note || obj->gnu_buckets == NULL))
		return;
	for (i = obj->nfini - 1; i >= 0; i--) {
		if (obj->fini_array[i] != 0 && obj->fini_array[i] != 1)
			((void (*)(void))obj->fini_array[i])();
	}
	if (obj->fini != 0)
		((void (*)(void))obj->fini)();
}

/*
 * Initialises the objects of a list in order.  The bind lock is held on entry
 * and exit, and let go around every constructor.
 */
void
run_init(struct objvec *list)
{
	struct obj *obj;
	int depth, i;

	for (i = 0; i < list->n; i++) {
		obj = list->v[i];
		if (obj->init_called)
			continue;
		obj->init_called = true;
		objvec_add(&init_done, obj);
		obj->refcount++;
		utrace_log(UTRACE_INIT_CALL, obj, obj->refcount, NULL);
		depth = lock_drop_all(&bind_lock);
		call_init(obj);
		lock_retake(&bind_lock, depth);
		obj->refcount--;
	}
}

/*
 * Runs the destructors of initialised objects in the reverse order, of those
 * in `only' if given and otherwise of all.
 */
void
run_fini(struct objvec *only)
{
	struct obj *obj;
	int depth, i;

again:
	for (i = init_done.n - 1; i >= 0; i--) {
		obj = init_done.v[i];
		if (obj->fini_called ||
		    (only != NULL && !objvec_has(only, obj)))
			continue;
		obj->fini_called = true;
		obj->refcount++;
		utrace_log(UTRACE_FINI_CALL, obj, obj->refcount, NULL);
		depth = lock_drop_all(&bind_lock);
		call_fini(obj);
		lock_retake(&bind_lock, depth);
		obj->refcount--;
		goto again;
	}
}

static void
initlist_needed(struct needed *n, struct objvec *list)
{
	if (n == NULL)
		return;
	initlist_needed(n->next, list);
	if (n->obj != NULL)
		initlist_one(n->obj, list);
}

void
initlist_one(struct obj *obj, struct objvec *list)
{
	if (obj->on_initlist)
		return;
	obj->on_initlist = true;
	initlist_needed(obj->needed, list);
	initlist_needed(obj->filtees, list);
	initlist_needed(obj->auxiliaries, list);
	objvec_add(list, obj);
}

/*
 * Order of initialisation of the objects from `obj' to `tail': what is linked
 * later and what is needed comes first.
 */
void
initlist_build(struct obj *obj, struct obj *tail, struct objvec *list)
{
	if (obj->on_initlist)
		return;
	obj->on_initlist = true;
	if (obj != tail && obj->next != NULL)
		initlist_build(obj->next, tail, list);
	initlist_needed(obj->needed, list);
	initlist_needed(obj->filtees, list);
	initlist_needed(obj->auxiliaries, list);
	objvec_add(list, obj);
}

/* Called by the program's startup code once it has a thread area. */
void
_rtld_call_init(void)
{
	void (*init)(int, char **, char **);
	int i;

	for (i = 0; i < obj_main->npreinit; i++) {
		init = (void (*)(int, char **, char **))
		    obj_main->preinit_array[i];
		if (obj_main->preinit_array[i] > 1)
			init(rtld_argc, rtld_argv, rtld_environ);
	}
	lock_write(&bind_lock);
	run_init(&init_list);
	_r_debug_postinit(&obj_main->linkmap);
	lock_unlock(&bind_lock);
}

/* The exit procedure handed to the program. */
void
rtld_exit(void)
{
	lock_write(&bind_lock);
	run_fini(NULL);
	lock_unlock(&bind_lock);
}

static void
init_rtld_object(uintptr_t base)
{
	obj_rtld.path = xstrdup(RTLD_PATH);
	obj_rtld.rtld = true;
	obj_rtld.relocated = true;
	obj_rtld.relocbase = base;
	obj_rtld.mapbase = (char *)base;
	if (obj_digest_phdr(&obj_rtld, (const Elf64_Phdr *)(base +
	    __ehdr_start.e_phoff), __ehdr_start.e_phnum) != 0 ||
	    obj_digest_dynamic(&obj_rtld) != 0)
		rtld_die();
	rtld_mprotect((void *)obj_rtld.relro, obj_rtld.relrosize, PROT_READ);
	objvec_add(&obj_rtld.dag, &obj_rtld);
	obj_rtld.dag_done = true;
}

static char *
main_path(const char *execpath)
{
	char buf[MAXPATHLEN * 2];
	const char *name;
	size_t n;

	name = execpath != NULL ? execpath : rtld_argv[0];
	if (name == NULL)
		return (xstrdup("(unknown)"));
	if (name[0] == '/' || (execpath == NULL && strchr(name, '/') == NULL))
		return (xstrdup(name));
	if (rtld_getcwd(buf, MAXPATHLEN) < 0)
		return (xstrdup(name));
	n = strlen(buf);
	rtld_snprintf(buf + n, sizeof(buf) - n, "/%s", name);
	return (xstrdup(buf));
}

static void
init_main_object(const uintptr_t *aux)
{
	struct stat st;
	char *path;

	path = main_path((const char *)aux[AT_EXECPATH]);
	if (aux[AT_PHDR] == 0 || aux[AT_PHENT] != sizeof(Elf64_Phdr) ||
	    aux[AT_ENTRY] == 0) {
		_rtld_error("%s: no program headers from the kernel", path);
		rtld_die();
	}
	obj_main = obj_new(path);
	xfree(path);
	obj_main->mainprog = true;
	if (rtld_stat(obj_main->path, &st) == 0) {
		obj_main->dev = st.st_dev;
		obj_main->ino = st.st_ino;
	}
	obj_main->entry = aux[AT_ENTRY];
	if (obj_digest_phdr(obj_main, (const Elf64_Phdr *)aux[AT_PHDR],
	    aux[AT_PHNUM]) != 0 || obj_digest_dynamic(obj_main) != 0)
		rtld_die();
	if (obj_main->interp != NULL) {
		xfree(obj_rtld.path);
		obj_rtld.path = xstrdup(obj_main->interp);
		obj_add_alias(&obj_rtld, obj_main->interp);
	}
	*obj_tail = obj_main;
	obj_tail = &obj_main->next;
	obj_loads++;
	tls_assign_index(obj_main);
}

/* Points the DT_DEBUG entry of the program at our structure. */
static void
publish_debug(void)
{
	Elf64_Dyn *d;

	debug.r_brk = r_debug_state;
	debug.r_state = RT_CONSISTENT;
	linkmap_add(obj_main);
	linkmap_add(&obj_rtld);
	for (d = (Elf64_Dyn *)(uintptr_t)obj_main->dynamic;
	    d->d_tag != DT_NULL; d++) {
		if (d->d_tag == DT_DEBUG)
			d->d_un.d_ptr = (uintptr_t)&debug;
	}
}

static void
build_main_list(void)
{
	struct obj *obj;

	objvec_add(&list_main, obj_main);
	for (obj = obj_main->next; obj != NULL; obj = obj->next) {
		if (obj->interpose)
			objvec_add(&list_main, obj);
	}
	for (obj = obj_main->next; obj != NULL; obj = obj->next) {
		if (!obj->interpose)
			objvec_add(&list_main, obj);
	}
	for (obj = obj_main; obj != NULL; obj = obj->next)
		obj->refcount = obj->dlrefcount = 1;
	dag_build(obj_main);
}

/* Loads and relocates the startup set. */
static void
load_program(void)
{
	struct obj *obj;

	debug.r_state = RT_ADD;
	if (load_preload(ld_preload) != 0 || load_needed(obj_main, 0) != 0)
		rtld_die();
	build_main_list();
	for (obj = obj_main; obj != NULL; obj = obj->next) {
		if (versions_check(obj) != 0 && !ld_tracing)
			rtld_die();
	}
	if (ld_tracing) {
		trace_loaded(obj_main);
		rtld_sys_exit(0);
	}
	for (obj = obj_main; obj != NULL; obj = obj->next)
		tls_alloc_offset(obj);
	tls_init_static();
	if (reloc_objects(obj_main, ld_bind_now) != 0 ||
	    reloc_copies(obj_main) != 0)
		rtld_die();
	for (obj = obj_main; obj->next != NULL;)
		obj = obj->next;
	initlist_build(obj_main, obj, &init_list);
}

static void
set_variable(const char *name, const void *value)
{
	struct symlook sl;

	symlook_init(&sl, name);
	if (symlook_vec(&sl, &list_main))
		*(const void **)(sl.defobj->relocbase + sl.sym->st_value) =
		    value;
}

static void
probe_cpu(void)
{
	unsigned int a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || (c & bit_OSXSAVE) == 0)
		return;
	if (__get_cpuid_count(0xd, 0, &a, &b, &c, &d))
		xsave_size = ROUNDUP(b, 64);
}

/*
 * First C code of every dynamic program.  `sp' points at argc; the exit
 * procedure is stored in *exit_proc, the program's entry returned.
 */
uintptr_t *
_rtld(uintptr_t *sp, uintptr_t *exit_proc)
{
	uintptr_t aux[32], base, *p;
	const char *slash;

	base = (uintptr_t)&__ehdr_start;
	reloc_self(base, _DYNAMIC);
	rtld_argc = (int)*sp;
	rtld_argv = (char **)(sp + 1);
	rtld_environ = rtld_argv + rtld_argc + 1;
	for (p = (uintptr_t *)rtld_environ; *p != 0; p++)
		;
	memset(aux, 0, sizeof(aux));
	for (p++; p[0] != AT_NULL; p += 2) {
		if (p[0] < nitems(aux))
			aux[p[0]] = p[1];
	}
	for (p = (uintptr_t *)rtld_environ; *p != 0; p++)
		;
	probe_cpu();
	read_environment();
	init_rtld_object(base);
	init_main_object(aux);
	publish_debug();
	load_program();

	slash = rtld_argv[0] != NULL ? strrchr(rtld_argv[0], '/') : NULL;
	set_variable("__progname", slash != NULL ? slash + 1 :
	    rtld_argv[0] != NULL ? rtld_argv[0] : "");
	set_variable("environ", rtld_environ);
	set_variable("__elf_aux_vector", p + 1);
	if (reloc_ifuncs(obj_main) != 0)
		rtld_die();
	debug_state(RT_CONSISTENT);
	error_clear();
	*exit_proc = (uintptr_t)rtld_exit;
	return ((uintptr_t *)obj_main->entry);
}
