/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: CRC-32 and CRC-32C, and the CRCs of every on-disk structure.
 *
 * Eight bytes at a time through eight tables, made at first use; making
 * them twice at once is harmless, as both write the same values.
 */
#include "hammer_subr.h"

#define POLY_CRC32	0xEDB88320U
#define POLY_CRC32C	0x82F63B78U

struct crc_table {
	uint32_t	ct_poly;
	volatile int	ct_ready;
	uint32_t	ct_tab[8][256];
};

static struct crc_table crc_plain = { .ct_poly = POLY_CRC32 };
static struct crc_table crc_iscsi = { .ct_poly = POLY_CRC32C };

static void
crc_make(struct crc_table *ct)
{
	uint32_t c;
	int i, j;

	for (i = 0; i < 256; i++) {
		c = i;
		for (j = 0; j < 8; j++)
			c = (c >> 1) ^ ((c & 1) ? ct->ct_poly : 0);
		ct->ct_tab[0][i] = c;
	}
	for (i = 0; i < 256; i++) {
		for (j = 1; j < 8; j++) {
			c = ct->ct_tab[j - 1][i];
			ct->ct_tab[j][i] = (c >> 8) ^ ct->ct_tab[0][c & 255];
		}
	}
	__asm __volatile("" : : : "memory");
	ct->ct_ready = 1;
}

static uint32_t
crc_run(struct crc_table *ct, const void *buf, size_t size, uint32_t seed)
{
	const uint8_t *p = buf;
	uint32_t (*t)[256] = ct->ct_tab;
	uint32_t c = ~seed, a, b;

	if (!ct->ct_ready)
		crc_make(ct);
	for (; size >= 8; size -= 8, p += 8) {
		memcpy(&a, p, 4);
		memcpy(&b, p + 4, 4);
		a ^= c;
		c = t[7][a & 255] ^ t[6][(a >> 8) & 255] ^
		    t[5][(a >> 16) & 255] ^ t[4][a >> 24] ^
		    t[3][b & 255] ^ t[2][(b >> 8) & 255] ^
		    t[1][(b >> 16) & 255] ^ t[0][b >> 24];
	}
	while (size-- > 0)
		c = (c >> 8) ^ t[0][(c ^ *p++) & 255];
	return (~c);
}

uint32_t
hammer_crc32(const void *buf, size_t size, uint32_t seed)
{
	return (crc_run(&crc_plain, buf, size, seed));
}

uint32_t
hammer_crc32c(const void *buf, size_t size, uint32_t seed)
{
	return (crc_run(&crc_iscsi, buf, size, seed));
}

/* The algorithm new CRCs of a filesystem version use. */
uint32_t
hammer_datacrc(int version, const void *buf, size_t size)
{
	if (version >= HAMMER_VOL_VERSION_SEVEN)
		return (hammer_crc32c(buf, size, 0));
	return (hammer_crc32(buf, size, 0));
}

/* A range with a hole where the CRC itself lies. */
static uint32_t
crc_split(int alg, const char *p, int n1, int off2, int n2)
{
	return (hammer_datacrc(alg, p, n1) ^
	    hammer_datacrc(alg, p + off2, n2));
}

/*
 * Is crc that of the buffer? Version 7 filesystems may hold old CRCs.
 */
static int
crc_test(int version, uint32_t crc, const char *p, int n1, int off2, int n2)
{
	if (version >= HAMMER_VOL_VERSION_SEVEN &&
	    crc == (n2 ? crc_split(7, p, n1, off2, n2) :
	    hammer_crc32c(p, n1, 0)))
		return (1);
	return (crc == (n2 ? crc_split(1, p, n1, off2, n2) :
	    hammer_crc32(p, n1, 0)));
}

uint32_t
hammer_volume_crc(int version, const struct hammer_volume_ondisk *vol)
{
	return (crc_split(version, (const char *)vol, HAMMER_VOL_CRCSIZE1,
	    160, HAMMER_VOL_CRCSIZE2));
}

