/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Universally unique identifiers (RFC 4122), in host byte order.
 */
#ifndef _SYS_UUID_H_
#define _SYS_UUID_H_

#include <sys/cdefs.h>
#include <sys/types.h>

#define _UUID_NODE_LEN	6

struct uuid {
	__uint32_t	time_low;
	__uint16_t	time_mid;
	__uint16_t	time_hi_and_version;
	__uint8_t	clock_seq_hi_and_reserved;
	__uint8_t	clock_seq_low;
	__uint8_t	node[_UUID_NODE_LEN];
};

typedef struct uuid	uuid_t;

#ifdef _KERNEL
#define UUID_NODE_LEN	_UUID_NODE_LEN

struct sbuf;

int	printf_uuid(struct uuid *);
int	snprintf_uuid(char *, size_t, struct uuid *);
int	sbuf_printf_uuid(struct sbuf *, struct uuid *);
struct uuid *kern_uuidgen(struct uuid *, size_t);
int	parse_uuid(const char *, struct uuid *);
int	kuuid_is_nil(const struct uuid *);
int	kuuid_is_ccd(const struct uuid *);
int	kuuid_is_vinum(const struct uuid *);
/* Between host order and a fixed one. */
void	le_uuid_dec(void const *, struct uuid *);
void	le_uuid_enc(void *, struct uuid const *);
void	be_uuid_dec(void const *, struct uuid *);
void	be_uuid_enc(void *, struct uuid const *);
#else
#define UUID_NODE_LEN	_UUID_NODE_LEN
__BEGIN_DECLS
int	uuidgen(struct uuid *, int);
__END_DECLS
#endif

#endif /* !_SYS_UUID_H_ */
