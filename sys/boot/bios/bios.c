/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The BIOS side of the loader: entry, keyboard, VGA text screen, time,
 * ACPI and SMBIOS roots.
 */
#include <sys/boot_info.h>

#include "../common/boot.h"
#include "bios.h"

#define VGA_TEXT	0xb8000UL
#define VGA_COLS	80
#define VGA_ROWS	25
#define VGA_ATTR	0x0700
#define CRTC_INDEX	0x3d4
#define CRTC_DATA	0x3d5
#define CRTC_CURSOR_HI	0x0e
#define CRTC_CURSOR_LO	0x0f
#define TICKS_PER_DAY	0x1800b0
#define TICK_US		54925		/* 18.2065 Hz */
#define PIT_CH0		0x40

const char fw_name[] = "BIOS";
int bios_boot_drive;

extern struct bios_regs bios_frame;
extern uint8_t bios_vector;
void bios_call(void);

static unsigned row, col;
static bool have_text;

void
bios_int(int vector, struct bios_regs *r)
{
	bios_frame = *r;
	bios_vector = vector;
	bios_call();
	*r = bios_frame;
}

void
bios_halt(void)
{
	bios_vector = 0;
	bios_call();
}

void
bios_main(int drive)
{
	bios_boot_drive = drive;
	bios_memory_init();
	loader_main();
}

static volatile uint16_t *
vga(void)
{
	return ((volatile uint16_t *)VGA_TEXT);
}

static void
cursor(void)
{
	unsigned at = row * VGA_COLS + col;

	outb(CRTC_INDEX, CRTC_CURSOR_HI);
	outb(CRTC_DATA, at >> 8);
	outb(CRTC_INDEX, CRTC_CURSOR_LO);
	outb(CRTC_DATA, at & 0xff);
}

void
fw_screen_init(void)
{
	struct bios_regs r;
	unsigned mode;

	memset(&r, 0, sizeof(r));
	r.eax = 0x0003;			/* 80x25 colour text */
	bios_int(0x10, &r);
	__asm volatile("movzbl (%1), %0" : "=r" (mode) : "r" (BIOS_BDA_MODE));
	have_text = (mode == 2 || mode == 3);
	fw_screen_clear();
}

void
fw_screen_clear(void)
{
	unsigned i;

	if (!have_text)
		return;
	for (i = 0; i < VGA_ROWS * VGA_COLS; i++)
		vga()[i] = VGA_ATTR | ' ';
	row = col = 0;
	cursor();
}

static void
scroll(void)
{
	unsigned i;

	for (i = 0; i < (VGA_ROWS - 1) * VGA_COLS; i++)
		vga()[i] = vga()[i + VGA_COLS];
	for (; i < VGA_ROWS * VGA_COLS; i++)
		vga()[i] = VGA_ATTR | ' ';
}

void
fw_screen_putc(int c)
{
	if (!have_text)
		return;
	if (c == '\n') {
		row++;
	} else if (c == '\r') {
		col = 0;
	} else if (c == '\b') {
		if (col > 0)
			col--;
	} else {
		vga()[row * VGA_COLS + col] = VGA_ATTR | (c & 0xff);
		if (++col == VGA_COLS) {
			col = 0;
			row++;
		}
	}
	if (row == VGA_ROWS) {
		scroll();
		row--;
	}
	cursor();
}

int
fw_key_poll(void)
{
	struct bios_regs r;

	memset(&r, 0, sizeof(r));
	r.eax = 0x1100;
	bios_int(0x16, &r);
	if ((r.eflags & EFLAGS_ZF) != 0)
		return (-1);
	memset(&r, 0, sizeof(r));
	r.eax = 0x1000;
	bios_int(0x16, &r);
	switch (r.eax >> 8 & 0xff) {
	case 0x48:			/* up */
		return (16);
	case 0x50:			/* down */
		return (14);
	}
	return ((r.eax & 0xff) != 0 ? (int)(r.eax & 0x7f) : -1);
}

void
fw_pause(bool idle)
{
	if (idle)
		bios_halt();
}

/* The BIOS's tick counter; good enough for a countdown. */
uint64_t
fw_milliseconds(void)
{
	static uint32_t last;
	static uint64_t days;
	uint32_t ticks;

	__asm volatile("movl (%1), %0" : "=r" (ticks) : "r" (BIOS_BDA_TICKS));
	if (ticks < last)
		days++;
	last = ticks;
	return ((days * TICKS_PER_DAY + ticks) * TICK_US / 1000);
}

size_t
fw_entropy(uint8_t *buf, size_t len)
{
	size_t i;

	/* The phase of the timer against our own progress. */
	for (i = 0; i < len; i++) {
		outb(PIT_CH0 + 3, 0);
		buf[i] = inb(PIT_CH0);
		buf[i] ^= inb(PIT_CH0) ^ (uint8_t)rdtsc();
	}
	return (len);
}

static uint64_t
find_signature(uint64_t from, uint64_t to, const char *sig, size_t len)
{
	for (; from < to; from += 16) {
		if (memcmp((const void *)from, sig, len) == 0)
			return (from);
	}
	return (0);
}

static bool
rsdp_valid(uint64_t pa)
{
	const uint8_t *p = (const uint8_t *)pa;
	uint8_t sum = 0;
	int i;

	for (i = 0; i < 20; i++)
		sum += p[i];
	return (sum == 0);
}

void
fw_fill_info(struct boot_info *info)
{
	uint16_t segment;
	uint64_t ebda, pa;

	info->bi_firmware = BOOT_FIRMWARE_BIOS;
	__asm volatile("movw (%1), %0" : "=r" (segment) : "r" (BIOS_BDA_EBDA));
	ebda = (uint64_t)segment << 4;
	pa = ebda >= 0x400 ? find_signature(ebda, ebda + 1024, "RSD PTR ", 8) :
	    0;
	if (pa == 0 || !rsdp_valid(pa))
		pa = find_signature(0xe0000, 0x100000, "RSD PTR ", 8);
	if (pa != 0 && rsdp_valid(pa))
		info->bi_rsdp = pa;
	pa = find_signature(0xf0000, 0x100000, "_SM3_", 5);
	if (pa == 0)
		pa = find_signature(0xf0000, 0x100000, "_SM_", 4);
	info->bi_smbios = pa;
}

void
fw_quit(void)
{
	struct bios_regs r;

	memset(&r, 0, sizeof(r));
	bios_int(0x18, &r);
}

void
fw_reset(void)
{
	/* Keyboard controller first, then the chip set's reset register. */
	outb(0x64, 0xfe);
	for (unsigned i = 0; i < 1000; i++)
		inb(0x80);
	outb(0xcf9, 0x02);
	outb(0xcf9, 0x06);
	for (;;)
		__asm volatile("cli; hlt");
}
