#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
#
# Writes unicode.c, unicode_types.h and unicode_case.h into the current
# directory: types, widths and case mappings of Unicode characters in the form
# of a _RuneLocale, from the character database that Python carries.
import sys
import unicodedata as ud

A, C, D, G, L, P, S, U, X, B, R, I, T, Q, N = (1 << b for b in range(8, 23))
SW0, SW1, SW2 = 0x20000000, 0x40000000, 0x80000000


def ctype(cp):
    ch = chr(cp)
    cat = ud.category(ch)
    if cp < 128:
        t = 0
        if ch.isupper():
            t |= U | A
        if ch.islower():
            t |= L | A
        if ch.isdigit():
            t |= D | N | X | int(ch)
        if ch in 'abcdefABCDEF':
            t |= X | int(ch, 16)
        if ch in '\t\n\v\f\r ':
            t |= S
        if ch in '\t ':
            t |= B
        if cp < 32 or cp == 127:
            t |= C
        else:
            t |= R | SW1
            if ch != ' ':
                t |= G
                if not t & (A | D):
                    t |= P
        return t
    if cat in ('Cn', 'Cs'):
        return 0
    if cat == 'Cc':
        return C | (S if cp == 0x85 else 0)
    if cat in ('Zl', 'Zp'):
        return S
    if cat == 'Zs':
        t = R | (0 if cp in (0xa0, 0x2007, 0x202f) else S | B)
    elif cat[0] == 'L' or cat == 'Nl':
        t = A | G | R
        if cat == 'Lu':
            t |= U
        elif cat == 'Ll':
            t |= L
        name = ud.name(ch, '')
        if name.startswith('CJK') or 0x4e00 <= cp <= 0x9fff or \
                0x3400 <= cp <= 0x4dbf or 0x20000 <= cp <= 0x3ffff:
            t |= I
        elif 'HIRAGANA' in name or 'KATAKANA' in name:
            t |= Q
    elif cat[0] == 'N':
        t = A | G | R | N
    elif cat == 'Cf':
        return R | (SW1 if cp == 0xad else SW0)
    elif cat == 'Co':
        t = G | R | P
    else:
        t = G | R | P
    if cat in ('Mn', 'Me'):
        return t | SW0
    return t | (SW2 if ud.east_asian_width(ch) in 'WF' else SW1)


def lower(cp):
    s = chr(cp).lower()
    return ord(s) if len(s) == 1 else cp


def upper(cp):
    s = chr(cp).upper()
    return ord(s) if len(s) == 1 else cp


def type_ranges():
    out, cp = [], 256
    while cp < 0x110000:
        t, first = ctype(cp), cp
        while cp < 0x110000 and ctype(cp) == t:
            cp += 1
        if t:
            out.append((first, cp - 1, t))
    return out


def map_ranges(fn):
    out, cp = [], 256
    while cp < 0x20000:
        m = fn(cp)
        if m == cp:
            cp += 1
            continue
        first, target = cp, m
        while cp < 0x20000 and fn(cp) == target + (cp - first) != cp:
            cp += 1
        out.append((first, cp - 1, target))
    return out


def emit_ranges(name, ranges):
    print('static const struct range %s[] = {' % name)
    line = ''
    for r in ranges:
        item = '{%#x,%#x,%#x},' % r
        if len(line) + len(item) > 71:
            print('\t' + line)
            line = ''
        line += item
    print('\t' + line)
    print('};\n')


def emit_ascii(name, values):
    """The first half of a table, which the two locales have in common."""
    print('#define\t%s' % name, end='')
    line = ''
    for v in values[:128]:
        item = ('%#x,' if v > 9 else '%d,') % v
        if len(line) + len(item) > 60:
            print(' \\\n\t' + line, end='')
            line = ''
        line += item
    print(' \\\n\t' + line + '\n')


def emit_direct(name, first, values):
    print('\t.%s = {\n\t\t%s' % (name, first))
    line = ''
    values = values[128:]
    while values and not values[-1]:
        values.pop()
    if not values:
        print('\t},')
        return
    for v in values:
        item = ('%#x,' if v > 9 else '%d,') % v
        if len(line) + len(item) > 62:
            print('\t\t' + line)
            line = ''
        line += item
    print('\t\t' + line)
    print('\t},')


def emit_locale(decl, encoding, invalid, types, lo, up, ext):
    print('%s = {' % decl)
    print('\t.__magic = "RuneMagi",\n\t.__encoding = "%s",' % encoding)
    print('\t.__invalid_rune = %s,' % invalid)
    emit_direct('__runetype', 'ASCII_TYPES', types)
    emit_direct('__maplower', 'ASCII_LOWER', lo)
    emit_direct('__mapupper', 'ASCII_UPPER', up)
    if ext:
        for f, n in (('runetype', 'types'), ('maplower', 'lowers'),
                     ('mapupper', 'uppers')):
            print('\t.__%s_ext = { N(%s), ENTRIES(%s) },' % (f, n, n))
    print('};')


HEADER = """/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * %s
 * Written by gen-unicode.py.
 */
"""


def into(name, title):
    sys.stdout = open(name, 'w')
    print(HEADER % title, end='')


into('unicode_types.h', 'Types of the characters of Unicode %s beyond 255.' %
     ud.unidata_version)
RANGES = type_ranges()
KINDS = sorted({r[2] for r in RANGES})
print('\n/* The combinations that occur. */')
for n, kind in enumerate(KINDS):
    print('#define\tT%d\t%#x' % (n, kind))
print()
print('static const struct range types[] = {')
line = '\t'
for lo, hi, kind in RANGES:
    item = '{%#x,%#x,T%d},' % (lo, hi, KINDS.index(kind))
    if len(line) + len(item) > 72:
        print(line)
        line = '\t'
    line += item
print(line)
print('};')
into('unicode_case.h', 'Case mappings of Unicode %s beyond 255.' %
     ud.unidata_version)
emit_ranges('lowers', map_ranges(lower))
emit_ranges('uppers', map_ranges(upper))
into('unicode.c', 'Character types: of ASCII for the C locale, of Unicode '
     'for UTF-8.')
print('''#include <stddef.h>
#include <wchar.h>
#include <runetype.h>
#include "xlocale_private.h"

#undef _CurrentRuneLocale

/* Laid out as _RuneEntry, but unsigned and constant. */
struct range {
	unsigned int	min, max, map;
	unsigned long	*types;
};
_Static_assert(sizeof(struct range) == sizeof(_RuneEntry), "ranges");

#define	N(a)		((int)(sizeof(a) / sizeof(a[0])))
#define	ENTRIES(a)	((_RuneEntry *)(__uintptr_t)(a))

#include "unicode_types.h"
#include "unicode_case.h"
''')
ascii_only = lambda f, d: [f(c) if c < 128 else d(c) for c in range(256)]
ident = lambda c: c
emit_ascii('ASCII_TYPES', [ctype(c) for c in range(128)])
emit_ascii('ASCII_LOWER', [lower(c) for c in range(128)])
emit_ascii('ASCII_UPPER', [upper(c) for c in range(128)])
emit_locale('const _RuneLocale _DefaultRuneLocale', 'NONE', '-1',
            ascii_only(ctype, lambda c: 0), ascii_only(lower, ident),
            ascii_only(upper, ident), False)
print()
emit_locale('const _RuneLocale __utf8_runes', 'UTF-8', '0xfffd',
            [ctype(c) for c in range(256)], [lower(c) for c in range(256)],
            [upper(c) for c in range(256)], True)
