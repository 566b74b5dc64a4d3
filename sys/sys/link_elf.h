/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the dynamic linker tells debuggers and unwinders.
 */
#ifndef _SYS_LINK_ELF_H_
#define _SYS_LINK_ELF_H_

#include <sys/types.h>
#include <sys/elf32.h>
#include <sys/elf64.h>
#include <machine/elf.h>

/* A loaded object; the list hangs off r_debug. */
typedef struct link_map {
	caddr_t		l_addr;		/* base address */
	const char	*l_name;	/* absolute path */
	const void	*l_ld;		/* its dynamic section */
	struct link_map	*l_next;
	struct link_map	*l_prev;
} Link_map;

struct r_debug {
	int		r_version;	/* not used */
	struct link_map	*r_map;		/* loaded objects */
	void		(*r_brk)(struct r_debug *, struct link_map *);
	enum {
		RT_CONSISTENT,
		RT_ADD,			/* being added to */
		RT_DELETE		/* being deleted from */
	} r_state;
	void		*r_ldbase;	/* base of the linker itself */
};

/* dl_iterate_phdr() */
struct dl_phdr_info {
	Elf_Addr	dlpi_addr;	/* base address */
	const char	*dlpi_name;
	const Elf_Phdr	*dlpi_phdr;
	Elf_Half	dlpi_phnum;
	unsigned long long int dlpi_adds;	/* loads so far */
	unsigned long long int dlpi_subs;	/* unloads so far */
	size_t		dlpi_tls_modid;
	void		*dlpi_tls_data;
};

#ifndef _KERNEL
__BEGIN_DECLS
typedef int (*__dl_iterate_hdr_callback)(struct dl_phdr_info *, size_t, void *);
extern int dl_iterate_phdr(__dl_iterate_hdr_callback, void *);
__END_DECLS
#endif

#endif /* !_SYS_LINK_ELF_H_ */
