# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= make ${MAKE_ARGS} examplesh minigzipsh && \
		  cp examplesh minigzipsh ${.CURDIR}/tests/run ${TESTSDIR}/
