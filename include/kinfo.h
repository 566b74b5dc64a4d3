/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statistics of the system.
 */
#ifndef _KINFO_H_
#define _KINFO_H_

#include <sys/cdefs.h>
#include <sys/kinfo.h>

__BEGIN_DECLS
int	kinfo_get_clockrate(struct kinfo_clockinfo *);
int	kinfo_get_cpus(int *);
int	kinfo_get_files(struct kinfo_file **, size_t *);
int	kinfo_get_openfiles(int *);
int	kinfo_get_sched_ccpu(int *);
int	kinfo_get_sched_cputime(struct kinfo_cputime *);
int	kinfo_get_sched_hz(int *);
int	kinfo_get_sched_profhz(int *);
int	kinfo_get_sched_stathz(int *);
int	kinfo_get_tty_tk_nin(uint64_t *);
int	kinfo_get_tty_tk_nout(uint64_t *);
int	kinfo_get_vfs_bufspace(long *);
__END_DECLS

#endif /* !_KINFO_H_ */
