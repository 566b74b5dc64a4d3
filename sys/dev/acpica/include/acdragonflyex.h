/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ACPICA includes this after its own headers; we have nothing to add.
 */
