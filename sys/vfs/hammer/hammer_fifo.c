/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * HAMMER: reading the UNDO/REDO ring (on-disk.md, section 8).
 *
 * These functions only look; hammer_recover.c acts on what they find.  Every
 * record is checked before its fields are used, and every scan ends after
 * one round of the ring at most.
 */
#include "hammer_subr.h"

static hammer_off_t
ring_pos(struct hammer_ring *hr, hammer_off_t off)
{
	off = hammer_off_short(off);
	return (off >= hr->hr_size ? 0 : off);
}

int
hammer_fifo_check(int version, const char *buf, int off)
{
	const struct hammer_fifo_head *head = (const void *)(buf + off);
	const struct hammer_fifo_tail *tail;
	uint32_t size;

	if (off < 0 || (off & (HAMMER_HEAD_ALIGN - 1)) ||
	    off > HAMMER_BUFSIZE - 8 ||
	    head->hdr_signature != HAMMER_HEAD_SIGNATURE)
		return (EIO);
	size = head->hdr_size;
	if (size < 8 || (size & (HAMMER_HEAD_ALIGN - 1)) ||
	    size > (uint32_t)(HAMMER_BUFSIZE - off))
		return (EIO);
	if (size == 8)
		return (head->hdr_type == HAMMER_HEAD_TYPE_PAD ? 0 : EIO);
	tail = (const void *)(buf + off + size - sizeof(*tail));
	if (tail->tail_signature != HAMMER_TAIL_SIGNATURE ||
	    tail->tail_type != head->hdr_type || tail->tail_size != size)
		return (EIO);
	if (head->hdr_type == HAMMER_HEAD_TYPE_PAD)
		return (0);
	if (size < sizeof(*head) + sizeof(*tail) ||
	    !hammer_fifo_ok(version, head))
		return (EIO);
	return (0);
}

/* The checked record at ring position pos. */
static const struct hammer_fifo_head *
ring_record(struct hammer_ring *hr, hammer_off_t pos, int *errorp)
{
	const char *buf;

	buf = hr->hr_buffer(hr, pos & ~(hammer_off_t)HAMMER_BUFMASK, errorp);
	if (*errorp)
		return (NULL);
	*errorp = hammer_fifo_check(hr->hr_version, buf,
	    pos & HAMMER_BUFMASK);
	if (*errorp)
		return (NULL);
	return ((const void *)(buf + (pos & HAMMER_BUFMASK)));
}

/* The checked record that ends at *posp, which becomes its start. */
static const struct hammer_fifo_head *
ring_prev(struct hammer_ring *hr, hammer_off_t *posp, int *errorp)
{
	const struct hammer_fifo_tail *tail;
	const struct hammer_fifo_head *head;
	hammer_off_t pos = *posp;
	const char *buf;
	uint32_t size;
	int off;

	if (pos == 0)
		pos = hr->hr_size;
	buf = hr->hr_buffer(hr, (pos - 1) & ~(hammer_off_t)HAMMER_BUFMASK,
	    errorp);
	if (*errorp)
		return (NULL);
	off = ((pos - 1) & HAMMER_BUFMASK) + 1;
	*errorp = EIO;
	if (off < 8 || (off & 7))
		return (NULL);
	tail = (const void *)(buf + off - 8);
	head = (const void *)tail;
	if (head->hdr_signature == HAMMER_HEAD_SIGNATURE &&
	    head->hdr_type == HAMMER_HEAD_TYPE_PAD && tail->tail_size == 8)
		size = 8;
	else
		size = tail->tail_size;
	if (size < 8 || (size & 7) || size > (uint32_t)off)
		return (NULL);
	*errorp = hammer_fifo_check(hr->hr_version, buf, off - size);
	head = (const void *)(buf + off - size);
	if (*errorp == 0 && head->hdr_size != size)
		*errorp = EIO;
	if (*errorp)
		return (NULL);
	*posp = pos - size;
	return (head);
}

