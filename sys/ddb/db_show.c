/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the debugger shows of the system: stacks, processes, threads, tokens,
 * memory, messages.  Lists are walked without locks, the other CPUs being
 * stopped; a list caught in the middle of a change ends the command early.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/malloc.h>
#include <sys/msgbuf.h>
#include <sys/proc.h>
#include <sys/thread2.h>
#include <vm/vm.h>
#include <ddb/ddb.h>

#define DB_LIST_MAX	100000	/* a longer list is a broken one */

static bool
trace_frame(db_addr_t pc, db_addr_t fp __unused, void *arg)
{
	int *depth = arg;

	db_printf("  #%d %016lx %s\n", (*depth)++, pc, db_symbol(pc));
	return (*depth < 64 && !db_quit());
}

/* trace [thread]: of what was interrupted, or of a thread by address. */
void
db_trace_cmd(struct db_line *line, const char *modif __unused)
{
	db_expr_t addr;
	db_addr_t pc, fp;
	int depth = 0;

	if (db_at_end(line)) {
		db_stack_walk(PC_REGS(db_regs), FP_REGS(db_regs), trace_frame,
		    &depth);
		return;
	}
	if (!db_expression(line, &addr))
		return;
	if ((thread_t)addr == curthread) {
		db_stack_walk(PC_REGS(db_regs), FP_REGS(db_regs), trace_frame,
		    &depth);
		return;
	}
	if (addr >= 0) {
		db_printf("%#lx is not a thread\n", addr);
		return;
	}
	db_thread_resume_point((thread_t)addr, &pc, &fp);
	db_stack_walk(pc, fp, trace_frame, &depth);
}

static const char *
thread_state(thread_t td)
{
	if (td->td_flags & TDF_RUNNING)
		return ("run");
	if (td->td_flags & TDF_RUNQ)
		return ("runq");
	if (td->td_flags & TDF_BLOCKQ)
		return ("token");
	if (td->td_flags & TDF_TSLEEP_DESCHEDULED)
		return ("sleep");
	return ("-");
}

/* Call func for every thread there is, until it returns false. */
static void
each_thread(bool (*func)(thread_t td, int cpu))
{
	thread_t td;
	int cpu, n;

	for (cpu = 0; cpu < ncpus; ++cpu) {
		n = 0;
		TAILQ_FOREACH(td, &globaldata_find(cpu)->gd_tdallq, td_allq) {
			if (!func(td, cpu) || db_quit() ||
			    ++n > DB_LIST_MAX)
				return;
		}
	}
}

static bool
show_process(thread_t td, int cpu)
{
	struct proc *p = td->td_proc;

	if (td->td_lwp == NULL)
		return (true);
	db_printf("%6d %5d %3d %016lx %-5s %-9s %s\n", p->p_pid,
	    td->td_lwp->lwp_tid, cpu, (u_long)td, thread_state(td),
	    td->td_wmesg != NULL ? td->td_wmesg : "", p->p_comm);
	return (true);
}

void
db_ps_cmd(struct db_line *line __unused, const char *modif __unused)
{
	db_printf("   pid   tid cpu thread           state wait      "
	    "command\n");
	each_thread(show_process);
}

static bool
show_thread(thread_t td, int cpu)
{
	db_printf("%3d %016lx %2d %3d %08x %-5s %-9s %s\n", cpu, (u_long)td,
	    td->td_pri, td->td_critcount, td->td_flags, thread_state(td),
	    td->td_wmesg != NULL ? td->td_wmesg : "", td->td_comm);
	return (true);
}

void
db_show_threads(struct db_line *line __unused, const char *modif __unused)
{
	db_printf("cpu thread          pri crit flags  state wait      "
	    "name\n");
	each_thread(show_thread);
}

static bool
show_thread_tokens(thread_t td, int cpu)
{
	lwkt_tokref_t ref;

	for (ref = td->td_toks_base; ref < td->td_toks_stop; ++ref) {
		db_printf("%3d %016lx %-16s %016lx %-14s %s%s\n", cpu,
		    (u_long)td, td->td_comm, (u_long)ref->tr_tok,
		    ref->tr_tok->t_desc, ref->tr_excl ? "exclusive" : "shared",
		    ref->tr_count ? ", held" :
		    td->td_tokwait == ref->tr_tok ? ", waits" : "");
	}
	return (true);
}

void
db_show_tokens(struct db_line *line __unused, const char *modif __unused)
{
	db_printf("cpu thread           name             token\n");
	each_thread(show_thread_tokens);
}

void
db_show_cpus(struct db_line *line __unused, const char *modif __unused)
{
	globaldata_t gd;
	int cpu;

	for (cpu = 0; cpu < ncpus && !db_quit(); ++cpu) {
		gd = globaldata_find(cpu);
		db_printf("cpu%d: thread %016lx (%s) runnable %d reqflags %#x "
		    "spinlocks %u nesting %d ticks %u switches %u\n", cpu,
		    (u_long)gd->gd_curthread,
		    gd->gd_curthread ? gd->gd_curthread->td_comm : "",
		    gd->gd_tdrunqcount, gd->gd_reqflags, gd->gd_spinlocks,
		    gd->gd_intr_nesting_level, gd->gd_ticks,
		    gd->gd_cnt.v_swtch);
	}
}

void
db_show_malloc(struct db_line *line __unused, const char *modif __unused)
{
	char buf[128];
	int i;

	db_printf("%20s %10s %12s %20s %12s\n", "type", "pieces", "bytes",
	    "limit", "requests");
	for (i = 0; !db_quit() && kmemstat_line(i, buf, sizeof(buf)); ++i)
		db_printf("%s", buf);
}

void
db_show_msgbuf(struct db_line *line __unused, const char *modif __unused)
{
	unsigned int i;
	char c;

	if (msgbufp == NULL)
		return;
	i = msgbufp->msg_bufx > msgbufp->msg_size ?
	    msgbufp->msg_bufx - msgbufp->msg_size : 0;
	/* The debugger's own output goes there too: stop where it was. */
	for (unsigned int end = msgbufp->msg_bufx; i != end && !db_quit();
	    ++i) {
		c = msgbufp->msg_ptr[i % msgbufp->msg_size];
		if (c != '\0')
			db_printf("%c", c);
	}
	db_printf("\n");
}
