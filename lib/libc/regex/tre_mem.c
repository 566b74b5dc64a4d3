/* SPDX-License-Identifier: BSD-2-Clause */
/* The matcher: tre-mem.c of musl. */
#include <tre-mem.c>
