/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linker sets: arrays of pointers that files contribute to one by one.
 *
 * Each set is a section named after it; the linker (or, for a module, the
 * kernel linker) knows where it starts and ends.
 *
 *	DATA_SET(foo_set, object);
 *
 *	SET_DECLARE(foo_set, struct foo);
 *	struct foo **pp;
 *	SET_FOREACH(pp, foo_set)
 *		use(*pp);
 */
#ifndef _SYS_LINKER_SET_H_
#define _SYS_LINKER_SET_H_

#include <sys/cdefs.h>

#define __MAKE_SET(set, sym)						\
	static void const * const __set_##set##_sym_##sym		\
	    __attribute__((__section__("set_" #set), __used__)) =	\
	    (void const *)&sym

#define TEXT_SET(set, sym)	__MAKE_SET(set, sym)
#define DATA_SET(set, sym)	__MAKE_SET(set, sym)
#define BSS_SET(set, sym)	__MAKE_SET(set, sym)
#define ABS_SET(set, sym)	__MAKE_SET(set, sym)
#define SET_ENTRY(set, sym)	__MAKE_SET(set, sym)

#define SET_DECLARE(set, ptype)						\
	extern ptype *__CONCAT(__start_set_, set)[]			\
	    __attribute__((__weak__, __visibility__("hidden")));	\
	extern ptype *__CONCAT(__stop_set_, set)[]			\
	    __attribute__((__weak__, __visibility__("hidden")))

#define SET_BEGIN(set)		(__CONCAT(__start_set_, set))
#define SET_LIMIT(set)		(__CONCAT(__stop_set_, set))
#define SET_FOREACH(pvar, set) \
	for (pvar = SET_BEGIN(set); pvar < SET_LIMIT(set); pvar++)
#define SET_ITEM(set, i)	((SET_BEGIN(set))[i])
#define SET_COUNT(set)		(SET_LIMIT(set) - SET_BEGIN(set))

#endif /* !_SYS_LINKER_SET_H_ */
