/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bytes, words, lines and blocks.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "local.h"

#undef getc
#undef getchar
#undef putc
#undef putchar
#undef getc_unlocked
#undef getchar_unlocked
#undef putc_unlocked
#undef putchar_unlocked

int
getc_unlocked(FILE *fp)
{
	return (__sgetbyte(fp));
}

int
getc(FILE *fp)
{
	int c;

	FLOCK(fp);
	ORIENT(fp, -1);
	c = __sgetbyte(fp);
	FUNLOCK(fp);
	return (c);
}

int
fgetc(FILE *fp)
{
	return (getc(fp));
}

int
getchar(void)
{
	return (getc(stdin));
}

int
getchar_unlocked(void)
{
	return (__sgetbyte(stdin));
}

int
putc_unlocked(int c, FILE *fp)
{
	return (__sputc_locked(c, fp));
}

int
putc(int c, FILE *fp)
{
	int r;

	FLOCK(fp);
	ORIENT(fp, -1);
	r = __sputc_locked(c, fp);
	FUNLOCK(fp);
	return (r);
}

int
fputc(int c, FILE *fp)
{
	return (putc(c, fp));
}

int
putchar(int c)
{
	return (putc(c, stdout));
}

int
putchar_unlocked(int c)
{
	return (__sputc_locked(c, stdout));
}

int
ungetc(int c, FILE *fp)
{
	int r;

	FLOCK(fp);
	ORIENT(fp, -1);
	r = __sungetc(c, fp);
	FUNLOCK(fp);
	return (r);
}

int
getw(FILE *fp)
{
	int v;

	return (fread(&v, sizeof(v), 1, fp) == 1 ? v : EOF);
}

int
putw(int v, FILE *fp)
{
	return (fwrite(&v, sizeof(v), 1, fp) == 1 ? 0 : EOF);
}

/* The bytes of n members; false if there are none, or more than can be. */
static bool
total_size(size_t size, size_t n, FILE *fp, size_t *total)
{
	if (__builtin_mul_overflow(size, n, total)) {
		errno = EINVAL;
		fp->_flags |= __SERR;
		return (false);
	}
	return (*total != 0);
}

size_t
fread(void *__restrict buf, size_t size, size_t n, FILE *__restrict fp)
{
	size_t total, got;

	if (!total_size(size, n, fp, &total))
		return (0);
	FLOCK(fp);
	ORIENT(fp, -1);
	got = __sget(buf, total, fp);
	FUNLOCK(fp);
	return (got == total ? n : got / size);
}

size_t
fwrite(const void *__restrict buf, size_t size, size_t n, FILE *__restrict fp)
{
	size_t total;
	int r;

	if (!total_size(size, n, fp, &total))
		return (0);
	FLOCK(fp);
	ORIENT(fp, -1);
	r = __sput(buf, total, fp);
	FUNLOCK(fp);
	return (r == 0 ? n : 0);
}

int
fputs(const char *__restrict s, FILE *__restrict fp)
{
	int r;

	FLOCK(fp);
	ORIENT(fp, -1);
	r = __sput(s, strlen(s), fp);
	FUNLOCK(fp);
	return (r);
}

int
puts(const char *s)
{
	int r;

	FLOCK(stdout);
	ORIENT(stdout, -1);
	r = __sput(s, strlen(s), stdout);
	if (r == 0 && __sput("\n", 1, stdout) != 0)
		r = EOF;
	FUNLOCK(stdout);
	return (r == 0 ? '\n' : EOF);
}

/*
 * Moves input into buf, up to max bytes or until one equal to `stop' has been
 * moved.  Returns the number, 0 at end of file or on error.
 */
static size_t
take(FILE *fp, char *buf, size_t max, int stop, bool *found)
{
	size_t n = 0, now;
	void *end;

	*found = false;
	while (n < max && !*found) {
		if (fp->_r <= 0 && __srefill(fp) != 0)
			break;
		now = (size_t)fp->_r < max - n ? (size_t)fp->_r : max - n;
		end = memchr(fp->_p, stop, now);
		if (end != NULL) {
			now = (unsigned char *)end - fp->_p + 1;
			*found = true;
		}
		memcpy(buf + n, fp->_p, now);
		fp->_p += now;
		fp->_r -= now;
		n += now;
	}
	return (n);
}

