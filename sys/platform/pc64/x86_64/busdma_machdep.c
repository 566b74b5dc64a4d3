/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bus_dma on a PC: devices see physical addresses, caches are coherent; what
 * remains is cutting buffers into segments and bouncing pages that a device
 * with too few address bits cannot reach.  A map belongs to one request at a
 * time and needs no lock; tags do not change.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/bus_dma.h>
#include <sys/errno.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/stdbool.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/pmap.h>

struct bus_dma_tag {
	bus_size_t	alignment;
	bus_size_t	boundary;
	bus_addr_t	lowaddr;
	bus_size_t	maxsize;
	int		nsegments;
	bus_size_t	maxsegsz;
};

struct bounce {
	char		*page;		/* reachable by the device */
	char		*data;		/* the data's place in it */
	char		*orig;		/* what it stands for; NULL: unused */
	bus_size_t	len;
};

struct bus_dmamap {
	struct bounce	*bounce;	/* NULL: the device reaches all */
	int		nbounce;
	int		used;
};

static MALLOC_DEFINE(M_BUSDMA, "busdma", "DMA tags, maps, bounce pages");

static bus_size_t
min_nonzero(bus_size_t a, bus_size_t b)
{
	return (a == 0 ? b : b == 0 ? a : MIN(a, b));
}

int
bus_dma_tag_create(bus_dma_tag_t parent, bus_size_t alignment,
    bus_size_t boundary, bus_addr_t lowaddr, bus_addr_t highaddr,
    bus_size_t maxsize, int nsegments, bus_size_t maxsegsz, int flags,
    bus_dma_tag_t *tagp)
{
	struct bus_dma_tag *t;

	if (nsegments == 0 || (alignment & (alignment - 1)) != 0)
		return (EINVAL);
	t = kmalloc(sizeof(*t), M_BUSDMA, M_WAITOK | M_ZERO);
	t->alignment = MAX(alignment, 1);
	t->boundary = boundary;
	t->lowaddr = lowaddr;
	t->maxsize = maxsize;
	t->nsegments = nsegments;
	t->maxsegsz = maxsegsz;
	if (parent != NULL) {
		t->lowaddr = MIN(t->lowaddr, parent->lowaddr);
		t->boundary = min_nonzero(t->boundary, parent->boundary);
		t->alignment = MAX(t->alignment, parent->alignment);
	}
	*tagp = t;
	return (0);
}

int
bus_dma_tag_destroy(bus_dma_tag_t tag)
{
	kfree(tag, M_BUSDMA);
	return (0);
}

int
bus_dmamem_alloc(bus_dma_tag_t tag, void **vaddr, int flags,
    bus_dmamap_t *mapp)
{
	int mflags = (flags & BUS_DMA_NOWAIT) != 0 ? M_NOWAIT : M_WAITOK;

	if ((flags & BUS_DMA_ZERO) != 0)
		mflags |= M_ZERO;
	*mapp = NULL;
	*vaddr = contigmalloc(round_page(tag->maxsize), M_BUSDMA, mflags, 0,
	    tag->lowaddr, MAX(tag->alignment, PAGE_SIZE), tag->boundary);
	return (*vaddr != NULL ? 0 : ENOMEM);
}

void
bus_dmamem_free(bus_dma_tag_t tag, void *vaddr, bus_dmamap_t map)
{
	contigfree(vaddr, round_page(tag->maxsize), M_BUSDMA);
}

int
bus_dmamap_destroy(bus_dma_tag_t tag, bus_dmamap_t map)
{
	int i;

	for (i = 0; i < map->nbounce; i++)
		contigfree(map->bounce[i].page, PAGE_SIZE, M_BUSDMA);
	kfree(map->bounce, M_BUSDMA);
	kfree(map, M_BUSDMA);
	return (0);
}

int
bus_dmamap_create(bus_dma_tag_t tag, int flags, bus_dmamap_t *mapp)
{
	struct bus_dmamap *map;
	char *page;
	int n;

	map = kmalloc(sizeof(*map), M_BUSDMA, M_WAITOK | M_ZERO);
	if (tag->lowaddr < ptoa((vm_paddr_t)Maxmem) - 1) {
		/* One more than the pages of an unaligned buffer. */
		n = howmany(tag->maxsize, PAGE_SIZE) + 1;
		map->bounce = kmalloc(n * sizeof(*map->bounce), M_BUSDMA,
		    M_WAITOK | M_ZERO);
		for (; map->nbounce < n; map->nbounce++) {
			page = contigmalloc(PAGE_SIZE, M_BUSDMA, M_WAITOK, 0,
			    tag->lowaddr, PAGE_SIZE, 0);
			if (page == NULL) {
				bus_dmamap_destroy(tag, map);
				return (ENOMEM);
			}
			map->bounce[map->nbounce].page = page;
		}
	}
	*mapp = map;
	return (0);
}

