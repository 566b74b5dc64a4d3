/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C library as programs use it: formatted input and output, streams,
 * locales, time, regular expressions, accounts, mathematics.
 */
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <complex.h>
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <pwd.h>
#include <grp.h>
#include <regex.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#include "tap.h"

#define PATH	"/tmp/libc_basic.XXXXXX"

static int
prints(const char *want, const char *fmt, ...)
{
	char buf[512];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	if (n == (int)strlen(want) && strcmp(buf, want) == 0)
		return (1);
	printf("# got '%s' wanted '%s'\n", buf, want);
	return (0);
}

static void
test_printf(void)
{
	ok(prints("   42|42   |00042|+42|2a|0x2a", "%5d|%-5d|%05d|%+d|%x|%#x",
	    42, 42, 42, 42, 42, 42), "printf_integers");
	ok(prints("3.141593|1e-05|1.5|0.10000000000000001", "%f|%g|%.1f|%.17g",
	    M_PI, 0.00001, 1.5, 0.1), "printf_floating_point");
	ok(prints("0x1p+0|1e+4000", "%a|%Lg", 1.0, 1e4000L),
	    "printf_hex_and_long_double");
	ok(prints("b a", "%2$s %1$s", "a", "b"), "printf_positions");
	ok(prints("ab|   c|(null)", "%.2s|%4c|%s", "abc", 'c', (char *)NULL),
	    "printf_strings");
}

static void
test_scan(void)
{
	int a = 0, b = 0;
	char s[16], *end;
	double d = 0;

	ok(sscanf("12 0x1f abc 2.5", "%d %i %s %lf", &a, &b, s, &d) == 4 &&
	    a == 12 && b == 31 && d == 2.5, "sscanf");
	errno = 0;
	ok(strtod("1e999", NULL) == HUGE_VAL && errno == ERANGE,
	    "strtod_overflow");
	ok(strtod("0x1.8p3z", &end) == 12 && *end == 'z', "strtod_hex");
	ok(strtol("-0x10", NULL, 0) == -16 && strtoul("777", NULL, 8) == 511,
	    "strtol_bases");
}

static void
test_stream(void)
{
	char path[] = PATH, buf[64], *line = NULL;
	struct stat st;
	size_t size = 0;
	FILE *fp;
	int fd;

	fd = mkstemp(path);
	fp = fdopen(fd, "w+");
	ok(fp != NULL, "mkstemp_fdopen");
	if (fp == NULL)
		return;
	fprintf(fp, "line1\nline2\n%0500d\n", 7);
	rewind(fp);
	ok(fgets(buf, sizeof(buf), fp) != NULL &&
	    strcmp(buf, "line1\n") == 0 && ftell(fp) == 6, "fgets_ftell");
	ok(ungetc('Z', fp) == 'Z' && getc(fp) == 'Z' && getc(fp) == 'l',
	    "ungetc");
	fseek(fp, 6, SEEK_SET);
	ok(getline(&line, &size, fp) == 6 && getline(&line, &size, fp) == 501
	    && getline(&line, &size, fp) == -1 && feof(fp), "getline");
	fseek(fp, 0, SEEK_SET);
	fputs("LINE", fp);
	fclose(fp);
	fp = fopen(path, "a");
	fputs("end", fp);
	ok(fclose(fp) == 0 && stat(path, &st) == 0 && st.st_size == 516,
	    "update_and_append");
	fp = popen("echo from shell; exit 3", "r");
	ok(fp != NULL && fgets(buf, sizeof(buf), fp) != NULL &&
	    strcmp(buf, "from shell\n") == 0, "popen_reads");
	ok(fp != NULL && fgets(buf, sizeof(buf), fp) == NULL &&
	    strcmp(buf, "from shell\n") == 0, "fgets_at_the_end");
	ok(fp != NULL && pclose(fp) == 3 << 8, "pclose_status");
	unlink(path);
	free(line);
}

