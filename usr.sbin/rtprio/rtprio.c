/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rtprio, idprio - real-time and idle priorities
 *
 * usage: rtprio
 *        rtprio [-]pid
 *        rtprio priority | -t command [argument ...]
 *        rtprio priority | -t -pid
 */
#include <sys/types.h>
#include <sys/rtprio.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void __dead2
usage(void)
{
	const char *p = getprogname();

	fprintf(stderr, "usage: %s\n       %s [-]pid\n"
	    "       %s priority command [args]\n"
	    "       %s priority -pid\n       %s -t command [args]\n"
	    "       %s -t -pid\n", p, p, p, p, p, p);
	exit(1);
}

static int
number(const char *text, int max, const char *what)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < 0 || n > max)
		errx(1, "%s must be between 0 and %d: %s", what, max, text);
	return ((int)n);
}

static void
show(pid_t pid)
{
	struct rtprio rtp;
	const char *name = getprogname();

	memset(&rtp, 0, sizeof(rtp));
	if (rtprio(RTP_LOOKUP, pid, &rtp) != 0)
		err(1, "rtprio");
	switch (rtp.type) {
	case RTP_PRIO_REALTIME:
		printf("%s: real time priority %d\n", name, rtp.prio);
		break;
	case RTP_PRIO_NORMAL:
		printf("%s: normal priority\n", name);
		break;
	case RTP_PRIO_IDLE:
		printf("%s: idle priority %d\n", name, rtp.prio);
		break;
	default:
		printf("%s: invalid priority type %d\n", name, rtp.type);
	}
}

int
main(int argc, char **argv)
{
	struct rtprio rtp;
	pid_t pid = 0;

	if (argc == 1) {
		show(0);
		return (0);
	}
	if (argc == 2) {
		show((pid_t)number(argv[1] + (argv[1][0] == '-'), 1 << 30,
		    "process id"));
		return (0);
	}
	memset(&rtp, 0, sizeof(rtp));
	if (strcmp(argv[1], "-t") == 0) {
		rtp.type = RTP_PRIO_NORMAL;
	} else {
		if (!isdigit((unsigned char)argv[1][0]))
			usage();
		rtp.type = strcmp(getprogname(), "idprio") == 0 ?
		    RTP_PRIO_IDLE : RTP_PRIO_REALTIME;
		rtp.prio = (u_short)number(argv[1], RTP_PRIO_MAX,
		    "priority");
	}
	if (argv[2][0] == '-')
		pid = (pid_t)number(argv[2] + 1, 1 << 30, "process id");
	if (rtprio(RTP_SET, pid, &rtp) != 0)
		err(1, "rtprio");
	if (pid == 0) {
		execvp(argv[2], argv + 2);
		err(errno == ENOENT ? 127 : 126, "%s", argv[2]);
	}
	return (0);
}
