/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * In front of the matcher's sources: its names inside this library, and
 * where it keeps its data in a regex_t.
 */
#include <regex.h>

#define	reg_errcode_t	tre_errcode_t
#define	hidden		__attribute__((__visibility__("hidden")))
#define	__opaque	value
#define	regcomp		__tre_regcomp
#define	regexec		__tre_regexec
#ifndef CHARCLASS_NAME_MAX
#define	CHARCLASS_NAME_MAX	14
#endif
