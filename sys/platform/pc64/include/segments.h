/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/segments.h>. */
#include <cpu/segments.h>
