/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The emulated terminal: cons25, and of ANSI X3.64 and xterm what full
 * screen programs use.  Text is UTF-8; what the screen's character set (code
 * page 437) lacks shows as a question mark.
 */
#include <sys/param.h>
#include <sys/systm.h>

#include "sc_var.h"

enum { ST_TEXT, ST_ESC, ST_CSI, ST_CHARSET, ST_OSC, ST_OSC_ESC };

/* ANSI colour numbers to VGA's. */
static const u_char ansi_color[8] = { 0, 4, 2, 6, 1, 5, 3, 7 };

/* Unicode for 0x80-0xff of code page 437 that text is likely to contain. */
static const struct {
	uint16_t	uni;
	u_char		cp437;
} unimap[] = {
	{ 0x00a0, 0xff }, { 0x00a1, 0xad }, { 0x00a2, 0x9b }, { 0x00a3, 0x9c },
	{ 0x00a5, 0x9d }, { 0x00aa, 0xa6 }, { 0x00ab, 0xae }, { 0x00ac, 0xaa },
	{ 0x00b0, 0xf8 }, { 0x00b1, 0xf1 }, { 0x00b2, 0xfd }, { 0x00b5, 0xe6 },
	{ 0x00b7, 0xfa }, { 0x00ba, 0xa7 }, { 0x00bb, 0xaf }, { 0x00bc, 0xac },
	{ 0x00bd, 0xab }, { 0x00bf, 0xa8 }, { 0x00c4, 0x8e }, { 0x00c5, 0x8f },
	{ 0x00c6, 0x92 }, { 0x00c7, 0x80 }, { 0x00c9, 0x90 }, { 0x00d1, 0xa5 },
	{ 0x00d6, 0x99 }, { 0x00dc, 0x9a }, { 0x00df, 0xe1 }, { 0x00e0, 0x85 },
	{ 0x00e1, 0xa0 }, { 0x00e2, 0x83 }, { 0x00e4, 0x84 }, { 0x00e5, 0x86 },
	{ 0x00e6, 0x91 }, { 0x00e7, 0x87 }, { 0x00e8, 0x8a }, { 0x00e9, 0x82 },
	{ 0x00ea, 0x88 }, { 0x00eb, 0x89 }, { 0x00ec, 0x8d }, { 0x00ed, 0xa1 },
	{ 0x00ee, 0x8c }, { 0x00ef, 0x8b }, { 0x00f1, 0xa4 }, { 0x00f2, 0x95 },
	{ 0x00f3, 0xa2 }, { 0x00f4, 0x93 }, { 0x00f6, 0x94 }, { 0x00f7, 0xf6 },
	{ 0x00f9, 0x97 }, { 0x00fa, 0xa3 }, { 0x00fb, 0x96 }, { 0x00fc, 0x81 },
	{ 0x00ff, 0x98 }, { 0x2013, '-' }, { 0x2014, '-' }, { 0x2018, '\'' },
	{ 0x2019, '\'' }, { 0x201c, '"' }, { 0x201d, '"' }, { 0x2022, 0xf9 },
	{ 0x2026, 0xfa }, { 0x2500, 0xc4 }, { 0x2502, 0xb3 }, { 0x250c, 0xda },
	{ 0x2510, 0xbf }, { 0x2514, 0xc0 }, { 0x2518, 0xd9 }, { 0x251c, 0xc3 },
	{ 0x2524, 0xb4 }, { 0x252c, 0xc2 }, { 0x2534, 0xc1 }, { 0x253c, 0xc5 },
	{ 0x2550, 0xcd }, { 0x2551, 0xba }, { 0x2554, 0xc9 }, { 0x2557, 0xbb },
	{ 0x255a, 0xc8 }, { 0x255d, 0xbc }, { 0x2588, 0xdb }, { 0x2591, 0xb0 },
	{ 0x2592, 0xb1 }, { 0x2593, 0xb2 }, { 0x25a0, 0xfe },
};

