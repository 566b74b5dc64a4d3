# SPDX-License-Identifier: BSD-2-Clause
#
# Builds and installs one program.
#
#	PROG		name; SRCS defaults to PROG.c, MAN to PROG.1
#	PROG_CXX	the same for a C++ program
#	BINDIR		where it goes (from ../Makefile.inc)
#	LDADD DPADD	libraries, and the files they are
#	LINKS SYMLINKS	pairs "from to"
#	SCRIPTS		scripts installed beside it (SCRIPTSNAME, SCRIPTSDIR)
#	FILES		data files (FILESDIR, FILESMODE)
#	NOSHARED	set to link statically
#
# Programs are position independent, bind immediately and have their
# relocated data protected.

.include <bsd.own.mk>
.if exists(${.CURDIR}/../Makefile.inc)
.include "${.CURDIR}/../Makefile.inc"
.endif
.include <bsd.sys.mk>

.if defined(PROG_CXX)
PROG		= ${PROG_CXX}
.endif
BINDIR		?= /usr/bin
PROGNAME	?= ${PROG}

.if defined(PROG)
SRCS		?= ${PROG}.c
OBJS		= ${SRCS:N*.h:T:R:S/$/.o/g}
.if !defined(MAN) && !defined(NOMAN)
.for _s in 1 8 5 6 7
.if exists(${.CURDIR}/${PROG}.${_s})
MAN		?= ${PROG}.${_s}
.endif
.endfor
.endif

PIE_CFLAGS	= -fPIE
.if defined(NOSHARED)
_LINKMODE	= -static
.else
_LINKMODE	= -pie -Wl,-z,relro -Wl,-z,now \
		  -Wl,-rpath-link,${SYSROOT}/lib:${SYSROOT}/usr/lib \
		  -Wl,-dynamic-linker,/libexec/ld-elf.so.2
.endif
_LINKER		= ${PROG_CXX:D${CXX}:U${CC}}

all: ${PROG}
${PROG}: ${OBJS} ${DPADD}
	@${ECHO} "  LINK   ${.TARGET}"
	@${_LINKER} ${_SYSROOT} ${_LINKMODE} ${LDFLAGS} -o ${.TARGET} ${OBJS} ${LDADD}
.for _s in ${SRCS:N*.h:M*.c}
${_s:T:R}.o: ${_s}
	@${ECHO} "  CC     ${.TARGET}"
	@${CC} ${CFLAGS} ${PIE_CFLAGS} ${_CC_FLAGS} -I${.CURDIR} -I${.OBJDIR} -c -o ${.TARGET} ${.ALLSRC:M*.c:[1]}
.endfor
.for _s in ${SRCS:M*.S}
${_s:T:R}.o: ${_s}
	@${ECHO} "  AS     ${.TARGET}"
	@${CC} ${CFLAGS} ${PIE_CFLAGS} ${_CC_COMMON} -c -o ${.TARGET} ${.ALLSRC:M*.S:[1]}
.endfor
.for _s in ${SRCS:M*.cc}
${_s:T:R}.o: ${_s}
	@${ECHO} "  CXX    ${.TARGET}"
	@${CXX} ${CFLAGS} ${PIE_CFLAGS} ${CXXFLAGS} ${_CC_COMMON} -c -o ${.TARGET} ${.ALLSRC:M*.cc:[1]}
.endfor
.for _s in ${SRCS:M*.y}
${_s:T:R}.c ${_s:T:R}.h: ${_s}
	@${YACC} -d -o ${_s:T:R}.c ${.ALLSRC:M*.y}
${_s:T:R}.o: ${_s:T:R}.c
	@${CC} ${CFLAGS} ${PIE_CFLAGS} ${_CC_FLAGS} -I${.CURDIR} -c -o ${.TARGET} ${_s:T:R}.c
.endfor
.for _s in ${SRCS:M*.l}
${_s:T:R}.c: ${_s}
	@${LEX} -o ${.TARGET} ${.ALLSRC:M*.l}
${_s:T:R}.o: ${_s:T:R}.c
	@${CC} ${CFLAGS} ${PIE_CFLAGS} ${_CC_FLAGS} -Wno-unused-function -I${.CURDIR} -c -o ${.TARGET} ${_s:T:R}.c
.endfor
CLEANFILES	+= ${PROG} ${OBJS}
.endif

all: ${SCRIPTS}

install: .PHONY _install_prog
_install_prog: .PHONY
.if defined(PROG)
	@mkdir -p ${DESTDIR}${BINDIR}
	@${INSTALL} ${INSTALL_STRIP} ${INSTALL_OWNER} -m ${BINMODE} ${.OBJDIR}/${PROG} ${DESTDIR}${BINDIR}/${PROGNAME}
.if ${INSTALL_OWNER} == "" && ${BINOWN}:${BINGRP} != "root:wheel"
	@${ECHO} "${BINDIR}/${PROGNAME} ${BINOWN}:${BINGRP}" >> ${DESTDIR:C,/*$,,}.owners
.endif
.endif
.for _s in ${SCRIPTS:U}
	@mkdir -p ${DESTDIR}${SCRIPTSDIR:U${BINDIR}}
	@${INSTALL} ${INSTALL_OWNER} -m ${SCRIPTSMODE:U${BINMODE}} ${_s:M/*:U${.CURDIR}/${_s}} ${DESTDIR}${SCRIPTSDIR:U${BINDIR}}/${SCRIPTSNAME:U${_s:T:R}}
.endfor
.for _from _to in ${LINKS:U}
	@mkdir -p ${DESTDIR}${_to:H}; ln -f ${DESTDIR}${_from} ${DESTDIR}${_to}
.endfor
.for _from _to in ${SYMLINKS:U}
	@mkdir -p ${DESTDIR}${_to:H}; ln -sfn ${_from} ${DESTDIR}${_to}
.endfor

.include <bsd.files.mk>
.include <bsd.man.mk>
.include <bsd.dep.mk>

clean: .PHONY
	rm -f ${CLEANFILES} .depend.*
