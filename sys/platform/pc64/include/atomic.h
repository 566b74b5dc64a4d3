/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/atomic.h>. */
#include <cpu/atomic.h>
