/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Positions, buffers chosen by the caller, and the state of a stream.
 */
#include <sys/stat.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "local.h"

fpos_t
__sseek(FILE *fp, fpos_t off, int whence)
{
	if (fp->seek == NULL) {
		errno = ESPIPE;
		return (-1);
	}
	return (fp->seek(fp->cookie, off, whence));
}

static off_t
tell(FILE *fp)
{
	fpos_t pos;

	/* Appended output goes to the end, wherever the position is now. */
	if ((fp->_flags & (__SAPP | __SWR)) == (__SAPP | __SWR) &&
	    __sflush(fp) != 0)
		return (-1);
	pos = __sseek(fp, 0, SEEK_CUR);
	if (pos < 0)
		return (-1);
	if (fp->_flags & __SRD) {
		pos -= fp->_r;
		if (PUSHED(fp))
			pos -= fp->saved_r;
	} else if ((fp->_flags & __SWR) != 0 && fp->base != NULL)
		pos += fp->_p - fp->base;
	return (pos);
}

off_t
ftello(FILE *fp)
{
	off_t pos;

	FLOCK(fp);
	pos = tell(fp);
	FUNLOCK(fp);
	return (pos);
}

long
ftell(FILE *fp)
{
	return (ftello(fp));
}

/* Is the target inside what has been read?  Then only move the pointer. */
static bool
seek_in_buffer(FILE *fp, off_t target)
{
	fpos_t end;
	off_t start;

	if ((fp->_flags & (__SRD | __SWR)) != __SRD || fp->base == NULL ||
	    PUSHED(fp) || fp->base == fp->nbuf ||
	    (end = __sseek(fp, 0, SEEK_CUR)) < 0)
		return (false);
	start = end - fp->_r - (fp->_p - fp->base);
	if (target < start || target > end)
		return (false);
	fp->_r = end - target;
	fp->_p = fp->base + (target - start);
	fp->_flags &= ~__SEOF;
	return (true);
}

static int
seek_locked(FILE *fp, off_t off, int whence)
{
	off_t here;

	if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) {
		errno = EINVAL;
		return (-1);
	}
	if (__sflush(fp) != 0)
		return (-1);
	if (whence == SEEK_CUR) {
		here = tell(fp);
		if (here < 0)
			return (-1);
		if (__builtin_add_overflow(here, off, &off)) {
			errno = EOVERFLOW;
			return (-1);
		}
		whence = SEEK_SET;
	}
	if (whence == SEEK_SET && off < 0) {
		errno = EINVAL;
		return (-1);
	}
	if (whence == SEEK_SET && seek_in_buffer(fp, off))
		return (0);
	if (__sseek(fp, off, whence) < 0)
		return (-1);
	fp->ub_base = NULL;
	fp->_p = fp->base;
	fp->_r = 0;
	fp->_w = 0;
	fp->_flags &= ~__SEOF;
	if (fp->_flags & __SRW)
		fp->_flags &= ~(__SRD | __SWR);
	else if (fp->_flags & __SWR)
		__swsetup(fp);
	memset(&fp->mbstate, 0, sizeof(fp->mbstate));
	return (0);
}

int
fseeko(FILE *fp, off_t off, int whence)
{
	int r;

	FLOCK(fp);
	r = seek_locked(fp, off, whence);
	FUNLOCK(fp);
	return (r);
}

int
fseek(FILE *fp, long off, int whence)
{
	return (fseeko(fp, off, whence));
}

void
rewind(FILE *fp)
{
	FLOCK(fp);
	seek_locked(fp, 0, SEEK_SET);
	fp->_flags &= ~__SERR;
	FUNLOCK(fp);
}

int
fgetpos(FILE *__restrict fp, fpos_t *__restrict pos)
{
	return ((*pos = ftello(fp)) < 0 ? -1 : 0);
}

int
fsetpos(FILE *fp, const fpos_t *pos)
{
	return (fseeko(fp, *pos, SEEK_SET));
}

