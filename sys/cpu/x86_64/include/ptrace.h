/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests of ptrace() that depend on the CPU.
 */
#ifndef _CPU_PTRACE_H_
#define _CPU_PTRACE_H_

#define PT_GETREGS	0x21
#define PT_SETREGS	0x22
#define PT_GETFPREGS	0x23
#define PT_SETFPREGS	0x24
#define PT_GETDBREGS	0x25
#define PT_SETDBREGS	0x26

#endif /* !_CPU_PTRACE_H_ */
