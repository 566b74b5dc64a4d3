/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The family of execve().
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <errno.h>
#include <limits.h>
#include <paths.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "libc_private.h"

/* Arguments up to the NULL, arg itself included. */
static size_t
count_args(const char *arg, va_list ap)
{
	size_t n;

	for (n = 1; arg != NULL; n++)
		arg = va_arg(ap, const char *);
	return (n);
}

static void
fetch_args(const char **argv, const char *arg, va_list ap)
{
	while ((*argv++ = arg) != NULL)
		arg = va_arg(ap, const char *);
}

/* The vector lives on the stack: execl() must work in a child of vfork(). */
#define GATHER(argv, arg)						\
	va_list ap;							\
	size_t n;							\
									\
	va_start(ap, arg);						\
	n = count_args(arg, ap);					\
	va_end(ap);							\
	const char **argv = __builtin_alloca(n * sizeof(*argv));	\
	va_start(ap, arg);						\
	fetch_args(argv, arg, ap)

int
execl(const char *path, const char *arg, ...)
{
	GATHER(argv, arg);
	va_end(ap);
	return (execve(path, __DECONST(char *const *, argv), environ));
}

int
execle(const char *path, const char *arg, ...)
{
	char *const *envp;

	GATHER(argv, arg);
	envp = va_arg(ap, char *const *);
	va_end(ap);
	return (execve(path, __DECONST(char *const *, argv), envp));
}

int
execlp(const char *file, const char *arg, ...)
{
	GATHER(argv, arg);
	va_end(ap);
	return (execvp(file, __DECONST(char *const *, argv)));
}

int
execv(const char *path, char *const *argv)
{
	return (execve(path, argv, environ));
}

int
exect(const char *path, char *const *argv, char *const *envp)
{
	return (execve(path, argv, envp));
}

/* A file that execve() does not know is a script for the shell. */
static int
exec_shell(const char *path, char *const *argv)
{
	size_t n = 0;

	while (argv[n] != NULL)
		n++;
	const char **vec = __builtin_alloca((n + 3) * sizeof(*vec));
	vec[0] = "sh";
	vec[1] = path;
	memcpy(vec + 2, argv + 1, (n > 0 ? n : 1) * sizeof(*vec));
	if (n == 0)
		vec[2] = NULL;
	return (execve(_PATH_BSHELL, __DECONST(char *const *, vec), environ));
}

int
execvP(const char *file, const char *search, char *const *argv)
{
	char path[PATH_MAX];
	const char *dir, *end;
	size_t dirlen, filelen;
	bool denied = false;

	filelen = strlen(file);
	if (filelen == 0) {
		errno = ENOENT;
		return (-1);
	}
	if (strchr(file, '/') != NULL) {
		execve(file, argv, environ);
		if (errno == ENOEXEC)
			exec_shell(file, argv);
		return (-1);
	}
	for (dir = search; ; dir = end + 1) {
		end = strchr(dir, ':');
		if (end == NULL)
			end = dir + strlen(dir);
		dirlen = (size_t)(end - dir);
		if (dirlen + filelen + 2 <= sizeof(path)) {
			memcpy(path, dirlen > 0 ? dir : ".",
			    dirlen > 0 ? dirlen : 1);
			if (dirlen == 0)
				dirlen = 1;
			path[dirlen] = '/';
			memcpy(path + dirlen + 1, file, filelen + 1);
			execve(path, argv, environ);
			switch (errno) {
			case ENOEXEC:
				return (exec_shell(path, argv));
			case EACCES:
				denied = true;
				break;
			case ENOENT:
			case ENOTDIR:
			case ELOOP:
			case ENAMETOOLONG:
				break;
			default:
				return (-1);
			}
		}
		if (*end == '\0')
			break;
	}
	errno = denied ? EACCES : ENOENT;
	return (-1);
}

int
execvp(const char *file, char *const *argv)
{
	const char *search = getenv("PATH");

	return (execvP(file, search != NULL ? search : _PATH_DEFPATH, argv));
}
