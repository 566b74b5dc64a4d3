/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kernel modules: what a kernel file contains and needs.
 */
#ifndef _SYS_MODULE_H_
#define _SYS_MODULE_H_

#include <sys/cdefs.h>
#include <sys/types.h>

/* Metadata records, found in the linker set of this name. */
#define MDT_DEPEND	1	/* mod_depend: needs that module */
#define MDT_MODULE	2	/* moduledata: is a module */
#define MDT_VERSION	3	/* mod_version: its version */
#define MDT_STRUCT_VERSION 1
#define MDT_SETNAME	"modmetadata_set"

#define MAXMODNAME	32

typedef enum modeventtype {
	MOD_LOAD,
	MOD_UNLOAD,
	MOD_SHUTDOWN
} modeventtype_t;

typedef struct module	*module_t;
typedef int (*modeventhand_t)(module_t mod, int what, void *arg);

typedef union modspecific {
	int		intval;
	unsigned int	uintval;
	long		longval;
	unsigned long	ulongval;
} modspecific_t;

struct module_stat {
	int		version;	/* set to sizeof(struct module_stat) */
	char		name[MAXMODNAME];
	int		refs;
	int		id;
	modspecific_t	data;
};

#ifdef _KERNEL

#include <sys/kernel.h>
#include <sys/linker_set.h>

struct linker_file;

typedef struct moduledata {
	const char	*name;
	modeventhand_t	evhand;		/* may be NULL */
	void		*priv;
	struct linker_file *_file;	/* set by the kernel linker */
} moduledata_t;

struct mod_depend {
	int		md_ver_minimum;
	int		md_ver_preferred;
	int		md_ver_maximum;
};

struct mod_version {
	int		mv_version;
};

struct mod_metadata {
	int		md_version;	/* MDT_STRUCT_VERSION */
	int		md_type;	/* MDT_* */
	const void	*md_data;
	const char	*md_cval;	/* module's name */
};

#define MODULE_METADATA(uniquifier, type, data, cval)			\
	static struct mod_metadata _mod_metadata##uniquifier = {	\
		MDT_STRUCT_VERSION, type, data, cval			\
	};								\
	DATA_SET(modmetadata_set, _mod_metadata##uniquifier)

#define MODULE_DEPEND(module, mdepend, vmin, vpref, vmax)		\
	static const struct mod_depend _##module##_depend_on_##mdepend = { \
		vmin, vpref, vmax					\
	};								\
	MODULE_METADATA(_md_##module##_on_##mdepend, MDT_DEPEND,	\
	    &_##module##_depend_on_##mdepend, #mdepend)

#define MODULE_VERSION(module, version)					\
	static const struct mod_version _##module##_version = {		\
		version							\
	};								\
	MODULE_METADATA(_##module##_version, MDT_VERSION,		\
	    &_##module##_version, #module)

#define DECLARE_MODULE(name, data, sub, order)				\
	MODULE_METADATA(_md_##name, MDT_MODULE, &data, #name);		\
	SYSINIT(name##module, sub, order, module_register_init, &data)

#define DEV_MODULE(name, evh, arg)					\
	static moduledata_t name##_mod = { #name, evh, arg, NULL };	\
	DECLARE_MODULE(name, name##_mod, SI_SUB_DRIVERS, SI_ORDER_MIDDLE)

void	module_register_init(const void *data);
int	module_register(const moduledata_t *data, struct linker_file *lf);
module_t module_lookupbyname(const char *name);
module_t module_lookupbyid(int modid);
int	module_unload(module_t mod);
void	module_reference(module_t mod);
void	module_release(module_t mod);
int	module_getid(module_t mod);
const char *module_getname(module_t mod);
module_t module_getfnext(module_t mod);
module_t module_file_first(struct linker_file *lf);
void	module_setspecific(module_t mod, modspecific_t *datap);

#else

__BEGIN_DECLS
int	modfnext(int modid);
int	modfind(const char *name);
int	modnext(int modid);
int	modstat(int modid, struct module_stat *stat);
__END_DECLS

#endif

#endif /* !_SYS_MODULE_H_ */
