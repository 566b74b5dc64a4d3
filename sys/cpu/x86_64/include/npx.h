/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Layout of saved x87, SSE and AVX state, and the kernel's interface to it.
 *
 * The area a thread saves to is large enough for every component the kernel
 * enables (npx_xsave_size bytes, AVX-512 included); the structures here name
 * the parts of it that user programs may see in signal frames.
 */
#ifndef _CPU_NPX_H_
#define _CPU_NPX_H_

#include <machine/stdint.h>

struct env87 {
	__int32_t	en_cw;		/* control word */
	__int32_t	en_sw;		/* status word */
	__int32_t	en_tw;		/* tag word */
	__int32_t	en_fip;		/* instruction pointer */
	__uint16_t	en_fcs;		/* its segment */
	__uint16_t	en_opcode;
	__int32_t	en_foo;		/* operand offset */
	__int32_t	en_fos;		/* operand segment */
};

struct fpacc87 {
	__uint8_t	fp_bytes[10];
};

struct save87 {
	struct env87	sv_env;
	struct fpacc87	sv_ac[8];
	__uint8_t	sv_pad0[4];
	__uint8_t	sv_pad[64];
};

struct envxmm {
	__uint16_t	en_cw;
	__uint16_t	en_sw;
	__uint16_t	en_tw;
	__uint16_t	en_opcode;
	__uint32_t	en_fip;
	__uint16_t	en_fcs;
	__uint16_t	en_pad0;
	__uint32_t	en_foo;
	__uint16_t	en_fos;
	__uint16_t	en_pad1;
	__uint32_t	en_mxcsr;
	__uint32_t	en_mxcsr_mask;
};

struct envxmm64 {
	__uint16_t	en_cw;
	__uint16_t	en_sw;
	__uint8_t	en_tw;
	__uint8_t	en_zero;
	__uint16_t	en_opcode;
	__uint64_t	en_rip;
	__uint64_t	en_rdp;
	__uint32_t	en_mxcsr;
	__uint32_t	en_mxcsr_mask;
};

struct xmmacc {
	__uint8_t	xmm_bytes[16];
};

struct ymmacc {
	__uint8_t	ymm_bytes[16];	/* upper half of a YMM register */
};

struct savexmm {
	struct envxmm	sv_env;
	struct {
		struct fpacc87	fp_acc;
		__uint8_t	fp_pad[6];
	} sv_fp[8];
	struct xmmacc	sv_xmm[8];
	__uint8_t	sv_pad[224];
} __attribute__((aligned(16)));

struct savexmm64 {
	struct envxmm64	sv_env;
	struct {
		struct fpacc87	fp_acc;
		__uint8_t	fp_pad[6];
	} sv_fp[8];
	struct xmmacc	sv_xmm[8];
	__uint8_t	sv_pad[224];
} __attribute__((aligned(16)));

#define XSTATE_XCOMP_BV_COMPACT	(1ULL << 63)

struct xstate_hdr {
	__uint64_t	xstate_bv;
	__uint64_t	xstate_xcomp_bv;
	__uint8_t	xstate_rsrv0[8];
	__uint8_t	xstate_rsrv[40];
};

struct savexmm_xstate {
	struct xstate_hdr sx_hd;
	struct ymmacc	sx_ymm[16];
};

struct saveymm {
	struct envxmm	sv_env;
	struct {
		struct fpacc87	fp_acc;
		__uint8_t	fp_pad[6];
	} sv_fp[8];
	struct xmmacc	sv_xmm[16];
	__uint8_t	sv_pad[96];
	struct savexmm_xstate sv_xstate;
} __attribute__((aligned(64)));

struct saveymm64 {
	struct envxmm64	sv_env;
	struct {
		struct fpacc87	fp_acc;
		__int8_t	fp_pad[6];
	} sv_fp[8];
	struct xmmacc	sv_xmm[16];
	__uint8_t	sv_pad[96];
	struct savexmm_xstate sv_xstate;
} __attribute__((aligned(64)));

union savefpu {
	struct save87	sv_87;
	struct savexmm	sv_xmm;
	struct saveymm	sv_ymm;
	struct savexmm64 sv_xmm64;
	struct saveymm64 sv_ymm64;
};

#define __INITIAL_NPXCW__	0x127F
#define __INITIAL_FPUCW__	0x037F
#define __INITIAL_FPUCW_I386__	0x127F
#define __INITIAL_MXCSR__	0x1F80
#define __INITIAL_MXCSR_MASK__	0xFFBF

#ifdef _KERNEL

struct thread;
struct trapframe;

extern unsigned int npx_xsave_size;	/* bytes a thread's state takes */
extern unsigned long npx_xcr0_mask;	/* enabled components; 0: no XSAVE */
extern unsigned int npx_mxcsr_mask;	/* MXCSR bits that may be set */

/* Find out what the CPU has (BSP, early); then turn it on (every CPU). */
void	npx_probe(void);
void	npxinit(void);

/*
 * A thread owns the registers of the CPU named in its md_thread until
 * another user thread runs there.
 */
int	npxdna(void);			/* #NM handler; 0: cannot help */
void	npxsave(union savefpu *area);	/* store the registers */
void	npxexit(struct thread *td);	/* forget td's state */
int	npxtrap(void);			/* si_code of a pending x87 error */
int	npxxmmtrap(void);		/* same for SSE */
void	npxreset(struct thread *td);	/* current: back to initial state */
void	npxfork(struct thread *from, struct thread *to);
void	npx_get_fpregs(struct thread *td, struct savexmm64 *out);
void	npx_set_fpregs(struct thread *td, const struct savexmm64 *in);

/*
 * Bracket kernel code that uses vector registers: a critical section, so
 * such code must not block.  Does not nest.  Not in interrupt handlers.
 */
void	kernel_fpu_begin(void);
void	kernel_fpu_end(void);

#endif /* _KERNEL */
#endif /* !_CPU_NPX_H_ */
