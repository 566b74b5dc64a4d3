/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted messages: the printf engine of the kernel and what writes with
 * it, to memory and to strings that grow.  Where messages go (console,
 * message buffer, terminals) is subr_msg.c's business.
 *
 * The engine (kvcprintf) allocates nothing and takes no lock: it may be
 * called from anywhere, interrupts and panics included.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>

/* Enough for a 64-bit number in base 2, a sign and a NUL. */
#define NUMBUF_SIZE	(sizeof(uintmax_t) * NBBY + 2)

static const char digits_lower[] = "0123456789abcdefghijklmnopqrstuvwxyz";
static const char digits_upper[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/* Where characters go: a function, or a buffer that is advanced. */
struct sink {
	void	(*func)(int c, void *arg);
	void	*arg;
	char	*buf;
	int	count;
};

/* One conversion: its flags, width and precision. */
struct spec {
	bool	left, alt, zero;
	char	sign;		/* 0, ' ' or '+' */
	int	width;
	int	precision;	/* -1: none given */
	int	size;		/* bytes of the integer argument */
};

static void
put(struct sink *s, int c)
{
	if (s->func != NULL)
		s->func(c, s->arg);
	else
		*s->buf++ = c;
	s->count++;
}

static void
pad(struct sink *s, int c, int n)
{
	while (n-- > 0)
		put(s, c);
}

/* Writes the digits of n backwards before `end'; returns where they begin. */
static char *
format_number(char *end, uintmax_t n, int base, const char *digits)
{
	*--end = '\0';
	do {
		*--end = digits[n % base];
		n /= base;
	} while (n != 0);
	return (end);
}

static void
put_text(struct sink *s, const struct spec *sp, const char *text)
{
	int len;

	if (text == NULL)
		text = "(null)";
	for (len = 0; (sp->precision < 0 || len < sp->precision) &&
	    text[len] != '\0'; len++)
		continue;
	if (!sp->left)
		pad(s, ' ', sp->width - len);
	for (int i = 0; i < len; i++)
		put(s, text[i]);
	if (sp->left)
		pad(s, ' ', sp->width - len);
}

static void
put_number(struct sink *s, const struct spec *sp, uintmax_t n, bool negative,
    int base, bool upper)
{
	char buf[NUMBUF_SIZE], *text;
	const char *prefix = "";
	int len, zeros, total;
	char sign;

	text = format_number(buf + sizeof(buf), n, base,
	    upper ? digits_upper : digits_lower);
	len = strlen(text);
	if (n == 0 && sp->precision == 0)
		len = 0;
	sign = negative ? '-' : sp->sign;
	if (sp->alt && n != 0)
		prefix = base == 16 ? (upper ? "0X" : "0x") :
		    base == 8 ? "0" : "";
	zeros = sp->precision > len ? sp->precision - len : 0;
	total = len + zeros + strlen(prefix) + (sign != 0);
	if (sp->zero && !sp->left && sp->precision < 0 && sp->width > total) {
		zeros += sp->width - total;
		total = sp->width;
	}
	if (!sp->left)
		pad(s, ' ', sp->width - total);
	if (sign != 0)
		put(s, sign);
	while (*prefix != '\0')
		put(s, *prefix++);
	pad(s, '0', zeros);
	for (int i = 0; i < len; i++)
		put(s, text[i]);
	if (sp->left)
		pad(s, ' ', sp->width - total);
}

/*
 * %b: a number and the names of its bits.  names begins with the base as a
 * character, then for each bit a character (its number, from 1) and a name.
 */
static void
put_bits(struct sink *s, const struct spec *sp, unsigned int n,
    const char *names)
{
	bool any = false;
	int bit;

	put_number(s, sp, n, false, *names == 8 ? 8 : *names == 10 ? 10 : 16,
	    false);
	if (n == 0)
		return;
	for (names++; (bit = (unsigned char)*names) != '\0';) {
		names++;
		if (bit <= 32 && (n & (1U << (bit - 1))) != 0) {
			put(s, any ? ',' : '<');
			any = true;
			for (; (unsigned char)*names > ' '; names++)
				put(s, *names);
		} else {
			while ((unsigned char)*names > ' ')
				names++;
		}
	}
	if (any)
		put(s, '>');
}

/* %D: bytes in hexadecimal with a separator; the width or precision says
 * how many, 16 if neither does. */
static void
put_dump(struct sink *s, const struct spec *sp, const u_char *data,
    const char *separator)
{
	int n = sp->precision >= 0 ? sp->precision :
	    sp->width > 0 ? sp->width : 16;

	for (int i = 0; i < n; i++) {
		put(s, digits_lower[data[i] >> 4]);
		put(s, digits_lower[data[i] & 15]);
		for (const char *p = separator; i + 1 < n && *p != '\0'; p++)
			put(s, *p);
	}
}

/* Parses what stands between '%' and the conversion letter. */
static const char *
parse_spec(const char *fmt, struct spec *sp, __va_list *ap)
{
	memset(sp, 0, sizeof(*sp));
	sp->precision = -1;
	sp->size = sizeof(int);
	for (;; fmt++) {
		if (*fmt == '-')
			sp->left = true;
		else if (*fmt == '#')
			sp->alt = true;
		else if (*fmt == '0')
			sp->zero = true;
		else if (*fmt == '+')
			sp->sign = '+';
		else if (*fmt == ' ')
			sp->sign = sp->sign == '+' ? '+' : ' ';
		else
			break;
	}
	if (*fmt == '*') {
		sp->width = __va_arg(*ap, int);
		if (sp->width < 0) {
			sp->left = true;
			sp->width = -sp->width;
		}
		fmt++;
	}
	for (; *fmt >= '0' && *fmt <= '9'; fmt++)
		sp->width = sp->width * 10 + *fmt - '0';
	if (*fmt == '.') {
		sp->precision = 0;
		if (*++fmt == '*') {
			sp->precision = __va_arg(*ap, int);
			fmt++;
		}
		for (; *fmt >= '0' && *fmt <= '9'; fmt++)
			sp->precision = sp->precision * 10 + *fmt - '0';
	}
	for (;; fmt++) {
		switch (*fmt) {
		case 'h':
			sp->size = sp->size == sizeof(short) ? sizeof(char) :
			    sizeof(short);
			continue;
		case 'l':
		case 'q':
		case 'j':
		case 't':
		case 'z':
			sp->size = sizeof(long);
			continue;
		}
		return (fmt);
	}
}

static uintmax_t
get_unsigned(const struct spec *sp, __va_list *ap)
{
	switch (sp->size) {
	case sizeof(char):
		return ((unsigned char)__va_arg(*ap, int));
	case sizeof(short):
		return ((unsigned short)__va_arg(*ap, int));
	case sizeof(int):
		return (__va_arg(*ap, unsigned int));
	default:
		return (__va_arg(*ap, unsigned long));
	}
}

static intmax_t
get_signed(const struct spec *sp, __va_list *ap)
{
	switch (sp->size) {
	case sizeof(char):
		return ((signed char)__va_arg(*ap, int));
	case sizeof(short):
		return ((short)__va_arg(*ap, int));
	case sizeof(int):
		return (__va_arg(*ap, int));
	default:
		return (__va_arg(*ap, long));
	}
}

/* Handles one conversion; false for a letter that is none. */
static bool
convert(struct sink *s, int letter, struct spec *sp, int radix, __va_list *ap)
{
	intmax_t n;
	char one[2];

	switch (letter) {
	case 'd':
	case 'i':
		n = get_signed(sp, ap);
		put_number(s, sp, n < 0 ? -(uintmax_t)n : n, n < 0, 10, false);
		return (true);
	case 'u':
		put_number(s, sp, get_unsigned(sp, ap), false, 10, false);
		return (true);
	case 'o':
		put_number(s, sp, get_unsigned(sp, ap), false, 8, false);
		return (true);
	case 'x':
	case 'X':
		put_number(s, sp, get_unsigned(sp, ap), false, 16,
		    letter == 'X');
		return (true);
	case 'r':
		put_number(s, sp, get_unsigned(sp, ap), false, radix, false);
		return (true);
	case 'p':
		sp->alt = true;
		put_number(s, sp, (uintptr_t)__va_arg(*ap, void *), false, 16,
		    false);
		return (true);
	case 'c':
		one[0] = __va_arg(*ap, int);
		one[1] = '\0';
		sp->precision = -1;
		if (one[0] == '\0')
			put(s, '\0');
		else
			put_text(s, sp, one);
		return (true);
	case 's':
		put_text(s, sp, __va_arg(*ap, const char *));
		return (true);
	case 'b': {
		unsigned int bits = __va_arg(*ap, unsigned int);

		put_bits(s, sp, bits, __va_arg(*ap, const char *));
		return (true);
	}
	case 'D': {
		const u_char *data = __va_arg(*ap, const u_char *);

		put_dump(s, sp, data, __va_arg(*ap, const char *));
		return (true);
	}
	case '%':
		put(s, '%');
		return (true);
	}
	return (false);
}

int
kvcprintf(const char *fmt, void (*func)(int, void *), void *arg, int radix,
    __va_list ap)
{
	struct sink s = { .func = func, .arg = arg, .buf = arg };
	struct spec sp;
	const char *start;
	__va_list args;

	if (fmt == NULL)
		fmt = "(fmt null)\n";
	if (radix < 2 || radix > 36)
		radix = 10;
	__va_copy(args, ap);
	while (*fmt != '\0') {
		if (*fmt != '%') {
			put(&s, *fmt++);
			continue;
		}
		start = fmt;
		fmt = parse_spec(fmt + 1, &sp, &args);
		if (*fmt != '\0' && convert(&s, *fmt, &sp, radix, &args)) {
			fmt++;
			continue;
		}
		/* Unknown: show it as it stands; arguments cannot be trusted. */
		while (start < fmt)
			put(&s, *start++);
	}
	__va_end(args);
	return (s.count);
}

/* A buffer of limited size; what does not fit is counted, not stored. */
struct bounded {
	char	*at;
	size_t	left;
};

static void
put_bounded(int c, void *arg)
{
	struct bounded *b = arg;

	if (b->left > 1) {
		*b->at++ = c;
		b->left--;
	}
}

int
kvsnprintf(char *buf, size_t size, const char *fmt, __va_list ap)
{
	struct bounded b = { buf, size };
	int n;

	n = kvcprintf(fmt, put_bounded, &b, 10, ap);
	if (size > 0)
		*b.at = '\0';
	return (n);
}

int
ksnprintf(char *buf, size_t size, const char *fmt, ...)
{
	__va_list ap;
	int n;

	__va_start(ap, fmt);
	n = kvsnprintf(buf, size, fmt, ap);
	__va_end(ap);
	return (n);
}

int
kvsprintf(char *buf, const char *fmt, __va_list ap)
{
	int n;

	n = kvcprintf(fmt, NULL, buf, 10, ap);
	buf[n] = '\0';
	return (n);
}

int
ksprintf(char *buf, const char *fmt, ...)
{
	__va_list ap;
	int n;

	__va_start(ap, fmt);
	n = kvsprintf(buf, fmt, ap);
	__va_end(ap);
	return (n);
}

int
kvasprintf(char **strp, struct malloc_type *type, const char *fmt,
    __va_list ap)
{
	int n;

	n = kvsnprintf(NULL, 0, fmt, ap);
	*strp = kmalloc(n + 1, type, M_WAITOK);
	return (kvsnprintf(*strp, n + 1, fmt, ap));
}

int
kasprintf(char **strp, struct malloc_type *type, const char *fmt, ...)
{
	__va_list ap;
	int n;

	__va_start(ap, fmt);
	n = kvasprintf(strp, type, fmt, ap);
	__va_end(ap);
	return (n);
}
