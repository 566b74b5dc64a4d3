/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Decimal numbers of any length; see num.h.
 */
#include <sys/types.h>

#include <ctype.h>
#include <err.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "num.h"

#define BASE		1000000000U
#define BASE_DIGITS	9

static const uint32_t pow10_small[BASE_DIGITS + 1] = { 1, 10, 100, 1000,
	10000, 100000, 1000000, 10000000, 100000000, 1000000000 };

static struct num *
alloc(size_t limbs)
{
	struct num *a = calloc(1, sizeof(*a));

	if (a == NULL ||
	    (a->limb = calloc(limbs + 1, sizeof(*a->limb))) == NULL)
		err(1, NULL);
	a->n = limbs;
	return (a);
}

void
num_free(struct num *a)
{
	if (a == NULL)
		return;
	free(a->limb);
	free(a);
}

/* No leading zero limbs, and no negative zero. */
static struct num *
trim(struct num *a)
{
	while (a->n > 0 && a->limb[a->n - 1] == 0)
		a->n--;
	if (a->n == 0)
		a->negative = 0;
	return (a);
}

struct num *
num_copy(const struct num *a)
{
	struct num *r = alloc(a->n);

	r->negative = a->negative;
	r->scale = a->scale;
	memcpy(r->limb, a->limb, a->n * sizeof(*a->limb));
	return (r);
}

struct num *
num_int(long v)
{
	unsigned long u = v < 0 ? -(unsigned long)v : (unsigned long)v;
	struct num *a = alloc(3);
	size_t i;

	a->negative = v < 0;
	for (i = 0; i < 3; i++, u /= BASE)
		a->limb[i] = (uint32_t)(u % BASE);
	return (trim(a));
}

int
num_is_zero(const struct num *a)
{
	return (a->n == 0);
}

/* --- magnitudes --- */

static int
mag_compare(const struct num *a, const struct num *b)
{
	size_t i;

	if (a->n != b->n)
		return (a->n < b->n ? -1 : 1);
	for (i = a->n; i-- > 0;) {
		if (a->limb[i] != b->limb[i])
			return (a->limb[i] < b->limb[i] ? -1 : 1);
	}
	return (0);
}

static struct num *
mag_add(const struct num *a, const struct num *b)
{
	size_t n = a->n > b->n ? a->n : b->n, i;
	struct num *r = alloc(n + 1);
	uint64_t sum = 0;

	for (i = 0; i <= n; i++) {
		sum += (i < a->n ? a->limb[i] : 0) +
		    (uint64_t)(i < b->n ? b->limb[i] : 0);
		r->limb[i] = (uint32_t)(sum % BASE);
		sum /= BASE;
	}
	return (trim(r));
}

/* a is not less than b. */
static struct num *
mag_sub(const struct num *a, const struct num *b)
{
	struct num *r = alloc(a->n);
	int64_t d = 0;
	size_t i;

	for (i = 0; i < a->n; i++) {
		d += (int64_t)a->limb[i] - (i < b->n ? b->limb[i] : 0);
		r->limb[i] = (uint32_t)(d < 0 ? d + BASE : d);
		d = d < 0 ? -1 : 0;
	}
	return (trim(r));
}

static struct num *
mag_mul(const struct num *a, const struct num *b)
{
	struct num *r = alloc(a->n + b->n);
	uint64_t carry;
	size_t i, j;

	for (i = 0; i < a->n; i++) {
		carry = 0;
		for (j = 0; j < b->n || carry != 0; j++) {
			carry += r->limb[i + j] + (uint64_t)a->limb[i] *
			    (j < b->n ? b->limb[j] : 0);
			r->limb[i + j] = (uint32_t)(carry % BASE);
			carry /= BASE;
		}
	}
	return (trim(r));
}

/* In place; returns the remainder. */
static uint32_t
mag_div_small(struct num *a, uint32_t by)
{
	uint64_t rem = 0;
	size_t i;

	for (i = a->n; i-- > 0;) {
		rem = rem * BASE + a->limb[i];
		a->limb[i] = (uint32_t)(rem / by);
		rem %= by;
	}
	trim(a);
	return ((uint32_t)rem);
}

static void
mag_mul_small(struct num *a, uint32_t by, uint32_t add)
{
	uint64_t carry = add;
	size_t i;

	for (i = 0; i < a->n; i++) {
		carry += (uint64_t)a->limb[i] * by;
		a->limb[i] = (uint32_t)(carry % BASE);
		carry /= BASE;
	}
	if (carry != 0) {
		a->limb = reallocarray(a->limb, a->n + 2, sizeof(*a->limb));
		if (a->limb == NULL)
			err(1, NULL);
		a->limb[a->n++] = (uint32_t)carry;
	}
}

