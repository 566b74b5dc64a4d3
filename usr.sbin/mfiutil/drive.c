/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: what is done to single drives.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "mfiutil.h"

/* Open, find the drive, ask about it. */
static int
begin_drive(char *arg, int *fd, struct mfi_pd_info *info, uint16_t *id)
{
	int error = mfi_begin(fd);

	if (error != 0)
		return (error);
	error = mfi_find_drive(*fd, arg, id);
	if (error == 0 && mfi_pd_info(*fd, *id, info, NULL) < 0) {
		error = errno;
		warn("Failed to fetch info for drive %u", *id);
	}
	if (error != 0)
		close(*fd);
	return (error);
}

static int
one_drive(int ac, const char *what)
{
	if (ac == 2)
		return (0);
	warnx("%s: %s", what, ac < 2 ? "drive required" :
	    "extra arguments");
	return (EINVAL);
}

static int
set_state(int ac, char **av, uint16_t state)
{
	struct mfi_pd_info info;
	char text[NAME_LEN];
	uint8_t mbox[6];
	uint16_t id;
	int fd, error = one_drive(ac, av[0]);

	if (error != 0 || (error = begin_drive(av[1], &fd, &info, &id)) != 0)
		return (error);
	if (info.state == state) {
		warnx("Drive %u is already in the desired state", id);
		error = EINVAL;
	} else {
		memcpy(mbox, &info.ref, 4);
		memcpy(mbox + 4, &state, 2);
		if (mfi_dcmd(fd, MFI_DCMD_PD_STATE_SET, NULL, 0, mbox,
		    sizeof(mbox), NULL) < 0) {
			error = errno;
			warn("Failed to set drive %u to %s", id,
			    pd_state_text(text, state, false));
		}
	}
	close(fd);
	return (error);
}

static int
drive_fail(int ac, char **av)
{
	return (set_state(ac, av, MFI_PD_FAILED));
}

static int
drive_good(int ac, char **av)
{
	return (set_state(ac, av, MFI_PD_UNCONFIGURED_GOOD));
}

static int
drive_rebuild(int ac, char **av)
{
	return (set_state(ac, av, MFI_PD_REBUILD));
}

/* word: "start" or "abort". */
static int
rebuilding(int ac, char **av, uint32_t opcode, const char *word)
{
	struct mfi_pd_info info;
	char what[32];
	uint8_t mbox[4];
	uint16_t id;
	int fd, error;

	snprintf(what, sizeof(what), "%s rebuild", word);
	error = one_drive(ac, what);
	if (error != 0 || (error = begin_drive(av[1], &fd, &info, &id)) != 0)
		return (error);
	if (info.state != MFI_PD_REBUILD) {
		warnx("Drive %d is not in the REBUILD state", id);
		error = EINVAL;
	} else {
		memcpy(mbox, &info.ref, sizeof(mbox));
		if (mfi_dcmd(fd, opcode, NULL, 0, mbox, sizeof(mbox),
		    NULL) < 0) {
			error = errno;
			warn("Failed to %s rebuild on drive %u", word, id);
		}
	}
	close(fd);
	return (error);
}

static int
rebuild_start(int ac, char **av)
{
	return (rebuilding(ac, av, MFI_DCMD_PD_REBUILD_START, "start"));
}

static int
rebuild_abort(int ac, char **av)
{
	return (rebuilding(ac, av, MFI_DCMD_PD_REBUILD_ABORT, "abort"));
}

static int
drive_progress(int ac, char **av)
{
	struct mfi_pd_info info;
	char name[NAME_LEN];
	uint16_t id;
	int fd, error = one_drive(ac, "drive progress");

	if (error != 0 || (error = begin_drive(av[1], &fd, &info, &id)) != 0)
		return (error);
	if (show_progress_of_drive(&info, "") == 0)
		printf("No activity in progress for drive %s.\n",
		    drive_text(fd, name, id, NAME_BY_ID));
	close(fd);
	return (0);
}

static int
drive_clear(int ac, char **av)
{
	struct mfi_pd_info info;
	uint8_t mbox[4];
	uint16_t id;
	bool start;
	int fd, error;

	if (ac != 3) {
		warnx("drive clear: drive and action required");
		return (EINVAL);
	}
	start = strcasecmp(av[2], "start") == 0;
	if (!start && strcasecmp(av[2], "stop") != 0 &&
	    strcasecmp(av[2], "abort") != 0) {
		warnx("drive clear: invalid action, must be 'start' or "
		    "'stop'\n");
		return (EINVAL);
	}
	error = begin_drive(av[1], &fd, &info, &id);
	if (error != 0)
		return (error);
	memcpy(mbox, &info.ref, sizeof(mbox));
	if (mfi_dcmd(fd, start ? MFI_DCMD_PD_CLEAR_START :
	    MFI_DCMD_PD_CLEAR_ABORT, NULL, 0, mbox, sizeof(mbox),
	    NULL) < 0) {
		error = errno;
		warn("Failed to %s clear on drive %u", start ? "start" :
		    "stop", id);
	}
	close(fd);
	return (error);
}

static int
drive_locate(int ac, char **av)
{
	uint8_t mbox[4] = { 0 };
	uint16_t id;
	bool on;
	int fd, error;

	if (ac != 3) {
		warnx("locate: drive and state required");
		return (EINVAL);
	}
	on = strcasecmp(av[2], "on") == 0 || strcasecmp(av[2], "start") == 0;
	if (!on && strcasecmp(av[2], "off") != 0 &&
	    strcasecmp(av[2], "stop") != 0) {
		warnx("locate: invalid state %s", av[2]);
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = mfi_find_drive(fd, av[1], &id);
	if (error == 0) {
		memcpy(mbox, &id, sizeof(id));
		if (mfi_dcmd(fd, on ? MFI_DCMD_PD_LOCATE_START :
		    MFI_DCMD_PD_LOCATE_STOP, NULL, 0, mbox, sizeof(mbox),
		    NULL) < 0) {
			error = errno;
			warn("Failed to %s locate on drive %u", on ? "start" :
			    "stop", id);
		}
	}
	close(fd);
	return (error);
}

const struct mfi_command drive_commands[] = {
	{ NULL, "fail", drive_fail, "<drive>", "take it out of its array" },
	{ NULL, "good", drive_good, "<drive>", "make it unconfigured" },
	{ NULL, "rebuild", drive_rebuild, "<drive>", "put it back" },
	{ NULL, "locate", drive_locate, "<drive> <on|off>", "blink" },
	{ "start", "rebuild", rebuild_start, "<drive>", "begin to rebuild" },
	{ "abort", "rebuild", rebuild_abort, "<drive>", "stop rebuilding" },
	{ "drive", "progress", drive_progress, "<drive>",
	    "what is under way on it" },
	{ "drive", "clear", drive_clear, "<drive> <start|stop>",
	    "overwrite all of it" },
	{ .name = NULL }
};
