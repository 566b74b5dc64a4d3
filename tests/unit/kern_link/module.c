/* SPDX-License-Identifier: BSD-2-Clause */
/* A module to be loaded, and damaged, by test_link.c. */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/module.h>

extern int outside(int);
static int numbers[16] = { 1, 2, 3 };
int *pointer = &numbers[2];

int
sample_function(int x)
{
	return (outside(x) + *pointer + numbers[x & 15]);
}

static int
handler(module_t mod, int what, void *arg)
{
	return (sample_function(what));
}
DEV_MODULE(sample, handler, NULL);
MODULE_VERSION(sample, 1);
MODULE_DEPEND(sample, other, 1, 1, 1);