/*
 * Long division, limb by limb from the top.  The divisor is multiplied so
 * that its first limb is at least half the base: then a quotient limb guessed
 * from the first limbs is at most two too large.
 */
static struct num *
mag_div(const struct num *a0, const struct num *b0)
{
	struct num *a, *b, *q;
	uint32_t factor;
	uint64_t guess;
	int64_t borrow, t;
	size_t i, j;

	if (mag_compare(a0, b0) < 0)
		return (alloc(0));
	a = num_copy(a0);
	if (b0->n == 1) {
		mag_div_small(a, b0->limb[0]);
		a->scale = 0;
		return (a);
	}
	b = num_copy(b0);
	factor = BASE / (b->limb[b->n - 1] + 1);
	mag_mul_small(a, factor, 0);
	mag_mul_small(b, factor, 0);
	/* One limb more on top, for the first step. */
	a->limb = reallocarray(a->limb, a->n + 2, sizeof(*a->limb));
	if (a->limb == NULL)
		err(1, NULL);
	a->limb[a->n] = 0;
	q = alloc(a->n - b->n + 1);
	for (i = a->n - b->n + 1; i-- > 0;) {
		guess = ((uint64_t)a->limb[i + b->n] * BASE +
		    a->limb[i + b->n - 1]) / b->limb[b->n - 1];
		if (guess >= BASE)
			guess = BASE - 1;
		borrow = 0;
		for (j = 0; j <= b->n; j++) {
			t = (int64_t)a->limb[i + j] + borrow -
			    (int64_t)(j < b->n ? guess * b->limb[j] : 0);
			borrow = t / (int64_t)BASE;
			t %= (int64_t)BASE;
			if (t < 0) {
				t += BASE;
				borrow--;
			}
			a->limb[i + j] = (uint32_t)t;
		}
		while (borrow < 0) {	/* it was too large: add back */
			uint64_t c = 0;

			guess--;
			for (j = 0; j <= b->n; j++) {
				c += a->limb[i + j] +
				    (uint64_t)(j < b->n ? b->limb[j] : 0);
				a->limb[i + j] = (uint32_t)(c % BASE);
				c /= BASE;
			}
			borrow += (int64_t)c;
		}
		q->limb[i] = (uint32_t)guess;
	}
	num_free(a);
	num_free(b);
	return (trim(q));
}

/* Times ten to the power of n, or divided by it and cut. */
static struct num *
mag_shift(const struct num *a, long n)
{
	size_t limbs = (size_t)labs(n) / BASE_DIGITS;
	uint32_t rest = pow10_small[labs(n) % BASE_DIGITS];
	struct num *r;

	if (n >= 0) {
		r = alloc(a->n + limbs);
		memcpy(r->limb + limbs, a->limb, a->n * sizeof(*a->limb));
		if (rest != 1)
			mag_mul_small(r, rest, 0);
	} else {
		r = alloc(a->n > limbs ? a->n - limbs : 0);
		if (a->n > limbs)
			memcpy(r->limb, a->limb + limbs,
			    r->n * sizeof(*a->limb));
		if (rest != 1)
			mag_div_small(r, rest);
	}
	return (trim(r));
}

/* --- numbers --- */

struct num *
num_rescale(const struct num *a, unsigned int scale)
{
	struct num *r = mag_shift(a, (long)scale - (long)a->scale);

	r->negative = a->negative && r->n > 0;
	r->scale = scale;
	return (r);
}

static void
align(const struct num *a, const struct num *b, struct num **ra,
    struct num **rb)
{
	unsigned int scale = a->scale > b->scale ? a->scale : b->scale;

	*ra = num_rescale(a, scale);
	*rb = num_rescale(b, scale);
}

int
num_compare(const struct num *a, const struct num *b)
{
	struct num *x, *y;
	int c;

	if (a->negative != b->negative)
		return (a->negative ? -1 : 1);
	align(a, b, &x, &y);
	c = mag_compare(x, y);
	num_free(x);
	num_free(y);
	return (a->negative ? -c : c);
}

static struct num *
add_signed(const struct num *a, const struct num *b, int negate_b)
{
	struct num *x, *y, *r;
	int nb = b->negative != negate_b;

	align(a, b, &x, &y);
	if (a->negative == nb) {
		r = mag_add(x, y);
		r->negative = nb;
	} else if (mag_compare(x, y) >= 0) {
		r = mag_sub(x, y);
		r->negative = a->negative;
	} else {
		r = mag_sub(y, x);
		r->negative = nb;
	}
	r->scale = x->scale;
	num_free(x);
	num_free(y);
	return (trim(r));
}

