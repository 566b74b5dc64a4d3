#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Writes copies of an ISO image with damaged descriptors and directories.

usage: damage.py IMAGE SEED OUTPUT...

Damage is done to whole fields: extents, lengths and counts become wild,
point at themselves or at their parents, or are the neighbour's.
"""

import random
import sys

SECTOR = 2048


def records(image):
    """Offsets of what looks like directory records."""
    found = []
    for start in range(16 * SECTOR, min(len(image), 400 * SECTOR), SECTOR):
        at = start
        while at < start + SECTOR - 34:
            length = image[at]
            if length < 34 or at + length > start + SECTOR:
                break
            found.append(at)
            at += length
    return found


def both_endian(value):
    value &= 0xffffffff
    return value.to_bytes(4, "little") + value.to_bytes(4, "big")


def main():
    with open(sys.argv[1], "rb") as f:
        original = f.read()
    rng = random.Random(int(sys.argv[2]))
    places = records(original)
    for name in sys.argv[3:]:
        image = bytearray(original)
        for _ in range(rng.randrange(1, 8)):
            at = rng.choice(places)
            kind = rng.randrange(6)
            if kind == 0:       # extent
                other = rng.choice(places)
                image[at + 2:at + 10] = rng.choice([
                    original[other + 2:other + 10],
                    both_endian(rng.getrandbits(32)), both_endian(0),
                    both_endian(at // SECTOR)])
            elif kind == 1:     # length
                image[at + 10:at + 18] = both_endian(rng.choice([
                    0, 1, 2047, 0xffffffff, 0x7fffffff,
                    rng.getrandbits(24)]))
            elif kind == 2:     # length of the record, of the name
                image[at + rng.choice([0, 32])] = rng.randrange(256)
            elif kind == 3:     # flags: directory, more extents
                image[at + 25] = rng.randrange(256)
            elif kind == 4:     # system use area
                image[at + rng.randrange(33, max(34, image[at]))] = \
                    rng.randrange(256)
            else:               # volume descriptor
                image[16 * SECTOR + rng.randrange(SECTOR)] = rng.randrange(256)
        with open(name, "wb") as f:
            f.write(image)


main()
