/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): volumes of a mounted filesystem.
 */
#include <sys/param.h>
#include <sys/ioctl.h>
#include <sys/diskslice.h>
#include <err.h>
#include <fcntl.h>
#include <unistd.h>
#include "online.h"

/* The volumes; the caller frees *volsp. */
static int
list_volumes(int fd, const char *path, struct hammer_ioc_volume **volsp)
{
	struct hammer_ioc_volume_list vl;

	memset(&vl, 0, sizeof(vl));
	vl.nvols = HAMMER_MAX_VOLUMES;
	vl.vols = calloc(HAMMER_MAX_VOLUMES, sizeof(*vl.vols));
	if (vl.vols == NULL)
		err(1, "calloc");
	fs_ioctl(fd, HAMMERIOC_LIST_VOLUMES, &vl, path);
	*volsp = vl.vols;
	return (vl.nvols);
}

int
volume_names(int fd, const char *sep, char *buf, size_t size)
{
	struct hammer_ioc_volume *vols;
	int i, nvols = list_volumes(fd, "volumes", &vols);
	size_t n = 0;

	buf[0] = '\0';
	for (i = 0; i < nvols && n < size; i++)
		n += snprintf(buf + n, size - n, "%s%s", i > 0 ? sep : "",
		    vols[i].device_name);
	free(vols);
	return (nvols);
}

int
cmd_volume_list(int argc, char **argv)
{
	struct hammer_ioc_volume *vols;
	int i, n;

	need_args(argc, 1, 1);
	n = list_volumes(open_fs(argv[0]), argv[0], &vols);
	for (i = 0; i < n; i++) {
		if (verbose > 0)
			printf("%d\t%s%s\n", vols[i].vol_no,
			    vols[i].device_name,
			    vols[i].vol_no == 0 ? " (Root Volume)" : "");
		else
			printf("%s\n", vols[i].device_name);
	}
	free(vols);
	return (0);
}

int
cmd_volume_blkdevs(int argc, char **argv)
{
	char *names = malloc(65536);

	need_args(argc, 1, 1);
	volume_names(open_fs(argv[0]), ":", names, 65536);
	printf("%s\n", names);
	free(names);
	return (0);
}

/* A name without a slash is one in /dev. */
static void
device_name(const char *name, struct hammer_ioc_volume *v)
{
	int n;

	memset(v, 0, sizeof(*v));
	n = snprintf(v->device_name, sizeof(v->device_name), "%s%s",
	    strchr(name, '/') == NULL ? "/dev/" : "", name);
	if (n >= (int)sizeof(v->device_name))
		errx(1, "%s: the name is too long", name);
}

static int64_t
device_size(const char *name)
{
	struct partinfo pi;
	int fd = open(name, O_RDWR);

	if (fd < 0)
		err(1, "%s", name);
	if (ioctl(fd, DIOCGPART, &pi) < 0)
		err(1, "%s: cannot get its size", name);
	if (pi.reserved_blocks != 0)
		errx(1, "%s overlaps the disk label", name);
	close(fd);
	return (pi.media_size);
}

int
cmd_volume_add(int argc, char **argv)
{
	struct hammer_ioc_volume v;

	need_args(argc, 2, 2);
	device_name(argv[0], &v);
	v.vol_size = device_size(v.device_name);
	v.boot_area_size = hammer_area_size(HAMMER_BOOT_NOMBYTES,
	    HAMMER_BOOT_MINBYTES, v.vol_size);
	v.memory_log_size = hammer_area_size(HAMMER_MEM_NOMBYTES,
	    HAMMER_MEM_MINBYTES, v.vol_size);
	if (ioctl(open_fs(argv[1]), HAMMERIOC_ADD_VOLUME, &v) < 0)
		err(1, "volume-add of %s", v.device_name);
	return (0);
}

int
cmd_volume_del(int argc, char **argv)
{
	struct hammer_ioc_volume v;
	char question[2200];
	int fd;

	need_args(argc, 2, 2);
	device_name(argv[0], &v);
	fd = open_fs(argv[1]);
	if (force_opt)
		v.flag = HAMMER_IOC_VOLUME_REBLOCK;
	if (ioctl(fd, HAMMERIOC_DEL_VOLUME, &v) == 0)
		return (0);
	if (errno != ENOTEMPTY || force_opt)
		err(1, "volume-del of %s", v.device_name);
	snprintf(question, sizeof(question), "%s is not empty, do you want "
	    "to reblock %s?", v.device_name, v.device_name);
	if (!answer_yes(question)) {
		fprintf(stderr, "No action taken on %s\n", v.device_name);
		return (1);
	}
	v.flag = HAMMER_IOC_VOLUME_REBLOCK;
	if (ioctl(fd, HAMMERIOC_DEL_VOLUME, &v) < 0)
		err(1, "volume-del of %s", v.device_name);
	return (0);
}
