/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NULL.
 */
#ifndef _SYS__NULL_H_
#define _SYS__NULL_H_

#ifndef NULL
#ifdef __cplusplus
#define NULL	__null
#else
#define NULL	((void *)0)
#endif
#endif

#endif /* !_SYS__NULL_H_ */
