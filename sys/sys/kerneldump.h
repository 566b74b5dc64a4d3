/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Header of a kernel dump.
 */
#ifndef _SYS_KERNELDUMP_H_
#define _SYS_KERNELDUMP_H_

#include <sys/types.h>

#define KERNELDUMPVERSION		1
#define KERNELDUMP_AMD64_VERSION	2
#define KERNELDUMP_TEXT_VERSION		1

#define KERNELDUMPMAGIC		"DragonFly Kern Dump"
#define TEXTDUMPMAGIC		"DragonFly Text Dump"
#define KERNELDUMPMAGIC_CLEARED	"Cleared Kernel Dump"

struct kerneldumpheader {
	char	magic[20];
	char	architecture[12];
	uint32_t version;
	uint32_t architectureversion;
	uint64_t dumplength;
	uint64_t dumptime;
	uint32_t blocksize;
	char	hostname[64];
	char	versionstring[192];
	char	panicstring[192];
	uint32_t parity;
};

#endif /* !_SYS_KERNELDUMP_H_ */