static u_char
uni_to_cp437(uint32_t c)
{
	int i;

	if (c < 0x80)
		return (c);
	for (i = 0; i < (int)nitems(unimap); i++) {
		if (unimap[i].uni == c)
			return (unimap[i].cp437);
	}
	return ('?');
}

void
sc_term_init(struct sc_term *t, int cols, int rows, sc_cell *grid)
{
	int i;

	t->cols = cols;
	t->rows = rows;
	t->grid = grid;
	t->bottom = rows - 1;
	t->attr = SC_ATTR_NORM;
	t->autowrap = 1;
	for (i = 0; i < cols * rows; i++)
		grid[i] = ' ' | SC_ATTR_NORM << 8;
}

/* The attribute as shown: bold brightens, reverse exchanges. */
static u_char
cur_attr(struct sc_term *t)
{
	u_char a = t->attr;

	if (t->bold)
		a |= 0x08;
	if (t->reverse)
		a = (a & 0x88) | (a & 0x07) << 4 | (a & 0x70) >> 4;
	return (a);
}

static sc_cell
blank(struct sc_term *t)
{
	return (' ' | (t->attr & 0x77) << 8);
}

static int
on_screen(struct sc_term *t)
{
	return (t->visible && t->scrollback == 0 && sc_video != NULL);
}

static void
show(struct sc_term *t, int x, int y, int n)
{
	if (on_screen(t))
		sc_video->draw(x, y, &t->grid[y * t->cols + x], n);
}

static void
cursor(struct sc_term *t, int on)
{
	int x = MIN(t->x, t->cols - 1);

	if (on_screen(t))
		sc_video->cursor(x, t->y, on && !t->hidecursor,
		    t->grid[t->y * t->cols + x]);
}

/* Line n above the grid's top (1: the newest). */
static sc_cell *
history_line(struct sc_term *t, int n)
{
	return (&t->history[((t->histhead - n + SC_HISTORY) % SC_HISTORY) *
	    t->cols]);
}

void
sc_term_redraw(struct sc_term *t)
{
	int y;

	if (!t->visible || sc_video == NULL)
		return;
	for (y = 0; y < t->rows; y++) {
		if (y < t->scrollback)
			sc_video->draw(0, y,
			    history_line(t, t->scrollback - y), t->cols);
		else
			sc_video->draw(0, y,
			    &t->grid[(y - t->scrollback) * t->cols],
			    t->cols);
	}
	if (t->scrollback == 0)
		cursor(t, 1);
	else
		sc_video->cursor(0, 0, 0, t->grid[0]);
}

void
sc_term_scrollback(struct sc_term *t, int lines)
{
	int n = lines == 0 ? 0 : t->scrollback + lines;

	n = MIN(MAX(n, 0), t->histcount);
	if (n != t->scrollback) {
		t->scrollback = n;
		sc_term_redraw(t);
	}
}

static void
clear_cells(struct sc_term *t, int x, int y, int n)
{
	sc_cell b = blank(t), *p = &t->grid[y * t->cols + x];
	int i;

	for (i = 0; i < n; i++)
		p[i] = b;
	for (; n > 0; n -= i, x = 0, y++) {
		i = MIN(n, t->cols - x);
		show(t, x, y, i);
	}
}

/* Rows [top, bottom] go up by n; blank ones come in below. */
static void
scroll_up(struct sc_term *t, int top, int bottom, int n)
{
	int i, keep;

	n = MIN(n, bottom - top + 1);
	keep = bottom - top + 1 - n;
	if (top == 0 && t->history != NULL) {
		for (i = 0; i < n; i++) {
			bcopy(&t->grid[i * t->cols],
			    &t->history[t->histhead * t->cols],
			    t->cols * sizeof(sc_cell));
			t->histhead = (t->histhead + 1) % SC_HISTORY;
			t->histcount = MIN(t->histcount + 1, SC_HISTORY);
		}
	}
	memmove(&t->grid[top * t->cols], &t->grid[(top + n) * t->cols],
	    keep * t->cols * sizeof(sc_cell));
	if (keep > 0 && on_screen(t)) {
		if (sc_video->move != NULL) {
			sc_video->move(top + n, top, keep);
		} else {
			for (i = 0; i < keep; i++)
				show(t, 0, top + i, t->cols);
		}
	}
	clear_cells(t, 0, top + keep, n * t->cols);
}

