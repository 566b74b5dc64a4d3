/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ps(1) shows of this process.
 *
 * The title is set with sysctl kern.proc.args.  No format brings the
 * original arguments back; a format that begins with '-' leaves out the
 * program's name.
 */
#include <sys/param.h>
#include <sys/sysctl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

#define TITLE_SIZE	1024

static char original[TITLE_SIZE * 4];
static size_t original_len;

void
setproctitle(const char *fmt, ...)
{
	int oid[4] = { CTL_KERN, KERN_PROC, KERN_PROC_ARGS, getpid() };
	char title[TITLE_SIZE];
	size_t len = 0;
	va_list ap;

	if (original_len == 0) {
		original_len = sizeof(original);
		if (sysctl(oid, 4, original, &original_len, NULL, 0) != 0)
			original_len = 0;
	}
	if (fmt == NULL) {
		sysctl(oid, 4, NULL, NULL, original, original_len);
		return;
	}
	if (fmt[0] == '-')
		fmt++;
	else
		len = (size_t)snprintf(title, sizeof(title), "%s: ",
		    _getprogname());
	if (len >= sizeof(title))
		len = sizeof(title) - 1;
	va_start(ap, fmt);
	vsnprintf(title + len, sizeof(title) - len, fmt, ap);
	va_end(ap);
	sysctl(oid, 4, NULL, NULL, title, strlen(title) + 1);
}
