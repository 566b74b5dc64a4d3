# SPDX-License-Identifier: BSD-2-Clause
#
# Builds third-party software from a recipe (contrib/NAME/Makefile).
#
#	CONTRIB		name of the recipe; its distinfo says what is fetched
#	CONTRIB_DEPENDS	recipes that must be built before (one line, read by
#			Makefile.inc1)
#	CONTRIB_STAGE	"yes": headers and libraries go into the sysroot, for
#			recipes and programs that are linked with them
#	CONFIGURE_ARGS	arguments of its configure script
#	CONFIGURE_ENV	environment of configure (cache variables)
#	CONFIGURE	what configures instead, run in the build directory with
#			WRKSRC in the environment
#	COPY_SOURCE	"yes": the build directory starts as a copy of the source
#	MAKE_ARGS	arguments of its make
#	MAKE_TARGETS	what to build (default: all)
#	INSTALL_TARGETS	default: install (into STAGEDIR)
#	POST_STAGE	shell commands after the staged install, run in the stage
#	SHLIBS		shared libraries by soname; each becomes one file of that
#			name, with the link for the linker beside it
#	ROOT_SHLIBS	those that live in /lib, for programs of /bin and /sbin
#	STAGE_PRUNE	paths removed from the stage
#	LICENSE_FILES	files of the source kept as its licence, beside the usual
#			names
#
# tests/package.mk, if there is one, sets
#
#	CONTRIB_TESTS	shell commands, run where the software was built, that put
#			upstream's tests into the directory TESTSDIR, with a
#			script "run" that prints TAP in the system (target "tests";
#			tests/contrib/run-full)
#
# and is no reason to build again when it changes.
#
# Configured and compiled in the object directory against the sysroot,
# installed into a stage, and copied from there by "install".  Sources come
# from tools/contribsrc.  Answers that a configure script can't find out on
# the build host are in contrib/config.site.
#
# A function called without a declaration would have its pointers cut to 32
# bits: the build stops at the first; so it does at a program that was compiled
# for the build host.

.include <bsd.own.mk>
.include <bsd.sys.mk>

CONTRIB		?= ${.CURDIR:T}
HOST_TRIPLE	= x86_64-unknown-dragonfly5.9
WRKSRC		!= ${SRCTOP}/tools/contribsrc ${CONTRIB}
WRKDIR		= ${.OBJDIR}/build
STAGEDIR	= ${.OBJDIR}/stage
TESTSDIR	= ${.OBJDIR}/tests
MAKE_TARGETS	?= all
INSTALL_TARGETS	?= install
CONTRIB_JOBS	?= 2
CONTRIB_CFLAGS	?= -O2 -pipe
_REPRO		+= -ffile-prefix-map=${WRKSRC}=/usr/src/contrib/${CONTRIB}
_CCC		= ${CC} ${_SYSROOT} ${_REPRO}
_CXX_HEADERS	= ${SYSROOT}/usr/include/c++/12
_CXXC		= ${CXX} ${_SYSROOT} -nostdinc++ -isystem ${_CXX_HEADERS} \
		  -isystem ${_CXX_HEADERS}/${HOST_TRIPLE} ${_REPRO}
CONTRIB_LDFLAGS	?= -Wl,-dynamic-linker,/libexec/ld-elf.so.2 \
		   -Wl,-rpath-link,${SYSROOT}/lib:${SYSROOT}/usr/lib
CONTRIB_ENV	= CC="${_CCC}" CXX="${_CXXC}" CFLAGS="${CONTRIB_CFLAGS}" \
		  LDFLAGS="${CONTRIB_LDFLAGS}" AR="${AR}" RANLIB="${RANLIB}" \
		  NM="${NM}" LD="${LD}" STRIP="${STRIPCMD}" \
		  OBJCOPY="${OBJCOPY}" CC_FOR_BUILD="${HOST_CC}" \
		  BUILD_CC="${HOST_CC}" WRKSRC="${WRKSRC}" SRCTOP="${SRCTOP}" \
		  SYSROOT="${SYSROOT}" STAGEDIR="${STAGEDIR}" \
		  CONFIG_SITE="${SRCTOP}/contrib/config.site" \
		  CONFIG_SHELL=/bin/sh \
		  PKG_CONFIG_LIBDIR="${SYSROOT}/usr/libdata/pkgconfig" \
		  PKG_CONFIG_SYSROOT_DIR="${SYSROOT}"
CONFIGURE	?= ${WRKSRC}/configure --build=x86_64-pc-linux-gnu \
		   --host=${HOST_TRIPLE} --prefix=/usr --sysconfdir=/etc \
		   --localstatedir=/var --mandir=/usr/share/man \
		   --infodir=/usr/share/info --disable-dependency-tracking \
		   ${CONFIGURE_ARGS}
_NO_MAKE	= unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOBJDIRPREFIX MAKEOBJDIR
_LICENSES	= COPYING COPYING.LIB LICENSE LICENCE COPYRIGHT ${LICENSE_FILES}

