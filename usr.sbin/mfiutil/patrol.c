/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: patrol reads, which look for bad blocks on idle drives.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "mfiutil.h"

#define MODE_AUTO	0
#define MODE_MANUAL	1
#define MODE_DISABLED	2
#define STATE_ACTIVE	2
#define STATE_ABORTED	0xff

static int
get_properties(int fd, struct mfi_pr_properties *p)
{
	int error;

	memset(p, 0, sizeof(*p));
	if (mfi_dcmd(fd, MFI_DCMD_PR_GET_PROPERTIES, p, sizeof(*p), NULL, 0,
	    NULL) == 0)
		return (0);
	error = errno;
	warn("Failed to get patrol read properties");
	return (error);
}

/* The controller's clock. */
static bool
adapter_time(int fd, uint32_t *now)
{
	*now = 0;
	if (mfi_dcmd(fd, MFI_DCMD_TIME_SECS_GET, now, sizeof(*now), NULL, 0,
	    NULL) == 0)
		return (true);
	warn("Couldn't fetch adapter time");
	return (false);
}

static void
print_mode(int fd, const struct mfi_pr_properties *p)
{
	static const char *const modes[] = { "auto", "manual", "disabled" };
	uint32_t now;
	time_t when;

	if (p->mode > MODE_DISABLED)
		printf("Operation Mode: ??? (%02x)\n", p->mode);
	else
		printf("Operation Mode: %s\n", modes[p->mode]);
	if (p->mode != MODE_AUTO)
		return;
	if (adapter_time(fd, &now) && now != 0 && p->next != 0) {
		when = time(NULL) - (time_t)now + (time_t)p->next;
		printf("    Next Run Starts: %s", ctime(&when));
	}
	if (p->period == MFI_PR_CONTINUOUS)
		printf("    Runs Execute Continuously\n");
	else if (p->period != 0)
		printf("    Runs Start Every %u seconds\n", p->period);
}

static void
print_state(const struct mfi_pr_status *s)
{
	static const char *const states[] = { "stopped", "ready", "active" };

	printf("Runs Completed: %u\n", s->iterations);
	if (s->state == STATE_ABORTED)
		printf("Current State: aborted\n");
	else if (s->state > STATE_ACTIVE)
		printf("Current State: ??? (%02x)\n", s->state);
	else
		printf("Current State: %s\n", states[s->state]);
}

static int
print_drives(int fd)
{
	struct mfi_pd_list *list = mfi_pd_list(fd);
	struct mfi_pd_info info;
	char name[NAME_LEN], label[NAME_LEN + 16];
	uint32_t i;
	int error = 0;

	if (list == NULL) {
		error = errno;
		warn("Failed to get drive list");
		return (error);
	}
	for (i = 0; i < list->count && error == 0; i++) {
		if (list->addr[i].scsi_type != 0)
			continue;
		if (mfi_pd_info(fd, list->addr[i].device_id, &info,
		    NULL) < 0) {
			error = errno;
			warn("Failed to fetch info for drive %u",
			    list->addr[i].device_id);
		} else if (info.activities & MFI_PD_PATROLLING) {
			snprintf(label, sizeof(label), "    Drive %s",
			    drive_text(fd, name, list->addr[i].device_id,
			    NAME_BY_ID));
			print_progress(label, &info.patrol);
		}
	}
	free(list);
	return (error);
}

int
show_patrol(int ac, char **av)
{
	struct mfi_pr_properties p;
	struct mfi_pr_status s;
	int fd, error = mfi_begin(&fd);

	if (error != 0)
		return (error);
	memset(&s, 0, sizeof(s));
	error = get_properties(fd, &p);
	if (error == 0 && mfi_dcmd(fd, MFI_DCMD_PR_GET_STATUS, &s, sizeof(s),
	    NULL, 0, NULL) < 0) {
		error = errno;
		warn("Failed to get patrol read properties");
	}
	if (error == 0) {
		print_mode(fd, &p);
		print_state(&s);
		if (s.state == STATE_ACTIVE)
			error = print_drives(fd);
	}
	close(fd);
	(void)ac;
	(void)av;
	return (error);
}

