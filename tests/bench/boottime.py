#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""How long an image takes from power on to the loader, from there to the
kernel, and from the kernel's entry to the login prompt.

usage: boottime.py ISO bios|uefi
"""

import os
import select
import subprocess
import sys
import tempfile
import time

OVMF = "/usr/share/OVMF/OVMF_CODE_4M.fd"
MARKS = [(b"Damselfly loader", "loader"), (b"Starting the kernel", "kernel"),
         (b"login:", "login prompt")]


def main():
    iso, firmware = sys.argv[1:3]
    with tempfile.NamedTemporaryFile("w") as kenv:
        kenv.write("autoboot_delay=0\n")
        kenv.flush()
        command = ["qemu-system-x86_64", "-machine", "q35", "-accel",
                   "tcg,thread=multi", "-cpu", "max", "-smp", "4", "-m", "1G",
                   "-nodefaults", "-no-reboot", "-display", "none", "-vga",
                   "std", "-fw_cfg",
                   "name=opt/damselfly/kenv,file=" + kenv.name,
                   "-drive", "if=none,id=cd,media=cdrom,readonly=on,"
                   "format=raw,file=" + iso,
                   "-device", "ide-cd,drive=cd,bus=ide.0,bootindex=0",
                   "-serial", "stdio", "-monitor", "none"]
        if firmware == "uefi":
            command += ["-drive", "if=pflash,format=raw,readonly=on,file="
                        + OVMF]
        start = time.monotonic()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)
        seen, last, result = b"", start, []
        for mark, name in MARKS:
            while mark not in seen:
                if not select.select([process.stdout], [], [], 120)[0]:
                    sys.exit("no " + name + " in 120 s")
                data = os.read(process.stdout.fileno(), 4096)
                if not data:
                    sys.exit("the machine stopped before the " + name)
                seen += data
            now = time.monotonic()
            result.append("%s after %.1f s" % (name, now - last))
            last = now
        process.kill()
        process.wait()
    print(", ".join(result))


main()
