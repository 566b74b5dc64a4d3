/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sorting strings by their bytes: radixsort(), and sradixsort(), which keeps
 * the order of equal ones.  A byte's rank comes from the caller's table, and
 * endch ends a string.
 *
 * Both are a stable bucket sort by the first byte, then by the next within
 * each bucket; small buckets are sorted by insertion.  Only the smaller
 * buckets recurse, so that long common prefixes cost no stack.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NBUCKETS	256
#define SMALL		16

struct sorter {
	const unsigned char *rank;	/* of each byte */
	unsigned int end;		/* the byte that ends a string */
	const unsigned char **spare;	/* room for as many as are sorted */
};

/* Compare from byte depth on. */
static int
compare(const struct sorter *sp, const unsigned char *a,
    const unsigned char *b, size_t depth)
{
	for (;; depth++) {
		if (a[depth] == sp->end || b[depth] == sp->end)
			return ((int)sp->rank[a[depth]] -
			    (int)sp->rank[b[depth]]);
		if (sp->rank[a[depth]] != sp->rank[b[depth]])
			return ((int)sp->rank[a[depth]] -
			    (int)sp->rank[b[depth]]);
	}
}

static void
insertion(const struct sorter *sp, const unsigned char **v, size_t n,
    size_t depth)
{
	const unsigned char *s;
	size_t i, j;

	for (i = 1; i < n; i++) {
		s = v[i];
		for (j = i; j > 0 && compare(sp, v[j - 1], s, depth) > 0; j--)
			v[j] = v[j - 1];
		v[j] = s;
	}
}

static void
sort(const struct sorter *sp, const unsigned char **v, size_t n, size_t depth)
{
	size_t start[NBUCKETS + 1], next[NBUCKETS], i, count;
	unsigned int b, biggest, end = sp->rank[sp->end];

	while (n > SMALL) {
		memset(start, 0, sizeof(start));
		for (i = 0; i < n; i++)
			start[sp->rank[v[i][depth]] + 1]++;
		for (b = biggest = 0; b < NBUCKETS; b++) {
			if (b != end && (biggest == end ||
			    start[b + 1] > start[biggest + 1]))
				biggest = b;
		}
		count = start[biggest + 1];
		for (b = 0; b < NBUCKETS; b++) {
			start[b + 1] += start[b];
			next[b] = start[b];
		}
		for (i = 0; i < n; i++)
			sp->spare[next[sp->rank[v[i][depth]]]++] = v[i];
		memcpy(v, sp->spare, n * sizeof(*v));
		depth++;
		for (b = 0; b < NBUCKETS; b++) {
			if (b != end && b != biggest &&
			    start[b + 1] - start[b] > 1)
				sort(sp, v + start[b],
				    start[b + 1] - start[b], depth);
		}
		if (biggest == end)
			return;
		v += start[biggest];
		n = count;
	}
	insertion(sp, v, n, depth);
}

int
sradixsort(const unsigned char **v, int n, const unsigned char *table,
    unsigned int endch)
{
	unsigned char identity[NBUCKETS];
	struct sorter sorter;
	unsigned int i;

	if (n < 0 || endch >= NBUCKETS) {
		errno = EINVAL;
		return (-1);
	}
	/* Without a table, endch comes before all others. */
	for (i = 0; i < NBUCKETS; i++)
		identity[i] = (unsigned char)(i < endch ? i + 1 : i);
	identity[endch] = 0;
	sorter.rank = table != NULL ? table : identity;
	sorter.end = endch;
	sorter.spare = malloc(((size_t)n + 1) * sizeof(*v));
	if (sorter.spare == NULL)
		return (-1);
	sort(&sorter, v, (size_t)n, 0);
	free(sorter.spare);
	return (0);
}

int
radixsort(const unsigned char **v, int n, const unsigned char *table,
    unsigned int endch)
{
	return (sradixsort(v, n, table, endch));
}
