/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The body of printf, compiled once for char (vfprintf.c) and once for
 * wchar_t (vfwprintf.c).  The including file defines
 *
 *	CHAR		character type of the format
 *	struct out	state of the output, with fp, locale and total
 *	out_chars(o, const char *, n)	ASCII text (and decimal points)
 *	out_text(o, const CHAR *, n)	part of the format
 *	out_pad(o, char, n)
 *	out_string(o, spec, value)	%s and %S
 *	out_char(o, spec, value)	%c and %C
 *
 * all of which return 0, or -1 with errno set.
 */

static int
read_number(const CHAR **fmt)
{
	int n = 0;

	for (; **fmt >= '0' && **fmt <= '9'; (*fmt)++) {
		if (n > (INT_MAX - 9) / 10)
			n = INT_MAX / 10 - 1;
		n = n * 10 + (int)(**fmt - '0');
	}
	return (n);
}

/* "*" or "*n$": -1 or n */
static int
read_star(const CHAR **fmt)
{
	const CHAR *p = ++*fmt;
	int n;

	n = read_number(&p);
	if (n > 0 && *p == '$') {
		*fmt = p + 1;
		return (n);
	}
	return (-1);
}

static enum fmt_size
read_size(const CHAR **fmt)
{
	enum fmt_size size = SZ_NONE;

	for (;; (*fmt)++) {
		switch (**fmt) {
		case 'h':
			size = size == SZ_SHORT ? SZ_CHAR : SZ_SHORT;
			break;
		case 'l':
			size = size == SZ_LONG ? SZ_LLONG : SZ_LONG;
			break;
		case 'q':
			size = SZ_LLONG;
			break;
		case 'j':
			size = SZ_MAX;
			break;
		case 'z':
			size = SZ_SIZE;
			break;
		case 't':
			size = SZ_PTRDIFF;
			break;
		case 'L':
			size = SZ_LDOUBLE;
			break;
		default:
			return (size);
		}
	}
}

/* Reads a specification from behind the percent sign. */
static void
read_spec(const CHAR **fmt, struct fmt_spec *s)
{
	const CHAR *p;
	int n;

	memset(s, 0, sizeof(*s));
	s->prec = -1;
	p = *fmt;
	n = read_number(&p);
	if (n > 0 && *p == '$') {
		s->argpos = n;
		*fmt = p + 1;
	}
	for (;; (*fmt)++) {
		if (**fmt == '-')
			s->flags |= F_LEFT;
		else if (**fmt == '+')
			s->flags |= F_PLUS;
		else if (**fmt == ' ')
			s->flags |= F_SPACE;
		else if (**fmt == '#')
			s->flags |= F_ALT;
		else if (**fmt == '0')
			s->flags |= F_ZERO;
		else if (**fmt == '\'')
			s->flags |= F_GROUP;
		else
			break;
	}
	if (**fmt == '*')
		s->widthpos = read_star(fmt);
	else
		s->width = read_number(fmt);
	if (**fmt == '.') {
		(*fmt)++;
		if (**fmt == '*')
			s->precpos = read_star(fmt);
		else
			s->prec = read_number(fmt);
	}
	s->size = read_size(fmt);
	s->conv = (int)**fmt;
	if (s->conv != 0)
		(*fmt)++;
}

static void
note_arg(struct fmt_args *a, int pos, enum fmt_type type)
{
	if (pos <= 0 || pos > FMT_MAXARGS)
		return;
	a->type[pos] = type;
	if (pos > a->max)
		a->max = pos;
}

/* Formats that use n$: find out the types of all arguments first. */
static void
scan_positional(const CHAR *fmt, struct fmt_args *a)
{
	struct fmt_spec s;

	while (*fmt != 0) {
		if (*fmt++ != '%')
			continue;
		read_spec(&fmt, &s);
		if (s.argpos == 0)
			continue;
		a->positional = true;
		note_arg(a, s.widthpos, TY_INT);
		note_arg(a, s.precpos, TY_INT);
		note_arg(a, s.argpos, __fmt_type(&s));
	}
	if (a->positional)
		__fmt_fill(a);
}

static void
store_count(const struct fmt_spec *s, void *p, long n)
{
	switch (s->size) {
	case SZ_CHAR:
		*(signed char *)p = (signed char)n;
		break;
	case SZ_SHORT:
		*(short *)p = (short)n;
		break;
	case SZ_NONE:
	case SZ_LDOUBLE:
		*(int *)p = (int)n;
		break;
	default:
		*(long *)p = n;
		break;
	}
}

