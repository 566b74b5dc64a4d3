/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random numbers: a ChaCha20 generator with fast key erasure.
 *
 * Every CPU has a generator of its own, keyed from one root generator, so
 * that reading random numbers shares nothing.  Each request takes the first
 * 32 bytes of the key stream as the next key before it gives anything away:
 * what has been returned cannot be computed from a later state.
 *
 * Entropy (the loader's seed, the CPU's generator, time stamps of interrupts
 * and other jitter, what root writes to /dev/random) is collected in a pool
 * of the same construction and mixed into the root key; CPUs notice by a
 * generation number and key themselves anew.
 *
 * ChaCha20: RFC 8439 section 2.3.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/proc.h>
#include <sys/random.h>
#include <sys/signalvar.h>
#include <sys/spinlock2.h>
#include <sys/sysctl.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/thread2.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <machine/cpufunc.h>
#include <machine/md_var.h>

#define CHACHA_KEY	32	/* bytes */
#define CHACHA_BLOCK	64	/* bytes */
#define RESEED_SECONDS	300
#define GETRANDOM_CHUNK	32768	/* a signal is noticed this often */

struct chacha {
	uint32_t	key[CHACHA_KEY / 4];
};

u_int8_t boot_seed[64];

/* (s) root_spin  (c) owning CPU in a critical section */
static struct chacha root_key;		/* (s) */
static struct spinlock root_spin = SPINLOCK_INITIALIZER(root_spin, "random");
static volatile u_int root_generation;	/* (a) counts root keys */
static uint64_t jitter_pool;		/* (a) racy on purpose */

static struct random_cpu {
	struct chacha	key;		/* (c) */
	u_int		generation;	/* (c) root key it descends from */
} __aligned(64) *random_cpus;

static __inline uint32_t
rotl(uint32_t x, int n)
{
	return (x << n | x >> (32 - n));
}

#define QUARTER(a, b, c, d) do {					\
	a += b; d = rotl(d ^ a, 16);					\
	c += d; b = rotl(b ^ c, 12);					\
	a += b; d = rotl(d ^ a, 8);					\
	c += d; b = rotl(b ^ c, 7);					\
} while (0)

static void
chacha_block(const struct chacha *cc, uint64_t counter,
    uint32_t out[CHACHA_BLOCK / 4])
{
	uint32_t in[16] = { 0x61707865, 0x3320646e, 0x79622d32, 0x6b206574 };
	uint32_t x[16];

	memcpy(in + 4, cc->key, CHACHA_KEY);
	in[12] = counter;
	in[13] = counter >> 32;
	in[14] = in[15] = 0;
	memcpy(x, in, sizeof(x));
	for (int i = 0; i < 10; i++) {
		QUARTER(x[0], x[4], x[8], x[12]);
		QUARTER(x[1], x[5], x[9], x[13]);
		QUARTER(x[2], x[6], x[10], x[14]);
		QUARTER(x[3], x[7], x[11], x[15]);
		QUARTER(x[0], x[5], x[10], x[15]);
		QUARTER(x[1], x[6], x[11], x[12]);
		QUARTER(x[2], x[7], x[8], x[13]);
		QUARTER(x[3], x[4], x[9], x[14]);
	}
	for (int i = 0; i < 16; i++)
		out[i] = x[i] + in[i];
}

/* Gives len bytes and replaces the key by one that they do not reveal. */
static void
chacha_read(struct chacha *cc, void *buf, size_t len)
{
	uint32_t block[CHACHA_BLOCK / 4];
	struct chacha next;
	uint64_t counter = 0;
	size_t n, have;
	char *to = buf;

	chacha_block(cc, counter++, block);
	memcpy(next.key, block, CHACHA_KEY);
	have = CHACHA_BLOCK - CHACHA_KEY;
	while (len > 0) {
		if (have == 0) {
			chacha_block(cc, counter++, block);
			have = CHACHA_BLOCK;
		}
		n = len < have ? len : have;
		memcpy(to, (char *)block + CHACHA_BLOCK - have, n);
		to += n;
		len -= n;
		have -= n;
	}
	*cc = next;
	explicit_bzero(block, sizeof(block));
	explicit_bzero(&next, sizeof(next));
}

/* Makes the next key depend on data: each piece is added to the key, which
 * is then run through the block function. */
static void
chacha_mix(struct chacha *cc, const void *data, size_t len)
{
	const u_char *from = data;
	u_char *key = (u_char *)cc->key;
	size_t n;

	while (len > 0) {
		n = len < CHACHA_KEY ? len : CHACHA_KEY;
		for (size_t i = 0; i < n; i++)
			key[i] ^= from[i];
		chacha_read(cc, NULL, 0);
		from += n;
		len -= n;
	}
}

/* Stirs the root key with everything that is at hand just now. */
static void
reseed(const void *data, size_t len)
{
	struct {
		uint64_t	tsc, jitter;
		u_char		cpu[32];
		struct timespec	now;
	} fresh;

	memset(&fresh, 0, sizeof(fresh));
	fresh.tsc = rdtsc();
	fresh.jitter = jitter_pool;
	cpu_random_seed(fresh.cpu, sizeof(fresh.cpu));
	nanotime(&fresh.now);
	spin_lock(&root_spin);
	chacha_mix(&root_key, &fresh, sizeof(fresh));
	if (len > 0)
		chacha_mix(&root_key, data, len);
	root_generation++;
	spin_unlock(&root_spin);
	explicit_bzero(&fresh, sizeof(fresh));
}

