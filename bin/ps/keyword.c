/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What ps(1) can say about a process: titles, widths and texts as in
 * doc/reference/userland/tools-output.md.
 */
#include <sys/param.h>
#include <sys/stat.h>
#include <sys/sysctl.h>

#include <pwd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "proclist.h"
#include "ps.h"

#define TEXT(buf, ...)	snprintf((buf), PS_TEXT, __VA_ARGS__)

/* "12345" or, when that is too wide for its column, with a unit. */
static void
scaled(char *buf, uint64_t kb, int width)
{
	static const char units[] = "KMGTP";
	double n = (double)kb;
	int u = 0;

	if (TEXT(buf, "%ju", (uintmax_t)kb) <= width)
		return;
	for (; n >= 100000 || u == 0; n /= 1024)
		u++;
	TEXT(buf, "%.*f%c", n < 100 ? 2 : n < 1000 ? 1 : 0, n, units[u]);
}

static void
user_of(char *buf, uid_t uid)
{
	struct passwd *pw = getpwuid(uid);

	if (pw != NULL)
		TEXT(buf, "%s", pw->pw_name);
	else
		TEXT(buf, "%u", (unsigned int)uid);
}

#define NUMBER(name, fmt, expr)						\
static void								\
v_##name(const struct kinfo_proc *kp, char *buf)			\
{									\
	TEXT(buf, fmt, expr);						\
}

NUMBER(pid, "%d", (int)kp->kp_pid)
NUMBER(ppid, "%d", (int)kp->kp_ppid)
NUMBER(pgid, "%d", (int)kp->kp_pgid)
NUMBER(sess, "%d", (int)kp->kp_sid)
NUMBER(tpgid, "%d", (int)kp->kp_tpgid)
NUMBER(tid, "%d", (int)kp->kp_lwp.kl_tid)
NUMBER(uid, "%u", (unsigned int)kp->kp_uid)
NUMBER(ruid, "%u", (unsigned int)kp->kp_ruid)
NUMBER(rgid, "%u", (unsigned int)kp->kp_rgid)
NUMBER(svuid, "%u", (unsigned int)kp->kp_svuid)
NUMBER(svgid, "%u", (unsigned int)kp->kp_svgid)
NUMBER(jobc, "%d", kp->kp_jobc)
NUMBER(flags, "%x", (unsigned int)kp->kp_flags)
NUMBER(nice, "%d", kp->kp_nice)
NUMBER(jail, "%d", kp->kp_jailid)
NUMBER(ktrace, "%x", (unsigned int)kp->kp_traceflag)
NUMBER(nlwp, "%d", kp->kp_nthreads)
NUMBER(cpu, "%d", kp->kp_lwp.kl_estcpu)
NUMBER(pri, "%d", kp->kp_lwp.kl_prio)
NUMBER(lastcpu, "%d", kp->kp_lwp.kl_cpuid)
NUMBER(sl, "%u", kp->kp_lwp.kl_slptime)
NUMBER(pagein, "%ld", kp->kp_ru.ru_majflt)
NUMBER(majflt, "%ld", kp->kp_ru.ru_majflt)
NUMBER(minflt, "%ld", kp->kp_ru.ru_minflt)
NUMBER(nvcsw, "%ld", kp->kp_ru.ru_nvcsw)
NUMBER(nivcsw, "%ld", kp->kp_ru.ru_nivcsw)
NUMBER(inblk, "%ld", kp->kp_ru.ru_inblock)
NUMBER(oublk, "%ld", kp->kp_ru.ru_oublock)
NUMBER(tsiz, "%jd", (intmax_t)kp->kp_vm_tsize * (PAGE_SIZE / 1024))
NUMBER(xstat, "%x", kp->kp_exitstat)
NUMBER(ucomm, "%s", kp->kp_comm)
NUMBER(login, "%s", kp->kp_login[0] != '\0' ? kp->kp_login : "-")

static void
v_user(const struct kinfo_proc *kp, char *buf)
{
	user_of(buf, kp->kp_uid);
}

static void
v_ruser(const struct kinfo_proc *kp, char *buf)
{
	user_of(buf, kp->kp_ruid);
}

static void
v_vsz(const struct kinfo_proc *kp, char *buf)
{
	scaled(buf, kp->kp_vm_map_size / 1024, 6);
}

static void
v_rss(const struct kinfo_proc *kp, char *buf)
{
	scaled(buf, (uint64_t)kp->kp_vm_rssize * (PAGE_SIZE / 1024), 6);
}

