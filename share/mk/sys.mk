# SPDX-License-Identifier: BSD-2-Clause
#
# Read by make before any makefile: the machine, the tools and the few
# implicit rules that every directory relies on.
#
# On a foreign host the build sets CROSS_PREFIX (the path and name prefix of
# the cross tools) and SYSROOT; natively both are empty.

unix		?= We run Damselfly.
.SUFFIXES:
.SUFFIXES: .o .So .c .cc .S .y .l .sh .ko .8 .7 .5 .4 .3 .2 .1

MACHINE		?= x86_64
MACHINE_ARCH	?= x86_64
MACHINE_PLATFORM ?= pc64

CROSS_PREFIX	?=
CC		= ${CROSS_PREFIX}gcc
CXX		= ${CROSS_PREFIX}g++
CPP		= ${CROSS_PREFIX}cpp
AS		= ${CROSS_PREFIX}as
LD		= ${CROSS_PREFIX}ld
AR		= ${CROSS_PREFIX}ar
NM		= ${CROSS_PREFIX}nm
OBJCOPY		= ${CROSS_PREFIX}objcopy
OBJDUMP		= ${CROSS_PREFIX}objdump
STRIPCMD	= ${CROSS_PREFIX}strip
RANLIB		= ${CROSS_PREFIX}ranlib
HOST_CC		?= cc
INSTALL		?= install
YACC		?= bison -y
LEX		?= flex
AWK		?= awk
ECHO		?= echo
CFLAGS		?= -O2 -pipe
SHELL		?= /bin/sh

# The top of the source tree: the directory that holds share/mk.
SRCTOP		?= ${.PARSEDIR:H:H}
.export SRCTOP

.if exists(/etc/make.conf) && empty(CROSS_PREFIX)
.include "/etc/make.conf"
.endif

.if !defined(NO_OBJDIR) && defined(MAKEOBJDIRPREFIX) && !empty(MAKEOBJDIRPREFIX)
__objdir	:= ${MAKEOBJDIRPREFIX}${.CURDIR}
.if !exists(${__objdir})
__objdir_made	!= mkdir -p ${__objdir} && echo yes
.endif
.OBJDIR: ${__objdir}
.endif
