/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kdump - show what ktrace(1) has recorded
 *
 * usage: kdump [-dHlnRT] [-f file] [-m bytes] [-p pid] [-t points]
 */
#include <sys/types.h>
#include <sys/ktrace.h>
#include <sys/time.h>
#include <ctype.h>
#include <err.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "points.h"
#include "sysdecode.h"

static bool decimal, follow, fancy = true, relative, absolute, tids;
static long maxdata = -1;
static pid_t only_pid = -1;
static int points = KTRFAC_MASK;

/* Before the data of KTR_GENIO. */
struct genio {
	int	fd;
	int	rw;
};

static void __dead2
usage(void)
{
	fprintf(stderr, "usage: kdump [-dHlnRT] [-f file] [-m bytes] "
	    "[-p pid] [-t cnisuw+]\n");
	exit(EX_USAGE);
}

static int
parse_points(const char *s)
{
	int facs = ktrace_points(s);

	if (facs == -1)
		usage();
	return (facs);
}

static void
dump_call(const struct ktr_syscall *k)
{
	const char *name = sysdecode_name(k->ktr_code);
	int i;

	if (name != NULL)
		printf("%s", name);
	else
		printf("[%d]", k->ktr_code);
	putchar('(');
	for (i = 0; i < k->ktr_narg; i++) {
		if (i != 0)
			putchar(',');
		if (!fancy)
			printf(decimal ? "%ld" : "%#lx", (long)k->ktr_args[i]);
		else
			sysdecode_arg(stdout, k->ktr_code, i,
			    k->ktr_args[i]);
	}
	printf(")\n");
}

static void
dump_result(const struct ktr_sysret *k)
{
	const char *name = sysdecode_name(k->ktr_code);

	if (name != NULL)
		printf("%s ", name);
	else
		printf("[%d] ", k->ktr_code);
	if (!fancy && k->ktr_error == 0)
		printf(decimal ? "%ld" : "%#lx", (long)k->ktr_retval);
	else
		sysdecode_result(stdout, k->ktr_code, k->ktr_error,
		    k->ktr_retval);
	putchar('\n');
}

/* Text, in lines that begin with a tab. */
static void
dump_data(const char *p, size_t n)
{
	size_t i;
	bool start = true;

	if (maxdata >= 0 && n > (size_t)maxdata)
		n = maxdata;
	for (i = 0; i < n; i++) {
		if (start)
			printf(i == 0 ? "       \"" : "\t");
		start = p[i] == '\n';
		if (start || p[i] == '\t')
			putchar(p[i]);
		else
			sysdecode_bytes(stdout, p + i, 1);
	}
	if (start && n != 0)
		printf("       ");
	printf("\"\n");
}

static void
dump_genio(const char *buf, size_t len)
{
	struct genio g;

	memcpy(&g, buf, sizeof(g));
	printf("fd %d %s %zu bytes\n", g.fd, g.rw == 0 ? "read" : "wrote",
	    len - sizeof(g));
	if (maxdata != 0 && len > sizeof(g))
		dump_data(buf + sizeof(g), len - sizeof(g));
}

static void
dump_signal(const struct ktr_psig *k)
{
	printf("%s ", sysdecode_signal(k->signo));
	if (k->action == SIG_DFL)
		printf("SIG_DFL");
	else
		printf("caught handler=%#lx mask=0x%x",
		    (unsigned long)k->action, k->mask.__bits[0]);
	if (k->code != 0)
		printf(" code=%#x", k->code);
	putchar('\n');
}

/* A record of the run-time linker (LD_UTRACE). */
static bool
dump_rtld(const char *p, size_t n)
{
	static const char *events[] = { "?", "dlopen", "dlopen returns",
	    "dlclose", "dlclose returns", "load", "unload", "needs",
	    "preload finished", "init", "fini" };
	struct {
		char	sig[4];
		int	event;
		void	*handle, *mapbase;
		size_t	mapsize;
		int	refcnt;
		char	name[MAXPATHLEN];
	} u;

	if (n != sizeof(u) || memcmp(p, "RTLD", 4) != 0)
		return (false);
	memcpy(&u, p, sizeof(u));
	printf("RTLD: %s", events[u.event > 0 && u.event <= 10 ? u.event :
	    0]);
	if (u.name[0] != '\0')
		printf(" %.*s", (int)sizeof(u.name), u.name);
	if (u.mapbase != NULL)
		printf(" at %p, %zu bytes", u.mapbase, u.mapsize);
	putchar('\n');
	return (true);
}

