/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disklabel64 - read, write and edit the label of a slice
 *
 * usage: disklabel64 [-rV] disk
 *	disklabel64 -w [-nr] disk [type [packid]]
 *	disklabel64 -e [-nr] disk
 *	disklabel64 -R [-nr] disk protofile
 *	disklabel64 -B [-n] [-b boot1 -s boot2] disk
 *	disklabel64 [-NW] disk
 *
 * Without -r the kernel reads and writes the label; with it, or to install
 * boot code, we do.  The kernel is told of a new label in any case, and
 * refuses one that would change a partition in use.
 */
#include <sys/param.h>
#include <sys/endian.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <paths.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "diskdev.h"
#include "label.h"

#define BOOT1_SIZE	512
#define LOADER_MAX	(384 * 1024)	/* boot2 takes no more */
#define LOADER_TEXT	"DFLYLOAD"	/* and a length, then the loader */
#define LOADER_HEADER	512
#define EXIT_IOCTL	4	/* the kernel refused */

static struct disk_handle disk;
static bool raw, nowrite, bootcode;
static const char *boot1_file = "/boot/boot1_64";
static const char *boot2_file = "/boot/boot2_64";
static const char *loader_file = "/boot/loader";
static char boot1[BOOT1_SIZE], boot2[BOOT2SIZE64];
static char loader[LOADER_HEADER + LOADER_MAX + MAXBSIZE]; /* padded */
static size_t boot2_size, loader_size;

static void usage(void) __dead2;

static void
usage(void)
{
	fprintf(stderr, "%s\n%s\n%s\n%s\n%s\n%s\n",
	    "usage: disklabel64 [-rV] disk",
	    "       disklabel64 -w [-Bnr] [-b boot1 -s boot2] disk "
	    "[type [packid]]",
	    "       disklabel64 -e [-nr] disk",
	    "       disklabel64 -R [-Bnr] [-b boot1 -s boot2] disk protofile",
	    "       disklabel64 -B [-n] [-b boot1 -s boot2] disk",
	    "       disklabel64 [-NW] disk");
	exit(EX_USAGE);
}

/* Say what the kernel's refusal means. */
static void
ioctl_failed(const char *name)
{
	const char *text[2] = { strerror(errno), NULL };

	switch (errno) {
	case ESRCH:
		text[0] = "no disk label on disk;";
		text[1] = "add \"-r\" to install initial label";
		break;
	case EINVAL:
		text[0] = "label magic number or checksum is wrong!";
		text[1] = "(disklabel or kernel is out of date?)";
		break;
	case EBUSY:
		text[0] = "open partition would move or shrink";
		break;
	case ENOATTR:
		text[0] = "the disk already has a label of a different type,";
		text[1] = "probably a 32 bit disklabel.  It must be cleaned "
		    "out first.";
		break;
	case ENODEV:
		text[0] = "a whole disk has no label, its slices have";
		break;
	case ENOSPC:
		text[0] = "the label describes more than the slice holds";
		break;
	}
	warnx("%s: ioctl %s: %s", disk.dh_path, name, text[0]);
	if (text[1] != NULL)
		fprintf(stderr, "%s\n", text[1]);
}

static size_t
label_sectors(void)
{
	return (roundup(sizeof(struct disklabel64),
	    (size_t)disk.dh_info.media_blksize));
}

static void *
xalloc(size_t n)
{
	void *p = calloc(1, n);

	if (p == NULL)
		err(1, NULL);
	return (p);
}

static void
read_label(struct disklabel64 *lp)
{
	struct disklabel64 *on_disk;
	uint32_t crc;

	if (!raw) {
		if (ioctl(disk.dh_fd, DIOCGDINFO64, lp) < 0) {
			ioctl_failed("DIOCGDINFO64");
			exit(EXIT_IOCTL);
		}
		return;
	}
	on_disk = xalloc(label_sectors());
	disk_pread(&disk, on_disk, label_sectors(), 0);
	*lp = *on_disk;
	free(on_disk);
	if (lp->d_magic != DISKMAGIC64)
		errx(1, "%s: bad pack magic number", disk.dh_path);
	if (lp->d_npartitions > MAXPARTITIONS64)
		errx(1, "%s: corrupted disklabel64", disk.dh_path);
	crc = lp->d_crc;
	label_seal(lp);
	if (lp->d_crc != crc)
		errx(1, "%s: corrupted disklabel64", disk.dh_path);
}

static void
virgin_label(struct disklabel64 *lp)
{
	if (ioctl(disk.dh_fd, DIOCGDVIRGIN64, lp) < 0) {
		ioctl_failed("DIOCGDVIRGIN64");
		exit(EXIT_IOCTL);
	}
}

