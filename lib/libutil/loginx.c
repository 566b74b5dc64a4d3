/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sessions in the files that say who is and was logged in: utmpx, wtmpx and
 * lastlogx.
 */
#include <sys/types.h>
#include <sys/time.h>
#include <errno.h>
#include <libutil.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

static void
stamp(struct utmpx *ut)
{
	struct timeval tv;

	gettimeofday(&tv, NULL);
	ut->ut_tv = tv;
}

/* Enters a session: into utmpx by its ut_id, and behind wtmpx. */
void
loginx(const struct utmpx *ut)
{
	pututxline(ut);
	endutxent();
	updwtmpx(_PATH_WTMPX, ut);
}

void
login(struct utmpx *ut)
{
	struct passwd *pw = getpwnam(ut->ut_user);
	struct lastlogx ll;

	loginx(ut);
	if (pw == NULL)
		return;
	memset(&ll, 0, sizeof(ll));
	ll.ll_tv = ut->ut_tv;
	memcpy(ll.ll_line, ut->ut_line, sizeof(ll.ll_line));
	memcpy(ll.ll_host, ut->ut_host, sizeof(ll.ll_host));
	ll.ll_ss = ut->ut_ss;
	updlastlogx(_PATH_LASTLOGX, pw->pw_uid, &ll);
}

/* Ends the session on a line; 1 if there was one. */
int
logoutx(const char *line, int status, int type)
{
	struct utmpx key, ut, *found;

	memset(&key, 0, sizeof(key));
	strlcpy(key.ut_line, line, sizeof(key.ut_line));
	setutxent();
	found = getutxline(&key);
	if (found == NULL) {
		endutxent();
		return (0);
	}
	ut = *found;
	ut.ut_type = (short)type;
	ut.ut_exit.e_termination = (uint16_t)(status & 0x7f);
	ut.ut_exit.e_exit = (uint16_t)(status >> 8 & 0xff);
	stamp(&ut);
	found = pututxline(&ut);
	endutxent();
	return (found != NULL);
}

int
logout(const char *line)
{
	return (logoutx(line, 0, DEAD_PROCESS));
}

void
logwtmpx(const char *line, const char *name, const char *host, int pid,
    int type)
{
	struct utmpx ut;

	memset(&ut, 0, sizeof(ut));
	strlcpy(ut.ut_line, line, sizeof(ut.ut_line));
	strlcpy(ut.ut_user, name, sizeof(ut.ut_user));
	strlcpy(ut.ut_host, host, sizeof(ut.ut_host));
	ut.ut_pid = pid;
	ut.ut_type = (short)type;
	stamp(&ut);
	updwtmpx(_PATH_WTMPX, &ut);
}

/* A session begins, or without a name ends. */
void
logwtmp(const char *line, const char *name, const char *host)
{
	logwtmpx(line, name, host, getpid(), *name != '\0' ? USER_PROCESS :
	    DEAD_PROCESS);
}