/* Add [pa, pa + len) to the segments, split and joined as the tag demands. */
static int
add_segment(bus_dma_tag_t tag, bus_dma_segment_t *segs, int maxsegs, int *n,
    bus_addr_t pa, bus_size_t len)
{
	bus_size_t piece, mask = tag->boundary - 1;
	bus_dma_segment_t *last;

	while (len > 0) {
		piece = MIN(len, tag->maxsegsz);
		if (tag->boundary != 0 && ((pa ^ (pa + piece - 1)) & ~mask))
			piece = tag->boundary - (pa & mask);
		last = *n > 0 ? &segs[*n - 1] : NULL;
		if (last != NULL && last->ds_addr + last->ds_len == pa &&
		    last->ds_len + piece <= tag->maxsegsz &&
		    (tag->boundary == 0 || ((last->ds_addr ^
		    (pa + piece - 1)) & ~mask) == 0)) {
			last->ds_len += piece;
		} else {
			if (*n == maxsegs)
				return (EFBIG);
			segs[*n].ds_addr = pa;
			segs[*n].ds_len = piece;
			(*n)++;
		}
		pa += piece;
		len -= piece;
	}
	return (0);
}

int
bus_dmamap_load_segment(bus_dma_tag_t tag, bus_dmamap_t map, void *buf,
    bus_size_t len, bus_dma_segment_t *segs, int maxsegs, int *nsegs,
    int flags)
{
	struct bounce *b;
	char *p = buf;
	bus_addr_t pa;
	bus_size_t piece;
	bool unaligned;
	int error = 0;

	if (len > tag->maxsize)
		return (EINVAL);
	*nsegs = 0;
	if (map != NULL)
		map->used = 0;
	while (len > 0 && error == 0) {
		piece = MIN(len, PAGE_SIZE - ((vm_offset_t)p & PAGE_MASK));
		pa = vtophys(p);
		unaligned = (pa & (tag->alignment - 1)) != 0 && p == buf;
		if (pa + piece - 1 > tag->lowaddr || unaligned) {
			if (map == NULL || map->used == map->nbounce)
				return (EFBIG);
			b = &map->bounce[map->used++];
			b->orig = p;
			b->len = piece;
			/* Offsets stay: some devices count in pages. */
			b->data = b->page + (unaligned ? 0 : pa & PAGE_MASK);
			pa = vtophys(b->data);
		}
		error = add_segment(tag, segs, MIN(maxsegs, tag->nsegments),
		    nsegs, pa, piece);
		p += piece;
		len -= piece;
	}
	return (error);
}

int
bus_dmamap_load(bus_dma_tag_t tag, bus_dmamap_t map, void *buf,
    bus_size_t len, bus_dmamap_callback_t *callback, void *arg, int flags)
{
	bus_dma_segment_t *segs;
	int error, n = 0;

	segs = kmalloc(tag->nsegments * sizeof(*segs), M_BUSDMA,
	    (flags & BUS_DMA_NOWAIT) != 0 ? M_NOWAIT : M_WAITOK);
	if (segs == NULL)
		return (ENOMEM);
	error = bus_dmamap_load_segment(tag, map, buf, len, segs,
	    tag->nsegments, &n, flags);
	callback(arg, segs, n, error);
	kfree(segs, M_BUSDMA);
	return (0);
}

void
bus_dmamap_sync(bus_dma_tag_t tag, bus_dmamap_t map, bus_dmasync_op_t op)
{
	struct bounce *b;
	int i;

	if (map != NULL && (op & (BUS_DMASYNC_PREWRITE |
	    BUS_DMASYNC_POSTREAD)) != 0) {
		for (i = 0; i < map->used; i++) {
			b = &map->bounce[i];
			if ((op & BUS_DMASYNC_PREWRITE) != 0)
				memcpy(b->data, b->orig, b->len);
			else
				memcpy(b->orig, b->data, b->len);
		}
	}
	cpu_mfence();
}

void
bus_dmamap_unload(bus_dma_tag_t tag, bus_dmamap_t map)
{
	if (map != NULL)
		map->used = 0;
}

int
bus_dmamem_coherent(bus_dma_tag_t parent, bus_size_t alignment,
    bus_size_t boundary, bus_addr_t lowaddr, bus_addr_t highaddr,
    bus_size_t maxsize, int flags, bus_dmamem_t *mem)
{
	int error;

	memset(mem, 0, sizeof(*mem));
	error = bus_dma_tag_create(parent, alignment, boundary, lowaddr,
	    highaddr, maxsize, 1, maxsize, flags, &mem->dmem_tag);
	if (error != 0)
		return (error);
	error = bus_dmamem_alloc(mem->dmem_tag, &mem->dmem_addr, flags,
	    &mem->dmem_map);
	if (error != 0) {
		bus_dma_tag_destroy(mem->dmem_tag);
		mem->dmem_tag = NULL;
		return (error);
	}
	mem->dmem_busaddr = vtophys(mem->dmem_addr);
	return (0);
}

void
bus_dmamem_coherent_free(bus_dmamem_t *mem)
{
	if (mem->dmem_tag == NULL)
		return;
	bus_dmamem_free(mem->dmem_tag, mem->dmem_addr, mem->dmem_map);
	bus_dma_tag_destroy(mem->dmem_tag);
	mem->dmem_tag = NULL;
}
