# SPDX-License-Identifier: BSD-2-Clause
#
# Manual pages.  MAN lists page sources (name.section); MLINKS lists pairs
# "existing alias" that become links.

MAN		?=
.if !empty(MAN) && !defined(NOMAN)
.for _p in ${MAN}
all: ${_p:T}${COMPRESS_EXT}
${_p:T}${COMPRESS_EXT}: ${_p}
	@${COMPRESS_CMD} ${.ALLSRC:M*${_p:T}} > ${.TARGET}.tmp
	@mv ${.TARGET}.tmp ${.TARGET}
_install_man: _install_man_${_p:T}
_install_man_${_p:T}: .PHONY
	@mkdir -p ${DESTDIR}${MANDIR}${_p:E}
	@${INSTALL} -m ${SHAREMODE} ${.OBJDIR}/${_p:T}${COMPRESS_EXT} \
	    ${DESTDIR}${MANDIR}${_p:E}/${_p:T}${COMPRESS_EXT}
.endfor
.for _from _to in ${MLINKS:U}
_install_mlinks: _mlink_${_to}
_mlink_${_to}: .PHONY _install_man
	@mkdir -p ${DESTDIR}${MANDIR}${_to:E}
	@ln -sf ${_from:E:C/^(.*)$/..\/man\1/}/${_from}${COMPRESS_EXT} \
	    ${DESTDIR}${MANDIR}${_to:E}/${_to}${COMPRESS_EXT}
.endfor
_install_mlinks: .PHONY
_install_man: .PHONY
install: _install_man _install_mlinks
CLEANFILES	+= ${MAN:T:S/$/${COMPRESS_EXT}/}
.endif
