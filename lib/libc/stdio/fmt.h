/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the narrow and the wide printf share: the parts of a conversion
 * specification, the values of arguments, and the text of numbers.
 */
#ifndef _STDIO_FMT_H_
#define	_STDIO_FMT_H_

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <xlocale.h>

#define	F_LEFT		0x01	/* - */
#define	F_PLUS		0x02	/* + */
#define	F_SPACE		0x04	/* blank */
#define	F_ALT		0x08	/* # */
#define	F_ZERO		0x10	/* 0 */
#define	F_GROUP		0x20	/* ' */

enum fmt_size {
	SZ_NONE, SZ_CHAR, SZ_SHORT, SZ_LONG, SZ_LLONG, SZ_MAX, SZ_SIZE,
	SZ_PTRDIFF, SZ_LDOUBLE
};

struct fmt_spec {
	int		flags;
	int		width;
	int		prec;		/* -1: not given */
	enum fmt_size	size;
	int		conv;		/* the letter; 0: format ended */
	int		argpos;		/* n$, or 0 */
	int		widthpos;	/* *n$; -1 plain '*'; 0 none */
	int		precpos;
};

enum fmt_type {
	TY_NONE, TY_INT, TY_LONG, TY_PTR, TY_DOUBLE, TY_LDOUBLE
};

union fmt_value {
	int		i;
	long		l;
	void		*p;
	double		d;
	long double	ld;
};

#define	FMT_MAXARGS	64

/*
 * Where values come from: va_list in order, or, once a format has used n$,
 * a table filled beforehand.
 */
struct fmt_args {
	va_list		ap;
	bool		positional;
	int		max;
	enum fmt_type	type[FMT_MAXARGS + 1];
	union fmt_value	value[FMT_MAXARGS + 1];
};

/* Where a conversion's text goes; total counts it in units of the format. */
struct out {
	FILE		*fp;
	locale_t	locale;
	long		total;
};

/* A number as text: a prefix, then segments of characters or of zeros. */
#define	FMT_SEGMENTS	8
struct fmt_segment {
	const char	*p;		/* NULL: n zeros */
	int		n;
};
struct fmt_number {
	char		prefix[4];	/* sign, 0x */
	int		prefixlen;
	int		nseg;
	long		len;		/* of all segments */
	bool		nozero;		/* padding with zeros makes no sense */
	struct fmt_segment seg[FMT_SEGMENTS];
	char		small[80];
	char		exp[16];
};

enum fmt_type __fmt_type(const struct fmt_spec *);
void	__fmt_fill(struct fmt_args *);
union fmt_value __fmt_next(struct fmt_args *, int, enum fmt_type);
void	__fmt_integer(const struct fmt_spec *, union fmt_value, locale_t,
	    struct fmt_number *);
/* `digits' has twice the room the digits of the value need (`half'). */
void	__fmt_float(const struct fmt_spec *, long double, locale_t,
	    char *digits, int half, struct fmt_number *);

#endif
