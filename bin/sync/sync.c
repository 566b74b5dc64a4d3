/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sync - start writing all modified file data
 */
#include <unistd.h>

int
main(void)
{
	sync();
	return (0);
}
