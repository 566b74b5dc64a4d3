/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PS/2 keyboard behind the 8042 controller, scan code set 1, American
 * layout.  Interrupt driven once attached; before that, and in the debugger,
 * sc_kbd_checkc() polls.
 *
 * Alt-F1 to Alt-F8 change the terminal, Shift-PageUp and -PageDown look at
 * what has scrolled away, and so do the cursor keys while Scroll Lock is on;
 * Control-Alt-Delete asks init to reboot.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/interrupt.h>
#include <sys/proc.h>
#include <sys/signalvar.h>
#include <sys/thread2.h>

#include <cpu/cpufunc.h>
#include <machine/intr_machdep.h>

#include "sc_var.h"

#define SC_PAGE		12	/* lines of a page back */
#define SC_HISTORY_ALL	(1 << 20) /* more than there are */

#define KBD_DATA	0x60
#define KBD_STATUS	0x64	/* read */
#define KBD_COMMAND	0x64	/* write */
#define KBDS_OUT_FULL	0x01	/* a byte to be read */
#define KBDS_IN_FULL	0x02	/* not ready for one */
#define KBDS_AUX	0x20	/* it is the mouse's */
#define KBDC_GET_CONFIG	0x20
#define KBDC_SET_CONFIG	0x60
#define KBDC_ENABLE	0xae
#define KBD_CFG_IRQ	0x01
#define KBD_CFG_DISABLE	0x10
#define KBD_CFG_XLATE	0x40	/* set 2 to set 1 */
#define KBDK_SET_LEDS	0xed
#define KBDK_ENABLE	0xf4
#define KBD_IRQ		1
#define KBD_PATIENCE	100000

#define SCAN_ESC	0x01
#define SCAN_LCTRL	0x1d
#define SCAN_LSHIFT	0x2a
#define SCAN_RSHIFT	0x36
#define SCAN_ALT	0x38
#define SCAN_CAPS	0x3a
#define SCAN_NUMLOCK	0x45
#define SCAN_SCROLLLOCK	0x46
#define SCAN_F1		0x3b
#define SCAN_F10	0x44
#define SCAN_HOME	0x47
#define SCAN_UP		0x48
#define SCAN_PGUP	0x49
#define SCAN_LEFT	0x4b
#define SCAN_RIGHT	0x4d
#define SCAN_END	0x4f
#define SCAN_DOWN	0x50
#define SCAN_PGDN	0x51
#define SCAN_INS	0x52
#define SCAN_DEL	0x53
#define SCAN_F11	0x57
#define SCAN_F12	0x58
#define SCAN_RELEASE	0x80

static const char keys_plain[] =
    "\0\0331234567890-=\177\tqwertyuiop[]\r\0asdfghjkl;'`\0\\zxcvbnm,./\0"
    "*\0 ";
static const char keys_shift[] =
    "\0\033!@#$%^&*()_+\177\tQWERTYUIOP{}\r\0ASDFGHJKL:\"~\0|ZXCVBNM<>?\0"
    "*\0 ";

/* (t) kbd_token, or whoever polls in the debugger. */
static struct lwkt_token kbd_token = LWKT_TOKEN_INITIALIZER(kbd_token);
static int	kbd_present, kbd_shift, kbd_ctrl, kbd_alt, kbd_caps, kbd_e0;
static int	kbd_num, kbd_scroll;

static int
kbd_wait_ready(void)
{
	int i;

	for (i = 0; i < KBD_PATIENCE; i++) {
		if ((inb(KBD_STATUS) & KBDS_IN_FULL) == 0)
			return (1);
	}
	return (0);
}

static int
kbd_read(void)
{
	int i;

	for (i = 0; i < KBD_PATIENCE; i++) {
		if (inb(KBD_STATUS) & KBDS_OUT_FULL)
			return (inb(KBD_DATA));
	}
	return (-1);
}

static void
kbd_command(int cmd)
{
	if (kbd_wait_ready())
		outb(KBD_COMMAND, cmd);
}

static void
kbd_data(int val)
{
	if (kbd_wait_ready())
		outb(KBD_DATA, val);
}

