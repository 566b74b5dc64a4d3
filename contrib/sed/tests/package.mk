# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= cp -R ${WRKSRC}/testsuite ${TESTSDIR}/ && cp config.h ${WRKSRC}/init.cfg ${TESTSDIR}/ && \
		  echo 'PACKAGE_VERSION=4.9 BUILT_PROGRAMS="sed" sh /mnt/share0/automake-run.sh -t /mnt/share0/testsuite' > ${TESTSDIR}/run
