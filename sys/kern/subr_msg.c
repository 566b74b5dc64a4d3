/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where messages go: the console, the message buffer, a terminal.
 *
 * One message comes out in one piece: the CPU that prints owns the output
 * until it is done.  The owner is recorded by CPU, so that a trap or a panic
 * in the middle of a message does not wait for itself; after a panic nobody
 * waits at all.
 */
#include <sys/param.h>
#include <sys/stdbool.h>
#include <sys/systm.h>
#include <sys/cons.h>
#include <sys/globaldata.h>
#include <sys/kernel.h>
#include <sys/malloc.h>
#include <sys/msgbuf.h>
#include <sys/proc.h>
#include <sys/sysctl.h>
#include <sys/syslog.h>
#include <sys/thread2.h>
#include <sys/tty.h>

#define TO_CONSOLE	0x1
#define TO_LOG		0x2

/* Before memory can be allocated messages gather here. */
#define EARLY_SIZE	32768
static char early_ring[EARLY_SIZE];
static struct msgbuf early_msgbuf = {
	.msg_magic = MSG_MAGIC, .msg_size = EARLY_SIZE, .msg_ptr = early_ring,
};
static struct msgbuf full_msgbuf;

struct msgbuf *msgbufp = &early_msgbuf;
int msgbuftrigger;

static volatile u_int output_owner = -1;	/* (a) CPU that prints, -1 none */

static int msgbuf_size = MSGBUF_SIZE / 4;
TUNABLE_INT("kern.msgbuf_size", &msgbuf_size);

/* Returns whether the output must be let go again. */
static bool
output_enter(void)
{
	u_int me = mycpuid;

	crit_enter();
	if (output_owner == me || panicstr != NULL)
		return (false);
	while (!atomic_cmpset_int(&output_owner, -1, me)) {
		if (panicstr != NULL)
			return (false);
		cpu_pause();
	}
	return (true);
}

static void
output_leave(bool owned)
{
	if (owned)
		atomic_store_rel_int(&output_owner, -1);
	crit_exit();
}

static void
msgbuf_put(int c)
{
	struct msgbuf *mbp = msgbufp;

	if (mbp->msg_magic != MSG_MAGIC || c == '\0' || c == '\r')
		return;
	mbp->msg_ptr[mbp->msg_bufx & (mbp->msg_size - 1)] = c;
	mbp->msg_bufx++;
	if (mbp->msg_bufx - mbp->msg_bufl > mbp->msg_size)
		mbp->msg_bufl = mbp->msg_bufx - mbp->msg_size;
}

static void
put_message(int c, void *arg)
{
	int where = *(int *)arg;

	if (where & TO_LOG)
		msgbuf_put(c);
	if ((where & TO_CONSOLE) && c != '\0') {
		if (c == '\n')
			cnputc('\r');
		cnputc(c);
	}
}

int
kvprintf(const char *fmt, __va_list ap)
{
	int n, where = TO_CONSOLE | TO_LOG;
	bool owned = output_enter();

	n = kvcprintf(fmt, put_message, &where, 10, ap);
	output_leave(owned);
	msgbuftrigger = 1;
	return (n);
}

int
kprintf(const char *fmt, ...)
{
	__va_list ap;
	int n;

	__va_start(ap, fmt);
	n = kvprintf(fmt, ap);
	__va_end(ap);
	return (n);
}

/* The log alone, each message headed by its priority in angle brackets. */
static void
log_message(int pri, const char *fmt, __va_list ap)
{
	char prefix[16];
	int where = TO_LOG;
	bool owned;

	if (pri >= 0)
		ksnprintf(prefix, sizeof(prefix), "<%d>", pri);
	else
		prefix[0] = '\0';
	owned = output_enter();
	for (const char *p = prefix; *p != '\0'; p++)
		msgbuf_put(*p);
	kvcprintf(fmt, put_message, &where, 10, ap);
	output_leave(owned);
	msgbuftrigger = 1;
}

void
log(int pri, const char *fmt, ...)
{
	__va_list ap;

	__va_start(ap, fmt);
	log_message(pri, fmt, ap);
	__va_end(ap);
}

