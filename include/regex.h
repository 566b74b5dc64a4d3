/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regular expressions.
 */
#ifndef _REGEX_H_
#define _REGEX_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#ifndef __cplusplus
#ifndef _WCHAR_T_DECLARED
#define _WCHAR_T_DECLARED
typedef ___wchar_t	wchar_t;
#endif
#endif

typedef int	regoff_t;
typedef wchar_t	tre_char_t;

typedef struct {
	int		re_magic;
	size_t		re_nsub;	/* parenthesised expressions */
	const void	*re_endp;	/* end of the pattern: REG_PEND */
	void		*value;		/* the compiled expression */
} regex_t;

typedef struct {
	regoff_t	rm_so;		/* start, -1: none */
	regoff_t	rm_eo;		/* end */
} regmatch_t;

/* regcomp() */
#define REG_EXTENDED	0x0001
#define REG_ICASE	0x0002
#define REG_NEWLINE	0x0004
#define REG_NOSUB	0x0008
#define REG_BASIC	0x0000
#define REG_LITERAL	0x0010
#define REG_RIGHT_ASSOC	0x0020
#define REG_UNGREEDY	0x0040
#define REG_PEND	0x0080
#define REG_ENHANCED	0x0100
#define REG_NOSPEC	0x0010
#define REG_MINIMAL	0x0040

/* regexec() */
#define REG_NOTBOL			0x1
#define REG_NOTEOL			0x2
#define REG_STARTEND			0x4
#define REG_BACKR			0x8
#define REG_APPROX_MATCHER		0x4
#define REG_BACKTRACKING_MATCHER	0x8

#ifndef RE_DUP_MAX
#define RE_DUP_MAX	255
#endif

/* Errors. */
typedef enum {
	REG_ENOSYS = -1,
	REG_OK = 0,
	REG_NOMATCH,
	REG_BADPAT,
	REG_ECOLLATE,
	REG_ECTYPE,
	REG_EESCAPE,
	REG_ESUBREG,
	REG_EBRACK,
	REG_EPAREN,
	REG_EBRACE,
	REG_BADBR,
	REG_ERANGE,
	REG_ESPACE,
	REG_BADRPT,
	REG_EMPTY,
	REG_INVARG,
	REG_ILLSEQ
} reg_errcode_t;

__BEGIN_DECLS
int	regcomp(regex_t *__restrict, const char *__restrict, int);
size_t	regerror(int, const regex_t *__restrict, char *__restrict, size_t);
int	regexec(const regex_t *__restrict, const char *__restrict, size_t,
	    regmatch_t [__restrict_arr], int);
void	regfree(regex_t *);
#if __BSD_VISIBLE
int	regncomp(regex_t *, const char *, size_t, int);
int	regnexec(const regex_t *, const char *, size_t, size_t,
	    regmatch_t [], int);
int	regwcomp(regex_t *, const wchar_t *, int);
int	regwexec(const regex_t *, const wchar_t *, size_t, regmatch_t [], int);
int	regwncomp(regex_t *, const wchar_t *, size_t, int);
int	regwnexec(const regex_t *, const wchar_t *, size_t, size_t,
	    regmatch_t [], int);
#define _REG_nexec	1
#endif
__END_DECLS

#endif /* !_REGEX_H_ */
