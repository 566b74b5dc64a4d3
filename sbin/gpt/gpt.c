/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gpt - GUID partition tables
 *
 * usage: gpt [-rv] [-p nparts] command [options] device ...
 */
#include <sys/param.h>

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>
#include <unistd.h>

#include "gpt.h"
#include "uuidname.h"

const char *gpt_command;
unsigned gpt_nparts = 128;
bool gpt_readonly;
int gpt_verbose;

static const struct {
	const char	*name;
	int		(*run)(int, char **);
	const char	*usage;
} commands[] = {
	{ "add", cmd_add, "[-b lba] [-i index] [-s count] [-t type]" },
	{ "boot", cmd_boot, "" },
	{ "create", cmd_create, "[-fp]" },
	{ "destroy", cmd_destroy, "[-r]" },
	{ "init", cmd_init, "-f [-BE]" },
	{ "label", cmd_label, "-a | [-b lba] [-i index] [-s count] "
	    "[-t type]\n           -l label | -f file" },
	{ "migrate", cmd_migrate, "[-f]" },
	{ "recover", cmd_recover, "" },
	{ "remove", cmd_remove, "-a | [-b lba] [-i index] [-s count] "
	    "[-t type]" },
	{ "show", cmd_show, "[-glu]" }
};

void
gpt_usage(void)
{
	size_t i;

	fprintf(stderr, "usage: gpt [-rv] [-p nparts] command [options] "
	    "device ...\n");
	for (i = 0; i < nitems(commands); i++) {
		if (gpt_command == NULL ||
		    strcmp(gpt_command, commands[i].name) == 0)
			fprintf(stderr, "       gpt %s %s%sdevice ...\n",
			    commands[i].name, commands[i].usage,
			    commands[i].usage[0] != '\0' ? " " : "");
	}
	exit(EX_USAGE);
}

void
gpt_fail(const struct gpt *g, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fprintf(stderr, "gpt %s: %s: error: ", gpt_command,
	    g->g_disk.dh_path);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

uint64_t
gpt_number(const char *text)
{
	unsigned long long n;
	char *end;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || text[0] == '-')
		errx(EX_USAGE, "%s: not a number", text);
	return (n);
}

void
gpt_known_type(const char *text, uuid_t *type)
{
	uint32_t status;

	uuid_from_string(text, type, &status);
	if (status != uuid_s_ok)
		errx(EX_USAGE, "%s: not a type of partition", text);
}

void
gpt_type(const char *text, uuid_t *type)
{
	static const struct {
		const char	*alias;
		const char	*uuid;
	} aliases[] = {
		{ "dfly", GPT_ENT_TYPE_DRAGONFLY_LABEL64 },
		{ "dragonfly", GPT_ENT_TYPE_DRAGONFLY_LABEL64 },
		{ "efi", GPT_ENT_TYPE_EFI },
		{ "hammer", GPT_ENT_TYPE_DRAGONFLY_HAMMER },
		{ "hammer2", GPT_ENT_TYPE_DRAGONFLY_HAMMER2 },
		{ "hfs", GPT_ENT_TYPE_APPLE_HFS },
		{ "linux", GPT_ENT_TYPE_MS_BASIC_DATA },
		{ "swap", GPT_ENT_TYPE_FREEBSD_SWAP },
		{ "ufs", GPT_ENT_TYPE_FREEBSD_UFS },
		{ "windows", GPT_ENT_TYPE_MS_BASIC_DATA }
	};
	size_t i;

	for (i = 0; i < nitems(aliases); i++) {
		if (strcasecmp(text, aliases[i].alias) == 0) {
			gpt_known_type(aliases[i].uuid, type);
			return;
		}
	}
	if (!uuid_name_lookup(text, type))
		gpt_known_type(text, type);
	if (uuid_is_nil(type, NULL))
		errx(EX_USAGE, "%s: the type of unused entries", text);
}

int
main(int argc, char **argv)
{
	size_t i;
	int c;

	while ((c = getopt(argc, argv, "+p:rv")) != -1) {
		switch (c) {
		case 'p':
			gpt_nparts = gpt_number(optarg);
			if (gpt_nparts < 1 || gpt_nparts > 65536)
				errx(EX_USAGE, "%s: from 1 to 65536 "
				    "partitions", optarg);
			break;
		case 'r':
			gpt_readonly = true;
			break;
		case 'v':
			gpt_verbose++;
			break;
		default:
			gpt_usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc == 0)
		gpt_usage();
	for (i = 0; i < nitems(commands); i++) {
		if (strcmp(argv[0], commands[i].name) == 0) {
			gpt_command = commands[i].name;
			optind = 1;
			optreset = 1;
			return (commands[i].run(argc, argv));
		}
	}
	warnx("%s: unknown command", argv[0]);
	gpt_usage();
}
