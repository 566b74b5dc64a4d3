#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""An initramfs for Linux whose init is one static program.

usage: initramfs.py PROGRAM OUTPUT

The archive ("newc" cpio, Documentation/driver-api/early-userspace of Linux)
holds /init and the console's device node, made without root rights.
"""

import sys


def entry(number, name, mode, data=b"", rdev=(0, 0)):
    fields = [number, mode, 0, 0, 1, 0, len(data), 0, 0, rdev[0], rdev[1],
              len(name) + 1, 0]
    head = b"070701" + b"".join(b"%08X" % f for f in fields)
    head += name.encode() + b"\0"
    head += b"\0" * (-len(head) % 4)
    return head + data + b"\0" * (-len(data) % 4)


def main():
    with open(sys.argv[1], "rb") as f:
        program = f.read()
    archive = [
        entry(1, "dev", 0o040755),
        entry(2, "dev/console", 0o020600, rdev=(5, 1)),
        entry(3, "dev/null", 0o020666, rdev=(1, 3)),
        entry(4, "tmp", 0o041777),
        entry(5, "init", 0o100755, program),
        entry(0, "TRAILER!!!", 0),
    ]
    with open(sys.argv[2], "wb") as f:
        f.write(b"".join(archive))


main()
