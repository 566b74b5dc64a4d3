/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mount options, shared by mount(8), its helpers and umount(8).
 */
#ifndef _MNTOPTS_H_
#define _MNTOPTS_H_

/*
 * Applies the comma-separated list `options' to *flags (MNT_*).  A generic
 * option may be preceded by "no".  Any other word, and any "name=value", is
 * offered to `other' (may be NULL), which returns 0 when it has taken it;
 * one that nobody takes ends the program with EX_USAGE.
 */
void	mntopts_parse(const char *options, int *flags,
	    int (*other)(const char *name, const char *value));

/* Calls mount(2); ends the program with a message when it fails. */
void	mntopts_mount(const char *type, const char *dir, int flags, void *args);

/* An absolute, canonical path of a directory; ends the program if none. */
const char *mntopts_directory(const char *path);

#endif
