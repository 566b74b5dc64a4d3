/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel linker: files linked into the running kernel.
 *
 * The kernel is the first file, with the symbols the loader has handed over;
 * modules come from the loader too, or from the filesystem by kldload(2).
 * Loading: the file is read, brought into memory (link_elf_obj.c), the
 * modules it depends on are loaded, what is undefined is resolved through
 * them and the kernel, and its initialisers are run.
 *
 * linker_ddb_*() look symbols up without locks, for panics: a file gets on
 * the list when it is complete and off it before it is taken apart.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>
#include <sys/fcntl.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/nlookup.h>
#include <sys/priv.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/uio.h>
#include <sys/vnode.h>
#include <machine/elf.h>
#include <machine/md_var.h>
#include <sys/elf64.h>
#include "kern_linker.h"
#include "link_elf_obj.h"

#define KLD_FILE_MAX	(64 * 1024 * 1024)

static MALLOC_DEFINE(M_LINKER, "linker", "kernel linker");

struct lock kld_lock = LOCK_INITIALIZER("kldlk", 0, LK_CANRECURSE);
linker_file_t linker_kernel_file;

static TAILQ_HEAD(linker_files, linker_file) linker_files =
    TAILQ_HEAD_INITIALIZER(linker_files);	/* (k) */
static int next_file_id = 1;			/* (k) */
static struct linker_file kernel_file;
static struct elf_file kernel_elf;

static char module_path[MAXPATHLEN] = "/boot/kernel;/boot/modules;/modules";
TUNABLE_STR("module_path", module_path, sizeof(module_path));
SYSCTL_STRING(_kern, OID_AUTO, module_path, CTLFLAG_RW, module_path,
    sizeof(module_path), "Directories with kernel modules");

/*
 * --- symbols ---
 */

/* The kernel's own, from the loader's tables; at any time. */
static struct elf_file *
kernel_symbols(void)
{
	struct elf_file *ef = &kernel_elf;

	if (ef->symtab == NULL && boot_info.bi_symtab != 0) {
		ef->nsyms = boot_info.bi_symtab_size / sizeof(Elf64_Sym);
		ef->strtab = (const char *)boot_info.bi_strtab;
		ef->strsz = boot_info.bi_strtab_size;
		ef->slide = boot_info.bi_kernel_virt - BOOT_KERNEL_LINKBASE;
		ef->base = (char *)boot_info.bi_kernel_virt;
		ef->size = boot_info.bi_kernel_size;
		ef->symtab = (const void *)boot_info.bi_symtab;
	}
	return (ef);
}

int
linker_ddb_lookup(const char *name, linker_symval_t *sym)
{
	linker_file_t lf;

	if (link_elf_find(kernel_symbols(), name, sym) == 0)
		return (0);
	TAILQ_FOREACH(lf, &linker_files, link) {
		if (link_elf_find(lf->priv, name, sym) == 0)
			return (0);
	}
	return (ENOENT);
}

int
linker_ddb_search_symbol(caddr_t value, linker_symval_t *sym, long *diffp)
{
	struct elf_file *ef = kernel_symbols();
	linker_file_t lf;

	if (link_elf_inside(ef, value, 0))
		return (link_elf_search(ef, value, sym, diffp));
	TAILQ_FOREACH(lf, &linker_files, link) {
		if (link_elf_inside(lf->priv, value, 0))
			return (link_elf_search(lf->priv, value, sym, diffp));
	}
	return (ENOENT);
}

caddr_t
linker_file_lookup_symbol(linker_file_t lf, const char *name, int deps)
{
	caddr_t addr;
	int i;

	addr = link_elf_lookup(lf, name);
	if (addr != NULL || !deps)
		return (addr);
	for (i = 0; i < lf->ndeps; ++i) {
		addr = link_elf_lookup(lf->deps[i], name);
		if (addr != NULL)
			return (addr);
	}
	return (link_elf_lookup(linker_kernel_file, name));
}