/* A read past the buffer, then a seek to where the buffer seems to be. */
static void
test_seek_after_large_read(void)
{
	static char data[20000], back[20000];
	size_t i;
	FILE *fp = tmpfile();

	for (i = 0; i < sizeof(data); i++)
		data[i] = (char)(i % 251);
	ok(fp != NULL && fwrite(data, 1, sizeof(data), fp) == sizeof(data),
	    "tmpfile_write");
	if (fp == NULL)
		return;
	rewind(fp);
	ok(getc(fp) == data[0] && fread(back, 1, sizeof(back) - 1, fp) ==
	    sizeof(back) - 1 && memcmp(back, data + 1, sizeof(back) - 1) == 0,
	    "read_larger_than_the_buffer");
	ok(fseek(fp, 19990, SEEK_SET) == 0 && fread(back, 1, 20, fp) == 10 &&
	    memcmp(back, data + 19990, 10) == 0, "seek_after_large_read");
	fclose(fp);
}

static void
test_locale(void)
{
	wchar_t w[8];

	ok(setlocale(LC_ALL, "en_US.UTF-8") != NULL && MB_CUR_MAX == 4,
	    "setlocale_utf8");
	ok(mbstowcs(w, "h\xc3\xa9\xe2\x82\xac", 8) == 3 && w[1] == 0xe9 &&
	    w[2] == 0x20ac, "mbstowcs_utf8");
	ok(mbstowcs(w, "\xc0\x80", 8) == (size_t)-1, "overlong_rejected");
	ok(towupper(0xe9) == 0xc9 && iswalpha(0x416) && wcwidth(0x4e00) == 2,
	    "unicode_classes");
	setlocale(LC_ALL, "C");
}

static void
test_time(void)
{
	struct tm tm;
	char buf[64];
	time_t t = 1720000000;

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	localtime_r(&t, &tm);
	strftime(buf, sizeof(buf), "%Y-%m-%d %H:%M:%S %Z", &tm);
	ok(strcmp(buf, "2024-07-03 11:46:40 CEST") == 0, "localtime_rule");
	ok(mktime(&tm) == t, "mktime_reverses");
	unsetenv("TZ");
	t = time(NULL);
	ok(t > 1577836800, "clock_is_set");
}

static void
test_rest(void)
{
	struct in6_addr a;
	struct passwd *pw;
	struct group *gr;
	regmatch_t m[3];
	regex_t re;
	char buf[64];

	ok(regcomp(&re, "^(a+)b([0-9]*)$", REG_EXTENDED) == 0 &&
	    regexec(&re, "aaab12", 3, m, 0) == 0 && m[1].rm_eo == 3 &&
	    m[2].rm_so == 4 && regexec(&re, "b", 0, NULL, 0) == REG_NOMATCH,
	    "regex");
	regfree(&re);
	pw = getpwnam("root");
	ok(pw != NULL && pw->pw_uid == 0 && pw->pw_dir[0] == '/',
	    "getpwnam_root");
	gr = getgrgid(0);
	ok(gr != NULL && strcmp(gr->gr_name, "wheel") == 0, "getgrgid_wheel");
	ok(getpwnam("no_such_user") == NULL, "getpwnam_unknown");
	ok(inet_pton(AF_INET6, "1:0:0:2::3", &a) == 1 &&
	    strcmp(inet_ntop(AF_INET6, &a, buf, sizeof(buf)), "1:0:0:2::3") ==
	    0, "inet_text");
	ok(sin(1.0) == 0.8414709848078965 && cabs(3 + 4 * I) == 5.0 &&
	    pow(2, 0.5) == 1.4142135623730951, "mathematics");
	ok(strcmp(strerror(ENOENT), "No such file or directory") == 0,
	    "strerror");
}

int
main(void)
{
	test_printf();
	test_scan();
	test_stream();
	test_seek_after_large_read();
	test_locale();
	test_time();
	test_rest();
	return (tap_done());
}
