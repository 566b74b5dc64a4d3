/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory primitives, and the only ways to touch user memory.
 *
 * User addresses are checked against the end of user space; a fault on what
 * remains is looked up by its instruction in fault_table (trap.c) and
 * continues at the recovery point given there.  All functions return 0 or
 * an errno unless said otherwise; those that access user memory may sleep
 * for it.
 */
#ifndef LOCORE
#define LOCORE
#endif
#include <machine/asmacros.h>
#include "support.inc"

#define EFAULT_		14
#define ENAMETOOLONG_	63
#define USER_END	0x00007fffffe00000

/* --- kernel memory --------------------------------------------------- */

/* void *memcpy(void *dst, const void *src, size_t len) */
ENTRY(memcpy)
	movq	%rdi,%rax
	movq	%rdx,%rcx
	shrq	$3,%rcx
	rep
	movsq
	andl	$7,%edx
	jz	1f
	movl	%edx,%ecx
	rep
	movsb
1:	ret
END(memcpy)

/* void bcopy(const void *src, void *dst, size_t len): may overlap */
ENTRY(bcopy)
	xchgq	%rdi,%rsi
END(bcopy)
/* void *memmove(void *dst, const void *src, size_t len) */
ENTRY(memmove)
	movq	%rdi,%rax
	movq	%rdi,%rcx
	subq	%rsi,%rcx
	cmpq	%rdx,%rcx		/* dst inside [src, src + len)? */
	jae	memcpy
	leaq	-1(%rdi,%rdx),%rdi
	leaq	-1(%rsi,%rdx),%rsi
	movq	%rdx,%rcx
	std
	andl	$7,%ecx
	rep
	movsb
	subq	$7,%rsi
	subq	$7,%rdi
	movq	%rdx,%rcx
	shrq	$3,%rcx
	rep
	movsq
	cld
	ret
END(memmove)

/* void bzero(void *p, size_t len) */
ENTRY(bzero)
	movq	%rsi,%rdx
	xorl	%esi,%esi
END(bzero)
/* void *memset(void *p, int c, size_t len) */
ENTRY(memset)
	movq	%rdi,%r9
	movzbl	%sil,%eax
	movq	$0x0101010101010101,%r8
	imulq	%r8,%rax
	movq	%rdx,%rcx
	shrq	$3,%rcx
	rep
	stosq
	andl	$7,%edx
	jz	1f
	movl	%edx,%ecx
	rep
	stosb
1:	movq	%r9,%rax
	ret
END(memset)

/* int bcmp(const void *a, const void *b, size_t len): 0 if equal */
ENTRY(bcmp)
END(bcmp)
/* int memcmp(const void *a, const void *b, size_t len) */
ENTRY(memcmp)
	movq	%rdx,%rcx
	shrq	$3,%rcx
	cmpq	%rcx,%rcx		/* equal, should rcx be 0 */
	repe
	cmpsq
	jne	2f
	movl	%edx,%ecx
	andl	$7,%ecx
	cmpl	%ecx,%ecx
	repe
	cmpsb
	jne	3f
	xorl	%eax,%eax
	ret
2:	subq	$8,%rsi			/* the difference is in these eight */
	subq	$8,%rdi
	movl	$8,%ecx
	repe
	cmpsb
3:	movzbl	-1(%rdi),%eax
	movzbl	-1(%rsi),%ecx
	subl	%ecx,%eax
	ret
END(memcmp)

/* void pagezero(void *page) */
ENTRY(pagezero)
	xorl	%eax,%eax
	movl	$512,%ecx
	rep
	stosq
	ret
END(pagezero)

/* --- user memory ----------------------------------------------------- */

/* int copyin(const void *uaddr, void *kaddr, size_t len) */
ENTRY(copyin)
	movq	$USER_END,%rcx
	movq	%rdi,%rax
	addq	%rdx,%rax
	jc	copy_fault
	cmpq	%rcx,%rax
	ja	copy_fault
	xchgq	%rdi,%rsi
	jmp	copy_checked
END(copyin)

