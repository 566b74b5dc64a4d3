/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between kern_linker.c, which keeps the files linked into the kernel, and
 * link_elf_obj.c, which understands their format.
 */
#ifndef _KERN_LINK_ELF_OBJ_H_
#define _KERN_LINK_ELF_OBJ_H_

#include <sys/types.h>
#include <sys/linker.h>

/* One linker set of a file, checked to lie within it. */
struct elf_set {
	void		**begin;
	void		**end;
};

struct elf_sections;

/* linker_file.priv */
struct elf_file {
	char		*base;		/* image in memory */
	size_t		size;		/* bytes of it */
	const void	*symtab;	/* Elf64_Sym[] */
	long		nsyms;
	int		locals;		/* local symbols are exported: the
					 * kernel's, see link_elf_lookup() */
	const char	*strtab;	/* NUL-terminated at its end */
	size_t		strsz;
	u_long		slide;		/* to be added to symbol values */
	void		*symmem;	/* allocation of the two tables */
	u_long		*got;		/* slots for GOTPCREL relocations */
	long		ngot;
	struct elf_set	metadata;	/* MDT_SETNAME */
	struct elf_set	sysinit;
	struct elf_set	sysuninit;
	struct elf_set	sysctl;
	/* While loading only. */
	const char	*file;		/* the file's bytes */
	size_t		filesize;
	struct elf_sections *sections;
};

/*
 * Bring a relocatable object, whose bytes are at file, into memory: check
 * it, place its sections, resolve what refers to itself.  0 or ENOEXEC,
 * ENOMEM.  link_elf_finish() resolves the rest, through the dependencies of
 * lf, and sets rights; ENOENT if a symbol is missing.  The bytes must stay
 * until then.
 */
int	link_elf_load(linker_file_t lf, const char *file, size_t size);
int	link_elf_finish(linker_file_t lf);
void	link_elf_unload(linker_file_t lf);
/* A global symbol of the file itself; 0: none. */
caddr_t	link_elf_lookup(linker_file_t lf, const char *name);
/* The symbol before an address; ENOENT. */
int	link_elf_search(struct elf_file *ef, caddr_t value,
	    linker_symval_t *sym, long *diffp);
int	link_elf_find(struct elf_file *ef, const char *name,
	    linker_symval_t *sym);
/* Is [p, p + len) within the file's image? */
int	link_elf_inside(struct elf_file *ef, const void *p, size_t len);
/* Is p a string within it? */
int	link_elf_string(struct elf_file *ef, const char *p);

#endif /* !_KERN_LINK_ELF_OBJ_H_ */
