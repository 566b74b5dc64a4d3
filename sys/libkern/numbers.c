/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Numbers from text, sorting, searching, checksums and hashes.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>

u_quad_t
strtouq(const char *s, char **end, int base)
{
	const char *start = s;
	bool negative = false, overflow = false, any = false;
	u_quad_t n = 0;
	int digit;

	while (isspace((unsigned char)*s))
		s++;
	if (*s == '-' || *s == '+')
		negative = *s++ == '-';
	if ((base == 0 || base == 16) && s[0] == '0' &&
	    (s[1] == 'x' || s[1] == 'X') && isxdigit((unsigned char)s[2])) {
		s += 2;
		base = 16;
	} else if (base == 0) {
		base = *s == '0' ? 8 : 10;
	}
	for (;; s++) {
		if (isdigit((unsigned char)*s))
			digit = *s - '0';
		else if (isalpha((unsigned char)*s))
			digit = tolower((unsigned char)*s) - 'a' + 10;
		else
			break;
		if (digit >= base)
			break;
		any = true;
		if (__builtin_mul_overflow(n, (u_quad_t)base, &n) ||
		    __builtin_add_overflow(n, (u_quad_t)digit, &n))
			overflow = true;
	}
	if (end != NULL)
		*end = __DECONST(char *, any ? s : start);
	if (overflow)
		return (UQUAD_MAX);
	return (negative ? -n : n);
}

/* The magnitude is read first, so that the limits are exact on both sides. */
quad_t
strtoq(const char *s, char **end, int base)
{
	const char *start = s;
	bool negative = false;
	char *stop;
	u_quad_t n;

	while (isspace((unsigned char)*s))
		s++;
	if ((*s == '-' || *s == '+') && s[1] != '-' && s[1] != '+')
		negative = *s++ == '-';
	n = strtouq(s, &stop, base);
	if (end != NULL)
		*end = stop == s ? __DECONST(char *, start) : stop;
	if (negative)
		return (n > (u_quad_t)QUAD_MAX ? QUAD_MIN : -(quad_t)n);
	return (n > (u_quad_t)QUAD_MAX ? QUAD_MAX : (quad_t)n);
}

long
strtol(const char *s, char **end, int base)
{
	return (strtoq(s, end, base));
}

u_long
strtoul(const char *s, char **end, int base)
{
	return (strtouq(s, end, base));
}

int
ilog2(uint64_t n)
{
	return (flsl(n) - 1);
}

/* Heap sort: no recursion, no bad case, no memory. */
struct sorter {
	char	*base;
	size_t	size;
	void	*thunk;
	int	(*compar)(const void *, const void *);
	int	(*compar_r)(void *, const void *, const void *);
};

static int
sorter_compare(const struct sorter *so, size_t a, size_t b)
{
	const void *pa = so->base + a * so->size;
	const void *pb = so->base + b * so->size;

	if (so->compar != NULL)
		return (so->compar(pa, pb));
	return (so->compar_r(so->thunk, pa, pb));
}

static void
sorter_swap(const struct sorter *so, size_t a, size_t b)
{
	char *pa = so->base + a * so->size, *pb = so->base + b * so->size, t;

	for (size_t i = 0; i < so->size; i++) {
		t = pa[i];
		pa[i] = pb[i];
		pb[i] = t;
	}
}

static void
sorter_sift(const struct sorter *so, size_t root, size_t n)
{
	size_t child;

	while ((child = 2 * root + 1) < n) {
		if (child + 1 < n && sorter_compare(so, child, child + 1) < 0)
			child++;
		if (sorter_compare(so, root, child) >= 0)
			return;
		sorter_swap(so, root, child);
		root = child;
	}
}

static void
sorter_sort(const struct sorter *so, size_t n)
{
	for (size_t i = n / 2; i-- > 0;)
		sorter_sift(so, i, n);
	while (n > 1) {
		sorter_swap(so, 0, --n);
		sorter_sift(so, 0, n);
	}
}

void
kqsort(void *base, size_t nmemb, size_t size,
    int (*compar)(const void *, const void *))
{
	struct sorter so = { .base = base, .size = size, .compar = compar };

	sorter_sort(&so, nmemb);
}

void
kqsort_r(void *base, size_t nmemb, size_t size, void *thunk,
    int (*compar)(void *, const void *, const void *))
{
	struct sorter so = { .base = base, .size = size, .thunk = thunk,
	    .compar_r = compar };

	sorter_sort(&so, nmemb);
}

