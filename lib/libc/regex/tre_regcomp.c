/* SPDX-License-Identifier: BSD-2-Clause */
/* The matcher: regcomp.c of musl. */
#include <regcomp.c>
