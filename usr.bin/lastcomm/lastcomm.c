/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lastcomm - commands that have ended, the last first
 *
 * usage: lastcomm [-EScesu] [-f file] [command ...] [user ...] [tty ...]
 */
#include <sys/types.h>
#include <sys/acct.h>
#include <sys/stat.h>
#include <err.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

static bool show_user, show_system, show_elapsed, show_start, show_end;

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: lastcomm [-EScesu] [-f file] [command ...] "
	    "[user ...] [tty ...]\n");
	exit(EX_USAGE);
}

/* A comp_t is a fraction of 13 bits and an exponent to the base 8. */
static double
seconds(comp_t c)
{
	double value = c & 0x1fff;

	for (c >>= 13; c > 0; c--)
		value *= 8;
	return (value / AHZ);
}

static const char *
tty_name(dev_t dev)
{
	const char *name;

	if (dev == (dev_t)-1)
		return ("__");
	name = devname(dev, S_IFCHR);
	return (name != NULL ? name : "??");
}

static const char *
flags(int f)
{
	static char buf[6];

	snprintf(buf, sizeof(buf), "%c%c%c%c", (f & ASU) ? 'S' : '-',
	    (f & AFORK) ? 'F' : '-', (f & ACORE) ? 'D' : '-',
	    (f & AXSIG) ? 'X' : '-');
	return (buf);
}

static void
show(const struct acct *a)
{
	char start[32];
	time_t t = a->ac_btime;

	printf("%-*.*s %-5s %-8s %-8s", AC_COMM_LEN, AC_COMM_LEN, a->ac_comm,
	    flags(a->ac_flag), user_from_uid(a->ac_uid, 0),
	    tty_name(a->ac_tty));
	if (show_user)
		printf(" %8.2f us", seconds(a->ac_utime));
	if (show_system)
		printf(" %8.2f sy", seconds(a->ac_stime));
	if (show_elapsed)
		printf(" %8.2f es", seconds(a->ac_etime));
	if (show_start) {
		strftime(start, sizeof(start), "%a %b %e %H:%M", localtime(&t));
		printf(" %s", start);
	}
	if (show_end) {
		t += (time_t)seconds(a->ac_etime);
		strftime(start, sizeof(start), "%a %b %e %H:%M", localtime(&t));
		printf(" %s", start);
	}
	putchar('\n');
}

/* Does any of the names fit the command, the user, or the terminal? */
static bool
wanted(const struct acct *a, char **names)
{
	if (*names == NULL)
		return (true);
	for (; *names != NULL; names++)
		if (strncmp(a->ac_comm, *names, AC_COMM_LEN) == 0 ||
		    strcmp(user_from_uid(a->ac_uid, 0), *names) == 0 ||
		    strcmp(tty_name(a->ac_tty), *names) == 0)
			return (true);
	return (false);
}

int
main(int argc, char **argv)
{
	const char *file = "/var/account/acct";
	struct acct a;
	FILE *f;
	off_t pos;
	int ch;

	while ((ch = getopt(argc, argv, "cEef:Ssu")) != -1) {
		switch (ch) {
		case 'c':
			show_user = show_system = true;
			break;
		case 'E':
			show_end = true;
			break;
		case 'e':
			show_elapsed = true;
			break;
		case 'f':
			file = optarg;
			break;
		case 'S':
			show_start = true;
			break;
		case 's':
			show_system = true;
			break;
		case 'u':
			show_user = true;
			break;
		default:
			usage();
		}
	}
	argv += optind;
	if (!show_user && !show_system && !show_elapsed && !show_start &&
	    !show_end)
		show_user = show_system = show_start = true;
	f = fopen(file, "r");
	if (f == NULL)
		err(1, "%s", file);
	if (fseeko(f, 0, SEEK_END) != 0)
		err(1, "%s", file);
	pos = ftello(f);
	for (pos -= pos % sizeof(a); pos > 0; ) {
		pos -= sizeof(a);
		if (fseeko(f, pos, SEEK_SET) != 0 ||
		    fread(&a, sizeof(a), 1, f) != 1)
			err(1, "%s", file);
		if (wanted(&a, argv))
			show(&a);
	}
	return (0);
}
