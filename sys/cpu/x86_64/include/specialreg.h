/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Control registers, CPUID feature bits and model specific registers, as
 * numbered in the Intel SDM (volumes 3 and 4) and the AMD64 APM (volume 2).
 */
#ifndef _CPU_SPECIALREG_H_
#define _CPU_SPECIALREG_H_

/* %cr0 */
#define CR0_PE		0x00000001	/* protected mode */
#define CR0_MP		0x00000002	/* wait honours TS */
#define CR0_EM		0x00000004	/* no FPU */
#define CR0_TS		0x00000008	/* trap on FPU use */
#define CR0_ET		0x00000010
#define CR0_NE		0x00000020	/* FPU errors raise #MF */
#define CR0_WP		0x00010000	/* kernel honours read-only */
#define CR0_AM		0x00040000	/* alignment checks in user mode */
#define CR0_NW		0x20000000
#define CR0_CD		0x40000000
#define CR0_PG		0x80000000	/* paging */

/* %cr4 */
#define CR4_VME		0x00000001
#define CR4_PVI		0x00000002
#define CR4_TSD		0x00000004
#define CR4_DE		0x00000008
#define CR4_PSE		0x00000010
#define CR4_PAE		0x00000020
#define CR4_MCE		0x00000040
#define CR4_PGE		0x00000080	/* global pages */
#define CR4_PCE		0x00000100
#define CR4_FXSR	0x00000200	/* fxsave, SSE */
#define CR4_XMM		0x00000400	/* SSE errors raise #XM */
#define CR4_UMIP	0x00000800	/* no sgdt and friends in user mode */
#define CR4_LA57	0x00001000
#define CR4_VMXE	0x00002000
#define CR4_FSGSBASE	0x00010000
#define CR4_PCIDE	0x00020000
#define CR4_XSAVE	0x00040000
#define CR4_SMEP	0x00100000
#define CR4_SMAP	0x00200000

/* %xcr0 */
#define XCR0_X87	0x0001
#define XCR0_SSE	0x0002
#define XCR0_YMM	0x0004
#define XCR0_OPMASK	0x0020
#define XCR0_ZMM_HI256	0x0040
#define XCR0_HI16_ZMM	0x0080
#define XCR0_AVX512	(XCR0_OPMASK | XCR0_ZMM_HI256 | XCR0_HI16_ZMM)

/* CPUID leaf 1, %edx */
#define CPUID_FPU	0x00000001
#define CPUID_DE	0x00000004
#define CPUID_PSE	0x00000008
#define CPUID_TSC	0x00000010
#define CPUID_MSR	0x00000020
#define CPUID_PAE	0x00000040
#define CPUID_MCE	0x00000080
#define CPUID_CX8	0x00000100
#define CPUID_APIC	0x00000200
#define CPUID_MTRR	0x00001000
#define CPUID_PGE	0x00002000
#define CPUID_MCA	0x00004000
#define CPUID_PAT	0x00010000
#define CPUID_CLFSH	0x00080000
#define CPUID_FXSR	0x01000000
#define CPUID_SSE	0x02000000
#define CPUID_SSE2	0x04000000
#define CPUID_HTT	0x10000000

/* CPUID leaf 1, %ecx */
#define CPUID2_SSE3	0x00000001
#define CPUID2_MON	0x00000008
#define CPUID2_SSSE3	0x00000200
#define CPUID2_CX16	0x00002000
#define CPUID2_PCID	0x00020000
#define CPUID2_X2APIC	0x00200000
#define CPUID2_TSCDLT	0x01000000
#define CPUID2_AESNI	0x02000000
#define CPUID2_XSAVE	0x04000000
#define CPUID2_OSXSAVE	0x08000000
#define CPUID2_AVX	0x10000000
#define CPUID2_RDRAND	0x40000000
#define CPUID2_VMM	0x80000000

/* CPUID leaf 6, %eax */
#define CPUID6_ARAT	0x00000004	/* APIC timer runs in every C state */

/* CPUID leaf 7, %ebx */
#define CPUID7_FSGSBASE	0x00000001
#define CPUID7_AVX2	0x00000020
#define CPUID7_SMEP	0x00000080
#define CPUID7_ERMS	0x00000200
#define CPUID7_AVX512F	0x00010000
#define CPUID7_RDSEED	0x00040000
#define CPUID7_SMAP	0x00100000
/* CPUID leaf 7, %ecx */
#define CPUID7C_UMIP	0x00000004

/* CPUID leaf 0xd subleaf 1, %eax */
#define CPUIDD1_XSAVEOPT 0x00000001
#define CPUIDD1_XSAVEC	0x00000002

/* CPUID leaf 0x80000001, %edx and %ecx */
#define AMDID_SYSCALL	0x00000800
#define AMDID_NX	0x00100000
#define AMDID_PAGE1GB	0x04000000
#define AMDID_LM	0x20000000
#define AMDID2_TOPOLOGY	0x00400000

/* CPUID leaf 0x80000007, %edx */
#define AMDPM_TSC_INVARIANT 0x00000100

/* Model specific registers. */
#define MSR_TSC		0x010
#define MSR_APICBASE	0x01b
#define APICBASE_BSP		0x00000100UL
#define APICBASE_X2APIC		0x00000400UL
#define APICBASE_ENABLED	0x00000800UL
#define APICBASE_ADDRESS	0x000ffffffffff000UL
#define MSR_MTRRcap	0x0fe
#define MSR_MCG_CAP	0x179
#define MSR_MCG_STATUS	0x17a
#define MSR_MISC_ENABLE	0x1a0
#define MSR_PAT		0x277
#define MSR_TSC_DEADLINE 0x6e0
#define MSR_X2APIC_BASE	0x800
#define MSR_EFER	0xc0000080
#define EFER_SCE		0x00000001UL
#define EFER_LME		0x00000100UL
#define EFER_LMA		0x00000400UL
#define EFER_NXE		0x00000800UL
#define MSR_STAR	0xc0000081
#define MSR_LSTAR	0xc0000082
#define MSR_CSTAR	0xc0000083
#define MSR_SF_MASK	0xc0000084
#define MSR_FSBASE	0xc0000100
#define MSR_GSBASE	0xc0000101
#define MSR_KGSBASE	0xc0000102
#define MSR_TSC_AUX	0xc0000103

/* PAT memory types. */
#define PAT_UNCACHEABLE		0x00
#define PAT_WRITE_COMBINING	0x01
#define PAT_WRITE_THROUGH	0x04
#define PAT_WRITE_PROTECTED	0x05
#define PAT_WRITE_BACK		0x06
#define PAT_UNCACHED		0x07
#define PAT_VALUE(i, m)		((unsigned long)(m) << (8 * (i)))

#endif /* !_CPU_SPECIALREG_H_ */
