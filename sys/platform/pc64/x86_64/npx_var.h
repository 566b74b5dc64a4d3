/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FPU state: what the platform's switching and signal code calls.
 */
#ifndef _PC64_NPX_VAR_H_
#define _PC64_NPX_VAR_H_

#include <sys/types.h>
#include <machine/npx.h>
#include <machine/ucontext.h>

struct thread;

/* swtch.S: the instructions. */
void	npx_xsave(void *area, uint64_t mask);
void	npx_fxsave(void *area);
int	npx_xrstor(const void *area, uint64_t mask);
int	npx_fxrstor(const void *area);

/* Switching; critical section held. */
void	npx_switch_out(struct thread *td);
void	npx_switch_in(struct thread *td);

#define NPX_FRAME_SIZE		832	/* of XSAVE image in a signal frame */
#define NPX_EXTRA_OFFSET	464	/* free for software in FXSAVE images */
#define NPX_EXTRA_MAGIC		0x35317861	/* "ax15" */

/* Where the rest of the image is, when a signal frame has a rest. */
struct npx_extra {
	uint32_t	nx_magic;
	uint32_t	nx_size;	/* bytes */
	uint64_t	nx_addr;	/* user address */
};

/* Bytes of the current thread's state that a signal frame cannot hold. */
size_t	npx_extra_size(struct thread *td);
/* Save into a frame (and the rest to uaddr); restore. 0 or EFAULT. */
int	npxpush_extra(mcontext_t *mc, u_long uaddr, size_t size);
int	npxpop_user(mcontext_t *mc);

#endif /* !_PC64_NPX_VAR_H_ */
