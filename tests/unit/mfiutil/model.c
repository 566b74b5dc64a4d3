/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A model of the firmware of a PERC H700 behind mfiutil's ioctls: the filer of
 * the transcripts, with a drive lost, a battery, a log and a foreign
 * configuration besides.  What changes something is shown, not done.
 *
 * MODEL=bad makes every list and configuration lie about its sizes.
 */
#include <sys/types.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>

#include <dev/raid/mfi/mfi_ioctl.h>

#undef open
#undef ioctl
int	open(const char *path, int flags, ...);
int	model_open(const char *path, int flags, ...);
int	model_ioctl(int fd, unsigned long cmd, ...);
int	sysctlbyname(const char *name, void *old, size_t *len,
	    const void *new, size_t newlen);

#define DRIVES		15
#define RAW		585937500
#define COERCED		584937500
#define ARRAY_SIZE	584843264
#define FOREIGN_DRIVE	13
#define SPARE_DRIVE	14

static bool
bad(void)
{
	const char *s = getenv("MODEL");

	return (s != NULL && strcmp(s, "bad") == 0);
}

int
model_open(const char *path, int flags, ...)
{
	if (strcmp(path, "/dev/mfi0") == 0)
		return (open("/dev/null", O_RDWR));
	if (strncmp(path, "/dev/mfi", 8) == 0) {
		errno = ENOENT;
		return (-1);
	}
	return (open(path, flags));
}

int
sysctlbyname(const char *name, void *old, size_t *len, const void *new,
    size_t newlen)
{
	(void)new;
	(void)newlen;
	(void)len;
	if (strcmp(name, "dev.mfi.0.delete_busy_volumes") != 0) {
		errno = ENOENT;
		return (-1);
	}
	*(int *)old = 0;
	return (0);
}

/* --- the controller --- */

static void
image(struct mfi_image *i, const char *name, const char *version,
    const char *date, const char *time)
{
	strncpy(i->name, name, sizeof(i->name));
	memcpy(i->version, version, strlen(version));
	strncpy(i->date, date, sizeof(i->date));
	strncpy(i->time, time, sizeof(i->time));
}

static uint8_t
ctrl_info(void *buf)
{
	struct mfi_ctrl_info *c = buf;

	memcpy(c->product_name, "PERC H700 Integrated", 20);
	memcpy(c->serial_number, "27J03DM", 7);
	memcpy(c->package_version, "12.10.4-0001", 12);
	c->raid_levels = 0x17;
	c->hw_present = MFI_HW_BBU | MFI_HW_NVRAM;
	c->nvram_size = 32;
	c->memory_size = 512;
	c->stripe_min = 4;
	c->stripe_max = 11;
	c->active_images = bad() ? 0xffffffff : 2;
	image(&c->active[0], "BIOS", "3.18.00_4.09.05.00_0x0416A000", "", "");
	image(&c->active[1], "APP", "2.100.03-1405", "Feb 15 2012",
	    "17:04:58");
	c->pending_images = 1;
	image(&c->pending[0], "APP", "2.100.03-1584", "Mar 30 2012",
	    "14:35:26");
	return (0);
}

/* --- drives --- */

static uint8_t
pd_list(void *buf, uint32_t size)
{
	struct mfi_pd_list *l = buf;
	int i;

	l->size = bad() ? 0x7fffffff : sizeof(*l) +
	    (DRIVES + 1) * sizeof(l->addr[0]);
	l->count = bad() ? 0xffffffff : DRIVES + 1;
	for (i = 0; i <= DRIVES && sizeof(*l) + (i + 1) *
	    sizeof(l->addr[0]) <= size; i++) {
		l->addr[i].device_id = i;
		l->addr[i].encl_id = DRIVES;
		l->addr[i].encl_index = 1;
		l->addr[i].slot = i;
		l->addr[i].scsi_type = i == DRIVES ? 13 : 0;
	}
	return (0);
}

static void
inquiry(uint8_t *p, int ansi, const char *text)
{
	p[2] = ansi;
	memset(p + 8, ' ', 48);
	memcpy(p + 8, text, strlen(text));
}

