/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Access to device registers: a tag says whether a handle is an I/O port or
 * the kernel address of mapped memory.
 */
#ifndef _MACHINE_BUS_H_
#define _MACHINE_BUS_H_

#include <sys/types.h>
#include <machine/cpufunc.h>

typedef int		bus_space_tag_t;
typedef u_long		bus_space_handle_t;
typedef u_long		bus_size_t;
typedef u_long		bus_addr_t;

#define BUS_SPACE_IO	0
#define BUS_SPACE_MEM	1
#define X86_64_BUS_SPACE_IO	BUS_SPACE_IO
#define X86_64_BUS_SPACE_MEM	BUS_SPACE_MEM

#define BUS_SPACE_MAXADDR_24BIT	0xffffffUL
#define BUS_SPACE_MAXADDR_32BIT	0xffffffffUL
#define BUS_SPACE_MAXADDR	0xffffffffffffffffUL
#define BUS_SPACE_MAXSIZE_32BIT	0xffffffffUL
#define BUS_SPACE_MAXSIZE	0xffffffffffffffffUL
#define BUS_SPACE_UNRESTRICTED	(~0)

#define BUS_SPACE_BARRIER_READ	0x01
#define BUS_SPACE_BARRIER_WRITE	0x02

#define BUS_SPACE_ACCESS_(bits, n, type, in, out)			\
static __inline type							\
bus_space_read_##n(bus_space_tag_t t, bus_space_handle_t h,		\
    bus_size_t o)							\
{									\
	if (t == BUS_SPACE_IO)						\
		return (in(h + o));					\
	return (*(volatile type *)(h + o));				\
}									\
									\
static __inline void							\
bus_space_write_##n(bus_space_tag_t t, bus_space_handle_t h,		\
    bus_size_t o, type v)						\
{									\
	if (t == BUS_SPACE_IO)						\
		out(h + o, v);						\
	else								\
		*(volatile type *)(h + o) = v;				\
}

BUS_SPACE_ACCESS_(8, 1, uint8_t, inb, outb)
BUS_SPACE_ACCESS_(16, 2, uint16_t, inw, outw)
BUS_SPACE_ACCESS_(32, 4, uint32_t, inl, outl)
#undef BUS_SPACE_ACCESS_

/* Memory only; ports have no 64-bit access. */
static __inline uint64_t
bus_space_read_8(bus_space_tag_t t, bus_space_handle_t h, bus_size_t o)
{
	return (*(volatile uint64_t *)(h + o));
}

static __inline void
bus_space_write_8(bus_space_tag_t t, bus_space_handle_t h, bus_size_t o,
    uint64_t v)
{
	*(volatile uint64_t *)(h + o) = v;
}

/* The processor keeps uncached accesses in order; the compiler must too. */
static __inline void
bus_space_barrier(bus_space_tag_t t, bus_space_handle_t h, bus_size_t o,
    bus_size_t len, int flags)
{
	cpu_mfence();
}

#endif /* !_MACHINE_BUS_H_ */
