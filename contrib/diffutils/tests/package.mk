# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= cp -R ${WRKSRC}/tests ${TESTSDIR}/ && cp lib/config.h ${TESTSDIR}/config.h && \
		  echo 'PACKAGE_VERSION=3.8 BUILT_PROGRAMS="cmp diff diff3 sdiff" sh /mnt/share0/automake-run.sh /mnt/share0/tests' > ${TESTSDIR}/run
