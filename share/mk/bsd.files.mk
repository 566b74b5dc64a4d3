# SPDX-License-Identifier: BSD-2-Clause
#
# Installs the plain files FILES into FILESDIR with FILESMODE.

.if defined(FILES) && !empty(FILES)
install: _install_files
_install_files: .PHONY
	@mkdir -p ${DESTDIR}${FILESDIR:U${BINDIR}}
.for _f in ${FILES}
	@cd ${.CURDIR}; f=${_f}; [ -e "$$f" ] || f=${.OBJDIR}/${_f}; \
	${INSTALL} -m ${FILESMODE:U${SHAREMODE}} $$f ${DESTDIR}${FILESDIR:U${BINDIR}}/${_f:T}
.endfor
.endif
