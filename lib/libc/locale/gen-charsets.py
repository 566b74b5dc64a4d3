#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
#
# Writes charset_tables.h into the current directory: what the upper halves of
# the common 8-bit character sets are in Unicode, from the codecs of Python.
import codecs

SETS = [('ISO8859-%d' % n, 'iso8859_%d' % n, [])
        for n in range(1, 17) if n != 12]
SETS += [(n, c, a) for n, c, a in (
    ('KOI8-R', 'koi8_r', []), ('KOI8-U', 'koi8_u', []),
    ('CP437', 'cp437', ['IBM437']), ('CP737', 'cp737', []),
    ('CP775', 'cp775', []), ('CP850', 'cp850', ['IBM850']),
    ('CP852', 'cp852', ['IBM852']), ('CP855', 'cp855', []),
    ('CP857', 'cp857', []), ('CP858', 'cp858', []),
    ('CP860', 'cp860', []), ('CP861', 'cp861', []),
    ('CP862', 'cp862', []), ('CP863', 'cp863', []),
    ('CP865', 'cp865', []),
    ('CP866', 'cp866', ['IBM866']), ('CP869', 'cp869', []),
    ('CP874', 'cp874', []), ('CP1250', 'cp1250', ['WINDOWS-1250']),
    ('CP1251', 'cp1251', ['WINDOWS-1251']),
    ('CP1252', 'cp1252', ['WINDOWS-1252']),
    ('CP1253', 'cp1253', ['WINDOWS-1253']),
    ('CP1254', 'cp1254', ['WINDOWS-1254']),
    ('CP1255', 'cp1255', ['WINDOWS-1255']),
    ('CP1256', 'cp1256', ['WINDOWS-1256']),
    ('CP1257', 'cp1257', ['WINDOWS-1257']),
    ('CP1258', 'cp1258', ['WINDOWS-1258']),
    ('PT154', 'ptcp154', ['CP154']), ('TIS-620', 'tis_620', []),
    ('MACINTOSH', 'mac_roman', ['MAC']),
    ('MACCYRILLIC', 'mac_cyrillic', []))]
ALIASES = {
    'ISO8859-1': ['LATIN1', 'L1'], 'ISO8859-2': ['LATIN2', 'L2'],
    'ISO8859-3': ['LATIN3', 'L3'], 'ISO8859-4': ['LATIN4', 'L4'],
    'ISO8859-5': ['CYRILLIC'], 'ISO8859-6': ['ARABIC'],
    'ISO8859-7': ['GREEK'], 'ISO8859-8': ['HEBREW'],
    'ISO8859-9': ['LATIN5', 'L5'], 'ISO8859-10': ['LATIN6', 'L6'],
    'ISO8859-13': ['LATIN7'], 'ISO8859-14': ['LATIN8'],
    'ISO8859-15': ['LATIN9'], 'ISO8859-16': ['LATIN10'],
}


def plain(name):
    return ''.join(c for c in name.lower() if c.isalnum())


def rows(values, form, per):
    for i in range(0, len(values), per):
        print('\t' + ','.join(form % v for v in values[i:i + per]) + ',')


print_to = open('charset_tables.h', 'w')
_print = print


def print(s=''):
    _print(s, file=print_to)


print('/* SPDX-License-Identifier: BSD-2-Clause */')
print('/*\n * 8-bit character sets: the characters of bytes 128 to 255 (0: '
      'none), and the\n * numbers of those bytes, less 128, in order of their '
      'characters.\n * Written by gen-charsets.py.\n */')
print('static const struct charset charsets[] = {')
for name, codec, more in SETS:
    high = []
    for b in range(128, 256):
        try:
            high.append(ord(codecs.decode(bytes([b]), codec)))
        except UnicodeDecodeError:
            high.append(0)
    order = sorted(range(128), key=lambda i: high[i])
    names = [plain(a) for a in more + ALIASES.get(name, [])]
    print('\t{ "%s", "%s", "%s", {' % (name, plain(name), ' '.join(names)))
    rows(high, '%#x', 10)
    print('\t}, {')
    rows(order, "%d", 18)
    print('\t} },')
print('};')
