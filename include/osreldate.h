/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The version of the interface, alone.
 */
#ifndef _OSRELDATE_H_
#define _OSRELDATE_H_

#undef __DragonFly_version
#define __DragonFly_version	500901

#endif /* !_OSRELDATE_H_ */
