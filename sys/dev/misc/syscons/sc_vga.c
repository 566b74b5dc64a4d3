/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * VGA text mode 3: 80 by 25 cells at 0xb8000, cursor by the CRT controller.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/boot_info.h>

#include <cpu/cpufunc.h>
#include <machine/md_var.h>
#include <machine/vmparam.h>

#include "sc_var.h"

#define VGA_TEXT	0xb8000
#define VGA_COLS	80
#define VGA_ROWS	25
#define CRTC_INDEX	0x3d4
#define CRTC_DATA	0x3d5
#define CRTC_CUR_START	0x0a	/* bit 5: cursor off */
#define CRTC_CUR_HIGH	0x0e
#define CRTC_CUR_LOW	0x0f

static volatile sc_cell *vga_mem;

static void
vga_draw(int x, int y, const sc_cell *cells, int n)
{
	volatile sc_cell *p = vga_mem + y * VGA_COLS + x;

	while (n-- > 0)
		*p++ = *cells++;
}

static void
vga_move(int from, int to, int n)
{
	volatile sc_cell *d = vga_mem + to * VGA_COLS;
	volatile sc_cell *s = vga_mem + from * VGA_COLS;
	int i;

	for (i = 0; i < n * VGA_COLS; i++)
		d[i] = s[i];
}

static void
crtc(int reg, int val)
{
	outb(CRTC_INDEX, reg);
	outb(CRTC_DATA, val);
}

static void
vga_cursor(int x, int y, int on, sc_cell under)
{
	int pos = y * VGA_COLS + x;

	if (!on)
		return;		/* it is moved before it is seen */
	crtc(CRTC_CUR_HIGH, pos >> 8);
	crtc(CRTC_CUR_LOW, pos & 0xff);
}

static struct sc_video vga_video = {
	.name = "VGA text",
	.cols = VGA_COLS,
	.rows = VGA_ROWS,
	.draw = vga_draw,
	.move = vga_move,
	.cursor = vga_cursor,
};

struct sc_video *
sc_vga_probe(void)
{
	if (boot_info.bi_firmware != BOOT_FIRMWARE_BIOS ||
	    boot_info.bi_fb.bfb_addr != 0)
		return (NULL);
	vga_mem = (volatile sc_cell *)PHYS_TO_DMAP(VGA_TEXT);
	/* Memory that holds what is written: there is an adapter. */
	vga_mem[0] = 0x0741;
	if (vga_mem[0] != 0x0741)
		return (NULL);
	vga_mem[0] = 0x075a;
	if (vga_mem[0] != 0x075a)
		return (NULL);
	crtc(CRTC_CUR_START, 13);
	return (&vga_video);
}
