/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What trap, interrupt and system call entry save on the kernel stack.  The
 * layout is also that of struct reg (ptrace, core files) and, shifted by one
 * word, of the register part of a signal frame.
 */
#ifndef _CPU_FRAME_H_
#define _CPU_FRAME_H_

#include <machine/stdint.h>

#ifndef __register_t_cpu_frame
typedef long __frame_register_t;
#define __register_t_cpu_frame
#endif

struct trapframe {
	__frame_register_t tf_rdi;
	__frame_register_t tf_rsi;
	__frame_register_t tf_rdx;
	__frame_register_t tf_rcx;
	__frame_register_t tf_r8;
	__frame_register_t tf_r9;
	__frame_register_t tf_rax;
	__frame_register_t tf_rbx;
	__frame_register_t tf_rbp;
	__frame_register_t tf_r10;
	__frame_register_t tf_r11;
	__frame_register_t tf_r12;
	__frame_register_t tf_r13;
	__frame_register_t tf_r14;
	__frame_register_t tf_r15;
	__frame_register_t tf_xflags;
	__frame_register_t tf_trapno;
	__frame_register_t tf_addr;	/* %cr2 of a page fault */
	__frame_register_t tf_flags;
	/* pushed by the processor: */
	__frame_register_t tf_err;	/* or by us where it pushes none */
	__frame_register_t tf_rip;
	__frame_register_t tf_cs;
	__frame_register_t tf_rflags;
	__frame_register_t tf_rsp;
	__frame_register_t tf_ss;
} __attribute__((packed));

/* An interrupt frame is a trap frame; the name tells readers who made it. */
struct intrframe {
	struct trapframe if_tf;
} __attribute__((packed));

#define if_rip	if_tf.tf_rip
#define if_cs	if_tf.tf_cs
#define if_rflags if_tf.tf_rflags
#define if_rsp	if_tf.tf_rsp

#define CLKF_USERMODE_TF(tf)	(((tf)->tf_cs & 3) == 3)
#define CLKF_USERMODE(frame)	CLKF_USERMODE_TF(&(frame)->if_tf)
#define CLKF_PC(frame)		((frame)->if_tf.tf_rip)

#endif /* !_CPU_FRAME_H_ */
