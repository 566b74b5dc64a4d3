# SPDX-License-Identifier: BSD-2-Clause
#
# The user's targets of the source tree; Makefile.inc1 does the work.
#
#	buildworld	everything but the kernel
#	installworld	install what buildworld built below DESTDIR
#	buildkernel	the kernel KERNCONF (default X86_64_GENERIC) and modules
#	installkernel	install it below DESTDIR
#	distribution	a pristine /etc below DESTDIR
#	release		the live ISO (nrelease)
#	tests		programs of the system tests
#
# Variables: KERNCONF DESTDIR MAKEOBJDIRPREFIX, -DNO_MODULES, -j.
# On a foreign host say "make" (GNU make): it sets up the cross build.

TARGETS	= buildworld installworld buildkernel installkernel distribution \
	  includes libraries release tests quickworld clean all-programs

all: .PHONY
	@echo "Explicit target required.  See build(7)."; exit 1

.for _t in ${TARGETS}
${_t}: .PHONY
	@${MAKE} -m ${.CURDIR}/share/mk -C ${.CURDIR} -f ${.CURDIR}/Makefile.inc1 ${_t}
.endfor