static void
scroll_down(struct sc_term *t, int top, int bottom, int n)
{
	int i, keep;

	n = MIN(n, bottom - top + 1);
	keep = bottom - top + 1 - n;
	memmove(&t->grid[(top + n) * t->cols], &t->grid[top * t->cols],
	    keep * t->cols * sizeof(sc_cell));
	for (i = 0; i < keep; i++)
		show(t, 0, top + n + i, t->cols);
	clear_cells(t, 0, top, n * t->cols);
}

static void
newline(struct sc_term *t)
{
	if (t->y == t->bottom)
		scroll_up(t, t->top, t->bottom, 1);
	else if (t->y < t->rows - 1)
		t->y++;
}

static void
put_cell(struct sc_term *t, u_char c)
{
	if (t->x >= t->cols) {
		if (t->autowrap) {
			t->x = 0;
			newline(t);
		} else {
			t->x = t->cols - 1;
		}
	}
	t->grid[t->y * t->cols + t->x] = c | cur_attr(t) << 8;
	show(t, t->x, t->y, 1);
	t->x++;
}

/* ---- escape sequences ---- */

static void
sgr(struct sc_term *t)
{
	int i, p;

	for (i = 0; i == 0 || i < t->nparam; i++) {
		p = t->param[i];
		if (p == 0) {
			t->attr = SC_ATTR_NORM;
			t->bold = t->reverse = 0;
		} else if (p == 1) {
			t->bold = 1;
		} else if (p == 22) {
			t->bold = 0;
		} else if (p == 7) {
			t->reverse = 1;
		} else if (p == 27) {
			t->reverse = 0;
		} else if (p >= 30 && p <= 37) {
			t->attr = (t->attr & 0xf8) | ansi_color[p - 30];
		} else if (p == 39) {
			t->attr = (t->attr & 0xf8) | 0x07;
		} else if (p >= 40 && p <= 47) {
			t->attr = (t->attr & 0x8f) | ansi_color[p - 40] << 4;
		} else if (p == 49) {
			t->attr &= 0x8f;
		} else if (p >= 90 && p <= 97) {
			t->attr = (t->attr & 0xf0) | ansi_color[p - 90] | 8;
		}
	}
}

static void
erase_display(struct sc_term *t)
{
	int pos = t->y * t->cols + MIN(t->x, t->cols - 1);

	switch (t->param[0]) {
	case 0:
		clear_cells(t, pos % t->cols, t->y, t->cols * t->rows - pos);
		break;
	case 1:
		clear_cells(t, 0, 0, pos + 1);
		break;
	default:
		clear_cells(t, 0, 0, t->cols * t->rows);
		break;
	}
}

static void
erase_line(struct sc_term *t)
{
	int x = MIN(t->x, t->cols - 1);

	switch (t->param[0]) {
	case 0:
		clear_cells(t, x, t->y, t->cols - x);
		break;
	case 1:
		clear_cells(t, 0, t->y, x + 1);
		break;
	default:
		clear_cells(t, 0, t->y, t->cols);
		break;
	}
}

