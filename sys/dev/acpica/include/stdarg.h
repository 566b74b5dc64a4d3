/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C header that ACPICA includes by name.
 */
#include <machine/stdarg.h>
