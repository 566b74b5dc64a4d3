/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Catalogues, money, symbols, character sets, halted threads, what set-id
 * programs believe of their environment, databases.
 */
#include <sys/types.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <arpa/inet.h>
#include <db.h>
#include <errno.h>
#include <fcntl.h>
#include <fmtmsg.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <monetary.h>
#include <ndbm.h>
#include <netdb.h>
#include <nl_types.h>
#include <nlist.h>
#include <pthread.h>
#include <pthread_np.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wctype.h>

/* tap-libs: -pthread */
#include "tap.h"

static void
catalogues(void)
{
	nl_catd cat;
	FILE *fp = fopen("/tmp/m.msg", "w");

	fputs("$quote \"\n$set 2\n1 \"one\\n\"\n3 three\n$set 7\n"
	    "5 long \\\nline\n", fp);
	fclose(fp);
	ok(system("gencat /tmp/m.cat /tmp/m.msg") == 0, "gencat");
	cat = catopen("/tmp/m.cat", 0);
	ok(cat != (nl_catd)-1 && strcmp(catgets(cat, 2, 1, "-"), "one\n") ==
	    0 && strcmp(catgets(cat, 2, 3, "-"), "three") == 0 &&
	    strcmp(catgets(cat, 7, 5, "-"), "long line") == 0, "catgets");
	ok(strcmp(catgets(cat, 2, 2, "none"), "none") == 0 &&
	    strcmp(catgets(cat, 9, 1, "none"), "none") == 0,
	    "catgets_of_what_is_not_there");
	catclose(cat);
	/* Merging keeps what was there. */
	ok(system("printf '$set 2\\n1 uno\\n3\\n' | gencat /tmp/m.cat -") ==
	    0 && (cat = catopen("/tmp/m.cat", 0)) != (nl_catd)-1 &&
	    strcmp(catgets(cat, 2, 1, "-"), "uno") == 0 &&
	    strcmp(catgets(cat, 2, 3, "-"), "-") == 0 &&
	    strcmp(catgets(cat, 7, 5, "-"), "long line") == 0,
	    "gencat_merges");
	setenv("NLSPATH", "/nonexistent/%N:/tmp/%N.%l", 1);
	ok(catopen("m.cat", 0) == (nl_catd)-1 && errno == ENOENT,
	    "catopen_follows_nlspath");
}

static void
money(void)
{
	/* A compiler that checks formats does not know all of these. */
	const char *fmt = "%!.1n|%(!n|%!=*#6.0n|%!-10n|";
	char buf[64];

	ok(strfmon(buf, sizeof(buf), "[%n] %%", 1234.567) == 11 &&
	    strcmp(buf, "[1234.57] %") == 0, "strfmon_counts");
	strfmon(buf, sizeof(buf), fmt, 2.25, -3.5, 42.0, 1.0);
	ok(strcmp(buf, "2.2|(3.50)|****42|1.00      |") == 0, "strfmon");
	ok(strfmon(buf, 3, "%n", 100.0) == -1 && errno == E2BIG,
	    "strfmon_without_room");
}

static void
symbols(void)
{
	struct nlist list[] = { { .n_un.n_name = "getpid" },
	    { .n_un.n_name = "no_such_symbol" }, { .n_un.n_name = NULL } };

	ok(nlist("/lib/libc.so.8", list) == 1 && list[0].n_value != 0 &&
	    (list[0].n_type & N_TYPE) == N_TEXT && list[1].n_type == 0,
	    "nlist");
	ok(nlist("/etc/passwd", list) == -1, "nlist_of_no_program");
}

static void
character_sets(void)
{
	char in[] = "\xcd\xc9\xd2", out[16], *p = in, *q = out;
	size_t n = 3, room = sizeof(out);
	iconv_t cd = iconv_open("UTF-8", "KOI8-R");

	ok(cd != (iconv_t)-1 && iconv(cd, &p, &n, &q, &room) == 0 &&
	    q - out == 6 && memcmp(out, "\xd0\xbc\xd0\xb8\xd1\x80", 6) == 0,
	    "iconv_from_koi8");
	ok(setlocale(LC_ALL, "ru_RU.KOI8-R") != NULL &&
	    strcmp(nl_langinfo(CODESET), "KOI8-R") == 0 && MB_CUR_MAX == 1 &&
	    iswalpha(0xcd) && towupper(0xcd) == 0xed, "an_8_bit_locale");
	setlocale(LC_ALL, "C");
	ok(system("printf '\\344' | iconv -f latin1 -t utf-8 | cksum > "
	    "/tmp/1; printf '\\303\\244' | cksum | cmp - /tmp/1") == 0,
	    "iconv_program");
}

