/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil show events: the firmware's log.
 */
#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "mfiutil.h"

#define CLASS_WARN	1

struct filter {
	int		evclass;
	uint32_t	locale;
	uint32_t	count;		/* of a request */
	bool		verbose;
	const char	*from, *to;	/* or NULL */
};

static const char *const class_names[] = {
	"debug", "progress", "info", "WARN", "CRIT", "FATAL", "DEAD"
};

static const char *
class_text(char buf[NAME_LEN], int evclass)
{
	if (evclass >= -2 && evclass <= 4)
		return (class_names[evclass + 2]);
	snprintf(buf, NAME_LEN, "%d", evclass);
	return (buf);
}

static const char *
locale_text(char buf[NAME_LEN], uint16_t locale)
{
	static const char *const names[] = {
		"VOLUME", "DRIVE", "ENCL", "BATTERY", "SAS", "CTRL",
		"CONFIG", "CLUSTER"
	};
	int i;

	if (locale == MFI_EVT_LOCALE_ALL)
		return ("ALL");
	for (i = 0; i < 8; i++) {
		if (locale == 1 << i)
			return (names[i]);
	}
	snprintf(buf, NAME_LEN, "0x%04x", locale);
	return (buf);
}

static const char *
time_text(char buf[NAME_LEN], uint32_t t)
{
	struct tm tm = { .tm_year = 100, .tm_mday = 1, .tm_isdst = -1 };
	time_t when;

	if (MFI_EVT_TIME_BOOT(t)) {
		snprintf(buf, NAME_LEN, "boot + %us", MFI_EVT_TIME_SECS(t));
		return (buf);
	}
	when = mktime(&tm) + (time_t)t;
	strftime(buf, NAME_LEN, "%a %b %e %H:%M:%S %Z %Y",
	    localtime(&when));
	return (buf);
}

/* --- arguments (10.2) --- */

static uint16_t
get2(const struct mfi_event *e, int at)
{
	uint16_t v;

	memcpy(&v, (const char *)e + at, sizeof(v));
	return (v);
}

static uint32_t
get4(const struct mfi_event *e, int at)
{
	uint32_t v;

	memcpy(&v, (const char *)e + at, sizeof(v));
	return (v);
}

static unsigned long long
get8(const struct mfi_event *e, int at)
{
	uint64_t v;

	memcpy(&v, (const char *)e + at, sizeof(v));
	return (v);
}

static uint8_t
get1(const struct mfi_event *e, int at)
{
	return (((const uint8_t *)e)[at]);
}

static void
print_pd(const struct mfi_event *e, int at)
{
	if (get1(e, at + 2) == 0)
		printf("PD %02d(s%d)", get2(e, at), get1(e, at + 3));
	else
		printf("PD %02d(e%d/s%d)", get2(e, at), get1(e, at + 2),
		    get1(e, at + 3));
}

static void
print_hex(const struct mfi_event *e, int at, int n, int max)
{
	int i;

	for (i = 0; i < n && i < max; i++)
		printf("%s%02x", i > 0 ? ":" : "", get1(e, at + i));
}

static void
print_cdb_sense(const struct mfi_event *e)
{
	print_pd(e, 32);
	printf(" CDB ");
	print_hex(e, 40, get1(e, 36), 16);
	printf(" Sense ");
	print_hex(e, 56, get1(e, 37), 64);
	printf(":\n ");
}

/* Types 2 to 9: a volume, and with -v what about it. */
static void
print_volume_args(int fd, const struct mfi_event *e, bool verbose)
{
	static const int ld_at[] = { 32, 32, 40, 32, 48, 32, 32, 40 };
	char name[NAME_LEN], old[NAME_LEN], new[NAME_LEN];
	int type = e->arg_type;

	printf("VOL %s", volume_text(fd, name, get2(e, ld_at[type - 2])));
	if (type == 2) {
		printf(" event: ");
		return;
	}
	if (verbose && type == 3)
		printf(" count %lld", get8(e, 40));
	else if (verbose && type == 4)
		printf(" lba %lld", get8(e, 32));
	else if (verbose && type == 5)
		printf(" owner changed: prior %d, new %d", get4(e, 36),
		    get4(e, 40));
	else if (verbose && type == 6) {
		printf(" lba %lld, physical drive ", get8(e, 32));
		print_pd(e, 52);
		printf(" lba %lld", get8(e, 40));
	} else if (verbose && type == 7)
		printf(" progress %d%% in %ds", get2(e, 36) / 655,
		    get2(e, 38));
	else if (verbose && type == 8)
		printf(" state prior %s new %s", ld_state_text(old,
		    get4(e, 36)), ld_state_text(new, get4(e, 40)));
	else if (verbose && type == 9)
		printf(" strip %lld", get8(e, 32));
	printf(": ");
}

