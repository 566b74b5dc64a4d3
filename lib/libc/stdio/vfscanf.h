/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The body of scanf, compiled once for char (vfscanf.c) and once for wchar_t
 * (vfwscanf.c).  The including file defines
 *
 *	CHAR			character type of format and input
 *	CHAR_IS_WIDE		0 or 1
 *	struct in		input: fp, locale, and nread, characters taken
 *	in_get(in)		next character, or IN_EOF
 *	in_unget(in, c)		one character back
 *	is_space(c, locale)
 *
 * An item is what the standard calls the longest input that is, or is a
 * prefix of, a matching sequence: after it at most one character is given
 * back, so "1e+x" read with %f consumes "1e+" and fails to match.
 */

#define	IN_EOF		(-1)
#define	MATCH_FAIL	(-1)
#define	INPUT_FAIL	(-2)

enum scan_size {
	SC_NONE, SC_CHAR, SC_SHORT, SC_LONG, SC_LDOUBLE
};

struct scan_spec {
	bool		suppress;
	bool		allocate;
	long		width;		/* 0: not given */
	int		argpos;
	enum scan_size	size;
	int		conv;
	const CHAR	*set;		/* behind [ */
	const CHAR	*setend;	/* at ] */
	bool		negated;
};

/* Text being collected; starts in `small' and moves to the heap. */
struct item {
	char	small[128];
	char	*buf;
	size_t	n, size;
};

static int
item_add(struct item *it, int c)
{
	char *p;

	if (it->n + 1 >= it->size) {
		p = malloc(it->size * 2);
		if (p == NULL)
			return (-1);
		memcpy(p, it->buf, it->n);
		if (it->buf != it->small)
			free(it->buf);
		it->buf = p;
		it->size *= 2;
	}
	it->buf[it->n++] = (char)c;
	it->buf[it->n] = '\0';
	return (0);
}

static void
item_init(struct item *it)
{
	it->buf = it->small;
	it->n = 0;
	it->size = sizeof(it->small);
	it->small[0] = '\0';
}

static void
item_free(struct item *it)
{
	if (it->buf != it->small)
		free(it->buf);
}

static const CHAR *
scan_set(const CHAR *f, struct scan_spec *s)
{
	if (*f == '^') {
		s->negated = true;
		f++;
	}
	s->set = f;
	if (*f == ']')
		f++;
	while (*f != 0 && *f != ']')
		f++;
	s->setend = f;
	return (*f != 0 ? f + 1 : f);
}

static bool
in_set(const struct scan_spec *s, CHAR c)
{
	const CHAR *p;

	for (p = s->set; p < s->setend; p++) {
		if (p + 2 < s->setend && p[1] == '-') {
			if (p[0] <= c && c <= p[2])
				return (!s->negated);
			p += 2;
		} else if (*p == c)
			return (!s->negated);
	}
	return (s->negated);
}

static const CHAR *
scan_spec(const CHAR *f, struct scan_spec *s)
{
	const CHAR *p;
	long n = 0;

	memset(s, 0, sizeof(*s));
	for (p = f; *p >= '0' && *p <= '9' && n < 100000; p++)
		n = n * 10 + (*p - '0');
	if (n > 0 && *p == '$') {
		s->argpos = (int)n;
		f = p + 1;
	}
	for (; *f == '*' || *f == 'm'; f++) {
		s->suppress |= *f == '*';
		s->allocate |= *f == 'm';
	}
	for (; *f >= '0' && *f <= '9'; f++) {
		if (s->width < LONG_MAX / 20)
			s->width = s->width * 10 + (*f - '0');
	}
	if (*f == 'm') {
		s->allocate = true;
		f++;
	}
	for (;; f++) {
		if (*f == 'h')
			s->size = s->size == SC_SHORT ? SC_CHAR : SC_SHORT;
		else if (*f == 'l' || *f == 'q' || *f == 'j' || *f == 'z' ||
		    *f == 't')
			s->size = SC_LONG;
		else if (*f == 'L')
			s->size = SC_LDOUBLE;
		else
			break;
	}
	s->conv = (int)*f;
	if (*f != 0)
		f++;
	if (s->conv == '[')
		f = scan_set(f, s);
	return (f);
}

