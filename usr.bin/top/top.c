/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * top - the processes that use most
 *
 * usage: top [-abCHIinqStu] [-d count] [-o order] [-p command] [-s seconds]
 *            [-U user] [number]
 *
 * The layout is that of doc/reference/userland/tools-output.md.
 */
#include <sys/param.h>
#include <sys/proc.h>
#include <sys/resource.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "proclist.h"
#include "top.h"

#define NAME_WIDTH	8

static struct top_select sel = { .uid = -1 };
static int show_args, numeric_users;
static long limit = -1, displays;
static double delay = 2;
static char command[64], message[160];

static void
usage(void)
{
	fprintf(stderr, "usage: top [-abHIinqStu] [-d count] [-o field] "
	    "[-p command] [-s time]\n           [-U username] [number]\n");
	exit(1);
}

static void
append(char *line, size_t size, const char *fmt, long n, int always)
{
	size_t len = strlen(line);

	if (n != 0 || always)
		snprintf(line + len, size - len, fmt, n);
}

static const char *
memory(char *buf, size_t size, uint64_t bytes)
{
	uint64_t kb = bytes / 1024;

	if (kb < 10000)
		snprintf(buf, size, "%juK", (uintmax_t)kb);
	else if (kb / 1024 < 10000)
		snprintf(buf, size, "%juM", (uintmax_t)kb / 1024);
	else
		snprintf(buf, size, "%juG", (uintmax_t)kb / 1024 / 1024);
	return (buf);
}

static void
append_memory(char *line, size_t size, const char *what, uint64_t bytes)
{
	size_t len = strlen(line);
	char text[16];

	if (bytes != 0)
		snprintf(line + len, size - len, "%s%s %s",
		    line[len - 1] == ' ' ? "" : ", ",
		    memory(text, sizeof(text), bytes), what);
}

static void
print_swap(const struct top_sample *s, uint64_t page)
{
	long used = s->swap_size - s->swap_free;
	char line[256] = "Swap: ";
	size_t len;

	append_memory(line, sizeof(line), "Total",
	    (uint64_t)s->swap_size * page);
	append_memory(line, sizeof(line), "Used", (uint64_t)used * page);
	append_memory(line, sizeof(line), "Free",
	    (uint64_t)s->swap_free * page);
	len = strlen(line);
	if (used * 100 / s->swap_size != 0)
		snprintf(line + len, sizeof(line) - len, ", %ld%% Inuse",
		    used * 100 / s->swap_size);
	append_memory(line, sizeof(line), "In",
	    (uint64_t)s->swap_in * page);
	append_memory(line, sizeof(line), "Out",
	    (uint64_t)s->swap_out * page);
	screen_line("%s", line);
}

static void
print_summary(const struct top_sample *s)
{
	char line[256], clock[16];
	time_t now = time(NULL);
	struct timespec up;
	uint64_t page = s->pages.v_page_size;

	strftime(clock, sizeof(clock), "%H:%M:%S", localtime(&now));
	clock_gettime(CLOCK_UPTIME, &up);
	screen_line("last pid: %5d;  load avg: %5.2f, %5.2f, %5.2f;    "
	    "up %jd+%02jd:%02jd:%02jd    %s", (int)s->last_pid, s->load[0],
	    s->load[1], s->load[2], (intmax_t)up.tv_sec / 86400,
	    (intmax_t)up.tv_sec % 86400 / 3600,
	    (intmax_t)up.tv_sec % 3600 / 60, (intmax_t)up.tv_sec % 60, clock);
	snprintf(line, sizeof(line), "%d processes: ", s->total);
	append(line, sizeof(line), "%ld running, ", s->running, 1);
	append(line, sizeof(line), "%ld idle, ", s->idle, 0);
	append(line, sizeof(line), "%ld active, ", s->active, 0);
	append(line, sizeof(line), "%ld stopped, ", s->stopped, 0);
	append(line, sizeof(line), "%ld zombie, ", s->zombie, 0);
	line[strlen(line) - 2] = '\0';
	screen_line("%s", line);
	screen_line("CPU states: %4.1f%% user, %4.1f%% nice, %4.1f%% system, "
	    "%4.1f%% interrupt, %4.1f%% idle", s->user, s->nice, s->system,
	    s->intr, s->idle_cpu);
	strlcpy(line, "Memory: ", sizeof(line));
	append_memory(line, sizeof(line), "Active",
	    (uint64_t)s->pages.v_active_count * page);
	append_memory(line, sizeof(line), "Inact",
	    (uint64_t)s->pages.v_inactive_count * page);
	append_memory(line, sizeof(line), "Wired",
	    (uint64_t)s->pages.v_wire_count * page);
	append_memory(line, sizeof(line), "Cache",
	    (uint64_t)s->pages.v_cache_count * page);
	append_memory(line, sizeof(line), "Buf", (uint64_t)s->buffers);
	append_memory(line, sizeof(line), "Free",
	    (uint64_t)s->pages.v_free_count * page);
	screen_line("%s", line);
	if (s->swap_size != 0)
		print_swap(s, page);
	screen_line("%s", message);
	message[0] = '\0';
}