static void
v_pcpu(const struct kinfo_proc *kp, char *buf)
{
	static int fscale;
	size_t len = sizeof(fscale);

	if (fscale == 0 && (sysctlbyname("kern.fscale", &fscale, &len, NULL,
	    0) < 0 || fscale == 0))
		fscale = 2048;
	TEXT(buf, "%.1f", 100.0 * kp->kp_lwp.kl_pctcpu / fscale);
}

static void
v_pmem(const struct kinfo_proc *kp, char *buf)
{
	static unsigned long physmem;
	size_t len = sizeof(physmem);

	if (physmem == 0 && sysctlbyname("hw.physmem", &physmem, &len, NULL,
	    0) < 0)
		physmem = 1;
	TEXT(buf, "%.1f", 100.0 * (double)kp->kp_vm_rssize * PAGE_SIZE /
	    (double)physmem);
}

static void
v_time(const struct kinfo_proc *kp, char *buf)
{
	uint64_t us = kp->kp_lwp.kl_uticks + kp->kp_lwp.kl_sticks +
	    kp->kp_lwp.kl_iticks, s = us / 1000000;

	if (s < 6000)
		TEXT(buf, "%ju:%02ju.%02ju", (uintmax_t)s / 60,
		    (uintmax_t)s % 60, (uintmax_t)us % 1000000 / 10000);
	else if (s < 86400)
		TEXT(buf, "%02ju:%02ju:%02ju", (uintmax_t)s / 3600,
		    (uintmax_t)s % 3600 / 60, (uintmax_t)s % 60);
	else
		TEXT(buf, "%jud%02ju:%02ju", (uintmax_t)s / 86400,
		    (uintmax_t)s % 86400 / 3600, (uintmax_t)s % 3600 / 60);
}

static void
v_start(const struct kinfo_proc *kp, char *buf)
{
	time_t now = time(NULL), t = kp->kp_start.tv_sec;
	const char *fmt = now - t < 86400 ? "%l:%M%p" :
	    now - t < 7 * 86400 ? "%a%I%p" : "%e%b%y";

	strftime(buf, PS_TEXT, fmt, localtime(&t));
}

static void
v_lstart(const struct kinfo_proc *kp, char *buf)
{
	time_t t = kp->kp_start.tv_sec;

	strftime(buf, PS_TEXT, "%c", localtime(&t));
}

static void
v_tty(const struct kinfo_proc *kp, char *buf)
{
	const char *name;

	if (kp->kp_tdev == NODEV || (name = devname(kp->kp_tdev, S_IFCHR)) == NULL)
		name = "??";
	TEXT(buf, "%s", name);
}

/* The terminal's name without what most have in common. */
static void
v_tt(const struct kinfo_proc *kp, char *buf)
{
	char name[64];
	const char *p = name;

	v_tty(kp, buf);
	strlcpy(name, buf, sizeof(name));
	if (strncmp(p, "tty", 3) == 0 || strncmp(p, "cua", 3) == 0)
		p += 3;
	else if (strncmp(p, "pts/", 4) == 0)
		p += 4;
	TEXT(buf, "%s%s", p, strcmp(p, "??") == 0 ? "" :
	    (kp->kp_flags & P_CONTROLT) != 0 ? " " : "-");
}

static void
v_wchan(const struct kinfo_proc *kp, char *buf)
{
	TEXT(buf, "%s", kp->kp_lwp.kl_wmesg[0] != '\0' ?
	    kp->kp_lwp.kl_wmesg : "-");
}

static void
v_state(const struct kinfo_proc *kp, char *buf)
{
	const struct kinfo_lwp *kl = &kp->kp_lwp;
	char *p = buf;

	if (kp->kp_stat == SZOMB) {
		*p++ = 'Z';
	} else if (kp->kp_stat == SSTOP) {
		*p++ = 'T';
	} else if (kl->kl_stat == LSRUN) {
		*p++ = 'R';
		p += snprintf(p, 8, "%d", kl->kl_cpuid);
	} else {
		*p++ = (kl->kl_flags & LWP_SINTR) == 0 ? 'D' :
		    kl->kl_slptime >= 20 ? 'I' : 'S';
		p += snprintf(p, 8, "%d", kl->kl_cpuid);
	}
	if (kp->kp_nice < 0)
		*p++ = '<';
	else if (kp->kp_nice > 0)
		*p++ = 'N';
	if ((kp->kp_flags & P_TRACED) != 0)
		*p++ = 'X';
	if ((kp->kp_flags & P_WEXIT) != 0 && kp->kp_stat != SZOMB)
		*p++ = 'E';
	if ((kp->kp_flags & P_PPWAIT) != 0)
		*p++ = 'V';
	if (kp->kp_jailid != 0)
		*p++ = 'J';
	if (kp->kp_pid == kp->kp_sid)
		*p++ = 's';
	if ((kp->kp_flags & P_CONTROLT) != 0 && kp->kp_pgid == kp->kp_tpgid)
		*p++ = '+';
	*p = '\0';
}