static int
skip_space(struct in *in)
{
	int c;

	while ((c = in_get(in)) != IN_EOF && is_space(c, in->locale))
		;
	if (c != IN_EOF)
		in_unget(in, c);
	return (c);
}

static int
digit_value(int c)
{
	if (c >= '0' && c <= '9')
		return (c - '0');
	if (c >= 'a' && c <= 'f')
		return (c - 'a' + 10);
	if (c >= 'A' && c <= 'F')
		return (c - 'A' + 10);
	return (99);
}

/* An integer's text.  *basep may be 0: then the prefix decides. */
static int
collect_integer(struct in *in, struct item *it, long width, int *basep)
{
	int base = *basep, c, digits = 0;
	bool prefix = false;

	c = in_get(in);
	if (width != 0 && (c == '+' || c == '-')) {
		item_add(it, c);
		width--;
		c = width != 0 ? in_get(in) : IN_EOF - 1;
	}
	if (width != 0 && c == '0' && (base == 0 || base == 16)) {
		item_add(it, c);
		digits++;
		width--;
		c = width != 0 ? in_get(in) : IN_EOF - 1;
		if (width != 0 && (c == 'x' || c == 'X')) {
			item_add(it, c);
			base = 16;
			prefix = true;
			width--;
			c = width != 0 ? in_get(in) : IN_EOF - 1;
		} else if (base == 0)
			base = 8;
	}
	if (base == 0)
		base = 10;
	if (prefix)
		digits = 0;
	while (width != 0 && digit_value(c) < base) {
		if (item_add(it, c) != 0)
			return (INPUT_FAIL);
		digits++;
		width--;
		c = width != 0 ? in_get(in) : IN_EOF - 1;
	}
	if (width != 0 && c != IN_EOF)
		in_unget(in, c);
	*basep = base;
	return (digits > 0 ? 0 : MATCH_FAIL);
}

static void
store_integer(const struct scan_spec *s, void *p, uintmax_t v)
{
	switch (s->size) {
	case SC_CHAR:
		*(unsigned char *)p = (unsigned char)v;
		break;
	case SC_SHORT:
		*(unsigned short *)p = (unsigned short)v;
		break;
	case SC_LONG:
		*(unsigned long *)p = v;
		break;
	default:
		*(unsigned int *)p = (unsigned int)v;
		break;
	}
}

static int
scan_integer(struct in *in, struct scan_spec *s, void *p)
{
	struct item it;
	uintmax_t v;
	int base, r;
	bool is_signed = s->conv == 'd' || s->conv == 'i' || s->conv == 'D';

	switch (s->conv) {
	case 'o': case 'O':
		base = 8;
		break;
	case 'x': case 'X': case 'p':
		base = 16;
		break;
	case 'i':
		base = 0;
		break;
	default:
		base = 10;
		break;
	}
	if (s->conv == 'p' || s->conv == 'D' || s->conv == 'O' ||
	    s->conv == 'U')
		s->size = SC_LONG;
	item_init(&it);
	r = collect_integer(in, &it, s->width > 0 ? s->width : -1, &base);
	if (r == 0 && !s->suppress) {
		v = is_signed ? (uintmax_t)strtoimax(it.buf, NULL, base) :
		    strtoumax(it.buf, NULL, base);
		store_integer(s, p, v);
	}
	item_free(&it);
	return (r);
}

/* Reads characters while they spell `word'; the rest of the spelling. */
static bool
follow(struct in *in, struct item *it, long *width, const char *word, int *cp)
{
	for (; *word != '\0'; word++) {
		if (*width == 0 || (*cp | 0x20) != *word)
			return (false);
		item_add(it, *cp);
		--*width;
		*cp = *width != 0 ? in_get(in) : IN_EOF - 1;
	}
	return (true);
}

