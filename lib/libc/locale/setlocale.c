/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setlocale(3), newlocale(3) and their relatives, localeconv(3) and
 * nl_langinfo(3).
 */
#include <ctype.h>
#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "xlocale_private.h"

#undef _CurrentRuneLocale

#define	ALL_C	{ "C", "C", "C", "C", "C", "C", "C" }

struct _xlocale	__global_locale = { ALL_C, false, NULL, NULL, true };
struct _xlocale	__c_locale = { ALL_C, false, NULL, NULL, true };

const _RuneLocale *_CurrentRuneLocale = &_DefaultRuneLocale;
__thread const _RuneLocale *_ThreadRuneLocale;
static __thread locale_t thread_locale;

int	__mb_cur_max = 1;
int	__mb_sb_limit = 256;

static const char *const categories[_LC_LAST] = {
	"LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MONETARY", "LC_NUMERIC",
	"LC_TIME", "LC_MESSAGES"
};

/*
 * A name is C, POSIX, or anything with a codeset that is known, which may
 * have a modifier behind it.
 */
static bool
parse_name(const char *name, bool *utf8, const struct charset **charset)
{
	char codeset[LOCALE_NAME_MAX];
	const char *dot;

	*utf8 = false;
	*charset = NULL;
	if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
		return (true);
	dot = strchr(name, '.');
	if (dot == NULL || strlen(name) >= LOCALE_NAME_MAX ||
	    strchr(name, '/') != NULL)
		return (false);
	strlcpy(codeset, dot + 1, sizeof(codeset));
	codeset[strcspn(codeset, "@")] = '\0';
	*utf8 = strcasecmp(codeset, "UTF-8") == 0 ||
	    strcasecmp(codeset, "UTF8") == 0;
	if (*utf8 || strcasecmp(codeset, "US-ASCII") == 0)
		return (true);
	*charset = __charset_find(codeset);
	return (*charset != NULL);
}

static const char *
from_environment(int cat)
{
	const char *v;

	v = getenv("LC_ALL");
	if (v == NULL || *v == '\0')
		v = getenv(categories[cat]);
	if (v == NULL || *v == '\0')
		v = getenv("LANG");
	return (v == NULL || *v == '\0' ? "C" : v);
}

static bool
set_category(struct _xlocale *l, int cat, const char *name)
{
	const struct charset *charset;
	bool utf8;

	if (*name == '\0')
		name = from_environment(cat);
	if (!parse_name(name, &utf8, &charset))
		return (false);
	if (cat == LC_CTYPE) {
		l->utf8 = utf8;
		l->charset = charset;
		l->runes = utf8 ? &__utf8_runes : charset != NULL ?
		    __charset_runes(charset) : NULL;
		if (charset != NULL && l->runes == NULL)
			return (false);
	}
	strlcpy(l->name[cat], strcmp(name, "POSIX") == 0 ? "C" : name,
	    LOCALE_NAME_MAX);
	return (true);
}

/* "a/b/c/d/e/f", as setlocale(LC_ALL, NULL) gives it for mixed locales. */
static bool
set_composite(struct _xlocale *l, const char *names)
{
	char name[LOCALE_NAME_MAX];
	size_t n;
	int cat;

	for (cat = 1; cat < _LC_LAST; cat++) {
		n = strcspn(names, "/");
		if (n == 0 || n >= sizeof(name))
			return (false);
		memcpy(name, names, n);
		name[n] = '\0';
		if (!set_category(l, cat, name))
			return (false);
		if (names[n] == '/')
			names += n + 1;
	}
	return (true);
}

static bool
set_all(struct _xlocale *l, const char *name)
{
	int cat;

	if (strchr(name, '/') != NULL)
		return (set_composite(l, name));
	for (cat = 1; cat < _LC_LAST; cat++) {
		if (!set_category(l, cat, name))
			return (false);
	}
	return (true);
}

static char *
all_names(const struct _xlocale *l)
{
	static char buf[_LC_LAST * LOCALE_NAME_MAX];
	int cat;

	for (cat = 2; cat < _LC_LAST; cat++) {
		if (strcmp(l->name[cat], l->name[1]) != 0)
			break;
	}
	strlcpy(buf, l->name[1], sizeof(buf));
	if (cat == _LC_LAST)
		return (buf);
	for (cat = 2; cat < _LC_LAST; cat++) {
		strlcat(buf, "/", sizeof(buf));
		strlcat(buf, l->name[cat], sizeof(buf));
	}
	return (buf);
}

