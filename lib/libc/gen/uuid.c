/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Universally unique identifiers, DCE's functions.
 *
 * New ones are random (version 4 of RFC 4122).
 */
#include <sys/endian.h>
#include <sys/types.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uuid.h>

#define UUID_STRLEN	36

static const uuid_t nil;

static void
set_status(uint32_t *status, uint32_t value)
{
	if (status != NULL)
		*status = value;
}

void
uuid_create(uuid_t *u, uint32_t *status)
{
	arc4random_buf(u, sizeof(*u));
	u->time_hi_and_version = (u->time_hi_and_version & 0x0fff) | 0x4000;
	u->clock_seq_hi_and_reserved =
	    (u->clock_seq_hi_and_reserved & 0x3f) | 0x80;
	set_status(status, uuid_s_ok);
}

void
uuid_create_nil(uuid_t *u, uint32_t *status)
{
	*u = nil;
	set_status(status, uuid_s_ok);
}

/* The order of the fields' values; no uuid is the nil one. */
int32_t
uuid_compare(const uuid_t *a, const uuid_t *b, uint32_t *status)
{
	int diff;

	set_status(status, uuid_s_ok);
	if (a == NULL)
		a = &nil;
	if (b == NULL)
		b = &nil;
	if (a->time_low != b->time_low)
		return (a->time_low < b->time_low ? -1 : 1);
	if ((diff = a->time_mid - b->time_mid) == 0 &&
	    (diff = a->time_hi_and_version - b->time_hi_and_version) == 0 &&
	    (diff = a->clock_seq_hi_and_reserved -
	    b->clock_seq_hi_and_reserved) == 0 &&
	    (diff = a->clock_seq_low - b->clock_seq_low) == 0)
		diff = memcmp(a->node, b->node, sizeof(a->node));
	return (diff < 0 ? -1 : diff > 0);
}

int32_t
uuid_equal(const uuid_t *a, const uuid_t *b, uint32_t *status)
{
	return (uuid_compare(a, b, status) == 0);
}

int32_t
uuid_is_nil(const uuid_t *u, uint32_t *status)
{
	return (uuid_compare(u, NULL, status) == 0);
}

uint16_t
uuid_hash(const uuid_t *u, uint32_t *status)
{
	set_status(status, uuid_s_ok);
	return (u == NULL ? 0 : (uint16_t)(u->time_low ^ (u->time_low >> 16)));
}

/* The form xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx; an empty string is nil. */
void
uuid_from_string(const char *s, uuid_t *u, uint32_t *status)
{
	uint8_t byte[16];
	char hex[3] = "";
	size_t i, n;

	*u = nil;
	set_status(status, uuid_s_ok);
	if (s == NULL || *s == '\0')
		return;
	set_status(status, uuid_s_invalid_string_uuid);
	if (strlen(s) != UUID_STRLEN)
		return;
	for (i = n = 0; n < sizeof(byte); n++, i += 2) {
		if ((i == 8 || i == 13 || i == 18 || i == 23) && s[i++] != '-')
			return;
		hex[0] = s[i];
		hex[1] = s[i + 1];
		if (!isxdigit((unsigned char)hex[0]) ||
		    !isxdigit((unsigned char)hex[1]))
			return;
		byte[n] = (uint8_t)strtoul(hex, NULL, 16);
	}
	uuid_dec_be(byte, u);
	set_status(status, uuid_s_ok);
}

/* The caller frees *sp. */
void
uuid_to_string(const uuid_t *u, char **sp, uint32_t *status)
{
	set_status(status, uuid_s_ok);
	if (sp == NULL)
		return;
	if (u == NULL)
		u = &nil;
	if (asprintf(sp, "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	    u->time_low, u->time_mid, u->time_hi_and_version,
	    u->clock_seq_hi_and_reserved, u->clock_seq_low, u->node[0],
	    u->node[1], u->node[2], u->node[3], u->node[4], u->node[5]) < 0) {
		*sp = NULL;
		set_status(status, uuid_s_no_memory);
	}
}

/* In and out of memory, in the order of bytes a format asks for. */
#define	CODEC(order)							\
void									\
uuid_enc_##order(void *buf, const uuid_t *u)				\
{									\
	uint8_t *p = buf;						\
									\
	order##32enc(p, u->time_low);					\
	order##16enc(p + 4, u->time_mid);				\
	order##16enc(p + 6, u->time_hi_and_version);			\
	p[8] = u->clock_seq_hi_and_reserved;				\
	p[9] = u->clock_seq_low;					\
	memcpy(p + 10, u->node, sizeof(u->node));			\
}									\
									\
void									\
uuid_dec_##order(const void *buf, uuid_t *u)				\
{									\
	const uint8_t *p = buf;						\
									\
	u->time_low = order##32dec(p);					\
	u->time_mid = order##16dec(p + 4);				\
	u->time_hi_and_version = order##16dec(p + 6);			\
	u->clock_seq_hi_and_reserved = p[8];				\
	u->clock_seq_low = p[9];					\
	memcpy(u->node, p + 10, sizeof(u->node));			\
}

CODEC(be)
CODEC(le)
