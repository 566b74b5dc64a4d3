/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Time of day, time up, users and load; see uptime.h.
 */
#include <sys/types.h>
#include <sys/time.h>

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "uptime.h"

static void
print_up(time_t up)
{
	time_t days, hours, mins;

	up = up > 60 ? up + 30 : up;
	days = up / 86400;
	hours = up % 86400 / 3600;
	mins = up % 3600 / 60;
	printf(" up");
	if (days > 0)
		printf(" %jd day%s,", (intmax_t)days, days > 1 ? "s" : "");
	if (hours > 0 && mins > 0)
		printf(" %2jd:%02jd,", (intmax_t)hours, (intmax_t)mins);
	else if (hours > 0)
		printf(" %jd hr%s,", (intmax_t)hours, hours > 1 ? "s" : "");
	else if (mins > 0)
		printf(" %jd min%s,", (intmax_t)mins, mins > 1 ? "s" : "");
	else
		printf(" %jd sec%s,", (intmax_t)up % 60,
		    up % 60 != 1 ? "s" : "");
}

void
uptime_print(int users, int clock24)
{
	time_t now = time(NULL);
	struct timespec up;
	double load[3];
	char text[32];
	int n, i;

	strftime(text, sizeof(text), clock24 ? "%k:%M" : "%l:%M%p",
	    localtime(&now));
	printf("%s ", text);
	if (clock_gettime(CLOCK_UPTIME, &up) == 0)
		print_up(up.tv_sec);
	printf(" %d user%s", users, users == 1 ? "" : "s");
	n = getloadavg(load, 3);
	if (n <= 0) {
		printf(", no load average information available\n");
		return;
	}
	printf(", load averages:");
	for (i = 0; i < n; i++)
		printf("%s %.2f", i > 0 ? "," : "", load[i]);
	putchar('\n');
}