char *
setlocale(int cat, const char *name)
{
	struct _xlocale l;

	if (cat < 0 || cat >= _LC_LAST) {
		errno = EINVAL;
		return (NULL);
	}
	if (name != NULL) {
		l = __global_locale;
		if (cat == LC_ALL ? !set_all(&l, name) :
		    !set_category(&l, cat, name)) {
			errno = ENOENT;
			return (NULL);
		}
		__global_locale = l;
		__mb_cur_max = l.utf8 ? 4 : 1;
		__mb_sb_limit = l.utf8 ? 128 : 256;
		_CurrentRuneLocale = RUNES(&l);
	}
	return (cat == LC_ALL ? all_names(&__global_locale) :
	    __global_locale.name[cat]);
}

locale_t
newlocale(int mask, const char *name, locale_t base)
{
	struct _xlocale l;
	locale_t new;
	int cat;

	if (name == NULL || (mask & ~(LC_ALL_MASK | LC_VERSION_MASK)) != 0) {
		errno = EINVAL;
		return (NULL);
	}
	l = *__locale_real(base);
	for (cat = 1; cat < _LC_LAST; cat++) {
		if ((mask & 1 << (cat - 1)) != 0 &&
		    !set_category(&l, cat, name)) {
			errno = ENOENT;
			return (NULL);
		}
	}
	l.fixed = false;
	new = base != NULL && base != LC_GLOBAL_LOCALE && !base->fixed ? base :
	    malloc(sizeof(*new));
	if (new != NULL)
		*new = l;
	return (new);
}

locale_t
duplocale(locale_t l)
{
	locale_t new;

	new = malloc(sizeof(*new));
	if (new != NULL) {
		*new = *__locale_real(l);
		new->fixed = false;
	}
	return (new);
}

void
freelocale(locale_t l)
{
	if (l != NULL && l != LC_GLOBAL_LOCALE && !l->fixed)
		free(l);
}

locale_t
uselocale(locale_t l)
{
	locale_t old = thread_locale != NULL ? thread_locale :
	    LC_GLOBAL_LOCALE;

	if (l == NULL)
		return (old);
	thread_locale = l == LC_GLOBAL_LOCALE ? NULL : l;
	if (thread_locale == NULL)
		_ThreadRuneLocale = NULL;
	else
		_ThreadRuneLocale = RUNES(l);
	return (old);
}

const char *
querylocale(int mask, locale_t l)
{
	int cat = ffs(mask);

	if (cat == 0 || cat >= _LC_LAST)
		return (NULL);
	return (__locale_real(l)->name[cat]);
}

const _RuneLocale *
__runes_for_locale(locale_t l, int *limit)
{
	const struct _xlocale *real = __locale_real(l);

	*limit = real->utf8 ? 128 : 256;
	return (RUNES(real));
}

int
___mb_cur_max(void)
{
	return (___mb_cur_max_l(uselocale(NULL)));
}

int
___mb_cur_max_l(locale_t l)
{
	return (IS_UTF8(l) ? 4 : 1);
}

struct lconv *
localeconv_l(locale_t l)
{
	static char dot[] = ".", empty[] = "";
	static struct lconv lc = {
		dot, empty, empty, empty, empty, empty, empty, empty, empty,
		empty, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX,
		CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX, CHAR_MAX,
		CHAR_MAX, CHAR_MAX, CHAR_MAX
	};

	return (&lc);
}

struct lconv *
localeconv(void)
{
	return (localeconv_l(LC_GLOBAL_LOCALE));
}

static const char *const info[] = {
	[D_T_FMT] = "%a %b %e %H:%M:%S %Y", [D_FMT] = "%m/%d/%y",
	[T_FMT] = "%H:%M:%S", [T_FMT_AMPM] = "%I:%M:%S %p",
	[AM_STR] = "AM", [PM_STR] = "PM",
	[DAY_1] = "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday",
	"Friday", "Saturday",
	[ABDAY_1] = "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
	[MON_1] = "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
	[ABMON_1] = "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec",
	[ERA] = "", [ERA_D_FMT] = "", [ERA_D_T_FMT] = "", [ERA_T_FMT] = "",
	[ALT_DIGITS] = "", [RADIXCHAR] = ".", [THOUSEP] = "",
	[YESEXPR] = "^[yY]", [NOEXPR] = "^[nN]", [YESSTR] = "yes",
	[NOSTR] = "no", [CRNCYSTR] = "", [D_MD_ORDER] = "md",
	[ALTMON_1] = "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
};

char *
nl_langinfo_l(nl_item item, locale_t l)
{
	const char *s = "";

	if (item == CODESET)
		s = IS_UTF8(l) ? "UTF-8" : __locale_real(l)->charset != NULL ?
		    __locale_real(l)->charset->name : "US-ASCII";
	else if (item > 0 && item < (int)(sizeof(info) / sizeof(info[0])) &&
	    info[item] != NULL)
		s = info[item];
	return ((char *)(__uintptr_t)s);
}

char *
nl_langinfo(nl_item item)
{
	return (nl_langinfo_l(item, uselocale(NULL)));
}
