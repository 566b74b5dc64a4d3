/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random numbers from the kernel.
 */
#ifndef _SYS_RANDOM_H_
#define _SYS_RANDOM_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <sys/ioccom.h>

#define MEM_SETIRQ	_IOW('r', 1, u_int16_t)
#define MEM_CLEARIRQ	_IOW('r', 2, u_int16_t)
#define MEM_RETURNIRQ	_IOR('r', 3, u_int16_t)
#define MEM_FINDIRQ	_IOWR('r', 4, u_int16_t)

#define GRND_RANDOM	1
#define GRND_NONBLOCK	2
#define GRND_INSECURE	4

#ifndef _KERNEL
__BEGIN_DECLS
ssize_t	getrandom(void *, size_t, unsigned);
__END_DECLS
#else

/*
 * nbytes of random numbers; never blocks, any context.  Returns nbytes.
 * unlimited: the caller does not care for reseeding in between.
 */
u_int	read_random(void *buf, u_int nbytes, int unlimited);
uint32_t karc4random(void);
uint64_t karc4random64(void);
void	karc4random_buf(void *buf, size_t len);

/* Entropy: events are timed, words and buffers are mixed in as they are. */
extern u_int8_t boot_seed[64];	/* the loader's; platform fills, we erase */
/* The CPU's own generator, by the platform: how many bytes it filled. */
size_t	cpu_random_seed(void *buf, size_t len);
void	add_keyboard_randomness(u_char scancode);
void	add_interrupt_randomness(int intr);
void	add_true_randomness(int val);
int	add_buffer_randomness(const char *buf, int bytes);
int	add_buffer_randomness_src(const char *buf, int bytes, int srcid);

/* /dev/random and /dev/urandom: reading and writing. */
struct uio;
int	random_uiomove(struct uio *uio);
int	random_write_uio(struct uio *uio);

#endif

#endif /* !_SYS_RANDOM_H_ */
