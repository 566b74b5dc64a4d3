/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions that take a locale.
 */
#ifndef _XLOCALE_H_
#define _XLOCALE_H_

#include <locale.h>

#include <xlocale/_locale.h>

#ifdef _STRING_H_
#include <xlocale/_string.h>
#endif
#ifdef _STRINGS_H_
#include <xlocale/_strings.h>
#endif
#ifdef _INTTYPES_H_
#include <xlocale/_inttypes.h>
#endif
#ifdef _MONETARY_H_
#include <xlocale/_monetary.h>
#endif
#ifdef _STDLIB_H_
#include <xlocale/_stdlib.h>
#endif
#ifdef _TIME_H_
#include <xlocale/_time.h>
#endif
#ifdef _LANGINFO_H_
#include <xlocale/_langinfo.h>
#endif
#ifdef _CTYPE_H_
#include <xlocale/_ctype.h>
#endif
#ifdef _WCTYPE_H_
#define _XLOCALE_WCTYPES	1
#include <xlocale/_ctype.h>
#endif
#ifdef _STDIO_H_
#include <xlocale/_stdio.h>
#endif
#ifdef _WCHAR_H_
#include <xlocale/_wchar.h>
#endif

/*
 * libstdc++ wants these from here without having included the headers they
 * are relatives of.
 */
#include <xlocale/_extra.h>

#endif /* !_XLOCALE_H_ */
