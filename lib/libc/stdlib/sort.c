/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sorting arrays: qsort, heapsort, mergesort; and searching sorted ones.
 *
 * qsort() is quicksort on the median of three (of nine for large arrays),
 * insertion sort for small ones, and turns to heapsort when it has gone too
 * deep, so that it takes O(n log n) whatever the input.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define INSERTION_MAX	12
#define NINTHER_MIN	128

/* How elements are compared and how large they are. */
struct order {
	int	(*plain)(const void *, const void *);
	int	(*thunked)(void *, const void *, const void *);
	void	*thunk;
	size_t	size;
};

static inline int
compare(const struct order *o, const char *a, const char *b)
{
	return (o->plain != NULL ? o->plain(a, b) :
	    o->thunked(o->thunk, a, b));
}

static inline void
swap(const struct order *o, char *a, char *b)
{
	size_t n = o->size;
	uint64_t w;
	char c;

	for (; n >= sizeof(w); n -= sizeof(w), a += sizeof(w), b += sizeof(w)) {
		memcpy(&w, a, sizeof(w));
		memcpy(a, b, sizeof(w));
		memcpy(b, &w, sizeof(w));
	}
	for (; n > 0; n--, a++, b++) {
		c = *a;
		*a = *b;
		*b = c;
	}
}

static void
insertion_sort(const struct order *o, char *base, size_t n)
{
	char *p, *q, *end = base + n * o->size;

	for (p = base + o->size; p < end; p += o->size) {
		for (q = p; q > base && compare(o, q - o->size, q) > 0;
		    q -= o->size)
			swap(o, q - o->size, q);
	}
}

/* Let the element at i sink to its place in the heap of n. */
static void
sift_down(const struct order *o, char *base, size_t i, size_t n)
{
	size_t child;

	while ((child = 2 * i + 1) < n) {
		if (child + 1 < n && compare(o, base + child * o->size,
		    base + (child + 1) * o->size) < 0)
			child++;
		if (compare(o, base + i * o->size,
		    base + child * o->size) >= 0)
			break;
		swap(o, base + i * o->size, base + child * o->size);
		i = child;
	}
}

static void
heap_sort(const struct order *o, char *base, size_t n)
{
	size_t i;

	for (i = n / 2; i > 0; i--)
		sift_down(o, base, i - 1, n);
	for (i = n; i > 1; i--) {
		swap(o, base, base + (i - 1) * o->size);
		sift_down(o, base, 0, i - 1);
	}
}

static char *
median(const struct order *o, char *a, char *b, char *c)
{
	if (compare(o, a, b) < 0) {
		if (compare(o, b, c) < 0)
			return (b);
		return (compare(o, a, c) < 0 ? c : a);
	}
	if (compare(o, b, c) > 0)
		return (b);
	return (compare(o, a, c) < 0 ? a : c);
}

static char *
choose_pivot(const struct order *o, char *base, size_t n)
{
	size_t s = o->size, e = n / 8 * s;
	char *lo = base, *mid = base + n / 2 * s, *hi = base + (n - 1) * s;

	if (n >= NINTHER_MIN) {
		lo = median(o, lo, lo + e, lo + 2 * e);
		mid = median(o, mid - e, mid, mid + e);
		hi = median(o, hi - 2 * e, hi - e, hi);
	}
	return (median(o, lo, mid, hi));
}

static void
quick_sort(const struct order *o, char *base, size_t n, int depth)
{
	size_t s = o->size, left, right;
	char *lt, *gt, *p;
	int c;

	while (n > INSERTION_MAX) {
		if (depth-- == 0) {
			heap_sort(o, base, n);
			return;
		}
		/*
		 * Three parts: below the pivot [base, lt), equal to it
		 * [lt, gt], above.  The pivot itself is kept at lt.
		 */
		swap(o, base, choose_pivot(o, base, n));
		lt = base;
		gt = base + (n - 1) * s;
		for (p = base + s; p <= gt; ) {
			c = compare(o, p, lt);
			if (c < 0) {
				swap(o, p, lt);
				lt += s;
				p += s;
			} else if (c > 0) {
				swap(o, p, gt);
				gt -= s;
			} else {
				p += s;
			}
		}
		left = (size_t)(lt - base) / s;
		right = n - (size_t)(gt - base) / s - 1;
		if (left < right) {
			quick_sort(o, base, left, depth);
			base = gt + s;
			n = right;
		} else {
			quick_sort(o, gt + s, right, depth);
			n = left;
		}
	}
	insertion_sort(o, base, n);
}

static void
sort(const struct order *o, void *base, size_t n)
{
	int depth = 2;
	size_t i;

	if (o->size == 0)
		return;
	for (i = n; i > 1; i /= 2)
		depth += 2;
	quick_sort(o, base, n, depth);
}

void
qsort(void *base, size_t n, size_t size,
    int (*cmp)(const void *, const void *))
{
	struct order o = { cmp, NULL, NULL, size };

	sort(&o, base, n);
}

void
qsort_r(void *base, size_t n, size_t size, void *thunk,
    int (*cmp)(void *, const void *, const void *))
{
	struct order o = { NULL, cmp, thunk, size };

	sort(&o, base, n);
}

int
heapsort(void *base, size_t n, size_t size,
    int (*cmp)(const void *, const void *))
{
	struct order o = { cmp, NULL, NULL, size };

	if (size == 0) {
		errno = EINVAL;
		return (-1);
	}
	heap_sort(&o, base, n);
	return (0);
}

/* Stable; merges runs of from into to. */
static void
merge(const struct order *o, const char *from, char *to, size_t n,
    size_t run)
{
	const char *a, *b, *aend, *bend;
	size_t start, s = o->size;

	for (start = 0; start < n; start += 2 * run) {
		a = from + start * s;
		aend = from + (start + run < n ? start + run : n) * s;
		b = aend;
		bend = from + (start + 2 * run < n ? start + 2 * run : n) * s;
		while (a < aend || b < bend) {
			if (b >= bend || (a < aend && compare(o, a, b) <= 0)) {
				memcpy(to, a, s);
				a += s;
			} else {
				memcpy(to, b, s);
				b += s;
			}
			to += s;
		}
	}
}

int
mergesort(void *base, size_t n, size_t size,
    int (*cmp)(const void *, const void *))
{
	struct order o = { cmp, NULL, NULL, size };
	char *from = base, *to, *tmp, *t;
	size_t run, i;

	if (size < sizeof(void *) / 2) {
		errno = EINVAL;
		return (-1);
	}
	if (n < 2)
		return (0);
	tmp = to = reallocarray(NULL, n, size);
	if (tmp == NULL)
		return (-1);
	for (i = 0; i < n; i += INSERTION_MAX)
		insertion_sort(&o, from + i * size,
		    n - i < INSERTION_MAX ? n - i : INSERTION_MAX);
	for (run = INSERTION_MAX; run < n; run *= 2) {
		merge(&o, from, to, n, run);
		t = from;
		from = to;
		to = t;
	}
	if (from != base)
		memcpy(base, from, n * size);
	free(tmp);
	return (0);
}

void *
bsearch(const void *key, const void *base, size_t n, size_t size,
    int (*cmp)(const void *, const void *))
{
	const char *lo = base, *mid;
	int c;

	while (n > 0) {
		mid = lo + n / 2 * size;
		c = cmp(key, mid);
		if (c == 0)
			return (__DECONST(void *, mid));
		if (c > 0) {
			lo = mid + size;
			n--;
		}
		n /= 2;
	}
	return (NULL);
}
