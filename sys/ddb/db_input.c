/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The debugger's console: reading a line with editing and history of one,
 * and output that stops at each screenful.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/cons.h>
#include <ddb/ddb.h>

#define DB_SCREEN	22	/* lines before a pause */

#define CTRL(c)		((c) & 0x1f)

static int db_lines;		/* printed since the last pause */
static bool db_quitting;	/* the user has seen enough */
static char db_history[160];

void
db_page_start(void)
{
	db_lines = 0;
	db_quitting = false;
}

bool
db_quit(void)
{
	return (db_quitting);
}

static void
db_more(void)
{
	int c;

	kprintf("--More-- (space, return, q) ");
	c = cngetc();
	kprintf("\r                            \r");
	if (c == 'q' || c == CTRL('c'))
		db_quitting = true;
	else
		db_lines = (c == '\r' || c == '\n') ? DB_SCREEN - 1 : 0;
}

static void
db_putchar(int c, void *arg __unused)
{
	char s[2] = { (char)c, '\0' };

	if (db_quitting)
		return;
	kprintf("%s", s);
	if (c == '\n' && ++db_lines >= DB_SCREEN)
		db_more();
}

void
db_printf(const char *fmt, ...)
{
	__va_list va;

	__va_start(va, fmt);
	kvcprintf(fmt, db_putchar, NULL, 10, va);
	__va_end(va);
}

static void
db_erase(int n)
{
	while (n-- > 0)
		kprintf("\b \b");
}

void
db_readline(char *buf, size_t size, const char *prompt)
{
	size_t len = 0;
	int c;

	kprintf("%s", prompt);
	for (;;) {
		c = cngetc();
		switch (c) {
		case '\r':
		case '\n':
			buf[len] = '\0';
			kprintf("\n");
			if (len > 0)
				strlcpy(db_history, buf, sizeof(db_history));
			return;
		case '\b':
		case 0x7f:
			if (len > 0) {
				--len;
				db_erase(1);
			}
			break;
		case CTRL('u'):
		case CTRL('c'):
			db_erase((int)len);
			len = 0;
			break;
		case CTRL('p'):
			db_erase((int)len);
			strlcpy(buf, db_history, size);
			len = strlen(buf);
			kprintf("%s", buf);
			break;
		default:
			if (c >= ' ' && c < 0x7f && len + 1 < size) {
				buf[len++] = (char)c;
				kprintf("%c", c);
			}
			break;
		}
	}
}