void *
bsearch(const void *key, const void *base, size_t nmemb, size_t size,
    int (*compar)(const void *, const void *))
{
	const char *at;
	int c;

	while (nmemb > 0) {
		at = (const char *)base + nmemb / 2 * size;
		c = compar(key, at);
		if (c == 0)
			return (__DECONST(void *, at));
		if (c > 0) {
			base = at + size;
			nmemb--;
		}
		nmemb /= 2;
	}
	return (NULL);
}

/*
 * CRC-32, reflected: the table of one polynomial is computed on first use
 * (every CPU that races here writes the same values).
 */
struct crc_table {
	uint32_t	polynomial;
	volatile int	ready;
	uint32_t	entry[256];
};
static struct crc_table crc_ieee = { .polynomial = 0xedb88320 };
static struct crc_table crc_castagnoli = { .polynomial = 0x82f63b78 };

static uint32_t
crc_update(struct crc_table *t, const void *buf, size_t size, uint32_t crc)
{
	const uint8_t *p = buf;
	uint32_t c;

	if (!t->ready) {
		for (int i = 0; i < 256; i++) {
			c = i;
			for (int bit = 0; bit < 8; bit++)
				c = c >> 1 ^ (c & 1 ? t->polynomial : 0);
			t->entry[i] = c;
		}
		cpu_sfence();
		t->ready = 1;
	}
	for (crc = ~crc; size > 0; size--)
		crc = crc >> 8 ^ t->entry[(crc ^ *p++) & 0xff];
	return (~crc);
}

uint32_t
crc32_ext(const void *buf, size_t size, uint32_t crc)
{
	return (crc_update(&crc_ieee, buf, size, crc));
}

uint32_t
crc32(const void *buf, size_t size)
{
	return (crc32_ext(buf, size, 0));
}

uint32_t
iscsi_crc32_ext(const void *buf, size_t size, uint32_t crc)
{
	return (crc_update(&crc_castagnoli, buf, size, crc));
}

uint32_t
iscsi_crc32(const void *buf, size_t size)
{
	return (iscsi_crc32_ext(buf, size, 0));
}

/* FNV-1: multiply, then mix in the byte. */
uint32_t
fnv_32_buf(const void *buf, size_t len, uint32_t hval)
{
	const uint8_t *p = buf;

	while (len-- > 0)
		hval = hval * 0x01000193 ^ *p++;
	return (hval);
}

uint32_t
fnv_32_str(const char *str, uint32_t hval)
{
	return (fnv_32_buf(str, strlen(str), hval));
}

uint64_t
fnv_64_buf(const void *buf, size_t len, uint64_t hval)
{
	const uint8_t *p = buf;

	while (len-- > 0)
		hval = hval * 0x100000001b3ULL ^ *p++;
	return (hval);
}

/* SipHash-2-4 (Aumasson, Bernstein 2012). */
#define ROTL64(x, n)	((x) << (n) | (x) >> (64 - (n)))
#define SIPROUND do {							\
	v0 += v1; v1 = ROTL64(v1, 13) ^ v0; v0 = ROTL64(v0, 32);	\
	v2 += v3; v3 = ROTL64(v3, 16) ^ v2;				\
	v0 += v3; v3 = ROTL64(v3, 21) ^ v0;				\
	v2 += v1; v1 = ROTL64(v1, 17) ^ v2; v2 = ROTL64(v2, 32);	\
} while (0)

uint64_t
siphash24(const void *buf, size_t len, const uint8_t key[16])
{
	const uint8_t *p = buf;
	uint64_t k0, k1, v0, v1, v2, v3, m;
	size_t left = len;

	memcpy(&k0, key, 8);
	memcpy(&k1, key + 8, 8);
	v0 = k0 ^ 0x736f6d6570736575ULL;
	v1 = k1 ^ 0x646f72616e646f6dULL;
	v2 = k0 ^ 0x6c7967656e657261ULL;
	v3 = k1 ^ 0x7465646279746573ULL;
	for (; left >= 8; left -= 8, p += 8) {
		memcpy(&m, p, 8);
		v3 ^= m;
		SIPROUND;
		SIPROUND;
		v0 ^= m;
	}
	m = (uint64_t)len << 56;
	for (size_t i = 0; i < left; i++)
		m |= (uint64_t)p[i] << (8 * i);
	v3 ^= m;
	SIPROUND;
	SIPROUND;
	v0 ^= m;
	v2 ^= 0xff;
	for (int i = 0; i < 4; i++)
		SIPROUND;
	return (v0 ^ v1 ^ v2 ^ v3);
}
