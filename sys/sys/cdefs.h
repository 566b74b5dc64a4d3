/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compiler and visibility macros; the first header of every other one.
 *
 * Everything that depends on the compiler is named here once, so that the
 * rest of the tree is written in these terms.  The *_VISIBLE macros say how
 * much of a header a program asked for with the feature test macros of
 * ISO C and POSIX; with none of them given everything is visible.
 */
#ifndef _SYS_CDEFS_H_
#define _SYS_CDEFS_H_

#ifdef __cplusplus
#define __BEGIN_DECLS	extern "C" {
#define __END_DECLS	}
#else
#define __BEGIN_DECLS
#define __END_DECLS
#endif

#ifndef __GNUC_PREREQ__
#define __GNUC_PREREQ__(major, minor) \
	(__GNUC__ > (major) || \
	 (__GNUC__ == (major) && __GNUC_MINOR__ >= (minor)))
#endif

/* Token pasting and stringising; the X forms expand their arguments first. */
#define __P(protos)		protos
#define __CONCAT1(x, y)		x ## y
#define __CONCAT(x, y)		__CONCAT1(x, y)
#define __STRING(x)		#x
#define __XSTRING(x)		__STRING(x)

/* Sizes that matter to code shared with the kernel. */
#define __VM_CACHELINE_SIZE	64
#define __VM_CACHELINE_MASK	(__VM_CACHELINE_SIZE - 1)
#define __VM_CACHELINE_ALIGN(n) \
	(((n) + __VM_CACHELINE_MASK) & ~__VM_CACHELINE_MASK)

#ifdef __cplusplus
#define __signed	signed
#define __inline	inline
#if __cplusplus >= 201103L
#define __LONG_LONG_SUPPORTED
#endif
#else
#if __STDC_VERSION__ >= 199901L
#define __LONG_LONG_SUPPORTED
#endif
#endif
#ifndef __LONG_LONG_SUPPORTED
#define __LONG_LONG_SUPPORTED
#endif

#if defined(__STDC_VERSION__) && __STDC_VERSION__ >= 199901L
#define __restrict_arr	restrict
#else
#define __restrict_arr
#endif

/* Function attributes. */
#define __dead2			__attribute__((__noreturn__))
#define __pure			__attribute__((__pure__))
#define __pure2			__attribute__((__const__))
#define __unused		__attribute__((__unused__))
#define __used			__attribute__((__used__))
#define __always_inline		inline __attribute__((__always_inline__))
#define __noinline		__attribute__((__noinline__))
#define __nonnull(...)		__attribute__((__nonnull__(__VA_ARGS__)))
#define __malloclike		__attribute__((__malloc__))
#define __alloc_size(...)	__attribute__((__alloc_size__(__VA_ARGS__)))
#define __alloc_align(n)	__attribute__((__alloc_align__(n)))
#define __heedresult		__attribute__((__warn_unused_result__))
#define __result_use_check	__attribute__((__warn_unused_result__))
#define __returns_twice		__attribute__((__returns_twice__))
#define __deprecated		__attribute__((__deprecated__))
#define __constructor(prio)	__attribute__((__constructor__(prio)))
#define __null_sentinel		__attribute__((__sentinel__))
#define __printflike(f, a)	__attribute__((__format__(__printf__, f, a)))
#define __scanflike(f, a)	__attribute__((__format__(__scanf__, f, a)))
#define __strftimelike(f, a)	__attribute__((__format__(__strftime__, f, a)))
#define __format_arg(f)		__attribute__((__format_arg__(f)))
#define __fallthrough		__attribute__((__fallthrough__))
#if defined(__GNUC__) && !defined(__clang__)
#define __noinstrument		__attribute__((__no_instrument_function__))
#define __nostackprotector	__attribute__((__optimize__("no-stack-protector")))
#else
#define __noinstrument
#define __nostackprotector	__attribute__((__no_stack_protector__))
#endif

