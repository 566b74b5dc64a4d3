/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exceptions become the right signals, handlers get the frame the ABI
 * describes, and returning from one restores every register (process ABI,
 * sections 3 and 11).
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/ucontext.h>
#include <sys/wait.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "tap.h"

static volatile int got_sig, got_code;
static void * volatile got_addr;
static volatile unsigned got_mxcsr, got_fcw, stack_ok;
static volatile long skip;		/* bytes to step over the fault */
static volatile int jump;
static sigjmp_buf env;
static char altstack[32768];

static void
on_signal(int sig, siginfo_t *si, void *ctx)
{
	ucontext_t *uc = ctx;
	unsigned mxcsr;
	unsigned short fcw;
	char here;

	__asm__ __volatile__("stmxcsr %0; fnstcw %1" : "=m" (mxcsr),
	    "=m" (fcw));
	got_sig = sig;
	got_code = si->si_code;
	got_addr = si->si_addr;
	got_mxcsr = mxcsr;
	got_fcw = fcw;
	stack_ok = &here >= altstack && &here < altstack + sizeof(altstack);
	/* Spoil what a return must bring back. */
	__asm__ __volatile__("pxor %%xmm0,%%xmm0; pxor %%xmm15,%%xmm15" : :
	    : "xmm0", "xmm15");
	if (jump)
		siglongjmp(env, 1);
	uc->uc_mcontext.mc_rip += skip;
}

static void
catch(int sig, int flags)
{
	struct sigaction sa;

	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = on_signal;
	sa.sa_flags = SA_SIGINFO | flags;
	sigaction(sig, &sa, NULL);
}

static void
expect(const char *name, int sig, int code)
{
	ok(got_sig == sig && got_code == code, name);
	got_sig = got_code = -1;
}

static void
test_exceptions(void)
{
	volatile int zero = 0, *p;
	char *ro;

	skip = 2;
	__asm__ __volatile__("ud2");
	expect("ud2_is_SIGILL_ILL_PRVOPC", SIGILL, ILL_PRVOPC);
	skip = 0;
	__asm__ __volatile__("int3");
	expect("int3_is_SIGTRAP_TRAP_BRKPT", SIGTRAP, TRAP_BRKPT);
	skip = 1;
	__asm__ __volatile__("hlt");
	expect("privileged_instruction_is_SIGBUS", SIGBUS, BUS_OBJERR);
	skip = 2;
	__asm__ __volatile__("int $0x80");
	expect("int_0x80_is_SIGBUS", SIGBUS, BUS_OBJERR);
	skip = 2;
	__asm__ __volatile__("idivl %%ecx" : : "a" (1), "d" (0),
	    "c" (zero));
	expect("division_by_zero_is_SIGFPE_FPE_INTDIV", SIGFPE, FPE_INTDIV);
	skip = 0;
	__asm__ __volatile__("pushfq; orq $0x100,(%%rsp); popfq; nop" : : :
	    "memory", "cc");
	expect("trap_flag_is_SIGTRAP_TRAP_TRACE", SIGTRAP, TRAP_TRACE);

	jump = 1;
	p = (volatile int *)0x10;
	if (sigsetjmp(env, 1) == 0)
		*p = 1;
	ok(got_addr == (void *)0x10, "fault_address_is_in_si_addr");
	expect("unmapped_is_SIGSEGV_SEGV_MAPERR", SIGSEGV, SEGV_MAPERR);
	ro = mmap(NULL, 4096, PROT_READ, MAP_ANON | MAP_PRIVATE, -1, 0);
	if (sigsetjmp(env, 1) == 0)
		*(volatile char *)ro = 1;
	expect("write_to_read_only_is_SEGV_ACCERR", SIGSEGV, SEGV_ACCERR);
	if (sigsetjmp(env, 1) == 0)
		((void (*)(void))ro)();
	expect("no_execute_is_SEGV_ACCERR", SIGSEGV, SEGV_ACCERR);
	if (sigsetjmp(env, 1) == 0)
		*(volatile char *)0xffffffff80200000UL = 1;
	expect("kernel_address_is_SEGV_MAPERR", SIGSEGV, SEGV_MAPERR);
	if (sigsetjmp(env, 1) == 0)
		*(volatile char *)0x1234567812345678UL = 1;
	expect("non_canonical_address_is_SIGBUS", SIGBUS, BUS_OBJERR);
	jump = 0;
}

/* Named in assembly, hence not static. */
unsigned long reg_in[15], reg_out[15];
double vec_in[2] = { 1.5, -2.25 }, vec_out[2];

