/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The screen console: virtual terminals ttyv0-ttyv7 on a VGA text screen or
 * a linear framebuffer, and the PC keyboard.
 *
 *	sc_main.c	terminals, devices, console entry points
 *	sc_term.c	the emulated terminal: a grid of cells and its escapes
 *	sc_vga.c	showing cells in VGA text memory
 *	sc_fb.c		showing cells on a framebuffer
 *	sc_kbd.c	the PS/2 keyboard
 *
 * A terminal's grid and cursor, and the hardware, are under sc_spin, which
 * may be taken by anybody anywhere (kernel messages) and only for a few
 * cells' work.
 */
#ifndef _DEV_SYSCONS_SC_VAR_H_
#define _DEV_SYSCONS_SC_VAR_H_

#include <sys/types.h>
#include <sys/spinlock.h>
#include <sys/stdbool.h>

#define SC_NVT		8	/* virtual terminals */
#define SC_MAXCOLS	240
#define SC_MAXROWS	100
#define SC_HISTORY	500	/* lines kept above the screen */
#define SC_NPARAM	8	/* numbers of an escape sequence */

#define SC_ATTR_NORM	0x07	/* VGA attribute: light grey on black */

struct tty;

/* A cell: character (code page 437), attribute in the upper byte. */
typedef uint16_t sc_cell;

struct sc_term {
	int		cols, rows;	/* (I) after sc_term_init() */
	int		x, y;		/* cursor; x may be cols: wrap pends */
	int		savex, savey;
	int		top, bottom;	/* scrolling region, inclusive */
	u_char		attr;		/* what is written with */
	u_char		reverse, bold;
	u_char		autowrap, hidecursor, appcursor;
	int		state;		/* of the escape parser */
	int		nparam;
	int		param[SC_NPARAM];
	u_char		priv;		/* '?' or '=' seen */
	uint32_t	utf8;		/* character being gathered */
	int		utf8left;
	sc_cell		*grid;		/* rows * cols */
	sc_cell		*history;	/* SC_HISTORY * cols, ring, or NULL */
	int		histhead, histcount;
	int		scrollback;	/* lines shown above the grid's top */
	int		visible;	/* on the screen */
	/* Answers to queries go here, as if typed. */
	void		(*reply)(struct sc_term *t, const char *s);
	void		*arg;
};

/* What a screen can do; called with sc_spin held. */
struct sc_video {
	const char	*name;
	int		cols, rows;
	/* Show n cells from column x of row y on. */
	void		(*draw)(int x, int y, const sc_cell *cells, int n);
	/* Move rows [from, from + n) to row to. NULL: redraw instead. */
	void		(*move)(int from, int to, int n);
	void		(*cursor)(int x, int y, int on, sc_cell under);
};

extern struct spinlock sc_spin;
extern struct sc_video *sc_video;	/* NULL: nothing to draw on */

/* sc_term.c; all under sc_spin. */
void	sc_term_init(struct sc_term *t, int cols, int rows, sc_cell *grid);
void	sc_term_putc(struct sc_term *t, int c);
void	sc_term_redraw(struct sc_term *t);
/* Look lines up (positive) or down; 0: back to the present. */
void	sc_term_scrollback(struct sc_term *t, int lines);

/* Screens: is it there? */
struct sc_video *sc_vga_probe(void);
struct sc_video *sc_fb_probe(void);
/* A framebuffer needs a mapping, which needs memory management. */
void	sc_fb_map(void);

/* sc_kbd.c */
int	sc_kbd_probe(void);
void	sc_kbd_attach(void);
/* Polled: a character or -1. */
int	sc_kbd_checkc(void);
void	sc_kbd_leds(void);
/* A scan code of set 1 from any keyboard; extended: 0xe0 came before it. */
void	sc_kbd_scan(int code, bool extended);

/* sc_main.c, called by the keyboard. */
void	sc_input(const char *s, int n);
void	sc_switch(int vt);
void	sc_scroll(int lines);

#endif /* !_DEV_SYSCONS_SC_VAR_H_ */
