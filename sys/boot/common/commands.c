/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands of the prompt and of scripts.  A command returns 0 or fails,
 * by cmd_fail() with a sentence or by a BE_* that the caller words.
 */
#include "boot.h"

static const char *
basedir(void)
{
	const char *base = getenv("base");

	return (base != NULL ? base : "/");
}

static int
cmd_boot(int argc, char **argv)
{
	char flags[256] = "";
	const char *file = NULL;
	int i, error = 0;

	for (i = 1; i < argc; i++) {
		if (argv[i][0] == '-') {
			strlcat(flags, argv[i], sizeof(flags));
			strlcat(flags, " ", sizeof(flags));
		} else {
			file = argv[i];
		}
	}
	if (file != NULL)
		error = kernel_load(file, getenv("kernel_options"));
	else if (!kernel.loaded)
		error = load_all();
	if (error == 0)
		error = kernel_boot(flags);
	return (error == BE_SILENT ? cmd_fail("The kernel was not started.") :
	    error);
}

static int
cmd_cd(int argc, char **argv)
{
	return (path_chdir(argc > 1 ? argv[1] : basedir()));
}

static int
cmd_optcd(int argc, char **argv)
{
	cmd_cd(argc, argv);
	return (0);
}

static int
cmd_echo(int argc, char **argv)
{
	int i = 1;
	bool newline = true;

	if (argc > 1 && strcmp(argv[1], "-n") == 0) {
		newline = false;
		i++;
	}
	for (; i < argc; i++)
		printf("%s%s", argv[i], i + 1 < argc ? " " : "");
	if (newline)
		printf("\n");
	return (0);
}

static int
cmd_help(int argc, char **argv)
{
	size_t i;
	int line = 0;

	for (i = 0; i < ncommands; i++) {
		if (argc > 1 && strcmp(argv[1], commands[i].name) != 0)
			continue;
		printf("%-13s %-22s %s\n", commands[i].name,
		    commands[i].usage, commands[i].help);
		if (!cons_pager_line(&line))
			break;
	}
	return (0);
}

static int
include(int argc, char **argv, bool optional)
{
	int i, error = 0;

	if (argc < 2)
		return (cmd_fail("usage: %s file ...", argv[0]));
	for (i = 1; i < argc && error == 0; i++)
		error = interp_file(argv[i], optional);
	return (error);
}

static int
cmd_include(int argc, char **argv)
{
	return (include(argc, argv, false));
}

static int
cmd_optinclude(int argc, char **argv)
{
	return (include(argc, argv, true));
}

static int
cmd_load(int argc, char **argv)
{
	const char *type = NULL;
	char args[512] = "";
	int i = 1;

	if (argc > 2 && strcmp(argv[1], "-t") == 0) {
		type = argv[2];
		i = 3;
	}
	if (i >= argc)
		return (cmd_fail("usage: load [-t type] file [arguments]"));
	for (int k = i + 1; k < argc; k++) {
		strlcat(args, argv[k], sizeof(args));
		if (k + 1 < argc)
			strlcat(args, " ", sizeof(args));
	}
	if (type == NULL && !kernel.loaded) {
		if (kernel_load(argv[i], args) != 0)
			return (cmd_fail("No kernel is loaded."));
		return (0);
	}
	if (module_load(argv[i], type != NULL ? type : "elf module",
	    args) != 0)
		return (cmd_fail("%s was not loaded.", argv[i]));
	return (0);
}

static int
cmd_loadall(int argc, char **argv)
{
	if (load_all() != 0)
		return (cmd_fail("No kernel is loaded."));
	return (0);
}

static int
cmd_local(int argc, char **argv)
{
	struct var *v;
	int line = 0;

	for (v = locals.first; v != NULL; v = v->next) {
		if (argc > 1 && strcmp(argv[1], v->name) != 0)
			continue;
		printf("%s=\"%s\"\n", v->name, v->value);
		if (!cons_pager_line(&line))
			break;
	}
	return (0);
}

