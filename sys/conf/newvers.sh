#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# Prints vers.c: the kernel's name, release and version strings.
#
# usage: newvers.sh srctop ident
#
# The date is that of the commit, so that the same source gives the same
# bytes.

set -eu
top=$1 ident=$2
commit=$(git -C "$top" rev-parse --short=10 HEAD 2>/dev/null || echo unknown)
if [ -n "${SOURCE_DATE_EPOCH:-}" ]; then
	stamp=$SOURCE_DATE_EPOCH
else
	stamp=$(git -C "$top" log -1 --format=%ct 2>/dev/null || echo 0)
fi
when=$(LC_ALL=C TZ=UTC date -d "@$stamp" '+%a %b %e %H:%M:%S UTC %Y')
cat <<END
#include <sys/types.h>
#include <sys/param.h>
#include <sys/systm.h>
#include <sys/kernel.h>

char ostype[] = "DragonFly";
char osrelease[] = "5.9-DAMSELFLY";
char version[] = "DragonFly 5.9-DAMSELFLY (Damselfly $commit $ident): $when\n";
char damselfly_banner[] = "Damselfly 5.9 ($commit) $ident";
END
