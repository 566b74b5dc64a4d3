/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of jobs; see at.h.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "at.h"

int
job_parse(const char *name, struct job *job)
{
	unsigned long minutes;
	int end = 0;

	if (strlen(name) != JOB_NAME_LEN || !isalpha((unsigned char)*name) ||
	    sscanf(name + 1, "%5x%8lx%n", &job->number, &minutes, &end) != 2 ||
	    end != JOB_NAME_LEN - 1)
		return (0);
	job->queue = *name;
	job->when = (time_t)minutes * 60;
	return (1);
}

void
job_name(const struct job *job, char name[JOB_NAME_LEN + 1])
{
	snprintf(name, JOB_NAME_LEN + 1, "%c%05x%08lx", job->queue,
	    job->number & 0xfffff,
	    (unsigned long)(job->when / 60) & 0xffffffff);
}
