/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Handing over to the kernel: struct boot_info, the memory map, page tables,
 * the jump.  <sys/boot_info.h> is the contract.
 */
#include <sys/boot_info.h>

#include "boot.h"

#define PTE_PRESENT	0x001UL
#define PTE_WRITE	0x002UL
#define PTE_LARGE	0x080UL
#define PTE_RW		(PTE_PRESENT | PTE_WRITE)
#define LARGE_PAGE	0x200000UL
#define IDENTITY_GB	4
#define STACK_SIZE	(16 * 1024UL)
#define MAP_SLACK	64

struct handover {
	struct boot_info *info;
	uint64_t	*pml4;
	uint64_t	code;		/* the trampoline's page */
	uint64_t	stack;		/* its top */
	struct boot_memory *map;
	size_t		map_max;
};

static void *
page_alloc(size_t size)
{
	void *p = (void *)phys_alloc(size, PAGE_SIZE, BOOT_MEM_LOADER);

	if (p != NULL)
		memset(p, 0, roundup2(size, PAGE_SIZE));
	return (p);
}

/* One block for all strings; the heap does not survive. */
static uint64_t
string_copy(const char *s)
{
	static char *at, *end;
	size_t len = strlen(s) + 1, block;
	char *p;

	if ((size_t)(end - at) < len) {
		block = len < PAGE_SIZE ? PAGE_SIZE : roundup2(len, PAGE_SIZE);
		at = page_alloc(block);
		if (at == NULL) {
			end = NULL;
			return (0);
		}
		end = at + block;
	}
	p = memcpy(at, s, len);
	at += len;
	return ((uint64_t)p);
}

/* vfs.root.mountfrom from the boot file system's /etc/fstab. */
static void
root_from_fstab(void)
{
	char *text, *line, *next, *field[3], value[128];
	int n;

	if (getenv("vfs.root.mountfrom") != NULL ||
	    file_slurp("/etc/fstab", &text, 65536) != 0)
		return;
	for (line = text; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		for (n = 0; n < 3; n++) {
			while (*line == ' ' || *line == '\t')
				line++;
			field[n] = line;
			while (*line != '\0' && *line != ' ' && *line != '\t')
				line++;
			if (*line != '\0')
				*line++ = '\0';
		}
		if (field[0][0] == '#' || strcmp(field[1], "/") != 0 ||
		    field[2][0] == '\0')
			continue;
		snprintf(value, sizeof(value), "%s:%s", field[2], field[0]);
		env_set(&kenv, "vfs.root.mountfrom", value);
		break;
	}
	free(text);
}

/* The path as the running system will see it: no device, /boot in front. */
static void
system_path(const char *loaded, char *buf, size_t len)
{
	const char *path = strchr(loaded, ':');

	path = path != NULL ? path + 1 : loaded;
	buf[0] = '\0';
	if (strncmp(path, "/boot/", 6) != 0)
		strlcpy(buf, "/boot", len);
	strlcat(buf, path, len);
}

static void
kernel_variables(void)
{
	char path[PATH_MAX], *slash;
	const char *local = getenv("local_modules");

	root_from_fstab();
	system_path(kernel.name, path, sizeof(path));
	env_set(&kenv, "kernelname", path);
	slash = strrchr(path, '/');
	if (slash != NULL)
		*slash = '\0';
	if (strcmp(path, "/boot") == 0)
		strlcat(path, "/modules", sizeof(path));
	if (local == NULL || env_is_yes(local))
		strlcat(path, ";/boot/modules.local", sizeof(path));
	env_set(&kenv, "module_path", path);
}

