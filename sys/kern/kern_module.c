/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Modules: what the files linked into the kernel contain, with their event
 * handlers.
 *
 * A module registers itself by a SYSINIT that DECLARE_MODULE() makes.  One
 * whose handler refuses MOD_LOAD is taken off again, and the file it came in
 * fails to load.  The list is guarded by kld_lock, as are the files.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/eventhandler.h>
#include <sys/kernel.h>
#include <sys/linker.h>
#include <sys/lock.h>
#include <sys/malloc.h>
#include <sys/module.h>
#include <sys/proc.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include "kern_linker.h"

struct module {
	TAILQ_ENTRY(module) link;	/* (k) all modules */
	TAILQ_ENTRY(module) flink;	/* (k) of the same file */
	linker_file_t	file;		/* (I) */
	int		refs;		/* (k) */
	int		id;		/* (I) */
	char		*name;		/* (I) */
	modeventhand_t	handler;	/* (I) */
	void		*arg;		/* (I) */
	modspecific_t	data;		/* (k) */
};

static MALLOC_DEFINE(M_MODULE, "module", "kernel modules");

static TAILQ_HEAD(modulelist, module) modules =
    TAILQ_HEAD_INITIALIZER(modules);	/* (k) */
static int next_module_id = 1;		/* (k) */

static void
module_free(module_t mod)
{
	TAILQ_REMOVE(&modules, mod, link);
	TAILQ_REMOVE(&mod->file->modules, mod, flink);
	kfree(mod->name, M_MODULE);
	kfree(mod, M_MODULE);
}

int
module_register(const moduledata_t *data, linker_file_t lf)
{
	module_t mod;

	if (module_lookupbyname(data->name) != NULL) {
		kprintf("module %s is already there\n", data->name);
		return (EEXIST);
	}
	mod = kmalloc(sizeof(*mod), M_MODULE, M_WAITOK | M_ZERO);
	mod->refs = 1;
	mod->id = next_module_id++;
	mod->name = kstrdup(data->name, M_MODULE);
	mod->handler = data->evhand;
	mod->arg = data->priv;
	mod->file = lf;
	TAILQ_INSERT_TAIL(&modules, mod, link);
	TAILQ_INSERT_TAIL(&lf->modules, mod, flink);
	return (0);
}

/* The SYSINIT of a module. */
void
module_register_init(const void *arg)
{
	const moduledata_t *data = arg;
	linker_file_t lf;
	module_t mod;
	int error;

	lockmgr(&kld_lock, LK_EXCLUSIVE | LK_CANRECURSE);
	lf = data->_file != NULL ? data->_file : linker_kernel_file;
	error = module_register(data, lf);
	if (error == 0) {
		mod = module_lookupbyname(data->name);
		if (mod->handler != NULL)
			error = mod->handler(mod, MOD_LOAD, mod->arg);
		if (error) {
			if (mod->handler != NULL)
				mod->handler(mod, MOD_UNLOAD, mod->arg);
			module_free(mod);
		}
	}
	if (error) {
		kprintf("module_register_init: MOD_LOAD of %s failed: %d\n",
		    data->name, error);
		if (lf->load_error == 0)
			lf->load_error = error;
	}
	lockmgr(&kld_lock, LK_RELEASE);
}

module_t
module_lookupbyname(const char *name)
{
	module_t mod;

	TAILQ_FOREACH(mod, &modules, link) {
		if (strcmp(mod->name, name) == 0)
			return (mod);
	}
	return (NULL);
}

module_t
module_lookupbyid(int modid)
{
	module_t mod;

	TAILQ_FOREACH(mod, &modules, link) {
		if (mod->id == modid)
			return (mod);
	}
	return (NULL);
}

/* Take it down; its handler may refuse. */
int
module_unload(module_t mod)
{
	int error = 0;

	if (mod->handler != NULL)
		error = mod->handler(mod, MOD_UNLOAD, mod->arg);
	if (error == 0 || error == EOPNOTSUPP) {
		module_free(mod);
		error = 0;
	}
	return (error);
}