/* int copyout(const void *kaddr, void *uaddr, size_t len) */
ENTRY(copyout)
	movq	$USER_END,%rcx
	movq	%rsi,%rax
	addq	%rdx,%rax
	jc	copy_fault
	cmpq	%rcx,%rax
	ja	copy_fault
	xchgq	%rdi,%rsi
copy_checked:
	movq	%rdx,%rcx
	shrq	$3,%rcx
	SMAP_OPEN
10:	rep
	movsq
	andl	$7,%edx
	jz	1f
	movl	%edx,%ecx
11:	rep
	movsb
1:	SMAP_CLOSE
	xorl	%eax,%eax
	ret
copy_fault:
	SMAP_CLOSE
	movl	$EFAULT_,%eax
	ret
	FAULT_ENTRY(10b, copy_fault)
	FAULT_ENTRY(11b, copy_fault)
END(copyout)

/*
 * int copyinstr(const void *uaddr, void *kaddr, size_t max, size_t *done):
 * copy a string with its NUL; *done (may be NULL) is set to the bytes
 * copied.  ENAMETOOLONG when max bytes held no NUL.
 *
 * Eight bytes at a time where they lie in one page, so that no page is
 * touched that the string does not reach.
 */
ENTRY(copyinstr)
	movq	%rdx,%r8		/* bytes allowed */
	movq	$USER_END,%rax
	subq	%rdi,%rax
	jbe	str_fault		/* not in user space */
	cmpq	%rax,%r8
	jbe	str_common
	movq	%rax,%r8		/* bytes until its end */
str_common:
	pushq	%rsi			/* where the copy starts */
	movq	$0x0101010101010101,%r9
	movq	$0x8080808080808080,%r10
	addq	%rsi,%r8		/* end of what may be written */
	SMAP_OPEN
1:	leaq	8(%rsi),%rax
	cmpq	%r8,%rax
	ja	3f
	movl	%edi,%eax
	andl	$4095,%eax
	cmpl	$4088,%eax
	ja	3f
10:	movq	(%rdi),%rax
	movq	%rax,(%rsi)
	movq	%rax,%r11
	subq	%r9,%rax
	notq	%r11
	andq	%r11,%rax
	andq	%r10,%rax		/* top bit of each zero byte */
	jnz	2f
	addq	$8,%rdi
	addq	$8,%rsi
	jmp	1b
2:	bsfq	%rax,%rax		/* first zero byte */
	shrl	$3,%eax
	leaq	1(%rsi,%rax),%rsi
	jmp	str_done
3:	cmpq	%r8,%rsi
	jae	str_long
11:	movb	(%rdi),%al
	movb	%al,(%rsi)
	incq	%rdi
	incq	%rsi
	testb	%al,%al
	jnz	1b
str_done:
	SMAP_CLOSE
	popq	%r11
	xorl	%eax,%eax
	jmp	str_out
str_long:
	SMAP_CLOSE
	popq	%r11
	/* Out of buffer, or out of user space? */
	movl	$ENAMETOOLONG_,%eax
	movq	%rsi,%r8
	subq	%r11,%r8
	cmpq	%rdx,%r8
	jae	str_out
	movl	$EFAULT_,%eax
str_out:
	testq	%rcx,%rcx
	jz	1f
	subq	%r11,%rsi
	movq	%rsi,(%rcx)
1:	ret
str_fault:
	movl	$EFAULT_,%eax
	ret
str_read_fault:
	SMAP_CLOSE
	popq	%r11
	movl	$EFAULT_,%eax
	jmp	str_out
	FAULT_ENTRY(10b, str_read_fault)
	FAULT_ENTRY(11b, str_read_fault)
END(copyinstr)

/* int copystr(const void *kaddr, void *kaddr2, size_t max, size_t *done) */
ENTRY(copystr)
	movq	%rdx,%r8
	movq	%rsi,%r11
1:	subq	$1,%r8
	jb	2f
	movb	(%rdi),%al
	movb	%al,(%rsi)
	incq	%rdi
	incq	%rsi
	testb	%al,%al
	jnz	1b
	xorl	%eax,%eax
	jmp	3f
