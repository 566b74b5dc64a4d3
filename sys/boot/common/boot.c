/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader from its start to the kernel's entry point.
 */
#include <sys/boot_info.h>

#include "boot.h"

/* <sys/reboot.h>; storage/boot.md section 3.5. */
#define RB_ASKNAME	0x1
#define RB_SINGLE	0x2
#define RB_DFLTROOT	0x20
#define RB_KDB		0x40
#define RB_VERBOSE	0x800
#define RB_SERIAL	0x1000
#define RB_CDROM	0x2000
#define RB_GDB		0x8000
#define RB_MUTE		0x10000
#define RB_PAUSE	0x40000
#define RB_VIDEO	0x20000000

static const struct {
	char		flag;
	uint32_t	bit;
	const char	*variable;
} howto_flags[] = {
	{ 'a', RB_ASKNAME, "boot_askname" },
	{ 's', RB_SINGLE, "boot_single" },
	{ 'r', RB_DFLTROOT, NULL },
	{ 'd', RB_KDB, "boot_ddb" },
	{ 'v', RB_VERBOSE, "boot_verbose" },
	{ 'h', RB_SERIAL, "boot_serial" },
	{ 'C', RB_CDROM, "boot_cdrom" },
	{ 'g', RB_GDB, "boot_gdb" },
	{ 'm', RB_MUTE, NULL },
	{ 'p', RB_PAUSE, NULL },
	{ 'V', RB_VIDEO, "boot_vidcons" },
};

static uint64_t start_tsc;

uint64_t
boot_tsc(void)
{
	return (start_tsc);
}

static uint32_t
flags_howto(const char *s)
{
	uint32_t howto = 0;
	bool in_flags = false;
	size_t i;

	for (; *s != '\0'; s++) {
		if (*s == ' ' || *s == '-') {
			in_flags = *s == '-';
			continue;
		}
		if (!in_flags)
			continue;
		if (*s == 'D')
			howto &= ~(RB_MUTE | RB_VIDEO | RB_SERIAL);
		for (i = 0; i < nitems(howto_flags); i++) {
			if (howto_flags[i].flag == *s)
				howto |= howto_flags[i].bit;
		}
	}
	return (howto);
}

/* The flags of the boot command, of the kernel's arguments, of variables. */
uint32_t
boot_howto(const char *flags)
{
	uint32_t howto = 0;
	const char *console = getenv("console");
	size_t i;

	for (i = 0; i < nitems(howto_flags); i++) {
		if (howto_flags[i].variable != NULL &&
		    getenv(howto_flags[i].variable) != NULL)
			howto |= howto_flags[i].bit;
	}
	if (console != NULL && strcmp(console, "comconsole") == 0)
		howto |= RB_SERIAL;
	else if (console != NULL && strcmp(console, "vidconsole") == 0)
		howto |= RB_VIDEO;
	else if (console != NULL && strcmp(console, "nullconsole") == 0)
		howto |= RB_MUTE;
	return (howto | flags_howto(kernel.args) | flags_howto(flags));
}

/* A file system holds the system if it has one of these. */
static bool
is_boot_device(struct device *dev)
{
	static const char *const marks[] = {
		"boot/dloader.rc", "boot/loader.conf", "dloader.rc",
		"boot/kernel",
	};
	char path[64];
	size_t i;

	for (i = 0; i < nitems(marks); i++) {
		snprintf(path, sizeof(path), "%s:/%s", dev->name, marks[i]);
		if (file_exists(path))
			return (true);
	}
	return (false);
}

static void
choose_device(void)
{
	struct device *dev, *found = NULL;
	char name[24];

	for (dev = devices; dev != NULL; dev = dev->next) {
		if (!is_boot_device(dev))
			continue;
		if (found == NULL || (dev->is_boot && !found->is_boot))
			found = dev;
	}
	if (found == NULL) {
		printf("No disk holds a /boot the loader can read.\n");
		return;
	}
	snprintf(name, sizeof(name), "%s:", found->name);
	env_set(&kenv, "currdev", name);
	env_set(&kenv, "loaddev", name);
	/* The kernel finds the volume by its label on whatever disk it is. */
	if (iso_label(found)[0] != '\0')
		env_set(&kenv, "vfs.root.cdlabel", iso_label(found));
}

void
loader_main(void)
{
	bool boot_dir;

	start_tsc = rdtsc();
	cons_init();
	printf("\nDamselfly loader %s (%s)\n", LOADER_VERSION, fw_name);
	fwcfg_init();
	fw_probe_devices();
	partitions_probe();
	choose_device();
	env_set(&kenv, "LINES", "24");
	fwcfg_kenv();
	if (env_get(&kenv, "currdev") != NULL) {
		boot_dir = file_exists("/boot");
		env_set(&locals, "base", boot_dir ? "/boot/" : "/");
		path_chdir(boot_dir ? "/boot" : "/");
		if (interp_file("dloader.rc", false) != 0)
			printf("%s\n", command_error);
		else if (getenv("autoboot_delay") == NULL ||
		    strcasecmp(getenv("autoboot_delay"), "NO") != 0) {
			if (interp_line("autoboot") != 0)
				printf("%s\n", command_error);
		}
	}
	printf("Type help for the list of commands, boot to start the "
	    "system.\n");
	interp_prompt();
}