int
hammer_ring_span(struct hammer_ring *hr, hammer_off_t first,
    hammer_off_t next, hammer_off_t *endp, uint32_t *seqp)
{
	const struct hammer_fifo_head *head;
	hammer_off_t pos, done, end;
	uint32_t seq;
	int error = 0;

	*seqp = 0;
	if (hammer_off_short(first) > hr->hr_size ||
	    hammer_off_short(next) > hr->hr_size ||
	    (first & 7) || (next & 7))
		return (EIO);
	if (hr->hr_version < HAMMER_VOL_VERSION_FOUR) {
		*endp = next;
		return (0);
	}
	pos = ring_pos(hr, first);
	for (done = 0;;) {
		head = ring_prev(hr, &pos, &error);
		if (error)
			return (error);
		done += head->hdr_size;
		if (head->hdr_type != HAMMER_HEAD_TYPE_PAD)
			break;
		if (done > hr->hr_size)
			return (EIO);
	}
	seq = head->hdr_seq;
	pos = ring_pos(hr, first);
	end = first;
	for (done = 0; done < hr->hr_size;) {
		head = ring_record(hr, pos, &error);
		if (error)
			return (error);
		pos += head->hdr_size;
		done += head->hdr_size;
		if (head->hdr_type != HAMMER_HEAD_TYPE_PAD) {
			if (head->hdr_seq != seq + 1)
				break;
			seq++;
			end = HAMMER_ZONE_UNDO | pos;
		}
		if (pos == hr->hr_size)
			pos = 0;
	}
	*endp = end;
	*seqp = seq + 1;
	return (0);
}

/* Is an UNDO or REDO record as large as what it says it holds? */
static int
payload_ok(const struct hammer_fifo_head *head, int fixed, int bytes)
{
	return (bytes >= 0 && bytes <= HAMMER_BUFSIZE && head->hdr_size >=
	    (uint32_t)(fixed + bytes) + sizeof(struct hammer_fifo_tail));
}

static int
redo_ok(const struct hammer_fifo_redo *re)
{
	int bytes = 0;

	if (re->head.hdr_size < sizeof(*re) + sizeof(struct hammer_fifo_tail))
		return (0);
	if (re->redo_flags & HAMMER_REDO_WRITE)
		bytes = re->redo_data_bytes;
	return (payload_ok(&re->head, sizeof(*re), bytes));
}

static int
undo_one(const struct hammer_fifo_head *head, int (*undo)(void *,
    const struct hammer_fifo_undo *, const void *), void *arg)
{
	const struct hammer_fifo_undo *un = (const void *)head;
	int zone;

	if (head->hdr_size < sizeof(*un) + sizeof(struct hammer_fifo_tail) ||
	    !payload_ok(head, sizeof(*un), un->undo_data_bytes))
		return (EIO);
	zone = hammer_off_zone(un->undo_offset);
	if (zone != HAMMER_ZONE_RAW_VOLUME_INDEX &&
	    zone != HAMMER_ZONE_RAW_BUFFER_INDEX)
		return (EIO);
	if ((un->undo_offset & HAMMER_BUFMASK) + un->undo_data_bytes >
	    HAMMER_BUFSIZE)
		return (EIO);
	return (undo(arg, un, un + 1));
}

int
hammer_ring_undo(struct hammer_ring *hr, hammer_off_t first,
    hammer_off_t end, int (*undo)(void *, const struct hammer_fifo_undo *,
    const void *), void *arg, hammer_off_t *redop)
{
	const struct hammer_fifo_head *head;
	const struct hammer_fifo_redo *re;
	hammer_off_t pos, stop, done = 0;
	int error = 0;

	*redop = 0;
	stop = ring_pos(hr, first);
	pos = ring_pos(hr, end);
	if (first == end)
		return (0);
	do {
		head = ring_prev(hr, &pos, &error);
		if (error)
			return (error);
		done += head->hdr_size;
		if (head->hdr_type == HAMMER_HEAD_TYPE_UNDO) {
			error = undo_one(head, undo, arg);
			if (error)
				return (error);
		} else if (head->hdr_type == HAMMER_HEAD_TYPE_REDO) {
			re = (const void *)head;
			if (!redo_ok(re))
				return (EIO);
			if ((re->redo_flags & HAMMER_REDO_SYNC) &&
			    *redop == 0)
				*redop = re->redo_offset;
		}
	} while (pos != stop && done < hr->hr_size);
	return (pos == stop ? 0 : EIO);
}

/*
 * Commits noted in the extended range.
 */
struct term {
	struct term	*t_next;
	int64_t		t_objid;
	hammer_off_t	t_offset;
	uint32_t	t_localization;
	uint32_t	t_flags;
};

#define TERM_HASH	256

static int
term_hash(int64_t objid, uint32_t lo)
{
	return ((uint32_t)(objid ^ (objid >> 10) ^ (lo >> 16)) % TERM_HASH);
}