uint32_t
hammer_blockmap_crc(int version, const struct hammer_blockmap *bm)
{
	return (hammer_datacrc(version, bm, HAMMER_BLOCKMAP_CRCSIZE));
}

void
hammer_layer1_setcrc(int version, struct hammer_blockmap_layer1 *l1)
{
	l1->layer1_crc = hammer_datacrc(version, l1, HAMMER_LAYER1_CRCSIZE);
}

int
hammer_layer1_ok(int version, const struct hammer_blockmap_layer1 *l1)
{
	return (crc_test(version, l1->layer1_crc, (const char *)l1,
	    HAMMER_LAYER1_CRCSIZE, 0, 0));
}

void
hammer_layer2_setcrc(int version, struct hammer_blockmap_layer2 *l2)
{
	l2->entry_crc = hammer_datacrc(version, l2, HAMMER_LAYER2_CRCSIZE);
}

int
hammer_layer2_ok(int version, const struct hammer_blockmap_layer2 *l2)
{
	return (crc_test(version, l2->entry_crc, (const char *)l2,
	    HAMMER_LAYER2_CRCSIZE, 0, 0));
}

void
hammer_node_setcrc(int version, struct hammer_node_ondisk *node)
{
	node->crc = hammer_datacrc(version, &node->crc + 1,
	    HAMMER_NODE_SIZE - sizeof(node->crc));
}

int
hammer_node_ok(int version, const struct hammer_node_ondisk *node)
{
	return (crc_test(version, node->crc, (const char *)(&node->crc + 1),
	    HAMMER_NODE_SIZE - sizeof(node->crc), 0, 0));
}

void
hammer_fifo_setcrc(int version, struct hammer_fifo_head *head)
{
	head->hdr_crc = crc_split(version, (const char *)head,
	    HAMMER_FIFO_CRCOFF, sizeof(*head),
	    head->hdr_size - sizeof(*head));
}

int
hammer_fifo_ok(int version, const struct hammer_fifo_head *head)
{
	return (crc_test(version, head->hdr_crc, (const char *)head,
	    HAMMER_FIFO_CRCOFF, sizeof(*head),
	    head->hdr_size - sizeof(*head)));
}

/* How many bytes of a record's payload its CRC covers. */
static int
leaf_crcsize(const struct hammer_btree_leaf_elm *leaf)
{
	if (leaf->base.rec_type == HAMMER_RECTYPE_INODE)
		return (leaf->data_len == sizeof(struct hammer_inode_data) ?
		    HAMMER_INODE_CRCSIZE : 0);
	return (leaf->data_len);
}

void
hammer_leaf_setcrc(int version, struct hammer_btree_leaf_elm *leaf,
    const void *data)
{
	int n = leaf_crcsize(leaf);

	leaf->data_crc = n > 0 ? hammer_datacrc(version, data, n) : 0;
}

int
hammer_leaf_ok(int version, const struct hammer_btree_leaf_elm *leaf,
    const void *data)
{
	int n = leaf_crcsize(leaf);

	if (n <= 0)
		return (leaf->data_crc == 0);
	return (crc_test(version, leaf->data_crc, data, n, 0, 0));
}

/* Which algorithm made the CRC: 'i' CRC-32C, 'o' CRC-32, 'B' neither. */
int
hammer_leaf_crckind(int version, const struct hammer_btree_leaf_elm *leaf,
    const void *data)
{
	int n = leaf_crcsize(leaf);

	if (version >= HAMMER_VOL_VERSION_SEVEN &&
	    leaf->data_crc == (n > 0 ? hammer_crc32c(data, n, 0) : 0))
		return ('i');
	if (leaf->data_crc == (n > 0 ? hammer_crc32(data, n, 0) : 0))
		return ('o');
	return ('B');
}
