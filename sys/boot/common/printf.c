/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Formatted output and the wording of errors.
 */
#include "boot.h"

struct sink {
	char	*buf;			/* NULL: the console */
	size_t	size;
	size_t	len;			/* what would have been written */
};

static void
emit(struct sink *s, int c)
{
	if (s->buf == NULL)
		cons_putc(c);
	else if (s->len + 1 < s->size)
		s->buf[s->len] = c;
	s->len++;
}

static void
emit_padded(struct sink *s, const char *text, size_t len, size_t width,
    bool left, char pad)
{
	size_t i, fill = width > len ? width - len : 0;

	if (!left)
		for (i = 0; i < fill; i++)
			emit(s, pad);
	for (i = 0; i < len; i++)
		emit(s, text[i]);
	if (left)
		for (i = 0; i < fill; i++)
			emit(s, ' ');
}

static void
emit_number(struct sink *s, uint64_t v, unsigned base, bool negative,
    size_t width, bool left, char pad)
{
	char digits[24], *p = digits + sizeof(digits);

	do {
		*--p = "0123456789abcdef"[v % base];
		v /= base;
	} while (v != 0);
	if (negative)
		*--p = '-';
	emit_padded(s, p, digits + sizeof(digits) - p, width, left, pad);
}

static void
format(struct sink *s, const char *fmt, va_list ap)
{
	size_t width;
	int64_t v;
	const char *str;
	bool left, isl;
	char pad, c;

	for (; *fmt != '\0'; fmt++) {
		if (*fmt != '%') {
			emit(s, *fmt);
			continue;
		}
		left = isl = false;
		pad = ' ';
		width = 0;
		for (fmt++; *fmt == '-' || *fmt == '0'; fmt++) {
			if (*fmt == '-')
				left = true;
			else
				pad = '0';
		}
		for (; *fmt >= '0' && *fmt <= '9'; fmt++)
			width = width * 10 + *fmt - '0';
		for (; *fmt == 'l' || *fmt == 'z'; fmt++)
			isl = true;
		switch (*fmt) {
		case 'c':
			c = va_arg(ap, int);
			emit_padded(s, &c, 1, width, left, ' ');
			break;
		case 's':
			str = va_arg(ap, const char *);
			if (str == NULL)
				str = "(null)";
			emit_padded(s, str, strlen(str), width, left, ' ');
			break;
		case 'd':
			v = isl ? va_arg(ap, long) : va_arg(ap, int);
			emit_number(s, v < 0 ? -(uint64_t)v : (uint64_t)v, 10,
			    v < 0, width, left, pad);
			break;
		case 'u':
		case 'x':
			emit_number(s, isl ? va_arg(ap, unsigned long) :
			    va_arg(ap, unsigned int), *fmt == 'x' ? 16 : 10,
			    false, width, left, pad);
			break;
		case 'p':
			emit_number(s, (uintptr_t)va_arg(ap, void *), 16,
			    false, width, left, pad);
			break;
		case '\0':
			return;
		default:
			emit(s, *fmt);
			break;
		}
	}
}

int
vsnprintf(char *buf, size_t size, const char *fmt, va_list ap)
{
	struct sink s = { buf, size, 0 };

	format(&s, fmt, ap);
	if (size > 0)
		buf[s.len < size ? s.len : size - 1] = '\0';
	return (s.len);
}

int
snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(buf, size, fmt, ap);
	va_end(ap);
	return (n);
}

int
printf(const char *fmt, ...)
{
	struct sink s = { NULL, 0, 0 };
	va_list ap;

	va_start(ap, fmt);
	format(&s, fmt, ap);
	va_end(ap);
	return (s.len);
}

const char *
err_string(int error)
{
	switch (error) {
	case BE_OK:		return ("no error");
	case BE_NOENT:		return ("no such file or directory");
	case BE_NOTDIR:		return ("not a directory");
	case BE_ISDIR:		return ("is a directory");
	case BE_IO:		return ("the medium cannot be read");
	case BE_NODEV:		return ("no such device");
	case BE_NOFS:		return ("no file system known to the loader");
	case BE_CORRUPT:	return ("the file system is damaged");
	case BE_DAMAGED:	return ("the compressed file is damaged");
	case BE_NOMEM:		return ("not enough memory");
	case BE_LOOP:		return ("too many symbolic links");
	case BE_NAMETOOLONG:	return ("name too long");
	case BE_NOTELF:		return ("not an ELF file");
	case BE_FOREIGN:	return ("not a kernel this loader can start");
	case BE_TRUNCATED:	return ("the file is truncated");
	case BE_INVAL:		return ("invalid argument");
	default:		return ("failed");
	}
}