static void
term_add(struct term **tab, const struct hammer_fifo_redo *re)
{
	struct term *t = hammer_zalloc(sizeof(*t));
	int h = term_hash(re->redo_objid, re->redo_localization);

	t->t_objid = re->redo_objid;
	t->t_localization = re->redo_localization;
	t->t_offset = re->redo_offset;
	t->t_flags = re->redo_flags;
	t->t_next = tab[h];
	tab[h] = t;
}

static int
term_match(struct term **tab, const struct hammer_fifo_redo *re)
{
	struct term *t;
	int h = term_hash(re->redo_objid, re->redo_localization);

	for (t = tab[h]; t != NULL; t = t->t_next) {
		if (t->t_objid != re->redo_objid ||
		    t->t_localization != re->redo_localization)
			continue;
		if ((re->redo_flags & HAMMER_REDO_WRITE) &&
		    (t->t_flags & HAMMER_REDO_TERM_WRITE) &&
		    t->t_offset == re->redo_offset)
			return (1);
		if ((re->redo_flags & HAMMER_REDO_TRUNC) &&
		    (t->t_flags & HAMMER_REDO_TERM_TRUNC))
			return (1);
	}
	return (0);
}

static void
term_free(struct term **tab)
{
	struct term *t;
	int i;

	for (i = 0; i < TERM_HASH; i++) {
		while ((t = tab[i]) != NULL) {
			tab[i] = t->t_next;
			hammer_free(t);
		}
	}
	hammer_free(tab);
}

/*
 * Backwards from first to redo: sequence numbers must descend without a
 * gap, or the ring has overwritten what the SYNC names.
 */
static int
scan_extended(struct hammer_ring *hr, hammer_off_t redo, hammer_off_t first,
    struct term **tab)
{
	const struct hammer_fifo_head *head;
	const struct hammer_fifo_redo *re;
	hammer_off_t pos = ring_pos(hr, first), stop = ring_pos(hr, redo);
	hammer_off_t done = 0;
	uint32_t seq = 0;
	int have = 0, error = 0;

	while (pos != stop) {
		head = ring_prev(hr, &pos, &error);
		if (error)
			return (error);
		done += head->hdr_size;
		if (done > hr->hr_size)
			return (ERANGE);
		if (head->hdr_type == HAMMER_HEAD_TYPE_PAD)
			continue;
		if (have && head->hdr_seq != seq - 1)
			return (ERANGE);
		seq = head->hdr_seq;
		have = 1;
		if (head->hdr_type != HAMMER_HEAD_TYPE_REDO)
			continue;
		re = (const void *)head;
		if (!redo_ok(re))
			return (EIO);
		if (re->redo_flags & (HAMMER_REDO_TERM_WRITE |
		    HAMMER_REDO_TERM_TRUNC))
			term_add(tab, re);
	}
	return (0);
}

int
hammer_ring_redo(struct hammer_ring *hr, hammer_off_t redo,
    hammer_off_t first, hammer_off_t end, int (*exec)(void *,
    const struct hammer_fifo_redo *, const void *), void *arg)
{
	const struct hammer_fifo_head *head;
	const struct hammer_fifo_redo *re;
	hammer_off_t pos, stop, len, ext, done = 0;
	struct term **tab;
	int error = 0;

	if (hammer_off_zone(redo) != HAMMER_ZONE_UNDO_INDEX ||
	    hammer_off_short(redo) >= hr->hr_size || (redo & 7))
		return (EIO);
	pos = ring_pos(hr, first);
	stop = ring_pos(hr, end);
	len = (stop + hr->hr_size - pos) % hr->hr_size;
	ext = (ring_pos(hr, redo) + hr->hr_size - pos) % hr->hr_size;
	tab = hammer_zalloc(TERM_HASH * sizeof(*tab));
	/* A start inside the nominal span has nothing before that. */
	if (ext >= len && ext != 0) {
		error = scan_extended(hr, redo, first, tab);
		pos = ring_pos(hr, redo);
	}
	while (error == 0 && pos != stop && done < hr->hr_size) {
		head = ring_record(hr, pos, &error);
		if (error)
			break;
		pos += head->hdr_size;
		done += head->hdr_size;
		if (pos == hr->hr_size)
			pos = 0;
		if (head->hdr_type != HAMMER_HEAD_TYPE_REDO)
			continue;
		re = (const void *)head;
		if (!redo_ok(re)) {
			error = EIO;
			break;
		}
		if ((re->redo_flags & (HAMMER_REDO_WRITE |
		    HAMMER_REDO_TRUNC)) && !term_match(tab, re))
			error = exec(arg, re, re + 1);
	}
	term_free(tab);
	return (error);
}
