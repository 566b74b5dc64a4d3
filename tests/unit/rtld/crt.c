/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Startup code and output for the test programs: the program's side of the
 * contract with the run-time linker, on a Linux host.
 */
#include "t.h"

struct tcb;
struct tcb *_rtld_allocate_tls(void);
void	_rtld_call_init(void);
int	main(int, char **);
void	cstart(long *, void (*)(void));

const char *__progname = "";
char	**environ;

static const struct {
	int	namesz, descsz, type;
	char	name[12];
	int	desc;
} note __attribute__((__section__(".note.tag"), __used__, __aligned__(4))) = {
	10, 4, 0x20, "DragonFly", 0
};

__asm__(".globl _start\n_start:\n\tcall cstart\n");

long
t_call(long n, long a, long b, long c)
{
	long ret;

	__asm__ volatile("syscall" : "=a" (ret) : "a" (n), "D" (a), "S" (b),
	    "d" (c) : "rcx", "r11", "memory");
	return (ret);
}

void
cstart(long *ap, void (*cleanup)(void))
{
	int r;

	t_call(158, 0x1002, (long)_rtld_allocate_tls(), 0);
	_rtld_call_init();
	r = main((int)*ap, (char **)(ap + 1));
	cleanup();
	t_call(231, r, 0, 0);
}

void
t_puts(const char *s)
{
	long n = 0;

	while (s[n] != '\0')
		n++;
	t_call(1, 1, (long)s, n);
}

static int	tests;

void
t_ok(int good, const char *name)
{
	char num[4] = { (char)('0' + ++tests / 10), (char)('0' + tests % 10),
	    ' ', '\0' };

	t_puts(good ? "ok " : "not ok ");
	t_puts(num);
	t_puts(name);
	t_puts("\n");
}
