/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lists of file system types, as -t takes them.
 */
#ifndef _TYPELIST_H_
#define _TYPELIST_H_

/*
 * Whether the list admits the type: "a,b" these, "noa,b" all but these, NULL
 * all.
 */
int	typelist_admits(const char *list, const char *type);

#endif
