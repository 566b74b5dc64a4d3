/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/cpufunc.h>. */
#include <cpu/cpufunc.h>