static void
patrol_of(struct mfi_pd_info *p, int id)
{
	static const struct mfi_progress progress[] = {
		{ 11270, 251 }, { 11364, 251 }, { 13087, 291 },
		{ 13009, 291 },
	};

	if (id < 4) {
		p->activities = MFI_PD_PATROLLING;
		p->patrol = progress[id];
	}
	if (id == 4) {
		p->activities = MFI_PD_REBUILDING;
		p->rebuild = (struct mfi_progress){ 100, 60 };
	}
}

static uint8_t
pd_info(struct mfi_pd_info *p, int id)
{
	char text[64];

	if (id >= DRIVES)
		return (MFI_STAT_DEVICE_NOT_FOUND);
	p->ref.device_id = id;
	p->ref.seq = 7;
	p->raw_size = RAW;
	p->non_coerced_size = RAW - 500000;
	p->coerced_size = COERCED;
	p->encl_id = DRIVES;
	p->encl_index = 1;
	p->slot = id;
	p->state = id == 4 ? MFI_PD_REBUILD : id == SPARE_DRIVE ?
	    MFI_PD_HOT_SPARE : MFI_PD_ONLINE;
	snprintf(text, sizeof(text), "SEAGATE ST3300657SS     ES656SJ5PG%02d",
	    id);
	inquiry(p->inquiry, 5, id == 0 ?
	    "SEAGATE ST3300657SS     ES656SJ5PGQH" : id == 12 ?
	    "HITACHI HUC106030CSS600 A360PMWRWD8D" : text);
	if (id == 12)
		p->inquiry[2] = 6;
	if (id == 11 || id == FOREIGN_DRIVE)
		p->state = MFI_PD_UNCONFIGURED_GOOD;
	if (id == FOREIGN_DRIVE) {
		p->ddf_type = MFI_PD_FOREIGN;
		p->raw_size = 312500000;
		inquiry(p->inquiry, 6, "ATA     INTEL SSDSC2BB16"
		    "0370  BTWL3405000160MGN ");
	}
	patrol_of(p, id);
	return (0);
}

/* --- volumes and the configuration --- */

static uint8_t
ld_list(struct mfi_ld_list *l)
{
	l->count = bad() ? 0xffff : 2;
	l->ld[0].state = MFI_LD_DEGRADED;
	l->ld[1].ref.target_id = 1;
	l->ld[1].state = MFI_LD_OPTIMAL;
	return (0);
}

static void
ld_config(struct mfi_ld_config *c, int target)
{
	memset(c, 0, sizeof(*c));
	c->props.ref.target_id = target;
	c->props.ref.seq = 3;
	memcpy(c->props.name, target == 0 ? "SYSTEM" : "DATA",
	    target == 0 ? 6 : 4);
	c->props.default_cache = MFI_CACHE_WRITE_BACK |
	    MFI_CACHE_READ_AHEAD | MFI_CACHE_READ_ADAPTIVE;
	c->props.current_cache = target == 0 ? c->props.default_cache :
	    MFI_CACHE_READS;
	c->params.primary = target == 0 ? 1 : 6;
	c->params.qualifier = target == 0 ? 0 : 3;
	c->params.stripe = 7;
	c->params.drives = target == 0 ? 2 : 11;
	c->params.spans = 1;
	c->params.state = target == 0 ? MFI_LD_DEGRADED : MFI_LD_OPTIMAL;
	c->span[0].blocks = ARRAY_SIZE;
	c->span[0].array_ref = target;
}

static uint8_t
ld_info(struct mfi_ld_info *l, int target)
{
	if (target > 1)
		return (MFI_STAT_DEVICE_NOT_FOUND);
	ld_config(&l->config, target);
	l->size = target == 0 ? 584843264 : 5848432640;
	if (target == 1) {
		l->activities = MFI_LD_CHECKING;
		l->check = (struct mfi_progress){ 0x8000, 5 };
	}
	return (0);
}

