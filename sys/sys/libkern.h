/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's C library: strings, numbers, sorting, checksums.
 */
#ifndef _SYS_LIBKERN_H_
#define _SYS_LIBKERN_H_

#ifdef _KERNEL

#include <sys/cdefs.h>
#include <sys/types.h>
#include <machine/limits.h>

extern u_char const bcd2bin_data[];
extern u_char const bin2bcd_data[];
extern char const hex2ascii_data[];

#define bcd2bin(bcd)	(bcd2bin_data[bcd])
#define bin2bcd(bin)	(bin2bcd_data[bin])
#define hex2ascii(hex)	(hex2ascii_data[hex])

static __inline int imax(int a, int b) { return (a > b ? a : b); }
static __inline int imin(int a, int b) { return (a < b ? a : b); }
static __inline long lmax(long a, long b) { return (a > b ? a : b); }
static __inline long lmin(long a, long b) { return (a < b ? a : b); }
static __inline u_int max(u_int a, u_int b) { return (a > b ? a : b); }
static __inline u_int min(u_int a, u_int b) { return (a < b ? a : b); }
static __inline quad_t qmax(quad_t a, quad_t b) { return (a > b ? a : b); }
static __inline quad_t qmin(quad_t a, quad_t b) { return (a < b ? a : b); }
static __inline u_long ulmax(u_long a, u_long b) { return (a > b ? a : b); }
static __inline u_long ulmin(u_long a, u_long b) { return (a < b ? a : b); }
static __inline uint64_t szmin(uint64_t a, uint64_t b)
{
	return (a < b ? a : b);
}
static __inline uint64_t szmax(uint64_t a, uint64_t b)
{
	return (a > b ? a : b);
}
static __inline int64_t omin(int64_t a, int64_t b) { return (a < b ? a : b); }
static __inline int64_t omax(int64_t a, int64_t b) { return (a > b ? a : b); }
static __inline int abs(int a) { return (a < 0 ? -a : a); }
static __inline long labs(long a) { return (a < 0 ? -a : a); }

static __inline int ffs(int mask) { return (__builtin_ffs(mask)); }
static __inline int ffsl(long mask) { return (__builtin_ffsl(mask)); }
static __inline int ffsll(long long m) { return (__builtin_ffsll(m)); }
static __inline int fls(int mask)
{
	return (mask == 0 ? 0 : 32 - __builtin_clz((unsigned int)mask));
}
static __inline int flsl(long mask)
{
	return (mask == 0 ? 0 : 64 - __builtin_clzl((unsigned long)mask));
}
static __inline int flsll(long long mask) { return (flsl((long)mask)); }

/* Characters, as in the C locale. */
static __inline int isspace(int c)
{
	return (c == ' ' || (c >= '\t' && c <= '\r'));
}
static __inline int isascii(int c) { return ((c & ~0x7f) == 0); }
static __inline int isupper(int c) { return (c >= 'A' && c <= 'Z'); }
static __inline int islower(int c) { return (c >= 'a' && c <= 'z'); }
static __inline int isalpha(int c) { return (isupper(c) || islower(c)); }
static __inline int isdigit(int c) { return (c >= '0' && c <= '9'); }
static __inline int isalnum(int c) { return (isalpha(c) || isdigit(c)); }
static __inline int isxdigit(int c)
{
	return (isdigit(c) || (c >= 'A' && c <= 'F') ||
	    (c >= 'a' && c <= 'f'));
}
static __inline int isprint(int c) { return (c >= ' ' && c <= '~'); }
static __inline int toupper(int c) { return (islower(c) ? c - 32 : c); }
static __inline int tolower(int c) { return (isupper(c) ? c + 32 : c); }