static int
out_number(struct out *o, const struct fmt_spec *s, const struct fmt_number *n)
{
	long pad = s->width - n->len - n->prefixlen;
	bool zero = (s->flags & (F_ZERO | F_LEFT)) == F_ZERO && !n->nozero;
	int i, r = 0;

	if (pad > 0 && !zero && (s->flags & F_LEFT) == 0)
		r |= out_pad(o, ' ', pad);
	r |= out_chars(o, n->prefix, n->prefixlen);
	if (pad > 0 && zero)
		r |= out_pad(o, '0', pad);
	for (i = 0; i < n->nseg; i++) {
		if (n->seg[i].p == NULL)
			r |= out_pad(o, '0', n->seg[i].n);
		else
			r |= out_chars(o, n->seg[i].p, n->seg[i].n);
	}
	if (pad > 0 && (s->flags & F_LEFT))
		r |= out_pad(o, ' ', pad);
	return (r);
}

/* Values beyond double need much stack: only they get it. */
static int __attribute__((__noinline__))
out_huge(struct out *o, const struct fmt_spec *s, long double v)
{
	char digits[FP_MAXDIGITS * 2];
	struct fmt_number n;

	__fmt_float(s, v, o->locale, digits, FP_MAXDIGITS, &n);
	return (out_number(o, s, &n));
}

static int __attribute__((__noinline__))
out_float(struct out *o, const struct fmt_spec *s, long double v)
{
	char digits[FP_DBLDIGITS * 2];
	struct fmt_number n;

	if (s->size == SZ_LDOUBLE && (v > 0x1p1023L || v < -0x1p1023L ||
	    (v != 0 && v < 0x1p-1022L && v > -0x1p-1022L)))
		return (out_huge(o, s, v));
	__fmt_float(s, v, o->locale, digits, FP_DBLDIGITS, &n);
	return (out_number(o, s, &n));
}

static int
convert(struct out *o, struct fmt_spec *s, struct fmt_args *a)
{
	struct fmt_number n;
	union fmt_value v;
	CHAR c;

	if (s->widthpos != 0) {
		s->width = __fmt_next(a, s->widthpos, TY_INT).i;
		if (s->width < 0) {
			s->flags |= F_LEFT;
			s->width = s->width == INT_MIN ? INT_MAX : -s->width;
		}
	}
	if (s->precpos != 0) {
		s->prec = __fmt_next(a, s->precpos, TY_INT).i;
		if (s->prec < 0)
			s->prec = -1;
	}
	v = __fmt_next(a, s->argpos, __fmt_type(s));
	switch (s->conv) {
	case 'd': case 'i': case 'o': case 'u': case 'x': case 'X':
	case 'D': case 'O': case 'U': case 'p':
		__fmt_integer(s, v, o->locale, &n);
		return (out_number(o, s, &n));
	case 'a': case 'A': case 'e': case 'E': case 'f': case 'F':
	case 'g': case 'G':
		return (out_float(o, s, s->size == SZ_LDOUBLE ? v.ld :
		    (long double)v.d));
	case 'c': case 'C':
		return (out_char(o, s, v));
	case 's': case 'S':
		return (out_string(o, s, v));
	case 'n':
		store_count(s, v.p, o->total);
		return (0);
	default:
		c = (CHAR)s->conv;
		return (out_text(o, &c, 1));
	}
}

static int
format(struct out *o, const CHAR *fmt, va_list ap)
{
	struct fmt_args a;
	struct fmt_spec s;
	const CHAR *p;
	bool first = true;
	int r = 0;

	va_copy(a.ap, ap);
	a.positional = false;
	while (r == 0) {
		for (p = fmt; *p != 0 && *p != '%'; p++)
			;
		if (p > fmt && (r = out_text(o, fmt, p - fmt)) != 0)
			break;
		if (*p == 0)
			break;
		fmt = p + 1;
		read_spec(&fmt, &s);
		if (s.argpos != 0 && first) {
			memset(a.type, 0, sizeof(a.type));
			a.max = 0;
			scan_positional(p, &a);
		}
		if (s.conv == 0)
			break;
		if (s.conv != '%')
			first = false;
		r = convert(o, &s, &a);
		if (o->total > INT_MAX) {
			errno = EOVERFLOW;
			r = -1;
		}
	}
	va_end(a.ap);
	return (r != 0 ? -1 : (int)o->total);
}
