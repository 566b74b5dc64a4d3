/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C library and the run-time linker under threads: lines of several
 * writers stay whole, opening and closing libraries runs beside symbol
 * look-ups, stack walks and thread-local data, conversions do not share state.
 */
#include <sys/types.h>
#include <dlfcn.h>
#include <link.h>
#include <locale.h>
#include <pthread.h>
#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tap.h"		/* tap-libs: -lpthread */

#define THREADS	6
#define LINES	2000
#define ROUNDS	60

static FILE	*shared;
static int	failures;
static volatile int stop;
static __thread int mine = 7;
static __thread char mine_big[5000];

static void
fail(void)
{
	__atomic_fetch_add(&failures, 1, __ATOMIC_RELAXED);
}

static void *
writer(void *arg)
{
	int id = (int)(intptr_t)arg, i;

	for (i = 0; i < LINES; i++)
		fprintf(shared, "<%d:%d:%s>\n", id, i, "some text between");
	return (NULL);
}

static int
count_lines(const char *path)
{
	int next[THREADS] = { 0 }, id, n, total = 0;
	char line[128], tail[8];
	FILE *fp = fopen(path, "r");

	while (fp != NULL && fgets(line, sizeof(line), fp) != NULL) {
		if (sscanf(line, "<%d:%d:some text between%7s", &id, &n,
		    tail) != 3 || strcmp(tail, ">") != 0 || id < 0 ||
		    id >= THREADS || next[id]++ != n)
			return (-1);
		total++;
	}
	if (fp != NULL)
		fclose(fp);
	return (total);
}

static void
run(void *(*fn)(void *), int n)
{
	pthread_t t[THREADS];
	int i;

	for (i = 0; i < n; i++) {
		if (pthread_create(&t[i], NULL, fn, (void *)(intptr_t)i) != 0)
			abort();
	}
	for (i = 0; i < n; i++)
		pthread_join(t[i], NULL);
}

static int
count(struct dl_phdr_info *info, size_t size, void *arg)
{
	++*(int *)arg;
	return (0);
}

/* Even threads open and close, odd ones look around meanwhile. */
static void *
loader(void *arg)
{
	int id = (int)(intptr_t)arg, i, n;
	const char *(*fn)(int);
	void *h;

	for (i = 0; i < ROUNDS; i++) {
		if (id % 2 == 0) {
			h = dlopen("libutil.so.4", RTLD_LAZY);
			if (h == NULL) {
				fail();
				continue;
			}
			*(void **)&fn = dlsym(h, "uu_lockerr");
			if (fn == NULL || *fn(0) != '\0')
				fail();
			dlclose(h);
		} else {
			n = 0;
			dl_iterate_phdr(count, &n);
			if (n < 3 || dlsym(RTLD_DEFAULT, "qsort") == NULL ||
			    dlsym(RTLD_DEFAULT, "no_such") != NULL)
				fail();
		}
	}
	return (NULL);
}

static void *
tls_user(void *arg)
{
	int id = (int)(intptr_t)arg, i;

	if (mine != 7 || mine_big[4999] != 0)
		fail();
	mine = id;
	mine_big[4999] = (char)id;
	for (i = 0; i < 100; i++) {
		sched_yield();
		if (mine != id || mine_big[4999] != (char)id)
			fail();
	}
	return (NULL);
}

static void *
converter(void *arg)
{
	int id = (int)(intptr_t)arg, i;
	char buf[128], want[32], pwbuf[1024];
	struct passwd pw, *res;
	struct tm tm;
	time_t t;

	for (i = 0; i < 300; i++) {
		t = id * 86400L + i;
		gmtime_r(&t, &tm);
		strftime(buf, sizeof(buf), "%d %S", &tm);
		snprintf(want, sizeof(want), "%02d %02d", id + 1, i % 60);
		if (strcmp(buf, want) != 0)
			fail();
		snprintf(buf, sizeof(buf), "%.17g", id + i / 7.0);
		if (strtod(buf, NULL) != id + i / 7.0)
			fail();
		if (i % 50 == 0 && (getpwuid_r(0, &pw, pwbuf, sizeof(pwbuf),
		    &res) != 0 || res == NULL ||
		    strcmp(pw.pw_name, "root") != 0))
			fail();
	}
	return (NULL);
}

int
main(void)
{
	char path[] = "/tmp/libc_threads.XXXXXX";

	shared = fdopen(mkstemp(path), "w");
	run(writer, THREADS);
	fclose(shared);
	ok(count_lines(path) == THREADS * LINES, "lines_stay_whole");
	unlink(path);
	run(loader, THREADS);
	ok(failures == 0, "dlopen_beside_lookups");
	failures = 0;
	run(tls_user, THREADS);
	ok(failures == 0, "thread_local_data");
	failures = 0;
	run(converter, THREADS);
	ok(failures == 0, "conversions_in_threads");
	return (tap_done());
}