static void
dump_user(const char *p, size_t n)
{
	size_t i;

	if (dump_rtld(p, n))
		return;
	for (i = 0; i < n && (isprint((unsigned char)p[i]) || p[i] == 0);
	    i++)
		;
	if (i == n) {
		sysdecode_bytes(stdout, p, n);
	} else {
		printf("%zu", n);
		for (i = 0; i < n; i++)
			printf(" %02x", (unsigned char)p[i]);
	}
	putchar('\n');
}

static void
dump_head(const struct ktr_header *h, struct timeval *last)
{
	static const char *const names[] = { "????", "CALL", "RET ", "NAMI",
	    "GIO ", "PSIG", "CSW ", "USER" };
	struct timeval tv = h->ktr_time;
	int type = h->ktr_type;

	printf("%6d", h->ktr_pid);
	if (tids || (h->ktr_flags & KTRH_THREADED))
		printf(":%-3d", h->ktr_tid);
	printf(" %-8.*s ", (int)sizeof(h->ktr_comm) - 1, h->ktr_comm);
	if (relative) {
		if (last->tv_sec == 0 && last->tv_usec == 0)
			*last = tv;
		timersub(&h->ktr_time, last, &tv);
		*last = h->ktr_time;
	}
	if (relative || absolute)
		printf("%ld.%06ld ", (long)tv.tv_sec, (long)tv.tv_usec);
	printf("%s  ", names[type >= 1 && type <= 7 ? type : 0]);
}

static bool
wanted(const struct ktr_header *h)
{
	return ((points & (1 << h->ktr_type)) != 0 &&
	    (only_pid == -1 || only_pid == h->ktr_pid));
}

static void
dump(const struct ktr_header *h, const char *buf)
{
	static struct timeval last;
	struct ktr_csw csw;

	dump_head(h, &last);
	switch (h->ktr_type) {
	case KTR_SYSCALL:
		dump_call((const void *)buf);
		break;
	case KTR_SYSRET:
		dump_result((const void *)buf);
		break;
	case KTR_NAMEI:
		printf("\"%.*s\"\n", h->ktr_len, buf);
		break;
	case KTR_GENIO:
		dump_genio(buf, h->ktr_len);
		break;
	case KTR_PSIG:
		dump_signal((const void *)buf);
		break;
	case KTR_CSW:
		memcpy(&csw, buf, sizeof(csw));
		printf("%s %s\n", csw.out ? "stop" : "resume",
		    csw.user ? "user" : "kernel");
		break;
	case KTR_USER:
		dump_user(buf, h->ktr_len);
		break;
	default:
		printf("type %d, %d bytes\n", h->ktr_type, h->ktr_len);
		break;
	}
}

/* At the end of the file more may come (-l). */
static bool
get(FILE *f, void *buf, size_t n)
{
	size_t got = 0;

	for (;;) {
		got += fread((char *)buf + got, 1, n - got, f);
		if (got == n)
			return (true);
		if (!follow)
			return (false);
		fflush(stdout);
		clearerr(f);
		sleep(1);
	}
}

int
main(int argc, char **argv)
{
	const char *file = "ktrace.out";
	struct ktr_header h;
	char *buf = NULL;
	size_t size = 0;
	FILE *f;
	int ch;

	while ((ch = getopt(argc, argv, "df:Hlm:np:Rt:T")) != -1) {
		switch (ch) {
		case 'd':
			decimal = true;
			break;
		case 'f':
			file = optarg;
			break;
		case 'H':
			tids = true;
			break;
		case 'l':
			follow = true;
			break;
		case 'm':
			maxdata = strtol(optarg, NULL, 10);
			break;
		case 'n':
			fancy = false;
			break;
		case 'p':
			only_pid = (pid_t)strtol(optarg, NULL, 10);
			break;
		case 'R':
			relative = true;
			break;
		case 't':
			points = parse_points(optarg);
			break;
		case 'T':
			absolute = true;
			break;
		default:
			usage();
		}
	}
	if (optind != argc)
		usage();
	f = strcmp(file, "-") == 0 ? stdin : fopen(file, "r");
	if (f == NULL)
		err(1, "%s", file);
	while (get(f, &h, sizeof(h))) {
		if (h.ktr_len < 0 || h.ktr_len > 1 << 24)
			errx(1, "%s: not a trace file", file);
		if ((size_t)h.ktr_len + sizeof(struct ktr_syscall) > size) {
			size = h.ktr_len + sizeof(struct ktr_syscall);
			buf = realloc(buf, size);
			if (buf == NULL)
				err(1, NULL);
		}
		memset(buf, 0, size);
		if (!get(f, buf, h.ktr_len))
			errx(1, "%s: ends within a record", file);
		if (wanted(&h))
			dump(&h, buf);
	}
	return (0);
}