int
setvbuf(FILE *__restrict fp, char *__restrict buf, int mode, size_t size)
{
	if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF)
		return (EOF);
	FLOCK(fp);
	__sflush(fp);
	if (fp->_flags & __SMBF)
		free(fp->base);
	fp->_flags &= ~(__SLBF | __SNBF | __SMBF | __SEOF);
	fp->ub_base = NULL;
	fp->_r = 0;
	fp->base = fp->_p = NULL;
	fp->size = 0;
	if (mode == _IONBF) {
		fp->_flags |= __SNBF;
		fp->base = fp->_p = fp->nbuf;
		fp->size = 1;
	} else {
		if (buf == NULL && size == 0)
			size = STDIO_BUFSIZE;
		if (buf == NULL || size == 0) {
			buf = malloc(size != 0 ? size : STDIO_BUFSIZE);
			if (buf == NULL) {
				FUNLOCK(fp);
				return (EOF);
			}
			if (size == 0)
				size = STDIO_BUFSIZE;
			fp->_flags |= __SMBF;
		}
		fp->base = fp->_p = (unsigned char *)buf;
		fp->size = size;
		if (mode == _IOLBF)
			fp->_flags |= __SLBF;
	}
	fp->_w = fp->_lbfsize = 0;
	if (fp->_flags & __SWR)
		__swsetup(fp);
	FUNLOCK(fp);
	return (0);
}

void
setbuf(FILE *__restrict fp, char *__restrict buf)
{
	setvbuf(fp, buf, buf != NULL ? _IOFBF : _IONBF, BUFSIZ);
}

void
setbuffer(FILE *fp, char *buf, int size)
{
	setvbuf(fp, buf, buf != NULL ? _IOFBF : _IONBF, size);
}

int
setlinebuf(FILE *fp)
{
	return (setvbuf(fp, NULL, _IOLBF, 0));
}

static int
flush_if_writing(FILE *fp)
{
	int r;

	FLOCK(fp);
	r = __sflush(fp);
	FUNLOCK(fp);
	return (r);
}

static int flush_failed;

static int
flush_one(FILE *fp)
{
	if ((fp->_flags & __SWR) != 0 && flush_if_writing(fp) != 0)
		flush_failed = 1;
	return (0);
}

/* A stream being read gives its unread input back to the file. */
static int
sync_input(FILE *fp)
{
	fpos_t ahead = PUSHED(fp) ? fp->saved_r : fp->_r;

	if (fp->seek == NULL || fp->base == NULL ||
	    (ahead > 0 && fp->seek(fp->cookie, -ahead, SEEK_CUR) < 0))
		return (0);
	fp->ub_base = NULL;
	fp->_r = 0;
	fp->_p = fp->base;
	return (0);
}

int
fflush(FILE *fp)
{
	int r;

	if (fp == NULL) {
		flush_failed = 0;
		__sfp_walk(flush_one);
		return (flush_failed ? EOF : 0);
	}
	FLOCK(fp);
	if ((fp->_flags & (__SRD | __SWR)) == __SRD)
		r = sync_input(fp);
	else
		r = __sflush(fp);
	FUNLOCK(fp);
	return (r);
}

int
fpurge(FILE *fp)
{
	FLOCK(fp);
	fp->ub_base = NULL;
	fp->_r = 0;
	fp->_p = fp->base;
	if (fp->_flags & __SWR)
		__swsetup(fp);
	FUNLOCK(fp);
	return (0);
}

#undef clearerr_unlocked
#undef feof_unlocked
#undef ferror_unlocked
#undef fileno_unlocked
#undef clearerr
#undef feof
#undef ferror
#undef fileno

void
clearerr_unlocked(FILE *fp)
{
	fp->_flags &= ~(__SERR | __SEOF);
}

void
clearerr(FILE *fp)
{
	FLOCK(fp);
	clearerr_unlocked(fp);
	FUNLOCK(fp);
}

int
feof_unlocked(FILE *fp)
{
	return ((fp->_flags & __SEOF) != 0);
}

int
feof(FILE *fp)
{
	return (feof_unlocked(fp));
}

int
ferror_unlocked(FILE *fp)
{
	return ((fp->_flags & __SERR) != 0);
}

int
ferror(FILE *fp)
{
	return (ferror_unlocked(fp));
}

int
fileno_unlocked(FILE *fp)
{
	if (fp->_fileno < 0)
		errno = EBADF;
	return (fp->_fileno);
}

int
fileno(FILE *fp)
{
	return (fileno_unlocked(fp));
}

/* Bytes waiting to be written. */
size_t
__fpending(const FILE *fp)
{
	return ((fp->_flags & __SWR) != 0 && fp->base != NULL ?
	    fp->_p - fp->base : 0);
}

/*
 * Bytes that can be read before the descriptor is; portable software (gnulib)
 * knows the name.
 */
size_t
__sreadahead(FILE *fp)
{
	if ((fp->_flags & __SWR) != 0 || fp->_r < 0)
		return (0);
	return (fp->_r + (PUSHED(fp) ? fp->saved_r : 0));
}
