/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floating point and vector state of user threads.
 *
 * State is saved whenever a user thread is switched out and loaded when one
 * is switched in, unless the registers still hold it (nobody else used them
 * on this CPU in between).  The kernel is compiled without vector code, so
 * registers are always those of the thread named by gd_npxthread.  CR0.TS
 * is never set: #NM cannot happen.
 *
 * Save areas have the standard (not compacted) XSAVE layout, or that of
 * FXSAVE where the CPU has no XSAVE, and lie at the top of kernel stacks.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/proc.h>
#include <sys/thread2.h>
#include <machine/cpufunc.h>
#include <machine/globaldata.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pcb.h>
#include <machine/specialreg.h>
#include <machine/trap.h>
#include <machine/ucontext.h>
#include "npx_var.h"

#define LEGACY_SIZE	512		/* FXSAVE image */
#define HEADER_SIZE	64

u_int	npx_xsave_size = LEGACY_SIZE;
u_long	npx_xcr0_mask;
u_int	npx_mxcsr_mask = __INITIAL_MXCSR_MASK__;

/* The state at exec: legacy part and a header that says "initial". */
static union {
	union savefpu	fpu;
	uint8_t		bytes[LEGACY_SIZE + HEADER_SIZE];
} npx_initial __attribute__((aligned(64)));

static void
npx_store(union savefpu *area)
{
	if (npx_xcr0_mask != 0)
		npx_xsave(area, npx_xcr0_mask);
	else
		npx_fxsave(area);
}

static int
npx_load(const union savefpu *area)
{
	if (npx_xcr0_mask != 0)
		return (npx_xrstor(area, npx_xcr0_mask));
	return (npx_fxrstor(area));
}

static void
npx_initial_copy(union savefpu *area)
{
	bzero(area, npx_xsave_size);
	memcpy(area, &npx_initial, MIN(npx_xsave_size,
	    sizeof(npx_initial)));
}

void
npx_probe(void)
{
	u_int regs[4];

	if (cpu_feature2 & CPUID2_XSAVE) {
		cpuid_count(0xd, 0, regs);
		npx_xcr0_mask = XCR0_X87 | XCR0_SSE;
		if ((cpu_feature2 & CPUID2_AVX) && (regs[0] & XCR0_YMM)) {
			npx_xcr0_mask |= XCR0_YMM;
			if ((regs[0] & XCR0_AVX512) == XCR0_AVX512)
				npx_xcr0_mask |= XCR0_AVX512;
		}
	}
	npx_initial.fpu.sv_xmm64.sv_env.en_cw = __INITIAL_FPUCW__;
	npx_initial.fpu.sv_xmm64.sv_env.en_mxcsr = __INITIAL_MXCSR__;
}

void
npxinit(void)
{
	static union savefpu scratch;
	u_int regs[4];

	load_cr4(rcr4() | CR4_FXSR | CR4_XMM |
	    (npx_xcr0_mask ? CR4_XSAVE : 0));
	load_cr0((rcr0() & ~(CR0_EM | CR0_TS)) | CR0_MP | CR0_NE);
	if (npx_xcr0_mask != 0)
		load_xcr(0, npx_xcr0_mask);
	__asm__ __volatile__("fninit");
	if (mycpuid != 0)
		return;
	if (npx_xcr0_mask != 0) {
		/* Size of everything that is enabled now. */
		cpuid_count(0xd, 0, regs);
		npx_xsave_size = regs[1];
	}
	npx_fxsave(&scratch);
	if (scratch.sv_xmm64.sv_env.en_mxcsr_mask != 0)
		npx_mxcsr_mask = scratch.sv_xmm64.sv_env.en_mxcsr_mask;
	npx_load(&npx_initial.fpu);
}

/* With interrupts off nobody changes the registers under our hands. */
void
npx_switch_out(thread_t td)
{
	struct mdglobaldata *md = mdcpu;

	if (td->td_savefpu != NULL && md->gd_npxthread == td)
		npx_store(td->td_savefpu);
}

void
npx_switch_in(thread_t td)
{
	struct mdglobaldata *md = mdcpu;
	int cpu = md->mi.gd_cpuid;

	if (md->gd_npxthread == td && td->td_mach.mtd_fpcpu == cpu)
		return;
	md->gd_npxthread = td;
	td->td_mach.mtd_fpcpu = cpu;
	/* What is in memory was checked when it was put there. */
	if (npx_load(td->td_savefpu) != 0)
		npx_load(&npx_initial.fpu);
}

/* Put the current thread's registers into its area. */
static void
npx_sync(thread_t td)
{
	crit_enter();
	if (mdcpu->gd_npxthread == td)
		npx_store(td->td_savefpu);
	crit_exit();
}

/* The current thread's area was changed: load it. */
static void
npx_reload(thread_t td)
{
	crit_enter();
	td->td_mach.mtd_fpcpu = -1;
	npx_switch_in(td);
	crit_exit();
}

int
npxdna(void)
{
	return (0);
}

void
npxsave(union savefpu *area)
{
	npx_store(area);
}

void
npxexit(thread_t td)
{
	crit_enter();
	if (mdcpu->gd_npxthread == td)
		mdcpu->gd_npxthread = NULL;
	td->td_mach.mtd_fpcpu = -1;
	crit_exit();
}

int
npxtrap(void)
{
	uint16_t cw, sw;

	__asm__ __volatile__("fnstcw %0; fnstsw %1; fnclex" :
	    "=m" (cw), "=m" (sw));
	return (0);
}

int
npxxmmtrap(void)
{
	return (0);
}

void
npxreset(thread_t td)
{
	npx_initial_copy(td->td_savefpu);
	npx_reload(td);
}

