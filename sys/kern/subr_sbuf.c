/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings that grow.  An error is kept and turns what follows into nothing,
 * so that callers look once, at sbuf_finish().  Storage always has room for
 * the terminating NUL: s_len < s_size.  Not locked: one user at a time.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/errno.h>
#include <sys/malloc.h>
#include <sys/sbuf.h>
#include <sys/sysctl.h>

#include <machine/stdarg.h>

static MALLOC_DEFINE(M_SBUF, "sbuf", "strings that grow");

#define SBUF_MINSIZE	128

static int
sbuf_mflags(const struct sbuf *s)
{
	return ((s->s_flags & SBUF_NOWAIT) ? M_NOWAIT : M_WAITOK);
}

/* Room for more bytes and the NUL: 0, or ENOMEM, also kept. */
static int
sbuf_room(struct sbuf *s, size_t more)
{
	ssize_t size;
	char *buf;

	if (s->s_error != 0)
		return (s->s_error);
	if (s->s_len + more < s->s_size)
		return (0);
	if ((s->s_flags & SBUF_AUTOEXTEND) == 0)
		return (s->s_error = ENOMEM);
	size = roundup2(s->s_len + more + 1 + s->s_size, SBUF_MINSIZE);
	buf = kmalloc(size, M_SBUF, sbuf_mflags(s));
	if (buf == NULL)
		return (s->s_error = ENOMEM);
	bcopy(s->s_buf, buf, s->s_len);
	if (s->s_flags & SBUF_DYNAMIC)
		kfree(s->s_buf, M_SBUF);
	s->s_flags |= SBUF_DYNAMIC;
	s->s_buf = buf;
	s->s_size = size;
	return (0);
}

/* Give the drain what there is. */
static int
sbuf_drain(struct sbuf *s)
{
	int n;

	while (s->s_len > 0 && s->s_error == 0) {
		n = s->s_drain_func(s->s_drain_arg, s->s_buf, s->s_len);
		if (n <= 0) {
			s->s_error = n < 0 ? -n : EDEADLK;
			break;
		}
		s->s_len -= n;
		bcopy(s->s_buf + n, s->s_buf, s->s_len);
	}
	return (s->s_error);
}

struct sbuf *
sbuf_new(struct sbuf *s, char *buf, int length, int flags)
{
	int mflags = (flags & SBUF_NOWAIT) ? M_NOWAIT : M_WAITOK;

	flags &= SBUF_USRFLAGMSK;
	if (s == NULL) {
		s = kmalloc(sizeof(*s), M_SBUF, mflags);
		if (s == NULL)
			return (NULL);
		flags |= SBUF_DYNSTRUCT;
	}
	bzero(s, sizeof(*s));
	s->s_flags = flags;
	s->s_buf = buf;
	s->s_size = length;
	if (buf == NULL) {
		s->s_size = MAX(length, SBUF_MINSIZE);
		s->s_buf = kmalloc(s->s_size, M_SBUF, mflags);
		if (s->s_buf == NULL) {
			if (flags & SBUF_DYNSTRUCT)
				kfree(s, M_SBUF);
			return (NULL);
		}
		s->s_flags |= SBUF_DYNAMIC;
	}
	return (s);
}

int
sbuf_bcat(struct sbuf *s, const void *data, size_t len)
{
	if (s->s_drain_func != NULL && s->s_len + (ssize_t)len >= s->s_size &&
	    sbuf_drain(s) != 0)
		return (-1);
	if (sbuf_room(s, len) != 0)
		return (-1);
	bcopy(data, s->s_buf + s->s_len, len);
	s->s_len += len;
	return (0);
}

int
sbuf_cat(struct sbuf *s, const char *str)
{
	return (sbuf_bcat(s, str, strlen(str)));
}

void
sbuf_clear(struct sbuf *s)
{
	s->s_flags &= ~SBUF_FINISHED;
	s->s_error = 0;
	s->s_len = 0;
}

int
sbuf_bcpy(struct sbuf *s, const void *data, size_t len)
{
	sbuf_clear(s);
	return (sbuf_bcat(s, data, len));
}

int
sbuf_cpy(struct sbuf *s, const char *str)
{
	return (sbuf_bcpy(s, str, strlen(str)));
}

