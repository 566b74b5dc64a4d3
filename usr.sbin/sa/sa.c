/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sa - sums of process accounting
 *
 * usage: sa [-mnr] [file ...]
 *
 * For each command, or user (-m): how often, elapsed and processor minutes,
 * I/O operations, memory.
 */
#include <sys/types.h>
#include <sys/acct.h>
#include <err.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

struct sum {
	char	name[AC_COMM_LEN + 2];
	u_long	count;
	double	elapsed, cpu, io, mem;	/* seconds; operations; K * count */
};

static struct sum *sums, total;
static size_t nsums, room;
static bool by_user, by_count, reverse;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: sa [-mnr] [file ...]\n");
	exit(EX_USAGE);
}

static double
value(comp_t c)
{
	double v = c & 0x1fff;

	for (c >>= 13; c > 0; c--)
		v *= 8;
	return (v);
}

static struct sum *
find(const char *name)
{
	size_t i;

	for (i = 0; i < nsums; i++)
		if (strcmp(sums[i].name, name) == 0)
			return (&sums[i]);
	if (nsums == room) {
		room = room * 2 + 64;
		sums = realloc(sums, room * sizeof(*sums));
		if (sums == NULL)
			err(1, NULL);
	}
	memset(&sums[nsums], 0, sizeof(sums[0]));
	strlcpy(sums[nsums].name, name, sizeof(sums[0].name));
	return (&sums[nsums++]);
}

static void
add(struct sum *s, const struct acct *a)
{
	s->count++;
	s->elapsed += value(a->ac_etime) / AHZ;
	s->cpu += (value(a->ac_utime) + value(a->ac_stime)) / AHZ;
	s->io += value(a->ac_io);
	s->mem += a->ac_mem;
}

static void
read_file(const char *file)
{
	char name[AC_COMM_LEN + 2];
	struct acct a;
	FILE *f = fopen(file, "r");

	if (f == NULL)
		err(1, "%s", file);
	while (fread(&a, sizeof(a), 1, f) == 1) {
		if (by_user)
			strlcpy(name, user_from_uid(a.ac_uid, 0),
			    sizeof(name));
		else
			snprintf(name, sizeof(name), "%.*s%s", AC_COMM_LEN,
			    a.ac_comm, (a.ac_flag & AFORK) ? "*" : "");
		add(find(name), &a);
		add(&total, &a);
	}
	fclose(f);
}

static int
compare(const void *a, const void *b)
{
	const struct sum *x = a, *y = b;
	double p = by_count ? (double)x->count : x->cpu;
	double q = by_count ? (double)y->count : y->cpu;
	int order = p < q ? 1 : p > q ? -1 : strcmp(x->name, y->name);

	return (reverse ? -order : order);
}

static void
show(const struct sum *s)
{
	printf("%9lu %10.2fre %10.2fcp %8.0favio %8.0fk  %s\n", s->count,
	    s->elapsed / 60, s->cpu / 60,
	    s->count != 0 ? s->io / s->count : 0,
	    s->count != 0 ? s->mem / s->count : 0, s->name);
}

int
main(int argc, char **argv)
{
	size_t i;
	int ch;

	while ((ch = getopt(argc, argv, "mnr")) != -1) {
		switch (ch) {
		case 'm':
			by_user = true;
			break;
		case 'n':
			by_count = true;
			break;
		case 'r':
			reverse = true;
			break;
		default:
			usage();
		}
	}
	argv += optind;
	if (*argv == NULL)
		read_file("/var/account/acct");
	for (; *argv != NULL; argv++)
		read_file(*argv);
	if (nsums != 0)
		qsort(sums, nsums, sizeof(*sums), compare);
	show(&total);
	for (i = 0; i < nsums; i++)
		show(&sums[i]);
	return (0);
}
