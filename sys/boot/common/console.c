/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Console: the firmware's screen and keyboard and the first serial port, all
 * at once.  The variable "console" (vidconsole, comconsole, nullconsole)
 * narrows the choice; cons_active holds it.
 */
#include "boot.h"

#define COM1		0x3f8
#define COM_DATA	(COM1 + 0)
#define COM_DLL		(COM1 + 0)
#define COM_DLM		(COM1 + 1)
#define COM_IER		(COM1 + 1)
#define COM_FCR		(COM1 + 2)
#define COM_LCR		(COM1 + 3)
#define COM_MCR		(COM1 + 4)
#define COM_LSR		(COM1 + 5)
#define COM_SCRATCH	(COM1 + 7)
#define LCR_8BITS	0x03
#define LCR_DLAB	0x80
#define MCR_DTR_RTS	0x03
#define FCR_ENABLE	0x07
#define LSR_RXREADY	0x01
#define LSR_TXREADY	0x20
#define COM_CLOCK	115200
#define COM_TX_LIMIT	100000		/* polls before we give up on it */

int cons_active;

static bool serial_present;
static int pushed_back = -1;
static unsigned busy_polls;

static void
serial_init(void)
{
	unsigned divisor = COM_CLOCK / 115200;

	outb(COM_SCRATCH, 0x5a);
	if (inb(COM_SCRATCH) != 0x5a)
		return;
	outb(COM_IER, 0);
	outb(COM_LCR, LCR_8BITS | LCR_DLAB);
	outb(COM_DLL, divisor & 0xff);
	outb(COM_DLM, divisor >> 8);
	outb(COM_LCR, LCR_8BITS);
	outb(COM_FCR, FCR_ENABLE);
	outb(COM_MCR, MCR_DTR_RTS);
	serial_present = true;
}

static void
serial_putc(int c)
{
	unsigned n;

	for (n = 0; (inb(COM_LSR) & LSR_TXREADY) == 0; n++) {
		if (n == COM_TX_LIMIT) {
			serial_present = false;
			return;
		}
	}
	outb(COM_DATA, c);
}

void
cons_init(void)
{
	serial_init();
	cons_active = CONS_SCREEN | (serial_present ? CONS_SERIAL : 0);
	fw_screen_init();
}

void
cons_putc(int c)
{
	if (c == '\n')
		cons_putc('\r');
	if ((cons_active & CONS_SERIAL) != 0 && serial_present)
		serial_putc(c);
	if ((cons_active & CONS_SCREEN) != 0)
		fw_screen_putc(c);
}

void
cons_puts(const char *s)
{
	while (*s != '\0')
		cons_putc(*s++);
}

void
cons_clear(void)
{
	if ((cons_active & CONS_SCREEN) != 0)
		fw_screen_clear();
}

int
cons_poll(void)
{
	int c;

	if (pushed_back >= 0) {
		c = pushed_back;
		pushed_back = -1;
		return (c);
	}
	if (serial_present && (inb(COM_LSR) & LSR_RXREADY) != 0)
		c = inb(COM_DATA);
	else
		c = fw_key_poll();
	/* Stay awake for a while after a key: more are likely to follow. */
	if (c >= 0)
		busy_polls = 2000;
	return (c);
}

int
cons_getc(void)
{
	int c;

	while ((c = cons_poll()) < 0) {
		fw_pause(busy_polls == 0);
		if (busy_polls > 0)
			busy_polls--;
	}
	return (c);
}

bool
cons_wait(unsigned ms)
{
	uint64_t end = fw_milliseconds() + ms;
	int c;

	do {
		c = cons_poll();
		if (c >= 0) {
			pushed_back = c;
			return (true);
		}
		fw_pause(true);
	} while (fw_milliseconds() < end);
	return (false);
}

bool
cons_pager_line(int *line)
{
	const char *lines = getenv("LINES");
	int max = lines != NULL ? (int)strtou64(lines, NULL) : 24, c;

	if (max < 3 || ++*line < max - 1)
		return (true);
	*line = 0;
	cons_puts("--more-- (space: next page, q: stop) ");
	c = cons_getc();
	cons_puts("\r                                     \r");
	return (c != 'q' && c != 'Q' && c != 3);
}