static volatile unsigned long turns;

static void *
spin(void *arg)
{
	for (;;)
		turns++;
	return (arg);
}

static void
halted_threads(void)
{
	pthread_t t;
	unsigned long before;
	int i, still = 0;

	pthread_create(&t, NULL, spin, NULL);
	while (turns == 0)
		sched_yield();
	ok(pthread_suspend_np(t) == 0, "pthread_suspend_np");
	/* The halt takes effect at the thread's next signal. */
	for (i = 0; i < 200 && !still; i++) {
		before = turns;
		usleep(5000);
		still = before == turns;
	}
	ok(still, "a_halted_thread_stands_still");
	before = turns;
	pthread_resume_np(t);
	for (i = 0; i < 1000 && turns == before; i++)
		usleep(1000);
	ok(turns != before, "and_goes_on");
	ok(pthread_suspend_np(pthread_self()) == EDEADLK, "not_oneself");
}

/* A mutex, a condition and a barrier between a process and its child. */
static void
shared_objects(void)
{
	static struct {
		pthread_mutex_t	m;
		pthread_cond_t	c;
		pthread_barrier_t b;
		int		count, ready;
	} *s;
	pthread_mutexattr_t ma;
	pthread_condattr_t ca;
	pthread_barrierattr_t ba;
	int i, status;
	pid_t pid;

	s = mmap(NULL, getpagesize(), PROT_READ | PROT_WRITE,
	    MAP_ANON | MAP_SHARED, -1, 0);
	pthread_mutexattr_init(&ma);
	pthread_condattr_init(&ca);
	pthread_barrierattr_init(&ba);
	ok(pthread_mutexattr_setpshared(&ma, PTHREAD_PROCESS_SHARED) == 0 &&
	    pthread_condattr_setpshared(&ca, PTHREAD_PROCESS_SHARED) == 0 &&
	    pthread_barrierattr_setpshared(&ba, PTHREAD_PROCESS_SHARED) == 0,
	    "process_shared_attributes");
	pthread_mutex_init(&s->m, &ma);
	pthread_cond_init(&s->c, &ca);
	pthread_barrier_init(&s->b, &ba, 2);
	pthread_mutex_lock(&s->m);
	pid = fork();
	if (pid == 0) {
		/* The parent's lock is not the child's. */
		if (pthread_mutex_unlock(&s->m) != EPERM ||
		    pthread_mutex_trylock(&s->m) != EBUSY)
			_exit(1);
		pthread_barrier_wait(&s->b);
		for (i = 0; i < 20000; i++) {
			pthread_mutex_lock(&s->m);
			s->count++;
			pthread_mutex_unlock(&s->m);
		}
		pthread_mutex_lock(&s->m);
		s->ready = 1;
		pthread_cond_signal(&s->c);
		pthread_mutex_unlock(&s->m);
		_exit(0);
	}
	pthread_barrier_wait(&s->b);
	pthread_mutex_unlock(&s->m);
	for (i = 0; i < 20000; i++) {
		pthread_mutex_lock(&s->m);
		s->count++;
		pthread_mutex_unlock(&s->m);
	}
	pthread_mutex_lock(&s->m);
	while (!s->ready)
		pthread_cond_wait(&s->c, &s->m);
	pthread_mutex_unlock(&s->m);
	waitpid(pid, &status, 0);
	ok(status == 0, "an_owner_is_of_one_process");
	ok(s->count == 40000, "a_mutex_between_processes");
}

