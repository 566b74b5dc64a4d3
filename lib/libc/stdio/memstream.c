/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Streams over memory: fmemopen, open_memstream, open_wmemstream.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include "local.h"

struct memory {
	char	*buf;
	size_t	size;		/* room */
	size_t	len;		/* contents */
	size_t	pos;
	bool	own;
	bool	append;
	bool	binary;
	/* open_memstream */
	char	**bufp;
	size_t	*lenp;
	/* open_wmemstream */
	wchar_t	**wbufp;
	wchar_t	*wbuf;
	mbstate_t state;
};

static int
mem_read(void *cookie, char *buf, int n)
{
	struct memory *m = cookie;

	if (m->pos >= m->len)
		return (0);
	if ((size_t)n > m->len - m->pos)
		n = m->len - m->pos;
	memcpy(buf, m->buf + m->pos, n);
	m->pos += n;
	return (n);
}

static int
mem_write(void *cookie, const char *buf, int n)
{
	struct memory *m = cookie;

	if (m->append)
		m->pos = m->len;
	if (m->pos >= m->size) {
		errno = ENOSPC;
		return (-1);
	}
	if ((size_t)n > m->size - m->pos)
		n = m->size - m->pos;
	memcpy(m->buf + m->pos, buf, n);
	m->pos += n;
	if (m->pos > m->len) {
		m->len = m->pos;
		if (m->len < m->size)
			m->buf[m->len] = '\0';
		else if (!m->binary && m->size > 0)
			m->buf[m->size - 1] = '\0';
	}
	return (n);
}

/* Where a seek leads, or -1 if that is not within 0..max. */
static fpos_t
seek_target(const struct memory *m, fpos_t off, int whence, fpos_t max)
{
	if (whence == SEEK_CUR)
		off += m->pos;
	else if (whence == SEEK_END)
		off += m->len;
	if (off < 0 || off > max) {
		errno = EINVAL;
		return (-1);
	}
	return (off);
}

static fpos_t
mem_seek(void *cookie, fpos_t off, int whence)
{
	struct memory *m = cookie;

	off = seek_target(m, off, whence, m->size);
	if (off >= 0)
		m->pos = off;
	return (off);
}

static int
mem_close(void *cookie)
{
	struct memory *m = cookie;

	if (m->own)
		free(m->buf);
	free(m);
	return (0);
}

FILE *
fmemopen(void *__restrict buf, size_t size, const char *__restrict mode)
{
	struct memory *m;
	int flags, oflags;
	FILE *fp;

	flags = __smode(mode, &oflags);
	if (flags == 0)
		return (NULL);
	m = calloc(1, sizeof(*m));
	if (m == NULL)
		return (NULL);
	m->own = buf == NULL;
	m->buf = buf != NULL ? buf : calloc(1, size != 0 ? size : 1);
	m->size = size;
	m->append = (flags & __SAPP) != 0;
	m->binary = strchr(mode, 'b') != NULL;
	if (m->buf == NULL) {
		free(m);
		return (NULL);
	}
	if (buf == NULL || (oflags & O_TRUNC) != 0) {
		m->len = 0;
		if (size > 0)
			m->buf[0] = '\0';
	} else if (m->binary && !m->append)
		m->len = size;
	else
		m->len = strnlen(m->buf, size);
	if (m->append)
		m->pos = m->len;
	fp = funopen(m, flags & (__SRD | __SRW) ? mem_read : NULL,
	    flags & (__SWR | __SRW) ? mem_write : NULL, mem_seek, mem_close);
	if (fp == NULL)
		mem_close(m);
	return (fp);
}

static int
grow_to(struct memory *m, size_t need)
{
	size_t size = m->size;
	char *p;

	if (need + 1 <= size)
		return (0);
	while (size < need + 1)
		size = size < 64 ? 64 : size * 2;
	p = realloc(m->buf, size);
	if (p == NULL)
		return (-1);
	memset(p + m->size, 0, size - m->size);
	m->buf = p;
	m->size = size;
	return (0);
}

