# SPDX-License-Identifier: BSD-2-Clause
#
# Builds third-party software from a recipe (contrib/NAME/Makefile).
#
#	CONTRIB		name of the recipe; its distinfo says what is fetched
#	CONFIGURE_ARGS	arguments of its configure script
#	CONFIGURE_ENV	environment of configure (cache variables)
#	CONFIGURE	what configures instead, run in the build directory with
#			WRKSRC in the environment
#	MAKE_ARGS	arguments of its make
#	MAKE_TARGETS	what to build (default: all)
#	INSTALL_TARGETS	default: install (into STAGEDIR)
#	POST_STAGE	shell commands after the staged install
#	STAGE_PRUNE	paths removed from the stage
#
# Configured and compiled in the object directory against the sysroot,
# installed into a stage, and copied from there by "install".  Sources come
# from tools/contribsrc.

.include <bsd.own.mk>
.include <bsd.sys.mk>

CONTRIB		?= ${.CURDIR:T}
HOST_TRIPLE	= x86_64-unknown-dragonfly5.9
WRKSRC		!= ${SRCTOP}/tools/contribsrc ${CONTRIB}
WRKDIR		= ${.OBJDIR}/build
STAGEDIR	= ${.OBJDIR}/stage
MAKE_TARGETS	?= all
INSTALL_TARGETS	?= install
CONTRIB_JOBS	?= 2
CONTRIB_CFLAGS	?= -O2 -pipe -w
_CCC		= ${CC} ${_SYSROOT} ${_REPRO}
_CXXC		= ${CXX} ${_SYSROOT} ${_REPRO}
CONTRIB_LDFLAGS	?= -Wl,-dynamic-linker,/libexec/ld-elf.so.2 \
		   -Wl,-rpath-link,${SYSROOT}/lib:${SYSROOT}/usr/lib
CONTRIB_ENV	= CC="${_CCC}" CXX="${_CXXC}" CFLAGS="${CONTRIB_CFLAGS}" \
		  LDFLAGS="${CONTRIB_LDFLAGS}" AR="${AR}" RANLIB="${RANLIB}" \
		  NM="${NM}" LD="${LD}" STRIP="${STRIPCMD}" \
		  OBJCOPY="${OBJCOPY}" CC_FOR_BUILD="${HOST_CC}" \
		  BUILD_CC="${HOST_CC}" WRKSRC="${WRKSRC}" SRCTOP="${SRCTOP}" \
		  SYSROOT="${SYSROOT}" STAGEDIR="${STAGEDIR}"
CONFIGURE	?= ${WRKSRC}/configure --build=x86_64-pc-linux-gnu \
		   --host=${HOST_TRIPLE} --prefix=/usr --sysconfdir=/etc \
		   --localstatedir=/var --mandir=/usr/share/man \
		   --infodir=/usr/share/info --disable-dependency-tracking \
		   ${CONFIGURE_ARGS}

_key		!= cat ${.CURDIR}/Makefile ${.CURDIR}/distinfo ${.CURDIR}/files/* 2>/dev/null | sha256sum | cut -c1-16


all: .staged.${_key}
.staged.${_key}: .configured.${_key}
	@${ECHO} "  MAKE   ${CONTRIB}"
	@( cd ${WRKDIR} && unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOBJDIRPREFIX MAKEOBJDIR; \
	{ env ${CONTRIB_ENV} make -j${CONTRIB_JOBS} ${MAKE_ARGS} ${MAKE_TARGETS} && \
	  rm -rf ${STAGEDIR} && mkdir -p ${STAGEDIR} && \
	  env ${CONTRIB_ENV} make ${MAKE_ARGS} ${INSTALL_ARGS} DESTDIR=${STAGEDIR} ${INSTALL_TARGETS} ; } \
	  > ${.OBJDIR}/make.log 2>&1 || { tail -n 30 ${.OBJDIR}/make.log; exit 1; } )
.if defined(POST_STAGE)
	@( cd ${STAGEDIR} && ${POST_STAGE} )
.endif
	@rm -rf ${STAGEDIR}/usr/share/info ${STAGE_PRUNE:S,^,${STAGEDIR}/,}
	@find ${STAGEDIR} -name '*.la' -delete
	@find ${STAGEDIR} -type f -perm /111 -exec ${STRIPCMD} --strip-unneeded {} + 2>/dev/null || :
	@find ${STAGEDIR}/usr/share/man -type f ! -name '*.gz' -exec gzip -9n {} + 2>/dev/null || :
	@mkdir -p ${STAGEDIR}/usr/share/licenses/${CONTRIB}
	@cp ${.CURDIR}/distinfo ${STAGEDIR}/usr/share/licenses/${CONTRIB}/distinfo
	@for f in COPYING COPYING.LIB LICENSE LICENCE COPYRIGHT; do \
		if [ -f ${WRKSRC}/$$f ]; then cp ${WRKSRC}/$$f ${STAGEDIR}/usr/share/licenses/${CONTRIB}/; fi; done
	@rm -f .staged.*; touch ${.TARGET}

.configured.${_key}:
	@${ECHO} "  CONFIG ${CONTRIB}"
	@rm -rf ${WRKDIR} .configured.* && mkdir -p ${WRKDIR}
.if defined(COPY_SOURCE)
	@cp -R ${WRKSRC}/. ${WRKDIR}/ && chmod -R u+w ${WRKDIR}
.endif
	@( cd ${WRKDIR} && unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOBJDIRPREFIX MAKEOBJDIR; \
	env ${CONTRIB_ENV} ${CONFIGURE_ENV} sh -c '${CONFIGURE}' \
	  > ${.OBJDIR}/configure.log 2>&1 || { tail -n 30 ${.OBJDIR}/configure.log; exit 1; } )
	@touch ${.TARGET}

install: .PHONY
	@mkdir -p ${DESTDIR}/ && cp -RPp ${STAGEDIR}/. ${DESTDIR}/
includes: .PHONY
clean: .PHONY
	rm -rf ${WRKDIR} ${STAGEDIR} .configured.* .staged.*