int
sc_kbd_probe(void)
{
	int cfg, i;

	if (inb(KBD_STATUS) == 0xff)
		return (0);		/* nothing there */
	for (i = 0; i < 64 && (inb(KBD_STATUS) & KBDS_OUT_FULL); i++)
		inb(KBD_DATA);
	kbd_command(KBDC_GET_CONFIG);
	cfg = kbd_read();
	if (cfg < 0)
		return (0);
	cfg = (cfg | KBD_CFG_IRQ | KBD_CFG_XLATE) & ~KBD_CFG_DISABLE;
	kbd_command(KBDC_SET_CONFIG);
	kbd_data(cfg);
	kbd_command(KBDC_ENABLE);
	kbd_data(KBDK_ENABLE);
	kbd_read();			/* its acknowledgement */
	kbd_present = 1;
	return (1);
}

void
sc_kbd_leds(void)
{
	kbd_data(KBDK_SET_LEDS);
	kbd_data((kbd_caps ? 4 : 0) | (kbd_num ? 2 : 0) |
	    (kbd_scroll ? 1 : 0));
}

/* Keys that send sequences, as cons25 has them. */
static const char *
kbd_sequence(int code)
{
	static char fkey[] = "\033[M";

	switch (code) {
	case SCAN_UP:
		return ("\033[A");
	case SCAN_DOWN:
		return ("\033[B");
	case SCAN_RIGHT:
		return ("\033[C");
	case SCAN_LEFT:
		return ("\033[D");
	case SCAN_HOME:
		return ("\033[H");
	case SCAN_END:
		return ("\033[F");
	case SCAN_PGUP:
		return ("\033[I");
	case SCAN_PGDN:
		return ("\033[G");
	case SCAN_INS:
		return ("\033[L");
	case SCAN_DEL:
		return ("\177");
	}
	if (code >= SCAN_F1 && code <= SCAN_F10) {
		fkey[2] = 'M' + code - SCAN_F1;
		return (fkey);
	}
	if (code == SCAN_F11 || code == SCAN_F12) {
		fkey[2] = 'W' + code - SCAN_F11;
		return (fkey);
	}
	return (NULL);
}

/* Modifier keys: nonzero if code was one. */
static int
kbd_modifier(int code, int down)
{
	switch (code) {
	case SCAN_LSHIFT:
	case SCAN_RSHIFT:
		if (!kbd_e0)
			kbd_shift = down;
		return (1);
	case SCAN_LCTRL:
		kbd_ctrl = down;
		return (1);
	case SCAN_ALT:
		kbd_alt = down;
		return (1);
	case SCAN_CAPS:
		if (down) {
			kbd_caps = !kbd_caps;
			sc_kbd_leds();
		}
		return (1);
	case SCAN_NUMLOCK:
		if (down && !kbd_e0) {
			kbd_num = !kbd_num;
			sc_kbd_leds();
		}
		return (1);
	case SCAN_SCROLLLOCK:
		if (down && !kbd_e0) {
			kbd_scroll = !kbd_scroll;
			sc_kbd_leds();
			if (!kbd_scroll)
				sc_scroll(0);
		}
		return (1);
	}
	return (0);
}

/* With Scroll Lock: moves what is seen; zero if the key is another. */
static int
kbd_scroll_key(int code)
{
	switch (code) {
	case SCAN_UP:
		sc_scroll(1);
		return (1);
	case SCAN_DOWN:
		sc_scroll(-1);
		return (1);
	case SCAN_PGUP:
		sc_scroll(SC_PAGE);
		return (1);
	case SCAN_PGDN:
		sc_scroll(-SC_PAGE);
		return (1);
	case SCAN_HOME:
		sc_scroll(SC_HISTORY_ALL);
		return (1);
	case SCAN_END:
		sc_scroll(-SC_HISTORY_ALL);
		return (1);
	}
	return (0);
}

/* The keypad's digits while Num Lock is on, or -1. */
static int
kbd_keypad(int code)
{
	static const char digits[] = "789-456+1230.";

	if (!kbd_num || kbd_shift || kbd_e0 || code < SCAN_HOME ||
	    code >= SCAN_HOME + (int)sizeof(digits) - 1)
		return (-1);
	return (digits[code - SCAN_HOME]);
}

