# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= cp -R ${WRKSRC}/tests/. ${TESTSDIR}/ && cp ${.CURDIR}/tests/run ${TESTSDIR}/