void
print_backtrace(int count __unused)
{
	u_long *fp = __builtin_frame_address(0);

	backtrace_from(fp[1], fp[0]);
}

/*
 * --- files ---
 */

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return (slash != NULL ? slash + 1 : path);
}

linker_file_t
linker_find_file_by_name(const char *name)
{
	linker_file_t lf;
	size_t len = strlen(name);

	TAILQ_FOREACH(lf, &linker_files, link) {
		if (strcmp(lf->filename, name) == 0)
			return (lf);
		/* "foo" also finds foo.ko. */
		if (strncmp(lf->filename, name, len) == 0 &&
		    strcmp(lf->filename + len, ".ko") == 0)
			return (lf);
	}
	return (NULL);
}

static linker_file_t
linker_find_file_by_id(int id)
{
	linker_file_t lf;

	TAILQ_FOREACH(lf, &linker_files, link) {
		if (lf->id == id)
			return (lf);
	}
	return (NULL);
}

/* Version that a loaded or built-in file offers of a module; 0: none. */
static int
offers_version(struct mod_metadata **mdp, struct mod_metadata **end,
    const char *name)
{
	for (; mdp < end; ++mdp) {
		if ((*mdp)->md_type == MDT_VERSION &&
		    strcmp((*mdp)->md_cval, name) == 0)
			return (((const struct mod_version *)
			    (*mdp)->md_data)->mv_version);
		if ((*mdp)->md_type == MDT_MODULE &&
		    strcmp((*mdp)->md_cval, name) == 0)
			return (1);
	}
	return (0);
}

SET_DECLARE(modmetadata_set, struct mod_metadata);

/* The file that offers module `name' in a version of the range. */
static linker_file_t
linker_find_module(const char *name, const struct mod_depend *range)
{
	linker_file_t lf;
	struct elf_file *ef;
	int version;

	TAILQ_FOREACH(lf, &linker_files, link) {
		if (lf == linker_kernel_file) {
			version = offers_version(SET_BEGIN(modmetadata_set),
			    SET_LIMIT(modmetadata_set), name);
		} else {
			ef = lf->priv;
			version = offers_version(
			    (struct mod_metadata **)ef->metadata.begin,
			    (struct mod_metadata **)ef->metadata.end, name);
		}
		if (version != 0 && (range == NULL ||
		    (version >= range->md_ver_minimum &&
		     version <= range->md_ver_maximum)))
			return (lf);
	}
	return (NULL);
}

static void
linker_add_dependency(linker_file_t lf, linker_file_t dep)
{
	int i;

	for (i = 0; i < lf->ndeps; ++i) {
		if (lf->deps[i] == dep)
			return;
	}
	lf->deps = krealloc(lf->deps, sizeof(*lf->deps) * (lf->ndeps + 1),
	    M_LINKER, M_WAITOK);
	lf->deps[lf->ndeps++] = dep;
	++dep->refs;
}

/* Check the metadata of a module just placed. */
static int
check_metadata(linker_file_t lf)
{
	struct elf_file *ef = lf->priv;
	struct mod_metadata **mdp, *md;
	moduledata_t *data;
	size_t size;

	for (mdp = (struct mod_metadata **)ef->metadata.begin;
	    mdp < (struct mod_metadata **)ef->metadata.end; ++mdp) {
		md = *mdp;
		switch (md->md_type) {
		case MDT_DEPEND:
			size = sizeof(struct mod_depend);
			break;
		case MDT_MODULE:
			size = sizeof(moduledata_t);
			break;
		case MDT_VERSION:
			size = sizeof(struct mod_version);
			break;
		default:
			return (ENOEXEC);
		}
		if (md->md_version != MDT_STRUCT_VERSION ||
		    !link_elf_inside(ef, md->md_data, size) ||
		    ((uintptr_t)md->md_data & 3) != 0 ||
		    !link_elf_string(ef, md->md_cval))
			return (ENOEXEC);
		if (md->md_type != MDT_MODULE)
			continue;
		data = __DECONST(moduledata_t *, md->md_data);
		if (!link_elf_string(ef, data->name) ||
		    strlen(data->name) >= MAXMODNAME ||
		    (data->evhand != NULL &&
		     !link_elf_inside(ef, (void *)(uintptr_t)data->evhand, 1)))
			return (ENOEXEC);
		if (module_lookupbyname(data->name) != NULL)
			return (EEXIST);
		data->_file = lf;
	}
	return (0);
}

