/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/specialreg.h>. */
#include <cpu/specialreg.h>
