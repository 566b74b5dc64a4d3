/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of stdio.
 *
 * The public head of a stream (struct __FILE_public) is known to programs
 * through the getc/putc macros:
 *
 *	reading		_p, _r bytes left; at _r == 0 __srget() refills
 *	writing		_p, _w bytes left before __swbuf() must be asked.  A
 *			line buffered stream has _w == 0 and _lbfsize equal to
 *			minus the buffer size, an unbuffered one both 0
 *
 * A stream is in read mode (__SRD), in write mode (__SWR), or, if opened for
 * both (__SRW), in either or neither.  Functions named __s* expect the stream
 * to be locked by their caller.
 */
#ifndef _STDIO_LOCAL_H_
#define	_STDIO_LOCAL_H_

#include <sys/types.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <xlocale.h>

#define	UNGET_MAX	16	/* bytes that can be pushed back */
#define	STDIO_BUFSIZE	4096

struct __FILE {
	/* As struct __FILE_public. */
	unsigned char	*_p;
	int		_flags;
	int		_fileno;
	ssize_t		_r;
	ssize_t		_w;
	ssize_t		_lbfsize;

	/*
	 * Up to `offset' the layout is known to portable software (gnulib)
	 * that looks inside.
	 */
	unsigned char	*base;		/* buffer, of size bytes */
	size_t		size;
	void		*cookie;
	int		(*close)(void *);
	int		(*read)(void *, char *, int);
	fpos_t		(*seek)(void *, fpos_t, int);
	int		(*write)(void *, const char *, int);
	unsigned char	*ub_base;	/* not NULL: bytes are pushed back */
	size_t		ub_size;
	int		saved_r;	/* _r when that happened */
	unsigned char	unused[3];
	unsigned char	nbuf[1];	/* buffer of unbuffered streams */
	char		*line;		/* of fgetln */
	size_t		linesize;
	int		blksize;
	fpos_t		offset;

	/* Pushed back bytes are at the end of ubuf; saved: what follows. */
	unsigned char	*saved_p;
	unsigned char	ubuf[UNGET_MAX];
	wchar_t		*wline;		/* of fgetwln */
	size_t		wlinesize;

	int		orientation;	/* < 0 byte, > 0 wide */
	mbstate_t	mbstate;

	volatile int	lock;		/* 0 free, 1 held, 2 waited for */
	int		lockcount;	/* (lock) */
	void *volatile	lockowner;
	struct __FILE	*next;		/* (list lock) all streams ever */
};

_Static_assert(sizeof(struct __FILE_public) == 40 &&
    offsetof(struct __FILE, _lbfsize) ==
    offsetof(struct __FILE_public, _lbfsize), "public head of a FILE");
_Static_assert(offsetof(struct __FILE, ub_base) == 96 &&
    offsetof(struct __FILE, nbuf) == 119 &&
    offsetof(struct __FILE, offset) == 144, "known part of a FILE");

#define	PUSHED(fp)	((fp)->ub_base != NULL)

#define	FLOCK(fp)	flockfile(fp)
#define	FUNLOCK(fp)	funlockfile(fp)
#define	ORIENT(fp, o)	do {						\
	if ((fp)->orientation == 0)					\
		(fp)->orientation = (o);				\
} while (0)

/* The body of a function with "..." that has a twin with a va_list `ap'. */
#define	VARIADIC(last, call)						\
	va_list ap;							\
	int r;								\
									\
	va_start(ap, last);						\
	r = call;							\
	va_end(ap);							\
	return (r)

extern int	__isthreaded;

/* findfp.c */
FILE	*__sfp(void);
void	__sfp_walk(int (*)(FILE *));
int	__smode(const char *, int *);
void	__stdio_exit(void);

/* buffer.c */
int	__srefill(FILE *);
int	__swsetup(FILE *);
void	__smakebuf(FILE *);
int	__sflush(FILE *);
int	__sput(const void *, size_t, FILE *);
size_t	__sget(void *, size_t, FILE *);
fpos_t	__sseek(FILE *, fpos_t, int);
int	__sungetc(int, FILE *);
int	__sread(void *, char *, int);
int	__swrite(void *, const char *, int);
fpos_t	__sfseek(void *, fpos_t, int);
int	__sclose(void *);
int	__sgetbyte(FILE *);
int	__sputc_locked(int, FILE *);

/* wide.c */
wint_t	__fgetwc(FILE *, locale_t);
wint_t	__fputwc(wchar_t, FILE *, locale_t);
wint_t	__ungetwc(wint_t, FILE *, locale_t);

/* Declared by no public header. */
wchar_t	*fgetwln_l(FILE *__restrict, size_t *__restrict, locale_t);
int	vfwprintf_l(FILE *__restrict, locale_t, const wchar_t *__restrict,
	    va_list);
int	vswprintf_l(wchar_t *__restrict, size_t, locale_t,
	    const wchar_t *__restrict, va_list);
int	vwprintf_l(locale_t, const wchar_t *__restrict, va_list);
int	wprintf_l(locale_t, const wchar_t *__restrict, ...);
int	fwprintf_l(FILE *__restrict, locale_t, const wchar_t *__restrict, ...);
int	swprintf_l(wchar_t *__restrict, size_t, locale_t,
	    const wchar_t *__restrict, ...);
int	vfwscanf_l(FILE *__restrict, locale_t, const wchar_t *__restrict,
	    va_list);
int	vswscanf_l(const wchar_t *__restrict, locale_t,
	    const wchar_t *__restrict, va_list);
int	vwscanf_l(locale_t, const wchar_t *__restrict, va_list);
int	wscanf_l(locale_t, const wchar_t *__restrict, ...);
int	fwscanf_l(FILE *__restrict, locale_t, const wchar_t *__restrict, ...);
int	swscanf_l(const wchar_t *__restrict, locale_t,
	    const wchar_t *__restrict, ...);

/* vfprintf.c, vfwprintf.c, vfscanf.c, vfwscanf.c */
int	__vfprintf(FILE *, locale_t, const char *, va_list);
int	__vfwprintf(FILE *, locale_t, const wchar_t *, va_list);
int	__vfscanf(FILE *, locale_t, const char *, va_list);
int	__vfwscanf(FILE *, locale_t, const wchar_t *, va_list);

#endif
