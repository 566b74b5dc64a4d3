/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The places of the CPUs, and hw.cpu_topology, which shows them.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/cpu_topology.h>
#include <sys/kernel.h>
#include <sys/sbuf.h>
#include <sys/sysctl.h>

#include <machine/smp.h>

struct cpu_place cpu_places[MAXCPU];

SYSCTL_NODE(_hw, OID_AUTO, cpu_topology, CTLFLAG_RD, 0, "Where the CPUs are");

/* "package 0 core 0: cpus 0 1", a line a core. */
static int
sysctl_cpu_topology_tree(SYSCTL_HANDLER_ARGS)
{
	struct sbuf *sb = sbuf_new_auto();
	struct cpu_place *pl;
	int i, j, error;

	for (i = 0; i < ncpus; i++) {
		pl = &cpu_places[i];
		for (j = 0; j < i; j++) {
			if (cpu_places[j].core == pl->core)
				break;
		}
		if (j < i)
			continue;
		sbuf_printf(sb, "%sdomain %d package %d core %d: cpus",
		    i == 0 ? "" : "\n", pl->domain, pl->package, pl->core);
		for (j = i; j < ncpus; j++) {
			if (cpu_places[j].core == pl->core)
				sbuf_printf(sb, " %d", j);
		}
	}
	sbuf_finish(sb);
	error = SYSCTL_OUT(req, sbuf_data(sb), sbuf_len(sb) + 1);
	sbuf_delete(sb);
	return (error);
}
SYSCTL_PROC(_hw_cpu_topology, OID_AUTO, tree, CTLTYPE_STRING | CTLFLAG_RD,
    NULL, 0, sysctl_cpu_topology_tree, "A", "CPUs of each core");
