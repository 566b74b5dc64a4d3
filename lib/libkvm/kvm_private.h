/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of libkvm.
 */
#ifndef _KVM_PRIVATE_H_
#define _KVM_PRIVATE_H_

#include <sys/types.h>
#include <kvm.h>
#include <limits.h>

struct __kvm {
	const char	*program;	/* prints errors; NULL: nobody does */
	char		error[_POSIX2_LINE_MAX];
	int		memory;		/* /dev/kmem; -1: not open */
	char		*kernel;	/* file with the symbols; or NULL */
	struct kinfo_proc *procs;	/* results */
	char		*args;
	char		**argv;
};

/* Remembers a message, with the text of errno if `number' is not 0. */
void	kvm_set_error(kvm_t *, int number, const char *, ...)
	    __printflike(3, 4);

#endif
