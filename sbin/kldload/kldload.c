/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kldload, kldunload, kldstat - kernel modules
 *
 * usage: kldload [-v] file ...
 *        kldunload [-v] [-i id] [-n name] [name ...]
 *        kldstat [-v] [-i id] [-n name]
 */
#include <sys/param.h>
#include <sys/linker.h>
#include <sys/module.h>

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int verbose;

static int
load(int argc, char **argv)
{
	int c, id, rc = 0;

	while ((c = getopt(argc, argv, "v")) != -1) {
		if (c != 'v')
			goto usage;
		verbose = 1;
	}
	argv += optind;
	if (*argv == NULL)
		goto usage;
	for (; *argv != NULL; argv++) {
		id = kldload(*argv);
		if (id < 0) {
			warn("can't load %s", *argv);
			rc = 1;
		} else if (verbose) {
			printf("Loaded %s, id=%d\n", *argv, id);
		}
	}
	return (rc);
usage:
	fprintf(stderr, "usage: kldload [-v] file ...\n");
	return (EX_USAGE);
}

static int
unload_id(int id, const char *name)
{
	if (id < 0) {
		warn("can't find file %s", name);
		return (1);
	}
	if (kldunload(id) < 0) {
		warn("can't unload %s", name);
		return (1);
	}
	if (verbose)
		printf("Unloaded %s, id=%d\n", name, id);
	return (0);
}

static int
unload(int argc, char **argv)
{
	int c, rc = 0, any = 0;

	while ((c = getopt(argc, argv, "i:n:v")) != -1) {
		switch (c) {
		case 'i':
			rc |= unload_id(atoi(optarg), optarg);
			any = 1;
			break;
		case 'n':
			rc |= unload_id(kldfind(optarg), optarg);
			any = 1;
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			goto usage;
		}
	}
	argv += optind;
	if (*argv == NULL && !any)
		goto usage;
	for (; *argv != NULL; argv++)
		rc |= unload_id(kldfind(*argv), *argv);
	return (rc);
usage:
	fprintf(stderr,
	    "usage: kldunload [-v] [-i id] [-n name] [name ...]\n");
	return (EX_USAGE);
}

static void
show_file(int id)
{
	struct kld_file_stat st;
	struct module_stat ms;
	int mod;

	st.version = sizeof(st);
	if (kldstat(id, &st) < 0)
		err(EX_OSERR, "can't stat file id %d", id);
	printf("%2d %4d %p %-8zx %s\n", st.id, st.refs, st.address, st.size,
	    st.name);
	if (!verbose)
		return;
	printf("\tContains modules:\n\t\tId Name\n");
	for (mod = kldfirstmod(id); mod > 0; mod = modfnext(mod)) {
		ms.version = sizeof(ms);
		if (modstat(mod, &ms) < 0)
			warn("can't stat module id %d", mod);
		else
			printf("\t\t%2d %s\n", ms.id, ms.name);
	}
}

static int
status(int argc, char **argv)
{
	int c, id = 0;

	while ((c = getopt(argc, argv, "i:n:v")) != -1) {
		switch (c) {
		case 'i':
			id = atoi(optarg);
			break;
		case 'n':
			id = kldfind(optarg);
			if (id < 0)
				err(EX_OSERR, "can't find file %s", optarg);
			break;
		case 'v':
			verbose = 1;
			break;
		default:
			fprintf(stderr,
			    "usage: kldstat [-v] [-i id] [-n name]\n");
			return (EX_USAGE);
		}
	}
	printf("Id Refs Address            Size     Name\n");
	if (id != 0) {
		show_file(id);
	} else {
		for (id = kldnext(0); id > 0; id = kldnext(id))
			show_file(id);
	}
	return (0);
}

int
main(int argc, char **argv)
{
	const char *name = getprogname();

	if (strcmp(name, "kldunload") == 0)
		return (unload(argc, argv));
	if (strcmp(name, "kldstat") == 0)
		return (status(argc, argv));
	return (load(argc, argv));
}
