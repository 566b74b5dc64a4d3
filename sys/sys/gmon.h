/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Profiles of programs.
 */
#ifndef _SYS_GMON_H_
#define _SYS_GMON_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define GMONVERSION	0x51879
#define HISTFRACTION	2
#define HASHFRACTION	2

#define ARCDENSITY	2
#define MINARCS		50
#define MAXARCS		0xfffe

#define GMON_PROF_ON	0
#define GMON_PROF_BUSY	1
#define GMON_PROF_ERROR	2
#define GMON_PROF_OFF	3
#define GMON_PROF_HIRES	4

struct gmonhdr {
	u_long	lpc;
	u_long	hpc;
	int	ncnt;
	int	version;
	int	profrate;
	int	spare[3];
};

struct tostruct {
	u_long	selfpc;
	long	count;
	u_short	link;
	u_short	pad;
};

struct gmonparam {
	int	state;
	unsigned short *kcount;
	u_long	kcountsize;
	u_short	*froms;
	u_long	fromssize;
	struct tostruct *tos;
	u_long	tossize;
	long	tolimit;
	u_long	lowpc;
	u_long	highpc;
	u_long	textsize;
	u_long	hashfraction;
	int	profrate;
	unsigned short *cputime_count;
	int	cputime_overhead;
	unsigned short *mcount_count;
	int	mcount_overhead;
	int	mcount_post_overhead;
	int	mcount_pre_overhead;
	unsigned short *mexitcount_count;
	int	mexitcount_overhead;
	int	mexitcount_post_overhead;
	int	mexitcount_pre_overhead;
};

#ifndef _KERNEL
__BEGIN_DECLS
void	moncontrol(int);
void	monstartup(u_long, u_long);
__END_DECLS
#endif

#endif /* !_SYS_GMON_H_ */
