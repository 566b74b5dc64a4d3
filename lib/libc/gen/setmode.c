/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Symbolic modes: "u+rw,go-w", or octal.
 *
 * setmode() compiles a mode into commands that getmode() applies to the
 * mode of a file; the result is freed by the caller.
 */
#include <sys/types.h>
#include <sys/stat.h>
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STANDARD_BITS	(S_ISUID | S_ISGID | S_IRWXU | S_IRWXG | S_IRWXO)
#define ALL_BITS	(STANDARD_BITS | S_ISTXT)

struct mode_cmd {
	char	op;		/* + - =, 0 ends */
	char	copy;		/* u, g, o: bits of that class; 0 */
	bool	if_exec;	/* X */
	mode_t	who;		/* bits that may change */
	mode_t	bits;
};

static mode_t
current_umask(void)
{
	sigset_t all, old;
	mode_t mask;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &old);
	mask = umask(0);
	umask(mask);
	sigprocmask(SIG_SETMASK, &old, NULL);
	return (mask);
}

/* "ugoa"; 0 if none is given. */
static mode_t
parse_who(const char **pp)
{
	mode_t who = 0;

	for (;; (*pp)++) {
		switch (**pp) {
		case 'u':
			who |= S_ISUID | S_IRWXU;
			break;
		case 'g':
			who |= S_ISGID | S_IRWXG;
			break;
		case 'o':
			who |= S_IRWXO;
			break;
		case 'a':
			who |= STANDARD_BITS;
			break;
		default:
			return (who);
		}
	}
}

/* "rwxXst" or one of "ugo", behind an operator. */
static void
parse_perm(const char **pp, struct mode_cmd *cmd)
{
	const char *p = *pp;

	if (*p == 'u' || *p == 'g' || *p == 'o') {
		cmd->copy = *p;
		*pp = p + 1;
		return;
	}
	for (;; p++) {
		switch (*p) {
		case 'r':
			cmd->bits |= S_IRUSR | S_IRGRP | S_IROTH;
			break;
		case 'w':
			cmd->bits |= S_IWUSR | S_IWGRP | S_IWOTH;
			break;
		case 'x':
			cmd->bits |= S_IXUSR | S_IXGRP | S_IXOTH;
			break;
		case 'X':
			cmd->if_exec = true;
			break;
		case 's':
			cmd->bits |= S_ISUID | S_ISGID;
			break;
		case 't':
			cmd->bits |= S_ISTXT;
			cmd->who |= S_ISTXT;
			break;
		default:
			*pp = p;
			return;
		}
	}
}

void *
setmode(const char *p)
{
	struct mode_cmd *cmds, *cmd;
	mode_t who, mask;
	char *end;
	long octal;

	cmds = calloc(strlen(p) + 3, sizeof(*cmds));
	if (cmds == NULL)
		return (NULL);
	if (isdigit((unsigned char)*p)) {
		octal = strtol(p, &end, 8);
		if (*end != '\0' || octal < 0 ||
		    (octal & ~(long)ALL_BITS) != 0)
			goto invalid;
		cmds[0].op = '=';
		cmds[0].who = ALL_BITS;
		cmds[0].bits = (mode_t)octal;
		return (cmds);
	}
	mask = current_umask();
	for (cmd = cmds; ; p++) {
		who = parse_who(&p);
		if (*p != '+' && *p != '-' && *p != '=')
			goto invalid;
		while (*p == '+' || *p == '-' || *p == '=') {
			cmd->op = *p++;
			cmd->who = who != 0 ? who : STANDARD_BITS & ~mask;
			parse_perm(&p, cmd);
			if (who == 0 && cmd->op == '=')
				cmd->who |= STANDARD_BITS & mask,
				cmd->bits &= ~mask;
			cmd++;
		}
		if (*p == '\0')
			return (cmds);
		if (*p != ',')
			goto invalid;
	}
invalid:
	free(cmds);
	errno = EINVAL;
	return (NULL);
}

mode_t
getmode(const void *set, mode_t mode)
{
	const struct mode_cmd *cmd;
	mode_t bits, class, result = mode;

	for (cmd = set; cmd->op != '\0'; cmd++) {
		bits = cmd->bits;
		if (cmd->if_exec && (S_ISDIR(mode) ||
		    (result & (S_IXUSR | S_IXGRP | S_IXOTH)) != 0))
			bits |= S_IXUSR | S_IXGRP | S_IXOTH;
		if (cmd->copy != '\0') {
			class = cmd->copy == 'u' ? result >> 6 :
			    cmd->copy == 'g' ? result >> 3 : result;
			class &= S_IRWXO;
			bits |= class | class << 3 | class << 6;
		}
		bits &= cmd->who;
		switch (cmd->op) {
		case '+':
			result |= bits;
			break;
		case '-':
			result &= ~bits;
			break;
		case '=':
			result = (result & ~cmd->who) | bits;
			break;
		}
	}
	return (result);
}
