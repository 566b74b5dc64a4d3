/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * iostat - terminals, disks and CPUs over time
 *
 * usage: iostat [-CdIoT] [-c count] [-n devs] [-w wait] [drive ...]
 *
 * The first line is about the time since the system started, the others about
 * the time since the line before.
 */
#include <sys/param.h>
#include <sys/devicestat.h>
#include <sys/kinfo.h>
#include <sys/sysctl.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#define HEADER_EVERY	20		/* lines */
#define SHOWN		3		/* disks, unless told */
#define KB		1024.0
#define MB		(1024.0 * 1024.0)

struct sample {
	double		s_time;		/* seconds since the start */
	double		s_cpu[5];	/* user nice system interrupt idle */
	long		s_tin, s_tout;
	size_t		s_ndisks;
	struct devstat	*s_disk;
};

static bool show_tty = true, show_disks = true, show_cpu = true;
static bool totals, old_style;
static size_t most = SHOWN;
static char **names;
static int nnames;

static void usage(void) __dead2;

static void
usage(void)
{
	fprintf(stderr, "usage: iostat [-CdIoT] [-c count] [-n devs] "
	    "[-w wait] [drive ...]\n");
	exit(EX_USAGE);
}

static unsigned
number(const char *text)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(text, &end, 10);
	if (end == text || *end != '\0' || errno != 0 || n == 0 ||
	    n > UINT32_MAX || !isdigit((unsigned char)text[0]))
		errx(EX_USAGE, "%s: not a positive number", text);
	return (n);
}

/* All of a sysctl, whose size may change meanwhile. */
static void *
fetch(const char *name, size_t *sizep)
{
	void *p = NULL;
	size_t n;

	for (;;) {
		if (sysctlbyname(name, NULL, &n, NULL, 0) < 0)
			err(1, "sysctl %s", name);
		n += n / 4 + sizeof(struct devstat);
		p = realloc(p, n);
		if (p == NULL)
			err(1, NULL);
		if (sysctlbyname(name, p, &n, NULL, 0) == 0)
			break;
		if (errno != ENOMEM)
			err(1, "sysctl %s", name);
	}
	*sizep = n;
	return (p);
}

static long
fetch_long(const char *name)
{
	long n;
	size_t size = sizeof(n);

	if (sysctlbyname(name, &n, &size, NULL, 0) < 0)
		err(1, "sysctl %s", name);
	return (n);
}

static void
take_sample(struct sample *s)
{
	struct kinfo_cputime *cpu;
	struct timespec ts;
	size_t size, i;
	char *all;

	memset(s, 0, sizeof(*s));
	cpu = fetch("kern.cputime", &size);
	for (i = 0; i < size / sizeof(*cpu); i++) {
		s->s_cpu[0] += (double)cpu[i].cp_user;
		s->s_cpu[1] += (double)cpu[i].cp_nice;
		s->s_cpu[2] += (double)cpu[i].cp_sys;
		s->s_cpu[3] += (double)cpu[i].cp_intr;
		s->s_cpu[4] += (double)cpu[i].cp_idle;
	}
	free(cpu);
	s->s_tin = fetch_long("kern.tk_nin");
	s->s_tout = fetch_long("kern.tk_nout");
	all = fetch("kern.devstat.all", &size);
	s->s_ndisks = size < sizeof(long) ? 0 :
	    (size - sizeof(long)) / sizeof(struct devstat);
	s->s_disk = calloc(s->s_ndisks + 1, sizeof(struct devstat));
	if (s->s_disk == NULL)
		err(1, NULL);
	memcpy(s->s_disk, all + sizeof(long),
	    s->s_ndisks * sizeof(struct devstat));
	free(all);
	if (clock_gettime(CLOCK_UPTIME, &ts) < 0)
		err(1, "clock_gettime");
	s->s_time = (double)ts.tv_sec + ts.tv_nsec / 1e9;
}

static void
disk_name(const struct devstat *ds, char *buf, size_t n)
{
	snprintf(buf, n, "%s%d", ds->device_name, ds->unit_number);
}

/* Is the disk shown?  n: how many are, so far. */
static bool
is_shown(const struct devstat *ds, size_t n)
{
	char name[32];
	int i;

	disk_name(ds, name, sizeof(name));
	for (i = 0; i < nnames; i++) {
		if (strcmp(names[i], name) == 0)
			return (true);
	}
	return (nnames == 0 && n < most);
}