struct num *
num_add(const struct num *a, const struct num *b)
{
	return (add_signed(a, b, 0));
}

struct num *
num_sub(const struct num *a, const struct num *b)
{
	return (add_signed(a, b, 1));
}

struct num *
num_mul(const struct num *a, const struct num *b, unsigned int scale)
{
	unsigned int full = a->scale + b->scale;
	struct num *r = mag_mul(a, b), *cut;

	r->negative = r->n > 0 && a->negative != b->negative;
	r->scale = full;
	scale = scale > a->scale ? scale : a->scale;
	scale = scale > b->scale ? scale : b->scale;
	if (full <= scale)
		return (r);
	cut = num_rescale(r, scale);
	num_free(r);
	return (cut);
}

struct num *
num_div(const struct num *a, const struct num *b, unsigned int scale)
{
	struct num *x, *r;

	if (b->n == 0)
		return (NULL);
	x = mag_shift(a, (long)scale + (long)b->scale - (long)a->scale);
	r = mag_div(x, b);
	num_free(x);
	r->negative = r->n > 0 && a->negative != b->negative;
	r->scale = scale;
	return (r);
}

struct num *
num_mod(const struct num *a, const struct num *b, unsigned int scale)
{
	struct num *q = num_div(a, b, scale), *p, *r, *s;
	unsigned int want = scale + b->scale;

	if (q == NULL)
		return (NULL);
	p = mag_mul(q, b);
	p->negative = p->n > 0 && q->negative != b->negative;
	p->scale = q->scale + b->scale;
	r = num_sub(a, p);
	num_free(q);
	num_free(p);
	want = want > a->scale ? want : a->scale;
	s = num_rescale(r, want);
	num_free(r);
	return (s);
}

struct num *
num_pow(const struct num *a, const struct num *b, unsigned int scale)
{
	long e = num_to_long(b);
	unsigned long k = e < 0 ? -(unsigned long)e : (unsigned long)e;
	unsigned long limit;
	struct num *r, *base, *t, *one;

	if (e < 0 && a->n == 0)
		return (NULL);
	r = num_int(1);
	base = num_copy(a);
	for (;;) {
		if (k & 1) {
			t = num_mul(r, base, r->scale + base->scale);
			num_free(r);
			r = t;
		}
		if ((k >>= 1) == 0)
			break;
		t = num_mul(base, base, base->scale * 2);
		num_free(base);
		base = t;
	}
	num_free(base);
	if (e < 0) {
		one = num_int(1);
		t = num_div(one, r, scale);
		num_free(one);
		num_free(r);
		return (t);
	}
	limit = (unsigned long)a->scale * (unsigned long)e;
	if (limit > scale && limit > a->scale) {
		t = num_rescale(r, scale > a->scale ? scale : a->scale);
		num_free(r);
		return (t);
	}
	return (r);
}

/* Newton's method on integers, from above: it ends when it stops falling. */
struct num *
num_sqrt(const struct num *a, unsigned int scale)
{
	struct num *x, *guess, *q, *sum;

	if (a->negative)
		return (NULL);
	scale = scale > a->scale ? scale : a->scale;
	x = mag_shift(a, 2L * scale - (long)a->scale);
	guess = alloc(x->n / 2 + 1);
	guess->limb[guess->n - 1] = x->n > 0 ? BASE - 1 : 0;
	trim(guess);
	while (guess->n > 0) {
		q = mag_div(x, guess);
		sum = mag_add(guess, q);
		num_free(q);
		mag_div_small(sum, 2);
		if (mag_compare(sum, guess) >= 0) {
			num_free(sum);
			break;
		}
		num_free(guess);
		guess = sum;
	}
	num_free(x);
	guess->scale = scale;
	return (guess);
}

long
num_to_long(const struct num *a)
{
	struct num *x = num_rescale(a, 0);
	unsigned long v = 0;
	int over = x->n > 3;
	size_t i;

	for (i = x->n; i-- > 0 && !over;)
		over = __builtin_mul_overflow(v, (unsigned long)BASE, &v) ||
		    __builtin_add_overflow(v, x->limb[i], &v);
	num_free(x);
	if (over || v > LONG_MAX)
		return (a->negative ? LONG_MIN : LONG_MAX);
	return (a->negative ? -(long)v : (long)v);
}