struct ls_state {
	bool	details;
	int	line;
};

static bool
ls_entry(void *arg, const char *name, const struct file *f)
{
	struct ls_state *st = arg;
	uint32_t type = f->mode & F_TYPE;
	char kind = type == F_DIR ? 'd' : type == F_LINK ? 'l' : ' ';

	if (st->details)
		printf(" %c %10lu  %s\n", kind, f->size, name);
	else
		printf(" %c  %s\n", kind, name);
	return (cons_pager_line(&st->line));
}

static int
cmd_ls(int argc, char **argv)
{
	struct ls_state st = { false, 0 };
	struct file f;
	const char *path = ".";
	int error;

	if (argc > 1 && strcmp(argv[1], "-l") == 0) {
		st.details = true;
		argc--;
		argv++;
	}
	if (argc > 1)
		path = argv[1];
	error = file_open(path, &f);
	if (error != 0)
		return (cmd_fail("%s: %s", path, err_string(error)));
	if (is_dir(&f))
		return (file_readdir(&f, ls_entry, &st));
	ls_entry(&st, path, &f);
	return (0);
}

static int
cmd_lsdev(int argc, char **argv)
{
	struct device *dev;
	struct file f;
	char path[24];
	int line = 0, error;

	for (dev = devices; dev != NULL; dev = dev->next) {
		printf("%s:\t%s", dev->name, dev->what);
		if (dev->nsectors != 0)
			printf(", %lu MB", dev->nsectors * dev->secsize >> 20);
		snprintf(path, sizeof(path), "%s:/", dev->name);
		error = file_open(path, &f);
		if (error == 0)
			printf(", ISO 9660 \"%s\"", iso_label(dev));
		else
			printf(", %s", err_string(error));
		printf("%s\n", dev->is_boot ? " (booted from)" : "");
		if (!cons_pager_line(&line))
			break;
	}
	return (0);
}

static int
cmd_lsmod(int argc, char **argv)
{
	bool verbose = argc > 1 && strcmp(argv[1], "-v") == 0;
	struct preload *p;

	if (!kernel.loaded)
		return (cmd_fail("No kernel is loaded."));
	printf(" %08lx: %s (elf kernel, 0x%lx bytes) %s\n", kernel.phys,
	    kernel.name, kernel.size, kernel.args);
	if (verbose)
		printf("   entry +0x%lx, symbols 0x%lx bytes\n", kernel.entry,
		    kernel.symtab_size + kernel.strtab_size);
	for (p = preloads; p != NULL; p = p->next)
		printf(" %08lx: %s (%s, 0x%lx bytes) %s\n", p->addr, p->name,
		    p->type, p->size, p->args);
	return (0);
}

static int
cmd_lunset(int argc, char **argv)
{
	if (argc != 2)
		return (cmd_fail("usage: lunset name"));
	env_unset(&locals, argv[1]);
	return (0);
}

/* lunsetif local kenv: the local goes when the kernel variable says yes. */
static int
cmd_lunsetif(int argc, char **argv)
{
	const char *value;

	if (argc != 3)
		return (cmd_fail("usage: lunsetif local variable"));
	value = env_get(&kenv, argv[2]);
	if (env_is_yes(value) || (value != NULL && strcmp(value, "1") == 0))
		env_unset(&locals, argv[1]);
	return (0);
}

static int
more_file(const char *path, int *line)
{
	char *text, *p, *next;
	int error;

	error = file_slurp(path, &text, 4 * 1024 * 1024);
	if (error != 0)
		return (cmd_fail("%s: %s", path, err_string(error)));
	for (p = text; *p != '\0'; p = next) {
		next = strchr(p, '\n');
		if (next != NULL)
			*next++ = '\0';
		else
			next = p + strlen(p);
		printf("%s\n", p);
		if (!cons_pager_line(line))
			break;
	}
	free(text);
	return (0);
}

