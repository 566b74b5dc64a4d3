/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/asmacros.h>. */
#include <cpu/asmacros.h>
