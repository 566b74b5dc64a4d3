/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hammer(8): show - the B-Tree, node by node; show-undo - the UNDO ring.
 */
#include <err.h>
#include "hammer_cmd.h"

static int bad_nodes, bad_elms, bad_recs;
static int filter, obfuscate, indent, matched;
static struct hammer_base_elm want;	/* what to look for */
static int want_fields;			/* how many of its fields */

/* ' fill=' of an address: where, and how full its big-block is. */
static void
print_fill(struct hammer_mount *hmp, hammer_off_t off)
{
	struct hammer_blockmap_layer2 l2;
	int error = hammer_layer2_get(hmp, off, &l2, NULL, NULL);

	if (error) {
		printf("B%d", error);
		return;
	}
	printf("z%d:v%d:%d:%d:%ju=%d%%", hammer_off_zone(off),
	    hammer_off_vol(off), hammer_layer1_index(off) &
	    (HAMMER_VOL_LAYER1 - 1), hammer_layer2_index(off),
	    (uintmax_t)(off & HAMMER_BIGBLOCK_MASK),
	    (int)(100 - (int64_t)l2.bytes_free * 100 /
	    HAMMER_BIGBLOCK_SIZE));
}

static void
print_name(const char *name, int len)
{
	int i;

	for (i = 0; i < len; i++)
		putchar(obfuscate && name[i] != '/' ? 'x' : name[i]);
}

static void
print_inode(const struct hammer_inode_data *id)
{
	printf("%17sinode size=%jd nlinks=%jd", "", (intmax_t)id->size,
	    (intmax_t)id->nlinks);
	if (verbose < 0) {
		printf("\n");
		return;
	}
	printf(" mode=%05o uflags=%08x caps=%02x pobjid=%016jx ot=%02x\n",
	    id->mode, id->uflags, id->cap_flags,
	    (uintmax_t)id->parent_obj_id, id->obj_type);
	printf("%23sctime=%016jx mtime=%016jx atime=%016jx", "",
	    (uintmax_t)id->ctime, (uintmax_t)id->mtime,
	    (uintmax_t)id->atime);
	if (id->obj_type == HAMMER_OBJTYPE_SOFTLINK &&
	    id->size <= HAMMER_INODE_BASESYMLEN) {
		printf(" symlink=\"");
		print_name(id->ext.symlink, id->size);
		printf("\"");
	}
	printf("\n");
}

static void
print_pfs(const struct hammer_pseudofs_data *pfsd)
{
	char text[37];

	printf("%17spfs sync_beg_tid=%016jx sync_end_tid=%016jx\n", "",
	    (uintmax_t)pfsd->sync_beg_tid, (uintmax_t)pfsd->sync_end_tid);
	uuid_text((const char *)pfsd + offsetof(struct hammer_pseudofs_data, shared_uuid),
	    text);
	printf("%21sshared_uuid=%s\n", "", text);
	uuid_text((const char *)pfsd + offsetof(struct hammer_pseudofs_data, unique_uuid),
	    text);
	printf("%21sunique_uuid=%s\n", "", text);
	printf("%21smirror_flags=%08x label=\"%.64s\"", "",
	    pfsd->mirror_flags, pfsd->label);
	if (pfsd->snapshots[0] != '\0')
		printf(" snapshots=\"%.64s\"", pfsd->snapshots);
	printf("\n");
}