/* The status of a program run as nobody with one more variable. */
static int
as_nobody(const char *program, const char *arg, const char *var)
{
	char *env[] = { (char *)(uintptr_t)var, NULL };
	int status, fd;
	pid_t pid = fork();

	if (pid == 0) {
		fd = open("/dev/null", O_RDWR);
		dup2(fd, 1);
		dup2(fd, 2);
		setgid(65534);
		setuid(65534);
		execle(program, program, arg, NULL, env);
		_exit(126);
	}
	waitpid(pid, &status, 0);
	return (WIFEXITED(status) ? WEXITSTATUS(status) : -1);
}

static void
set_id_environment(void)
{
	static const char *const vars[] = {
		"LD_PRELOAD=/tmp/none.so", "LD_LIBRARY_PATH=/tmp/badlib",
		"LD_LIBMAP=libutil.so.4=/tmp/none.so",
		"LD_ELF_HINTS_PATH=/tmp/badhints",
	};
	char name[128];
	FILE *fp;
	int i;

	mkdir("/tmp/badlib", 0755);
	fp = fopen("/tmp/badlib/libutil.so.4", "w");
	fputs("not a library\n", fp);
	fclose(fp);
	fp = fopen("/tmp/badlib/libc.so.8", "w");
	fputs("not a library\n", fp);
	fclose(fp);
	ok(as_nobody("/bin/echo", "x", vars[0]) != 0 &&
	    as_nobody("/bin/echo", "x", vars[1]) != 0,
	    "plain_programs_believe_LD");
	for (i = 0; i < 4; i++) {
		snprintf(name, sizeof(name), "set_id_programs_do_not: %.*s",
		    (int)strcspn(vars[i], "="), vars[i]);
		ok(as_nobody("/usr/bin/su", "-Q", vars[i]) == 64, name);
	}
}

static void
databases(void)
{
	datum k = { "key", 3 }, d = { "value", 5 }, r;
	DBM *db;

	unlink("/tmp/n.db");
	db = dbm_open("/tmp/n", O_RDWR | O_CREAT, 0644);
	ok(db != NULL && dbm_store(db, k, d, DBM_INSERT) == 0 &&
	    dbm_store(db, k, d, DBM_INSERT) == 1, "ndbm_store");
	dbm_close(db);
	db = dbm_open("/tmp/n", O_RDONLY, 0);
	r = dbm_fetch(db, k);
	ok(r.dsize == 5 && memcmp(r.dptr, "value", 5) == 0, "ndbm_fetch");
	dbm_close(db);
}

static void
files_and_names(void)
{
	struct servent *s = getservbyname("domain", "udp");
	struct stat st;
	int fd = open("/tmp/fa", O_RDWR | O_CREAT | O_TRUNC, 0644);

	ok(s != NULL && s->s_port == htons(53), "getservbyname");
	ok(posix_fallocate(fd, 0, 100000) == 0 && fstat(fd, &st) == 0 &&
	    st.st_size == 100000 && st.st_blocks * 512 >= 100000,
	    "posix_fallocate");
	ok(posix_fallocate(fd, -1, 1) == EINVAL &&
	    posix_fallocate(-1, 0, 1) == EBADF, "posix_fallocate_errors");
	close(fd);
	ok(sigblockall() == 0 && sigblockall() == 1 &&
	    sigunblockall() == 1 && sigunblockall() == 0, "sigblockall");
	ok(fmtmsg(MM_PRINT, "bad label", MM_ERROR, "x", "y", "z") ==
	    MM_NOTOK, "fmtmsg_checks_labels");
	ok(system("ldconfig -f /tmp/h /lib /usr/lib && ldconfig -f /tmp/h -r "
	    "| grep -q -- '-lc.8 => /lib/libc.so.8'") == 0, "ldconfig");
	ok(system("mkdir -m 777 /tmp/open; ldconfig -f /tmp/h /tmp/open 2>&1 "
	    "| grep -q 'ignoring world-writable directory'") == 0,
	    "ldconfig_wants_safe_directories");
}

int
main(void)
{
	setenv("PATH", "/bin:/sbin:/usr/bin:/usr/sbin", 1);
	catalogues();
	money();
	symbols();
	character_sets();
	halted_threads();
	shared_objects();
	set_id_environment();
	databases();
	files_and_names();
	return (tap_done());
}
