/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Limits of types and of the system.
 *
 * The least values every POSIX system must offer are named _POSIX_ and
 * _POSIX2_; the values of this one come from <sys/syslimits.h>.
 */
#ifndef _LIMITS_H_
#define _LIMITS_H_

#include <sys/cdefs.h>

#if __POSIX_VISIBLE
#define _POSIX_ARG_MAX				4096
#define _POSIX_CHILD_MAX			25
#define _POSIX_LINK_MAX				8
#define _POSIX_MAX_CANON			255
#define _POSIX_MAX_INPUT			255
#define _POSIX_NAME_MAX				14
#define _POSIX_NGROUPS_MAX			8
#define _POSIX_OPEN_MAX				20
#define _POSIX_PATH_MAX				256
#define _POSIX_PIPE_BUF				512
#define _POSIX_SSIZE_MAX			32767
#define _POSIX_STREAM_MAX			8
#define _POSIX_TZNAME_MAX			6
#define _POSIX_AIO_LISTIO_MAX			16
#define _POSIX_AIO_MAX				1
#define _POSIX_DELAYTIMER_MAX			32
#define _POSIX_MQ_OPEN_MAX			8
#define _POSIX_MQ_PRIO_MAX			32
#define _POSIX_RTSIG_MAX			8
#define _POSIX_SEM_NSEMS_MAX			256
#define _POSIX_SEM_VALUE_MAX			32767
#define _POSIX_SIGQUEUE_MAX			32
#define _POSIX_TIMER_MAX			32
#define _POSIX_THREAD_DESTRUCTOR_ITERATIONS	4
#define _POSIX_THREAD_KEYS_MAX			128
#define _POSIX_THREAD_THREADS_MAX		64
#define _POSIX_HOST_NAME_MAX			255
#define _POSIX_LOGIN_NAME_MAX			9
#define _POSIX_SS_REPL_MAX			4
#define _POSIX_SYMLINK_MAX			255
#define _POSIX_SYMLOOP_MAX			8
#define _POSIX_TRACE_EVENT_NAME_MAX		30
#define _POSIX_TRACE_NAME_MAX			8
#define _POSIX_TRACE_SYS_MAX			8
#define _POSIX_TRACE_USER_EVENT_MAX		32
#define _POSIX_TTY_NAME_MAX			9
#define _POSIX_RE_DUP_MAX			255

#define _POSIX2_BC_BASE_MAX		99
#define _POSIX2_BC_DIM_MAX		2048
#define _POSIX2_BC_SCALE_MAX		99
#define _POSIX2_BC_STRING_MAX		1000
#define _POSIX2_EQUIV_CLASS_MAX		2
#define _POSIX2_EXPR_NEST_MAX		32
#define _POSIX2_LINE_MAX		2048
#define _POSIX2_RE_DUP_MAX		255
#define _POSIX2_CHARCLASS_NAME_MAX	14
#define _POSIX2_COLL_WEIGHTS_MAX	2

#include <sys/syslimits.h>

#define BC_BASE_MAX		99
#define BC_DIM_MAX		2048
#define BC_SCALE_MAX		99
#define BC_STRING_MAX		1000
#define CHARCLASS_NAME_MAX	14
#define COLL_WEIGHTS_MAX	10
#define EXPR_NEST_MAX		32
#define LINE_MAX		2048
#define RE_DUP_MAX		255
#endif

#if __XSI_VISIBLE || __POSIX_VISIBLE >= 200809
#define NL_NMAX		1
#define NL_ARGMAX	99
#define NL_MSGMAX	32767
#define NL_SETMAX	255
#define NL_TEXTMAX	2048
#define NL_LANGMAX	31
#endif

#if __XSI_VISIBLE
#define _XOPEN_IOV_MAX	16
#define _XOPEN_NAME_MAX	255
#define _XOPEN_PATH_MAX	1024
#define PASS_MAX		128
#endif

#include <machine/limits.h>

#endif /* !_LIMITS_H_ */