/* Insert (n > 0) or delete characters at the cursor. */
static void
shift_line(struct sc_term *t, int n)
{
	int x = MIN(t->x, t->cols - 1), rest = t->cols - x;
	sc_cell *p = &t->grid[t->y * t->cols + x];

	if (n > 0) {
		n = MIN(n, rest);
		memmove(p + n, p, (rest - n) * sizeof(*p));
		show(t, x, t->y, rest);
		clear_cells(t, x, t->y, n);
	} else {
		n = MIN(-n, rest);
		memmove(p, p + n, (rest - n) * sizeof(*p));
		show(t, x, t->y, rest);
		clear_cells(t, t->cols - n, t->y, n);
	}
}

static void
report(struct sc_term *t)
{
	char buf[24];

	if (t->reply == NULL)
		return;
	if (t->param[0] == 6)
		ksnprintf(buf, sizeof(buf), "\033[%d;%dR", t->y + 1,
		    MIN(t->x, t->cols - 1) + 1);
	else
		ksnprintf(buf, sizeof(buf), "\033[0n");
	t->reply(t, buf);
}

static void
set_mode(struct sc_term *t, int on)
{
	if (t->priv != '?')
		return;
	switch (t->param[0]) {
	case 1:
		t->appcursor = on;
		break;
	case 7:
		t->autowrap = on;
		break;
	case 25:
		t->hidecursor = !on;
		break;
	}
}

static void
csi(struct sc_term *t, int c)
{
	int n = MAX(t->param[0], 1);

	if (t->priv != 0 && c != 'h' && c != 'l')
		return;
	switch (c) {
	case 'A':
		t->y = MAX(t->y - n, t->y >= t->top ? t->top : 0);
		break;
	case 'B':
	case 'e':
		t->y = MIN(t->y + n, t->y <= t->bottom ? t->bottom :
		    t->rows - 1);
		break;
	case 'C':
	case 'a':
		t->x = MIN(t->x + n, t->cols - 1);
		break;
	case 'D':
		t->x = MAX(MIN(t->x, t->cols - 1) - n, 0);
		break;
	case 'E':
		t->x = 0;
		t->y = MIN(t->y + n, t->rows - 1);
		break;
	case 'F':
		t->x = 0;
		t->y = MAX(t->y - n, 0);
		break;
	case 'G':
	case '`':
		t->x = MIN(n, t->cols) - 1;
		break;
	case 'H':
	case 'f':
		t->y = MIN(n, t->rows) - 1;
		t->x = MIN(MAX(t->param[1], 1), t->cols) - 1;
		break;
	case 'd':
		t->y = MIN(n, t->rows) - 1;
		break;
	case 'J':
		erase_display(t);
		break;
	case 'K':
		erase_line(t);
		break;
	case 'L':
		if (t->y >= t->top && t->y <= t->bottom)
			scroll_down(t, t->y, t->bottom, n);
		break;
	case 'M':
		if (t->y > t->top && t->y <= t->bottom)
			scroll_up(t, t->y, t->bottom, n);
		else if (t->y == t->top)
			scroll_up(t, t->top, t->bottom, n);
		break;
	case 'S':
		scroll_up(t, t->top, t->bottom, n);
		break;
	case 'T':
		scroll_down(t, t->top, t->bottom, n);
		break;
	case '@':
		shift_line(t, n);
		break;
	case 'P':
		shift_line(t, -n);
		break;
	case 'X':
		n = MIN(n, t->cols - MIN(t->x, t->cols - 1));
		clear_cells(t, MIN(t->x, t->cols - 1), t->y, n);
		break;
	case 'm':
		sgr(t);
		break;
	case 'n':
		report(t);
		break;
	case 'c':
		if (t->reply != NULL)
			t->reply(t, "\033[?1;2c");
		break;
	case 'r':
		t->top = n - 1;
		t->bottom = t->param[1] > 0 ? t->param[1] - 1 : t->rows - 1;
		if (t->bottom >= t->rows || t->top >= t->bottom) {
			t->top = 0;
			t->bottom = t->rows - 1;
		}
		t->x = t->y = 0;
		break;
	case 's':
		t->savex = t->x;
		t->savey = t->y;
		break;
	case 'u':
		t->x = t->savex;
		t->y = t->savey;
		break;
	case 'h':
	case 'l':
		set_mode(t, c == 'h');
		break;
	}
}

