/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What libstdc++ expects of <xlocale.h> alone.
 */
#ifndef _XLOCALE__EXTRA_H_
#define _XLOCALE__EXTRA_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>
#include <xlocale/_locale.h>
#include <xlocale/_string.h>
#include <xlocale/_time.h>
#include <xlocale/_langinfo.h>

#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif
#include <xlocale/_stdlib.h>

struct lconv;

__BEGIN_DECLS
struct lconv	*localeconv_l(locale_t);
__END_DECLS

#endif /* !_XLOCALE__EXTRA_H_ */
