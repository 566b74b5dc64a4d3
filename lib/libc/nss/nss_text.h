/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Account files as text: lines of colon separated fields, and the frame of
 * the look-ups over them.
 */
#ifndef _NSS_TEXT_H_
#define	_NSS_TEXT_H_

#include <stdio.h>
#include <stdbool.h>

/* Splits at colons in place; returns the number of fields (max at most). */
int	__nss_split(char *line, char **field, int max);

/* A number in a field; false if it is not one. */
bool	__nss_number(const char *, unsigned long max, unsigned long *);

/* Buffers of the functions that return static data. */
#define	NSS_BUF_FIRST	1024
#define	NSS_BUF_LAST	(1024 * 1024)

#endif
