/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two variable spaces: the kernel environment, which the kernel gets,
 * and the local variables of the command language.
 */
#include "boot.h"

struct env kenv, locals;

/* Names without a dot that belong to the kernel environment all the same. */
static const char *const kenv_names[] = {
	"LINES", "acpi_load", "autoboot_delay", "boot_askname", "boot_cdrom",
	"boot_ddb", "boot_gdb", "boot_serial", "boot_single", "boot_verbose",
	"boot_vidcons", "bootfile", "console", "currdev", "default_kernel",
	"dumpdev", "ehci_load", "init_chroot", "init_path", "interpret",
	"kernel_options", "kernelname", "loaddev", "local_modules",
	"module_path", "num_ide_disks", "prompt", "root_disk_unit", "rootdev",
	"xhci_load",
};

static struct var **
env_find(const struct env *env, const char *name)
{
	struct var **link = (struct var **)(uintptr_t)&env->first;

	/* Sorted by name, so that show lists them so. */
	while (*link != NULL && strcmp((*link)->name, name) < 0)
		link = &(*link)->next;
	return (link);
}

const char *
env_get(const struct env *env, const char *name)
{
	struct var *v = *env_find(env, name);

	return (v != NULL && strcmp(v->name, name) == 0 ? v->value : NULL);
}

void
env_set(struct env *env, const char *name, const char *value)
{
	struct var **link = env_find(env, name), *v = *link;
	char *copy = xstrdup(value);

	if (v != NULL && strcmp(v->name, name) == 0) {
		free(v->value);
		v->value = copy;
		return;
	}
	v = xmalloc(sizeof(*v));
	v->name = xstrdup(name);
	v->value = copy;
	v->next = *link;
	*link = v;
}

int
env_unset(struct env *env, const char *name)
{
	struct var **link = env_find(env, name), *v = *link;

	if (v == NULL || strcmp(v->name, name) != 0)
		return (BE_NOENT);
	*link = v->next;
	free(v->name);
	free(v->value);
	free(v);
	return (0);
}

const char *
getenv(const char *name)
{
	const char *value = env_get(&kenv, name);

	return (value != NULL ? value : env_get(&locals, name));
}

bool
env_is_yes(const char *value)
{
	return (value != NULL && (strcmp(value, "yes") == 0 ||
	    strcmp(value, "YES") == 0));
}

/*
 * A line name=value: sets the local variable (an empty value removes it), and
 * the kernel's when the name is one of the kernel's.
 */
void
env_assign(const char *name, const char *value)
{
	size_t i;

	if (fwcfg_overrides(name))
		return;
	if (value[0] == '\0')
		env_unset(&locals, name);
	else
		env_set(&locals, name, value);
	if (strchr(name, '.') != NULL) {
		env_set(&kenv, name, value);
		return;
	}
	for (i = 0; i < nitems(kenv_names); i++) {
		if (strcmp(name, kenv_names[i]) == 0) {
			env_set(&kenv, name, value);
			return;
		}
	}
}
