/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system call instruction: registers, carry flag, invalid numbers,
 * indirect calls, arguments on the stack, flags (process ABI, section 2).
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "tap.h"

#define RF_C	0x001UL
#define RF_T	0x100UL
#define RF_D	0x400UL

static volatile sig_atomic_t got_sig, got_code;

static void
on_signal(int sig, siginfo_t *si, void *ctx)
{
	got_sig = sig;
	got_code = si->si_code;
}

static void
catch(int sig)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = on_signal;
	sa.sa_flags = SA_SIGINFO;
	sigaction(sig, &sa, NULL);
	got_sig = got_code = 0;
}

/* Registers before and after, in this order. */
struct regs {
	unsigned long ax, di, si, dx, r10, r8, r9, bx, r12, r13, r14, r15;
	unsigned long flags;
};

static void
call(struct regs *r)
{
	__asm__ __volatile__(
	    "pushq %%rbp; pushq %%rbx; movq %0,%%rbp\n"
	    "movq 0(%%rbp),%%rax; movq 8(%%rbp),%%rdi\n"
	    "movq 16(%%rbp),%%rsi; movq 24(%%rbp),%%rdx\n"
	    "movq 32(%%rbp),%%r10; movq 40(%%rbp),%%r8\n"
	    "movq 48(%%rbp),%%r9; movq 56(%%rbp),%%rbx\n"
	    "movq 64(%%rbp),%%r12; movq 72(%%rbp),%%r13\n"
	    "movq 80(%%rbp),%%r14; movq 88(%%rbp),%%r15\n"
	    "pushq 96(%%rbp); popfq; syscall; pushfq; popq 96(%%rbp); cld\n"
	    "movq %%rax,0(%%rbp); movq %%rdi,8(%%rbp)\n"
	    "movq %%rsi,16(%%rbp); movq %%rdx,24(%%rbp)\n"
	    "movq %%r8,40(%%rbp); movq %%r9,48(%%rbp)\n"
	    "movq %%rbx,56(%%rbp); movq %%r12,64(%%rbp)\n"
	    "movq %%r13,72(%%rbp); movq %%r14,80(%%rbp)\n"
	    "movq %%r15,88(%%rbp); popq %%rbx; popq %%rbp\n"
	    : : "r" (r) : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
	    "r10", "r11", "r12", "r13", "r14", "r15", "memory", "cc");
}

static void
fill(struct regs *r, unsigned long number)
{
	unsigned long *w = (unsigned long *)r;
	unsigned i;

	for (i = 0; i < sizeof(*r) / sizeof(*w); ++i)
		w[i] = 0x1122334400000000UL + i * 0x01010101UL;
	r->ax = number;
	r->flags = 0x202;
}

static int
same_but_result(const struct regs *a, const struct regs *b)
{
	return (a->di == b->di && a->si == b->si && a->dx == b->dx &&
	    a->r8 == b->r8 && a->r9 == b->r9 && a->bx == b->bx &&
	    a->r12 == b->r12 && a->r13 == b->r13 && a->r14 == b->r14 &&
	    a->r15 == b->r15);
}

int
main(void)
{
	struct regs a, b;
	long result;
	char carry;

	fill(&a, 20);				/* getpid */
	b = a;
	call(&b);
	ok(b.ax == (unsigned long)getpid(), "getpid_result");
	ok(same_but_result(&a, &b), "success_preserves_registers");
	ok((b.flags & RF_C) == 0, "success_clears_carry");

	fill(&a, 6);				/* close(-1) */
	a.di = -1UL;
	b = a;
	call(&b);
	ok(b.ax == EBADF && (b.flags & RF_C), "error_sets_carry");
	ok(same_but_result(&a, &b), "error_preserves_registers");

	fill(&a, 20 | 0xdead00000000UL);
	call(&a);
	ok(a.ax == (unsigned long)getpid(), "upper_half_of_number_ignored");

	fill(&a, 20);
	a.flags |= RF_D | RF_C;
	call(&a);
	ok((a.flags & (RF_D | RF_C)) == RF_D, "direction_flag_kept");

	fill(&a, 198);				/* __syscall(getpid) */
	a.di = 20;
	call(&a);
	ok(a.ax == (unsigned long)getpid(), "indirect_call");

	catch(SIGSYS);
	fill(&a, 214);			/* left to modules */
	call(&a);
	ok(a.ax == EINVAL && (a.flags & RF_C) && got_sig == SIGSYS,
	    "unused_number_is_SIGSYS_and_EINVAL");
	got_sig = 0;
	fill(&a, 100000);
	call(&a);
	ok(a.ax == EINVAL && got_sig == SIGSYS,
	    "number_out_of_range_is_SIGSYS_and_EINVAL");

	catch(SIGTRAP);
	fill(&a, 20);
	a.flags |= RF_T;
	call(&a);
	ok(a.ax == (unsigned long)getpid() && got_sig == SIGTRAP &&
	    got_code == TRAP_TRACE, "single_step_over_call_is_SIGTRAP");

	/* mmap takes a seventh argument from a stack that is not there. */
	__asm__ __volatile__(
	    "movq %%rsp,%%r12; movq $0x1000,%%rsp; syscall; setc %1;"
	    "movq %%r12,%%rsp"
	    : "=a" (result), "=q" (carry)
	    : "0" (197L), "D" (0L), "S" (4096L), "d" (3L)
	    : "rcx", "r8", "r9", "r10", "r11", "r12", "memory", "cc");
	ok(carry && result == EFAULT, "unreadable_stack_argument_is_EFAULT");
	return (tap_done());
}