static void
print_payload(const hammer_leaf_t *e, const union hammer_data_ondisk *d)
{
	int len = e->data_len;

	switch (e->base.rec_type) {
	case HAMMER_RECTYPE_INODE:
		if (len == sizeof(d->inode))
			print_inode(&d->inode);
		break;
	case HAMMER_RECTYPE_DIRENTRY:
		if (len <= HAMMER_ENTRY_NAME_OFF)
			break;
		printf("%17sdir-entry objid=%016jx lo=%08x name=\"", "",
		    (uintmax_t)d->entry.obj_id, d->entry.localization);
		print_name((const char *)d + HAMMER_ENTRY_NAME_OFF,
		    len - HAMMER_ENTRY_NAME_OFF);
		printf("\"\n");
		break;
	case HAMMER_RECTYPE_FIX:
		printf("%17sfix-symlink name=\"", "");
		print_name((const char *)d, len);
		printf("\"\n");
		break;
	case HAMMER_RECTYPE_PFS:
		if (len >= (int)sizeof(d->pfsd))
			print_pfs(&d->pfsd);
		break;
	case HAMMER_RECTYPE_SNAPSHOT:
		if (len == sizeof(d->snap))
			printf("%17ssnapshot tid=%016jx label=\"%.64s\"\n",
			    "", (uintmax_t)d->snap.tid, d->snap.label);
		break;
	}
}

static void
print_base(const struct hammer_base_elm *b, char good, const char *flags,
    const char *what, int i, int depth, int star)
{
	if (indent)
		printf("%*s", depth * 4, "");
	printf("%c%s %s %2d %c lo=%08x objid=%016jx rt=%02x key=%016jx "
	    "tid=%016jx%s\n", good, flags, what, i, b->btype ? b->btype :
	    '*', b->localization, (uintmax_t)b->obj_id, b->rec_type,
	    (uintmax_t)b->key, (uintmax_t)b->create_tid, star ? " *" : "");
	if (indent)
		printf("%*s", depth * 4, "");
}

static void
print_leaf(struct hammer_mount *hmp, const hammer_leaf_t *e)
{
	static union {
		char	buf[HAMMER_XBUFSIZE];
		union hammer_data_ondisk d;
	} u;
	const char *problem = NULL;
	int kind = 'B', ok;

	ok = e->data_offset != 0 && hammer_leaf_offset_ok(e);
	if (e->data_offset != 0 && !ok) {
		problem = "BX";
	} else if (ok && hammer_data_read(hmp, e->data_offset, u.buf,
	    e->data_len) != 0) {
		problem = "BI";
		ok = 0;
	} else if (ok) {
		kind = hammer_leaf_crckind(hmp->hm_version, e, u.buf);
		if (kind == 'B')
			problem = "Bx";
	} else if (e->data_len != 0) {
		problem = "ZO";
	} else {
		kind = hmp->hm_version >= HAMMER_VOL_VERSION_SEVEN ? 'i' :
		    'o';
	}
	printf("%15s%c del=%016jx ot=%02x dataoff=%016jx/%d %ccrc=%08x", "",
	    e->base.delete_tid ? 'd' : ' ', (uintmax_t)e->base.delete_tid,
	    e->base.obj_type, (uintmax_t)e->data_offset, e->data_len, kind,
	    e->data_crc);
	if (problem != NULL) {
		printf(" error=%s", problem);
		bad_recs++;
	}
	if (ok) {
		printf(" fill=");
		print_fill(hmp, e->data_offset);
	}
	printf("\n");
	if (ok && verbose >= -1)
		print_payload(e, &u.d);
}

static void
print_internal(const struct hammer_btree_internal_elm *e)
{
	char mark = ' ';

	if (hammer_elm_cmp(&e->base, &hammer_key_min) == 0)
		mark = '>';
	else if (hammer_elm_cmp(&e->base, &hammer_key_max) == 0)
		mark = '<';
	else if (e->base.delete_tid != 0)
		mark = 'd';
	printf("%15s%c del=%016jx ot=%02x suboff=%016jx mirror=%016jx\n", "",
	    mark, (uintmax_t)e->base.delete_tid, e->base.obj_type,
	    (uintmax_t)e->subtree_offset, (uintmax_t)e->mirror_tid);
}

