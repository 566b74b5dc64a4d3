/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Character tables of a locale.
 */
#ifndef _RUNETYPE_H_
#define _RUNETYPE_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

#ifndef _SIZE_T_DECLARED
#define _SIZE_T_DECLARED
typedef __size_t	size_t;
#endif

#define _CACHED_RUNES	(1 << 8)	/* characters with a direct entry */
#define _CRMASK		(~(_CACHED_RUNES - 1))

/* A range of characters beyond these. */
typedef struct {
	__rune_t	__min;
	__rune_t	__max;
	__rune_t	__map;		/* of __min, or the type of all */
	unsigned long	*__types;	/* of each, unless NULL */
} _RuneEntry;

typedef struct {
	int		__nranges;
	_RuneEntry	*__ranges;	/* ascending */
} _RuneRange;

typedef struct {
	char		__magic[8];	/* _RUNE_MAGIC_1 */
	char		__encoding[32];	/* name of the encoding */
	__rune_t	(*__sgetrune)(const char *, size_t, char const **);
	int		(*__sputrune)(__rune_t, char *, size_t, char **);
	__rune_t	__invalid_rune;
	unsigned long	__runetype[_CACHED_RUNES];
	__rune_t	__maplower[_CACHED_RUNES];
	__rune_t	__mapupper[_CACHED_RUNES];
	_RuneRange	__runetype_ext;
	_RuneRange	__maplower_ext;
	_RuneRange	__mapupper_ext;
	void		*__variable;	/* of the encoding */
	int		__variable_len;
} _RuneLocale;

#define _RUNE_MAGIC_1	"RuneMagi"

__BEGIN_DECLS
extern const _RuneLocale _DefaultRuneLocale;
extern const _RuneLocale *_CurrentRuneLocale;
extern __thread const _RuneLocale *_ThreadRuneLocale;

static __inline const _RuneLocale *
__getCurrentRuneLocale(void)
{
	if (_ThreadRuneLocale != 0)
		return (_ThreadRuneLocale);
	if (_CurrentRuneLocale != 0)
		return (_CurrentRuneLocale);
	return (&_DefaultRuneLocale);
}
#define _CurrentRuneLocale	(__getCurrentRuneLocale())
__END_DECLS

#endif /* !_RUNETYPE_H_ */
