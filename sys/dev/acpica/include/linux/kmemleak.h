/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The copy of ACPICA we use marks an object for a leak checker that we do
 * not have.
 */
#define kmemleak_not_leak(object)	((void)(object))