/* Every register across a handler; the fault is a ud2. */
static void
test_registers(void)
{
	int i, same = 1;

	for (i = 0; i < 15; ++i)
		reg_in[i] = 0x0123456789abcdefUL * (i + 1);
	skip = 2;
	__asm__ __volatile__(
	    "movsd vec_in(%%rip),%%xmm0; movsd 8+vec_in(%%rip),%%xmm15\n"
	    "pushq %%rbp; pushq %%rbx; leaq reg_in(%%rip),%%rax\n"
	    "movq 8(%%rax),%%rbx; movq 16(%%rax),%%rcx\n"
	    "movq 24(%%rax),%%rdx; movq 32(%%rax),%%rsi\n"
	    "movq 40(%%rax),%%rdi; movq 48(%%rax),%%rbp\n"
	    "movq 56(%%rax),%%r8; movq 64(%%rax),%%r9\n"
	    "movq 72(%%rax),%%r10; movq 80(%%rax),%%r11\n"
	    "movq 88(%%rax),%%r12; movq 96(%%rax),%%r13\n"
	    "movq 104(%%rax),%%r14; movq 112(%%rax),%%r15\n"
	    "movq 0(%%rax),%%rax\n"
	    "ud2\n"
	    "movq %%rax,reg_out(%%rip); leaq reg_out(%%rip),%%rax\n"
	    "movq %%rbx,8(%%rax); movq %%rcx,16(%%rax)\n"
	    "movq %%rdx,24(%%rax); movq %%rsi,32(%%rax)\n"
	    "movq %%rdi,40(%%rax); movq %%rbp,48(%%rax)\n"
	    "movq %%r8,56(%%rax); movq %%r9,64(%%rax)\n"
	    "movq %%r10,72(%%rax); movq %%r11,80(%%rax)\n"
	    "movq %%r12,88(%%rax); movq %%r13,96(%%rax)\n"
	    "movq %%r14,104(%%rax); movq %%r15,112(%%rax)\n"
	    "movsd %%xmm0,vec_out(%%rip); movsd %%xmm15,8+vec_out(%%rip)\n"
	    "popq %%rbx; popq %%rbp\n"
	    : : : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
	    "r12", "r13", "r14", "r15", "xmm0", "xmm15", "memory", "cc");
	for (i = 0; i < 15; ++i)
		same &= reg_in[i] == reg_out[i];
	ok(same, "general_registers_survive_a_handler");
	ok(memcmp(vec_in, vec_out, sizeof(vec_in)) == 0,
	    "vector_registers_survive_a_handler");
}

static void
test_altstack(void)
{
	stack_t ss;

	memset(&ss, 0, sizeof(ss));
	ss.ss_sp = altstack;
	ss.ss_size = sizeof(altstack);
	ok(sigaltstack(&ss, NULL) == 0, "sigaltstack");
	catch(SIGUSR1, SA_ONSTACK);
	skip = 0;
	kill(getpid(), SIGUSR1);
	ok(got_sig == SIGUSR1 && stack_ok, "handler_runs_on_alternate_stack");
	ok(sigaltstack(NULL, &ss) == 0 && (ss.ss_flags & SS_ONSTACK) == 0,
	    "alternate_stack_is_free_afterwards");
}

/* A frame with forbidden flags or segments is refused. */
static void
on_bad_frame(int sig, siginfo_t *si, void *ctx)
{
	ucontext_t uc = *(ucontext_t *)ctx;
	int error;
	char carry;

	uc.uc_mcontext.mc_rflags ^= 0x3000;	/* I/O privilege level */
	__asm__ __volatile__("pushq $0; syscall; setc %1; popq %%rcx" :
	    "=a" (error), "=q" (carry) : "0" (344L), "D" (&uc) :
	    "rcx", "r11", "memory", "cc");
	got_code = carry ? error : 0;
}

static void
test_bad_frame(void)
{
	struct sigaction sa;
	int status;
	pid_t pid;

	memset(&sa, 0, sizeof(sa));
	sa.sa_sigaction = on_bad_frame;
	sa.sa_flags = SA_SIGINFO;
	sigaction(SIGUSR2, &sa, NULL);
	kill(getpid(), SIGUSR2);
	ok(got_code == EINVAL, "sigreturn_refuses_privileged_flags");

	/* No room for the frame: the process dies, the system does not. */
	pid = fork();
	if (pid == 0) {
		signal(SIGILL, SIG_DFL);
		catch(SIGUSR1, 0);
		__asm__ __volatile__("movq $0x2000,%%rsp; movl $37,%%eax;"
		    "syscall; hlt" : : "D" ((long)getpid()),
		    "S" ((long)SIGUSR1));
	}
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGILL,
	    "handler_without_stack_is_fatal_SIGILL");
}

int
main(void)
{
	unsigned mxcsr = 0x1fc0, def = 0x1f80;

	catch(SIGILL, 0);
	catch(SIGTRAP, 0);
	catch(SIGBUS, 0);
	catch(SIGFPE, 0);
	catch(SIGSEGV, 0);
	test_exceptions();
	test_registers();
	__asm__ __volatile__("ldmxcsr %0" : : "m" (mxcsr));
	skip = 2;
	__asm__ __volatile__("ud2");
	__asm__ __volatile__("stmxcsr %0" : "=m" (mxcsr));
	ok(got_mxcsr == def && got_fcw == 0x37f,
	    "handler_starts_with_initial_fpu_state");
	ok(mxcsr == 0x1fc0, "mxcsr_survives_a_handler");
	__asm__ __volatile__("ldmxcsr %0" : : "m" (def));
	test_altstack();
	test_bad_frame();
	return (tap_done());
}
