# SPDX-License-Identifier: BSD-2-Clause
#
# Packages upstream's tests; see bsd.contrib.mk.

CONTRIB_TESTS	= make -C tests ${MAKE_ARGS} check TESTS= && \
		  cp -R ${WRKSRC}/tests/. ${TESTSDIR}/ && cp config.h ${TESTSDIR}/ && \
		  for p in create_compress_files test_check test_hardware test_stream_flags \
		  test_filter_flags test_block_header test_index test_index_hash \
		  test_bcj_exact_size test_memlimit test_lzip_decoder test_vli; do \
		  if [ -f tests/.libs/$$p ]; then cp tests/.libs/$$p ${TESTSDIR}/; else cp tests/$$p ${TESTSDIR}/; fi; done && \
		  cp ${.CURDIR}/tests/run ${TESTSDIR}/
