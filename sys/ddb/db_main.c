/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Entering and leaving the debugger, and its commands.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/cons.h>
#include <sys/kernel.h>
#include <sys/sysctl.h>
#include <sys/thread2.h>
#include <machine/clock.h>
#include <machine/cpu.h>
#include <machine/md_var.h>
#include <machine/smp.h>
#include <machine/trap.h>
#include <ddb/ddb.h>

#define DB_LINE_MAX	160

int	db_active;
db_regs_t *db_regs;

static int db_stepping;		/* steps until the next prompt; 1: one */
static bool db_resume;		/* leave the command loop */
static bool db_step_over;	/* one step, then go on: off a breakpoint */
static char db_last[DB_LINE_MAX];

static db_cmd_fn db_continue_cmd, db_step_cmd, db_reset_cmd, db_help_cmd,
	db_show_cmd, db_panic_cmd;

static const struct db_command db_commands[] = {
	{ "backtrace", db_trace_cmd, "[thread]  same as trace" },
	{ "break", db_break_cmd, "addr  set a breakpoint" },
	{ "bt", db_trace_cmd, NULL },
	{ "continue", db_continue_cmd, "resume" },
	{ "delete", db_delete_cmd, "addr  remove a breakpoint" },
	{ "dwatch", db_dwatch_cmd, "slot  remove a watchpoint" },
	{ "examine", db_examine_cmd, "/fmt [addr]  b h l g, x d u c s i a" },
	{ "help", db_help_cmd, "this list" },
	{ "panic", db_panic_cmd, "panic now" },
	{ "print", db_print_cmd, "expr  value of an expression" },
	{ "ps", db_ps_cmd, "processes" },
	{ "reset", db_reset_cmd, "restart the machine at once" },
	{ "set", db_set_cmd, "$reg value" },
	{ "show", db_show_cmd,
	  "breaks cpus malloc msgbuf registers threads tokens" },
	{ "step", db_step_cmd, "[count]  one instruction" },
	{ "trace", db_trace_cmd, "[thread]  stack backtrace" },
	{ "watch", db_watch_cmd, "addr [size]  stop on writes" },
	{ "write", db_write_cmd, "/b addr value...  change memory" },
	{ "x", db_examine_cmd, NULL },
};

static const struct db_command db_show_commands[] = {
	{ "all", db_ps_cmd, NULL },
	{ "breaks", db_show_breaks, NULL },
	{ "cpus", db_show_cpus, NULL },
	{ "malloc", db_show_malloc, NULL },
	{ "msgbuf", db_show_msgbuf, NULL },
	{ "registers", db_show_registers, NULL },
	{ "threads", db_show_threads, NULL },
	{ "tokens", db_show_tokens, NULL },
};

/* The command of that name or unique beginning; NULL and a message. */
static const struct db_command *
db_find(const struct db_command *table, int n, const char *name)
{
	const struct db_command *found = NULL;
	size_t len = strlen(name);
	int i;

	for (i = 0; i < n; ++i) {
		if (strncmp(table[i].name, name, len) != 0)
			continue;
		if (table[i].name[len] == '\0')
			return (&table[i]);
		if (found != NULL) {
			db_printf("%s: ambiguous\n", name);
			return (NULL);
		}
		found = &table[i];
	}
	if (found == NULL)
		db_printf("%s: no such command; try help\n", name);
	return (found);
}

static void
db_run(const struct db_command *table, int n, struct db_line *line)
{
	const struct db_command *cmd;
	char word[32], *modif;

	if (!db_word(line, word, sizeof(word)))
		return;
	modif = strchr(word, '/');
	if (modif != NULL)
		*modif++ = '\0';
	cmd = db_find(table, n, word);
	if (cmd != NULL)
		cmd->func(line, modif != NULL ? modif : "");
}

static void
db_show_cmd(struct db_line *line, const char *modif __unused)
{
	if (db_at_end(line))
		db_printf("show breaks cpus malloc msgbuf registers threads "
		    "tokens\n");
	else
		db_run(db_show_commands, nitems(db_show_commands), line);
}

static void
db_help_cmd(struct db_line *line __unused, const char *modif __unused)
{
	int i;

	for (i = 0; i < (int)nitems(db_commands); ++i) {
		if (db_commands[i].help != NULL)
			db_printf("%-10s %s\n", db_commands[i].name,
			    db_commands[i].help);
	}
}