/* Have everything loaded that the module depends on. */
static int
load_dependencies(linker_file_t lf)
{
	struct elf_file *ef = lf->priv;
	struct mod_metadata **mdp, *md;
	linker_file_t dep;
	int error;

	linker_add_dependency(lf, linker_kernel_file);
	for (mdp = (struct mod_metadata **)ef->metadata.begin;
	    mdp < (struct mod_metadata **)ef->metadata.end; ++mdp) {
		md = *mdp;
		if (md->md_type != MDT_DEPEND)
			continue;
		/* On a module of the same file. */
		if (offers_version((struct mod_metadata **)ef->metadata.begin,
		    (struct mod_metadata **)ef->metadata.end, md->md_cval))
			continue;
		dep = linker_find_module(md->md_cval, md->md_data);
		if (dep == NULL) {
			error = linker_load_module(md->md_cval, &dep);
			if (error) {
				kprintf("kldload: %s depends on %s, which "
				    "cannot be loaded: %d\n", lf->filename,
				    md->md_cval, error);
				return (error);
			}
			/* The reference is the dependency's. */
			--dep->refs;
			if (linker_find_module(md->md_cval, md->md_data) ==
			    NULL)
				return (ENOENT);
		}
		linker_add_dependency(lf, dep);
	}
	return (0);
}

static void
linker_file_free(linker_file_t lf)
{
	int i;

	link_elf_unload(lf);
	for (i = 0; i < lf->ndeps; ++i) {
		if (--lf->deps[i]->refs == 0 && lf->deps[i]->userrefs == 0)
			linker_file_unload(lf->deps[i]);
	}
	kfree(lf->deps, M_LINKER);
	kfree(lf->filename, M_LINKER);
	kfree(lf->pathname, M_LINKER);
	kfree(lf, M_LINKER);
}

/* Run the initialisers of a module in order; unlike at boot, at once. */
static int
linker_file_start(linker_file_t lf)
{
	struct elf_file *ef = lf->priv;

	sysctl_register_set((struct sysctl_oid **)ef->sysctl.begin,
	    (struct sysctl_oid **)ef->sysctl.end);
	sysinit_add((struct sysinit **)ef->sysinit.begin,
	    (struct sysinit **)ef->sysinit.end);
	lf->flags |= LINKER_FILE_LINKED;
	return (lf->load_error);
}

/* The opposite order. */
static void
run_sysuninits(struct elf_set *set)
{
	struct sysinit **begin = (struct sysinit **)set->begin;
	struct sysinit **end = (struct sysinit **)set->end;
	struct sysinit **p, *best;
	u_long done = ~0UL, key, best_key;
	size_t left = end - begin;

	/* Sets are small: find the highest not yet done again and again. */
	while (left > 0) {
		best = NULL;
		best_key = 0;
		for (p = begin; p < end; ++p) {
			key = ((u_long)(*p)->subsystem << 32) | (*p)->order;
			if (key < done && (best == NULL || key > best_key)) {
				best = *p;
				best_key = key;
			}
		}
		if (best == NULL)
			break;
		for (p = begin; p < end; ++p) {
			key = ((u_long)(*p)->subsystem << 32) | (*p)->order;
			if (key == best_key) {
				(*p)->func((*p)->udata);
				--left;
			}
		}
		done = best_key;
	}
}

