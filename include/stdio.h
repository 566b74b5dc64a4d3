/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Standard I/O.
 */
#ifndef _STDIO_H_
#define _STDIO_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <machine/stdint.h>

typedef __off_t		fpos_t;
#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif
#if __POSIX_VISIBLE >= 200809
#ifndef _OFF_T_DECLARED
#define _OFF_T_DECLARED
typedef __off_t		off_t;
#endif
#ifndef _SSIZE_T_DECLARED
#define _SSIZE_T_DECLARED
typedef __ssize_t	ssize_t;
#endif
#endif
#if __POSIX_VISIBLE >= 200809 || __XSI_VISIBLE
#ifndef _VA_LIST_DECLARED
#define _VA_LIST_DECLARED
typedef __va_list	va_list;
#endif
#endif
#if __EXT1_VISIBLE
#ifndef _RSIZE_T_DEFINED
#define _RSIZE_T_DEFINED
typedef size_t		rsize_t;
#endif
#endif

/*
 * The part of a FILE that macros use.  _r and _w count what may be read
 * or written in place; _lbfsize is minus the size of the buffer if lines
 * are to be written out, otherwise 0.
 */
struct __FILE_public {
	unsigned char	*_p;		/* next character in the buffer */
	int		_flags;		/* __S* below; 0: not in use */
	int		_fileno;	/* descriptor, or -1 */
	__ssize_t	_r;
	__ssize_t	_w;
	__ssize_t	_lbfsize;
};

#ifndef _STDFILE_DECLARED
#define _STDFILE_DECLARED
typedef struct __FILE	FILE;
#endif

__BEGIN_DECLS
extern FILE	*__stdinp;
extern FILE	*__stdoutp;
extern FILE	*__stderrp;
__END_DECLS

#define __SLBF	0x0001	/* line buffered */
#define __SNBF	0x0002	/* unbuffered */
#define __SRD	0x0004	/* reading */
#define __SWR	0x0008	/* writing */
#define __SRW	0x0010	/* open for both */
#define __SEOF	0x0020	/* found end of file */
#define __SERR	0x0040	/* found an error */
#define __SMBF	0x0080	/* buffer was allocated */
#define __SAPP	0x0100	/* append */
#define __SSTR	0x0200	/* a string */
#define __SOPT	0x0400	/* optimise seeks */
#define __SNPT	0x0800	/* do not */
#define __SOFF	0x1000	/* offset is known */
#define __SMOD	0x2000	/* fgetln() changed a line */
#define __SALC	0x4000	/* string space grows */
#define __SIGN	0x8000	/* ignored by _fwalk */

#define _IOFBF	0	/* setvbuf(): fully buffered */
#define _IOLBF	1	/* by line */
#define _IONBF	2	/* not at all */

#define BUFSIZ		1024
#define EOF		(-1)
#define FOPEN_MAX	20
#define FILENAME_MAX	1024
#if __XSI_VISIBLE
#define P_tmpdir	"/tmp/"
#endif
#define L_tmpnam	1024
#define TMP_MAX		308915776

#ifndef SEEK_SET
#define SEEK_SET	0
#define SEEK_CUR	1
#define SEEK_END	2
#endif

#define stdin		__stdinp
#define stdout		__stdoutp
#define stderr		__stderrp

#if __BSD_VISIBLE
/* fparseln() */
#define FPARSELN_UNESCESC	0x1
#define FPARSELN_UNESCCONT	0x2
#define FPARSELN_UNESCCOMM	0x4
#define FPARSELN_UNESCREST	0x8
#define FPARSELN_UNESCALL	0xf
#endif
#if __POSIX_VISIBLE
#define L_ctermid	1024
#endif
#if __BSD_VISIBLE
#define L_cuserid	17
#endif

