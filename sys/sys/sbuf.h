/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Strings that grow: print into one, finish it, use it.
 */
#ifndef _SYS_SBUF_H_
#define _SYS_SBUF_H_

#include <sys/cdefs.h>
#include <sys/types.h>

struct sbuf;

typedef int (sbuf_drain_func)(void *, const char *, int);

struct sbuf {
	char		*s_buf;		/* storage */
	sbuf_drain_func	*s_drain_func;	/* takes what is full */
	void		*s_drain_arg;
	int		s_error;	/* first error */
	ssize_t		s_size;		/* of storage */
	ssize_t		s_len;		/* characters in it */
	int		s_flags;	/* SBUF_* */
};

#define SBUF_FIXEDLEN	0x00000000	/* does not grow */
#define SBUF_AUTOEXTEND	0x00000001
#define SBUF_INCLUDENUL	0x00000002	/* NUL counts in the length */
#define SBUF_NOWAIT	0x00000008	/* kernel: do not sleep for memory */
#define SBUF_USRFLAGMSK	0x0000ffff
#define SBUF_DYNAMIC	0x00010000	/* storage is the sbuf's */
#define SBUF_FINISHED	0x00020000
#define SBUF_DYNSTRUCT	0x00080000	/* sbuf itself was allocated */

__BEGIN_DECLS
struct sbuf *sbuf_new(struct sbuf *, char *, int, int);
#define sbuf_new_auto()	sbuf_new(NULL, NULL, 0, SBUF_AUTOEXTEND)
int	sbuf_get_flags(struct sbuf *);
void	sbuf_set_flags(struct sbuf *, int);
void	sbuf_clear_flags(struct sbuf *, int);
void	sbuf_clear(struct sbuf *);
int	sbuf_setpos(struct sbuf *, ssize_t);
int	sbuf_bcat(struct sbuf *, const void *, size_t);
int	sbuf_bcpy(struct sbuf *, const void *, size_t);
int	sbuf_cat(struct sbuf *, const char *);
int	sbuf_cpy(struct sbuf *, const char *);
int	sbuf_printf(struct sbuf *, const char *, ...) __printflike(2, 3);
int	sbuf_vprintf(struct sbuf *, const char *, __builtin_va_list)
	    __printflike(2, 0);
int	sbuf_putc(struct sbuf *, int);
void	sbuf_set_drain(struct sbuf *, sbuf_drain_func *, void *);
int	sbuf_trim(struct sbuf *);
int	sbuf_error(const struct sbuf *);
int	sbuf_finish(struct sbuf *);
char	*sbuf_data(struct sbuf *);
ssize_t	sbuf_len(struct sbuf *);
int	sbuf_done(const struct sbuf *);
void	sbuf_delete(struct sbuf *);
__END_DECLS

#ifdef _KERNEL
int	sbuf_copyin(struct sbuf *, const void *, size_t);
struct sysctl_req;
struct sbuf *sbuf_new_for_sysctl(struct sbuf *, char *, int,
	    struct sysctl_req *);
#endif

#endif /* !_SYS_SBUF_H_ */
