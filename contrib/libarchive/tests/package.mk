# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= make -j${CONTRIB_JOBS} ${MAKE_ARGS} libarchive_test bsdtar_test bsdcpio_test bsdcat_test && \
		  for t in libarchive tar cpio cat; do mkdir ${TESTSDIR}/$$t && \
		  cp ${WRKSRC}/$$t/test/*.uu ${TESTSDIR}/$$t/ || [ $$t = tar ]; done; \
		  for t in libarchive bsdtar bsdcpio bsdcat; do \
		  if [ -f .libs/$${t}_test ]; then cp .libs/$${t}_test ${TESTSDIR}/; else cp $${t}_test ${TESTSDIR}/; fi; done && \
		  cp ${.CURDIR}/tests/run ${TESTSDIR}/