/* Does an element's key begin as the wanted one? */
static int
is_match(const struct hammer_base_elm *b)
{
	if (want_fields == 0)
		return (0);
	if (b->localization != want.localization)
		return (0);
	if (want_fields > 1 && b->obj_id != want.obj_id)
		return (0);
	if (want_fields > 2 && b->rec_type != want.rec_type)
		return (0);
	if (want_fields > 3 && b->key != want.key)
		return (0);
	return (want_fields <= 4 || b->create_tid == want.create_tid);
}

/* Is an element within bounds, of the right type? L R T C M or dashes. */
static char
elm_flags(const struct hammer_node_ondisk *node, int i,
    const struct hammer_base_elm *left, const struct hammer_base_elm *right,
    char *flags)
{
	const union hammer_btree_elm *e = &node->elms[i];
	int internal = node->type == HAMMER_BTREE_TYPE_INTERNAL;
	hammer_tid_t tid;

	strcpy(flags, "------");
	if (hammer_elm_cmp(&e->base, left) < 0)
		flags[0] = 'L';
	if (hammer_elm_cmp(&e->base, right) > 0 || (i < node->count &&
	    hammer_elm_cmp(&e->base, right) == 0))
		flags[1] = 'R';
	if (i < node->count && (internal ?
	    (e->base.btype != HAMMER_BTREE_TYPE_INTERNAL &&
	    e->base.btype != HAMMER_BTREE_TYPE_LEAF) :
	    e->base.btype != HAMMER_BTREE_TYPE_RECORD))
		flags[2] = 'T';
	tid = internal ? e->internal.mirror_tid :
	    MAX(e->base.create_tid, e->base.delete_tid);
	if (i < node->count && node->mirror_tid != 0 &&
	    tid > node->mirror_tid)
		flags[4] = 'M';
	return (strcmp(flags, "------") == 0 ? 'G' : 'B');
}

static void
print_node_head(struct hammer_mount *hmp, hammer_off_t off,
    const struct hammer_node_ondisk *node, hammer_off_t parent,
    hammer_tid_t mirror_tid, int depth, int star)
{
	char bad = ' ', why = ' ';

	if (!hammer_node_ok(hmp->hm_version, node) ||
	    (parent != HAMMER_OFF_BAD && node->parent != parent))
		bad = 'B';
	if (mirror_tid != 0 && node->mirror_tid > mirror_tid)
		bad = 'B', why = 'M';
	if (node->type != HAMMER_BTREE_TYPE_INTERNAL &&
	    node->type != HAMMER_BTREE_TYPE_LEAF)
		bad = 'B', why = 'U';
	else if (node->count < 0 || node->count > (node->type ==
	    HAMMER_BTREE_TYPE_LEAF ? HAMMER_BTREE_LEAF_ELMS :
	    HAMMER_BTREE_INT_ELMS))
		bad = 'B', why = 'C';
	if (bad != ' ')
		bad_nodes++;
	if (indent)
		printf("%*s", depth * 4, "");
	printf("%c%c   NODE %016jx cnt=%02d p=%016jx type=%c depth=%d "
	    "mirror=%016jx fill=", bad, why, (uintmax_t)off, node->count,
	    (uintmax_t)node->parent, node->type ? node->type : '?', depth,
	    (uintmax_t)node->mirror_tid);
	print_fill(hmp, off);
	printf(" {%s\n", star ? " *" : "");
}

static void
show_elms(struct hammer_mount *hmp, const struct hammer_node_ondisk *node,
    const struct hammer_base_elm *left, const struct hammer_base_elm *right,
    int depth)
{
	char flags[8], good;
	int i, internal = node->type == HAMMER_BTREE_TYPE_INTERNAL;

	for (i = 0; i < node->count + internal; i++) {
		const union hammer_btree_elm *e = &node->elms[i];

		if (!internal && filter && want_fields > 0 &&
		    !is_match(&e->base))
			continue;
		if (!internal && is_match(&e->base))
			matched = 1;
		good = elm_flags(node, i, left, right, flags);
		if (good == 'B')
			bad_elms++;
		print_base(&e->base, good, flags,
		    i == node->count && internal ? "RBN" : "ELM", i, depth,
		    !internal && is_match(&e->base));
		if (internal)
			print_internal(&e->internal);
		else
			print_leaf(hmp, &e->leaf);
	}
}