int
sbuf_putc(struct sbuf *s, int c)
{
	char ch = c;

	return (sbuf_bcat(s, &ch, 1));
}

int
sbuf_vprintf(struct sbuf *s, const char *fmt, __va_list ap)
{
	__va_list ap2;
	int n;

	if (s->s_error != 0)
		return (-1);
	va_copy(ap2, ap);
	n = kvsnprintf(s->s_buf + s->s_len, s->s_size - s->s_len, fmt, ap2);
	va_end(ap2);
	if (s->s_len + n >= s->s_size) {
		if (s->s_drain_func != NULL && sbuf_drain(s) != 0)
			return (-1);
		if (sbuf_room(s, n) != 0)
			return (-1);
		n = kvsnprintf(s->s_buf + s->s_len, s->s_size - s->s_len,
		    fmt, ap);
	}
	s->s_len += n;
	return (0);
}

int
sbuf_printf(struct sbuf *s, const char *fmt, ...)
{
	__va_list ap;
	int rv;

	va_start(ap, fmt);
	rv = sbuf_vprintf(s, fmt, ap);
	va_end(ap);
	return (rv);
}

int
sbuf_setpos(struct sbuf *s, ssize_t pos)
{
	if (pos < 0 || pos > s->s_len)
		return (-1);
	s->s_len = pos;
	return (0);
}

int
sbuf_trim(struct sbuf *s)
{
	while (s->s_len > 0 && (s->s_buf[s->s_len - 1] == ' ' ||
	    (s->s_buf[s->s_len - 1] >= '\t' && s->s_buf[s->s_len - 1] <= '\r')))
		--s->s_len;
	return (s->s_error != 0 ? -1 : 0);
}

void
sbuf_set_drain(struct sbuf *s, sbuf_drain_func *func, void *arg)
{
	s->s_drain_func = func;
	s->s_drain_arg = arg;
}

int
sbuf_error(const struct sbuf *s)
{
	return (s->s_error);
}

int
sbuf_finish(struct sbuf *s)
{
	if (s->s_drain_func != NULL && s->s_error == 0)
		sbuf_drain(s);
	s->s_buf[s->s_len] = '\0';
	s->s_flags |= SBUF_FINISHED;
	return (s->s_error);
}

char *
sbuf_data(struct sbuf *s)
{
	return (s->s_buf);
}

ssize_t
sbuf_len(struct sbuf *s)
{
	if (s->s_error != 0)
		return (-1);
	return (s->s_len + ((s->s_flags & SBUF_INCLUDENUL) ? 1 : 0));
}

int
sbuf_done(const struct sbuf *s)
{
	return ((s->s_flags & SBUF_FINISHED) != 0);
}

void
sbuf_delete(struct sbuf *s)
{
	if (s->s_flags & SBUF_DYNAMIC)
		kfree(s->s_buf, M_SBUF);
	if (s->s_flags & SBUF_DYNSTRUCT)
		kfree(s, M_SBUF);
}

int
sbuf_get_flags(struct sbuf *s)
{
	return (s->s_flags & SBUF_USRFLAGMSK);
}

void
sbuf_set_flags(struct sbuf *s, int flags)
{
	s->s_flags |= flags & SBUF_USRFLAGMSK;
}

void
sbuf_clear_flags(struct sbuf *s, int flags)
{
	s->s_flags &= ~(flags & SBUF_USRFLAGMSK);
}

int
sbuf_copyin(struct sbuf *s, const void *uaddr, size_t len)
{
	int error;

	if (sbuf_room(s, len) != 0)
		return (s->s_error);
	error = copyin(uaddr, s->s_buf + s->s_len, len);
	if (error == 0)
		s->s_len += len;
	return (error);
}

static int
sysctl_drain(void *arg, const char *data, int len)
{
	int error = SYSCTL_OUT((struct sysctl_req *)arg, data, len);

	return (error != 0 ? -error : len);
}

struct sbuf *
sbuf_new_for_sysctl(struct sbuf *s, char *buf, int length,
    struct sysctl_req *req)
{
	s = sbuf_new(s, buf, length, SBUF_FIXEDLEN);
	if (s != NULL)
		sbuf_set_drain(s, sysctl_drain, req);
	return (s);
}
