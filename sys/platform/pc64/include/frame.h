/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/frame.h>. */
#include <cpu/frame.h>