static int
run(uint32_t opcode, const char *word)
{
	int fd, error = mfi_begin(&fd);

	if (error != 0)
		return (error);
	if (mfi_dcmd(fd, opcode, NULL, 0, NULL, 0, NULL) < 0) {
		error = errno;
		warn("Failed to %s patrol read", word);
	}
	close(fd);
	return (error);
}

int
patrol_start(int ac, char **av)
{
	(void)ac;
	(void)av;
	return (run(MFI_DCMD_PR_START, "start"));
}

int
patrol_stop(int ac, char **av)
{
	(void)ac;
	(void)av;
	return (run(MFI_DCMD_PR_STOP, "stop"));
}

/* --- patrol disable|auto|manual --- */

struct change {
	uint8_t		mode;
	bool		set_period, set_start;
	uint32_t	period, start;
};

static bool
seconds(const char *arg, uint32_t *value)
{
	unsigned long v;
	char *end;

	errno = 0;
	v = strtoul(arg, &end, 0);
	*value = v;
	return (end != arg && *end == '\0' && *arg != '-' && errno == 0 &&
	    v < MFI_PR_CONTINUOUS);
}

static int
parse(int ac, char **av, struct change *c)
{
	if (ac < 2) {
		warnx("patrol: command required");
		return (EINVAL);
	}
	if (strcasecmp(av[1], "disable") == 0)
		c->mode = MODE_DISABLED;
	else if (strcasecmp(av[1], "manual") == 0)
		c->mode = MODE_MANUAL;
	else if (strcasecmp(av[1], "auto") == 0)
		c->mode = MODE_AUTO;
	else {
		warnx("patrol: Invalid command %s", av[1]);
		return (EINVAL);
	}
	if (ac > (c->mode == MODE_AUTO ? 4 : 2)) {
		warnx("patrol: extra arguments");
		return (EINVAL);
	}
	if (ac > 2) {
		c->set_period = true;
		if (strcasecmp(av[2], "continuously") == 0)
			c->period = MFI_PR_CONTINUOUS;
		else if (!seconds(av[2], &c->period) || c->period == 0) {
			warnx("patrol: Invalid interval %s", av[2]);
			return (EINVAL);
		}
	}
	if (ac > 3) {
		c->set_start = true;
		if (!seconds(av[3], &c->start)) {
			warnx("patrol: Invalid start time %s", av[3]);
			return (EINVAL);
		}
	}
	return (0);
}

static int
set_start(int fd, const struct change *c, struct mfi_pr_properties *p)
{
	uint32_t now;
	time_t when;

	if (!adapter_time(fd, &now))
		return (EIO);
	p->next = now + c->start;
	when = time(NULL) + (time_t)c->start;
	printf("Starting next patrol read at %s", ctime(&when));
	return (0);
}

int
patrol(int ac, char **av)
{
	struct mfi_pr_properties p;
	struct change c = { 0 };
	int fd, error = parse(ac, av, &c);

	if (error != 0 || (error = mfi_begin(&fd)) != 0)
		return (error);
	error = get_properties(fd, &p);
	if (error == 0) {
		p.mode = c.mode;
		if (c.set_period)
			p.period = c.period;
		if (c.set_start)
			error = set_start(fd, &c, &p);
	}
	if (error == 0 && mfi_dcmd(fd, MFI_DCMD_PR_SET_PROPERTIES, &p,
	    sizeof(p), NULL, 0, NULL) < 0) {
		error = errno;
		warn("Failed to set patrol read properties");
	}
	close(fd);
	return (error);
}

const struct mfi_command other_commands[] = {
	{ NULL, "patrol", patrol, "<disable|auto|manual> [interval [start]]",
	    "when drives are read for errors" },
	{ "start", "patrol", patrol_start, "", "begin a patrol read" },
	{ "stop", "patrol", patrol_stop, "", "end it" },
	{ NULL, "flash", flash, "<file>", "write new firmware" },
	{ NULL, "version", version, "", "of this program" },
	{ .name = NULL }
};
