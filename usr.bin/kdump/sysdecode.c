/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls in text, for kdump(1) and truss(1).  How an argument is shown
 * follows from its type and name in the kernel's table of calls.
 */
#include <sys/param.h>
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "sysdecode.h"

struct arg {
	const char *type;
	const char *name;
};

static const struct call {
	const char *name;
	const char *result;
	struct arg args[SYSDECODE_ARGS];
} calls[] = {
#include "systable.h"
};

static const struct call *
find(int code)
{
	if (code < 0 || code >= (int)nitems(calls) ||
	    calls[code].name == NULL)
		return (NULL);
	return (&calls[code]);
}

const char *
sysdecode_name(int code)
{
	const struct call *c = find(code);

	return (c != NULL ? c->name : NULL);
}

static const struct arg *
find_arg(int code, int i)
{
	const struct call *c = find(code);

	if (c == NULL || i < 0 || i >= SYSDECODE_ARGS ||
	    c->args[i].type == NULL)
		return (NULL);
	return (&c->args[i]);
}

bool
sysdecode_is_path(int code, int i)
{
	static const char *const names[] = {
		"path", "path1", "path2", "fname", "from", "to", "link",
		"path_old", "path_new", "mntonname", "filename"
	};
	const struct arg *a = find_arg(code, i);
	size_t n;

	if (a == NULL || strstr(a->type, "char*") == NULL)
		return (false);
	for (n = 0; n < nitems(names); n++)
		if (strcmp(a->name, names[n]) == 0)
			return (true);
	return (false);
}

void
sysdecode_arg(FILE *f, int code, int i, long value)
{
	const struct arg *a = find_arg(code, i);
	const char *type = a != NULL ? a->type : "long";
	const char *name = a != NULL ? a->name : "";

	if (strchr(type, '*') != NULL || strcmp(type, "caddr_t") == 0)
		fprintf(f, value == 0 ? "NULL" : "%#lx", value);
	else if (strcmp(name, "mode") == 0 || strcmp(type, "mode_t") == 0)
		fprintf(f, "0%o", (unsigned)value);
	else if (strstr(name, "flag") != NULL)
		fprintf(f, "%#x", (unsigned)value);
	else if (strstr(name, "sig") != NULL && strcmp(type, "int") == 0)
		fprintf(f, "%s", sysdecode_signal((int)value));
	else if (strcmp(type, "int") == 0 || strcmp(type, "pid_t") == 0 ||
	    strcmp(type, "lwpid_t") == 0)
		fprintf(f, "%d", (int)value);
	else if (strncmp(type, "u_", 2) == 0 || strstr(type, "size_t") ||
	    strcmp(type, "uid_t") == 0 || strcmp(type, "gid_t") == 0)
		fprintf(f, "%lu", (unsigned long)value);
	else
		fprintf(f, "%ld", value);
}

void
sysdecode_result(FILE *f, int code, int error, long value)
{
	const struct call *c = find(code);

	if (error == -1) {
		fprintf(f, "RESTART");
	} else if (error == -2) {
		fprintf(f, "JUSTRETURN");
	} else if (error != 0) {
		fprintf(f, "-1 errno %d %s", error, strerror(error));
	} else if (c != NULL && (strchr(c->result, '*') != NULL ||
	    strcmp(c->result, "caddr_t") == 0)) {
		fprintf(f, "%#lx", value);
	} else if (c != NULL && strcmp(c->result, "int") == 0) {
		fprintf(f, "%d", (int)value);
	} else {
		fprintf(f, "%ld", value);
	}
}

const char *
sysdecode_signal(int sig)
{
	static char buf[32];
	int i;

	if (sig <= 0 || sig >= NSIG || sys_signame[sig] == NULL ||
	    sys_signame[sig][0] == '\0') {
		snprintf(buf, sizeof(buf), sig == 0 ? "0" : "SIG %d", sig);
		return (buf);
	}
	snprintf(buf, sizeof(buf), "SIG%s", sys_signame[sig]);
	for (i = 3; buf[i] != '\0'; i++)
		buf[i] = toupper((unsigned char)buf[i]);
	return (buf);
}

void
sysdecode_bytes(FILE *f, const char *p, size_t n)
{
	for (; n > 0; p++, n--) {
		unsigned char c = *p;

		switch (c) {
		case '\n':
			fputs("\\n", f);
			break;
		case '\t':
			fputs("\\t", f);
			break;
		case '\r':
			fputs("\\r", f);
			break;
		case '\0':
			fputs("\\0", f);
			break;
		case '"':
		case '\\':
			fprintf(f, "\\%c", c);
			break;
		default:
			if (isprint(c))
				putc(c, f);
			else
				fprintf(f, "\\x%02x", c);
		}
	}
}
