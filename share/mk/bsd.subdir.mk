# SPDX-License-Identifier: BSD-2-Clause
#
# Runs a target in every directory of SUBDIR, in parallel under -j; ".WAIT"
# in the list orders what stands before it and after it.

.if !target(__<bsd.subdir.mk>__)
__<bsd.subdir.mk>__: .NOTMAIN

SUBDIR_TARGETS	+= all install clean includes obj

.for _t in ${SUBDIR_TARGETS:O:u}
_subdirs_${_t}	=
.for _d in ${SUBDIR}
.if ${_d} == ".WAIT"
_subdirs_${_t}	+= .WAIT
.else
_subdirs_${_t}	+= _sub.${_t}.${_d}
_sub.${_t}.${_d}: .PHONY .MAKE
	@${ECHO} "===> ${DIRPRFX}${_d}${${_t} != "all":? (${_t}):}"
	@${MAKE} -m ${SRCTOP}/share/mk -C ${.CURDIR}/${_d} DIRPRFX=${DIRPRFX}${_d}/ ${_t}
.endif
.endfor
${_t}: .PHONY ${_subdirs_${_t}}
.endfor

.endif
