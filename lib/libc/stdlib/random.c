/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pseudo-random numbers that can be had again from the same seed: random(),
 * rand() and the drand48() family.
 *
 * random() is an additive feedback generator, x[i] = x[i-deg] + x[i-sep],
 * seeded by a linear congruential one; the state array's first word tells
 * its kind and where it stands.
 */
#include <sys/types.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "libc_private.h"

#define KINDS	5

static const struct {
	size_t	bytes;		/* smallest state of this kind */
	int	deg;
	int	sep;
} kinds[KINDS] = {
	{ 8, 0, 0 }, { 32, 7, 3 }, { 64, 15, 1 }, { 128, 31, 3 }, { 256, 63, 1 }
};

static uint32_t	default_state[32];
static uint32_t	*words = default_state + 1;	/* x[] */
static int	kind = 3;
static int	front;				/* index of x[i-deg] */
static bool	seeded;
static libc_lock_t lock;

/* Park and Miller's minimal standard generator. */
static uint32_t
good_rand(uint32_t x)
{
	int64_t hi, lo, t;

	x = x % 0x7ffffffe + 1;
	hi = x / 127773;
	lo = x % 127773;
	t = 16807 * lo - 2836 * hi;
	if (t < 0)
		t += 0x7fffffff;
	return ((uint32_t)t - 1);
}

static uint32_t
next_value(void)
{
	int deg = kinds[kind].deg, rear;
	uint32_t v;

	if (kind == 0) {
		words[0] = good_rand(words[0]);
		return (words[0] & 0x7fffffff);
	}
	rear = front + deg - kinds[kind].sep;
	if (rear >= deg)
		rear -= deg;
	v = words[front] += words[rear];
	if (++front == deg)
		front = 0;
	return (v >> 1);
}

static void
seed_state(uint32_t seed)
{
	int i, deg = kinds[kind].deg;

	seeded = true;
	words[0] = seed;
	front = 0;
	if (kind == 0) {
		for (i = 0; i < 50; i++)
			next_value();
		return;
	}
	for (i = 1; i < deg; i++)
		words[i] = good_rand(words[i - 1]);
	for (i = 0; i < 10 * deg; i++)
		next_value();
}

void
srandom(unsigned long seed)
{
	libc_lock(&lock);
	seed_state((uint32_t)seed);
	libc_unlock(&lock);
}

long
random(void)
{
	uint32_t v;

	libc_lock(&lock);
	if (!seeded)
		seed_state(1);
	v = next_value();
	libc_unlock(&lock);
	return ((long)v);
}

void
srandomdev(void)
{
	libc_lock(&lock);
	arc4random_buf(words, (kind == 0 ? 1 : (size_t)kinds[kind].deg) *
	    sizeof(*words));
	words[0] |= 1;
	front = 0;
	seeded = true;
	libc_unlock(&lock);
}

/* Remember in the state itself where it stands. */
static void
save_position(void)
{
	words[-1] = (uint32_t)(front * KINDS + kind);
}

char *
initstate(unsigned long seed, char *state, long bytes)
{
	char *old = (char *)(words - 1);
	int k;

	if (bytes < (long)kinds[0].bytes)
		return (NULL);
	libc_lock(&lock);
	save_position();
	for (k = KINDS - 1; (long)kinds[k].bytes > bytes; k--)
		continue;
	kind = k;
	words = (uint32_t *)(void *)state + 1;
	seed_state((uint32_t)seed);
	save_position();
	libc_unlock(&lock);
	return (old);
}

char *
setstate(char *state)
{
	uint32_t *new = (uint32_t *)(void *)state;
	char *old = (char *)(words - 1);
	uint32_t k = new[0] % KINDS, pos = new[0] / KINDS;

	if (pos != 0 && pos >= (uint32_t)kinds[k].deg)
		return (NULL);
	libc_lock(&lock);
	save_position();
	kind = (int)k;
	words = new + 1;
	front = (int)pos;
	seeded = true;
	libc_unlock(&lock);
	return (old);
}

static unsigned int rand_state = 1;

int
rand_r(unsigned int *statep)
{
	*statep = good_rand(*statep);
	return ((int)*statep);
}

int
rand(void)
{
	return (rand_r(&rand_state));
}

void
srand(unsigned int seed)
{
	rand_state = seed;
}

void
sranddev(void)
{
	arc4random_buf(&rand_state, sizeof(rand_state));
}

/*
 * drand48: x = a x + c mod 2^48.
 */
#define MUL48	0x5deece66dULL
#define ADD48	0xb
#define MASK48	((1ULL << 48) - 1)

static uint64_t	x48 = 0x1234abcd330eULL;
static uint64_t	mul48 = MUL48;
static uint64_t	add48 = ADD48;

static uint64_t
unpack(const unsigned short v[3])
{
	return (v[0] | (uint64_t)v[1] << 16 | (uint64_t)v[2] << 32);
}

static void
pack(unsigned short v[3], uint64_t x)
{
	v[0] = (unsigned short)x;
	v[1] = (unsigned short)(x >> 16);
	v[2] = (unsigned short)(x >> 32);
}

static uint64_t
step48(unsigned short v[3])
{
	uint64_t x;

	if (v == NULL)
		return (x48 = (x48 * mul48 + add48) & MASK48);
	x = (unpack(v) * mul48 + add48) & MASK48;
	pack(v, x);
	return (x);
}

static double
as_double(uint64_t x)
{
	return ((double)x / (double)(1ULL << 48));
}

double
erand48(unsigned short v[3])
{
	return (as_double(step48(v)));
}

double
drand48(void)
{
	return (as_double(step48(NULL)));
}

long
nrand48(unsigned short v[3])
{
	return ((long)(step48(v) >> 17));
}

long
lrand48(void)
{
	return ((long)(step48(NULL) >> 17));
}

long
jrand48(unsigned short v[3])
{
	return ((int32_t)(step48(v) >> 16));
}

long
mrand48(void)
{
	return ((int32_t)(step48(NULL) >> 16));
}

void
srand48(long seed)
{
	x48 = ((uint64_t)(uint32_t)seed << 16) | 0x330e;
	mul48 = MUL48;
	add48 = ADD48;
}

unsigned short *
seed48(unsigned short v[3])
{
	static unsigned short old[3];

	pack(old, x48);
	x48 = unpack(v);
	mul48 = MUL48;
	add48 = ADD48;
	return (old);
}

void
lcong48(unsigned short v[7])
{
	x48 = unpack(v);
	mul48 = unpack(v + 3);
	add48 = v[6];
}
