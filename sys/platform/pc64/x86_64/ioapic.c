/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * I/O APICs: lines of the machine to vectors of CPUs.
 *
 * Global system interrupts are numbered across all I/O APICs; an irq of the
 * kernel below ioapic_irqs is such a number.  ISA interrupts are identity
 * mapped, edge triggered and active high unless an override says otherwise;
 * everything else is taken for a PCI line, level triggered and active low.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/atomic.h>
#include <machine/cpufunc.h>
#include <machine/intr_machdep.h>
#include "apicvar.h"

/* Registers are reached through a window: index, then data. */
#define IOREGSEL	0
#define IOWIN		4		/* in units of 4 bytes: offset 0x10 */
#define IOA_VERSION	0x01
#define IOA_REDIRECT	0x10

#define IOART_MASKED	0x00010000
#define IOART_LEVEL	0x00008000
#define IOART_LOW	0x00002000

#define IOAPIC_MAX	64		/* more are ignored, with a message */
#define ISA_IRQS	16

struct ioapic {
	volatile uint32_t *io_base;
	int		io_id;
	int		io_gsi;		/* first interrupt */
	int		io_pins;
};

/* All fields: under ioapic_lock() after start-up. */
struct ioapic_pin {
	struct ioapic	*ip_ioapic;	/* NULL: no such interrupt */
	int		ip_pin;
	uint32_t	ip_low;		/* low word of its entry */
};

int	ioapic_irqs;

static struct ioapic ioapics[IOAPIC_MAX];
static int	nioapics;
static struct ioapic_pin pins[MAX_HARDINTS];
static int	isa_gsi[ISA_IRQS];
static volatile u_int ioapic_busy;

/*
 * Interrupt handlers mask lines: the lock is one that is held with
 * interrupts off, for a few register accesses.
 */
static u_long
ioapic_lock(void)
{
	u_long flags = intr_disable();

	while (!atomic_cmpset_int(&ioapic_busy, 0, 1))
		cpu_pause();
	return (flags);
}

static void
ioapic_unlock(u_long flags)
{
	atomic_store_rel_int(&ioapic_busy, 0);
	intr_restore(flags);
}

static uint32_t
ioapic_read(struct ioapic *io, u_int reg)
{
	io->io_base[IOREGSEL] = reg;
	return (io->io_base[IOWIN]);
}

static void
ioapic_write(struct ioapic *io, u_int reg, uint32_t value)
{
	io->io_base[IOREGSEL] = reg;
	io->io_base[IOWIN] = value;
}

static void
pin_write(struct ioapic_pin *pin)
{
	ioapic_write(pin->ip_ioapic, IOA_REDIRECT + pin->ip_pin * 2,
	    pin->ip_low);
}

void
ioapic_add(int id, vm_paddr_t pa, int gsi_base)
{
	struct ioapic *io;
	int i, irq;

	if (nioapics == IOAPIC_MAX) {
		kprintf("ioapic: more than %d, id %d ignored\n", IOAPIC_MAX,
		    id);
		return;
	}
	if (nioapics == 0) {
		for (i = 0; i < ISA_IRQS; ++i)
			isa_gsi[i] = i;
	}
	io = &ioapics[nioapics++];
	io->io_base = pmap_mapdev(pa, PAGE_SIZE);
	io->io_id = id;
	io->io_gsi = gsi_base;
	io->io_pins = ((ioapic_read(io, IOA_VERSION) >> 16) & 0xff) + 1;
	for (i = 0; i < io->io_pins; ++i) {
		irq = gsi_base + i;
		if (irq >= MAX_HARDINTS)
			break;
		pins[irq].ip_ioapic = io;
		pins[irq].ip_pin = i;
		pins[irq].ip_low = IOART_MASKED;
		if (irq >= ISA_IRQS)
			pins[irq].ip_low |= IOART_LEVEL | IOART_LOW;
		pin_write(&pins[irq]);
		if (ioapic_irqs <= irq)
			ioapic_irqs = irq + 1;
	}
}

void
ioapic_override(int isa_irq, int gsi, enum intr_trigger trig,
    enum intr_polarity pola)
{
	if (isa_irq < 0 || isa_irq >= ISA_IRQS || !ioapic_serves(gsi))
		return;
	isa_gsi[isa_irq] = gsi;
	pins[gsi].ip_low &= ~(IOART_LEVEL | IOART_LOW);
	ioapic_configure(gsi, trig, pola);
}

int
ioapic_isa_gsi(int isa_irq)
{
	if (isa_irq < 0 || isa_irq >= ISA_IRQS || nioapics == 0 ||
	    !ioapic_serves(isa_gsi[isa_irq]))
		return (-1);
	return (isa_gsi[isa_irq]);
}

void
ioapic_init(void)
{
	if (nioapics == 0)
		kprintf("ioapic: none; only message interrupts will work\n");
}

bool
ioapic_serves(int irq)
{
	return (irq >= 0 && irq < ioapic_irqs && pins[irq].ip_ioapic != NULL);
}

bool
ioapic_is_level(int irq)
{
	return ((pins[irq].ip_low & IOART_LEVEL) != 0);
}

void
ioapic_configure(int irq, enum intr_trigger trig, enum intr_polarity pola)
{
	struct ioapic_pin *pin = &pins[irq];
	u_long flags;

	if (!ioapic_serves(irq))
		return;
	flags = ioapic_lock();
	if (trig == INTR_TRIGGER_LEVEL)
		pin->ip_low |= IOART_LEVEL;
	else if (trig == INTR_TRIGGER_EDGE)
		pin->ip_low &= ~IOART_LEVEL;
	if (pola == INTR_POLARITY_LOW)
		pin->ip_low |= IOART_LOW;
	else if (pola == INTR_POLARITY_HIGH)
		pin->ip_low &= ~IOART_LOW;
	pin_write(pin);
	ioapic_unlock(flags);
}

/* Deliver to a vector of a CPU; the mask bit is left as it is. */
void
ioapic_route(int irq, int vector, u_int apicid)
{
	struct ioapic_pin *pin = &pins[irq];
	u_long flags = ioapic_lock();

	pin->ip_low = (pin->ip_low & ~0xffU) | vector;
	ioapic_write(pin->ip_ioapic, IOA_REDIRECT + pin->ip_pin * 2 + 1,
	    apicid << 24);
	pin_write(pin);
	ioapic_unlock(flags);
}

/* Both are called from interrupt handlers as well as from threads. */
void
ioapic_mask(int irq)
{
	struct ioapic_pin *pin = &pins[irq];
	u_long flags = ioapic_lock();

	pin->ip_low |= IOART_MASKED;
	pin_write(pin);
	ioapic_unlock(flags);
}

void
ioapic_unmask(int irq)
{
	struct ioapic_pin *pin = &pins[irq];
	u_long flags = ioapic_lock();

	pin->ip_low &= ~IOART_MASKED;
	pin_write(pin);
	ioapic_unlock(flags);
}

void
i8259_disable(void)
{
	/* Give both a harmless vector base, then mask all lines. */
	outb(0x20, 0x11);
	outb(0x21, IDT_OFFSET);
	outb(0x21, 0x04);
	outb(0x21, 0x01);
	outb(0xa0, 0x11);
	outb(0xa1, IDT_OFFSET + 8);
	outb(0xa1, 0x02);
	outb(0xa1, 0x01);
	outb(0x21, 0xff);
	outb(0xa1, 0xff);
}