size_t
num_length(const struct num *a)
{
	size_t digits;
	uint32_t top;

	if (a->n == 0)
		return (a->scale > 0 ? a->scale : 1);
	digits = (a->n - 1) * BASE_DIGITS;
	for (top = a->limb[a->n - 1]; top > 0; top /= 10)
		digits++;
	return (digits > a->scale ? digits : a->scale);
}

static int
digit(int c)
{
	return (isdigit(c) ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 :
	    -1);
}

struct num *
num_parse(const char **s, unsigned int base)
{
	struct num *whole = alloc(0), *part = alloc(0), *r, *t;
	struct num *power;
	unsigned int digits = 0;
	int negative = 0, point = 0, d;
	const char *p = *s;

	if (*p == '-' || *p == '_') {
		negative = 1;
		p++;
	}
	/* part / base^digits is the fraction. */
	for (; (d = digit((unsigned char)*p)) >= 0 || (*p == '.' && !point);
	    p++) {
		if (*p == '.') {
			point = 1;
			continue;
		}
		mag_mul_small(point ? part : whole, base, 0);
		t = num_int(d);
		r = mag_add(point ? part : whole, t);
		num_free(t);
		num_free(point ? part : whole);
		if (point) {
			part = r;
			digits++;
		} else
			whole = r;
	}
	*s = p;
	power = num_int(1);
	for (unsigned int i = 0; i < digits; i++)
		mag_mul_small(power, base, 0);
	t = num_div(part, power, digits);
	r = num_add(whole, t);
	num_free(t);
	num_free(power);
	num_free(whole);
	num_free(part);
	r->negative = negative && r->n > 0;
	return (r);
}

/* --- printing --- */

static void
put(FILE *f, int c, int width, int *column)
{
	if (width > 0 && *column >= width - 1) {
		fputs("\\\n", f);
		*column = 0;
	}
	putc(c, f);
	(*column)++;
}

/* Digits that are numbers have a blank in front, but not after the point. */
static void
put_digit(FILE *f, unsigned long d, long base, int blank, int width,
    int *column)
{
	char text[32];
	int places = 0;
	long top;
	char *p;

	if (base <= 16) {
		put(f, "0123456789ABCDEF"[d], width, column);
		return;
	}
	for (top = base - 1; top > 0; top /= 10)
		places++;
	snprintf(text, sizeof(text), " %0*lu", places, d);
	for (p = text + !blank; *p != '\0'; p++)
		put(f, *p, width, column);
}

static void
print_whole(FILE *f, const struct num *whole, long base, int width,
    int *column)
{
	struct num *x = num_copy(whole), *b = num_int(base), *q, *m, *r;
	unsigned long *digits = NULL;
	size_t n = 0, room = 0;

	while (x->n > 0) {
		if (n == room) {
			room = room > 0 ? room * 2 : 64;
			digits = reallocarray(digits, room, sizeof(*digits));
			if (digits == NULL)
				err(1, NULL);
		}
		q = mag_div(x, b);
		m = mag_mul(q, b);
		r = mag_sub(x, m);
		digits[n++] = (unsigned long)num_to_long(r);
		num_free(m);
		num_free(r);
		num_free(x);
		x = q;
	}
	while (n-- > 0)
		put_digit(f, digits[n], base, 1, width, column);
	free(digits);
	num_free(x);
	num_free(b);
}

void
num_print(FILE *f, const struct num *a, long base, int width, int *column)
{
	struct num *whole = num_rescale(a, 0), *part, *t, *b, *limit, *one;

	if (a->negative)
		put(f, '-', width, column);
	whole->negative = 0;
	part = num_copy(a);
	part->negative = 0;
	t = num_sub(part, whole);
	num_free(part);
	part = t;
	if (whole->n > 0 || a->scale == 0 || part->n == 0) {
		if (whole->n == 0)
			put_digit(f, 0, base, 1, width, column);
		else
			print_whole(f, whole, base, width, column);
	}
	if (a->scale > 0 && (part->n > 0 || whole->n > 0)) {
		put(f, '.', width, column);
		/* As many digits as say what the decimals say. */
		b = num_int(base);
		limit = num_int(1);
		one = num_rescale(limit, 0);
		while (num_length(limit) <= a->scale) {
			long d;

			t = num_mul(part, b, part->scale);
			d = num_to_long(t);
			put_digit(f, (unsigned long)d, base,
			    num_length(limit) > 1, width, column);
			num_free(part);
			num_free(one);
			one = num_int(d);
			part = num_sub(t, one);
			num_free(t);
			t = mag_mul(limit, b);
			num_free(limit);
			limit = t;
		}
		num_free(b);
		num_free(limit);
		num_free(one);
	}
	num_free(whole);
	num_free(part);
}
