/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jail - run a command in a new jail
 *
 * usage: jail [-i] [-l -u user | -u user | -U user] path hostname ip-list
 *        command [argument ...]
 */
#include <sys/types.h>
#include <sys/jail.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <err.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: jail [-il] [-u user | -U user] path hostname "
	    "ip-list command [argument ...]\n");
	exit(EX_USAGE);
}

/* Addresses between commas; an empty list is all right. */
static uint32_t
parse_ips(char *list, struct sockaddr_storage **ips)
{
	struct sockaddr_storage *ss = NULL;
	struct sockaddr_in *sin;
	struct sockaddr_in6 *sin6;
	uint32_t n = 0;
	char *s;

	while ((s = strsep(&list, ",")) != NULL) {
		if (*s == '\0')
			continue;
		ss = realloc(ss, (n + 1) * sizeof(*ss));
		if (ss == NULL)
			err(1, NULL);
		memset(&ss[n], 0, sizeof(*ss));
		sin = (struct sockaddr_in *)&ss[n];
		sin6 = (struct sockaddr_in6 *)&ss[n];
		if (inet_pton(AF_INET, s, &sin->sin_addr) == 1) {
			sin->sin_family = AF_INET;
			sin->sin_len = sizeof(*sin);
		} else if (inet_pton(AF_INET6, s, &sin6->sin6_addr) == 1) {
			sin6->sin6_family = AF_INET6;
			sin6->sin6_len = sizeof(*sin6);
		} else {
			errx(EX_USAGE, "%s: not an address", s);
		}
		n++;
	}
	*ips = ss;
	return (n);
}

static struct passwd *
lookup(const char *user)
{
	struct passwd *pw = getpwnam(user);

	if (pw == NULL)
		errx(EX_NOUSER, "%s: no such user", user);
	return (pw);
}

static void
become(const struct passwd *pw)
{
	if (initgroups(pw->pw_name, pw->pw_gid) != 0 ||
	    setgid(pw->pw_gid) != 0 || setuid(pw->pw_uid) != 0)
		err(1, "%s", pw->pw_name);
}

/* -l: an environment as after login(1). */
static void
clean_environment(const struct passwd *pw)
{
	static char *empty[] = { NULL };
	extern char **environ;
	char *term = getenv("TERM");

	environ = empty;
	setenv("HOME", pw != NULL ? pw->pw_dir : "/", 1);
	setenv("SHELL", pw != NULL ? pw->pw_shell : "/bin/sh", 1);
	setenv("USER", pw != NULL ? pw->pw_name : "root", 1);
	setenv("PATH", "/sbin:/bin:/usr/sbin:/usr/bin", 1);
	if (term != NULL)
		setenv("TERM", term, 1);
}

int
main(int argc, char **argv)
{
	const char *inside = NULL, *outside = NULL;
	bool clean = false, print = false;
	struct passwd *pw = NULL;
	struct jail j = { .version = 1 };
	int ch, id;

	while ((ch = getopt(argc, argv, "+ilu:U:")) != -1) {
		switch (ch) {
		case 'i':
			print = true;
			break;
		case 'l':
			clean = true;
			break;
		case 'u':
			outside = optarg;
			break;
		case 'U':
			inside = optarg;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (argc < 4 || (inside != NULL && outside != NULL))
		usage();
	if (outside != NULL)
		pw = lookup(outside);
	j.path = argv[0];
	j.hostname = argv[1];
	j.n_ips = parse_ips(argv[2], &j.ips);
	if (chdir(j.path) != 0)
		err(1, "%s", j.path);
	id = jail(&j);
	if (id == -1)
		err(1, "%s", j.path);
	if (print) {
		printf("%d\n", id);
		fflush(stdout);
	}
	if (inside != NULL)
		pw = lookup(inside);
	if (clean)
		clean_environment(pw);
	if (pw != NULL)
		become(pw);
	execvp(argv[3], argv + 3);
	err(1, "%s", argv[3]);
}
