/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/sigframe.h>. */
#include <cpu/sigframe.h>
