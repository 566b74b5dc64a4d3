/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Buffers: making, filling and flushing them, and the default functions that
 * reach a file descriptor.  Callers hold the stream's lock.
 */
#include <sys/stat.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "local.h"

int
__sread(void *cookie, char *buf, int n)
{
	FILE *fp = cookie;

	return (read(fp->_fileno, buf, n));
}

int
__swrite(void *cookie, const char *buf, int n)
{
	FILE *fp = cookie;

	return (write(fp->_fileno, buf, n));
}

fpos_t
__sfseek(void *cookie, fpos_t off, int whence)
{
	FILE *fp = cookie;

	return (lseek(fp->_fileno, off, whence));
}

int
__sclose(void *cookie)
{
	FILE *fp = cookie;

	return (close(fp->_fileno));
}

/* Chooses a buffer on first use: by block size, by line on terminals. */
void
__smakebuf(FILE *fp)
{
	struct stat st;
	size_t size = STDIO_BUFSIZE;
	bool tty = false;
	int saved = errno;

	if (fp->base != NULL)
		return;
	if ((fp->_flags & __SNBF) == 0 && fp->_fileno >= 0 &&
	    fstat(fp->_fileno, &st) == 0) {
		if (st.st_blksize > 0 && st.st_blksize <= 65536)
			size = st.st_blksize < STDIO_BUFSIZE ? STDIO_BUFSIZE :
			    st.st_blksize;
		tty = S_ISCHR(st.st_mode) && isatty(fp->_fileno);
	}
	errno = saved;
	if ((fp->_flags & __SNBF) != 0 || (fp->base = malloc(size)) == NULL) {
		fp->_flags |= __SNBF;
		fp->base = fp->_p = fp->nbuf;
		fp->size = 1;
		return;
	}
	fp->_flags |= __SMBF | (tty ? __SLBF : 0);
	fp->_p = fp->base;
	fp->size = size;
}

static int
flush_line_buffered(FILE *fp)
{
	if ((fp->_flags & (__SLBF | __SWR)) == (__SLBF | __SWR)) {
		if (ftrylockfile(fp) != 0)
			return (0);
		if ((fp->_flags & (__SLBF | __SWR)) == (__SLBF | __SWR))
			__sflush(fp);
		funlockfile(fp);
	}
	return (0);
}

/* Enters read mode.  EOF if the stream cannot be read. */
static int
read_mode(FILE *fp)
{
	if (fp->_flags & __SRD)
		return (0);
	if ((fp->_flags & __SRW) == 0) {
		errno = EBADF;
		fp->_flags |= __SERR;
		return (EOF);
	}
	if (fp->_flags & __SWR) {
		if (__sflush(fp) != 0)
			return (EOF);
		fp->_flags &= ~__SWR;
		fp->_w = 0;
		fp->_lbfsize = 0;
	}
	fp->_flags |= __SRD;
	return (0);
}

/* Gets more input.  0, or EOF with the stream's indicators set. */
int
__srefill(FILE *fp)
{
	ssize_t n;

	fp->_r = 0;
	if (read_mode(fp) != 0)
		return (EOF);
	if (PUSHED(fp)) {
		fp->ub_base = NULL;
		fp->_p = fp->saved_p;
		fp->_r = fp->saved_r;
		if (fp->_r > 0)
			return (0);
	}
	if (fp->_flags & __SEOF)
		return (EOF);
	if (fp->base == NULL)
		__smakebuf(fp);
	/* Whoever waits for input wants to see the prompt. */
	if (fp->_flags & (__SLBF | __SNBF))
		__sfp_walk(flush_line_buffered);
	fp->_p = fp->base;
	n = fp->read != NULL ? fp->read(fp->cookie, (char *)fp->base,
	    fp->size) : 0;
	if (n <= 0) {
		fp->_flags |= n == 0 ? __SEOF : __SERR;
		return (EOF);
	}
	fp->_r = n;
	return (0);
}