static void
escape(struct sc_term *t, int c)
{
	t->state = ST_TEXT;
	switch (c) {
	case '[':
		t->state = ST_CSI;
		t->nparam = 0;
		t->priv = 0;
		bzero(t->param, sizeof(t->param));
		break;
	case ']':
		t->state = ST_OSC;
		break;
	case '(':
	case ')':
		t->state = ST_CHARSET;
		break;
	case '7':
		t->savex = t->x;
		t->savey = t->y;
		break;
	case '8':
		t->x = t->savex;
		t->y = t->savey;
		break;
	case 'D':
		newline(t);
		break;
	case 'E':
		t->x = 0;
		newline(t);
		break;
	case 'M':
		if (t->y == t->top)
			scroll_down(t, t->top, t->bottom, 1);
		else if (t->y > 0)
			t->y--;
		break;
	case 'c':
		t->attr = SC_ATTR_NORM;
		t->bold = t->reverse = t->hidecursor = t->appcursor = 0;
		t->top = 0;
		t->bottom = t->rows - 1;
		t->x = t->y = 0;
		clear_cells(t, 0, 0, t->cols * t->rows);
		break;
	}
}

static void
control(struct sc_term *t, int c)
{
	switch (c) {
	case '\b':
		if (t->x > 0)
			t->x = MIN(t->x, t->cols) - 1;
		break;
	case '\t':
		t->x = MIN((t->x + 8) & ~7, t->cols - 1);
		break;
	case '\n':
	case '\v':
	case '\f':
		newline(t);
		break;
	case '\r':
		t->x = 0;
		break;
	case 033:
		t->state = ST_ESC;
		break;
	}
}

/* A byte of text: UTF-8, gathered. */
static void
text(struct sc_term *t, int c)
{
	if (c < 0x80) {
		t->utf8left = 0;
		put_cell(t, c);
	} else if (c >= 0xc0) {
		t->utf8left = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
		t->utf8 = c & (0x3f >> t->utf8left);
	} else if (t->utf8left > 0) {
		t->utf8 = t->utf8 << 6 | (c & 0x3f);
		if (--t->utf8left == 0)
			put_cell(t, uni_to_cp437(t->utf8));
	} else {
		put_cell(t, c);		/* plain code page 437 */
	}
}

void
sc_term_putc(struct sc_term *t, int c)
{
	c &= 0xff;
	cursor(t, 0);
	if (t->state == ST_OSC) {
		/* A title or the like, up to BEL or ESC \. */
		if (c == '\a')
			t->state = ST_TEXT;
		else if (c == 033)
			t->state = ST_OSC_ESC;
	} else if (t->state == ST_OSC_ESC) {
		t->state = c == '\\' ? ST_TEXT : ST_OSC;
	} else if (c < ' ' || c == 0x7f) {
		control(t, c);
	} else if (t->state == ST_TEXT) {
		text(t, c);
	} else if (t->state == ST_ESC) {
		escape(t, c);
	} else if (t->state == ST_CHARSET) {
		t->state = ST_TEXT;
	} else if (c >= '0' && c <= '9') {
		if (t->nparam == 0)
			t->nparam = 1;
		if (t->param[t->nparam - 1] < 10000)
			t->param[t->nparam - 1] =
			    t->param[t->nparam - 1] * 10 + c - '0';
	} else if (c == ';') {
		if (t->nparam == 0)
			t->nparam = 1;
		if (t->nparam < SC_NPARAM)
			t->nparam++;
	} else if (c == '?' || c == '=' || c == '>') {
		t->priv = c;
	} else {
		t->state = ST_TEXT;
		csi(t, c);
	}
	cursor(t, 1);
}