static int
show_node(struct hammer_mount *hmp, hammer_off_t off, hammer_off_t parent,
    hammer_tid_t mirror_tid, const struct hammer_base_elm *left,
    const struct hammer_base_elm *right, int depth)
{
	struct hammer_node_ondisk *node = hammer_malloc(sizeof(*node));
	struct hammer_buffer *hb;
	void *p;
	int i, error = 0, sane;

	if (hammer_off_zone(off) != HAMMER_ZONE_BTREE_INDEX ||
	    (off & (HAMMER_NODE_SIZE - 1)) != 0 || depth > HAMMER_MAX_DEPTH)
		error = EIO;
	else
		p = hammer_bread(hmp, off, &error, &hb);
	if (error) {
		printf("BI   NODE %016jx\n", (uintmax_t)off);
		bad_nodes++;
		free(node);
		return (0);
	}
	memcpy(node, p, sizeof(*node));
	hammer_buffer_rele(hb);
	sane = (node->type == HAMMER_BTREE_TYPE_INTERNAL && node->count >= 0 &&
	    node->count <= HAMMER_BTREE_INT_ELMS) ||
	    (node->type == HAMMER_BTREE_TYPE_LEAF && node->count >= 0 &&
	    node->count <= HAMMER_BTREE_LEAF_ELMS);
	print_node_head(hmp, off, node, parent, mirror_tid, depth, 0);
	if (sane)
		show_elms(hmp, node, left, right, depth);
	if (indent)
		printf("%*s", depth * 4, "");
	printf("     }\n");
	for (i = 0; sane && i < node->count &&
	    node->type == HAMMER_BTREE_TYPE_INTERNAL; i++) {
		/* With a key: only what may hold it, or follows it. */
		if (want_fields > 0 && !matched &&
		    hammer_elm_cmp(&node->elms[i + 1].base, &want) <= 0)
			continue;
		if (want_fields > 0 && filter && hammer_elm_cmp(
		    &node->elms[i].base, &want) > 0 &&
		    !is_match(&node->elms[i].base))
			break;
		show_node(hmp, node->elms[i].internal.subtree_offset, off,
		    node->elms[i].internal.mirror_tid, &node->elms[i].base,
		    &node->elms[i + 1].base, depth + 1);
	}
	free(node);
	return (0);
}

static void
parse_want(char *text)
{
	char *f;

	want.localization = 0;
	want.obj_id = HAMMER_MIN_OBJID;
	want.key = HAMMER_MIN_KEY;
	want.create_tid = 1;
	while ((f = strsep(&text, ":")) != NULL) {
		uint64_t v = strtoull(f, NULL, 16);

		switch (want_fields++) {
		case 0: want.localization = v; break;
		case 1: want.obj_id = v; break;
		case 2: want.rec_type = v; break;
		case 3: want.key = v; break;
		case 4: want.create_tid = v; break;
		default: usage();
		}
	}
}

