/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Universally unique identifiers: uuidgen(2), and their forms.
 *
 * They are of version 1 (RFC 4122): time in units of 100 ns since 15 October
 * 1582, a clock sequence, and a node.  No time is given out twice.  The
 * sequence and the node are random, new at each boot: the node has the
 * multicast bit set, which no network interface's address has.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/endian.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/random.h>
#include <sys/sbuf.h>
#include <sys/spinlock2.h>
#include <sys/sysmsg.h>
#include <sys/sysproto.h>
#include <sys/time.h>
#include <sys/uuid.h>

#define UUID_EPOCH	0x01B21DD213814000UL	/* of 1970, in such units */
#define UUID_MAXCOUNT	2048			/* of one call */
#define UUID_STRLEN	36

static struct spinlock uuid_spin = SPINLOCK_INITIALIZER(uuid_spin, "uuid");
static uint64_t	uuid_time;		/* uuid_spin: next to be given out */
static uint16_t	uuid_seq;		/* uuid_spin */
static uint8_t	uuid_node[UUID_NODE_LEN];	/* uuid_spin */
static int	uuid_ready;		/* uuid_spin */

/* Reserve count times: the first. */
static uint64_t
uuid_reserve(size_t count, uint16_t *seq, uint8_t *node)
{
	uint8_t fresh[UUID_NODE_LEN + 2];
	struct timespec ts;
	uint64_t now;

	read_random(fresh, sizeof(fresh), 1);
	nanotime(&ts);
	now = UUID_EPOCH + (uint64_t)ts.tv_sec * 10000000 + ts.tv_nsec / 100;
	spin_lock(&uuid_spin);
	if (!uuid_ready) {
		bcopy(fresh, uuid_node, sizeof(uuid_node));
		uuid_node[0] |= 0x01;
		uuid_seq = (fresh[6] << 8 | fresh[7]) & 0x3fff;
		uuid_ready = 1;
	}
	/* A clock set back would repeat times: another sequence does not. */
	if (now + 10000000 < uuid_time) {
		uuid_seq = (uuid_seq + 1) & 0x3fff;
		uuid_time = now;
	}
	if (now < uuid_time)
		now = uuid_time;
	uuid_time = now + count;
	*seq = uuid_seq;
	bcopy(uuid_node, node, sizeof(uuid_node));
	spin_unlock(&uuid_spin);
	return (now);
}

struct uuid *
kern_uuidgen(struct uuid *store, size_t count)
{
	uint8_t node[UUID_NODE_LEN];
	uint64_t t;
	uint16_t seq;
	size_t i;

	t = uuid_reserve(count, &seq, node);
	for (i = 0; i < count; i++, t++) {
		store[i].time_low = (uint32_t)t;
		store[i].time_mid = (uint16_t)(t >> 32);
		store[i].time_hi_and_version = ((t >> 48) & 0x0fff) | 1 << 12;
		store[i].clock_seq_hi_and_reserved = seq >> 8 | 0x80;
		store[i].clock_seq_low = seq & 0xff;
		bcopy(node, store[i].node, sizeof(node));
	}
	return (store);
}

int
sys_uuidgen(struct sysmsg *sysmsg, const struct uuidgen_args *uap)
{
	struct uuid *store;
	int error;

	if (uap->count < 1 || uap->count > UUID_MAXCOUNT)
		return (EINVAL);
	store = kmalloc(uap->count * sizeof(*store), M_TEMP, M_WAITOK);
	kern_uuidgen(store, uap->count);
	error = copyout(store, uap->store, uap->count * sizeof(*store));
	kfree(store, M_TEMP);
	sysmsg->sysmsg_result = 0;
	return (error);
}

/* --- text ---------------------------------------------------------------- */

int
snprintf_uuid(char *buf, size_t size, struct uuid *u)
{
	return (ksnprintf(buf, size,
	    "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x", u->time_low,
	    u->time_mid, u->time_hi_and_version,
	    u->clock_seq_hi_and_reserved, u->clock_seq_low, u->node[0],
	    u->node[1], u->node[2], u->node[3], u->node[4], u->node[5]));
}

int
printf_uuid(struct uuid *u)
{
	char buf[UUID_STRLEN + 1];

	snprintf_uuid(buf, sizeof(buf), u);
	return (kprintf("%s", buf));
}

int
sbuf_printf_uuid(struct sbuf *sb, struct uuid *u)
{
	char buf[UUID_STRLEN + 1];

	snprintf_uuid(buf, sizeof(buf), u);
	return (sbuf_cat(sb, buf));
}

/* --- on media, in either byte order -------------------------------------- */

void
le_uuid_enc(void *buf, struct uuid const *u)
{
	uint8_t *p = buf;

	le32enc(p, u->time_low);
	le16enc(p + 4, u->time_mid);
	le16enc(p + 6, u->time_hi_and_version);
	p[8] = u->clock_seq_hi_and_reserved;
	p[9] = u->clock_seq_low;
	bcopy(u->node, p + 10, sizeof(u->node));
}

void
le_uuid_dec(void const *buf, struct uuid *u)
{
	const uint8_t *p = buf;

	u->time_low = le32dec(p);
	u->time_mid = le16dec(p + 4);
	u->time_hi_and_version = le16dec(p + 6);
	u->clock_seq_hi_and_reserved = p[8];
	u->clock_seq_low = p[9];
	bcopy(p + 10, u->node, sizeof(u->node));
}

void
be_uuid_enc(void *buf, struct uuid const *u)
{
	uint8_t *p = buf;

	be32enc(p, u->time_low);
	be16enc(p + 4, u->time_mid);
	be16enc(p + 6, u->time_hi_and_version);
	p[8] = u->clock_seq_hi_and_reserved;
	p[9] = u->clock_seq_low;
	bcopy(u->node, p + 10, sizeof(u->node));
}

void
be_uuid_dec(void const *buf, struct uuid *u)
{
	const uint8_t *p = buf;

	u->time_low = be32dec(p);
	u->time_mid = be16dec(p + 4);
	u->time_hi_and_version = be16dec(p + 6);
	u->clock_seq_hi_and_reserved = p[8];
	u->clock_seq_low = p[9];
	bcopy(p + 10, u->node, sizeof(u->node));
}
