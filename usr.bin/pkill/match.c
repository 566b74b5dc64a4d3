/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Selection of processes; see match.h.
 */
#include <sys/param.h>
#include <sys/proc.h>
#include <sys/stat.h>

#include <err.h>
#include <grp.h>
#include <paths.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "match.h"
#include "proclist.h"

static long
terminal(const char *name)
{
	char path[MAXPATHLEN];
	struct stat st;

	if (strcmp(name, "-") == 0)
		return ((long)NODEV);
	snprintf(path, sizeof(path), _PATH_DEV "%s", name);
	if (stat(path, &st) != 0) {
		snprintf(path, sizeof(path), _PATH_TTY "%s", name);
		if (stat(path, &st) != 0)
			errx(EX_USAGE, "no such tty: %s", name);
	}
	if (!S_ISCHR(st.st_mode))
		errx(EX_USAGE, "not a character device: %s", path);
	return ((long)st.st_rdev);
}

static long
value(int letter, const char *word)
{
	struct passwd *pw;
	struct group *gr;
	char *end;
	long n;

	if (letter == 't')
		return (terminal(word));
	n = strtol(word, &end, 10);
	if (end != word && *end == '\0') {
		/* 0 stands for the caller's own. */
		if (n == 0 && letter == 'g')
			n = getpgrp();
		else if (n == 0 && letter == 's')
			n = getsid(0);
		return (n);
	}
	if ((letter == 'u' || letter == 'U') && (pw = getpwnam(word)) != NULL)
		return ((long)pw->pw_uid);
	if (letter == 'G' && (gr = getgrnam(word)) != NULL)
		return ((long)gr->gr_gid);
	if (letter == 'G')
		errx(EX_USAGE, "unknown group: %s", word);
	if (letter == 'u' || letter == 'U')
		errx(EX_USAGE, "unknown user: %s", word);
	errx(EX_USAGE, "invalid number: %s", word);
}

void
match_add(struct criteria *c, int letter, char *arg)
{
	struct numbers *n = letter == 'P' ? &c->ppids :
	    letter == 'g' ? &c->groups : letter == 's' ? &c->sessions :
	    letter == 't' ? &c->terminals : letter == 'u' ? &c->euids :
	    letter == 'U' ? &c->ruids : &c->rgids;
	char *word;

	while ((word = strsep(&arg, ", \t")) != NULL) {
		if (*word == '\0')
			continue;
		n->values = reallocarray(n->values, n->count + 1,
		    sizeof(*n->values));
		if (n->values == NULL)
			err(EX_OSERR, NULL);
		n->values[n->count++] = value(letter, word);
	}
	if (n->count == 0)
		errx(EX_USAGE, "-%c: nothing in the list", letter);
}

void
match_patterns(struct criteria *c, char **argv, int argc, int flags)
{
	char text[256];
	int i, rc;

	c->patterns = calloc((size_t)argc + 1, sizeof(*c->patterns));
	if (c->patterns == NULL)
		err(EX_OSERR, NULL);
	for (i = 0; i < argc; i++) {
		rc = regcomp(&c->patterns[i], argv[i], flags | REG_EXTENDED);
		if (rc != 0) {
			regerror(rc, &c->patterns[i], text, sizeof(text));
			errx(EX_USAGE, "bad expression: %s", text);
		}
	}
	c->npatterns = (size_t)argc;
}

static int
listed(const struct numbers *n, long v)
{
	size_t i;

	if (n->count == 0)
		return (1);
	for (i = 0; i < n->count; i++) {
		if (n->values[i] == v)
			return (1);
	}
	return (0);
}

static int
name_matches(const struct criteria *c, const struct kinfo_proc *kp)
{
	char args[PROCLIST_ARGS];
	const char *text = kp->kp_comm;
	regmatch_t m;
	size_t i;

	if (c->npatterns == 0)
		return (1);
	if (c->whole_args) {
		proclist_args(kp, args, sizeof(args));
		text = args;
	}
	for (i = 0; i < c->npatterns; i++) {
		if (regexec(&c->patterns[i], text, 1, &m, 0) != 0)
			continue;
		if (!c->exact || (m.rm_so == 0 &&
		    (size_t)m.rm_eo == strlen(text)))
			return (1);
	}
	return (0);
}

int
match_process(const struct criteria *c, const struct kinfo_proc *kp)
{
	if (kp->kp_stat == SZOMB)
		return (0);
	if (!c->kernel && (kp->kp_pid <= 0 ||
	    (kp->kp_flags & P_SYSTEM) != 0))
		return (0);
	return (listed(&c->ppids, kp->kp_ppid) &&
	    listed(&c->groups, kp->kp_pgid) &&
	    listed(&c->sessions, kp->kp_sid) &&
	    listed(&c->terminals, (kp->kp_flags & P_CONTROLT) != 0 ?
	    (long)kp->kp_tdev : (long)NODEV) &&
	    listed(&c->euids, (long)kp->kp_uid) &&
	    listed(&c->ruids, (long)kp->kp_ruid) &&
	    listed(&c->rgids, (long)kp->kp_rgid) && name_matches(c, kp));
}