static void
v_command(const struct kinfo_proc *kp, char *buf)
{
	proclist_args(kp, buf, PS_TEXT - 32);
}

static const struct keyword keywords[] = {
	{ "%cpu", "%CPU", 4, 0, v_pcpu },
	{ "%mem", "%MEM", 4, 0, v_pmem },
	{ "command", "COMMAND", 16, 1, v_command },
	{ "cpu", "CPU", 3, 0, v_cpu },
	{ "f", "F", 7, 0, v_flags },
	{ "inblk", "INBLK", 4, 0, v_inblk },
	{ "jail", "JAIL", 3, 0, v_jail },
	{ "jobc", "JOBC", 4, 0, v_jobc },
	{ "ktrace", "KTRACE", 8, 0, v_ktrace },
	{ "lastcpu", "C", 3, 0, v_lastcpu },
	{ "login", "LOGIN", 32, 1, v_login },
	{ "lstart", "STARTED", 28, 1, v_lstart },
	{ "majflt", "MAJFLT", 4, 0, v_majflt },
	{ "minflt", "MINFLT", 4, 0, v_minflt },
	{ "nice", "NI", 3, 0, v_nice },
	{ "nivcsw", "NIVCSW", 5, 0, v_nivcsw },
	{ "nlwp", "NLWP", 4, 0, v_nlwp },
	{ "nvcsw", "NVCSW", 5, 0, v_nvcsw },
	{ "oublk", "OUBLK", 4, 0, v_oublk },
	{ "pagein", "PAGEIN", 6, 0, v_pagein },
	{ "pgid", "PGID", 6, 0, v_pgid },
	{ "pid", "PID", 6, 0, v_pid },
	{ "ppid", "PPID", 6, 0, v_ppid },
	{ "pri", "PRI", 3, 0, v_pri },
	{ "rgid", "RGID", 5, 0, v_rgid },
	{ "rss", "RSS", 6, 0, v_rss },
	{ "ruid", "RUID", 5, 0, v_ruid },
	{ "ruser", "RUSER", 8, 1, v_ruser },
	{ "sess", "SESS", 6, 0, v_sess },
	{ "sl", "SL", 3, 0, v_sl },
	{ "start", "STARTED", 7, 1, v_start },
	{ "state", "STAT  ", 6, 1, v_state },
	{ "svgid", "SVGID", 5, 0, v_svgid },
	{ "svuid", "SVUID", 5, 0, v_svuid },
	{ "tid", "TID", 6, 0, v_tid },
	{ "time", "TIME", 9, 0, v_time },
	{ "tpgid", "TPGID", 4, 0, v_tpgid },
	{ "tsiz", "TSIZ", 4, 0, v_tsiz },
	{ "tt", "TT ", 2, 0, v_tt },
	{ "tty", "TTY", 8, 1, v_tty },
	{ "ucomm", "UCOMM", 16, 1, v_ucomm },
	{ "uid", "UID", 5, 0, v_uid },
	{ "user", "USER", 8, 1, v_user },
	{ "vsz", "VSZ", 6, 0, v_vsz },
	{ "wchan", "WCHAN", 8, 1, v_wchan },
	{ "xstat", "XSTAT", 7, 0, v_xstat },
};

static const struct {
	const char	*alias, *name;
} aliases[] = {
	{ "pcpu", "%cpu" }, { "pmem", "%mem" }, { "args", "command" },
	{ "flags", "f" }, { "logname", "login" }, { "ni", "nice" },
	{ "rsz", "rss" }, { "rssize", "rss" }, { "stat", "state" },
	{ "cputime", "time" }, { "comm", "ucomm" }, { "vsize", "vsz" },
};

const struct keyword *
ps_keyword(const char *name)
{
	size_t i;

	for (i = 0; i < nitems(aliases); i++) {
		if (strcmp(name, aliases[i].alias) == 0)
			name = aliases[i].name;
	}
	for (i = 0; i < nitems(keywords); i++) {
		if (strcmp(name, keywords[i].name) == 0)
			return (&keywords[i]);
	}
	return (NULL);
}

void
ps_list_keywords(void)
{
	size_t i;

	for (i = 0; i < nitems(keywords); i++)
		printf("%s%c", keywords[i].name,
		    i % 8 == 7 || i + 1 == nitems(keywords) ? '\n' : ' ');
}