/* Take a file out of the kernel, if its modules allow; kld_lock held. */
int
linker_file_unload(linker_file_t lf)
{
	struct elf_file *ef = lf->priv;
	module_t mod;
	int error;

	if (lf->flags & LINKER_FILE_KERNEL)
		return (EBUSY);
	while ((mod = module_file_first(lf)) != NULL) {
		error = module_unload(mod);
		if (error) {
			kprintf("kldunload: %s: module refuses: %d\n",
			    lf->filename, error);
			return (error);
		}
	}
	if (lf->flags & LINKER_FILE_LINKED) {
		run_sysuninits(&ef->sysuninit);
		sysctl_unregister_set((struct sysctl_oid **)ef->sysctl.begin,
		    (struct sysctl_oid **)ef->sysctl.end);
	}
	TAILQ_REMOVE(&linker_files, lf, link);
	linker_file_free(lf);
	return (0);
}

/*
 * Link the file whose bytes are given; 0 and the file with one reference.
 */
static int
linker_link(const char *path, const char *data, size_t size,
    linker_file_t *lfp)
{
	linker_file_t lf;
	int error;

	lf = kmalloc(sizeof(*lf), M_LINKER, M_WAITOK | M_ZERO);
	lf->filename = kstrdup(base_name(path), M_LINKER);
	lf->pathname = kstrdup(path, M_LINKER);
	lf->refs = 1;
	TAILQ_INIT(&lf->modules);
	error = link_elf_load(lf, data, size);
	if (error == 0)
		error = check_metadata(lf);
	if (error == 0)
		error = load_dependencies(lf);
	if (error == 0)
		error = link_elf_finish(lf);
	if (error) {
		if (error == ENOEXEC) {
			static struct krate rate = { .freq = 2 };

			krateprintf(&rate, "kldload: %s is not a kernel "
			    "module, or is damaged\n", lf->filename);
		}
		linker_file_free(lf);
		return (error);
	}
	lf->id = next_file_id++;
	TAILQ_INSERT_TAIL(&linker_files, lf, link);
	error = linker_file_start(lf);
	if (error) {
		lf->refs = 0;
		if (linker_file_unload(lf) == 0)
			return (error);
		lf->refs = 1;
	}
	*lfp = lf;
	return (error);
}

/* Read a whole file; *datap from M_LINKER. */
static int
linker_read_file(const char *path, char **datap, size_t *sizep)
{
	struct nlookupdata nd;
	struct vnode *vp;
	struct vattr va;
	char *data = NULL;
	int error, resid;

	error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
	if (error == 0)
		error = vn_open(&nd, NULL, FREAD, 0);
	if (error) {
		nlookup_done(&nd);
		return (error);
	}
	vp = nd.nl_open_vp;	/* nlookup_done() closes it */
	error = vn_lock(vp, LK_SHARED | LK_RETRY);
	if (error == 0) {
		error = VOP_GETATTR(vp, &va);
		vn_unlock(vp);
	}
	if (error == 0 && vp->v_type != VREG)
		error = EFTYPE;
	if (error == 0 && (va.va_size == 0 || va.va_size > KLD_FILE_MAX))
		error = ENOEXEC;
	if (error == 0) {
		data = kmalloc(va.va_size, M_LINKER, M_WAITOK | M_NULLOK);
		if (data == NULL)
			error = ENOMEM;
	}
	if (error == 0) {
		error = vn_rdwr(UIO_READ, vp, data, (int)va.va_size, 0,
		    UIO_SYSSPACE, 0, proc0.p_ucred, &resid);
		if (error == 0 && resid != 0)
			error = ENOEXEC;
	}
	nlookup_done(&nd);
	if (error) {
		kfree(data, M_LINKER);
		return (error);
	}
	*datap = data;
	*sizep = va.va_size;
	return (0);
}

