#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# The shell's own command of this name, in a shell of its own.
${0##*/} "$@"
