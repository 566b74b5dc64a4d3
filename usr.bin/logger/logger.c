/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * logger - make entries in the system log
 *
 * usage: logger [-is] [-f file] [-p priority] [-t tag] [message ...]
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define SYSLOG_NAMES
#include <syslog.h>
#include <unistd.h>

static void
usage(void)
{
	fprintf(stderr, "usage: logger [-is] [-f file] [-p priority] "
	    "[-t tag] [message ...]\n");
	exit(1);
}

static int
lookup(const CODE *table, const char *name)
{
	for (; table->c_name != NULL; table++) {
		if (strcasecmp(table->c_name, name) == 0)
			return (table->c_val);
	}
	return (-1);
}

/* "facility.level" or "level". */
static int
priority(char *text)
{
	char *dot = strchr(text, '.');
	int fac = LOG_USER, level;

	if (dot != NULL) {
		*dot++ = '\0';
		fac = lookup(facilitynames, text);
		if (fac < 0)
			errx(1, "unknown facility name: %s", text);
		text = dot;
	}
	level = lookup(prioritynames, text);
	if (level < 0)
		errx(1, "unknown priority name: %s", text);
	/* Only the kernel speaks for the kernel. */
	if (fac == LOG_KERN)
		fac = LOG_USER;
	return (fac | level);
}

static void
log_words(int pri, char **argv)
{
	char buf[1024];
	size_t n = 0;

	for (; *argv != NULL; argv++) {
		/* A line holds so much; a longer word has one of its own. */
		if (n > 0 && n + strlen(*argv) + 1 >= sizeof(buf)) {
			syslog(pri, "%s", buf);
			n = 0;
		}
		if (strlen(*argv) >= sizeof(buf) - 1) {
			syslog(pri, "%s", *argv);
			continue;
		}
		n += (size_t)snprintf(buf + n, sizeof(buf) - n, "%s%s",
		    n > 0 ? " " : "", *argv);
	}
	if (n > 0)
		syslog(pri, "%s", buf);
}

int
main(int argc, char **argv)
{
	int c, options = 0, pri = LOG_USER | LOG_NOTICE;
	char *line = NULL, *tag = NULL;
	size_t size = 0;

	while ((c = getopt(argc, argv, "f:ip:st:")) != -1) {
		switch (c) {
		case 'f':
			if (freopen(optarg, "r", stdin) == NULL)
				err(1, "%s", optarg);
			break;
		case 'i':
			options |= LOG_PID;
			break;
		case 'p':
			pri = priority(optarg);
			break;
		case 's':
			options |= LOG_PERROR;
			break;
		case 't':
			tag = optarg;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	openlog(tag != NULL ? tag : getlogin(), options, 0);
	if (argc > 0) {
		log_words(pri, argv);
		return (0);
	}
	while (getline(&line, &size, stdin) >= 0) {
		line[strcspn(line, "\n")] = '\0';
		syslog(pri, "%s", line);
	}
	free(line);
	return (0);
}