static const char *
user_name(uid_t uid)
{
	static char buf[16];
	static uid_t last = (uid_t)-1;
	struct passwd *pw;

	if (uid == last)
		return (buf);
	last = uid;
	pw = numeric_users ? NULL : getpwuid(uid);
	if (pw != NULL)
		strlcpy(buf, pw->pw_name, sizeof(buf));
	else
		snprintf(buf, sizeof(buf), "%u", (u_int)uid);
	return (buf);
}

static const char *
cpu_time(char *buf, size_t size, uint64_t us)
{
	uint64_t s = us / 1000000;

	if (s < 100 * 60)
		snprintf(buf, size, "%ju:%02ju", (uintmax_t)s / 60,
		    (uintmax_t)s % 60);
	else if (s < 1000 * 3600)
		snprintf(buf, size, "%.1fH", (double)s / 3600);
	else
		snprintf(buf, size, "%.0fD", (double)s / 86400);
	return (buf);
}

static const char *
state(char *buf, size_t size, const struct kinfo_proc *kp)
{
	const struct kinfo_lwp *kl = &kp->kp_lwp;

	if (kp->kp_stat == SSTOP)
		return ("STOP");
	if (kl->kl_stat == LSRUN) {
		snprintf(buf, size, "CPU%d", kl->kl_cpuid);
		return (buf);
	}
	return (kl->kl_wmesg[0] != '\0' ? kl->kl_wmesg : "SLEEP");
}

static void
print_process(const struct top_process *p)
{
	char args[PROCLIST_ARGS], name[64], a[16], b[16], c[16], d[16], e[16];
	const struct kinfo_proc *kp = p->kp;

	if (kp->kp_pid <= 0 || (kp->kp_flags & P_SYSTEM) != 0)
		snprintf(name, sizeof(name), "[%s]", kp->kp_comm);
	else if (sel.threads && kp->kp_nthreads > 1)
		snprintf(name, sizeof(name), "%s{%d}", kp->kp_comm,
		    (int)kp->kp_lwp.kl_tid);
	else
		strlcpy(name, kp->kp_comm, sizeof(name));
	if (show_args && kp->kp_pid > 0)
		proclist_args(kp, args, sizeof(args));
	else
		strlcpy(args, name, sizeof(args));
	screen_line("%6d %-*.*s %3d %7s %6s %8.8s %3d %6s %7s %5.2f%% %s",
	    (int)kp->kp_pid, NAME_WIDTH, NAME_WIDTH, user_name(kp->kp_uid),
	    kp->kp_nice, memory(a, sizeof(a), kp->kp_vm_map_size),
	    memory(b, sizeof(b), (uint64_t)kp->kp_vm_rssize *
	    (uint64_t)getpagesize()), state(c, sizeof(c), kp),
	    kp->kp_lwp.kl_cpuid, cpu_time(d, sizeof(d), p->time),
	    cpu_time(e, sizeof(e), p->ctime), p->cpu, args);
}

static void
display(void)
{
	const struct top_sample *s = top_gather(&sel);
	size_t i;

	screen_begin();
	print_summary(s);
	screen_line("%6s %-*s %s %5s %6s %8s %3s %6s %7s %6s %s", "PID",
	    NAME_WIDTH, "USERNAME", "NICE", "SIZE", "RES", "STATE", "C",
	    "TIME", "CTIME", "CPU", "COMMAND");
	for (i = 0; i < s->nprocs && screen_left() > 0; i++) {
		if (limit >= 0 && (long)i >= limit)
			break;
		print_process(&s->procs[i]);
	}
	if (!screen_interactive && displays != 1)
		screen_line("%s", "");
	screen_end();
}

static void
set_user(const char *name)
{
	struct passwd *pw;
	char *end;
	long uid;

	if (*name == '\0' || strcmp(name, "+") == 0) {
		sel.uid = -1;
		return;
	}
	pw = getpwnam(name);
	uid = strtol(name, &end, 10);
	if (pw != NULL)
		sel.uid = (long)pw->pw_uid;
	else if (*end == '\0')
		sel.uid = uid;
	else if (screen_interactive)
		snprintf(message, sizeof(message), " %s: unknown user", name);
	else
		errx(1, "%s: unknown user", name);
}

