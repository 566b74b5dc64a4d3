/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a failed assertion says.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static void
report(const char *kind, const char *func, const char *file, int line,
    const char *expr)
{
	fprintf(stderr, "%s failed: (%s), function %s, file %s, line %d.\n",
	    kind, expr, func != NULL ? func : "?", file, line);
}

void
__assert(const char *func, const char *file, int line, const char *expr)
{
	report("Assertion", func, file, line, expr);
	abort();
}

void
__diagassert(const char *func, const char *file, int line, const char *expr)
{
	report("Diagnostic assertion", func, file, line, expr);
}