__BEGIN_DECLS
void	clearerr(FILE *);
int	fclose(FILE *);
int	feof(FILE *);
int	ferror(FILE *);
int	fflush(FILE *);
int	fgetc(FILE *);
int	fgetpos(FILE *__restrict, fpos_t *__restrict);
char	*fgets(char *__restrict, int, FILE *__restrict);
FILE	*fopen(const char *__restrict, const char *__restrict);
int	fprintf(FILE *__restrict, const char *__restrict, ...)
	    __printflike(2, 3);
int	fputc(int, FILE *);
int	fputs(const char *__restrict, FILE *__restrict);
size_t	fread(void *__restrict, size_t, size_t, FILE *__restrict);
FILE	*freopen(const char *__restrict, const char *__restrict,
	    FILE *__restrict);
int	fscanf(FILE *__restrict, const char *__restrict, ...)
	    __scanflike(2, 3);
int	fseek(FILE *, long, int);
int	fsetpos(FILE *, const fpos_t *);
long	ftell(FILE *);
size_t	fwrite(const void *__restrict, size_t, size_t, FILE *__restrict);
int	getc(FILE *);
int	getchar(void);
#if !defined(__cplusplus) || __cplusplus < 201402L
char	*gets(char *);
#endif
void	perror(const char *);
int	printf(const char *__restrict, ...) __printflike(1, 2);
int	putc(int, FILE *);
int	putchar(int);
int	puts(const char *);
int	remove(const char *);
int	rename(const char *, const char *);
void	rewind(FILE *);
int	scanf(const char *__restrict, ...) __scanflike(1, 2);
void	setbuf(FILE *__restrict, char *__restrict);
int	setvbuf(FILE *__restrict, char *__restrict, int, size_t);
int	sprintf(char *__restrict, const char *__restrict, ...)
	    __printflike(2, 3);
int	sscanf(const char *__restrict, const char *__restrict, ...)
	    __scanflike(2, 3);
FILE	*tmpfile(void);
char	*tmpnam(char *);
int	ungetc(int, FILE *);
int	vfprintf(FILE *__restrict, const char *__restrict, __va_list)
	    __printflike(2, 0);
int	vprintf(const char *__restrict, __va_list) __printflike(1, 0);
int	vsprintf(char *__restrict, const char *__restrict, __va_list)
	    __printflike(2, 0);

#if __ISO_C_VISIBLE >= 1999
int	snprintf(char *__restrict, size_t, const char *__restrict, ...)
	    __printflike(3, 4);
int	vfscanf(FILE *__restrict, const char *__restrict, __va_list)
	    __scanflike(2, 0);
int	vscanf(const char *__restrict, __va_list) __scanflike(1, 0);
int	vsnprintf(char *__restrict, size_t, const char *__restrict,
	    __va_list) __printflike(3, 0);
int	vsscanf(const char *__restrict, const char *__restrict, __va_list)
	    __scanflike(2, 0);
#endif

#if __POSIX_VISIBLE
char	*ctermid(char *);
FILE	*fdopen(int, const char *);
int	fileno(FILE *);
int	pclose(FILE *);
FILE	*popen(const char *, const char *);
#endif

#if __POSIX_VISIBLE >= 199506
void	flockfile(FILE *);
int	ftrylockfile(FILE *);
void	funlockfile(FILE *);
int	getc_unlocked(FILE *);
int	getchar_unlocked(void);
int	putc_unlocked(int, FILE *);
int	putchar_unlocked(int);
#endif

#if __POSIX_VISIBLE >= 200112
int	fseeko(FILE *, __off_t, int);
__off_t	ftello(FILE *);
#endif

#if __XSI_VISIBLE || __BSD_VISIBLE
int	getw(FILE *);
int	putw(int, FILE *);
char	*tempnam(const char *, const char *);
#endif

#if __POSIX_VISIBLE >= 200809
int	dprintf(int, const char *__restrict, ...) __printflike(2, 3);
FILE	*fmemopen(void *__restrict, size_t, const char *__restrict);
ssize_t	getdelim(char **__restrict, size_t *__restrict, int,
	    FILE *__restrict);
