/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages of the form "program: text: reason" on standard error, or on the
 * stream given to err_set_file(), optionally ending the program.
 */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "libc_private.h"

static FILE *err_file;
static void (*err_exit)(int);

void
err_set_file(void *fp)
{
	err_file = fp != NULL ? fp : stderr;
}

void
err_set_exit(void (*fn)(int))
{
	err_exit = fn;
}

/* code < 0: no reason. */
static void
message(int code, const char *fmt, va_list ap)
{
	FILE *fp = err_file != NULL ? err_file : stderr;

	fprintf(fp, "%s: ", _getprogname());
	if (fmt != NULL) {
		vfprintf(fp, fmt, ap);
		if (code >= 0)
			fprintf(fp, ": ");
	}
	if (code >= 0)
		fprintf(fp, "%s", strerror(code));
	fprintf(fp, "\n");
}

static void __dead2
leave(int status)
{
	if (err_exit != NULL)
		err_exit(status);
	exit(status);
}

void
verrc(int status, int code, const char *fmt, va_list ap)
{
	message(code, fmt, ap);
	leave(status);
}

void
verr(int status, const char *fmt, va_list ap)
{
	verrc(status, errno, fmt, ap);
}

void
verrx(int status, const char *fmt, va_list ap)
{
	message(-1, fmt, ap);
	leave(status);
}

void
err(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	verrc(status, errno, fmt, ap);
}

void
errc(int status, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	verrc(status, code, fmt, ap);
}

void
errx(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	verrx(status, fmt, ap);
}

void
vwarnc(int code, const char *fmt, va_list ap)
{
	int saved_errno = errno;

	message(code, fmt, ap);
	errno = saved_errno;
}

void
vwarn(const char *fmt, va_list ap)
{
	vwarnc(errno, fmt, ap);
}

void
vwarnx(const char *fmt, va_list ap)
{
	int saved_errno = errno;

	message(-1, fmt, ap);
	errno = saved_errno;
}

void
warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnc(errno, fmt, ap);
	va_end(ap);
}

void
warnc(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnc(code, fmt, ap);
	va_end(ap);
}

void
warnx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vwarnx(fmt, ap);
	va_end(ap);
}
