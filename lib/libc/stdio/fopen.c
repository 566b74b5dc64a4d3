/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opening and closing streams.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "local.h"

static void
attach(FILE *fp, int fd, int flags)
{
	fp->_fileno = fd;
	fp->cookie = fp;
	fp->read = __sread;
	fp->write = __swrite;
	fp->seek = __sfseek;
	fp->close = __sclose;
	fp->_flags = flags;
}

FILE *
fopen(const char *__restrict path, const char *__restrict mode)
{
	int fd, flags, oflags;
	FILE *fp;

	flags = __smode(mode, &oflags);
	if (flags == 0 || (fp = __sfp()) == NULL)
		return (NULL);
	fd = open(path, oflags, 0666);
	if (fd < 0) {
		fp->_flags = 0;
		return (NULL);
	}
	attach(fp, fd, flags);
	if (flags & __SAPP)
		lseek(fd, 0, SEEK_END);
	return (fp);
}

FILE *
fdopen(int fd, const char *mode)
{
	int have, flags, oflags, want;
	FILE *fp;

	flags = __smode(mode, &oflags);
	if (flags == 0)
		return (NULL);
	have = fcntl(fd, F_GETFL, 0);
	if (have < 0)
		return (NULL);
	want = oflags & O_ACCMODE;
	if ((have & O_ACCMODE) != O_RDWR && (have & O_ACCMODE) != want) {
		errno = EINVAL;
		return (NULL);
	}
	if (oflags & O_CLOEXEC)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	if ((flags & __SAPP) != 0 && (have & O_APPEND) == 0)
		fcntl(fd, F_SETFL, have | O_APPEND);
	fp = __sfp();
	if (fp != NULL)
		attach(fp, fd, flags);
	return (fp);
}

FILE *
funopen(const void *cookie, int (*readfn)(void *, char *, int),
    int (*writefn)(void *, const char *, int),
    fpos_t (*seekfn)(void *, fpos_t, int), int (*closefn)(void *))
{
	int flags;
	FILE *fp;

	if (readfn == NULL && writefn == NULL) {
		errno = EINVAL;
		return (NULL);
	}
	flags = writefn == NULL ? __SRD : readfn == NULL ? __SWR : __SRW;
	fp = __sfp();
	if (fp == NULL)
		return (NULL);
	fp->_fileno = -1;
	fp->cookie = (void *)(uintptr_t)cookie;
	fp->read = readfn;
	fp->write = writefn;
	fp->seek = seekfn;
	fp->close = closefn;
	fp->_flags = flags;
	return (fp);
}

void *
fcookie(FILE *fp)
{
	return (fp->cookie);
}

/* Forgets buffers and state; the stream stays taken. */
static int
reset(FILE *fp, bool closing)
{
	int r = 0;

	if (fp->_flags & (__SWR | __SRW))
		r = __sflush(fp);
	else if (fp->_r > 0 && fp->seek == __sfseek && closing)
		fp->seek(fp->cookie, -(fpos_t)(PUSHED(fp) ? fp->saved_r :
		    fp->_r), SEEK_CUR);
	if (closing && fp->close != NULL && fp->close(fp->cookie) < 0)
		r = EOF;
	if (fp->_flags & __SMBF)
		free(fp->base);
	free(fp->line);
	free(fp->wline);
	fp->base = fp->_p = NULL;
	fp->size = 0;
	fp->line = NULL;
	fp->wline = NULL;
	fp->linesize = fp->wlinesize = 0;
	fp->_r = fp->_w = fp->_lbfsize = 0;
	fp->ub_base = NULL;
	fp->orientation = 0;
	memset(&fp->mbstate, 0, sizeof(fp->mbstate));
	return (r);
}

int
fclose(FILE *fp)
{
	int r;

	if (fp->_flags == 0) {
		errno = EBADF;
		return (EOF);
	}
	FLOCK(fp);
	r = reset(fp, true);
	fp->_fileno = -1;
	FUNLOCK(fp);
	fp->_flags = 0;
	return (r);
}

static int
close_one(FILE *fp)
{
	return (fclose(fp));
}

void
fcloseall(void)
{
	__sfp_walk(close_one);
}

/* Without a name: the same file with another mode, as far as allowed. */
static FILE *
reopen_mode(FILE *fp, int flags, int oflags)
{
	int have;

	have = fcntl(fp->_fileno, F_GETFL, 0);
	if (have < 0 || ((have & O_ACCMODE) != O_RDWR &&
	    (have & O_ACCMODE) != (oflags & O_ACCMODE))) {
		errno = EBADF;
		return (NULL);
	}
	__sflush(fp);
	if (oflags & O_TRUNC)
		ftruncate(fp->_fileno, 0);
	if (oflags & O_APPEND)
		fcntl(fp->_fileno, F_SETFL, have | O_APPEND);
	lseek(fp->_fileno, 0, flags & __SAPP ? SEEK_END : SEEK_SET);
	reset(fp, false);
	fp->_flags = flags;
	return (fp);
}

FILE *
freopen(const char *__restrict path, const char *__restrict mode,
    FILE *__restrict fp)
{
	int fd, want, flags, oflags;
	FILE *result = fp;

	flags = __smode(mode, &oflags);
	if (flags == 0) {
		fclose(fp);
		return (NULL);
	}
	FLOCK(fp);
	if (path == NULL && fp->_flags != 0 && fp->_fileno >= 0) {
		result = reopen_mode(fp, flags, oflags);
		FUNLOCK(fp);
		return (result);
	}
	want = fp->_fileno;
	if (fp->_flags != 0)
		reset(fp, want < 0);
	fd = path != NULL ? open(path, oflags, 0666) : -1;
	if (fd < 0) {
		int saved = errno;

		if (want >= 0)
			close(want);
		fp->_flags = 0;
		fp->_fileno = -1;
		FUNLOCK(fp);
		errno = saved;
		return (NULL);
	}
	/* Keep the number, which is what standard streams are about. */
	if (want >= 0 && fd != want) {
		if (dup3(fd, want, oflags & O_CLOEXEC) >= 0) {
			close(fd);
			fd = want;
		} else
			close(want);
	}
	attach(fp, fd, flags);
	if (flags & __SAPP)
		lseek(fd, 0, SEEK_END);
	FUNLOCK(fp);
	return (fp);
}