int
cmd_show(int argc, char **argv)
{
	struct hammer_mount *hmp;
	char *opt, *list;

	need_args(argc, 0, 2);
	if (argc > 0 && strpbrk(argv[0], "fno") == NULL)
		parse_want(argv[0]);
	list = argc > 1 ? argv[1] : argc > 0 && want_fields == 0 ? argv[0] :
	    NULL;
	while ((opt = strsep(&list, ",")) != NULL) {
		if (strcmp(opt, "filter") == 0)
			filter = 1;
		else if (strcmp(opt, "nofilter") == 0)
			filter = 0;
		else if (strcmp(opt, "obfuscate") == 0)
			obfuscate = 1;
		else if (strcmp(opt, "indent") == 0)
			indent = 1;
		else
			errx(1, "unknown option %s", opt);
	}
	hmp = offline_open(0);
	print_header(hmp);
	show_node(hmp, hmp->hm_root->v_ondisk->vol0_btree_root, 0, 0,
	    &hammer_key_min, &hammer_key_max, 0);
	if (bad_nodes || verbose > 0)
		printf("%d bad nodes\n", bad_nodes);
	if (bad_elms || verbose > 0)
		printf("%d bad elms\n", bad_elms);
	if (bad_recs || verbose > 0)
		printf("%d bad records\n", bad_recs);
	offline_close(hmp);
	return (0);
}

/*
 * show-undo
 */
static void
print_fifo(const struct hammer_fifo_head *head, hammer_off_t off)
{
	const struct hammer_fifo_undo *un = (const void *)head;
	const struct hammer_fifo_redo *re = (const void *)head;

	printf("%016jx ", (uintmax_t)off);
	switch (head->hdr_type) {
	case HAMMER_HEAD_TYPE_PAD:
		printf("PAD(%d)", head->hdr_size);
		break;
	case HAMMER_HEAD_TYPE_DUMMY:
		printf("DUMMY(%d)\tseq=%08x", head->hdr_size, head->hdr_seq);
		break;
	case HAMMER_HEAD_TYPE_UNDO:
		printf("UNDO(%u)\tseq=%08x offset=%016jx bytes=%d",
		    head->hdr_size, head->hdr_seq,
		    (uintmax_t)un->undo_offset, un->undo_data_bytes);
		break;
	case HAMMER_HEAD_TYPE_REDO:
		printf("REDO(%u)\tseq=%08x offset=%016jx bytes=%d "
		    "objid=%016jx flags=%08x lo=%08x", head->hdr_size,
		    head->hdr_seq, (uintmax_t)re->redo_offset,
		    re->redo_data_bytes, (uintmax_t)re->redo_objid,
		    re->redo_flags, re->redo_localization);
		break;
	default:
		printf("UNKNOWN(%04x)", head->hdr_type);
		break;
	}
}

int
cmd_show_undo(int argc, char **argv)
{
	const struct hammer_fifo_head *head;
	struct hammer_blockmap *bm;
	struct hammer_mount *hmp;
	struct hammer_buffer *hb;
	hammer_off_t off, pos, zone2;
	int error;

	need_args(argc, 0, 0);
	hmp = offline_open(0);
	print_header(hmp);
	bm = &hmp->hm_root->v_ondisk->vol0_blockmap[HAMMER_ZONE_UNDO_INDEX];
	for (off = 0; off < hmp->hm_undo_size; off += HAMMER_BUFSIZE) {
		error = hammer_undo_locate(hmp, off, &zone2);
		if (error == 0)
			error = hammer_buffer_get(hmp, zone2, 0, &hb);
		if (error)
			errx(1, "%016jx: %s", (uintmax_t)off,
			    strerror(error));
		for (pos = 0; pos < HAMMER_BUFSIZE; pos += head->hdr_size) {
			head = (void *)(hb->hb_data + pos);
			if (hammer_fifo_check(hmp->hm_version, hb->hb_data,
			    pos) != 0) {
				printf("%016jx bad record\n", (uintmax_t)
				    (HAMMER_ZONE_UNDO | (off + pos)));
				break;
			}
			print_fifo(head, HAMMER_ZONE_UNDO | (off + pos));
			if (bm->first_offset == (HAMMER_ZONE_UNDO |
			    (off + pos)))
				printf(" >");
			if (bm->next_offset == (HAMMER_ZONE_UNDO |
			    (off + pos)))
				printf(" <");
			printf("\n");
		}
		hammer_buffer_rele(hb);
	}
	offline_close(hmp);
	return (0);
}