static int
build_env(struct boot_info *info)
{
	struct var *v;
	size_t size = 2;
	char *p;

	for (v = kenv.first; v != NULL; v = v->next)
		size += strlen(v->name) + strlen(v->value) + 2;
	p = page_alloc(size);
	if (p == NULL)
		return (BE_NOMEM);
	info->bi_env = (uint64_t)p;
	for (v = kenv.first; v != NULL; v = v->next) {
		p += snprintf(p, size, "%s=%s", v->name, v->value);
		*p++ = '\0';
	}
	*p++ = '\0';
	info->bi_env_size = (uint64_t)p - info->bi_env;
	return (0);
}

static int
build_modules(struct boot_info *info)
{
	struct boot_module *m;
	struct preload *p;
	char path[PATH_MAX];
	size_t n = 0;

	for (p = preloads; p != NULL; p = p->next)
		n++;
	info->bi_modules_count = n;
	if (n == 0)
		return (0);
	m = page_alloc(n * sizeof(*m));
	if (m == NULL)
		return (BE_NOMEM);
	info->bi_modules = (uint64_t)m;
	for (p = preloads; p != NULL; p = p->next, m++) {
		system_path(p->name, path, sizeof(path));
		m->bmod_addr = p->addr;
		m->bmod_size = p->size;
		m->bmod_name = string_copy(path);
		m->bmod_type = string_copy(p->type);
		m->bmod_args = string_copy(p->args);
		if (m->bmod_name == 0 || m->bmod_type == 0 ||
		    m->bmod_args == 0)
			return (BE_NOMEM);
	}
	return (0);
}

/* The first 4 GB one to one, and the image; all in 2 MB pages. */
static int
build_page_tables(struct handover *h)
{
	uint64_t *pml4, *low, *high, *pd, *image, i, va;

	pml4 = page_alloc((4 + IDENTITY_GB) * PAGE_SIZE);
	if (pml4 == NULL)
		return (BE_NOMEM);
	low = pml4 + 512;
	high = low + 512;
	image = high + 512;
	pd = image + 512;
	pml4[0] = (uint64_t)low | PTE_RW;
	for (i = 0; i < IDENTITY_GB; i++)
		low[i] = (uint64_t)(pd + 512 * i) | PTE_RW;
	for (i = 0; i < IDENTITY_GB * 512; i++)
		pd[i] = i * LARGE_PAGE | PTE_RW | PTE_LARGE;
	/* BOOT_KERNEL_VIRTLIMIT confines the image to one directory. */
	va = kernel.virt;
	pml4[va >> 39 & 511] = (uint64_t)high | PTE_RW;
	high[va >> 30 & 511] = (uint64_t)image | PTE_RW;
	for (i = 0; i < roundup2(kernel.size, LARGE_PAGE); i += LARGE_PAGE)
		image[(va + i) >> 21 & 511] = (kernel.phys + i) | PTE_RW |
		    PTE_LARGE;
	h->pml4 = pml4;
	return (0);
}

static int
prepare(struct handover *h, const char *flags)
{
	struct boot_info *info;
	struct extent *e;
	size_t len = trampoline_end - trampoline;
	uint64_t stack;
	int error;

	info = page_alloc(sizeof(*info));
	h->code = (uint64_t)page_alloc(len);
	stack = (uint64_t)page_alloc(STACK_SIZE);
	if (info == NULL || h->code == 0 || stack == 0)
		return (BE_NOMEM);
	h->info = info;
	h->stack = stack + STACK_SIZE;
	memcpy((void *)h->code, trampoline, len);

	info->bi_magic = BOOT_INFO_MAGIC;
	info->bi_version = BOOT_INFO_VERSION;
	info->bi_size = sizeof(*info);
	info->bi_howto = boot_howto(flags);
	info->bi_kernel_phys = kernel.phys;
	info->bi_kernel_virt = kernel.virt;
	info->bi_kernel_size = kernel.size;
	info->bi_kernel_name = string_copy(getenv("kernelname"));
	info->bi_symtab = kernel.symtab;
	info->bi_symtab_size = kernel.symtab_size;
	info->bi_strtab = kernel.strtab;
	info->bi_strtab_size = kernel.strtab_size;
	info->bi_tsc_start = boot_tsc();
	entropy_fill(info->bi_seed, sizeof(info->bi_seed));
	fw_fill_info(info);

	error = build_env(info);
	if (error == 0)
		error = build_modules(info);
	if (error == 0)
		error = build_page_tables(h);
	if (error != 0)
		return (error);
	h->map_max = MAP_SLACK;
	for (e = extents; e != NULL; e = e->next)
		h->map_max += 2;
	h->map_max += 2 * fw_memory_hint();
	h->map = page_alloc(h->map_max * sizeof(*h->map));
	return (h->map != NULL ? 0 : BE_NOMEM);
}