static int
cmd_more(int argc, char **argv)
{
	int i, line = 0, error = 0;

	if (argc < 2)
		return (cmd_fail("usage: more file ..."));
	for (i = 1; i < argc && error == 0; i++)
		error = more_file(argv[i], &line);
	return (error);
}

static int
cmd_pwd(int argc, char **argv)
{
	const char *dev = env_get(&kenv, "currdev");

	printf("%s%s\n", dev != NULL ? dev : "", path_cwd());
	return (0);
}

static int
cmd_read(int argc, char **argv)
{
	char buf[256];
	size_t len = 0;
	long seconds = -1;
	int c, i;

	for (i = 1; i + 1 < argc && argv[i][0] == '-'; i += 2) {
		if (argv[i][1] == 'p')
			cons_puts(argv[i + 1]);
		else if (argv[i][1] == 't')
			seconds = strtou64(argv[i + 1], NULL);
	}
	if (seconds < 0 || cons_wait(seconds * 1000)) {
		while ((c = cons_getc()) != '\r' && c != '\n') {
			if ((c == 8 || c == 127) && len > 0) {
				len--;
				cons_puts("\b \b");
			} else if (c >= ' ' && c < 127 &&
			    len + 1 < sizeof(buf)) {
				buf[len++] = c;
				cons_putc(c);
			}
		}
	}
	buf[len] = '\0';
	cons_putc('\n');
	if (i < argc)
		env_assign(argv[i], buf);
	return (0);
}

static int
cmd_reboot(int argc, char **argv)
{
	printf("Restarting.\n");
	fw_reset();
}

static void
update_console(void)
{
	const char *console = env_get(&kenv, "console");

	cons_active = CONS_SERIAL | CONS_SCREEN;
	if (console == NULL)
		return;
	if (strcmp(console, "comconsole") == 0)
		cons_active = CONS_SERIAL;
	else if (strcmp(console, "vidconsole") == 0)
		cons_active = CONS_SCREEN;
	else if (strcmp(console, "nullconsole") == 0)
		cons_active = 0;
}

static int
cmd_set(int argc, char **argv)
{
	char *eq;
	const char *value = "";

	if (argc < 2)
		return (cmd_fail("usage: set name[=value]"));
	eq = strchr(argv[1], '=');
	if (eq != NULL) {
		*eq = '\0';
		value = eq[1] == '\0' && argc > 2 ? argv[2] : eq + 1;
	}
	if (argv[1][0] == '\0')
		return (cmd_fail("usage: set name[=value]"));
	if (strcmp(argv[1], "currdev") == 0) {
		size_t len = strlen(value);

		if (len > 0 && value[len - 1] == ':')
			len--;
		if (device_find(value, len) == NULL)
			return (cmd_fail("%s: %s; see lsdev", value,
			    err_string(BE_NODEV)));
	}
	env_set(&kenv, argv[1], value);
	if (strcmp(argv[1], "console") == 0)
		update_console();
	return (0);
}

static int
cmd_show(int argc, char **argv)
{
	struct var *v;
	int line = 0;
	bool found = false;

	for (v = kenv.first; v != NULL; v = v->next) {
		if (argc > 1 && strcmp(argv[1], v->name) != 0)
			continue;
		found = true;
		if (argc > 1)
			printf("%s\n", v->value);
		else
			printf("%s=\"%s\"\n", v->name, v->value);
		if (!cons_pager_line(&line))
			break;
	}
	if (argc > 1 && !found)
		return (cmd_fail("%s: not set", argv[1]));
	return (0);
}

static int
cmd_unload(int argc, char **argv)
{
	unload_all();
	return (0);
}

static int
cmd_unset(int argc, char **argv)
{
	if (argc != 2)
		return (cmd_fail("usage: unset name"));
	if (env_unset(&kenv, argv[1]) != 0)
		return (cmd_fail("%s: not set", argv[1]));
	if (strcmp(argv[1], "console") == 0)
		update_console();
	return (0);
}

