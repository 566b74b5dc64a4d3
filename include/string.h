/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings and memory.
 */
#ifndef _STRING_H_
#define _STRING_H_

#include <sys/cdefs.h>
#include <sys/_null.h>
#include <machine/stdint.h>

/* Historically here as well. */
#if __BSD_VISIBLE
#include <strings.h>
#endif

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
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
#endif

__BEGIN_DECLS
void	*memchr(const void *, int, size_t) __pure;
int	memcmp(const void *, const void *, size_t) __pure;
void	*memcpy(void *__restrict, const void *__restrict, size_t);
void	*memmove(void *, const void *, size_t);
void	*memset(void *, int, size_t);
char	*strcat(char *__restrict, const char *__restrict);
char	*strchr(const char *, int) __pure;
int	strcmp(const char *, const char *) __pure;
int	strcoll(const char *, const char *);
char	*strcpy(char *__restrict, const char *__restrict);
size_t	strcspn(const char *, const char *) __pure;
char	*strerror(int);
size_t	strlen(const char *) __pure;
char	*strncat(char *__restrict, const char *__restrict, size_t);
int	strncmp(const char *, const char *, size_t) __pure;
char	*strncpy(char *__restrict, const char *__restrict, size_t);
char	*strpbrk(const char *, const char *) __pure;
char	*strrchr(const char *, int) __pure;
size_t	strspn(const char *, const char *) __pure;
char	*strstr(const char *, const char *) __pure;
char	*strtok(char *__restrict, const char *__restrict);
size_t	strxfrm(char *__restrict, const char *__restrict, size_t);

#if __POSIX_VISIBLE >= 199506
char	*strtok_r(char *, const char *, char **);
#endif
#if __POSIX_VISIBLE >= 200112
int	strerror_r(int, char *, size_t);
#endif
#if __XSI_VISIBLE || __POSIX_VISIBLE >= 200809
void	*memccpy(void *__restrict, const void *__restrict, int, size_t);
char	*strdup(const char *) __malloclike;
#endif
#if __POSIX_VISIBLE >= 200809
char	*stpcpy(char *__restrict, const char *__restrict);
char	*stpncpy(char *__restrict, const char *__restrict, size_t);
char	*strndup(const char *, size_t) __malloclike;
size_t	strnlen(const char *, size_t) __pure;
char	*strsignal(int);
#endif
#if __BSD_VISIBLE
void	*memmem(const void *, size_t, const void *, size_t) __pure;
void	*mempcpy(void *__restrict, const void *__restrict, size_t);
void	*memrchr(const void *, int, size_t) __pure;
char	*strcasestr(const char *, const char *) __pure;
char	*strchrnul(const char *, int) __pure;
size_t	strlcat(char *__restrict, const char *__restrict, size_t);
size_t	strlcpy(char *__restrict, const char *__restrict, size_t);
void	strmode(int, char *);
char	*strnstr(const char *, const char *, size_t) __pure;
char	*strsep(char **, const char *);
int	timingsafe_bcmp(const void *, const void *, size_t);
int	timingsafe_memcmp(const void *, const void *, size_t);
#ifndef _SWAB_DECLARED
#define _SWAB_DECLARED
void	swab(const void *__restrict, void *__restrict, __ssize_t);
#endif
#endif
#if __EXT1_VISIBLE
errno_t	memset_s(void *, rsize_t, int, rsize_t);
#endif
#if __POSIX_VISIBLE >= 200809 || defined(_XLOCALE_H_)
#include <xlocale/_string.h>
#endif
__END_DECLS

#endif /* !_STRING_H_ */