static uint8_t
config(struct mfi_config *c, uint32_t size)
{
	uint32_t need = sizeof(*c) + 2 * sizeof(struct mfi_array) +
	    2 * sizeof(struct mfi_ld_config) + 2 * sizeof(struct mfi_spare);
	struct mfi_array *a = (struct mfi_array *)(c + 1);
	struct mfi_ld_config *ld = (struct mfi_ld_config *)(a + 2);
	struct mfi_spare *s = (struct mfi_spare *)(ld + 2);

	c->size = need;
	if (size < need)
		return (0);
	c->arrays = c->lds = c->spares = bad() ? 0xffff : 2;
	c->array_size = bad() ? 300 : sizeof(*a);
	c->ld_size = sizeof(*ld);
	c->spare_size = sizeof(*s);
	a[0].drives = bad() ? 255 : 2;
	a[0].size = a[1].size = ARRAY_SIZE;
	a[0].drive[0].ref.device_id = 0;
	a[0].drive[1].ref.device_id = 99;
	a[0].drive[1].state = MFI_PD_FAILED;
	a[1].ref = 1;
	a[1].drives = 2;
	a[1].drive[0].ref.device_id = 12;
	a[1].drive[0].state = MFI_PD_ONLINE;
	a[1].drive[1].ref.device_id = MFI_NO_DRIVE;
	ld_config(&ld[0], 0);
	ld_config(&ld[1], 1);
	s[0].ref.device_id = SPARE_DRIVE;
	s[0].type = MFI_SPARE_DEDICATED;
	s[0].arrays = bad() ? 255 : 1;
	s[0].array_ref[0] = 1;
	s[1].ref.device_id = 77;
	return (0);
}

/* --- log, battery, patrol --- */

static void
event(struct mfi_event *e, uint32_t seq, int type, const char *text)
{
	memset(e, 0, sizeof(*e));
	e->seq = seq;
	e->time = 399817600 + seq;
	e->locale = 2;
	e->evclass = 1;
	e->arg_type = type;
	strcpy(e->text, text);
}

static uint8_t
events(struct mfi_event_list *l, uint32_t seq, uint32_t size)
{
	if (seq >= 5005)
		return (MFI_STAT_NOT_FOUND);
	if (size < sizeof(*l) + 2 * sizeof(struct mfi_event))
		return (0x03);
	l->count = bad() ? 0xffffffff : 2;
	event(&l->event[0], 5003, 14, "text");
	l->event[0].args[0] = 5;
	l->event[0].args[2] = 1;
	l->event[0].args[3] = 5;
	l->event[0].args[4] = 0xff;
	l->event[0].args[5] = 0x7f;
	l->event[0].args[6] = 77;
	event(&l->event[1], 5004, 8, "text");
	l->event[1].args[4] = MFI_LD_OPTIMAL;
	l->event[1].args[8] = MFI_LD_DEGRADED;
	return (0);
}

static uint8_t
battery(uint32_t opcode, void *buf)
{
	struct mfi_bbu_capacity *c = buf;
	struct mfi_bbu_design *d = buf;
	struct mfi_bbu_status *s = buf;

	switch (opcode) {
	case MFI_DCMD_BBU_GET_CAPACITY_INFO:
		if (bad())
			return (MFI_STAT_NO_HW_PRESENT);
		c->relative = 97;
		c->remaining = 1350;
		c->full = 1400;
		c->cycles = 12;
		break;
	case MFI_DCMD_BBU_GET_DESIGN_INFO:
		d->date = 17 | 3 << 5 | 2010 << 9;
		d->capacity = 1700;
		d->voltage = 3700;
		d->serial = 2345;
		memcpy(d->manufacturer, "SANYO", 5);
		memcpy(d->device, "DLFR463", 7);
		memcpy(d->chemistry, "LION", 4);
		break;
	default:
		s->type = MFI_BBU_TYPE_BBU;
		s->voltage = 3949;
		s->temperature = 31;
		s->fw_status = 0x18;
		s->detail[MFI_BBU_HEALTH] = 1;
		break;
	}
	return (0);
}

/* --- what mfiutil asks --- */