static int
cmd_heap(int argc, char **argv)
{
	heap_report();
	return (0);
}

static int
cmd_quit(int argc, char **argv)
{
	fw_quit();
	return (cmd_fail("The firmware has nothing to go back to."));
}

/* CRC-32 of files (ISO 3309), to compare a medium with its original. */
static int
cmd_crc(int argc, char **argv)
{
	static uint8_t buf[65536];
	struct file f;
	uint64_t at;
	uint32_t crc;
	size_t n, i;
	int a, b, error;

	for (a = 1; a < argc; a++) {
		error = file_open(argv[a], &f);
		if (error != 0)
			return (cmd_fail("%s: %s", argv[a],
			    err_string(error)));
		crc = ~0U;
		for (at = 0; at < f.size; at += n) {
			n = f.size - at < sizeof(buf) ? f.size - at :
			    sizeof(buf);
			error = file_read(&f, at, buf, n);
			if (error != 0)
				return (cmd_fail("%s: %s", argv[a],
				    err_string(error)));
			for (i = 0; i < n; i++) {
				crc ^= buf[i];
				for (b = 0; b < 8; b++)
					crc = crc >> 1 ^
					    (crc & 1 ? 0xedb88320 : 0);
			}
		}
		printf("%08x  %s\n", ~crc, argv[a]);
	}
	return (0);
}

const struct command commands[] = {
	{ "?", cmd_help, "[command]", "same as help" },
	{ "autoboot", cmd_autoboot, "[seconds [prompt]]",
	    "count down, then boot" },
	{ "boot", cmd_boot, "[-flags] [kernel]", "start the kernel" },
	{ "cd", cmd_cd, "[directory]", "change the current directory" },
	{ "crc", cmd_crc, "file ...", "print the CRC-32 of files" },
	{ "echo", cmd_echo, "[-n] text", "print text" },
	{ "heap", cmd_heap, "", "show the loader's memory" },
	{ "help", cmd_help, "[command]", "show this list" },
	{ "include", cmd_include, "file ...", "run commands from files" },
	{ "load", cmd_load, "[-t type] file [args]",
	    "load the kernel, then modules" },
	{ "loadall", cmd_loadall, "",
	    "load the kernel and the configured modules" },
	{ "local", cmd_local, "[name]", "show local variables" },
	{ "ls", cmd_ls, "[-l] [path]", "list files" },
	{ "lsdev", cmd_lsdev, "", "list disks" },
	{ "lsmod", cmd_lsmod, "[-v]", "list what is loaded" },
	{ "lunset", cmd_lunset, "name", "remove a local variable" },
	{ "lunsetif", cmd_lunsetif, "local variable",
	    "remove it if the variable says yes" },
	{ "menu", cmd_menu, "", "show the boot menu" },
	{ "menuadd", cmd_menuadd, "command", "add a command to the item" },
	{ "menuclear", cmd_menuclear, "", "remove all menu items" },
	{ "menuitem", cmd_menuitem, "key text", "begin a menu item" },
	{ "more", cmd_more, "file ...", "show text files by the page" },
	{ "optcd", cmd_optcd, "[directory]", "cd, if it is there" },
	{ "optinclude", cmd_optinclude, "file ...",
	    "include, if it is there" },
	{ "pwd", cmd_pwd, "", "show the current directory" },
	{ "quit", cmd_quit, "", "return to the firmware" },
	{ "read", cmd_read, "[-p text] [-t sec] [name]",
	    "read a line into a variable" },
	{ "reboot", cmd_reboot, "", "restart the machine" },
	{ "set", cmd_set, "name[=value]", "set a kernel variable" },
	{ "show", cmd_show, "[name]", "show kernel variables" },
	{ "unload", cmd_unload, "", "forget everything loaded" },
	{ "unset", cmd_unset, "name", "remove a kernel variable" },
};
const size_t ncommands = nitems(commands);
