/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * du - disk usage
 *
 * usage: du [-H | -L | -P] [-a | -s | -d depth] [-cghklmnrx] [file ...]
 */
#include <sys/types.h>
#include <sys/queue.h>
#include <sys/stat.h>

#include <err.h>
#include <errno.h>
#include <fts.h>
#include <libutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define BUCKETS	8192

struct seen {
	SLIST_ENTRY(seen) link;
	dev_t	dev;
	ino_t	ino;
};
static SLIST_HEAD(, seen) table[BUCKETS];
static int human;
static long unit = 512;

/* A file with several names counts once. */
static int
seen_before(const struct stat *st)
{
	struct seen *s;
	size_t b = (size_t)(st->st_ino ^ st->st_dev) % BUCKETS;

	if (st->st_nlink < 2)
		return (0);
	SLIST_FOREACH(s, &table[b], link) {
		if (s->dev == st->st_dev && s->ino == st->st_ino)
			return (1);
	}
	s = malloc(sizeof(*s));
	if (s == NULL)
		err(1, NULL);
	s->dev = st->st_dev;
	s->ino = st->st_ino;
	SLIST_INSERT_HEAD(&table[b], s, link);
	return (0);
}

static void
print(int64_t blocks, const char *path)
{
	char buf[8];

	if (human) {
		humanize_number(buf, 5, blocks * 512, "", HN_AUTOSCALE,
		    HN_B | HN_NOSPACE | HN_DECIMAL);
		printf("%4s\t%s\n", buf, path);
	} else {
		printf("%jd\t%s\n",
		    (intmax_t)((blocks * 512 + unit - 1) / unit), path);
	}
}

int
main(int argc, char **argv)
{
	static char *dot[] = { __DECONST(char *, "."), NULL };
	int c, all = 0, depth = -1, total = 0, flags = FTS_PHYSICAL, links = 0,
	    rc = 0, header;
	int64_t sum = 0;
	FTSENT *p;
	FTS *fts;

	getbsize(&header, &unit);
	while ((c = getopt(argc, argv, "HLPacd:ghklmnrsx")) != -1) {
		switch (c) {
		case 'H': flags |= FTS_COMFOLLOW; break;
		case 'L': flags = (flags & ~FTS_PHYSICAL) | FTS_LOGICAL; break;
		case 'P': break;
		case 'a': all = 1; break;
		case 'c': total = 1; break;
		case 'd': depth = atoi(optarg); break;
		case 'g': unit = 1L << 30; human = 0; break;
		case 'h': human = 1; break;
		case 'k': unit = 1024; human = 0; break;
		case 'l': links = 1; break;
		case 'm': unit = 1L << 20; human = 0; break;
		case 'n':
		case 'r': break;
		case 's': depth = 0; break;
		case 'x': flags |= FTS_XDEV; break;
		default:
			fprintf(stderr, "usage: du [-H | -L | -P] [-a | -s | "
			    "-d depth] [-cghklmx] [file ...]\n");
			return (EX_USAGE);
		}
	}
	argv += optind;
	fts = fts_open(*argv != NULL ? argv : dot, flags | FTS_NOCHDIR, NULL);
	if (fts == NULL)
		err(1, NULL);
	while ((p = fts_read(fts)) != NULL) {
		switch (p->fts_info) {
		case FTS_D:
			break;
		case FTS_DP:
			p->fts_parent->fts_number += p->fts_number +=
			    p->fts_statp->st_blocks;
			if (depth < 0 || p->fts_level <= depth)
				print(p->fts_number, p->fts_path);
			if (p->fts_level == 0)
				sum += p->fts_number;
			break;
		case FTS_DNR:
		case FTS_ERR:
		case FTS_NS:
			warnx("%s: %s", p->fts_path, strerror(p->fts_errno));
			rc = 1;
			break;
		case FTS_DC:
			break;
		default:
			if (!links && seen_before(p->fts_statp))
				break;
			if (all || p->fts_level == 0)
				print(p->fts_statp->st_blocks, p->fts_path);
			p->fts_parent->fts_number += p->fts_statp->st_blocks;
			if (p->fts_level == 0)
				sum += p->fts_statp->st_blocks;
		}
	}
	if (errno != 0)
		err(1, "fts_read");
	if (total)
		print(sum, "total");
	return (rc);
}
