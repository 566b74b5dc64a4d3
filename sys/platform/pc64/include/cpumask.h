/* SPDX-License-Identifier: BSD-2-Clause */
/* The platform has nothing to add to <cpu/cpumask.h>. */
#include <cpu/cpumask.h>
