/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Integer constants of the types of <stdint.h>.
 */
#ifndef _CPU_INT_CONST_H_
#define _CPU_INT_CONST_H_

#define INT8_C(c)		(c)
#define INT16_C(c)		(c)
#define INT32_C(c)		(c)
#define INT64_C(c)		(c ## L)
#define UINT8_C(c)		(c)
#define UINT16_C(c)		(c)
#define UINT32_C(c)		(c ## U)
#define UINT64_C(c)		(c ## UL)
#define INTMAX_C(c)		(c ## L)
#define UINTMAX_C(c)		(c ## UL)

#endif /* !_CPU_INT_CONST_H_ */
