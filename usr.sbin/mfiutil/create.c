/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mfiutil create: volumes out of unconfigured drives (18.7 of the reference).
 *
 * The lists of drives become arrays; the arrays become one volume, or one
 * each for jbod.  All goes to the firmware as one configuration.
 */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <libutil.h>

#include "mfiutil.h"

#define DEFAULT_STRIPE	65536
#define CACHE_POLICY	(MFI_CACHE_WRITE_BACK | MFI_CACHE_WRITES)
#define SECONDARY_SPANS	3

struct type {
	const char	*names[5];
	uint8_t		primary, qualifier, secondary;
	bool		spans;		/* several lists make one volume */
	bool		each;		/* a volume of each list */
};

static const struct type types[] = {
	{ { "raid0", "raid-0" }, 0x00, 0, 0, false, false },
	{ { "raid1", "raid-1", "mirror" }, 0x01, 0, 0, false, false },
	{ { "raid5", "raid-5" }, 0x05, 3, 0, false, false },
	{ { "raid6", "raid-6" }, 0x06, 3, 0, false, false },
	{ { "jbod" }, 0x00, 0, 0, false, true },
	{ { "concat" }, 0x1f, 0, 0, false, false },
	{ { "raid10", "raid1+0", "raid-10", "raid-1+0" }, 0x01, 0,
	    SECONDARY_SPANS, true, false },
	{ { "raid50", "raid5+0", "raid-50", "raid-5+0" }, 0x05, 3,
	    SECONDARY_SPANS, true, false },
	{ { "raid60", "raid6+0", "raid-60", "raid-6+0" }, 0x06, 3,
	    SECONDARY_SPANS, true, false },
};

struct array {
	int		drives;
	struct mfi_pd_info info[MFI_MAX_ARMS];
};

struct plan {
	int		fd;
	const struct type *type;
	bool		verbose;
	uint8_t		stripe;		/* 512 << n */
	int		narrays;
	struct array	*arrays;
};

static const struct type *
find_type(const char *name)
{
	size_t i;
	int k;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		for (k = 0; types[i].names[k] != NULL; k++) {
			if (strcasecmp(types[i].names[k], name) == 0)
				return (&types[i]);
		}
	}
	return (NULL);
}

static int
parse_stripe(const char *arg, uint8_t *code)
{
	int64_t bytes;
	int n;

	if (dehumanize_number(arg, &bytes) != 0) {
		warnx("Illegal stripe size");
		return (EINVAL);
	}
	if (bytes < 512 || (bytes & (bytes - 1)) != 0 ||
	    bytes > (int64_t)512 << 30) {
		warnx("Illegal stripe size, using 64K");
		bytes = DEFAULT_STRIPE;
	}
	for (n = 0; (int64_t)512 << n < bytes; n++)
		;
	*code = n;
	return (0);
}

/* --- drives --- */

static int
check_count(const struct type *t, int n)
{
	if (t->primary == 0x01 && n % 2 != 0) {
		warnx("RAID1 and RAID10 require an even number of drives in "
		    "each array");
		return (EINVAL);
	}
	if (t->primary == 0x05 && n < 3) {
		warnx("RAID5 and RAID50 require at least 3 drives in each "
		    "array");
		return (EINVAL);
	}
	if (t->primary == 0x06 && n < 4) {
		warnx("RAID6 and RAID60 require at least 4 drives in each "
		    "array");
		return (EINVAL);
	}
	return (0);
}

static bool
taken(const struct plan *p, const struct array *a, uint16_t id)
{
	int i, k;

	for (i = 0; i < p->narrays; i++) {
		for (k = 0; k < p->arrays[i].drives; k++) {
			if (p->arrays[i].info[k].ref.device_id == id)
				return (true);
		}
	}
	for (k = 0; k < a->drives; k++) {
		if (a->info[k].ref.device_id == id)
			return (true);
	}
	return (false);
}

