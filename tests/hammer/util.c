/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Volume images in memory, and TAP (see util.h).
 */
#include <err.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "util.h"

static int testno, failed;

void
say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("# ");
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
}

void
check(int ok, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	printf("%sok %d - ", ok ? "" : "not ", ++testno);
	vprintf(fmt, ap);
	printf("\n");
	va_end(ap);
	fflush(stdout);
	if (!ok)
		failed++;
}

int
plan(void)
{
	printf("1..%d\n", testno);
	return (failed != 0);
}

void
image_open(struct image *im, const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", path);
	im->im_size = st.st_size;
	im->im_data = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE, fd, 0);
	if (im->im_data == MAP_FAILED)
		err(1, "mmap");
	close(fd);
}

void
image_close(struct image *im)
{
	munmap(im->im_data, im->im_size);
}

static int
image_read(struct hammer_userdev *ud, off_t off, void *buf, int len)
{
	struct image *im = ud->ud_arg;

	if (off < 0 || off + len > im->im_size)
		return (EIO);
	memcpy(buf, im->im_data + off, len);
	return (0);
}

static int
image_write(struct hammer_userdev *ud, off_t off, const void *buf, int len)
{
	struct image *im = ud->ud_arg;

	if (off < 0 || off + len > im->im_size)
		return (EIO);
	memcpy(im->im_data + off, buf, len);
	return (0);
}

static int
image_flush(struct hammer_userdev *ud)
{
	return (0);
}

struct hammer_userdev *
image_dev(struct image *im)
{
	struct hammer_userdev *ud = hammer_zalloc(sizeof(*ud));

	ud->ud_fd = -1;
	ud->ud_read = image_read;
	ud->ud_write = image_write;
	ud->ud_flush = image_flush;
	ud->ud_arg = im;
	return (ud);
}

int
image_mount(struct image *im, int ronly, struct hammer_mount **hmpp)
{
	struct hammer_mount *hmp = hammer_mount_alloc();
	int error;

	error = hammer_volume_load(hmp, "image", image_dev(im), im->im_size);
	if (error == 0)
		error = hammer_mount_start(hmp, ronly);
	if (error) {
		hammer_mount_free(hmp);
		return (error);
	}
	*hmpp = hmp;
	return (0);
}

void
image_umount(struct hammer_mount *hmp)
{
	if (!hmp->hm_ronly)
		hammer_flush_sync(hmp);
	hammer_mount_free(hmp);
}

int
path_lookup(struct hammer_mount *hmp, const char *path, uint32_t lo,
    hammer_tid_t asof, struct hammer_inode **ipp)
{
	struct hammer_inode *dip, *ip;
	struct hammer_entry e;
	int error, len;

	error = hammer_inode_get(hmp, HAMMER_OBJID_ROOT, lo, asof, &dip);
	while (error == 0) {
		path += strspn(path, "/");
		len = strcspn(path, "/");
		if (len == 0) {
			*ipp = dip;
			return (0);
		}
		error = hammer_dir_lookup(dip, path, len, asof, &e, NULL);
		if (error == 0)
			error = hammer_inode_get(hmp, e.e_obj_id, e.e_lo,
			    asof, &ip);
		hammer_inode_rele(dip);
		dip = ip;
		path += len;
	}
	return (error);
}
