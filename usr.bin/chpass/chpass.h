/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The parts of an account that chpass(1) shows for editing.
 */
#ifndef CHPASS_H
#define CHPASS_H

#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>

/* Writes an account as the lines that the caller may change. */
void	fields_print(FILE *, const struct passwd *, bool root);
/*
 * Reads them back; the strings belong to the account.  False, with a message,
 * if a line is not valid.
 */
bool	fields_read(FILE *, struct passwd *, bool root);

/* Each checks a value and sets it; false, with a message, if it is bad. */
bool	set_shell(struct passwd *, const char *, bool root);
bool	set_expire(time_t *, const char *);
bool	valid_text(const char *what, const char *);

#endif
