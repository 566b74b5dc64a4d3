/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Property lists as XML: reading one piece after the other, and writing.  No
 * list is ever held in memory as a whole, so its length does not matter.  The
 * same code serves the kernel (vquotactl(2)) and programs that talk to it.
 *
 * Reading: fill in pr_fill, call plist_next() until it returns PLIST_END or
 * PLIST_ERROR.  It checks that the list is well formed: one value, inside of
 * <plist>, keys only in dictionaries and each with a value.
 */
#ifndef _KERN_PLIST_H_
#define _KERN_PLIST_H_

#include <sys/types.h>

#define PLIST_MAXSTR	256	/* bytes of a key or string, with the NUL */
#define PLIST_MAXDEPTH	32	/* containers in containers */

enum plist_event {
	PLIST_ERROR,		/* malformed, or pr_error */
	PLIST_END,		/* </plist> */
	PLIST_DICT,		/* a dictionary begins */
	PLIST_DICT_END,
	PLIST_ARRAY,
	PLIST_ARRAY_END,
	PLIST_KEY,		/* pr_str */
	PLIST_STRING,		/* pr_str */
	PLIST_INTEGER,		/* pr_int; two's complement if negative */
	PLIST_BOOL,		/* pr_int */
	PLIST_DATA		/* base64; not decoded */
};

struct plist_reader {
	/* Get up to max bytes into buf; *gotp 0: no more. An errno or 0. */
	int		(*pr_fill)(void *arg, char *buf, size_t max,
			    size_t *gotp);
	void		*pr_arg;
	int		pr_error;	/* of pr_fill */
	int		pr_depth;	/* containers open */
	char		pr_str[PLIST_MAXSTR];
	uint64_t	pr_int;
	/* Private. */
	uint8_t		pr_state;
	uint8_t		pr_closing;	/* <dict/>: its end comes next */
	uint8_t		pr_isdict[PLIST_MAXDEPTH];
	uint8_t		pr_haskey[PLIST_MAXDEPTH];
	size_t		pr_pos, pr_len;
	char		pr_buf[512];
};

struct plist_writer {
	/* Take len bytes. An errno or 0. */
	int		(*pw_put)(void *arg, const char *buf, size_t len);
	void		*pw_arg;
	int		pw_error;	/* the first of pw_put; ends writing */
	int		pw_depth;
	size_t		pw_total;	/* bytes written */
	size_t		pw_len;
	char		pw_buf[1024];
};

void	plist_read_init(struct plist_reader *pr, int (*fill)(void *, char *,
	    size_t, size_t *), void *arg);
enum plist_event plist_next(struct plist_reader *pr);

void	plist_write_init(struct plist_writer *pw, int (*put)(void *,
	    const char *, size_t), void *arg);
/* The end of the list, and its NUL, which counts. An errno or 0. */
int	plist_write_done(struct plist_writer *pw);
/* type is "dict" or "array"; an empty one must be written as such. */
void	plist_open(struct plist_writer *pw, const char *type);
void	plist_close(struct plist_writer *pw, const char *type);
void	plist_empty(struct plist_writer *pw, const char *type);
void	plist_key(struct plist_writer *pw, const char *key);
void	plist_string(struct plist_writer *pw, const char *str);
void	plist_uint(struct plist_writer *pw, uint64_t value);

#endif /* !_KERN_PLIST_H_ */
