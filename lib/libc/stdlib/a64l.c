/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers of 32 bits in up to six characters of base 64.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] =
    "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

long
a64l(const char *s)
{
	uint32_t value = 0;
	const char *d;
	int i;

	for (i = 0; i < 6 && s[i] != '\0'; i++) {
		d = strchr(digits, s[i]);
		if (d == NULL)
			break;
		value |= (uint32_t)(d - digits) << (6 * i);
	}
	return ((int32_t)value);
}

int
l64a_r(long n, char *buf, int size)
{
	uint32_t value = (uint32_t)n;

	for (; size > 0; size--) {
		if (value == 0) {
			*buf = '\0';
			return (0);
		}
		*buf++ = digits[value & 0x3f];
		value >>= 6;
	}
	return (-1);
}

char *
l64a(long n)
{
	static char buf[7];

	l64a_r(n, buf, sizeof(buf));
	return (buf);
}
