/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run-time linker's own declarations.
 *
 * The linker lives in every dynamic process beside the program, before and
 * below libc.  It therefore uses nothing of libc: no errno, no thread-local
 * data, no stdio.  System calls (calls.S) return a negative errno value on
 * failure; memory comes from its own heap (heap.c); everything here is
 * hidden except the functions marked RTLD_EXPORT.
 *
 * Locking: "(b)" below is the bind lock.  Readers look symbols up, writers
 * change the set of objects.  The heap and the TLS bookkeeping are used only
 * by a holder of the bind lock for writing.
 */
#ifndef _RTLD_H_
#define	_RTLD_H_

#include <sys/types.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/link_elf.h>
#include <dlfcn.h>

#pragma GCC visibility push(hidden)

#define	RTLD_EXPORT	__attribute__((__visibility__("default")))

#define	RTLD_PAGE	4096UL
#define	TRUNC_PAGE(x)	((uintptr_t)(x) & ~(RTLD_PAGE - 1))
#define	ROUND_PAGE(x)	TRUNC_PAGE((uintptr_t)(x) + RTLD_PAGE - 1)
#define	ROUNDUP(x, a)	((((x) + (a) - 1) / (a)) * (a))

#define	STANDARD_PATH	"/lib:/usr/lib"
#define	HINTS_PATH	"/var/run/ld-elf.so.hints"
#define	LIBMAP_PATH	"/etc/libmap.conf"
#define	RTLD_PATH	"/libexec/ld-elf.so.2"

/* A handle that dlfcn.h keeps to itself: all objects. */
#define	RTLD_ALL	((void *)-4)

/* Dl_serpath flags: where a directory comes from. */
#define	LA_SER_LIBPATH	0x02
#define	LA_SER_RUNPATH	0x04
#define	LA_SER_CONFIG	0x08
#define	LA_SER_DEFAULT	0x40

/* A growing array of objects. */
struct obj;
struct objvec {
	struct obj	**v;
	int		n;
	int		size;
};

/* One version an object defines or needs, indexed by its version number. */
struct verent {
	const char	*name;
	const char	*file;		/* provider, of needed versions */
	uint32_t	hash;
	bool		hidden;
};

/* A name an object is known by, apart from its path. */
struct alias {
	struct alias	*next;
	char		name[];
};

struct needed {
	struct needed	*next;
	struct obj	*obj;		/* NULL if not loaded (tracing) */
	const char	*name;
};

struct obj {
	struct obj	*next;		/* (b) load order */
	struct link_map	linkmap;	/* what debuggers see */
	char		*path;
	char		*origin;	/* $ORIGIN, or NULL until asked for */
	struct alias	*aliases;	/* (b) */
	int		serial;		/* index into sets of objects */
	int		refcount;	/* (b) dependency graphs it is in */
	int		dlrefcount;	/* (b) times it was dlopen'ed */

	/* Mapping. */
	char		*mapbase;
	size_t		mapsize;
	uintptr_t	relocbase;
	const Elf64_Phdr *phdr;
	int		phnum;
	uintptr_t	entry;
	uintptr_t	relro;
	size_t		relrosize;
	const Elf64_Dyn	*dynamic;
	const char	*interp;

	/* Dynamic section. */
	const Elf64_Sym	*symtab;
	const char	*strtab;
	size_t		strsize;
	const Elf64_Rela *rela;
	size_t		relasize;
	const Elf64_Rela *pltrela;
	size_t		pltrelasize;
	uintptr_t	*pltgot;
	const uint32_t	*buckets;	/* SysV hash */
	const uint32_t	*chains;
	uint32_t	nbuckets;
	uint32_t	nchains;
	const uint64_t	*gnu_bloom;	/* GNU hash */
	const uint32_t	*gnu_buckets;
	const uint32_t	*gnu_chain0;
	uint32_t	gnu_nbuckets;
	uint32_t	gnu_symoff;
	uint32_t	gnu_maskwords;
	uint32_t	gnu_shift;
	uint32_t	nsyms;
	const uint16_t	*versyms;
	const Elf64_Verdef *verdef;
	uint32_t	nverdef;
	const Elf64_Verneed *verneed;
	uint32_t	nverneed;
	struct verent	*vertab;
	int		nvers;
	const char	*rpath;
	const char	*runpath;
	const char	*soname;
	struct needed	*needed;
	struct needed	*filtees;
	struct needed	*auxiliaries;
	uintptr_t	init;
	uintptr_t	fini;
	uintptr_t	*preinit_array;
	uintptr_t	*init_array;
	uintptr_t	*fini_array;
	int		npreinit;
	int		ninit;
	int		nfini;

	/* Thread-local storage. */
	int		tlsindex;
	const void	*tlsinit;
	size_t		tlsinitsize;
	size_t		tlssize;
	size_t		tlsalign;
	size_t		tlsoffset;
	bool		tls_static;	/* (b) has its place below the TCB */

