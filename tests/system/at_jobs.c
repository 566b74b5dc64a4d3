/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * at, atq, atrm and atrun: jobs wait for their time and run as their user.
 */
#include "programs.h"

/* What a date in TZ=UTC looks like, or how a time is refused. */
#define AT_TIME(t)	"echo : | TZ=UTC at -v " t " 2>&1 | " \
			"sed 's/.* at ...//; s/ UTC//'; " \
			"atrm $(atq | awk '/root/ { print $NF }'); "

static const struct program_case cases[] = {
	{ "time_and_date", AT_TIME("4:05pm Jul 4 2031")
	    AT_TIME("1200 12/24/30") AT_TIME("noon 24.12.30")
	    AT_TIME("midnight 122430") AT_TIME("-t 203102030405.06"),
	    " Jul  4 16:05:00 2031\n Dec 24 12:00:00 2030\n"
	    " Dec 24 12:00:00 2030\n Dec 24 00:00:00 2030\n"
	    " Feb  3 04:05:06 2031\n", 0 },
	{ "time_to_come", "export TZ=UTC; "
	    "for t in 'now + 3 days' '+ 3 days'; do "
	    "echo : | at -v $t 2>&1 | grep -q \"$(date -v+3d '+%a %b %e')\" && "
	    "echo yes; done; "
	    "echo : | at -v 0001 2>&1 | grep -q \"$(date -v+1d '+%a %b %e')\" "
	    "&& echo yes; atrm $(atq | awk '/root/ { print $NF }')",
	    "yes\nyes\nyes\n", 0 },
	{ "time_nobody_understands", "for t in 25:00 12:60 13pm 'now then' "
	    "'noon Feb 40' '+ 3 parsecs'; do echo : | at $t; done; "
	    "echo : | at noon Jan 1 2001",
	    "at: garbled time\nat: garbled time\nat: garbled time\n"
	    "at: garbled time\nat: garbled time\nat: garbled time\n"
	    "at: trying to travel back in time\n", 1 },
	{ "a_job_runs_where_and_as_it_was_made", "mkdir 'a d'; cd 'a d'; "
	    "umask 027; V=\"it's\" at now <<'E' 2> /dev/null\n"
	    "pwd | sed 's,.*/,,' > out; echo \"$V\" >> out; id -un >> out; "
	    "umask >> out\nE\n"
	    "umask 022; /usr/libexec/atrun -d; cat out; atq",
	    "a d\nit's\nroot\n0027\n", 0 },
	{ "a_user's_job_is_the_user's", "chmod 777 . ..; "
	    "su -m atuser -c 'echo \"id -un > o\" | at -f /dev/stdin now' "
	    "2> /dev/null; ls -l /var/at/jobs | awk '/^-rwx/ { print $1, $3 }'; "
	    "/usr/libexec/atrun -d; cat o; ls -l o | awk '{ print $3 }'",
	    "-rwx------ atuser\natuser\natuser\n", 0 },
	{ "others'_jobs_are_out_of_reach", "echo : | at noon tomorrow 2> err; "
	    "sed 's/[0-9][0-9]*/N/' err; n=$(awk '{ print $2 }' err); "
	    "su -m atuser -c \"atq; atrm $n\" 2>&1 | sed 's/[0-9][0-9]*/N/'; "
	    "at -c $n | tail -n 2; atrm $n; atrm $n 2>&1; atq",
	    "Job N will be executed using /bin/sh\n"
	    "atrm: N: not owner\n:\n\n"
	    "atrm: 1 of these jobs not found\n", 0 },
	{ "later_jobs_wait", "echo 'echo ran > late' | at now + 1 hour "
	    "2> /dev/null; /usr/libexec/atrun -d; ls; "
	    "atrm $(atq | awk '/root/ { print $NF }')", "", 0 },
	{ "denied", "echo atuser > /var/at/at.deny; "
	    "su -m atuser -c 'echo : | at now'; rm /var/at/at.deny; "
	    "su -m atuser -c 'echo : | at now'; touch /var/at/at.deny",
	    "at: you do not have permission to use this program\n"
	    "at: you do not have permission to use this program\n", 0 },
	{ "a_forged_job_is_refused", "f=/var/at/jobs/c0f000$(printf %08x "
	    "$(($(date +%s) / 60)))\n"
	    "printf '#!/bin/sh\\n# atrun uid=0 gid=0\\n# mail root 0\\n"
	    "touch /tmp/forged\\n' > $f; chown atuser $f; chmod 700 $f\n"
	    "/usr/libexec/atrun -d 2>&1 | sed 's/ c.*:/ X:/'; rm $f; "
	    "ls /tmp/forged 2> /dev/null", "atrun: X: not a job\n", 1 },
};

int
main(void)
{
	if (system("pw useradd atuser -s /bin/sh -d /tmp") != 0)
		return (1);
	return (RUN(cases));
}