/* Strings. */
char	*index(const char *, int);
char	*rindex(const char *, int);
char	*strchr(const char *, int);
char	*strrchr(const char *, int);
char	*strcat(char *, const char *);
char	*strncat(char *, const char *, size_t);
char	*strcpy(char *, const char *);
char	*strncpy(char *, const char *, size_t);
char	*stpcpy(char *, const char *);
int	strcmp(const char *, const char *);
int	strncmp(const char *, const char *, size_t);
int	strcasecmp(const char *, const char *);
int	strncasecmp(const char *, const char *, size_t);
size_t	strlen(const char *);
size_t	strnlen(const char *, size_t);
size_t	strlcpy(char *, const char *, size_t);
size_t	strlcat(char *, const char *, size_t);
size_t	strspn(const char *, const char *);
size_t	strcspn(const char *, const char *);
char	*strpbrk(const char *, const char *);
char	*strsep(char **, const char *);
char	*strstr(const char *, const char *);
char	*strnstr(const char *, const char *, size_t);
char	*strtok_r(char *, const char *, char **);
int	fnmatch(const char *, const char *, int);
#define FNM_NOESCAPE	0x01
#define FNM_PATHNAME	0x02
#define FNM_PERIOD	0x04
#define FNM_LEADING_DIR	0x08
#define FNM_CASEFOLD	0x10

/* Memory; bcopy(), memcpy() and the like are in <sys/systm.h>. */
void	*memchr(const void *, int, size_t);
void	explicit_bzero(void *, size_t);
int	timingsafe_bcmp(const void *, const void *, size_t);
int	locc(int, char *, u_int);
int	scanc(u_int, const u_char *, const u_char *, int);
int	skpc(int, int, char *);

/* Numbers.  The end pointer may be NULL. */
long	strtol(const char *, char **, int);
u_long	strtoul(const char *, char **, int);
quad_t	strtoq(const char *, char **, int);
u_quad_t strtouq(const char *, char **, int);
int	ilog2(uint64_t);

/* Sorting and searching. */
void	kqsort(void *base, size_t nmemb, size_t size,
	    int (*compar)(const void *, const void *));
void	kqsort_r(void *base, size_t nmemb, size_t size, void *thunk,
	    int (*compar)(void *, const void *, const void *));
#define qsort(b, n, s, c)	kqsort((b), (n), (s), (c))
void	*bsearch(const void *key, const void *base, size_t nmemb,
	    size_t size, int (*compar)(const void *, const void *));

/* Random numbers: cheap ones; see <sys/random.h> for others. */
u_int32_t krandom(void);
u_int32_t random(void);
void	ksrandom(u_long);

/* Checksums: CRC-32 of IEEE 802.3 and Castagnoli's. */
uint32_t crc32(const void *buf, size_t size);
uint32_t crc32_ext(const void *buf, size_t size, uint32_t crc);
uint32_t iscsi_crc32(const void *buf, size_t size);
uint32_t iscsi_crc32_ext(const void *buf, size_t size, uint32_t crc);

/* Hashes. */
#define FNV1_32_INIT	((uint32_t)0x811c9dc5)
#define FNV1_64_INIT	((uint64_t)0xcbf29ce484222325ULL)
uint32_t fnv_32_buf(const void *buf, size_t len, uint32_t hval);
uint32_t fnv_32_str(const char *str, uint32_t hval);
uint64_t fnv_64_buf(const void *buf, size_t len, uint64_t hval);
uint32_t jenkins_hash(const void *key, size_t length, uint32_t initval);
uint64_t siphash24(const void *buf, size_t len, const uint8_t key[16]);

/* Internet addresses as text. */
char	*inet_ntoa_r(const uint32_t addr, char *buf, size_t size);
int	inet_pton4(const char *src, void *dst);

struct uuid;
struct uuid *kern_uuidgen(struct uuid *store, size_t count);
int	snprintf_uuid(char *buf, size_t sz, struct uuid *uuid);
int	printf_uuid(struct uuid *uuid);

#endif /* _KERNEL */

#endif /* !_SYS_LIBKERN_H_ */
