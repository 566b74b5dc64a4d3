/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disklabel64: a label from text, as print.c writes it and people edit it.
 *
 * Sizes and offsets of partitions may be left to us; they are found when the
 * whole text has been read: sizes given first, percentages of what is left,
 * then the one partition that takes the rest; offsets follow each other.
 */
#include <sys/param.h>

#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <uuid.h>

#include "diskdev.h"
#include "label.h"

enum size_kind { NONE, FIXED, PERCENT, REST };

struct wish {
	enum size_kind	w_kind;
	uint64_t	w_value;	/* bytes or percent */
	int		w_follows;	/* offset is the end of the last one */
};

struct parser {
	struct disklabel64 *ps_label;
	struct wish	ps_wish[MAXPARTITIONS64];
	uint64_t	ps_block;	/* display block size */
	int		ps_line;
	int		ps_errors;
};

static void complain(struct parser *ps, const char *fmt, ...)
    __attribute__((__format__(__printf__, 2, 3)));

static void
complain(struct parser *ps, const char *fmt, ...)
{
	va_list ap;

	if (ps->ps_line > 0)
		fprintf(stderr, "line %d: ", ps->ps_line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	ps->ps_errors++;
}

void
label_seal(struct disklabel64 *lp)
{
	lp->d_crc = 0;
	lp->d_crc = disk_crc32(&lp->d_magic,
	    offsetof(struct disklabel64, d_partitions[lp->d_npartitions]) -
	    offsetof(struct disklabel64, d_magic));
}

static uint64_t
number(struct parser *ps, const char *text, const char **endp)
{
	char *end;
	uint64_t n;

	errno = 0;
	n = strtoumax(text, &end, 0);
	if (end == text || text[0] == '-' || errno != 0 ||
	    (endp == NULL && *end != '\0'))
		complain(ps, "%s: not a number", text);
	if (endp != NULL)
		*endp = end;
	return (n);
}

static void
parse_uuid(struct parser *ps, const char *text, uuid_t *u)
{
	uint32_t status;

	uuid_from_string(text, u, &status);
	if (status != uuid_s_ok)
		complain(ps, "%s: not a uuid", text);
}

static void
parse_size(struct parser *ps, struct wish *w, const char *text)
{
	static const char units[] = "kmgt";
	const char *end, *unit;

	if (strcmp(text, "*") == 0) {
		w->w_kind = REST;
		return;
	}
	w->w_value = number(ps, text, &end);
	w->w_kind = FIXED;
	if (strcmp(end, "%") == 0)
		w->w_kind = PERCENT;
	else if (*end == '\0')
		w->w_value *= ps->ps_block;
	else if ((unit = strchr(units, tolower((unsigned char)*end))) !=
	    NULL && end[1] == '\0')
		w->w_value <<= 10 * (unit - units + 1);
	else
		complain(ps, "%s: unknown unit of size", text);
	if (w->w_value == 0)
		complain(ps, "%s: a partition must have a size", text);
}

/* size offset type */
static void
parse_partition(struct parser *ps, int i, char *text)
{
	struct partition64 *p = &ps->ps_label->d_partitions[i];
	struct wish *w = &ps->ps_wish[i];
	char *word[3];
	int n = 0, type;

	/* The type's name may contain blanks. */
	while (n < 3 && *text != '\0') {
		word[n++] = text;
		if (n == 3)
			break;
		text += strcspn(text, " \t");
		if (*text != '\0')
			*text++ = '\0';
		text += strspn(text, " \t");
	}
	if (n != 3) {
		complain(ps, "partition %c: needs a size, an offset and a "
		    "type", 'a' + i);
		return;
	}
	if (w->w_kind != NONE)
		complain(ps, "partition %c is there twice", 'a' + i);
	parse_size(ps, w, word[0]);
	w->w_follows = strcmp(word[1], "*") == 0;
	if (!w->w_follows)
		p->p_boffset = ps->ps_label->d_pbase + ps->ps_block *
		    number(ps, word[1], NULL);
	type = fstype_code(word[2]);
	if (type < 0 && isdigit((unsigned char)word[2][0])) {
		uint64_t code = number(ps, word[2], NULL);

		type = code <= 255 ? (int)code : -1;
	}
	if (type < 0)
		complain(ps, "%s: unknown type of partition", word[2]);
	else
		p->p_fstype = type;
}

static int
power_block(struct parser *ps, const char *key, uint64_t n)
{
	if (n != 0 && n % 512 == 0 && n <= 1024 * 1024)
		return (1);
	complain(ps, "%s must be a multiple of 512, at most 1048576", key);
	return (0);
}

/* One of the label's own values; 0: no such key. */
static int
parse_key(struct parser *ps, const char *key, const char *value)
{
	struct disklabel64 *lp = ps->ps_label;
	const struct {
		const char	*name;
		uint64_t	*where;
	} areas[] = {
		{ "boot2 data base", &lp->d_bbase },
		{ "partitions data base", &lp->d_pbase },
		{ "partitions data stop", &lp->d_pstop },
		{ "backup label", &lp->d_abase },
		{ "total size", &lp->d_total_size }
	};
	uint64_t n;
	size_t i;

	if (strcmp(key, "diskid") == 0) {
		parse_uuid(ps, value, &lp->d_stor_uuid);
		return (1);
	}
	if (strcmp(key, "label") == 0) {
		if (strlen(value) >= sizeof(lp->d_packname))
			complain(ps, "the label is longer than %zu bytes",
			    sizeof(lp->d_packname) - 1);
		memset(lp->d_packname, 0, sizeof(lp->d_packname));
		strlcpy((char *)lp->d_packname, value,
		    sizeof(lp->d_packname));
		return (1);
	}
	for (i = 0; i < nitems(areas); i++) {
		if (strcmp(key, areas[i].name) == 0) {
			*areas[i].where = number(ps, value, NULL);
			return (1);
		}
	}
	if (strcmp(key, "alignment") == 0) {
		n = number(ps, value, NULL);
		if (power_block(ps, key, n))
			lp->d_align = n;
		return (1);
	}
	if (strcmp(key, "display block size") == 0) {
		n = number(ps, value, NULL);
		if (power_block(ps, key, n))
			ps->ps_block = n;
		return (1);
	}
	return (0);
}

static void
parse_line(struct parser *ps, char *line)
{
	char *value, *end;

	line[strcspn(line, "#\n")] = '\0';
	line += strspn(line, " \t");
	end = line + strlen(line);
	while (end > line && isspace((unsigned char)end[-1]))
		*--end = '\0';
	if (*line == '\0')
		return;
	value = strchr(line, ':');
	if (value == NULL) {
		complain(ps, "%s: expected \"key: value\"", line);
		return;
	}
	*value++ = '\0';
	value += strspn(value, " \t");
	if (isdigit((unsigned char)line[0]) &&
	    strstr(line, "partitions") != NULL) {
		uint64_t n = strtoul(line, NULL, 10);

		if (n == 0 || n > MAXPARTITIONS64)
			complain(ps, "%s: at most %d are possible", line,
			    MAXPARTITIONS64);
		else
			ps->ps_label->d_npartitions = n;
	} else if (line[0] >= 'a' && line[0] < 'a' + MAXPARTITIONS64 &&
	    line[1] == '\0') {
		parse_partition(ps, line[0] - 'a', value);
	} else if (line[0] >= 'a' && line[0] < 'a' + MAXPARTITIONS64 &&
	    strcmp(line + 1, "-stor_uuid") == 0) {
		parse_uuid(ps, value,
		    &ps->ps_label->d_partitions[line[0] - 'a'].p_stor_uuid);
	} else if (!parse_key(ps, line, value)) {
		complain(ps, "%s: unknown key", line);
	}
}

static void
check_areas(struct parser *ps)
{
	struct disklabel64 *lp = ps->ps_label;
	uint64_t align = lp->d_align, used;

	if (align < 512 || (align & (align - 1)) != 0) {
		complain(ps, "the alignment must be a power of two, at least "
		    "512");
		return;
	}
	used = offsetof(struct disklabel64, d_partitions[lp->d_npartitions]);
	if (lp->d_bbase % align != 0 || lp->d_bbase < roundup(used, align))
		complain(ps, "the boot2 data base must be aligned and behind "
		    "the label");
	if (lp->d_pbase < lp->d_bbase)
		complain(ps, "the partitions data base is in front of the "
		    "boot2 data base");
	if (lp->d_pstop < lp->d_pbase)
		complain(ps, "the partitions data stop is in front of the "
		    "partitions data base");
	if (lp->d_pstop > lp->d_total_size)
		complain(ps, "disklabel control info is beyond the total "
		    "size");
	if (lp->d_abase != 0 && (lp->d_abase < lp->d_pstop ||
	    lp->d_total_size < used || lp->d_abase > lp->d_total_size - used))
		complain(ps, "the backup label must lie between the "
		    "partitions data stop and the total size");
}

/* Sizes for all partitions that did not give one. */
static void
allocate_sizes(struct parser *ps)
{
	struct disklabel64 *lp = ps->ps_label;
	uint64_t space = lp->d_pstop - lp->d_pbase, used = 0, free, n;
	uint64_t percents = 0;
	int i, rest = -1;

	for (i = 0; i < MAXPARTITIONS64; i++) {
		struct wish *w = &ps->ps_wish[i];

		if (w->w_kind == FIXED) {
			lp->d_partitions[i].p_bsize = w->w_value;
			used += MIN(w->w_value, UINT64_MAX - used);
		} else if (w->w_kind == PERCENT) {
			percents += MIN(w->w_value, 1000);
		} else if (w->w_kind == REST) {
			if (rest >= 0)
				complain(ps, "only one partition may take "
				    "the rest (*)");
			rest = i;
		}
	}
	if (percents > 100)
		complain(ps, "the percentages add up to more than 100");
	if (used > space) {
		complain(ps, "the partitions are larger than the space for "
		    "them");
		return;
	}
	free = rounddown(space - used, lp->d_align);
	for (i = 0; i < MAXPARTITIONS64; i++) {
		if (ps->ps_wish[i].w_kind != PERCENT)
			continue;
		n = free / 100 * ps->ps_wish[i].w_value +
		    free % 100 * ps->ps_wish[i].w_value / 100;
		n = MIN(roundup(n, lp->d_align),
		    rounddown(space - used, lp->d_align));
		lp->d_partitions[i].p_bsize = n;
		used += n;
	}
	if (rest >= 0) {
		/* One that says where it begins has what is behind that. */
		if (!ps->ps_wish[rest].w_follows)
			used = MAX(used, lp->d_partitions[rest].p_boffset -
			    lp->d_pbase);
		n = used < space ? rounddown(space - used, lp->d_align) : 0;
		if (n == 0)
			complain(ps, "partition %c: no space is left for it",
			    'a' + rest);
		lp->d_partitions[rest].p_bsize = n;
	}
}

static void
check_partitions(struct parser *ps)
{
	struct disklabel64 *lp = ps->ps_label;
	unsigned i, j;

	for (i = 0; i < MAXPARTITIONS64; i++) {
		struct partition64 *p = &lp->d_partitions[i], *q;

		if (ps->ps_wish[i].w_kind == NONE)
			continue;
		if (i >= lp->d_npartitions)
			complain(ps, "partition %c: the label has only %u",
			    'a' + (int)i, lp->d_npartitions);
		if (p->p_bsize % lp->d_align != 0 ||
		    (p->p_boffset - lp->d_pbase) % lp->d_align != 0)
			complain(ps, "partition %c: size and offset must be "
			    "multiples of %u bytes", 'a' + (int)i,
			    lp->d_align);
		if (p->p_boffset < lp->d_pbase ||
		    p->p_boffset > lp->d_pstop ||
		    p->p_bsize > lp->d_pstop - p->p_boffset)
			complain(ps, "partition %c: extends past the space "
			    "for partitions", 'a' + (int)i);
		for (j = 0; j < i; j++) {
			q = &lp->d_partitions[j];
			if (ps->ps_wish[j].w_kind == NONE ||
			    p->p_fstype == fstype_code("vinum") ||
			    q->p_fstype == fstype_code("vinum") ||
			    p->p_boffset >= q->p_boffset + q->p_bsize ||
			    q->p_boffset >= p->p_boffset + p->p_bsize)
				continue;
			complain(ps, "partitions %c and %c overlap!",
			    'a' + (int)j, 'a' + (int)i);
		}
	}
}

static void
place_partitions(struct parser *ps)
{
	struct disklabel64 *lp = ps->ps_label;
	uint64_t next = lp->d_pbase;
	int i;

	for (i = 0; i < MAXPARTITIONS64; i++) {
		struct partition64 *p = &lp->d_partitions[i];

		if (ps->ps_wish[i].w_kind == NONE) {
			memset(p, 0, sizeof(*p));
			continue;
		}
		if (ps->ps_wish[i].w_follows)
			p->p_boffset = next;
		next = p->p_boffset + p->p_bsize;
		if (uuid_is_nil(&p->p_stor_uuid, NULL))
			uuidgen(&p->p_stor_uuid, 1);
	}
}

int
label_parse(FILE *in, struct disklabel64 *lp)
{
	struct parser ps;
	char *line = NULL;
	size_t room = 0;
	int i;

	memset(&ps, 0, sizeof(ps));
	ps.ps_label = lp;
	ps.ps_block = 1024;
	for (i = 0; i < MAXPARTITIONS64; i++) {
		uuid_t type = lp->d_partitions[i].p_type_uuid;

		memset(&lp->d_partitions[i], 0, sizeof(lp->d_partitions[i]));
		lp->d_partitions[i].p_type_uuid = type;
	}
	while (getline(&line, &room, in) > 0) {
		ps.ps_line++;
		parse_line(&ps, line);
	}
	free(line);
	ps.ps_line = 0;
	check_areas(&ps);
	if (ps.ps_errors == 0)
		allocate_sizes(&ps);
	if (ps.ps_errors == 0) {
		place_partitions(&ps);
		check_partitions(&ps);
	}
	if (ps.ps_errors == 0)
		label_seal(lp);
	return (ps.ps_errors == 0);
}