static void
print_header(const struct sample *s)
{
	const char *columns = old_style ?
	    (totals ? " blk xfr  msps " : " sps tps  msps ") :
	    (totals ? "  KB/t xfrs   MB  " : "  KB/t tps   MB/s ");
	size_t i, n = 0;

	if (show_tty)
		printf("      tty");
	for (i = 0; show_disks && i < s->s_ndisks; i++) {
		if (!is_shown(&s->s_disk[i], n))
			continue;
		n++;
		printf("%*.6s%d ", old_style ? 12 : 15,
		    s->s_disk[i].device_name, s->s_disk[i].unit_number);
		if (s->s_disk[i].unit_number < 10)
			putchar(' ');
	}
	if (show_cpu)
		printf("            cpu");
	putchar('\n');
	if (show_tty)
		printf(" tin tout");
	for (; n > 0; n--)
		printf("%s", columns);
	if (show_cpu)
		printf(" us ni sy in id");
	putchar('\n');
}

static const struct devstat *
same_disk(const struct sample *s, const struct devstat *ds)
{
	static const struct devstat nothing;
	size_t i;

	for (i = 0; i < s->s_ndisks; i++) {
		if (s->s_disk[i].device_number == ds->device_number)
			return (&s->s_disk[i]);
	}
	return (&nothing);
}

static void
print_disk(const struct devstat *now, const struct devstat *then,
    double seconds)
{
	double xfers = (double)(now->num_reads + now->num_writes +
	    now->num_frees - then->num_reads - then->num_writes -
	    then->num_frees);
	double bytes = (double)(now->bytes_read + now->bytes_written -
	    then->bytes_read - then->bytes_written);
	double busy = (double)(now->busy_time.tv_sec -
	    then->busy_time.tv_sec) + (now->busy_time.tv_usec -
	    then->busy_time.tv_usec) / 1e6;
	double per = totals ? 1.0 : seconds;

	if (old_style)
		printf("%4.0f%4.0f%6.1f ", bytes / now->block_size / per,
		    xfers / per, xfers > 0 ? busy * 1000 / xfers : 0.0);
	else
		printf(" %5.2f %4.0f %5.2f ",
		    xfers > 0 ? bytes / KB / xfers : 0.0, xfers / per,
		    bytes / MB / per);
}

static void
print_line(const struct sample *now, const struct sample *then)
{
	double seconds = now->s_time - then->s_time, cpu = 0;
	double per = totals ? 1.0 : seconds;
	size_t i, n = 0;

	if (seconds <= 0)
		seconds = per = 1;
	if (show_tty)
		printf("%4.0f%5.0f", (double)(now->s_tin - then->s_tin) / per,
		    (double)(now->s_tout - then->s_tout) / per);
	for (i = 0; show_disks && i < now->s_ndisks; i++) {
		if (is_shown(&now->s_disk[i], n)) {
			n++;
			print_disk(&now->s_disk[i],
			    same_disk(then, &now->s_disk[i]), seconds);
		}
	}
	for (i = 0; i < 5; i++)
		cpu += now->s_cpu[i] - then->s_cpu[i];
	for (i = 0; show_cpu && i < 5; i++)
		printf(" %2.0f", cpu > 0 ?
		    (now->s_cpu[i] - then->s_cpu[i]) * 100 / cpu : 0.0);
	putchar('\n');
	fflush(stdout);
}

static void
check_names(const struct sample *s)
{
	char name[32];
	size_t j;
	int i;

	for (i = 0; i < nnames; i++) {
		for (j = 0; j < s->s_ndisks; j++) {
			disk_name(&s->s_disk[j], name, sizeof(name));
			if (strcmp(name, names[i]) == 0)
				break;
		}
		if (j == s->s_ndisks)
			errx(1, "%s: no such disk", names[i]);
	}
}

int
main(int argc, char **argv)
{
	struct sample now, then;
	unsigned count = 0, wait = 0, line = 0;
	int c;

	while ((c = getopt(argc, argv, "Cc:dIn:oTw:")) != -1) {
		switch (c) {
		case 'C':
			show_disks = show_tty = false;
			break;
		case 'c': count = number(optarg); break;
		case 'd':
			show_cpu = show_tty = false;
			break;
		case 'I': totals = true; break;
		case 'n': most = number(optarg); break;
		case 'o': old_style = true; break;
		case 'T':
			show_disks = show_cpu = false;
			break;
		case 'w': wait = number(optarg); break;
		default: usage();
		}
	}
	names = argv + optind;
	nnames = argc - optind;
	if (!show_tty && !show_disks && !show_cpu)
		usage();
	if (count == 0 && wait == 0)
		count = 1;
	if (wait == 0)
		wait = 1;
	memset(&then, 0, sizeof(then));
	for (;;) {
		take_sample(&now);
		if (line == 0)
			check_names(&now);
		if (line++ % HEADER_EVERY == 0)
			print_header(&now);
		print_line(&now, &then);
		free(then.s_disk);
		then = now;
		if (count != 0 && --count == 0)
			break;
		sleep(wait);
	}
	return (0);
}
