# SPDX-License-Identifier: BSD-2-Clause
"""What hammer recover makes of a volume without the root of its B-Tree.

recovered.py break IMAGE: overwrite the root node.
recovered.py EXPECTED NAME DIR: compare DIR with the rows of expected.tsv.
"""
import os
import struct
import sys
import zlib


def break_root(path):
    with open(path, "r+b") as image:
        header = image.read(1928)
        begin = struct.unpack_from("<q", header, 24)[0]
        root = struct.unpack_from("<Q", header, 240)[0]
        image.seek(begin + (root & 0xFFFFFFFFFFFFF))
        node = image.read(4096)
        if node[20] != ord("I"):
            sys.exit("the root is a leaf")
        image.seek(begin + (root & 0xFFFFFFFFFFFFF))
        image.write(bytes(4096))


def compare(expected, name, directory):
    bad = files = large = 0
    for line in open(expected, encoding="utf-8"):
        field = line.rstrip("\n").split("\t")
        if field[0] != name or not field[1].startswith("current"):
            continue
        pfs = int(field[1].split(":")[1]) if ":" in field[1] else 0
        path = "%s/PFS%05d/%s" % (directory, pfs, field[2])
        if field[3] == "file":
            files += 1
            large += int(field[7]) > 1 << 20
            data = open(path, "rb").read() if os.path.isfile(path) else b""
            if len(data) != int(field[7]) or \
                    zlib.crc32(data) != int(field[8], 16):
                print("# %s differs: %d bytes" % (path, len(data)))
                bad += 1
        elif field[3] == "dir":
            if not os.path.isdir(path):
                print("# %s is missing" % path)
                bad += 1
        elif field[3] == "symlink" and field[8] != "?":
            text = os.readlink(path) if os.path.islink(path) else ""
            if text != field[8] and "@@" not in field[8]:
                print("# %s -> %s" % (path, text))
                bad += 1
    if bad or not files or not large:
        print("# %d files, %d large, %d bad" % (files, large, bad))
        sys.exit(1)


if sys.argv[1] == "break":
    break_root(sys.argv[2])
else:
    compare(*sys.argv[1:])
