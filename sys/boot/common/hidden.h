/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Included in front of every file of the loader: all symbols stay inside,
 * so that the image needs relative relocations only.
 */
#pragma GCC visibility push(hidden)
