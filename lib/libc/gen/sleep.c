/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sleeping and alarms.
 */
#include <sys/time.h>
#include <errno.h>
#include <limits.h>
#include <time.h>
#include <unistd.h>

unsigned int
sleep(unsigned int seconds)
{
	struct timespec ts, left;

	ts.tv_sec = seconds;
	ts.tv_nsec = 0;
	if (nanosleep(&ts, &left) == 0)
		return (0);
	if (errno != EINTR)
		return (seconds);
	return ((unsigned int)left.tv_sec + (left.tv_nsec != 0));
}

int
usleep(useconds_t useconds)
{
	struct timespec ts;

	ts.tv_sec = useconds / 1000000;
	ts.tv_nsec = (useconds % 1000000) * 1000L;
	return (nanosleep(&ts, NULL));
}

unsigned int
alarm(unsigned int seconds)
{
	struct itimerval it, old;

	timerclear(&it.it_interval);
	it.it_value.tv_sec = seconds;
	it.it_value.tv_usec = 0;
	if (setitimer(ITIMER_REAL, &it, &old) != 0)
		return (0);
	if (old.it_value.tv_usec != 0)
		old.it_value.tv_sec++;
	return ((unsigned int)old.it_value.tv_sec);
}

useconds_t
ualarm(useconds_t useconds, useconds_t interval)
{
	struct itimerval it, old;

	it.it_value.tv_sec = useconds / 1000000;
	it.it_value.tv_usec = useconds % 1000000;
	it.it_interval.tv_sec = interval / 1000000;
	it.it_interval.tv_usec = interval % 1000000;
	if (setitimer(ITIMER_REAL, &it, &old) != 0)
		return ((useconds_t)-1);
	return ((useconds_t)(old.it_value.tv_sec * 1000000 +
	    old.it_value.tv_usec));
}
