/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/mfi0 on the emulated 2108: frames of programs, and what is refused.
 * Prints "good name" or "bad name".
 */
#include <sys/types.h>
#include <sys/event.h>
#include <sys/ioctl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <dev/raid/mfi/mfi_ioctl.h>

static struct mfi_ioc_packet p;
static struct mfi_pass_frame *const pass = (struct mfi_pass_frame *)p.frame;
static struct mfi_dcmd_frame *const dcmd = (struct mfi_dcmd_frame *)p.frame;
static unsigned char data[2048], sense[128];
static int rw, ro;

static void
is(bool good, const char *name)
{
	printf("%s %s\n", good ? "good" : "bad", name);
}

static bool
fails(int fd, unsigned long cmd, void *arg, int error)
{
	errno = 0;
	return (ioctl(fd, cmd, arg) < 0 && errno == error);
}

/* A READ(10) of one sector of target 0. */
static void
make_read(uint8_t lba_high)
{
	void *to = sense;

	memset(&p, 0, sizeof(p));
	pass->header.cmd = MFI_CMD_PD_SCSI_IO;
	pass->header.cdb_len = 10;
	pass->header.flags = MFI_FRAME_READ;
	pass->header.data_len = 512;
	pass->cdb[0] = 0x28;
	pass->cdb[2] = lba_high;
	pass->cdb[8] = 1;
	p.sgl_off = offsetof(struct mfi_pass_frame, sgl);
	p.sge_count = 1;
	p.sgl[0].base = (uintptr_t)data;
	p.sgl[0].len = 512;
	p.sense_off = offsetof(struct mfi_pass_frame, sense);
	p.sense_len = 32;
	memcpy(p.frame + p.sense_off, &to, sizeof(to));
}

static void
test_frames(void)
{
	int r;

	dcmd->header.cmd = MFI_CMD_DCMD;
	dcmd->header.flags = MFI_FRAME_READ;
	dcmd->header.data_len = sizeof(data);
	dcmd->opcode = MFI_DCMD_CTRL_GETINFO;
	p.sgl_off = offsetof(struct mfi_dcmd_frame, sgl);
	p.sge_count = 2;
	p.sgl[0].base = (uintptr_t)data;
	p.sgl[0].len = 1350;
	p.sgl[1].base = (uintptr_t)data + 1350;
	p.sgl[1].len = sizeof(data) - 1350;
	r = ioctl(rw, MFI_CMD, &p);
	is(r == 0 && dcmd->header.cmd_status == 0 && memcmp(data + 1344,
	    "LSI MegaRAID", 12) == 0, "a request answers into two pieces");
	make_read(0);
	r = ioctl(rw, MFI_CMD, &p);
	is(r == 0 && pass->header.cmd_status == 0, "a drive is read");
	make_read(0xff);
	r = ioctl(rw, MFI_CMD, &p);
	is(r == 0 && pass->header.cmd_status ==
	    MFI_STAT_SCSI_DONE_WITH_ERROR && sense[0] == 0x70 &&
	    sense[12] == 0x21, "beyond its end there are sense data");
}

static void
test_refusals(void)
{
	struct mfi_ioc_passthru pt;

	make_read(0);
	p.sgl_off = offsetof(struct mfi_dcmd_frame, sgl);
	is(fails(rw, MFI_CMD, &p, EINVAL), "a list elsewhere is refused");
	make_read(0);
	p.sense_off = 100;
	is(fails(rw, MFI_CMD, &p, EINVAL), "and a sense pointer elsewhere");
	make_read(0);
	p.sge_count = MFI_IOC_SGES + 1;
	is(fails(rw, MFI_CMD, &p, EINVAL), "and too many pieces");
	make_read(0);
	p.sgl[0].len = 1 << 30;
	is(fails(rw, MFI_CMD, &p, EINVAL), "and too large ones");
	make_read(0);
	pass->header.data_len = 4096;
	is(fails(rw, MFI_CMD, &p, EINVAL), "and more data than pieces");
	make_read(0);
	pass->header.cmd = MFI_CMD_LD_WRITE;
	is(fails(rw, MFI_CMD, &p, EINVAL), "and a disk's own frames");
	make_read(0);
	is(fails(ro, MFI_CMD, &p, EPERM), "and who may only read");
	p.sgl[0].base = 0x1000;
	is(fails(rw, MFI_CMD, &p, EFAULT), "and memory that is not there");
	memset(&pt, 0, sizeof(pt));
	pt.buf_size = 1 << 21;
	is(fails(rw, MFIIO_PASSTHRU, &pt, EINVAL), "and a giant buffer");
	pt.buf_size = 0;
	pt.ioc_frame.opcode = MFI_DCMD_LD_DELETE;
	pt.ioc_frame.mbox[0] = 60;
	is(fails(rw, MFIIO_PASSTHRU, &pt, ENOENT),
	    "and deleting what is not there");
	is(fails(rw, _IO('M', 99), NULL, ENOENT), "and unknown requests");
}

static void
test_queues(void)
{
	union mfi_statrequest s = { .item = MFIQ_FREE };
	struct mfi_ioc_aen aen = { .class_locale = 0xfe00ffff };
	struct timespec now = { 0, 0 };
	struct kevent k;
	int kq = kqueue();

	is(ioctl(ro, MFIIO_STATS, &s) == 0 && s.qstat.max == 1007 &&
	    s.qstat.length <= s.qstat.max, "as many commands as it takes");
	s.item = 4;
	is(fails(ro, MFIIO_STATS, &s, ENOTTY), "but four queues");
	is(ioctl(rw, MFI_SET_AEN, &aen) == 0, "events can be waited for");
	EV_SET(&k, rw, EVFILT_READ, EV_ADD, 0, 0, NULL);
	is(kevent(kq, &k, 1, &k, 1, &now) == 0, "there is none yet");
}

int
main(void)
{
	rw = open("/dev/mfi0", O_RDWR);
	ro = open("/dev/mfi0", O_RDONLY);
	if (rw < 0 || ro < 0) {
		perror("/dev/mfi0");
		return (1);
	}
	test_frames();
	test_refusals();
	test_queues();
	return (0);
}
