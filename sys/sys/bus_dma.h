/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that devices read and write by themselves.
 *
 * A tag says what a device can do: the addresses it reaches, alignment,
 * segment sizes.  A map turns one buffer into segments the device can take;
 * pages it cannot reach are replaced by bounce pages that the map owns from
 * its creation on, so that loading never sleeps and never fails for want of
 * memory.  Sync says when the device is about to look and when it is done.
 */
#ifndef _SYS_BUS_DMA_H_
#define _SYS_BUS_DMA_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <machine/bus.h>

struct bus_dma_tag;
struct bus_dmamap;
typedef struct bus_dma_tag *bus_dma_tag_t;
typedef struct bus_dmamap *bus_dmamap_t;

typedef struct bus_dma_segment {
	bus_addr_t	ds_addr;
	bus_size_t	ds_len;
} bus_dma_segment_t;

typedef void bus_dmamap_callback_t(void *arg, bus_dma_segment_t *segs,
	    int nseg, int error);

/* flags */
#define BUS_DMA_WAITOK		0x0000
#define BUS_DMA_NOWAIT		0x0001
#define BUS_DMA_ALLOCNOW	0x0002
#define BUS_DMA_COHERENT	0x0004
#define BUS_DMA_ZERO		0x0008

typedef enum {
	BUS_DMASYNC_PREREAD	= 1,	/* the device will write */
	BUS_DMASYNC_POSTREAD	= 2,
	BUS_DMASYNC_PREWRITE	= 4,	/* the device will read */
	BUS_DMASYNC_POSTWRITE	= 8,
} bus_dmasync_op_t;

/*
 * boundary: no segment crosses a multiple of it (0: none).  The device
 * reaches addresses up to lowaddr (highaddr is accepted and unused: devices
 * with holes in the middle are not known).  The parent, which may be NULL,
 * restricts further.
 */
int	bus_dma_tag_create(bus_dma_tag_t parent, bus_size_t alignment,
	    bus_size_t boundary, bus_addr_t lowaddr, bus_addr_t highaddr,
	    bus_size_t maxsize, int nsegments, bus_size_t maxsegsz,
	    int flags, bus_dma_tag_t *tagp);
int	bus_dma_tag_destroy(bus_dma_tag_t tag);

/* maxsize bytes of contiguous memory the device reaches, and its map. */
int	bus_dmamem_alloc(bus_dma_tag_t tag, void **vaddr, int flags,
	    bus_dmamap_t *mapp);
void	bus_dmamem_free(bus_dma_tag_t tag, void *vaddr, bus_dmamap_t map);

int	bus_dmamap_create(bus_dma_tag_t tag, int flags, bus_dmamap_t *mapp);
int	bus_dmamap_destroy(bus_dma_tag_t tag, bus_dmamap_t map);
/* Any kernel address; EFBIG if it takes more segments than there may be. */
int	bus_dmamap_load_segment(bus_dma_tag_t tag, bus_dmamap_t map,
	    void *buf, bus_size_t len, bus_dma_segment_t *segs, int maxsegs,
	    int *nsegs, int flags);
/* The same, telling the callback, before it returns. */
int	bus_dmamap_load(bus_dma_tag_t tag, bus_dmamap_t map, void *buf,
	    bus_size_t len, bus_dmamap_callback_t *callback, void *arg,
	    int flags);
void	bus_dmamap_sync(bus_dma_tag_t tag, bus_dmamap_t map,
	    bus_dmasync_op_t op);
void	bus_dmamap_unload(bus_dma_tag_t tag, bus_dmamap_t map);

/* All in one for rings and tables: tag, memory and bus address. */
typedef struct bus_dmamem {
	bus_dma_tag_t	dmem_tag;
	bus_dmamap_t	dmem_map;
	void		*dmem_addr;
	bus_addr_t	dmem_busaddr;
} bus_dmamem_t;

int	bus_dmamem_coherent(bus_dma_tag_t parent, bus_size_t alignment,
	    bus_size_t boundary, bus_addr_t lowaddr, bus_addr_t highaddr,
	    bus_size_t maxsize, int flags, bus_dmamem_t *mem);
void	bus_dmamem_coherent_free(bus_dmamem_t *mem);

#endif /* _KERNEL */

#endif /* !_SYS_BUS_DMA_H_ */
