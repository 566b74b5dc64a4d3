/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loads a good module, then thousands of damaged ones: every one must be
 * refused or loaded without touching memory that is not the module's.
 */
#include <sys/mman.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void	*host_alloc(unsigned long size);
void	host_free(void *ptr);
void	*host_map(unsigned long size);
void	host_unmap(void *ptr, unsigned long size);
int	host_load(const char *file, unsigned long size);

static unsigned long seed = 88172645463325252UL;

static unsigned long
rnd(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed);
}

void *
host_alloc(unsigned long size)
{
	return (malloc(size ? size : 1));
}

void
host_free(void *ptr)
{
	free(ptr);
}

/* Between pages that are not there. */
void *
host_map(unsigned long size)
{
	char *p = mmap(NULL, size + 8192, PROT_NONE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);

	if (p == MAP_FAILED)
		return (NULL);
	mprotect(p + 4096, size, PROT_READ | PROT_WRITE);
	return (p + 4096);
}

void
host_unmap(void *ptr, unsigned long size)
{
	munmap((char *)ptr - 4096, size + 8192);
}

int
main(int argc, char **argv)
{
	static char good[1 << 20];
	unsigned long size, n, loaded = 0;
	char *copy;
	FILE *fp;
	int i;

	fp = fopen(argv[argc - 1], "rb");
	if (fp == NULL)
		return (1);
	size = fread(good, 1, sizeof(good), fp);
	fclose(fp);
	printf("1..3\n");
	printf("%sok 1 - a good module loads\n",
	    host_load(good, size) == 0 ? "" : "not ");
	for (n = 0; n < size; n += 1 + n / 64) {
		/* A block of its own, so that reading beyond it is seen. */
		copy = malloc(n ? n : 1);
		memcpy(copy, good, n);
		host_load(copy, n);
		free(copy);
	}
	printf("ok 2 - truncated modules do no harm\n");
	for (n = 0; n < 20000; ++n) {
		copy = malloc(size);
		memcpy(copy, good, size);
		for (i = 1 + rnd() % 8; i > 0; --i) {
			unsigned long shoff, at;

			/* The headers most of all. */
			memcpy(&shoff, good + 40, sizeof(shoff));
			at = rnd() % 8 == 0 ? rnd() % 64 :
			    rnd() % 2 ? shoff + rnd() % (size - shoff) :
			    rnd() % size;

			copy[at] = rnd() % 3 ? (char)rnd() : (char)0xff;
		}
		if (host_load(copy, size) == 0)
			++loaded;
		free(copy);
	}
	printf("ok 3 - damaged modules do no harm (%lu of 20000 loaded)\n",
	    loaded);
	return (0);
}
