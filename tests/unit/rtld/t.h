/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Shared by the test program and the test libraries.
 */
long	t_call(long, long, long, long);
void	t_puts(const char *);
void	t_ok(int, const char *);

#define	RTLD_LAZY	1
#define	RTLD_NOW	2
#define	RTLD_GLOBAL	0x100
#define	RTLD_NEXT	((void *)-1)
#define	RTLD_DEFAULT	((void *)-2)
void	*dlopen(const char *, int);
void	*dlsym(void *, const char *);
void	*dlvsym(void *, const char *, const char *);
int	dlclose(void *);
char	*dlerror(void);
struct dl_info {
	const char	*fname;
	void		*fbase;
	const char	*sname;
	void		*saddr;
};
int	dladdr(const void *, struct dl_info *);
int	dl_iterate_phdr(int (*)(void *, unsigned long, void *), void *);