static size_t
read_boot_file(const char *name, char *buf, size_t limit)
{
	struct stat st;
	int fd = open(name, O_RDONLY);

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", name);
	if (st.st_size > (off_t)limit)
		errx(1, "%s: %jd bytes are more than %zu", name,
		    (intmax_t)st.st_size, limit);
	if (read(fd, buf, limit) != st.st_size)
		err(1, "%s", name);
	close(fd);
	return (st.st_size);
}

static void
read_boot_files(void)
{
	if (read_boot_file(boot1_file, boot1, sizeof(boot1)) != BOOT1_SIZE)
		errx(1, "%s: must have %d bytes", boot1_file, BOOT1_SIZE);
	boot2_size = read_boot_file(boot2_file, boot2, sizeof(boot2));
	loader_size = read_boot_file(loader_file, loader + LOADER_HEADER,
	    LOADER_MAX);
	memcpy(loader, LOADER_TEXT, strlen(LOADER_TEXT));
	le32enc(loader + strlen(LOADER_TEXT), loader_size);
	loader_size += LOADER_HEADER;
}

/* boot2, and the loader behind the space for it. */
static void
write_boot_area(struct disklabel64 *lp)
{
	size_t sec = disk.dh_info.media_blksize;

	disk_pwrite(&disk, boot2, roundup(boot2_size, sec), lp->d_bbase);
	disk_pwrite(&disk, loader, roundup(loader_size, sec),
	    lp->d_bbase + BOOT2SIZE64);
}

/* With our own hands: boot code, label, boot2. */
static int
write_raw(struct disklabel64 *lp)
{
	size_t n = label_sectors(), sec = disk.dh_info.media_blksize;
	int on = 1, off = 0;
	char *buf;

	if (bootcode && BOOT2SIZE64 + roundup(loader_size, sec) >
	    lp->d_pbase - lp->d_bbase) {
		warnx("%s: %zu bytes do not fit the boot area", loader_file,
		    loader_size);
		return (0);
	}
	if (ioctl(disk.dh_fd, DIOCSDINFO64, lp) < 0 && errno != ENODEV &&
	    errno != ENOTTY) {
		ioctl_failed("DIOCSDINFO64");
		return (0);
	}
	if (ioctl(disk.dh_fd, DIOCWLABEL, &on) < 0 && errno != ENODEV &&
	    errno != ENOTTY)
		err(1, "%s: ioctl DIOCWLABEL", disk.dh_path);
	buf = xalloc(n);
	disk_pread(&disk, buf, n, 0);
	memcpy(buf + BOOT1_SIZE, &lp->d_magic, sizeof(*lp) - BOOT1_SIZE);
	if (bootcode)
		memcpy(buf, boot1, BOOT1_SIZE);
	disk_pwrite(&disk, buf, n, 0);
	free(buf);
	if (bootcode)
		write_boot_area(lp);
	ioctl(disk.dh_fd, DIOCWLABEL, &off);
	return (1);
}

/* 0: not written, and said why. */
static int
write_label(struct disklabel64 *lp)
{
	label_seal(lp);
	if (nowrite) {
		warnx("Warning, write to disk label suppressed - label was "
		    "as follows:");
		label_print(stdout, lp, disk.dh_path);
		return (1);
	}
	if (raw)
		return (write_raw(lp));
	if (ioctl(disk.dh_fd, DIOCWDINFO64, lp) < 0) {
		ioctl_failed("DIOCWDINFO64");
		return (0);
	}
	return (1);
}

static void
run_editor(const char *file)
{
	const char *editor = getenv("EDITOR");
	int status;
	pid_t pid;

	if (editor == NULL || editor[0] == '\0')
		editor = _PATH_VI;
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0) {
		/* $EDITOR may have arguments. */
		execl(_PATH_BSHELL, "sh", "-c", "exec $0 \"$1\"", editor,
		    file, (char *)NULL);
		_exit(127);
	}
	if (waitpid(pid, &status, 0) < 0)
		err(1, "waitpid");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		unlink(file);
		errx(1, "%s failed: the label is as it was", editor);
	}
}

static int
ask_again(void)
{
	char line[64];

	printf("re-edit the label? [y]: ");
	fflush(stdout);
	return (fgets(line, sizeof(line), stdin) != NULL &&
	    line[0] != 'n' && line[0] != 'N');
}

