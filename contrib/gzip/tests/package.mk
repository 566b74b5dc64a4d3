# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= cp -R ${WRKSRC}/tests ${TESTSDIR}/ && cp lib/config.h ${TESTSDIR}/config.h && \
		  echo 'PACKAGE_VERSION=1.12 BUILT_PROGRAMS="gzip gunzip zcat zcmp zdiff zegrep zfgrep zforce zgrep zless zmore znew gzexe" sh /mnt/share0/automake-run.sh /mnt/share0/tests' > ${TESTSDIR}/run
