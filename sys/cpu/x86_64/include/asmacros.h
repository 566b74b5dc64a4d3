/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For assembly sources: entry points, alignment, local data.
 */
#ifndef _CPU_ASMACROS_H_
#define _CPU_ASMACROS_H_

#define ALIGN_TEXT	.p2align 4,0x90

#define ENTRY(name)							\
	.text; ALIGN_TEXT; .globl name; .hidden name;			\
	.type name,@function; name:
#define NENTRY(name)	ENTRY(name)
#define END(name)	.size name, . - name

/*
 * Record that a fault at the instruction `from' is to continue at `to'.
 * Both are stored relative to the table so that no relocation is needed.
 */
#define FAULT_ENTRY(from, to)						\
	.pushsection fault_table,"a";					\
	.p2align 2;							\
	.long from - .;							\
	.long to - .;							\
	.popsection

#endif /* !_CPU_ASMACROS_H_ */
