/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel debugger asks of the machine.
 */
#ifndef _MACHINE_DB_MACHDEP_H_
#define _MACHINE_DB_MACHDEP_H_

#include <sys/types.h>
#include <sys/stdbool.h>
#include <machine/frame.h>
#include <machine/psl.h>
#include <machine/trap.h>

typedef u_long	db_addr_t;
typedef long	db_expr_t;
typedef struct trapframe db_regs_t;

#define PC_REGS(regs)	((db_addr_t)(regs)->tf_rip)
#define SP_REGS(regs)	((db_addr_t)(regs)->tf_rsp)
#define FP_REGS(regs)	((db_addr_t)(regs)->tf_rbp)

/* int3 is one byte; a hit leaves %rip behind it. */
#define BKPT_SIZE	1
#define BKPT_INST	0xcc
#define FIXUP_PC_AFTER_BREAK(regs)	((regs)->tf_rip -= BKPT_SIZE)

#define IS_BREAKPOINT_TRAP(type)	((type) == T_BPTFLT)
#define IS_WATCHPOINT_TRAP(type)	((type) == T_TRCTRAP)

#define db_set_single_step(regs)	((regs)->tf_rflags |= PSL_T)
#define db_clear_single_step(regs)	((regs)->tf_rflags &= ~(long)PSL_T)

/* Name and place of a register in a frame, for "show registers". */
struct db_register {
	const char	*name;
	u_int		offset;		/* in db_regs_t */
};
extern const struct db_register db_registers[];
extern const int db_nregisters;

/* Copy kernel memory that may not be there: 0, or EFAULT. */
int	db_read_bytes(db_addr_t addr, size_t size, char *data);
/* The same for writing; text is written through the direct map. */
int	db_write_bytes(db_addr_t addr, size_t size, const char *data);

/* Is the instruction at pc a call, a return? 0 if neither or unreadable. */
bool	db_inst_call(db_addr_t pc);
bool	db_inst_return(db_addr_t pc);

/* Hardware watchpoint of this CPU, on writes: 0 or errno. */
int	db_hwatch_set(int slot, db_addr_t addr, size_t size);
void	db_hwatch_clear(int slot);

/* Frames of a thread's kernel stack; func gets pc and frame pointer. */
void	db_stack_walk(db_addr_t pc, db_addr_t fp,
	    bool (*func)(db_addr_t pc, db_addr_t fp, void *arg), void *arg);
/* Where a thread that is not running will go on. */
struct thread;
void	db_thread_resume_point(struct thread *td, db_addr_t *pc,
	    db_addr_t *fp);

#endif /* !_MACHINE_DB_MACHDEP_H_ */
