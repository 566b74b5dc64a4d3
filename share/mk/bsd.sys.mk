# SPDX-License-Identifier: BSD-2-Clause
#
# Compiler flags common to programs and libraries of the base system.

.if !target(__<bsd.sys.mk>__)
__<bsd.sys.mk>__: .NOTMAIN

CSTD		?= gnu11
WARNS		?= 4
CWARNFLAGS	?=
.if ${WARNS} >= 1
CWARNFLAGS	+= -Wall -Wpointer-arith
.endif
.if ${WARNS} >= 3
CWARNFLAGS	+= -Wextra -Wno-unused-parameter -Wno-sign-compare \
		   -Wno-missing-field-initializers
.endif
.if ${WARNS} >= 4
CWARNFLAGS	+= -Wmissing-prototypes
.endif
.if !defined(NO_WERROR) && ${WARNS} >= 1
CWARNFLAGS	+= -Werror
.endif

_REPRO		= -ffile-prefix-map=${SRCTOP}=/usr/src \
		  -ffile-prefix-map=${.OBJDIR}=/usr/obj
.if defined(SYSROOT) && !empty(SYSROOT)
_SYSROOT	= --sysroot=${SYSROOT} -B${GCCLIBDIR}/
.endif

_CC_COMMON	= ${_SYSROOT} ${_REPRO} ${DEBUG_FLAGS} -MMD -MP -MF .depend.${.TARGET:T}
_CC_FLAGS	= -std=${CSTD} ${CWARNFLAGS} ${_CC_COMMON}

.endif
