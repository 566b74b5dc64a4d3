# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= cp sample* words* ${.CURDIR}/tests/run ${TESTSDIR}/
