/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt handlers.
 *
 * An interrupt is named by its irq and the CPU it goes to; software
 * interrupts have irqs from FIRST_SOFTINT up.  Its handlers run, one after
 * the other, in a thread of that CPU, and may block on tokens, serializers
 * and locks.
 */
#ifndef _SYS_INTERRUPT_H_
#define _SYS_INTERRUPT_H_

#ifdef _KERNEL

#include <sys/types.h>
#include <machine/intr_machdep.h>

struct lwkt_serialize;
struct intrframe;
struct thread;

typedef void inthand2_t(void *arg, void *frame);

#define FIRST_SOFTINT	MAX_HARDINTS
#define MAX_SOFTINTS	64
#define MAX_INTS	(MAX_HARDINTS + MAX_SOFTINTS)

/* Software interrupts with fixed numbers; the others are allocated. */
#define SWI_TTY		(FIRST_SOFTINT + 4)
#define SWI_CAMBIO	(FIRST_SOFTINT + 5)
#define SWI_VM		(FIRST_SOFTINT + 6)
#define SWI_TQ		(FIRST_SOFTINT + 7)
#define SWI_CLOCK	(FIRST_SOFTINT + 8)
#define SWI_CRYPTO	(FIRST_SOFTINT + 9)

/* flags */
#define INTR_EXCL	0x00000001	/* refuse to share the line */
#define INTR_CLOCK	0x00000002	/* no livelock protection */
#define INTR_NOPOLL	0x00000004
#define INTR_MPSAFE	0x00000008
#define INTR_NOENTROPY	0x00000010	/* times are predictable */
#define INTR_HIFREQ	0x00000020	/* livelock limit is higher */

/*
 * Register a handler; a NULL serializer means none.  cpuid: the one the
 * irq is delivered to (machintr_legacy_intr_cpuid(), machintr_msi_alloc()).
 * Returns an id for unregistering, or NULL.  May sleep.
 */
void	*register_int(int intr, inthand2_t *handler, void *arg,
	    const char *name, struct lwkt_serialize *serializer,
	    int intr_flags, int cpuid);
/* Handler will not be called any more when it returns. */
void	unregister_int(void *id, int cpuid);
void	*register_swi(int intr, inthand2_t *handler, void *arg,
	    const char *name, struct lwkt_serialize *serializer, int cpuid);
void	*register_swi_mp(int intr, inthand2_t *handler, void *arg,
	    const char *name, struct lwkt_serialize *serializer, int cpuid);
void	unregister_swi(void *id, int intr, int cpuid);
void	register_randintr(int intr);

/* Run the handlers soon: hard from the platform, soft by anyone. */
void	sched_ithd_hard(int intr);
void	sched_ithd_soft(int intr);

/* Handler names and counts of an irq, for statistics. */
const char *get_registered_name(int intr, int cpuid);
int	get_interrupt_counter(int intr, int cpuid);

#endif /* _KERNEL */

#endif /* !_SYS_INTERRUPT_H_ */
