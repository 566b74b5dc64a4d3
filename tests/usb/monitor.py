#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Gives commands to the emulator's monitor.

usage: monitor.py SOCKET COMMAND...

"type WORD" sends a word's keys, "key K" one key, "wait N" waits N seconds,
everything else goes to the monitor as it is.
"""

import socket
import sys
import time

KEYS = {"/": "slash", ".": "dot", "-": "minus", " ": "spc"}


class Monitor:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(path)
        self.prompt()

    def prompt(self):
        data = b""
        while not data.endswith(b"(qemu) "):
            more = self.socket.recv(4096)
            if not more:
                sys.exit("monitor: the emulator is gone")
            data += more

    def say(self, line):
        self.socket.sendall(line.encode() + b"\n")
        self.prompt()

    def key(self, name):
        self.say("sendkey " + name + " 40")
        time.sleep(0.1)


def main():
    monitor = Monitor(sys.argv[1])
    for command in sys.argv[2:]:
        verb, _, rest = command.partition(" ")
        if verb == "type":
            for char in rest:
                monitor.key(KEYS.get(char, char))
        elif verb == "key":
            monitor.key(rest)
        elif verb == "wait":
            time.sleep(float(rest))
        else:
            monitor.say(command)


main()
