# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= cp -R ${WRKSRC}/tests ${TESTSDIR}/ && cp config.h ${TESTSDIR}/config.h && \
		  echo 'PACKAGE_VERSION=3.8 BUILT_PROGRAMS="grep egrep fgrep" sh /mnt/share0/automake-run.sh /mnt/share0/tests' > ${TESTSDIR}/run
