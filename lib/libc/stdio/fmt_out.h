/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text in a field, for char (vfprintf.c) and wchar_t (vfwprintf.c).  Included
 * once CHAR, out_text() and out_pad() are defined.
 */
static int
padded(struct out *o, const struct fmt_spec *s, const CHAR *p, size_t n)
{
	long pad = s->width > 0 && (size_t)s->width > n ? s->width - (long)n :
	    0;
	int r = 0;

	if ((s->flags & F_LEFT) == 0)
		r |= out_pad(o, ' ', pad);
	r |= out_text(o, p, n);
	if (s->flags & F_LEFT)
		r |= out_pad(o, ' ', pad);
	return (r);
}
