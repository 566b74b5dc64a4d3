/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread-local storage, variant II: %fs:0 is the thread control block, the
 * static TLS blocks lie below it, the main program's closest.
 */
#ifndef _CPU_TLS_H_
#define _CPU_TLS_H_

#include <sys/types.h>

struct tls_dtv;

struct tls_tcb {
	struct tls_tcb	*tcb_self;	/* must be first */
	void	*tcb_dtv;		/* struct tls_dtv */
	void	*tcb_pthread;		/* the thread library's thread */
	int	*tcb_errno_p;		/* unused, kept for the layout */
	void	*tcb_segstack;		/* segmented stacks of LLVM and GCC */
	void	*tcb_unused[3];
};

struct tls_dtv {
	uintptr_t	dtv_generation;
	uintptr_t	dtv_max_index;
	void		*dtv_offset[];	/* [0] is the main program's block */
};

#define RTLD_STATIC_TLS_ALIGN		16
#define RTLD_STATIC_TLS_ALIGN_MASK	(RTLD_STATIC_TLS_ALIGN - 1)
/* Spare static TLS for objects loaded later: kern.tls_extra. */
#define RTLD_STATIC_TLS_EXTRA_MIN	2048
#define RTLD_STATIC_TLS_EXTRA_MAX	(1024 * 1024 * 1024)
#define RTLD_STATIC_TLS_EXTRA_DEFAULT	6144

#ifndef _KERNEL
#define RTLD_TLS_VARIANT_II		1

/* The control block of the running thread. */
static __inline struct tls_tcb *
tls_get_tcb(void)
{
	struct tls_tcb *tcb;

	__asm __volatile("movq %%fs:0, %0" : "=r" (tcb));
	return (tcb);
}

__BEGIN_DECLS
struct tls_tcb	*_libc_allocate_tls(void);
struct tls_tcb	*_libc_init_tls(void);
void	_libc_free_tls(struct tls_tcb *);
struct tls_tcb	*_rtld_allocate_tls(void);
void	_rtld_free_tls(struct tls_tcb *);
void	_rtld_call_init(void);
struct tls_tcb	*_init_tls(void);
__END_DECLS
#endif

#endif /* !_CPU_TLS_H_ */
