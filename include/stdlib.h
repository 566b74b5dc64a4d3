/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * General utilities.
 */
#ifndef _STDLIB_H_
#define _STDLIB_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif
#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif
#if __EXT1_VISIBLE
#ifndef _RSIZE_T_DEFINED
#define _RSIZE_T_DEFINED
typedef size_t		rsize_t;
#endif
#ifndef _ERRNO_T_DEFINED
#define _ERRNO_T_DEFINED
typedef int		errno_t;
#endif
typedef void (*constraint_handler_t)(const char *__restrict,
	    void *__restrict, errno_t);
#endif

typedef struct {
	int	quot;
	int	rem;
} div_t;

typedef struct {
	long	quot;
	long	rem;
} ldiv_t;

#ifdef __LONG_LONG_SUPPORTED
typedef struct {
	long long quot;
	long long rem;
} lldiv_t;
#endif

#define EXIT_FAILURE	1
#define EXIT_SUCCESS	0
#define RAND_MAX	0x7fffffff

__BEGIN_DECLS
extern int	__mb_cur_max;
extern int	___mb_cur_max(void);
__END_DECLS
#define MB_CUR_MAX	((size_t)___mb_cur_max())

__BEGIN_DECLS
void	abort(void) __dead2;
int	abs(int) __pure2;
int	atexit(void (*)(void));
double	atof(const char *);
int	atoi(const char *);
long	atol(const char *);
void	*bsearch(const void *, const void *, size_t, size_t,
	    int (*)(const void *, const void *));
void	*calloc(size_t, size_t) __malloclike __alloc_size(1, 2);
div_t	div(int, int) __pure2;
void	exit(int) __dead2;
void	free(void *);
char	*getenv(const char *);
long	labs(long) __pure2;
ldiv_t	ldiv(long, long) __pure2;
void	*malloc(size_t) __malloclike __alloc_size(1);
int	mblen(const char *, size_t);
size_t	mbstowcs(wchar_t *__restrict, const char *__restrict, size_t);
int	mbtowc(wchar_t *__restrict, const char *__restrict, size_t);
void	qsort(void *, size_t, size_t, int (*)(const void *, const void *));
int	rand(void);
void	*realloc(void *, size_t) __heedresult __alloc_size(2);
void	srand(unsigned);
double	strtod(const char *__restrict, char **__restrict);
long	strtol(const char *__restrict, char **__restrict, int);
unsigned long strtoul(const char *__restrict, char **__restrict, int);
int	system(const char *);
int	wctomb(char *, wchar_t);
size_t	wcstombs(char *__restrict, const wchar_t *__restrict, size_t);

#if __ISO_C_VISIBLE >= 1999 || defined(__cplusplus)
#ifdef __LONG_LONG_SUPPORTED
long long atoll(const char *);
long long llabs(long long) __pure2;
lldiv_t	lldiv(long long, long long) __pure2;
long long strtoll(const char *__restrict, char **__restrict, int);
unsigned long long strtoull(const char *__restrict, char **__restrict, int);
#endif
void	_Exit(int) __dead2;
float	strtof(const char *__restrict, char **__restrict);
long double strtold(const char *__restrict, char **__restrict);
#endif

#if __ISO_C_VISIBLE >= 2011 || (defined(__cplusplus) && __cplusplus >= 201103L)
void	*aligned_alloc(size_t, size_t) __malloclike __alloc_align(1)
	    __alloc_size(2);
int	at_quick_exit(void (*)(void));
void	quick_exit(int) __dead2;
#endif

#if __POSIX_VISIBLE >= 199506 || __XSI_VISIBLE
int	rand_r(unsigned *);
#endif
#if __POSIX_VISIBLE >= 200112
int	posix_memalign(void **, size_t, size_t);
int	setenv(const char *, const char *, int);
int	unsetenv(const char *);
#endif
#if __POSIX_VISIBLE >= 200809 || __XSI_VISIBLE
int	getsubopt(char **, char *const *, char **);
char	*mkdtemp(char *);
int	mkstemp(char *);
#endif