static int
edit_label(struct disklabel64 *lp)
{
	char file[] = "/tmp/EdDk.XXXXXXXXXX";
	struct disklabel64 *new = xalloc(sizeof(*new));
	int fd = mkstemp(file), done = 0;
	FILE *f;

	if (fd < 0 || (f = fdopen(fd, "w")) == NULL)
		err(1, "%s", file);
	label_print(f, lp, disk.dh_path);
	if (fclose(f) != 0)
		err(1, "%s", file);
	do {
		run_editor(file);
		f = fopen(file, "r");
		if (f == NULL)
			err(1, "%s", file);
		*new = *lp;
		done = label_parse(f, new) && write_label(new);
		fclose(f);
	} while (!done && ask_again());
	unlink(file);
	free(new);
	return (done);
}

static int
restore_label(struct disklabel64 *lp, const char *protofile)
{
	FILE *f = strcmp(protofile, "-") == 0 ? stdin : fopen(protofile, "r");

	if (f == NULL)
		err(1, "%s", protofile);
	return (label_parse(f, lp) && write_label(lp));
}

static void
set_pack_name(struct disklabel64 *lp, int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "auto") != 0)
		errx(1, "%s: the only known type is \"auto\"", argv[1]);
	if (argc <= 2)
		return;
	if (strlen(argv[2]) >= sizeof(lp->d_packname))
		errx(1, "%s: longer than %zu bytes", argv[2],
		    sizeof(lp->d_packname) - 1);
	memset(lp->d_packname, 0, sizeof(lp->d_packname));
	strlcpy((char *)lp->d_packname, argv[2], sizeof(lp->d_packname));
}

/* May a label be installed on what was opened? */
static void
check_target(void)
{
	int off = 0;

	if (disk.dh_info.fstype != 0)
		errx(1, "%s: a partition; labels are of slices",
		    disk.dh_path);
	/* A whole disk, which only -r can mean, must not be in use. */
	if (raw && ioctl(disk.dh_fd, DIOCSYNCSLICEINFO, &off) < 0 &&
	    errno == EBUSY)
		errx(1, "%s: the disk or a part of it is in use",
		    disk.dh_path);
	if (disk.dh_info.media_size < 4 * 1024 * 1024)
		errx(1, "%s: %ju bytes are too small for a label",
		    disk.dh_path, (uintmax_t)disk.dh_info.media_size);
}

static int
run(int mode, int argc, char **argv)
{
	struct disklabel64 *lp = xalloc(sizeof(*lp));
	int flag = mode == 'W', ok = 1;

	disk_open(&disk, argv[0], mode == 'v' || mode == 'V' ? 0 : DH_WRITE);
	if (mode != 'v' && mode != 'V' && mode != 'N' && mode != 'W')
		check_target();
	switch (mode) {
	case 'v':
		read_label(lp);
		label_print(stdout, lp, disk.dh_path);
		break;
	case 'V':
		virgin_label(lp);
		label_print(stdout, lp, disk.dh_path);
		break;
	case 'N':
	case 'W':
		if (ioctl(disk.dh_fd, DIOCWLABEL, &flag) < 0)
			err(EXIT_IOCTL, "%s: ioctl DIOCWLABEL", disk.dh_path);
		break;
	case 'w':
		virgin_label(lp);
		set_pack_name(lp, argc, argv);
		ok = write_label(lp);
		break;
	case 'e':
		read_label(lp);
		ok = edit_label(lp);
		break;
	case 'R':
		virgin_label(lp);
		ok = restore_label(lp, argv[1]);
		break;
	case 'B':
		/* The label that is there, with new boot code. */
		read_label(lp);
		ok = write_label(lp);
		break;
	}
	free(lp);
	return (ok ? 0 : EXIT_IOCTL);
}

int
main(int argc, char **argv)
{
	int c, mode = 'v', most = 1, least = 1;

	while ((c = getopt(argc, argv, "Bb:eNnRrs:VWw")) != -1) {
		switch (c) {
		case 'B':
			bootcode = raw = true;
			break;
		case 'b':
			boot1_file = optarg;
			break;
		case 's':
			boot2_file = optarg;
			break;
		case 'n':
			nowrite = true;
			break;
		case 'r':
			raw = true;
			break;
		case 'V': case 'e': case 'N': case 'R': case 'W': case 'w':
			if (mode != 'v')
				usage();
			mode = c;
			break;
		default:
			usage();
		}
	}
	argc -= optind;
	argv += optind;
	if (bootcode && mode == 'v')
		mode = 'B';
	if (bootcode && mode != 'B' && mode != 'w' && mode != 'R')
		usage();
	if (mode == 'w')
		most = 3;
	else if (mode == 'R')
		most = least = 2;
	if (argc < least || argc > most)
		usage();
	if (bootcode)
		read_boot_files();
	return (run(mode, argc, argv));
}
