/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The set of streams: the three standard ones and those handed out since.
 * A stream's memory is never returned; fclose() makes it free (_flags == 0)
 * for the next open.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "local.h"

#define	STREAM(n, flags, link) {					\
	._flags = (flags), ._fileno = (n),				\
	.cookie = &streams[n], .read = __sread, .write = __swrite,	\
	.seek = __sfseek, .close = __sclose, .next = (link)		\
}

static struct __FILE streams[3] = {
	STREAM(0, __SRD, &streams[1]),
	STREAM(1, __SWR, &streams[2]),
	STREAM(2, __SWR | __SNBF, NULL),
};

FILE	*__stdinp = &streams[0];
FILE	*__stdoutp = &streams[1];
FILE	*__stderrp = &streams[2];

static FILE	*all_streams = &streams[0];
static volatile int list_lock;

static void
lock_list(void)
{
	if (!__isthreaded)
		return;
	while (__atomic_exchange_n(&list_lock, 1, __ATOMIC_ACQUIRE) != 0)
		umtx_sleep(&list_lock, 1, 1000);
}

static void
unlock_list(void)
{
	if (!__isthreaded)
		return;
	__atomic_store_n(&list_lock, 0, __ATOMIC_RELEASE);
	umtx_wakeup(&list_lock, 1);
}

/* A free stream, marked taken (_flags 1); NULL when memory is short. */
FILE *
__sfp(void)
{
	FILE *fp, *next;

	lock_list();
	for (fp = all_streams; fp != NULL && fp->_flags != 0; fp = fp->next)
		;
	if (fp == NULL) {
		fp = calloc(1, sizeof(*fp));
		if (fp == NULL) {
			unlock_list();
			return (NULL);
		}
		fp->next = all_streams;
		all_streams = fp;
	} else {
		next = fp->next;
		memset(fp, 0, sizeof(*fp));
		fp->next = next;
	}
	fp->_flags = 1;
	fp->_fileno = -1;
	unlock_list();
	return (fp);
}

/* Streams are only ever added in front, so walking needs no lock. */
void
__sfp_walk(int (*fn)(FILE *))
{
	FILE *fp;

	for (fp = all_streams; fp != NULL; fp = fp->next) {
		if (fp->_flags != 0)
			fn(fp);
	}
}

/*
 * Understands an fopen() mode: returns the stream's flags and stores the
 * flags for open(2); 0 with errno set if the mode is not valid.
 */
int
__smode(const char *mode, int *oflags)
{
	int flags, access, extra;

	switch (*mode++) {
	case 'r':
		flags = __SRD;
		access = O_RDONLY;
		extra = 0;
		break;
	case 'w':
		flags = __SWR;
		access = O_WRONLY;
		extra = O_CREAT | O_TRUNC;
		break;
	case 'a':
		flags = __SWR | __SAPP;
		access = O_WRONLY;
		extra = O_CREAT | O_APPEND;
		break;
	default:
		errno = EINVAL;
		return (0);
	}
	for (; *mode != '\0' && *mode != ','; mode++) {
		switch (*mode) {
		case '+':
			flags = (flags & __SAPP) | __SRW;
			access = O_RDWR;
			break;
		case 'x':
			extra |= O_EXCL;
			break;
		case 'e':
			extra |= O_CLOEXEC;
			break;
		default:
			break;
		}
	}
	*oflags = access | extra;
	return (flags);
}

static int
exit_flush(FILE *fp)
{
	if (fp->_flags & (__SWR | __SRW) && fp->base != NULL)
		__sflush(fp);
	return (0);
}

/* At exit: what is buffered gets written. */
void
__stdio_exit(void)
{
	__sfp_walk(exit_flush);
}
