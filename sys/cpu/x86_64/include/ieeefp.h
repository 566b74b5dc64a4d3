/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating point environment, System V names.
 */
#ifndef _CPU_IEEEFP_H_
#define _CPU_IEEEFP_H_

#include <sys/cdefs.h>

#define fp_except_t	int

typedef enum {
	FP_RN = 0,		/* to nearest */
	FP_RM,			/* down */
	FP_RP,			/* up */
	FP_RZ			/* to zero */
} fp_rnd_t;

typedef enum {
	FP_PS = 0,		/* 24 bits */
	FP_PRS,			/* reserved */
	FP_PD,			/* 53 bits */
	FP_PE			/* 64 bits */
} fp_prec_t;

/* Exceptions. */
#define FP_X_INV	0x01
#define FP_X_DNML	0x02
#define FP_X_DZ		0x04
#define FP_X_OFL	0x08
#define FP_X_UFL	0x10
#define FP_X_IMP	0x20
#define FP_X_STK	0x40

/* Fields of the x87 control and status words and of MXCSR. */
#define FP_MSKS_FLD	0x003f
#define FP_PRC_FLD	0x0300
#define FP_RND_FLD	0x0c00
#define FP_STKY_FLD	0x003f
#define SSE_STKY_FLD	0x003f
#define SSE_DAZ_FLD	0x0040
#define SSE_MSKS_FLD	0x1f80
#define SSE_RND_FLD	0x6000
#define SSE_FZ_FLD	0x8000
#define FP_MSKS_OFF	0
#define FP_PRC_OFF	8
#define FP_RND_OFF	10
#define FP_STKY_OFF	0
#define SSE_STKY_OFF	0
#define SSE_DAZ_OFF	6
#define SSE_MSKS_OFF	7
#define SSE_RND_OFF	13
#define SSE_FZ_OFF	15

__BEGIN_DECLS
fp_rnd_t	fpgetround(void);
fp_rnd_t	fpsetround(fp_rnd_t);
fp_prec_t	fpgetprec(void);
fp_prec_t	fpsetprec(fp_prec_t);
fp_except_t	fpgetmask(void);
fp_except_t	fpsetmask(fp_except_t);
fp_except_t	fpgetsticky(void);
fp_except_t	fpresetsticky(fp_except_t);
__END_DECLS

#endif /* !_CPU_IEEEFP_H_ */