#if __XSI_VISIBLE
long	a64l(const char *);
double	drand48(void);
double	erand48(unsigned short [3]);
int	grantpt(int);
char	*initstate(unsigned long, char *, long);
long	jrand48(unsigned short [3]);
char	*l64a(long);
void	lcong48(unsigned short [7]);
long	lrand48(void);
char	*mktemp(char *);
long	mrand48(void);
long	nrand48(unsigned short [3]);
int	posix_openpt(int);
char	*ptsname(int);
int	putenv(char *);
long	random(void);
char	*realpath(const char *__restrict, char *__restrict);
unsigned short *seed48(unsigned short [3]);
int	setkey(const char *);
char	*setstate(char *);
void	srand48(long);
void	srandom(unsigned long);
int	unlockpt(int);
#endif

#if __BSD_VISIBLE
#ifndef _ALLOCA_DECLARED
#define _ALLOCA_DECLARED
#undef alloca
#define alloca(sz)	__builtin_alloca(sz)
#endif

__uint32_t arc4random(void);
void	arc4random_addrandom(__uint8_t *, size_t);
void	arc4random_buf(void *, size_t);
void	arc4random_stir(void);
__uint32_t arc4random_uniform(__uint32_t);

/* Capability databases: terminals, printers, login classes. */
char	*cgetcap(char *, const char *, int);
int	cgetclose(void);
int	cgetent(char **, char **, const char *);
int	cgetfirst(char **, char **);
int	cgetmatch(const char *, const char *);
int	cgetnext(char **, char **);
int	cgetnum(char *, const char *, long *);
int	cgetset(const char *);
int	cgetstr(char *, const char *, char **);
int	cgetustr(char *, const char *, char **);

int	daemon(int, int);
char	*devname(__uint32_t, __mode_t);
char	*devname_r(__uint32_t, __mode_t, char *, size_t);
char	*fdevname(int);
int	fdevname_r(int, char *, size_t);
void	freezero(void *, size_t);
char	*getbsize(int *, long *);
int	getloadavg(double [], int);
const char *getprogname(void);
int	heapsort(void *, size_t, size_t, int (*)(const void *, const void *));
int	l64a_r(long, char *, int);
int	mergesort(void *, size_t, size_t, int (*)(const void *, const void *));
int	mkostemp(char *, int);
int	mkostemps(char *, int, int);
int	mkstemps(char *, int);
void	qsort_r(void *, size_t, size_t, void *,
	    int (*)(void *, const void *, const void *));
int	radixsort(const unsigned char **, int, const unsigned char *,
	    unsigned);
void	*reallocarray(void *, size_t, size_t) __heedresult
	    __alloc_size(2, 3);
void	*reallocf(void *, size_t) __heedresult __alloc_size(2);
void	*recallocarray(void *, size_t, size_t, size_t) __heedresult
	    __alloc_size(3, 4);
int	rpmatch(const char *);
void	setprogname(const char *);
int	sradixsort(const unsigned char **, int, const unsigned char *,
	    unsigned);
void	sranddev(void);
void	srandomdev(void);
long long strsuftoll(const char *, const char *, long long, long long);
long long strsuftollx(const char *, const char *, long long, long long,
	    char *, size_t);
long long strtonum(const char *, long long, long long, const char **);
__int64_t strtoq(const char *__restrict, char **__restrict, int);
__uint64_t strtouq(const char *__restrict, char **__restrict, int);
void	*valloc(size_t) __malloclike __alloc_size(1);

extern char	*suboptarg;	/* getsubopt(): the option not found */
#endif

#if __EXT1_VISIBLE
void	abort_handler_s(const char *__restrict, void *__restrict, errno_t)
	    __dead2;
void	ignore_handler_s(const char *__restrict, void *__restrict, errno_t);
constraint_handler_t set_constraint_handler_s(constraint_handler_t);
#endif

#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_stdlib.h>
#endif
__END_DECLS

#endif /* !_STDLIB_H_ */