/* Types 10 to 15: a drive. */
static void
print_drive_args(int fd, const struct mfi_event *e)
{
	char old[NAME_LEN], new[NAME_LEN];
	int type = e->arg_type;

	print_pd(e, type == 12 || type == 13 ? 40 : 32);
	switch (type) {
	case 10:
		printf(" event: ");
		break;
	case 11:
		printf(" err %d: ", get4(e, 36));
		break;
	case 12:
		printf(" lba %lld: ", get8(e, 32));
		break;
	case 13:
		printf(" lba %lld VOL %s: ", get8(e, 32), volume_text(fd, old,
		    get2(e, 44)));
		break;
	case 14:
		printf(" progress %d%% seconds %ds: ", get2(e, 36) / 655,
		    get2(e, 38));
		break;
	case 15:
		printf(" state prior %s new %s: ", pd_state_text(old,
		    get4(e, 36), false), pd_state_text(new, get4(e, 40),
		    false));
		break;
	}
}

static void
print_other_args(const struct mfi_event *e)
{
	char text[NAME_LEN];

	switch (e->arg_type) {
	case 16:
		printf("PCI 0x%04x 0x%04x 0x%04x 0x%04x: ", get2(e, 32),
		    get2(e, 34), get2(e, 36), get2(e, 38));
		break;
	case 17:
		printf("Rebuild rate %d: ", get4(e, 32));
		break;
	case 19:
		printf("Adapter time %s; %d seconds since power on: ",
		    time_text(text, get4(e, 32)), get2(e, 36));
		break;
	case 20:
		printf("Adapter ECC %x,%x: %.64s: ", get4(e, 32),
		    get4(e, 36), (const char *)e + 40);
		break;
	default:
		printf("Type %d: ", e->arg_type);
		break;
	}
}

static void
print_event(int fd, const struct mfi_event *e, bool verbose)
{
	char when[NAME_LEN], locale[NAME_LEN], evclass[NAME_LEN];

	printf("%5d (%s/%s/%s) - ", e->seq, time_text(when, e->time),
	    locale_text(locale, e->locale), class_text(evclass,
	    e->evclass));
	if (e->arg_type >= 2 && e->arg_type <= 9)
		print_volume_args(fd, e, verbose);
	else if (verbose && e->arg_type == 1)
		print_cdb_sense(e);
	else if (verbose && e->arg_type >= 10 && e->arg_type <= 15)
		print_drive_args(fd, e);
	else if (verbose && e->arg_type > 15)
		print_other_args(e);
	printf("%.*s\n", (int)sizeof(e->text), e->text);
}

/* --- which of them --- */

/* A name, with any suffix when it ends with a star; or a number. */
struct word {
	const char	*text;
	int		value;
};

static int
parse_word(const char *arg, const struct word *words, long min, long max,
    int *value)
{
	size_t len;
	char *end;
	long n;

	for (; words->text != NULL; words++) {
		len = strlen(words->text);
		if (words->text[len - 1] == '*' ?
		    strncasecmp(arg, words->text, len - 1) == 0 :
		    strcasecmp(arg, words->text) == 0) {
			*value = words->value;
			return (0);
		}
	}
	errno = 0;
	n = strtol(arg, &end, 0);
	if (end == arg || *end != '\0' || errno != 0 || n < min || n > max)
		return (EINVAL);
	*value = n;
	return (0);
}

static int
parse_class(const char *arg, int *evclass)
{
	static const struct word words[] = {
		{ "debug", -2 }, { "prog*", -1 }, { "info*", 0 },
		{ "warn*", 1 }, { "crit*", 2 }, { "fatal", 3 },
		{ "dead", 4 }, { .text = NULL }
	};

	return (parse_word(arg, words, -128, 127, evclass));
}

static int
parse_locale(const char *arg, uint32_t *locale)
{
	static const struct word words[] = {
		{ "vol*", 1 }, { "ld", 1 }, { "drive*", 2 }, { "pd", 2 },
		{ "encl*", 4 }, { "batt*", 8 }, { "bbu*", 8 },
		{ "sas", 0x10 }, { "ctrl", 0x20 }, { "cont*", 0x20 },
		{ "config", 0x40 }, { "cluster", 0x80 },
		{ "all", MFI_EVT_LOCALE_ALL }, { .text = NULL }
	};
	int value;

	if (parse_word(arg, words, 0, MFI_EVT_LOCALE_ALL, &value) != 0)
		return (EINVAL);
	*locale = value;
	return (0);
}

static int
parse_seq(const struct mfi_log_state *s, const char *arg, uint32_t *seq)
{
	const struct {
		const char	*word;
		uint32_t	seq;
	} words[] = {
		{ "newest", s->newest }, { "oldest", s->oldest },
		{ "clear", s->clear }, { "shutdown", s->shutdown },
		{ "boot", s->boot },
	};
	unsigned long n;
	char *end;
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(arg, words[i].word) == 0) {
			*seq = words[i].seq;
			return (0);
		}
	}
	errno = 0;
	n = strtoul(arg, &end, 0);
	*seq = n;
	return (end != arg && *end == '\0' && errno == 0 && *arg != '-' &&
	    n <= UINT32_MAX ? 0 : EINVAL);
}