static int
add_drive(struct plan *p, struct array *a, char *name)
{
	struct mfi_pd_info *info = &a->info[a->drives];
	uint16_t id;
	int error = mfi_find_drive(p->fd, name, &id);

	if (error != 0)
		return (error);
	if (mfi_pd_info(p->fd, id, info, NULL) < 0) {
		error = errno;
		warn("Failed to fetch drive info for drive %s", name);
		return (error);
	}
	if (info->state != MFI_PD_UNCONFIGURED_GOOD || taken(p, a, id)) {
		warnx("Drive %u is not available", id);
		return (EINVAL);
	}
	if (info->ddf_type & MFI_PD_FOREIGN) {
		warnx("Drive %u is foreign", id);
		return (EINVAL);
	}
	a->drives++;
	return (0);
}

static int
parse_list(struct plan *p, const char *arg)
{
	struct array *a = &p->arrays[p->narrays];
	char *copy = strdup(arg), *rest = copy, *name;
	int error = 0;

	if (copy == NULL)
		err(1, "%s", arg);
	while (error == 0 && (name = strsep(&rest, ",")) != NULL) {
		if (*name == '\0') {
			warnx("Invalid drive list '%s'", arg);
			error = EINVAL;
		} else if (a->drives == MFI_MAX_ARMS - 1) {
			warnx("Too many drives for a single array: max is "
			    "32");
			error = EINVAL;
		} else {
			error = add_drive(p, a, name);
		}
	}
	free(copy);
	if (error == 0)
		error = check_count(p->type, a->drives);
	if (error == 0)
		p->narrays++;
	return (error);
}

static int
check_lists(const struct plan *p, int n)
{
	if (n == 0) {
		warnx("At least one drive list is required");
		return (EINVAL);
	}
	if (n > 1 && !p->type->spans && !p->type->each) {
		warnx("Only one drive list can be specified");
		return (EINVAL);
	}
	if (n > MFI_MAX_SPANS && p->type->spans) {
		warnx("Volume spans more than 8 arrays");
		return (EINVAL);
	}
	return (0);
}

static int
parse_lists(struct plan *p, int n, char **lists)
{
	int i, error = check_lists(p, n);

	if (error != 0)
		return (error);
	p->arrays = calloc(n, sizeof(*p->arrays));
	if (p->arrays == NULL)
		err(1, "create");
	for (i = 0; i < n && error == 0; i++)
		error = parse_list(p, lists[i]);
	for (i = 1; i < p->narrays && error == 0 && p->type->spans; i++) {
		if (p->arrays[i].drives != p->arrays[0].drives) {
			warnx("All arrays must contain the same number of "
			    "drives");
			error = EINVAL;
		}
	}
	return (error);
}

/* --- the configuration --- */

static uint16_t
free_array_ref(const struct mfi_config *c, int from)
{
	const struct mfi_array *a;
	int i = 0;

	while (i < c->arrays) {
		a = mfi_config_array(c, i++);
		if (a != NULL && a->ref == from) {
			from++;
			i = 0;
		}
	}
	return (from);
}

static uint8_t
free_target(const struct mfi_config *c, int from)
{
	const struct mfi_ld_config *ld;
	int i = 0;

	while (i < c->lds) {
		ld = mfi_config_ld(c, i++);
		if (ld != NULL && ld->props.ref.target_id == from) {
			from++;
			i = 0;
		}
	}
	return (from);
}

static void
build_array(const struct plan *p, const struct array *from,
    struct mfi_array *a, uint16_t ref)
{
	char name[NAME_LEN];
	int i;

	a->ref = ref;
	a->drives = from->drives;
	a->size = from->info[0].coerced_size;
	for (i = 0; i < from->drives; i++) {
		if (from->info[i].coerced_size < a->size)
			a->size = from->info[i].coerced_size;
		a->drive[i].ref = from->info[i].ref;
		a->drive[i].state = MFI_PD_ONLINE;
		if (p->verbose)
			printf("Adding drive %s to array %u\n",
			    drive_text(p->fd, name,
			    from->info[i].ref.device_id, NAME_BY_ID), ref);
	}
}

static void
build_volume(const struct plan *p, const struct mfi_array *a, int n,
    struct mfi_ld_config *ld, uint8_t target)
{
	int i;

