/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The debugger's view of the machine: memory that may fault, instructions
 * it steps over, stacks.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/thread.h>
#include <vm/vm.h>
#include <vm/pmap.h>
#include <machine/cpu.h>
#include <machine/cpufunc.h>
#include <machine/db_machdep.h>
#include <machine/globaldata.h>
#include <machine/pmap.h>
#include <machine/smp.h>
#include "machvar.h"

#define REG(name)	{ #name, offsetof(struct trapframe, tf_##name) }
const struct db_register db_registers[] = {
	REG(rip), REG(cs), REG(rflags), REG(rsp), REG(ss), REG(rbp),
	REG(rax), REG(rbx), REG(rcx), REG(rdx), REG(rsi), REG(rdi),
	REG(r8), REG(r9), REG(r10), REG(r11), REG(r12), REG(r13), REG(r14),
	REG(r15), REG(trapno), REG(err), REG(addr),
};
const int db_nregisters = nitems(db_registers);

int
db_read_bytes(db_addr_t addr, size_t size, char *data)
{
	u_long word;
	size_t n, off;

	while (size > 0) {
		if (peek_kernel((void *)(addr & ~7UL), &word) != 0)
			return (EFAULT);
		off = addr & 7;
		n = MIN(size, 8 - off);
		memcpy(data, (char *)&word + off, n);
		addr += n;
		data += n;
		size -= n;
	}
	return (0);
}

int
db_write_bytes(db_addr_t addr, size_t size, const char *data)
{
	vm_paddr_t pa;

	while (size-- > 0) {
		if (addr < VM_MAX_USER_ADDRESS ||
		    (pa = pmap_kextract(addr)) == 0)
			return (EFAULT);
		*(volatile char *)PHYS_TO_DMAP(pa) = *data++;
		++addr;
	}
	return (0);
}

bool
db_inst_call(db_addr_t pc)
{
	uint8_t b[4];

	if (db_read_bytes(pc, sizeof(b), (char *)b) != 0)
		return (false);
	if ((b[0] & 0xf0) == 0x40) {	/* REX prefix */
		b[0] = b[1];
		b[1] = b[2];
	}
	/* call rel32; call r/m64 */
	return (b[0] == 0xe8 || (b[0] == 0xff && (b[1] & 0x38) == 0x10));
}

bool
db_inst_return(db_addr_t pc)
{
	uint8_t b[2];

	if (db_read_bytes(pc, sizeof(b), (char *)b) != 0)
		return (false);
	return (b[0] == 0xc3 || b[0] == 0xc2 ||
	    (b[0] == 0x48 && b[1] == 0xcf));	/* iretq */
}

/* --- watchpoints: debug registers 0-3, writes only ------------------- */

struct hwatch {
	int		slot;
	db_addr_t	addr;
	u_int		len;	/* encoded; 0 with addr 0: clear */
};

static void
hwatch_load(void *arg)
{
	const struct hwatch *hw = arg;
	u_long dr7 = rdr7();

	dr7 &= ~(3UL << (hw->slot * 2)) & ~(0xfUL << (16 + hw->slot * 4));
	switch (hw->slot) {
	case 0: load_dr0(hw->addr); break;
	case 1: load_dr1(hw->addr); break;
	case 2: load_dr2(hw->addr); break;
	case 3: load_dr3(hw->addr); break;
	}
	if (hw->addr != 0) {
		dr7 |= 2UL << (hw->slot * 2);
		dr7 |= (u_long)(1 | hw->len << 2) << (16 + hw->slot * 4);
	}
	load_dr7(dr7);
}

int
db_hwatch_set(int slot, db_addr_t addr, size_t size)
{
	struct hwatch hw = { .slot = slot, .addr = addr };

	if (slot < 0 || slot > 3 || (addr & (size - 1)) != 0)
		return (EINVAL);
	switch (size) {
	case 1: hw.len = 0; break;
	case 2: hw.len = 1; break;
	case 4: hw.len = 3; break;
	case 8: hw.len = 2; break;
	default: return (EINVAL);
	}
	hwatch_load(&hw);
	return (0);
}

void
db_hwatch_clear(int slot)
{
	struct hwatch hw = { .slot = slot };

	hwatch_load(&hw);
}

/* --- stacks ---------------------------------------------------------- */

void
db_stack_walk(db_addr_t pc, db_addr_t fp,
    bool (*func)(db_addr_t, db_addr_t, void *), void *arg)
{
	u_long next, ret;

	while (pc != 0 && func(pc, fp, arg)) {
		if (fp < VM_MAX_USER_ADDRESS || (fp & 7) != 0 ||
		    peek_kernel((void *)(fp + 8), &ret) != 0 ||
		    peek_kernel((void *)fp, &next) != 0)
			break;
		pc = ret;
		if (next <= fp)
			break;
		fp = next;
	}
}

/* Matches what cpu_lwkt_switch and cpu_heavy_switch push. */
void
db_thread_resume_point(struct thread *td, db_addr_t *pc, db_addr_t *fp)
{
	u_long *sp = (u_long *)td->td_sp;

	*pc = *fp = 0;
	if (peek_kernel(sp, pc) != 0)
		return;
	if (*pc == (u_long)cpu_lwkt_restore)
		sp += 6;		/* r15 ... rbx, then rbp */
	else if (*pc == (u_long)cpu_heavy_restore)
		sp += 7;
	else
		return;
	if (peek_kernel(sp, fp) != 0 || peek_kernel(sp + 1, pc) != 0)
		*pc = *fp = 0;
}
