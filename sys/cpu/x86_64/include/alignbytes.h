/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The alignment that suits every object.
 */
#ifndef _CPU_ALIGNBYTES_H_
#define _CPU_ALIGNBYTES_H_

#define __ALIGNBYTES		(sizeof(long) - 1)
#define __ALIGN(p)		(((unsigned long)(p) + __ALIGNBYTES) & \
				 ~(unsigned long)__ALIGNBYTES)

#endif /* !_CPU_ALIGNBYTES_H_ */
