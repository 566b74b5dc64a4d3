/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Dynamic linking.
 */
#ifndef _DLFCN_H_
#define _DLFCN_H_

#include <sys/cdefs.h>
#include <machine/stdint.h>

/* dlopen() */
#define RTLD_LAZY	0x0001
#define RTLD_NOW	0x0002
#define RTLD_GLOBAL	0x0100
#define RTLD_LOCAL	0x0000
#define RTLD_TRACE	0x0200
#define RTLD_NODELETE	0x1000
#define RTLD_NOLOAD	0x2000
#define RTLD_MODEMASK	0x00003

/* dlinfo() */
#define RTLD_DI_LINKMAP		2
#define RTLD_DI_SERINFO		4
#define RTLD_DI_SERINFOSIZE	5
#define RTLD_DI_ORIGIN		6
#define RTLD_DI_MAX		6

/* Handles. */
#define RTLD_NEXT	((void *)-1)	/* after the caller */
#define RTLD_DEFAULT	((void *)-2)	/* as the linker does */
#define RTLD_SELF	((void *)-3)	/* from the caller on */
#define RTLD_ALL	((void *)-4)	/* all objects */

#if __BSD_VISIBLE
/* dladdr() */
typedef struct dl_info {
	const char	*dli_fname;	/* object */
	void		*dli_fbase;	/* its base */
	const char	*dli_sname;	/* nearest symbol */
	void		*dli_saddr;	/* its value */
} Dl_info;

/* RTLD_DI_SERINFO */
typedef struct dl_serpath {
	char		*dls_name;	/* a directory searched */
	unsigned int	dls_flags;	/* where it comes from */
} Dl_serpath;

typedef struct dl_serinfo {
	__size_t	dls_size;	/* bytes of all */
	unsigned int	dls_cnt;	/* elements of dls_serpath */
	Dl_serpath	dls_serpath[1];
} Dl_serinfo;

/* dlfunc(): a function of no particular type. */
struct __dlfunc_arg {
	int	__dlfunc_dummy;
};
typedef void	(*dlfunc_t)(struct __dlfunc_arg);
#endif

__BEGIN_DECLS
int	dlclose(void *);
char	*dlerror(void);
void	*dlopen(const char *, int);
void	*dlsym(void *__restrict, const char *__restrict);
#if __BSD_VISIBLE
int	dladdr(const void *, Dl_info *);
dlfunc_t dlfunc(void *__restrict, const char *__restrict);
int	dlinfo(void *__restrict, int, void *__restrict);
void	*dlvsym(void *__restrict, const char *__restrict,
	    const char *__restrict);
void	*fdlopen(int, int);
#endif
__END_DECLS

#endif /* !_DLFCN_H_ */