/* Out of line part of getc(). */
int
__srget(FILE *fp)
{
	ORIENT(fp, -1);
	if (__srefill(fp) != 0)
		return (EOF);
	fp->_r--;
	return (*fp->_p++);
}

int
__sgetbyte(FILE *fp)
{
	if (fp->_r <= 0)
		return (__srget(fp));
	fp->_r--;
	return (*fp->_p++);
}

/* Reads up to n bytes; fewer only at end of file or on error. */
size_t
__sget(void *buf, size_t n, FILE *fp)
{
	char *p = buf;
	size_t left = n, now;
	ssize_t got;

	while (left > 0) {
		if (fp->_r <= 0) {
			/* A large rest goes straight to the caller. */
			if (!PUSHED(fp) && (fp->_flags & (__SRD | __SEOF)) ==
			    __SRD && fp->base != NULL && left >= fp->size &&
			    fp->size > 1 && fp->read != NULL) {
				/* The buffer no longer ends at the position. */
				fp->_p = fp->base;
				fp->_r = 0;
				got = fp->read(fp->cookie, p, left > 1 << 30 ?
				    1 << 30 : (int)left);
				if (got <= 0) {
					fp->_flags |= got == 0 ? __SEOF :
					    __SERR;
					break;
				}
				p += got;
				left -= got;
				continue;
			}
			if (__srefill(fp) != 0)
				break;
		}
		now = left < (size_t)fp->_r ? left : (size_t)fp->_r;
		memcpy(p, fp->_p, now);
		fp->_p += now;
		fp->_r -= now;
		p += now;
		left -= now;
	}
	return (n - left);
}

/* Enters write mode and sets up the counters.  EOF if not writable. */
int
__swsetup(FILE *fp)
{
	if ((fp->_flags & __SWR) == 0) {
		if ((fp->_flags & __SRW) == 0) {
			errno = EBADF;
			fp->_flags |= __SERR;
			return (EOF);
		}
		if (fp->_flags & __SRD) {
			/* Unread input: the file position is where we are. */
			if (fp->_r > 0 || PUSHED(fp)) {
				fpos_t ahead = PUSHED(fp) ? fp->saved_r :
				    fp->_r;

				if (fp->seek != NULL && ahead > 0)
					fp->seek(fp->cookie, -ahead, SEEK_CUR);
			}
			fp->ub_base = NULL;
			fp->_flags &= ~(__SRD | __SEOF);
			fp->_r = 0;
			fp->_p = fp->base;
		}
		fp->_flags |= __SWR;
	}
	if (fp->base == NULL)
		__smakebuf(fp);
	if (fp->_flags & __SLBF) {
		fp->_w = 0;
		fp->_lbfsize = -(ssize_t)fp->size;
	} else {
		fp->_lbfsize = 0;
		fp->_w = fp->_flags & __SNBF ? 0 : (ssize_t)fp->size -
		    (fp->_p - fp->base);
	}
	return (0);
}

static int
write_all(FILE *fp, const char *p, size_t n)
{
	int done;

	if (fp->write == NULL && n > 0) {
		errno = EBADF;
		fp->_flags |= __SERR;
		return (EOF);
	}
	if ((fp->_flags & __SAPP) != 0 && fp->seek != NULL &&
	    fp->write != __swrite)
		fp->seek(fp->cookie, 0, SEEK_END);
	while (n > 0) {
		done = fp->write(fp->cookie, p, n > 1 << 30 ? 1 << 30 :
		    (int)n);
		if (done <= 0) {
			fp->_flags |= __SERR;
			return (EOF);
		}
		p += done;
		n -= done;
	}
	return (0);
}

/*
 * Writes what is buffered.  After a failed write the buffer is empty: what
 * could not be written is lost, and the error indicator says so.
 */
int
__sflush(FILE *fp)
{
	unsigned char *p = fp->base;
	size_t n;

	if ((fp->_flags & __SWR) == 0 || p == NULL ||
	    (fp->_flags & __SSTR) != 0)
		return (0);
	n = fp->_p - p;
	fp->_p = p;
	fp->_w = fp->_flags & (__SLBF | __SNBF) ? 0 : (ssize_t)fp->size;
	return (n > 0 ? write_all(fp, (const char *)p, n) : 0);
}

