/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How much memory an idle system uses: the kernel and its permanent data
 * (wired), and all but free memory and file cache.
 */
#include <sys/types.h>
#include <sys/sysctl.h>
#include <sys/vmmeter.h>
#include <err.h>
#include <stdio.h>

int
main(void)
{
	struct vmstats vs;
	size_t len = sizeof(vs), plen = sizeof(long);
	long phys = 0, mb = 1048576;

	if (sysctlbyname("vm.vmstats", &vs, &len, NULL, 0) != 0)
		err(1, "vm.vmstats");
	sysctlbyname("hw.physmem", &phys, &plen, NULL, 0);
	printf("memory of the machine: %ld MB, managed %ld MB\n", phys / mb,
	    vs.v_page_count * (long)vs.v_page_size / mb);
	printf("kernel and its data (wired): %ld MB, and %ld MB never managed"
	    " (48 together)\n", vs.v_wire_count * (long)vs.v_page_size / mb,
	    (phys - vs.v_page_count * (long)vs.v_page_size) / mb);
	printf("idle with a shell, without cache: %ld MB (96)\n",
	    (vs.v_wire_count + vs.v_active_count) * (long)vs.v_page_size / mb);
	return (0);
}
