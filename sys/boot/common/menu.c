/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot menu and the countdown.  Scripts define the items with menuitem
 * and menuadd; "menu" shows them, waits, and runs the commands of one.
 */
#include "boot.h"

#define KEY_ESC		27
#define DELAY_DEFAULT	10
#define DELAY_MAX	86400

struct menu_line {
	struct menu_line *next;
	char		*text;
};

struct menu_item {
	struct menu_item *next;
	char		key;
	char		*text;
	struct menu_line *lines;
};

static struct menu_item *items;

static struct menu_item *
find_item(int key)
{
	struct menu_item *it;

	for (it = items; it != NULL && it->key != key; it = it->next)
		continue;
	return (it);
}

int
cmd_menuclear(int argc, char **argv)
{
	struct menu_item *it;
	struct menu_line *l;

	while ((it = items) != NULL) {
		items = it->next;
		while ((l = it->lines) != NULL) {
			it->lines = l->next;
			free(l->text);
			free(l);
		}
		free(it->text);
		free(it);
	}
	return (0);
}

int
cmd_menuitem(int argc, char **argv)
{
	struct menu_item *it, **link;

	if (argc != 3 || argv[1][0] == '\0' || argv[1][1] != '\0')
		return (cmd_fail("usage: menuitem key text"));
	it = xmalloc(sizeof(*it));
	it->next = NULL;
	it->key = argv[1][0];
	it->text = xstrdup(argv[2]);
	it->lines = NULL;
	for (link = &items; *link != NULL; link = &(*link)->next)
		continue;
	*link = it;
	return (0);
}

/* Adds a command to the item begun last. */
int
cmd_menuadd(int argc, char **argv)
{
	struct menu_item *it;
	struct menu_line *l, **link;
	char *text;
	int i;

	for (it = items; it != NULL && it->next != NULL; it = it->next)
		continue;
	if (it == NULL)
		return (cmd_fail("menuadd: no menuitem yet"));
	text = xmalloc(PATH_MAX);
	text[0] = '\0';
	for (i = 1; i < argc; i++) {
		strlcat(text, argv[i], PATH_MAX);
		if (i + 1 < argc)
			strlcat(text, " ", PATH_MAX);
	}
	l = xmalloc(sizeof(*l));
	l->text = xstrdup(text);
	l->next = NULL;
	free(text);
	for (link = &it->lines; *link != NULL; link = &(*link)->next)
		continue;
	*link = l;
	return (0);
}

/* Seconds to wait; -1: no automatic boot. */
static long
boot_delay(void)
{
	const char *s = getenv("autoboot_delay");
	long delay;

	if (s == NULL || s[0] == '\0')
		return (DELAY_DEFAULT);
	if (strcasecmp(s, "no") == 0)
		return (-1);
	if (s[0] == '-')
		return (0);
	if (s[0] < '0' || s[0] > '9')
		return (DELAY_DEFAULT);
	delay = strtou64(s, NULL);
	return (delay > DELAY_MAX ? DELAY_MAX : delay);
}

bool
countdown(long seconds, const char *prompt, int *key)
{
	char line[96];
	size_t i, len = 0;

	for (; seconds > 0; seconds--) {
		snprintf(line, sizeof(line), "\r%s %ld second%s... ", prompt,
		    seconds, seconds == 1 ? "" : "s");
		cons_puts(line);
		len = strlen(line);
		if (cons_wait(1000)) {
			*key = cons_getc();
			break;
		}
	}
	cons_putc('\r');
	for (i = 0; i < len; i++)
		cons_putc(' ');
	cons_putc('\r');
	return (seconds == 0);
}

static void
draw(void)
{
	static const char *const logo[] = {
		"      \\  |  /      ",
		"   ====\\(@)/====   ",
		"      ===|===      ",
		"    ==== # ====    ",
		"         #         ",
		"         #         ",
		"         #         ",
		"         |         ",
	};
	const char *plain = getenv("loader_plain");
	struct menu_item *it = items;
	size_t row;

	cons_clear();
	printf("\n");
	for (row = 0; it != NULL || row < nitems(logo); row++) {
		if (it != NULL) {
			printf(" %c. %-38s", it->key, it->text);
			it = it->next;
		} else {
			printf("%42s", "");
		}
		if (!env_is_yes(plain) && row < nitems(logo))
			printf("  %s", logo[row]);
		printf("\n");
	}
	printf("\n");
}

static int
run_item(const struct menu_item *it)
{
	const struct menu_line *l;
	int error = 0;

	for (l = it->lines; l != NULL && error == 0; l = l->next)
		error = interp_line(l->text);
	return (error);
}

int
cmd_menu(int argc, char **argv)
{
	struct menu_item *it = items;
	long delay = boot_delay();
	int key = 0;

	if (items == NULL)
		return (cmd_fail("menu: no menuitem defined"));
	if (delay == 0) {
		env_set(&kenv, "autoboot_delay", "NO");
		return (run_item(items));
	}
	draw();
	if (delay < 0) {
		key = cons_getc();
		it = NULL;
	} else if (!countdown(delay, "Booting in", &key)) {
		it = NULL;
	}
	while (it == NULL) {
		if (key == ' ')
			printf("Countdown halted by space\n");
		if (key == KEY_ESC)
			break;
		it = key == '\r' || key == '\n' ? items : find_item(key);
		if (it == NULL)
			key = cons_getc();
	}
	/* Whatever happens now, the loader does not boot by itself again. */
	env_set(&kenv, "autoboot_delay", "NO");
	return (it != NULL ? run_item(it) : 0);
}

int
cmd_autoboot(int argc, char **argv)
{
	long delay = argc > 1 ? (long)strtou64(argv[1], NULL) : boot_delay();
	int key;

	if (delay < 0)
		return (0);
	if (countdown(delay, argc > 2 ? argv[2] : "Booting in", &key) ||
	    key == '\r')
		return (interp_line("boot"));
	return (0);
}
