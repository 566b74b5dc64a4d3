/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of the name cache.
 */
#ifndef _SYS_NCHSTATS_H_
#define _SYS_NCHSTATS_H_

#include <sys/cdefs.h>

struct nchstats {
	unsigned long ncs_goodhits;
	unsigned long ncs_neghits;
	unsigned long ncs_badhits;
	unsigned long ncs_falsehits;
	unsigned long ncs_miss;
	unsigned long ncs_longhits;
	unsigned long ncs_longmiss;
	unsigned long ncs_unused;
} __cachealign;

#endif /* !_SYS_NCHSTATS_H_ */
