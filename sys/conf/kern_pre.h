/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included before every C file of the kernel.  The kernel is one static
 * object: no symbol is ever looked up through a global offset table, so all
 * of them, declared ones included, are hidden.
 */
#pragma GCC visibility push(hidden)
