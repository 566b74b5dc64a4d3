/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * time_t as programs stored it.
 */
#ifndef _TIMECONV_H_
#define _TIMECONV_H_

#include <sys/cdefs.h>
#include <sys/types.h>

__BEGIN_DECLS
time_t	_time32_to_time(__int32_t);
__int32_t _time_to_time32(time_t);
time_t	_time64_to_time(__int64_t);
__int64_t _time_to_time64(time_t);
long	_time_to_long(time_t);
time_t	_long_to_time(long);
int	_time_to_int(time_t);
time_t	_int_to_time(int);
__END_DECLS

#endif /* !_TIMECONV_H_ */
