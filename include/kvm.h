/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes and kernel memory.
 */
#ifndef _KVM_H_
#define _KVM_H_

#include <sys/cdefs.h>
#include <sys/types.h>
#include <nlist.h>

#define VRS_SYM		0
#define VRS_KEY		1
#define KVM_NO_FILES	0x80000000

typedef struct __kvm	kvm_t;

struct kinfo_proc;
struct kvm_swap;
struct proc;

__BEGIN_DECLS
int	kvm_close(kvm_t *);
char	**kvm_getargv(kvm_t *, const struct kinfo_proc *, int);
char	**kvm_getenvv(kvm_t *, const struct kinfo_proc *, int);
char	*kvm_geterr(kvm_t *);
int	kvm_getloadavg(kvm_t *, double [], int);
struct kinfo_proc *kvm_getprocs(kvm_t *, int, int, int *);
int	kvm_nlist(kvm_t *, struct nlist *);
kvm_t	*kvm_open(const char *, const char *, const char *, int, const char *);
kvm_t	*kvm_openfiles(const char *, const char *, const char *, int, char *);
ssize_t	kvm_read(kvm_t *, unsigned long, void *, size_t);
char	*kvm_readstr(kvm_t *, u_long, char *, size_t *);
ssize_t	kvm_write(kvm_t *, unsigned long, const void *, size_t);
__END_DECLS

#endif /* !_KVM_H_ */