/* Object attributes. */
#define __packed		__attribute__((__packed__))
#define __aligned(n)		__attribute__((__aligned__(n)))
#define __section(s)		__attribute__((__section__(s)))
#define __cachealign		__aligned(__VM_CACHELINE_SIZE)
#define __exported		__attribute__((__visibility__("default")))
#define __hidden		__attribute__((__visibility__("hidden")))
#define __weak			__attribute__((__weak__))
#define __read_mostly		__section(".data.read_mostly")
#define __read_frequently	__section(".data.read_frequently")
#define __may_alias		__attribute__((__may_alias__))
#define __min_size(n)		static (n)

/* Branch prediction, prefetch and compiler barriers. */
#define __predict_true(exp)	__builtin_expect((exp) != 0, 1)
#define __predict_false(exp)	__builtin_expect((exp) != 0, 0)
#define __compiler_membar()	__asm __volatile("" : : : "memory")

/* Address arithmetic on members. */
#define __offsetof(type, field)	__builtin_offsetof(type, field)
#define __rangeof(type, start, end) \
	(__offsetof(type, end) - __offsetof(type, start))
#define __containerof(ptr, type, field) \
	((type *)(void *)((char *)__DECONST(void *, ptr) - \
	 __offsetof(type, field)))
#define __typeof_member(type, field)	__typeof__(((type *)0)->field)

/* Deliberate removal of qualifiers. */
#define __DECONST(type, var)	((type)(__UINTPTR_TYPE__)(const void *)(var))
#define __DEVOLATILE(type, var)	((type)(__UINTPTR_TYPE__)(volatile void *)(var))
#define __DEQUALIFY(type, var) \
	((type)(__UINTPTR_TYPE__)(const volatile void *)(var))
#define __DEALL(var)		((void *)(__UINTPTR_TYPE__)(const volatile void *)(var))

/*
 * A second name for a function or object.  __strong_reference makes both
 * names equal citizens, __weak_reference yields to another definition, and
 * __warn_references has the linker print msg for each use of sym.
 */