static void
random_early(void *arg)
{
	chacha_mix(&root_key, boot_seed, sizeof(boot_seed));
	explicit_bzero(boot_seed, sizeof(boot_seed));
	root_generation = 1;
}
SYSINIT(random_early, SI_BOOT1_TUNABLES, SI_ORDER_FIRST, random_early, NULL);

static void
random_setup(void *arg)
{
	random_cpus = kmalloc(sizeof(*random_cpus) * ncpus, M_TEMP,
	    M_WAITOK | M_ZERO);
	reseed(NULL, 0);
}
SYSINIT(random, SI_BOOT2_POST_SMP, SI_ORDER_SECOND, random_setup, NULL);

static struct callout reseed_callout;

static void
reseed_tick(void *arg)
{
	reseed(NULL, 0);
	callout_reset(&reseed_callout, RESEED_SECONDS * hz, reseed_tick, NULL);
}

static void
reseed_start(void *arg)
{
	callout_init_mp(&reseed_callout);
	callout_reset(&reseed_callout, hz, reseed_tick, NULL);
}
SYSINIT(reseed, SI_SUB_HELPER_THREADS, SI_ORDER_ANY, reseed_start, NULL);

void
add_interrupt_randomness(int intr)
{
	uint64_t p = jitter_pool;

	jitter_pool = (p << 7 | p >> 57) ^ rdtsc() ^ (u_int)intr;
}

void
add_keyboard_randomness(u_char scancode)
{
	add_interrupt_randomness(scancode);
}

void
add_true_randomness(int val)
{
	reseed(&val, sizeof(val));
}

int
add_buffer_randomness(const char *buf, int bytes)
{
	reseed(buf, bytes);
	return (0);
}

int
add_buffer_randomness_src(const char *buf, int bytes, int srcid)
{
	return (add_buffer_randomness(buf, bytes));
}

static void
read_bytes(void *buf, size_t len)
{
	struct random_cpu *rc;

	if (random_cpus == NULL) {
		spin_lock(&root_spin);
		chacha_read(&root_key, buf, len);
		spin_unlock(&root_spin);
		return;
	}
	crit_enter();
	rc = &random_cpus[mycpuid];
	if (rc->generation != root_generation) {
		spin_lock(&root_spin);
		chacha_read(&root_key, rc->key.key, CHACHA_KEY);
		rc->generation = root_generation;
		spin_unlock(&root_spin);
	}
	chacha_read(&rc->key, buf, len);
	crit_exit();
}

u_int
read_random(void *buf, u_int nbytes, int unlimited)
{
	read_bytes(buf, nbytes);
	return (nbytes);
}

void
karc4random_buf(void *buf, size_t len)
{
	read_bytes(buf, len);
}

uint32_t
karc4random(void)
{
	uint32_t n;

	read_bytes(&n, sizeof(n));
	return (n);
}

uint64_t
karc4random64(void)
{
	uint64_t n;

	read_bytes(&n, sizeof(n));
	return (n);
}

uint32_t
krandom(void)
{
	return (karc4random());
}

uint32_t
random(void)
{
	return (krandom() & 0x7fffffff);
}

int
random_uiomove(struct uio *uio)
{
	u_char buf[512];
	size_t done = 0, n;
	int error = 0;

	while (uio->uio_resid > 0 && error == 0) {
		n = uio->uio_resid < sizeof(buf) ? uio->uio_resid : sizeof(buf);
		read_bytes(buf, n);
		error = uiomove((caddr_t)buf, n, uio);
		done += n;
		if (done % GETRANDOM_CHUNK == 0 && error == 0 &&
		    CURSIG_NOBLOCK(curthread->td_lwp) != 0)
			error = EINTR;
	}
	explicit_bzero(buf, sizeof(buf));
	return (error);
}

/* What is written to the device is mixed in; whoever may open it may do so. */
int
random_write_uio(struct uio *uio)
{
	u_char buf[512];
	size_t n;
	int error = 0;

	while (uio->uio_resid > 0 && error == 0) {
		n = uio->uio_resid < sizeof(buf) ? uio->uio_resid : sizeof(buf);
		error = uiomove((caddr_t)buf, n, uio);
		if (error == 0)
			reseed(buf, n);
	}
	return (error);
}

int
sys_getrandom(struct sysmsg *sysmsg, const struct getrandom_args *uap)
{
	struct iovec iov;
	struct uio uio;
	int error;

	if ((ssize_t)uap->len < 0)
		return (EINVAL);
	iov.iov_base = uap->buf;
	iov.iov_len = uap->len;
	uio.uio_iov = &iov;
	uio.uio_iovcnt = 1;
	uio.uio_offset = 0;
	uio.uio_resid = uap->len;
	uio.uio_segflg = UIO_USERSPACE;
	uio.uio_rw = UIO_READ;
	uio.uio_td = curthread;
	error = random_uiomove(&uio);
	if (error == 0)
		sysmsg->sysmsg_szresult = uap->len - uio.uio_resid;
	return (error);
}

static int
sysctl_kern_random(SYSCTL_HANDLER_ARGS)
{
	u_char buf[256];
	size_t n = req->oldlen < sizeof(buf) ? req->oldlen : sizeof(buf);

	read_bytes(buf, n);
	return (SYSCTL_OUT(req, buf, n));
}
SYSCTL_PROC(_kern, OID_AUTO, random, CTLTYPE_OPAQUE | CTLFLAG_RD |
    CTLFLAG_ANYBODY, NULL, 0, sysctl_kern_random, "S,random", "Random bytes");
