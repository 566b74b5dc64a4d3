/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Limits of wchar_t and wint_t.
 */
#ifndef _CPU_WCHAR_LIMITS_H_
#define _CPU_WCHAR_LIMITS_H_

#define __WCHAR_MIN		(-0x7fffffff - 1)
#define __WCHAR_MAX		0x7fffffff
#define __WINT_MIN		(-0x7fffffff - 1)
#define __WINT_MAX		0x7fffffff

#ifndef WCHAR_MIN
#define WCHAR_MIN		(-0x7fffffff - 1)
#define WCHAR_MAX		0x7fffffff
#endif
#ifndef WINT_MIN
#define WINT_MIN		(-0x7fffffff - 1)
#define WINT_MAX		0x7fffffff
#endif

#endif /* !_CPU_WCHAR_LIMITS_H_ */
