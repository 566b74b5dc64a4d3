/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of uuids, as /etc/uuids and /etc/defaults/uuids list them.
 */
#ifndef _UUIDNAME_H_
#define _UUIDNAME_H_

#include <uuid.h>

/* The name, valid until the next call, or NULL. */
const char *uuid_name_find(const uuid_t *u);
/* The uuid of a name (in any case of letters); 0 if there is none. */
int	uuid_name_lookup(const char *name, uuid_t *u);

#endif /* !_UUIDNAME_H_ */