void
module_reference(module_t mod)
{
	++mod->refs;
}

void
module_release(module_t mod)
{
	KKASSERT(mod->refs > 0);
	if (--mod->refs == 0)
		module_free(mod);
}

int
module_getid(module_t mod)
{
	return (mod->id);
}

const char *
module_getname(module_t mod)
{
	return (mod->name);
}

module_t
module_getfnext(module_t mod)
{
	return (TAILQ_NEXT(mod, flink));
}

module_t
module_file_first(linker_file_t lf)
{
	return (TAILQ_FIRST(&lf->modules));
}

void
module_setspecific(module_t mod, modspecific_t *datap)
{
	mod->data = *datap;
}

/* Tell all modules that the machine goes down. */
static void
module_shutdown(void *arg __unused, int howto __unused)
{
	module_t mod;

	TAILQ_FOREACH_REVERSE(mod, &modules, modulelist, link) {
		if (mod->handler != NULL)
			mod->handler(mod, MOD_SHUTDOWN, mod->arg);
	}
}

static void
module_init(void *unused __unused)
{
	EVENTHANDLER_REGISTER(shutdown_post_sync, module_shutdown, NULL,
	    SHUTDOWN_PRI_DEFAULT);
}
SYSINIT(module, SI_SUB_PRE_DRIVERS, SI_ORDER_FIRST, module_init, NULL);

/*
 * --- system calls ---
 */

int
sys_modnext(struct sysmsg *sysmsg, const struct modnext_args *uap)
{
	module_t mod;
	int error = 0;

	lockmgr(&kld_lock, LK_SHARED);
	if (uap->modid == 0) {
		mod = TAILQ_FIRST(&modules);
	} else {
		mod = module_lookupbyid(uap->modid);
		if (mod == NULL)
			error = ENOENT;
		else
			mod = TAILQ_NEXT(mod, link);
	}
	sysmsg->sysmsg_result = mod != NULL ? mod->id : 0;
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
sys_modfnext(struct sysmsg *sysmsg, const struct modfnext_args *uap)
{
	module_t mod;
	int error = 0;

	lockmgr(&kld_lock, LK_SHARED);
	mod = module_lookupbyid(uap->modid);
	if (mod == NULL) {
		error = ENOENT;
	} else {
		mod = TAILQ_NEXT(mod, flink);
		sysmsg->sysmsg_result = mod != NULL ? mod->id : 0;
	}
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
sys_modfind(struct sysmsg *sysmsg, const struct modfind_args *uap)
{
	char name[MAXMODNAME];
	module_t mod;
	int error;

	error = copyinstr(uap->name, name, sizeof(name), NULL);
	if (error)
		return (error);
	lockmgr(&kld_lock, LK_SHARED);
	mod = module_lookupbyname(name);
	if (mod == NULL)
		error = ENOENT;
	else
		sysmsg->sysmsg_result = mod->id;
	lockmgr(&kld_lock, LK_RELEASE);
	return (error);
}

int
sys_modstat(struct sysmsg *sysmsg, const struct modstat_args *uap)
{
	struct module_stat ms;
	module_t mod;
	int error;

	error = copyin(&uap->stat->version, &ms.version, sizeof(ms.version));
	if (error)
		return (error);
	if (ms.version != (int)sizeof(ms) &&
	    ms.version != (int)offsetof(struct module_stat, data))
		return (EINVAL);
	bzero(ms.name, sizeof(ms) - offsetof(struct module_stat, name));
	lockmgr(&kld_lock, LK_SHARED);
	mod = module_lookupbyid(uap->modid);
	if (mod == NULL) {
		error = ENOENT;
	} else {
		strlcpy(ms.name, mod->name, sizeof(ms.name));
		ms.refs = mod->refs;
		ms.id = mod->id;
		ms.data = mod->data;
	}
	lockmgr(&kld_lock, LK_RELEASE);
	if (error == 0)
		error = copyout(&ms, uap->stat, ms.version);
	return (error);
}
