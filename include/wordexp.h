/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Word expansion as the shell does it.
 */
#ifndef _WORDEXP_H_
#define _WORDEXP_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

#define WRDE_APPEND	0x01
#define WRDE_DOOFFS	0x02
#define WRDE_NOCMD	0x04
#define WRDE_REUSE	0x08
#define WRDE_SHOWERR	0x10
#define WRDE_UNDEF	0x20
#define WRDE_BADCHAR	0x01
#define WRDE_BADVAL	0x02
#define WRDE_CMDSUB	0x03
#define WRDE_NOSPACE	0x04
#define WRDE_NOSYS	0x05
#define WRDE_SYNTAX	0x06

typedef struct {
	__size_t we_wordc;
	char	**we_wordv;
	__size_t we_offs;
	char	*we_strings;
	__size_t we_nbytes;
} wordexp_t;

__BEGIN_DECLS
int	wordexp(const char *__restrict, wordexp_t *__restrict, int);
void	wordfree(wordexp_t *);
__END_DECLS

#endif /* !_WORDEXP_H_ */
