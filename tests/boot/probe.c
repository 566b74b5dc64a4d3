/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel that only looks at what the loader handed over, says on COM1 what
 * is wrong with it, and ends the emulator through isa-debug-exit.
 */
#include <sys/boot_info.h>

#define COM_DATA	0x3f8
#define COM_LSR		0x3fd
#define COM_LSR_TXREADY	0x20
#define EXIT_PORT	0xf4

static const char *const relocated[] = { "one", "two", "three" };
static char zeroes[1024 * 1024];

static void
outb(uint16_t port, uint8_t v)
{
	__asm volatile("outb %0, %1" : : "a" (v), "Nd" (port));
}

static uint8_t
inb(uint16_t port)
{
	uint8_t v;

	__asm volatile("inb %1, %0" : "=a" (v) : "Nd" (port));
	return (v);
}

static void
put(const char *s)
{
	for (; *s != '\0'; s++) {
		while ((inb(COM_LSR) & COM_LSR_TXREADY) == 0)
			continue;
		outb(COM_DATA, *s);
	}
}

static void
put_hex(const char *name, uint64_t v)
{
	char digit[2] = { 0, 0 };
	int shift;

	put(name);
	for (shift = 60; shift >= 0; shift -= 4) {
		digit[0] = "0123456789abcdef"[v >> shift & 15];
		put(digit);
	}
	put("\n");
}

static void
check(int ok, const char *what)
{
	if (!ok) {
		put("WRONG: ");
		put(what);
		put("\n");
	}
}

static void
check_memory(const struct boot_info *bi)
{
	const struct boot_memory *m = (const void *)bi->bi_memory;
	uint64_t i, last = 0, ram = 0, kernel = 0;

	for (i = 0; i < bi->bi_memory_count; i++) {
		check(m[i].bm_length > 0, "empty memory entry");
		check(m[i].bm_base >= last, "memory entries overlap");
		last = m[i].bm_base + m[i].bm_length;
		if (m[i].bm_type == BOOT_MEM_RAM)
			ram += m[i].bm_length;
		if (m[i].bm_type == BOOT_MEM_KERNEL &&
		    m[i].bm_base == bi->bi_kernel_phys)
			kernel = 1;
	}
	check(ram > 64 << 20, "little memory");
	check(kernel, "image not in the memory map");
}

void
start(const struct boot_info *bi)
{
	const char *env;
	uint64_t i;

	check(bi->bi_magic == BOOT_INFO_MAGIC, "magic");
	check(bi->bi_version == BOOT_INFO_VERSION, "version");
	check(bi->bi_size == sizeof(*bi), "size");
	check(relocated[1][0] == 't' && relocated[2][1] == 'h', "relocation");
	for (i = 0; i < sizeof(zeroes) && zeroes[i] == 0; i++)
		continue;
	check(i == sizeof(zeroes), "bss");
	check(bi->bi_kernel_virt >= BOOT_KERNEL_LINKBASE &&
	    bi->bi_kernel_virt + bi->bi_kernel_size <=
	    BOOT_KERNEL_VIRTLIMIT, "virtual address");
	check(bi->bi_kernel_virt % BOOT_KERNEL_ALIGN == 0 &&
	    bi->bi_kernel_phys % BOOT_KERNEL_ALIGN == 0, "alignment");
	check(bi->bi_symtab != 0 && bi->bi_strtab_size != 0, "symbols");
	check(bi->bi_rsdp != 0, "ACPI root");
	check(bi->bi_modules_count == 1, "module");
	check_memory(bi);
	put_hex("virt ", bi->bi_kernel_virt);
	put_hex("seed ", *(const uint64_t *)bi->bi_seed);
	put_hex("howto ", bi->bi_howto);
	put_hex("firmware ", bi->bi_firmware);
	for (env = (const char *)bi->bi_env; *env != '\0'; env++) {
		put("env ");
		put(env);
		put("\n");
		while (*env != '\0')
			env++;
	}
	put("probe done\n");
	outb(EXIT_PORT, 1);
	for (;;)
		__asm volatile("hlt");
}
