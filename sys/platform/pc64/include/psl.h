/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/psl.h>. */
#include <cpu/psl.h>
