/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The compiler's own integer types stand in for the kernel's header: the
 * loader shares <sys/boot_info.h> with the kernel and nothing else.
 */
#include <stdint.h>
