/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conversion between encodings.
 */
#ifndef _ICONV_H_
#define _ICONV_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

typedef struct __tag_iconv_t	*iconv_t;

__BEGIN_DECLS
size_t	iconv(iconv_t, char **__restrict, size_t *__restrict,
	    char **__restrict, size_t *__restrict);
int	iconv_close(iconv_t);
iconv_t	iconv_open(const char *, const char *);
#if __BSD_VISIBLE
const char *iconv_canonicalize(const char *);
int	iconvctl(iconv_t, int, void *);
void	iconvlist(int (*)(unsigned int, const char *const *, void *), void *);
#endif
__END_DECLS

#if __BSD_VISIBLE
#define __ICONV_F_HIDE_INVALID	0x0001
#define _ICONV_VERSION		0x0108
#define ICONV_TRIVIALP		0x0000
#define ICONV_GET_TRANSLITERATE	0x0001
#define ICONV_SET_TRANSLITERATE	0x0002
#define ICONV_GET_DISCARD_ILSEQ	0x0003
#define ICONV_SET_DISCARD_ILSEQ	0x0004
#define ICONV_SET_HOOKS		0x0005
#define ICONV_SET_FALLBACKS	0x0006
#define ICONV_GET_ILSEQ_INVALID	0x0080
#define ICONV_SET_ILSEQ_INVALID	0x0081
#endif

#endif /* !_ICONV_H_ */
