/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/npx.h>. */
#include <cpu/npx.h>
