/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * getdisktabbyname(3): geometries of disks, from the capability file
 * /etc/disktab.
 */
#include <sys/param.h>
#include <disktab.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
get_number(char *record, const char *cap, int def)
{
	long v;

	return (cgetnum(record, cap, &v) == 0 ? (int)v : def);
}

static void
get_partitions(char *record, struct disktab *d)
{
	char cap[3], *s;
	int i;

	for (i = 0; i < MAXDTPARTITIONS; i++) {
		snprintf(cap, sizeof(cap), "p%c", 'a' + i);
		d->d_partitions[i].p_size = (uint64_t)get_number(record,
		    cap, 0);
		if (d->d_partitions[i].p_size == 0)
			continue;
		d->d_npartitions = i + 1;
		cap[0] = 'o';
		d->d_partitions[i].p_offset = (uint64_t)get_number(record,
		    cap, 0);
		cap[0] = 'b';
		d->d_partitions[i].p_fsize = get_number(record, cap, 0);
		cap[0] = 't';
		if (cgetstr(record, cap, &s) < 0)
			continue;
		strlcpy(d->d_partitions[i].p_fstypestr, s,
		    sizeof(d->d_partitions[i].p_fstypestr));
		free(s);
	}
}

struct disktab *
getdisktabbyname(const char *name)
{
	static struct disktab d;
	char path[] = _PATH_DISKTAB, *files[] = { path, NULL }, *record, *s;

	if (cgetent(&record, files, name) < 0)
		return (NULL);
	memset(&d, 0, sizeof(d));
	if (cgetstr(record, "ty", &s) >= 0) {
		strlcpy(d.d_typename, s, sizeof(d.d_typename));
		free(s);
	}
	d.d_media_blksize = get_number(record, "se", DEV_BSIZE);
	d.d_nheads = (unsigned int)get_number(record, "nt", 0);
	d.d_secpertrack = (unsigned int)get_number(record, "ns", 0);
	d.d_ncylinders = (unsigned int)get_number(record, "nc", 0);
	d.d_secpercyl = (unsigned int)get_number(record, "sc",
	    (int)(d.d_nheads * d.d_secpertrack));
	d.d_media_blocks = (uint64_t)d.d_secpercyl * d.d_ncylinders;
	d.d_media_size = d.d_media_blocks * (uint64_t)d.d_media_blksize;
	d.d_rpm = get_number(record, "rm", 3600);
	d.d_interleave = get_number(record, "il", 1);
	get_partitions(record, &d);
	free(record);
	return (&d);
}
