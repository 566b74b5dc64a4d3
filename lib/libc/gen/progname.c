/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The program's name, which the start-up code found in argv[0].
 */
#include <stdlib.h>
#include <string.h>

#include "libc_private.h"

const char *
_getprogname(void)
{
	return (__progname != NULL ? __progname : "");
}
__weak_reference(_getprogname, getprogname);

void
setprogname(const char *name)
{
	const char *slash = strrchr(name, '/');

	__progname = slash != NULL ? slash + 1 : name;
}
