/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil: what is done to single volumes: their progress, name and caches.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "mfiutil.h"

#define CACHING		(MFI_CACHE_WRITES | MFI_CACHE_READS)
#define AHEAD		(MFI_CACHE_READ_AHEAD | MFI_CACHE_READ_ADAPTIVE)

static int
find_volume(int fd, const char *arg, uint8_t *target)
{
	int error = mfi_find_volume(fd, arg, target);

	if (error != 0)
		warnc(error, "Invalid volume: %s", arg);
	return (error);
}

static int
volume_progress(int ac, char **av)
{
	struct mfi_ld_info info;
	char name[NAME_LEN];
	uint8_t target;
	int fd, error;

	if (ac != 2) {
		warnx("volume progress: %s", ac < 2 ? "volume required" :
		    "extra arguments");
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = find_volume(fd, av[1], &target);
	if (error == 0 && mfi_ld_info(fd, target, &info, NULL) < 0) {
		error = errno;
		warn("Failed to fetch info for volume %s", volume_text(fd,
		    name, target));
	}
	if (error == 0 && show_progress_of_volume(&info, "") == 0)
		printf("No activity in progress for volume %s.\n",
		    volume_text(fd, name, target));
	close(fd);
	return (error);
}

/* --- properties --- */

static int
get_props(int fd, uint8_t target, struct mfi_ld_props *props)
{
	int error;

	memset(props, 0, sizeof(*props));
	if (mfi_dcmd(fd, MFI_DCMD_LD_GET_PROP, props, sizeof(*props),
	    &target, 1, NULL) == 0)
		return (0);
	error = errno;
	warn("Failed to fetch volume properties");
	return (error);
}

static int
set_props(int fd, struct mfi_ld_props *props)
{
	uint8_t mbox[4];
	int error;

	memcpy(mbox, &props->ref, sizeof(mbox));
	if (mfi_dcmd(fd, MFI_DCMD_LD_SET_PROP, props, sizeof(*props), mbox,
	    sizeof(mbox), NULL) == 0)
		return (0);
	error = errno;
	warn("Failed to set volume properties");
	return (error);
}

static int
set_name(int fd, const char *volume, const char *new)
{
	struct mfi_ld_props props;
	char name[NAME_LEN], old[17];
	uint8_t target;
	int error = find_volume(fd, volume, &target);

	if (error == 0)
		error = get_props(fd, target, &props);
	if (error != 0)
		return (error);
	field_text(old, sizeof(old), props.name, sizeof(props.name));
	printf("mfi%u volume %s name changed from \"%s\" to \"%s\"\n",
	    mfi_unit, volume_text(fd, name, target), old, new);
	memset(props.name, 0, sizeof(props.name));
	memcpy(props.name, new, strlen(new));
	return (set_props(fd, &props));
}

int
volume_name(int ac, char **av)
{
	int fd, error;

	if (ac != 3) {
		warnx("name: volume and name required");
		return (EINVAL);
	}
	if (strlen(av[2]) >= sizeof(((struct mfi_ld_props *)0)->name)) {
		warnx("name: new name is too long");
		return (ENOSPC);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = set_name(fd, av[1], av[2]);
	close(fd);
	return (error);
}

/* --- caches --- */

static void
print_cache(const struct mfi_ld_props *p)
{
	static const char *const caching[] = {
		"disabled", "writes", "reads", "writes and reads"
	};
	uint8_t policy = p->default_cache;

	printf("             I/O caching: %s\n",
	    caching[(policy & CACHING) / MFI_CACHE_WRITES]);
	printf("           write caching: %s\n",
	    policy & MFI_CACHE_WRITE_BACK ? "write-back" : "write-through");
	printf("write cache with bad BBU: %s\n",
	    policy & MFI_CACHE_BAD_BBU ? "enabled" : "disabled");
	printf("              read ahead: %s\n",
	    (policy & MFI_CACHE_READ_AHEAD) == 0 ? "none" :
	    policy & MFI_CACHE_READ_ADAPTIVE ? "adaptive" : "always");
	printf("       drive write cache: ");
	if (p->disk_cache > 2)
		printf("??? %d\n", p->disk_cache);
	else
		printf("%s\n", p->disk_cache == 0 ? "default" :
		    p->disk_cache == 1 ? "enabled" : "disabled");
	if (p->default_cache != p->current_cache)
		printf("Cache Disabled Due to Dead Battery\n");
}

/* A setting that is a word and one more: which of three; -1 and a word. */
static int
second_word(int ac, char **av, const char *what, const char *const words[3])
{
	int i;

	if (ac < 2) {
		warnx("cache: %s setting required", what);
		return (-1);
	}
	for (i = 0; i < 3 && words[i] != NULL; i++) {
		if (strcmp(av[1], words[i]) == 0)
			return (i);
	}
	warnx("cache: invalid %s setting", what);
	return (-1);
}

static int
set_bad_bbu(int ac, char **av, struct mfi_ld_props *p)
{
	static const char *const words[3] = { "disable", "enable", NULL };
	int i = second_word(ac, av, "bad BBU", words);

	if (i >= 0)
		p->default_cache = (p->default_cache & ~MFI_CACHE_BAD_BBU) |
		    (i == 1 ? MFI_CACHE_BAD_BBU : 0);
	return (i);
}

static int
set_ahead(int ac, char **av, struct mfi_ld_props *p)
{
	static const char *const words[3] = { "none", "always", "adaptive" };
	int i = second_word(ac, av, "read-ahead", words);

	if (i >= 0)
		p->default_cache = (p->default_cache & ~AHEAD) |
		    (i == 0 ? 0 : i == 1 ? MFI_CACHE_READ_AHEAD : AHEAD);
	return (i);
}

static int
set_disk_cache(int ac, char **av, struct mfi_ld_props *p)
{
	static const char *const words[3] = {
		"default", "enable", "disable"
	};
	int i = second_word(ac, av, "write-cache", words);

	if (i >= 0)
		p->disk_cache = i;
	return (i);
}

/* One setting; how many words it took, or -1. */
static int
parse_setting(int ac, char **av, struct mfi_ld_props *p)
{
	static const struct {
		const char	*word;
		uint8_t		mask, bits;
	} simple[] = {
		{ "all", CACHING, CACHING }, { "enable", CACHING, CACHING },
		{ "none", CACHING, 0 }, { "disable", CACHING, 0 },
		{ "reads", CACHING, MFI_CACHE_READS },
		{ "writes", CACHING, MFI_CACHE_WRITES },
		{ "write-back", MFI_CACHE_WRITE_BACK, MFI_CACHE_WRITE_BACK },
		{ "write-through", MFI_CACHE_WRITE_BACK, 0 },
	};
	size_t i;
	int n;

	for (i = 0; i < sizeof(simple) / sizeof(simple[0]); i++) {
		if (strcmp(av[0], simple[i].word) == 0) {
			p->default_cache = (p->default_cache &
			    ~simple[i].mask) | simple[i].bits;
			return (1);
		}
	}
	if (strcmp(av[0], "bad-bbu-write-cache") == 0)
		n = set_bad_bbu(ac, av, p);
	else if (strcmp(av[0], "read-ahead") == 0)
		n = set_ahead(ac, av, p);
	else if (strcmp(av[0], "write-cache") == 0)
		n = set_disk_cache(ac, av, p);
	else {
		warnx("cache: Invalid command");
		return (-1);
	}
	return (n < 0 ? -1 : 2);
}

static void
print_changes(const struct mfi_ld_props *old, const struct mfi_ld_props *new)
{
	uint8_t changed = old->default_cache ^ new->default_cache;
	uint8_t now = new->default_cache;

	if (changed & MFI_CACHE_WRITES)
		printf("%s caching of I/O writes\n", now &
		    MFI_CACHE_WRITES ? "Enabling" : "Disabling");
	if (changed & MFI_CACHE_READS)
		printf("%s caching of I/O reads\n", now & MFI_CACHE_READS ?
		    "Enabling" : "Disabling");
	if (changed & MFI_CACHE_WRITE_BACK)
		printf("Setting write cache policy to %s\n", now &
		    MFI_CACHE_WRITE_BACK ? "write-back" : "write-through");
	if (changed & AHEAD)
		printf("Setting read ahead policy to %s\n",
		    (now & MFI_CACHE_READ_AHEAD) == 0 ? "none" : now &
		    MFI_CACHE_READ_ADAPTIVE ? "adaptive" : "always");
	if (changed & MFI_CACHE_BAD_BBU)
		printf("%s write caching with bad BBU\n", now &
		    MFI_CACHE_BAD_BBU ? "Enabling" : "Disabling");
	if (old->disk_cache == new->disk_cache)
		return;
	if (new->disk_cache == 0)
		printf("Using default write-cache setting on physical "
		    "drives\n");
	else
		printf("%s write-cache on physical drives\n",
		    new->disk_cache == 1 ? "Enabling" : "Disabling");
}

static int
change_cache(int fd, int ac, char **av, struct mfi_ld_props *props)
{
	struct mfi_ld_props new = *props;
	int n;

	while (ac > 0) {
		n = parse_setting(ac, av, &new);
		if (n < 0)
			return (EINVAL);
		ac -= n;
		av += n;
	}
	if (new.default_cache == props->default_cache &&
	    new.disk_cache == props->disk_cache)
		return (0);
	print_changes(props, &new);
	return (set_props(fd, &new));
}

int
volume_cache(int ac, char **av)
{
	struct mfi_ld_props props;
	char name[NAME_LEN];
	uint8_t target;
	int fd, error;

	if (ac < 2) {
		warnx("cache: volume required");
		return (EINVAL);
	}
	error = mfi_begin(&fd);
	if (error != 0)
		return (error);
	error = find_volume(fd, av[1], &target);
	if (error == 0)
		error = get_props(fd, target, &props);
	if (error == 0 && ac == 2) {
		printf("mfi%u volume %s cache settings:\n", mfi_unit,
		    volume_text(fd, name, target));
		print_cache(&props);
	} else if (error == 0) {
		error = change_cache(fd, ac - 2, av + 2, &props);
	}
	close(fd);
	return (error);
}

const struct mfi_command volume_commands[] = {
	{ "volume", "progress", volume_progress, "<volume>",
	    "what is under way on it" },
	{ NULL, "cache", volume_cache, "<volume> [setting ...]",
	    "show or change its caches" },
	{ NULL, "name", volume_name, "<volume> <name>", "name it" },
	{ .name = NULL }
};
