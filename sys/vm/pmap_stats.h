/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counters every pmap keeps.  Apart from <vm/pmap.h> so that the machine's
 * definition of struct pmap can contain them.
 */
#ifndef _VM_PMAP_STATS_H_
#define _VM_PMAP_STATS_H_

struct pmap_statistics {
	long	resident_count;		/* (a) pages mapped */
	long	wired_count;		/* (a) of which wired */
	long	resident_peak;		/* (a) most pages before some went */
};
typedef struct pmap_statistics *pmap_statistics_t;

#endif /* !_VM_PMAP_STATS_H_ */
