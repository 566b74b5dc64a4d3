/* SPDX-License-Identifier: BSD-2-Clause */
/* What the host's headers lack. */
#ifndef _HOST_H_
#define _HOST_H_

#include <err.h>
#include <errno.h>
#include <stdint.h>

#define __BEGIN_DECLS
#define __END_DECLS

/* warnc(3): the host has no such function. */
#define warnc(code, ...) \
	do { errno = (code); warn(__VA_ARGS__); } while (0)

#endif /* !_HOST_H_ */
