/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings of bits.
 */
#ifndef _BITSTRING_H_
#define _BITSTRING_H_

#include <sys/cdefs.h>
#include <stdlib.h>

typedef unsigned char	bitstr_t;

#define _bit_byte(bit)		((bit) >> 3)
#define _bit_mask(bit)		(1 << ((bit) & 0x7))
#define bitstr_size(nbits)	(((nbits) + 7) >> 3)
#define bit_alloc(nbits)	\
	((bitstr_t *)calloc((size_t)bitstr_size(nbits), sizeof(bitstr_t)))
#define bit_decl(name, nbits)	bitstr_t (name)[bitstr_size(nbits)]

#define bit_test(name, bit)	((name)[_bit_byte(bit)] & _bit_mask(bit))
#define bit_set(name, bit)	((name)[_bit_byte(bit)] |= _bit_mask(bit))
#define bit_clear(name, bit)	((name)[_bit_byte(bit)] &= ~_bit_mask(bit))

#define bit_nset(name, start, stop) do {				\
	int _bitend = (stop);						\
	for (int _bit = (start); _bit <= _bitend; _bit++)		\
		bit_set(name, _bit);					\
} while (0)
#define bit_nclear(name, start, stop) do {				\
	int _bitend = (stop);						\
	for (int _bit = (start); _bit <= _bitend; _bit++)		\
		bit_clear(name, _bit);					\
} while (0)

/* The first bit clear, or set; -1 if there is none. */
#define bit_ffc(name, nbits, value) do {				\
	int _bitn = (nbits), _bit;					\
	for (_bit = 0; _bit < _bitn && bit_test(name, _bit); _bit++)	\
		continue;						\
	*(value) = _bit < _bitn ? _bit : -1;				\
} while (0)
#define bit_ffs(name, nbits, value) do {				\
	int _bitn = (nbits), _bit;					\
	for (_bit = 0; _bit < _bitn && !bit_test(name, _bit); _bit++)	\
		continue;						\
	*(value) = _bit < _bitn ? _bit : -1;				\
} while (0)

#endif /* !_BITSTRING_H_ */