/* A module the loader has loaded and that is not linked yet. */
static const struct boot_module *
linker_find_preloaded(const char *name)
{
	const struct boot_module *bm;
	const char *file;
	size_t len = strlen(name);
	u_long i;

	bm = (const struct boot_module *)boot_info.bi_modules;
	for (i = 0; i < boot_info.bi_modules_count; ++i, ++bm) {
		file = base_name((const char *)bm->bmod_name);
		if (strcmp((const char *)bm->bmod_type, "elf module") != 0)
			continue;
		if (strcmp(file, name) == 0 || (strncmp(file, name, len) == 0 &&
		    strcmp(file + len, ".ko") == 0))
			return (bm);
	}
	return (NULL);
}

/* Look for a file along module_path. */
static int
linker_search(const char *name, char *path, size_t pathsize)
{
	struct nlookupdata nd;
	const char *dir = module_path, *end, *suffix;
	size_t len = strlen(name);
	int error;

	suffix = len > 3 && strcmp(name + len - 3, ".ko") == 0 ? "" : ".ko";
	while (*dir != '\0') {
		for (end = dir; *end != '\0' && *end != ';'; ++end)
			;
		ksnprintf(path, pathsize, "%.*s/%s%s", (int)(end - dir), dir,
		    name, suffix);
		error = nlookup_init(&nd, path, UIO_SYSSPACE, NLC_FOLLOW);
		if (error == 0)
			error = nlookup(&nd);
		if (error == 0 && nd.nl_nch.ncp->nc_vp == NULL)
			error = ENOENT;
		nlookup_done(&nd);
		if (error == 0)
			return (0);
		dir = *end == ';' ? end + 1 : end;
	}
	return (ENOENT);
}