	ld->props.ref.target_id = target;
	ld->props.default_cache = ld->props.current_cache = CACHE_POLICY;
	ld->params.primary = p->type->primary;
	ld->params.qualifier = p->type->qualifier;
	ld->params.secondary = p->type->secondary;
	ld->params.stripe = p->stripe;
	ld->params.drives = a[0].drives;
	ld->params.spans = n;
	ld->params.state = MFI_LD_OPTIMAL;
	for (i = 0; i < n; i++) {
		ld->span[i].blocks = a[i].size;
		ld->span[i].array_ref = a[i].ref;
		if (p->verbose)
			printf("Adding array %u to volume %u\n", a[i].ref,
			    target);
	}
}

static struct mfi_config *
build(const struct plan *p, const struct mfi_config *have)
{
	int nvolumes = p->type->each ? p->narrays : 1, i;
	size_t size = sizeof(struct mfi_config) +
	    p->narrays * sizeof(struct mfi_array) +
	    nvolumes * sizeof(struct mfi_ld_config);
	struct mfi_config *c = calloc(1, size);
	struct mfi_array *a;
	struct mfi_ld_config *ld;
	int ref = -1, target = -1;

	if (c == NULL)
		err(1, "create");
	c->size = size;
	c->arrays = p->narrays;
	c->array_size = sizeof(struct mfi_array);
	c->lds = nvolumes;
	c->ld_size = sizeof(struct mfi_ld_config);
	c->spare_size = sizeof(struct mfi_spare);
	a = (struct mfi_array *)(c + 1);
	ld = (struct mfi_ld_config *)(a + p->narrays);
	for (i = 0; i < p->narrays; i++) {
		ref = free_array_ref(have, ref + 1);
		build_array(p, &p->arrays[i], &a[i], ref);
	}
	for (i = 0; i < nvolumes; i++) {
		target = free_target(have, target + 1);
		build_volume(p, &a[i], p->type->each ? 1 : p->narrays, &ld[i],
		    target);
	}
	return (c);
}

static int
send_plan(const struct plan *p)
{
	struct mfi_config *have, *c;
	int error = 0;

	have = mfi_config_read(p->fd, MFI_DCMD_CFG_READ, NULL, 0);
	if (have == NULL) {
		error = errno;
		warn("Failed to read configuration");
		return (error);
	}
	c = build(p, have);
	if (mfi_dcmd(p->fd, MFI_DCMD_CFG_ADD, c, c->size, NULL, 0,
	    NULL) < 0) {
		error = errno;
		warn("Failed to add volume");
	}
	free(c);
	free(have);
	return (error);
}

static int
parse_options(struct plan *p, int ac, char **av)
{
	int ch, error = 0;

	p->stripe = 7;
	optind = 1;
#ifdef __GLIBC__
	optind = 0;		/* begin anew; the tests run there */
#else
	optreset = 1;
#endif
	while ((ch = getopt(ac, av, "s:v")) != -1 && error == 0) {
		if (ch == 'v')
			p->verbose = true;
		else if (ch == 's')
			error = parse_stripe(optarg, &p->stripe);
		else
			error = EINVAL;
	}
	return (error);
}

int
volume_create(int ac, char **av)
{
	struct plan plan = { 0 };
	int error;

	if (ac > 1 && strcmp(av[1], "spare") == 0)
		return (spare_add(ac - 1, av + 1));
	if (ac > 1 && strcmp(av[1], "volume") == 0) {
		ac--;
		av++;
	}
	if (ac < 2) {
		warnx("create volume: volume type required");
		return (EINVAL);
	}
	plan.type = find_type(av[1]);
	if (plan.type == NULL) {
		warnx("Unknown or unsupported volume type %s", av[1]);
		return (EINVAL);
	}
	error = parse_options(&plan, ac - 1, av + 1);
	if (error != 0 || (error = mfi_begin(&plan.fd)) != 0)
		return (error);
	if (!mfi_can_reconfigure())
		error = ENODEV;
	if (error == 0)
		error = parse_lists(&plan, ac - 1 - optind,
		    av + 1 + optind);
	if (error == 0)
		error = send_plan(&plan);
	free(plan.arrays);
	close(plan.fd);
	return (error);
}