static int
sput_string(const char *p, size_t n, FILE *fp)
{
	size_t room = fp->_w > 0 ? fp->_w : 0;

	if (room > n)
		room = n;
	memcpy(fp->_p, p, room);
	fp->_p += room;
	fp->_w -= room;
	return (0);
}

static inline bool
cant_write(FILE *fp)
{
	return ((fp->_flags & __SWR) == 0 || fp->base == NULL);
}

/* Writes n bytes through the buffer.  0 or EOF. */
int
__sput(const void *buf, size_t n, FILE *fp)
{
	const char *p = buf, *nl;
	size_t room, now;

	if (n == 0)
		return (0);
	if (fp->_flags & __SSTR)
		return (sput_string(p, n, fp));
	if (cant_write(fp) && __swsetup(fp) != 0)
		return (EOF);
	if (fp->_flags & __SNBF)
		return (write_all(fp, p, n));
	if (fp->_flags & __SLBF) {
		/* Everything up to the last newline goes out at once. */
		nl = memrchr(p, '\n', n);
		if (nl != NULL) {
			now = nl + 1 - p;
			room = fp->size - (fp->_p - fp->base);
			if (fp->_p > fp->base && now <= room) {
				memcpy(fp->_p, p, now);
				fp->_p += now;
				if (__sflush(fp) != 0)
					return (EOF);
			} else if (__sflush(fp) != 0 ||
			    write_all(fp, p, now) != 0)
				return (EOF);
			p += now;
			n -= now;
		}
	}
	while (n > 0) {
		room = fp->size - (fp->_p - fp->base);
		if (fp->_p == fp->base && n >= fp->size) {
			now = n - n % fp->size;
			if (write_all(fp, p, now) != 0)
				return (EOF);
			p += now;
			n -= now;
			continue;
		}
		now = n < room ? n : room;
		memcpy(fp->_p, p, now);
		fp->_p += now;
		if ((fp->_flags & __SLBF) == 0)
			fp->_w -= now;
		p += now;
		n -= now;
		if (now == room && __sflush(fp) != 0)
			return (EOF);
	}
	if (fp->_flags & __SLBF)
		fp->_w = -(fp->_p - fp->base);
	return (0);
}

/* Out of line part of putc(), which has already counted the byte. */
int
__swbuf(int c, FILE *fp)
{
	unsigned char ch = (unsigned char)c;

	ORIENT(fp, -1);
	/* Undo the count: __sput() does its own. */
	fp->_w++;
	if (cant_write(fp))
		fp->_w = 0;
	return (__sput(&ch, 1, fp) != 0 ? EOF : ch);
}

int
__sputc_locked(int c, FILE *fp)
{
	unsigned char ch = (unsigned char)c;

	return (__sput(&ch, 1, fp) != 0 ? EOF : ch);
}

int
__sungetc(int c, FILE *fp)
{
	unsigned char *end = fp->ubuf + UNGET_MAX;

	if (c == EOF || read_mode(fp) != 0)
		return (EOF);
	if (!PUSHED(fp)) {
		/* Taking back what was just read needs no extra room. */
		if (fp->base != NULL && fp->_p > fp->base &&
		    fp->_p[-1] == (unsigned char)c) {
			fp->_p--;
			fp->_r++;
			fp->_flags &= ~__SEOF;
			return ((unsigned char)c);
		}
		fp->saved_p = fp->_p;
		fp->saved_r = fp->_r > 0 ? (int)fp->_r : 0;
		fp->_p = end;
		fp->_r = 0;
		fp->ub_base = fp->ubuf;
	}
	if (fp->_p <= fp->ubuf)
		return (EOF);
	*--fp->_p = (unsigned char)c;
	fp->_r++;
	fp->_flags &= ~__SEOF;
	return ((unsigned char)c);
}