int
linker_load_module(const char *name, linker_file_t *lfp)
{
	const struct boot_module *bm;
	linker_file_t lf;
	char *path, *data;
	size_t size;
	int error;

	if (*name == '\0')
		return (ENOENT);
	lockmgr(&kld_lock, LK_EXCLUSIVE | LK_CANRECURSE);
	lf = linker_find_file_by_name(base_name(name));
	if (lf == NULL && strchr(name, '/') == NULL)
		lf = linker_find_module(name, NULL);
	if (lf != NULL) {
		++lf->refs;
		*lfp = lf;
		lockmgr(&kld_lock, LK_RELEASE);
		return (0);
	}
	bm = strchr(name, '/') == NULL ? linker_find_preloaded(name) : NULL;
	if (bm != NULL) {
		error = linker_link((const char *)bm->bmod_name,
		    (const char *)bm->bmod_addr, bm->bmod_size, lfp);
		lockmgr(&kld_lock, LK_RELEASE);
		return (error);
	}
	path = kmalloc(MAXPATHLEN, M_LINKER, M_WAITOK);
	error = 0;
	if (rootvnode == NULL)
		error = ENOENT;
	else if (strchr(name, '/') != NULL)
		strlcpy(path, name, MAXPATHLEN);
	else
		error = linker_search(name, path, MAXPATHLEN);
	if (error == 0)
		error = linker_read_file(path, &data, &size);
	if (error == 0) {
		error = linker_link(path, data, size, lfp);
		kfree(data, M_LINKER);
	}
	kfree(path, M_LINKER);
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
linker_reference_module(const char *modname, linker_file_t *result)
{
	linker_file_t lf;

	lockmgr(&kld_lock, LK_EXCLUSIVE | LK_CANRECURSE);
	lf = linker_find_module(modname, NULL);
	if (lf != NULL) {
		++lf->refs;
		*result = lf;
		lockmgr(&kld_lock, LK_RELEASE);
		return (0);
	}
	lockmgr(&kld_lock, LK_RELEASE);
	return (linker_load_module(modname, result));
}

int
linker_release_module(const char *modname, linker_file_t lf)
{
	int error = 0;

	lockmgr(&kld_lock, LK_EXCLUSIVE | LK_CANRECURSE);
	if (lf == NULL)
		lf = linker_find_module(modname, NULL);
	if (lf == NULL)
		error = ENOENT;
	else if (--lf->refs == 0)
		error = linker_file_unload(lf);
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

/*
 * --- boot ---
 */

static void
linker_init(void *unused __unused)
{
	linker_file_t lf = &kernel_file;
	const char *path = (const char *)boot_info.bi_kernel_name;

	if (path == NULL)
		path = "kernel";
	lf->priv = kernel_symbols();
	kernel_elf.locals = 1;
	lf->filename = kstrdup(base_name(path), M_LINKER);
	lf->pathname = kstrdup(path, M_LINKER);
	lf->address = (caddr_t)boot_info.bi_kernel_virt;
	lf->size = boot_info.bi_kernel_size;
	lf->flags = LINKER_FILE_LINKED | LINKER_FILE_KERNEL;
	lf->refs = 1;
	lf->id = next_file_id++;
	TAILQ_INIT(&lf->modules);
	linker_kernel_file = lf;
	TAILQ_INSERT_TAIL(&linker_files, lf, link);
}
SYSINIT(linker, SI_BOOT2_KLD, SI_ORDER_FIRST, linker_init, NULL);

/* What the loader brought; one that fails is left out, with a message. */
static void
linker_preload(void *unused __unused)
{
	const struct boot_module *bm;
	linker_file_t lf;
	u_long i;
	int error;

	bm = (const struct boot_module *)boot_info.bi_modules;
	for (i = 0; i < boot_info.bi_modules_count; ++i, ++bm) {
		if (strcmp((const char *)bm->bmod_type, "elf module") != 0)
			continue;
		error = linker_load_module(base_name(
		    (const char *)bm->bmod_name), &lf);
		if (error == 0) {
			++lf->userrefs;
			kprintf("Preloaded module %s at %p\n", lf->pathname,
			    lf->address);
		} else {
			kprintf("Preloaded module %s: error %d\n",
			    (const char *)bm->bmod_name, error);
		}
	}
}
SYSINIT(preload, SI_BOOT2_KLD, SI_ORDER_ANY, linker_preload, NULL);

/*
 * --- system calls ---
 */

int
sys_kldload(struct sysmsg *sysmsg, const struct kldload_args *uap)
{
	linker_file_t lf;
	char *name;
	int error;

	sysmsg->sysmsg_result = -1;
	if (securelevel > 0)
		return (EPERM);
	error = priv_check(curthread, PRIV_KLD_LOAD);
	if (error)
		return (error);
	name = kmalloc(MAXPATHLEN, M_LINKER, M_WAITOK);
	error = copyinstr(uap->file, name, MAXPATHLEN, NULL);
	if (error == 0) {
		lockmgr(&kld_lock, LK_EXCLUSIVE);
		lf = linker_find_file_by_name(base_name(name));
		if (lf != NULL && (lf->userrefs > 0 ||
		    (lf->flags & LINKER_FILE_KERNEL)))
			error = EEXIST;
		else
			error = linker_load_module(name, &lf);
		if (error == 0) {
			++lf->userrefs;
			sysmsg->sysmsg_result = lf->id;
		}
		lockmgr(&kld_lock, LK_RELEASE);
	}
	kfree(name, M_LINKER);
	return (error);
}

int
sys_kldunload(struct sysmsg *sysmsg, const struct kldunload_args *uap)
{
	linker_file_t lf;
	int error;

	if (securelevel > 0)
		return (EPERM);
	error = priv_check(curthread, PRIV_KLD_UNLOAD);
	if (error)
		return (error);
	lockmgr(&kld_lock, LK_EXCLUSIVE);
	lf = linker_find_file_by_id(uap->fileid);
	if (lf == NULL) {
		error = ENOENT;
	} else if (lf->userrefs == 0 || lf->refs > 1) {
		/* The kernel, in use by another file, or loaded for one. */
		error = EBUSY;
	} else {
		error = linker_file_unload(lf);
	}
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
sys_kldfind(struct sysmsg *sysmsg, const struct kldfind_args *uap)
{
	linker_file_t lf;
	char *name;
	int error;

	sysmsg->sysmsg_result = -1;
	name = kmalloc(MAXPATHLEN, M_LINKER, M_WAITOK);
	error = copyinstr(uap->file, name, MAXPATHLEN, NULL);
	if (error == 0) {
		lockmgr(&kld_lock, LK_SHARED);
		lf = linker_find_file_by_name(base_name(name));
		if (lf == NULL)
			error = ENOENT;
		else
			sysmsg->sysmsg_result = lf->id;
		lockmgr(&kld_lock, LK_RELEASE);
	}
	kfree(name, M_LINKER);
	return (error);
}

int
sys_kldnext(struct sysmsg *sysmsg, const struct kldnext_args *uap)
{
	linker_file_t lf;
	int error = 0;

	lockmgr(&kld_lock, LK_SHARED);
	if (uap->fileid == 0) {
		lf = TAILQ_FIRST(&linker_files);
	} else {
		lf = linker_find_file_by_id(uap->fileid);
		if (lf == NULL)
			error = ENOENT;
		else
			lf = TAILQ_NEXT(lf, link);
	}
	sysmsg->sysmsg_result = lf != NULL ? lf->id : 0;
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
sys_kldstat(struct sysmsg *sysmsg, const struct kldstat_args *uap)
{
	struct kld_file_stat *ks;
	linker_file_t lf;
	int version, error;

	error = copyin(&uap->stat->version, &version, sizeof(version));
	if (error)
		return (error);
	if (version != (int)sizeof(*ks))
		return (EINVAL);
	ks = kmalloc(sizeof(*ks), M_LINKER, M_WAITOK | M_ZERO);
	lockmgr(&kld_lock, LK_SHARED);
	lf = linker_find_file_by_id(uap->fileid);
	if (lf == NULL) {
		error = ENOENT;
	} else {
		ks->version = version;
		strlcpy(ks->name, lf->filename, sizeof(ks->name));
		ks->refs = lf->refs;
		ks->id = lf->id;
		ks->address = lf->address;
		ks->size = lf->size;
	}
	lockmgr(&kld_lock, LK_RELEASE);
	if (error == 0)
		error = copyout(ks, uap->stat, sizeof(*ks));
	kfree(ks, M_LINKER);
	return (error);
}

int
sys_kldfirstmod(struct sysmsg *sysmsg, const struct kldfirstmod_args *uap)
{
	linker_file_t lf;
	module_t mod;
	int error = 0;

	lockmgr(&kld_lock, LK_SHARED);
	lf = linker_find_file_by_id(uap->fileid);
	if (lf == NULL) {
		error = ENOENT;
	} else {
		mod = module_file_first(lf);
		sysmsg->sysmsg_result = mod != NULL ? module_getid(mod) : 0;
	}
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
sys_kldsym(struct sysmsg *sysmsg, const struct kldsym_args *uap)
{
	struct kld_sym_lookup lookup;
	linker_symval_t sym;
	linker_file_t lf;
	char *name;
	int error;

	if (uap->cmd != KLDSYM_LOOKUP)
		return (EINVAL);
	error = copyin(uap->data, &lookup, sizeof(lookup));
	if (error)
		return (error);
	if (lookup.version != (int)sizeof(lookup))
		return (EINVAL);
	name = kmalloc(MAXPATHLEN, M_LINKER, M_WAITOK);
	error = copyinstr(lookup.symname, name, MAXPATHLEN, NULL);
	lockmgr(&kld_lock, LK_SHARED);
	if (error == 0 && uap->fileid != 0) {
		lf = linker_find_file_by_id(uap->fileid);
		error = lf == NULL ? ENOENT :
		    link_elf_find(lf->priv, name, &sym);
	} else if (error == 0) {
		error = linker_ddb_lookup(name, &sym);
	}
	lockmgr(&kld_lock, LK_RELEASE);
	kfree(name, M_LINKER);
	if (error)
		return (error);
	lookup.symvalue = (u_long)sym.value;
	lookup.symsize = sym.size;
	return (copyout(&lookup, uap->data, sizeof(lookup)));
}
