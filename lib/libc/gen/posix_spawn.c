/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_spawn(): vfork(), a list of things to do, execve().
 */
#include <sys/queue.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

struct __posix_spawnattr {
	short	flags;
	pid_t	pgroup;
	struct sched_param param;
	int	policy;
	sigset_t defaults;
	sigset_t mask;
};

enum spawn_kind {
	SPAWN_OPEN, SPAWN_DUP2, SPAWN_CLOSE
};

struct spawn_action {
	STAILQ_ENTRY(spawn_action) link;
	enum spawn_kind kind;
	int	fd;
	int	newfd;		/* SPAWN_DUP2 */
	int	oflag;		/* SPAWN_OPEN */
	mode_t	mode;
	char	path[];
};

struct __posix_spawn_file_actions {
	STAILQ_HEAD(, spawn_action) list;
};

static int
apply_attr(const struct __posix_spawnattr *sa)
{
	struct sigaction dfl;
	int i;

	if ((sa->flags & POSIX_SPAWN_SETPGROUP) != 0 &&
	    setpgid(0, sa->pgroup) != 0)
		return (errno);
	if ((sa->flags & POSIX_SPAWN_SETSCHEDULER) != 0) {
		if (sched_setscheduler(0, sa->policy, &sa->param) < 0)
			return (errno);
	} else if ((sa->flags & POSIX_SPAWN_SETSCHEDPARAM) != 0) {
		if (sched_setparam(0, &sa->param) != 0)
			return (errno);
	}
	if ((sa->flags & POSIX_SPAWN_RESETIDS) != 0 &&
	    (setegid(getgid()) != 0 || seteuid(getuid()) != 0))
		return (errno);
	if ((sa->flags & POSIX_SPAWN_SETSIGMASK) != 0)
		sigprocmask(SIG_SETMASK, &sa->mask, NULL);
	if ((sa->flags & POSIX_SPAWN_SETSIGDEF) != 0) {
		memset(&dfl, 0, sizeof(dfl));
		dfl.sa_handler = SIG_DFL;
		for (i = 1; i <= _SIG_MAXSIG; i++) {
			if (sigismember(&sa->defaults, i) == 1 &&
			    sigaction(i, &dfl, NULL) != 0 && errno != EINVAL)
				return (errno);
		}
	}
	return (0);
}

static int
apply_action(const struct spawn_action *act)
{
	int fd;

	switch (act->kind) {
	case SPAWN_OPEN:
		fd = open(act->path, act->oflag, act->mode);
		if (fd < 0)
			return (errno);
		if (fd != act->fd) {
			if (dup2(fd, act->fd) < 0)
				return (errno);
			close(fd);
		}
		break;
	case SPAWN_DUP2:
		if (act->fd == act->newfd) {
			if (fcntl(act->fd, F_SETFD, 0) != 0)
				return (errno);
		} else if (dup2(act->fd, act->newfd) < 0) {
			return (errno);
		}
		break;
	case SPAWN_CLOSE:
		close(act->fd);
		break;
	}
	return (0);
}

static int
do_spawn(pid_t *pidp, const char *path, bool search,
    const posix_spawn_file_actions_t *fa, const posix_spawnattr_t *sa,
    char *const argv[], char *const envp[])
{
	volatile int error = 0;
	struct spawn_action *act;
	pid_t pid;

	pid = vfork();
	if (pid < 0)
		return (errno);
	if (pid == 0) {
		if (sa != NULL && (error = apply_attr(*sa)) != 0)
			_exit(127);
		if (fa != NULL) {
			STAILQ_FOREACH(act, &(*fa)->list, link) {
				if ((error = apply_action(act)) != 0)
					_exit(127);
			}
		}
		/* execvp() looks at environ, which vfork() shares. */
		if (search) {
			char **saved = environ;

			if (envp != NULL)
				environ = __DECONST(char **, envp);
			execvp(path, argv);
			error = errno;
			environ = saved;
		} else {
			execve(path, argv, envp != NULL ? envp : environ);
			error = errno;
		}
		_exit(127);
	}
	if (error != 0)
		waitpid(pid, NULL, 0);
	else if (pidp != NULL)
		*pidp = pid;
	return (error);
}

int
posix_spawn(pid_t *restrict pidp, const char *restrict path,
    const posix_spawn_file_actions_t *fa, const posix_spawnattr_t *restrict sa,
    char *const argv[restrict], char *const envp[restrict])
{
	return (do_spawn(pidp, path, false, fa, sa, argv, envp));
}

