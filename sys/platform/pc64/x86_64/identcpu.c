/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What kind of processor this is, and turning on what the kernel uses of it.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/random.h>
#include <sys/sysctl.h>
#include <machine/clock.h>
#include <machine/cpufunc.h>
#include <machine/md_var.h>
#include <machine/npx.h>
#include <machine/pmap.h>
#include <machine/smp.h>
#include <machine/specialreg.h>
#include "machvar.h"
#include "apicvar.h"

u_int	cpu_feature, cpu_feature2;
u_int	cpu_stdext_feature, cpu_stdext_feature2;
u_int	amd_feature, amd_feature2, amd_pminfo;
u_int	cpu_high, cpu_exthigh;
u_int	cpu_id;
u_int	cpu_maxphyaddr = 36;
char	cpu_vendor[16];
char	cpu_brand[64];

SYSCTL_STRING(_hw, OID_AUTO, cpu_vendor, CTLFLAG_RD, cpu_vendor, 0,
    "Maker of the processor");

static void
read_brand(void)
{
	u_int regs[4];
	char *p = cpu_brand;
	u_int leaf;

	for (leaf = 0x80000002; leaf <= 0x80000004; ++leaf) {
		do_cpuid(leaf, regs);
		memcpy(p, regs, sizeof(regs));
		p += sizeof(regs);
	}
	*p = 0;
	/* Some makers right-justify. */
	for (p = cpu_brand; *p == ' '; ++p)
		;
	memmove(cpu_brand, p, strlen(p) + 1);
}

void
identify_cpu(void)
{
	u_int regs[4];

	do_cpuid(0, regs);
	cpu_high = regs[0];
	memcpy(cpu_vendor, &regs[1], 4);
	memcpy(cpu_vendor + 4, &regs[3], 4);
	memcpy(cpu_vendor + 8, &regs[2], 4);
	do_cpuid(1, regs);
	cpu_id = regs[0];
	cpu_feature = regs[3];
	cpu_feature2 = regs[2];
	if (cpu_high >= 7) {
		cpuid_count(7, 0, regs);
		cpu_stdext_feature = regs[1];
		cpu_stdext_feature2 = regs[2];
	}
	do_cpuid(0x80000000, regs);
	cpu_exthigh = regs[0];
	if (cpu_exthigh >= 0x80000001) {
		do_cpuid(0x80000001, regs);
		amd_feature = regs[3];
		amd_feature2 = regs[2];
	}
	if (cpu_exthigh >= 0x80000007) {
		do_cpuid(0x80000007, regs);
		amd_pminfo = regs[3];
	}
	if (cpu_exthigh >= 0x80000008) {
		do_cpuid(0x80000008, regs);
		cpu_maxphyaddr = regs[0] & 0xff;
	}
	if (cpu_exthigh >= 0x80000004)
		read_brand();
	else
		strlcpy(cpu_brand, cpu_vendor, sizeof(cpu_brand));
}

/* Control registers, on each CPU. */
void
cpu_setregs(void)
{
	u_long cr4 = rcr4();

	load_cr0((rcr0() & ~(u_long)(CR0_CD | CR0_NW)) | CR0_WP | CR0_AM);
	cr4 |= CR4_PGE | CR4_DE | CR4_MCE;
	if (cpu_stdext_feature & CPUID7_SMEP)
		cr4 |= CR4_SMEP;
	if (cpu_stdext_feature & CPUID7_SMAP)
		cr4 |= CR4_SMAP;
	if (cpu_stdext_feature2 & CPUID7C_UMIP)
		cr4 |= CR4_UMIP;
	/* User mode must not put kernel addresses into %gs. */
	cr4 &= ~(u_long)(CR4_FSGSBASE | CR4_TSD | CR4_PCE);
	load_cr4(cr4);
}

void
print_cpu_info(void)
{
	kprintf("CPU: %s", cpu_brand);
	if (tsc_frequency != 0) {
		kprintf(" (%lu.%02lu MHz)", tsc_frequency / 1000000,
		    tsc_frequency / 10000 % 100);
	}
	kprintf("\n  family 0x%x model 0x%x stepping %u, %u address bits\n",
	    ((cpu_id >> 8) & 15) + ((cpu_id >> 20) & 0xff),
	    ((cpu_id >> 4) & 15) | ((cpu_id >> 12) & 0xf0), cpu_id & 15,
	    cpu_maxphyaddr);
	kprintf("  features 0x%08x 0x%08x 0x%08x 0x%08x\n", cpu_feature,
	    cpu_feature2, cpu_stdext_feature, amd_feature);
	kprintf("  state of %u bytes (xcr0 %#lx)%s\n", npx_xsave_size,
	    npx_xcr0_mask, x2apic_mode ? ", x2APIC" : "");
}

/*
 * Random numbers of the processor, if it makes any.  Returns how many bytes
 * were written.
 */
size_t
cpu_random_seed(void *buf, size_t len)
{
	uint8_t *p = buf;
	size_t done = 0, n;
	u_long word;
	u_char ok;
	int tries;

	if ((cpu_feature2 & CPUID2_RDRAND) == 0)
		return (0);
	while (done < len) {
		ok = 0;
		for (tries = 0; tries < 10 && !ok; ++tries) {
			if (cpu_stdext_feature & CPUID7_RDSEED) {
				__asm__ __volatile__("rdseed %0; setc %1" :
				    "=r" (word), "=qm" (ok) : : "cc");
			}
			if (!ok) {
				__asm__ __volatile__("rdrand %0; setc %1" :
				    "=r" (word), "=qm" (ok) : : "cc");
			}
		}
		if (!ok)
			break;
		n = MIN(len - done, sizeof(word));
		memcpy(p + done, &word, n);
		done += n;
	}
	return (done);
}
