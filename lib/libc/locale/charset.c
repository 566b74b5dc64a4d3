/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * 8-bit character sets: found by name, and the types of their characters,
 * which are made from those of Unicode when a locale first needs them.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>
#include "libc_private.h"
#include "xlocale_private.h"
#include "charset_tables.h"

#define	NCHARSETS	(sizeof(charsets) / sizeof(charsets[0]))

/* Made tables stay: a locale may use one at any time. */
static _RuneLocale	*made[NCHARSETS];

static bool
is_alias(const char *list, const char *name)
{
	size_t n = strlen(name), len;

	for (; *list != '\0'; list += len + (list[len] == ' ')) {
		len = strcspn(list, " ");
		if (len == n && memcmp(list, name, n) == 0)
			return (true);
	}
	return (false);
}

const struct charset *
__charset_find(const char *name)
{
	char plain[32];
	size_t n = 0, i;

	for (; *name != '\0'; name++) {
		if (!isalnum((unsigned char)*name))
			continue;
		if (n == sizeof(plain) - 1)
			return (NULL);
		plain[n++] = (char)tolower((unsigned char)*name);
	}
	plain[n] = '\0';
	for (i = 0; i < NCHARSETS && n > 0; i++) {
		if (strcmp(charsets[i].plain, plain) == 0 ||
		    is_alias(charsets[i].aliases, plain))
			return (&charsets[i]);
	}
	return (NULL);
}

const char *
__charset_name(size_t i)
{
	return (i < NCHARSETS ? charsets[i].name : NULL);
}

int
__charset_byte(const struct charset *cs, uint32_t c)
{
	int lo = 0, hi = 128, mid;

	if (c < 0x80)
		return ((int)c);
	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (cs->high[cs->order[mid]] == c)
			return (0x80 + cs->order[mid]);
		if (cs->high[cs->order[mid]] < c)
			lo = mid + 1;
		else
			hi = mid;
	}
	return (-1);
}

/* A property of a character in one of Unicode's tables of ranges. */
static const _RuneEntry *
find_range(const _RuneRange *r, int c)
{
	int lo = 0, hi = r->__nranges, mid;

	while (lo < hi) {
		mid = (lo + hi) / 2;
		if (c < r->__ranges[mid].__min)
			hi = mid;
		else if (c > r->__ranges[mid].__max)
			lo = mid + 1;
		else
			return (&r->__ranges[mid]);
	}
	return (NULL);
}

static unsigned long
type_of(int c)
{
	const _RuneEntry *e;

	if (c < 256)
		return (__utf8_runes.__runetype[c]);
	e = find_range(&__utf8_runes.__runetype_ext, c);
	return (e == NULL ? 0 : (unsigned int)e->__map);
}

/* The byte that a byte's character maps to; itself if there is none. */
static int
map_byte(const struct charset *cs, const int *direct, const _RuneRange *ext,
    int byte)
{
	int c = cs->high[byte - 0x80], to;
	const _RuneEntry *e;

	if (c == 0)
		return (byte);
	if (c < 256)
		to = direct[c];
	else {
		e = find_range(ext, c);
		to = e != NULL ? e->__map + (c - e->__min) : c;
	}
	to = __charset_byte(cs, (uint32_t)to);
	return (to >= 0 ? to : byte);
}

static _RuneLocale *
make_runes(const struct charset *cs)
{
	_RuneLocale *rl = malloc(sizeof(*rl));
	int b;

	if (rl == NULL)
		return (NULL);
	memcpy(rl, &_DefaultRuneLocale, sizeof(*rl));
	strlcpy(rl->__encoding, "NONE", sizeof(rl->__encoding));
	for (b = 0x80; b < 0x100; b++) {
		rl->__runetype[b] = cs->high[b - 0x80] != 0 ?
		    type_of(cs->high[b - 0x80]) : 0;
		rl->__maplower[b] = map_byte(cs, __utf8_runes.__maplower,
		    &__utf8_runes.__maplower_ext, b);
		rl->__mapupper[b] = map_byte(cs, __utf8_runes.__mapupper,
		    &__utf8_runes.__mapupper_ext, b);
	}
	return (rl);
}

const _RuneLocale *
__charset_runes(const struct charset *cs)
{
	static libc_lock_t lock = LIBC_LOCK_INITIALIZER;
	size_t i = (size_t)(cs - charsets);

	libc_lock(&lock);
	if (made[i] == NULL)
		made[i] = make_runes(cs);
	libc_unlock(&lock);
	return (made[i]);
}