void
addlog(const char *fmt, ...)
{
	__va_list ap;

	__va_start(ap, fmt);
	log_message(-1, fmt, ap);
	__va_end(ap);
}

void
krateprintf(struct krate *rate, const char *fmt, ...)
{
	__va_list ap;

	if (rate->ticks != ticks / hz) {
		rate->ticks = ticks / hz;
		rate->count = 0;
	}
	if (rate->count >= rate->freq)
		return;
	rate->count++;
	__va_start(ap, fmt);
	kvprintf(fmt, ap);
	__va_end(ap);
}

static void
put_tty(int c, void *arg)
{
	if (c == '\n')
		tputchar('\r', arg);
	tputchar(c, arg);
}

/* To the terminal that controls the current process; lost if it has none. */
int
uprintf(const char *fmt, ...)
{
	struct proc *p = curproc;
	struct tty *tp;
	__va_list ap;
	int n = 0;

	if (p == NULL || (p->p_flags & P_CONTROLT) == 0)
		return (0);
	tp = p->p_session->s_ttyp;
	if (tp == NULL)
		return (0);
	__va_start(ap, fmt);
	n = kvcprintf(fmt, put_tty, tp, 10, ap);
	__va_end(ap);
	return (n);
}

/* Takes over what the buffer in use holds. */
void
msgbufinit(void *ptr, size_t size)
{
	struct msgbuf *old = msgbufp;
	unsigned int at;
	bool owned = output_enter();

	full_msgbuf = (struct msgbuf){
		.msg_magic = MSG_MAGIC, .msg_size = size, .msg_ptr = ptr,
	};
	at = old->msg_bufl;
	msgbufp = &full_msgbuf;
	for (; at != old->msg_bufx; at++)
		msgbuf_put(old->msg_ptr[at & (old->msg_size - 1)]);
	output_leave(owned);
}

static void
msgbuf_setup(void *arg)
{
	size_t size = 65536;

	while (size < (size_t)msgbuf_size && size < MSGBUF_SIZE)
		size *= 2;
	msgbufinit(kmalloc(size, M_TEMP, M_WAITOK | M_ZERO), size);
}
SYSINIT(msgbuf, SI_BOOT2_POST_SMP, SI_ORDER_FIRST, msgbuf_setup, NULL);

size_t
msgbuf_read(unsigned int *pos, char *buf, size_t len)
{
	struct msgbuf *mbp = msgbufp;
	size_t n = 0;

	if (mbp->msg_bufx - *pos > mbp->msg_size)
		*pos = mbp->msg_bufx - mbp->msg_size;
	for (; n < len && *pos != mbp->msg_bufx; (*pos)++)
		buf[n++] = mbp->msg_ptr[*pos & (mbp->msg_size - 1)];
	return (n);
}

static int
sysctl_kern_msgbuf(SYSCTL_HANDLER_ARGS)
{
	struct msgbuf *mbp = msgbufp;
	unsigned int from = mbp->msg_bufl, to = mbp->msg_bufx, mask, n;
	int error = 0;

	mask = mbp->msg_size - 1;
	while (from != to && error == 0) {
		n = mbp->msg_size - (from & mask);
		if (n > to - from)
			n = to - from;
		error = SYSCTL_OUT(req, mbp->msg_ptr + (from & mask), n);
		from += n;
	}
	return (error);
}
SYSCTL_PROC(_kern, OID_AUTO, msgbuf, CTLTYPE_STRING | CTLFLAG_RD, NULL, 0,
    sysctl_kern_msgbuf, "A", "Contents of the kernel message buffer");

static int
sysctl_kern_msgbuf_clear(SYSCTL_HANDLER_ARGS)
{
	int clear = 0, error;

	error = sysctl_handle_int(oidp, &clear, 0, req);
	if (error == 0 && req->newptr != NULL && clear != 0)
		msgbufp->msg_bufl = msgbufp->msg_bufx;
	return (error);
}
SYSCTL_PROC(_kern, OID_AUTO, msgbuf_clear, CTLTYPE_INT | CTLFLAG_RW, NULL, 0,
    sysctl_kern_msgbuf_clear, "I", "Clear the kernel message buffer");