static int
collect_float(struct in *in, struct item *it, long width)
{
	const char *point = localeconv_l(in->locale)->decimal_point;
	bool digits = false, hex = false, seen_point = false;
	int c = in_get(in), r = MATCH_FAIL;

#define	NEXT()	do {							\
	if (item_add(it, c) != 0)					\
		return (INPUT_FAIL);					\
	width--;							\
	c = width != 0 ? in_get(in) : IN_EOF - 1;			\
} while (0)
	if (c == '+' || c == '-')
		NEXT();
	if (width != 0 && (c | 0x20) == 'i') {
		if (follow(in, it, &width, "inf", &c))
			r = (width != 0 && (c | 0x20) == 'i') ?
			    follow(in, it, &width, "inity", &c) ? 0 :
			    MATCH_FAIL : 0;
		goto out;
	}
	if (width != 0 && (c | 0x20) == 'n') {
		r = follow(in, it, &width, "nan", &c) ? 0 : MATCH_FAIL;
		goto out;
	}
	if (width != 0 && c == '0') {
		digits = true;
		NEXT();
		if (width != 0 && (c | 0x20) == 'x') {
			hex = true;
			digits = false;
			NEXT();
		}
	}
	for (; width != 0; digits |= digit_value(it->buf[it->n - 1]) < 16) {
		if (!seen_point && c == (unsigned char)*point)
			seen_point = true;
		else if (digit_value(c) >= (hex ? 16 : 10))
			break;
		NEXT();
	}
	if (!digits)
		goto out;
	r = 0;
	if (width != 0 && (c | 0x20) == (hex ? 'p' : 'e')) {
		NEXT();
		if (width != 0 && (c == '+' || c == '-'))
			NEXT();
		if (width == 0 || c < '0' || c > '9')
			r = MATCH_FAIL;
		while (width != 0 && c >= '0' && c <= '9')
			NEXT();
	}
out:
	if (width != 0 && c != IN_EOF)
		in_unget(in, c);
	return (r);
#undef NEXT
}

static int
scan_float(struct in *in, struct scan_spec *s, void *p)
{
	struct item it;
	int r;

	item_init(&it);
	r = collect_float(in, &it, s->width > 0 ? s->width : -1);
	if (r == 0 && !s->suppress) {
		if (s->size == SC_LDOUBLE)
			*(long double *)p = strtold_l(it.buf, NULL, in->locale);
		else if (s->size == SC_LONG)
			*(double *)p = strtod_l(it.buf, NULL, in->locale);
		else
			*(float *)p = strtof_l(it.buf, NULL, in->locale);
	}
	item_free(&it);
	return (r);
}

/* Where the characters of %c, %s and %[ go. */
struct dest {
	bool		wide;		/* wchar_t, else bytes */
	bool		grow;
	bool		discard;
	char		*p;		/* start */
	size_t		n, size;	/* elements used; room if growing */
	mbstate_t	st;
};

static int
dest_element(struct dest *d, wchar_t v)
{
	size_t elem = d->wide ? sizeof(wchar_t) : 1;
	char *p;

	if (d->grow && d->n == d->size) {
		p = realloc(d->p, (d->size + 32) * 2 * elem);
		if (p == NULL)
			return (-1);
		d->p = p;
		d->size = (d->size + 32) * 2;
	}
	if (d->wide)
		((wchar_t *)(void *)d->p)[d->n++] = v;
	else
		d->p[d->n++] = (char)v;
	return (0);
}

static int
dest_put(struct dest *d, int c, locale_t l)
{
	char buf[MB_LEN_MAX], ch;
	wchar_t wc;
	size_t i, n;

	if (d->discard)
		return (0);
	if (d->wide == (CHAR_IS_WIDE != 0))
		return (dest_element(d, c));
	if (d->wide) {
		ch = (char)c;
		n = mbrtowc_l(&wc, &ch, 1, &d->st, l);
		if (n == (size_t)-2)
			return (0);
		return (n == (size_t)-1 ? -1 : dest_element(d, wc));
	}
	n = wcrtomb_l(buf, (wchar_t)c, &d->st, l);
	if (n == (size_t)-1)
		return (-1);
	for (i = 0; i < n; i++) {
		if (dest_element(d, buf[i]) != 0)
			return (-1);
	}
	return (0);
}

