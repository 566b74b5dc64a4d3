/* SPDX-License-Identifier: BSD-2-Clause */
/* The vnode pager's declarations are with those of the other pagers. */
#ifndef _VM_VNODE_PAGER_H_
#define _VM_VNODE_PAGER_H_
#include <vm/vm_pager.h>
#endif