ssize_t	getline(char **__restrict, size_t *__restrict, FILE *__restrict);
FILE	*open_memstream(char **, size_t *);
int	renameat(int, const char *, int, const char *);
int	vdprintf(int, const char *__restrict, __va_list) __printflike(2, 0);
#endif

#if __BSD_VISIBLE
int	asprintf(char **, const char *, ...) __printflike(2, 3);
void	clearerr_unlocked(FILE *);
char	*ctermid_r(char *);
void	fcloseall(void);
void	*fcookie(FILE *);
int	feof_unlocked(FILE *);
int	ferror_unlocked(FILE *);
char	*fgetln(FILE *, size_t *);
int	fileno_unlocked(FILE *);
const char *fmtcheck(const char *, const char *) __format_arg(2);
char	*fparseln(FILE *, size_t *, size_t *, const char [3], int);
int	fpurge(FILE *);
void	setbuffer(FILE *, char *, int);
int	setlinebuf(FILE *);
int	vasprintf(char **, const char *, __va_list) __printflike(2, 0);

/* A stream on functions of the caller. */
FILE	*funopen(const void *, int (*)(void *, char *, int),
	    int (*)(void *, const char *, int),
	    fpos_t (*)(void *, fpos_t, int), int (*)(void *));
#define fropen(cookie, fn)	funopen(cookie, fn, 0, 0, 0)
#define fwopen(cookie, fn)	funopen(cookie, 0, fn, 0, 0)

extern const int sys_nerr;
extern const char *const sys_errlist[];
#endif

#if __EXT1_VISIBLE
char	*gets_s(char *, rsize_t);
#endif

#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_stdio.h>
#endif

/* Called by the macros below. */
int	__srget(FILE *);
int	__swbuf(int, FILE *);
__size_t __fpending(const FILE *);
__size_t __sreadahead(FILE *);
extern int __isthreaded;
__END_DECLS

#ifndef __cplusplus
#define __spub(p)	((struct __FILE_public *)(void *)(p))
#define __sgetc(p)	\
	(--__spub(p)->_r < 0 ? __srget(p) : (int)*__spub(p)->_p++)

static __inline int
__sputc(int _c, FILE *_p)
{
	struct __FILE_public *_pub = __spub(_p);

	if (--_pub->_w >= 0 || (_pub->_w >= _pub->_lbfsize && (char)_c != '\n'))
		return (*_pub->_p++ = (unsigned char)_c);
	return (__swbuf(_c, _p));
}

#if __POSIX_VISIBLE >= 199506
#define getc_unlocked(fp)	__sgetc(fp)
#define putc_unlocked(x, fp)	__sputc((x), (fp))
#define getchar_unlocked()	getc_unlocked(stdin)
#define putchar_unlocked(x)	putc_unlocked((x), stdout)
#endif
#if __BSD_VISIBLE
#define feof_unlocked(p)	((__spub(p)->_flags & __SEOF) != 0)
#define ferror_unlocked(p)	((__spub(p)->_flags & __SERR) != 0)
#define clearerr_unlocked(p)	\
	((void)(__spub(p)->_flags &= ~(__SERR | __SEOF)))
#define fileno_unlocked(p)	(__spub(p)->_fileno)
#endif
#define getc(fp)	(!__isthreaded ? __sgetc(fp) : (getc)(fp))
#define putc(x, fp)	\
	(!__isthreaded ? __sputc((x), (fp)) : (putc)((x), (fp)))
#define getchar()	getc(stdin)
#define putchar(x)	putc((x), stdout)
#define feof(p)		(!__isthreaded ? \
	(__spub(p)->_flags & __SEOF) != 0 : (feof)(p))
#define ferror(p)	(!__isthreaded ? \
	(__spub(p)->_flags & __SERR) != 0 : (ferror)(p))
#define fileno(p)	(!__isthreaded ? __spub(p)->_fileno : (fileno)(p))
#endif

#endif /* !_STDIO_H_ */
