# SPDX-License-Identifier: BSD-2-Clause
#
# Builds and installs one library, static and shared from the same position
# independent objects.
#
#	LIB		name without "lib"; SRCS
#	SHLIB_MAJOR	version number of the shared library; without it only
#			the archive is built
#	SHLIBDIR	/usr/lib or /lib (then /usr/lib gets the link)
#	VERSION_MAP	symbol versions
#	LDADD		what the shared library itself is linked with
#	INCS INCSDIR	headers it brings
#	INTERNALLIB	set: build the archive, install nothing

.include <bsd.own.mk>
.if exists(${.CURDIR}/../Makefile.inc)
.include "${.CURDIR}/../Makefile.inc"
.endif
.include <bsd.sys.mk>

OBJS		= ${SRCS:N*.h:T:R:S/$/.o/g}
PICFLAG		?= -fPIC
_ARCHIVE	= lib${LIB}.a
.if defined(SHLIB_MAJOR)
SHLIB_NAME	?= lib${LIB}.so.${SHLIB_MAJOR}
SONAME		?= ${SHLIB_NAME}
SHLIB_LINK	?= lib${LIB}.so
.endif

all: ${_ARCHIVE} ${SHLIB_NAME}

.for _s in ${SRCS:N*.h:M*.c}
${_s:T:R}.o: ${_s}
	@${ECHO} "  CC     ${.TARGET}"
	@${CC} ${CFLAGS} ${CFLAGS.${_s:T}} ${PICFLAG} ${_CC_FLAGS} -I${.CURDIR} -I${.OBJDIR} -c -o ${.TARGET} ${.ALLSRC:M*.c:[1]}
.endfor
.for _s in ${SRCS:M*.S}
${_s:T:R}.o: ${_s}
	@${ECHO} "  AS     ${.TARGET}"
	@${CC} ${CFLAGS} ${PICFLAG} -DPIC ${_CC_COMMON} -I${.CURDIR} -I${.OBJDIR} -c -o ${.TARGET} ${.ALLSRC:M*.S:[1]}
.endfor

${_ARCHIVE}: ${OBJS} ${STATICOBJS}
	@${ECHO} "  AR     ${.TARGET}"
	@rm -f ${.TARGET}
	@echo ${OBJS} ${STATICOBJS} > ${.TARGET}.list
	@${AR} crD ${.TARGET} @${.TARGET}.list

.if defined(SHLIB_NAME)
${SHLIB_NAME}: ${OBJS} ${SHLIBOBJS} ${VERSION_MAP} ${DPADD}
	@${ECHO} "  SHLIB  ${.TARGET}"
	@echo ${OBJS} ${SHLIBOBJS} > ${.TARGET}.list
	@${CC} ${_SYSROOT} -shared -Wl,-soname,${SONAME} -Wl,-z,relro -Wl,-z,now \
	    -Wl,-z,defs ${VERSION_MAP:D-Wl,--version-script=${VERSION_MAP:M/*:U${.CURDIR}/${VERSION_MAP}}} \
	    -Wl,-rpath-link,${SYSROOT}/lib:${SYSROOT}/usr/lib \
	    ${LDFLAGS} -o ${.TARGET} @${.TARGET}.list ${LDADD}
.endif

install: .PHONY
.if !defined(INTERNALLIB)
install: _install_lib
_install_lib: .PHONY
	@mkdir -p ${DESTDIR}${LIBDIR} ${DESTDIR}${SHLIBDIR}
	@${INSTALL} ${INSTALL_OWNER} -m ${LIBMODE} ${.OBJDIR}/${_ARCHIVE} ${DESTDIR}${LIBDIR}/${_ARCHIVE}
.if defined(SHLIB_NAME)
	@${INSTALL} ${INSTALL_STRIP} ${INSTALL_OWNER} -m ${LIBMODE} ${.OBJDIR}/${SHLIB_NAME} ${DESTDIR}${SHLIBDIR}/${SHLIB_NAME}
.if ${SHLIBDIR} == ${LIBDIR}
	@ln -sfn ${SHLIB_NAME} ${DESTDIR}${LIBDIR}/${SHLIB_LINK}
.else
	@ln -sfn ../../lib/${SHLIB_NAME} ${DESTDIR}${LIBDIR}/${SHLIB_LINK}
	@ln -sfn ../../lib/${SHLIB_NAME} ${DESTDIR}${LIBDIR}/${SHLIB_NAME}
.endif
.endif
.for _from _to in ${SYMLINKS:U}
	@mkdir -p ${DESTDIR}${_to:H}; ln -sfn ${_from} ${DESTDIR}${_to}
.endfor
.endif

.if defined(INCS)
install: _install_incs
includes: .PHONY _install_incs
_install_incs: .PHONY
	@mkdir -p ${DESTDIR}${INCSDIR:U${INCLUDEDIR}}
	@cd ${.CURDIR} && ${INSTALL} -m ${NOBINMODE} ${INCS} ${DESTDIR}${INCSDIR:U${INCLUDEDIR}}/
.else
includes: .PHONY
.endif

CLEANFILES	+= ${_ARCHIVE} ${SHLIB_NAME} ${OBJS} ${_ARCHIVE}.list
.include <bsd.files.mk>
.include <bsd.man.mk>
.include <bsd.dep.mk>

clean: .PHONY
	rm -f ${CLEANFILES} .depend.*
