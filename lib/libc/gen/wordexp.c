/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Word expansion: the shell does it, and prints the words with a NUL after
 * each.
 */
#include <sys/types.h>
#include <sys/wait.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wordexp.h>

/* The parenthesis that closes a command substitution. */
static const char *
end_of_command(const char *p)
{
	int depth;

	for (depth = 1; *p != '\0'; p++) {
		if (*p == '(')
			depth++;
		else if (*p == ')' && --depth == 0)
			return (p);
	}
	return (NULL);
}

/*
 * Check what the shell would not refuse: characters that end a word, and
 * command substitution if it is not wanted.
 */
static int
check(const char *words, int flags)
{
	const char *p;
	int braces = 0;
	char quote = '\0';

	for (p = words; *p != '\0'; p++) {
		if (quote == '\'') {
			if (*p == '\'')
				quote = '\0';
			continue;
		}
		switch (*p) {
		case '\\':
			if (*++p == '\0')
				return (WRDE_SYNTAX);
			break;
		case '\'':
			if (quote == '\0')
				quote = '\'';
			break;
		case '"':
			quote = quote == '"' ? '\0' : '"';
			break;
		case '`':
			if ((flags & WRDE_NOCMD) != 0)
				return (WRDE_CMDSUB);
			if ((p = strchr(p + 1, '`')) == NULL)
				return (WRDE_SYNTAX);
			break;
		case '$':
			if (p[1] == '{') {
				braces++;
				p++;
			} else if (p[1] == '(') {
				if ((flags & WRDE_NOCMD) != 0)
					return (WRDE_CMDSUB);
				if ((p = end_of_command(p + 2)) == NULL)
					return (WRDE_SYNTAX);
			}
			break;
		case '}':
			if (braces > 0)
				braces--;
			else if (quote == '\0')
				return (WRDE_BADCHAR);
			break;
		case '{': case '|': case '&': case ';': case '<': case '>':
		case '(': case ')': case '\n':
			if (quote == '\0' && braces == 0)
				return (WRDE_BADCHAR);
			break;
		}
	}
	return (quote != '\0' || braces != 0 ? WRDE_SYNTAX : 0);
}

/* In the child: run the shell with its output at fd. */
static void
run_shell(const char *words, int fd, int flags)
{
	static const char prologue[] = "eval \"set -- $1\" || exit 3; "
	    "for w do printf '%s\\0' \"$w\"; done";
	sigset_t none;
	int null;

	if (dup2(fd, STDOUT_FILENO) == -1)
		_exit(WRDE_NOSPACE);
	if ((flags & WRDE_SHOWERR) == 0 &&
	    (null = open(_PATH_DEVNULL, O_WRONLY)) != -1)
		dup2(null, STDERR_FILENO);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	unsetenv("IFS");
	execl(_PATH_BSHELL, "sh", (flags & WRDE_UNDEF) != 0 ? "-uc" : "-c",
	    prologue, "sh", words, (char *)NULL);
	_exit(WRDE_NOSPACE);
}

/* Everything that comes from fd. */
static char *
read_all(int fd, size_t *lenp)
{
	char *buf = NULL, *bigger;
	size_t cap = 0, len = 0;
	ssize_t n;

	for (;;) {
		if (len == cap) {
			cap = cap == 0 ? 1024 : cap * 2;
			if ((bigger = realloc(buf, cap)) == NULL)
				break;
			buf = bigger;
		}
		n = read(fd, buf + len, cap - len);
		if (n == 0) {
			*lenp = len;
			return (buf);
		}
		if (n == -1 && errno != EINTR)
			break;
		if (n > 0)
			len += (size_t)n;
	}
	free(buf);
	return (NULL);
}

/* Expand words into *bufp, *lenp bytes of NUL-terminated ones. */
static int
ask_shell(const char *words, int flags, char **bufp, size_t *lenp)
{
	pid_t pid;
	int fds[2], status;

	if (pipe2(fds, O_CLOEXEC) == -1)
		return (WRDE_NOSPACE);
	if ((pid = fork()) == 0)
		run_shell(words, fds[1], flags);
	close(fds[1]);
	if (pid == -1) {
		close(fds[0]);
		return (WRDE_NOSPACE);
	}
	*bufp = read_all(fds[0], lenp);
	close(fds[0]);
	while (waitpid(pid, &status, 0) == -1 && errno == EINTR)
		;
	if (*bufp == NULL)
		return (WRDE_NOSPACE);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return (0);
	free(*bufp);
	return ((flags & WRDE_UNDEF) != 0 ? WRDE_BADVAL : WRDE_SYNTAX);
}

/*
 * Append the words of buf, which we->we_strings takes over.  The earlier
 * strings move, and with them the pointers to them.
 */
static int
append(wordexp_t *we, const char *buf, size_t len)
{
	const char *p;
	char **wordv, *strings, *s;
	size_t count = 0, first, i, slots;

	for (p = buf; p < buf + len; p += strlen(p) + 1)
		count++;
	slots = we->we_offs + we->we_wordc;
	first = slots;
	strings = malloc(we->we_nbytes + len + 1);
	wordv = calloc(slots + count + 1, sizeof(*wordv));
	if (strings == NULL || wordv == NULL) {
		free(strings);
		free(wordv);
		return (WRDE_NOSPACE);
	}
	if (we->we_nbytes != 0)
		memcpy(strings, we->we_strings, we->we_nbytes);
	memcpy(strings + we->we_nbytes, buf, len);
	for (i = we->we_offs; i < first; i++)
		wordv[i] = strings + (we->we_wordv[i] - we->we_strings);
	s = strings + we->we_nbytes;
	for (i = first; i < first + count; i++) {
		wordv[i] = s;
		s += strlen(s) + 1;
	}
	free(we->we_strings);
	free(we->we_wordv);
	we->we_strings = strings;
	we->we_nbytes += len;
	we->we_wordv = wordv;
	we->we_wordc += count;
	return (0);
}

int
wordexp(const char *restrict words, wordexp_t *restrict we, int flags)
{
	char *buf;
	size_t len;
	int error;

	if ((flags & WRDE_REUSE) != 0)
		wordfree(we);
	if ((flags & WRDE_APPEND) == 0) {
		we->we_wordc = we->we_nbytes = 0;
		we->we_wordv = NULL;
		we->we_strings = NULL;
		if ((flags & WRDE_DOOFFS) == 0)
			we->we_offs = 0;
	}
	if ((error = check(words, flags)) != 0 ||
	    (error = ask_shell(words, flags, &buf, &len)) != 0)
		return (error);
	error = append(we, buf, len);
	free(buf);
	return (error);
}

void
wordfree(wordexp_t *we)
{
	free(we->we_wordv);
	free(we->we_strings);
	we->we_wordv = NULL;
	we->we_strings = NULL;
	we->we_nbytes = 0;
	we->we_wordc = 0;
}
