/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Objects that processes share.
 *
 * What a program has of a mutex is a pointer, so it can be shared only with
 * processes to whom the pointer means the same: those that fork() has made
 * since.  Such an object lies on a page of its own that they all have.
 */
#include <sys/mman.h>

#include "pthread_private.h"

int
pshared_check(int pshared)
{
	return (pshared == PTHREAD_PROCESS_PRIVATE ||
	    pshared == PTHREAD_PROCESS_SHARED ? 0 : EINVAL);
}

void *
object_alloc(size_t size, int pshared)
{
	void *p;

	if (pshared != PTHREAD_PROCESS_SHARED)
		return (calloc(1, size));
	p = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	return (p != MAP_FAILED ? p : NULL);
}

void
object_free(void *p, int pshared)
{
	if (pshared == PTHREAD_PROCESS_SHARED)
		munmap(p, PAGE_SIZE);
	else
		free(p);
}