2:	movl	$ENAMETOOLONG_,%eax
3:	testq	%rcx,%rcx
	jz	4f
	subq	%r11,%rsi
	movq	%rsi,(%rcx)
4:	ret
END(copystr)

/*
 * Single words.  fu*: the value, zero-extended, or -1 on a fault.  su*: 0
 * or -1.  casu* and swapu*: the old value, or -1 on a fault.  fuwordadd*
 * adds and returns the old value.  Misaligned addresses are allowed.
 */
#define USER_CHECK(reg, size)						\
	movq	$USER_END - (size),%rax;				\
	cmpq	%rax,reg;						\
	ja	word_fault

#define USER_WORD(name, size, ...)					\
	ENTRY(name);							\
	USER_CHECK(%rdi, size);						\
	SMAP_OPEN;							\
77:	__VA_ARGS__;							\
	SMAP_CLOSE;							\
	FAULT_ENTRY(77b, word_fault)

USER_WORD(fuword64, 8, movq (%rdi),%rax)
	ret
END(fuword64)
USER_WORD(fuword32, 4, movl (%rdi),%eax)
	ret
END(fuword32)
USER_WORD(fubyte, 1, movzbl (%rdi),%eax)
	ret
END(fubyte)
USER_WORD(suword64, 8, movq %rsi,(%rdi))
	xorl	%eax,%eax
	ret
END(suword64)
USER_WORD(suword32, 4, movl %esi,(%rdi))
	xorl	%eax,%eax
	ret
END(suword32)
USER_WORD(subyte, 1, movb %sil,(%rdi))
	xorl	%eax,%eax
	ret
END(subyte)
USER_WORD(swapu64, 8, xchgq %rsi,(%rdi))
	movq	%rsi,%rax
	ret
END(swapu64)
USER_WORD(swapu32, 4, xchgl %esi,(%rdi))
	movl	%esi,%eax
	ret
END(swapu32)
#define LOCK_XADDQ	lock; xaddq %rsi,(%rdi)
#define LOCK_XADDL	lock; xaddl %esi,(%rdi)
USER_WORD(fuwordadd64, 8, LOCK_XADDQ)
	movq	%rsi,%rax
	ret
END(fuwordadd64)
USER_WORD(fuwordadd32, 4, LOCK_XADDL)
	movl	%esi,%eax
	ret
END(fuwordadd32)

/* uint64_t casu64(volatile uint64_t *p, uint64_t old, uint64_t new) */
ENTRY(casu64)
	USER_CHECK(%rdi, 8)
	movq	%rsi,%rax
	SMAP_OPEN
10:	lock
	cmpxchgq %rdx,(%rdi)
	SMAP_CLOSE
	ret
	FAULT_ENTRY(10b, word_fault)
END(casu64)

/* uint32_t casu32(volatile uint32_t *p, uint32_t old, uint32_t new) */
ENTRY(casu32)
	USER_CHECK(%rdi, 4)
	movl	%esi,%eax
	SMAP_OPEN
10:	lock
	cmpxchgl %edx,(%rdi)
	SMAP_CLOSE
	ret
	FAULT_ENTRY(10b, word_fault)
END(casu32)

	ALIGN_TEXT
word_fault:
	SMAP_CLOSE
	movq	$-1,%rax
	ret

/*
 * int peek_kernel(const void *addr, void *value): read a word that may not
 * be there, for the debugger and stack traces.  0 or EFAULT.
 */
ENTRY(peek_kernel)
10:	movq	(%rdi),%rax
	movq	%rax,(%rsi)
	xorl	%eax,%eax
	ret
11:	movl	$EFAULT_,%eax
	ret
	FAULT_ENTRY(10b, 11b)
END(peek_kernel)

/* int rdmsr_safe(unsigned msr, uint64_t *value): EFAULT if there is none */
ENTRY(rdmsr_safe)
	movl	%edi,%ecx
10:	rdmsr
	movl	%eax,(%rsi)
	movl	%edx,4(%rsi)
	xorl	%eax,%eax
	ret
11:	movl	$EFAULT_,%eax
	ret
	FAULT_ENTRY(10b, 11b)
END(rdmsr_safe)
	.section .note.GNU-stack,"",@progbits
