/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reboot, halt, fastboot, fasthalt - stop the system without running shutdown scripts
 *
 * usage: reboot [-dlnpq]
 *
 * The name decides: halt stops; -p also cuts the power.
 * Processes are told to end first and are killed when they do not; -q skips
 * all of that, -n also skips writing out file data.
 */
#include <sys/types.h>
#include <sys/reboot.h>

#include <err.h>
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <syslog.h>
#include <unistd.h>

static void
usage(const char *name)
{
	fprintf(stderr, "usage: %s [-dlnpq]\n", name);
	exit(EX_USAGE);
}

static void
end_processes(int sync_first)
{
	int i;

	signal(SIGHUP, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	if (kill(1, SIGTSTP) < 0)
		err(EX_OSERR, "SIGTSTP to init");
	if (sync_first)
		sync();
	if (kill(-1, SIGTERM) < 0 && errno != ESRCH)
		err(EX_OSERR, "SIGTERM to all");
	sleep(2);
	for (i = 0; i < 5; i++) {
		if (kill(-1, SIGKILL) < 0) {
			if (errno == ESRCH)
				return;
			err(EX_OSERR, "SIGKILL to all");
		}
		sleep(1);
	}
	warnx("some processes would not die");
}

static const char *
user_name(void)
{
	const char *name = getlogin();
	struct passwd *pw = getpwuid(getuid());

	return (name != NULL && *name != '\0' ? name :
	    pw != NULL ? pw->pw_name : "???");
}

int
main(int argc, char **argv)
{
	const char *name = getprogname();
	int c, howto = RB_AUTOBOOT, quick = 0, quiet = 0;

	if (strcmp(name, "halt") == 0 || strcmp(name, "fasthalt") == 0)
		howto = RB_HALT;
	while ((c = getopt(argc, argv, "dlnpq")) != -1) {
		switch (c) {
		case 'd':
			howto |= RB_DUMP;
			break;
		case 'l':
			quiet = 1;
			break;
		case 'n':
			howto |= RB_NOSYNC;
			break;
		case 'p':
			howto |= RB_HALT | RB_POWEROFF;
			break;
		case 'q':
			quick = 1;
			break;
		default:
			usage(name);
		}
	}
	if (argc != optind)
		usage(name);
	if (geteuid() != 0)
		errc(EX_NOPERM, EPERM, NULL);
	if (!quiet) {
		openlog(name, LOG_CONS, LOG_AUTH);
		syslog(LOG_CRIT, "%s by %s", (howto & RB_HALT) != 0 ?
		    "halted" : "rebooted", user_name());
	}
	if (!quick)
		end_processes((howto & RB_NOSYNC) == 0);
	if ((howto & RB_NOSYNC) == 0)
		sync();
	reboot(howto);
	kill(1, SIGHUP);
	err(EX_OSERR, "reboot");
}
