#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
#
# usage: declared.py compiler sysroot source-top [compiler flags]
#
# Prints "header name" for each function or object that a public header of ours
# declares and that no library in the sysroot defines.
import glob
import os
import re
import subprocess
import sys

cc, sysroot, top = sys.argv[1:4]
flags = sys.argv[4:]

# Declared for others to define, or for the kernel's own sources.
ELSEWHERE = {
    'nss_module_register',      # modules of nsswitch.conf(5)
    'moncontrol', 'monstartup', # profiled programs, which are not built yet
    'pfctlinput',               # protocols
}
KERNEL_ONLY = re.compile(r'^sys/(_.*kern|sbuf)\.h$')


def defined():
    out = set()
    nm = re.sub(r'gcc$', 'nm', cc)
    for lib in glob.glob(sysroot + '/usr/lib/*.a'):
        r = subprocess.run([nm, '--defined-only', lib], capture_output=True,
                           text=True)
        for line in r.stdout.splitlines():
            f = line.split()
            if len(f) == 3 and f[1] in 'TDBRWVC':
                out.add(f[2])
    return out


def headers():
    for base, sub in ((top + '/include', ''), (top + '/sys/sys', 'sys/'),
                      (top + '/sys/net', 'net/'),
                      (top + '/sys/netinet', 'netinet/')):
        for root, _, files in os.walk(base):
            for f in sorted(files):
                if f.endswith('.h'):
                    path = os.path.join(root, f)
                    yield sub + os.path.relpath(path, base)


def own_text(header):
    """What the header itself, not those it includes, comes to."""
    source = '#include <sys/types.h>\n#include <%s>\n' % header
    r = subprocess.run([cc, *flags, '-E', '-x', 'c', '-'], input=source,
                       capture_output=True, text=True)
    if r.returncode != 0:
        return ''
    mine, out = False, []
    for line in r.stdout.splitlines():
        m = re.match(r'# \d+ "([^"]*)"', line)
        if m:
            mine = m.group(1).endswith('/' + header)
        elif mine:
            out.append(line)
    return '\n'.join(out)


def without_bodies(text):
    out, depth = [], 0
    for ch in text:
        if ch == '{':
            depth += 1
        elif ch == '}':
            depth -= 1
            if depth == 0:
                out.append(';')
        elif depth == 0:
            out.append(ch)
    return ''.join(out)


def names(text):
    for st in without_bodies(text).split(';'):
        st = re.sub(r'__attribute__\s*\(\((?:[^()]|\([^()]*\))*\)\)', '', st)
        st = ' '.join(st.split())
        if not st or re.match(r'(typedef|static|enum|union|_Static)\b', st) \
                or 'inline' in st.split('(')[0].split():
            continue
        m = re.match(r'^[\w\s*]*?\(?\**\s*\b([A-Za-z_]\w*)\)?\s*\(', st)
        if m is None:
            m = re.match(r'^extern .*?(\w+)(\[.*\])*$', st)
        if m and m.group(1) not in ('void', 'int', 'char', 'struct'):
            yield m.group(1)


have = defined()
for h in headers():
    if KERNEL_ONLY.match(h):
        continue
    for name in names(own_text(h)):
        if name not in have and name not in ELSEWHERE:
            print(h, name)