static int
scan_text(struct in *in, struct scan_spec *s, void *p)
{
	struct dest d = { 0 };
	long left = s->width;
	int c = 0, r = 0;
	size_t got = 0;
	bool chars = s->conv == 'c' || s->conv == 'C';

	d.wide = s->size == SC_LONG || s->conv == 'S' || s->conv == 'C';
	d.grow = s->allocate && !s->suppress;
	d.discard = s->suppress;
	d.p = d.grow ? NULL : p;
	if (left == 0)
		left = chars ? 1 : LONG_MAX;
	for (; left > 0; left--, got++) {
		c = in_get(in);
		if (c == IN_EOF)
			break;
		if (!chars && (s->conv == '[' ? !in_set(s, (CHAR)c) :
		    is_space(c, in->locale))) {
			in_unget(in, c);
			break;
		}
		if (dest_put(&d, c, in->locale) != 0) {
			r = INPUT_FAIL;
			break;
		}
	}
	if (r == 0 && (got == 0 || (chars && left > 0)))
		r = got == 0 && left > 0 && c == IN_EOF ? INPUT_FAIL :
		    MATCH_FAIL;
	if (r == 0 && !chars && !d.discard)
		r = dest_element(&d, 0) != 0 ? INPUT_FAIL : 0;
	if (d.grow) {
		if (r == 0)
			*(char **)p = d.p;
		else
			free(d.p);
	}
	return (r);
}

static void *
next_pointer(va_list *ap, va_list *first, int pos)
{
	va_list walk;
	void *p = NULL;

	if (pos == 0)
		return (va_arg(*ap, void *));
	va_copy(walk, *first);
	while (pos-- > 0)
		p = va_arg(walk, void *);
	va_end(walk);
	return (p);
}

static int
scan_one(struct in *in, struct scan_spec *s, void *p)
{
	switch (s->conv) {
	case 'd': case 'i': case 'o': case 'u': case 'x': case 'X': case 'p':
	case 'D': case 'O': case 'U':
		return (scan_integer(in, s, p));
	case 'a': case 'A': case 'e': case 'E': case 'f': case 'F':
	case 'g': case 'G':
		return (scan_float(in, s, p));
	case 'c': case 'C': case 's': case 'S': case '[':
		return (scan_text(in, s, p));
	default:
		return (MATCH_FAIL);
	}
}

struct scan_va {
	va_list	ap;
	va_list	first;
};

/* One element of the format behind a '%'. */
static int
scan_conversion(struct in *in, struct scan_spec *s, struct scan_va *va,
    int *assigned)
{
	void *p = NULL;
	int c, r;

	if (s->conv != '[' && s->conv != 'c' && s->conv != 'C' &&
	    s->conv != 'n' && skip_space(in) == IN_EOF)
		return (INPUT_FAIL);
	if (s->conv == '%') {
		c = in_get(in);
		if (c == '%')
			return (0);
		if (c != IN_EOF)
			in_unget(in, c);
		return (c == IN_EOF ? INPUT_FAIL : MATCH_FAIL);
	}
	if (!s->suppress)
		p = next_pointer(&va->ap, &va->first, s->argpos);
	if (s->conv == 'n') {
		if (!s->suppress)
			store_integer(s, p, in->nread);
		return (0);
	}
	if (s->conv == 'c' || s->conv == 'C' || s->conv == '[') {
		c = in_get(in);
		if (c == IN_EOF)
			return (INPUT_FAIL);
		in_unget(in, c);
	}
	r = scan_one(in, s, p);
	if (r == 0 && !s->suppress)
		++*assigned;
	return (r);
}

static int
scan(struct in *in, const CHAR *f, va_list ap)
{
	struct scan_spec s;
	struct scan_va va;
	int assigned = 0, c, r = 0;
	bool converted = false;

	va_copy(va.ap, ap);
	va_copy(va.first, ap);
	while (*f != 0 && r == 0) {
		if (is_space((int)*f, in->locale)) {
			skip_space(in);
			f++;
			continue;
		}
		if (*f != '%') {
			c = in_get(in);
			if (c == IN_EOF)
				r = INPUT_FAIL;
			else if ((CHAR)c != *f) {
				in_unget(in, c);
				r = MATCH_FAIL;
			}
			f++;
			continue;
		}
		f = scan_spec(f + 1, &s);
		r = scan_conversion(in, &s, &va, &assigned);
		converted |= r == 0 && s.conv != 'n' && s.conv != '%';
	}
	va_end(va.ap);
	va_end(va.first);
	return (r == INPUT_FAIL && !converted ? EOF : assigned);
}
