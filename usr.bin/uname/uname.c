/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uname - print the system's name and version
 *
 * usage: uname [-aimnoprsv]
 */
#include <sys/types.h>
#include <sys/sysctl.h>
#include <sys/utsname.h>

#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static int printed;

static void
put(const char *text)
{
	printf("%s%s", printed ? " " : "", text);
	printed = 1;
}

/* A string sysctl, without its newline. */
static const char *
from_sysctl(const char *name)
{
	static char buf[256];
	size_t len = sizeof(buf) - 1;

	if (sysctlbyname(name, buf, &len, NULL, 0) < 0)
		err(EX_OSERR, "%s", name);
	buf[len] = '\0';
	buf[strcspn(buf, "\n")] = '\0';
	return (buf);
}

int
main(int argc, char **argv)
{
	int c, s = 0, n = 0, r = 0, v = 0, m = 0, p = 0, i = 0;
	struct utsname u;

	while ((c = getopt(argc, argv, "aimnoprsv")) != -1) {
		switch (c) {
		case 'a':
			s = n = r = v = m = 1;
			break;
		case 'i':
			i = 1;
			break;
		case 'm':
			m = 1;
			break;
		case 'n':
			n = 1;
			break;
		case 'p':
			p = 1;
			break;
		case 'r':
			r = 1;
			break;
		case 'o':
		case 's':
			s = 1;
			break;
		case 'v':
			v = 1;
			break;
		default:
			goto usage;
		}
	}
	if (optind != argc)
		goto usage;
	if (!(s | n | r | v | m | p | i))
		s = 1;
	if (uname(&u) < 0)
		err(EX_OSERR, "uname");
	if (s)
		put(u.sysname);
	if (n)
		put(u.nodename);
	if (r)
		put(u.release);
	if (v)
		put(from_sysctl("kern.version"));
	if (m)
		put(u.machine);
	if (p)
		put(from_sysctl("hw.machine_arch"));
	if (i)
		put(from_sysctl("kern.bootfile"));
	putchar('\n');
	return (0);
usage:
	fprintf(stderr, "usage: uname [-aimnoprsv]\n");
	return (EX_USAGE);
}