static bool
in_range(uint32_t seq, uint32_t start, uint32_t stop)
{
	if (start <= stop)
		return (seq >= start && seq < stop);
	return (seq >= start || seq < stop);
}

/* Ask for a batch; 0, ENOENT at the end of the log, or another errno. */
static int
fetch(int fd, const struct filter *f, uint32_t seq,
    struct mfi_event_list *list, size_t size)
{
	uint32_t words[2] = { seq, f->locale |
	    (uint32_t)(uint8_t)f->evclass << 24 };
	uint8_t status;
	int error;

	memset(list, 0, size);
	if (mfi_dcmd(fd, MFI_DCMD_EVENT_GET, list, size,
	    (uint8_t *)words, sizeof(words), &status) < 0) {
		error = errno;
		warn("Failed to fetch events");
		return (error);
	}
	if (status == MFI_STAT_NOT_FOUND)
		return (ENOENT);
	if (status != MFI_STAT_OK) {
		warnx("Error fetching events: %s", mfi_status(status));
		return (EIO);
	}
	return (0);
}

static int
print_events(int fd, const struct filter *f, uint32_t start, uint32_t stop)
{
	size_t size = sizeof(struct mfi_event_list) +
	    f->count * sizeof(struct mfi_event);
	struct mfi_event_list *list = malloc(size);
	uint32_t seq = start, i, next;
	int error = 0;

	if (list == NULL)
		err(1, "show events");
	while (in_range(seq, start, stop)) {
		error = fetch(fd, f, seq, list, size);
		if (error == ENOENT && seq == start)
			warnx("No matching events found");
		if (error != 0 || list->count == 0)
			break;
		next = seq;
		for (i = 0; i < list->count && i < f->count; i++) {
			if (!in_range(list->event[i].seq, start, stop)) {
				next = stop;
				break;
			}
			print_event(fd, &list->event[i], f->verbose);
			next = list->event[i].seq + 1;
		}
		if ((int32_t)(next - seq) <= 0)
			break;
		seq = next;
	}
	free(list);
	return (error == ENOENT ? 0 : error);
}

static int
parse_options(int ac, char **av, struct filter *f)
{
	char *end;
	long n;
	int c;

	optind = 1;
#ifdef __GLIBC__
	optind = 0;
#else
	optreset = 1;
#endif
	while ((c = getopt(ac, av, "c:l:n:v")) != -1) {
		switch (c) {
		case 'c':
			if (parse_class(optarg, &f->evclass) != 0) {
				warnx("Error parsing event class");
				return (EINVAL);
			}
			break;
		case 'l':
			if (parse_locale(optarg, &f->locale) != 0) {
				warnx("Error parsing event locale");
				return (EINVAL);
			}
			break;
		case 'n':
			n = strtol(optarg, &end, 0);
			if (end == optarg || *end != '\0' || n < 1) {
				warnx("Invalid event count");
				return (EINVAL);
			}
			if (n > MFI_EVT_BATCH) {
				warnx("Event count is too high");
				return (EINVAL);
			}
			f->count = n;
			break;
		case 'v':
			f->verbose = true;
			break;
		default:
			return (EINVAL);
		}
	}
	if (ac - optind > 2) {
		warnx("show events: extra arguments");
		return (EINVAL);
	}
	f->from = ac > optind ? av[optind] : NULL;
	f->to = ac > optind + 1 ? av[optind + 1] : NULL;
	return (0);
}

static int
run(int fd, const struct filter *f)
{
	struct mfi_log_state s;
	uint32_t start, stop;
	int error;

	memset(&s, 0, sizeof(s));
	if (mfi_dcmd(fd, MFI_DCMD_EVENT_GETINFO, &s, sizeof(s), NULL, 0,
	    NULL) < 0) {
		error = errno;
		warn("Failed to get event log info");
		return (error);
	}
	start = s.boot;
	stop = s.newest;
	if (f->from != NULL && parse_seq(&s, f->from, &start) != 0) {
		warnx("Error parsing starting sequence number");
		return (EINVAL);
	}
	if (f->to != NULL && parse_seq(&s, f->to, &stop) != 0) {
		warnx("Error parsing ending sequence number");
		return (EINVAL);
	}
	return (print_events(fd, f, start, stop));
}

int
show_events(int ac, char **av)
{
	struct filter f = { .evclass = CLASS_WARN,
	    .locale = MFI_EVT_LOCALE_ALL, .count = MFI_EVT_BATCH };
	int fd, error = parse_options(ac, av, &f);

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	error = run(fd, &f);
	close(fd);
	return (error);
}
