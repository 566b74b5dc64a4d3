/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The letters for what is recorded, of ktrace(1) and kdump(1).
 */
#ifndef POINTS_H
#define POINTS_H

#include <sys/ktrace.h>

#define DEFAULT_POINTS	(KTRFAC_SYSCALL | KTRFAC_SYSRET | KTRFAC_NAMEI | \
			 KTRFAC_GENIO | KTRFAC_PSIG | KTRFAC_USER)

/* KTRFAC_* for the letters; -1 when one of them is none. */
int	ktrace_points(const char *letters);

#endif