int
posix_spawnp(pid_t *restrict pidp, const char *restrict path,
    const posix_spawn_file_actions_t *fa, const posix_spawnattr_t *restrict sa,
    char *const argv[restrict], char *const envp[restrict])
{
	return (do_spawn(pidp, path, true, fa, sa, argv, envp));
}

int
posix_spawn_file_actions_init(posix_spawn_file_actions_t *fap)
{
	struct __posix_spawn_file_actions *fa = malloc(sizeof(*fa));

	if (fa == NULL)
		return (ENOMEM);
	STAILQ_INIT(&fa->list);
	*fap = fa;
	return (0);
}

int
posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *fap)
{
	struct spawn_action *act;

	while ((act = STAILQ_FIRST(&(*fap)->list)) != NULL) {
		STAILQ_REMOVE_HEAD(&(*fap)->list, link);
		free(act);
	}
	free(*fap);
	*fap = NULL;
	return (0);
}

static struct spawn_action *
add_action(posix_spawn_file_actions_t *fap, enum spawn_kind kind, int fd,
    const char *path)
{
	struct spawn_action *act;
	size_t len = strlen(path) + 1;

	act = calloc(1, sizeof(*act) + len);
	if (act != NULL) {
		act->kind = kind;
		act->fd = fd;
		memcpy(act->path, path, len);
		STAILQ_INSERT_TAIL(&(*fap)->list, act, link);
	}
	return (act);
}

int
posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *restrict fap,
    int fd, const char *restrict path, int oflag, mode_t mode)
{
	struct spawn_action *act;

	if (fd < 0)
		return (EBADF);
	act = add_action(fap, SPAWN_OPEN, fd, path);
	if (act == NULL)
		return (ENOMEM);
	act->oflag = oflag;
	act->mode = mode;
	return (0);
}

int
posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *fap, int fd,
    int newfd)
{
	struct spawn_action *act;

	if (fd < 0 || newfd < 0)
		return (EBADF);
	act = add_action(fap, SPAWN_DUP2, fd, "");
	if (act == NULL)
		return (ENOMEM);
	act->newfd = newfd;
	return (0);
}

int
posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *fap, int fd)
{
	if (fd < 0)
		return (EBADF);
	return (add_action(fap, SPAWN_CLOSE, fd, "") == NULL ? ENOMEM : 0);
}

int
posix_spawnattr_init(posix_spawnattr_t *sap)
{
	*sap = calloc(1, sizeof(**sap));
	return (*sap == NULL ? ENOMEM : 0);
}

int
posix_spawnattr_destroy(posix_spawnattr_t *sap)
{
	free(*sap);
	*sap = NULL;
	return (0);
}

int
posix_spawnattr_getflags(const posix_spawnattr_t *restrict sap,
    short *restrict flags)
{
	*flags = (*sap)->flags;
	return (0);
}

int
posix_spawnattr_setflags(posix_spawnattr_t *sap, short flags)
{
	(*sap)->flags = flags;
	return (0);
}

int
posix_spawnattr_getpgroup(const posix_spawnattr_t *restrict sap,
    pid_t *restrict pgroup)
{
	*pgroup = (*sap)->pgroup;
	return (0);
}

int
posix_spawnattr_setpgroup(posix_spawnattr_t *sap, pid_t pgroup)
{
	(*sap)->pgroup = pgroup;
	return (0);
}

int
posix_spawnattr_getschedparam(const posix_spawnattr_t *restrict sap,
    struct sched_param *restrict param)
{
	*param = (*sap)->param;
	return (0);
}

int
posix_spawnattr_setschedparam(posix_spawnattr_t *restrict sap,
    const struct sched_param *restrict param)
{
	(*sap)->param = *param;
	return (0);
}

int
posix_spawnattr_getschedpolicy(const posix_spawnattr_t *restrict sap,
    int *restrict policy)
{
	*policy = (*sap)->policy;
	return (0);
}

int
posix_spawnattr_setschedpolicy(posix_spawnattr_t *sap, int policy)
{
	(*sap)->policy = policy;
	return (0);
}

int
posix_spawnattr_getsigdefault(const posix_spawnattr_t *restrict sap,
    sigset_t *restrict set)
{
	*set = (*sap)->defaults;
	return (0);
}

int
posix_spawnattr_setsigdefault(posix_spawnattr_t *restrict sap,
    const sigset_t *restrict set)
{
	(*sap)->defaults = *set;
	return (0);
}

int
posix_spawnattr_getsigmask(const posix_spawnattr_t *restrict sap,
    sigset_t *restrict set)
{
	*set = (*sap)->mask;
	return (0);
}

int
posix_spawnattr_setsigmask(posix_spawnattr_t *restrict sap,
    const sigset_t *restrict set)
{
	(*sap)->mask = *set;
	return (0);
}
