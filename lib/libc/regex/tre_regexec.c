/* SPDX-License-Identifier: BSD-2-Clause */
/* The matcher: regexec.c of musl. */
#include <regexec.c>