_key		!= cd ${.CURDIR} && cat ${MAKEFILE} distinfo files/* patches/* 2>/dev/null | sha256sum | cut -c1-16

all: .staged.${_key}
.staged.${_key}: .configured.${_key}
	@${ECHO} "  MAKE   ${CONTRIB}"
	@( cd ${WRKDIR} && ${_NO_MAKE}; \
	{ env ${CONTRIB_ENV} make -j${CONTRIB_JOBS} ${MAKE_ARGS} ${MAKE_TARGETS} && \
	  rm -rf ${STAGEDIR} && mkdir -p ${STAGEDIR} && \
	  env ${CONTRIB_ENV} make ${MAKE_ARGS} ${INSTALL_ARGS} DESTDIR=${STAGEDIR} ${INSTALL_TARGETS} ; } \
	  > ${.OBJDIR}/make.log 2>&1 || { tail -n 30 ${.OBJDIR}/make.log; exit 1; } )
	@if grep 'implicit declaration of function' ${.OBJDIR}/make.log; then exit 1; fi
.if defined(POST_STAGE)
	@( cd ${STAGEDIR} && ${POST_STAGE} )
.endif
.for _l in ${SHLIBS} ${ROOT_SHLIBS}
	@( cd ${STAGEDIR}/usr/lib && real=$$(readlink -f ${_l}) && \
	  case $$real in */${_l}) ;; *) mv -f $$real ${_l};; esac && \
	  rm -f ${_l}.* && ln -sfn ${_l} ${_l:R} && chmod 444 ${_l} )
.endfor
.for _l in ${ROOT_SHLIBS}
	@( cd ${STAGEDIR} && mkdir -p lib && mv usr/lib/${_l} lib/ && \
	  ln -sfn ../../lib/${_l} usr/lib/${_l} && ln -sfn ${_l} usr/lib/${_l:R} )
.endfor
	@if [ -d ${STAGEDIR}/usr/lib/pkgconfig ]; then mkdir -p ${STAGEDIR}/usr/libdata && \
	  rm -rf ${STAGEDIR}/usr/libdata/pkgconfig && mv ${STAGEDIR}/usr/lib/pkgconfig ${STAGEDIR}/usr/libdata/; fi
	@rm -rf ${STAGEDIR}/usr/share/info ${STAGE_PRUNE:S,^,${STAGEDIR}/,}
	@find ${STAGEDIR} -name '*.la' -delete
	@grep -rIl -e ${WRKSRC} -e ${.OBJDIR} ${STAGEDIR} | \
	  xargs -r sed -i -e s,${WRKSRC},/usr/src/contrib/${CONTRIB},g -e s,${.OBJDIR},/usr/obj/contrib/${CONTRIB},g
	@if find ${STAGEDIR} -type f -perm /111 -exec grep -l /ld-linux-x86 {} + | grep . ; then \
	  echo "these are programs of the build host"; exit 1; fi
	@find ${STAGEDIR} -type f \( -perm /111 -o -name 'lib*.so*' \) -exec chmod u+w {} + \
	    -exec ${STRIPCMD} --strip-unneeded {} + 2>/dev/null || :
	@if [ -d ${STAGEDIR}/usr/share/man ]; then cd ${STAGEDIR}/usr/share/man && \
	  find . -type f ! -name '*.gz' -exec gzip -9nf {} + && \
	  for l in $$(find . -type l ! -name '*.gz'); do ln -sfn $$(readlink $$l).gz $$l.gz; rm $$l; done; fi
	@mkdir -p ${STAGEDIR}/usr/share/licenses/${CONTRIB}
	@cp ${.CURDIR}/distinfo ${STAGEDIR}/usr/share/licenses/${CONTRIB}/distinfo
	@for f in ${_LICENSES}; do \
		if [ -f ${WRKSRC}/$$f ]; then cp ${WRKSRC}/$$f ${STAGEDIR}/usr/share/licenses/${CONTRIB}/; fi; done
.if defined(CONTRIB_STAGE)
	@mkdir -p ${SYSROOT}/ && cd ${STAGEDIR} && tar -cf - --exclude='*.gz' \
	    $$(ls -d usr/include usr/lib usr/libdata lib 2>/dev/null) | \
	    tar -C ${SYSROOT} -xf -
.endif
	@rm -f .staged.*; touch ${.TARGET}

.configured.${_key}:
	@${ECHO} "  CONFIG ${CONTRIB}"
	@rm -rf ${WRKDIR} .configured.* && mkdir -p ${WRKDIR}
.if defined(COPY_SOURCE)
	@cp -R ${WRKSRC}/. ${WRKDIR}/ && chmod -R u+w ${WRKDIR}
.endif
	@( cd ${WRKDIR} && ${_NO_MAKE}; \
	env ${CONTRIB_ENV} ${CONFIGURE_ENV} sh -c '${CONFIGURE}' \
	  > ${.OBJDIR}/configure.log 2>&1 || { tail -n 30 ${.OBJDIR}/configure.log; exit 1; } )
	@touch ${.TARGET}

.if exists(${.CURDIR}/tests/package.mk)
.include "${.CURDIR}/tests/package.mk"
.endif
tests: .PHONY all
.if defined(CONTRIB_TESTS)
	@rm -rf ${TESTSDIR} && mkdir -p ${TESTSDIR}
	@( cd ${WRKDIR} && ${_NO_MAKE}; export ${CONTRIB_ENV} TESTSDIR=${TESTSDIR}; \
	{ ${CONTRIB_TESTS} ; } > ${.OBJDIR}/tests.log 2>&1 || { tail -n 30 ${.OBJDIR}/tests.log; exit 1; } )
.endif

install: .PHONY
	@mkdir -p ${DESTDIR}/ && cp -RPp ${STAGEDIR}/. ${DESTDIR}/
includes: .PHONY
clean: .PHONY
	rm -rf ${WRKDIR} ${STAGEDIR} ${TESTSDIR} .configured.* .staged.*