	/* State. */
	dev_t		dev;
	ino_t		ino;
	bool		mainprog;
	bool		rtld;
	bool		textrel;
	bool		symbolic;
	bool		bindnow;
	bool		static_tls;
	bool		originflag;
	bool		nodeflib;
	bool		nodelete;
	bool		noopen;
	bool		interpose;
	bool		crt_no_init;
	bool		has_note;
	bool		relocated;
	bool		plt_done;
	bool		has_ifunc;	/* references postponed to pass two */
	bool		irelative_done;
	bool		ver_checked;
	bool		init_called;
	bool		fini_called;
	bool		on_initlist;
	bool		global;		/* root of an RTLD_GLOBAL graph */
	bool		dag_done;
	bool		ref_nodelete;

	struct objvec	dag;		/* (b) itself and all it needs */
	struct objvec	dldags;		/* (b) dlopen'ed roots containing it */
};

/* A symbol search: what is looked for and what was found. */
#define	SL_INPLT	0x01	/* for a PLT slot */
#define	SL_DLSYM	0x02	/* on behalf of dlsym */
#define	SL_EXACT	0x04	/* on behalf of dlvsym */
#define	SL_NOIFUNC	0x08	/* postpone: leave IFUNCs unresolved */
struct symlook {
	const char	*name;
	uint32_t	hash;
	uint32_t	gnuhash;
	const struct verent *ver;
	int		flags;
	struct obj	*defobj;
	const Elf64_Sym	*sym;
	unsigned char	*done;		/* set of objects already searched */
};

/* rtld.c */
extern struct obj	*obj_list;	/* (b) load order, main first */
extern struct obj	**obj_tail;
extern struct obj	*obj_main;
extern struct obj	obj_rtld;
extern struct objvec	list_main;	/* startup objects in search order */
extern struct objvec	list_global;	/* RTLD_GLOBAL roots */
extern struct objvec	init_done;	/* initialised, in order */
extern int		obj_serial;
extern unsigned long	obj_loads, obj_unloads;
extern bool		trust;		/* not set-id */
extern bool		ld_bind_now;
extern bool		ld_tracing;
extern bool		dangerous_env;
extern const char	*ld_library_path;
extern const char	*ld_library_path_fds;
extern char		**rtld_environ;
extern int		rtld_argc;
extern char		**rtld_argv;
extern int		stack_prot;
int	objvec_has(const struct objvec *, const struct obj *);
void	objvec_add(struct objvec *, struct obj *);
void	objvec_remove(struct objvec *, const struct obj *);
void	objvec_free(struct objvec *);
void	rtld_die(void) __attribute__((__noreturn__));
void	run_init(struct objvec *);
void	run_fini(struct objvec *);
void	initlist_build(struct obj *, struct obj *, struct objvec *);
void	initlist_one(struct obj *, struct objvec *);
void	debug_state(int);
void	linkmap_add(struct obj *);
void	linkmap_delete(struct obj *);
uintptr_t *_rtld(uintptr_t *, uintptr_t *);
void	rtld_exit(void);
const char *env_get(const char *);

/* object.c */
struct obj *obj_new(const char *);
void	obj_free(struct obj *);
struct obj *obj_map(int, const char *, dev_t, ino_t);
int	obj_digest_phdr(struct obj *, const Elf64_Phdr *, int);
int	obj_digest_dynamic(struct obj *);
void	obj_unmap(struct obj *);
const char *obj_origin(struct obj *);
struct obj *obj_from_addr(const void *);
void	obj_add_alias(struct obj *, const char *);
bool	obj_matches(const struct obj *, const char *);

/* load.c */
#define	LO_NOLOAD	1
#define	LO_DLOPEN	2
struct obj *load_object(const char *, int, struct obj *, int);
int	load_needed(struct obj *, int);
int	load_filtees(struct obj *, int);
int	load_preload(const char *);
char	*find_library(const char *, struct obj *, int *);
char	*subst_tokens(struct obj *, const char *);
const char *hints_path(void);
int	dag_build(struct obj *);

/* libmap.c */
int	libmap_init(const char *);
const char *libmap_lookup(const char *, const char *);

/* symbol.c */
void	symlook_init(struct symlook *, const char *);
int	symlook_obj(struct symlook *, struct obj *);
int	symlook_vec(struct symlook *, const struct objvec *);
int	symlook_default(struct symlook *, struct obj *);
int	symlook_global(struct symlook *);
const Elf64_Sym *find_symdef(uint32_t, struct obj *, struct obj **, int);
uint32_t elf_hash(const char *);
uint32_t gnu_hash(const char *);
int	versions_digest(struct obj *);
int	versions_check(struct obj *);
#define	OBJSET_BYTES	((size_t)obj_serial / 8 + 2)

