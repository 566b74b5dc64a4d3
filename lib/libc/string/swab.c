/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * swab(3): copies n bytes (made even) exchanging the bytes of each pair.
 */
#include <sys/types.h>
#include <unistd.h>

void
swab(const void *__restrict from, void *__restrict to, ssize_t n)
{
	const unsigned char *s = from;
	unsigned char *d = to, t;

	for (; n > 1; n -= 2, s += 2, d += 2) {
		t = s[0];
		d[0] = s[1];
		d[1] = t;
	}
}
