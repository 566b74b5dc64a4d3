/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The letters for what is recorded.
 */
#include "points.h"

int
ktrace_points(const char *letters)
{
	int facs = 0;

	for (; *letters != '\0'; letters++) {
		switch (*letters) {
		case 'c':
			facs |= KTRFAC_SYSCALL | KTRFAC_SYSRET;
			break;
		case 'n':
			facs |= KTRFAC_NAMEI;
			break;
		case 'i':
			facs |= KTRFAC_GENIO;
			break;
		case 's':
			facs |= KTRFAC_PSIG;
			break;
		case 'u':
			facs |= KTRFAC_USER;
			break;
		case 'w':
			facs |= KTRFAC_CSW;
			break;
		case '+':
			facs |= DEFAULT_POINTS;
			break;
		default:
			return (-1);
		}
	}
	return (facs);
}