/* "signal pids" or "pids" for k, "nice pids" for r. */
static void
act_on_processes(int key, char *answer)
{
	char *word, *end;
	long number = key == 'k' ? SIGTERM : 0, pid;
	int first = 1;

	while ((word = strsep(&answer, " ,\t")) != NULL) {
		if (*word == '\0')
			continue;
		pid = strtol(word, &end, 10);
		if (*end != '\0') {
			snprintf(message, sizeof(message),
			    " %s: not a number", word);
			return;
		}
		if (first && (key == 'r' || pid < 0)) {
			number = key == 'k' ? -pid : pid;
			first = 0;
			continue;
		}
		first = 0;
		if ((key == 'k' ? kill((pid_t)pid, (int)number) :
		    setpriority(PRIO_PROCESS, (int)pid, (int)number)) != 0)
			snprintf(message, sizeof(message), " %s: %s", word,
			    strerror(errno));
	}
}

static void
help(void)
{
	screen_begin();
	screen_line("A  show arguments          C or S  show kernel threads");
	screen_line("H  show threads            I or i  leave out idle");
	screen_line("n or #  number of lines    s  seconds between displays");
	screen_line("o  order (cpu size res time ctime pid pri)");
	screen_line("M P T  order by memory, cpu, time");
	screen_line("u  one user (+ for all)    /  commands with a word");
	screen_line("k  send a signal: [-signal] pid ...");
	screen_line("r  change priority: nice pid ...");
	screen_line("q  end");
	screen_line(" ");
	screen_line("Press a key to go on.");
	screen_end();
	while (screen_key(3600) == 0)
		continue;
}

static void
ask_for(int key)
{
	char answer[64];
	int order;

	switch (key) {
	case 'n': case '#':
		if (screen_ask("Number of processes to show: ", answer,
		    sizeof(answer)))
			limit = atol(answer);
		break;
	case 's':
		if (screen_ask("Seconds to delay: ", answer, sizeof(answer)) &&
		    atof(answer) > 0)
			delay = atof(answer);
		break;
	case 'o':
		if (!screen_ask("Order to sort: ", answer, sizeof(answer)))
			break;
		order = top_order_by_name(answer);
		if (order < 0)
			snprintf(message, sizeof(message),
			    " %s: unrecognized sorting order", answer);
		else
			sel.order = (enum top_order)order;
		break;
	case 'u':
		if (screen_ask("Username to show: ", answer, sizeof(answer)))
			set_user(answer);
		break;
	case '/':
		screen_ask("Command to show: ", command, sizeof(command));
		sel.command = command[0] != '\0' ? command : NULL;
		break;
	case 'k':
	case 'r':
		if (screen_ask(key == 'k' ? "kill " : "renice ", answer,
		    sizeof(answer)))
			act_on_processes(key, answer);
		break;
	}
}

/* Returns 0 when it is time to end. */
static int
command_key(int key)
{
	switch (key) {
	case 'q': return (0);
	case 'A': case 'a': show_args = !show_args; break;
	case 'C': case 'S': sel.system = !sel.system; break;
	case 'H': case 't': sel.threads = !sel.threads; break;
	case 'I': case 'i': sel.no_idle = !sel.no_idle; break;
	case 'M': sel.order = BY_RES; break;
	case 'P': sel.order = BY_CPU; break;
	case 'T': sel.order = BY_TIME; break;
	case '?': case 'h': help(); break;
	default: ask_for(key); break;
	}
	return (1);
}

static void
loop(void)
{
	int key;

	for (;;) {
		display();
		if (displays > 0 && --displays == 0)
			return;
		key = screen_key(delay);
		if (key > 0 && !command_key(key))
			return;
	}
}

int
main(int argc, char **argv)
{
	int c, batch = !isatty(STDOUT_FILENO) || !isatty(STDIN_FILENO);
	int order;

	while ((c = getopt(argc, argv, "abCd:HIino:p:qs:StuU:")) != -1) {
		switch (c) {
		case 'a': show_args = 1; break;
		case 'b': case 'n': batch = 1; break;
		case 'd': displays = atol(optarg); break;
		case 'H': case 't': sel.threads = 1; break;
		case 'I': sel.no_idle = 1; break;
		case 'i': batch = 0; break;
		case 'o':
			order = top_order_by_name(optarg);
			if (order < 0)
				errx(1, "%s: unrecognized sorting order",
				    optarg);
			sel.order = (enum top_order)order;
			break;
		case 'p': sel.command = optarg; break;
		case 'q':
			if (getuid() == 0)
				setpriority(PRIO_PROCESS, 0, PRIO_MIN);
			break;
		case 's':
			delay = atof(optarg);
			if (delay <= 0)
				errx(1, "%s: bad delay", optarg);
			break;
		case 'C': case 'S': sel.system = 1; break;
		case 'u': numeric_users = 1; break;
		case 'U': set_user(optarg); break;
		default: usage();
		}
	}
	argv += optind;
	if (*argv != NULL && !isdigit((unsigned char)**argv))
		usage();
	if (*argv != NULL)
		limit = atol(*argv);
	if (batch && displays == 0)
		displays = 1;
	screen_open(!batch);
	loop();
	screen_close();
	return (0);
}
