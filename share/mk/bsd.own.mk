# SPDX-License-Identifier: BSD-2-Clause
#
# Who owns what is installed, with which mode, and where it goes.

.if !target(__<bsd.own.mk>__)
__<bsd.own.mk>__: .NOTMAIN

DESTDIR		?=
BINOWN		?= root
BINGRP		?= wheel
BINMODE		?= 555
NOBINMODE	?= 444
SHAREOWN	?= root
SHAREGRP	?= wheel
SHAREMODE	?= 444

LIBDIR		?= /usr/lib
SHLIBDIR	?= ${LIBDIR}
LIBOWN		?= ${BINOWN}
LIBGRP		?= ${BINGRP}
LIBMODE		?= 444
INCLUDEDIR	?= /usr/include
SHAREDIR	?= /usr/share
MANDIR		?= ${SHAREDIR}/man/man
COMPRESS_CMD	?= gzip -9cn
COMPRESS_EXT	?= .gz

# Without root rights everything belongs to whoever builds; what should not be
# root:wheel is recorded in DESTDIR.owners (lines "PATH OWNER:GROUP"), which
# the image builder reads.  Modes are always applied.
.if ${.MAKE.OS} == "DragonFly"
INSTALL_OWNER	= -o ${BINOWN} -g ${BINGRP}
.else
INSTALL_OWNER	=
.endif
STRIP		?= -s
INSTALL_STRIP	= ${STRIP:D${STRIP:M-s:D-s --strip-program=${STRIPCMD}}}

.endif
