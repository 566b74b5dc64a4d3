/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of system calls, signals, errors; arguments as text.
 */
#ifndef SYSDECODE_H
#define SYSDECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define SYSDECODE_ARGS	8

/* NULL when there is no such call. */
const char *sysdecode_name(int code);
/* Is argument i a path, a string the kernel looks up? */
bool	sysdecode_is_path(int code, int i);
/* Print argument i; a number as its type wants it. */
void	sysdecode_arg(FILE *f, int code, int i, long value);
/* Print the result of a call: "3", "-1 errno 2 No such file or directory". */
void	sysdecode_result(FILE *f, int code, int error, long value);
/* "SIGINT", or "SIG 99" in a static buffer. */
const char *sysdecode_signal(int sig);
/* Print n bytes, with escapes for what is not text. */
void	sysdecode_bytes(FILE *f, const char *p, size_t n);

#endif
