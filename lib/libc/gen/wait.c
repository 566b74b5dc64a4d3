/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The family of wait4() and wait6().
 */
#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <string.h>

pid_t
wait(int *status)
{
	return (wait4(WAIT_ANY, status, 0, NULL));
}

pid_t
waitpid(pid_t pid, int *status, int options)
{
	return (wait4(pid, status, options, NULL));
}

pid_t
wait3(int *status, int options, struct rusage *ru)
{
	return (wait4(WAIT_ANY, status, options, ru));
}

int
waitid(idtype_t idtype, id_t id, siginfo_t *info, int options)
{
	int status;
	pid_t pid;

	if (info != NULL)
		memset(info, 0, sizeof(*info));
	pid = wait6(idtype, id, &status, options, NULL, info);
	return (pid < 0 ? -1 : 0);
}
