/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hexdump(3): memory in hexadecimal and as characters.
 */
#include <sys/types.h>
#include <ctype.h>
#include <libutil.h>
#include <stdio.h>

void
hexdump(const void *ptr, int len, const char *hdr, int flags)
{
	const unsigned char *p = ptr;
	int cols = flags & HD_COLUMN_MASK ? flags & HD_COLUMN_MASK : 16;
	int delim = flags & HD_DELIM_MASK ? (flags & HD_DELIM_MASK) >> 8 :
	    ' ';
	int i, j;

	for (i = 0; i < len; i += cols) {
		if (hdr != NULL)
			printf("%s", hdr);
		if ((flags & HD_OMIT_COUNT) == 0)
			printf("%04x  ", i);
		for (j = i; (flags & HD_OMIT_HEX) == 0 && j < i + cols; j++) {
			if (j < len)
				printf("%c%02x", delim, p[j]);
			else
				printf("   ");
		}
		if ((flags & HD_OMIT_CHARS) == 0) {
			printf("  |");
			for (j = i; j < i + cols; j++)
				putchar(j >= len ? ' ' : isprint(p[j]) ? p[j] :
				    '.');
			putchar('|');
		}
		putchar('\n');
	}
}
