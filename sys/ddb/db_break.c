/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Breakpoints and watchpoints.  Breakpoint instructions are in the code only
 * while the system runs.  At most DB_BREAKS of them: the debugger allocates
 * nothing; setting another one says so.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <ddb/ddb.h>

#define DB_BREAKS	64
#define DB_WATCHES	4	/* the CPU's debug registers */

static struct db_bp {
	db_addr_t	addr;	/* 0: unused */
	char		saved;	/* byte of the instruction */
	bool		in;	/* the instruction is in the code */
} db_bps[DB_BREAKS];

static db_addr_t db_watches[DB_WATCHES];

static struct db_bp *
db_find_bp(db_addr_t addr)
{
	int i;

	for (i = 0; i < DB_BREAKS; ++i) {
		if (db_bps[i].addr == addr)
			return (&db_bps[i]);
	}
	return (NULL);
}

bool
db_break_at(db_addr_t addr)
{
	return (addr != 0 && db_find_bp(addr) != NULL);
}

void
db_break_insert(void)
{
	static const char inst = (char)BKPT_INST;
	int i;

	for (i = 0; i < DB_BREAKS; ++i) {
		struct db_bp *bp = &db_bps[i];

		if (bp->addr == 0 || bp->in)
			continue;
		if (db_read_bytes(bp->addr, 1, &bp->saved) == 0 &&
		    db_write_bytes(bp->addr, 1, &inst) == 0)
			bp->in = true;
	}
}

void
db_break_remove(void)
{
	int i;

	for (i = 0; i < DB_BREAKS; ++i) {
		if (db_bps[i].in) {
			db_write_bytes(db_bps[i].addr, 1, &db_bps[i].saved);
			db_bps[i].in = false;
		}
	}
}

void
db_break_cmd(struct db_line *line, const char *modif __unused)
{
	struct db_bp *bp;
	db_expr_t addr;
	char byte;

	if (!db_expression(line, &addr))
		return;
	if (addr == 0 || db_read_bytes((db_addr_t)addr, 1, &byte) != 0) {
		db_printf("%#lx: no memory there\n", addr);
		return;
	}
	if (db_find_bp((db_addr_t)addr) != NULL)
		return;
	bp = db_find_bp(0);
	if (bp == NULL) {
		db_printf("only %d breakpoints\n", DB_BREAKS);
		return;
	}
	bp->addr = (db_addr_t)addr;
}

void
db_delete_cmd(struct db_line *line, const char *modif __unused)
{
	struct db_bp *bp;
	db_expr_t addr;

	if (!db_expression(line, &addr))
		return;
	bp = addr != 0 ? db_find_bp((db_addr_t)addr) : NULL;
	if (bp == NULL)
		db_printf("no breakpoint there\n");
	else
		bp->addr = 0;
}

void
db_watch_cmd(struct db_line *line, const char *modif __unused)
{
	db_expr_t addr, size = 8;
	int i;

	if (!db_expression(line, &addr))
		return;
	if (!db_at_end(line) && !db_expression(line, &size))
		return;
	for (i = 0; i < DB_WATCHES; ++i) {
		if (db_watches[i] == 0)
			break;
	}
	if (i == DB_WATCHES || db_hwatch_set(i, (db_addr_t)addr,
	    (size_t)size) != 0) {
		db_printf("cannot watch that (%d slots; size 1, 2, 4 or 8, "
		    "aligned)\n", DB_WATCHES);
		return;
	}
	db_watches[i] = (db_addr_t)addr;
	db_printf("slot %d, on this CPU\n", i);
}

void
db_dwatch_cmd(struct db_line *line, const char *modif __unused)
{
	db_expr_t slot;

	if (!db_expression(line, &slot))
		return;
	if (slot < 0 || slot >= DB_WATCHES || db_watches[slot] == 0) {
		db_printf("no such watchpoint\n");
		return;
	}
	db_hwatch_clear((int)slot);
	db_watches[slot] = 0;
}

void
db_show_breaks(struct db_line *line __unused, const char *modif __unused)
{
	int i;

	for (i = 0; i < DB_BREAKS; ++i) {
		if (db_bps[i].addr != 0)
			db_printf("break %s\n", db_symbol(db_bps[i].addr));
	}
	for (i = 0; i < DB_WATCHES; ++i) {
		if (db_watches[i] != 0)
			db_printf("watch %d %s\n", i, db_symbol(db_watches[i]));
	}
}