static void
db_continue_cmd(struct db_line *line __unused, const char *modif __unused)
{
	db_stepping = 0;
	db_resume = true;
}

static void
db_step_cmd(struct db_line *line, const char *modif __unused)
{
	db_expr_t count = 1;

	if (!db_at_end(line) && !db_expression(line, &count))
		return;
	db_stepping = count > 0 ? (int)count : 1;
	db_resume = true;
}

static void
db_reset_cmd(struct db_line *line __unused, const char *modif __unused)
{
	db_printf("Rebooting...\n");
	DELAY(100000);
	cpu_reset();
}

static void
db_panic_cmd(struct db_line *line __unused, const char *modif __unused)
{
	db_active = 0;
	panic("from debugger");
}

static void
db_loop(void)
{
	char buf[DB_LINE_MAX];
	struct db_line line;

	db_resume = false;
	while (!db_resume) {
		db_page_start();
		db_readline(buf, sizeof(buf), "db> ");
		/* An empty line repeats the last one. */
		if (buf[0] == '\0')
			strlcpy(buf, db_last, sizeof(buf));
		else
			strlcpy(db_last, buf, sizeof(db_last));
		line.p = buf;
		db_run(db_commands, nitems(db_commands), &line);
	}
}

/* Is this a stop that was asked for? A step that is to be continued is not. */
static bool
db_wants_stop(int type, struct trapframe *frame)
{
	if (!IS_WATCHPOINT_TRAP(type))
		return (true);
	if (db_step_over) {
		db_step_over = false;
		db_clear_single_step(frame);
		db_break_insert();
		return (false);
	}
	if (db_stepping > 1) {
		--db_stepping;
		return (false);
	}
	return (true);
}

/* Let the system run: breakpoints in, unless it stands on one. */
static void
db_leave(struct trapframe *frame)
{
	if (db_stepping != 0) {
		db_set_single_step(frame);
	} else if (db_break_at(PC_REGS(frame))) {
		db_step_over = true;
		db_set_single_step(frame);
	} else {
		db_clear_single_step(frame);
		db_break_insert();
	}
}

int
kdb_trap(int type, long code, struct trapframe *frame)
{
	cpumask_t others;
	bool stopped = false;

	if (db_active)
		return (0);
	/* What is not ours goes its way, unless debugging was asked for. */
	if (!IS_BREAKPOINT_TRAP(type) && !IS_WATCHPOINT_TRAP(type) &&
	    !debugger_on_panic)
		return (0);
	crit_enter();
	db_active = 1;
	if (panicstr == NULL && ncpus > 1) {
		others = smp_active_mask;
		CPUMASK_NANDBIT(others, mycpuid);
		stop_cpus(others);
		stopped = true;
	}
	db_break_remove();
	if (IS_BREAKPOINT_TRAP(type) && db_break_at(PC_REGS(frame) -
	    BKPT_SIZE))
		FIXUP_PC_AFTER_BREAK(frame);
	if (db_wants_stop(type, frame)) {
		db_regs = frame;
		db_stepping = 0;
		cndbctl(1);
		if (!IS_BREAKPOINT_TRAP(type) && !IS_WATCHPOINT_TRAP(type))
			db_printf("kernel trap %d, code %ld\n", type, code);
		db_printf("Stopped on cpu %d at %s\n", mycpuid,
		    db_symbol(PC_REGS(frame)));
		db_loop();
		cndbctl(0);
		db_leave(frame);
		db_regs = NULL;
	}
	if (stopped)
		restart_cpus(others);
	db_active = 0;
	crit_exit_noyield(curthread);
	return (1);
}

void
Debugger(const char *msg)
{
	if (db_active)
		return;
	kprintf("Debugger(\"%s\")\n", msg);
	breakpoint();
}

static int
sysctl_debug_enter(SYSCTL_HANDLER_ARGS)
{
	int error, enter = 0;

	error = sysctl_handle_int(oidp, &enter, 0, req);
	if (error == 0 && req->newptr != NULL && enter)
		Debugger("sysctl");
	return (error);
}
SYSCTL_PROC(_debug, OID_AUTO, enter_debugger, CTLTYPE_INT | CTLFLAG_RW, NULL,
    0, sysctl_debug_enter, "I", "Write 1 to enter the debugger");

static void
db_init(void *unused __unused)
{
	debugger_trap = kdb_trap;
}
SYSINIT(ddb, SI_BOOT1_TUNABLES, SI_ORDER_FIRST, db_init, NULL);
