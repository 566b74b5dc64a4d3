/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Relocations of kernel modules (x86-64 ABI, chapter 4.4).
 *
 * Modules lie within 2 GB of the kernel, all above 0xffffffff80000000:
 * every 32-bit relocation reaches, and is checked to.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <machine/elf.h>
#include <machine/elf_machdep.h>

int
elf_machdep_reloc(u_int type, void *where, u_long base, u_long symbol,
    long addend)
{
	u_long p = (u_long)where;
	long value;
	int32_t v32;

	switch (type) {
	case R_X86_64_NONE:
		return (0);
	case R_X86_64_64:
	case R_X86_64_GLOB_DAT:
	case R_X86_64_JMP_SLOT:
		value = symbol + (type == R_X86_64_64 ? addend : 0);
		memcpy(where, &value, sizeof(value));
		return (0);
	case R_X86_64_RELATIVE:
		value = base + addend;
		memcpy(where, &value, sizeof(value));
		return (0);
	case R_X86_64_PC32:
	case R_X86_64_PLT32:
		value = symbol + addend - p;
		if (value != (int32_t)value)
			return (ENOEXEC);
		break;
	case R_X86_64_32S:
		value = symbol + addend;
		if (value != (int32_t)value)
			return (ENOEXEC);
		break;
	case R_X86_64_32:
		value = symbol + addend;
		if ((u_long)value != (uint32_t)value)
			return (ENOEXEC);
		break;
	case R_X86_64_PC64:
		value = symbol + addend - p;
		memcpy(where, &value, sizeof(value));
		return (0);
	default:
		return (EOPNOTSUPP);
	}
	v32 = (int32_t)value;
	memcpy(where, &v32, sizeof(v32));
	return (0);
}

bool
elf_machdep_needs_got(u_int type)
{
	return (type == R_X86_64_GOTPCREL || type == R_X86_64_GOTPCRELX ||
	    type == R_X86_64_REX_GOTPCRELX);
}

int
elf_machdep_reloc_got(void *where, u_long slot, long addend)
{
	long value = slot + addend - (u_long)where;
	int32_t v32 = (int32_t)value;

	if (value != v32)
		return (ENOEXEC);
	memcpy(where, &v32, sizeof(v32));
	return (0);
}
