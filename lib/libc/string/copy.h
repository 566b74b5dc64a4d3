/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copying and concatenating, for strings of char (strcpy.c) and of wchar_t
 * (wmem.c).  The including file defines CHAR, the names of the functions
 * (S_CPY and so on) and of what they build on (S_LEN, S_NLEN, M_CPY, M_SET).
 */

CHAR *
SP_CPY(CHAR *__restrict dst, const CHAR *__restrict src)
{
	size_t n = S_LEN(src);

	M_CPY(dst, src, n + 1);
	return (dst + n);
}

CHAR *
S_CPY(CHAR *__restrict dst, const CHAR *__restrict src)
{
	SP_CPY(dst, src);
	return (dst);
}

CHAR *
SP_NCPY(CHAR *__restrict dst, const CHAR *__restrict src, size_t n)
{
	size_t len = S_NLEN(src, n);

	M_CPY(dst, src, len);
	M_SET(dst + len, 0, n - len);
	return (dst + len);
}

CHAR *
S_NCPY(CHAR *__restrict dst, const CHAR *__restrict src, size_t n)
{
	SP_NCPY(dst, src, n);
	return (dst);
}

CHAR *
S_CAT(CHAR *__restrict dst, const CHAR *__restrict src)
{
	SP_CPY(dst + S_LEN(dst), src);
	return (dst);
}

CHAR *
S_NCAT(CHAR *__restrict dst, const CHAR *__restrict src, size_t n)
{
	CHAR *end = dst + S_LEN(dst);
	size_t len = S_NLEN(src, n);

	M_CPY(end, src, len);
	end[len] = 0;
	return (dst);
}

/* Returns the length of src; the copy is cut, but terminated, if too long. */
size_t
S_LCPY(CHAR *__restrict dst, const CHAR *__restrict src, size_t size)
{
	size_t len = S_LEN(src), n;

	if (size > 0) {
		n = len < size ? len : size - 1;
		M_CPY(dst, src, n);
		dst[n] = 0;
	}
	return (len);
}

size_t
S_LCAT(CHAR *__restrict dst, const CHAR *__restrict src, size_t size)
{
	size_t have = S_NLEN(dst, size);

	if (have == size)
		return (size + S_LEN(src));
	return (have + S_LCPY(dst + have, src, size - have));
}

CHAR *
S_DUP(const CHAR *s)
{
	size_t n = S_LEN(s) + 1;
	CHAR *p;

	p = malloc(n * sizeof(CHAR));
	return (p != NULL ? M_CPY(p, s, n) : NULL);
}
