/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory by INT 15h/E820h.  Pages are handed out from the top of what lies
 * between 1 MB and 4 GB, highest first, so that the low part stays whole.
 */
#include <sys/boot_info.h>

#include "../common/boot.h"
#include "bios.h"

#define E820_SMAP	0x534d4150
#define E820_SIZE	24
#define LOW_LIMIT	0x100000UL
#define HIGH_LIMIT	0x100000000UL

struct e820 {
	uint64_t	base;
	uint64_t	length;
	uint32_t	type;
	uint32_t	attributes;
} __attribute__((__packed__));

/*
 * The map lives where the loader's image ends; entries are added until the
 * BIOS has no more or the disk buffer begins (more than a thousand).
 */
extern char _end[];
static struct boot_memory *map;
static size_t map_count, map_max;

static size_t
query(bool store)
{
	struct e820 *e = (struct e820 *)BIOS_PARAMS;
	struct bios_regs r;
	uint32_t next = 0;
	size_t n = 0;

	do {
		memset(&r, 0, sizeof(r));
		memset(e, 0, sizeof(*e));
		e->attributes = 1;
		r.eax = 0xe820;
		r.ebx = next;
		r.ecx = E820_SIZE;
		r.edx = E820_SMAP;
		r.edi = BIOS_PARAMS;
		bios_int(0x15, &r);
		if ((r.eflags & EFLAGS_CF) != 0 || r.eax != E820_SMAP)
			break;
		next = r.ebx;
		if (e->length == 0 || (e->attributes & 1) == 0)
			continue;
		if (store && n < map_max) {
			map[n].bm_base = e->base;
			map[n].bm_length = e->length;
			map[n].bm_type = e->type;
			map[n].bm_reserved = 0;
		}
		n++;
	} while (next != 0);
	return (n);
}

void
bios_memory_init(void)
{
	map = (struct boot_memory *)roundup2((uint64_t)_end, 16UL);
	map_max = (BIOS_BUFFER - (uint64_t)map) / sizeof(*map);
	map_count = query(true);
	if (map_count > map_max)
		map_count = map_max;
}

/* The first allocated or reserved range that overlaps [base, end). */
static bool
overlaps(uint64_t base, uint64_t end, uint64_t *lower)
{
	struct extent *e;
	bool hit = false;
	size_t i;

	for (e = extents; e != NULL; e = e->next) {
		if (e->base < end && base < e->base + e->size) {
			if (!hit || e->base < *lower)
				*lower = e->base;
			hit = true;
		}
	}
	for (i = 0; i < map_count; i++) {
		if (map[i].bm_type == BOOT_MEM_RAM)
			continue;
		if (map[i].bm_base < end &&
		    base < map[i].bm_base + map[i].bm_length) {
			if (!hit || map[i].bm_base < *lower)
				*lower = map[i].bm_base;
			hit = true;
		}
	}
	return (hit);
}

/* The caller's list of extents is what keeps two calls apart. */
uint64_t
fw_phys_alloc(uint64_t size, uint64_t align)
{
	uint64_t best = 0, base, top, bottom, lower;
	size_t i;

	for (i = 0; i < map_count; i++) {
		if (map[i].bm_type != BOOT_MEM_RAM ||
		    map[i].bm_base >= HIGH_LIMIT)
			continue;
		bottom = map[i].bm_base < LOW_LIMIT ? LOW_LIMIT :
		    map[i].bm_base;
		top = map[i].bm_base + map[i].bm_length;
		if (top > HIGH_LIMIT)
			top = HIGH_LIMIT;
		while (top >= bottom + size) {
			base = rounddown2(top - size, align);
			if (base < bottom)
				break;
			lower = base;
			if (!overlaps(base, base + size, &lower)) {
				if (base > best)
					best = base;
				break;
			}
			if (lower >= top)
				break;
			top = lower;
		}
	}
	return (best);
}

void
fw_phys_free(uint64_t base, uint64_t size)
{
}

size_t
fw_memory_hint(void)
{
	return (map_count + 1);
}

/* Page 0 belongs to the BIOS for as long as anybody may call it. */
int
fw_exit(struct memory_list *list)
{
	list->map = xmalloc((map_count + 1) * sizeof(*map));
	memcpy(list->map, map, map_count * sizeof(*map));
	list->count = map_count + 1;
	list->map[map_count].bm_base = 0;
	list->map[map_count].bm_length = PAGE_SIZE;
	list->map[map_count].bm_type = BOOT_MEM_RESERVED;
	list->map[map_count].bm_reserved = 0;
	return (0);
}
