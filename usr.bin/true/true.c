/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * true, false - return a status
 */
#include <stdlib.h>
#include <string.h>

int
main(void)
{
	return (strcmp(getprogname(), "false") == 0);
}