/* The plain character of a key, or -1. */
static int
kbd_char(int code)
{
	int c;

	if (code >= (int)sizeof(keys_plain) - 1)
		return (-1);
	c = (u_char)(kbd_shift ? keys_shift : keys_plain)[code];
	if (c == 0)
		return (-1);
	if (kbd_caps && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
		c ^= 0x20;
	if (kbd_ctrl) {
		if (c == ' ' || c == '2')
			return (0);
		if (c == '?' || c == '/')
			return (c == '?' ? 0x7f : 0x1f);
		if (c >= '@')
			c &= 0x1f;
	}
	return (c);
}

static void
kbd_key(int code)
{
	const char *seq;
	char buf[2];
	int c;

	if (kbd_alt && code >= SCAN_F1 && code < SCAN_F1 + SC_NVT) {
		sc_switch(code - SCAN_F1);
		return;
	}
	if (kbd_ctrl && kbd_alt && code == SCAN_DEL) {
		if (initproc != NULL)
			ksignal(initproc, SIGINT);
		return;
	}
	if (kbd_ctrl && kbd_alt && code == SCAN_ESC) {
		console_break();
		return;
	}
	if (kbd_shift && (code == SCAN_PGUP || code == SCAN_PGDN)) {
		sc_scroll(code == SCAN_PGUP ? SC_PAGE : -SC_PAGE);
		return;
	}
	if (kbd_scroll && kbd_scroll_key(code))
		return;
	/* The keypad without Num Lock is another set of cursor keys. */
	if ((c = kbd_keypad(code)) >= 0) {
		sc_input(&(char){ c }, 1);
		return;
	}
	if (code == 0x1c && kbd_e0) {
		c = '\r';
	} else if ((seq = kbd_sequence(code)) != NULL) {
		sc_input(seq, strlen(seq));
		return;
	} else {
		c = code == 0x4a ? '-' : code == 0x4e ? '+' : kbd_char(code);
	}
	if (c < 0)
		return;
	buf[0] = '\033';
	buf[1] = c;
	if (kbd_alt)
		sc_input(buf, 2);
	else
		sc_input(buf + 1, 1);
}

void
sc_kbd_scan(int code, bool extended)
{
	lwkt_gettoken(&kbd_token);
	kbd_e0 = extended;
	if (!kbd_modifier(code & 0x7f, (code & SCAN_RELEASE) == 0) &&
	    (code & SCAN_RELEASE) == 0)
		kbd_key(code);
	lwkt_reltoken(&kbd_token);
}

static void
kbd_intr(void *arg, void *frame)
{
	static bool e0;			/* only this thread */
	int code, n, status;

	for (n = 0; n < 64; n++) {
		status = inb(KBD_STATUS);
		if ((status & KBDS_OUT_FULL) == 0)
			break;
		code = inb(KBD_DATA);
		if (status & KBDS_AUX)
			continue;
		if (code == 0xe0) {
			e0 = true;
			continue;
		}
		/* 0xfa: acknowledged, 0xe1: Pause, 0x00 and 0xff: errors. */
		if (code != 0xfa && code != 0xe1 && code != 0 &&
		    code != 0xff)
			sc_kbd_scan(code, e0);
		e0 = false;
	}
}

void
sc_kbd_attach(void)
{
	if (!kbd_present)
		return;
	register_int(KBD_IRQ, kbd_intr, NULL, "atkbd", NULL, INTR_MPSAFE,
	    machintr_legacy_intr_cpuid(KBD_IRQ));
	/* Whatever came before the line was watched would block it. */
	kbd_intr(NULL, NULL);
	kprintf("atkbd0: PS/2 keyboard irq %d\n", KBD_IRQ);
}

int
sc_kbd_checkc(void)
{
	int code;

	if (!kbd_present || (inb(KBD_STATUS) & KBDS_OUT_FULL) == 0)
		return (-1);
	code = inb(KBD_DATA);
	if (kbd_modifier(code & 0x7f, (code & SCAN_RELEASE) == 0) ||
	    (code & SCAN_RELEASE))
		return (-1);
	return (kbd_char(code));
}
