/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nlist(3): the values of symbols of an ELF file.  getobjformat(3).
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <elf.h>
#include <fcntl.h>
#include <nlist.h>
#include <objformat.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

struct file {
	const char	*base;
	size_t		size;
};

static bool
within(const struct file *f, uint64_t off, uint64_t n)
{
	return (off <= f->size && n <= f->size - off);
}

static unsigned char
old_type(const Elf64_Ehdr *eh, const Elf64_Shdr *sections,
    const Elf64_Sym *sym)
{
	unsigned char type = N_ABS;
	const Elf64_Shdr *sh;

	if (sym->st_shndx == SHN_UNDEF)
		type = N_UNDF;
	else if (sym->st_shndx == SHN_COMMON)
		type = N_COMM;
	else if (sym->st_shndx < eh->e_shnum) {
		sh = &sections[sym->st_shndx];
		type = sh->sh_flags & SHF_EXECINSTR ? N_TEXT :
		    sh->sh_type == SHT_NOBITS ? N_BSS : N_DATA;
	}
	if (ELF64_ST_BIND(sym->st_info) != STB_LOCAL)
		type |= N_EXT;
	return (type);
}

/* Looks in one symbol table; how many names remain unknown. */
static int
search(const struct file *f, const Elf64_Ehdr *eh, const Elf64_Shdr *sections,
    const Elf64_Shdr *symtab, struct nlist *list)
{
	const Elf64_Shdr *strtab;
	const Elf64_Sym *sym;
	const char *names;
	struct nlist *n;
	uint64_t i, count;
	int left = 0;

	if (symtab->sh_link >= eh->e_shnum)
		return (-1);
	strtab = &sections[symtab->sh_link];
	if (!within(f, symtab->sh_offset, symtab->sh_size) ||
	    !within(f, strtab->sh_offset, strtab->sh_size) ||
	    strtab->sh_size == 0 || symtab->sh_offset % 8 != 0 ||
	    f->base[strtab->sh_offset + strtab->sh_size - 1] != '\0')
		return (-1);
	names = f->base + strtab->sh_offset;
	sym = (const void *)(f->base + symtab->sh_offset);
	count = symtab->sh_size / sizeof(*sym);
	for (i = 0; i < count; i++, sym++) {
		if (sym->st_name == 0 || sym->st_name >= strtab->sh_size)
			continue;
		for (n = list; n->n_un.n_name != NULL &&
		    n->n_un.n_name[0] != '\0'; n++) {
			if (n->n_type != 0 || n->n_value != 0 ||
			    strcmp(n->n_un.n_name, names + sym->st_name) != 0)
				continue;
			n->n_value = sym->st_value;
			n->n_type = old_type(eh, sections, sym);
			n->n_other = (char)sym->st_other;
		}
	}
	for (n = list; n->n_un.n_name != NULL && n->n_un.n_name[0] != '\0';
	    n++)
		left += n->n_type == 0 && n->n_value == 0;
	return (left);
}

static int
read_symbols(const struct file *f, struct nlist *list)
{
	const Elf64_Ehdr *eh = (const void *)f->base;
	const Elf64_Shdr *sections;
	int i, left = -1, r;

	if (f->size < sizeof(*eh) || memcmp(eh->e_ident, ELFMAG, SELFMAG) !=
	    0 || eh->e_ident[EI_CLASS] != ELFCLASS64 ||
	    eh->e_shentsize != sizeof(*sections) || eh->e_shoff % 8 != 0 ||
	    !within(f, eh->e_shoff, (uint64_t)eh->e_shnum *
	    sizeof(*sections)))
		return (-1);
	sections = (const void *)(f->base + eh->e_shoff);
	for (i = 0; i < eh->e_shnum && left != 0; i++) {
		if (sections[i].sh_type != SHT_SYMTAB &&
		    sections[i].sh_type != SHT_DYNSYM)
			continue;
		r = search(f, eh, sections, &sections[i], list);
		if (r >= 0)
			left = r;
	}
	return (left);
}

/*
 * Fills in the list, which ends in an empty name.  The number of names that
 * were not found, or -1 if the file has no symbols that can be read.
 */
int
nlist(const char *path, struct nlist *list)
{
	struct file f;
	struct nlist *n;
	struct stat st;
	void *map;
	int fd, r;

	for (n = list; n->n_un.n_name != NULL && n->n_un.n_name[0] != '\0';
	    n++) {
		n->n_type = 0;
		n->n_other = 0;
		n->n_desc = 0;
		n->n_value = 0;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return (-1);
	if (fstat(fd, &st) != 0 || st.st_size == 0) {
		close(fd);
		return (-1);
	}
	map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		return (-1);
	f = (struct file){ map, (size_t)st.st_size };
	r = read_symbols(&f, list);
	munmap(map, (size_t)st.st_size);
	return (r);
}

/* There has only been one format for a long time. */
int
getobjformat(char *buf, size_t size, int *argc, char **argv)
{
	if (strlcpy(buf, "elf", size) >= size)
		return (-1);
	return (3);
}
