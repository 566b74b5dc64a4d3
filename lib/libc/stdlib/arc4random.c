/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random numbers nobody can guess: ChaCha20 keyed by the kernel.
 *
 * A block of output is made at a time; its first part becomes the next key
 * at once, so that what has been handed out cannot be found from the state.
 * After 1.6 MB, and in a child of fork(), the kernel is asked again.
 */
#include <sys/types.h>
#include <sys/random.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

#define KEY_BYTES	40		/* key and nonce */
#define BUFFER_BYTES	1024
#define REKEY_BYTES	1600000

static libc_lock_t lock;
static uint32_t	chacha_state[16];
static uint8_t	buffer[BUFFER_BYTES];
static size_t	have;			/* unused bytes, at the end */
static size_t	budget;			/* until the kernel is asked */
static pid_t	owner;

#define ROTL(v, n)	(((v) << (n)) | ((v) >> (32 - (n))))
#define QUARTER(a, b, c, d) do {					\
	a += b; d ^= a; d = ROTL(d, 16);				\
	c += d; b ^= c; b = ROTL(b, 12);				\
	a += b; d ^= a; d = ROTL(d, 8);					\
	c += d; b ^= c; b = ROTL(b, 7);					\
} while (0)

/* RFC 8439, with a 64-bit block counter and a 64-bit nonce. */
static void
chacha_block(uint8_t out[64])
{
	uint32_t x[16];
	int i;

	memcpy(x, chacha_state, sizeof(x));
	for (i = 0; i < 10; i++) {
		QUARTER(x[0], x[4], x[8], x[12]);
		QUARTER(x[1], x[5], x[9], x[13]);
		QUARTER(x[2], x[6], x[10], x[14]);
		QUARTER(x[3], x[7], x[11], x[15]);
		QUARTER(x[0], x[5], x[10], x[15]);
		QUARTER(x[1], x[6], x[11], x[12]);
		QUARTER(x[2], x[7], x[8], x[13]);
		QUARTER(x[3], x[4], x[9], x[14]);
	}
	for (i = 0; i < 16; i++)
		x[i] += chacha_state[i];
	memcpy(out, x, sizeof(x));
	if (++chacha_state[12] == 0)
		chacha_state[13]++;
}

static void
set_key(const uint8_t key[KEY_BYTES])
{
	static const char sigma[16] = "expand 32-byte k";

	memcpy(&chacha_state[0], sigma, sizeof(sigma));
	memcpy(&chacha_state[4], key, 32);
	chacha_state[12] = chacha_state[13] = 0;
	memcpy(&chacha_state[14], key + 32, 8);
}

/* A fresh buffer; extra, if any, is mixed into the next key. */
static void
refill(const uint8_t *extra, size_t len)
{
	size_t i;

	for (i = 0; i < BUFFER_BYTES; i += 64)
		chacha_block(buffer + i);
	for (i = 0; i < len && i < KEY_BYTES; i++)
		buffer[i] ^= extra[i];
	set_key(buffer);
	memset(buffer, 0, KEY_BYTES);
	have = BUFFER_BYTES - KEY_BYTES;
}

static void
kernel_random(void *buf, size_t len)
{
	ssize_t n;
	int fd;

	if (getrandom(buf, len, 0) == (ssize_t)len)
		return;
	fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	n = fd >= 0 ? read(fd, buf, len) : -1;
	if (fd >= 0)
		close(fd);
	if (n != (ssize_t)len)
		abort();	/* better none than ones that can be guessed */
}

static void
stir(void)
{
	uint8_t seed[KEY_BYTES];

	kernel_random(seed, sizeof(seed));
	if (owner == 0)
		set_key(seed);
	refill(seed, sizeof(seed));
	explicit_bzero(seed, sizeof(seed));
	/* What the old key made must not be used. */
	memset(buffer, 0, sizeof(buffer));
	have = 0;
	budget = REKEY_BYTES;
	owner = getpid();
}

static void
take(uint8_t *out, size_t len)
{
	size_t n;

	if (owner == 0 || budget < len || owner != getpid())
		stir();
	budget -= len < budget ? len : budget;
	while (len > 0) {
		if (have == 0)
			refill(NULL, 0);
		n = len < have ? len : have;
		memcpy(out, buffer + BUFFER_BYTES - have, n);
		memset(buffer + BUFFER_BYTES - have, 0, n);
		out += n;
		len -= n;
		have -= n;
	}
}

void
arc4random_buf(void *buf, size_t len)
{
	libc_lock(&lock);
	take(buf, len);
	libc_unlock(&lock);
}

uint32_t
arc4random(void)
{
	uint32_t v;

	arc4random_buf(&v, sizeof(v));
	return (v);
}

/* Below bound, all equally likely. */
uint32_t
arc4random_uniform(uint32_t bound)
{
	uint32_t v, min;

	if (bound < 2)
		return (0);
	min = -bound % bound;
	do {
		v = arc4random();
	} while (v < min);
	return (v % bound);
}

void
arc4random_stir(void)
{
	libc_lock(&lock);
	stir();
	libc_unlock(&lock);
}

void
arc4random_addrandom(uint8_t *data, size_t len)
{
	libc_lock(&lock);
	if (owner == 0)
		stir();
	for (; len > 0; data += KEY_BYTES,
	    len -= len < KEY_BYTES ? len : KEY_BYTES)
		refill(data, len);
	libc_unlock(&lock);
}