static int
stream_write(void *cookie, const char *buf, int n)
{
	struct memory *m = cookie;

	if (grow_to(m, m->pos + n) != 0)
		return (-1);
	memcpy(m->buf + m->pos, buf, n);
	m->pos += n;
	if (m->pos > m->len)
		m->len = m->pos;
	*m->bufp = m->buf;
	*m->lenp = m->pos;
	return (n);
}

static fpos_t
stream_seek(void *cookie, fpos_t off, int whence)
{
	struct memory *m = cookie;

	off = seek_target(m, off, whence, SSIZE_MAX / 2);
	if (off < 0 || grow_to(m, off) != 0)
		return (-1);
	m->pos = off;
	if (m->bufp != NULL)
		*m->bufp = m->buf;
	*m->lenp = m->pos < m->len ? m->pos : m->len;
	return (off);
}

static int
stream_close(void *cookie)
{
	free(cookie);
	return (0);
}

FILE *
open_memstream(char **bufp, size_t *lenp)
{
	struct memory *m;
	FILE *fp;

	if (bufp == NULL || lenp == NULL) {
		errno = EINVAL;
		return (NULL);
	}
	m = calloc(1, sizeof(*m));
	if (m == NULL || grow_to(m, 0) != 0) {
		free(m);
		return (NULL);
	}
	m->bufp = bufp;
	m->lenp = lenp;
	*bufp = m->buf;
	*lenp = 0;
	fp = funopen(m, NULL, stream_write, stream_seek, stream_close);
	if (fp == NULL) {
		free(m->buf);
		free(m);
		return (NULL);
	}
	fp->orientation = -1;
	return (fp);
}

/* What arrives is multibyte; the caller's buffer holds wide characters. */
static int
wide_write(void *cookie, const char *buf, int n)
{
	struct memory *m = cookie;
	wchar_t *p, wc;
	size_t used;
	int left = n;

	if (m->pos + n + 1 > m->size) {
		p = realloc(m->wbuf, (m->pos + n + 1) * 2 * sizeof(wchar_t));
		if (p == NULL)
			return (-1);
		m->wbuf = p;
		m->size = (m->pos + n + 1) * 2;
	}
	while (left > 0) {
		used = mbrtowc(&wc, buf, left, &m->state);
		if (used == (size_t)-1)
			return (-1);
		if (used == (size_t)-2)
			break;
		if (used == 0)
			used = 1;
		m->wbuf[m->pos++] = wc;
		buf += used;
		left -= used;
	}
	if (m->pos > m->len)
		m->len = m->pos;
	m->wbuf[m->len] = L'\0';
	*m->wbufp = m->wbuf;
	*m->lenp = m->pos;
	return (n);
}

static fpos_t
wide_seek(void *cookie, fpos_t off, int whence)
{
	struct memory *m = cookie;

	off = seek_target(m, off, whence, m->len);
	if (off < 0)
		return (-1);
	m->pos = off;
	*m->lenp = m->pos;
	return (off);
}

FILE *
open_wmemstream(wchar_t **bufp, size_t *lenp)
{
	struct memory *m;
	FILE *fp;

	if (bufp == NULL || lenp == NULL) {
		errno = EINVAL;
		return (NULL);
	}
	m = calloc(1, sizeof(*m));
	if (m == NULL)
		return (NULL);
	m->size = 64;
	m->wbuf = calloc(m->size, sizeof(wchar_t));
	m->wbufp = bufp;
	m->lenp = lenp;
	fp = m->wbuf != NULL ? funopen(m, NULL, wide_write, wide_seek,
	    stream_close) : NULL;
	if (fp == NULL) {
		free(m->wbuf);
		free(m);
		return (NULL);
	}
	*bufp = m->wbuf;
	*lenp = 0;
	fp->orientation = 1;
	return (fp);
}
