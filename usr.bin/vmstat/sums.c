/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Totals since boot; see vmstat.h.
 */
#include <sys/param.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vmstat.h"

static void
line(unsigned long n, const char *what)
{
	printf("%9lu %s\n", n, what);
}

void
vmstat_sums(void)
{
	struct vmmeter m;
	struct vmstats s;

	vmstat_get("vm.vmmeter", &m, sizeof(m));
	vmstat_get("vm.vmstats", &s, sizeof(s));
	line(m.v_swtch, "cpu context switches");
	line(m.v_intr, "device interrupts");
	line(m.v_soft, "software interrupts");
	line(m.v_trap, "traps");
	line(m.v_syscall, "system calls");
	line(m.v_kthreads, "kernel threads created");
	line(m.v_forks, " fork() calls");
	line(m.v_vforks, "vfork() calls");
	line(m.v_rforks, "rfork() calls");
	line(m.v_exec, "exec() calls");
	line(m.v_swapin, "swap pager pageins");
	line(m.v_swappgsin, "swap pager pages paged in");
	line(m.v_swapout, "swap pager pageouts");
	line(m.v_swappgsout, "swap pager pages paged out");
	line(m.v_vnodein, "vnode pager pageins");
	line(m.v_vnodepgsin, "vnode pager pages paged in");
	line(m.v_vnodeout, "vnode pager pageouts");
	line(m.v_vnodepgsout, "vnode pager pages paged out");
	line(m.v_pdwakeups, "page daemon wakeups");
	line(m.v_pdpages, "pages examined by the page daemon");
	line(m.v_reactivated, "pages reactivated");
	line(m.v_cow_faults, "copy-on-write faults");
	line(m.v_cow_optim, "copy-on-write optimized faults");
	line(m.v_zfod, "zero fill pages zeroed");
	line(m.v_ozfod, "zero fill pages prezeroed");
	line(m.v_intrans, "intransit blocking page faults");
	line(m.v_vm_faults, "total VM faults taken");
	line(m.v_kthreadpages, "pages affected by kernel thread creation");
	line(m.v_forkpages, "pages affected by  fork()");
	line(m.v_vforkpages, "pages affected by vfork()");
	line(m.v_rforkpages, "pages affected by rfork()");
	line(m.v_tfree, "pages freed");
	line(m.v_dfree, "pages freed by daemon");
	line(m.v_pfree, "pages freed by exiting processes");
	line((u_long)s.v_active_count, "pages active");
	line((u_long)s.v_inactive_count, "pages inactive");
	line((u_long)s.v_cache_count, "pages in VM cache");
	line((u_long)s.v_wire_count, "pages wired down");
	line((u_long)s.v_free_count, "pages free");
	line(s.v_page_size, "bytes per page");
	line(m.v_smpinvltlb, "global smp invltlbs");
}

/* Two sysctls in parallel: names that end with NUL, and counters. */
void
vmstat_interrupts(void)
{
	uint64_t total = 0;
	size_t names_size, counts_size, i;
	char *names = vmstat_get_all("hw.intrnames", &names_size), *p;
	u_long *counts = vmstat_get_all("hw.intrcnt", &counts_size);
	double up = vmstat_uptime();
	int width = (int)sizeof("interrupt") - 1;

	for (p = names; p < names + names_size; p += strlen(p) + 1)
		width = MAX(width, (int)strlen(p));
	printf("%-*s %11s %10s\n", width, "interrupt", "total", "rate");
	for (p = names, i = 0; p < names + names_size &&
	    i < counts_size / sizeof(*counts); p += strlen(p) + 1, i++) {
		if (counts[i] == 0)
			continue;
		printf("%-*s %11lu %10.0f\n", width, p, counts[i],
		    (double)counts[i] / up);
		total += counts[i];
	}
	printf("%-*s %11ju %10.0f\n", width, "Total", (uintmax_t)total,
	    (double)total / up);
	free(names);
	free(counts);
}

static const char *
short_number(char *buf, size_t size, double n)
{
	static const char units[] = " KMGTP";
	int u = 0;

	while (n >= 10000 && units[u + 1] != '\0') {
		n /= 1024;
		u++;
	}
	snprintf(buf, size, u > 0 ? "%.0f%c" : "%.0f", n, units[u]);
	return (buf);
}

/* kern.malloc is text: type, pieces, bytes, limit, requests a line. */
void
vmstat_memory(void)
{
	char *text = vmstat_get_all("kern.malloc", NULL), *rest = text, *row;
	char name[64], a[16], b[16], c[16];
	long pieces, requests;
	double bytes, limit;
	int at;

	printf("\nMemory statistics by type\n%19s %7s %7s %7s %10s\n", "Type",
	    "Count", "MemUse", "Limit", "Requests");
	while ((row = strsep(&rest, "\n")) != NULL) {
		/* The name, which may contain blanks, fills 20 columns. */
		if (strlen(row) < 21)
			continue;
		snprintf(name, sizeof(name), "%.20s", row);
		at = 20;
		if (sscanf(row + at, "%ld %lf %lf %ld", &pieces, &bytes,
		    &limit, &requests) != 4 || requests == 0)
			continue;
		printf("%19s %7s %7s %7s %10ld\n", name + strspn(name, " "),
		    short_number(a, sizeof(a), (double)pieces),
		    short_number(b, sizeof(b), bytes),
		    limit == 0 ? "-" : short_number(c, sizeof(c), limit),
		    requests);
	}
	free(text);
}
