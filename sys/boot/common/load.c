/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What will be handed over: the kernel and the files loaded beside it.
 */
#include <sys/boot_info.h>

#include "boot.h"

struct kernel kernel;
struct preload *preloads;

void
unload_all(void)
{
	struct preload *p;

	if (kernel.loaded) {
		phys_free(kernel.phys);
		if (kernel.symtab != 0) {
			phys_free(kernel.symtab);
			phys_free(kernel.strtab);
		}
		free(kernel.name);
		free(kernel.args);
	}
	memset(&kernel, 0, sizeof(kernel));
	while ((p = preloads) != NULL) {
		preloads = p->next;
		phys_free(p->addr);
		free(p->name);
		free(p->type);
		free(p->args);
		free(p);
	}
}

int
kernel_load(const char *path, const char *args)
{
	struct file f;
	char *full;
	int error;

	unload_all();
	full = xmalloc(PATH_MAX);
	f.memory = 0;
	error = path_absolute(path, full, PATH_MAX - sizeof(".gz"));
	if (error == 0)
		error = file_open(full, &f);
	if (error == BE_NOENT) {
		strlcat(full, ".gz", PATH_MAX);
		error = file_open(full, &f);
	}
	if (error == 0 && is_dir(&f))
		error = BE_ISDIR;
	if (error == 0)
		error = file_expand(&f);
	if (error != 0) {
		printf("%s: %s\n", path, err_string(error));
		error = BE_SILENT;
	} else {
		printf("Loading %s ", full);
		error = elf_load_kernel(&f, full);
		file_close(&f);
	}
	if (error == 0) {
		kernel.loaded = true;
		kernel.name = full;
		kernel.args = xstrdup(args != NULL ? args : "");
		printf("%lu KB\n", kernel.size / 1024);
	} else {
		unload_all();
		free(full);
	}
	return (error);
}

/* Tries dir/name.ko and dir/name, then with .gz; path is what exists. */
static int
find_in(const char *dir, size_t dirlen, const char *name, char *path,
    struct file *f)
{
	static const char *const suffix[] = { ".ko", "", ".ko.gz", ".gz" };
	size_t i;
	int error = BE_NOENT;

	for (i = 0; i < nitems(suffix); i++) {
		if (dirlen >= PATH_MAX)
			return (BE_NAMETOOLONG);
		memcpy(path, dir, dirlen);
		path[dirlen] = '\0';
		if (dirlen > 0 && path[dirlen - 1] != '/')
			strlcat(path, "/", PATH_MAX);
		strlcat(path, name, PATH_MAX);
		if (strlcat(path, suffix[i], PATH_MAX) >= PATH_MAX)
			return (BE_NAMETOOLONG);
		error = file_open(path, f);
		if (error == 0 && is_dir(f))
			error = BE_NOENT;
		if (error != BE_NOENT && error != BE_NOTDIR)
			break;
	}
	return (error);
}

/* The current directory, then the elements of module_path. */
static int
find_module(const char *name, char *path, struct file *f)
{
	const char *list, *end;
	int error;

	error = find_in("", 0, name, path, f);
	if (error != BE_NOENT || strchr(name, '/') != NULL)
		return (error);
	list = getenv("module_path");
	if (list == NULL)
		list = ";modules";
	for (; error == BE_NOENT; list = end + 1) {
		end = strchr(list, ';');
		if (end == NULL)
			end = list + strlen(list);
		if (end > list)
			error = find_in(list, end - list, name, path, f);
		if (*end == '\0')
			break;
	}
	return (error);
}

int
module_load(const char *name, const char *type, const char *args)
{
	struct preload *p, **link;
	struct file f;
	char *path, *full = NULL;
	uint64_t addr = 0;
	int error;

	path = xmalloc(PATH_MAX);
	f.memory = 0;
	error = find_module(name, path, &f);
	if (error == 0)
		error = file_expand(&f);
	if (error == 0 && f.size == 0)
		error = BE_TRUNCATED;
	if (error == 0) {
		full = xmalloc(PATH_MAX);
		error = path_absolute(path, full, PATH_MAX);
	}
	if (error == 0) {
		addr = phys_alloc(f.size, PAGE_SIZE, BOOT_MEM_LOADER);
		error = addr == 0 ? BE_NOMEM :
		    file_read(&f, 0, (void *)addr, f.size);
	}
	file_close(&f);
	if (error != 0) {
		printf("%s: %s\n", name, err_string(error));
		if (addr != 0)
			phys_free(addr);
		free(full);
		free(path);
		return (BE_SILENT);
	}
	p = xmalloc(sizeof(*p));
	p->next = NULL;
	p->name = full;
	p->type = xstrdup(type);
	p->args = xstrdup(args != NULL ? args : "");
	p->addr = addr;
	p->size = f.size;
	for (link = &preloads; *link != NULL; link = &(*link)->next)
		continue;
	*link = p;
	printf("Loading %s %lu KB\n", full, (f.size + 1023) / 1024);
	free(path);
	return (0);
}

/* The modules whose <name>_load is YES. */
static void
load_modules(void)
{
	struct var *v, *next;
	const char *name, *type, *args;
	char *stem, key[160];
	size_t len;

	for (v = locals.first; v != NULL; v = next) {
		next = v->next;
		len = strlen(v->name);
		if (len <= 5 || strcmp(v->name + len - 5, "_load") != 0 ||
		    !env_is_yes(v->value))
			continue;
		stem = xstrdup(v->name);
		stem[len - 5] = '\0';
		snprintf(key, sizeof(key), "%s_name", stem);
		name = getenv(key);
		snprintf(key, sizeof(key), "%s_type", stem);
		type = getenv(key);
		snprintf(key, sizeof(key), "%s_flags", stem);
		args = getenv(key);
		if (module_load(name != NULL ? name : stem,
		    type != NULL ? type : "elf module", args) != 0) {
			printf("Unable to load %s/%s\n", path_cwd(),
			    name != NULL ? name : stem);
			cons_wait(1000);
		}
		free(stem);
	}
}

int
load_all(void)
{
	const char *name = getenv("kernelname");
	const char *args = getenv("kernel_options");
	int error;

	if (name == NULL || name[0] == '\0')
		name = getenv("bootfile");
	if (name == NULL || name[0] == '\0')
		name = "kernel";
	error = kernel_load(name, args);
	if (error == 0)
		load_modules();
	return (error);
}