char *
fgets(char *__restrict buf, int size, FILE *__restrict fp)
{
	bool found;
	size_t n;

	if (size <= 0) {
		errno = EINVAL;
		return (NULL);
	}
	FLOCK(fp);
	ORIENT(fp, -1);
	n = take(fp, buf, size - 1, '\n', &found);
	/* At the end of the file the buffer stays as it was (C11 7.21.7.2). */
	if (n > 0 || size == 1)
		buf[n] = '\0';
	if ((n == 0 && size > 1) || (!found && (fp->_flags & __SERR) != 0 &&
	    n < (size_t)size - 1))
		buf = NULL;
	FUNLOCK(fp);
	return (buf);
}

char *gets(char *);

char *
gets(char *buf)
{
	char *p = buf;
	int c;

	FLOCK(stdin);
	while ((c = __sgetbyte(stdin)) != EOF && c != '\n')
		*p++ = (char)c;
	FUNLOCK(stdin);
	if (c == EOF && p == buf)
		return (NULL);
	*p = '\0';
	return (buf);
}

char *
gets_s(char *buf, rsize_t size)
{
	size_t n = 0;
	int c;

	if (buf == NULL || size == 0)
		return (NULL);
	FLOCK(stdin);
	while ((c = __sgetbyte(stdin)) != EOF && c != '\n') {
		if (n < size)
			buf[n] = (char)c;
		n++;
	}
	FUNLOCK(stdin);
	if (n >= size || (c == EOF && n == 0)) {
		buf[0] = '\0';
		return (NULL);
	}
	buf[n] = '\0';
	return (buf);
}

static int
grow(char **bufp, size_t *sizep, size_t need)
{
	size_t size = *sizep < 128 ? 128 : *sizep;
	char *p;

	if (*bufp != NULL && need <= *sizep)
		return (0);
	while (size < need)
		size *= 2;
	p = realloc(*bufp, size);
	if (p == NULL)
		return (-1);
	*bufp = p;
	*sizep = size;
	return (0);
}

/* One record, including its delimiter, into a growing buffer. */
static ssize_t
get_record(char **bufp, size_t *sizep, int delim, FILE *fp)
{
	size_t n = 0;
	bool found = false;

	while (!found) {
		if (grow(bufp, sizep, n + 128) != 0) {
			fp->_flags |= __SERR;
			return (-1);
		}
		n += take(fp, *bufp + n, *sizep - n - 1, delim, &found);
		if (!found && n < *sizep - 1)
			break;
	}
	(*bufp)[n] = '\0';
	return (n == 0 || (!found && (fp->_flags & __SERR)) ? -1 : (ssize_t)n);
}

ssize_t
getdelim(char **__restrict bufp, size_t *__restrict sizep, int delim,
    FILE *__restrict fp)
{
	ssize_t n;

	if (bufp == NULL || sizep == NULL) {
		errno = EINVAL;
		return (-1);
	}
	if (*bufp == NULL)
		*sizep = 0;
	FLOCK(fp);
	ORIENT(fp, -1);
	n = get_record(bufp, sizep, delim, fp);
	FUNLOCK(fp);
	return (n);
}

ssize_t
getline(char **__restrict bufp, size_t *__restrict sizep, FILE *__restrict fp)
{
	return (getdelim(bufp, sizep, '\n', fp));
}

/* The line belongs to the stream and is good until the next operation. */
char *
fgetln(FILE *fp, size_t *lenp)
{
	unsigned char *end;
	char *line = NULL;
	ssize_t n;

	FLOCK(fp);
	ORIENT(fp, -1);
	if ((fp->_r > 0 || __srefill(fp) == 0) &&
	    (end = memchr(fp->_p, '\n', fp->_r)) != NULL) {
		line = (char *)fp->_p;
		n = end + 1 - fp->_p;
		fp->_p += n;
		fp->_r -= n;
	} else {
		n = get_record(&fp->line, &fp->linesize, '\n', fp);
		line = n > 0 ? fp->line : NULL;
	}
	*lenp = line != NULL ? n : 0;
	FUNLOCK(fp);
	return (line);
}
