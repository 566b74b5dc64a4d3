/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Randomness for the kernel's address and its seed: the firmware's generator
 * and RDRAND/RDSEED where there are any, the time stamp counter always.  The
 * kernel hashes the seed with what it collects itself; here it is enough that
 * no source can cancel another.
 */
#include "boot.h"

#define CPUID1_ECX_RDRAND	(1U << 30)
#define CPUID7_EBX_RDSEED	(1U << 18)

static uint64_t pool[8];
static bool seeded;

static void
cpuid(uint32_t leaf, uint32_t *b, uint32_t *c)
{
	uint32_t a = leaf, d;

	*c = 0;
	__asm volatile("cpuid" : "+a" (a), "=b" (*b), "+c" (*c), "=d" (d));
}

static uint64_t
rdrand(void)
{
	uint64_t v = 0;
	unsigned char ok = 0;
	int tries;

	for (tries = 0; tries < 10 && !ok; tries++)
		__asm volatile("rdrand %0; setc %1" : "=r" (v), "=qm" (ok));
	return (v);
}

static uint64_t
rdseed(void)
{
	uint64_t v = 0;
	unsigned char ok = 0;
	int tries;

	for (tries = 0; tries < 100 && !ok; tries++)
		__asm volatile("rdseed %0; setc %1" : "=r" (v), "=qm" (ok));
	return (v);
}

/* A bijective mixer (the finalizer of SplitMix64). */
static uint64_t
mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return (x ^ x >> 31);
}

static void
stir(uint64_t input)
{
	static unsigned at;

	pool[at % 8] = mix(pool[at % 8] ^ input) ^ pool[(at + 1) % 8];
	at++;
}

static void
seed(void)
{
	uint64_t firmware[8] = { 0 };
	uint32_t b, c, unused;
	size_t i;

	fw_entropy((uint8_t *)firmware, sizeof(firmware));
	cpuid(0, &b, &c);
	cpuid(1, &unused, &c);
	cpuid(7, &b, &unused);
	for (i = 0; i < 64; i++) {
		stir(firmware[i % 8]);
		if ((c & CPUID1_ECX_RDRAND) != 0)
			stir(rdrand());
		if ((b & CPUID7_EBX_RDSEED) != 0 && i < 8)
			stir(rdseed());
		/* Port reads leave the CPU and come back with some jitter. */
		inb(0x80);
		stir(rdtsc());
	}
	stir(boot_tsc());
	stir(fw_milliseconds());
	seeded = true;
}

uint64_t
random64(void)
{
	int i;

	if (!seeded)
		seed();
	for (i = 0; i < 8; i++)
		stir(rdtsc());
	return (mix(pool[0] ^ pool[3]) + mix(pool[5] ^ pool[6]));
}

void
entropy_fill(uint8_t *buf, size_t len)
{
	uint64_t v;
	size_t n;

	while (len > 0) {
		v = random64();
		n = len < sizeof(v) ? len : sizeof(v);
		memcpy(buf, &v, n);
		buf += n;
		len -= n;
	}
}