#define __strong_reference(sym, aliassym) \
	extern __typeof(sym) aliassym __attribute__((__alias__(#sym)))
#define __weak_reference(sym, aliassym) \
	__asm(".weak " #aliassym); \
	__asm(".equ " #aliassym ", " #sym)
#define __weak_reference_asm(sym, aliassym) __weak_reference(sym, aliassym)
#define __warn_references(sym, msg) \
	__asm(".section .gnu.warning." #sym); \
	__asm(".asciz \"" msg "\""); \
	__asm(".previous")
#define __sym_compat(sym, impl, verid) \
	__asm(".symver " #impl ", " #sym "@" #verid)
#define __sym_default(sym, impl, verid) \
	__asm(".symver " #impl ", " #sym "@@" #verid)
#define __GLOBL(sym)		__asm(".globl " __XSTRING(sym))
#define __WEAK(sym)		__asm(".weak " __XSTRING(sym))

#ifndef __FBSDID
#define __FBSDID(s)		struct __hack
#define __RCSID(s)		struct __hack
#define __SCCSID(s)		struct __hack
#define __COPYRIGHT(s)		struct __hack
#define __IDSTRING(name, s)	struct __hack
#endif

#ifndef __DECL_ALIGNED_DONE
#define __DECL_ALIGNED_DONE
#endif

#if !defined(__cplusplus) && __STDC_VERSION__ < 201112L
#define _Alignas(x)		__aligned(x)
#define _Alignof(x)		__alignof(x)
#define _Noreturn		__dead2
#define _Static_assert(x, y)	extern int __static_assert_dummy[(x) ? 1 : -1]
#define _Thread_local		__thread
#endif
#ifdef __cplusplus
#ifndef _Noreturn
#define _Noreturn		__dead2
#endif
#ifndef _Thread_local
#define _Thread_local		__thread
#endif
#ifndef _Static_assert
#if __cplusplus >= 201103L
#define _Static_assert(x, y)	static_assert(x, y)
#else
#define _Static_assert(x, y)	extern int __static_assert_dummy[(x) ? 1 : -1]
#endif
#endif
#endif

/*
 * Feature test macros.  _XOPEN_SOURCE implies a POSIX level, a POSIX level
 * implies an ISO C level; strict requests hide BSD's additions.
 */
#if defined(_XOPEN_SOURCE)
#if _XOPEN_SOURCE - 0 >= 700
#define __XSI_VISIBLE		700
#undef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE		200809
#elif _XOPEN_SOURCE - 0 >= 600
#define __XSI_VISIBLE		600
#undef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE		200112
#elif _XOPEN_SOURCE - 0 >= 500
#define __XSI_VISIBLE		500
#undef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE		199506
#else
#define __XSI_VISIBLE		400
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE		2
#endif
#endif
#endif

#if defined(_POSIX_SOURCE) && !defined(_POSIX_C_SOURCE)
#define _POSIX_C_SOURCE		1
#endif
#if defined(_POSIX_C_SOURCE)
#if _POSIX_C_SOURCE - 0 >= 200809
#define __POSIX_VISIBLE		200809
#define __ISO_C_VISIBLE		1999
#elif _POSIX_C_SOURCE - 0 >= 200112
#define __POSIX_VISIBLE		200112
#define __ISO_C_VISIBLE		1999
#elif _POSIX_C_SOURCE - 0 >= 199506
#define __POSIX_VISIBLE		199506
#define __ISO_C_VISIBLE		1990
#elif _POSIX_C_SOURCE - 0 >= 199309
#define __POSIX_VISIBLE		199309
#define __ISO_C_VISIBLE		1990
#elif _POSIX_C_SOURCE - 0 >= 2
#define __POSIX_VISIBLE		199209
#define __ISO_C_VISIBLE		1990
#else
#define __POSIX_VISIBLE		199009
#define __ISO_C_VISIBLE		1990
#endif
#if (defined(__STDC_VERSION__) && __STDC_VERSION__ >= 201112L) || \
    (defined(__cplusplus) && __cplusplus >= 201103L)
#undef __ISO_C_VISIBLE
#define __ISO_C_VISIBLE		2011
#endif
#else
/*
 * No POSIX request: strict ISO C when asked for, otherwise everything.
 */
#if defined(_ANSI_SOURCE)
#define __POSIX_VISIBLE		0
#define __XSI_VISIBLE		0
#define __BSD_VISIBLE		0
#define __ISO_C_VISIBLE		1990
#elif defined(_C99_SOURCE)
#define __POSIX_VISIBLE		0
#define __XSI_VISIBLE		0
#define __BSD_VISIBLE		0
#define __ISO_C_VISIBLE		1999
#elif defined(_C11_SOURCE)
#define __POSIX_VISIBLE		0
#define __XSI_VISIBLE		0
#define __BSD_VISIBLE		0
#define __ISO_C_VISIBLE		2011
#else
#define __POSIX_VISIBLE		200809
#define __XSI_VISIBLE		700
#define __BSD_VISIBLE		1
#define __ISO_C_VISIBLE		2011
#endif
#endif

#if (defined(_GNU_SOURCE) || defined(_BSD_SOURCE) || \
     defined(_DEFAULT_SOURCE) || defined(_NETBSD_SOURCE) || \
     defined(__BSD_VISIBLE_REQUESTED)) && !defined(__BSD_VISIBLE)
#undef __POSIX_VISIBLE
#undef __XSI_VISIBLE
#undef __ISO_C_VISIBLE
#define __POSIX_VISIBLE		200809
#define __XSI_VISIBLE		700
#define __BSD_VISIBLE		1
#define __ISO_C_VISIBLE		2011
#endif

#ifndef __XSI_VISIBLE
#define __XSI_VISIBLE		0
#endif
#ifndef __BSD_VISIBLE
#define __BSD_VISIBLE		0
#endif

/* Annex K: on unless refused, as far as the rest is visible. */
#if defined(__STDC_WANT_LIB_EXT1__)
#if __STDC_WANT_LIB_EXT1__
#define __EXT1_VISIBLE		1
#else
#define __EXT1_VISIBLE		0
#endif
#else
#define __EXT1_VISIBLE		__BSD_VISIBLE
#endif

/* ISO C only offered to those who can use it. */
#if defined(__GNUC__) || defined(__clang__)
#define __LOCALE_T_MAYBE
#endif

#endif /* !_SYS_CDEFS_H_ */
