/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/trap.h>. */
#include <cpu/trap.h>
