/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 8-bit character sets, all of which have ASCII as their lower half.
 */
#ifndef _CHARSET_H_
#define	_CHARSET_H_

#include <runetype.h>
#include <stddef.h>
#include <stdint.h>

struct charset {
	const char	*name;
	const char	*plain;		/* letters and digits of the name */
	const char	*aliases;	/* the same of others, with blanks */
	uint16_t	high[128];	/* of bytes from 128 on; 0: none */
	uint8_t		order[128];	/* those bytes - 128, by character */
};

/* By name, without regard to case and punctuation; NULL if not known. */
const struct charset *__charset_find(const char *);
/* The byte of a character, or -1. */
int	__charset_byte(const struct charset *, uint32_t);
/* The types of its characters; NULL if there is no memory. */
const _RuneLocale *__charset_runes(const struct charset *);
/* Name of set number i; NULL behind the last. */
const char *__charset_name(size_t);

#endif
