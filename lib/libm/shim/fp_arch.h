/* SPDX-License-Identifier: BSD-2-Clause */
/* No extra operations: the generic C code is used. */
