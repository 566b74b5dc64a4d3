/* SPDX-License-Identifier: BSD-2-Clause */
/* What link_elf_obj.c asks of the kernel, in terms of test_link.c's host. */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/linker.h>
#include <sys/malloc.h>
#include <vm/vm.h>
#include <vm/vm_kern.h>
#include <vm/pmap.h>
#include "link_elf_obj.h"

void	*host_alloc(unsigned long size);
void	host_free(void *ptr);
void	*host_map(unsigned long size);
void	host_unmap(void *ptr, unsigned long size);
int	host_load(const char *file, unsigned long size);

void *
kmalloc(size_t size, struct malloc_type *type, int flags)
{
	void *p = host_alloc(size);

	if (flags & M_ZERO)
		__builtin_memset(p, 0, size);
	return (p);
}

void
kfree(void *ptr, struct malloc_type *type)
{
	host_free(ptr);
}

void malloc_init(void *type) { }
void malloc_uninit(void *type) { }
void pmap_kprotect(vm_offset_t sva, vm_offset_t eva, vm_prot_t prot) { }
int kprintf(const char *fmt, ...) { return (0); }

vm_offset_t
kmem_alloc_module(vm_size_t size)
{
	return ((vm_offset_t)host_map(size));
}

void
kmem_free_module(vm_offset_t addr, vm_size_t size)
{
	host_unmap((void *)addr, size);
}

/* Only "outside" is there, somewhere within reach. */
caddr_t
linker_file_lookup_symbol(linker_file_t lf, const char *name, int deps)
{
	return (strcmp(name, "outside") == 0 || strcmp(name,
	    "module_register_init") == 0 ? lf->address : NULL);
}

/* Load, look around, unload; the error. */
int
host_load(const char *file, unsigned long size)
{
	struct linker_file lf = { .filename = "sample.ko" };
	linker_symval_t sym;
	long diff;
	int error;

	error = link_elf_load(&lf, file, size);
	if (error == 0)
		error = link_elf_finish(&lf);
	if (error == 0) {
		if (link_elf_lookup(&lf, "sample_function") != NULL &&
		    link_elf_search(lf.priv, lf.address + 8, &sym, &diff) == 0)
			error = 0;
		else
			error = -1;
	}
	link_elf_unload(&lf);
	return (error);
}