void
npxfork(thread_t from, thread_t to)
{
	to->td_mach.mtd_fpcpu = -1;
	if (from->td_savefpu == NULL) {
		npx_initial_copy(to->td_savefpu);
		return;
	}
	npx_sync(from);
	memcpy(to->td_savefpu, from->td_savefpu, npx_xsave_size);
}

/*
 * Signal frames hold 832 bytes, everything up to AVX.  What AVX-512 adds,
 * when it is in use, goes to the user stack beside the frame; a record in
 * the bytes of the FXSAVE image that are left to software tells where.
 */
size_t
npx_extra_size(thread_t td)
{
	if ((npx_xcr0_mask & XCR0_AVX512) == 0)
		return (0);
	npx_sync(td);
	if ((td->td_savefpu->sv_ymm64.sv_xstate.sx_hd.xstate_bv &
	    XCR0_AVX512) == 0)
		return (0);
	return (npx_xsave_size - NPX_FRAME_SIZE);
}

int
npxpush_extra(mcontext_t *mc, u_long uaddr, size_t size)
{
	thread_t td = curthread;
	struct npx_extra nx;
	int error = 0;

	npx_sync(td);
	mc->mc_ownedfp = _MC_FPOWNED_FPU;
	if (npx_xcr0_mask == 0) {
		mc->mc_fpformat = _MC_FPFMT_XMM;
		memcpy(mc->mc_fpregs, td->td_savefpu, LEGACY_SIZE);
	} else {
		mc->mc_fpformat = _MC_FPFMT_YMM;
		memcpy(mc->mc_fpregs, td->td_savefpu,
		    MIN(npx_xsave_size, NPX_FRAME_SIZE));
		bzero(&nx, sizeof(nx));
		if (size != 0) {
			nx.nx_magic = NPX_EXTRA_MAGIC;
			nx.nx_addr = uaddr;
			nx.nx_size = size;
			error = copyout((char *)td->td_savefpu +
			    NPX_FRAME_SIZE, (void *)uaddr, size);
		}
		memcpy((char *)mc->mc_fpregs + NPX_EXTRA_OFFSET, &nx,
		    sizeof(nx));
	}
	return (error);
}

int
npxpop_user(mcontext_t *mc)
{
	thread_t td = curthread;
	union savefpu *area = td->td_savefpu;
	struct xstate_hdr *hd = &area->sv_ymm64.sv_xstate.sx_hd;
	uint64_t allowed = npx_xcr0_mask & ~XCR0_AVX512;
	struct npx_extra nx;
	int error = 0;

	if (mc->mc_ownedfp != _MC_FPOWNED_FPU &&
	    mc->mc_ownedfp != _MC_FPOWNED_PCB) {
		npxreset(td);
		return (0);
	}
	/* Not to be overwritten by a switch while it is being filled. */
	npxexit(td);
	if (npx_xcr0_mask == 0 || mc->mc_fpformat != _MC_FPFMT_YMM) {
		npx_initial_copy(area);
		memcpy(area, mc->mc_fpregs, LEGACY_SIZE);
		if (npx_xcr0_mask != 0)
			hd->xstate_bv = XCR0_X87 | XCR0_SSE;
	} else {
		memcpy(area, mc->mc_fpregs, MIN(npx_xsave_size,
		    NPX_FRAME_SIZE));
		memcpy(&nx, (char *)mc->mc_fpregs + NPX_EXTRA_OFFSET,
		    sizeof(nx));
		if (nx.nx_magic == NPX_EXTRA_MAGIC &&
		    (npx_xcr0_mask & XCR0_AVX512) &&
		    nx.nx_size == npx_xsave_size - NPX_FRAME_SIZE) {
			error = copyin((void *)nx.nx_addr, (char *)area +
			    NPX_FRAME_SIZE, nx.nx_size);
			if (error == 0)
				allowed = npx_xcr0_mask;
		}
		hd->xstate_bv &= allowed;
		hd->xstate_xcomp_bv = 0;
		bzero(hd->xstate_rsrv0, sizeof(hd->xstate_rsrv0));
		bzero(hd->xstate_rsrv, sizeof(hd->xstate_rsrv));
	}
	area->sv_xmm64.sv_env.en_mxcsr &= npx_mxcsr_mask;
	npx_reload(td);
	return (error);
}

void
npx_get_fpregs(thread_t td, struct savexmm64 *out)
{
	if (td == curthread)
		npx_sync(td);
	memcpy(out, td->td_savefpu, LEGACY_SIZE);
}

void
npx_set_fpregs(thread_t td, const struct savexmm64 *in)
{
	union savefpu *area = td->td_savefpu;

	if (td == curthread)
		npx_sync(td);
	memcpy(area, in, LEGACY_SIZE);
	area->sv_xmm64.sv_env.en_mxcsr &= npx_mxcsr_mask;
	if (npx_xcr0_mask != 0)
		area->sv_ymm64.sv_xstate.sx_hd.xstate_bv |=
		    XCR0_X87 | XCR0_SSE;
	td->td_mach.mtd_fpcpu = -1;
	if (td == curthread)
		npx_reload(td);
}

void
kernel_fpu_begin(void)
{
	struct mdglobaldata *md;

	crit_enter();
	md = mdcpu;
	if (md->gd_npxthread != NULL) {
		if (md->gd_npxthread == curthread)
			npx_store(curthread->td_savefpu);
		/* Everybody else's was saved when it was switched out. */
		md->gd_npxthread = NULL;
	}
	npx_load(&npx_initial.fpu);
}

void
kernel_fpu_end(void)
{
	thread_t td = curthread;

	if (td->td_savefpu != NULL)
		npx_switch_in(td);
	crit_exit();
}
