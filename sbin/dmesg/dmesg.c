/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dmesg - print the kernel's message buffer
 *
 * usage: dmesg [-ac]
 *
 * Lines that only went through syslog (they begin with a priority in angle
 * brackets) are left out unless -a is given.  -c clears the buffer afterwards.
 */
#include <sys/types.h>
#include <sys/sysctl.h>

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

int
main(int argc, char **argv)
{
	int c, everything = 0, clear = 0, one = 1;
	char *buf, *line, *next;
	size_t len = 0;

	while ((c = getopt(argc, argv, "ac")) != -1) {
		switch (c) {
		case 'a':
			everything = 1;
			break;
		case 'c':
			clear = 1;
			break;
		default:
			goto usage;
		}
	}
	if (optind != argc)
		goto usage;
	if (sysctlbyname("kern.msgbuf", NULL, &len, NULL, 0) < 0)
		err(EX_OSERR, "kern.msgbuf");
	buf = malloc(len + 1);
	if (buf == NULL)
		err(EX_OSERR, NULL);
	if (sysctlbyname("kern.msgbuf", buf, &len, NULL, 0) < 0)
		err(EX_OSERR, "kern.msgbuf");
	buf[len] = '\0';
	for (line = buf; line < buf + len; line = next) {
		next = memchr(line, '\n', (size_t)(buf + len - line));
		next = next != NULL ? next + 1 : buf + len;
		if (*line == '<' && !everything)
			continue;
		fwrite(line, 1, (size_t)(next - line), stdout);
	}
	if (clear && sysctlbyname("kern.msgbuf_clear", NULL, NULL, &one,
	    sizeof(one)) < 0)
		err(EX_OSERR, "kern.msgbuf_clear");
	return (0);
usage:
	fprintf(stderr, "usage: dmesg [-ac]\n");
	return (EX_USAGE);
}
