/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread-local storage of the initial thread, and all of it in a static
 * program.
 *
 * _init_tls() is the first thing a program does; until it has, nothing may
 * touch errno.  In a dynamic program the linker lays out the blocks: its
 * _rtld_allocate_tls() takes the place of the weak one here.  In a static
 * program there is one block, described by PT_TLS of the program headers
 * that the kernel points at, directly below the control block.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/tls.h>
#include <machine/elf.h>
#include <machine/tls.h>
#include <link.h>

#include "libc_private.h"
#include "auxv.h"

/* A reference to a variable, as the compiler builds it. */
typedef struct {
	unsigned long	module;
	unsigned long	offset;
} tls_index;

void	*__tls_get_addr(tls_index *);
void	*__tls_get_addr_tcb(struct tls_tcb *, tls_index *);

__thread int errno;

static const Elf_Auxinfo *auxv;
static const Elf_Phdr *tls_phdr;

/* The auxiliary vector lies above the environment the program began with. */
static void
find_auxv(void)
{
	char **p = environ;

	while (*p++ != NULL)
		continue;
	auxv = (const Elf_Auxinfo *)(void *)p;
}

const Elf_Auxinfo *
__auxv_entry(int type)
{
	const Elf_Auxinfo *aux;

	if (auxv == NULL)
		return (NULL);
	for (aux = auxv; aux->a_type != AT_NULL; aux++) {
		if (aux->a_type == type)
			return (aux);
	}
	return (NULL);
}

/* The program's headers, and through *countp their number. */
const Elf_Phdr *
__program_headers(int *countp)
{
	const Elf_Auxinfo *phdr = __auxv_entry(AT_PHDR);
	const Elf_Auxinfo *phnum = __auxv_entry(AT_PHNUM);

	*countp = phnum != NULL && phdr != NULL ? (int)phnum->a_un.a_val : 0;
	return (phdr != NULL ? phdr->a_un.a_ptr : NULL);
}

/* What the program's addresses are off by. */
Elf_Addr
__program_bias(void)
{
	const Elf_Phdr *ph;
	int n;

	ph = __program_headers(&n);
	for (; n > 0; n--, ph++) {
		if (ph->p_type == PT_PHDR)
			return ((Elf_Addr)__auxv_entry(AT_PHDR)->a_un.a_ptr -
			    ph->p_vaddr);
	}
	return (0);
}

static size_t
static_tls_size(size_t *alignp)
{
	size_t align = RTLD_STATIC_TLS_ALIGN;

	if (tls_phdr == NULL) {
		*alignp = align;
		return (0);
	}
	if (tls_phdr->p_align > align)
		align = tls_phdr->p_align;
	*alignp = align;
	return ((tls_phdr->p_memsz + align - 1) & ~(align - 1));
}

/* Block, control block, vector; NULL if there is no memory. */
struct tls_tcb *
_libc_allocate_tls(void)
{
	struct tls_tcb *tcb;
	struct tls_dtv *dtv;
	const char *image;
	size_t size, align, i;
	char *mem, *block;

	size = static_tls_size(&align);
	mem = __sys_mmap(NULL, size + align + sizeof(*tcb) + sizeof(*dtv) +
	    sizeof(void *), PROT_READ | PROT_WRITE, MAP_ANON | MAP_PRIVATE,
	    -1, 0, 0);
	if (mem == MAP_FAILED)
		return (NULL);
	tcb = (struct tls_tcb *)(void *)(((uintptr_t)mem + size + align - 1) &
	    ~(align - 1));
	dtv = (struct tls_dtv *)(void *)(tcb + 1);
	block = (char *)tcb - size;
	if (tls_phdr != NULL) {
		image = (const char *)(__program_bias() + tls_phdr->p_vaddr);
		for (i = 0; i < tls_phdr->p_filesz; i++)
			block[i] = image[i];
	}
	dtv->dtv_generation = 1;
	dtv->dtv_max_index = 1;
	dtv->dtv_offset[0] = block;
	tcb->tcb_self = tcb;
	tcb->tcb_dtv = dtv;
	return (tcb);
}

void
_libc_free_tls(struct tls_tcb *tcb)
{
	size_t size, align;
	uintptr_t start;

	size = static_tls_size(&align);
	start = ((uintptr_t)tcb - size) & ~(uintptr_t)0xfff;
	munmap((void *)start, (uintptr_t)(tcb + 1) + sizeof(struct tls_dtv) +
	    sizeof(void *) - start);
}

__weak_reference(_libc_allocate_tls, _rtld_allocate_tls);
__weak_reference(_libc_free_tls, _rtld_free_tls);

struct tls_tcb *
_init_tls(void)
{
	const Elf_Phdr *ph;
	struct tls_info info;
	struct tls_tcb *tcb;
	int n;

	find_auxv();
	ph = __program_headers(&n);
	for (; n > 0; n--, ph++) {
		if (ph->p_type == PT_TLS)
			tls_phdr = ph;
	}
	tcb = _rtld_allocate_tls();
	if (tcb == NULL)
		__builtin_trap();
	info.base = tcb;
	info.size = -1;
	set_tls_area(TLS_WHICH_FS, &info, sizeof(info));
	return (tcb);
}

/*
 * Reached only in a static program: of the one module, the block is always
 * there.
 */
__weak void *
__tls_get_addr_tcb(struct tls_tcb *tcb, tls_index *ti)
{
	struct tls_dtv *dtv = tcb->tcb_dtv;

	return ((char *)dtv->dtv_offset[ti->module - 1] + ti->offset);
}

__weak void *
__tls_get_addr(tls_index *ti)
{
	return (__tls_get_addr_tcb(tls_get_tcb(), ti));
}
