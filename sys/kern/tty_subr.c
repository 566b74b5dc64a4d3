/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Queues of characters for terminals: rings that grow up to c_ccmax.  A
 * character may be quoted (TTY_QUOTE), for which there is a bitmap beside
 * the ring once it has been needed.  The owner's lock protects a queue.
 */
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/tty.h>

#define CLIST_MIN	256		/* first ring, bytes */

#define MASK(q)		((q)->c_size - 1)
#define QUOTED(q, i)	((q)->c_quote != NULL && isset((q)->c_quote, (i)))

void
clist_alloc_cblocks(struct clist *q, int ccmax)
{
	q->c_ccmax = ccmax;
}

void
clist_free_cblocks(struct clist *q)
{
	if (q->c_data != NULL)
		kfree(q->c_data, M_TTYS);
	if (q->c_quote != NULL)
		kfree(q->c_quote, M_TTYS);
	q->c_data = q->c_quote = NULL;
	q->c_size = q->c_cc = q->c_first = 0;
}

void
clist_flush(struct clist *q)
{
	q->c_cc = 0;
	q->c_first = 0;
	if (q->c_quote != NULL)
		bzero(q->c_quote, q->c_size / 8);
}

/* Room for n more: a larger ring, contents moved to its start. */
static int
clist_grow(struct clist *q, int n)
{
	u_char *data, *quote = NULL;
	int i, size;

	if (q->c_cc + n > q->c_ccmax)
		return (-1);
	if (q->c_cc + n <= q->c_size)
		return (0);
	for (size = MAX(q->c_size, CLIST_MIN); size < q->c_cc + n;)
		size <<= 1;
	data = kmalloc(size, M_TTYS, M_INTWAIT);
	if (q->c_quote != NULL)
		quote = kmalloc(size / 8, M_TTYS, M_INTWAIT | M_ZERO);
	/* Allocation may sleep, and the token go: look at the state now. */
	for (i = 0; i < q->c_cc; i++) {
		int from = (q->c_first + i) & MASK(q);

		data[i] = q->c_data[from];
		if (QUOTED(q, from) && quote != NULL)
			setbit(quote, i);
	}
	if (q->c_data != NULL)
		kfree(q->c_data, M_TTYS);
	if (q->c_quote != NULL)
		kfree(q->c_quote, M_TTYS);
	q->c_data = data;
	q->c_quote = quote;
	q->c_size = size;
	q->c_first = 0;
	return (0);
}

int
clist_putc(int c, struct clist *q)
{
	int i;

	if (q->c_cc >= q->c_size && clist_grow(q, 1) != 0)
		return (-1);
	if (q->c_cc >= q->c_ccmax)
		return (-1);
	if ((c & TTY_QUOTE) && q->c_quote == NULL)
		q->c_quote = kmalloc(q->c_size / 8, M_TTYS,
		    M_INTWAIT | M_ZERO);
	i = (q->c_first + q->c_cc) & MASK(q);
	q->c_data[i] = c & TTY_CHARMASK;
	if (q->c_quote != NULL) {
		if (c & TTY_QUOTE)
			setbit(q->c_quote, i);
		else
			clrbit(q->c_quote, i);
	}
	q->c_cc++;
	return (0);
}

int
clist_peek(struct clist *q, int n)
{
	int i;

	if (n < 0 || n >= q->c_cc)
		return (-1);
	i = (q->c_first + n) & MASK(q);
	return (q->c_data[i] | (QUOTED(q, i) ? TTY_QUOTE : 0));
}

int
clist_getc(struct clist *q)
{
	int c = clist_peek(q, 0);

	if (c != -1)
		clist_drop(q, 1);
	return (c);
}

int
clist_unputc(struct clist *q)
{
	int c = clist_peek(q, q->c_cc - 1);

	if (c != -1)
		q->c_cc--;
	return (c);
}

int
clist_front(struct clist *q, u_char **p)
{
	if (q->c_cc == 0)
		return (0);
	*p = q->c_data + q->c_first;
	return (MIN(q->c_cc, q->c_size - q->c_first));
}

void
clist_drop(struct clist *q, int n)
{
	q->c_first = (q->c_first + n) & MASK(q);
	q->c_cc -= n;
	if (q->c_cc == 0)
		q->c_first = 0;
}

int
clist_qtob(struct clist *q, char *buf, int n)
{
	u_char *p = NULL;
	int done = 0, m;

	while (done < n && (m = clist_front(q, &p)) > 0) {
		m = MIN(m, n - done);
		bcopy(p, buf + done, m);
		clist_drop(q, m);
		done += m;
	}
	return (done);
}

/* Append up to n bytes; returns how many did not fit. */
int
clist_btoq(const char *buf, int n, struct clist *q)
{
	int i, left, m;

	left = MAX(n - (q->c_ccmax - q->c_cc), 0);
	n -= left;
	if (n <= 0 || clist_grow(q, n) != 0)
		return (left + n);
	if (q->c_quote != NULL) {
		while (n-- > 0)
			clist_putc((u_char)*buf++, q);
		return (left);
	}
	while (n > 0) {
		i = (q->c_first + q->c_cc) & MASK(q);
		m = MIN(n, q->c_size - i);
		bcopy(buf, q->c_data + i, m);
		q->c_cc += m;
		buf += m;
		n -= m;
	}
	return (left);
}

/* Move everything. */
void
clist_catq(struct clist *from, struct clist *to)
{
	int c;

	if (to->c_cc + from->c_cc > to->c_ccmax)
		to->c_ccmax = to->c_cc + from->c_cc;
	while ((c = clist_getc(from)) != -1)
		clist_putc(c, to);
}