/* Where reports overlap, the more careful one counts. */
static int
type_rank(uint32_t type)
{
	switch (type) {
	case BOOT_MEM_KERNEL:
	case BOOT_MEM_LOADER:	return (7);
	case BOOT_MEM_BAD:	return (6);
	case BOOT_MEM_ACPI_NVS:	return (4);
	case BOOT_MEM_EFI_RUNTIME: return (3);
	case BOOT_MEM_ACPI_RECLAIM: return (2);
	case BOOT_MEM_RAM:	return (1);
	default:		return (5);
	}
}

static void
consider(uint64_t base, uint64_t size, uint32_t type, uint64_t at,
    uint64_t *next, uint32_t *best)
{
	uint64_t end = base + size;

	if (type == BOOT_MEM_RAM) {
		base = roundup2(base, PAGE_SIZE);
		end = rounddown2(end, PAGE_SIZE);
	}
	if (end <= base || end <= at)
		return;
	if (base > at) {
		if (base < *next)
			*next = base;
		return;
	}
	if (end < *next)
		*next = end;
	if (*best == 0 || type_rank(type) > type_rank(*best))
		*best = type;
}

/*
 * Merges the firmware's list and our extents into a sorted map without
 * overlaps: walk from boundary to boundary, take the highest rank each time.
 */
static void
build_map(struct handover *h, const struct memory_list *list)
{
	struct boot_memory *m = h->map;
	struct extent *e;
	uint64_t at, next;
	uint32_t best;
	size_t i, n = 0;

	for (at = 0; ; at = next) {
		next = UINT64_MAX;
		best = 0;
		for (i = 0; i < list->count; i++)
			consider(list->map[i].bm_base, list->map[i].bm_length,
			    list->map[i].bm_type, at, &next, &best);
		for (e = extents; e != NULL; e = e->next) {
			if (e->type != BOOT_MEM_RAM)
				consider(e->base, e->size, e->type, at, &next,
				    &best);
		}
		if (next == UINT64_MAX)
			break;
		if (best == 0)
			continue;
		if (n > 0 && m[n - 1].bm_type == best &&
		    m[n - 1].bm_base + m[n - 1].bm_length == at) {
			m[n - 1].bm_length += next - at;
		} else if (n < h->map_max) {
			m[n].bm_base = at;
			m[n].bm_length = next - at;
			m[n].bm_type = best;
			n++;
		}
	}
	h->info->bi_memory = (uint64_t)m;
	h->info->bi_memory_count = n;
}

/* Returns only on failure. */
int
kernel_boot(const char *flags)
{
	typedef void jump_fn(struct boot_info *, uint64_t *, uint64_t,
	    uint64_t) __attribute__((__sysv_abi__));
	struct handover h;
	struct memory_list list;
	int error;

	kernel_variables();
	memset(&h, 0, sizeof(h));
	error = elf_relocate_kernel();
	if (error == 0)
		error = prepare(&h, flags);
	if (error != 0)
		return (error);
	printf("Starting the kernel ...\n");
	error = fw_exit(&list);
	if (error != 0)
		return (error);
	build_map(&h, &list);
	((jump_fn *)h.code)(h.info, h.pml4, h.stack,
	    kernel.virt + kernel.entry);
	__builtin_unreachable();
}
