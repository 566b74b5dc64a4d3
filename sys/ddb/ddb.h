/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel debugger.
 *
 * It is entered by a breakpoint instruction (Debugger()), by the console's
 * break, at a panic, or by a trap nobody else handles; it stops the other
 * CPUs, talks to the console in polled mode, and allocates and locks
 * nothing.
 */
#ifndef _DDB_DDB_H_
#define _DDB_DDB_H_

#include <sys/types.h>
#include <sys/stdbool.h>
#include <machine/db_machdep.h>

struct trapframe;

/* From traps: nonzero when handled, resume. */
int	kdb_trap(int type, long code, struct trapframe *frame);
/* Enter the debugger here, if there is one. */
void	Debugger(const char *msg);

extern int	db_active;		/* in the debugger */
extern db_regs_t *db_regs;		/* registers of what was interrupted */

/* The words of a command line, one after the other. */
struct db_line {
	char	*p;
};

typedef void	db_cmd_fn(struct db_line *line, const char *modif);

struct db_command {
	const char	*name;
	db_cmd_fn	*func;
	const char	*help;
};

/* db_input.c: a line from the console, edited; without the newline. */
void	db_readline(char *buf, size_t size, const char *prompt);
/* Output with a pause each screenful; db_more(): false when quitting. */
void	db_printf(const char *fmt, ...) __printflike(1, 2);
void	db_page_start(void);
bool	db_quit(void);

/* db_expr.c */
/* An expression from the line; false: none, or a message was printed. */
bool	db_expression(struct db_line *line, db_expr_t *value);
bool	db_word(struct db_line *line, char *buf, size_t size);
bool	db_at_end(struct db_line *line);
/* "name+0x12" of an address; static buffer. */
const char *db_symbol(db_addr_t addr);

/* db_break.c */
void	db_break_insert(void);		/* before the system runs */
void	db_break_remove(void);		/* when it has stopped */
bool	db_break_at(db_addr_t addr);
db_cmd_fn db_break_cmd, db_delete_cmd, db_show_breaks, db_watch_cmd,
	db_dwatch_cmd;

/* db_show.c, db_examine.c */
db_cmd_fn db_trace_cmd, db_ps_cmd, db_show_registers, db_show_threads,
	db_show_tokens, db_show_malloc, db_show_msgbuf, db_show_cpus,
	db_examine_cmd, db_write_cmd, db_print_cmd, db_set_cmd;
/* The register of that name in db_regs, or NULL. */
u_long	*db_register(const char *name);

#endif /* !_DDB_DDB_H_ */
