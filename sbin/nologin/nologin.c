/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nologin - the shell of accounts that nobody logs in to
 */
#include <stdio.h>
#include <syslog.h>
#include <unistd.h>

int
main(void)
{
	const char *user = getlogin(), *tty = ttyname(0);

	printf("This account is currently not available.\n");
	openlog("nologin", LOG_CONS, LOG_AUTH);
	syslog(LOG_CRIT, "Attempted login by %s on %s",
	    user != NULL ? user : "UNKNOWN", tty != NULL ? tty : "UNKNOWN");
	return (1);
}
