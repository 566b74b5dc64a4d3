/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What at(1) and atrun(8) share: where jobs lie and what their names say.
 *
 * A job is a shell script in AT_JOBS, owned by its user, whose name is the
 * queue's letter (in upper case once it runs), five digits of its number and
 * eight of the minute since 1970, both in base 16.  It becomes executable
 * when it is complete.  Its second line tells "# atrun uid=N gid=N", its third
 * "# mail USER N", N being 1 if there is to be mail in any case.
 */
#ifndef AT_H
#define AT_H

#include <sys/types.h>
#include <time.h>

#define AT_DIR		"/var/at"
#define AT_JOBS		AT_DIR "/jobs"
#define AT_SPOOL	AT_DIR "/spool"
#define AT_QUEUE	'c'		/* of at */
#define BATCH_QUEUE	'E'		/* of batch; upper case: low load */
#define JOB_NAME_LEN	14

struct job {
	char	queue;
	unsigned number;
	time_t	when;
};

/* Whether name is that of a job, and of which. */
int	job_parse(const char *name, struct job *job);
void	job_name(const struct job *job, char name[JOB_NAME_LEN + 1]);

/*
 * The time that words tell, from now on: "now + 2 hours", "16:00 tomorrow".
 * Returns -1 if they make no sense.
 */
time_t	at_time(char **words, time_t now);

#endif