static uint8_t
change(const struct mfi_ioc_passthru *p, const uint8_t *buf)
{
	uint32_t i;

	printf("DCMD %08x", p->ioc_frame.opcode);
	for (i = 0; i < MFI_MBOX_SIZE; i++)
		printf(" %02x", p->ioc_frame.mbox[i]);
	if (p->buf_size != 0)
		printf(" with %u bytes", p->buf_size);
	for (i = 0; i < p->buf_size && p->buf_size <= 64; i++)
		printf("%s%02x", i % 16 == 0 ? "\n\t" : " ", buf[i]);
	printf("\n");
	return (p->ioc_frame.opcode == MFI_DCMD_PD_REBUILD_START ? 0x32 : 0);
}

static uint8_t
answer(struct mfi_ioc_passthru *p)
{
	void *buf = (void *)(uintptr_t)p->buf;
	const uint8_t *mbox = p->ioc_frame.mbox;
	struct mfi_ld_config c;
	uint32_t seq;

	memcpy(&seq, mbox, sizeof(seq));
	switch (p->ioc_frame.opcode) {
	case MFI_DCMD_CTRL_GETINFO:
		return (ctrl_info(buf));
	case MFI_DCMD_PD_GET_LIST:
		return (pd_list(buf, p->buf_size));
	case MFI_DCMD_PD_GET_INFO:
		return (pd_info(buf, mbox[0] | mbox[1] << 8));
	case MFI_DCMD_LD_GET_LIST:
		return (ld_list(buf));
	case MFI_DCMD_LD_GET_INFO:
		return (ld_info(buf, mbox[0]));
	case MFI_DCMD_LD_GET_PROP:
		if (mbox[0] > 1)
			return (MFI_STAT_DEVICE_NOT_FOUND);
		ld_config(&c, mbox[0]);
		memcpy(buf, &c.props, sizeof(c.props));
		return (0);
	case MFI_DCMD_CFG_READ:
	case MFI_DCMD_CFG_FOREIGN_DISPLAY:
	case MFI_DCMD_CFG_FOREIGN_PREVIEW:
		return (config(buf, p->buf_size));
	case MFI_DCMD_CFG_FOREIGN_SCAN:
		*(uint32_t *)buf = 1;
		return (0);
	case MFI_DCMD_EVENT_GETINFO:
		*(struct mfi_log_state *)buf = (struct mfi_log_state){
			5005, 1, 2, 4990, 5000 };
		return (0);
	case MFI_DCMD_EVENT_GET:
		return (events(buf, seq, p->buf_size));
	case MFI_DCMD_BBU_GET_STATUS:
	case MFI_DCMD_BBU_GET_CAPACITY_INFO:
	case MFI_DCMD_BBU_GET_DESIGN_INFO:
		return (battery(p->ioc_frame.opcode, buf));
	case MFI_DCMD_PR_GET_STATUS:
		((struct mfi_pr_status *)buf)->state = 2;
		return (0);
	case MFI_DCMD_PR_GET_PROPERTIES:
		((struct mfi_pr_properties *)buf)->mode = 1;
		return (0);
	case MFI_DCMD_TIME_SECS_GET:
		*(uint32_t *)buf = 1000;
		return (0);
	default:
		return (change(p, buf));
	}
}

int
model_ioctl(int fd, unsigned long cmd, ...)
{
	struct mfi_query_disk *q;
	struct mfi_ioc_passthru *p;
	va_list ap;
	void *arg;

	(void)fd;
	va_start(ap, cmd);
	arg = va_arg(ap, void *);
	va_end(ap);
	if (cmd == MFIIO_QUERY_DISK) {
		q = arg;
		q->present = q->array_id < 2;
		q->open = q->array_id == 0;
		snprintf(q->devname, sizeof(q->devname), "mfid%d",
		    q->array_id);
		return (0);
	}
	if (cmd != MFIIO_PASSTHRU) {
		errno = ENOTTY;
		return (-1);
	}
	p = arg;
	p->ioc_frame.header.cmd_status = answer(p);
	return (0);
}