/* reloc.c */
void	reloc_self(uintptr_t, const Elf64_Dyn *);
int	reloc_objects(struct obj *, bool);
int	reloc_copies(struct obj *);
int	reloc_ifuncs(struct obj *);
uintptr_t rtld_bind(struct obj *, uint64_t, uintptr_t *);
uintptr_t resolve_ifunc(struct obj *, const Elf64_Sym *);

/* tls.c */
struct tls_index {
	unsigned long	ti_module;
	unsigned long	ti_offset;
};
void	tls_init_static(void);
void	tls_assign_index(struct obj *);
int	tls_alloc_offset(struct obj *);
void	tls_free_offset(struct obj *);
void	tls_distribute(struct obj *);
void	tls_forget(struct obj *);
void	*tls_addr_current(unsigned long, unsigned long);

/* lock.c */
struct rwlock {
	volatile int	state;		/* -1 writer, else reader count */
	volatile int	waiters;
	void *volatile	owner;
	int		depth;
	unsigned int	mask[4];	/* signal mask to restore */
};
extern struct rwlock	bind_lock, phdr_lock;
void	lock_read(struct rwlock *);
void	lock_write(struct rwlock *);
void	lock_unlock(struct rwlock *);
int	lock_drop_all(struct rwlock *);
void	lock_retake(struct rwlock *, int);
void	*unload_begin(void);
void	unload_end(void *);
void	unload_wait(void);

/* dlfcn.c */
RTLD_EXPORT void _rtld_error(const char *, ...)
	    __attribute__((__format__(__printf__, 1, 2)));
const char *error_text(void);
void	error_clear(void);

/* trace.c */
void	trace_loaded(struct obj *);

/* heap.c */
void	*xmalloc(size_t);
void	*xcalloc(size_t);
void	*xrealloc(void *, size_t);
void	xfree(void *);
char	*xstrdup(const char *);
char	*xstrndup(const char *, size_t);

/* util.c */
void	*memcpy(void *, const void *, size_t);
void	*memmove(void *, const void *, size_t);
void	*memset(void *, int, size_t);
int	memcmp(const void *, const void *, size_t);
size_t	strlen(const char *);
int	strcmp(const char *, const char *);
int	strncmp(const char *, const char *, size_t);
char	*strchr(const char *, int);
char	*strrchr(const char *, int);
int	rtld_vsnprintf(char *, size_t, const char *, va_list);
int	rtld_snprintf(char *, size_t, const char *, ...)
	    __attribute__((__format__(__printf__, 3, 4)));
void	rtld_printf(const char *, ...)
	    __attribute__((__format__(__printf__, 1, 2)));
void	rtld_fdprintf(int, const char *, ...)
	    __attribute__((__format__(__printf__, 2, 3)));
void	rtld_putc(char);
void	rtld_flush(void);
const char *error_string(long);

/* utrace.c: records for LD_UTRACE; name NULL: the object's. */
#define UTRACE_DLOPEN_START		1
#define UTRACE_DLOPEN_STOP		2
#define UTRACE_DLCLOSE_START		3
#define UTRACE_DLCLOSE_STOP		4
#define UTRACE_LOAD_OBJECT		5
#define UTRACE_UNLOAD_OBJECT		6
#define UTRACE_ADD_RUNDEP		7
#define UTRACE_PRELOAD_FINISHED		8
#define UTRACE_INIT_CALL		9
#define UTRACE_FINI_CALL		10
extern bool ld_utrace;
void	utrace_log(int event, const struct obj *, int refcount,
	    const char *name);

/* calls.S: a failing call returns the negative errno value. */
long	rtld_open(const char *, int, int);
long	rtld_close(long);
long	rtld_utrace(const void *, size_t);
long	rtld_read(long, void *, size_t);
long	rtld_pread(long, void *, size_t, int, off_t);
long	rtld_write(long, const void *, size_t);
long	rtld_mmap(const void *, size_t, int, int, long, off_t);
long	rtld_munmap(void *, size_t);
long	rtld_mprotect(const void *, size_t, int);
long	rtld_fstat(long, void *);
long	rtld_stat(const char *, void *);
long	rtld_fstatfs(long, void *);
long	rtld_openat(long, const char *, int, int);
long	rtld_fcntl(long, int, long);
long	rtld_getcwd(char *, size_t);
long	rtld_issetugid(void);
long	rtld_sysctl(const int *, unsigned, void *, size_t *, const void *,
	    size_t);
long	rtld_sigprocmask(int, const void *, void *);
long	rtld_umtx_sleep(volatile const int *, int, int);
long	rtld_umtx_wakeup(volatile const int *, int);
long	rtld_sys_exit(int) __attribute__((__noreturn__));
void	rtld_bind_start(void);
void	*rtld_tcb(void);

/* Width of the register image the lazy binding stub saves; 0: fxsave. */
extern unsigned int	xsave_size;

#pragma GCC visibility pop

#endif
