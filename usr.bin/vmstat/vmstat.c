/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vmstat - what the processors and the virtual memory do
 *
 * usage: vmstat [-imsu] [-c count] [-w wait] [wait [count]]
 *
 * The layout is that of doc/reference/userland/tools-output.md.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/kinfo.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>

#include <err.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "vmstat.h"

static volatile sig_atomic_t resized;
static int raw;

/* What rates are computed from. */
struct sample {
	struct vmmeter meter;
	double	user, system, idle;	/* microseconds of all CPUs */
	double	time;			/* seconds since boot */
};

void
vmstat_get(const char *name, void *value, size_t size)
{
	size_t len = size;

	if (sysctlbyname(name, value, &len, NULL, 0) != 0)
		err(1, "sysctl %s", name);
	if (len != size)
		errx(1, "sysctl %s: unexpected size", name);
}

void *
vmstat_get_all(const char *name, size_t *size)
{
	size_t len = 0;
	char *p;

	if (sysctlbyname(name, NULL, &len, NULL, 0) != 0)
		err(1, "sysctl %s", name);
	len += len / 8;			/* it may grow until it is read */
	p = malloc(len + 1);
	if (p == NULL)
		err(1, NULL);
	if (sysctlbyname(name, p, &len, NULL, 0) != 0)
		err(1, "sysctl %s", name);
	p[len] = '\0';
	if (size != NULL)
		*size = len;
	return (p);
}

double
vmstat_uptime(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_UPTIME, &ts) != 0)
		err(1, "clock_gettime");
	return (ts.tv_sec > 0 ? (double)ts.tv_sec + ts.tv_nsec / 1e9 : 1.0);
}

static void
take_sample(struct sample *s)
{
	struct kinfo_cputime *cpus;
	size_t size, i;

	vmstat_get("vm.vmmeter", &s->meter, sizeof(s->meter));
	s->user = s->system = s->idle = 0;
	cpus = vmstat_get_all("kern.cputime", &size);
	for (i = 0; i < size / sizeof(*cpus); i++) {
		s->user += (double)(cpus[i].cp_user + cpus[i].cp_nice);
		s->system += (double)(cpus[i].cp_sys + cpus[i].cp_intr);
		s->idle += (double)cpus[i].cp_idle;
	}
	free(cpus);
	s->time = vmstat_uptime();
}

/* A number in so many columns, with a unit when it does not fit. */
static void
number(double n, int width, int decimals)
{
	static const char units[] = " KMGTP";
	char text[32];
	int u = 0, d;

	if (raw) {
		printf(" %*.0f", width, n);
		return;
	}
	while (n >= 1024 && units[u + 1] != '\0') {
		n /= 1024;
		u++;
	}
	if (u == 0) {
		printf(" %*.0f", width, n);
		return;
	}
	for (d = decimals; d >= 0; d--) {
		snprintf(text, sizeof(text), "%.*f%c", d, n, units[u]);
		if ((int)strlen(text) <= width)
			break;
	}
	printf(" %*s", width, text);
}

static void
heading(void)
{
	printf("--procs-- ---memory-- -------paging------ "
	    " -----faults------ ---cpu---\n");
	printf("  r   b w   fre   flt   re   pi   po   fr "
	    "  int   sys   ctx us sy id\n");
}

static void
jobs(const struct vmtotal *t)
{
	if (t->t_rq >= 1000)
		printf("***");
	else
		printf("%3ld", t->t_rq);
	printf(" %3ld ", t->t_dw + t->t_pw);
	if (t->t_sw >= 10)
		printf("*");
	else
		printf("%1ld", t->t_sw);
}

static void
row(const struct sample *a, const struct sample *b)
{
	double secs = b->time - a->time, all;
	struct vmtotal t;
	struct vmstats s;

	if (secs <= 0)
		secs = 1;
	vmstat_get("vm.vmtotal", &t, sizeof(t));
	vmstat_get("vm.vmstats", &s, sizeof(s));
#define RATE(field)	((double)(b->meter.field - a->meter.field) / secs)
	jobs(&t);
	number((double)(s.v_free_count + s.v_cache_count) * s.v_page_size, 5,
	    2);
	number(RATE(v_vm_faults), 5, 2);
	number(RATE(v_reactivated), 4, 1);
	number((RATE(v_swappgsin) + RATE(v_vnodepgsin)) * s.v_page_size, 4,
	    1);
	number((RATE(v_swappgsout) + RATE(v_vnodepgsout)) * s.v_page_size, 4,
	    1);
	number(RATE(v_tfree) * s.v_page_size, 4, 1);
	putchar(' ');
	number(RATE(v_intr), 4, 1);
	number(RATE(v_syscall), 5, 2);
	number(RATE(v_swtch), 5, 2);
#undef RATE
	all = b->user - a->user + b->system - a->system + b->idle - a->idle;
	if (all <= 0)
		all = 1;
	printf(" %2.0f %2.0f %2.0f\n", 100 * (b->user - a->user) / all,
	    100 * (b->system - a->system) / all,
	    100 * (b->idle - a->idle) / all);
	fflush(stdout);
}

static void
on_resize(int sig)
{
	resized = 1;
}

static int
screen_rows(void)
{
	struct winsize ws;

	resized = 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) == 0 && ws.ws_row > 5)
		return (ws.ws_row - 3);
	return (20);
}

static void
rates(double wait, long count)
{
	struct sample old, new;
	struct timespec ts;
	int left = 0;

	memset(&old, 0, sizeof(old));
	signal(SIGWINCH, on_resize);
	for (;;) {
		if (left-- == 0 || resized) {
			left = screen_rows();
			heading();
		}
		take_sample(&new);
		row(&old, &new);
		old = new;
		if (count > 0 && --count == 0)
			break;
		ts.tv_sec = (time_t)wait;
		ts.tv_nsec = (long)((wait - (double)ts.tv_sec) * 1e9);
		nanosleep(&ts, NULL);
	}
}

static double
positive(const char *text, const char *what)
{
	char *end;
	double n = strtod(text, &end);

	if (end == text || *end != '\0' || n <= 0)
		errx(1, "%s: bad %s", text, what);
	return (n);
}

int
main(int argc, char **argv)
{
	double wait = 0;
	long count = 0;
	int c, done = 0;

	while ((c = getopt(argc, argv, "c:imsuw:")) != -1) {
		switch (c) {
		case 'c': count = (long)positive(optarg, "count"); break;
		case 'i': vmstat_interrupts(); done = 1; break;
		case 'm': vmstat_memory(); done = 1; break;
		case 's': vmstat_sums(); done = 1; break;
		case 'u': raw = 1; break;
		case 'w': wait = positive(optarg, "interval"); break;
		default: goto usage;
		}
	}
	argv += optind;
	if (*argv != NULL)
		wait = positive(*argv++, "interval");
	if (*argv != NULL)
		count = (long)positive(*argv++, "count");
	if (*argv != NULL)
		goto usage;
	if (done)
		return (0);
	if (wait == 0 && count == 0)
		count = 1;
	rates(wait == 0 ? 1 : wait, count);
	return (0);
usage:
	fprintf(stderr, "usage: vmstat [-imsu] [-c count] [-w wait] "
	    "[wait [count]]\n");
	return (1);
}
