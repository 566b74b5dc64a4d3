/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strfmon(3): amounts of money as text.
 *
 * A conversion is
 *	%[=f^+(!-][width][#left][.right](n|i|%)
 * The signs, symbols and their places come from localeconv(3).
 */
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <monetary.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlocale.h>

#define	MAX_DIGITS	400

struct spec {
	char	fill;
	bool	group, left, paren, symbol, international;
	int	width;
	int	before, after;		/* digits; -1: not given */
};

/* The parts of an amount that the locale decides on. */
struct style {
	const char	*sign, *symbol;
	int		precedes, space, posn;
};

struct out {
	char	*p;
	size_t	n, size;
};

static void
add(struct out *o, const char *s, size_t n)
{
	if (o->n + n < o->size)
		memcpy(o->p + o->n, s, n);
	o->n += n;
}

static void
add_text(struct out *o, const char *s)
{
	add(o, s, strlen(s));
}

static int
number(const char **p)
{
	int n = 0;

	for (; **p >= '0' && **p <= '9'; ++*p) {
		if (n > (INT_MAX - 9) / 10)
			return (-1);
		n = n * 10 + **p - '0';
	}
	return (n);
}

/* Behind the '%'.  The conversion letter, or 0 if it is not valid. */
static int
parse(const char **pp, struct spec *s)
{
	const char *p = *pp;
	bool more = true;

	*s = (struct spec){ ' ', true, false, false, true, false, 0, -1, -1 };
	for (; more; p += more) {
		switch (*p) {
		case '=':
			s->fill = *++p;
			if (s->fill == '\0')
				return (0);
			break;
		case '^':
			s->group = false;
			break;
		case '+':
			s->paren = false;
			break;
		case '(':
			s->paren = true;
			break;
		case '!':
			s->symbol = false;
			break;
		case '-':
			s->left = true;
			break;
		default:
			more = false;
		}
	}
	s->width = number(&p);
	if (*p == '#') {
		p++;
		s->before = number(&p);
	}
	if (*p == '.') {
		p++;
		s->after = number(&p);
	}
	*pp = p + (*p != '\0');
	if (s->width < 0 || s->before < -1 || s->before > 255 ||
	    s->after < -1 || s->after > 255)
		return (0);
	s->international = *p == 'i';
	return (*p == 'n' || *p == 'i' || *p == '%' ? *p : 0);
}

/* Digits with separators, at least `before' places of them, and decimals. */
static void
digits_of(const struct spec *s, const struct lconv *lc, double v, char *out,
    size_t size)
{
	const char *point = lc->mon_decimal_point, *sep =
	    s->group ? lc->mon_thousands_sep : "", *g = lc->mon_grouping;
	char num[MAX_DIGITS + 300], rev[3 * MAX_DIGITS];
	int after = s->after, whole, i, left, n = 0, place = 0;
	size_t seplen = strlen(sep);

	if (after < 0)
		after = s->international ? lc->int_frac_digits :
		    lc->frac_digits;
	if (after < 0 || after == CHAR_MAX)
		after = 2;
	if (*point == '\0')
		point = ".";
	snprintf(num, sizeof(num), "%.*f", after, v);
	whole = (int)strcspn(num, ".,");
	left = *g != '\0' && *g != CHAR_MAX ? *g : INT_MAX;
	for (i = whole - 1; i >= 0 || place < s->before; i--, place++) {
		if (left == 0) {
			if (n + seplen >= sizeof(rev) - 2)
				break;
			/* Fill characters take the place of separators. */
			for (size_t k = seplen; k-- > 0;)
				rev[n++] = i >= 0 ? sep[k] : s->fill;
			if (g[1] != '\0')
				g++;
			left = *g == CHAR_MAX ? INT_MAX : *g;
		}
		if (n >= (int)sizeof(rev) - 2)
			break;
		rev[n++] = i >= 0 ? num[i] : s->fill;
		left--;
	}
	for (i = 0; i < n && (size_t)i < size - 1; i++)
		out[i] = rev[n - 1 - i];
	out[i] = '\0';
	if (after > 0) {
		strlcat(out, point, size);
		strlcat(out, num + whole + 1, size);
	}
}

static void
style_of(const struct spec *s, const struct lconv *lc, bool negative,
    char symbol[8], struct style *st)
{
	st->sign = negative ? lc->negative_sign : lc->positive_sign;
	if (negative && *st->sign == '\0')
		st->sign = "-";
	symbol[0] = '\0';
	if (s->symbol && s->international)
		strlcpy(symbol, lc->int_curr_symbol, 4);
	st->symbol = !s->symbol ? "" : s->international ? symbol :
	    lc->currency_symbol;
	if (s->international) {
		st->precedes = negative ? lc->int_n_cs_precedes :
		    lc->int_p_cs_precedes;
		st->space = negative ? lc->int_n_sep_by_space :
		    lc->int_p_sep_by_space;
		st->posn = negative ? lc->int_n_sign_posn :
		    lc->int_p_sign_posn;
	} else {
		st->precedes = negative ? lc->n_cs_precedes :
		    lc->p_cs_precedes;
		st->space = negative ? lc->n_sep_by_space : lc->p_sep_by_space;
		st->posn = negative ? lc->n_sign_posn : lc->p_sign_posn;
	}
	if (st->precedes == CHAR_MAX)
		st->precedes = 1;
	if (st->space == CHAR_MAX)
		st->space = 0;
	if (st->posn == CHAR_MAX)
		st->posn = 1;
	if (s->paren) {
		st->posn = 0;
		st->sign = "";
	}
}

/* Sign, symbol and digits in the order of the style. */
static void
assemble(const struct style *st, bool paren, const char *digits, char *out,
    size_t size)
{
	const char *gap = st->space && *st->symbol != '\0' ? " " : "";
	char sym[64];

	/* 3 and 4: the sign is at the symbol, before or behind it. */
	snprintf(sym, sizeof(sym), "%s%s%s", st->posn == 3 ? st->sign : "",
	    st->symbol, st->posn == 4 ? st->sign : "");
	snprintf(out, size, "%s%s%s%s%s%s%s%s%s",
	    paren ? "(" : "", st->posn == 1 || (st->posn == 0 && !paren) ?
	    st->sign : "", st->precedes ? sym : "", st->precedes ? gap : "",
	    digits, st->precedes ? "" : gap, st->precedes ? "" : sym,
	    st->posn == 2 ? st->sign : "", paren ? ")" : "");
}

static void
amount(struct out *o, const struct spec *s, const struct lconv *lc, double v)
{
	char digits[3 * MAX_DIGITS], text[4 * MAX_DIGITS], symbol[8];
	struct style st;
	size_t n;

	digits_of(s, lc, fabs(v), digits, sizeof(digits));
	style_of(s, lc, v < 0, symbol, &st);
	assemble(&st, s->paren && v < 0, digits, text, sizeof(text));
	n = strlen(text);
	if (s->left)
		add(o, text, n);
	for (; n < (size_t)s->width; n++)
		add(o, " ", 1);
	if (!s->left)
		add_text(o, text);
}

static ssize_t
vstrfmon(char *buf, size_t size, locale_t l, const char *fmt, va_list ap)
{
	const struct lconv *lc = localeconv_l(l);
	struct out o = { buf, 0, size };
	struct spec s;
	int conv;

	while (*fmt != '\0') {
		if (*fmt != '%') {
			add(&o, fmt++, 1);
			continue;
		}
		fmt++;
		conv = parse(&fmt, &s);
		if (conv == 0) {
			errno = EINVAL;
			return (-1);
		}
		if (conv == '%')
			add(&o, "%", 1);
		else
			amount(&o, &s, lc, va_arg(ap, double));
	}
	if (o.n >= size) {
		errno = E2BIG;
		return (-1);
	}
	buf[o.n] = '\0';
	return ((ssize_t)o.n);
}

ssize_t
strfmon(char *__restrict buf, size_t size, const char *__restrict fmt, ...)
{
	va_list ap;
	ssize_t n;

	va_start(ap, fmt);
	n = vstrfmon(buf, size, uselocale(NULL), fmt, ap);
	va_end(ap);
	return (n);
}

ssize_t
strfmon_l(char *__restrict buf, size_t size, locale_t l,
    const char *__restrict fmt, ...)
{
	va_list ap;
	ssize_t n;

	va_start(ap, fmt);
	n = vstrfmon(buf, size, l, fmt, ap);
	va_end(ap);
	return (n);
}
